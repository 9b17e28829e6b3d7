// SPDX-License-Identifier: Apache-2.0
#include "learning/Symmetries_p.h"

#include "learning/Augmentation_p.h"

#include <QtTest/QTest>

using namespace semigda::learning;

namespace
{

enum class Kind { Speckle, LitFromAbove, LitFromACorner, SymmetricPattern };

/// Pictures of speckle over what the kind has in common.
std::vector<torch::Tensor> pictures(Kind kind, int count, double speckle = 0.3)
{
    torch::manual_seed(11);
    const torch::Tensor place = torch::linspace(-1.0, 1.0, 32);
    const torch::Tensor down = place.view({1, 32, 1}).expand({1, 32, 32});
    const torch::Tensor right = place.view({1, 1, 32}).expand({1, 32, 32});
    std::vector<torch::Tensor> images;
    for (int i = 0; i < count; ++i) {
        torch::Tensor one = torch::zeros({1, 32, 32});
        if (kind == Kind::LitFromAbove) {
            one = one - 0.3 * down;
        } else if (kind == Kind::LitFromACorner) {
            one = one - 0.3 * down - 0.15 * right;
        } else if (kind == Kind::SymmetricPattern) {
            one = one - 0.5 * (down.square() + right.square());
        }
        // Speckle of the size that is left in a coarse picture.
        const torch::Tensor coarse = torch::randn({1, 16, 16}) * speckle;
        one = one + torch::upsample_nearest2d(coarse.unsqueeze(0), {32, 32})[0];
        images.push_back(((one.clamp(-1.0, 1.0) + 1.0) * 127.5).to(torch::kUInt8).expand({3, 32, 32}).contiguous());
    }
    return images;
}

} // namespace

class tst_Symmetries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void found_areThoseThatTheImagesShow_data();
    void found_areThoseThatTheImagesShow();
    void classes_mayBeTurnedWhereTheyStayInPlace_data();
    void classes_mayBeTurnedWhereTheyStayInPlace();
    void sharedAsymmetry_isAShare();
    void fewImages_proveNothing();
    void flatImages_areSymmetric();
    void variants_beginWithTheIdentity();
};

void tst_Symmetries::found_areThoseThatTheImagesShow_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("symmetries");
    const int all = static_cast<int>(AllSymmetries);
    QTest::newRow("speckle") << Kind::Speckle << 120 << all;
    QTest::newRow("a few of speckle") << Kind::Speckle << 12 << all;
    QTest::newRow("a pattern that has them all") << Kind::SymmetricPattern << 120 << all;
    // Left and right may change places, up and down may not, nor the one for the other.
    QTest::newRow("lit from above") << Kind::LitFromAbove << 120 << 0b00000011;
    QTest::newRow("twenty lit from above") << Kind::LitFromAbove << 20 << 0b00000011;
    QTest::newRow("lit from a corner") << Kind::LitFromACorner << 120 << 1;
}

void tst_Symmetries::found_areThoseThatTheImagesShow()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, count);
    QFETCH(const int, symmetries);
    QCOMPARE(static_cast<int>(commonSymmetries(pictures(kind, count))), symmetries);
}

void tst_Symmetries::classes_mayBeTurnedWhereTheyStayInPlace_data()
{
    QTest::addColumn<int>("offset"); // of the second class from the first, downwards
    QTest::addColumn<int>("empty");
    QTest::addColumn<int>("symmetries");
    QTest::newRow("one within the other") << 0 << 0 << static_cast<int>(AllSymmetries);
    QTest::newRow("one below the other") << 10 << 0 << 0b00000011;
    QTest::newRow("one below the other, most without any") << 10 << 300 << 0b00000011;
}

void tst_Symmetries::classes_mayBeTurnedWhereTheyStayInPlace()
{
    QFETCH(const int, offset);
    QFETCH(const int, empty);
    QFETCH(const int, symmetries);
    torch::manual_seed(5);
    std::vector<torch::Tensor> masks(static_cast<std::size_t>(empty), torch::zeros({32, 32}, torch::kUInt8));
    const auto draw = [](int from, int to) { return from + torch::randint(to - from, {1}).item<int>(); };
    for (int i = 0; i < 100; ++i) {
        torch::Tensor mask = torch::zeros({32, 32}, torch::kUInt8);
        // Anywhere, so that only how the classes lie to each other can tell.
        const int x = draw(0, 22);
        const int y = draw(0, 22 - offset);
        mask.narrow(0, y, 10).narrow(1, x, 10).fill_(1);
        mask.narrow(0, y + offset + 3, 4).narrow(1, x + 3, 4).fill_(2);
        // What is not annotated belongs to no class.
        mask.narrow(0, 0, 2).fill_(255);
        masks.push_back(mask);
    }
    QCOMPARE(static_cast<int>(symmetriesOfClasses(masks, 2)), symmetries);
}

void tst_Symmetries::sharedAsymmetry_isAShare()
{
    // One picture again and again shares all, and noise nothing.
    const std::vector<torch::Tensor> same(10, pictures(Kind::LitFromAbove, 1).front());
    QVERIFY(std::abs(sharedAsymmetry(same, 2) - 1.0) < 1e-6);
    QVERIFY(std::abs(sharedAsymmetry(pictures(Kind::Speckle, 200), 2)) < 0.02);
    // The mean over pairs of images of the cosine between what is changed in them.
    const std::vector<torch::Tensor> some = pictures(Kind::LitFromAbove, 5);
    std::vector<torch::Tensor> changed;
    for (const torch::Tensor &image : some) {
        torch::Tensor coarse = torch::adaptive_avg_pool2d(image.to(torch::kFloat64).mean(0).unsqueeze(0), {16, 16})[0];
        coarse = (coarse - coarse.mean()) / (coarse - coarse.mean()).norm();
        changed.push_back(coarse - dihedral(coarse, 2));
    }
    double products = 0.0;
    double squares = 0.0;
    for (std::size_t i = 0; i < changed.size(); ++i) {
        squares += changed[i].square().sum().item<double>() / 5.0;
        for (std::size_t j = 0; j < changed.size(); ++j) {
            products += i == j ? 0.0 : (changed[i] * changed[j]).sum().item<double>() / 20.0;
        }
    }
    QVERIFY(std::abs(sharedAsymmetry(some, 2) - products / squares) < 1e-5);
    // The identity changes nothing.
    QCOMPARE(sharedAsymmetry(some, 0), 0.0);
}

void tst_Symmetries::fewImages_proveNothing()
{
    QCOMPARE(commonSymmetries({}), AllSymmetries);
    QCOMPARE(symmetriesOfClasses({}, 2), AllSymmetries);
    QCOMPARE(symmetriesOfClasses({torch::zeros({8, 8}, torch::kUInt8)}, 2), AllSymmetries);
    QCOMPARE(commonSymmetries(pictures(Kind::LitFromACorner, 1)), AllSymmetries);
    QCOMPARE(commonSymmetries(pictures(Kind::LitFromACorner, 3, 0.01)), AllSymmetries);
    QCOMPARE(sharedAsymmetry(pictures(Kind::LitFromACorner, 1), 1), 0.0);
}

void tst_Symmetries::flatImages_areSymmetric()
{
    const std::vector<torch::Tensor> flat(30, torch::full({3, 32, 32}, 90, torch::kUInt8));
    QCOMPARE(commonSymmetries(flat), AllSymmetries);
}

void tst_Symmetries::variants_beginWithTheIdentity()
{
    QVERIFY((variantsOf(AllSymmetries) == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}));
    QVERIFY((variantsOf(NoSymmetry) == std::vector<int>{0}));
    QVERIFY((variantsOf(0) == std::vector<int>{0}));
    QVERIFY((variantsOf(0b01000010) == std::vector<int>{0, 1, 6}));
}

QTEST_APPLESS_MAIN(tst_Symmetries)
#include "tst_Symmetries.moc"
