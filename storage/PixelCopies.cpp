// SPDX-License-Identifier: Apache-2.0
#include "storage/PixelCopies_p.h"

#include "core/AtomicFile.h"
#include "storage/PixelCopyFile_p.h"

#include <algorithm>
#include <vector>

namespace semigda::storage
{

namespace
{

struct Copy
{
    std::filesystem::path file;
    std::uintmax_t bytes = 0;
    std::filesystem::file_time_type lastRead;
};

const char *endingOf(PixelCopies::Kind kind)
{
    return kind == PixelCopies::Kind::Whole ? ".pixels" : ".overview";
}

std::vector<Copy> copiesIn(const std::filesystem::path &folder, const std::filesystem::path &ending)
{
    std::vector<Copy> copies;
    std::error_code failure;
    for (std::filesystem::directory_iterator entry(folder, failure), end; !failure && entry != end;
         entry.increment(failure)) {
        if (entry->path().extension() != ending)
            continue;
        std::error_code gone;
        Copy copy{entry->path(), entry->file_size(gone), {}};
        copy.lastRead = entry->last_write_time(gone);
        if (!gone && entry->is_regular_file(gone))
            copies.push_back(std::move(copy));
    }
    return copies;
}

void removeFile(const std::filesystem::path &file)
{
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
}

} // namespace

PixelCopies::PixelCopies(std::filesystem::path folder, Kind kind, bool isWritable, const Limits &limits)
    : m_folder(std::move(folder))
    , m_kind(kind)
    , m_isWritable(isWritable)
    , m_limits(limits)
{}

std::string PixelCopies::sha256Of(const std::filesystem::path &copy)
{
    const std::filesystem::path ending = copy.extension();
    const std::string stem = copy.stem().string();
    const bool isCopy = ending == endingOf(Kind::Whole) || ending == endingOf(Kind::Overview);
    return isCopy ? stem.substr(0, stem.find('-')) : std::string();
}

std::filesystem::path PixelCopies::fileOf(const std::string &sha256, int frame) const
{
    return m_folder / (sha256 + "-" + std::to_string(frame) + endingOf(m_kind));
}

bool PixelCopies::contains(const std::string &sha256, int frame) const
{
    std::error_code failure;
    return std::filesystem::exists(fileOf(sha256, frame), failure);
}

std::optional<core::ImageData> PixelCopies::find(const std::string &sha256, int frame) const
{
    const std::filesystem::path file = fileOf(sha256, frame);
    std::error_code failure;
    if (!std::filesystem::exists(file, failure))
        return std::nullopt;
    std::optional<core::ImageData> image = readPixelCopy(file);
    if (m_isWritable) {
        if (image)
            std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now(), failure);
        else
            removeFile(file);
    }
    return image;
}

bool PixelCopies::keep(const std::string &sha256, int frame, const core::ImageData &image, Room room,
                       const std::function<bool()> &isWanted, const std::stop_token &stop)
{
    if (!m_isWritable)
        return false;
    if (contains(sha256, frame))
        return true;
    const std::filesystem::path file = fileOf(sha256, frame);
    std::error_code failure;
    std::filesystem::create_directory(m_folder, failure);
    {
        const std::lock_guard lock(m_mutex);
        if (!makeRoom(image.bytes.size(), room))
            return false;
    }
    const std::filesystem::path temporary = core::temporaryName(file);
    bool isKept = false;
    if (writePixelCopy(temporary, image, stop)) {
        const std::lock_guard lock(m_mutex);
        if (isWanted()) {
            const std::uintmax_t bytes = std::filesystem::file_size(temporary, failure);
            std::filesystem::rename(temporary, file, failure);
            isKept = !failure;
            if (isKept && m_taken)
                *m_taken += bytes;
        }
    }
    if (!isKept)
        removeFile(temporary);
    return isKept;
}

bool PixelCopies::makeRoom(std::uintmax_t bytes, Room room)
{
    std::vector<Copy> copies;
    const auto count = [&] {
        copies = copiesIn(m_folder, endingOf(m_kind));
        m_taken = 0;
        for (const Copy &copy : copies)
            *m_taken += copy.bytes;
    };
    // Not each time: on a share, asking for the size of thousands of files takes seconds.
    if (!m_taken)
        count();
    std::error_code failure;
    const std::filesystem::space_info disk = std::filesystem::space(m_folder, failure);
    if (failure)
        return false;
    // Copies are not to count against themselves, or they would shrink as they grow.
    const auto mostNow = [&] {
        const double all = static_cast<double>(disk.available + *m_taken);
        return std::min(m_limits.bytes, static_cast<std::uintmax_t>(m_limits.shareOfDisk * all));
    };
    if (*m_taken + bytes <= mostNow())
        return true;
    count(); // some may have gone
    const std::uintmax_t most = mostNow();
    if (room == Room::Free || bytes > most)
        return *m_taken + bytes <= most;
    std::sort(copies.begin(), copies.end(), [](const Copy &a, const Copy &b) { return a.lastRead < b.lastRead; });
    for (auto copy = copies.begin(); copy != copies.end() && *m_taken + bytes > most; ++copy) {
        removeFile(copy->file);
        *m_taken -= copy->bytes;
    }
    return true;
}

std::optional<PixelCopies::Refused> PixelCopies::erase(const std::string &sha256, int frame)
{
    const std::lock_guard lock(m_mutex);
    const std::filesystem::path file = fileOf(sha256, frame);
    std::error_code failure;
    if (!std::filesystem::remove(file, failure) && failure)
        return Refused{file, failure.message()};
    return std::nullopt;
}

} // namespace semigda::storage
