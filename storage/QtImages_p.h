// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"

#include <QtGui/QImage>

namespace semigda::storage
{

struct SampleLayout
{
    int channels = 1;
    core::PixelType type = core::PixelType::UInt8;
};

/// How many channels of which depth fromQImage() makes of an image of this format. Palette images
/// (Mono, MonoLSB, Indexed8) depend on their colours: give the image itself to the overload.
SampleLayout layoutOf(QImage::Format format);
SampleLayout layoutOf(const QImage &image);

/// Keeps depth; palettes become grey when all their colours are opaque grey, else RGB or RGBA.
core::ImageData fromQImage(const QImage &image);

/// 8-bit grey, RGB, RGBA or 16-bit grey, RGB, RGBA; a null image for other layouts. Copies the pixels.
QImage toQImage(const core::ImageData &image);

} // namespace semigda::storage
