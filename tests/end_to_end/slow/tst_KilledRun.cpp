// SPDX-License-Identifier: Apache-2.0
// Runs with a step budget are killed at random steps, some twice, and resumed: their weights are, bit for bit, those of
// a run that nobody disturbed.
#include "../Programs.h"
#include "learning/Safetensors.h"
#include "support/Random.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <chrono>

using namespace semigda;
using test::terminal;

namespace
{

constexpr int Rounds = 20;
constexpr int RunTimeoutMs = 300'000;

} // namespace

class tst_KilledRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killedRun_endsWithTheSameWeights();

private:
    QString project(const QString &name) const { return m_folder.filePath(name + QStringLiteral(".semigda")); }
    void startProject(const QString &name);
    learning::TensorFile weightsOf(const QString &name);

    QTemporaryDir m_folder;
};

void tst_KilledRun::initTestCase()
{
    const QString sample = m_folder.filePath(QStringLiteral("sample"));
    VERIFY_RUNS(terminal({QStringLiteral("sample"), sample, QStringLiteral("--count"), QStringLiteral("12"),
                          QStringLiteral("--size"), QStringLiteral("128")}));
    const QString fresh = project(QStringLiteral("fresh"));
    VERIFY_RUNS(terminal({QStringLiteral("new"), fresh, QStringLiteral("--class"), QStringLiteral("Lesion")}));
    QStringList labelled{QStringLiteral("import"), fresh};
    for (int number = 1; number <= 7; ++number)
        labelled.append(QDir(sample).filePath(QStringLiteral("images/us_000%1.png").arg(number)));
    VERIFY_RUNS(
        terminal(labelled + QStringList{QStringLiteral("--masks"), QDir(sample).filePath(QStringLiteral("masks"))}));
    VERIFY_RUNS(terminal({QStringLiteral("import"), fresh, QDir(sample).filePath(QStringLiteral("images"))}));
}

void tst_KilledRun::startProject(const QString &name)
{
    QDir(project(name)).removeRecursively();
    QCOMPARE(QProcess::execute(QStringLiteral("cp"),
                               {QStringLiteral("-r"), project(QStringLiteral("fresh")), project(name)}),
             0);
}

learning::TensorFile tst_KilledRun::weightsOf(const QString &name)
{
    const QDir runs(project(name) + QStringLiteral("/runs"));
    const QStringList folders = runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    if (folders.size() != 1)
        return {};
    auto weights =
        learning::readSafetensors(runs.filePath(folders.first() + QStringLiteral("/state.safetensors")).toStdString());
    return weights ? std::move(*weights) : learning::TensorFile{};
}

void tst_KilledRun::killedRun_endsWithTheSameWeights()
{
    const auto seed = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    test::Random random(seed);
    const QStringList settings{QStringLiteral("--epochs"),     QStringLiteral("25,15"),
                               QStringLiteral("--image-size"), QStringLiteral("32"),
                               QStringLiteral("--device"),     QStringLiteral("cpu"),
                               QStringLiteral("--set"),        QStringLiteral("prior_steps=30"),
                               QStringLiteral("--set"),        QStringLiteral("mixing_start=0.6"),
                               QStringLiteral("--set"),        QStringLiteral("save_seconds=0")};
    const auto train = [&](const QString &name, const QStringList &more) {
        return QStringList{QStringLiteral("train"), project(name)} + more;
    };
    const QString whole = QStringLiteral("whole");
    startProject(whole);
    QElapsedTimer timer;
    timer.start();
    VERIFY_RUNS(terminal(train(whole, settings), RunTimeoutMs));
    const int wholeMs = static_cast<int>(timer.elapsed());
    const learning::TensorFile expected = weightsOf(whole);
    QVERIFY(!expected.tensors.empty());

    int killed = 0;
    const QString again = QStringLiteral("again");
    for (int round = 0; round < Rounds; ++round) {
        startProject(again);
        bool hasStarted = false;
        for (int kill = 0; kill <= round % 2; ++kill) {
            QProcess training;
            training.setReadChannel(QProcess::StandardError);
            training.start(QStringLiteral(SEMIGDA_TERMINAL),
                           train(again, hasStarted ? QStringList{QStringLiteral("--resume")} : settings));
            QVERIFY(training.waitForStarted());
            // So that there is a run to go on with.
            QByteArray said;
            while (!hasStarted && !said.contains("Learning")) {
                QVERIFY2(training.waitForReadyRead(60'000), said.constData());
                said += training.readAllStandardError();
            }
            hasStarted = true;
            training.waitForFinished(random.between(1, wholeMs));
            if (training.state() == QProcess::Running) {
                training.kill();
                ++killed;
            }
            training.waitForFinished();
        }
        const test::Finished info = terminal({QStringLiteral("info"), project(again), QStringLiteral("--json")});
        const QJsonObject run = info.json()[QStringLiteral("runs")].toArray().first().toObject();
        if (run[QStringLiteral("status")] != QStringLiteral("finished"))
            VERIFY_RUNS(terminal(train(again, {QStringLiteral("--resume")}), RunTimeoutMs));
        const learning::TensorFile actual = weightsOf(again);
        QCOMPARE(actual.tensors.size(), expected.tensors.size());
        for (const auto &[name, tensor] : expected.tensors) {
            const auto found = actual.tensors.find(name);
            QVERIFY2(found != actual.tensors.end(), name.c_str());
            // An optimiser is an archive with headers of its own; its effect is in the weights.
            if (!name.starts_with("optimiser"))
                QVERIFY2(found->second.bytes == tensor.bytes, name.c_str());
        }
    }
    qInfo("%d kills, whole run %d ms", killed, wholeMs);
    QVERIFY(killed >= Rounds / 2);
}

QTEST_GUILESS_MAIN(tst_KilledRun)
#include "tst_KilledRun.moc"
