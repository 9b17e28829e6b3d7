// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace semigda::test
{

inline std::string littleEndianBytes(std::uint64_t value, int count)
{
    std::string bytes;
    for (int i = 0; i < count; ++i) {
        bytes += static_cast<char>((value >> (8 * i)) & 0xFF);
    }
    return bytes;
}

inline std::string joined(std::initializer_list<std::string_view> parts)
{
    std::string bytes;
    for (const std::string_view part : parts) {
        bytes.append(part);
    }
    return bytes;
}

inline std::uint32_t crc32(const std::string &bytes)
{
    std::uint32_t crc = ~0U;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
        }
    }
    return ~crc;
}

/// Writes zip archives as PyTorch does: stored entries, aligned to 64 bytes by an extra field "FB", sizes behind the
/// data and in the directory. Every field can be made wrong.
class ZipWriter
{
public:
    struct Entry
    {
        std::string name;
        std::string data;
        std::uint64_t hole = 0; ///< zero bytes behind the data that take no place on the disk
        std::uint64_t method = 0;
        std::uint64_t flags = 0x0808; ///< sizes behind the data, UTF-8
        std::string localName;        ///< empty: as in the directory
        std::int64_t sizeError = 0;   ///< added to the sizes in the directory
        std::int64_t offsetError = 0; ///< added to the offset in the directory
    };
    std::vector<Entry> entries;
    bool usesZip64 = false; ///< else only where a number needs it
    std::int64_t directoryOffsetError = 0;
    std::int64_t directorySizeError = 0;
    std::int64_t countError = 0;
    std::string comment;

    Entry &add(std::string name, std::string data)
    {
        Entry &entry = entries.emplace_back();
        entry.name = std::move(name);
        entry.data = std::move(data);
        return entry;
    }

    void write(const std::filesystem::path &path) const
    {
        std::ofstream stream(path, std::ios::binary | std::ios::trunc);
        write(stream);
    }

    template <typename Stream> void write(Stream &stream) const
    {
        std::string directory;
        std::uint64_t at = 0;
        for (const Entry &entry : entries) {
            const std::uint64_t size = entry.data.size() + entry.hole;
            const std::string local = localPart(entry, at);
            const int sizeBytes = size > Most32 ? 8 : 4;
            const std::string descriptor =
                joined({"PK\x07\x08", littleEndianBytes(crcOf(entry), 4), littleEndianBytes(size, sizeBytes),
                        littleEndianBytes(size, sizeBytes)});
            directory += directoryPart(entry, at);
            stream << local << entry.data;
            at += local.size() + size;
            if (entry.hole != 0) {
                stream.seekp(static_cast<std::streamoff>(at));
            }
            stream << descriptor;
            at += descriptor.size();
        }
        stream << directory << endPart(at, directory.size());
    }

private:
    static constexpr std::uint64_t Most32 = 0xFFFFFFFE;

    static std::uint32_t crcOf(const Entry &entry) { return entry.hole == 0 ? crc32(entry.data) : 0; }

    static std::string localPart(const Entry &entry, std::uint64_t at)
    {
        const std::string &name = entry.localName.empty() ? entry.name : entry.localName;
        const std::uint64_t start = at + 30 + name.size() + 4;
        const std::uint64_t padding = (64 - start % 64) % 64;
        return joined({"PK\x03\x04", littleEndianBytes(0, 2), littleEndianBytes(entry.flags, 2),
                       littleEndianBytes(entry.method, 2), std::string(16, '\0'), littleEndianBytes(name.size(), 2),
                       littleEndianBytes(padding + 4, 2), name, "FB", littleEndianBytes(padding, 2),
                       std::string(padding, 'Z')});
    }

    std::string directoryPart(const Entry &entry, std::uint64_t at) const
    {
        const std::uint64_t size = entry.data.size() + entry.hole + static_cast<std::uint64_t>(entry.sizeError);
        const std::uint64_t offset = at + static_cast<std::uint64_t>(entry.offsetError);
        std::string extra;
        const auto small = [&](std::uint64_t value) {
            if (value <= Most32 && !usesZip64) {
                return value;
            }
            extra += littleEndianBytes(value, 8);
            return std::uint64_t(0xFFFFFFFF);
        };
        const std::uint64_t shownSize = small(size);
        const std::uint64_t shownCompressed = small(size);
        const std::uint64_t shownOffset = small(offset);
        if (!extra.empty()) {
            extra = joined({littleEndianBytes(1, 2), littleEndianBytes(extra.size(), 2), extra});
        }
        return joined({"PK\x01\x02", littleEndianBytes(0, 4), littleEndianBytes(entry.flags, 2),
                       littleEndianBytes(entry.method, 2), std::string(4, '\0'), littleEndianBytes(crcOf(entry), 4),
                       littleEndianBytes(shownCompressed, 4), littleEndianBytes(shownSize, 4),
                       littleEndianBytes(entry.name.size(), 2), littleEndianBytes(extra.size(), 2),
                       std::string(10, '\0'), littleEndianBytes(shownOffset, 4), entry.name, extra});
    }

    std::string endPart(std::uint64_t at, std::uint64_t directorySize) const
    {
        const std::uint64_t offset = at + static_cast<std::uint64_t>(directoryOffsetError);
        const std::uint64_t size = directorySize + static_cast<std::uint64_t>(directorySizeError);
        const std::uint64_t count = entries.size() + static_cast<std::uint64_t>(countError);
        const bool is64 = usesZip64 || offset > Most32 || size > Most32 || count > 0xFFFE;
        std::string end;
        if (is64) {
            end = joined({"PK\x06\x06", littleEndianBytes(44, 8), littleEndianBytes(45, 2), littleEndianBytes(45, 2),
                          littleEndianBytes(0, 8), littleEndianBytes(count, 8), littleEndianBytes(count, 8),
                          littleEndianBytes(size, 8), littleEndianBytes(offset, 8), "PK\x06\x07",
                          littleEndianBytes(0, 4), littleEndianBytes(at + directorySize, 8), littleEndianBytes(1, 4)});
        }
        const std::string shownCount = littleEndianBytes(is64 ? 0xFFFF : count, 2);
        return joined({end, "PK\x05\x06", littleEndianBytes(0, 4), shownCount, shownCount,
                       littleEndianBytes(is64 ? 0xFFFFFFFF : size, 4), littleEndianBytes(is64 ? 0xFFFFFFFF : offset, 4),
                       littleEndianBytes(comment.size(), 2), comment});
    }
};

} // namespace semigda::test
