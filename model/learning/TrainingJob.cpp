// SPDX-License-Identifier: Apache-2.0
#include "learning/TrainingJob.h"

#include "learning/TrainingLoop_p.h"

#include <utility>

namespace semigda::learning
{

class TrainingJob::Private
{
public:
    explicit Private(std::unique_ptr<TrainingLoop> trainingLoop)
        : loop(std::move(trainingLoop))
    {}

    std::unique_ptr<TrainingLoop> loop;
};

TrainingJob::TrainingJob(std::unique_ptr<Private> p)
    : d(std::move(p))
{}

TrainingJob::~TrainingJob() = default;

core::Result<std::unique_ptr<TrainingJob>> TrainingJob::create(const core::TrainingRequest &request,
                                                               std::shared_ptr<core::SampleSource> samples,
                                                               const std::filesystem::path &runFolder)
{
    return guarded([&]() -> core::Result<std::unique_ptr<TrainingJob>> {
        const auto config = TrainingConfig::fromRequest(request);
        if (!config) {
            return config.error();
        }
        auto loop = std::make_unique<TrainingLoop>(*config, std::move(samples), runFolder);
        if (const auto begun = loop->begin(); !begun) {
            return begun.error();
        }
        return std::unique_ptr<TrainingJob>(new TrainingJob(std::make_unique<Private>(std::move(loop))));
    });
}

core::Result<std::unique_ptr<TrainingJob>> TrainingJob::resume(const core::TrainingRequest &request,
                                                               std::shared_ptr<core::SampleSource> samples,
                                                               const std::filesystem::path &runFolder)
{
    return guarded([&]() -> core::Result<std::unique_ptr<TrainingJob>> {
        auto config = readConfig(runFolder);
        if (!config) {
            return config.error();
        }
        if (request.minutes && !(*request.minutes > 0.0)) {
            return core::Error{core::ErrorCode::InvalidArgument, "The time must be a positive number of minutes."};
        }
        config->device = request.device;
        auto loop = std::make_unique<TrainingLoop>(*config, std::move(samples), runFolder);
        if (const auto begun = loop->beginAgain(request.minutes); !begun) {
            return begun.error();
        }
        return std::unique_ptr<TrainingJob>(new TrainingJob(std::make_unique<Private>(std::move(loop))));
    });
}

core::Result<std::string> TrainingJob::describeConfig(const core::TrainingRequest &request)
{
    const auto config = TrainingConfig::fromRequest(request);
    if (!config) {
        return config.error();
    }
    return config->toJson();
}

core::Result<StepOutcome> TrainingJob::step()
{
    return guarded([&] { return d->loop->step(); });
}

core::TrainingProgress TrainingJob::progress() const
{
    return d->loop->progress();
}

std::vector<core::MetricRecord> TrainingJob::takeMetrics()
{
    return d->loop->takeMetrics();
}

bool TrainingJob::takePublished()
{
    return d->loop->takePublished();
}

core::Result<void> TrainingJob::saveState()
{
    return guarded([&] { return d->loop->save(); });
}

} // namespace semigda::learning
