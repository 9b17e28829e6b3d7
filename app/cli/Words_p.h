// SPDX-License-Identifier: Apache-2.0
// Checks of words on the command line. CLI11 turns a non-empty answer into a usage error.
#pragma once

#include <CLI/Validators.hpp>

namespace semigda::app::cli
{

/// train, val or test.
inline const CLI::Validator SplitWord = CLI::IsMember({"train", "val", "test"});

} // namespace semigda::app::cli
