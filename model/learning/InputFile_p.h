// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <istream>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace semigda::learning
{

/// A file that someone else wrote, opened for reading at any place; files of more than 4 GB too. Every failure is one
/// sentence that names the file. One thread at a time.
class InputFile
{
public:
    /// `kind` names what it should be ("safetensors file") in the sentences of damaged().
    static core::Result<InputFile> open(const std::filesystem::path &path, core::Sentence kind);

    /// Bytes that are part of the program, read like a file; `name` stands for it in sentences.
    static InputFile fromMemory(std::span<const std::byte> bytes, const std::string &name, core::Sentence kind);

    const std::filesystem::path &path() const { return m_path; }
    std::uint64_t size() const { return m_size; }

    /// Fills `into` from the byte `offset` on; CorruptFile when the file ends before.
    core::Result<void> read(std::uint64_t offset, std::span<std::byte> into);
    /// As above into new memory. OutOfMemory, asked before anything is allocated.
    core::Result<std::vector<std::byte>> read(std::uint64_t offset, std::uint64_t size);
    /// OutOfMemory when so many bytes are more than the machine has.
    core::Result<void> checkMemory(std::uint64_t bytes) const;
    /// Zeroed bytes or OutOfMemory.
    core::Result<std::vector<std::byte>> allocate(std::uint64_t size) const;

    /// CorruptFile: "FILE is not a whole KIND (fault); copy or download it again."
    core::Error damaged(const core::Sentence &fault) const;
    /// UnsupportedFormat: "FILE what; advice."
    core::Error unsupported(const core::Sentence &what, const core::Sentence &advice) const;

private:
    InputFile(std::filesystem::path path, core::Sentence kind, std::unique_ptr<std::istream> stream,
              std::uint64_t size);

    std::filesystem::path m_path;
    core::Sentence m_kind;
    std::unique_ptr<std::istream> m_stream;
    std::uint64_t m_size;
};

/// The unsigned little-endian number in the first `Size` bytes; there must be as many.
template <std::size_t Size> std::uint64_t littleEndian(std::span<const std::byte> bytes)
{
    static_assert(Size <= 8);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < Size; ++i) {
        value |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
    }
    return value;
}

/// A name out of a file, in quotes and fit for one line of a message.
std::string printable(std::string_view name);

} // namespace semigda::learning
