// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace semigda::app::cli
{

/// Rows of text in columns: the first to the left, the others to the right, two spaces between. The first row is the
/// head.
std::string tableText(const std::vector<std::vector<std::string>> &rows);

/// "0.812", with the given number of digits after the point.
std::string fixed(double value, int digits = 3);

} // namespace semigda::app::cli
