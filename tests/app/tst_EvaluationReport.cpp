// SPDX-License-Identifier: Apache-2.0
#include "app/results/EvaluationReport.h"

#include "ReportFixture.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace semigda;
using test::interval;
using test::ReadReport;
using test::readReport;
using test::score;
using test::smallReport;
using test::smallRun;

namespace
{

QByteArray htmlOf(const app::EvaluationReport &report)
{
    return QByteArray::fromStdString(app::evaluationHtml(report));
}

ReadReport readBack(const app::EvaluationReport &report)
{
    return readReport(htmlOf(report));
}

core::MetricRecord metric(std::int64_t step, const char *name, double value)
{
    return {step, name, value};
}

std::size_t pathsOfClass(const ReadReport &read, const char *cssClass)
{
    return static_cast<std::size_t>(
        std::count_if(read.elements.begin(), read.elements.end(), [cssClass](const ReadReport::Element &each) {
            return each.name == QLatin1StringView("path") && each.cssClass == QLatin1StringView(cssClass);
        }));
}

} // namespace

class TestEvaluationReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void head_saysWhatWhenAndForWhom();
    void scores_haveIntervalsUnitsAndCounts();
    void oneClass_needsNoMean();
    void images_areSortedFromTheWorst();
    void emptyMasks_areNamedAndCounted();
    void runs_areComparedImageByImage();
    void validation_isSaidToFlatter();
    void patientsWithSeveralImages_areMentioned();
    void imagesWithoutSpacing_areNotMixedIn();
    void leftOut_saysWhy();
    void curves_showLossAndBothBranches();
    void worstCases_showBothOutlinesAndTheSlice();
    void whatIsNotKnown_isSaid();
    void nothingFromTheProject_becomesMarkup();
    void document_needsNothingFromElsewhere();
    void manyImages_stayReadable();
};

void TestEvaluationReport::head_saysWhatWhenAndForWhom()
{
    const ReadReport read = readBack(smallReport());
    QVERIFY2(read.error.isEmpty(), qPrintable(read.error));
    for (const char *said : {"breast", "2026-01-31 12:00 UTC", "SemiGDA Studio 9.8.7", "1.13.1", "CPU, 2 threads",
                             "3 images", "never shown to training", "Not a medical device", "semigda evaluate breast"})
        QVERIFY2(read.text.contains(QLatin1StringView(said)), said);
    for (const char *term : {"Dice", "IoU", "HD95", "ASSD", "Neither has the class: 1", "the image is not counted"})
        QVERIFY2(read.text.contains(QLatin1StringView(term)), term);
}

void TestEvaluationReport::scores_haveIntervalsUnitsAndCounts()
{
    const QList<QStringList> rows = readBack(smallReport()).table(QStringLiteral("scores"));
    QCOMPARE(rows.size(), 2);
    const QStringList expected{QStringLiteral("Lesion"),
                               QStringLiteral("0.633|0.100 to 0.950"),
                               QStringLiteral("0.606|0.110 to 0.960"),
                               QStringLiteral("1.25 mm|0.50 to 2.50|2 images"),
                               QStringLiteral("0.31 mm|0.20 to 0.60|2 images"),
                               QStringLiteral("2 of 3"),
                               QStringLiteral("1 of 2"),
                               QStringLiteral("0 of 1")};
    QCOMPARE(rows[1], expected);

    app::RunReport run = smallRun();
    run.evaluation.distanceUnit = "px";
    for (app::ImageEvaluation &each : run.evaluation.images)
        each.isInMillimetres = false;
    run.evaluation.classes[0].scores.hd95 = {};
    const QList<QStringList> inPixels = readBack(smallReport({run})).table(QStringLiteral("scores"));
    QCOMPARE(inPixels[1][3], QString::fromUtf8("\xE2\x80\x93|0 images"));
    QCOMPARE(inPixels[1][4], QStringLiteral("0.31 px|0.20 to 0.60|2 images"));
}

void TestEvaluationReport::oneClass_needsNoMean()
{
    QVERIFY(!htmlOf(smallReport()).contains("<th scope=\"row\">Mean of the classes"));
    app::RunReport run = smallRun();
    run.evaluation.classes.push_back({2, "Cyst", run.evaluation.classes[0].scores});
    run.evaluation.mean.dice = interval(0.4321, 0.4, 0.5, 3);
    for (app::ImageEvaluation &each : run.evaluation.images)
        each.classes.push_back(score(2, 0.25, 8.0));
    const QList<QStringList> rows = readBack(smallReport({run})).table(QStringLiteral("scores"));
    QCOMPARE(rows.size(), 4);
    QCOMPARE(rows[3][0], QStringLiteral("Mean of the classes"));
    QCOMPARE(rows[3][1], QStringLiteral("0.432|0.400 to 0.500"));
}

void TestEvaluationReport::images_areSortedFromTheWorst()
{
    app::RunReport run = smallRun();
    run.evaluation.classes.push_back({2, "Cyst", {}});
    run.evaluation.images.clear();
    for (int i = 0; i < 40; ++i) {
        const double dice = (i * 17 % 40) / 40.0;
        run.evaluation.images.push_back({core::ImageId(i + 1),
                                         "image " + std::to_string(i),
                                         true,
                                         {score(1, dice, 3.0 + i), score(2, 1.0 - dice, std::nullopt)}});
    }
    const QList<QStringList> rows = readBack(smallReport({run})).table(QStringLiteral("images"));
    QCOMPARE(rows.size(), 81);
    double before = -1.0;
    for (qsizetype i = 1; i < rows.size(); ++i) {
        const double dice = rows[i][2].toDouble();
        QVERIFY2(dice >= before, qPrintable(rows[i].join(QLatin1Char(' '))));
        before = dice;
    }
    // Image 1 has Dice 17/40 for the first class: with its distances.
    const QStringList expected{QStringLiteral("image 1"),
                               QStringLiteral("Lesion"),
                               QStringLiteral("0.425"),
                               QStringLiteral("0.270"),
                               QStringLiteral("4.00 mm"),
                               QStringLiteral("1.00 mm"),
                               QString()};
    QVERIFY(rows.contains(expected));
}

void TestEvaluationReport::emptyMasks_areNamedAndCounted()
{
    app::RunReport run = smallRun();
    run.evaluation.images.push_back({core::ImageId(4), "ghost", true, {score(1, 0.0, std::nullopt, 0, 9)}});
    const ReadReport read = readBack(smallReport({run}));
    const QList<QStringList> rows = read.table(QStringLiteral("images"));
    QCOMPARE(rows.size(), 5);
    // Of two with Dice 0 the larger error comes first.
    QCOMPARE(rows[1][0], QStringLiteral("overlooked"));
    QCOMPARE(rows[1][6], QStringLiteral("missed"));
    QCOMPARE(rows[1][4], QString::fromUtf8("\xE2\x80\x93"));
    QCOMPARE(rows[2][0], QStringLiteral("ghost"));
    QCOMPARE(rows[2][6], QStringLiteral("false alarm"));
    QCOMPARE(rows[4][0], QStringLiteral("nothing there"));
    QCOMPARE(rows[4][2], QStringLiteral("1.000"));
    QCOMPARE(rows[4][4], QStringLiteral("0.00 mm"));
    QCOMPARE(rows[4][6], QStringLiteral("absent in both"));
    const QStringList scores = read.table(QStringLiteral("scores"))[1];
    QCOMPARE(scores[5], QStringLiteral("2 of 4"));
    QCOMPARE(scores[6], QStringLiteral("1 of 2"));
    QCOMPARE(scores[7], QStringLiteral("1 of 2"));
}

void TestEvaluationReport::runs_areComparedImageByImage()
{
    app::RunReport better = smallRun(8, "supervised");
    better.evaluation.mean.dice = interval(0.7654, 0.5, 0.99, 3);
    better.evaluation.images[0].classes[0].dice = 0.95;
    better.evaluation.images[1].classes[0].dice = 0.35;
    better.evaluation.images[2].classes[0].dice = 0.80;
    better.summary = app::RunSummary();
    better.summary->labelled = 20;
    better.summary->unlabelled = 0;
    better.summary->seconds = 605.0;
    app::RunReport first = smallRun();
    first.summary = app::RunSummary();
    first.summary->labelled = 20;
    first.summary->unlabelled = 200;
    first.summary->seconds = 59.6;
    const ReadReport read = readBack(smallReport({first, better}));
    const QList<QStringList> rows = read.table(QStringLiteral("comparison"));
    QCOMPARE(rows.size(), 3);
    const QStringList one = rows[1];
    QCOMPARE(one[0], QStringLiteral("7: SemiGDA"));
    QCOMPARE(one[1], QStringLiteral("20"));
    QCOMPARE(one[2], QStringLiteral("200"));
    QCOMPARE(one[3], QStringLiteral("1 min"));
    QCOMPARE(one[4], QStringLiteral("3"));
    QCOMPARE(one[5], QStringLiteral("0.633|0.100 to 0.950"));
    QCOMPARE(rows[0].back(), QString::fromUtf8("Difference to run\u00A07"));
    const QStringList two = rows[2];
    QCOMPARE(two[0], QString::fromUtf8("8: Supervised U\u2011Net"));
    QCOMPARE(two[3], QStringLiteral("10 min 5 s"));
    QCOMPARE(two[5], QStringLiteral("0.765|0.500 to 0.990"));
    // +0.05, +0.35 and -0.20: no mean over three images lies outside.
    QVERIFY2(two.back().startsWith(QStringLiteral("+0.067|")), qPrintable(two.back()));
    QVERIFY2(two.back().contains(QString::fromUtf8("\xE2\x88\x92"
                                                   "0.200 to +0.350")),
             qPrintable(two.back()));
    QVERIFY(read.text.contains(QStringLiteral("Run 7: SemiGDA")) && read.text.contains(QStringLiteral("Run 8")));
}

void TestEvaluationReport::validation_isSaidToFlatter()
{
    app::EvaluationReport report = smallReport();
    report.split = core::Split::Validation;
    const QString text = readBack(report).text;
    QVERIFY(text.contains(QStringLiteral("too good")));
    QVERIFY(!text.contains(QStringLiteral("never shown to training")));
    QVERIFY(!readBack(smallReport()).text.contains(QStringLiteral("too good")));
}

void TestEvaluationReport::patientsWithSeveralImages_areMentioned()
{
    app::RunReport run = smallRun();
    QVERIFY(!readBack(smallReport({run})).text.contains(QStringLiteral("resemble")));
    run.evaluation.patients = 2;
    QVERIFY(readBack(smallReport({run})).text.contains(QStringLiteral("2 patients or volumes")));
}

void TestEvaluationReport::imagesWithoutSpacing_areNotMixedIn()
{
    app::RunReport run = smallRun();
    run.evaluation.images[0].isInMillimetres = false;
    const ReadReport read = readBack(smallReport({run}));
    QVERIFY(read.text.contains(QStringLiteral("The pixel size of 1 image is not known")));
    const QList<QStringList> rows = read.table(QStringLiteral("images"));
    QCOMPARE(rows[2][0], QStringLiteral("good"));
    QCOMPARE(rows[2][4], QStringLiteral("2.50 px"));
}

void TestEvaluationReport::leftOut_saysWhy()
{
    app::RunReport run = smallRun();
    QVERIFY(!readBack(smallReport({run})).text.contains(QStringLiteral("Left out")));
    run.evaluation.unfinished = 2;
    run.evaluation.skipped = {
        {"torn.png",
         {core::ErrorCode::CorruptFile, core::Sentence::verbatim("'torn.png' ends too early; copy it again.")}}};
    const QString text = readBack(smallReport({run})).text;
    QVERIFY(text.contains(QStringLiteral("2 images have no complete outline")));
    QVERIFY(text.contains(QStringLiteral("'torn.png' ends too early; copy it again.")));
}

void TestEvaluationReport::curves_showLossAndBothBranches()
{
    app::RunReport run = smallRun();
    QVERIFY(readBack(smallReport({run})).text.contains(QStringLiteral("No curves were stored")));
    for (std::int64_t step = 10; step <= 300; step += 10) {
        run.metrics.push_back(metric(step, "loss", 100.0 / static_cast<double>(step)));
        if (step > 100)
            run.metrics.push_back(metric(step, step <= 200 ? "loss_aligned_vae" : "loss_labelled_vae", 0.3));
        if (step > 100)
            run.metrics.push_back(metric(step, step <= 200 ? "loss_aligned_cnn" : "loss_labelled_cnn", 0.2));
    }
    for (std::int64_t step : {220, 260, 300}) {
        run.metrics.push_back(metric(step, "validation_dice", 0.5));
        run.metrics.push_back(metric(step, "validation_dice_vae", 0.4));
        run.metrics.push_back(metric(step, "validation_dice_cnn", 0.3));
    }
    const ReadReport read = readBack(smallReport({run}));
    QVERIFY2(read.error.isEmpty(), qPrintable(read.error));
    QVERIFY(!read.text.contains(QStringLiteral("No curves")));
    for (const char *said : {"loss", "Dice on validation images", "both branches", "VAE branch", "CNN branch",
                             "1 Learning what the images look like, 2 Learning where the structures are, "
                             "3 Learning fine outlines."})
        QVERIFY2(read.text.contains(QLatin1StringView(said)), said);
    // In either picture a line and its sample in the legend.
    for (const char *style : {"curve c0", "curve c1", "curve c2"})
        QCOMPARE(pathsOfClass(read, style), std::size_t{4});
    QCOMPARE(pathsOfClass(read, "mark"), std::size_t{3});
}

void TestEvaluationReport::worstCases_showBothOutlinesAndTheSlice()
{
    app::RunReport run = smallRun();
    app::WorstCase slice;
    slice.scores = run.evaluation.images[0];
    slice.place = "slice 12 of 40";
    slice.width = 100;
    slice.height = 50;
    slice.pixelAspect = 2.0;
    slice.png = {std::byte{0x89}, std::byte{'P'}, std::byte{'N'}, std::byte{'G'}};
    slice.outlines = {{1, {{{1, 2}, {3, 2}, {3, 4}, {1, 4}}}, {{{5, 6}, {7, 6}, {7, 8}}}}};
    app::WorstCase lost;
    lost.scores = run.evaluation.images[1];
    lost.problem = "'lost.png' is gone.";
    run.worst = {lost, slice};
    const ReadReport read = readBack(smallReport({run}));
    QVERIFY2(read.error.isEmpty(), qPrintable(read.error));
    QCOMPARE(read.captions.size(), 2);
    QCOMPARE(read.captions[0], QStringLiteral("overlookedmissed"));
    QCOMPARE(read.captions[1], QStringLiteral("good, slice 12 of 40Dice 0.900, HD95 2.5 mm"));
    QVERIFY(read.text.contains(QStringLiteral("'lost.png' is gone.")));
    QVERIFY(read.text.contains(QStringLiteral("outlined by people")));
    QVERIFY(read.text.contains(QStringLiteral("outlined by the program")));
    const auto one = [&read](const char *name, const char *cssClass) {
        const auto found = std::find_if(read.elements.begin(), read.elements.end(), [&](const auto &each) {
            return each.name == QLatin1StringView(name) && each.cssClass == QLatin1StringView(cssClass)
                   && !each.attributes.value(QLatin1StringView("d")).startsWith(QLatin1StringView("M3 6H"));
        });
        return found == read.elements.end() ? QXmlStreamAttributes() : found->attributes;
    };
    // Twice as high as its pixels: the patient's proportions.
    QCOMPARE(one("svg", "case").value(QLatin1StringView("viewBox")), QLatin1StringView("0 0 100 100.0"));
    const QXmlStreamAttributes truth = one("path", "truth");
    const QXmlStreamAttributes predicted = one("path", "predicted");
    QCOMPARE(truth.value(QLatin1StringView("d")), QLatin1StringView("M1.0 2.0L3.0 2.0L3.0 4.0L1.0 4.0Z"));
    QCOMPARE(predicted.value(QLatin1StringView("d")), QLatin1StringView("M5.0 6.0L7.0 6.0L7.0 8.0Z"));
    QCOMPARE(predicted.value(QLatin1StringView("style")), QLatin1StringView("stroke:#E69F00"));
    QVERIFY(truth.value(QLatin1StringView("style")) != predicted.value(QLatin1StringView("style")));
    QCOMPARE(one("image", "").value(QLatin1StringView("href")), QLatin1StringView("data:image/png;base64,iVBORw=="));
}

void TestEvaluationReport::whatIsNotKnown_isSaid()
{
    app::RunReport run = smallRun();
    run.evaluation.run.status = core::RunStatus::Interrupted;
    ReadReport read = readBack(smallReport({run}));
    QVERIFY(read.text.contains(QStringLiteral("not recorded")));
    QVERIFY(read.text.contains(QStringLiteral("interrupted")));
    QVERIFY(read.text.contains(QStringLiteral("settings of this run cannot be read")));
    QVERIFY(read.text.contains(QStringLiteral("No command")));

    run.settings = {{"seed", "42"}, {"adapter_rate", "0.001"}};
    run.command = "semigda train breast --minutes 5";
    run.summary = app::RunSummary();
    run.summary->device = "NVIDIA H100";
    run.summary->steps = 12345;
    run.summary->program = "1.2.3";
    run.summary->libTorch = "2.1.0";
    read = readBack(smallReport({run}));
    for (const char *said :
         {"Seed 42", "NVIDIA H100", "12,345 steps", "1.2.3", "2.1.0", "semigda train breast", "faster computer"})
        QVERIFY2(read.text.contains(QLatin1StringView(said)), said);
    const QList<QStringList> settings = read.table(QStringLiteral("settings"));
    QCOMPARE(settings.size(), 3);
    QCOMPARE(settings[2], (QStringList{QStringLiteral("adapter_rate"), QStringLiteral("0.001")}));
}

/// Hostile and merely odd names everywhere a project can put one.
void TestEvaluationReport::nothingFromTheProject_becomesMarkup()
{
    const std::string evil = "<script>alert('x')</script>\"><img src=http://a.example/b>&amp;\xFF\x01";
    app::RunReport run = smallRun();
    run.evaluation.classes[0].name = evil;
    run.evaluation.run.method = evil;
    for (app::ImageEvaluation &each : run.evaluation.images)
        each.name = evil;
    run.evaluation.classes.push_back({2, evil, {}});
    for (app::ImageEvaluation &each : run.evaluation.images)
        each.classes.push_back(score(2, 0.5, 1.0));
    run.evaluation.skipped = {{evil, {core::ErrorCode::Io, core::Sentence::verbatim(evil)}}};
    run.settings = {{evil, evil}, {"seed", evil}};
    run.command = evil;
    run.summary = app::RunSummary();
    run.summary->device = run.summary->program = run.summary->libTorch = evil;
    app::WorstCase lost{run.evaluation.images[0], evil, 0, 0, 1.0, {}, evil, {}};
    app::WorstCase shown{run.evaluation.images[1], evil, 2, 2, 1.0, {std::byte{1}}, {}, {}};
    run.worst = {lost, shown};
    run.metrics = {metric(10, evil.c_str(), 1.0), metric(10, "loss", 1.0), metric(20, "loss", 0.5)};
    app::EvaluationReport report = smallReport({run});
    report.project = report.createdAt = report.program = report.libTorch = report.device = report.command = evil;
    report.classes = core::LabelSet({{1, evil, {1, 2, 3}}, {2, evil + "2", {4, 5, 6}}});
    const QByteArray html = htmlOf(report);
    const ReadReport read = readReport(html);
    QVERIFY2(read.error.isEmpty(), qPrintable(read.error));
    QVERIFY(!html.contains("<script") && !html.contains("<img"));
    const QString shownAs =
        QString::fromUtf8("<script>alert('x')</script>\"><img src=http://a.example/b>&amp;\uFFFD\uFFFD");
    QVERIFY(read.text.contains(shownAs));
    QCOMPARE(read.table(QStringLiteral("images"))[1][0], shownAs);
    QCOMPARE(read.table(QStringLiteral("scores"))[1][0], shownAs);
    QVERIFY(read.captions[0].startsWith(shownAs));
}

void TestEvaluationReport::document_needsNothingFromElsewhere()
{
    app::RunReport run = smallRun();
    app::WorstCase shown{run.evaluation.images[1], {}, 2, 2, 1.0, {std::byte{1}}, {}, {}};
    run.worst = {shown};
    run.metrics = {metric(10, "loss", 1.0), metric(20, "loss", 0.5)};
    const QByteArray html = htmlOf(smallReport({run, smallRun(9)}));
    for (const char *way : {"http", "//", "@import", "url(", "src=", "<base", "file:"})
        QVERIFY2(!html.contains(way), way);
    const ReadReport read = readReport(html);
    QVERIFY2(read.error.isEmpty(), qPrintable(read.error));
    QStringList anchors;
    QStringList goals;
    for (const ReadReport::Element &each : read.elements) {
        for (const char *banned : {"script", "link", "iframe", "object", "embed", "form", "use"})
            QVERIFY2(each.name != QLatin1StringView(banned), banned);
        if (each.attributes.hasAttribute(QLatin1StringView("id")))
            anchors << each.attributes.value(QLatin1StringView("id")).toString();
        const QString href = each.attributes.value(QLatin1StringView("href")).toString();
        if (each.name == QLatin1StringView("image"))
            QVERIFY(href.startsWith(QStringLiteral("data:image/png;base64,")));
        else if (!href.isEmpty())
            goals << href;
    }
    QCOMPARE(goals.size(), 2);
    for (const QString &goal : goals)
        QVERIFY2(goal.startsWith(QLatin1Char('#')) && anchors.contains(goal.mid(1)), qPrintable(goal));
    QVERIFY(html.contains("prefers-color-scheme: dark") && html.contains("@media print"));
}

void TestEvaluationReport::manyImages_stayReadable()
{
    app::RunReport run = smallRun();
    const app::ImageEvaluation good = run.evaluation.images[0];
    for (int i = 0; i < 5000; ++i) {
        run.evaluation.images.push_back(good);
        run.evaluation.images.back().image = core::ImageId(i + 10);
        run.evaluation.images.back().classes[0].dice = 0.5 + 0.4 * (i % 100) / 100.0;
    }
    for (std::int64_t step = 10; step <= 2'000'000; step += 10)
        run.metrics.push_back(metric(step, "loss", 1.0 / static_cast<double>(step)));
    const QByteArray html = htmlOf(smallReport({run}));
    const ReadReport read = readReport(html);
    QVERIFY2(read.error.isEmpty(), qPrintable(read.error));
    const QList<QStringList> rows = read.table(QStringLiteral("images"));
    QCOMPARE(rows.size(), 5004);
    QVERIFY(read.text.contains(QStringLiteral("Each dot is up to")));
    QVERIFY(read.text.contains(QStringLiteral("5,003 rows")));
    for (const ReadReport::Element &each : read.elements)
        QVERIFY(each.attributes.value(QLatin1StringView("d")).size() < 40'000);
}

QTEST_APPLESS_MAIN(TestEvaluationReport)
#include "tst_EvaluationReport.moc"
