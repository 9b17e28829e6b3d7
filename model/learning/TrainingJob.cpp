// SPDX-License-Identifier: Apache-2.0
#include "learning/TrainingJob.h"

#include "learning/TrainingLoop_p.h"

#include <algorithm>
#include <utility>
#include <vector>

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
            return core::Error{core::ErrorCode::InvalidArgument,
                               core::phrase("errors", "The time must be a positive number of minutes.")};
        }
        config->device = request.device;
        auto loop = std::make_unique<TrainingLoop>(*config, std::move(samples), runFolder);
        if (const auto begun = loop->beginAgain(request.minutes); !begun) {
            return begun.error();
        }
        return std::unique_ptr<TrainingJob>(new TrainingJob(std::make_unique<Private>(std::move(loop))));
    });
}

int TrainingJob::fittingImageSize(const core::TrainingRequest &request, const core::SampleSnapshot &samples)
{
    constexpr int Least = 64;
    constexpr int Step = 32;
    const auto config = TrainingConfig::fromRequest(request);
    if (!config) {
        return 0;
    }
    if (request.imageSize != 0 || config->profile != Profile::Compact) {
        return config->imageSize;
    }
    std::vector<int> sides;
    for (const core::SampleItem &item : samples.items) {
        if (const int side = std::max(item.width, item.height); side > 0) {
            sides.push_back(side);
        }
    }
    if (sides.empty()) {
        return config->imageSize;
    }
    const auto middle = sides.begin() + static_cast<std::ptrdiff_t>(sides.size() / 2);
    std::nth_element(sides.begin(), middle, sides.end());
    const int largest = config->imageSize;
    const int wanted = std::min(*middle, largest);
    return std::clamp((wanted + Step - 1) / Step * Step, Least, largest);
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
