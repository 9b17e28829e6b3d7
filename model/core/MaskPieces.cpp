// SPDX-License-Identifier: Apache-2.0
#include "core/MaskPieces.h"

#include "core/ConnectedComponents.h"
#include "core/RegionGrow.h"
#include "core/SpansWhere.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace semigda::core
{

namespace
{

using Spans = std::vector<MaskEdit::RowSpan>;

/// `areDropped` says of all pieces' sizes which are meant.
template <typename AreDropped> Spans piecesWhere(const LabelMask &mask, LabelValue value, const AreDropped &areDropped)
{
    const PixelRect part = boundsOf(mask, value);
    if (part.isEmpty()) {
        return {};
    }
    const auto width = static_cast<std::size_t>(part.width);
    std::vector<std::uint8_t> binary(width * static_cast<std::size_t>(part.height));
    std::vector<LabelValue> row(width);
    for (int y = 0; y < part.height; ++y) {
        mask.readRow(part.left, part.top + y, part.width, row.data());
        std::transform(row.begin(), row.end(),
                       binary.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(y) * width),
                       [value](LabelValue each) { return static_cast<std::uint8_t>(each == value ? 1 : 0); });
    }
    const ComponentMap pieces = connectedComponents(binary, part.width, part.height);
    const std::vector<bool> dropped = areDropped(pieces.sizes);
    return spansWhere(part, [&](int x, int y) {
        const std::int32_t piece = pieces.labels[static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)];
        return piece > 0 && dropped[static_cast<std::size_t>(piece - 1)];
    });
}

} // namespace

PixelRect boundsOf(const LabelMask &mask, LabelValue value)
{
    PixelRect bounds;
    std::array<LabelValue, LabelMask::TileSize> row{};
    for (int tileY = 0; tileY < mask.tileRows(); ++tileY) {
        for (int tileX = 0; tileX < mask.tileColumns(); ++tileX) {
            const PixelRect tile = PixelRect{tileX * LabelMask::TileSize, tileY * LabelMask::TileSize,
                                             LabelMask::TileSize, LabelMask::TileSize}
                                       .intersected(mask.rect());
            LabelValue uniform = 0;
            if (mask.isTileUniform(tileX, tileY, &uniform)) {
                bounds = uniform == value ? bounds.united(tile) : bounds;
                continue;
            }
            for (int y = tile.top; y < tile.bottom(); ++y) {
                mask.readRow(tile.left, y, tile.width, row.data());
                const auto end = row.begin() + tile.width;
                const auto first = std::find(row.begin(), end, value);
                if (first == end) {
                    continue;
                }
                const auto last = std::find(std::reverse_iterator(end), std::reverse_iterator(first), value).base();
                bounds = bounds.united(
                    {tile.left + static_cast<int>(first - row.begin()), y, static_cast<int>(last - first), 1});
            }
        }
    }
    return bounds;
}

Spans holesOf(const LabelMask &mask, LabelValue value)
{
    const PixelRect part = boundsOf(mask, value);
    if (part.isEmpty()) {
        return {};
    }
    // What is not of the class, with a rim of one pixel through which everything open hangs together.
    constexpr LabelValue Open = 1;
    constexpr LabelValue Shut = 2;
    LabelMask others(part.width + 2, part.height + 2, Open);
    std::vector<LabelValue> row(static_cast<std::size_t>(part.width));
    for (int y = 0; y < part.height; ++y) {
        mask.readRow(part.left, part.top + y, part.width, row.data());
        std::transform(row.begin(), row.end(), row.begin(),
                       [value](LabelValue each) { return each == value ? Shut : Open; });
        others.writeRow(1, y + 1, part.width, row.data());
    }
    for (const MaskEdit::RowSpan &open : sameLabelRegion(others, 0, 0)) {
        others.fillRow(open.x, open.y, open.count, Shut);
    }
    return spansWhere(part, [&](int x, int y) { return others.at(x + 1, y + 1) == Open; });
}

Spans smallPiecesOf(const LabelMask &mask, LabelValue value, std::size_t leastPixels)
{
    return piecesWhere(mask, value, [leastPixels](const std::vector<std::size_t> &sizes) {
        std::vector<bool> dropped(sizes.size());
        std::transform(sizes.begin(), sizes.end(), dropped.begin(),
                       [leastPixels](std::size_t size) { return size < leastPixels; });
        return dropped;
    });
}

Spans allButLargestPieceOf(const LabelMask &mask, LabelValue value)
{
    return piecesWhere(mask, value, [](const std::vector<std::size_t> &sizes) {
        std::vector<bool> dropped(sizes.size(), true);
        dropped[static_cast<std::size_t>(std::max_element(sizes.begin(), sizes.end()) - sizes.begin())] = false;
        return dropped;
    });
}

} // namespace semigda::core
