// SPDX-License-Identifier: Apache-2.0
#include "storage/RasterIntegrity_p.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <vector>

namespace semigda::storage
{

namespace
{

std::uint32_t bigEndian32(const unsigned char *bytes)
{
    return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16
           | static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3];
}

enum class Walk { Whole, Truncated, Damaged };

/// Checks the sums of the chunks that pixels depend on: libpng would complain on the terminal.
Walk walkPng(std::istream &stream, std::uintmax_t size)
{
    constexpr std::size_t Block = 1U << 16;
    constexpr unsigned char LowerCaseBit = 0x20;
    std::vector<unsigned char> buffer(Block);
    std::uintmax_t at = 8;
    while (at + 12 <= size) {
        std::array<unsigned char, 8> chunk{};
        stream.seekg(static_cast<std::streamoff>(at));
        if (!stream.read(reinterpret_cast<char *>(chunk.data()), 8))
            return Walk::Truncated;
        const std::uint32_t length = bigEndian32(chunk.data());
        const auto isLetter = [](unsigned char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
        if (length > 0x7fffffffU || !std::all_of(chunk.begin() + 4, chunk.end(), isLetter))
            return Walk::Damaged;
        at += 12 + static_cast<std::uintmax_t>(length);
        if (at > size)
            return Walk::Truncated;
        const bool isCritical = (chunk[4] & LowerCaseBit) == 0;
        if (isCritical) {
            uLong sum = crc32(0, chunk.data() + 4, 4);
            for (std::uint32_t done = 0; done < length;) {
                const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(Block, length - done));
                if (!stream.read(reinterpret_cast<char *>(buffer.data()), count))
                    return Walk::Truncated;
                sum = crc32(sum, buffer.data(), count);
                done += count;
            }
            if (!stream.read(reinterpret_cast<char *>(buffer.data()), 4) || bigEndian32(buffer.data()) != sum)
                return Walk::Damaged;
        }
        if (std::memcmp(chunk.data() + 4, "IEND", 4) == 0)
            return Walk::Whole;
    }
    return Walk::Truncated;
}

/// Qt fills missing rows of an uncompressed bitmap with nothing.
Walk walkBmp(const FileHead &head)
{
    constexpr std::uint32_t Os2Header = 12;
    const auto &bytes = head.bytes;
    const auto little = [&](std::size_t at, std::size_t count) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < count && at + i < bytes.size(); ++i)
            value |= static_cast<std::uint64_t>(bytes[at + i]) << (8 * i);
        return value;
    };
    const bool isOs2 = little(14, 4) == Os2Header;
    const std::uint64_t compression = isOs2 ? 0 : little(30, 4);
    const bool isPlain = compression == 0 || compression == 3 || compression == 6;
    if (!isPlain)
        return head.size >= little(2, 4) ? Walk::Whole : Walk::Truncated;
    const auto width = static_cast<std::uint32_t>(isOs2 ? little(18, 2) : little(18, 4));
    const auto signedHeight = static_cast<std::int32_t>(isOs2 ? little(20, 2) : little(22, 4));
    const std::uint64_t height = static_cast<std::uint64_t>(std::abs(static_cast<std::int64_t>(signedHeight)));
    const std::uint64_t bits = isOs2 ? little(24, 2) : little(28, 2);
    if (width == 0 || width > 0x7fffffffU || height == 0 || bits == 0 || bits > 32)
        return Walk::Damaged;
    const std::uint64_t rowBytes = (width * bits + 31) / 32 * 4;
    return head.size >= little(10, 4) + rowBytes * height ? Walk::Whole : Walk::Truncated;
}

/// Skips entropy-coded data up to the next marker and returns its code; -1 at the end of the file.
int nextMarker(std::streambuf &bytes)
{
    constexpr int End = std::char_traits<char>::eof();
    for (int c = bytes.sbumpc(); c != End; c = bytes.sbumpc()) {
        if (c != 0xff)
            continue;
        do {
            c = bytes.sbumpc();
        } while (c == 0xff);
        if (c == End)
            return -1;
        const bool isStuffing = c == 0x00 || c == 0x01 || (c >= 0xd0 && c <= 0xd8);
        if (!isStuffing)
            return c;
    }
    return -1;
}

Walk walkJpeg(std::istream &stream)
{
    constexpr int EndOfImage = 0xd9;
    constexpr int StartOfScan = 0xda;
    std::streambuf &bytes = *stream.rdbuf();
    bool hasScan = false;
    stream.seekg(2);
    for (;;) {
        const int marker = nextMarker(bytes);
        if (marker < 0)
            return Walk::Truncated;
        if (marker == EndOfImage)
            return hasScan ? Walk::Whole : Walk::Truncated;
        hasScan = hasScan || marker == StartOfScan;
        const int high = bytes.sbumpc();
        const int low = bytes.sbumpc();
        if (high < 0 || low < 0)
            return Walk::Truncated;
        const int length = high * 256 + low;
        if (length < 2)
            return Walk::Damaged;
        for (int i = 2; i < length; ++i)
            if (bytes.sbumpc() == std::char_traits<char>::eof())
                return Walk::Truncated;
    }
}

} // namespace

core::Result<void> checkRasterIsWhole(const std::filesystem::path &file, const FileHead &head)
{
    std::ifstream stream(file, std::ios::binary);
    Walk walk = Walk::Whole;
    std::string format;
    if (head.kind == FileKind::Png) {
        walk = walkPng(stream, head.size);
        format = "PNG";
    } else if (head.kind == FileKind::Jpeg) {
        walk = walkJpeg(stream);
        format = "JPEG";
    } else if (head.kind == FileKind::Bmp) {
        walk = walkBmp(head);
        format = "BMP";
    }
    if (walk == Walk::Truncated)
        return badFile(core::ErrorCode::CorruptFile, file,
                       core::phrase("errors", "is cut off before the end of its %1 data").with(format), CopyAgain);
    if (walk == Walk::Damaged)
        return badFile(core::ErrorCode::CorruptFile, file, core::phrase("errors", "has damaged %1 data").with(format),
                       CopyAgain);
    return {};
}

} // namespace semigda::storage
