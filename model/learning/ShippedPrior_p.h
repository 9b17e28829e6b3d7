// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace semigda::learning
{

/// The starting weights of the compact profile's prior (resources/prior), a safetensors file that is part of the
/// program.
std::span<const std::byte> shippedPrior();

} // namespace semigda::learning
