// SPDX-License-Identifier: Apache-2.0
// Shapes, names, sizes and gradient paths of the networks; that their numbers are the paper's is ctest parity.
#include "learning/NarrowNetworks.h"

#include <QtTest/QTest>

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <set>

using namespace semigda;
using namespace semigda::learning;
using test::bothBranches;
using test::narrowPaper;

namespace
{

std::int64_t countOf(const std::vector<torch::Tensor> &tensors)
{
    std::int64_t count = 0;
    for (const torch::Tensor &tensor : tensors) {
        count += tensor.numel();
    }
    return count;
}

bool isAdapter(const std::string &name)
{
    return name.find("Jump_") != std::string::npos;
}

double largestDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>() : 1e9;
}

void useChannelsLast(torch::nn::Module &module)
{
    torch::NoGradGuard noGrad;
    for (auto &parameter : module.parameters()) {
        if (parameter.dim() == 4) {
            parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
        }
    }
}

bool hasGradient(const torch::Tensor &parameter)
{
    return parameter.grad().defined() && parameter.grad().abs().sum().item<double>() > 0.0;
}

} // namespace

class tst_Networks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void paperProfile_hasThePapersSizes();
    void compactProfile_isSmall();
    void names_areTheReferences();
    void tensors_haveTheRightShapes_data();
    void tensors_haveTheRightShapes();
    void adapters_startAsPassThrough_data();
    void adapters_startAsPassThrough();
    void mappingModel_learnsToSeeFeatures();
    void frozenPrior_passesGradientsOn_data();
    void frozenPrior_passesGradientsOn();
    void parameterGroups_areDisjointAndComplete();
    void latentSample_followsItsGaussian();
    void memoryLayout_doesNotChangeNumbers_data();
    void memoryLayout_doesNotChangeNumbers();
    void norm_hasTheSameGradientsInBothLayouts_data();
    void norm_hasTheSameGradientsInBothLayouts();
    void initialisation_isKaiming();
};

void tst_Networks::paperProfile_hasThePapersSizes()
{
    const NetworkShape shape = NetworkShape::paper();
    PriorAutoencoder prior(shape);
    std::int64_t frozen = 0;
    for (const auto &item : prior->named_parameters()) {
        frozen += isAdapter(item.key()) ? 0 : item.value().numel();
    }
    QCOMPARE(frozen, 83'653'863); // the Stable Diffusion autoencoder, to the parameter
    const auto inMillions = [](std::int64_t count, double unit) {
        return std::round(double(count) / 1e6 / unit) * unit;
    };
    QCOMPARE(inMillions(countOf(prior->decoder->adapterParameters(Branch::Vae)), 0.1), 17.6);
    QCOMPARE(inMillions(countOf(prior->decoder->adapterParameters(Branch::Cnn)), 0.1), 17.6);
    ResnetEncoder cnn(shape);
    QCOMPARE(inMillions(countOf(cnn->parameters()), 0.1), 49.7);
    NetworkShape small = narrowPaper(); // the mapping model does not depend on the rest
    small.mappingWidth = shape.mappingWidth;
    small.mappingGroups = shape.mappingGroups;
    SemiGdaNetworks networks(small);
    QCOMPARE(inMillions(countOf(networks->mappingParameters()), 0.01), 1.56);
}

void tst_Networks::compactProfile_isSmall()
{
    SemiGdaNetworks networks(NetworkShape::compact());
    QVERIFY(countOf(networks->mappingParameters()) < 450'000);
    QVERIFY(countOf(networks->cnnParameters()) < 600'000);
    QVERIFY(countOf(networks->adapterParameters()) < 900'000);
    QVERIFY(countOf(networks->prior->parameters()) - countOf(networks->adapterParameters()) < 1'700'000);
}

void tst_Networks::names_areTheReferences()
{
    SemiGdaNetworks networks(narrowPaper());
    std::set<std::string> names;
    for (const auto &item : networks->named_parameters()) {
        names.insert(item.key());
    }
    for (const auto &item : networks->named_buffers()) {
        names.insert(item.key());
    }
    for (const char *name : {"vae_model.encoder.conv_in.weight",
                             "vae_model.encoder.down.0.block.0.norm1.weight",
                             "vae_model.encoder.down.1.block.0.nin_shortcut.bias",
                             "vae_model.encoder.down.2.downsample.conv.weight",
                             "vae_model.encoder.mid.block_1.conv2.weight",
                             "vae_model.encoder.mid.attn_1.proj_out.bias",
                             "vae_model.encoder.norm_out.weight",
                             "vae_model.quant_conv.weight",
                             "vae_model.post_quant_conv.bias",
                             "vae_model.decoder.mid.attn_1.q.weight",
                             "vae_model.decoder.up.3.upsample.conv.weight",
                             "vae_model.decoder.up.0.block.1.conv1.weight",
                             "vae_model.decoder.Jump_vae.0.conv1.weight",
                             "vae_model.decoder.Jump_cnn.3.nin_shortcut.weight",
                             "resnet.conv1.weight",
                             "resnet.layer1.0.downsample.0.weight",
                             "resnet.layer2.1.bn2.running_var",
                             "resnet.conv_out.conv_conv.4.weight",
                             "mapping_model.input_blocks.weight",
                             "mapping_model.conv1_0.resblock.conv1.0.weight",
                             "mapping_model.conv2_0.resblock.skip_connection.weight",
                             "mapping_model.conv0_4.attention.proj_out.weight",
                             "mapping_model.convds3.2.weight"}) {
        QVERIFY2(names.contains(name), name);
    }
    QVERIFY(!names.contains("vae_model.decoder.up.0.upsample.conv.weight"));
    QVERIFY(!names.contains("mapping_model.conv1_0.resblock.skip_connection.weight"));
}

void tst_Networks::tensors_haveTheRightShapes_data()
{
    QTest::addColumn<bool>("isCompact");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::addColumn<QString>("adapters"); // the shape's own unless named
    QTest::newRow("paper 64 x 64") << false << 64 << 64 << QString();
    QTest::newRow("paper 32 x 48") << false << 32 << 48 << QString();
    QTest::newRow("compact 128 x 128") << true << 128 << 128 << QString();
    QTest::newRow("compact 64 x 96") << true << 64 << 96 << QString();
    QTest::newRow("compact 8 x 8") << true << 8 << 8 << QString();
    QTest::newRow("compact with the paper's adapters") << true << 64 << 96 << QStringLiteral("residual");
    QTest::newRow("compact as it once was") << true << 64 << 96 << QStringLiteral("light");
}

void tst_Networks::tensors_haveTheRightShapes()
{
    QFETCH(bool, isCompact);
    QFETCH(int, height);
    QFETCH(int, width);
    QFETCH(QString, adapters);
    NetworkShape shape = isCompact ? NetworkShape::compact() : narrowPaper();
    if (adapters == QStringLiteral("residual")) {
        shape.adapters = AdapterKind::Residual;
        shape.adaptersSeePixels = false;
        shape.cnnStemBlocks = 2;
    } else if (adapters == QStringLiteral("light")) {
        shape.adapters = AdapterKind::Light;
        shape.adaptersSeePixels = false;
        shape.cnnStemBlocks = 0;
    }
    QCOMPARE(shape.reduction(), 8);
    torch::NoGradGuard noGrad;
    SemiGdaNetworks networks(shape);
    networks->eval();
    const auto parameters = networks->named_parameters();
    QCOMPARE(parameters.contains("resnet.layer0.0.conv2.weight"), shape.cnnStemBlocks > 0);
    QCOMPARE(parameters.contains("resnet.layer0.1.conv2.weight"), shape.cnnStemBlocks > 1);
    const std::string adapter = "vae_model.decoder.Jump_cnn.0.";
    QCOMPARE(parameters.contains(adapter + "fuse.weight"), shape.adapters == AdapterKind::Light);
    QCOMPARE(parameters.contains(adapter + "bn1.weight"), shape.adapters == AdapterKind::Normed);
    QCOMPARE(parameters.contains(adapter + "nin_shortcut.weight"), shape.adapters == AdapterKind::Residual);
    const torch::Tensor image = torch::rand({2, 3, height, width}) * 2.0 - 1.0;
    const std::vector<std::int64_t> latentSize{2, 4, height / 8, width / 8};
    const Encoded vae = networks->encodeVae(image);
    const Encoded cnn = networks->encodeCnn(image);
    QCOMPARE(vae.features.size(), static_cast<std::size_t>(shape.levels()));
    for (int level = 0; level < shape.levels(); ++level) {
        const int factor = shape.stemFactor << level;
        const std::vector<std::int64_t> expected{2, shape.featureWidth(level), height / factor, width / factor};
        QCOMPARE(vae.features[static_cast<std::size_t>(level)].sizes().vec(), expected);
        QCOMPARE(cnn.features[static_cast<std::size_t>(level)].sizes().vec(), expected);
    }
    QCOMPARE(networks->latentMean(vae.moments).sizes().vec(), latentSize);
    QCOMPARE(networks->latentMean(cnn.moments).sizes().vec(), latentSize);
    const MappedLatent mapped = networks->mapping->forward(networks->latentMean(vae.moments), {}, true);
    QCOMPARE(mapped.out.sizes().vec(), latentSize);
    for (const torch::Tensor &level : mapped.levels) {
        QCOMPARE(level.sizes().vec(), latentSize);
    }
    QVERIFY(!networks->mapping->forward(networks->latentMean(vae.moments)).levels[0].defined());
    for (const Branch branch : {Branch::Vae, Branch::Cnn}) {
        const torch::Tensor decoded = networks->decodeMask(mapped.out, vae.features, branch);
        QCOMPARE(decoded.sizes().vec(), image.sizes().vec());
        QVERIFY(torch::isfinite(decoded).all().item<bool>());
    }
}

void tst_Networks::adapters_startAsPassThrough_data()
{
    QTest::addColumn<bool>("isCompact");
    QTest::newRow("paper") << false;
    QTest::newRow("compact") << true;
}

void tst_Networks::adapters_startAsPassThrough()
{
    QFETCH(bool, isCompact);
    torch::manual_seed(5);
    torch::NoGradGuard noGrad;
    SemiGdaNetworks networks(isCompact ? NetworkShape::compact() : narrowPaper());
    const torch::Tensor image = torch::rand({1, 3, 32, 32}) * 2.0 - 1.0;
    const Encoded encoded = networks->encodeVae(image);
    const torch::Tensor latent = networks->latentMean(encoded.moments);
    const torch::Tensor plain = networks->prior->decode(latent / networks->shape().latentScale);
    QVERIFY(largestDifference(networks->decodeMask(latent, encoded.features, Branch::Cnn), plain) > 1e-3);
    networks->initialise();
    QVERIFY(largestDifference(networks->decodeMask(latent, encoded.features, Branch::Vae), plain) < 1e-5);
    QVERIFY(largestDifference(networks->decodeMask(latent, encoded.features, Branch::Cnn), plain) < 1e-5);
}

void tst_Networks::mappingModel_learnsToSeeFeatures()
{
    torch::manual_seed(5);
    SemiGdaNetworks networks(NetworkShape::compact());
    networks->initialise();
    const Encoded encoded = networks->encodeVae(torch::rand({1, 3, 32, 32}) * 2.0 - 1.0);
    const torch::Tensor latent = networks->latentMean(encoded.moments).detach();
    const torch::Tensor feature = encoded.features.back().detach();
    const auto mapped = [&](const torch::Tensor &seen) { return networks->mapping->forward(latent, seen).out; };
    // What stage 1 learned from the latent alone holds when the feature joins.
    QVERIFY(torch::equal(mapped(feature), mapped({})));
    torch::optim::SGD optimiser(networks->mappingParameters(), torch::optim::SGDOptions(0.05));
    torch::mse_loss(mapped(feature), torch::ones_like(latent)).backward();
    optimiser.step();
    QVERIFY(largestDifference(mapped(feature), mapped({})) > 1e-4);
    SemiGdaNetworks paper(narrowPaper());
    QVERIFY(!paper->named_parameters().contains("mapping_model.feature_blocks.weight"));
}

void tst_Networks::frozenPrior_passesGradientsOn_data()
{
    adapters_startAsPassThrough_data();
}

void tst_Networks::frozenPrior_passesGradientsOn()
{
    QFETCH(bool, isCompact);
    torch::manual_seed(5);
    SemiGdaNetworks networks(isCompact ? NetworkShape::compact() : narrowPaper());
    networks->initialise();
    networks->freezePrior();
    networks->train();
    const torch::Tensor image = torch::rand({4, 3, 32, 32}) * 2.0 - 1.0;
    const torch::Tensor target = torch::rand({4, 3, 32, 32});
    // Two steps: the adapters' inner layers wait behind zeros at first.
    torch::optim::SGD optimiser(networks->adapterParameters(), torch::optim::SGDOptions(0.05));
    for (int i = 0; i < 2; ++i) {
        networks->zero_grad();
        torch::mse_loss(bothBranches(networks, image), target).backward();
        optimiser.step();
    }
    for (const auto &item : networks->prior->named_parameters()) {
        QVERIFY2(isAdapter(item.key()) == item.value().requires_grad(), item.key().c_str());
        QVERIFY2(isAdapter(item.key()) == hasGradient(item.value()), item.key().c_str());
    }
    for (const auto &item : networks->cnn->named_parameters()) {
        // Before a batch norm a bias has no effect, up to rounding.
        QVERIFY2(hasGradient(item.value()), item.key().c_str());
    }
    for (const auto &item : networks->mapping->named_parameters()) {
        const bool isDeepHead = item.key().rfind("convds", 0) == 0 && item.key()[6] != '0';
        // One number added to every key changes no softmax; deep heads are not asked for here.
        const bool isKeyBias = item.key().find("attention.k.bias") != std::string::npos;
        if (!isDeepHead && !isKeyBias) {
            QVERIFY2(hasGradient(item.value()), item.key().c_str());
        }
    }
}

void tst_Networks::parameterGroups_areDisjointAndComplete()
{
    SemiGdaNetworks networks(NetworkShape::compact());
    networks->freezePrior();
    std::set<const void *> seen;
    std::int64_t grouped = 0;
    for (const auto &group :
         {networks->mappingParameters(), networks->cnnParameters(), networks->adapterParameters()}) {
        for (const torch::Tensor &parameter : group) {
            QVERIFY(seen.insert(parameter.unsafeGetTensorImpl()).second);
            grouped += parameter.requires_grad() ? 1 : 0;
        }
    }
    std::set<const void *> trainable;
    for (const torch::Tensor &parameter : networks->parameters()) {
        if (parameter.requires_grad()) {
            trainable.insert(parameter.unsafeGetTensorImpl());
        }
    }
    QCOMPARE(grouped, static_cast<std::int64_t>(trainable.size()));
    QVERIFY(seen == trainable);
}

void tst_Networks::latentSample_followsItsGaussian()
{
    SemiGdaNetworks networks(narrowPaper());
    networks->setLatentScale(2.0);
    torch::Tensor moments = torch::zeros({1, 8, 1, 1});
    moments[0][0] = 3.0;
    moments[0][4] = std::log(4.0); // variance 4
    moments[0][5] = 1000.0;        // clamped to 20
    moments[0][6] = -1000.0;       // clamped to -30
    const torch::Tensor noise = torch::ones({1, 4, 1, 1}) * 0.5;
    const torch::Tensor sample = networks->latentSample(moments, noise).flatten();
    QCOMPARE(sample[0].item<float>(), 8.0F);
    QCOMPARE(sample[1].item<float>(), static_cast<float>(std::exp(10.0)));
    QVERIFY(std::abs(sample[2].item<double>() - std::exp(-15.0)) < 1e-9);
    QCOMPARE(sample[3].item<float>(), 1.0F);
    QCOMPARE(networks->latentMean(moments).flatten()[0].item<float>(), 6.0F);
}

void tst_Networks::memoryLayout_doesNotChangeNumbers_data()
{
    adapters_startAsPassThrough_data();
}

void tst_Networks::memoryLayout_doesNotChangeNumbers()
{
    QFETCH(bool, isCompact);
    const auto gradients = [&](std::uint64_t seed, bool channelsLast) {
        torch::manual_seed(seed);
        SemiGdaNetworks networks(isCompact ? NetworkShape::compact() : narrowPaper());
        networks->freezePrior();
        networks->train();
        networks->cnn->setDropout(0.0);
        torch::Tensor image = torch::rand({3, 3, 64, 64}) * 2.0 - 1.0;
        if (channelsLast) {
            useChannelsLast(*networks);
            image = image.contiguous(torch::MemoryFormat::ChannelsLast);
        }
        bothBranches(networks, image).square().mean().backward();
        std::vector<torch::Tensor> found;
        for (const torch::Tensor &parameter : networks->parameters()) {
            if (parameter.grad().defined()) {
                found.push_back(parameter.grad());
            }
        }
        return found;
    };
    // Rounding may carry a value over the kink of a rectifier, which shows in the third digit: rarely in two of three.
    std::vector<double> differences;
    for (const std::uint64_t seed : {7, 8, 9}) {
        const auto plain = gradients(seed, false);
        const auto last = gradients(seed, true);
        QCOMPARE(plain.size(), last.size());
        double squared = 0.0;
        double squaredDifference = 0.0;
        for (std::size_t i = 0; i < plain.size(); ++i) {
            squared += plain[i].square().sum().item<double>();
            squaredDifference += (plain[i] - last[i]).square().sum().item<double>();
        }
        QVERIFY(squared > 0.0);
        differences.push_back(std::sqrt(squaredDifference / squared));
    }
    std::sort(differences.begin(), differences.end());
    QVERIFY2(differences[1] < 1e-4, qPrintable(QString::number(differences[1])));
    QVERIFY2(differences[2] < 1e-2, qPrintable(QString::number(differences[2])));
}

void tst_Networks::norm_hasTheSameGradientsInBothLayouts_data()
{
    QTest::addColumn<int>("images");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("groups");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::newRow("one group") << 2 << 8 << 1 << 5 << 7;
    QTest::newRow("groups of one") << 1 << 8 << 8 << 16 << 16;
    QTest::newRow("groups of twelve") << 3 << 96 << 8 << 16 << 16;
    QTest::newRow("many pixels") << 5 << 32 << 8 << 64 << 64;
}

void tst_Networks::norm_hasTheSameGradientsInBothLayouts()
{
    QFETCH(int, images);
    QFETCH(int, channels);
    QFETCH(int, groups);
    QFETCH(int, height);
    QFETCH(int, width);
    torch::manual_seed(11);
    const torch::Tensor x = torch::randn({images, channels, height, width}) * 3.0 + 1.5;
    const torch::Tensor upper = torch::randn_like(x);
    ImageNorm norm(channels, groups);
    {
        torch::NoGradGuard noGrad;
        norm->weight.normal_();
        norm->bias.normal_();
    }
    const auto run = [&](torch::MemoryFormat layout) {
        norm->zero_grad();
        torch::Tensor input = x.clone(layout).set_requires_grad(true);
        const torch::Tensor y = norm(input);
        y.backward(upper);
        return std::vector<torch::Tensor>{y.detach(), input.grad(), norm->weight.grad().clone(),
                                          norm->bias.grad().clone()};
    };
    const auto plain = run(torch::MemoryFormat::Contiguous);
    const auto last = run(torch::MemoryFormat::ChannelsLast);
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const double scale = std::max(1.0, plain[i].abs().max().item<double>());
        const double difference = largestDifference(plain[i], last[i]) / scale;
        QVERIFY2(difference < 2e-5, qPrintable(QStringLiteral("%1: %2").arg(i).arg(difference)));
    }
}

void tst_Networks::initialisation_isKaiming()
{
    torch::manual_seed(2);
    SemiGdaNetworks networks(NetworkShape::compact());
    networks->initialise();
    const auto parameters = networks->named_parameters();
    // Standard deviation gain / sqrt(fan out); gain sqrt(2) for ReLU and for LeakyReLU with slope 0.
    const torch::Tensor &cnnConv = parameters["resnet.layer2.1.conv2.weight"];
    const double expected = std::sqrt(2.0 / (96.0 * 9.0));
    QVERIFY(std::abs(cnnConv.std().item<double>() / expected - 1.0) < 0.03);
    const torch::Tensor &mappingConv = parameters["mapping_model.conv4_0.resblock.conv2.2.weight"];
    QVERIFY(std::abs(mappingConv.std().item<double>() / std::sqrt(2.0 / (64.0 * 9.0)) - 1.0) < 0.03);
    QCOMPARE(parameters["mapping_model.conv4_0.resblock.conv2.2.bias"].abs().max().item<float>(), 0.0F);
}

QTEST_GUILESS_MAIN(tst_Networks)
#include "tst_Networks.moc"
