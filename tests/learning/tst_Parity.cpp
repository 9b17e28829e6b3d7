// SPDX-License-Identifier: Apache-2.0
// The networks are the paper's: every golden file is reproduced. Folder: SEMIGDA_PARITY_DIR, default ../shared/parity.
#include "core/Numbers.h"
#include "learning/SemiGdaNetworks_p.h"
#include "learning/TensorState_p.h"
#include "support/SharedData.h"

#include <nlohmann/json.hpp>

#include <QtTest/QTest>

#include <torch/torch.h>

#include <filesystem>

using namespace semigda;
using namespace semigda::learning;

namespace
{

std::filesystem::path parityFolder()
{
    const QByteArray given = qgetenv("SEMIGDA_PARITY_DIR");
    return given.isEmpty() ? test::sharedData() / "parity" : std::filesystem::path(given.toStdString());
}

NetworkShape shapeOf(const TensorFile &file)
{
    const auto number = [&](const char *key) { return std::stoi(file.metadata.at(key)); };
    NetworkShape shape = NetworkShape::paper();
    shape.width = number("ch");
    shape.multipliers = nlohmann::json::parse(file.metadata.at("ch_mult")).get<std::vector<int>>();
    shape.encoderBlocks = number("num_res_blocks");
    shape.decoderBlocks = shape.encoderBlocks + 1;
    shape.latentChannels = number("z_channels");
    shape.latentScale = core::numberFrom(file.metadata.at("scale_factor")).value();
    shape.mappingWidth = number("map_ch");
    return shape;
}

double gradientNorm(const std::vector<torch::Tensor> &parameters)
{
    double sum = 0.0;
    for (const torch::Tensor &parameter : parameters) {
        if (parameter.grad().defined()) {
            sum += parameter.grad().to(torch::kFloat64).square().sum().item<double>();
        }
    }
    return std::sqrt(sum);
}

} // namespace

class tst_Parity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goldenFile_data();
    void goldenFile();
};

void tst_Parity::goldenFile_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isDouble");
    std::error_code ignored;
    for (const auto &entry : std::filesystem::directory_iterator(parityFolder(), ignored)) {
        if (entry.path().extension() == ".safetensors") {
            const QString path = QString::fromStdString(entry.path().string());
            QTest::newRow((entry.path().stem().string() + ", double").c_str()) << path << true;
            QTest::newRow((entry.path().stem().string() + ", single").c_str()) << path << false;
        }
    }
}

void tst_Parity::goldenFile()
{
    if (!std::filesystem::exists(parityFolder())) {
        QSKIP("the golden files (../shared/parity) are not on this machine");
    }
    QFETCH(QString, path);
    QFETCH(bool, isDouble);
    auto read = readSafetensors(path.toStdString());
    QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
    const TensorFile &file = *read;
    const NetworkShape shape = shapeOf(file);
    SemiGdaNetworks networks(shape);
    const auto restored = restoreModule(*networks, "weights.", file, path.toStdString());
    QVERIFY2(restored.has_value(), restored ? "" : restored.error().message.english().c_str());

    TensorFile stored;
    storeModule(*networks, "weights.", stored);
    for (const auto &[name, tensor] : file.tensors) {
        QVERIFY2(name.rfind("weights.", 0) != 0 || stored.tensors.contains(name), ("no place for " + name).c_str());
    }

    // 1e-4, but the random networks reach values of hundreds, whose single-precision rounding alone is above that: the
    // golden values are 1.2e-4 of 160 away from exact arithmetic, and each processor's kernels round differently. So in
    // double precision, where only the method itself could differ, five millionths of the largest value are allowed
    // too, in single precision thirty millionths.
    const auto type = isDouble ? torch::kFloat64 : torch::kFloat32;
    networks->to(type);
    const auto golden = [&](const std::string &name) { return fromRaw(file.tensors.at(name)).to(type); };
    int compared = 0;
    const auto isNear = [&](const std::string &name, const torch::Tensor &ours) {
        ++compared;
        const torch::Tensor expected = golden("out." + name);
        const double difference = ours.sizes() == expected.sizes() ? (ours - expected).abs().max().item<double>() : 1e9;
        const double largest = expected.abs().max().item<double>();
        qInfo("%s: %.2e of %.1f", name.c_str(), difference, largest);
        return difference <= std::max(1e-4, (isDouble ? 5e-6 : 3e-5) * largest);
    };

    const torch::Tensor image = golden("in.image");
    const torch::Tensor mask = (golden("in.mask") * 2.0 - 1.0).repeat({1, 3, 1, 1});
    {
        torch::NoGradGuard noGrad;
        networks->eval();
        const Encoded vae = networks->prior->encode(image);
        const Encoded truth = networks->prior->encode(mask);
        const Encoded beforeQuant = networks->cnn(image);
        const Encoded cnn = networks->encodeCnn(image);
        QVERIFY(isNear("image_moments", vae.moments));
        QVERIFY(isNear("mask_moments", truth.moments));
        for (std::size_t level = 0; level < vae.features.size(); ++level) {
            QVERIFY(isNear("vae_feature." + std::to_string(level), vae.features[level]));
            QVERIFY(isNear("cnn_feature." + std::to_string(level), cnn.features[level]));
        }
        QVERIFY(isNear("cnn_moments_before_quant", beforeQuant.moments));
        const torch::Tensor imageMean = networks->latentMean(vae.moments);
        QVERIFY(isNear("image_latent_mean", imageMean));
        QVERIFY(isNear("mask_latent_mean", networks->latentMean(truth.moments)));
        QVERIFY(isNear("cnn_latent_mean", networks->latentMean(cnn.moments)));
        const MappedLatent mapped = networks->mapping->forward(imageMean, {}, true);
        QVERIFY(isNear("mapped_latent", mapped.out));
        for (std::size_t level = 0; level < 3; ++level) {
            QVERIFY(isNear("mapped_level" + std::to_string(level + 1), mapped.levels[level]));
        }
        const auto probability = [](const torch::Tensor &decoded) {
            return ((decoded.mean(1, true) + 1.0) / 2.0).clamp(0.0, 1.0);
        };
        QVERIFY(isNear("vae_probability", probability(networks->decodeMask(mapped.out, vae.features, Branch::Vae))));
        QVERIFY(isNear("cnn_probability", probability(networks->decodeMask(networks->latentMean(cnn.moments),
                                                                           cnn.features, Branch::Cnn))));
    }
    int expectedOutputs = 0;
    for (const auto &[name, tensor] : file.tensors) {
        expectedOutputs += name.rfind("out.", 0) == 0 ? 1 : 0;
    }
    QCOMPARE(compared, expectedOutputs);

    networks->freezePrior();
    networks->train();
    networks->cnn->setDropout(0.0);
    const auto labelled = std::stoll(file.metadata.at("labelled_in_batch"));
    const double weight = core::numberFrom(file.metadata.at("unsup_weight")).value();
    torch::Tensor imageMean;
    torch::Tensor maskMean;
    {
        torch::NoGradGuard noGrad;
        imageMean = networks->latentMean(networks->prior->encode(image).moments);
        maskMean = networks->latentMean(networks->prior->encode(mask).moments);
    }
    const torch::Tensor v = networks->mapping->forward(imageMean).out;
    const torch::Tensor c = networks->latentMean(networks->encodeCnn(image).moments);
    const auto rest = image.size(0) - labelled;
    const auto first = [&](const torch::Tensor &t) { return t.narrow(0, 0, labelled); };
    const auto last = [&](const torch::Tensor &t) { return t.narrow(0, labelled, rest); };
    const torch::Tensor supVae = torch::mse_loss(first(v), first(maskMean));
    const torch::Tensor supCnn = torch::mse_loss(first(c), first(maskMean));
    const torch::Tensor unsupVae = torch::mse_loss(last(v), last(c).detach());
    const torch::Tensor unsupCnn = torch::mse_loss(last(c), last(v).detach());
    const auto isRelativelyNear = [&](const char *name, double ours, double tolerance) {
        const double expected = golden(std::string("stage1.") + name).to(torch::kFloat64).item<double>();
        const double difference = std::abs(ours - expected) / std::abs(expected);
        qInfo("stage1.%s: %.2e relative", name, difference);
        return difference <= tolerance;
    };
    QVERIFY(isRelativelyNear("sup_vae", supVae.item<double>(), 1e-5));
    QVERIFY(isRelativelyNear("sup_cnn", supCnn.item<double>(), 1e-5));
    QVERIFY(isRelativelyNear("unsup_vae", unsupVae.item<double>(), 1e-5));
    QVERIFY(isRelativelyNear("unsup_cnn", unsupCnn.item<double>(), 1e-5));
    (supVae + weight * unsupVae + supCnn + weight * unsupCnn).backward();
    QVERIFY(isRelativelyNear("grad_norm_mapping", gradientNorm(networks->mappingParameters()), 1e-3));
    QVERIFY(isRelativelyNear("grad_norm_cnn", gradientNorm(networks->cnnParameters()), 1e-3));
}

QTEST_GUILESS_MAIN(tst_Parity)
#include "tst_Parity.moc"
