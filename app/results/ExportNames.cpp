// SPDX-License-Identifier: Apache-2.0
#include "app/results/ExportNames.h"

#include <algorithm>

namespace semigda::app
{

namespace
{

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// Without what file systems refuse.
std::string writable(std::string name)
{
    for (char &c : name)
        if (std::string("/\\:*?\"<>|").find(c) != std::string::npos || static_cast<unsigned char>(c) < 0x20)
            c = '_';
    if (name.empty() || name.front() == '.')
        name.insert(0, "image");
    return name;
}

} // namespace

const std::string &ExportNames::assign(const std::string &name, std::int64_t number)
{
    std::string wanted = writable(name);
    if (m_taken.contains(lowered(wanted)))
        wanted += "_" + std::to_string(number);
    while (m_taken.contains(lowered(wanted)))
        wanted += "_";
    return m_taken.emplace(lowered(wanted), wanted).first->second;
}

} // namespace semigda::app
