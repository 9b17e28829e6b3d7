// SPDX-License-Identifier: Apache-2.0
#include "learning/PriorLatents_p.h"

#include "learning/Augmentation_p.h"
#include "learning/NarrowNetworks.h"

#include <ATen/CPUGeneratorImpl.h>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <limits>
#include <memory>
#include <utility>

using namespace semigda;
using namespace semigda::learning;
using test::narrowPaper;

namespace
{

constexpr int Side = 32;

PreparedSample sampleOf(std::int64_t id)
{
    auto generator = at::make_generator<at::CPUGeneratorImpl>(static_cast<std::uint64_t>(id));
    PreparedSample sample;
    sample.item.id = core::ImageId(id);
    sample.item.sequence = 1;
    sample.image = torch::randint(0, 256, {3, Side, Side}, generator, torch::kUInt8);
    sample.mask = torch::randint(0, 3, {Side, Side}, generator, torch::kUInt8);
    return sample;
}

/// Without any cache: the definition.
torch::Tensor encoded(SemiGdaNetworks &networks, const torch::Tensor &pixels)
{
    torch::NoGradGuard noGrad;
    const torch::Tensor moments = networks->prior->encode(pixels.unsqueeze(0)).moments;
    return networks->latentMean(moments)[0];
}

torch::Tensor imagePixels(const PreparedSample &sample, int variant)
{
    return dihedral(sample.image, variant).to(torch::kFloat32) / 127.5 - 1.0;
}

torch::Tensor maskPixels(const torch::Tensor &mask, int variant, const ClassColours &colours)
{
    return encodeClasses(dihedral(mask, variant).to(torch::kInt64).unsqueeze(0), colours)[0];
}

} // namespace

class tst_PriorLatents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void latents_areThoseOfThePrior_data();
    void latents_areThoseOfThePrior();
    void keptLatents_areFoundToTheBit();
    void anotherPrior_hasItsOwn_data();
    void anotherPrior_hasItsOwn();
    void repaintedMask_isEncodedAnew();
    void unpainted_countsAsBackground();
    void removedFile_isGone();

private:
    PriorLatents latents(SemiGdaNetworks networks, const ClassColours &colours)
    {
        return PriorLatents(std::move(networks), colours, torch::kCPU, m_config, 4);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    TrainingConfig m_config;
    SemiGdaNetworks m_networks{nullptr};
    ClassColours m_colours = classColours(2);
};

void tst_PriorLatents::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_config = {};
    m_config.shape = narrowPaper();
    m_config.imageSize = Side;
    m_config.cacheFolder = m_folder->path().toStdString();
    torch::manual_seed(3);
    m_networks = SemiGdaNetworks(m_config.shape);
    m_networks->initialise();
    m_networks->freezePrior();
}

void tst_PriorLatents::latents_areThoseOfThePrior_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("mebibytes");
    QTest::newRow("in a file") << QStringLiteral("here") << 16;
    QTest::newRow("in memory") << QString() << 16;
    QTest::newRow("nothing kept") << QStringLiteral("here") << 0;
}

void tst_PriorLatents::latents_areThoseOfThePrior()
{
    QFETCH(QString, folder);
    QFETCH(int, mebibytes);
    m_config.latentCache = mebibytes;
    if (folder.isEmpty()) {
        m_config.cacheFolder.clear();
    }
    PriorLatents known = latents(m_networks, m_colours);
    const PreparedSample samples[] = {sampleOf(1), sampleOf(2)};
    for (int pass = 0; pass < 2; ++pass) {
        for (const PreparedSample &sample : samples) {
            for (int variant = 0; variant < 8; ++variant) {
                const torch::Tensor image = known.ofImage(sample, variant);
                QVERIFY(image.sizes().vec() == std::vector<std::int64_t>({4, 4, 4}));
                QVERIFY(torch::allclose(image, encoded(m_networks, imagePixels(sample, variant)), 1e-4, 1e-5));
                QVERIFY(torch::allclose(known.ofMask(sample, variant),
                                        encoded(m_networks, maskPixels(sample.mask, variant, m_colours)), 1e-4, 1e-5));
            }
        }
    }
    QCOMPARE(!std::filesystem::is_empty(m_folder->path().toStdString()), !folder.isEmpty() && mebibytes > 0);
}

void tst_PriorLatents::keptLatents_areFoundToTheBit()
{
    const PreparedSample sample = sampleOf(1);
    torch::Tensor first;
    torch::Tensor mask;
    {
        PriorLatents known = latents(m_networks, m_colours);
        first = known.ofImage(sample, 5);
        mask = known.ofMask(sample, 2);
    }
    // A copy of the networks stands for those of a resumed run. The decoder and the rest may differ: they learn.
    SemiGdaNetworks again(m_config.shape);
    torch::NoGradGuard noGrad;
    for (const auto &item : m_networks->prior->named_parameters()) {
        again->prior->named_parameters()[item.key()].copy_(item.value());
    }
    const auto size = std::filesystem::file_size(LatentCache::fileIn(m_config.cacheFolder, 64));
    PriorLatents known = latents(again, m_colours);
    QVERIFY(torch::equal(known.ofImage(sample, 5), first));
    QVERIFY(torch::equal(known.ofMask(sample, 2), mask));
    QCOMPARE(std::filesystem::file_size(LatentCache::fileIn(m_config.cacheFolder, 64)), size);
    // That they come from the file, and not from encoding once more, shows when the encoder fails to give them.
    const PreparedSample other = sampleOf(2);
    PreparedSample renamed = sample; // the same pixels under another number
    renamed.item.id = core::ImageId(77);
    for (auto &item : again->prior->named_parameters()) {
        item.value().fill_(std::numeric_limits<float>::quiet_NaN());
    }
    QVERIFY(torch::allclose(known.ofImage(sample, 4), encoded(m_networks, imagePixels(sample, 4)), 1e-4, 1e-5));
    QVERIFY(torch::equal(known.ofImage(renamed, 5), first));
    QVERIFY(known.ofImage(other, 5).isnan().all().item<bool>());
}

void tst_PriorLatents::anotherPrior_hasItsOwn_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"first weight", "last weight", "scale", "colours"}) {
        QTest::newRow(what) << QString::fromLatin1(what);
    }
}

void tst_PriorLatents::anotherPrior_hasItsOwn()
{
    QFETCH(QString, what);
    const PreparedSample sample = sampleOf(1);
    {
        PriorLatents known = latents(m_networks, m_colours);
        known.ofImage(sample, 0);
        known.ofMask(sample, 0);
    }
    torch::NoGradGuard noGrad;
    ClassColours colours = m_colours;
    if (what == QStringLiteral("first weight")) {
        m_networks->prior->named_parameters()["encoder.conv_in.weight"].flatten()[0] += 0.5;
    } else if (what == QStringLiteral("last weight")) {
        m_networks->prior->named_parameters()["quant_conv.bias"].add_(0.5);
    } else if (what == QStringLiteral("scale")) {
        m_networks->setLatentScale(2.0 * m_networks->shape().latentScale);
    } else {
        colours.points = -colours.points;
    }
    PriorLatents known = latents(m_networks, colours);
    QVERIFY(torch::allclose(known.ofImage(sample, 0), encoded(m_networks, imagePixels(sample, 0)), 1e-4, 1e-5));
    QVERIFY(
        torch::allclose(known.ofMask(sample, 0), encoded(m_networks, maskPixels(sample.mask, 0, colours)), 1e-4, 1e-5));
}

void tst_PriorLatents::repaintedMask_isEncodedAnew()
{
    PreparedSample sample = sampleOf(1);
    PriorLatents known = latents(m_networks, m_colours);
    const torch::Tensor before = known.ofMask(sample, 3);
    sample.mask = sampleOf(9).mask;
    sample.item.sequence = 2;
    const torch::Tensor after = known.ofMask(sample, 3);
    QVERIFY(!torch::allclose(before, after));
    QVERIFY(torch::allclose(after, encoded(m_networks, maskPixels(sample.mask, 3, m_colours)), 1e-4, 1e-5));
    // Painted for the first time after its image was seen without a mask.
    PreparedSample late = sampleOf(5);
    const torch::Tensor mask = std::exchange(late.mask, torch::Tensor());
    late.item.sequence = 0;
    known.ofImage(late, 0);
    late.mask = mask;
    late.item.sequence = 1;
    QVERIFY(torch::allclose(known.ofMask(late, 0), encoded(m_networks, maskPixels(mask, 0, m_colours)), 1e-4, 1e-5));
}

void tst_PriorLatents::unpainted_countsAsBackground()
{
    PreparedSample sample = sampleOf(1);
    torch::Tensor asBackground = sample.mask.clone();
    sample.mask[0].fill_(IgnoredIndex);
    asBackground[0].fill_(0);
    PriorLatents known = latents(m_networks, m_colours);
    QVERIFY(torch::allclose(known.ofMask(sample, 0), encoded(m_networks, maskPixels(asBackground, 0, m_colours)), 1e-4,
                            1e-5));
}

void tst_PriorLatents::removedFile_isGone()
{
    {
        PriorLatents known = latents(m_networks, m_colours);
        known.ofImage(sampleOf(1), 0);
    }
    QVERIFY(!std::filesystem::is_empty(m_config.cacheFolder));
    PriorLatents::removeFile(m_config);
    QVERIFY(std::filesystem::is_empty(m_config.cacheFolder));
    PriorLatents::removeFile(m_config); // nothing to remove is no error
    m_config.cacheFolder.clear();
    PriorLatents::removeFile(m_config);
}

QTEST_GUILESS_MAIN(tst_PriorLatents)
#include "tst_PriorLatents.moc"
