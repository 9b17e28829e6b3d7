// SPDX-License-Identifier: Apache-2.0
#include "storage/FileKind_p.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;

bool startsWith(const std::vector<unsigned char> &bytes, std::string_view magic, std::size_t at = 0)
{
    return bytes.size() >= at + magic.size() && std::memcmp(bytes.data() + at, magic.data(), magic.size()) == 0;
}

std::uint32_t littleEndian32(const std::vector<unsigned char> &bytes, std::size_t at)
{
    return static_cast<std::uint32_t>(bytes[at]) | static_cast<std::uint32_t>(bytes[at + 1]) << 8
           | static_cast<std::uint32_t>(bytes[at + 2]) << 16 | static_cast<std::uint32_t>(bytes[at + 3]) << 24;
}

bool isNifti(const std::vector<unsigned char> &bytes)
{
    using namespace std::string_view_literals;
    return startsWith(bytes, "n+1\0"sv, 344) || startsWith(bytes, "ni1\0"sv, 344) || startsWith(bytes, "n+2\0"sv, 4)
           || startsWith(bytes, "ni2\0"sv, 4);
}

/// Old files lack the preamble and begin with a data element of group 0002 or 0008.
bool isBareDicom(const std::vector<unsigned char> &bytes)
{
    if (bytes.size() < 12 || bytes[1] != 0 || (bytes[0] != 0x02 && bytes[0] != 0x08) || bytes[3] != 0)
        return false;
    const auto isCapital = [](unsigned char c) { return c >= 'A' && c <= 'Z'; };
    if (isCapital(bytes[4]) && isCapital(bytes[5]))
        return true;
    return littleEndian32(bytes, 4) <= 64;
}

bool isText(const std::vector<unsigned char> &bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](unsigned char c) {
        return c == '\t' || c == '\n' || c == '\r' || c == '\f' || (c >= 0x20 && c != 0x7f);
    });
}

bool isBmp(const std::vector<unsigned char> &bytes)
{
    if (!startsWith(bytes, "BM") || bytes.size() < 26)
        return false;
    static constexpr std::array<std::uint32_t, 7> HeaderSizes{12, 40, 52, 56, 64, 108, 124};
    return std::find(HeaderSizes.begin(), HeaderSizes.end(), littleEndian32(bytes, 14)) != HeaderSizes.end();
}

FileKind kindOf(const std::vector<unsigned char> &bytes)
{
    using namespace std::string_view_literals;
    if (startsWith(bytes, "DICM", 128))
        return FileKind::Dicom;
    if (startsWith(bytes, "\x89PNG\r\n\x1a\n"sv))
        return FileKind::Png;
    if (startsWith(bytes, "\xff\xd8\xff"sv))
        return FileKind::Jpeg;
    if (startsWith(bytes, "II*\0"sv) || startsWith(bytes, "MM\0*"sv) || startsWith(bytes, "II+\0"sv)
        || startsWith(bytes, "MM\0+"sv))
        return FileKind::Tiff;
    if (startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8))
        return FileKind::WebP;
    if (startsWith(bytes, "GIF8"))
        return FileKind::Gif;
    if (startsWith(bytes, "\x1f\x8b"sv))
        return FileKind::Gzip;
    if (startsWith(bytes, "NRRD000"))
        return FileKind::Nrrd;
    if (isNifti(bytes))
        return FileKind::Nifti;
    if (isBmp(bytes))
        return FileKind::Bmp;
    if (isBareDicom(bytes))
        return FileKind::Dicom;
    return isText(bytes) ? FileKind::Text : FileKind::Unknown;
}

} // namespace

core::Error badFile(ErrorCode code, const std::filesystem::path &file, const core::Sentence &fault,
                    const core::Sentence &remedy)
{
    return {code, phrase("errors", "The file '%1' %2; %3.").with(file.filename(), fault, remedy)};
}

core::Result<FileHead> sniffFile(const std::filesystem::path &file)
{
    std::error_code status;
    const auto type = std::filesystem::status(file, status).type();
    if (type == std::filesystem::file_type::not_found)
        return badFile(ErrorCode::NotFound, file, phrase("errors", "does not exist"),
                       phrase("errors", "check the name and the folder"));
    if (status)
        return badFile(status == std::errc::permission_denied ? ErrorCode::PermissionDenied : ErrorCode::Io, file,
                       phrase("errors", "cannot be reached (%1)").with(status.message()),
                       phrase("errors", "check the rights of its folder"));
    if (type == std::filesystem::file_type::directory)
        return badFile(ErrorCode::InvalidArgument, file, phrase("errors", "is a folder, not an image"),
                       phrase("errors", "choose the files in it"));
    if (type != std::filesystem::file_type::regular)
        return badFile(ErrorCode::InvalidArgument, file, phrase("errors", "is a device or a pipe, not an image file"),
                       phrase("errors", "choose a regular file"));

    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        if (errno == EACCES || errno == EPERM)
            return badFile(ErrorCode::PermissionDenied, file,
                           phrase("errors", "cannot be opened because you may not read it"),
                           phrase("errors", "ask its owner for read access or copy it to a folder of yours"));
        return badFile(ErrorCode::Io, file,
                       phrase("errors", "cannot be opened (%1)").with(std::string(std::strerror(errno))),
                       phrase("errors", "check the disk or network drive"));
    }
    FileHead head;
    head.bytes.resize(1024);
    stream.read(reinterpret_cast<char *>(head.bytes.data()), static_cast<std::streamsize>(head.bytes.size()));
    if (stream.bad())
        return badFile(ErrorCode::Io, file, phrase("errors", "cannot be read"),
                       phrase("errors", "check the disk or network drive"));
    head.bytes.resize(static_cast<std::size_t>(stream.gcount()));
    if (head.bytes.empty())
        return badFile(ErrorCode::CorruptFile, file, phrase("errors", "is empty"), CopyAgain);
    head.size = std::filesystem::file_size(file, status);
    if (status)
        return badFile(ErrorCode::Io, file, phrase("errors", "cannot be read (%1)").with(status.message()),
                       phrase("errors", "check the disk or network drive"));
    head.kind = kindOf(head.bytes);
    return head;
}

std::string extensionOf(const std::filesystem::path &file)
{
    std::string name = file.filename().string();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    static constexpr std::string_view Compressed = ".nii.gz";
    if (name.size() > Compressed.size() && name.ends_with(Compressed))
        return std::string(Compressed);
    return std::filesystem::path(name).extension().string();
}

core::Error notAnImage(const std::filesystem::path &file, const FileHead &head)
{
    if (head.kind == FileKind::Gif)
        return badFile(ErrorCode::UnsupportedFormat, file,
                       phrase("errors", "is a GIF image, which this program does not read"),
                       phrase("errors", "save it as PNG"));
    if (head.kind == FileKind::Text)
        return badFile(ErrorCode::CorruptFile, file,
                       phrase("errors", "holds text, not an image, whatever its name says"),
                       phrase("errors", "check which file you meant"));
    return badFile(ErrorCode::CorruptFile, file, phrase("errors", "is damaged or no image that this program reads"),
                   phrase("errors", "use PNG, JPEG, TIFF, BMP, WebP, DICOM, NIfTI or NRRD"));
}

} // namespace semigda::storage
