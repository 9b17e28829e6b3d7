// SPDX-License-Identifier: Apache-2.0
#include "learning/InputFile_p.h"

#include "core/AtomicFile.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <limits>
#include <sstream>
#include <utility>

#include <unistd.h>

namespace semigda::learning
{

namespace
{

/// Systems that promise more memory than they have kill the program instead of refusing; so ask first.
std::uint64_t physicalMemory()
{
    const long pages = ::sysconf(_SC_PHYS_PAGES);
    const long pageSize = ::sysconf(_SC_PAGESIZE);
    if (pages <= 0 || pageSize <= 0) {
        return std::numeric_limits<std::uint64_t>::max();
    }
    return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(pageSize);
}

} // namespace

InputFile::InputFile(std::filesystem::path path, core::Sentence kind, std::unique_ptr<std::istream> stream,
                     std::uint64_t size)
    : m_path(std::move(path))
    , m_kind(std::move(kind))
    , m_stream(std::move(stream))
    , m_size(size)
{}

core::Result<InputFile> InputFile::open(const std::filesystem::path &path, core::Sentence kind)
{
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(path, failure);
    if (failure) {
        return core::fileError(core::phrase("errors", "read"), path, failure.value());
    }
    auto stream = std::make_unique<std::ifstream>(path, std::ios::binary);
    if (!*stream) {
        return core::fileError(core::phrase("errors", "read"), path, errno);
    }
    return InputFile(path, std::move(kind), std::move(stream), size);
}

InputFile InputFile::fromMemory(std::span<const std::byte> bytes, const std::string &name, core::Sentence kind)
{
    return InputFile(
        name, std::move(kind),
        std::make_unique<std::istringstream>(std::string(reinterpret_cast<const char *>(bytes.data()), bytes.size())),
        bytes.size());
}

core::Result<void> InputFile::read(std::uint64_t offset, std::span<std::byte> into)
{
    if (offset > m_size || into.size() > m_size - offset) {
        return damaged(core::phrase("errors", "it is cut off"));
    }
    m_stream->clear();
    m_stream->seekg(static_cast<std::streamoff>(offset));
    if (!m_stream->read(reinterpret_cast<char *>(into.data()), static_cast<std::streamsize>(into.size()))) {
        return damaged(core::phrase("errors", "its data is cut off"));
    }
    return {};
}

core::Result<std::vector<std::byte>> InputFile::read(std::uint64_t offset, std::uint64_t size)
{
    if (offset > m_size || size > m_size - offset) {
        return damaged(core::phrase("errors", "it is cut off"));
    }
    auto bytes = allocate(size);
    if (!bytes) {
        return bytes.error();
    }
    if (const auto done = read(offset, std::span<std::byte>(*bytes)); !done) {
        return done.error();
    }
    return bytes;
}

core::Result<void> InputFile::checkMemory(std::uint64_t bytes) const
{
    if (bytes > physicalMemory()) {
        return core::fileError(core::phrase("errors", "read"), m_path, ENOMEM);
    }
    return {};
}

core::Result<std::vector<std::byte>> InputFile::allocate(std::uint64_t size) const
{
    if (const auto fits = checkMemory(size); !fits) {
        return fits.error();
    }
    try {
        return std::vector<std::byte>(static_cast<std::size_t>(size));
    } catch (const std::exception &) {
        return core::fileError(core::phrase("errors", "read"), m_path, ENOMEM);
    }
}

core::Error InputFile::damaged(const core::Sentence &fault) const
{
    return {core::ErrorCode::CorruptFile,
            core::phrase("errors", "%1 is not a whole %2 (%3); copy or download it again.")
                .with(m_path.string(), m_kind, fault)};
}

core::Error InputFile::unsupported(const core::Sentence &what, const core::Sentence &advice) const
{
    return {core::ErrorCode::UnsupportedFormat,
            core::phrase("errors", "%1 %2; %3.").with(m_path.string(), what, advice)};
}

std::string printable(std::string_view name)
{
    constexpr std::size_t Longest = 80;
    std::string shown(name.substr(0, Longest));
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, '?');
    return '"' + shown + (name.size() > Longest ? "...\"" : "\"");
}

} // namespace semigda::learning
