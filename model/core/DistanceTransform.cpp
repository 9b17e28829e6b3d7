// SPDX-License-Identifier: Apache-2.0
#include "core/DistanceTransform.h"

#include <algorithm>
#include <cstddef>

namespace semigda::core
{

namespace
{

constexpr double Far = 1e20;

/// Exact 1D squared distance transform of sampled functions: P. Felzenszwalb, D. Huttenlocher, "Distance
/// Transforms of Sampled Functions", Theory of Computing 8 (2012), with sample distance `spacing`.
class ParabolaEnvelope
{
public:
    explicit ParabolaEnvelope(std::size_t longest)
        : m_vertex(longest)
        , m_bound(longest + 1)
        , m_values(longest)
    {}
    void transform(double *data, std::size_t count, std::size_t stride, double spacing)
    {
        const double unit = spacing * spacing;
        for (std::size_t i = 0; i < count; ++i) {
            m_values[i] = data[i * stride];
        }
        std::size_t last = 0;
        m_vertex[0] = 0;
        m_bound[0] = -Far;
        m_bound[1] = Far;
        for (std::size_t q = 1; q < count; ++q) {
            double crossing = intersection(q, m_vertex[last], unit);
            while (last > 0 && crossing <= m_bound[last]) {
                --last;
                crossing = intersection(q, m_vertex[last], unit);
            }
            if (crossing > m_bound[last]) {
                ++last;
            }
            m_vertex[last] = q;
            m_bound[last] = last == 0 ? -Far : crossing;
            m_bound[last + 1] = Far;
        }
        std::size_t k = 0;
        for (std::size_t q = 0; q < count; ++q) {
            while (m_bound[k + 1] < static_cast<double>(q)) {
                ++k;
            }
            const double offset = static_cast<double>(q) - static_cast<double>(m_vertex[k]);
            data[q * stride] = std::min(unit * offset * offset + m_values[m_vertex[k]], Far);
        }
    }

private:
    double intersection(std::size_t q, std::size_t p, double unit) const
    {
        const auto a = static_cast<double>(q);
        const auto b = static_cast<double>(p);
        return ((m_values[q] + unit * a * a) - (m_values[p] + unit * b * b)) / (2.0 * unit * (a - b));
    }

    std::vector<std::size_t> m_vertex;
    std::vector<double> m_bound;
    std::vector<double> m_values;
};

} // namespace

std::vector<double> squaredDistances(std::span<const std::uint8_t> points, int width, int height, double spacingX,
                                     double spacingY)
{
    std::vector<double> field(points.size());
    std::transform(points.begin(), points.end(), field.begin(), [](std::uint8_t p) { return p ? 0.0 : Far; });
    ParabolaEnvelope envelope(static_cast<std::size_t>(std::max(width, height)));
    const auto w = static_cast<std::size_t>(width);
    const auto h = static_cast<std::size_t>(height);
    for (std::size_t y = 0; y < h; ++y) {
        envelope.transform(field.data() + y * w, w, 1, spacingX);
    }
    for (std::size_t x = 0; x < w; ++x) {
        envelope.transform(field.data() + x, h, w, spacingY);
    }
    return field;
}

} // namespace semigda::core
