// SPDX-License-Identifier: Apache-2.0
#include "app/results/HtmlText.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace semigda::app
{

namespace
{

constexpr std::string_view Replacement = "\xEF\xBF\xBD";

/// Length of the well-formed UTF-8 sequence that starts here, or 0 (Unicode 15, table 3-7).
std::size_t sequenceLength(std::string_view text)
{
    const auto at = [&text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto follows = [&at](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
        return at(i) >= low && at(i) <= high;
    };
    const unsigned first = at(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF)
        return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
    if (first >= 0xF0 && first <= 0xF4)
        return follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3) ? 4 : 0;
    return 0;
}

std::string grouped(std::size_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t i = text.size(); i > 3; i -= 3)
        text.insert(i - 3, ",");
    return text;
}

} // namespace

std::string htmlText(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = sequenceLength(text.substr(i));
        const char c = text[i];
        const bool isControl = (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
        if (length == 0 || isControl)
            out += Replacement;
        else if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else if (c == '\'')
            out += "&#39;";
        else
            out += text.substr(i, length);
        i += length == 0 ? 1 : length;
    }
    return out;
}

std::string fixedText(double value, int digits)
{
    if (!std::isfinite(value))
        return NoNumber;
    char text[400]; // the largest double has 309 digits before the point
    const auto [end, error] = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, digits);
    return error == std::errc() ? std::string(text, end) : NoNumber;
}

std::string countText(std::size_t number, const std::string &singular, const std::string &plural)
{
    return grouped(number) + " " + (number == 1 ? singular : plural);
}

std::string durationWords(double seconds)
{
    const auto whole = static_cast<long long>(std::llround(std::max(seconds, 0.0)));
    const auto part = [](long long number, const char *unit) { return std::to_string(number) + " " + unit; };
    if (whole < 60)
        return part(whole, "s");
    if (whole < 3600)
        return part(whole / 60, "min") + (whole % 60 == 0 ? "" : " " + part(whole % 60, "s"));
    return part(whole / 3600, "h") + (whole / 60 % 60 == 0 ? "" : " " + part(whole / 60 % 60, "min"));
}

std::string pngAddress(std::span<const std::byte> png)
{
    static constexpr char Digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out = "data:image/png;base64,";
    out.reserve(out.size() + (png.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < png.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, png.size() - i);
        unsigned bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = bits << 8U | (k < count ? static_cast<unsigned>(png[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= count ? Digits[bits >> (18U - 6U * k) & 63U] : '=';
    }
    return out;
}

HtmlTable::HtmlTable(std::vector<std::string> head, std::string cssClass)
    : m_markup("<table" + (cssClass.empty() ? "" : " class=\"" + cssClass + "\"") + "><thead><tr>")
{
    for (const std::string &each : head)
        m_markup += "<th scope=\"col\">" + each + "</th>";
    m_markup += "</tr></thead><tbody>\n";
}

void HtmlTable::add(const std::vector<std::string> &cells)
{
    m_markup += "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i)
        m_markup += i == 0 ? "<th scope=\"row\">" + cells[i] + "</th>" : "<td>" + cells[i] + "</td>";
    m_markup += "</tr>\n";
}

std::string HtmlTable::markup() const
{
    return m_markup + "</tbody></table>\n";
}

} // namespace semigda::app
