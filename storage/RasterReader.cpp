// SPDX-License-Identifier: Apache-2.0
#include "storage/RasterReader_p.h"

#include "storage/CodecMessages_p.h"
#include "storage/PngReader_p.h"
#include "storage/QtImages_p.h"
#include "storage/RasterIntegrity_p.h"
#include "storage/TiffTags_p.h"
#include "storage/VtkVolumes_p.h"

#include <QtCore/QFile>
#include <QtGui/QImageReader>

#include <mutex>
#include <optional>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;

const char *formatName(FileKind kind)
{
    switch (kind) {
    case FileKind::Png:
        return "png";
    case FileKind::Jpeg:
        return "jpeg";
    case FileKind::Tiff:
        return "tiff";
    case FileKind::Bmp:
        return "bmp";
    default:
        return "webp";
    }
}

int exifOrientationOf(QImageIOHandler::Transformations transformation)
{
    switch (transformation.toInt()) {
    case QImageIOHandler::TransformationMirror:
        return 2;
    case QImageIOHandler::TransformationRotate180:
        return 3;
    case QImageIOHandler::TransformationFlip:
        return 4;
    case QImageIOHandler::TransformationFlipAndRotate90:
        return 5;
    case QImageIOHandler::TransformationRotate90:
        return 6;
    case QImageIOHandler::TransformationMirrorAndRotate90:
        return 7;
    case QImageIOHandler::TransformationRotate270:
        return 8;
    default:
        return 1;
    }
}

/// The format is forced to what the content is: by default Qt asks the name first.
struct Reader
{
    CodecMessages messages;
    QFile device;
    QImageReader images;

    Reader(const std::filesystem::path &file, FileKind kind)
        : device(QString::fromStdString(file.string()))
    {
        // 16384 x 16384 RGBA of 16 bit needs 2 GiB; Qt's own limit of 128 MiB refuses a plain radiograph scan.
        static std::once_flag isLimitSet;
        std::call_once(isLimitSet, [] {
            QImageReader::setAllocationLimit(4096);
            silenceTiffLibrary();
        });
        device.open(QIODevice::ReadOnly);
        images.setDecideFormatFromContent(true);
        images.setDevice(&device);
        images.setFormat(kind == FileKind::Jpeg ? QByteArray("jpg") : QByteArray(formatName(kind)));
        images.setAutoTransform(true);
    }
};

core::Error decodingError(const std::filesystem::path &file, const Reader &reader)
{
    const bool isTooLarge =
        reader.images.size().isValid()
        && static_cast<qint64>(reader.images.size().width()) * reader.images.size().height() > (qint64(1) << 30);
    if (isTooLarge)
        return badFile(ErrorCode::OutOfMemory, file, phrase("errors", "is too large to be read in one piece"),
                       phrase("errors", "cut it into tiles of at most 32768 x 32768 pixels"));
    if (reader.images.error() == QImageReader::UnsupportedFormatError && !reader.images.canRead())
        return badFile(ErrorCode::UnsupportedFormat, file,
                       phrase("errors", "cannot be decoded (%1)").with(reader.images.errorString().toStdString()),
                       phrase("errors", "install Qt's image format plugins or save it as PNG"));
    if (const std::string damage = reader.messages.damage(); !damage.empty())
        return badFile(ErrorCode::CorruptFile, file, phrase("errors", "is damaged (%1)").with(damage), CopyAgain);
    return badFile(ErrorCode::CorruptFile, file,
                   phrase("errors", "is damaged (%1)").with(reader.images.errorString().toStdString()), CopyAgain);
}

core::Error noPage(const std::filesystem::path &file, int frame)
{
    return badFile(ErrorCode::InvalidArgument, file, phrase("errors", "has no page %1").with(frame + 1),
                   phrase("errors", "choose one of its pages"));
}

int bitsOf(const TiffTags &tags)
{
    return tags.bitsPerSample == 8 ? 16 : static_cast<int>(tags.bitsPerSample);
}

Result<core::ImageData> readGreyTiff(const std::filesystem::path &file, const TiffTags &tags, int frame)
{
    const auto pages = readTiffVoxels(file);
    if (!pages)
        return pages.error();
    if (static_cast<std::uint64_t>(pages->width) != tags.width
        || static_cast<std::uint64_t>(pages->height) != tags.height || frame >= pages->depth)
        return badFile(ErrorCode::CorruptFile, file, phrase("errors", "has damaged TIFF data"), CopyAgain);
    return pages->slice(frame);
}

} // namespace

bool isRaster(FileKind kind)
{
    return kind == FileKind::Png || kind == FileKind::Jpeg || kind == FileKind::Tiff || kind == FileKind::Bmp
           || kind == FileKind::WebP;
}

Result<ImageFileInfo> probeRaster(const std::filesystem::path &file, const FileHead &head)
{
    if (auto whole = checkRasterIsWhole(file, head); !whole)
        return whole.error();
    std::optional<TiffTags> tags;
    if (head.kind == FileKind::Tiff) {
        const auto read = readTiffTags(file);
        if (!read)
            return read.error();
        tags = *read;
    }
    Reader reader(file, head.kind);
    QSize size = reader.images.size();
    if (!size.isValid() || size.isEmpty())
        return decodingError(file, reader);

    ImageFileInfo info;
    info.format = formatName(head.kind);
    info.frameCount = tags ? tags->pageCount : 1;
    const auto transformation = reader.images.transformation();
    info.exifOrientation = exifOrientationOf(transformation);
    if (transformation.testFlag(QImageIOHandler::TransformationRotate90))
        size.transpose();
    info.width = size.width();
    info.height = size.height();

    if (tags && tags->needsVtk()) {
        info.bitsPerSample = bitsOf(*tags);
        return info;
    }
    SampleLayout layout = layoutOf(reader.images.imageFormat());
    const QImage::Format format = reader.images.imageFormat();
    if (format == QImage::Format_Invalid || format == QImage::Format_Indexed8 || format == QImage::Format_Mono
        || format == QImage::Format_MonoLSB) {
        // Only the palette tells grey from colour, and only a decoded image has it.
        const QImage image = reader.images.read();
        if (image.isNull())
            return decodingError(file, reader);
        layout = layoutOf(image);
    }
    info.channels = layout.channels;
    info.bitsPerSample = static_cast<int>(core::bytesPerSample(layout.type)) * 8;
    return info;
}

Result<QImage> readQImage(const std::filesystem::path &file, const FileHead &head, int frame)
{
    if (auto whole = checkRasterIsWhole(file, head); !whole)
        return whole.error();
    if (head.kind == FileKind::Tiff) {
        const auto tags = readTiffTags(file);
        if (!tags)
            return tags.error();
    }
    Reader reader(file, head.kind);
    if (frame != 0 && (frame < 0 || !reader.images.jumpToImage(frame)))
        return noPage(file, frame);
    QImage image = reader.images.read();
    if (image.isNull() || !reader.messages.damage().empty())
        return decodingError(file, reader);
    return image;
}

Result<core::ImageData> readRaster(const std::filesystem::path &file, const FileHead &head, int frame)
{
    if (head.kind == FileKind::Tiff) {
        const auto tags = readTiffTags(file);
        if (!tags)
            return tags.error();
        if (frame < 0 || frame >= tags->pageCount)
            return noPage(file, frame);
        if (tags->needsVtk())
            return readGreyTiff(file, *tags, frame);
    }
    if (head.kind == FileKind::Png && frame == 0) {
        if (auto plain = readPlainPng(file))
            return std::move(*plain);
    }
    auto image = readQImage(file, head, frame);
    if (!image)
        return image.error();
    return fromQImage(*image);
}

} // namespace semigda::storage
