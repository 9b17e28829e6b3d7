// SPDX-License-Identifier: Apache-2.0
// The prior's own training: scenes, determinism, what it learns, what it writes.
#include "MemorySamples.h"
#include "TrainingHelpers.h"
#include "learning/PriorScenes_p.h"
#include "learning/PriorTraining.h"
#include "learning/Safetensors.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest/QTest>

using namespace semigda;
using namespace semigda::learning;

namespace
{

PriorTrainingOptions smallOptions(std::int64_t steps)
{
    PriorTrainingOptions options;
    options.steps = steps;
    options.imageSize = 32;
    options.batch = 4;
    options.seed = 3;
    options.device = "cpu";
    return options;
}

std::string run(PriorTraining &training)
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

} // namespace

class tst_PriorTraining : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void scenes_areRepeatableAndInRange();
    void scenes_showEveryClassAndLayout();
    void varied_picturesStayInRange();
    void error_falls();
    void sameSeed_writesTheSameWeights();
    void pictures_changeWhatIsLearned();
    void written_weightsStartATraining();
    void wrong_optionsAreRefused_data();
    void wrong_optionsAreRefused();

private:
    std::filesystem::path file(const char *name) const
    {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_PriorTraining::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void tst_PriorTraining::scenes_areRepeatableAndInRange()
{
    for (std::uint64_t i = 0; i < 60; ++i) {
        StepRandom first(9, 0, i);
        StepRandom second(9, 0, i);
        torch::manual_seed(i + 1); // must not matter
        const PriorScene a = makePriorScene(32, 3, first);
        const PriorScene b = makePriorScene(32, 3, second);
        QVERIFY(torch::equal(a.image, b.image) && torch::equal(a.labels, b.labels));
        QCOMPARE(a.image.sizes().vec(), (std::vector<std::int64_t>{3, 32, 32}));
        QCOMPARE(a.labels.sizes().vec(), (std::vector<std::int64_t>{32, 32}));
        QVERIFY(a.image.isfinite().all().item<bool>());
        QVERIFY(a.image.min().item<float>() >= -1.0F && a.image.max().item<float>() <= 1.0F);
        QVERIFY(a.labels.min().item<std::int64_t>() >= 0 && a.labels.max().item<std::int64_t>() <= 3);
    }
}

void tst_PriorTraining::scenes_showEveryClassAndLayout()
{
    std::set<std::int64_t> seen;
    int many = 0;
    int withoutBackground = 0;
    for (std::uint64_t i = 0; i < 100; ++i) {
        StepRandom random(4, 0, i);
        const PriorScene scene = makePriorScene(32, 4, random);
        const auto values = std::get<0>(at::_unique(scene.labels));
        for (std::int64_t n = 0; n < values.numel(); ++n) {
            seen.insert(values[n].item<std::int64_t>());
        }
        const double share = (scene.labels > 0).to(torch::kFloat32).mean().item<double>();
        many += share > 0.02 && share < 0.7;
        withoutBackground += share == 1.0;
        // What cannot be seen cannot be learned: a picture without contrast would teach nothing.
        QVERIFY(scene.image.std().item<double>() > 1e-3);
    }
    QCOMPARE(seen, (std::set<std::int64_t>{0, 1, 2, 3, 4}));
    QVERIFY(many > 50);
    QVERIFY(withoutBackground < 10);
}

void tst_PriorTraining::varied_picturesStayInRange()
{
    StepRandom random(5, 0, 0);
    const torch::Tensor picture = torch::linspace(-1.0, 1.0, 3 * 48 * 40).view({3, 48, 40});
    torch::Tensor before;
    for (int i = 0; i < 20; ++i) {
        const torch::Tensor varied = varyPicture(picture, 32, random);
        QCOMPARE(varied.sizes().vec(), (std::vector<std::int64_t>{3, 32, 32}));
        QVERIFY(varied.abs().max().item<float>() <= 1.0F);
        QVERIFY(!before.defined() || !torch::equal(before, varied));
        before = varied;
    }
}

void tst_PriorTraining::error_falls()
{
    auto training = PriorTraining::create(smallOptions(110));
    QVERIFY_RESULT(training);
    double first = 0.0;
    while (true) {
        const auto outcome = (*training)->step();
        QVERIFY_RESULT(outcome);
        if ((*training)->progress().step == 50) {
            first = (*training)->progress().maskError;
        }
        if (*outcome == StepOutcome::Finished) {
            break;
        }
    }
    QCOMPARE((*training)->progress().step, std::int64_t{110});
    QCOMPARE((*training)->progress().fraction, 1.0);
    QVERIFY2((*training)->progress().maskError < 0.8 * first,
             qPrintable(QStringLiteral("%1 to %2").arg(first).arg((*training)->progress().maskError)));
}

void tst_PriorTraining::sameSeed_writesTheSameWeights()
{
    for (const char *name : {"a.safetensors", "b.safetensors"}) {
        auto training = PriorTraining::create(smallOptions(4));
        QVERIFY_RESULT(training);
        QCOMPARE(run(**training), std::string());
        QVERIFY_RESULT((*training)->write(file(name), "the command"));
    }
    const auto a = readSafetensors(file("a.safetensors"));
    const auto b = readSafetensors(file("b.safetensors"));
    QVERIFY_RESULT(a);
    QVERIFY_RESULT(b);
    QVERIFY(a->tensors.contains("encoder.conv_in.weight"));
    QVERIFY(a->tensors.at("encoder.conv_in.weight").type == TensorType::Float16);
    QCOMPARE(a->tensors.size(), b->tensors.size());
    for (const auto &[name, tensor] : a->tensors) {
        QVERIFY2(tensor.bytes == b->tensors.at(name).bytes, name.c_str());
    }
    std::ifstream stream(file("a.json"));
    const auto json = nlohmann::json::parse(stream);
    QCOMPARE(json.at("command").get<std::string>(), std::string("the command"));
    QCOMPARE(json.at("seed").get<int>(), 3);
    QCOMPARE(json.at("steps").get<int>(), 4);
    QVERIFY(!json.at("curve").empty());
    const double dice = json.at("mask_dice").get<double>();
    QVERIFY(dice >= 0.0 && dice <= 1.0);
}

void tst_PriorTraining::pictures_changeWhatIsLearned()
{
    test::MemorySamples samples;
    const core::ImageId id = samples.add(core::SampleRole::Labelled);
    for (const bool hasPictures : {false, true}) {
        auto training = PriorTraining::create(smallOptions(4));
        QVERIFY_RESULT(training);
        if (hasPictures) {
            const auto added = (*training)->addPicture(*samples.image(id));
            QVERIFY_RESULT(added);
            QVERIFY(!(*training)->addPicture(core::ImageData()).has_value());
        }
        QCOMPARE((*training)->pictureCount(), hasPictures ? 1U : 0U);
        QCOMPARE(run(**training), std::string());
        QVERIFY_RESULT((*training)->write(file(hasPictures ? "with.safetensors" : "without.safetensors"), ""));
    }
    const auto with = readSafetensors(file("with.safetensors"));
    const auto without = readSafetensors(file("without.safetensors"));
    QVERIFY(with->tensors.at("encoder.conv_in.weight").bytes != without->tensors.at("encoder.conv_in.weight").bytes);
}

void tst_PriorTraining::written_weightsStartATraining()
{
    auto training = PriorTraining::create(smallOptions(2));
    QVERIFY_RESULT(training);
    QCOMPARE(run(**training), std::string());
    QVERIFY_RESULT((*training)->write(file("prior.safetensors"), ""));
    auto samples = std::make_shared<test::MemorySamples>();
    samples->add(core::SampleRole::Labelled, 3);
    core::TrainingRequest request = test::smallRequest("semigda");
    request.priorFile = file("prior.safetensors").string();
    auto job = TrainingJob::create(request, samples, file("run"));
    QVERIFY_RESULT(job);
    const test::Ended ended = test::runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
}

void tst_PriorTraining::wrong_optionsAreRefused_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"size", "batch", "minutes", "device"}) {
        QTest::newRow(what) << QString::fromLatin1(what);
    }
}

void tst_PriorTraining::wrong_optionsAreRefused()
{
    QFETCH(QString, what);
    PriorTrainingOptions options = smallOptions(1);
    if (what == QStringLiteral("size")) {
        options.imageSize = 36;
    } else if (what == QStringLiteral("batch")) {
        options.batch = 1;
    } else if (what == QStringLiteral("minutes")) {
        options.steps = 0;
        options.minutes = 0.0;
    } else {
        options.device = "abacus";
    }
    const auto training = PriorTraining::create(options);
    QVERIFY(!training.has_value());
    QVERIFY(training.error().message.english().ends_with('.'));
}

QTEST_GUILESS_MAIN(tst_PriorTraining)
#include "tst_PriorTraining.moc"
