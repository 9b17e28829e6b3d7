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

const std::string Ending = ".pixels";

struct Copy
{
    std::filesystem::path file;
    std::uintmax_t bytes = 0;
    std::filesystem::file_time_type lastRead;
};

std::vector<Copy> copiesIn(const std::filesystem::path &folder)
{
    std::vector<Copy> copies;
    std::error_code failure;
    for (std::filesystem::directory_iterator entry(folder, failure), end; !failure && entry != end;
         entry.increment(failure)) {
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

PixelCopies::PixelCopies(std::filesystem::path folder, bool isWritable)
    : PixelCopies(std::move(folder), isWritable, Limits())
{}

PixelCopies::PixelCopies(std::filesystem::path folder, bool isWritable, const Limits &limits)
    : m_folder(std::move(folder))
    , m_isWritable(isWritable)
    , m_limits(limits)
{}

std::string PixelCopies::sha256Of(const std::filesystem::path &copy)
{
    const std::string stem = copy.stem().string();
    return copy.extension() == Ending ? stem.substr(0, stem.find('-')) : std::string();
}

std::filesystem::path PixelCopies::fileOf(const std::string &sha256, int frame) const
{
    return m_folder / (sha256 + "-" + std::to_string(frame) + Ending);
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
    if (!m_isWritable || image.bytes.size() < m_limits.worthwhile)
        return false;
    const std::filesystem::path file = fileOf(sha256, frame);
    std::error_code failure;
    if (std::filesystem::exists(file, failure))
        return true;
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
            std::filesystem::rename(temporary, file, failure);
            isKept = !failure;
        }
    }
    if (!isKept)
        removeFile(temporary);
    return isKept;
}

bool PixelCopies::makeRoom(std::uintmax_t bytes, Room room)
{
    std::vector<Copy> copies = copiesIn(m_folder);
    std::uintmax_t taken = 0;
    for (const Copy &copy : copies)
        taken += copy.bytes;
    std::error_code failure;
    const std::filesystem::space_info disk = std::filesystem::space(m_folder, failure);
    if (failure)
        return false;
    // Copies are not to count against themselves, or they would shrink as they grow.
    const auto share = static_cast<std::uintmax_t>(m_limits.shareOfDisk * static_cast<double>(disk.available + taken));
    const std::uintmax_t most = std::min(m_limits.bytes, share);
    if (bytes > most)
        return false;
    if (room == Room::Free)
        return taken + bytes <= most;
    std::sort(copies.begin(), copies.end(), [](const Copy &a, const Copy &b) { return a.lastRead < b.lastRead; });
    for (auto copy = copies.begin(); copy != copies.end() && taken + bytes > most; ++copy) {
        removeFile(copy->file);
        taken -= copy->bytes;
    }
    return true;
}

std::optional<PixelCopies::Refused> PixelCopies::erase(const std::string &sha256)
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::filesystem::path> files;
    std::error_code failure;
    for (std::filesystem::directory_iterator entry(m_folder, failure), end; !failure && entry != end;
         entry.increment(failure)) {
        if (sha256Of(entry->path()) == sha256)
            files.push_back(entry->path());
    }
    for (const std::filesystem::path &file : files) {
        if (!std::filesystem::remove(file, failure) && failure)
            return Refused{file, failure.message()};
    }
    return std::nullopt;
}

} // namespace semigda::storage
