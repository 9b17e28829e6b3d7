// SPDX-License-Identifier: Apache-2.0
#include "storage/Unpack_p.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <memory>

namespace semigda::storage
{

namespace
{

using GzipFile = std::unique_ptr<gzFile_s, decltype(&gzclose_r)>;

/// zlib starts where the descriptor stands, so that compressed data behind a text header can be read.
GzipFile open(const std::filesystem::path &file, std::uint64_t offset)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return {nullptr, &gzclose_r};
    if (::lseek(descriptor, static_cast<off_t>(offset), SEEK_SET) < 0) {
        ::close(descriptor);
        return {nullptr, &gzclose_r};
    }
    GzipFile gzip(gzdopen(descriptor, "rb"), &gzclose_r);
    if (!gzip)
        ::close(descriptor);
    return gzip;
}

bool isSound(const GzipFile &gzip)
{
    int status = Z_OK;
    gzerror(gzip.get(), &status);
    return status == Z_OK || status == Z_STREAM_END;
}

} // namespace

std::optional<std::vector<unsigned char>> unpackStart(const std::filesystem::path &file, std::uint64_t count,
                                                      std::uint64_t offset)
{
    constexpr std::uint64_t Block = 1U << 30;
    const GzipFile gzip = open(file, offset);
    if (!gzip)
        return std::nullopt;
    std::vector<unsigned char> bytes(count);
    std::uint64_t done = 0;
    while (done < count) {
        const int got = gzread(gzip.get(), bytes.data() + done, static_cast<unsigned>(std::min(Block, count - done)));
        if (got < 0)
            return std::nullopt;
        if (got == 0)
            break;
        done += static_cast<std::uint64_t>(got);
    }
    bytes.resize(done);
    return bytes;
}

std::optional<std::uint64_t> unpackedSize(const std::filesystem::path &file, std::uint64_t enough, std::uint64_t offset)
{
    const GzipFile gzip = open(file, offset);
    if (!gzip)
        return std::nullopt;
    gzbuffer(gzip.get(), 1U << 17);
    std::vector<unsigned char> buffer(1U << 20);
    std::uint64_t total = 0;
    while (total < enough) {
        const int got = gzread(gzip.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
        if (got < 0)
            return std::nullopt;
        if (got == 0)
            break;
        total += static_cast<std::uint64_t>(got);
    }
    if (!isSound(gzip))
        return std::nullopt;
    return total;
}

} // namespace semigda::storage
