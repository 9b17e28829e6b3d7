// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteFiles_p.h"

#include "core/AtomicFile.h"
#include "storage/Descriptor_p.h"
#include "storage/Sha256_p.h"
#include "storage/SqliteProject.h"

#include <cerrno>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace semigda::storage
{

namespace
{

using core::phrase;
using core::Result;

constexpr std::size_t PieceBytes = 1U << 20;

int writeAll(int descriptor, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

} // namespace

Result<void> readFileInPieces(const std::filesystem::path &file, const core::Sentence &action,
                              const std::function<bool(std::span<const std::byte>)> &sink)
{
    const Descriptor source(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!source.isOpen()) {
        return core::fileError(action, file, errno);
    }
    std::vector<std::byte> piece(PieceBytes);
    for (;;) {
        const ssize_t count = ::read(source.number(), piece.data(), piece.size());
        if (count == 0) {
            return {};
        }
        if (count > 0) {
            if (!sink(std::span(piece).first(static_cast<std::size_t>(count)))) {
                return {};
            }
        } else if (errno != EINTR) {
            return core::fileError(action, file, errno);
        }
    }
}

Result<void> copyVerified(const std::filesystem::path &file, const std::filesystem::path &target,
                          const std::string &sha256)
{
    // The user knows her file, not the project's name for the copy, so that errors name the former.
    static constexpr core::Phrase Action = phrase("errors", "copy into the project the file");
    return core::replaceFileAtomically(target, [&](const std::filesystem::path &temporary) -> Result<void> {
        Descriptor copy(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
        if (!copy.isOpen()) {
            return core::fileError(Action, file, errno);
        }
        Sha256 hash;
        int failure = 0;
        const Result<void> read =
            readFileInPieces(file, phrase("errors", "read"), [&](std::span<const std::byte> piece) {
                hash.add(piece);
                failure = writeAll(copy.number(), piece);
                return failure == 0;
            });
        if (!read) {
            return read;
        }
        const int closing = copy.close();
        if (failure != 0 || closing != 0) {
            return core::fileError(Action, file, failure != 0 ? failure : closing);
        }
        if (hash.hex() != sha256) {
            return core::Error{
                core::ErrorCode::Io,
                phrase("errors", "The file %1 changed while it was read; try again when nothing writes to it.")
                    .with(file)};
        }
        return {};
    });
}

bool isTemporaryName(const std::string &fileName)
{
    return fileName.starts_with(".") && fileName.find(".tmp-") != std::string::npos;
}

Result<std::string> fileSha256(const std::filesystem::path &file)
{
    try {
        Sha256 hash;
        const Result<void> read =
            readFileInPieces(file, phrase("errors", "read"), [&](std::span<const std::byte> piece) {
                hash.add(piece);
                return true;
            });
        if (!read) {
            return read.error();
        }
        return hash.hex();
    } catch (const std::exception &) {
        return core::fileError(phrase("errors", "read"), file, ENOMEM);
    }
}

} // namespace semigda::storage
