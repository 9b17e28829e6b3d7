// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <filesystem>

namespace semigda::app
{

/// Writes a synthetic CT series with its label volume into a folder; returns what imports them. Blocks for about a
/// second.
core::Result<core::ImportRequest> makeTourVolume(const std::filesystem::path &folder);

} // namespace semigda::app
