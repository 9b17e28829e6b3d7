// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/InputFile_p.h"

#include <map>

namespace semigda::learning
{

/// An entry of a zip archive as its directory describes it.
struct ZipEntry
{
    std::uint64_t header = 0; ///< where its local header begins
    std::uint64_t limit = 0;  ///< where the next entry, or the directory, begins
    std::uint64_t size = 0;   ///< of its bytes
    bool isStored = true;     ///< neither compressed nor encrypted
};

/// Reads stored entries of a zip archive (APPNOTE.TXT 6.3, with ZIP64), as PyTorch writes its checkpoints: never
/// compressed, each entry's data aligned by padding in its header's extra field. Only the directory is read when it is
/// opened. Checksums are not verified: PyTorch can be told to leave them out.
class ZipArchive
{
public:
    using Entries = std::map<std::string, ZipEntry, std::less<>>;

    /// CorruptFile for a directory that lies (past the end, overlapping or doubled entries, impossible counts).
    static core::Result<ZipArchive> open(InputFile file);

    const InputFile &file() const { return m_file; }
    const Entries &entries() const { return m_entries; }

    /// Fills `into` with the bytes of an entry from `offset` on. UnsupportedFormat when it is compressed or encrypted.
    core::Result<void> read(const Entries::value_type &entry, std::uint64_t offset, std::span<std::byte> into);

private:
    explicit ZipArchive(InputFile file)
        : m_file(std::move(file))
    {}
    struct Directory
    {
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
        std::uint64_t count = 0;
    };
    core::Result<Directory> findDirectory();
    core::Result<void> readDirectory(const Directory &directory);
    core::Result<void> checkOverlaps(std::uint64_t directoryOffset);
    core::Result<std::uint64_t> dataOffset(const Entries::value_type &entry);

    InputFile m_file;
    Entries m_entries;
};

} // namespace semigda::learning
