// SPDX-License-Identifier: Apache-2.0
// The training of all networks on scenes and masks: what it refuses, what it writes, what starts from it.
#include "MemorySamples.h"
#include "TrainingHelpers.h"
#include "learning/NetworkPretraining.h"
#include "learning/PriorTraining.h"
#include "learning/Safetensors.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest/QTest>

#include <fstream>
#include <set>

using namespace semigda;
using namespace semigda::learning;

class tst_NetworkPretraining : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void scenesAndPictures_trainAllNetworks();
    void sameSeed_writesTheSameWeights();
    void masks_changeWhatIsLearned();
    void allClasses_countAsOne();
    void nothingPublished_writesNothing();
    void tooFewImages_areRefused();
    void otherSizes_areRefused();
    void wrongOptions_areRefused_data();
    void wrongOptions_areRefused();

private:
    NetworkPretrainingOptions options(const char *run = "run") const
    {
        NetworkPretrainingOptions made;
        made.epochs = 1;
        made.scenes = 56;
        made.imageSize = 32;
        made.device = "cpu";
        made.seed = 4;
        made.prior = m_prior;
        made.runFolder = file(run);
        std::filesystem::create_directories(made.runFolder);
        return made;
    }
    std::filesystem::path file(const char *name) const
    {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }
    static std::string run(NetworkPretraining &training)
    {
        while (true) {
            const auto outcome = training.step();
            if (!outcome) {
                return outcome.error().message.english();
            }
            if (*outcome == StepOutcome::Finished) {
                return {};
            }
        }
    }

    QTemporaryDir m_shared;
    std::filesystem::path m_prior;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_NetworkPretraining::initTestCase()
{
    QVERIFY(m_shared.isValid());
    m_prior = m_shared.filePath(QStringLiteral("prior.safetensors")).toStdString();
    PriorTrainingOptions prior;
    prior.steps = 2;
    prior.imageSize = 32;
    prior.batch = 4;
    prior.device = "cpu";
    auto training = PriorTraining::create(prior);
    QVERIFY_RESULT(training);
    while (*(*training)->step() != StepOutcome::Finished) {
    }
    QVERIFY_RESULT((*training)->write(m_prior, "the prior's command"));
}

void tst_NetworkPretraining::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void tst_NetworkPretraining::scenesAndPictures_trainAllNetworks()
{
    NetworkPretrainingOptions wanted = options();
    wanted.epochs = 2;
    auto training = NetworkPretraining::create(wanted);
    QVERIFY_RESULT(training);
    test::MemorySamples pictures(2);
    pictures.add(core::SampleRole::Labelled, 3);
    for (const auto &item : pictures.items) {
        const auto added = (*training)->addPicture(*pictures.image(item.id), *pictures.mask(item.id));
        QVERIFY_RESULT(added);
    }
    QCOMPARE((*training)->pictureCount(), std::size_t{3});
    QCOMPARE(run(**training), std::string());
    QCOMPARE((*training)->progress().phase, core::TrainingPhase::Finished);
    // One of fifty validates: 58 train, in batches of 16 and 8.
    QCOMPARE((*training)->progress().labelled, std::size_t{58});
    QCOMPARE((*training)->progress().step, std::int64_t{4 + 2 * 8});
    QVERIFY_RESULT((*training)->write(file("start.safetensors"), "the command"));

    const auto start = readSafetensors(file("start.safetensors"));
    QVERIFY_RESULT(start);
    for (const char *name : {"vae_model.encoder.conv_in.weight", "resnet.conv1.weight",
                             "mapping_model.input_blocks.weight", "vae_model.decoder.Jump_cnn.0.conv1.weight"}) {
        QVERIFY2(start->tensors.contains(name), name);
        QVERIFY2(start->tensors.at(name).type == TensorType::Float16, name);
    }
    std::ifstream stream(file("start.json"));
    const auto json = nlohmann::json::parse(stream);
    QCOMPARE(json.at("command").get<std::string>(), std::string("the prior's command"));
    QCOMPARE(json.at("networks").at("command").get<std::string>(), std::string("the command"));
    QCOMPARE(json.at("networks").at("pictures_with_masks").get<int>(), 3);
    std::set<std::string> curves;
    for (const auto &point : json.at("networks").at("curve")) {
        curves.insert(point.at(1).get<std::string>());
    }
    QCOMPARE(curves, (std::set<std::string>{"loss", "validation_dice", "validation_dice_vae", "validation_dice_cnn"}));

    auto samples = std::make_shared<test::MemorySamples>();
    samples->add(core::SampleRole::Labelled, 3);
    core::TrainingRequest request;
    request.device = "cpu";
    request.imageSize = 32;
    request.priorFile = file("start.safetensors").string();
    request.epochsStage1 = 1;
    request.epochsStage2 = 1;
    request.overrides["prior_steps"] = "1";
    std::filesystem::create_directories(file("fresh"));
    auto job = TrainingJob::create(request, samples, file("fresh"));
    QVERIFY_RESULT(job);
    const test::Ended ended = test::runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
}

void tst_NetworkPretraining::sameSeed_writesTheSameWeights()
{
    for (const char *name : {"a", "b"}) {
        auto training = NetworkPretraining::create(options(name));
        QVERIFY_RESULT(training);
        QCOMPARE(run(**training), std::string());
        QVERIFY_RESULT((*training)->write(file((std::string(name) + ".safetensors").c_str()), ""));
    }
    const auto a = readSafetensors(file("a.safetensors"));
    const auto b = readSafetensors(file("b.safetensors"));
    QVERIFY_RESULT(a);
    QVERIFY_RESULT(b);
    QCOMPARE(a->tensors.size(), b->tensors.size());
    for (const auto &[name, tensor] : a->tensors) {
        QVERIFY2(tensor.bytes == b->tensors.at(name).bytes, name.c_str());
    }
}

void tst_NetworkPretraining::masks_changeWhatIsLearned()
{
    test::MemorySamples pictures;
    pictures.add(core::SampleRole::Labelled, 60);
    for (const bool isEmpty : {false, true}) {
        const char *name = isEmpty ? "empty" : "true";
        NetworkPretrainingOptions wanted = options(name);
        wanted.scenes = 0;
        auto training = NetworkPretraining::create(wanted);
        QVERIFY_RESULT(training);
        for (const auto &item : pictures.items) {
            const auto picture = pictures.image(item.id);
            const core::LabelMask nothing(picture->width, picture->height, core::Background);
            const auto added = (*training)->addPicture(*picture, isEmpty ? nothing : *pictures.mask(item.id));
            QVERIFY_RESULT(added);
        }
        QCOMPARE(run(**training), std::string());
        QVERIFY_RESULT((*training)->write(file((std::string(name) + ".safetensors").c_str()), ""));
    }
    const auto with = readSafetensors(file("true.safetensors"));
    const auto without = readSafetensors(file("empty.safetensors"));
    QVERIFY_RESULT(with);
    QVERIFY_RESULT(without);
    QVERIFY(with->tensors.at("resnet.conv1.weight").bytes != without->tensors.at("resnet.conv1.weight").bytes);
}

void tst_NetworkPretraining::allClasses_countAsOne()
{
    test::MemorySamples pictures;
    pictures.add(core::SampleRole::Labelled, 60);
    std::vector<std::vector<std::byte>> weights;
    for (const core::LabelValue value : {1, 5}) {
        const std::string name = std::to_string(value);
        NetworkPretrainingOptions wanted = options(name.c_str());
        wanted.scenes = 0;
        auto training = NetworkPretraining::create(wanted);
        QVERIFY_RESULT(training);
        for (const auto &item : pictures.items) {
            const core::LabelMask mask = core::replaceValue(*pictures.mask(item.id), 1, value);
            const auto added = (*training)->addPicture(*pictures.image(item.id), mask);
            QVERIFY_RESULT(added);
        }
        QCOMPARE(run(**training), std::string());
        QVERIFY_RESULT((*training)->write(file((name + ".safetensors").c_str()), ""));
        const auto start = readSafetensors(file((name + ".safetensors").c_str()));
        QVERIFY_RESULT(start);
        weights.push_back(start->tensors.at("resnet.conv1.weight").bytes);
    }
    QVERIFY(weights[0] == weights[1]);
}

void tst_NetworkPretraining::nothingPublished_writesNothing()
{
    auto training = NetworkPretraining::create(options());
    QVERIFY_RESULT(training);
    QVERIFY((*training)->step().has_value());
    const auto written = (*training)->write(file("start.safetensors"), "");
    QVERIFY(!written.has_value());
    QCOMPARE(written.error().code, core::ErrorCode::NotFound);
    QVERIFY(!std::filesystem::exists(file("start.safetensors")));
}

void tst_NetworkPretraining::tooFewImages_areRefused()
{
    NetworkPretrainingOptions few = options();
    few.scenes = 49;
    auto training = NetworkPretraining::create(few);
    QVERIFY_RESULT(training);
    const auto outcome = (*training)->step();
    QVERIFY(!outcome.has_value());
    QVERIFY(outcome.error().message.english().find("50") != std::string::npos);
    QVERIFY(outcome.error().message.english().ends_with('.'));
}

void tst_NetworkPretraining::otherSizes_areRefused()
{
    auto training = NetworkPretraining::create(options());
    QVERIFY_RESULT(training);
    test::MemorySamples pictures;
    const core::ImageId id = pictures.add(core::SampleRole::Labelled);
    QVERIFY(!(*training)->addPicture(*pictures.image(id), core::LabelMask(7, 7)).has_value());
    QVERIFY(!(*training)->addPicture(core::ImageData(), core::LabelMask()).has_value());
    QCOMPARE((*training)->pictureCount(), std::size_t{0});
}

void tst_NetworkPretraining::wrongOptions_areRefused_data()
{
    QTest::addColumn<int>("epochs");
    QTest::addColumn<int>("scenes");
    QTest::newRow("no epoch") << 0 << 100;
    QTest::newRow("too many epochs") << 10001 << 100;
    QTest::newRow("fewer than no scenes") << 1 << -1;
    QTest::newRow("too many scenes") << 1 << 100001;
}

void tst_NetworkPretraining::wrongOptions_areRefused()
{
    QFETCH(int, epochs);
    QFETCH(int, scenes);
    NetworkPretrainingOptions wrong = options();
    wrong.epochs = epochs;
    wrong.scenes = scenes;
    const auto training = NetworkPretraining::create(wrong);
    QVERIFY(!training.has_value());
    QVERIFY(training.error().message.english().ends_with('.'));
}

QTEST_GUILESS_MAIN(tst_NetworkPretraining)
#include "tst_NetworkPretraining.moc"
