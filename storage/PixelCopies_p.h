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
/// waits for the next picture, or overviews of them. Nothing is lost with them: what is missing or damaged is read from
/// the image's own file. They take at most `Limits` of the disk; those read last stay. Thread-safe.
class PixelCopies
{
public:
    enum class Kind {
        Whole,
        Overview ///< as core::makeOverview() has it
    };
    struct Limits
    {
        std::uintmax_t bytes = 0; ///< of all copies of a kind
        double shareOfDisk = 0.0; ///< of what is free, and at most that much
    };
    static constexpr Limits WholeLimits{std::uintmax_t{8} << 30, 0.1};
    static constexpr Limits OverviewLimits{std::uintmax_t{2} << 30, 0.02};
    /// Bytes of an image; a smaller one is read soon enough.
    static constexpr std::size_t Worthwhile = std::size_t{8} << 20;

    enum class Room {
        Free, ///< only what is free of the limits is taken
        Made  ///< copies that were read longest ago make room
    };

    PixelCopies(std::filesystem::path folder, Kind kind, bool isWritable, const Limits &limits);

    bool isWritable() const { return m_isWritable; }
    bool contains(const std::string &sha256, int frame) const;
    std::optional<core::ImageData> find(const std::string &sha256, int frame) const;
    /// Does nothing if there is a copy, or no room for one. `isWanted` is asked at last, in turn with erase().
    /// True if there is a copy afterwards. What cannot be written is left, as is what `stop` ends.
    bool keep(const std::string &sha256, int frame, const core::ImageData &image, Room room,
              const std::function<bool()> &isWanted, const std::stop_token &stop = {});
    /// Deletes a copy, if there is one. What cannot be deleted is returned, with the reason.
    struct Refused
    {
        std::filesystem::path file;
        std::string reason;
    };
    std::optional<Refused> erase(const std::string &sha256, int frame);
    const std::filesystem::path &folder() const { return m_folder; }
    /// The image's SHA-256 in the name of a copy of either kind; empty: not such a name.
    static std::string sha256Of(const std::filesystem::path &copy);

private:
    std::filesystem::path fileOf(const std::string &sha256, int frame) const;
    bool makeRoom(std::uintmax_t bytes, Room room);

    const std::filesystem::path m_folder;
    const Kind m_kind;
    const bool m_isWritable;
    const Limits m_limits;
    std::mutex m_mutex;                    ///< held while copies come and go
    std::optional<std::uintmax_t> m_taken; ///< bytes of all copies, or more; nothing: to be counted
};

} // namespace semigda::storage
