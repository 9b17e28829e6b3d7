// SPDX-License-Identifier: Apache-2.0
#include "storage/FileKind_p.h"
#include "storage/MaskFiles.h"

#include "core/AtomicFile.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;

constexpr std::size_t HeaderBytes = 348;
constexpr std::size_t DataOffset = 352; ///< header and four bytes that say "no extensions"

template <typename T> void put(std::vector<std::byte> &bytes, std::size_t offset, T value)
{
    std::memcpy(bytes.data() + offset, &value, sizeof(T));
}

/// LPS to NIfTI's RAS: the first two axes change sign.
double rasSign(std::size_t row)
{
    return row < 2 ? -1.0 : 1.0;
}

struct Quaternion
{
    double b = 0.0;
    double c = 0.0;
    double d = 0.0;
    double qfac = 1.0;
};

/// As nifti_mat44_to_quatern() of nifti1_io.c for a matrix that is orthonormal already.
Quaternion quaternionOf(const core::ImageGeometry &geometry)
{
    std::array<double, 9> r{};
    for (std::size_t i = 0; i < 9; ++i)
        r[i] = rasSign(i / 3) * geometry.direction[i];
    const double determinant =
        r[0] * (r[4] * r[8] - r[5] * r[7]) - r[1] * (r[3] * r[8] - r[5] * r[6]) + r[2] * (r[3] * r[7] - r[4] * r[6]);
    Quaternion q;
    if (determinant < 0.0) {
        q.qfac = -1.0;
        for (std::size_t i = 2; i < 9; i += 3)
            r[i] = -r[i];
    }
    double a = r[0] + r[4] + r[8] + 1.0;
    if (a > 0.5) {
        a = 0.5 * std::sqrt(a);
        q.b = 0.25 * (r[7] - r[5]) / a;
        q.c = 0.25 * (r[2] - r[6]) / a;
        q.d = 0.25 * (r[3] - r[1]) / a;
        return q;
    }
    const double x = 1.0 + r[0] - (r[4] + r[8]);
    const double y = 1.0 + r[4] - (r[0] + r[8]);
    const double z = 1.0 + r[8] - (r[0] + r[4]);
    if (x > 1.0) {
        q.b = 0.5 * std::sqrt(x);
        q.c = 0.25 * (r[1] + r[3]) / q.b;
        q.d = 0.25 * (r[2] + r[6]) / q.b;
        a = 0.25 * (r[7] - r[5]) / q.b;
    } else if (y > 1.0) {
        q.c = 0.5 * std::sqrt(y);
        q.b = 0.25 * (r[1] + r[3]) / q.c;
        q.d = 0.25 * (r[5] + r[7]) / q.c;
        a = 0.25 * (r[2] - r[6]) / q.c;
    } else {
        q.d = 0.5 * std::sqrt(z);
        q.b = 0.25 * (r[2] + r[6]) / q.d;
        q.c = 0.25 * (r[5] + r[7]) / q.d;
        a = 0.25 * (r[3] - r[1]) / q.d;
    }
    if (a < 0.0) {
        q.b = -q.b;
        q.c = -q.c;
        q.d = -q.d;
    }
    return q;
}

void putGeometry(std::vector<std::byte> &bytes, const core::ImageGeometry &geometry)
{
    constexpr char Millimetres = 2;
    constexpr std::int16_t ScannerAnatomical = 1;
    const Quaternion q = geometry.hasPosition ? quaternionOf(geometry) : Quaternion();
    put(bytes, 76, static_cast<float>(q.qfac));
    for (std::size_t i = 0; i < 3; ++i)
        put(bytes, 80 + 4 * i, static_cast<float>(geometry.hasSpacing ? geometry.spacing[i] : 1.0));
    if (geometry.hasSpacing)
        put(bytes, 123, Millimetres);
    if (!geometry.hasPosition)
        return;
    put(bytes, 252, ScannerAnatomical);
    put(bytes, 254, ScannerAnatomical);
    put(bytes, 256, static_cast<float>(q.b));
    put(bytes, 260, static_cast<float>(q.c));
    put(bytes, 264, static_cast<float>(q.d));
    for (std::size_t row = 0; row < 3; ++row) {
        const float origin = static_cast<float>(rasSign(row) * geometry.origin[row]);
        put(bytes, 268 + 4 * row, origin);
        for (std::size_t column = 0; column < 3; ++column)
            put(bytes, 280 + 16 * row + 4 * column,
                static_cast<float>(rasSign(row) * geometry.direction[row * 3 + column] * geometry.spacing[column]));
        put(bytes, 280 + 16 * row + 12, origin);
    }
}

std::vector<std::byte> encode(const core::LabelVolume &labels)
{
    constexpr std::int16_t UnsignedByte = 2;
    constexpr std::int16_t UnsignedShort = 512;
    const bool isWide =
        std::any_of(labels.labels.begin(), labels.labels.end(), [](core::LabelValue v) { return v > 255; });
    std::vector<std::byte> bytes(DataOffset + labels.labels.size() * (isWide ? 2 : 1));
    put(bytes, 0, static_cast<std::int32_t>(HeaderBytes));
    const std::array<int, 8> sides{3, labels.width, labels.height, labels.depth, 1, 1, 1, 1};
    for (std::size_t i = 0; i < sides.size(); ++i)
        put(bytes, 40 + 2 * i, static_cast<std::int16_t>(sides[i]));
    put(bytes, 70, isWide ? UnsignedShort : UnsignedByte);
    put(bytes, 72, static_cast<std::int16_t>(isWide ? 16 : 8));
    put(bytes, 108, static_cast<float>(DataOffset));
    put(bytes, 112, 1.0F);
    putGeometry(bytes, labels.geometry);
    std::memcpy(bytes.data() + 148, "SemiGDA Studio label map", 24);
    std::memcpy(bytes.data() + 344, "n+1", 3);
    if (isWide) {
        std::memcpy(bytes.data() + DataOffset, labels.labels.data(), labels.labels.size() * 2);
    } else {
        std::transform(labels.labels.begin(), labels.labels.end(), bytes.begin() + DataOffset,
                       [](core::LabelValue v) { return static_cast<std::byte>(v); });
    }
    return bytes;
}

/// The same bytes for the same content: no time and no name in the gzip header.
std::vector<std::byte> packed(std::vector<std::byte> &bytes)
{
    constexpr int GzipWindow = 15 + 16;
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::vector<std::byte> out;
    std::vector<std::byte> block(1U << 18);
    std::size_t at = 0;
    int status = Z_OK;
    while (status == Z_OK) {
        const std::size_t count = std::min<std::size_t>(bytes.size() - at, 1U << 30);
        if (stream.avail_in == 0 && count > 0) {
            stream.next_in = reinterpret_cast<Bytef *>(bytes.data() + at);
            stream.avail_in = static_cast<uInt>(count);
            at += count;
        }
        stream.next_out = reinterpret_cast<Bytef *>(block.data());
        stream.avail_out = static_cast<uInt>(block.size());
        status = deflate(&stream, at == bytes.size() ? Z_FINISH : Z_NO_FLUSH);
        out.insert(out.end(), block.begin(),
                   block.begin() + static_cast<std::ptrdiff_t>(block.size() - stream.avail_out));
    }
    deflateEnd(&stream);
    return out;
}

} // namespace

Result<void> writeLabelNifti(const core::LabelVolume &labels, const std::filesystem::path &file)
{
    const auto isSide = [](int side) { return side > 0 && side <= std::numeric_limits<std::int16_t>::max(); };
    const std::size_t voxels = static_cast<std::size_t>(std::max(labels.width, 0))
                               * static_cast<std::size_t>(std::max(labels.height, 0))
                               * static_cast<std::size_t>(std::max(labels.depth, 0));
    if (!isSide(labels.width) || !isSide(labels.height) || !isSide(labels.depth) || labels.labels.size() != voxels)
        return badFile(
            ErrorCode::InvalidArgument, file,
            phrase("errors",
                   "cannot be written because NIfTI holds 1 to 32767 voxels a side and all of them must be given"),
            phrase("errors", "export PNG instead"));
    try {
        std::vector<std::byte> bytes = encode(labels);
        return core::writeFileAtomically(file, extensionOf(file) == ".nii" ? bytes : packed(bytes));
    } catch (const std::bad_alloc &) {
        return badFile(ErrorCode::OutOfMemory, file, phrase("errors", "needs more memory than this computer has free"),
                       phrase("errors", "close other programs and export again"));
    }
}

} // namespace semigda::storage
