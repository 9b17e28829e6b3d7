// SPDX-License-Identifier: Apache-2.0
#include "storage/QtImages_p.h"

#include <algorithm>
#include <cstring>

namespace semigda::storage
{

namespace
{

using core::PixelType;

bool isPalette(QImage::Format format)
{
    return format == QImage::Format_Mono || format == QImage::Format_MonoLSB || format == QImage::Format_Indexed8;
}

/// The format whose rows are what ImageData holds, up to row padding and a fourth filler channel.
QImage::Format plainFormat(const SampleLayout &layout)
{
    if (layout.type == PixelType::Float32)
        return layout.channels == 4 ? QImage::Format_RGBA32FPx4 : QImage::Format_RGBX32FPx4;
    if (layout.type == PixelType::UInt16) {
        if (layout.channels == 1)
            return QImage::Format_Grayscale16;
        return layout.channels == 4 ? QImage::Format_RGBA64 : QImage::Format_RGBX64;
    }
    if (layout.channels == 1)
        return QImage::Format_Grayscale8;
    return layout.channels == 4 ? QImage::Format_RGBA8888 : QImage::Format_RGB888;
}

template <typename T> void dropFourth(const uchar *row, int width, std::byte *out)
{
    for (int x = 0; x < width; ++x)
        std::memcpy(out + static_cast<std::size_t>(x) * 3 * sizeof(T),
                    row + static_cast<std::size_t>(x) * 4 * sizeof(T), 3 * sizeof(T));
}

} // namespace

SampleLayout layoutOf(QImage::Format format)
{
    switch (format) {
    case QImage::Format_Mono:
    case QImage::Format_MonoLSB:
    case QImage::Format_Grayscale8:
    case QImage::Format_Alpha8:
        return {1, PixelType::UInt8};
    case QImage::Format_Grayscale16:
        return {1, PixelType::UInt16};
    case QImage::Format_RGBX64:
    case QImage::Format_BGR30:
    case QImage::Format_RGB30:
        return {3, PixelType::UInt16};
    case QImage::Format_RGBA64:
    case QImage::Format_RGBA64_Premultiplied:
    case QImage::Format_A2BGR30_Premultiplied:
    case QImage::Format_A2RGB30_Premultiplied:
        return {4, PixelType::UInt16};
    case QImage::Format_RGBX16FPx4:
    case QImage::Format_RGBX32FPx4:
        return {3, PixelType::Float32};
    case QImage::Format_RGBA16FPx4:
    case QImage::Format_RGBA16FPx4_Premultiplied:
    case QImage::Format_RGBA32FPx4:
    case QImage::Format_RGBA32FPx4_Premultiplied:
        return {4, PixelType::Float32};
    case QImage::Format_RGB888:
    case QImage::Format_BGR888:
    case QImage::Format_RGB32:
    case QImage::Format_RGB16:
    case QImage::Format_RGB555:
    case QImage::Format_RGB666:
    case QImage::Format_RGB444:
    case QImage::Format_RGBX8888:
    case QImage::Format_Indexed8:
        return {3, PixelType::UInt8};
    default:
        return {4, PixelType::UInt8};
    }
}

SampleLayout layoutOf(const QImage &image)
{
    if (!isPalette(image.format()))
        return layoutOf(image.format());
    const QList<QRgb> colours = image.colorTable();
    const auto isOpaque = [](QRgb c) { return qAlpha(c) == 255; };
    const auto isGrey = [](QRgb c) { return qRed(c) == qGreen(c) && qGreen(c) == qBlue(c); };
    if (!std::all_of(colours.begin(), colours.end(), isOpaque))
        return {4, PixelType::UInt8};
    return {std::all_of(colours.begin(), colours.end(), isGrey) ? 1 : 3, PixelType::UInt8};
}

core::ImageData fromQImage(const QImage &image)
{
    const SampleLayout layout = layoutOf(image);
    const QImage::Format format = plainFormat(layout);
    const QImage plain = image.format() == format ? image : image.convertToFormat(format);

    core::ImageData out;
    out.width = plain.width();
    out.height = plain.height();
    out.channels = layout.channels;
    out.type = layout.type;
    const std::size_t rowBytes =
        static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.channels) * core::bytesPerSample(out.type);
    out.bytes.resize(rowBytes * static_cast<std::size_t>(out.height));
    const bool hasFiller = layout.channels == 3 && layout.type != PixelType::UInt8;
    for (int y = 0; y < out.height; ++y) {
        std::byte *target = out.bytes.data() + rowBytes * static_cast<std::size_t>(y);
        if (!hasFiller)
            std::memcpy(target, plain.constScanLine(y), rowBytes);
        else if (layout.type == PixelType::UInt16)
            dropFourth<std::uint16_t>(plain.constScanLine(y), out.width, target);
        else
            dropFourth<float>(plain.constScanLine(y), out.width, target);
    }
    return out;
}

QImage toQImage(const core::ImageData &image)
{
    const bool isShort = image.type == PixelType::UInt16;
    if ((!isShort && image.type != PixelType::UInt8) || image.isEmpty()
        || (image.channels != 1 && image.channels != 3 && image.channels != 4))
        return {};
    const std::size_t sample = core::bytesPerSample(image.type);
    const std::size_t rowBytes =
        static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.channels) * sample;
    if (image.bytes.size() != rowBytes * static_cast<std::size_t>(image.height))
        return {};

    QImage out(image.width, image.height, plainFormat({image.channels, image.type}));
    if (out.isNull())
        return {};
    for (int y = 0; y < image.height; ++y) {
        const std::byte *source = image.bytes.data() + rowBytes * static_cast<std::size_t>(y);
        uchar *target = out.scanLine(y);
        if (!isShort || image.channels != 3) {
            std::memcpy(target, source, rowBytes);
            continue;
        }
        constexpr std::uint16_t Opaque = 65535;
        for (int x = 0; x < image.width; ++x) {
            std::memcpy(target + static_cast<std::size_t>(x) * 8, source + static_cast<std::size_t>(x) * 6, 6);
            std::memcpy(target + static_cast<std::size_t>(x) * 8 + 6, &Opaque, 2);
        }
    }
    return out;
}

} // namespace semigda::storage
