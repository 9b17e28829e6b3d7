// SPDX-License-Identifier: Apache-2.0
#include "storage/ImageFiles.h"

#include "storage/DicomReader_p.h"
#include "storage/FileKind_p.h"
#include "storage/RasterReader_p.h"
#include "storage/VolumeReader_p.h"

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;

constexpr std::array<std::string_view, 14> KnownExtensions{".png",    ".jpg",  ".jpeg", ".tif",   ".tiff",
                                                           ".bmp",    ".webp", ".dcm",  ".dicom", ".nii",
                                                           ".nii.gz", ".nrrd", ".nhdr", ".ima"};

/// What a library throws (mostly std::bad_alloc, on sizes a damaged header claims) ends here.
template <typename T, typename Function> Result<T> guarded(const std::filesystem::path &file, Function function)
{
    try {
        return function();
    } catch (const std::bad_alloc &) {
        return badFile(ErrorCode::OutOfMemory, file, phrase("errors", "needs more memory than this computer has free"),
                       phrase("errors", "close other programs or use a smaller image"));
    } catch (const std::exception &e) {
        return badFile(ErrorCode::CorruptFile, file,
                       phrase("errors", "cannot be read (%1)").with(std::string(e.what())), CopyAgain);
    }
}

} // namespace

bool looksLikeImage(const std::filesystem::path &file)
{
    const std::string extension = extensionOf(file);
    if (std::find(KnownExtensions.begin(), KnownExtensions.end(), extension) != KnownExtensions.end())
        return true;
    const auto head = sniffFile(file);
    return head && head->kind == FileKind::Dicom && file.filename() != "DICOMDIR";
}

Result<ImageFileInfo> probeImage(const std::filesystem::path &file)
{
    return guarded<ImageFileInfo>(file, [&]() -> Result<ImageFileInfo> {
        const auto head = sniffFile(file);
        if (!head)
            return head.error();
        if (isRaster(head->kind))
            return probeRaster(file, *head);
        if (head->kind == FileKind::Dicom)
            return probeDicom(file);
        if (mayBeVolume(head->kind))
            return probeVolume(file, *head);
        return notAnImage(file, *head);
    });
}

Result<core::ImageData> readImage(const std::filesystem::path &file, int frame)
{
    return guarded<core::ImageData>(file, [&]() -> Result<core::ImageData> {
        const auto head = sniffFile(file);
        if (!head)
            return head.error();
        if (isRaster(head->kind))
            return readRaster(file, *head, frame);
        if (head->kind == FileKind::Dicom)
            return readDicom(file, frame);
        if (mayBeVolume(head->kind)) {
            const auto volume = readCachedVolume(file, *head);
            if (!volume)
                return volume.error();
            if (frame < 0 || frame >= (*volume)->depth)
                return badFile(ErrorCode::InvalidArgument, file, phrase("errors", "has no slice %1").with(frame + 1),
                               phrase("errors", "choose one of its %1 slices").with((*volume)->depth));
            return (*volume)->slice(frame);
        }
        return notAnImage(file, *head);
    });
}

Result<core::Volume> readVolume(const std::filesystem::path &file)
{
    return guarded<core::Volume>(file, [&]() -> Result<core::Volume> {
        const auto head = sniffFile(file);
        if (!head)
            return head.error();
        if (head->kind == FileKind::Dicom)
            return readDicomVolume(file);
        if (mayBeVolume(head->kind)) {
            const auto volume = readCachedVolume(file, *head);
            if (!volume)
                return volume.error();
            return core::Volume(**volume);
        }
        if (isRaster(head->kind))
            return badFile(ErrorCode::UnsupportedFormat, file, phrase("errors", "is a flat image, not a volume"),
                           phrase("errors", "open it as an image"));
        return notAnImage(file, *head);
    });
}

} // namespace semigda::storage
