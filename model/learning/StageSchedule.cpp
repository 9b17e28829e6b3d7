// SPDX-License-Identifier: Apache-2.0
#include "learning/StageSchedule_p.h"

#include "learning/Descent_p.h"
#include "learning/Guarded_p.h"

#include <algorithm>

namespace semigda::learning
{

double stageEnd(const std::vector<StagePlan> &plans, std::size_t stage, double seconds)
{
    double share = 0.0;
    double all = 0.0;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        all += plans[i].share;
        share += i <= stage ? plans[i].share : 0.0;
    }
    return seconds * share / std::max(all, 1e-9);
}

double timedFraction(double start, double end, double now, std::int64_t stepsTaken)
{
    const double limit = stepsTaken == 0 ? 0.99 : 1.0;
    return end <= start ? limit : std::clamp((now - start) / (end - start), 0.0, limit);
}

double countedFraction(std::int64_t steps, std::int64_t stepsTaken)
{
    return std::min(static_cast<double>(stepsTaken) / static_cast<double>(std::max<std::int64_t>(steps, 1)), 1.0);
}

double countedProgress(const std::vector<StagePlan> &plans, std::size_t stage, std::int64_t stepsTaken)
{
    double all = 0.0;
    double done = 0.0;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const auto steps = static_cast<double>(plans[i].steps);
        all += steps;
        done += i < stage ? steps : i == stage ? static_cast<double>(stepsTaken) : 0.0;
    }
    return all > 0.0 ? std::clamp(done / all, 0.0, 1.0) : 0.0;
}

std::optional<StepLosses> stepWithinMemory(Learner &learner, const SampleCache &samples, StepPlace place, int &parts)
{
    const int most = learner.mostParts(place.stage);
    place.parts = evenParts(parts, most);
    try {
        return learner.step(place, samples);
    } catch (const std::exception &failure) {
        if (!isOutOfMemory(failure) || place.parts >= most) {
            throw;
        }
    }
    // Outside of the handler, which would keep what was allocated alive.
    parts = evenParts(2 * place.parts, most);
    return std::nullopt;
}

} // namespace semigda::learning
