// SPDX-License-Identifier: Apache-2.0
#include "storage/RasterIntegrity_p.h"

#include <array>
#include <cstring>
#include <fstream>

namespace semigda::storage
{

namespace
{

enum class Walk { Whole, Truncated, Damaged };

Walk walkPng(std::istream &stream, std::uintmax_t size)
{
    std::uintmax_t at = 8;
    while (at + 12 <= size) {
        std::array<unsigned char, 8> chunk{};
        stream.seekg(static_cast<std::streamoff>(at));
        if (!stream.read(reinterpret_cast<char *>(chunk.data()), 8))
            return Walk::Truncated;
        const std::uintmax_t length = static_cast<std::uintmax_t>(chunk[0]) << 24
                                      | static_cast<std::uintmax_t>(chunk[1]) << 16
                                      | static_cast<std::uintmax_t>(chunk[2]) << 8 | chunk[3];
        if (length > 0x7fffffffU)
            return Walk::Damaged;
        at += 12 + length;
        if (at > size)
            return Walk::Truncated;
        if (std::memcmp(chunk.data() + 4, "IEND", 4) == 0)
            return Walk::Whole;
    }
    return Walk::Truncated;
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
    if (head.kind != FileKind::Png && head.kind != FileKind::Jpeg)
        return {};
    std::ifstream stream(file, std::ios::binary);
    const Walk walk = head.kind == FileKind::Png ? walkPng(stream, head.size) : walkJpeg(stream);
    const std::string format = head.kind == FileKind::Png ? "PNG" : "JPEG";
    if (walk == Walk::Truncated)
        return badFile(core::ErrorCode::CorruptFile, file, "is cut off before the end of its " + format + " data",
                       "copy it again from its source");
    if (walk == Walk::Damaged)
        return badFile(core::ErrorCode::CorruptFile, file, "has damaged " + format + " data",
                       "copy it again from its source");
    return {};
}

} // namespace semigda::storage
