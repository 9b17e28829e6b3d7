// SPDX-License-Identifier: Apache-2.0
// Numbers as files hold them: with a decimal point, in whatever language the user works. What the C library writes and
// reads follows the process's locale, which a window system sets to the user's own. Thread-safe.
#pragma once

#include "core/Sentence.h"

#include <optional>
#include <string>
#include <string_view>

namespace semigda::core
{

/// All of `text` as a number ("-1.5", "+2", "1e-3", "inf", "nan"); nothing where it is none or beyond a double.
std::optional<double> numberFrom(std::string_view text);
/// With `precision` significant digits (17 bring back the same number), trailing zeros left out; printf's %g.
std::string numberText(double value, int precision);
/// With `decimals` digits behind the point; printf's %f.
std::string fixedText(double value, int decimals);
/// The same as a part of a sentence, with the decimal sign of its language.
Sentence fixedSentence(double value, int decimals);

} // namespace semigda::core
