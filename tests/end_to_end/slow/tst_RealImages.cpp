// SPDX-License-Identifier: Apache-2.0
// The main job on real images with the terminal program: import, train SemiGDA and the supervised U-Net for the same
// time, evaluate on images never trained on, export, and find the exported masks unchanged after importing them into a
// new project. Prints one table row per data set and method. Nothing else should run on the machine meanwhile.
// SEMIGDA_REAL_MINUTES sets the minutes of each training (10), SEMIGDA_REAL_SEED its seed (1), SEMIGDA_REAL_METHODS the
// methods ("supervised semigda") and SEMIGDA_REAL_SETTINGS settings of train's --set ("stretch=0 mixing_start=0.5");
// one data set alone: tst_RealImages mainJob:busi.
#include "../Programs.h"
#include "support/SharedData.h"

#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest/QTest>

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
};

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

} // namespace

class tst_RealImages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mainJob_data();
    void mainJob();

private:
    void compareFolders(const QString &first, const QString &second);
};

void tst_RealImages::mainJob_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QStringList>("classes");
    QTest::addColumn<int>("labelled");
    QTest::addColumn<int>("unlabelled");
    QTest::addColumn<int>("test");
    QTest::addColumn<QString>("unlabelledFolder");
    QTest::newRow("busi") << QStringLiteral("busi_ultrasound") << QStringList{QStringLiteral("Lesion")} << 20 << 0 << 48
                          << QStringLiteral("unlabeled");
    QTest::newRow("nuclei") << QStringLiteral("nuclei_dsb2018") << QStringList{QStringLiteral("Nucleus")} << 12 << 60
                            << 48 << QString();
    QTest::newRow("blood") << QStringLiteral("wbc_blood_cells")
                           << QStringList{QStringLiteral("Cytoplasm"), QStringLiteral("Nucleus")} << 15 << 75 << 60
                           << QString();
}

void tst_RealImages::mainJob()
{
    SEMIGDA_NEEDS_SHARED("data");
    DataSet set;
    QFETCH(QString, folder);
    QFETCH(QStringList, classes);
    QFETCH(int, labelled);
    QFETCH(int, unlabelled);
    QFETCH(int, test);
    QFETCH(QString, unlabelledFolder);
    set = {folder, classes, labelled, unlabelled, test, unlabelledFolder};
    const QDir source(QStringLiteral(SEMIGDA_SHARED_DATA "/data/") + set.folder);
    const QString masks = source.filePath(QStringLiteral("masks"));
    const QFileInfoList files = QDir(source.filePath(QStringLiteral("images"))).entryInfoList(QDir::Files, QDir::Name);
    QVERIFY(files.size() >= labelled + unlabelled + test);
    const Split split = deal(files, set);
    QCOMPARE(split.labelled.size(), labelled);
    QCOMPARE(split.test.size(), test);

    QTemporaryDir folders;
    const QString project = folders.filePath(QStringLiteral("real.semigda"));
    QStringList create{QStringLiteral("new"), project};
    for (const QString &name : set.classes)
        create << QStringLiteral("--class") << name;
    VERIFY_RUNS(test::terminal(create));
    const QStringList import{QStringLiteral("import"), project};
    VERIFY_RUNS(test::terminal(import + split.labelled + QStringList{QStringLiteral("--masks"), masks}));
    VERIFY_RUNS(test::terminal(
        import + split.test
        + QStringList{QStringLiteral("--masks"), masks, QStringLiteral("--split"), QStringLiteral("test")}));
    if (!split.unlabelled.isEmpty())
        VERIFY_RUNS(test::terminal(import + split.unlabelled));
    if (!set.unlabelledFolder.isEmpty())
        VERIFY_RUNS(test::terminal(import + QStringList{source.filePath(set.unlabelledFolder)}));

    const QString seed = qEnvironmentVariable("SEMIGDA_REAL_SEED", QStringLiteral("1"));
    for (const QString &word : wordsOf("SEMIGDA_REAL_METHODS", QStringLiteral("supervised semigda"))) {
        QStringList train{QStringLiteral("train"),     project,
                          QStringLiteral("--method"),  word,
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
        QCOMPARE(scores[QStringLiteral("images")].toInt(), test);
        QString row = QStringLiteral("%1 %2, seed %8: %3 labelled, %4 unlabelled, %5 steps in %6 s, Dice %7")
                          .arg(QString::fromLatin1(QTest::currentDataTag()), word)
                          .arg(labelled)
                          .arg(trained.json()[QStringLiteral("unlabelled")].toInt())
                          .arg(trained.json()[QStringLiteral("steps")].toInt())
                          .arg(trained.json()[QStringLiteral("seconds")].toDouble(), 0, 'f', 0)
                          .arg(interval(scores[QStringLiteral("mean")].toObject()[QStringLiteral("dice")].toObject()))
                          .arg(seed);
        for (const QJsonValue &each : scores[QStringLiteral("classes")].toArray())
            row += QStringLiteral(", %1 %2").arg(each.toObject()[QStringLiteral("name")].toString(),
                                                 interval(each.toObject()[QStringLiteral("dice")].toObject()));
        const QJsonObject doubts = scores[QStringLiteral("doubts")].toObject();
        for (const auto &[key, name] : {std::pair("estimate_rank_correlation", "estimate ranks"),
                                        std::pair("disagreement_rank_correlation", "disagreement ranks"),
                                        std::pair("entropy_rank_correlation", "entropy ranks"),
                                        std::pair("estimated_dice_error", "estimate off by")})
            row += QStringLiteral(", %1 %2")
                       .arg(QLatin1String(name))
                       .arg(doubts[QLatin1String(key)].toDouble(), 0, 'f', 2);
        qInfo("%s", qPrintable(row));
    }

    // What the project gives away must come back as it was, predictions and imported masks alike.
    for (const char *which : {"labelled", "predicted"}) {
        const QString out = folders.filePath(QString::fromLatin1(which));
        VERIFY_RUNS(test::terminal({QStringLiteral("export"), project, out, QStringLiteral("--format"),
                                    QStringLiteral("png"), QStringLiteral("--which"), QString::fromLatin1(which)}));
        const QString copy = folders.filePath(QString::fromLatin1(which) + QStringLiteral(" again.semigda"));
        create[1] = copy;
        VERIFY_RUNS(test::terminal(create));
        QStringList all{QStringLiteral("import"), copy, source.filePath(QStringLiteral("images"))};
        if (!set.unlabelledFolder.isEmpty())
            all << source.filePath(set.unlabelledFolder);
        VERIFY_RUNS(test::terminal(all + QStringList{QStringLiteral("--masks"), out}));
        const QString again = folders.filePath(QString::fromLatin1(which) + QStringLiteral(" again"));
        VERIFY_RUNS(test::terminal({QStringLiteral("export"), copy, again, QStringLiteral("--format"),
                                    QStringLiteral("png"), QStringLiteral("--which"), QStringLiteral("labelled")}));
        compareFolders(out, again);
        if (QTest::currentTestFailed())
            return;
    }
    VERIFY_RUNS(test::terminal({QStringLiteral("check"), project}));
}

void tst_RealImages::compareFolders(const QString &first, const QString &second)
{
    const QStringList names = QDir(first).entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name);
    QVERIFY(!names.isEmpty());
    QCOMPARE(QDir(second).entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name), names);
    for (const QString &name : names) {
        const QImage before(QDir(first).filePath(name));
        const QImage after(QDir(second).filePath(name));
        QVERIFY2(!before.isNull() && before == after, qPrintable(name));
    }
}

QTEST_GUILESS_MAIN(tst_RealImages)
#include "tst_RealImages.moc"
