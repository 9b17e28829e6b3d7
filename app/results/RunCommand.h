// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectRecords.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace semigda::app
{

/// All settings of a run by name, those inside others as "shape.widths"; empty when they cannot be read.
std::vector<std::pair<std::string, std::string>> settingsOf(const core::RunRecord &run);

/// The command that trains a new run with the same settings; what is the profile's default is left out. Nullopt when no
/// command of this version leads to these settings (a run of another version).
std::optional<std::string> trainCommand(const core::RunRecord &run, const std::string &project);

/// A word for a shell of POSIX, in quotes where it needs them.
std::string shellWord(const std::string &text);

} // namespace semigda::app
