// SPDX-License-Identifier: Apache-2.0
// How sure a prediction is, against values worked out by hand.
#include "learning/Inference_p.h"
#include "learning/Validation_p.h"

#include <QtTest/QTest>

#include <torch/torch.h>

#include <cmath>

using namespace semigda::learning;

namespace
{

/// One image of one row, [1, 1, 1, pixels].
torch::Tensor row(const std::vector<float> &values)
{
    return torch::tensor(values).view({1, 1, 1, -1});
}

} // namespace

#define COMPARE_NEAR(ours, expected)                                                                                   \
    QVERIFY2(std::abs((ours) - (expected)) <= 1e-6, qPrintable(QStringLiteral("%1 is not %2").arg(ours).arg(expected)))

class tst_Inference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expectedDice_matchesHandComputedValues();
    void expectedDice_ofNothingIsCertain();
    void expectedDice_averagesTheForegroundClasses();
    void doubts_tellDisagreementAndUnsureness();
    void doubts_countWhatTheLargestComponentLeavesOut();
    void variance_isOneBetweenOpposites();
    void weight_followsTheErrors();
};

void tst_Inference::expectedDice_matchesHandComputedValues()
{
    // (2 (0.9 + 0.6) + 1) / (0.9 + 0.6 + 0.3 + 2 + 1)
    const torch::Tensor p = row({0.9F, 0.6F, 0.3F, 0.0F});
    COMPARE_NEAR(expectedDice(p, row({1.0F, 1.0F, 0.0F, 0.0F})).front(), 4.0 / 4.8);
    // The surer, the better: the same mask with certain probabilities.
    COMPARE_NEAR(expectedDice(row({1.0F, 1.0F, 0.0F, 0.0F}), row({1.0F, 1.0F, 0.0F, 0.0F})).front(), 1.0);
}

void tst_Inference::expectedDice_ofNothingIsCertain()
{
    COMPARE_NEAR(expectedDice(row({0.0F, 0.0F}), row({0.0F, 0.0F})).front(), 1.0);
    // Three pixels of one third each, none outlined: 1 / (1 + 1).
    const float third = 1.0F / 3.0F;
    COMPARE_NEAR(expectedDice(row({third, third, third}), row({0.0F, 0.0F, 0.0F})).front(), 0.5);
}

void tst_Inference::expectedDice_averagesTheForegroundClasses()
{
    // Background is right everywhere; class 1 is certain, class 2 is missed by all: 1 / (1.0 + 1).
    const torch::Tensor p = torch::tensor({0.0F, 0.0F, 1.0F, 0.0F, 0.0F, 1.0F}).view({1, 3, 1, 2});
    const torch::Tensor m = torch::tensor({0.0F, 1.0F, 1.0F, 0.0F, 0.0F, 0.0F}).view({1, 3, 1, 2});
    COMPARE_NEAR(expectedDice(p, m).front(), (1.0 + 0.5) / 2.0);
}

void tst_Inference::doubts_tellDisagreementAndUnsureness()
{
    const BranchProbabilities branches{row({1.0F, 1.0F, 0.0F, 0.0F}), row({0.0F, 1.0F, 0.0F, 0.0F})};
    const torch::Tensor mean = weightedMean(branches, 0.5);
    const std::vector<ImageDoubts> doubts = doubtsOf(branches, mean, {});
    QCOMPARE(doubts.size(), std::size_t{1});
    COMPARE_NEAR(doubts[0].disagreement, 1.0 - 2.0 / 3.0);
    QVERIFY(std::abs(doubts[0].entropy - 0.25) < 1e-4); // one pixel of four is as unsure as can be
    COMPARE_NEAR(doubts[0].expectedError, 1.0 - (2.0 * 1.5 + 1.0) / (1.5 + 2.0 + 1.0));
}

void tst_Inference::doubts_countWhatTheLargestComponentLeavesOut()
{
    // Two islands: where only the larger may stay, the other is probable and yet not in the mask.
    const torch::Tensor p = row({1.0F, 1.0F, 0.0F, 1.0F});
    QCOMPARE(doubtsOf({p, p}, p, {}).front().expectedError, 0.0);
    COMPARE_NEAR(doubtsOf({p, p}, p, {1}).front().expectedError, 1.0 - 5.0 / 6.0);
}

void tst_Inference::variance_isOneBetweenOpposites()
{
    const torch::Tensor binary = torch::tensor({1.0F, 0.5F, 0.0F, 0.5F}).view({2, 1, 1, 1, 2});
    const torch::Tensor spread = pixelVariance(binary);
    QVERIFY(torch::equal(spread, torch::tensor({1.0F, 0.0F}).view({1, 1, 2})));
    const torch::Tensor classes = torch::tensor({0.0F, 1.0F, 0.0F, 0.0F, 0.0F, 1.0F}).view({2, 1, 3, 1, 1});
    COMPARE_NEAR(pixelVariance(classes).item<double>(), 1.0);
}

void tst_Inference::weight_followsTheErrors()
{
    COMPARE_NEAR(weightByDice(0.7, 0.7), 0.5);
    COMPARE_NEAR(weightByDice(0.0, 0.0), 0.5);
    COMPARE_NEAR(weightByDice(1.0, 1.0), 0.5);
    COMPARE_NEAR(weightByDice(0.79, 0.89), 1.0 / (1.0 + std::pow(0.26 / 0.16, 4.0)));
    COMPARE_NEAR(weightByDice(0.89, 0.79) + weightByDice(0.79, 0.89), 1.0);
    QVERIFY(weightByDice(1.0, 0.8) > 0.99);
}

QTEST_GUILESS_MAIN(tst_Inference)
#include "tst_Inference.moc"
