// SPDX-License-Identifier: Apache-2.0
#include "core/ports/TrainingService.h"

namespace semigda::core
{

const char *describe(TrainingPhase phase)
{
    switch (phase) {
    case TrainingPhase::Idle:
        return "Not training";
    case TrainingPhase::Preparing:
        return "Preparing images";
    case TrainingPhase::Prior:
        return "Learning what the images look like";
    case TrainingPhase::Alignment:
        return "Learning where the structures are";
    case TrainingPhase::Adapters:
        return "Learning fine outlines";
    case TrainingPhase::Supervised:
        return "Learning from the painted images";
    case TrainingPhase::CrossValidating:
        return "Checking on painted images left out in turn";
    case TrainingPhase::Predicting:
        return "Outlining the remaining images";
    case TrainingPhase::Paused:
        return "Paused";
    case TrainingPhase::Finished:
        return "Finished";
    case TrainingPhase::Stopped:
        return "Stopped";
    case TrainingPhase::Failed:
        return "Failed";
    }
    return "";
}

} // namespace semigda::core
