// SPDX-License-Identifier: Apache-2.0
#include "bench/FirstLabels.h"

#include "bench/Measuring.h"
#include "learning/MemorySamples.h"
#include "learning/Predictor.h"
#include "learning/TrainingJob.h"

#include <QtCore/QTemporaryDir>

#include <algorithm>

namespace semigda::bench
{

namespace
{

// As app/training/TrainingRun.cpp predicts while it trains.
constexpr std::size_t PredictTogether = 4;
constexpr double PredictingShare = 0.12;

/// The unlabelled images of a run, predicted a few at a time.
class Waiting
{
public:
    explicit Waiting(test::MemorySamples &samples)
        : m_samples(samples)
    {
        for (const core::SampleItem &item : samples.items) {
            if (item.role == core::SampleRole::Unlabelled) {
                m_ids.push_back(item.id);
            }
        }
    }
    std::size_t count() const { return m_ids.size(); }
    double seconds() const { return m_seconds; }

    core::Result<void> predictSome(learning::Predictor &predictor)
    {
        const double start = now();
        std::vector<core::ImageData> pixels;
        while (!m_ids.empty() && pixels.size() < PredictTogether) {
            auto image = m_samples.image(m_ids.back());
            if (!image) {
                return image.error();
            }
            pixels.push_back(std::move(*image));
            m_ids.pop_back();
        }
        const auto predicted = predictor.predict(pixels);
        m_seconds += now() - start;
        return predicted ? core::Result<void>() : predicted.error();
    }

private:
    test::MemorySamples &m_samples;
    std::vector<core::ImageId> m_ids;
    double m_seconds = 0.0;
};

void addTo(std::vector<std::pair<std::string, double>> &phases, const std::string &name, double seconds)
{
    if (phases.empty() || phases.back().first != name) {
        phases.emplace_back(name, 0.0);
    }
    phases.back().second += seconds;
}

} // namespace

core::Result<FirstLabels> measureFirstLabels(int images, int labelled, int side)
{
    auto samples = std::make_shared<test::MemorySamples>(1, side, side);
    samples->add(core::SampleRole::Labelled, labelled);
    samples->add(core::SampleRole::Unlabelled, images - labelled);
    Waiting waiting(*samples);
    const std::size_t all = waiting.count();
    FirstLabels result;
    result.images = images;
    result.labelled = labelled;

    const QTemporaryDir folder;
    const std::filesystem::path runFolder = folder.path().toStdString();
    const double start = now();
    auto job = learning::TrainingJob::create({}, samples, runFolder);
    if (!job) {
        return job.error();
    }
    std::unique_ptr<learning::Predictor> predictor;
    double training = 0.0;
    bool isFinished = false;
    while (waiting.count() > 0) {
        const double before = now();
        if (!isFinished) {
            const auto outcome = (*job)->step();
            if (!outcome) {
                return outcome.error();
            }
            isFinished = *outcome == learning::StepOutcome::Finished;
        }
        training += now() - before;
        if (!predictor) {
            addTo(result.phases, core::describe((*job)->progress().phase), now() - before);
        }
        if ((*job)->takePublished()) {
            auto loaded = learning::Predictor::load(runFolder);
            if (!loaded) {
                return loaded.error();
            }
            predictor = std::move(*loaded);
        }
        if (!predictor) {
            if (isFinished) {
                return core::Error{core::ErrorCode::Internal,
                                   core::Sentence::verbatim("Training ended without a model to predict with.")};
            }
            continue;
        }
        if (isFinished || waiting.seconds() <= PredictingShare * (training + waiting.seconds())) {
            if (const auto predicted = waiting.predictSome(*predictor); !predicted) {
                return predicted.error();
            }
            if (result.firstSeconds == 0.0) {
                result.firstSeconds = now() - start;
            }
        }
    }
    result.allSeconds = now() - start;
    result.predictedPerSecond = static_cast<double>(all) / waiting.seconds();
    result.peakBytes = peakMemory();
    return result;
}

} // namespace semigda::bench
