// SPDX-License-Identifier: Apache-2.0
// Every setting that a run may be given changes what it learns or publishes, and nothing where it should not.
#include "learning/TrainingJob.h"

#include "learning/MemorySamples.h"
#include "learning/TrainingHelpers.h"

#include "learning/Checkpoint_p.h"
#include "learning/Precision_p.h"
#include "learning/TensorState_p.h"

#include <torch/torch.h>

#include <algorithm>
#include <map>

using namespace semigda;
using namespace semigda::learning;
using core::SampleRole;
using test::MemorySamples;
using test::runJob;
using test::smallRequest;

namespace
{

/// The bytes of a run's saved tensors whose names begin so; empty when it cannot be read.
std::string weightsIn(const std::filesystem::path &run, const std::string &prefix)
{
    std::string weights;
    if (const auto state = readSafetensors(run / "state.safetensors")) {
        for (const auto &[name, tensor] : state->tensors) {
            if (name.rfind(prefix, 0) == 0) {
                weights.append(reinterpret_cast<const char *>(tensor.bytes.data()), tensor.bytes.size());
            }
        }
    }
    return weights;
}

} // namespace

class tst_TrainingSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void ablations_takeEffect_data();
    void ablations_takeEffect();
    void settings_takeEffect();
    void severalClasses_haveSettingsOfTheirOwn();
    void imagesWithoutTheClass_areTaughtByTheBatch_data();
    void imagesWithoutTheClass_areTaughtByTheBatch();
    void strokes_areBalancedAsSet_data();
    void strokes_areBalancedAsSet();
    void batchesMadeAhead_areTheSame_data();
    void batchesMadeAhead_areTheSame();
    void supervisedImages_areDistortedAsSet();
    void supervisedPrecision_isAsSet();
    void classThatSaysLargest_isTakenAtItsWord();
    void withoutValidation_branchesCountAsSet();
    void images_areTurnedAsTheyShow_data();
    void images_areTurnedAsTheyShow();
    void alignment_turnsAsAllowed();
    void resumedRun_keepsItsSymmetries();
    void shippedNetworks_startWhatHasOnePiece_data();
    void shippedNetworks_startWhatHasOnePiece();

private:
    test::RunFolders folder;
};

void tst_TrainingSettings::init()
{
    folder.renew();
}

void tst_TrainingSettings::ablations_takeEffect_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<bool>("hasAdapters");
    QTest::addColumn<bool>("keepsLargest");
    QTest::newRow("nothing off") << QString() << true << true;
    QTest::newRow("adapters off") << QStringLiteral("skip_adapters") << false << true;
    QTest::newRow("likeliest component off") << QStringLiteral("likeliest_component") << true << true;
    QTest::newRow("largest component off") << QStringLiteral("largest_component") << true << false;
}

void tst_TrainingSettings::ablations_takeEffect()
{
    QFETCH(QString, setting);
    QFETCH(bool, hasAdapters);
    QFETCH(bool, keepsLargest);
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 4);
    core::TrainingRequest request = smallRequest("semigda");
    request.overrides["shipped_networks"] = "0"; // their adapters have learned already
    if (!setting.isEmpty()) {
        request.overrides[setting.toStdString()] = "0";
    }
    auto job = TrainingJob::create(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    QVERIFY(runJob(**job).error.empty());
    TensorFile tensors;
    const auto published = readPublished(folder("run"), tensors);
    QVERIFY_RESULT(published);
    QCOMPARE(!published->rules.largestOnly.empty(), keepsLargest);
    QCOMPARE(!published->rules.likeliestOnly.empty(), keepsLargest && setting != QStringLiteral("likeliest_component"));
    // Adapters begin at zero, as a pass-through, and only what is used learns.
    int adapters = 0;
    for (const auto &[name, tensor] : tensors.tensors) {
        if (name.find("Jump_") != std::string::npos && name.ends_with("conv2.weight")) {
            const bool isZero =
                std::all_of(tensor.bytes.begin(), tensor.bytes.end(), [](std::byte b) { return b == std::byte{0}; });
            QVERIFY2(isZero != hasAdapters, name.c_str());
            ++adapters;
        }
    }
    QCOMPARE(adapters, 6);
}

void tst_TrainingSettings::settings_takeEffect()
{
    std::vector<std::vector<std::string>> cases{{},
                                                {"averaged_teacher"},
                                                {"averaged_teacher", "shared_teacher"},
                                                {"averaged_teacher", "mix_only"},
                                                {"averaged_teacher", "vae_every"},
                                                {"averaged_teacher", "distortion"},
                                                {"weighted_trust"},
                                                {"ignore_unsure"},
                                                {"unlabelled_code"},
                                                {"labelled_distortion"},
                                                {"stretch"}};
    if (hasFastBFloat16(torch::kCPU)) {
        cases.push_back({"mixed_precision"});
    }
    std::map<std::string, std::vector<std::string>> settingsOf; // by the weights they led to
    for (const std::vector<std::string> &settings : cases) {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, 4);
        samples->add(SampleRole::Unlabelled, 3);
        samples->add(SampleRole::Validation, 1);
        core::TrainingRequest request = smallRequest("semigda");
        for (const char *setting : {"averaged_teacher", "shared_teacher", "weighted_trust", "ignore_unsure", "mix_only",
                                    "unlabelled_code", "distortion", "labelled_distortion", "mixed_precision"}) {
            request.overrides[setting] = "0";
        }
        request.overrides["vae_every"] = "1";
        for (const std::string &setting : settings) {
            request.overrides[setting] = setting == "stretch" ? "0.01" : setting == "vae_every" ? "2" : "1";
        }
        const auto run = folder(("with " + std::to_string(settingsOf.size())).c_str());
        auto job = TrainingJob::create(request, samples, run);
        QVERIFY_RESULT(job);
        QVERIFY(runJob(**job).error.empty());
        const std::string weights = weightsIn(run, "resnet.");
        QVERIFY(!weights.empty());
        QVERIFY2(!settingsOf.contains(weights), settings.empty() ? "" : settings.back().c_str());
        settingsOf[weights] = settings;
    }
}

void tst_TrainingSettings::severalClasses_haveSettingsOfTheirOwn()
{
    std::map<std::string, std::string> settingOf; // by the weights it led to
    for (const std::string setting : {"", "class_entropy_weight", "spread_colours"}) {
        auto samples = std::make_shared<MemorySamples>(2);
        samples->add(SampleRole::Labelled, 2);
        core::TrainingRequest request = smallRequest("semigda");
        request.overrides["prior_steps"] = "1";
        if (!setting.empty()) {
            request.overrides[setting] = "0"; // both are on by default
        }
        const auto run = folder(("without " + setting).c_str());
        auto job = TrainingJob::create(request, samples, run);
        QVERIFY_RESULT(job);
        QVERIFY(runJob(**job).error.empty());
        const std::string weights = weightsIn(run, "resnet.");
        QVERIFY(!weights.empty());
        QVERIFY2(!settingOf.contains(weights), setting.c_str());
        settingOf[weights] = setting;
        // Starts at zero: that it moved shows that the mapping model is given the prior's feature.
        const std::string feature = weightsIn(run, "mapping_model.feature_blocks.weight");
        QVERIFY(!feature.empty() && feature != std::string(feature.size(), '\0'));
    }
}

void tst_TrainingSettings::imagesWithoutTheClass_areTaughtByTheBatch_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("lacks");
    QTest::newRow("SemiGDA, one lacks it") << "semigda" << true;
    QTest::newRow("SemiGDA, all have it") << "semigda" << false;
    QTest::newRow("U-Net, one lacks it") << "supervised" << true;
    QTest::newRow("U-Net, all have it") << "supervised" << false;
}

void tst_TrainingSettings::imagesWithoutTheClass_areTaughtByTheBatch()
{
    QFETCH(QString, method);
    QFETCH(bool, lacks);
    std::vector<std::string> weights;
    for (const char *setting : {"1", "0"}) {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, 2);
        if (lacks) {
            samples->lacking.insert(samples->items.front().id);
        }
        core::TrainingRequest request = smallRequest(method.toStdString());
        request.overrides["prior_steps"] = "1";
        request.overrides["batch_dice"] = setting;
        const auto run = folder((std::string("batch ") + setting).c_str());
        auto job = TrainingJob::create(request, samples, run);
        QVERIFY_RESULT(job);
        QVERIFY(runJob(**job).error.empty());
        weights.push_back(weightsIn(run, method == QStringLiteral("semigda") ? "resnet." : "unet."));
        QVERIFY(!weights.back().empty());
        TensorFile tensors;
        const auto published = readPublished(run, tensors);
        QVERIFY_RESULT(published);
        QVERIFY(published->rules.absentShares == std::vector<double>{lacks ? 0.5 : 0.25});
    }
    QCOMPARE(weights[0] != weights[1], lacks);
}

void tst_TrainingSettings::strokes_areBalancedAsSet_data()
{
    QTest::addColumn<int>("labelled");
    QTest::addColumn<int>("partial");
    QTest::addColumn<bool>("changes");
    QTest::newRow("strokes") << 0 << 3 << true;
    QTest::newRow("masks") << 3 << 0 << false;
}

void tst_TrainingSettings::strokes_areBalancedAsSet()
{
    QFETCH(int, labelled);
    QFETCH(int, partial);
    QFETCH(bool, changes);
    std::vector<std::string> weights;
    for (const char *value : {"0", "1"}) {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, labelled);
        samples->add(SampleRole::Partial, partial);
        core::TrainingRequest request = smallRequest("semigda");
        request.overrides["balance_strokes"] = value;
        request.overrides["balance_dice"] = "0"; // networks of a few steps get little right
        auto job = TrainingJob::create(request, samples, folder(value));
        QVERIFY_RESULT(job);
        QVERIFY(runJob(**job).error.empty());
        weights.push_back(weightsIn(folder(value), "resnet."));
    }
    QVERIFY(!weights[0].empty());
    QCOMPARE(weights[0] != weights[1], changes);
}

void tst_TrainingSettings::batchesMadeAhead_areTheSame_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("hasTeacher");
    QTest::newRow("semigda") << "semigda" << true;
    QTest::newRow("semigda, as in the paper") << "semigda" << false;
    QTest::newRow("supervised") << "supervised" << false;
}

void tst_TrainingSettings::batchesMadeAhead_areTheSame()
{
    QFETCH(QString, method);
    QFETCH(bool, hasTeacher);
    std::vector<std::string> weights;
    for (const char *ahead : {"0", "2"}) {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, 3);
        samples->add(SampleRole::Partial, 1);
        samples->add(SampleRole::Unlabelled, 3);
        core::TrainingRequest request = smallRequest(method.toStdString());
        request.overrides["averaged_teacher"] = hasTeacher ? "1" : "0";
        request.overrides["unlabelled_start"] = "0.3"; // what is drawn changes on the way
        request.overrides["prepare_ahead"] = ahead;
        auto job = TrainingJob::create(request, samples, folder(ahead));
        QVERIFY_RESULT(job);
        runJob(**job, 1'000'000, method == QStringLiteral("semigda") ? 11 : 3);
        // And so does the project: the batch that was begun had the mask of before.
        samples->items[0].sequence = 2;
        samples->lacking.insert(samples->items[0].id);
        QVERIFY(runJob(**job).error.empty());
        weights.push_back(weightsIn(folder(ahead), method == QStringLiteral("semigda") ? "resnet." : "unet."));
    }
    QVERIFY(!weights[0].empty());
    QVERIFY(weights[0] == weights[1]);
}

void tst_TrainingSettings::supervisedImages_areDistortedAsSet()
{
    std::vector<std::string> weights;
    for (const char *setting : {"0", "0.5", "0.5", "1"}) {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, 2);
        core::TrainingRequest request = smallRequest("supervised");
        request.overrides["labelled_distortion"] = setting;
        const auto run = folder(std::to_string(weights.size()).c_str());
        auto job = TrainingJob::create(request, samples, run);
        QVERIFY_RESULT(job);
        // What others draw from torch's generator meanwhile must not matter.
        torch::manual_seed(weights.size());
        QVERIFY(runJob(**job).error.empty());
        weights.push_back(weightsIn(run, "unet."));
        QVERIFY(!weights.back().empty());
    }
    QVERIFY(weights[0] != weights[1]);
    QVERIFY(weights[1] == weights[2]);
    QVERIFY(weights[2] != weights[3]);
}

void tst_TrainingSettings::supervisedPrecision_isAsSet()
{
    std::vector<std::string> weights;
    for (const char *setting : {"0", "1", ""}) {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, 2);
        core::TrainingRequest request = smallRequest("supervised");
        if (*setting != 0) {
            request.overrides["mixed_precision"] = setting;
        }
        const auto run = folder(std::to_string(weights.size()).c_str());
        auto job = TrainingJob::create(request, samples, run);
        QVERIFY_RESULT(job);
        QVERIFY(runJob(**job).error.empty());
        weights.push_back(weightsIn(run, "unet."));
        QVERIFY(!weights.back().empty());
    }
    // Where the processor has nothing to gain, all of it is float32.
    QCOMPARE(weights[0] != weights[1], hasFastBFloat16(torch::kCPU));
    QVERIFY(weights[1] == weights[2]);
}

void tst_TrainingSettings::classThatSaysLargest_isTakenAtItsWord()
{
    auto samples = std::make_shared<MemorySamples>(2);
    samples->add(SampleRole::Labelled, 4);
    core::LabelClass blob = samples->classSet.classes().front();
    blob.components = core::ComponentRule::LargestOnly;
    QVERIFY(samples->classSet.replace(blob).has_value());
    auto job = TrainingJob::create(smallRequest("supervised"), samples, folder("run"));
    QVERIFY_RESULT(job);
    QVERIFY(runJob(**job).error.empty());
    TensorFile tensors;
    const auto published = readPublished(folder("run"), tensors);
    QVERIFY_RESULT(published);
    // The other is seen to have one component, so that the program chooses which.
    QVERIFY((published->rules.largestOnly == std::vector<int>{1, 2}));
    QVERIFY((published->rules.likeliestOnly == std::vector<int>{2}));
}

void tst_TrainingSettings::withoutValidation_branchesCountAsSet()
{
    const auto weightOf = [&](const char *method, const char *setting) {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, 2);
        core::TrainingRequest request = smallRequest(method);
        request.overrides["prior_steps"] = "1";
        if (*setting != 0) {
            request.overrides["vae_weight"] = setting;
        }
        const auto run = folder((std::string(method) + setting).c_str());
        auto job = TrainingJob::create(request, samples, run);
        if (!job || !runJob(**job).error.empty()) {
            return -1.0;
        }
        TensorFile tensors;
        const auto published = readPublished(run, tensors);
        return published ? published->vaeWeight : -2.0;
    };
    QCOMPARE(weightOf("semigda", ""), 0.25);
    QCOMPARE(weightOf("semigda", "0.75"), 0.75);
    QCOMPARE(weightOf("supervised", "0.75"), 0.5); // its views are alike
}

void tst_TrainingSettings::images_areTurnedAsTheyShow_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("classes");
    QTest::addColumn<int>("light");
    QTest::addColumn<int>("symmetries");
    QTest::addColumn<int>("others");
    QTest::newRow("SemiGDA, lit from above") << "semigda" << 2 << 60 << 3 << 255;
    QTest::newRow("SemiGDA, lit evenly") << "semigda" << 2 << 0 << 255 << 1;
    QTest::newRow("U-Net, lit from above") << "supervised" << 2 << 60 << 3 << 1;
    QTest::newRow("U-Net, lit evenly") << "supervised" << 2 << 0 << 255 << 3;
    QTest::newRow("U-Net, one class lit from above") << "supervised" << 1 << 60 << 255 << 3;
}

void tst_TrainingSettings::images_areTurnedAsTheyShow()
{
    QFETCH(QString, method);
    QFETCH(int, classes);
    QFETCH(int, light);
    QFETCH(int, symmetries);
    QFETCH(int, others);
    std::map<int, std::string> weights; // by what was asked for
    for (const int asked : {0, symmetries, others}) {
        auto samples = std::make_shared<MemorySamples>(classes);
        samples->lightFromAbove = light;
        samples->add(SampleRole::Labelled, 4);
        samples->add(SampleRole::Unlabelled, 16);
        core::TrainingRequest request = smallRequest(method.toStdString());
        request.overrides["prior_steps"] = "0";
        request.epochsStage2 = 1;
        request.overrides["symmetries"] = std::to_string(asked);
        const auto run = folder(std::to_string(asked).c_str());
        auto job = TrainingJob::create(request, samples, run);
        QVERIFY_RESULT(job);
        const test::Ended ended = runJob(**job);
        QVERIFY2(ended.error.empty(), ended.error.c_str());
        const int used = asked == 0 ? symmetries : asked;
        const auto config = readConfig(run);
        QVERIFY_RESULT(config);
        QCOMPARE(config->symmetries, used);
        TensorFile tensors;
        const auto published = readPublished(run, tensors);
        QVERIFY_RESULT(published);
        QCOMPARE(published->config.symmetries, used);
        const bool isTold = std::any_of(ended.notices.begin(), ended.notices.end(), [](const std::string &notice) {
            return notice.find("orientation") != std::string::npos;
        });
        QCOMPARE(isTold, asked == 0 && symmetries != 255);
        weights[asked] = weightsIn(run, method == QStringLiteral("semigda") ? "resnet." : "unet.");
        QVERIFY(!weights[asked].empty());
    }
    QVERIFY(weights[0] == weights[symmetries]);
    QVERIFY(weights[0] != weights[others]);
}

void tst_TrainingSettings::shippedNetworks_startWhatHasOnePiece_data()
{
    QTest::addColumn<int>("asked");
    QTest::addColumn<bool>("areInTwo");
    QTest::addColumn<bool>("areStrokes");
    QTest::addColumn<bool>("areTaken");
    QTest::newRow("one piece") << 1 << false << false << true;
    QTest::newRow("two pieces") << 1 << true << false << false;
    QTest::newRow("two pieces, strokes alone") << 1 << true << true << true;
    QTest::newRow("never") << 0 << false << false << false;
    QTest::newRow("always") << 2 << true << false << true;
}

void tst_TrainingSettings::shippedNetworks_startWhatHasOnePiece()
{
    QFETCH(int, asked);
    QFETCH(bool, areInTwo);
    QFETCH(bool, areStrokes);
    QFETCH(bool, areTaken);
    auto samples = std::make_shared<MemorySamples>();
    samples->areInTwo = areInTwo;
    samples->add(areStrokes ? SampleRole::Partial : SampleRole::Labelled, 4);
    core::TrainingRequest request = smallRequest("semigda");
    request.epochsStage1 = 0;
    request.epochsStage2 = 1;
    request.overrides["prior_steps"] = "0";
    request.overrides["adapter_rate"] = "0"; // what is published is what it started from
    request.overrides["weight_decay"] = "0";
    request.overrides["shipped_networks"] = std::to_string(asked);
    auto job = TrainingJob::create(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    const test::Ended ended = runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    const auto config = readConfig(folder("run"));
    QVERIFY_RESULT(config);
    QCOMPARE(config->shippedNetworks != 0, areTaken);
    TensorFile published;
    QVERIFY(readPublished(folder("run"), published).has_value());
    const auto shipped =
        readSafetensors(std::filesystem::path(SEMIGDA_SOURCE_DIR) / "resources/prior/compact.safetensors");
    QVERIFY_RESULT(shipped);
    for (const char *name :
         {"resnet.conv1.weight", "mapping_model.input_blocks.weight", "vae_model.decoder.Jump_vae.0.conv1.weight"}) {
        const torch::Tensor used = fromRaw(published.tensors.at(name));
        QVERIFY2(torch::allclose(used, fromRaw(shipped->tensors.at(name)).to(torch::kFloat32)) == areTaken, name);
    }
}

void tst_TrainingSettings::alignment_turnsAsAllowed()
{
    std::vector<std::string> weights;
    for (const char *symmetries : {"1", "255", "255"}) {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, 2);
        samples->add(SampleRole::Unlabelled, 2);
        core::TrainingRequest request = smallRequest("semigda");
        request.overrides["prior_steps"] = "0";
        request.overrides["symmetries"] = symmetries;
        const auto run = folder(std::to_string(weights.size()).c_str());
        auto job = TrainingJob::create(request, samples, run);
        QVERIFY_RESULT(job);
        const test::Ended ended = runJob(**job, 1'000'000, 2);
        QVERIFY2(ended.error.empty(), ended.error.c_str());
        QVERIFY(ended.progress.phase == core::TrainingPhase::Alignment);
        QVERIFY_RESULT((*job)->saveState());
        weights.push_back(weightsIn(run, "resnet."));
        QVERIFY(!weights.back().empty());
    }
    QVERIFY(weights[0] != weights[1]);
    QVERIFY(weights[1] == weights[2]);
}

void tst_TrainingSettings::resumedRun_keepsItsSymmetries()
{
    auto samples = std::make_shared<MemorySamples>(2);
    samples->lightFromAbove = 60;
    samples->add(SampleRole::Labelled, 4);
    samples->add(SampleRole::Unlabelled, 16);
    core::TrainingRequest request = smallRequest("supervised");
    {
        auto job = TrainingJob::create(request, samples, folder("run"));
        QVERIFY_RESULT(job);
        QVERIFY(runJob(**job, 1'000'000, 2).error.empty());
        QVERIFY_RESULT((*job)->saveState());
    }
    // Other images have joined meanwhile, in which no one could see it any more.
    samples->lightFromAbove = 0;
    auto job = TrainingJob::resume(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    QVERIFY(runJob(**job).error.empty());
    const auto config = readConfig(folder("run"));
    QVERIFY_RESULT(config);
    QCOMPARE(config->symmetries, 3);
}

QTEST_GUILESS_MAIN(tst_TrainingSettings)
#include "tst_TrainingSettings.moc"
