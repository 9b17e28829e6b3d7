// SPDX-License-Identifier: Apache-2.0
#include "app/results/RunCommand.h"

#include "learning/TrainingJob.h"

#include <QProcess>
#include <QtTest/QTest>

using namespace semigda;

namespace
{

core::RunRecord runOf(const core::TrainingRequest &request)
{
    core::RunRecord run;
    run.method = request.method;
    run.configJson = learning::TrainingJob::describeConfig(request).value();
    return run;
}

/// What the terminal program makes of the command.
core::TrainingRequest parsed(const QString &command)
{
    const QStringList words = QProcess::splitCommand(command);
    core::TrainingRequest request;
    for (qsizetype i = 3; i + 1 < words.size(); i += 2) {
        const QString &option = words[i];
        const QString &value = words[i + 1];
        if (option == QLatin1StringView("--method"))
            request.method = value.toStdString();
        else if (option == QLatin1StringView("--profile"))
            request.profile = value.toStdString();
        else if (option == QLatin1StringView("--prior"))
            request.priorFile = value.toStdString();
        else if (option == QLatin1StringView("--minutes"))
            request.minutes = value.toDouble();
        else if (option == QLatin1StringView("--epochs")) {
            request.epochsStage1 = value.section(QLatin1Char(','), 0, 0).toInt();
            request.epochsStage2 = value.section(QLatin1Char(','), 1, 1).toInt();
        } else if (option == QLatin1StringView("--image-size"))
            request.imageSize = value.toInt();
        else if (option == QLatin1StringView("--device"))
            request.device = value.toStdString();
        else if (option == QLatin1StringView("--seed"))
            request.seed = value.toULongLong();
        else if (option == QLatin1StringView("--set"))
            request.overrides[value.section(QLatin1Char('='), 0, 0).toStdString()] =
                value.section(QLatin1Char('='), 1).toStdString();
        else
            qFatal("%s is no option", qPrintable(option));
    }
    return request;
}

} // namespace

class TestRunCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void command_leadsToTheSameSettings_data();
    void command_leadsToTheSameSettings();
    void defaults_areLeftOut();
    void settingsOfAnotherVersion_haveNoCommand();
    void settings_areListedFlat();
    void words_areQuotedForAShell();
};

void TestRunCommand::command_leadsToTheSameSettings_data()
{
    QTest::addColumn<core::TrainingRequest>("request");
    core::TrainingRequest request;
    QTest::newRow("defaults") << request;
    request.minutes = 2.5;
    request.seed = 18446744073709551615ULL;
    request.imageSize = 64;
    request.device = "cpu";
    request.overrides = {{"adapter_rate", "0.00123"}, {"cnn_adam", "false"}, {"validation_steps", "4"}};
    QTest::newRow("time and settings") << request;
    request.minutes.reset();
    request.epochsStage1 = 3;
    request.epochsStage2 = 9;
    QTest::newRow("epochs") << request;
    request.method = "supervised";
    QTest::newRow("supervised epochs") << request;
    request.overrides["minutes"] = "1";
    QTest::newRow("supervised time") << request;
    core::TrainingRequest noAlignment;
    noAlignment.epochsStage1 = 1;
    noAlignment.epochsStage2 = 5;
    noAlignment.overrides = {{"alignment_epochs", "0"}};
    QTest::newRow("no alignment") << noAlignment;
    core::TrainingRequest paper;
    paper.profile = "paper";
    paper.priorFile = "/weights/it's the prior.ckpt";
    QTest::newRow("paper") << paper;
}

void TestRunCommand::command_leadsToTheSameSettings()
{
    QFETCH(core::TrainingRequest, request);
    const core::RunRecord run = runOf(request);
    const std::optional<std::string> command = app::trainCommand(run, "work");
    QVERIFY(command.has_value());
    QVERIFY2(command->rfind("semigda train work --method " + request.method, 0) == 0, command->c_str());
    // QProcess does not know the shell's single quotes; the one name that needs them is checked apart.
    QString text = QString::fromStdString(*command);
    if (!request.priorFile.empty()) {
        const QString quoted = QStringLiteral("'/weights/it'\\''s the prior.ckpt'");
        QVERIFY2(text.contains(quoted), command->c_str());
        text.replace(quoted, QStringLiteral("\"/weights/it's the prior.ckpt\""));
    }
    const core::Result<std::string> again = learning::TrainingJob::describeConfig(parsed(text));
    QVERIFY2(again.has_value(), command->c_str());
    QStringList then = QString::fromStdString(run.configJson).split(QLatin1Char('\n'));
    QStringList now = QString::fromStdString(*again).split(QLatin1Char('\n'));
    // Epochs of stages that the run does not have or that its time limit ends may differ.
    if (run.method == "supervised" || request.minutes)
        for (QStringList *lines : {&then, &now})
            lines->removeIf([](const QString &line) { return line.contains(QStringLiteral("_epochs")); });
    QCOMPARE(now, then);
}

void TestRunCommand::defaults_areLeftOut()
{
    const std::optional<std::string> command = app::trainCommand(runOf({}), "my work");
    QVERIFY(command.has_value());
    QVERIFY2(command->rfind("semigda train 'my work' --method semigda --minutes ", 0) == 0, command->c_str());
    QVERIFY2(command->find("--set") == std::string::npos, command->c_str());
    QVERIFY2(command->find("--profile") == std::string::npos, command->c_str());
}

void TestRunCommand::settingsOfAnotherVersion_haveNoCommand()
{
    core::RunRecord run = runOf({});
    QByteArray json = QByteArray::fromStdString(run.configJson);
    QVERIFY(json.contains("\"width\""));
    json.replace("\"width\"", "\"width_of_old\"");
    run.configJson = json.toStdString();
    QVERIFY(!app::trainCommand(run, "work"));
    for (const char *broken : {"", "{", "[]", "{}", "{\"method\": 3}", "null"}) {
        run.configJson = broken;
        QVERIFY2(!app::trainCommand(run, "work"), broken);
        QVERIFY2(app::settingsOf(run).size() <= 1, broken);
    }
}

void TestRunCommand::settings_areListedFlat()
{
    core::RunRecord run;
    run.configJson = R"({"method": "semigda", "seed": 3, "on": true, "shape": {"width": 32, "levels": [1, 2]}})";
    const std::vector<std::pair<std::string, std::string>> expected{
        {"method", "semigda"}, {"seed", "3"}, {"on", "true"}, {"shape.width", "32"}, {"shape.levels", "[1,2]"}};
    QVERIFY(app::settingsOf(run) == expected);
}

void TestRunCommand::words_areQuotedForAShell()
{
    QCOMPARE(app::shellWord("lesions-2_a.semigda"), std::string("lesions-2_a.semigda"));
    QCOMPARE(app::shellWord("two words"), std::string("'two words'"));
    QCOMPARE(app::shellWord("$(rm)"), std::string("'$(rm)'"));
    QCOMPARE(app::shellWord("it's"), std::string("'it'\\''s'"));
    QCOMPARE(app::shellWord(""), std::string("''"));
    QCOMPARE(app::shellWord("-rf"), std::string("'-rf'"));
}

QTEST_APPLESS_MAIN(TestRunCommand)
#include "tst_RunCommand.moc"
