// SPDX-License-Identifier: Apache-2.0
#include "storage/MaskCodec_p.h"

#include <zstd.h>

#include <algorithm>
#include <array>
#include <memory>

namespace semigda::storage
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::LabelMask;
using core::LabelValue;
using core::phrase;
using core::Result;

constexpr int CompressionLevel = 3;
constexpr std::array<std::byte, 4> MaskMark{std::byte{'S'}, std::byte{'G'}, std::byte{'M'}, std::byte{'1'}};
constexpr std::byte UniformTile{0};
constexpr std::byte PixelTile{1};
constexpr std::size_t HeaderSize = 12;

Error damaged(const core::Sentence &what)
{
    return {ErrorCode::CorruptFile,
            phrase("errors", "%1 is damaged; run \"semigda check --repair\" on the project.").with(what)};
}

void putNumber(Blob &out, std::uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i) {
        out.push_back(static_cast<std::byte>(value >> (8 * i)));
    }
}

std::uint32_t numberAt(const std::byte *bytes, int count)
{
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i) {
        value |= static_cast<std::uint32_t>(bytes[i]) << (8 * i);
    }
    return value;
}

LabelValue labelAt(const std::byte *bytes)
{
    return static_cast<LabelValue>(numberAt(bytes, 2));
}

/// A tile's part of the image and its bytes in an unpacked mask.
struct TileBytes
{
    core::PixelRect rect;
    bool isUniform = false;
    const std::byte *labels = nullptr;
};

/// Splits the unpacked bytes into tiles; empty when they do not make up exactly one mask of that size.
std::vector<TileBytes> splitTiles(const Blob &bytes, const LabelMask &shape)
{
    std::vector<TileBytes> tiles;
    std::size_t position = HeaderSize;
    for (int top = 0; top < shape.height(); top += LabelMask::TileSize) {
        for (int left = 0; left < shape.width(); left += LabelMask::TileSize) {
            TileBytes tile;
            tile.rect = {left, top, std::min(LabelMask::TileSize, shape.width() - left),
                         std::min(LabelMask::TileSize, shape.height() - top)};
            if (position >= bytes.size() || bytes[position] > PixelTile) {
                return {};
            }
            tile.isUniform = bytes[position] == UniformTile;
            const std::size_t pixels = static_cast<std::size_t>(tile.rect.width * tile.rect.height);
            const std::size_t size = tile.isUniform ? 2 : pixels * 2;
            if (bytes.size() - position - 1 < size) {
                return {};
            }
            tile.labels = bytes.data() + position + 1;
            tiles.push_back(tile);
            position += 1 + size;
        }
    }
    return position == bytes.size() ? tiles : std::vector<TileBytes>();
}

} // namespace

Result<Blob> compress(std::span<const std::byte> bytes)
{
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    if (!context) {
        return Error{ErrorCode::OutOfMemory,
                     phrase("errors", "There is not enough memory to pack a mask; close other programs.")};
    }
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, CompressionLevel);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    Blob out(ZSTD_compressBound(bytes.size()));
    const std::size_t size = ZSTD_compress2(context.get(), out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size)) {
        return Error{ErrorCode::OutOfMemory,
                     phrase("errors", "A mask could not be packed (%1); close other programs and try again.")
                         .with(std::string(ZSTD_getErrorName(size)))};
    }
    out.resize(size);
    return out;
}

Result<Blob> decompress(std::span<const std::byte> blob, std::size_t maxSize, const core::Sentence &what)
{
    const unsigned long long size = ZSTD_getFrameContentSize(blob.data(), blob.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > maxSize) {
        return damaged(what);
    }
    Blob bytes(static_cast<std::size_t>(size));
    const std::size_t done = ZSTD_decompress(bytes.data(), bytes.size(), blob.data(), blob.size());
    if (ZSTD_isError(done) || done != bytes.size()) {
        return damaged(what);
    }
    return bytes;
}

Result<Blob> encodeMask(const LabelMask &mask)
{
    Blob bytes(MaskMark.begin(), MaskMark.end());
    putNumber(bytes, static_cast<std::uint32_t>(mask.width()), 4);
    putNumber(bytes, static_cast<std::uint32_t>(mask.height()), 4);
    std::array<LabelValue, LabelMask::TileSize> row{};
    for (int tileY = 0; tileY < mask.tileRows(); ++tileY) {
        for (int tileX = 0; tileX < mask.tileColumns(); ++tileX) {
            LabelValue uniform = 0;
            if (mask.isTileUniform(tileX, tileY, &uniform)) {
                bytes.push_back(UniformTile);
                putNumber(bytes, uniform, 2);
                continue;
            }
            bytes.push_back(PixelTile);
            const int left = tileX * LabelMask::TileSize;
            const int top = tileY * LabelMask::TileSize;
            const int columns = std::min(LabelMask::TileSize, mask.width() - left);
            for (int y = top; y < std::min(top + LabelMask::TileSize, mask.height()); ++y) {
                mask.readRow(left, y, columns, row.data());
                const std::size_t at = bytes.size();
                bytes.resize(at + static_cast<std::size_t>(columns) * 2);
                for (int x = 0; x < columns; ++x) {
                    const LabelValue value = row[static_cast<std::size_t>(x)];
                    bytes[at + static_cast<std::size_t>(x) * 2] = static_cast<std::byte>(value & 0xFF);
                    bytes[at + static_cast<std::size_t>(x) * 2 + 1] = static_cast<std::byte>(value >> 8);
                }
            }
        }
    }
    return compress(bytes);
}

Result<LabelMask> decodeMask(std::span<const std::byte> blob, int width, int height, const core::Sentence &what)
{
    LabelMask mask(width, height);
    const std::size_t tileCount =
        static_cast<std::size_t>(mask.tileColumns()) * static_cast<std::size_t>(mask.tileRows());
    const std::size_t pixelCount = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const Result<Blob> bytes = decompress(blob, HeaderSize + tileCount + pixelCount * 2, what);
    if (!bytes) {
        return bytes.error();
    }
    if (bytes->size() < HeaderSize || !std::equal(MaskMark.begin(), MaskMark.end(), bytes->begin())
        || numberAt(bytes->data() + 4, 4) != static_cast<std::uint32_t>(width)
        || numberAt(bytes->data() + 8, 4) != static_cast<std::uint32_t>(height)) {
        return damaged(what);
    }
    const std::vector<TileBytes> tiles = splitTiles(*bytes, mask);
    if (tiles.size() != tileCount) {
        return damaged(what);
    }
    std::array<LabelValue, LabelMask::TileSize> row{};
    for (const TileBytes &tile : tiles) {
        if (tile.isUniform) {
            mask.fillTile(tile.rect.left / LabelMask::TileSize, tile.rect.top / LabelMask::TileSize,
                          labelAt(tile.labels));
            continue;
        }
        const std::byte *labels = tile.labels;
        for (int y = tile.rect.top; y < tile.rect.bottom(); ++y) {
            for (int x = 0; x < tile.rect.width; ++x) {
                row[static_cast<std::size_t>(x)] = labelAt(labels + static_cast<std::size_t>(x) * 2);
            }
            mask.writeRow(tile.rect.left, y, tile.rect.width, row.data());
            labels += static_cast<std::size_t>(tile.rect.width) * 2;
        }
    }
    return mask;
}

Result<Blob> encodeDelta(const core::MaskDelta &delta)
{
    return compress(delta.toBytes());
}

Result<core::MaskDelta> decodeDelta(std::span<const std::byte> blob, int width, int height, const core::Sentence &what)
{
    if (blob.empty()) {
        return core::MaskDelta(width, height, {});
    }
    // Every pixel its own span of at most 16 bytes is the largest edit there can be.
    const std::size_t pixelCount = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const Result<Blob> bytes = decompress(blob, 32 + pixelCount * 16, what);
    if (!bytes) {
        return bytes.error();
    }
    Result<core::MaskDelta> delta = core::MaskDelta::fromBytes(*bytes);
    if (!delta || delta->width() != width || delta->height() != height) {
        return damaged(what);
    }
    return delta;
}

} // namespace semigda::storage
