// SPDX-License-Identifier: Apache-2.0
#include "app/sample/LesionShape_p.h"

#include <algorithm>

namespace semigda::app
{

namespace
{

constexpr int Steps = 360;

/// Waves around the outline: `first`..`last` of them, of falling height.
void addWaves(std::vector<double> &factors, int first, int last, double height, SampleRandom &random)
{
    for (int waves = first; waves <= last; ++waves) {
        const double amplitude = height * random.between(0.3, 1.0) / (1.0 + 0.6 * (waves - first));
        const double phase = random.between(0.0, 2.0 * Pi);
        for (int i = 0; i < Steps; ++i) {
            factors[static_cast<std::size_t>(i)] += amplitude * portableCos(waves * 2.0 * Pi * i / Steps + phase);
        }
    }
}

void addSpikes(std::vector<double> &factors, SampleRandom &random)
{
    for (int spike = random.integer(4, 8); spike > 0; --spike) {
        const double height = random.between(0.05, 0.3);
        const double width = random.between(0.07, 0.2);
        const double direction = random.between(0.0, 2.0 * Pi);
        for (int i = 0; i < Steps; ++i) {
            const double away = 2.0 * Pi * i / Steps - direction;
            const double turned = away - 2.0 * Pi * std::floor(away / (2.0 * Pi) + 0.5);
            factors[static_cast<std::size_t>(i)] += height * portableExp(-turned * turned / (width * width));
        }
    }
}

/// Lobes are the hull of circles on the rim: bulges with notches between them.
void addLobes(std::vector<double> &factors, SampleRandom &random)
{
    const int lobes = random.integer(2, 5);
    const double depth = random.between(0.08, 0.22);
    const double phase = random.between(0.0, 2.0 * Pi);
    const double skew = random.between(0.4, 1.0);
    for (int i = 0; i < Steps; ++i) {
        const double angle = 2.0 * Pi * i / Steps;
        const double wave =
            std::abs(portableSin(lobes * (angle + skew * portableSin(angle + 3.0 * phase)) / 2.0 + phase));
        factors[static_cast<std::size_t>(i)] += depth * (wave - 0.6);
    }
}

} // namespace

LesionShape::LesionShape(LesionOutline outline, double centreX, double centreY, double radius, double flatness,
                         double tilt, SampleRandom &random)
    : m_centreX(centreX)
    , m_centreY(centreY)
    , m_radius(radius)
    , m_halfWidth(radius / std::sqrt(flatness))
    , m_halfHeight(radius * std::sqrt(flatness))
    , m_cos(portableCos(tilt))
    , m_sin(portableSin(tilt))
    , m_factors(Steps, 1.0)
{
    switch (outline) {
    case LesionOutline::Oval:
        addWaves(m_factors, 2, 4, 0.05, random);
        break;
    case LesionOutline::Lobulated:
        addWaves(m_factors, 2, 3, 0.08, random);
        addLobes(m_factors, random);
        break;
    case LesionOutline::Irregular:
        addWaves(m_factors, 2, 12, 0.22, random);
        break;
    case LesionOutline::Spiculated:
        addWaves(m_factors, 2, 12, 0.17, random);
        addSpikes(m_factors, random);
        break;
    }
    for (double &factor : m_factors) {
        factor = std::max(factor, 0.35);
    }
}

double LesionShape::factorAt(double angle) const
{
    const double place = (angle / (2.0 * Pi) - std::floor(angle / (2.0 * Pi))) * Steps;
    const auto first = static_cast<std::size_t>(place) % Steps;
    const double t = place - std::floor(place);
    return m_factors[first] * (1.0 - t) + m_factors[(first + 1) % Steps] * t;
}

double LesionShape::signedDistance(double x, double y) const
{
    const double dx = x - m_centreX;
    const double dy = y - m_centreY;
    const double u = (dx * m_cos + dy * m_sin) / m_halfWidth;
    const double v = (dy * m_cos - dx * m_sin) / m_halfHeight;
    const double r = std::sqrt(u * u + v * v);
    // In the direction of (u, v) a step of 1 is this long.
    const double unit = r < 1e-9 ? m_radius : std::sqrt(dx * dx + dy * dy) / r;
    return (r - factorAt(portableAngle(v, u))) * unit;
}

double LesionShape::reach() const
{
    return std::max(m_halfWidth, m_halfHeight) * *std::max_element(m_factors.begin(), m_factors.end());
}

} // namespace semigda::app
