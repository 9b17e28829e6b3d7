// SPDX-License-Identifier: Apache-2.0
#include "core/RegionGrow.h"

#include "core/Samples_p.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace semigda::core
{

namespace
{

using Spans = std::vector<MaskEdit::RowSpan>;

/// Pixels of a row that may still be taken, a bit each.
class RowBits
{
public:
    bool isEmpty() const { return m_words.empty(); }

    /// `isInside` is asked for every column in turn.
    template <typename IsInside> void fill(int width, const IsInside &isInside)
    {
        m_words.assign((static_cast<std::size_t>(width) + WordBits - 1) / WordBits, 0);
        for (int x = 0; x < width; ++x) {
            m_words[word(x)] |= static_cast<std::uint64_t>(isInside(x) ? 1 : 0) << bit(x);
        }
    }

    /// The first column from `x` on that may be taken; `end` when there is none before it.
    int firstFrom(int x, int end) const { return find(x, end, 0); }
    /// The first column from `x` on that may not.
    int endOfRun(int x, int width) const { return find(x, width, ~std::uint64_t{0}); }
    int startOfRun(int x) const
    {
        while (x > 0) {
            // The columns left of x in its word, moved to the top: their leading ones belong to the run.
            const int place = bit(x - 1);
            const std::uint64_t left = m_words[word(x - 1)] << (WordBits - 1 - static_cast<unsigned>(place));
            const int count = std::min(std::countl_one(left), place + 1);
            x -= count;
            if (count <= place) {
                break;
            }
        }
        return x;
    }
    void clear(int x, int end)
    {
        while (x < end) {
            const int count = std::min(end - x, static_cast<int>(WordBits) - bit(x));
            const std::uint64_t ones =
                count == static_cast<int>(WordBits) ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
            m_words[word(x)] &= ~(ones << bit(x));
            x += count;
        }
    }

private:
    static constexpr std::size_t WordBits = 64;

    static std::size_t word(int x) { return static_cast<std::size_t>(x) / WordBits; }
    static int bit(int x) { return x % static_cast<int>(WordBits); }
    /// The first column from `x` on whose bit is set after all bits are flipped where `flip` has ones.
    int find(int x, int end, std::uint64_t flip) const
    {
        while (x < end) {
            const std::uint64_t rest = (m_words[word(x)] ^ flip) >> bit(x);
            if (rest != 0) {
                return std::min(x + std::countr_zero(rest), end);
            }
            x += static_cast<int>(WordBits) - bit(x);
        }
        return end;
    }

    std::vector<std::uint64_t> m_words;
};

/// `fillRow(y, bits)` says which pixels of a row may belong to the region; asked once for each row that is reached.
template <typename FillRow>
Spans grow(int width, int height, int x, int y, const std::stop_token &stop, const FillRow &fillRow)
{
    Spans region;
    if (x < 0 || y < 0 || x >= width || y >= height) {
        return region;
    }
    std::vector<RowBits> rows(static_cast<std::size_t>(height));
    std::vector<MaskEdit::RowSpan> reached{{y, x, 1}}; // to be looked at, for runs that touch them
    while (!reached.empty()) {
        const MaskEdit::RowSpan at = reached.back();
        reached.pop_back();
        RowBits &row = rows[static_cast<std::size_t>(at.y)];
        if (row.isEmpty()) {
            if (stop.stop_requested()) {
                return {};
            }
            fillRow(at.y, row);
        }
        const int end = at.x + at.count;
        for (int next = row.firstFrom(at.x, end); next < end; next = row.firstFrom(next, end)) {
            const int left = row.startOfRun(next);
            const int right = row.endOfRun(next, width);
            row.clear(left, right);
            region.push_back({at.y, left, right - left});
            if (at.y > 0) {
                reached.push_back({at.y - 1, left, right - left});
            }
            if (at.y + 1 < height) {
                reached.push_back({at.y + 1, left, right - left});
            }
            next = right;
        }
    }
    return region;
}

constexpr int MostChannels = 3; ///< alpha does not count

/// How far stored samples may lie apart, so that they need not be rescaled one by one.
double storedReach(const ImageData &image, double tolerance)
{
    return image.slope == 0.0 ? std::numeric_limits<double>::infinity()
                              : std::max(tolerance, 0.0) / std::abs(image.slope);
}

using Pixel = std::array<double, MostChannels>;

/// The mean of the stored samples of up to 3 x 3 pixels.
template <typename Sample> Pixel meanAround(const ImageData &image, const Sample *samples, int x, int y)
{
    const int channels = std::min(image.channels, MostChannels);
    Pixel sum{};
    int count = 0;
    for (int row = std::max(y - 1, 0); row <= std::min(y + 1, image.height - 1); ++row) {
        for (int column = std::max(x - 1, 0); column <= std::min(x + 1, image.width - 1); ++column) {
            const Sample *pixel = samples
                                  + (static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width)
                                     + static_cast<std::size_t>(column))
                                        * static_cast<std::size_t>(image.channels);
            for (int channel = 0; channel < channels; ++channel) {
                sum[static_cast<std::size_t>(channel)] += static_cast<double>(pixel[channel]);
            }
            ++count;
        }
    }
    for (double &each : sum) {
        each /= count;
    }
    return sum;
}

} // namespace

Spans sameLabelRegion(const LabelMask &mask, int x, int y, const std::stop_token &stop)
{
    if (!mask.rect().contains(x, y)) {
        return {};
    }
    const LabelValue wanted = mask.at(x, y);
    std::vector<LabelValue> labels(static_cast<std::size_t>(mask.width()));
    return grow(mask.width(), mask.height(), x, y, stop, [&](int row, RowBits &bits) {
        mask.readRow(0, row, mask.width(), labels.data());
        bits.fill(mask.width(), [&](int column) { return labels[static_cast<std::size_t>(column)] == wanted; });
    });
}

Spans similarRegion(const ImageData &image, int x, int y, double tolerance, const std::stop_token &stop)
{
    if (image.isEmpty() || x < 0 || y < 0 || x >= image.width || y >= image.height) {
        return {};
    }
    const int channels = std::min(image.channels, MostChannels);
    const double reach = storedReach(image, tolerance);
    std::array<double, MostChannels> low{};
    std::array<double, MostChannels> high{};
    for (int channel = 0; channel < channels; ++channel) {
        const double sample = image.stored(x, y, channel);
        low[static_cast<std::size_t>(channel)] = sample - reach;
        high[static_cast<std::size_t>(channel)] = sample + reach;
    }
    return withSamples(image.type, image.bytes.data(), [&](const auto *samples) {
        return grow(image.width, image.height, x, y, stop, [&](int row, RowBits &bits) {
            const auto stride = static_cast<std::size_t>(image.channels);
            const auto *first =
                samples + static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width) * stride;
            bits.fill(image.width, [&](int column) {
                bool isInside = true;
                for (std::size_t channel = 0; channel < static_cast<std::size_t>(channels); ++channel) {
                    const auto sample = static_cast<double>(first[static_cast<std::size_t>(column) * stride + channel]);
                    isInside = isInside && sample >= low[channel] && sample <= high[channel];
                }
                return isInside;
            });
        });
    });
}

Spans similarWithin(const ImageData &image, const Spans &spans, int x, int y, double tolerance)
{
    PixelRect box;
    for (const MaskEdit::RowSpan &span : spans) {
        box = box.united({span.x, span.y, span.count, 1});
    }
    box = box.intersected({0, 0, image.width, image.height});
    if (!box.contains(x, y)) {
        return {};
    }
    std::vector<std::uint8_t> isFree(static_cast<std::size_t>(box.width) * static_cast<std::size_t>(box.height), 0);
    for (const MaskEdit::RowSpan &span : spans) {
        const PixelRect part = box.intersected({span.x, span.y, span.count, 1});
        if (!part.isEmpty()) {
            std::fill_n(isFree.begin() + static_cast<std::ptrdiff_t>(part.top - box.top) * box.width
                            + (part.left - box.left),
                        part.width, std::uint8_t{1});
        }
    }
    const double reach = storedReach(image, tolerance);
    Spans region = withSamples(image.type, image.bytes.data(), [&](const auto *samples) {
        const Pixel wanted = meanAround(image, samples, x, y);
        return grow(box.width, box.height, x - box.left, y - box.top, {}, [&](int row, RowBits &bits) {
            const auto *free = isFree.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(box.width);
            bits.fill(box.width, [&](int column) {
                if (free[column] == 0) {
                    return false;
                }
                const Pixel mean = meanAround(image, samples, box.left + column, box.top + row);
                bool isAlike = true;
                for (std::size_t channel = 0; channel < mean.size(); ++channel) {
                    isAlike = isAlike && std::abs(mean[channel] - wanted[channel]) <= reach;
                }
                return isAlike;
            });
        });
    });
    for (MaskEdit::RowSpan &span : region) {
        span.x += box.left;
        span.y += box.top;
    }
    return region;
}

} // namespace semigda::core
