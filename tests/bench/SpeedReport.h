// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bench/FirstLabels.h"
#include "bench/LearningSpeed.h"

#include <string>

namespace semigda::bench
{

struct SpeedReport
{
    std::optional<FirstLabels> firstLabels;
    std::optional<LearningSpeed> speed;
};

/// Tables for people.
std::string toText(const SpeedReport &report);
/// One object, seconds and bytes.
std::string toJson(const SpeedReport &report);

} // namespace semigda::bench
