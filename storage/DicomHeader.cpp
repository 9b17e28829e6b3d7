// SPDX-License-Identifier: Apache-2.0
#include "storage/DicomHeader_p.h"

#include "storage/FileKind_p.h"

#include <cmath>
#include <cstdlib>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;
using Vector = std::array<double, 3>;

/// The item of a functional group macro that holds for a frame, or null.
DcmItem *groupItem(DcmDataset &dataset, int frame, const DcmTagKey &macro)
{
    DcmItem *item = nullptr;
    DcmItem *group = nullptr;
    if (dataset.findAndGetSequenceItem(DCM_PerFrameFunctionalGroupsSequence, group, frame).good() && group != nullptr
        && group->findAndGetSequenceItem(macro, item, 0).good() && item != nullptr)
        return item;
    group = nullptr;
    item = nullptr;
    if (dataset.findAndGetSequenceItem(DCM_SharedFunctionalGroupsSequence, group, 0).good() && group != nullptr
        && group->findAndGetSequenceItem(macro, item, 0).good())
        return item;
    return nullptr;
}

DcmItem &groupOrDataset(DcmDataset &dataset, int frame, const DcmTagKey &macro)
{
    DcmItem *item = groupItem(dataset, frame, macro);
    return item != nullptr ? *item : dataset;
}

std::optional<double> number(DcmItem &item, const DcmTagKey &tag, unsigned long index = 0)
{
    Float64 value = 0.0;
    if (item.findAndGetFloat64(tag, value, index).bad() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

template <std::size_t Count> std::optional<std::array<double, Count>> numbers(DcmItem &item, const DcmTagKey &tag)
{
    std::array<double, Count> values{};
    for (std::size_t i = 0; i < Count; ++i) {
        const auto value = number(item, tag, i);
        if (!value)
            return std::nullopt;
        values[i] = *value;
    }
    return values;
}

int count(DcmItem &item, const DcmTagKey &tag, int fallback)
{
    Uint16 value = 0;
    return item.findAndGetUint16(tag, value).good() ? value : fallback;
}

Vector cross(const Vector &a, const Vector &b)
{
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

double dot(const Vector &a, const Vector &b)
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/// Unit and perpendicular within what 16-character decimals can express.
bool isOrthonormal(const Vector &a, const Vector &b)
{
    constexpr double Tolerance = 1e-2;
    return std::abs(dot(a, a) - 1.0) < Tolerance && std::abs(dot(b, b) - 1.0) < Tolerance
           && std::abs(dot(a, b)) < Tolerance;
}

void setDirection(core::ImageGeometry &geometry, const Vector &column, const Vector &row, const Vector &slice)
{
    for (std::size_t i = 0; i < 3; ++i) {
        geometry.direction[i * 3] = column[i];
        geometry.direction[i * 3 + 1] = row[i];
        geometry.direction[i * 3 + 2] = slice[i];
    }
}

Vector sliceDirection(const core::ImageGeometry &geometry)
{
    return {geometry.direction[2], geometry.direction[5], geometry.direction[8]};
}

void readSpacing(DcmDataset &dataset, int frame, core::ImageGeometry &geometry)
{
    DcmItem &measures = groupOrDataset(dataset, frame, DCM_PixelMeasuresSequence);
    auto spacing = numbers<2>(measures, DCM_PixelSpacing);
    if (!spacing)
        spacing = numbers<2>(dataset, DCM_ImagerPixelSpacing);
    if (!spacing)
        spacing = numbers<2>(dataset, DCM_NominalScannedPixelSpacing);
    if (spacing && (*spacing)[0] > 0.0 && (*spacing)[1] > 0.0) {
        geometry.hasSpacing = true;
        // DICOM gives the distance of the rows first.
        geometry.spacing[0] = (*spacing)[1];
        geometry.spacing[1] = (*spacing)[0];
    }
    auto step = number(measures, DCM_SpacingBetweenSlices);
    if (!step || *step == 0.0)
        step = number(measures, DCM_SliceThickness);
    if (geometry.hasSpacing && step && *step != 0.0)
        geometry.spacing[2] = std::abs(*step);
}

} // namespace

core::PixelType DicomHeader::greyType() const
{
    if (samples != Samples::Integer)
        return core::PixelType::Float32;
    if (bitsStored > 16)
        return core::PixelType::Int32;
    if (isSigned)
        return core::PixelType::Int16;
    return bitsStored > 8 ? core::PixelType::UInt16 : core::PixelType::UInt8;
}

Result<DicomHeader> readDicomHeader(DcmDataset &dataset, const std::filesystem::path &file)
{
    DicomHeader header;
    header.width = count(dataset, DCM_Columns, 0);
    header.height = count(dataset, DCM_Rows, 0);
    if (header.width == 0 || header.height == 0)
        return badFile(ErrorCode::CorruptFile, file,
                       header.height == 0
                           ? phrase("errors", "is a DICOM file that does not tell its number of rows")
                           : phrase("errors", "is a DICOM file that does not tell its number of columns"),
                       phrase("errors", "export it again from its source"));

    const std::string frames = dicomText(dataset, DCM_NumberOfFrames);
    header.frameCount = frames.empty() ? 1 : std::atoi(frames.c_str());
    if (header.frameCount < 1)
        return badFile(ErrorCode::CorruptFile, file,
                       phrase("errors", "is a DICOM file with the impossible number of frames '%1'").with(frames),
                       phrase("errors", "export it again from its source"));
    header.samplesPerPixel = count(dataset, DCM_SamplesPerPixel, 1);
    header.photometric = dicomText(dataset, DCM_PhotometricInterpretation);
    if (header.photometric.empty() && header.samplesPerPixel == 1)
        header.photometric = "MONOCHROME2";
    const bool isPalette = header.photometric == "PALETTE COLOR";
    if (header.samplesPerPixel != (header.isGrey() || isPalette ? 1 : 3))
        return badFile(ErrorCode::UnsupportedFormat, file,
                       phrase("errors", "is a DICOM image with %1 samples a pixel of kind '%2'")
                           .with(header.samplesPerPixel, header.photometric),
                       phrase("errors", "export it as grey or RGB"));

    if (!dataset.tagExists(DCM_PixelData)) {
        const bool isFloat = dataset.tagExists(DCM_FloatPixelData);
        header.samples = isFloat ? DicomHeader::Samples::Float : DicomHeader::Samples::Double;
        header.bitsAllocated = isFloat ? 32 : 64;
        header.bitsStored = header.bitsAllocated;
        return header;
    }
    header.bitsAllocated = count(dataset, DCM_BitsAllocated, 0);
    header.bitsStored = count(dataset, DCM_BitsStored, header.bitsAllocated);
    header.highBit = count(dataset, DCM_HighBit, header.bitsStored - 1);
    header.isSigned = count(dataset, DCM_PixelRepresentation, 0) == 1;
    if (header.bitsAllocated == 1)
        return badFile(ErrorCode::UnsupportedFormat, file,
                       phrase("errors", "holds one bit a pixel, which is a mask and not an image"),
                       phrase("errors", "import the images it was made for"));
    const bool hasKnownSize = header.bitsAllocated == 8 || header.bitsAllocated == 16 || header.bitsAllocated == 32;
    if (!hasKnownSize || (header.bitsAllocated == 32 && !header.isGrey()))
        return badFile(ErrorCode::UnsupportedFormat, file,
                       phrase("errors", "is a DICOM image with %1 bits a sample").with(header.bitsAllocated),
                       phrase("errors", "export it with 8 or 16 bits"));
    if (header.bitsStored < 1 || header.bitsStored > header.bitsAllocated || header.highBit < header.bitsStored - 1
        || header.highBit >= header.bitsAllocated)
        return badFile(
            ErrorCode::CorruptFile, file,
            phrase("errors",
                   "is a DICOM image whose bits stored (%1) and high bit (%2) do not fit its %3 bits a sample")
                .with(header.bitsStored, header.highBit, header.bitsAllocated),
            phrase("errors", "export it again from its source"));
    return header;
}

DicomRescale rescaleOf(DcmDataset &dataset, int frame)
{
    DicomRescale rescale;
    DcmItem &item = groupOrDataset(dataset, frame, DCM_PixelValueTransformationSequence);
    rescale.slope = number(item, DCM_RescaleSlope).value_or(1.0);
    rescale.intercept = number(item, DCM_RescaleIntercept).value_or(0.0);
    if (const auto scaling = number(dataset, DCM_DoseGridScaling))
        rescale.slope *= *scaling;
    if (rescale.slope == 0.0)
        rescale.slope = 1.0;
    return rescale;
}

std::optional<core::ValueWindow> windowOf(DcmDataset &dataset, int frame)
{
    DcmItem &item = groupOrDataset(dataset, frame, DCM_FrameVOILUTSequence);
    const auto centre = number(item, DCM_WindowCenter);
    const auto width = number(item, DCM_WindowWidth);
    if (!centre || !width || *width < 1e-9)
        return std::nullopt;
    return core::ValueWindow{*centre, *width};
}

core::ImageGeometry geometryOf(DcmDataset &dataset, int frame)
{
    core::ImageGeometry geometry;
    readSpacing(dataset, frame, geometry);

    const auto position =
        numbers<3>(groupOrDataset(dataset, frame, DCM_PlanePositionSequence), DCM_ImagePositionPatient);
    const auto orientation =
        numbers<6>(groupOrDataset(dataset, frame, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient);
    if (!position || !orientation)
        return geometry;
    const auto &o = *orientation;
    const Vector column{o[0], o[1], o[2]};
    const Vector row{o[3], o[4], o[5]};
    if (!isOrthonormal(column, row))
        return geometry;
    geometry.hasPosition = true;
    geometry.origin = *position;
    const Vector slice = cross(column, row);
    setDirection(geometry, column, row, slice);
    // RT dose grids give one position and the offsets of the planes along the normal (PS3.3 C.8.8.3.2).
    if (const auto offset = number(dataset, DCM_GridFrameOffsetVector, static_cast<unsigned long>(frame))) {
        const double start = number(dataset, DCM_GridFrameOffsetVector, 0).value_or(0.0);
        for (std::size_t i = 0; i < 3; ++i)
            geometry.origin[i] += slice[i] * (*offset - start);
    }
    return geometry;
}

std::optional<core::ImageGeometry> volumeGeometryOf(DcmDataset &dataset, int frameCount)
{
    constexpr double Tolerance = 1e-2;
    if (frameCount < 2)
        return std::nullopt;
    core::ImageGeometry volume = geometryOf(dataset, 0);
    const Vector normal = sliceDirection(volume);
    double step = 0.0;
    for (int frame = 1; frame < frameCount; ++frame) {
        const core::ImageGeometry each = geometryOf(dataset, frame);
        if (!volume.hasPosition || !each.hasPosition || each.spacing != volume.spacing)
            return std::nullopt;
        for (std::size_t i = 0; i < 9; ++i)
            if (std::abs(each.direction[i] - volume.direction[i]) > Tolerance)
                return std::nullopt;
        const Vector moved{each.origin[0] - volume.origin[0], each.origin[1] - volume.origin[1],
                           each.origin[2] - volume.origin[2]};
        const double along = dot(moved, normal);
        const double aside = std::sqrt(std::max(0.0, dot(moved, moved) - along * along));
        if (frame == 1)
            step = along;
        const bool isEven =
            std::abs(step) > 1e-4 && std::abs(along - step * frame) <= Tolerance * std::abs(step) * frame;
        if (!isEven || aside > Tolerance * std::abs(along))
            return std::nullopt;
    }
    volume.spacing[2] = std::abs(step);
    if (step < 0.0)
        for (std::size_t i = 2; i < 9; i += 3)
            volume.direction[i] = -volume.direction[i];
    return volume;
}

} // namespace semigda::storage
