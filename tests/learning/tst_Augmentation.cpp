// SPDX-License-Identifier: Apache-2.0
#include "learning/Augmentation_p.h"

#include <QtTest/QTest>

#include <set>

using namespace semigda::learning;

namespace
{

/// A bright disc whose mask is where it is bright.
Batch discs(int count, int side)
{
    const torch::Tensor y = torch::arange(side).view({1, side, 1}).to(torch::kFloat32);
    const torch::Tensor x = torch::arange(side).view({1, 1, side}).to(torch::kFloat32);
    const torch::Tensor inside = ((y - 0.4 * side).square() + (x - 0.55 * side).square()) < 0.03 * side * side;
    Batch batch;
    batch.masks = inside.to(torch::kInt64).repeat({count, 1, 1});
    batch.images = (inside.to(torch::kFloat32) * 1.2 - 0.6).unsqueeze(1).repeat({count, 3, 1, 1});
    return batch;
}

} // namespace

class tst_Augmentation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dihedral_givesEightSymmetries();
    void augment_movesImageAndMaskAlike();
    void augment_isAFunctionOfTheSeed();
    void augment_turnsAsAllowed_data();
    void augment_turnsAsAllowed();
    void notAnnotated_staysSo();
    void colours_keepGreyGrey();
    void hue_keepsBrightness();
    void distortion_changesThePictureAlone();
    void distortion_growsWithItsStrength();
    void distortion_lightsThePictureUnevenly();
};

void tst_Augmentation::dihedral_givesEightSymmetries()
{
    const torch::Tensor square = torch::arange(9).view({1, 1, 3, 3});
    std::vector<torch::Tensor> seen;
    for (int variant = 0; variant < 8; ++variant) {
        const torch::Tensor turned = dihedral(square, variant);
        QCOMPARE(turned.sum().item<long>(), square.sum().item<long>());
        for (const torch::Tensor &other : seen) {
            QVERIFY(!torch::equal(other, turned));
        }
        seen.push_back(turned);
    }
    QVERIFY(torch::equal(seen[0], square));
}

void tst_Augmentation::augment_movesImageAndMaskAlike()
{
    TrainingConfig config;
    config.jitterProbability = 0.0;
    StepRandom random(1, 2, 3);
    const Batch before = discs(16, 64);
    const Batch after = augment(before, config, AllSymmetries, random);
    QVERIFY(!torch::equal(before.images, after.images));
    const torch::Tensor bright = (after.images.select(1, 0) > 0.0).to(torch::kInt64);
    const double different = (bright != after.masks).to(torch::kFloat32).mean().item<double>();
    QVERIFY2(different < 0.01, qPrintable(QString::number(different)));
    QVERIFY(after.masks.sum().item<long>() > 0);
    QVERIFY(after.images.abs().max().item<double>() <= 1.0);
    QVERIFY(!torch::equal(after.masks[0], after.masks[1]) || !torch::equal(after.masks[1], after.masks[2]));
}

void tst_Augmentation::augment_isAFunctionOfTheSeed()
{
    const TrainingConfig config;
    const auto once = [&](std::uint64_t seed) {
        StepRandom random(seed, 0, 0);
        return augment(discs(4, 32), config, AllSymmetries, random).images;
    };
    QVERIFY(torch::equal(once(5), once(5)));
    QVERIFY(!torch::equal(once(5), once(6)));
}

void tst_Augmentation::augment_turnsAsAllowed_data()
{
    QTest::addColumn<int>("allowed");
    QTest::newRow("none, not even the identity") << 0;
    QTest::newRow("none") << static_cast<int>(NoSymmetry);
    QTest::newRow("mirrored in x") << static_cast<int>(NoSymmetry | MirroredInX);
    for (int variant = 2; variant < 8; ++variant) {
        QTest::newRow(qPrintable(QStringLiteral("variant %1").arg(variant))) << (1 | 1 << variant);
    }
    QTest::newRow("all") << static_cast<int>(AllSymmetries);
}

void tst_Augmentation::augment_turnsAsAllowed()
{
    QFETCH(const int, allowed);
    TrainingConfig config;
    config.jitterProbability = 0.0;
    config.affineProbability = 0.0;
    torch::manual_seed(3);
    const torch::Tensor image = torch::rand({1, 3, 8, 8});
    const int count = 200;
    Batch batch;
    batch.images = image.repeat({count, 1, 1, 1});
    batch.masks = (image.select(1, 0) > 0.5).to(torch::kInt64).repeat({count, 1, 1});
    StepRandom random(7, 0, 0);
    const Batch turned = augment(batch, config, static_cast<Symmetries>(allowed), random);
    std::set<int> seen;
    for (int n = 0; n < count; ++n) {
        int found = -1;
        for (int variant = 0; variant < 8; ++variant) {
            if (torch::allclose(turned.images[n], dihedral(image[0], variant), 1e-3, 1e-4)) {
                found = variant;
            }
        }
        QVERIFY(found >= 0);
        QVERIFY(torch::equal(turned.masks[n], dihedral(batch.masks[0], found)));
        seen.insert(found);
    }
    const std::vector<int> wanted = variantsOf(static_cast<Symmetries>(allowed));
    QVERIFY(seen == std::set<int>(wanted.begin(), wanted.end()));
}

void tst_Augmentation::notAnnotated_staysSo()
{
    const TrainingConfig config;
    Batch batch = discs(8, 32);
    batch.masks.fill_(255);
    StepRandom random(9, 0, 0);
    QVERIFY((augment(batch, config, AllSymmetries, random).masks == 255).all().item<bool>());
}

void tst_Augmentation::colours_keepGreyGrey()
{
    TrainingConfig config;
    config.jitterProbability = 1.0;
    config.hueJitter = 0.5;
    StepRandom random(4, 0, 0);
    const torch::Tensor grey = discs(6, 16).images;
    const torch::Tensor jittered = jitterColours(grey, config, random);
    QVERIFY(!torch::equal(grey, jittered));
    QVERIFY(torch::allclose(jittered.select(1, 0), jittered.select(1, 1), 1e-4, 1e-5));
    QVERIFY(torch::allclose(jittered.select(1, 0), jittered.select(1, 2), 1e-4, 1e-5));
    QVERIFY(jittered.abs().max().item<double>() <= 1.0);
}

void tst_Augmentation::hue_keepsBrightness()
{
    TrainingConfig config;
    config.jitterProbability = 1.0;
    config.jitter = 0.0;
    config.hueJitter = 0.5;
    StepRandom random(4, 0, 0);
    torch::manual_seed(1);
    const torch::Tensor images = torch::rand({5, 3, 8, 8}) * 0.4 - 0.2;
    const torch::Tensor turned = jitterColours(images, config, random);
    QVERIFY(!torch::allclose(images, turned, 1e-2, 1e-2));
    QVERIFY(torch::allclose(images.mean(1), turned.mean(1), 1e-3, 1e-4));
    // A turn about the grey axis keeps the distance from it.
    const auto offAxis = [](const torch::Tensor &t) { return (t - t.mean(1, true)).square().sum(1); };
    QVERIFY(torch::allclose(offAxis(images), offAxis(turned), 1e-2, 1e-3));
}

void tst_Augmentation::distortion_changesThePictureAlone()
{
    const torch::Tensor images = discs(16, 32).images;
    const torch::Tensor before = images.clone();
    StepRandom random(3, 0, 0);
    torch::manual_seed(1);
    const torch::Tensor after = distort(images, 1.0, random);
    QVERIFY(torch::equal(images, before));
    QVERIFY(after.sizes() == images.sizes());
    QVERIFY(after.abs().max().item<double>() <= 1.0);
    QVERIFY(torch::isfinite(after).all().item<bool>());
    // Grey stays grey, and the disc stays brighter than what is around it, where it was.
    QVERIFY((after.select(1, 0) - after.select(1, 2)).abs().max().item<double>() < 1e-6);
    const torch::Tensor inside = (images > 0.0).to(torch::kFloat32);
    const auto meanWhere = [&](const torch::Tensor &where) {
        const std::vector<std::int64_t> pixels{1, 2, 3};
        return (after * where).sum(pixels) / where.sum(pixels);
    };
    QVERIFY((meanWhere(inside) > meanWhere(1.0 - inside) + 0.2).all().item<bool>());
    // Each image for itself.
    QVERIFY(!torch::equal(after[0], after[1]) || !torch::equal(after[1], after[2]));
}

void tst_Augmentation::distortion_growsWithItsStrength()
{
    const torch::Tensor images = discs(16, 32).images;
    const auto changed = [&](double strength) {
        StepRandom random(3, 0, 0);
        torch::manual_seed(1);
        return (distort(images, strength, random) - images).abs().mean().item<double>();
    };
    QVERIFY2(changed(0.0) < 1e-5, qPrintable(QString::number(changed(0.0))));
    QVERIFY(changed(0.3) > 0.01);
    QVERIFY(changed(0.6) > changed(0.3));
    QVERIFY(changed(1.0) > changed(0.6));
    QCOMPARE(changed(0.6), changed(0.6));
}

void tst_Augmentation::distortion_lightsThePictureUnevenly()
{
    // An even grey picture: what gamma does to it is even too, blur does nothing, and noise has no slope.
    const torch::Tensor grey = torch::zeros({32, 3, 32, 32});
    StepRandom random(4, 0, 0);
    torch::manual_seed(1);
    const torch::Tensor after = distort(grey, 1.0, random).mean(1);
    const torch::Tensor corners = torch::avg_pool2d(after.unsqueeze(1), 16).flatten(1);
    const torch::Tensor spread = std::get<0>(corners.max(1)) - std::get<0>(corners.min(1));
    const auto uneven = (spread > 0.1).sum().item<long>();
    QVERIFY2(uneven >= 8 && uneven <= 24, qPrintable(QString::number(uneven))); // every second one
}

QTEST_GUILESS_MAIN(tst_Augmentation)
#include "tst_Augmentation.moc"
