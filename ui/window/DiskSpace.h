// SPDX-License-Identifier: Apache-2.0
// How much room there is on a project's disk, and how much it should have. These functions read the disk: call them
// off the gui thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace semigda::ui
{

struct DiskSpace
{
    std::uintmax_t available = 0; ///< bytes this user may still write
    std::string disk;             ///< names the disk: folders with the same one share the room
};

/// Of the disk that a folder is on, or will be on when it is not there yet; nullopt: not known.
using SpaceProbe = std::function<std::optional<DiskSpace>(const std::filesystem::path &folder)>;
std::optional<DiskSpace> spaceOf(const std::filesystem::path &folder);

/// Bytes that should be free: the database's journal, the next backup, which is as large as the database, and a
/// training run as large as the newest one with its checkpoint written anew beside the old; at least LeastSpace.
std::uintmax_t spaceNeeded(const std::filesystem::path &project);

constexpr std::uintmax_t LeastSpace = 500'000'000;
/// Below it even strokes may not be saved any more: room for the journal alone.
constexpr std::uintmax_t SpaceForStrokes = 100'000'000;

} // namespace semigda::ui
