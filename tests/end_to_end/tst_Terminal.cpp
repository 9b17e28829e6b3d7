// SPDX-License-Identifier: Apache-2.0
// The terminal program's contract: the whole job on sample images, exit statuses, JSON, and sentences for mistakes.
#include "Programs.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest/QTest>

using namespace semigda;
using test::terminal;

namespace
{

/// A few steps of every stage.
const QStringList SmallTraining{QStringLiteral("--epochs"), QStringLiteral("1,3"),
                                QStringLiteral("--set"),    QStringLiteral("prior_steps=3"),
                                QStringLiteral("--set"),    QStringLiteral("alignment_batch=4"),
                                QStringLiteral("--set"),    QStringLiteral("validation_steps=4"),
                                QStringLiteral("--device"), QStringLiteral("cpu")};

/// The settings with which a run of the project trained.
QJsonObject settingsOfRun(const QString &project, int run)
{
    QFile file(QDir(project).filePath(QStringLiteral("runs/%1/config.json").arg(run)));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

bool isOneSentence(const QString &text)
{
    const QString line = text.trimmed();
    return !line.isEmpty() && !line.contains(QLatin1Char('\n')) && line.size() < 400;
}

QJsonObject countsOf(const QString &project)
{
    return terminal({QStringLiteral("info"), project, QStringLiteral("--json")})
        .json()[QStringLiteral("states")]
        .toObject();
}

} // namespace

class tst_Terminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mainJob_endsInMasks();
    void volumes_comeBackAsNifti();
    void mistakes_haveAStatusAndASentence_data();
    void mistakes_haveAStatusAndASentence();
    void duplicates_areReportedNotImported();
    void syncedFolder_isTold();
    void largeImages_areKeptDecodedToo();

private:
    /// New project with the classes; fails the test otherwise.
    QString makeProject(const QTemporaryDir &folder, const QStringList &classes);
};

QString tst_Terminal::makeProject(const QTemporaryDir &folder, const QStringList &classes)
{
    const QString project = folder.filePath(QStringLiteral("job.semigda"));
    QStringList arguments{QStringLiteral("new"), project};
    for (const QString &name : classes)
        arguments << QStringLiteral("--class") << name;
    const test::Finished made = terminal(arguments);
    if (made.status != 0)
        qWarning("%s", made.describe().constData());
    return project;
}

void tst_Terminal::mainJob_endsInMasks()
{
    QTemporaryDir folder;
    const QString sample = folder.filePath(QStringLiteral("sample"));
    VERIFY_RUNS(
        terminal({QStringLiteral("sample"), sample, QStringLiteral("--count"), QStringLiteral("12"),
                  QStringLiteral("--size"), QStringLiteral("64"), QStringLiteral("--seed"), QStringLiteral("4")}));
    const QString project = makeProject(folder, {QStringLiteral("Lesion:#112233")});
    const auto image = [&sample](int number) {
        return QDir(sample).filePath(QStringLiteral("images/us_%1.png").arg(number, 4, 10, QLatin1Char('0')));
    };
    const QString masks = QDir(sample).filePath(QStringLiteral("masks"));
    VERIFY_RUNS(terminal(
        {QStringLiteral("import"), project, image(1), image(2), image(3), image(4), QStringLiteral("--masks"), masks}));
    VERIFY_RUNS(terminal({QStringLiteral("import"), project, image(5), image(6), image(7), QStringLiteral("--masks"),
                          masks, QStringLiteral("--split"), QStringLiteral("test")}));
    const test::Finished imported = terminal({QStringLiteral("import"), project, image(8), image(9), image(10),
                                              image(11), image(12), QStringLiteral("--json")});
    QCOMPARE(imported.status, 0);
    QCOMPARE(imported.json()[QStringLiteral("imported")].toInt(), 5);
    QCOMPARE(imported.json()[QStringLiteral("labelled")].toInt(), 0);

    for (const char *method : {"semigda", "supervised"}) {
        const test::Finished trained =
            terminal(QStringList{QStringLiteral("train"), project, QStringLiteral("--method"),
                                 QString::fromLatin1(method), QStringLiteral("--json")}
                     + SmallTraining);
        QVERIFY2(trained.status == 0, trained.describe().constData());
        const QJsonObject summary = trained.json();
        QCOMPARE(summary[QStringLiteral("status")].toString(), QStringLiteral("finished"));
        QCOMPARE(summary[QStringLiteral("labelled")].toInt(), 4);
        QCOMPARE(summary[QStringLiteral("predicted")].toInt(), 5);
    }
    // The images have 64 pixels a side; to enlarge them would cost time for nothing.
    QCOMPARE(settingsOfRun(project, 1)[QStringLiteral("image_size")].toInt(), 64);

    QCOMPARE(countsOf(project)[QStringLiteral("predicted")].toInt(), 5);

    const test::Finished evaluated = terminal({QStringLiteral("evaluate"), project, QStringLiteral("--json")});
    QVERIFY2(evaluated.status == 0, evaluated.describe().constData());
    const QJsonArray runs = evaluated.json()[QStringLiteral("runs")].toArray();
    QVERIFY(!runs.isEmpty());
    for (const QJsonValue &run : runs) {
        const QJsonObject dice = run.toObject()[QStringLiteral("mean")].toObject()[QStringLiteral("dice")].toObject();
        QCOMPARE(run.toObject()[QStringLiteral("images")].toInt(), 3);
        QVERIFY(dice[QStringLiteral("low")].toDouble() <= dice[QStringLiteral("mean")].toDouble());
        QVERIFY(dice[QStringLiteral("mean")].toDouble() <= dice[QStringLiteral("high")].toDouble());
    }

    const test::Finished listed =
        terminal({QStringLiteral("review"), project, QStringLiteral("--list"), QStringLiteral("--json")});
    const QJsonArray queue = listed.json()[QStringLiteral("images")].toArray();
    QVERIFY2(queue.size() == 5, listed.describe().constData());
    double before = 0.0;
    for (const QJsonValue &each : queue) {
        const double estimate = each.toObject()[QStringLiteral("estimated_dice")].toDouble(-1.0);
        QVERIFY(estimate >= before);
        before = estimate;
    }
    const auto idAt = [&queue](int i) { return QString::number(queue[i].toObject()[QStringLiteral("image")].toInt()); };
    VERIFY_RUNS(terminal({QStringLiteral("review"), project, QStringLiteral("--reject"), idAt(0)}));
    VERIFY_RUNS(terminal({QStringLiteral("review"), project, QStringLiteral("--accept"), idAt(1)}));
    VERIFY_RUNS(terminal({QStringLiteral("review"), project, QStringLiteral("--accept-all")}));
    const QJsonObject states = countsOf(project);
    QCOMPARE(states[QStringLiteral("accepted")].toInt(), 4);
    QCOMPARE(states[QStringLiteral("rejected")].toInt(), 1);

    const QString out = folder.filePath(QStringLiteral("masks out"));
    VERIFY_RUNS(terminal({QStringLiteral("export"), project, out, QStringLiteral("--format"), QStringLiteral("png")}));
    const QStringList written = QDir(out).entryList({QStringLiteral("*.png")}, QDir::Files);
    QCOMPARE(written.size(), 11); // 4 labelled, 3 of the test split, 4 accepted
    const QImage truth = QImage(QDir(masks).filePath(QStringLiteral("us_0002.png")));
    const QImage exported = QImage(QDir(out).filePath(QStringLiteral("us_0002.png")));
    QCOMPARE(exported.format(), QImage::Format_Indexed8);
    for (int y = 0; y < truth.height(); ++y) {
        for (int x = 0; x < truth.width(); ++x)
            QCOMPARE(exported.pixelIndex(x, y), qGray(truth.pixel(x, y)) != 0 ? 1 : 0);
    }
    QCOMPARE(exported.color(1), qRgb(0x11, 0x22, 0x33));
    QVERIFY(QFile::exists(QDir(out).filePath(QStringLiteral("classes.json"))));
    QVERIFY(QFile::exists(QDir(out).filePath(QStringLiteral("manifest.json"))));
    VERIFY_RUNS(terminal({QStringLiteral("export"), project, folder.filePath(QStringLiteral("overlays")),
                          QStringLiteral("--format"), QStringLiteral("overlay"), QStringLiteral("--which"),
                          QStringLiteral("accepted")}));
    QCOMPARE(QDir(folder.filePath(QStringLiteral("overlays"))).entryList({QStringLiteral("*.png")}).size(), 4);
    VERIFY_RUNS(terminal({QStringLiteral("check"), project}));
}

void tst_Terminal::volumes_comeBackAsNifti()
{
    QTemporaryDir folder;
    const QString sample = folder.filePath(QStringLiteral("ct"));
    VERIFY_RUNS(
        terminal({QStringLiteral("sample"), sample, QStringLiteral("--kind"), QStringLiteral("ct-volume"),
                  QStringLiteral("--count"), QStringLiteral("1"), QStringLiteral("--size"), QStringLiteral("64")}));
    const QString project =
        makeProject(folder, {QStringLiteral("Liver"), QStringLiteral("Lesion"), QStringLiteral("Kidney")});
    const test::Finished imported =
        terminal({QStringLiteral("import"), project, QDir(sample).filePath(QStringLiteral("images")),
                  QStringLiteral("--recursive"), QStringLiteral("--masks"),
                  QDir(sample).filePath(QStringLiteral("masks")), QStringLiteral("--json")});
    QVERIFY2(imported.status == 0, imported.describe().constData());
    const int slices = imported.json()[QStringLiteral("imported")].toInt();
    QVERIFY(slices > 10);
    QCOMPARE(imported.json()[QStringLiteral("labelled")].toInt(), slices);

    const QString out = folder.filePath(QStringLiteral("out"));
    VERIFY_RUNS(
        terminal({QStringLiteral("export"), project, out, QStringLiteral("--format"), QStringLiteral("nifti")}));
    const QStringList volumes = QDir(out).entryList({QStringLiteral("*.nii.gz")}, QDir::Files);
    QCOMPARE(volumes.size(), 1);
    // The label volume that came out must be taken as the mask of the same series, and give the same file again.
    const QString masks = folder.filePath(QStringLiteral("masks again"));
    QVERIFY(QDir().mkpath(masks));
    QVERIFY(QFile::copy(QDir(out).filePath(volumes.front()), QDir(masks).filePath(QStringLiteral("ct_01.nii.gz"))));
    const QString copy = folder.filePath(QStringLiteral("copy.semigda"));
    VERIFY_RUNS(terminal({QStringLiteral("new"), copy, QStringLiteral("--class"), QStringLiteral("Liver"),
                          QStringLiteral("--class"), QStringLiteral("Lesion"), QStringLiteral("--class"),
                          QStringLiteral("Kidney")}));
    VERIFY_RUNS(terminal({QStringLiteral("import"), copy, QDir(sample).filePath(QStringLiteral("images")),
                          QStringLiteral("--recursive"), QStringLiteral("--masks"), masks}));
    const QString again = folder.filePath(QStringLiteral("out again"));
    VERIFY_RUNS(terminal({QStringLiteral("export"), copy, again, QStringLiteral("--format"), QStringLiteral("nifti")}));
    QFile first(QDir(out).filePath(volumes.front()));
    QFile second(QDir(again).filePath(volumes.front()));
    QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
    QCOMPARE(second.readAll(), first.readAll());
}

void tst_Terminal::mistakes_haveAStatusAndASentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("word"); ///< must be in the sentence
    const auto row = [](const char *name, const QStringList &arguments, int status, const char *word) {
        QTest::newRow(name) << arguments << status << QString::fromLatin1(word);
    };
    const QString nothing = QStringLiteral("/nonexistent/none.semigda");
    row("no command", {}, 2, "semigda");
    row("unknown command", {QStringLiteral("trian")}, 2, "trian");
    row("unknown option", {QStringLiteral("info"), nothing, QStringLiteral("--joson")}, 2, "joson");
    row("unknown format",
        {QStringLiteral("export"), nothing, QStringLiteral("x"), QStringLiteral("--format"), QStringLiteral("bmp")}, 2,
        "bmp");
    row("no such project", {QStringLiteral("info"), nothing}, 1, "none");
    row("train without project", {QStringLiteral("train"), nothing}, 1, "none");
    row("nowhere to write", {QStringLiteral("new"), QStringLiteral("/proc/p.semigda")}, 1, "p");
    row("bad colour",
        {QStringLiteral("new"), QStringLiteral("/tmp/x.semigda"), QStringLiteral("--class"), QStringLiteral("A:#12")},
        2, "#12");
    row("bad time", {QStringLiteral("train"), nothing, QStringLiteral("--minutes"), QStringLiteral("-3")}, 2, "-3");
    row("steps of a prior that is trained",
        {QStringLiteral("pretrain-prior"), QStringLiteral("--out"), QStringLiteral("/nonexistent/x.safetensors"),
         QStringLiteral("--prior"), QStringLiteral(SEMIGDA_TERMINAL), QStringLiteral("--epochs"), QStringLiteral("1"),
         QStringLiteral("--steps"), QStringLiteral("5")},
        2, "--steps");
}

void tst_Terminal::mistakes_haveAStatusAndASentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QString, word);
    const test::Finished finished = terminal(arguments);
    QVERIFY2(finished.status == status, finished.describe().constData());
    QVERIFY2(isOneSentence(finished.err), finished.describe().constData());
    QVERIFY2(finished.err.contains(word), finished.describe().constData());
    QVERIFY(finished.out.isEmpty());
}

void tst_Terminal::duplicates_areReportedNotImported()
{
    QTemporaryDir folder;
    const QString sample = folder.filePath(QStringLiteral("sample"));
    VERIFY_RUNS(terminal({QStringLiteral("sample"), sample, QStringLiteral("--count"), QStringLiteral("2"),
                          QStringLiteral("--size"), QStringLiteral("64")}));
    const QString project = makeProject(folder, {QStringLiteral("Lesion")});
    const QString images = QDir(sample).filePath(QStringLiteral("images"));
    VERIFY_RUNS(terminal({QStringLiteral("import"), project, images}));
    const test::Finished again = terminal({QStringLiteral("import"), project, images, QStringLiteral("--json")});
    QCOMPARE(again.status, 0);
    QCOMPARE(again.json()[QStringLiteral("imported")].toInt(), 0);
    QCOMPARE(again.json()[QStringLiteral("duplicates")].toArray().size(), 2);
    QVERIFY(again.err.contains(QStringLiteral("us_0001")));
}

void tst_Terminal::syncedFolder_isTold()
{
    QTemporaryDir folder;
    const QString project = makeProject(folder, {});
    const auto place = [](const test::Finished &finished) {
        const QJsonObject told = finished.json()[QStringLiteral("place")].toObject();
        return told[QStringLiteral("kind")].toString() + QLatin1Char(' ') + told[QStringLiteral("name")].toString();
    };
    for (const QString &command : {QStringLiteral("info"), QStringLiteral("check")}) {
        const test::Finished before = terminal({command, project, QStringLiteral("--json")});
        QVERIFY2(before.status == 0, before.describe().constData());
        QCOMPARE(place(before), QStringLiteral("local "));
        QVERIFY2(!before.err.contains(QStringLiteral("in step")), before.describe().constData());
    }
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral(".stfolder")));
    for (const QString &command : {QStringLiteral("info"), QStringLiteral("check")}) {
        const test::Finished after = terminal({command, project, QStringLiteral("--json")});
        QVERIFY2(after.status == 0, after.describe().constData());
        QCOMPARE(place(after), QStringLiteral("synced Syncthing"));
        QCOMPARE(after.err.count(QStringLiteral("in a folder that Syncthing keeps in step")), 1);
    }
}

void tst_Terminal::largeImages_areKeptDecodedToo()
{
    QTemporaryDir folder;
    const QString picture = folder.filePath(QStringLiteral("large.png"));
    QImage image(3000, 3000, QImage::Format_Grayscale8);
    image.fill(90);
    QVERIFY(image.save(picture));
    const QString project = makeProject(folder, {});
    const auto copies = [](const QString &of) {
        return QDir(of + QStringLiteral("/cache")).entryList(QDir::Files | QDir::Hidden).size();
    };
    VERIFY_RUNS(terminal({QStringLiteral("import"), project, picture}));
    QCOMPARE(copies(project), 2); // and an overview
    VERIFY_RUNS(terminal({QStringLiteral("check"), project}));
    const QString linking = folder.filePath(QStringLiteral("linking.semigda"));
    VERIFY_RUNS(terminal({QStringLiteral("new"), linking}));
    VERIFY_RUNS(terminal({QStringLiteral("import"), linking, picture, QStringLiteral("--link")}));
    QCOMPARE(copies(linking), 2);
    VERIFY_RUNS(terminal({QStringLiteral("check"), linking}));
    // An overview alone where another program would carry the copy away.
    const QString synced = folder.filePath(QStringLiteral("synced/job.semigda"));
    QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("synced/.stfolder")));
    VERIFY_RUNS(terminal({QStringLiteral("new"), synced}));
    VERIFY_RUNS(terminal({QStringLiteral("import"), synced, picture}));
    QCOMPARE(copies(synced), 1);
}

QTEST_GUILESS_MAIN(tst_Terminal)
#include "tst_Terminal.moc"
