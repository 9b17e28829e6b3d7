// SPDX-License-Identifier: Apache-2.0
#include "core/Numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace semigda::core
{

namespace
{

/// What the largest double takes without an exponent, with sign, point and 17 decimals.
constexpr std::size_t Longest = std::numeric_limits<double>::max_exponent10 + 24;
constexpr int MostDecimals = 17;

std::string written(double value, std::chars_format format, int precision)
{
    std::array<char, Longest> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, format, precision);
    return {text.data(), end.ptr};
}

} // namespace

std::optional<double> numberFrom(std::string_view text)
{
    if (text.size() > 1 && text.front() == '+' && text[1] != '-')
        text.remove_prefix(1);
    double value = 0.0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string numberText(double value, int precision)
{
    return written(value, std::chars_format::general, std::min(precision, MostDecimals));
}

std::string fixedText(double value, int decimals)
{
    return written(value, std::chars_format::fixed, std::min(decimals, MostDecimals));
}

Sentence fixedSentence(double value, int decimals)
{
    const std::string text = fixedText(value, decimals);
    const std::size_t point = text.find('.');
    if (point == std::string::npos)
        return Sentence::verbatim(text);
    //: A number with decimals: what stands before its decimal sign, and behind.
    return phrase("errors", "%1.%2").with(text.substr(0, point), text.substr(point + 1));
}

} // namespace semigda::core
