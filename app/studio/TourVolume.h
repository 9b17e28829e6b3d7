// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/tour/Tour.h"

#include <filesystem>

namespace semigda::app
{

/// Writes a synthetic CT series with its label volume into a folder. Blocks for seconds.
core::Result<ui::TourVolume> makeTourVolume(const std::filesystem::path &folder);

} // namespace semigda::app
