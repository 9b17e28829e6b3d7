// SPDX-License-Identifier: Apache-2.0
#include "storage/MaskReader_p.h"

#include "storage/QtImages_p.h"
#include "storage/RasterReader_p.h"
#include "storage/TiffTags_p.h"
#include "storage/VolumeReader_p.h"
#include "storage/VtkVolumes_p.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <sstream>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::LabelValue;
using core::phrase;
using core::Result;

constexpr LabelValue Void8 = 255;

/// In a PNG an index is meant as such; other formats use palettes to store grey.
bool isIndexed(const QImage &image, const FileHead &head)
{
    constexpr std::size_t ColourTypeAt = 25;
    constexpr unsigned char PaletteColour = 3;
    if (image.colorCount() == 0)
        return false;
    if (head.kind == FileKind::Png)
        return head.bytes.size() > ColourTypeAt && head.bytes[ColourTypeAt] == PaletteColour;
    return layoutOf(image).channels != 1;
}

void takeIndices(const QImage &image, MaskValues &mask)
{
    const QImage indices =
        image.format() == QImage::Format_Indexed8 ? image : image.convertToFormat(QImage::Format_Mono);
    const bool isBits = indices.format() == QImage::Format_Mono;
    std::size_t at = 0;
    for (int y = 0; y < indices.height(); ++y) {
        const uchar *row = indices.constScanLine(y);
        for (int x = 0; x < indices.width(); ++x)
            mask.values[at++] = isBits ? static_cast<std::uint16_t>((row[x >> 3] >> (7 - (x & 7))) & 1) : row[x];
    }
    const QRgb last = image.colorCount() > Void8 ? image.color(Void8) : 0;
    mask.has255AsVoid = qRed(last) == NotAnnotatedColour.red && qGreen(last) == NotAnnotatedColour.green
                        && qBlue(last) == NotAnnotatedColour.blue;
}

template <typename T> bool takeGrey(const core::ImageData &image, MaskValues &mask)
{
    const std::size_t channels = static_cast<std::size_t>(image.channels);
    std::vector<T> row(static_cast<std::size_t>(image.width) * channels);
    constexpr T Opaque = std::numeric_limits<T>::max();
    for (std::size_t y = 0, at = 0; y < static_cast<std::size_t>(image.height); ++y) {
        std::memcpy(row.data(), image.bytes.data() + y * row.size() * sizeof(T), row.size() * sizeof(T));
        for (std::size_t x = 0; x < row.size(); x += channels) {
            if (channels >= 3 && (row[x] != row[x + 1] || row[x] != row[x + 2]))
                return false;
            if (channels == 4 && row[x + 3] != Opaque)
                return false;
            mask.values[at++] = row[x];
        }
    }
    return true;
}

Result<MaskValues> readRasterMask(const std::filesystem::path &file, const FileHead &head)
{
    if (head.kind == FileKind::Jpeg)
        return badFile(ErrorCode::UnsupportedFormat, file,
                       phrase("errors", "is a JPEG, which changes the values of a mask"),
                       phrase("errors", "save the mask as PNG"));
    auto image = readQImage(file, head, 0);
    if (!image)
        return image.error();

    MaskValues mask;
    mask.width = image->width();
    mask.height = image->height();
    mask.values.resize(static_cast<std::size_t>(mask.width) * static_cast<std::size_t>(mask.height));
    if (isIndexed(*image, head)) {
        mask.isEightBit = true;
        takeIndices(*image, mask);
        return mask;
    }
    const core::ImageData data = fromQImage(*image);
    bool isGrey = false;
    if (data.type == core::PixelType::UInt8) {
        mask.isEightBit = true;
        isGrey = takeGrey<std::uint8_t>(data, mask);
    } else if (data.type == core::PixelType::UInt16) {
        isGrey = takeGrey<std::uint16_t>(data, mask);
    }
    if (!isGrey)
        return badFile(ErrorCode::UnsupportedFormat, file,
                       phrase("errors", "is a colour picture, not a mask of class numbers"),
                       phrase("errors", "save it as an indexed or grey PNG whose values are the class numbers"));
    return mask;
}

template <typename T> std::optional<double> takeVolume(const core::Volume &volume, MaskValues &mask)
{
    for (std::size_t i = 0; i < mask.values.size(); ++i) {
        T stored;
        std::memcpy(&stored, volume.bytes.data() + i * sizeof(T), sizeof(T));
        const double value = volume.slope * static_cast<double>(stored) + volume.intercept;
        const double whole = std::round(value);
        // Floating point label maps went through resampling-free tools; 1e-3 allows for their rounding only.
        if (!(std::abs(value - whole) < 1e-3) || whole < 0.0 || whole > std::numeric_limits<LabelValue>::max())
            return value;
        mask.values[i] = static_cast<LabelValue>(whole);
    }
    return std::nullopt;
}

Result<MaskValues> fromVolume(const core::Volume &volume, const std::filesystem::path &file)
{
    MaskValues mask;
    mask.width = volume.width;
    mask.height = volume.height;
    mask.depth = volume.depth;
    mask.isVolume = true;
    mask.geometry = volume.geometry;
    mask.values.resize(static_cast<std::size_t>(mask.width) * static_cast<std::size_t>(mask.height)
                       * static_cast<std::size_t>(mask.depth));
    std::optional<double> offending;
    switch (volume.type) {
    case core::PixelType::UInt8:
        offending = takeVolume<std::uint8_t>(volume, mask);
        break;
    case core::PixelType::UInt16:
        offending = takeVolume<std::uint16_t>(volume, mask);
        break;
    case core::PixelType::Int16:
        offending = takeVolume<std::int16_t>(volume, mask);
        break;
    case core::PixelType::Int32:
        offending = takeVolume<std::int32_t>(volume, mask);
        break;
    case core::PixelType::Float32:
        offending = takeVolume<float>(volume, mask);
        break;
    }
    if (offending) {
        std::ostringstream text;
        text << *offending;
        return badFile(ErrorCode::UnknownValue, file,
                       phrase("errors", "has the value %1 that cannot be a class number").with(text.str()),
                       phrase("errors", "choose a label map of whole numbers from 0 to 65535"));
    }
    return mask;
}

Result<MaskValues> readVolumeMask(const std::filesystem::path &file, const FileHead &head)
{
    const auto volume = readCachedVolume(file, head);
    if (!volume)
        return volume.error();
    return fromVolume(**volume, file);
}

/// TIFF label images of signed, 32-bit or floating point numbers.
Result<MaskValues> readTiffMask(const std::filesystem::path &file)
{
    const auto volume = readTiffVoxels(file);
    if (!volume)
        return volume.error();
    auto mask = fromVolume(*volume, file);
    if (!mask)
        return mask;
    mask->depth = 1;
    mask->isVolume = false;
    mask->values.resize(static_cast<std::size_t>(mask->width) * static_cast<std::size_t>(mask->height));
    return mask;
}

core::Sentence listed(const std::vector<LabelValue> &values)
{
    constexpr std::size_t Most = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(values.size(), Most); ++i)
        text += (i == 0 ? "" : ", ") + std::to_string(values[i]);
    return values.size() > Most ? phrase("errors", "%1 and %2 more").with(text, values.size() - Most)
                                : core::Sentence::verbatim(text);
}

std::string knownClasses(const core::LabelSet &classes)
{
    constexpr std::size_t Most = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(classes.size(), Most); ++i)
        text += (i == 0 ? "" : ", ") + std::to_string(classes.classes()[i].value) + " " + classes.classes()[i].name;
    return classes.size() > Most ? text + ", ..." : text;
}

} // namespace

Result<MaskValues> readMaskValues(const std::filesystem::path &file, const FileHead &head)
{
    if (head.kind == FileKind::Tiff) {
        const auto tags = readTiffTags(file);
        if (!tags)
            return tags.error();
        if (tags->needsVtk())
            return readTiffMask(file);
    }
    if (isRaster(head.kind))
        return readRasterMask(file, head);
    if (mayBeVolume(head.kind))
        return readVolumeMask(file, head);
    if (head.kind == FileKind::Dicom)
        return badFile(ErrorCode::UnsupportedFormat, file,
                       phrase("errors", "is a DICOM file, from which masks are not read"),
                       phrase("errors", "convert the mask to PNG, NIfTI or NRRD"));
    return notAnImage(file, head);
}

Result<MaskFile> toMaskFile(MaskValues values, const core::LabelSet &classes, const std::filesystem::path &file)
{
    std::vector<bool> isPresent(65536, false);
    for (const std::uint16_t value : values.values)
        isPresent[value] = true;

    std::vector<LabelValue> present;
    for (std::size_t value = 0; value < isPresent.size(); ++value)
        if (isPresent[value])
            present.push_back(static_cast<LabelValue>(value));

    // Other programs write foreground as the largest value: 255, or 65535 in 16 bit where it can also be our
    // "not annotated", which is why only 8 bit is taken as binary.
    LabelValue meaningOf255 = Void8;
    const bool isFree = values.isEightBit && classes.find(Void8) == nullptr && isPresent[Void8];
    const bool isBinary = present.size() == 1 || (present.size() == 2 && present.front() == core::Background);
    if (isFree && values.has255AsVoid)
        meaningOf255 = core::NotAnnotated;
    else if (isFree && isBinary && classes.size() == 1)
        meaningOf255 = classes.classes().front().value;
    if (meaningOf255 != Void8)
        std::replace(values.values.begin(), values.values.end(), Void8, meaningOf255);

    std::vector<LabelValue> unknown;
    for (const LabelValue value : present) {
        const LabelValue meant = value == Void8 ? meaningOf255 : value;
        if (!classes.allows(meant))
            unknown.push_back(value);
    }
    if (!unknown.empty()) {
        const core::Sentence fault =
            unknown.size() == 1
                ? phrase("errors", "has the value %1 that is no class of this project").with(listed(unknown))
                : phrase("errors", "has the values %1 that are no class of this project").with(listed(unknown));
        const core::Sentence remedy =
            classes.isEmpty()
                ? core::Sentence(phrase("errors", "add classes to the project first"))
                : phrase("errors", "add these classes or use the project's: %1").with(knownClasses(classes));
        return badFile(ErrorCode::UnknownValue, file, fault, remedy);
    }

    MaskFile result;
    result.isVolume = values.isVolume;
    result.geometry = values.geometry;
    const std::size_t slice = static_cast<std::size_t>(values.width) * static_cast<std::size_t>(values.height);
    for (int z = 0; z < values.depth; ++z)
        result.slices.push_back(core::LabelMask::fromPixels(
            values.width, values.height,
            std::span<const LabelValue>(values.values).subspan(slice * static_cast<std::size_t>(z), slice)));
    return result;
}

} // namespace semigda::storage
