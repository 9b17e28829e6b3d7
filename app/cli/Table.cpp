// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Table.h"

#include "core/Numbers.h"

#include <algorithm>

namespace semigda::app::cli
{

namespace
{

/// Characters, not bytes.
std::size_t shownWidth(const std::string &text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

} // namespace

std::string tableText(const std::vector<std::vector<std::string>> &rows)
{
    std::vector<std::size_t> widths;
    for (const auto &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], shownWidth(row[i]));
    }
    std::string text;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        std::string line;
        for (std::size_t i = 0; i < rows[r].size(); ++i) {
            const std::string padding(widths[i] - shownWidth(rows[r][i]), ' ');
            line += (i == 0 ? "" : "  ") + (i == 0 ? rows[r][i] + padding : padding + rows[r][i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
        if (r == 0)
            text += std::string(shownWidth(line), '-') + "\n";
    }
    return text;
}

std::string fixed(double value, int digits)
{
    return core::fixedText(value, digits);
}

} // namespace semigda::app::cli
