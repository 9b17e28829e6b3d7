// SPDX-License-Identifier: Apache-2.0
// The main job on real images with the terminal program: import, train SemiGDA and the supervised U-Net for the same
// time, evaluate on images never trained on, export, and find the exported masks unchanged after importing them into a
// new project. Prints one table row per data set and method. Nothing else should run on the machine meanwhile.
// SEMIGDA_REAL_MINUTES sets the minutes of each training (10), SEMIGDA_REAL_SEED its seed (1), SEMIGDA_REAL_METHODS the
// methods ("supervised semigda") and SEMIGDA_REAL_SETTINGS settings of train's --set ("stretch=0 mixing_start=0.5");
// one data set alone: tst_RealImages mainJob:busi. strokes() trains SemiGDA on strokes over a twentieth of each
// labelled image in place of full masks, and says what part of the Dice that reaches.
#include "../Programs.h"
#include "core/LabelSet.h"
#include "support/SharedData.h"

#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

using namespace semigda;

namespace
{

constexpr int MinuteMs = 60'000;

struct DataSet
{
    QString folder;
    QStringList classes;
    int labelled = 0;
    int unlabelled = 0; ///< of the images with masks, imported without them
    int test = 0;
    QString unlabelledFolder; ///< images that never had masks
    bool isVolumes = false;   ///< the numbers count volumes
};

QDir sourceOf(const DataSet &set)
{
    return QDir(QStringLiteral(SEMIGDA_SHARED_DATA "/data/") + set.folder);
}

QString masksOf(const DataSet &set)
{
    return sourceOf(set).filePath(set.isVolumes ? QStringLiteral("labels") : QStringLiteral("masks"));
}

struct Split
{
    QStringList labelled;
    QStringList unlabelled;
    QStringList test;
};

/// Deals the sorted files out evenly, so that every part has the same mixture of what file names stand for.
Split deal(const QFileInfoList &files, const DataSet &set)
{
    Split split;
    const double perPart[] = {static_cast<double>(set.labelled), static_cast<double>(set.unlabelled),
                              static_cast<double>(set.test)};
    QStringList *parts[] = {&split.labelled, &split.unlabelled, &split.test};
    const auto total = static_cast<double>(set.labelled + set.unlabelled + set.test);
    for (int i = 0; i < static_cast<int>(total); ++i) {
        // The part that is furthest behind its share gets the next file.
        int chosen = 0;
        double most = -1.0;
        for (int part = 0; part < 3; ++part) {
            const double behind = perPart[part] * (i + 1) / total - static_cast<double>(parts[part]->size());
            if (behind > most) {
                most = behind;
                chosen = part;
            }
        }
        parts[chosen]->append(files[i].absoluteFilePath());
    }
    return split;
}

double minutes()
{
    bool isNumber = false;
    const double wanted = qEnvironmentVariable("SEMIGDA_REAL_MINUTES").toDouble(&isNumber);
    return isNumber && wanted > 0.0 ? wanted : 10.0;
}

QStringList wordsOf(const char *variable, const QString &otherwise = {})
{
    return qEnvironmentVariable(variable, otherwise).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QString interval(const QJsonObject &score)
{
    return QStringLiteral("%1 [%2, %3]")
        .arg(score[QStringLiteral("mean")].toDouble(), 0, 'f', 3)
        .arg(score[QStringLiteral("low")].toDouble(), 0, 'f', 3)
        .arg(score[QStringLiteral("high")].toDouble(), 0, 'f', 3);
}

/// Paints random strokes of one value into `strokes`, only where `mask` has that value too, until `limit` more pixels
/// are painted.
void paintStrokes(QImage &strokes, const QImage &mask, bool isInside, int limit, std::mt19937 &random)
{
    const int width = mask.width();
    const int height = mask.height();
    const double radius = std::max(1.5, 0.012 * std::max(width, height));
    const auto belongs = [&](int x, int y) { return (qGray(mask.pixel(x, y)) > 127) == isInside; };
    const auto between = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
    };
    std::vector<QPoint> region;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            if (belongs(x, y))
                region.emplace_back(x, y);
    limit = std::min(limit, static_cast<int>(region.size()));
    int painted = 0;
    while (painted < limit) {
        const QPoint start = region[random() % region.size()];
        double x = start.x();
        double y = start.y();
        double angle = between(0.0, 2.0 * std::numbers::pi);
        const int steps = static_cast<int>(between(10.0, 40.0));
        for (int step = 0; step < steps && painted < limit; ++step) {
            angle += between(-0.5, 0.5);
            const double nextX = x + radius * std::cos(angle);
            const double nextY = y + radius * std::sin(angle);
            const QPoint next(static_cast<int>(nextX), static_cast<int>(nextY));
            if (nextX < 0.0 || nextY < 0.0 || next.x() >= width || next.y() >= height || !belongs(next.x(), next.y())) {
                angle += std::numbers::pi / 2.0;
                continue;
            }
            x = nextX;
            y = nextY;
            for (int v = std::max(static_cast<int>(y - radius), 0); v < height && v <= static_cast<int>(y + radius) + 1;
                 ++v) {
                auto *row = reinterpret_cast<quint16 *>(strokes.scanLine(v));
                for (int u = std::max(static_cast<int>(x - radius), 0);
                     u < width && u <= static_cast<int>(x + radius) + 1; ++u) {
                    if (painted < limit && std::hypot(u - x, v - y) <= radius && row[u] == core::NotAnnotated
                        && belongs(u, v)) {
                        row[u] = isInside ? 1 : core::Background;
                        ++painted;
                    }
                }
            }
        }
    }
}

} // namespace

class tst_RealImages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mainJob_data();
    void mainJob();
    void strokes();

private:
    Split splitOf(const DataSet &set);
    void makeProject(const QString &project, const DataSet &set, const Split &split, const QString &labelledMasks);
    void trainAndScore(const QString &project, const QString &method, const QString &name, double &dice);
    void compareFolders(const QString &first, const QString &second);
};

Split tst_RealImages::splitOf(const DataSet &set)
{
    const QFileInfoList files =
        QDir(sourceOf(set).filePath(QStringLiteral("images"))).entryInfoList(QDir::Files, QDir::Name);
    Split split;
    if (files.size() >= set.labelled + set.unlabelled + set.test)
        split = deal(files, set);
    return split;
}

void tst_RealImages::makeProject(const QString &project, const DataSet &set, const Split &split,
                                 const QString &labelledMasks)
{
    QStringList create{QStringLiteral("new"), project};
    for (const QString &name : set.classes)
        create << QStringLiteral("--class") << name;
    VERIFY_RUNS(test::terminal(create));
    const QStringList import{QStringLiteral("import"), project};
    VERIFY_RUNS(test::terminal(import + split.labelled + QStringList{QStringLiteral("--masks"), labelledMasks}));
    VERIFY_RUNS(test::terminal(
        import + split.test
        + QStringList{QStringLiteral("--masks"), masksOf(set), QStringLiteral("--split"), QStringLiteral("test")}));
    if (!split.unlabelled.isEmpty())
        VERIFY_RUNS(test::terminal(import + split.unlabelled));
    if (!set.unlabelledFolder.isEmpty())
        VERIFY_RUNS(test::terminal(import + QStringList{sourceOf(set).filePath(set.unlabelledFolder)}));
}

/// Prints a row of the table.
void tst_RealImages::trainAndScore(const QString &project, const QString &method, const QString &name, double &dice)
{
    const QString seed = qEnvironmentVariable("SEMIGDA_REAL_SEED", QStringLiteral("1"));
    QStringList train{QStringLiteral("train"),     project,
                      QStringLiteral("--method"),  method,
                      QStringLiteral("--minutes"), QString::number(minutes()),
                      QStringLiteral("--seed"),    seed,
                      QStringLiteral("--json")};
    for (const QString &setting : wordsOf("SEMIGDA_REAL_SETTINGS"))
        train << QStringLiteral("--set") << setting;
    const test::Finished trained = test::terminal(train, static_cast<int>((minutes() + 15.0) * MinuteMs));
    QVERIFY2(trained.status == 0, trained.describe().constData());
    const int run = trained.json()[QStringLiteral("run")].toInt();
    const test::Finished evaluated =
        test::terminal({QStringLiteral("evaluate"), project, QStringLiteral("--run"), QString::number(run),
                        QStringLiteral("--split"), QStringLiteral("test"), QStringLiteral("--json")},
                       10 * MinuteMs);
    QVERIFY2(evaluated.status == 0, evaluated.describe().constData());
    const QJsonObject scores = evaluated.json()[QStringLiteral("runs")].toArray().first().toObject();
    const QJsonObject mean = scores[QStringLiteral("mean")].toObject()[QStringLiteral("dice")].toObject();
    dice = mean[QStringLiteral("mean")].toDouble();
    QString row =
        QStringLiteral("%1 %2, seed %3: %4 labelled, %5 unlabelled, %6 test, %7 steps in %8 s, Dice %9")
            .arg(name, method, seed)
            .arg(trained.json()[QStringLiteral("labelled")].toInt() + trained.json()[QStringLiteral("partial")].toInt())
            .arg(trained.json()[QStringLiteral("unlabelled")].toInt())
            .arg(scores[QStringLiteral("images")].toInt())
            .arg(trained.json()[QStringLiteral("steps")].toInt())
            .arg(trained.json()[QStringLiteral("seconds")].toDouble(), 0, 'f', 0)
            .arg(interval(mean));
    for (const QJsonValue &each : scores[QStringLiteral("classes")].toArray())
        row += QStringLiteral(", %1 %2").arg(each.toObject()[QStringLiteral("name")].toString(),
                                             interval(each.toObject()[QStringLiteral("dice")].toObject()));
    const QJsonObject doubts = scores[QStringLiteral("doubts")].toObject();
    for (const auto &[key, text] :
         {std::pair("estimate_rank_correlation", "estimate ranks"),
          std::pair("disagreement_rank_correlation", "disagreement ranks"),
          std::pair("entropy_rank_correlation", "entropy ranks"), std::pair("estimated_dice_error", "estimate off by")})
        row += QStringLiteral(", %1 %2").arg(QLatin1String(text)).arg(doubts[QLatin1String(key)].toDouble(), 0, 'f', 2);
    qInfo("%s", qPrintable(row));
}

void tst_RealImages::mainJob_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QStringList>("classes");
    QTest::addColumn<int>("labelled");
    QTest::addColumn<int>("unlabelled");
    QTest::addColumn<int>("test");
    QTest::addColumn<QString>("unlabelledFolder");
    QTest::addColumn<bool>("isVolumes");
    QTest::newRow("busi") << QStringLiteral("busi_ultrasound") << QStringList{QStringLiteral("Lesion")} << 20 << 0 << 48
                          << QStringLiteral("unlabeled") << false;
    QTest::newRow("nuclei") << QStringLiteral("nuclei_dsb2018") << QStringList{QStringLiteral("Nucleus")} << 12 << 60
                            << 48 << QString() << false;
    QTest::newRow("blood") << QStringLiteral("wbc_blood_cells")
                           << QStringList{QStringLiteral("Cytoplasm"), QStringLiteral("Nucleus")} << 15 << 75 << 60
                           << QString() << false;
    QTest::newRow("hippocampus") << QStringLiteral("nifti_hippocampus")
                                 << QStringList{QStringLiteral("Anterior"), QStringLiteral("Posterior")} << 2 << 12 << 6
                                 << QString() << true;
}

void tst_RealImages::mainJob()
{
    SEMIGDA_NEEDS_SHARED("data");
    QFETCH(QString, folder);
    QFETCH(QStringList, classes);
    QFETCH(int, labelled);
    QFETCH(int, unlabelled);
    QFETCH(int, test);
    QFETCH(QString, unlabelledFolder);
    QFETCH(bool, isVolumes);
    const DataSet set{folder, classes, labelled, unlabelled, test, unlabelledFolder, isVolumes};
    const Split split = splitOf(set);
    QCOMPARE(split.labelled.size(), labelled);
    QCOMPARE(split.test.size(), test);

    QTemporaryDir folders;
    const QString project = folders.filePath(QStringLiteral("real.semigda"));
    makeProject(project, set, split, masksOf(set));
    for (const QString &method : wordsOf("SEMIGDA_REAL_METHODS", QStringLiteral("supervised semigda"))) {
        double dice = 0.0;
        if (!QTest::currentTestFailed())
            trainAndScore(project, method, QString::fromLatin1(QTest::currentDataTag()), dice);
    }
    if (QTest::currentTestFailed())
        return;

    // What the project gives away must come back as it was, predictions and imported masks alike.
    const QString format = set.isVolumes ? QStringLiteral("nifti") : QStringLiteral("png");
    QStringList create{QStringLiteral("new"), QString()};
    for (const QString &name : set.classes)
        create << QStringLiteral("--class") << name;
    for (const char *which : {"labelled", "predicted"}) {
        const QString out = folders.filePath(QString::fromLatin1(which));
        VERIFY_RUNS(test::terminal({QStringLiteral("export"), project, out, QStringLiteral("--format"), format,
                                    QStringLiteral("--which"), QString::fromLatin1(which)}));
        const QString copy = folders.filePath(QString::fromLatin1(which) + QStringLiteral(" again.semigda"));
        create[1] = copy;
        VERIFY_RUNS(test::terminal(create));
        QStringList all{QStringLiteral("import"), copy, sourceOf(set).filePath(QStringLiteral("images"))};
        if (!set.unlabelledFolder.isEmpty())
            all << sourceOf(set).filePath(set.unlabelledFolder);
        VERIFY_RUNS(test::terminal(all + QStringList{QStringLiteral("--masks"), out}));
        const QString again = folders.filePath(QString::fromLatin1(which) + QStringLiteral(" again"));
        VERIFY_RUNS(test::terminal({QStringLiteral("export"), copy, again, QStringLiteral("--format"), format,
                                    QStringLiteral("--which"), QStringLiteral("labelled")}));
        compareFolders(out, again);
        if (QTest::currentTestFailed())
            return;
    }
    VERIFY_RUNS(test::terminal({QStringLiteral("check"), project}));
}

void tst_RealImages::strokes()
{
    SEMIGDA_NEEDS_SHARED("data");
    constexpr double Painted = 0.05;     // of an image's pixels
    constexpr double MostOfLesion = 0.4; // or a small lesion would be outlined wholly
    const DataSet set{QStringLiteral("busi_ultrasound"), {QStringLiteral("Lesion")}, 20, 0, 48,
                      QStringLiteral("unlabeled")};
    const Split split = splitOf(set);
    QCOMPARE(split.labelled.size(), set.labelled);
    QTemporaryDir folders;
    const QDir strokeMasks(folders.filePath(QStringLiteral("strokes")));
    QVERIFY(strokeMasks.mkpath(QStringLiteral(".")));
    std::mt19937 random(1);
    for (const QString &file : split.labelled) {
        const QString name = QFileInfo(file).fileName();
        const QImage mask(QDir(masksOf(set)).filePath(name));
        QVERIFY2(!mask.isNull(), qPrintable(name));
        QImage painted(mask.size(), QImage::Format_Grayscale16);
        int lesion = 0;
        for (int y = 0; y < mask.height(); ++y) {
            auto *row = reinterpret_cast<quint16 *>(painted.scanLine(y));
            for (int x = 0; x < mask.width(); ++x) {
                row[x] = core::NotAnnotated;
                lesion += qGray(mask.pixel(x, y)) > 127;
            }
        }
        const int all = static_cast<int>(Painted * mask.width() * mask.height());
        const int inside = std::min(static_cast<int>(MostOfLesion * lesion), all / 2);
        paintStrokes(painted, mask, true, inside, random);
        paintStrokes(painted, mask, false, all - inside, random);
        QVERIFY(painted.save(strokeMasks.filePath(name)));
    }

    double full = 0.0;
    double sparse = 0.0;
    makeProject(folders.filePath(QStringLiteral("full.semigda")), set, split, masksOf(set));
    makeProject(folders.filePath(QStringLiteral("sparse.semigda")), set, split, strokeMasks.path());
    if (!QTest::currentTestFailed())
        trainAndScore(folders.filePath(QStringLiteral("full.semigda")), QStringLiteral("semigda"),
                      QStringLiteral("full masks"), full);
    if (!QTest::currentTestFailed())
        trainAndScore(folders.filePath(QStringLiteral("sparse.semigda")), QStringLiteral("semigda"),
                      QStringLiteral("strokes"), sparse);
    if (!QTest::currentTestFailed())
        qInfo("strokes reach %.1f %% of the Dice of full masks", 100.0 * sparse / full);
}

void tst_RealImages::compareFolders(const QString &first, const QString &second)
{
    const QStringList masks{QStringLiteral("*.png"), QStringLiteral("*.nii.gz")};
    const QStringList names = QDir(first).entryList(masks, QDir::Files, QDir::Name);
    QVERIFY(!names.isEmpty());
    QCOMPARE(QDir(second).entryList(masks, QDir::Files, QDir::Name), names);
    for (const QString &name : names) {
        if (name.endsWith(QLatin1String(".gz"))) {
            QFile before(QDir(first).filePath(name));
            QFile after(QDir(second).filePath(name));
            QVERIFY(before.open(QIODevice::ReadOnly) && after.open(QIODevice::ReadOnly));
            QVERIFY2(before.readAll() == after.readAll(), qPrintable(name));
            continue;
        }
        const QImage before(QDir(first).filePath(name));
        const QImage after(QDir(second).filePath(name));
        QVERIFY2(!before.isNull() && before == after, qPrintable(name));
    }
}

QTEST_GUILESS_MAIN(tst_RealImages)
#include "tst_RealImages.moc"
