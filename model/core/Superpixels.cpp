// SPDX-License-Identifier: Apache-2.0
#include "core/Superpixels.h"

#include "core/BucketQueue_p.h"
#include "core/Samples_p.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace semigda::core
{

namespace
{

constexpr std::int32_t WholeContrast = 65536;
// Values farther out of the window than this many windows are all alike.
constexpr double MostWindows = 16.0;
// A change by the whole contrast counts like a way of this many sides.
constexpr int SidesPerContrast = 20;
// Of a tile, in pixels, where the cells are smaller than that.
constexpr int UsualTile = 96;
// Of a tile, in cells: more of what surrounds one is shared.
constexpr int LeastCells = 3;
constexpr std::uint32_t Unreached = std::numeric_limits<std::uint32_t>::max();
// Where a way from beyond the part may be as cheap; wins all ties.
constexpr std::int32_t Unknown = -1;

/// Sums of `2 * radius + 1` values around each place of a line, of those that lie within the line; values and sums lie
/// `stride` apart.
void boxSums(const std::int64_t *in, std::int64_t *out, int count, std::size_t stride, int radius)
{
    std::int64_t sum = 0;
    for (int i = 0; i < std::min(radius, count); ++i) {
        sum += in[static_cast<std::size_t>(i) * stride];
    }
    for (int i = 0; i < count; ++i) {
        if (i + radius < count) {
            sum += in[static_cast<std::size_t>(i + radius) * stride];
        }
        if (i - radius - 1 >= 0) {
            sum -= in[static_cast<std::size_t>(i - radius - 1) * stride];
        }
        out[static_cast<std::size_t>(i) * stride] = sum;
    }
}

/// How many of `2 * radius + 1` places around `i` lie in 0..count-1.
int boxCount(int i, int count, int radius)
{
    return std::min(i + radius, count - 1) - std::max(i - radius, 0) + 1;
}

// More than the dearest step costs.
constexpr std::uint32_t Buckets = 128;
static_assert(Superpixels::DiagonalStep + Superpixels::MaxChange < static_cast<int>(Buckets));

} // namespace

struct Superpixels::Ways
{
    PixelRect part;
    std::vector<std::uint32_t> costs; ///< of the cheapest way to each pixel
    std::vector<std::int32_t> labels; ///< where it begins, or Unknown
};

Superpixels::Superpixels(std::shared_ptr<const ImageData> image, const ValueWindow &contrast, int side)
    : m_image(std::move(image))
    , m_contrast(contrast)
    , m_side(std::clamp(side, MinSide, MaxSide))
    // Speckle would give larger pieces borders full of spikes.
    , m_radius(std::max(1, m_side / 10))
    , m_channels(std::min(m_image->channels, 3))
    // The last cell of a row or column is between a half and one and a half times as wide as the others.
    , m_columns(std::max(1, (m_image->width + m_side / 2) / m_side))
    , m_rows(std::max(1, (m_image->height + m_side / 2) / m_side))
    , m_cellsPerTile(std::max(LeastCells, UsualTile / m_side))
{
    if (!std::isfinite(m_contrast.centre) || !std::isfinite(m_contrast.width) || !(m_contrast.width > 0.0)) {
        m_contrast = {};
    }
}

PixelRect Superpixels::rectOf(const Cells &cells) const
{
    const int right = cells.right == m_columns ? m_image->width : cells.right * m_side;
    const int bottom = cells.bottom == m_rows ? m_image->height : cells.bottom * m_side;
    return {cells.left * m_side, cells.top * m_side, right - cells.left * m_side, bottom - cells.top * m_side};
}

int Superpixels::tileAt(int x, int y) const
{
    const int column = std::min(x / m_side, m_columns - 1) / m_cellsPerTile;
    const int row = std::min(y / m_side, m_rows - 1) / m_cellsPerTile;
    return row * tileColumns() + column;
}

int Superpixels::tileCount() const
{
    return tileColumns() * ((m_rows + m_cellsPerTile - 1) / m_cellsPerTile);
}

Superpixels::Cells Superpixels::tileCells(int tile) const
{
    const int left = tile % tileColumns() * m_cellsPerTile;
    const int top = tile / tileColumns() * m_cellsPerTile;
    return {left, top, std::min(left + m_cellsPerTile, m_columns), std::min(top + m_cellsPerTile, m_rows)};
}

PixelRect Superpixels::tileRect(int tile) const
{
    return rectOf(tileCells(tile));
}

std::vector<std::int32_t> Superpixels::smoothed(const PixelRect &part) const
{
    const PixelRect wider =
        PixelRect{part.left - m_radius, part.top - m_radius, part.width + 2 * m_radius, part.height + 2 * m_radius}
            .intersected({0, 0, m_image->width, m_image->height});
    const auto channels = static_cast<std::size_t>(m_channels);
    const auto width = static_cast<std::size_t>(wider.width);
    const std::size_t stride = width * channels;
    std::vector<std::int64_t> values(stride * static_cast<std::size_t>(wider.height));
    const double scale = static_cast<double>(WholeContrast) / m_contrast.width;
    withSamples(m_image->type, m_image->bytes.data(), [&](const auto *samples) {
        for (int y = 0; y < wider.height; ++y) {
            const auto *from = samples
                               + (static_cast<std::size_t>(wider.top + y) * static_cast<std::size_t>(m_image->width)
                                  + static_cast<std::size_t>(wider.left))
                                     * static_cast<std::size_t>(m_image->channels);
            std::int64_t *to = values.data() + static_cast<std::size_t>(y) * stride;
            for (std::size_t x = 0; x < width; ++x) {
                for (std::size_t c = 0; c < channels; ++c) {
                    const double value = m_image->slope * static_cast<double>(from[c]) + m_image->intercept;
                    // What is no number counts like the middle.
                    const double scaled = std::isnan(value) ? 0.0 : (value - m_contrast.centre) * scale;
                    *to++ = std::llround(std::clamp(scaled, -MostWindows * WholeContrast, MostWindows * WholeContrast));
                }
                from += m_image->channels;
            }
        }
    });
    std::vector<std::int64_t> sums(values.size());
    for (int y = 0; y < wider.height; ++y) {
        for (std::size_t c = 0; c < channels; ++c) {
            const std::size_t first = static_cast<std::size_t>(y) * stride + c;
            boxSums(values.data() + first, sums.data() + first, wider.width, channels, m_radius);
        }
    }
    for (std::size_t first = 0; first < stride; ++first) {
        boxSums(sums.data() + first, values.data() + first, wider.height, stride, m_radius);
    }
    std::vector<std::int32_t> means;
    means.reserve(static_cast<std::size_t>(part.width) * static_cast<std::size_t>(part.height) * channels);
    for (int y = part.top; y < part.bottom(); ++y) {
        const int rows = boxCount(y, m_image->height, m_radius);
        for (int x = part.left; x < part.right(); ++x) {
            const int count = rows * boxCount(x, m_image->width, m_radius);
            const std::int64_t *sum = values.data() + static_cast<std::size_t>(y - wider.top) * stride
                                      + static_cast<std::size_t>(x - wider.left) * channels;
            for (std::size_t c = 0; c < channels; ++c) {
                means.push_back(static_cast<std::int32_t>(sum[c] / count));
            }
        }
    }
    return means;
}

std::int32_t Superpixels::changeCost(const std::int32_t *from, const std::int32_t *to) const
{
    std::int64_t change = 0;
    for (int c = 0; c < m_channels; ++c) {
        change = std::max<std::int64_t>(change, std::abs(static_cast<std::int64_t>(from[c]) - to[c]));
    }
    const std::int64_t cost = change * StraightStep * SidesPerContrast * m_side / WholeContrast;
    return static_cast<std::int32_t>(std::min<std::int64_t>(cost, MaxChange));
}

Superpixels::Pixel Superpixels::seedIn(const PixelRect &cell, const std::vector<std::int32_t> &values,
                                       const PixelRect &part) const
{
    const auto at = [&](int x, int y) {
        // Within the cell: what lies beside it must not matter.
        const int column = std::clamp(x, cell.left, cell.right() - 1) - part.left;
        const int row = std::clamp(y, cell.top, cell.bottom() - 1) - part.top;
        return values.data()
               + (static_cast<std::size_t>(row) * static_cast<std::size_t>(part.width)
                  + static_cast<std::size_t>(column))
                     * static_cast<std::size_t>(m_channels);
    };
    const Pixel centre{cell.left + cell.width / 2, cell.top + cell.height / 2};
    Pixel best = centre;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    int nearest = 0;
    for (int y = centre.y - cell.height / 4; y <= centre.y + cell.height / 4; ++y) {
        for (int x = centre.x - cell.width / 4; x <= centre.x + cell.width / 4; ++x) {
            std::int64_t slope = 0;
            for (int c = 0; c < m_channels; ++c) {
                slope += std::abs(static_cast<std::int64_t>(at(x + 1, y)[c]) - at(x - 1, y)[c])
                         + std::abs(static_cast<std::int64_t>(at(x, y + 1)[c]) - at(x, y - 1)[c]);
            }
            const int distance = (x - centre.x) * (x - centre.x) + (y - centre.y) * (y - centre.y);
            if (slope < least || (slope == least && distance < nearest)) {
                least = slope;
                nearest = distance;
                best = {x, y};
            }
        }
    }
    return best;
}

std::int64_t Superpixels::seedOf(int cell) const
{
    const PixelRect rect = cellRect(cell % m_columns, cell / m_columns);
    const Pixel seed = seedIn(rect, smoothed(rect), rect);
    return static_cast<std::int64_t>(seed.y) * m_image->width + seed.x;
}

Superpixels::Ways Superpixels::waysWithin(const Cells &cells) const
{
    Ways ways;
    ways.part = rectOf(cells);
    const int width = ways.part.width;
    const int height = ways.part.height;
    const std::vector<std::int32_t> values = smoothed(ways.part);
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    ways.costs.assign(pixels, Unreached);
    ways.labels.assign(pixels, 0);
    BucketQueue<Buckets> queue;
    for (int row = cells.top; row < cells.bottom; ++row) {
        for (int column = cells.left; column < cells.right; ++column) {
            const Pixel seed = seedIn(cellRect(column, row), values, ways.part);
            const auto place = static_cast<std::uint32_t>((seed.y - ways.part.top) * width + (seed.x - ways.part.left));
            ways.costs[place] = 0;
            ways.labels[place] = row * m_columns + column;
            queue.push(0, place);
        }
    }
    // From seeds beyond the part it takes at least a step to get here, and on from here as much as from a seed.
    const auto enter = [&](int x, int y) {
        const auto place = static_cast<std::uint32_t>(y * width + x);
        if (ways.costs[place] > StraightStep) {
            ways.costs[place] = StraightStep;
            ways.labels[place] = Unknown;
            queue.push(StraightStep, place);
        }
    };
    for (int x = 0; x < width; ++x) {
        if (ways.part.top > 0) {
            enter(x, 0);
        }
        if (ways.part.bottom() < m_image->height) {
            enter(x, height - 1);
        }
    }
    for (int y = 0; y < height; ++y) {
        if (ways.part.left > 0) {
            enter(0, y);
        }
        if (ways.part.right() < m_image->width) {
            enter(width - 1, y);
        }
    }
    std::vector<std::uint32_t> cheapest;
    const auto channels = static_cast<std::size_t>(m_channels);
    while (!queue.isEmpty()) {
        const std::uint32_t cost = queue.takeCheapest(cheapest);
        for (const std::uint32_t from : cheapest) {
            if (ways.costs[from] != cost) {
                continue; // was reached cheaper meanwhile
            }
            const int x = static_cast<int>(from % static_cast<std::uint32_t>(width));
            const int y = static_cast<int>(from / static_cast<std::uint32_t>(width));
            for (int v = std::max(y - 1, 0); v <= std::min(y + 1, height - 1); ++v) {
                for (int u = std::max(x - 1, 0); u <= std::min(x + 1, width - 1); ++u) {
                    const auto to = static_cast<std::uint32_t>(v * width + u);
                    const int way = u == x || v == y ? StraightStep : DiagonalStep;
                    if (ways.costs[to] < cost + static_cast<std::uint32_t>(way)) {
                        continue; // also the pixel itself
                    }
                    const auto reached =
                        cost
                        + static_cast<std::uint32_t>(
                            way + changeCost(values.data() + from * channels, values.data() + to * channels));
                    if (reached < ways.costs[to]) {
                        ways.costs[to] = reached;
                        ways.labels[to] = ways.labels[from];
                        queue.push(reached, to);
                    } else if (reached == ways.costs[to]) {
                        ways.labels[to] = std::min(ways.labels[to], ways.labels[from]);
                    }
                }
            }
        }
    }
    return ways;
}

std::vector<std::int32_t> Superpixels::labelsOf(int tile) const
{
    const Cells own = tileCells(tile);
    const PixelRect rect = rectOf(own);
    // Two cells around are nearly always enough; the whole image is at the latest.
    for (int margin = 2;; margin *= 2) {
        const Ways ways = waysWithin({std::max(own.left - margin, 0), std::max(own.top - margin, 0),
                                      std::min(own.right + margin, m_columns), std::min(own.bottom + margin, m_rows)});
        const PixelRect &part = ways.part;
        std::vector<std::int32_t> labels;
        labels.reserve(static_cast<std::size_t>(rect.width) * static_cast<std::size_t>(rect.height));
        for (int y = rect.top; y < rect.bottom(); ++y) {
            const auto row =
                ways.labels.begin() + static_cast<std::ptrdiff_t>(y - part.top) * part.width + (rect.left - part.left);
            labels.insert(labels.end(), row, row + rect.width);
        }
        if (std::find(labels.begin(), labels.end(), Unknown) == labels.end()) {
            return labels;
        }
    }
}

} // namespace semigda::core
