// SPDX-License-Identifier: Apache-2.0
#include "core/AtomicFile.h"

#include <atomic>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace semigda::core
{

namespace
{

/// Makes what was written survive a power cut, as far as the system promises it.
Result<void> syncToDisk(const std::filesystem::path &path, const std::filesystem::path &shownAs)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return fileError(phrase("errors", "write"), shownAs, errno);
    }
    const int failure = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (failure != 0) {
        return fileError(phrase("errors", "write"), shownAs, failure);
    }
    return {};
}

Result<void> writeAll(const std::filesystem::path &temporary, const std::filesystem::path &shownAs,
                      std::span<const std::byte> bytes)
{
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return fileError(phrase("errors", "write"), shownAs, errno);
    }
    std::size_t done = 0;
    int failure = 0;
    while (done < bytes.size() && failure == 0) {
        const ssize_t written = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (written >= 0) {
            done += static_cast<std::size_t>(written);
        } else if (errno != EINTR) {
            failure = errno;
        }
    }
    // Some file systems report a full disk only here.
    if (::close(descriptor) != 0 && failure == 0) {
        failure = errno;
    }
    if (failure != 0) {
        return fileError(phrase("errors", "write"), shownAs, failure);
    }
    return {};
}

} // namespace

std::filesystem::path temporaryName(const std::filesystem::path &file)
{
    static std::atomic<unsigned> counter{0};
    return file.parent_path()
           / ("." + file.filename().string() + ".tmp-" + std::to_string(::getpid()) + "-"
              + std::to_string(counter.fetch_add(1)));
}

Error fileError(const Sentence &action, const std::filesystem::path &file, int errorNumber)
{
    switch (errorNumber) {
    case ENOSPC:
    case EDQUOT:
        return {ErrorCode::DiskFull,
                phrase("errors", "Cannot %1 %2: the disk is full; free some space and try again.").with(action, file)};
    case EACCES:
    case EPERM:
        return {ErrorCode::PermissionDenied,
                phrase("errors",
                       "Cannot %1 %2: permission denied; change the rights of the file or folder, or choose another.")
                    .with(action, file)};
    case EROFS:
        return {ErrorCode::ReadOnly,
                phrase("errors", "Cannot %1 %2: the disk is read-only; choose another place.").with(action, file)};
    case ENOENT:
    case ENOTDIR:
        return {ErrorCode::NotFound,
                phrase("errors", "Cannot %1 %2: there is no such file or folder; check the path.").with(action, file)};
    case EISDIR:
        return {ErrorCode::InvalidArgument,
                phrase("errors", "Cannot %1 %2: it is a folder; give a file.").with(action, file)};
    case ENOMEM:
        return {ErrorCode::OutOfMemory,
                phrase("errors", "Cannot %1 %2: there is not enough memory; close other programs and try again.")
                    .with(action, file)};
    default:
        return {ErrorCode::Io, phrase("errors", "Cannot %1 %2: %3; check the disk and try again.")
                                   .with(action, file, std::string(std::strerror(errorNumber)))};
    }
}

Result<void> replaceFileAtomically(const std::filesystem::path &file,
                                   const std::function<Result<void>(const std::filesystem::path &)> &write)
{
    const std::filesystem::path temporary = temporaryName(file);
    std::error_code ignored;
    Result<void> result = write(temporary);
    if (result) {
        result = syncToDisk(temporary, file);
    }
    if (!result) {
        std::filesystem::remove(temporary, ignored);
        return result;
    }
    std::error_code failure;
    std::filesystem::rename(temporary, file, failure);
    if (failure) {
        std::filesystem::remove(temporary, ignored);
        return fileError(phrase("errors", "write"), file, failure.value());
    }
    // The rename itself lives in the folder. A folder that cannot be synced (some network shares) is no failure.
    static_cast<void>(
        syncToDisk(file.has_parent_path() ? file.parent_path() : std::filesystem::path("."), file).has_value());
    return {};
}

Result<void> writeFileAtomically(const std::filesystem::path &file, std::span<const std::byte> bytes)
{
    return replaceFileAtomically(
        file, [&](const std::filesystem::path &temporary) { return writeAll(temporary, file, bytes); });
}

} // namespace semigda::core
