// SPDX-License-Identifier: Apache-2.0
// How stages follow each other in a budget of time or of steps: the same for a run and for the folds that check it.
#pragma once

#include "learning/Learner_p.h"

#include <optional>
#include <vector>

namespace semigda::learning
{

/// Seconds from the beginning of the first stage to the end of this one, of `seconds` for all.
double stageEnd(const std::vector<StagePlan> &plans, std::size_t stage, double seconds);
/// 0..1 of a stage that began at `start` and ends at `end`. However short the time, a stage takes a step: networks that
/// never trained must not be published.
double timedFraction(double start, double end, double now, std::int64_t stepsTaken);
/// 0..1 of a stage of so many steps; a stage has one at least.
double countedFraction(std::int64_t steps, std::int64_t stepsTaken);
/// Of all stages, by their steps; 0 where there are none.
double countedProgress(const std::vector<StagePlan> &plans, std::size_t stage, std::int64_t stepsTaken);

/// A step of the learner. None after memory ran out: `parts` is doubled then, and the same step is to be tried again.
/// Throws when a batch cannot be split further.
std::optional<StepLosses> stepWithinMemory(Learner &learner, const SampleCache &samples, StepPlace place, int &parts);

} // namespace semigda::learning
