// SPDX-License-Identifier: Apache-2.0
#include "storage/FileKind_p.h"
#include "storage/MaskFiles.h"
#include "storage/MaskReader_p.h"
#include "storage/QtImages_p.h"

#include "core/AtomicFile.h"
#include "core/DisplayMapping.h"

#include <QtCore/QBuffer>
#include <QtGui/QImageWriter>

#include <algorithm>
#include <cmath>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::LabelValue;
using core::phrase;
using core::Result;

constexpr LabelValue Void8 = 255;

Result<QByteArray> encoded(const QImage &image, const std::filesystem::path &file)
{
    if (image.isNull())
        return badFile(ErrorCode::InvalidArgument, file,
                       phrase("errors", "cannot be written because this kind of image does not fit PNG"),
                       phrase("errors", "export it in another format"));
    QByteArray png;
    QBuffer buffer(&png);
    QImageWriter writer(&buffer, "png");
    if (!writer.write(image))
        return badFile(ErrorCode::Internal, file,
                       phrase("errors", "cannot be written (%1)").with(writer.errorString().toStdString()),
                       phrase("errors", "try again"));
    return png;
}

std::span<const std::byte> bytesOf(const QByteArray &png)
{
    return std::as_bytes(std::span(png.constData(), static_cast<std::size_t>(png.size())));
}

Result<void> savePng(const QImage &image, const std::filesystem::path &file)
{
    const Result<QByteArray> png = encoded(image, file);
    if (!png)
        return png.error();
    return core::writeFileAtomically(file, bytesOf(*png));
}

QRgb toQRgb(core::Rgb colour)
{
    return qRgb(colour.red, colour.green, colour.blue);
}

QImage toIndexed(const core::LabelMask &mask, const core::LabelSet &classes)
{
    QImage image(mask.width(), mask.height(), QImage::Format_Indexed8);
    QList<QRgb> palette(256, qRgb(0, 0, 0));
    for (const core::LabelClass &each : classes.classes())
        if (each.value < Void8)
            palette[each.value] = toQRgb(each.colour);
    palette[Void8] = toQRgb(NotAnnotatedColour);
    image.setColorTable(palette);
    std::vector<LabelValue> row(static_cast<std::size_t>(mask.width()));
    for (int y = 0; y < mask.height(); ++y) {
        mask.readRow(0, y, mask.width(), row.data());
        std::transform(row.begin(), row.end(), image.scanLine(y), [](LabelValue value) {
            return static_cast<uchar>(value == core::NotAnnotated ? Void8 : value);
        });
    }
    return image;
}

QImage toGrey16(const core::LabelMask &mask)
{
    QImage image(mask.width(), mask.height(), QImage::Format_Grayscale16);
    for (int y = 0; y < mask.height(); ++y)
        mask.readRow(0, y, mask.width(), reinterpret_cast<LabelValue *>(image.scanLine(y)));
    return image;
}

bool needs16Bit(const core::LabelMask &mask, const core::LabelSet &classes)
{
    const auto isLarge = [](LabelValue value) { return value >= Void8 && value != core::NotAnnotated; };
    const auto &all = classes.classes();
    if (std::any_of(all.begin(), all.end(), [&](const core::LabelClass &c) { return isLarge(c.value); }))
        return true;
    const auto counts = core::countValues(mask);
    return std::any_of(counts.begin(), counts.end(), [&](const auto &count) { return isLarge(count.first); });
}

std::uint8_t blend(std::uint8_t below, std::uint8_t above, double opacity)
{
    return static_cast<std::uint8_t>(std::lround((1.0 - opacity) * below + opacity * above));
}

} // namespace

Result<void> writeMaskPng(const core::LabelMask &mask, const core::LabelSet &classes, const std::filesystem::path &file)
{
    if (mask.isEmpty())
        return badFile(ErrorCode::InvalidArgument, file,
                       phrase("errors", "cannot be written because its mask has no pixels"),
                       phrase("errors", "export an image that has a mask"));
    return savePng(needs16Bit(mask, classes) ? toGrey16(mask) : toIndexed(mask, classes), file);
}

Result<void> writeOverlayPng(const core::ImageData &image, const core::LabelMask &mask, const core::LabelSet &classes,
                             const std::filesystem::path &file, double opacity)
{
    if (image.isEmpty() || image.width != mask.width() || image.height != mask.height())
        return badFile(ErrorCode::GeometryMismatch, file,
                       phrase("errors", "cannot be written because image and mask differ in size or are empty"),
                       phrase("errors", "export an image with the mask that was made for it"));
    const core::PixelRect whole{0, 0, image.width, image.height};
    const std::vector<std::uint8_t> shown = core::toDisplay(image, core::defaultWindow(image), whole);
    const std::size_t channels = image.channels == 1 ? 1 : 3;
    const double share = std::clamp(opacity, 0.0, 1.0);

    QImage out(image.width, image.height, QImage::Format_RGB888);
    if (out.isNull())
        return badFile(ErrorCode::OutOfMemory, file, phrase("errors", "needs more memory than is free"),
                       phrase("errors", "close other programs"));
    std::vector<LabelValue> row(static_cast<std::size_t>(mask.width()));
    for (int y = 0; y < image.height; ++y) {
        mask.readRow(0, y, mask.width(), row.data());
        const std::uint8_t *source = shown.data() + static_cast<std::size_t>(y) * row.size() * channels;
        uchar *target = out.scanLine(y);
        for (const LabelValue value : row) {
            const core::LabelClass *each = classes.find(value);
            core::Rgb pixel{source[0], channels == 1 ? source[0] : source[1], channels == 1 ? source[0] : source[2]};
            if (each != nullptr)
                pixel = {blend(pixel.red, each->colour.red, share), blend(pixel.green, each->colour.green, share),
                         blend(pixel.blue, each->colour.blue, share)};
            target[0] = pixel.red;
            target[1] = pixel.green;
            target[2] = pixel.blue;
            target += 3;
            source += channels;
        }
    }
    return savePng(out, file);
}

Result<void> writeImagePng(const core::ImageData &image, const std::filesystem::path &file)
{
    return savePng(toQImage(image), file);
}

Result<std::vector<std::byte>> encodePng(const core::ImageData &image, const std::string &name)
{
    const Result<QByteArray> png = encoded(toQImage(image), name);
    if (!png)
        return png.error();
    const std::span<const std::byte> bytes = bytesOf(*png);
    return std::vector<std::byte>(bytes.begin(), bytes.end());
}

} // namespace semigda::storage
