// SPDX-License-Identifier: Apache-2.0
#include "learning/ZipArchive_p.h"

#include <algorithm>
#include <array>
#include <optional>

namespace semigda::learning
{

namespace
{

using Bytes = std::span<const std::byte>;

// Section numbers are those of APPNOTE.TXT.
constexpr std::uint64_t LocalHeaderSize = 30;     // 4.3.7
constexpr std::uint64_t DirectoryEntrySize = 46;  // 4.3.12
constexpr std::uint64_t EndSize = 22;             // 4.3.16
constexpr std::uint64_t Locator64Size = 20;       // 4.3.15
constexpr std::uint64_t End64Size = 56;           // 4.3.14
constexpr std::uint64_t MaxComment = 0xFFFF;      // after the end record
constexpr std::uint64_t Saturated16 = 0xFFFF;     // the value stands in a ZIP64 record
constexpr std::uint64_t Saturated32 = 0xFFFFFFFF; // likewise
constexpr std::uint64_t LocalSignature = 0x04034B50;
constexpr std::uint64_t DirectorySignature = 0x02014B50;
constexpr std::uint64_t EndSignature = 0x06054B50;
constexpr std::uint64_t Locator64Signature = 0x07064B50;
constexpr std::uint64_t End64Signature = 0x06064B50;
/// A hundred times what the largest checkpoints have.
constexpr std::uint64_t MaxDirectory = 64U << 20;

template <std::size_t Size> std::uint64_t field(Bytes bytes, std::size_t at)
{
    return littleEndian<Size>(bytes.subspan(at, Size));
}

/// Sizes and offset of an entry, of which those that are saturated stand in the ZIP64 extra field, in this order
/// (4.5.3). False when that is missing or too short.
bool readExtra64(Bytes extra, std::uint64_t &size, std::uint64_t &compressed, std::uint64_t &offset)
{
    const bool isNeeded = size == Saturated32 || compressed == Saturated32 || offset == Saturated32;
    while (isNeeded && extra.size() >= 4) {
        const std::uint64_t id = field<2>(extra, 0);
        const std::uint64_t length = field<2>(extra, 2);
        extra = extra.subspan(4);
        if (length > extra.size()) {
            return false;
        }
        if (id != 1) {
            extra = extra.subspan(length);
            continue;
        }
        Bytes values = extra.first(length);
        for (std::uint64_t *value : {&size, &compressed, &offset}) {
            if (*value != Saturated32) {
                continue;
            }
            if (values.size() < 8) {
                return false;
            }
            *value = field<8>(values, 0);
            values = values.subspan(8);
        }
        return true;
    }
    return !isNeeded;
}

} // namespace

core::Result<ZipArchive> ZipArchive::open(InputFile file)
{
    ZipArchive archive(std::move(file));
    const auto directory = archive.findDirectory();
    if (!directory) {
        return directory.error();
    }
    if (const auto done = archive.readDirectory(*directory); !done) {
        return done.error();
    }
    if (const auto done = archive.checkOverlaps(directory->offset); !done) {
        return done.error();
    }
    return archive;
}

core::Result<ZipArchive::Directory> ZipArchive::findDirectory()
{
    const std::uint64_t tailSize = std::min(m_file.size(), EndSize + MaxComment + Locator64Size);
    const auto tail = m_file.read(m_file.size() - tailSize, tailSize);
    if (!tail) {
        return tail.error();
    }
    std::optional<std::size_t> end;
    for (std::size_t at = tail->size() >= EndSize ? tail->size() - EndSize + 1 : 0; at-- > 0 && !end;) {
        if (field<4>(*tail, at) == EndSignature && at + EndSize + field<2>(*tail, at + 20) == tail->size()) {
            end = at;
        }
    }
    if (!end) {
        return m_file.damaged(core::phrase("errors", "the directory at its end is missing"));
    }
    Directory directory{field<4>(*tail, *end + 16), field<4>(*tail, *end + 12), field<2>(*tail, *end + 10)};
    const bool isSaturated =
        directory.offset == Saturated32 || directory.size == Saturated32 || directory.count == Saturated16;
    const bool hasLocator = *end >= Locator64Size && field<4>(*tail, *end - Locator64Size) == Locator64Signature;
    if (isSaturated && hasLocator) {
        std::array<std::byte, End64Size> record{};
        const std::uint64_t at = field<8>(*tail, *end - Locator64Size + 8);
        if (const auto done = m_file.read(at, record); !done) {
            return done.error();
        }
        if (field<4>(record, 0) != End64Signature) {
            return m_file.damaged(core::phrase("errors", "its directory cannot be found"));
        }
        directory = {field<8>(record, 48), field<8>(record, 40), field<8>(record, 32)};
    }
    const bool isInside = directory.offset <= m_file.size() && directory.size <= m_file.size() - directory.offset;
    if (!isInside || directory.size > MaxDirectory || directory.count > directory.size / DirectoryEntrySize) {
        return m_file.damaged(core::phrase("errors", "its directory has an impossible size"));
    }
    return directory;
}

core::Result<void> ZipArchive::readDirectory(const Directory &directory)
{
    const auto bytes = m_file.read(directory.offset, directory.size);
    if (!bytes) {
        return bytes.error();
    }
    Bytes rest = *bytes;
    for (std::uint64_t i = 0; i < directory.count; ++i) {
        if (rest.size() < DirectoryEntrySize || field<4>(rest, 0) != DirectorySignature) {
            return m_file.damaged(core::phrase("errors", "its directory is malformed"));
        }
        const std::uint64_t nameLength = field<2>(rest, 28);
        const std::uint64_t extraLength = field<2>(rest, 30);
        const std::uint64_t length = DirectoryEntrySize + nameLength + extraLength + field<2>(rest, 32);
        if (length > rest.size()) {
            return m_file.damaged(core::phrase("errors", "its directory is malformed"));
        }
        const Bytes nameBytes = rest.subspan(DirectoryEntrySize, nameLength);
        std::string name(reinterpret_cast<const char *>(nameBytes.data()), nameBytes.size());
        ZipEntry entry;
        const bool isEncrypted = (field<2>(rest, 8) & 1U) != 0;
        entry.isStored = field<2>(rest, 10) == 0 && !isEncrypted;
        std::uint64_t compressed = field<4>(rest, 20);
        entry.size = field<4>(rest, 24);
        entry.header = field<4>(rest, 42);
        const bool isWhole = readExtra64(rest.subspan(DirectoryEntrySize + nameLength, extraLength), entry.size,
                                         compressed, entry.header);
        if (!isWhole || (entry.isStored && compressed != entry.size)) {
            return m_file.damaged(core::phrase("errors", "the sizes of %1 do not fit").with(printable(name)));
        }
        // What follows is about the bytes in the file.
        entry.size = compressed;
        if (!m_entries.emplace(name, entry).second) {
            return m_file.damaged(core::phrase("errors", "it holds %1 twice").with(printable(name)));
        }
        rest = rest.subspan(length);
    }
    return {};
}

core::Result<void> ZipArchive::checkOverlaps(std::uint64_t directoryOffset)
{
    std::vector<Entries::value_type *> byPlace;
    for (auto &entry : m_entries) {
        byPlace.push_back(&entry);
    }
    std::sort(byPlace.begin(), byPlace.end(),
              [](const auto *a, const auto *b) { return a->second.header > b->second.header; });
    std::uint64_t limit = directoryOffset;
    for (auto *place : byPlace) {
        ZipEntry &entry = place->second;
        const std::uint64_t least = LocalHeaderSize + place->first.size();
        if (entry.header > limit || limit - entry.header < least || limit - entry.header - least < entry.size) {
            return m_file.damaged(core::phrase("errors", "%1 overlaps what follows it").with(printable(place->first)));
        }
        entry.limit = limit;
        limit = entry.header;
    }
    return {};
}

core::Result<std::uint64_t> ZipArchive::dataOffset(const Entries::value_type &entry)
{
    const auto &[name, place] = entry;
    auto header = m_file.read(place.header, LocalHeaderSize + name.size());
    if (!header) {
        return header.error();
    }
    const Bytes bytes = *header;
    const bool hasName = field<2>(bytes, 26) == name.size()
                         && std::equal(name.begin(), name.end(), bytes.begin() + LocalHeaderSize,
                                       [](char a, std::byte b) { return static_cast<std::byte>(a) == b; });
    if (field<4>(bytes, 0) != LocalSignature || !hasName) {
        return m_file.damaged(core::phrase("errors", "its directory does not lead to %1").with(printable(name)));
    }
    const std::uint64_t offset = place.header + LocalHeaderSize + name.size() + field<2>(bytes, 28);
    if (offset > place.limit || place.size > place.limit - offset) {
        return m_file.damaged(core::phrase("errors", "%1 overlaps what follows it").with(printable(name)));
    }
    return offset;
}

core::Result<void> ZipArchive::read(const Entries::value_type &entry, std::uint64_t offset, std::span<std::byte> into)
{
    if (!entry.second.isStored) {
        return m_file.unsupported(
            core::phrase("errors", "is compressed or encrypted, as PyTorch never writes its checkpoints"),
            core::phrase("errors", "save it again with torch.save or as safetensors"));
    }
    const auto start = dataOffset(entry);
    if (!start) {
        return start.error();
    }
    if (offset > entry.second.size || into.size() > entry.second.size - offset) {
        return m_file.damaged(core::phrase("errors", "%1 is too short").with(printable(entry.first)));
    }
    return m_file.read(*start + offset, into);
}

} // namespace semigda::learning
