// SPDX-License-Identifier: Apache-2.0
// Pieces of an HTML document.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace semigda::app
{

/// Stands where a number is not known: an en dash.
inline constexpr const char *NoNumber = "\xE2\x80\x93";

/// Text for an element or a quoted attribute. Bytes that are no UTF-8 and control characters, which file names may
/// hold, become U+FFFD.
std::string htmlText(std::string_view text);

/// "0.812": a point whatever the language; NoNumber for what is no number.
std::string fixedText(double value, int digits);
/// "1 image", "12,345 images".
std::string countText(std::size_t number, const std::string &singular, const std::string &plural);
/// "45 s", "10 min 5 s", "2 h 10 min".
std::string durationWords(double seconds);

/// "data:image/png;base64,..."
std::string pngAddress(std::span<const std::byte> png);

/// A table of cells of markup. The first column names the row.
class HtmlTable
{
public:
    explicit HtmlTable(std::vector<std::string> head, std::string cssClass = {});
    /// As many cells as the head has.
    void add(const std::vector<std::string> &cells);
    std::string markup() const;

private:
    std::string m_markup;
};

} // namespace semigda::app
