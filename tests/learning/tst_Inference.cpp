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

/// Says of every pixel what its brightness is, plus a share of how far to the right it lies.
class Brightness : public Learner
{
public:
    Brightness(bool hasTwoBranches, double slope)
        : m_hasTwoBranches(hasTwoBranches)
        , m_slope(slope)
    {}
    BranchProbabilities predict(const torch::Tensor &images) override
    {
        const torch::Tensor p =
            images.narrow(1, 0, 1) + m_slope * torch::arange(images.size(3)).to(torch::kFloat32).view({1, 1, 1, -1});
        return {p, p * 2.0};
    }
    std::vector<StagePlan> stages(const SampleCache &) const override { return {}; }
    void enterStage(std::size_t, const SampleCache &) override {}
    void samplesChanged(const SampleCache &) override {}
    StepLosses step(const StepPlace &, const SampleCache &) override { return {}; }
    int mostParts(std::size_t) const override { return 1; }
    bool canPredict(std::size_t) const override { return true; }
    bool hasTwoBranches() const override { return m_hasTwoBranches; }
    void store(TensorFile &) override {}
    semigda::core::Result<void> restore(const TensorFile &) override { return {}; }
    void storeForPrediction(TensorFile &) override {}

private:
    bool m_hasTwoBranches;
    double m_slope;
};

torch::Tensor noise(std::int64_t side)
{
    torch::manual_seed(2);
    return torch::rand({2, 3, side, side});
}

ExpectedDice ofOne(const std::vector<std::vector<ExpectedDice>> &expected)
{
    return expected.size() == 1 && expected.front().size() == 1 ? expected.front().front() : ExpectedDice{-1.0, false};
}

} // namespace

#define COMPARE_NEAR(ours, expected)                                                                                   \
    QVERIFY2(std::abs((ours) - (expected)) <= 1e-6, qPrintable(QStringLiteral("%1 is not %2").arg(ours).arg(expected)))

class tst_Inference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expectedDice_matchesHandComputedValues();
    void expectedDice_ofNothingIsItsProbability();
    void expectedDice_isOfEachForegroundClass();
    void classDice_isOfEachForegroundClass();
    void doubts_tellDisagreementAndUnsureness();
    void doubts_countWhatTheLargestComponentLeavesOut();
    void likeliestComponent_isTheOneBothBranchesSee();
    void likeliestComponent_ofOneClassLeavesTheOthers();
    void variance_isOneBetweenOpposites();
    void weight_isTheBestOneThatImagesTell();
    void secondView_isOfTheSamePixels_data();
    void secondView_isOfTheSamePixels();
    void secondView_isAnotherOne();
    void testView_isMirroredWhereThatIsUsual();
};

void tst_Inference::secondView_isOfTheSamePixels_data()
{
    QTest::addColumn<SecondView>("view");
    QTest::newRow("none") << SecondView::None;
    QTest::newRow("mirrored") << SecondView::Mirrored;
    QTest::newRow("shifted") << SecondView::Shifted;
}

void tst_Inference::secondView_isOfTheSamePixels()
{
    QFETCH(const SecondView, view);
    const torch::Tensor images = noise(64);
    const torch::Tensor expected = images.narrow(1, 0, 1);
    // Where a prediction follows the pixels, both views say the same.
    Brightness one(false, 0.0);
    const BranchProbabilities ofOneBranch = predictBranches(one, images, view);
    QVERIFY(torch::allclose(ofOneBranch.vae, expected));
    QVERIFY(torch::allclose(ofOneBranch.cnn, expected));
    Brightness two(true, 0.0);
    const BranchProbabilities ofTwo = predictBranches(two, images, view);
    QVERIFY(torch::allclose(ofTwo.vae, expected));
    QVERIFY(torch::allclose(ofTwo.cnn, expected * 2.0));
}

void tst_Inference::secondView_isAnotherOne()
{
    const torch::Tensor images = noise(64);
    const torch::Tensor place = torch::arange(64).to(torch::kFloat32).view({1, 1, 1, -1});
    const torch::Tensor plain = images.narrow(1, 0, 1) + place;
    Brightness one(false, 1.0);
    // 63 - x is where the mirrored pixel lies; 5 pixels to the right of it the shifted one, but for the strip at the
    // right and at the bottom that left the image.
    const torch::Tensor mirrored = images.narrow(1, 0, 1) + (63.0 - place);
    QVERIFY(torch::allclose(predictBranches(one, images, SecondView::Mirrored).vae, plain));
    QVERIFY(torch::allclose(predictBranches(one, images, SecondView::Mirrored).cnn, mirrored));
    for (const SecondView view : {SecondView::None, SecondView::Shifted}) {
        const torch::Tensor shifted = predictBranches(one, images, view).cnn - plain;
        QVERIFY(torch::allclose(shifted.narrow(2, 0, 59).narrow(3, 0, 59), torch::full({2, 1, 59, 59}, 5.0)));
        QCOMPARE(shifted.narrow(2, 59, 5).abs().max().item<float>(), 0.0F);
        QCOMPARE(shifted.narrow(3, 59, 5).abs().max().item<float>(), 0.0F);
    }
    Brightness two(true, 1.0);
    QVERIFY(torch::allclose(predictBranches(two, images, SecondView::None).vae, plain));
    QVERIFY(torch::allclose(predictBranches(two, images, SecondView::Mirrored).vae, (plain + mirrored) / 2.0));
}

void tst_Inference::testView_isMirroredWhereThatIsUsual()
{
    TrainingConfig config;
    config.testFlips = true;
    config.symmetries = static_cast<int>(AllSymmetries);
    QVERIFY(testView(config) == SecondView::Mirrored);
    config.symmetries = static_cast<int>(NoSymmetry | MirroredInX);
    QVERIFY(testView(config) == SecondView::Mirrored);
    config.symmetries = static_cast<int>(NoSymmetry);
    QVERIFY(testView(config) == SecondView::None);
    config.symmetries = static_cast<int>(AllSymmetries);
    config.testFlips = false;
    QVERIFY(testView(config) == SecondView::None);
}

void tst_Inference::expectedDice_matchesHandComputedValues()
{
    // (2 (0.9 + 0.6) + 1) / (0.9 + 0.6 + 0.3 + 2 + 1)
    const torch::Tensor p = row({0.9F, 0.6F, 0.3F, 0.0F});
    const torch::Tensor mask = row({1.0F, 1.0F, 0.0F, 0.0F});
    const ExpectedDice expected = ofOne(expectedDice(p, mask));
    COMPARE_NEAR(expected.dice, 4.0 / 4.8);
    QVERIFY(!expected.isEmpty);
    // The surer, the better: the same mask with certain probabilities.
    COMPARE_NEAR(ofOne(expectedDice(mask, mask)).dice, 1.0);
}

void tst_Inference::expectedDice_ofNothingIsItsProbability()
{
    COMPARE_NEAR(ofOne(expectedDice(row({0.0F, 0.0F}), row({0.0F, 0.0F}))).dice, 1.0);
    const torch::Tensor p = row({0.1F, 0.25F, 0.25F});
    const torch::Tensor none = row({0.0F, 0.0F, 0.0F});
    COMPARE_NEAR(ofOne(expectedDice(p, none)).dice, 0.75);
    QVERIFY(ofOne(expectedDice(p, none)).isEmpty);
    // Where one image in ten lacks the class: 0.1 0.75 / (0.1 0.75 + 0.9 0.25).
    COMPARE_NEAR(ofOne(expectedDice(p, none, {0.1})).dice, 0.25);
    // Unsure pixels spread over the image do not add up to a structure.
    const torch::Tensor spread = torch::full({1, 1, 20, 20}, 0.25F);
    COMPARE_NEAR(ofOne(expectedDice(spread, torch::zeros({1, 1, 20, 20}))).dice, 0.75);
    // The share of images without the class says nothing of an outlined one.
    const torch::Tensor mask = row({0.0F, 1.0F, 1.0F});
    COMPARE_NEAR(ofOne(expectedDice(p, mask, {0.9})).dice, ofOne(expectedDice(p, mask)).dice);
}

void tst_Inference::expectedDice_isOfEachForegroundClass()
{
    // Background is right everywhere; class 1 is certain, class 2 is missed for certain.
    const torch::Tensor p = torch::tensor({0.0F, 0.0F, 1.0F, 0.0F, 0.0F, 1.0F}).view({1, 3, 1, 2});
    const torch::Tensor m = torch::tensor({0.0F, 1.0F, 1.0F, 0.0F, 0.0F, 0.0F}).view({1, 3, 1, 2});
    const std::vector<ExpectedDice> expected = expectedDice(p, m).front();
    QCOMPARE(expected.size(), std::size_t{2});
    COMPARE_NEAR(expected[0].dice, 1.0);
    COMPARE_NEAR(expected[1].dice, 0.0);
    QVERIFY(!expected[0].isEmpty && expected[1].isEmpty);
    // Each class has its own share of images without it.
    const torch::Tensor unsure = torch::tensor({0.5F, 0.5F, 0.5F, 0.0F, 0.0F, 0.5F}).view({1, 3, 1, 2});
    const torch::Tensor none = torch::tensor({1.0F, 1.0F, 0.0F, 0.0F, 0.0F, 0.0F}).view({1, 3, 1, 2});
    const std::vector<ExpectedDice> ofNothing = expectedDice(unsure, none, {0.9, 0.3}).front();
    COMPARE_NEAR(ofNothing[0].dice, 0.9);
    COMPARE_NEAR(ofNothing[1].dice, 0.3);
    // An image has its own row.
    const auto ofTwo = expectedDice(torch::cat({p, unsure}), torch::cat({m, none}), {0.9, 0.3});
    QCOMPARE(ofTwo.size(), std::size_t{2});
    COMPARE_NEAR(ofTwo[0][0].dice, 1.0);
    COMPARE_NEAR(ofTwo[1][1].dice, 0.3);
}

void tst_Inference::classDice_isOfEachForegroundClass()
{
    const torch::Tensor a = torch::tensor({0.0F, 0.0F, 1.0F, 1.0F, 0.0F, 0.0F}).view({1, 3, 1, 2});
    const torch::Tensor b = torch::tensor({0.0F, 1.0F, 1.0F, 0.0F, 0.0F, 0.0F}).view({1, 3, 1, 2});
    const std::vector<double> scores = classDiceScores(a, b).front();
    QCOMPARE(scores.size(), std::size_t{2});
    COMPARE_NEAR(scores[0], 2.0 / 3.0);
    COMPARE_NEAR(scores[1], 1.0); // neither has it
    COMPARE_NEAR(diceScores(a, b).front(), 5.0 / 6.0);
}

void tst_Inference::doubts_tellDisagreementAndUnsureness()
{
    const BranchProbabilities branches{row({1.0F, 1.0F, 0.0F, 0.0F}), row({0.0F, 1.0F, 0.0F, 0.0F})};
    const torch::Tensor mean = weightedMean(branches, 0.5);
    const std::vector<ImageDoubts> doubts = doubtsOf(branches, mean, {});
    QCOMPARE(doubts.size(), std::size_t{1});
    COMPARE_NEAR(doubts[0].disagreement, 1.0 - 2.0 / 3.0);
    QVERIFY(std::abs(doubts[0].entropy - 0.25) < 1e-4); // one pixel of four is as unsure as can be
    COMPARE_NEAR(doubts[0].expected.front().dice, (2.0 * 1.5 + 1.0) / (1.5 + 2.0 + 1.0));
}

void tst_Inference::doubts_countWhatTheLargestComponentLeavesOut()
{
    // Two islands: where only the larger may stay, the other is probable and yet not in the mask.
    const torch::Tensor p = row({1.0F, 1.0F, 0.0F, 1.0F});
    QCOMPARE(doubtsOf({p, p}, p, {}).front().expected.front().dice, 1.0);
    COMPARE_NEAR(doubtsOf({p, p}, p, {{1}, {}, {}}).front().expected.front().dice, 5.0 / 6.0);
    // The same where it is the likeliest that stays.
    COMPARE_NEAR(doubtsOf({p, p}, p, {{1}, {1}, {}}).front().expected.front().dice, 5.0 / 6.0);
}

void tst_Inference::likeliestComponent_isTheOneBothBranchesSee()
{
    // A large island of which one branch knows nothing, a smaller one that both see, and a speck.
    const torch::Tensor vae = row({0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.9F, 0.8F, 0.9F, 0.0F, 1.0F});
    const torch::Tensor cnn = row({0.9F, 0.9F, 0.9F, 0.9F, 0.0F, 0.7F, 0.7F, 0.7F, 0.0F, 1.0F});
    const BranchProbabilities branches{vae, cnn};
    const torch::Tensor mean = cnn.clone();
    const torch::Tensor kept = keepLikeliest(mean, branches, {1});
    QVERIFY(torch::equal(kept, row({0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.7F, 0.7F, 0.7F, 0.0F, 0.0F})));
    QVERIFY(torch::equal(mean, cnn)); // what came in is as it was
    QVERIFY(torch::equal(keepLikeliest(mean, branches, {}), mean));
    const auto maskOf = [&](const MaskRules &rules) { return hardMasks(mean, branches, rules).view({-1}); };
    QCOMPARE(maskOf({{1}, {}, {}}).narrow(0, 0, 4).sum().item<float>(), 4.0F);
    QCOMPARE(maskOf({{1}, {1}, {}}).narrow(0, 5, 3).sum().item<float>(), 3.0F);
    QCOMPARE(maskOf({{1}, {1}, {}}).sum().item<float>(), 3.0F);
    QCOMPARE(maskOf({}).sum().item<float>(), 8.0F);
    // Sure of less than that there is anything: nothing to choose from.
    const torch::Tensor unsure = row({0.4F, 0.0F, 0.3F});
    QVERIFY(torch::equal(keepLikeliest(unsure, {unsure, unsure}, {1}), unsure));
}

void tst_Inference::likeliestComponent_ofOneClassLeavesTheOthers()
{
    // Class 1 in three places, class 2 in two; the rule is for class 1 alone.
    torch::Tensor p = torch::zeros({1, 3, 1, 9});
    const std::vector<std::pair<int, float>> pixels{{1, 0.6F}, {0, 1.0F}, {2, 0.9F}, {0, 1.0F}, {1, 0.9F},
                                                    {1, 0.9F}, {2, 0.8F}, {0, 1.0F}, {1, 0.7F}};
    for (std::size_t x = 0; x < pixels.size(); ++x) {
        const auto [channel, value] = pixels[x];
        p[0][channel][0][static_cast<std::int64_t>(x)] = value;
        p[0][0][0][static_cast<std::int64_t>(x)] = channel == 0 ? 1.0F : 1.0F - value;
    }
    const torch::Tensor kept = keepLikeliest(p, {p, p}, {1});
    const torch::Tensor classes = kept.argmax(1).view({-1});
    QVERIFY(torch::equal(classes, torch::tensor({0, 0, 2, 0, 1, 1, 2, 0, 0}, torch::kInt64)));
    QVERIFY(torch::allclose(kept.sum(1), torch::ones({1, 1, 9})));
}

void tst_Inference::variance_isOneBetweenOpposites()
{
    const torch::Tensor binary = torch::tensor({1.0F, 0.5F, 0.0F, 0.5F}).view({2, 1, 1, 1, 2});
    const torch::Tensor spread = pixelVariance(binary);
    QVERIFY(torch::equal(spread, torch::tensor({1.0F, 0.0F}).view({1, 1, 2})));
    const torch::Tensor classes = torch::tensor({0.0F, 1.0F, 0.0F, 0.0F, 0.0F, 1.0F}).view({2, 1, 3, 1, 1});
    COMPARE_NEAR(pixelVariance(classes).item<double>(), 1.0);
}

void tst_Inference::weight_isTheBestOneThatImagesTell()
{
    // Weights 0, 0.25, 0.5, 0.75, 1.
    COMPARE_NEAR(bestWeight({0.5, 0.5, 0.5, 0.5, 0.5}, 3, 0.25), 0.25);
    COMPARE_NEAR(bestWeight({0.5, 0.5, 0.6, 0.5, 0.5}, 3, 0.25), 0.5);
    COMPARE_NEAR(bestWeight({0.9, 0.8, 0.6, 0.5, 0.5}, 3, 0.25), 0.0);
    COMPARE_NEAR(bestWeight({0.1, 0.2, 0.3, 0.4, 0.9}, 3, 0.25), 1.0);
    // What two images gain by it is too little to be believed, from a hundred it is not.
    COMPARE_NEAR(bestWeight({0.901, 0.9, 0.9, 0.9, 0.9}, 2, 0.25), 0.25);
    COMPARE_NEAR(bestWeight({0.901, 0.9, 0.9, 0.9, 0.9}, 100, 0.25), 0.0);
    COMPARE_NEAR(bestWeight({0.904, 0.9, 0.9, 0.9, 0.9}, 2, 0.25), 0.0);
}

QTEST_GUILESS_MAIN(tst_Inference)
#include "tst_Inference.moc"
