// SPDX-License-Identifier: Apache-2.0
#include "storage/NiftiHeader_p.h"

#include "storage/FileKind_p.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;
using Matrix = std::array<double, 12>; ///< 3 rows of 4

/// Reads numbers at offsets, in the byte order of the file.
struct FieldReader
{
    std::span<const unsigned char> bytes;
    bool isSwapped = false;

    template <typename T> T at(std::size_t offset) const
    {
        std::array<unsigned char, sizeof(T)> raw{};
        if (offset + sizeof(T) <= bytes.size())
            std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), sizeof(T), raw.begin());
        if (isSwapped)
            std::reverse(raw.begin(), raw.end());
        return std::bit_cast<T>(raw);
    }
};

/// The fields of both versions in one shape.
struct RawHeader
{
    std::array<std::int64_t, 8> dim{};
    std::array<double, 8> pixdim{};
    int dataType = 0;
    double offset = 0.0;
    double slope = 0.0;
    double intercept = 0.0;
    int units = 0;
    int qformCode = 0;
    int sformCode = 0;
    std::array<double, 6> qform{}; ///< b, c, d, x, y, z
    Matrix sform{};
};

constexpr std::int32_t Nifti1Size = 348;
constexpr std::int32_t Nifti2Size = 540;

RawHeader readVersion1(const FieldReader &field)
{
    RawHeader raw;
    for (std::size_t i = 0; i < 8; ++i) {
        raw.dim[i] = field.at<std::int16_t>(40 + 2 * i);
        raw.pixdim[i] = field.at<float>(76 + 4 * i);
    }
    raw.dataType = field.at<std::int16_t>(70);
    raw.offset = field.at<float>(108);
    raw.slope = field.at<float>(112);
    raw.intercept = field.at<float>(116);
    raw.units = field.at<std::uint8_t>(123) & 7;
    raw.qformCode = field.at<std::int16_t>(252);
    raw.sformCode = field.at<std::int16_t>(254);
    for (std::size_t i = 0; i < 6; ++i)
        raw.qform[i] = field.at<float>(256 + 4 * i);
    for (std::size_t i = 0; i < 12; ++i)
        raw.sform[i] = field.at<float>(280 + 4 * i);
    return raw;
}

RawHeader readVersion2(const FieldReader &field)
{
    RawHeader raw;
    raw.dataType = field.at<std::int16_t>(12);
    for (std::size_t i = 0; i < 8; ++i) {
        raw.dim[i] = field.at<std::int64_t>(16 + 8 * i);
        raw.pixdim[i] = field.at<double>(104 + 8 * i);
    }
    raw.offset = static_cast<double>(field.at<std::int64_t>(168));
    raw.slope = field.at<double>(176);
    raw.intercept = field.at<double>(184);
    raw.qformCode = field.at<std::int32_t>(344);
    raw.sformCode = field.at<std::int32_t>(348);
    for (std::size_t i = 0; i < 6; ++i)
        raw.qform[i] = field.at<double>(352 + 8 * i);
    for (std::size_t i = 0; i < 12; ++i)
        raw.sform[i] = field.at<double>(400 + 8 * i);
    raw.units = field.at<std::int32_t>(500) & 7;
    return raw;
}

/// 0 for kinds of voxels that are no single number.
std::size_t bytesOf(int dataType)
{
    switch (dataType) {
    case 2:
    case 256:
        return 1;
    case 4:
    case 512:
        return 2;
    case 8:
    case 16:
    case 768:
        return 4;
    case 64:
    case 1024:
    case 1280:
        return 8;
    default:
        return 0;
    }
}

double millimetresPerUnit(int code)
{
    constexpr int Metre = 1;
    constexpr int Micron = 3;
    return code == Metre ? 1000.0 : (code == Micron ? 1e-3 : 1.0);
}

/// The rotation of nifti1.h, method 2, with the voxel sizes multiplied in.
Matrix fromQform(const RawHeader &raw)
{
    const double b = raw.qform[0];
    const double c = raw.qform[1];
    const double d = raw.qform[2];
    const double a = std::sqrt(std::max(0.0, 1.0 - (b * b + c * c + d * d)));
    const double x = raw.pixdim[1];
    const double y = raw.pixdim[2];
    const double z = raw.pixdim[0] < 0.0 ? -raw.pixdim[3] : raw.pixdim[3];
    return {(a * a + b * b - c * c - d * d) * x,
            2 * (b * c - a * d) * y,
            2 * (b * d + a * c) * z,
            raw.qform[3],
            2 * (b * c + a * d) * x,
            (a * a + c * c - b * b - d * d) * y,
            2 * (c * d - a * b) * z,
            raw.qform[4],
            2 * (b * d - a * c) * x,
            2 * (c * d + a * b) * y,
            (a * a + d * d - b * b - c * c) * z,
            raw.qform[5]};
}

/// NIfTI's axes point right, anterior, superior; ours left, posterior, superior.
bool setFromAffine(const Matrix &affine, double scale, core::ImageGeometry &geometry)
{
    core::ImageGeometry result;
    for (std::size_t column = 0; column < 3; ++column) {
        const double length = std::hypot(affine[column], affine[4 + column], affine[8 + column]);
        if (!std::isfinite(length) || length < 1e-12)
            return false;
        result.spacing[column] = length * scale;
        for (std::size_t row = 0; row < 3; ++row)
            result.direction[row * 3 + column] = (row < 2 ? -1.0 : 1.0) * affine[row * 4 + column] / length;
    }
    for (std::size_t row = 0; row < 3; ++row) {
        const double value = affine[row * 4 + 3];
        if (!std::isfinite(value))
            return false;
        result.origin[row] = (row < 2 ? -1.0 : 1.0) * value * scale;
    }
    result.hasSpacing = true;
    result.hasPosition = true;
    geometry = result;
    return true;
}

core::ImageGeometry geometryFrom(const RawHeader &raw)
{
    core::ImageGeometry geometry;
    const double scale = millimetresPerUnit(raw.units);
    if (raw.sformCode > 0 && setFromAffine(raw.sform, scale, geometry))
        return geometry;
    if (raw.qformCode > 0 && setFromAffine(fromQform(raw), scale, geometry))
        return geometry;
    bool isUsable = true;
    bool isDefault = raw.units == 0;
    for (std::size_t i = 1; i <= 3; ++i) {
        isUsable = isUsable && std::isfinite(raw.pixdim[i]) && raw.pixdim[i] > 0.0;
        isDefault = isDefault && raw.pixdim[i] == 1.0;
    }
    if (!isUsable || isDefault)
        return geometry;
    geometry.hasSpacing = true;
    for (std::size_t i = 0; i < 3; ++i)
        geometry.spacing[i] = raw.pixdim[i + 1] * scale;
    return geometry;
}

Result<NiftiHeader> judge(const RawHeader &raw, const std::filesystem::path &file)
{
    constexpr std::int64_t LargestSide = 1 << 20;
    const core::Error damaged =
        badFile(ErrorCode::CorruptFile, file, phrase("errors", "has a damaged NIfTI header"), CopyAgain);
    const std::int64_t count = raw.dim[0];
    if (count < 1 || count > 7)
        return damaged;
    std::int64_t dimensions = 1;
    for (std::int64_t i = 1; i <= count; ++i) {
        if (raw.dim[static_cast<std::size_t>(i)] < 1 || raw.dim[static_cast<std::size_t>(i)] > LargestSide)
            return damaged;
        if (raw.dim[static_cast<std::size_t>(i)] > 1)
            dimensions = i;
    }
    if (dimensions > 3)
        return badFile(
            ErrorCode::UnsupportedFormat, file,
            phrase("errors", "is a NIfTI file with %1 dimensions, while images here have 2 or 3").with(dimensions),
            dimensions == 4 ? phrase("errors", "split it into one file a time point")
                            : phrase("errors", "export a single 3D volume of it"));
    NiftiHeader header;
    header.width = static_cast<int>(raw.dim[1]);
    header.height = count >= 2 ? static_cast<int>(raw.dim[2]) : 1;
    header.depth = count >= 3 ? static_cast<int>(raw.dim[3]) : 1;
    header.dataType = raw.dataType;
    header.bytesPerVoxel = bytesOf(raw.dataType);
    if (header.bytesPerVoxel == 0)
        return badFile(
            ErrorCode::UnsupportedFormat, file,
            phrase("errors", "is a NIfTI file whose voxels are no single numbers (data type %1)").with(raw.dataType),
            phrase("errors", "export it as a grey volume"));
    if (!std::isfinite(raw.offset) || raw.offset < 0.0 || raw.offset > 1e9)
        return damaged;
    header.dataOffset = static_cast<std::uint64_t>(raw.offset);
    if (std::isfinite(raw.slope) && raw.slope != 0.0 && std::isfinite(raw.intercept)) {
        header.slope = raw.slope;
        header.intercept = raw.intercept;
    }
    header.geometry = geometryFrom(raw);
    return header;
}

} // namespace

bool isNiftiHeader(std::span<const unsigned char> bytes)
{
    const auto has = [&](std::size_t at, const char *magic) {
        return bytes.size() >= at + 4 && std::memcmp(bytes.data() + at, magic, 4) == 0;
    };
    return has(344, "n+1\0") || has(344, "ni1\0") || has(4, "n+2\0") || has(4, "ni2\0");
}

Result<NiftiHeader> parseNiftiHeader(std::span<const unsigned char> bytes, const std::filesystem::path &file)
{
    const FieldReader native{bytes, false};
    const FieldReader swapped{bytes, true};
    for (const std::int32_t size : {Nifti1Size, Nifti2Size}) {
        const bool isNative = native.at<std::int32_t>(0) == size;
        if (!isNative && swapped.at<std::int32_t>(0) != size)
            continue;
        if (bytes.size() < static_cast<std::size_t>(size))
            return badFile(ErrorCode::CorruptFile, file, phrase("errors", "is cut off inside its NIfTI header"),
                           CopyAgain);
        const bool isFirst = size == Nifti1Size;
        const std::size_t magicAt = isFirst ? 344 : 4;
        if (bytes[magicAt + 1] == 'i')
            return badFile(ErrorCode::UnsupportedFormat, file,
                           phrase("errors", "is a NIfTI image in two files (.hdr and .img)"),
                           phrase("errors", "convert it to one .nii file"));
        const FieldReader &field = isNative ? native : swapped;
        return judge(isFirst ? readVersion1(field) : readVersion2(field), file);
    }
    return badFile(ErrorCode::CorruptFile, file, phrase("errors", "has a damaged NIfTI header"), CopyAgain);
}

} // namespace semigda::storage
