// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/FileKind_p.h"
#include "storage/ImageFiles.h"

#include <QtGui/QImage>

namespace semigda::storage
{

/// PNG, JPEG, TIFF, BMP and WebP, by Qt's codecs; needs no QGuiApplication and no display.
bool isRaster(FileKind kind);
core::Result<ImageFileInfo> probeRaster(const std::filesystem::path &file, const FileHead &head);
/// `frame` is the page of a TIFF. Depth kept, EXIF orientation applied.
core::Result<core::ImageData> readRaster(const std::filesystem::path &file, const FileHead &head, int frame);

/// As decoded, palette indices kept, EXIF orientation applied.
core::Result<QImage> readQImage(const std::filesystem::path &file, const FileHead &head, int frame);

} // namespace semigda::storage
