// SPDX-License-Identifier: Apache-2.0
#include "storage/TiffTags_p.h"

#include "storage/FileKind_p.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <set>
#include <vector>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;

enum Tag : unsigned {
    ImageWidth = 256,
    ImageLength = 257,
    BitsPerSample = 258,
    Photometric = 262,
    StripOffsets = 273,
    Orientation = 274,
    SamplesPerPixel = 277,
    StripByteCounts = 279,
    TileOffsets = 324,
    TileByteCounts = 325,
    SampleFormatTag = 339
};

/// Numbers at places of the file, in its byte order; nothing behind its end.
class TiffStream
{
public:
    explicit TiffStream(const std::filesystem::path &file)
        : m_stream(file, std::ios::binary)
    {
        m_stream.seekg(0, std::ios::end);
        m_size = static_cast<std::uint64_t>(m_stream.tellg());
        std::array<char, 4> magic{};
        m_stream.seekg(0);
        m_stream.read(magic.data(), magic.size());
        m_isBigEndian = magic[0] == 'M';
        m_isBig = (m_isBigEndian ? magic[3] : magic[2]) == '+';
    }

    bool isBig() const { return m_isBig; }
    std::uint64_t size() const { return m_size; }

    std::optional<std::uint64_t> number(std::uint64_t at, std::size_t bytes)
    {
        std::array<unsigned char, 8> raw{};
        if (at > m_size || m_size - at < bytes)
            return std::nullopt;
        m_stream.clear();
        m_stream.seekg(static_cast<std::streamoff>(at));
        if (!m_stream.read(reinterpret_cast<char *>(raw.data()), static_cast<std::streamsize>(bytes)))
            return std::nullopt;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i)
            value = value << 8 | raw[m_isBigEndian ? i : bytes - 1 - i];
        return value;
    }

private:
    std::ifstream m_stream;
    std::uint64_t m_size = 0;
    bool m_isBigEndian = false;
    bool m_isBig = false;
};

struct Entry
{
    unsigned tag = 0;
    std::size_t bytesEach = 0;
    std::uint64_t count = 0;
    std::uint64_t at = 0;
};

struct Directory
{
    std::vector<Entry> entries;
    std::uint64_t next = 0;

    const Entry *find(Tag tag) const
    {
        const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry &e) { return e.tag == tag; });
        return found == entries.end() ? nullptr : &*found;
    }
};

std::size_t bytesOfType(std::uint64_t type)
{
    static constexpr std::array<std::size_t, 19> Bytes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    return type < Bytes.size() ? Bytes[static_cast<std::size_t>(type)] : 0;
}

std::optional<Directory> readDirectory(TiffStream &stream, std::uint64_t at)
{
    const std::size_t word = stream.isBig() ? 8 : 4;
    const std::size_t countBytes = stream.isBig() ? 8 : 2;
    const std::size_t entryBytes = stream.isBig() ? 20 : 12;
    const auto count = stream.number(at, countBytes);
    if (!count || *count == 0 || *count > 4096)
        return std::nullopt;
    Directory directory;
    for (std::uint64_t i = 0; i < *count; ++i) {
        const std::uint64_t start = at + countBytes + i * entryBytes;
        const auto tag = stream.number(start, 2);
        const auto type = stream.number(start + 2, 2);
        const auto values = stream.number(start + 4, word);
        if (!tag || !type || !values)
            return std::nullopt;
        Entry entry{static_cast<unsigned>(*tag), bytesOfType(*type), *values, start + 4 + word};
        if (*values > stream.size())
            return std::nullopt;
        if (entry.bytesEach * *values > word) {
            const auto offset = stream.number(entry.at, word);
            if (!offset)
                return std::nullopt;
            entry.at = *offset;
        }
        directory.entries.push_back(entry);
    }
    const auto next = stream.number(at + countBytes + *count * entryBytes, word);
    directory.next = next.value_or(0);
    return directory;
}

std::optional<std::uint64_t> value(TiffStream &stream, const Directory &directory, Tag tag, std::uint64_t index = 0)
{
    const Entry *entry = directory.find(tag);
    if (entry == nullptr || index >= entry->count || entry->bytesEach == 0)
        return std::nullopt;
    return stream.number(entry->at + index * entry->bytesEach, entry->bytesEach);
}

bool isWhole(TiffStream &stream, const Directory &directory)
{
    const bool isTiled = directory.find(TileOffsets) != nullptr;
    const Tag offsets = isTiled ? TileOffsets : StripOffsets;
    const Tag lengths = isTiled ? TileByteCounts : StripByteCounts;
    const Entry *entry = directory.find(offsets);
    if (entry == nullptr)
        return false;
    for (std::uint64_t i = 0; i < entry->count; ++i) {
        const auto offset = value(stream, directory, offsets, i);
        const auto length = value(stream, directory, lengths, i);
        if (!offset || *offset > stream.size() || length.value_or(0) > stream.size() - *offset)
            return false;
    }
    return true;
}

unsigned small(TiffStream &stream, const Directory &directory, Tag tag, unsigned fallback)
{
    return static_cast<unsigned>(value(stream, directory, tag).value_or(fallback) & 0xffffU);
}

int countPages(TiffStream &stream, const Directory &first, const TiffTags &tags)
{
    constexpr int MostPages = 65535;
    std::set<std::uint64_t> seen;
    int count = 1;
    for (std::uint64_t at = first.next; at != 0 && count < MostPages; ++count) {
        const auto page = seen.insert(at).second ? readDirectory(stream, at) : std::nullopt;
        if (!page || value(stream, *page, ImageWidth) != tags.width || value(stream, *page, ImageLength) != tags.height
            || !isWhole(stream, *page))
            return 1;
        at = page->next;
    }
    return count;
}

} // namespace

Result<TiffTags> readTiffTags(const std::filesystem::path &file)
{
    TiffStream stream(file);
    const auto start = stream.number(stream.isBig() ? 8 : 4, stream.isBig() ? 8 : 4);
    const auto directory = start ? readDirectory(stream, *start) : std::nullopt;
    if (!directory || !isWhole(stream, *directory))
        return badFile(ErrorCode::CorruptFile, file, phrase("errors", "is cut off before the end of its TIFF data"),
                       CopyAgain);
    TiffTags tags;
    tags.width = value(stream, *directory, ImageWidth).value_or(0);
    tags.height = value(stream, *directory, ImageLength).value_or(0);
    tags.bitsPerSample = small(stream, *directory, BitsPerSample, 1);
    tags.samplesPerPixel = small(stream, *directory, SamplesPerPixel, 1);
    tags.photometric = small(stream, *directory, Photometric, 1);
    tags.orientation = small(stream, *directory, Orientation, 1);
    const unsigned format = small(stream, *directory, SampleFormatTag, 1);
    if (format == 2 || format == 3)
        tags.sampleFormat = static_cast<TiffTags::SampleFormat>(format);

    const auto unsupported = [&](const core::Sentence &fault) {
        return badFile(ErrorCode::UnsupportedFormat, file, fault,
                       phrase("errors", "save it as PNG or as a TIFF of 8 or 16 bits"));
    };
    if (tags.width == 0 || tags.height == 0 || tags.width > 0x7fffffffU || tags.height > 0x7fffffffU)
        return badFile(ErrorCode::CorruptFile, file, phrase("errors", "has damaged TIFF data"), CopyAgain);
    if (tags.bitsPerSample > 32)
        return unsupported(phrase("errors", "is a TIFF image with %1 bits a sample").with(tags.bitsPerSample));
    if (tags.isGrey() && tags.photometric == 0 && tags.bitsPerSample > 8)
        return unsupported(
            phrase("errors", "is a TIFF image with %1 bits a sample of which zero is white").with(tags.bitsPerSample));
    const bool isHalfFloat = tags.sampleFormat == TiffTags::SampleFormat::Float && tags.bitsPerSample < 32;
    if (tags.needsVtk() && (tags.orientation != 1 || isHalfFloat))
        return unsupported(isHalfFloat
                               ? phrase("errors", "is a TIFF image with 16-bit floating point samples")
                               : phrase("errors", "is a TIFF image with rotated signed or floating point samples"));
    tags.pageCount = countPages(stream, *directory, tags);
    return tags;
}

} // namespace semigda::storage
