// SPDX-License-Identifier: Apache-2.0
// The starting weights that are part of the program: whole, used by default, and good at what they are for.
#include "MemorySamples.h"
#include "learning/ClassCodes_p.h"
#include "learning/Inference_p.h"
#include "learning/Learner_p.h"
#include "learning/PriorScenes_p.h"
#include "learning/Safetensors.h"
#include "learning/ShippedPrior_p.h"
#include "learning/StartingWeights_p.h"
#include "learning/TensorState_p.h"

#include <QtTest/QTest>

#include <fstream>
#include <iterator>

using namespace semigda;
using namespace semigda::learning;

namespace
{

std::filesystem::path sourceFile()
{
    return std::filesystem::path(SEMIGDA_SOURCE_DIR) / "resources" / "prior" / "compact.safetensors";
}

} // namespace

class tst_ShippedPrior : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytes_areThoseOfTheFile();
    void everyRunStartsFromIt_data();
    void everyRunStartsFromIt();
    void masks_surviveEncoding();
};

void tst_ShippedPrior::bytes_areThoseOfTheFile()
{
    std::ifstream stream(sourceFile(), std::ios::binary);
    const std::string expected{std::istreambuf_iterator<char>(stream), {}};
    const auto bytes = shippedPrior();
    QVERIFY(!expected.empty());
    QVERIFY(std::string(reinterpret_cast<const char *>(bytes.data()), bytes.size()) == expected);
    QVERIFY2(bytes.size() <= 10U << 20, "at most 10 MB");
}

void tst_ShippedPrior::everyRunStartsFromIt_data()
{
    QTest::addColumn<QString>("switchedOff");
    QTest::addColumn<bool>("hasPrior");
    QTest::addColumn<bool>("hasNetworks");
    QTest::newRow("by default") << QString() << true << true;
    QTest::newRow("the prior alone") << QStringLiteral("shipped_networks") << true << false;
    QTest::newRow("not when switched off") << QStringLiteral("shipped_prior") << false << false;
}

void tst_ShippedPrior::everyRunStartsFromIt()
{
    QFETCH(QString, switchedOff);
    QFETCH(bool, hasPrior);
    QFETCH(bool, hasNetworks);
    core::TrainingRequest request;
    request.device = "cpu";
    if (!switchedOff.isEmpty()) {
        request.overrides[switchedOff.toStdString()] = "0";
    }
    const auto config = TrainingConfig::fromRequest(request);
    QVERIFY(config.has_value());
    auto learner = makeLearner(*config, 1, torch::kCPU);
    QVERIFY2(learner.has_value(), learner ? "" : learner.error().message.english().c_str());
    if (config->shippedNetworks != NoShippedNetworks) {
        QVERIFY((*learner)->takeShippedNetworks().has_value());
    }
    TensorFile stored;
    (*learner)->store(stored);
    const auto file = readSafetensors(sourceFile());
    QVERIFY(file.has_value());
    std::array<int, 2> same{};
    std::array<int, 2> all{};
    for (const auto &[name, tensor] : file->tensors) {
        const auto found = stored.tensors.find(name);
        QVERIFY2(found != stored.tensors.end(), name.c_str());
        const bool isPrior = name.starts_with("vae_model.") && name.find("Jump_") == std::string::npos;
        same[isPrior] += torch::equal(fromRaw(found->second).to(torch::kFloat32), fromRaw(tensor).to(torch::kFloat32));
        ++all[isPrior];
    }
    QVERIFY(all[0] > 0 && all[1] > 0);
    QCOMPARE(same[1] == all[1], hasPrior);
    QCOMPARE(same[0] == all[0], hasNetworks);
}

void tst_ShippedPrior::masks_surviveEncoding()
{
    torch::NoGradGuard noGrad;
    SemiGdaNetworks networks(NetworkShape::compact());
    const auto loaded = loadShippedWeights(networks, ShippedPart::Prior);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.english().c_str());
    networks->eval();
    const ClassColours colours = classColours(1);
    double sum = 0.0;
    int count = 0;
    for (std::uint64_t i = 0; i < 12; ++i) {
        StepRandom random(12345, 0, i); // a seed it never trained on
        const torch::Tensor labels = makePriorScene(128, 1, random).labels.unsqueeze(0);
        const torch::Tensor moments = networks->prior->encode(encodeClasses(labels, colours)).moments;
        const torch::Tensor decoded = networks->prior->decode(moments.narrow(1, 0, networks->shape().latentChannels));
        const torch::Tensor found = oneHot(toIndices(decodeProbabilities(decoded, colours)), 1);
        sum += diceScores(found, oneHot(labels, 1)).front();
        ++count;
    }
    QVERIFY2(sum / count > 0.85, qPrintable(QString::number(sum / count)));
}

QTEST_GUILESS_MAIN(tst_ShippedPrior)
#include "tst_ShippedPrior.moc"
