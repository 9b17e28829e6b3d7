// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace semigda::test
{

/// Small sound inputs of a fuzz target ("Safetensors", "Pickle", "TorchArchive") from which its changes start.
std::vector<std::string> fuzzSeeds(const std::string &target);

} // namespace semigda::test
