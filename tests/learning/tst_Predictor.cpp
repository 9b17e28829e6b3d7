// SPDX-License-Identifier: Apache-2.0
#include "learning/Predictor.h"

#include "core/ConnectedComponents.h"
#include "core/SegmentationMetrics.h"
#include "learning/MemorySamples.h"
#include "learning/TrainingHelpers.h"

#include <QtCore/QTemporaryDir>

#include <algorithm>
#include <fstream>

using namespace semigda;
using namespace semigda::learning;
using core::SampleRole;
using test::MemorySamples;

class tst_Predictor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void trainedModel_findsTheBlobs_data();
    void trainedModel_findsTheBlobs();
    void anySize_anyDepth_isPredicted();
    void darkImages_arePredictedLikeBrightOnes_data() { trainedModel_findsTheBlobs_data(); }
    void darkImages_arePredictedLikeBrightOnes();
    void batches_doNotChangeResults();
    void scores_areInRange();
    void samplesOfTheLatent_tellTheirVariance();
    void missingAndBrokenModels_areExplained();

private:
    std::filesystem::path folder(const QString &name) const { return m_folder.filePath(name).toStdString(); }
    QTemporaryDir m_folder;
    std::shared_ptr<MemorySamples> m_samples;
};

void tst_Predictor::initTestCase()
{
    m_samples = std::make_shared<MemorySamples>(2);
    m_samples->add(SampleRole::Labelled, 6);
    m_samples->add(SampleRole::Unlabelled, 6);
    m_samples->add(SampleRole::Validation, 3);
    for (const char *method : {"semigda", "supervised"}) {
        core::TrainingRequest request = test::smallRequest(method);
        request.epochsStage1 = 40;
        request.epochsStage2 = 40;
        request.overrides["prior_steps"] = "100";
        request.overrides["validation_steps"] = "30";
        request.overrides["average_decay"] = "0.9";
        request.overrides["mixing_start"] = "1";
        auto job = TrainingJob::create(request, m_samples, folder(QString::fromLatin1(method)));
        QVERIFY_RESULT(job);
        const auto ended = test::runJob(**job);
        QVERIFY2(ended.error.empty(), ended.error.c_str());
    }
}

void tst_Predictor::trainedModel_findsTheBlobs_data()
{
    QTest::addColumn<QString>("method");
    QTest::newRow("semigda") << QStringLiteral("semigda");
    QTest::newRow("supervised") << QStringLiteral("supervised");
}

void tst_Predictor::trainedModel_findsTheBlobs()
{
    QFETCH(QString, method);
    auto predictor = Predictor::load(folder(method), "cpu");
    QVERIFY_RESULT(predictor);
    std::vector<core::ImageData> images;
    for (int i = 101; i < 111; ++i) {
        images.push_back(*m_samples->image(core::ImageId(i)));
    }
    auto predicted = (*predictor)->predict(images);
    QVERIFY_RESULT(predicted);
    QCOMPARE(predicted->size(), images.size());
    double blob = 0.0;
    for (std::size_t i = 0; i < images.size(); ++i) {
        const core::LabelMask &mask = (*predicted)[i].mask;
        QCOMPARE(mask.width(), images[i].width);
        QCOMPARE(mask.height(), images[i].height);
        for (const auto &[value, count] : core::countValues(mask)) {
            QVERIFY(value <= 2);
        }
        const core::LabelMask truth = m_samples->trueMask(core::ImageId(101 + static_cast<int>(i)));
        blob += core::scoreClass(mask, truth, 1, {}).dice / static_cast<double>(images.size());
        // The labelled blobs have one piece each, so the masks do.
        QVERIFY(core::keepLargestComponents(mask, {1, 2}) == mask);
    }
    QVERIFY2(blob > 0.6, qPrintable(QString::number(blob)));
}

void tst_Predictor::anySize_anyDepth_isPredicted()
{
    auto predictor = Predictor::load(folder(QStringLiteral("semigda")), "cpu");
    QVERIFY_RESULT(predictor);
    core::ImageData tiny;
    tiny.width = 1;
    tiny.height = 3;
    tiny.bytes.resize(3);
    core::ImageData deep;
    deep.width = 200;
    deep.height = 7;
    deep.type = core::PixelType::UInt16;
    deep.bytes.resize(deep.sampleCount() * 2);
    core::ImageData colour;
    colour.width = 33;
    colour.height = 65;
    colour.channels = 4;
    colour.bytes.resize(colour.sampleCount());
    const std::vector<core::ImageData> images{tiny, deep, colour};
    auto predicted = (*predictor)->predict(images);
    QVERIFY_RESULT(predicted);
    for (std::size_t i = 0; i < images.size(); ++i) {
        QCOMPARE((*predicted)[i].mask.width(), images[i].width);
        QCOMPARE((*predicted)[i].mask.height(), images[i].height);
    }
    const std::vector<core::ImageData> none;
    QVERIFY((*predictor)->predict(none)->empty());
    const std::vector<core::ImageData> empty(1);
    QVERIFY(!(*predictor)->predict(empty).has_value());
}

void tst_Predictor::darkImages_arePredictedLikeBrightOnes()
{
    QFETCH(QString, method);
    auto predictor = Predictor::load(folder(method), "cpu");
    QVERIFY_RESULT(predictor);
    core::ImageData bright = *m_samples->image(core::ImageId(60));
    core::ImageData dark = bright;
    for (std::size_t i = 0; i < bright.bytes.size(); ++i) {
        const int quarter = std::to_integer<int>(bright.bytes[i]) / 4;
        bright.bytes[i] = static_cast<std::byte>(4 * quarter);
        dark.bytes[i] = static_cast<std::byte>(quarter + 3);
    }
    const std::vector<core::ImageData> both{bright, dark};
    const auto predicted = (*predictor)->predict(both);
    QVERIFY_RESULT(predicted);
    const auto counts = core::countValues((*predicted)[0].mask);
    QVERIFY(std::any_of(counts.begin(), counts.end(), [](const auto &entry) { return entry.first == 1; }));
    for (const core::LabelValue value : {core::LabelValue{1}, core::LabelValue{2}}) {
        const auto score = core::scoreClass((*predicted)[0].mask, (*predicted)[1].mask, value, {});
        QVERIFY2(score.dice > 0.97, qPrintable(QString::number(score.dice)));
    }
}

void tst_Predictor::batches_doNotChangeResults()
{
    auto predictor = Predictor::load(folder(QStringLiteral("semigda")), "cpu");
    auto again = Predictor::load(folder(QStringLiteral("semigda")), "cpu");
    QVERIFY_RESULT(predictor);
    QVERIFY_RESULT(again);
    std::vector<core::ImageData> images;
    for (std::size_t i = 0; i < (*predictor)->batchSize() + 3; ++i) {
        images.push_back(*m_samples->image(core::ImageId(static_cast<std::int64_t>(i) + 50)));
    }
    const auto together = (*predictor)->predict(images);
    QVERIFY_RESULT(together);
    for (std::size_t i = 0; i < images.size(); ++i) {
        const std::vector<core::ImageData> one{images[i]};
        const auto alone = (*again)->predict(one);
        QVERIFY_RESULT(alone);
        // Rounding may differ with the batch, by a pixel at an edge at most.
        const auto &a = (*together)[i].mask;
        const auto &b = alone->front().mask;
        int different = 0;
        for (int y = 0; y < a.height(); ++y) {
            for (int x = 0; x < a.width(); ++x) {
                different += a.at(x, y) != b.at(x, y);
            }
        }
        QVERIFY2(different <= 2, qPrintable(QString::number(different)));
        QVERIFY(std::abs((*together)[i].scores.entropy - alone->front().scores.entropy) < 1e-3F);
    }
}

void tst_Predictor::scores_areInRange()
{
    for (const char *method : {"semigda", "supervised"}) {
        auto predictor = Predictor::load(folder(QString::fromLatin1(method)), "cpu");
        QVERIFY_RESULT(predictor);
        core::ImageData noise = *m_samples->image(core::ImageId(200));
        test::Random random(3);
        for (std::byte &sample : noise.bytes) {
            sample = static_cast<std::byte>(random.between(0, 255));
        }
        const std::vector<core::ImageData> images{*m_samples->image(core::ImageId(201)), noise};
        const auto predicted = (*predictor)->predict(images);
        QVERIFY_RESULT(predicted);
        for (const PredictedImage &image : *predicted) {
            QVERIFY(image.scores.disagreement >= 0.0F && image.scores.disagreement <= 1.0F);
            QVERIFY(image.scores.entropy >= 0.0F && image.scores.entropy <= 1.0F);
            QVERIFY(image.scores.estimatedDice.has_value());
            QVERIFY(*image.scores.estimatedDice >= 0.0F && *image.scores.estimatedDice <= 1.0F);
            QCOMPARE(image.uncertainty.width, 32);
            QCOMPARE(image.uncertainty.values.size(), std::size_t{32 * 32});
        }
        QVERIFY(predicted->front().scores.doubt() <= predicted->back().scores.doubt());
    }
}

void tst_Predictor::samplesOfTheLatent_tellTheirVariance()
{
    for (const char *method : {"semigda", "supervised"}) {
        core::TrainingRequest request = test::smallRequest(method);
        request.epochsStage2 = 1;
        request.overrides["posterior_samples"] = "3";
        const QString name = QString::fromLatin1(method) + QStringLiteral("Sampled");
        auto job = TrainingJob::create(request, m_samples, folder(name));
        QVERIFY_RESULT(job);
        QVERIFY(test::runJob(**job).error.empty());
        auto predictor = Predictor::load(folder(name), "cpu");
        QVERIFY_RESULT(predictor);
        const std::vector<core::ImageData> images{*m_samples->image(core::ImageId(201))};
        const auto once = (*predictor)->predict(images);
        const auto again = (*predictor)->predict(images);
        QVERIFY_RESULT(once);
        QVERIFY_RESULT(again);
        const std::optional<float> variance = once->front().scores.sampleVariance;
        QCOMPARE(again->front().scores.sampleVariance, variance);
        QCOMPARE(variance.has_value(), QByteArray(method) == "semigda"); // a U-Net has no latent to draw from
        QVERIFY(variance.value_or(0.5F) > 0.0F && variance.value_or(0.5F) <= 1.0F);
    }
}

void tst_Predictor::missingAndBrokenModels_areExplained()
{
    const auto missing = Predictor::load(folder(QStringLiteral("nowhere")), "cpu");
    QVERIFY(!missing.has_value());
    QCOMPARE(missing.error().code, core::ErrorCode::NotFound);

    const std::filesystem::path broken = folder(QStringLiteral("broken"));
    std::filesystem::create_directories(broken);
    const std::string whole = test::bytesOf(folder(QStringLiteral("semigda")) / "best.safetensors");
    for (const std::size_t length : {std::size_t{0}, std::size_t{7}, std::size_t{100}, whole.size() - 1}) {
        std::ofstream(broken / "best.safetensors", std::ios::binary | std::ios::trunc)
            .write(whole.data(), static_cast<std::streamsize>(length));
        const auto loaded = Predictor::load(broken, "cpu");
        QVERIFY(!loaded.has_value());
        QVERIFY2(loaded.error().message.english().find("best.safetensors") != std::string::npos,
                 loaded.error().message.english().c_str());
    }
    std::string newer = whole;
    const std::string version = "\\\"version\\\":1";
    const auto at = newer.find(version);
    QVERIFY(at != std::string::npos);
    newer[at + version.size() - 1] = '9';
    std::ofstream(broken / "best.safetensors", std::ios::binary | std::ios::trunc)
        .write(newer.data(), static_cast<std::streamsize>(newer.size()));
    const auto loaded = Predictor::load(broken, "cpu");
    QVERIFY(!loaded.has_value());
    QCOMPARE(loaded.error().code, core::ErrorCode::NewerVersion);
}

QTEST_GUILESS_MAIN(tst_Predictor)
#include "tst_Predictor.moc"
