// SPDX-License-Identifier: Apache-2.0
// The studio while painting and the terminal while training are killed without warning at random moments: nothing that
// was confirmed is lost and the project stays sound.
#include "KilledPainter.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <chrono>

using namespace semigda;
using test::terminal;

namespace
{

constexpr int PaintingRounds = 8; // 200 in slow/tst_PaintKills.cpp
constexpr int TrainingRounds = 20;
constexpr int Side = 256;

std::uint64_t seedOfNow()
{
    return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
}

} // namespace

class tst_Kill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void painting();
    void training();

private:
    void makeTrainingProject();
    QString project() const { return m_folder.filePath(QStringLiteral("k.semigda")); }

    QTemporaryDir m_folder;
};

void tst_Kill::makeTrainingProject()
{
    const QString sample = m_folder.filePath(QStringLiteral("sample"));
    VERIFY_RUNS(terminal({QStringLiteral("sample"), sample, QStringLiteral("--count"), QStringLiteral("9"),
                          QStringLiteral("--size"), QString::number(Side)}));
    VERIFY_RUNS(terminal({QStringLiteral("new"), project(), QStringLiteral("--class"), QStringLiteral("Lesion")}));
    const auto image = [&sample](int number) {
        return QDir(sample).filePath(QStringLiteral("images/us_000%1.png").arg(number));
    };
    VERIFY_RUNS(terminal({QStringLiteral("import"), project(), image(1), image(2), image(3)}));
    VERIFY_RUNS(terminal({QStringLiteral("import"), project(), image(4), image(5), image(6), image(7), image(8),
                          image(9), QStringLiteral("--masks"), QDir(sample).filePath(QStringLiteral("masks"))}));
}

void tst_Kill::painting()
{
    const std::uint64_t seed = seedOfNow();
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    test::Random random(seed);
    test::KilledPainter painter(m_folder.filePath(QStringLiteral("painting")));
    QVERIFY(QDir().mkpath(m_folder.filePath(QStringLiteral("painting"))));
    QString wrong = painter.prepare();
    for (int round = 0; round < PaintingRounds && wrong.isEmpty(); ++round)
        wrong = painter.killOnce(random);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    qInfo("%zu confirmed strokes in %d kills", painter.confirmed, painter.kills);
}

void tst_Kill::training()
{
    makeTrainingProject();
    if (QTest::currentTestFailed())
        return;
    test::Random random(seedOfNow());
    const QStringList settings{QStringLiteral("--epochs"),     QStringLiteral("30,60"),
                               QStringLiteral("--image-size"), QStringLiteral("32"),
                               QStringLiteral("--set"),        QStringLiteral("prior_steps=40"),
                               QStringLiteral("--set"),        QStringLiteral("alignment_batch=4"),
                               QStringLiteral("--device"),     QStringLiteral("cpu")};
    constexpr int LongestMs = 2500;
    int killed = 0;
    bool startsNew = true;
    for (int round = 0; round < TrainingRounds; ++round) {
        const QStringList begin = startsNew ? settings : QStringList{QStringLiteral("--resume")};
        QProcess training;
        training.start(QStringLiteral(SEMIGDA_TERMINAL), QStringList{QStringLiteral("train"), project()} + begin);
        QVERIFY(training.waitForStarted());
        if (startsNew) {
            // So that there is a run to go on with.
            QByteArray said;
            training.setReadChannel(QProcess::StandardError);
            while (!said.contains("Learning")) {
                QVERIFY2(training.waitForReadyRead(60'000), said.constData());
                said += training.readAllStandardError();
            }
        } else {
            training.waitForFinished(random.between(50, LongestMs));
        }
        if (training.state() == QProcess::Running) {
            training.kill();
            ++killed;
        }
        training.waitForFinished();
        if (training.exitStatus() == QProcess::NormalExit)
            QVERIFY2(training.exitCode() == 0, training.readAllStandardError().constData());
        // It may get to the end between kills, or just before one; then the next round starts a new run.
        const test::Finished info = terminal({QStringLiteral("info"), project(), QStringLiteral("--json")});
        const QJsonArray runs = info.json()[QStringLiteral("runs")].toArray();
        QVERIFY2(!runs.isEmpty(), info.describe().constData());
        startsNew = runs.first().toObject()[QStringLiteral("status")] == QStringLiteral("finished");
        const test::Finished checked = terminal({QStringLiteral("check"), project()});
        QVERIFY2(checked.status == 0, checked.describe().constData());
    }
    QVERIFY2(killed > TrainingRounds / 2, qPrintable(QStringLiteral("killed %1 times only").arg(killed)));
    if (startsNew)
        return;
    const test::Finished rest =
        terminal({QStringLiteral("train"), project(), QStringLiteral("--resume"), QStringLiteral("--json")}, 200'000);
    QVERIFY2(rest.status == 0, rest.describe().constData());
    QCOMPARE(rest.json()[QStringLiteral("status")].toString(), QStringLiteral("finished"));
    VERIFY_RUNS(terminal({QStringLiteral("check"), project()}));
}

QTEST_GUILESS_MAIN(tst_Kill)
#include "tst_Kill.moc"
