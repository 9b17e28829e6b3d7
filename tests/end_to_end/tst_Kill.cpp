// SPDX-License-Identifier: Apache-2.0
// The studio while painting and the terminal while training are killed without warning, 20 times each at random
// moments: nothing that was confirmed is lost and the project stays sound.
#include "Programs.h"
#include "app/OpenProject.h"
#include "support/Random.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTextStream>
#include <QtTest/QTest>

#include <chrono>
#include <map>
#include <vector>

using namespace semigda;
using test::terminal;

namespace
{

constexpr int Rounds = 20;
constexpr int Images = 3;
constexpr int Side = 256;
constexpr int Spacing = 18; // wider than the brush, so that every stroke changes pixels
constexpr int StrokesPerImage = (Side / Spacing) * (Side / Spacing);

struct Stroke
{
    std::int64_t image = 0;
    std::int64_t sequence = 0;
    int x = 0;
    int y = 0;
};

std::uint64_t seedOfNow()
{
    return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
}

/// Paints all images in turn, three strokes on one, then on the next.
void writeScript(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Text))
        qFatal("%s cannot be written", qPrintable(path));
    QTextStream script(&file);
    constexpr int PerVisit = 3;
    constexpr int Columns = Side / Spacing;
    for (int first = 0; first < StrokesPerImage; first += PerVisit) {
        for (int image = 1; image <= Images; ++image) {
            script << "image " << image << '\n';
            for (int place = first; place < std::min(first + PerVisit, StrokesPerImage); ++place) {
                const int x = place % Columns * Spacing + Spacing / 2;
                const int y = place / Columns * Spacing + Spacing / 2;
                script << "stroke " << x << ' ' << y << ' ' << x + 2 << ' ' << y + 1 << '\n';
            }
        }
    }
}

void takeStrokes(QProcess &studio, std::vector<Stroke> &strokes)
{
    while (studio.canReadLine()) {
        const QList<QByteArray> words = studio.readLine().trimmed().split(' ');
        if (words.size() == 5 && words[0] == "stroke")
            strokes.push_back({words[1].toLongLong(), words[2].toLongLong(), words[3].toInt(), words[4].toInt()});
    }
}

} // namespace

class tst_Kill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void painting();
    void training();

private:
    QString project() const { return m_folder.filePath(QStringLiteral("k.semigda")); }
    void verifyStrokes(const std::vector<Stroke> &strokes);

    QTemporaryDir m_folder;
};

void tst_Kill::initTestCase()
{
    const QString sample = m_folder.filePath(QStringLiteral("sample"));
    VERIFY_RUNS(terminal({QStringLiteral("sample"), sample, QStringLiteral("--count"), QStringLiteral("9"),
                          QStringLiteral("--size"), QString::number(Side)}));
    VERIFY_RUNS(terminal({QStringLiteral("new"), project(), QStringLiteral("--class"), QStringLiteral("Lesion")}));
    const auto image = [&sample](int number) {
        return QDir(sample).filePath(QStringLiteral("images/us_000%1.png").arg(number));
    };
    // The first three are painted on, the others teach.
    VERIFY_RUNS(terminal({QStringLiteral("import"), project(), image(1), image(2), image(3)}));
    VERIFY_RUNS(terminal({QStringLiteral("import"), project(), image(4), image(5), image(6), image(7), image(8),
                          image(9), QStringLiteral("--masks"), QDir(sample).filePath(QStringLiteral("masks"))}));
}

void tst_Kill::verifyStrokes(const std::vector<Stroke> &strokes)
{
    const auto opened = app::OpenProject::open(project().toStdString());
    QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
    QVERIFY(!(*opened)->info().isReadOnly);
    const auto store = (*opened)->openStore();
    QVERIFY(store.has_value());
    std::map<std::int64_t, core::Annotation> annotations;
    for (const Stroke &stroke : strokes) {
        const core::ImageId id(stroke.image);
        if (!annotations.contains(stroke.image)) {
            const auto annotation = (*store)->annotations().load(id);
            QVERIFY2(annotation.has_value(), annotation ? "" : annotation.error().message.c_str());
            annotations.emplace(stroke.image, *annotation);
        }
        const core::Annotation &annotation = annotations.at(stroke.image);
        QVERIFY(annotation.sequence >= stroke.sequence);
        QCOMPARE(annotation.mask.at(stroke.x, stroke.y), core::LabelValue(1));
    }
    // Each image has its undo history.
    for (const auto &[image, annotation] : annotations) {
        const auto history = (*store)->annotations().history(core::ImageId(image));
        QVERIFY(history.has_value());
        QCOMPARE(history->cursor, annotation.sequence);
        QVERIFY(!history->edits.empty());
    }
}

void tst_Kill::painting()
{
    test::Random random(seedOfNow());
    const QString script = m_folder.filePath(QStringLiteral("script.txt"));
    writeScript(script);
    std::size_t all = 0;
    for (int round = 0; round < Rounds; ++round) {
        // Unpainted again.
        const QString fresh = m_folder.filePath(QStringLiteral("fresh"));
        if (round == 0)
            QCOMPARE(QProcess::execute(QStringLiteral("cp"), {QStringLiteral("-r"), project(), fresh}), 0);
        QVERIFY(QDir(project()).removeRecursively());
        QCOMPARE(QProcess::execute(QStringLiteral("cp"), {QStringLiteral("-r"), fresh, project()}), 0);

        QProcess studio;
        studio.start(QStringLiteral(SEMIGDA_STUDIO),
                     {QStringLiteral("--paint-script"), script, QStringLiteral("--settings"),
                      m_folder.filePath(QStringLiteral("studio.ini")), QStringLiteral("--size"),
                      QStringLiteral("1280x800"), project()});
        std::vector<Stroke> strokes;
        const auto wanted = static_cast<std::size_t>(random.between(1, Images * StrokesPerImage * 3 / 4));
        while (strokes.size() < wanted) {
            QVERIFY2(studio.waitForReadyRead(30'000), studio.readAllStandardError().constData());
            takeStrokes(studio, strokes);
        }
        studio.kill();
        studio.waitForFinished();
        QCOMPARE(studio.exitStatus(), QProcess::CrashExit);
        takeStrokes(studio, strokes);
        all += strokes.size();
        verifyStrokes(strokes);
        if (QTest::currentTestFailed())
            return;
        const test::Finished checked = terminal({QStringLiteral("check"), project()});
        QVERIFY2(checked.status == 0, checked.describe().constData());
    }
    qInfo("%zu confirmed strokes in %d rounds", all, Rounds);
}

void tst_Kill::training()
{
    test::Random random(seedOfNow());
    const QStringList settings{QStringLiteral("--epochs"),     QStringLiteral("30,60"),
                               QStringLiteral("--image-size"), QStringLiteral("32"),
                               QStringLiteral("--set"),        QStringLiteral("prior_steps=40"),
                               QStringLiteral("--set"),        QStringLiteral("alignment_batch=4"),
                               QStringLiteral("--device"),     QStringLiteral("cpu")};
    constexpr int LongestMs = 2500;
    int killed = 0;
    bool startsNew = true;
    for (int round = 0; round < Rounds; ++round) {
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
    QVERIFY2(killed > Rounds / 2, qPrintable(QStringLiteral("killed %1 times only").arg(killed)));
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
