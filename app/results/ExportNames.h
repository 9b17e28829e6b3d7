// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectRecords.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace semigda::app
{

/// File names, without extension, for things with names that may clash. The first to have a name keeps it, later ones
/// get their number appended; so a name stays the same however many exports there are and whatever they select.
/// Names that differ only in case count as equal, as some file systems cannot tell them apart.
class ExportNames
{
public:
    /// Call once for each thing, always in the same order. `number` tells things of one name apart.
    const std::string &assign(const std::string &name, std::int64_t number);

private:
    std::unordered_map<std::string, std::string> m_taken; ///< lower case to as written
};

} // namespace semigda::app
