// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace semigda::storage
{

/// Decoded copies of large images in the project's folder cache/, because unpacking a radiograph takes longer than one
/// waits for the next picture. Nothing is lost with them: what is missing or damaged is read from the image's own file.
/// They take at most `Limits` of the disk; those read last stay. Linked images have none: who links wants no second
/// place for them. Thread-safe.
class PixelCopies
{
public:
    struct Limits
    {
        std::uintmax_t bytes = std::uintmax_t{8} << 30; ///< of all copies
        double shareOfDisk = 0.1;                       ///< of what is free, and at most that much
        std::size_t worthwhile = std::size_t{8} << 20;  ///< decoded bytes; smaller images are read soon enough
    };
    enum class Room {
        Free, ///< only what is free of the limits is taken
        Made  ///< copies that were read longest ago make room
    };

    PixelCopies(std::filesystem::path folder, bool isWritable);
    PixelCopies(std::filesystem::path folder, bool isWritable, const Limits &limits);

    std::optional<core::ImageData> find(const std::string &sha256, int frame) const;
    /// Does nothing if there is a copy, no room for one, or no need. `isWanted` is asked at last, in turn with erase().
    /// True if there is a copy afterwards. What cannot be written is left, as is what `stop` ends.
    bool keep(const std::string &sha256, int frame, const core::ImageData &image, Room room,
              const std::function<bool()> &isWanted, const std::stop_token &stop = {});
    /// Deletes the copies of all frames of a file. The first that cannot be deleted, if any, with the reason.
    struct Refused
    {
        std::filesystem::path file;
        std::string reason;
    };
    std::optional<Refused> erase(const std::string &sha256);
    const std::filesystem::path &folder() const { return m_folder; }
    /// The image's SHA-256 in the name of a copy; empty: not such a name.
    static std::string sha256Of(const std::filesystem::path &copy);

private:
    std::filesystem::path fileOf(const std::string &sha256, int frame) const;
    bool makeRoom(std::uintmax_t bytes, Room room);

    const std::filesystem::path m_folder;
    const bool m_isWritable;
    const Limits m_limits;
    std::mutex m_mutex; ///< held while copies come and go
};

} // namespace semigda::storage
