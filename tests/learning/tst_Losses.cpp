// SPDX-License-Identifier: Apache-2.0
// Losses against values worked out by hand, and the colours that stand for classes.
#include "learning/ClassCodes_p.h"
#include "learning/Losses_p.h"

#include <QtTest/QTest>

#include <torch/torch.h>

#include <cmath>
#include <numbers>

using namespace semigda::learning;

namespace
{

/// [N, C, 1, pixels] from nested values.
torch::Tensor images(const std::vector<std::vector<std::vector<float>>> &values)
{
    std::vector<torch::Tensor> perImage;
    for (const auto &channels : values) {
        std::vector<torch::Tensor> planes;
        for (const auto &pixels : channels) {
            planes.push_back(torch::tensor(pixels).unsqueeze(0));
        }
        perImage.push_back(torch::stack(planes));
    }
    return torch::stack(perImage);
}

bool isNear(double a, double b, double tolerance = 1e-5)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

#define COMPARE_NEAR(ours, expected)                                                                                   \
    QVERIFY2(isNear(ours, expected), qPrintable(QStringLiteral("%1 is not %2").arg(ours).arg(expected)))

class tst_Losses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dice_matchesHandComputedValues();
    void dice_ofSeveralClassesLeavesBackgroundOut();
    void dice_ofWeightedPixelsIgnoresTheRest();
    void dice_ofTwoEmptyMasksIsZero();
    void dice_ofBatch_countsFalsePixelsWhereTheClassLacks();
    void dice_hasTheAnalyticGradient();
    void crossEntropy_matchesHandComputedValues();
    void crossEntropy_staysFiniteWhereTheNetworkIsCertainAndWrong();
    void kl_ofGaussians();
    void schedules();
    void pseudoLabel_keepsWhatIsCertain();
    void pseudoLabel_keepsTheLargestComponentOfTheListedClasses();
    void pseudoLabel_ofSeveralClasses();
    void confidence_countsTheBackgroundToo();
    void colours_areDistinct_data();
    void colours_areDistinct();
    void blurredOutline_isOneOfItsSides_data();
    void blurredOutline_isOneOfItsSides();
    void colours_ofOlderModels();
    void codes_comeBack_data();
    void codes_comeBack();
    void codes_carryGradients();
    void binaryCode_isThePapers();
};

void tst_Losses::dice_matchesHandComputedValues()
{
    // 1 - 2 (0.5 + 0.8) / (0.5 + 0.2 + 0.8 + 2) of the first image; a perfect second one.
    const torch::Tensor p = images({{{0.5F, 0.2F, 0.8F}}, {{1.0F, 0.0F, 0.0F}}});
    const torch::Tensor t = images({{{1.0F, 0.0F, 1.0F}}, {{1.0F, 0.0F, 0.0F}}});
    const double first = 1.0 - (2.6 + 1e-5) / (3.5 + 1e-5);
    COMPARE_NEAR(diceLoss(p, t).item<double>(), first / 2.0);
    COMPARE_NEAR(diceLoss(p.narrow(0, 0, 1), t.narrow(0, 0, 1)).item<double>(), first);
}

void tst_Losses::dice_ofSeveralClassesLeavesBackgroundOut()
{
    // Background is wholly wrong; class 1 perfect, class 2 missed.
    const torch::Tensor p = images({{{0.0F, 1.0F}, {1.0F, 0.0F}, {0.0F, 0.0F}}});
    const torch::Tensor t = images({{{0.0F, 0.0F}, {1.0F, 0.0F}, {0.0F, 1.0F}}});
    COMPARE_NEAR(diceLoss(p, t).item<double>(), (0.0 + (1.0 - 1e-5 / (1.0 + 1e-5))) / 2.0);
}

void tst_Losses::dice_ofWeightedPixelsIgnoresTheRest()
{
    const torch::Tensor p = images({{{0.5F, 0.9F, 0.8F}}});
    const torch::Tensor t = images({{{1.0F, 0.0F, 1.0F}}});
    const torch::Tensor weight = images({{{1.0F, 0.0F, 1.0F}}});
    COMPARE_NEAR(diceLoss(p, t, weight).item<double>(), 1.0 - 2.6 / 3.3);
    torch::Tensor q = p.clone().set_requires_grad(true);
    diceLoss(q, t, weight).backward();
    QCOMPARE(q.grad()[0][0][0][1].item<float>(), 0.0F);
    QVERIFY(q.grad()[0][0][0][0].item<float>() < 0.0F);
}

void tst_Losses::dice_ofTwoEmptyMasksIsZero()
{
    COMPARE_NEAR(diceLoss(torch::zeros({2, 1, 4, 4}), torch::zeros({2, 1, 4, 4})).item<double>(), 0.0);
}

void tst_Losses::dice_ofBatch_countsFalsePixelsWhereTheClassLacks()
{
    // The second image lacks the class and has one false pixel: 2 / (3 + 1) over both.
    const torch::Tensor p = images({{{1.0F, 0.0F}}, {{1.0F, 1.0F}}});
    const torch::Tensor t = images({{{1.0F, 0.0F}}, {{0.0F, 0.0F}}});
    COMPARE_NEAR(diceLoss(p, t, {}, DiceOver::Batch).item<double>(), 0.5);
    const auto slope = [&](DiceOver over) {
        torch::Tensor q = torch::full({2, 1, 1, 2}, 0.5F).set_requires_grad(true);
        diceLoss(q, t, {}, over).backward();
        return q.grad()[1][0][0][0].item<float>();
    };
    QVERIFY(slope(DiceOver::Batch) > 0.01F);
    QVERIFY(slope(DiceOver::Image) < 1e-4F);
    // Classes keep a loss each.
    const torch::Tensor three = images({{{0.0F}, {1.0F}, {0.0F}}, {{0.0F}, {0.0F}, {0.0F}}});
    const torch::Tensor truth = images({{{0.0F}, {1.0F}, {0.0F}}, {{0.0F}, {0.0F}, {1.0F}}});
    QVERIFY(std::abs(diceLoss(three, truth, {}, DiceOver::Batch).item<double>() - 0.5) < 1e-4);
}

void tst_Losses::dice_hasTheAnalyticGradient()
{
    // d/dp of -2 I / S is -2 (t S - I) / S^2.
    torch::Tensor p = images({{{0.5F, 0.2F}}}).set_requires_grad(true);
    diceLoss(p, images({{{1.0F, 0.0F}}})).backward();
    COMPARE_NEAR(p.grad()[0][0][0][0].item<double>(), -2.0 * (1.7 - 0.5) / (1.7 * 1.7));
    COMPARE_NEAR(p.grad()[0][0][0][1].item<double>(), 2.0 * 0.5 / (1.7 * 1.7));
}

void tst_Losses::crossEntropy_matchesHandComputedValues()
{
    const torch::Tensor p = images({{{0.5F, 0.25F, 0.9F}}});
    const torch::Tensor t = images({{{1.0F, 0.0F, 0.0F}}});
    const torch::Tensor weight = images({{{1.0F, 1.0F, 0.0F}}});
    COMPARE_NEAR(crossEntropy(p, t, weight).item<double>(), -(std::log(0.5) + std::log(0.75)) / 2.0);

    const torch::Tensor several = images({{{0.2F, 0.7F}, {0.5F, 0.2F}, {0.3F, 0.1F}}});
    const torch::Tensor truth = images({{{0.0F, 1.0F}, {1.0F, 0.0F}, {0.0F, 0.0F}}});
    COMPARE_NEAR(crossEntropy(several, truth, torch::ones({1, 1, 1, 2})).item<double>(),
                 -(std::log(0.5) + std::log(0.7)) / 2.0);
    COMPARE_NEAR(crossEntropy(several, truth, torch::zeros({1, 1, 1, 2})).item<double>(), 0.0);
}

void tst_Losses::crossEntropy_staysFiniteWhereTheNetworkIsCertainAndWrong()
{
    torch::Tensor p = images({{{0.0F, 1.0F}}}).set_requires_grad(true);
    const torch::Tensor loss = crossEntropy(p, images({{{1.0F, 0.0F}}}), torch::ones({1, 1, 1, 2}));
    loss.backward();
    QVERIFY(std::isfinite(loss.item<double>()) && loss.item<double>() > 10.0);
    QVERIFY(torch::isfinite(p.grad()).all().item<bool>());
}

void tst_Losses::kl_ofGaussians()
{
    // a = N(1, 4), b = N(-1, 9): log(3/2) + (4 + 4) / 18 - 1/2.
    const auto moments = [](double mean, double variance) {
        return torch::tensor({mean, std::log(variance)}, torch::kFloat64).view({1, 2, 1, 1});
    };
    COMPARE_NEAR(gaussianKl(moments(1, 4), moments(-1, 9), 1).item<double>(), std::log(1.5) + 8.0 / 18.0 - 0.5);
    COMPARE_NEAR(gaussianKl(moments(1, 4), moments(1, 4), 1).item<double>(), 0.0);
}

void tst_Losses::schedules()
{
    COMPARE_NEAR(rampUp(0.3, 0.0), 0.3 * std::exp(-5.0));
    COMPARE_NEAR(rampUp(0.3, 0.5), 0.3 * std::exp(-1.25));
    COMPARE_NEAR(rampUp(0.3, 1.0), 0.3);
    COMPARE_NEAR(rampUp(0.3, 2.0), 0.3);
    COMPARE_NEAR(polynomialDecay(0.01, 0.0), 0.01);
    COMPARE_NEAR(polynomialDecay(1.0, 0.5), std::pow(0.5, 0.9));
    COMPARE_NEAR(polynomialDecay(1.0, 1.0), 0.0);
    COMPARE_NEAR(polynomialDecay(1.0, 1.5), 0.0);
}

void tst_Losses::pseudoLabel_keepsWhatIsCertain()
{
    // p^10 >= 0.5 is p >= 0.933.
    QVERIFY(std::pow(0.9331, 10.0) >= 0.5 && std::pow(0.9329, 10.0) < 0.5);
    torch::Tensor p = images({{{0.95F, 0.92F, 0.5F, 0.94F}}}).set_requires_grad(true);
    const torch::Tensor label = pseudoLabel(p, 0.933, {});
    QVERIFY(torch::equal(label, images({{{1.0F, 0.0F, 0.0F, 1.0F}}})));
    QVERIFY(!label.requires_grad());
}

void tst_Losses::pseudoLabel_keepsTheLargestComponentOfTheListedClasses()
{
    const torch::Tensor p = images({{{1.0F, 0.0F, 1.0F, 1.0F, 0.0F, 1.0F}}, {{1.0F, 1.0F, 0.0F, 1.0F, 0.0F, 0.0F}}});
    QVERIFY(torch::equal(pseudoLabel(p, 0.9, {}), p));
    QVERIFY(torch::equal(pseudoLabel(p, 0.9, {1}),
                         images({{{0.0F, 0.0F, 1.0F, 1.0F, 0.0F, 0.0F}}, {{1.0F, 1.0F, 0.0F, 0.0F, 0.0F, 0.0F}}})));
}

void tst_Losses::pseudoLabel_ofSeveralClasses()
{
    // Pixels: class 1, doubtful, class 2, class 1, class 1, class 2.
    const torch::Tensor p = images({{{0.0F, 0.2F, 0.0F, 0.0F, 0.0F, 0.0F},
                                     {1.0F, 0.4F, 0.0F, 1.0F, 1.0F, 0.0F},
                                     {0.0F, 0.4F, 1.0F, 0.0F, 0.0F, 1.0F}}});
    const auto indices = [](const torch::Tensor &label) {
        const torch::Tensor flat = toIndices(label).flatten().contiguous();
        return std::vector<std::int64_t>(flat.data_ptr<std::int64_t>(), flat.data_ptr<std::int64_t>() + flat.numel());
    };
    QCOMPARE(indices(pseudoLabel(p, 0.9, {})), (std::vector<std::int64_t>{1, 0, 2, 1, 1, 2}));
    QCOMPARE(indices(pseudoLabel(p, 0.9, {1})), (std::vector<std::int64_t>{0, 0, 2, 1, 1, 2}));
    QCOMPARE(indices(pseudoLabel(p, 0.9, {1, 2})), (std::vector<std::int64_t>{0, 0, 2, 1, 1, 0}));
    QCOMPARE(indices(pseudoLabel(p, 1.1, {})), (std::vector<std::int64_t>(6, 0)));
}

void tst_Losses::confidence_countsTheBackgroundToo()
{
    const torch::Tensor binary = confidence(images({{{0.9F, 0.6F, 0.1F, 0.29F}}}), 0.7);
    QVERIFY(torch::equal(binary, images({{{1.0F, 0.0F, 1.0F, 1.0F}}})));
    const torch::Tensor several = confidence(images({{{0.8F, 0.4F}, {0.1F, 0.35F}, {0.1F, 0.25F}}}), 0.7);
    QVERIFY(torch::equal(several, images({{{1.0F, 0.0F}}})));
}

void tst_Losses::colours_areDistinct_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<double>("leastSquaredDistance");
    for (int classes = 1; classes <= 7; ++classes) {
        QTest::addRow("%d", classes) << classes << (classes == 2 || classes == 3 ? 8.0 : 4.0);
    }
    QTest::newRow("8") << 8 << 3.0;
    for (int classes = 9; classes <= 13; ++classes) {
        QTest::addRow("%d", classes) << classes << 2.0;
    }
    QTest::newRow("14") << 14 << 1.0;
    QTest::newRow("26") << 26 << 1.0;
    QTest::newRow("100") << 100 << 0.25;
}

void tst_Losses::colours_areDistinct()
{
    QFETCH(int, classes);
    QFETCH(double, leastSquaredDistance);
    const torch::Tensor colours = classColours(classes).points;
    QCOMPARE(colours.sizes().vec(), (std::vector<std::int64_t>{classes + 1, 3}));
    QVERIFY(colours.abs().max().item<float>() <= 1.0F);
    QVERIFY(torch::equal(colours[0], torch::full({3}, -1.0F)));
    for (std::int64_t i = 0; i <= classes; ++i) {
        for (std::int64_t j = 0; j < i; ++j) {
            const double distance = (colours[i] - colours[j]).square().sum().item<double>();
            QVERIFY2(distance >= leastSquaredDistance - 1e-4, qPrintable(QStringLiteral("%1 %2").arg(i).arg(j)));
        }
    }
}

void tst_Losses::blurredOutline_isOneOfItsSides_data()
{
    QTest::addColumn<int>("classes");
    QTest::newRow("2") << 2;
    QTest::newRow("3") << 3;
}

void tst_Losses::blurredOutline_isOneOfItsSides()
{
    QFETCH(int, classes);
    const ClassColours colours = classColours(classes);
    for (std::int64_t a = 0; a <= classes; ++a) {
        for (std::int64_t b = 0; b < a; ++b) {
            const torch::Tensor between = torch::lerp(colours.points[a], colours.points[b], 0.45).view({1, 3, 1, 1});
            const torch::Tensor p = decodeProbabilities(between, colours).flatten();
            QCOMPARE(p.argmax().item<std::int64_t>(), a);
            QVERIFY(p[a].item<double>() + p[b].item<double>() > 0.95);
        }
    }
}

void tst_Losses::colours_ofOlderModels()
{
    // Models trained with these must go on reading them.
    const ClassColours colours = classColours(2, false);
    QVERIFY(
        torch::equal(colours.points, torch::tensor({{-1.0F, -1.0F, -1.0F}, {1.0F, 1.0F, 1.0F}, {1.0F, 1.0F, -1.0F}})));
    QCOMPARE(colours.temperature, 0.5);
}

void tst_Losses::codes_comeBack_data()
{
    QTest::addColumn<int>("classes");
    for (const int classes : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 30}) {
        QTest::addRow("%d classes", classes) << classes;
    }
}

void tst_Losses::codes_comeBack()
{
    QFETCH(int, classes);
    torch::manual_seed(3);
    const torch::Tensor indices = torch::randint(classes + 1, {2, 9, 7}, torch::kInt64);
    const ClassColours colours = classColours(classes);
    const torch::Tensor code = encodeClasses(indices, colours);
    QCOMPARE(code.sizes().vec(), (std::vector<std::int64_t>{2, 3, 9, 7}));
    const torch::Tensor probabilities = decodeProbabilities(code, colours);
    QVERIFY(torch::equal(toIndices(probabilities), indices));
    const torch::Tensor truth = oneHot(indices, classes);
    QCOMPARE(probabilities.sizes().vec(), truth.sizes().vec());
    // A colour hit exactly is certain enough for a pseudo-label, however many classes there are.
    QVERIFY((probabilities - truth).abs().max().item<float>() < 0.05F);
    QVERIFY(torch::equal(pseudoLabel(probabilities, 0.933, {}), truth));
    if (classes > 1) {
        QVERIFY(torch::allclose(probabilities.sum(1), torch::ones({2, 9, 7})));
    }
    // A colour off by less than half the distance to the next one is still its class.
    const double nudge = classes <= 7 ? 0.5 : classes <= 13 ? 0.35 : 0.15;
    const torch::Tensor noise = (torch::rand_like(code) - 0.5) * nudge;
    QVERIFY(torch::equal(toIndices(decodeProbabilities(code + noise, colours)), indices));
}

void tst_Losses::codes_carryGradients()
{
    const ClassColours colours = classColours(3);
    torch::Tensor decoded = torch::zeros({1, 3, 2, 2}).set_requires_grad(true);
    const torch::Tensor target = oneHot(torch::full({1, 2, 2}, 2, torch::kInt64), 3);
    diceLoss(decodeProbabilities(decoded, colours), target).backward();
    // Following the slope must lead towards the class's colour.
    const torch::Tensor towards = colours.points[2].view({1, 3, 1, 1});
    QVERIFY((decoded.grad() * towards).sum().item<double>() < 0.0);
}

void tst_Losses::binaryCode_isThePapers()
{
    const torch::Tensor decoded =
        torch::tensor({0.0F, 0.3F, 0.6F, 3.0F, 3.0F, 3.0F, -2.0F, -2.0F, -2.0F}).view({3, 3}).t().reshape({1, 3, 1, 3});
    const torch::Tensor p = decodeProbabilities(decoded, classColours(1)).flatten();
    COMPARE_NEAR(p[0].item<double>(), 0.65);
    COMPARE_NEAR(p[1].item<double>(), 1.0);
    COMPARE_NEAR(p[2].item<double>(), 0.0);
}

QTEST_GUILESS_MAIN(tst_Losses)
#include "tst_Losses.moc"
