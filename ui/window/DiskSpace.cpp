// SPDX-License-Identifier: Apache-2.0
#include "ui/window/DiskSpace.h"

#include "ui/dialogs/Paths.h"

#include <QStorageInfo>

#include <algorithm>
#include <system_error>

namespace semigda::ui
{

namespace
{

// The journal is cut to 64 MB when it has been moved into the database; while a backup or a long look at the database
// goes on it grows beyond.
constexpr std::uintmax_t JournalBytes = 128'000'000;
// Of the default profile at 128 x 128 pixels: 42 MB.
constexpr std::uintmax_t FirstRunBytes = 50'000'000;

std::uintmax_t sizeOf(const std::filesystem::path &file)
{
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(file, failure);
    return failure ? 0 : size;
}

/// Of the run with the highest number.
std::uintmax_t newestRunBytes(const std::filesystem::path &runs)
{
    std::error_code failure;
    std::filesystem::path newest;
    long long highest = -1;
    for (const auto &entry : std::filesystem::directory_iterator(runs, failure)) {
        bool isNumber = false;
        const long long number = fromPath(entry.path().filename()).toLongLong(&isNumber);
        if (isNumber && number > highest) {
            highest = number;
            newest = entry.path();
        }
    }
    std::uintmax_t bytes = 0;
    if (highest >= 0) {
        for (const auto &entry : std::filesystem::directory_iterator(newest, failure))
            bytes += sizeOf(entry.path());
    }
    return bytes;
}

} // namespace

std::optional<DiskSpace> spaceOf(const std::filesystem::path &folder)
{
    std::error_code failure;
    std::filesystem::path there = std::filesystem::absolute(folder, failure);
    while (!std::filesystem::exists(there, failure) && there.has_relative_path())
        there = there.parent_path();
    const QStorageInfo storage(fromPath(there));
    if (!storage.isValid() || storage.bytesAvailable() < 0)
        return std::nullopt;
    return DiskSpace{static_cast<std::uintmax_t>(storage.bytesAvailable()), storage.rootPath().toStdString()};
}

std::uintmax_t spaceNeeded(const std::filesystem::path &project)
{
    const std::uintmax_t run = std::max(FirstRunBytes, newestRunBytes(project / "runs"));
    return std::max(LeastSpace, JournalBytes + sizeOf(project / "project.sqlite") + 2 * run);
}

} // namespace semigda::ui
