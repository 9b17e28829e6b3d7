// SPDX-License-Identifier: Apache-2.0
#include "core/GrowFromSeeds.h"

#include "core/BucketQueue_p.h"
#include "core/Samples_p.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace semigda::core
{

namespace
{

constexpr std::uint32_t Unreached = std::numeric_limits<std::uint32_t>::max();
// More than the dearest step costs.
constexpr std::uint32_t Buckets = 2568;
static_assert(seedcost::DiagonalStep + seedcost::WholeContrast < static_cast<int>(Buckets));

/// What the image's values change by from one pixel to another.
template <typename Sample> class Changes
{
public:
    Changes(const ImageData &image, const Sample *samples, const ValueWindow &contrast)
        : m_samples(samples)
        , m_stride(static_cast<std::size_t>(image.channels))
        , m_channels(std::min<std::size_t>(m_stride, 3))
    {
        const bool isUsable = std::isfinite(contrast.width) && contrast.width > 0.0;
        m_scale = std::abs(image.slope) * seedcost::WholeContrast / (isUsable ? contrast.width : 1.0);
    }
    std::uint32_t cost(std::size_t from, std::size_t to) const
    {
        const Sample *a = m_samples + from * m_stride;
        const Sample *b = m_samples + to * m_stride;
        double most = 0.0;
        for (std::size_t c = 0; c < m_channels; ++c) {
            const double change = std::abs(static_cast<double>(a[c]) - static_cast<double>(b[c])) * m_scale;
            // Also what is no number.
            if (!(change < seedcost::WholeContrast)) {
                return seedcost::WholeContrast;
            }
            most = std::max(most, change);
        }
        return static_cast<std::uint32_t>(most);
    }

private:
    const Sample *m_samples;
    std::size_t m_stride;
    std::size_t m_channels;
    double m_scale = 1.0;
};

class Growth
{
public:
    explicit Growth(const LabelMask &seeds)
        : m_width(seeds.width())
        , m_height(seeds.height())
        , m_values(seeds.toPixels())
    {}

    SeedGrowth::Outcome outcomeOfSeeds() const
    {
        const auto isSeed = [](LabelValue value) { return value != NotAnnotated; };
        const auto first = std::find_if(m_values.begin(), m_values.end(), isSeed);
        const bool isOneValue =
            std::all_of(first, m_values.end(), [&](LabelValue value) { return !isSeed(value) || value == *first; });
        if (first == m_values.end()) {
            return SeedGrowth::Outcome::TooFewSeeds;
        }
        if (std::find(m_values.begin(), m_values.end(), NotAnnotated) == m_values.end()) {
            return SeedGrowth::Outcome::NothingLeft;
        }
        return isOneValue ? SeedGrowth::Outcome::TooFewSeeds : SeedGrowth::Outcome::Grown;
    }

    /// False when stopped.
    template <typename Sample> bool run(const Changes<Sample> &changes, const std::stop_token &stop)
    {
        m_costs.assign(m_values.size(), Unreached);
        BucketQueue<Buckets> queue;
        for (int y = 0; y < m_height; ++y) {
            for (int x = 0; x < m_width; ++x) {
                const std::size_t place = at(x, y);
                if (m_values[place] != NotAnnotated) {
                    m_costs[place] = 0;
                    if (hasFreeNeighbour(x, y)) {
                        queue.push(0, static_cast<std::uint32_t>(place));
                    }
                }
            }
        }
        std::vector<std::uint32_t> cheapest;
        while (!queue.isEmpty()) {
            if (stop.stop_requested()) {
                return false;
            }
            const std::uint32_t cost = queue.takeCheapest(cheapest);
            for (const std::uint32_t from : cheapest) {
                if (m_costs[from] == cost) {
                    reachFrom(from, cost, changes, queue);
                }
            }
        }
        return true;
    }

    LabelValue valueAt(int x, int y) const { return m_values[at(x, y)]; }

private:
    std::size_t at(int x, int y) const
    {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x);
    }
    /// `function(place, isStraight)` for the up to eight pixels around.
    template <typename Function> void forNeighbours(int x, int y, const Function &function) const
    {
        for (int v = std::max(y - 1, 0); v <= std::min(y + 1, m_height - 1); ++v) {
            for (int u = std::max(x - 1, 0); u <= std::min(x + 1, m_width - 1); ++u) {
                if (u != x || v != y) {
                    function(at(u, v), u == x || v == y);
                }
            }
        }
    }
    bool hasFreeNeighbour(int x, int y) const
    {
        bool isFree = false;
        forNeighbours(x, y, [&](std::size_t place, bool) { isFree = isFree || m_values[place] == NotAnnotated; });
        return isFree;
    }
    template <typename Sample>
    void reachFrom(std::uint32_t from, std::uint32_t cost, const Changes<Sample> &changes, BucketQueue<Buckets> &queue)
    {
        const int x = static_cast<int>(from % static_cast<std::uint32_t>(m_width));
        const int y = static_cast<int>(from / static_cast<std::uint32_t>(m_width));
        forNeighbours(x, y, [&](std::size_t to, bool isStraight) {
            const std::uint32_t step =
                cost + static_cast<std::uint32_t>(isStraight ? seedcost::StraightStep : seedcost::DiagonalStep);
            if (m_costs[to] < step) {
                return;
            }
            const std::uint32_t reached = step + changes.cost(from, to);
            if (reached < m_costs[to]) {
                m_costs[to] = reached;
                m_values[to] = m_values[from];
                queue.push(reached, static_cast<std::uint32_t>(to));
            } else if (reached == m_costs[to]) {
                m_values[to] = std::min(m_values[to], m_values[from]);
            }
        });
    }

    int m_width;
    int m_height;
    std::vector<LabelValue> m_values;   ///< of the cheapest way found so far
    std::vector<std::uint32_t> m_costs; ///< of that
};

} // namespace

SeedGrowth growFromSeeds(const LabelMask &seeds, const ImageData &image, const ValueWindow &contrast,
                         const std::stop_token &stop)
{
    SeedGrowth result;
    Growth growth(seeds);
    result.outcome = growth.outcomeOfSeeds();
    if (result.outcome != SeedGrowth::Outcome::Grown) {
        result.change = changeOf(seeds, {}, [](MaskEdit &) {});
        return result;
    }
    const bool isDone = withSamples(image.type, image.bytes.data(), [&](const auto *samples) {
        return growth.run(Changes(image, samples, contrast), stop);
    });
    result.change = changeOf(seeds, {}, [&](MaskEdit &edit) {
        for (int y = 0; isDone && y < seeds.height() && !stop.stop_requested(); ++y) {
            for (int x = 0; x < seeds.width();) {
                const LabelValue value = growth.valueAt(x, y);
                const int start = x;
                while (x < seeds.width() && growth.valueAt(x, y) == value) {
                    ++x;
                }
                edit.paintSpan(start, y, x - start, value);
            }
        }
    });
    if (!isDone || stop.stop_requested()) {
        result.outcome = SeedGrowth::Outcome::Stopped;
    }
    return result;
}

} // namespace semigda::core
