// SPDX-License-Identifier: Apache-2.0
// `semigda evaluate --report`: one file that says the same as the scores on the terminal, with pictures of the images.
#include "Programs.h"
#include "core/SegmentationMetrics.h"

#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest/QTest>

#include <cmath>
#include <vector>

#include <sys/stat.h>

using namespace semigda;
using test::terminal;

namespace
{

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
}

/// Enough steps of every stage at 32 x 32 pixels for a point on each curve.
QStringList smallTraining(const QString &project, const char *method)
{
    return {QStringLiteral("train"),        project,
            QStringLiteral("--method"),     QString::fromLatin1(method),
            QStringLiteral("--epochs"),     QStringLiteral("12,8"),
            QStringLiteral("--seed"),       QStringLiteral("5"),
            QStringLiteral("--image-size"), QStringLiteral("32"),
            QStringLiteral("--set"),        QStringLiteral("prior_steps=12"),
            QStringLiteral("--set"),        QStringLiteral("alignment_batch=4"),
            QStringLiteral("--set"),        QStringLiteral("validation_steps=2"),
            QStringLiteral("--device"),     QStringLiteral("cpu")};
}

/// Texts of the elements of a name, for example of all table cells.
QStringList textsOf(const QByteArray &html, const char *name)
{
    QStringList texts;
    QXmlStreamReader reader(html);
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1StringView(name))
            texts << reader.readElementText(QXmlStreamReader::IncludeChildElements);
    }
    if (reader.hasError())
        qWarning("%s", qPrintable(reader.errorString()));
    return reader.hasError() ? QStringList() : texts;
}

QList<QImage> picturesOf(const QByteArray &html)
{
    static const QRegularExpression Address(QStringLiteral("href=\"data:image/png;base64,([^\"]*)\""));
    QList<QImage> pictures;
    for (const QRegularExpressionMatch &match : Address.globalMatch(QString::fromUtf8(html)))
        pictures << QImage::fromData(QByteArray::fromBase64(match.captured(1).toLatin1()), "PNG");
    return pictures;
}

bool isOneSentence(const QString &text)
{
    const QString line = text.trimmed();
    return !line.isEmpty() && !line.contains(QLatin1Char('\n')) && line.size() < 400;
}

} // namespace

class tst_Report : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void report_saysWhatTheScoresSay();
    void command_trainsWithTheSameSettings();
    void existingFile_isReplaced();
    void wrongPlaces_areRefusedAtOnce_data();
    void wrongPlaces_areRefusedAtOnce();
    void forbiddenFolder_isRefusedAtOnce();

private:
    QString at(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    test::Finished evaluate(const QStringList &more) const
    {
        return terminal(QStringList{QStringLiteral("evaluate"), m_project} + more);
    }

    QTemporaryDir m_folder;
    QString m_project;
};

/// Four images to learn from, two to validate with and four to judge by, one of these with a name that is no HTML.
void tst_Report::initTestCase()
{
    m_project = at("small study.semigda");
    const QString sample = at("sample");
    VERIFY_RUNS(
        terminal({QStringLiteral("sample"), sample, QStringLiteral("--count"), QStringLiteral("14"),
                  QStringLiteral("--size"), QStringLiteral("64"), QStringLiteral("--seed"), QStringLiteral("4")}));
    const QString masks = QDir(sample).filePath(QStringLiteral("masks"));
    const auto image = [&sample](int number) {
        return QDir(sample).filePath(QStringLiteral("images/us_%1.png").arg(number, 4, 10, QLatin1Char('0')));
    };
    const QString odd = QDir(sample).filePath(QStringLiteral("images/<b>&.png"));
    QVERIFY(QFile::rename(image(8), odd));
    QVERIFY(QFile::rename(QDir(masks).filePath(QStringLiteral("us_0008.png")),
                          QDir(masks).filePath(QStringLiteral("<b>&.png"))));
    VERIFY_RUNS(terminal({QStringLiteral("new"), m_project, QStringLiteral("--class"), QStringLiteral("<Lesion>")}));
    VERIFY_RUNS(terminal({QStringLiteral("import"), m_project, image(1), image(2), image(3), image(4),
                          QStringLiteral("--masks"), masks}));
    VERIFY_RUNS(terminal({QStringLiteral("import"), m_project, image(5), image(6), image(7), odd,
                          QStringLiteral("--masks"), masks, QStringLiteral("--split"), QStringLiteral("test")}));
    VERIFY_RUNS(terminal({QStringLiteral("import"), m_project, image(9), image(10), image(11), image(12)}));
    VERIFY_RUNS(terminal({QStringLiteral("import"), m_project, image(13), image(14), QStringLiteral("--masks"), masks,
                          QStringLiteral("--split"), QStringLiteral("val")}));
    VERIFY_RUNS(terminal(smallTraining(m_project, "semigda")));
    VERIFY_RUNS(terminal(smallTraining(m_project, "supervised")));
}

void tst_Report::report_saysWhatTheScoresSay()
{
    const QString file = at("report.html");
    const test::Finished finished =
        evaluate({QStringLiteral("--run"), QStringLiteral("1"), QStringLiteral("--run"), QStringLiteral("2"),
                  QStringLiteral("--report"), file, QStringLiteral("--json")});
    QVERIFY2(finished.status == 0, finished.describe().constData());
    QCOMPARE(finished.json()[QStringLiteral("report")].toString(), file);
    const QByteArray html = contentOf(file);
    QVERIFY(!html.contains("http") && !html.contains("<script") && !html.contains("<link"));
    const QStringList cells = textsOf(html, "td");
    QVERIFY(!cells.isEmpty());
    const QStringList rowNames = textsOf(html, "th");
    QVERIFY(rowNames.contains(QStringLiteral("<b>&")) && rowNames.contains(QStringLiteral("<Lesion>")));

    const QJsonArray runs = finished.json()[QStringLiteral("runs")].toArray();
    QCOMPARE(runs.size(), 2);
    for (const QJsonValue &run : runs) {
        const QJsonObject dice = run[QStringLiteral("mean")][QStringLiteral("dice")].toObject();
        const auto number = [&dice](const char *name) {
            return QString::number(dice[QLatin1StringView(name)].toDouble(), 'f', 3);
        };
        const QString cell = number("mean") + number("low") + QStringLiteral(" to ") + number("high");
        QVERIFY2(cells.contains(cell), qPrintable(cell));
        const QJsonObject doubts = run[QStringLiteral("doubts")].toObject();
        QVERIFY(doubts.contains(QStringLiteral("disagreement_rank_correlation"))
                && doubts.contains(QStringLiteral("entropy_rank_correlation"))
                && doubts.contains(QStringLiteral("estimate_rank_correlation"))
                && doubts.contains(QStringLiteral("estimated_dice_error")));
        std::vector<double> errors;
        std::vector<double> disagreements;
        std::vector<double> entropies;
        std::vector<double> estimates;
        for (const QJsonValue &image : run[QStringLiteral("per_image")].toArray()) {
            disagreements.push_back(image[QStringLiteral("disagreement")].toDouble(-1.0));
            entropies.push_back(image[QStringLiteral("entropy")].toDouble(-1.0));
            estimates.push_back(1.0 - image[QStringLiteral("estimated_dice")].toDouble(-1.0));
            QVERIFY(disagreements.back() >= 0.0 && entropies.back() >= 0.0 && estimates.back() <= 1.0);
            const double each = image[QStringLiteral("classes")][0][QStringLiteral("dice")].toDouble();
            errors.push_back(1.0 - each);
            QVERIFY(cells.contains(QString::number(each, 'f', 3)));
        }
        const auto compare = [&doubts](const char *name, const std::optional<double> &expected) {
            const QJsonValue said = doubts[QLatin1StringView(name)];
            return expected ? std::abs(said.toDouble(9.0) - *expected) < 1e-9 : said.isNull();
        };
        QVERIFY(compare("disagreement_rank_correlation", core::rankCorrelation(disagreements, errors)));
        QVERIFY(compare("entropy_rank_correlation", core::rankCorrelation(entropies, errors)));
        QVERIFY(compare("estimate_rank_correlation", core::rankCorrelation(estimates, errors)));
    }
    // All four test images of either run, at their own size, worst first.
    const QList<QImage> pictures = picturesOf(html);
    QCOMPARE(pictures.size(), 8);
    for (const QImage &picture : pictures)
        QCOMPARE(picture.size(), QSize(64, 64));
    QCOMPARE(textsOf(html, "figcaption").size(), 8);
    const QString text = textsOf(html, "body").join(QLatin1Char(' '));
    for (const char *said : {"Learned from 4 outlined images and 4 images without outlines",
                             "Learned from 4 outlined images and no others", "never shown to training", "Seed 5.",
                             "Dice on validation images", "VAE branch", "CNN branch", "CPU, "})
        QVERIFY2(text.contains(QLatin1StringView(said)), said);
    const auto lines = textsOf(html, "pre");
    QVERIFY(lines.contains(
        QStringLiteral("semigda evaluate 'small study' --run 1 --run 2 --split test --report report.html")));
}

/// The command the report gives, run as it stands, makes a run with the same configuration.
void tst_Report::command_trainsWithTheSameSettings()
{
    const QString file = at("for the command.html");
    VERIFY_RUNS(evaluate({QStringLiteral("--run"), QStringLiteral("1"), QStringLiteral("--report"), file}));
    const QString command = textsOf(contentOf(file), "pre").value(0);
    QVERIFY2(command.startsWith(QStringLiteral("semigda train 'small study' ")), qPrintable(command));
    QProcess shell;
    shell.setWorkingDirectory(m_folder.path());
    const QString definition =
        QStringLiteral("semigda() { '") + QStringLiteral(SEMIGDA_TERMINAL) + QStringLiteral("' \"$@\"; }; ");
    shell.start(QStringLiteral("sh"), {QStringLiteral("-c"), definition + command});
    QVERIFY(shell.waitForFinished(test::DefaultTimeoutMs));
    QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError().constData());
    const QByteArray config = contentOf(m_project + QStringLiteral("/runs/1/config.json"));
    QVERIFY(!config.isEmpty());
    QCOMPARE(contentOf(m_project + QStringLiteral("/runs/3/config.json")), config);
}

void tst_Report::existingFile_isReplaced()
{
    const QString folder = at("reports");
    QVERIFY(QDir().mkpath(folder));
    const QString file = folder + QStringLiteral("/old.html");
    write(file, "yesterday's");
    VERIFY_RUNS(evaluate({QStringLiteral("--report"), file}));
    QVERIFY(contentOf(file).startsWith("<!DOCTYPE html>") && contentOf(file).endsWith("</html>\n"));
    QCOMPARE(QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 1);
}

void tst_Report::wrongPlaces_areRefusedAtOnce_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("word");
    QTest::newRow("no such folder") << at("nowhere/report.html") << QStringLiteral("nowhere' does not exist");
    QTest::newRow("a folder") << at("sample") << QStringLiteral("is a folder");
    QTest::newRow("a folder with a slash") << at("sample/") << QStringLiteral("is a folder");
    QTest::newRow("below a file") << at("small study.semigda/project.sqlite/r.html") << QStringLiteral("no folder");
    QTest::newRow("a device") << QStringLiteral("/dev/null") << QStringLiteral("no ordinary file");
}

void tst_Report::wrongPlaces_areRefusedAtOnce()
{
    QFETCH(QString, file);
    QFETCH(QString, word);
    const test::Finished finished = evaluate({QStringLiteral("--report"), file});
    QVERIFY2(finished.status == 1, finished.describe().constData());
    // Also no progress line: the place is looked at before anything is predicted.
    QVERIFY2(isOneSentence(finished.err), finished.describe().constData());
    QVERIFY2(finished.err.contains(word), finished.describe().constData());
    QVERIFY(finished.out.isEmpty());
}

void tst_Report::forbiddenFolder_isRefusedAtOnce()
{
    const QString folder = at("theirs");
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(::chmod(m_folder.path().toLocal8Bit().constData(), 0755) == 0);
    QVERIFY(::chmod(folder.toLocal8Bit().constData(), 0555) == 0);
    const test::Finished finished = test::terminalAsNobody(
        {QStringLiteral("evaluate"), m_project, QStringLiteral("--report"), folder + QStringLiteral("/report.html")});
    QVERIFY2(finished.status == 1, finished.describe().constData());
    QVERIFY2(isOneSentence(finished.err), finished.describe().constData());
    QVERIFY2(finished.err.contains(QStringLiteral("permission denied")), finished.describe().constData());
}

QTEST_GUILESS_MAIN(tst_Report)
#include "tst_Report.moc"
