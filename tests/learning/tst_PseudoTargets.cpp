// SPDX-License-Identifier: Apache-2.0
#include "learning/PseudoTargets_p.h"

#include "learning/ClassCodes_p.h"

#include <QtTest/QTest>

using namespace semigda::learning;

namespace
{

/// Two rows of four pixels.
torch::Tensor pixels(const std::vector<float> &values)
{
    return torch::tensor(values).view({1, 1, 2, 4});
}

TrainingConfig believing(double dice)
{
    TrainingConfig config;
    config.ignoresUnsure = true;
    config.pseudoThreshold = 0.8;
    config.balancesStrokes = true;
    config.balanceDice = dice;
    return config;
}

} // namespace

class tst_PseudoTargets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unsurePixels_countAsSet();
    void strokes_countAsTheirClassesAreas_data();
    void strokes_countAsTheirClassesAreas();
    void images_areJudgedOneByOne();
    void severalClasses_areBalanced();
};

void tst_PseudoTargets::unsurePixels_countAsSet()
{
    const torch::Tensor p = pixels({0.9F, 0.7F, 0.4F, 0.1F, 0.85F, 0.75F, 0.2F, 0.0F});
    TrainingConfig config = believing(0.0);
    const Target ignoring = pseudoTarget(p, {p, p}, config, {});
    QVERIFY(torch::equal(ignoring.probabilities, pixels({1, 1, 0, 0, 1, 1, 0, 0})));
    QVERIFY(torch::equal(ignoring.weight, pixels({1, 0, 0, 1, 1, 0, 1, 1})));
    config.ignoresUnsure = false;
    const Target asPaper = pseudoTarget(p, {p, p}, config, {});
    QVERIFY(torch::equal(asPaper.probabilities, pixels({1, 0, 0, 0, 1, 0, 0, 0})));
    QVERIFY(torch::equal(asPaper.weight, torch::ones({1, 1, 2, 4})));
}

void tst_PseudoTargets::strokes_countAsTheirClassesAreas_data()
{
    QTest::addColumn<double>("leastDice");
    QTest::addColumn<bool>("isPartial");
    QTest::addColumn<bool>("isBalanced");
    QTest::newRow("believed") << 0.9 << true << true;
    QTest::newRow("not believed") << 1.1 << true << false;
    QTest::newRow("a complete image") << 0.9 << false << false;
}

void tst_PseudoTargets::strokes_countAsTheirClassesAreas()
{
    QFETCH(double, leastDice);
    QFETCH(bool, isPartial);
    QFETCH(bool, isBalanced);
    TrainingConfig config = believing(leastDice);
    // Two of the two foreground pixels are painted, and one of six of the background.
    const torch::Tensor teacher = pixels({0.9F, 0.9F, 0.1F, 0.1F, 0.4F, 0.1F, 0.1F, 0.1F});
    Target truth;
    truth.probabilities = pixels({1, 1, 0, 0, 0, 0, 0, 0});
    truth.weight = pixels({1, 1, 0, 1, 0, 0, 0, 0});
    balanceStrokes(truth, {isPartial}, {teacher, teacher}, 0.5, config, {});
    // 8 pixels by 3 painted ones: 1 and 6 of them, 8 / 3 on average.
    const torch::Tensor balanced = pixels({1, 1, 0, 6, 0, 0, 0, 0}) * (3.0 / 8.0);
    QVERIFY(torch::allclose(truth.weight, isBalanced ? balanced : pixels({1, 1, 0, 1, 0, 0, 0, 0})));

    // A class that nobody painted has no stroke to count for it.
    truth.probabilities = pixels({1, 1, 0, 0, 0, 0, 0, 0});
    truth.weight = pixels({1, 1, 0, 0, 0, 0, 0, 0});
    balanceStrokes(truth, {isPartial}, {teacher, teacher}, 0.5, config, {});
    QVERIFY(torch::allclose(truth.weight, pixels({1, 1, 0, 0, 0, 0, 0, 0})));
}

void tst_PseudoTargets::images_areJudgedOneByOne()
{
    const torch::Tensor teacher = torch::cat({pixels({0.9F, 0.9F, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F}),
                                              pixels({0.1F, 0.1F, 0.9F, 0.9F, 0.1F, 0.1F, 0.9F, 0.9F})});
    const torch::Tensor painted = pixels({1, 0, 1, 0, 0, 0, 0, 0});
    Target truth;
    truth.probabilities = pixels({1, 0, 0, 0, 0, 0, 0, 0}).repeat({2, 1, 1, 1});
    truth.weight = painted.repeat({2, 1, 1, 1});
    // What the VAE branch says has no weight here.
    balanceStrokes(truth, {true, true}, {1.0 - teacher, teacher}, 0.0, believing(0.9), {});
    QVERIFY(torch::allclose(truth.weight[0], pixels({2, 0, 6, 0, 0, 0, 0, 0})[0] * (2.0 / 8.0)));
    QVERIFY(torch::equal(truth.weight[1], painted[0]));
}

void tst_PseudoTargets::severalClasses_areBalanced()
{
    const torch::Tensor labels = torch::tensor({0, 1, 2, 2, 0, 1, 1, 2}).view({1, 2, 4});
    const torch::Tensor teacher = oneHot(labels, 2) * 0.85 + 0.05;
    // Painted: one pixel of the background, two of class 1, one of class 2. With what the teacher sees elsewhere there
    // are two, four and two of them: every stroke counts for two pixels, so none more than another.
    const torch::Tensor even = pixels({1, 1, 0, 1, 0, 0, 0, 1});
    Target truth;
    truth.probabilities = oneHot(torch::tensor({0, 1, 0, 2, 0, 0, 0, 1}).view({1, 2, 4}), 2);
    truth.weight = even;
    balanceStrokes(truth, {true}, {teacher, teacher}, 0.5, believing(0.3), {});
    QVERIFY(torch::allclose(truth.weight, even));
    // With one more pixel of class 1 painted, its three count for four of eight.
    truth.probabilities = oneHot(torch::tensor({0, 1, 0, 2, 0, 1, 0, 1}).view({1, 2, 4}), 2);
    truth.weight = pixels({1, 1, 0, 1, 0, 1, 0, 1});
    balanceStrokes(truth, {true}, {teacher, teacher}, 0.5, believing(0.3), {});
    const float first = 4.0F / 3.0F * 5.0F / 8.0F;
    const float others = 2.0F * 5.0F / 8.0F;
    QVERIFY(torch::allclose(truth.weight, pixels({others, first, 0, others, 0, first, 0, first})));
}

QTEST_GUILESS_MAIN(tst_PseudoTargets)
#include "tst_PseudoTargets.moc"
