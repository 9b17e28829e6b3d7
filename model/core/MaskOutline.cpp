// SPDX-License-Identifier: Apache-2.0
#include "core/MaskOutline.h"

#include <algorithm>
#include <cstdint>

namespace semigda::core
{

namespace
{

/// The part of a mask that holds a class, one byte a pixel.
struct Region
{
    PixelRect rect;
    std::vector<std::uint8_t> inside;
    std::vector<std::uint8_t> isTraced; ///< the pixel's upper edge is part of an outline already

    std::size_t index(int x, int y) const
    {
        return static_cast<std::size_t>(y - rect.top) * static_cast<std::size_t>(rect.width)
               + static_cast<std::size_t>(x - rect.left);
    }
    bool has(int x, int y) const { return rect.contains(x, y) && inside[index(x, y)] != 0; }
};

PixelRect boundsOf(const LabelMask &mask, LabelValue value)
{
    PixelRect bounds;
    std::vector<LabelValue> row(static_cast<std::size_t>(mask.width()));
    for (int y = 0; y < mask.height(); ++y) {
        mask.readRow(0, y, mask.width(), row.data());
        const auto first = std::find(row.begin(), row.end(), value);
        if (first == row.end()) {
            continue;
        }
        const auto last = std::find(row.rbegin(), row.rend(), value);
        bounds = bounds.united({static_cast<int>(first - row.begin()), y, static_cast<int>(last.base() - first), 1});
    }
    return bounds;
}

Region regionOf(const LabelMask &mask, LabelValue value)
{
    Region region;
    region.rect = boundsOf(mask, value);
    if (region.rect.isEmpty()) {
        return region;
    }
    const auto width = static_cast<std::size_t>(region.rect.width);
    region.inside.resize(width * static_cast<std::size_t>(region.rect.height));
    region.isTraced.resize(region.inside.size());
    std::vector<LabelValue> row(width);
    for (int y = region.rect.top; y < region.rect.bottom(); ++y) {
        mask.readRow(region.rect.left, y, region.rect.width, row.data());
        std::transform(row.begin(), row.end(),
                       region.inside.begin() + static_cast<std::ptrdiff_t>(region.index(region.rect.left, y)),
                       [value](LabelValue each) { return each == value ? std::uint8_t{1} : std::uint8_t{0}; });
    }
    return region;
}

/// Walks along the edges with the class on the right hand, from the upper left corner of pixel (x, y), eastwards.
Outline traced(Region &region, int x, int y)
{
    enum Heading { East, South, West, North };
    static constexpr int StepX[] = {1, 0, -1, 0};
    static constexpr int StepY[] = {0, 1, 0, -1};
    // The pixels ahead of a corner, on either side of the edge straight on, relative to the corner.
    static constexpr int RightX[] = {0, -1, -1, 0};
    static constexpr int RightY[] = {0, 0, -1, -1};
    static constexpr int LeftX[] = {0, 0, -1, -1};
    static constexpr int LeftY[] = {-1, 0, 0, -1};

    const int startX = x;
    const int startY = y;
    int heading = East;
    Outline outline;
    do {
        if (heading == East) {
            region.isTraced[region.index(x, y)] = 1;
        }
        x += StepX[heading];
        y += StepY[heading];
        const int before = heading;
        // To the left first: so pixels that touch at a corner are joined.
        if (region.has(x + LeftX[heading], y + LeftY[heading])) {
            heading = (heading + 3) % 4;
        } else if (!region.has(x + RightX[heading], y + RightY[heading])) {
            heading = (heading + 1) % 4;
        }
        if (heading != before) {
            outline.push_back({static_cast<double>(x), static_cast<double>(y)});
        }
    } while (x != startX || y != startY || heading != East);
    return outline;
}

} // namespace

std::vector<Outline> outlinesOf(const LabelMask &mask, LabelValue value)
{
    std::vector<Outline> outlines;
    if (mask.isEmpty()) {
        return outlines;
    }
    Region region = regionOf(mask, value);
    for (int y = region.rect.top; y < region.rect.bottom(); ++y) {
        for (int x = region.rect.left; x < region.rect.right(); ++x) {
            if (region.has(x, y) && !region.has(x, y - 1) && !region.isTraced[region.index(x, y)]) {
                outlines.push_back(traced(region, x, y));
            }
        }
    }
    return outlines;
}

} // namespace semigda::core
