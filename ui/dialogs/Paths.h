// SPDX-License-Identifier: Apache-2.0
// Paths between Qt and the standard library; both ways keep every character.
#pragma once

#include <QString>

#include <filesystem>

namespace semigda::ui
{

inline std::filesystem::path toPath(const QString &path)
{
    return std::filesystem::path(path.toStdU16String());
}

inline QString fromPath(const std::filesystem::path &path)
{
    return QString::fromStdU16String(path.u16string());
}

} // namespace semigda::ui
