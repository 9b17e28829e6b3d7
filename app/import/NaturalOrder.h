// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace semigda::app
{

/// Text order in which runs of digits compare as numbers: "slice2" before "slice10". A strict weak order.
bool naturalLess(std::string_view a, std::string_view b);

} // namespace semigda::app
