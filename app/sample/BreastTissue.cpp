// SPDX-License-Identifier: Apache-2.0
#include "app/sample/BreastTissue_p.h"

#include <algorithm>

namespace semigda::app
{

namespace
{

/// `b` where t is 1, `a` where it is 0.
Echo mixed(const Echo &a, const Echo &b, double t)
{
    return {a.level + (b.level - a.level) * t, a.mirror + (b.mirror - a.mirror) * t,
            a.absorption + (b.absorption - a.absorption) * t};
}

double bell(double distance, double width)
{
    return portableExp(-distance * distance / (width * width));
}

} // namespace

BreastTissue::BreastTissue(double extent, bool withLesion, SampleRandom &random)
    : m_extent(extent)
    , m_noise(random.next())
    , m_boundaries()
{
    addLayers(random);
    addShadows(random);
    if (withLesion) {
        addLesion(random);
    }
}

void BreastTissue::addLayers(SampleRandom &random)
{
    const double skin = random.between(1.2, 2.4);
    const double fat = skin + random.between(2.5, 0.25 * m_extent);
    const double gland = fat + random.between(0.22, 0.45) * m_extent;
    const double deepFat = gland + random.between(1.0, 4.0);
    const double muscle = deepFat + random.between(0.18, 0.6) * m_extent;
    m_boundaries = {{{skin, 0.2, 14.0, random.between(1.0, 2.5)},
                     {fat, random.between(0.8, 3.0), random.between(9.0, 20.0), random.between(0.3, 2.0)},
                     {gland, random.between(0.8, 2.5), random.between(12.0, 25.0), random.between(0.2, 1.4)},
                     {deepFat, random.between(0.5, 1.5), random.between(15.0, 30.0), random.between(0.8, 2.6)},
                     {muscle, random.between(0.5, 2.0), random.between(18.0, 40.0), random.between(0.8, 2.8)}}};
    m_fatLevel = random.between(-13.0, -5.0);
    m_wave = random.between(0.4, 1.6);
    m_septa = random.between(4.0, 11.0);
    m_fibres = random.between(7.0, 15.0);
    m_strands = random.between(5.0, 12.0);
    m_density = random.between(-5.0, 1.0);
    m_tilt = random.between(-0.18, 0.18);
    m_absorption = random.between(0.05, 0.9);
}

void BreastTissue::addShadows(SampleRandom &random)
{
    for (int i = random.integer(1, 5); i > 0; --i) {
        m_shadows.push_back({random.between(0.0, m_extent), random.between(0.0, 0.4) * m_extent,
                             random.between(0.5, 2.6), random.between(0.1, 1.0)});
    }
    // The probe's ends often lose contact with the skin, and dense tissue swallows whole regions behind it.
    if (random.chance(0.35)) {
        const double side = random.chance(0.5) ? 0.0 : m_extent;
        m_shadows.push_back({side, 0.0, random.between(2.0, 7.0), random.between(0.4, 1.6)});
    }
    if (random.chance(0.35)) {
        m_shadows.push_back({random.between(0.0, m_extent), random.between(0.25, 0.5) * m_extent,
                             random.between(3.0, 8.0), random.between(0.4, 1.4)});
    }
}

void BreastTissue::shapeLesion(LesionOutline outline, double radius, double flatness, SampleRandom &random,
                               const Lesion &kind)
{
    const double x = random.between(0.14, 0.86) * m_extent;
    const double top = depthOf(1, x) * random.between(0.6, 1.0) + 0.5;
    const double bottom = std::max(depthOf(3, x) - 0.5 * radius, top + 1.0);
    const double least = radius * std::max(std::sqrt(flatness), 0.8) * 1.1 + depthOf(0, x) + 0.8;
    const double z = std::max(std::min(random.between(top, bottom), m_extent - radius), least);
    m_lesion = kind;
    m_lesion->shape = LesionShape(outline, x, z, radius, flatness, random.between(-0.35, 0.35), random);
}

void BreastTissue::addLesion(SampleRandom &random)
{
    const double kind = random.unit();
    // Small lesions are as frequent as large ones on a scale of ratios.
    const double size = portableExp(random.between(portableLog(2.4), portableLog(10.5)));
    Lesion lesion{LesionShape(LesionOutline::Oval, 0.0, 0.0, 1.0, 1.0, 0.0, random)};
    if (kind < 0.22) { // cyst
        lesion.level = random.between(-42.0, -24.0);
        lesion.absorption = -random.between(0.3, 0.8);
        lesion.border = random.between(0.15, 0.45);
        lesion.rim = random.between(0.0, 4.0);
        lesion.isFluid = true;
        const LesionOutline outline = random.chance(0.7) ? LesionOutline::Oval : LesionOutline::Lobulated;
        const double flatness = random.between(0.55, 1.0);
        shapeLesion(outline, size, flatness, random, lesion);
    } else if (kind < 0.50) { // fibroadenoma
        lesion.level = random.between(-14.0, -6.5);
        lesion.unevenness = random.between(1.0, 3.0);
        lesion.absorption = random.between(-0.2, 0.3);
        lesion.border = random.between(0.25, 0.7);
        lesion.rim = random.between(0.0, 5.0);
        const LesionOutline outline = random.chance(0.5) ? LesionOutline::Oval : LesionOutline::Lobulated;
        const double flatness = random.between(0.45, 0.85);
        shapeLesion(outline, size, flatness, random, lesion);
    } else if (kind < 0.62) { // nearly as bright as its surroundings
        lesion.level = random.between(-6.5, -3.5);
        lesion.unevenness = random.between(1.0, 2.5);
        lesion.border = random.between(0.4, 0.9);
        lesion.rim = random.between(3.0, 7.0);
        shapeLesion(LesionOutline::Lobulated, std::max(size, 3.0), random.between(0.45, 0.8), random, lesion);
    } else { // suspicious
        lesion.level = random.between(-16.0, -8.0);
        lesion.unevenness = random.between(2.5, 5.5);
        lesion.absorption = random.between(0.1, 1.6);
        lesion.border = random.between(0.6, 1.7);
        lesion.halo = random.between(0.0, 5.0);
        lesion.hasSpecks = random.chance(0.35);
        const LesionOutline outline = random.chance(0.5) ? LesionOutline::Irregular : LesionOutline::Spiculated;
        const double flatness = random.between(0.65, 1.3);
        shapeLesion(outline, 0.8 * size, flatness, random, lesion);
    }
}

double BreastTissue::depthOf(std::size_t boundary, double x) const
{
    const Boundary &b = m_boundaries[boundary];
    const double along = x / b.period + 31.7 * static_cast<double>(boundary);
    return b.depth + m_tilt * (x - m_extent / 2.0) * std::min(b.depth / 10.0, 1.0) + b.swing * m_noise.at(along)
           + 0.25 * b.swing * m_noise.at(along * 3.7, 8.0);
}

double BreastTissue::lesionDistance(double x, double z) const
{
    return m_lesion ? m_lesion->shape.signedDistance(x, z) : 1e6;
}

BreastTissue::Column BreastTissue::columnAt(double x) const
{
    Column column;
    column.x = x;
    for (std::size_t i = 0; i < m_boundaries.size(); ++i) {
        column.depths[i] = depthOf(i, x);
        column.shine[i] =
            m_boundaries[i].shine * std::max(0.2 + m_noise.fractal(x / 7.0, 13.0 * static_cast<double>(i), 3), 0.0);
    }
    column.bend = column.depths[2] - m_boundaries[2].depth;
    return column;
}

Echo BreastTissue::fat(double x, double z) const
{
    Echo echo;
    const double septum = m_noise.ridge(x / 9.0, z / 3.0 + 50.0, 13.0);
    const double strand = m_noise.ridge(x / 6.0 + 90.0, z / 0.9, 10.0);
    echo.level = m_fatLevel + 3.0 * m_noise.fractal(x / 6.0, z / 2.0, 3) + m_septa * septum + 3.5 * strand;
    echo.mirror = 1.1 * septum * septum * std::max(m_noise.at(x / 3.0, z / 3.0 + 90.0), 0.0);
    return echo;
}

Echo BreastTissue::gland(double x, double z) const
{
    Echo echo;
    const double strand = m_noise.ridge(x / 6.5 + 7.0, z / 1.2, 8.0);
    const double patch = m_noise.fractal(x / 9.0, z / 3.2 + 20.0, 4);
    // Ducts and fat lobules between the strands look a little like lesions and are none.
    const double lobule = smoothStep(0.12, 0.55, m_noise.fractal(x / 7.5 + 40.0, z / 2.6, 3));
    echo.level = m_density + 8.0 * patch + m_strands * strand - 6.5 * lobule;
    echo.mirror = 1.8 * strand * strand * std::max(m_noise.fractal(x / 4.0, z / 1.5 + 70.0, 2) - 0.05, 0.0);
    return echo;
}

Echo BreastTissue::muscle(double x, double z) const
{
    Echo echo;
    const double fibre = m_noise.ridge(x / 11.0 + 3.0, z / 0.95, 6.0);
    const double bundle = m_noise.fractal(x / 9.0, z / 2.6, 3);
    echo.level = -8.0 + m_fibres * fibre * (0.6 + 0.6 * bundle) + 4.0 * bundle;
    echo.mirror = 2.2 * fibre * fibre * std::max(m_noise.fractal(x / 5.0, z / 1.5 + 30.0, 2), 0.0);
    echo.absorption = 0.15;
    return echo;
}

Echo BreastTissue::chestWall(double x, double z, double below) const
{
    Echo echo;
    echo.level = -9.0 - 0.7 * std::clamp(below, 0.0, 20.0) + 4.0 * m_noise.fractal(x / 9.0, z / 2.0, 3)
                 + 6.0 * m_noise.ridge(x / 14.0, z / 1.6, 9.0);
    echo.absorption = 0.35;
    return echo;
}

Echo BreastTissue::layerEcho(const Column &column, double z) const
{
    // Structures follow the layers: their depth is measured from a surface that sags with the boundaries.
    const double wave = m_wave * smoothStep(2.0, 10.0, z);
    const double along = z - column.bend * smoothStep(0.0, m_boundaries[2].depth, z)
                         + wave * m_noise.fractal(column.x / 9.0 + 5.0, z / 6.0, 2);
    const double x = column.x + 1.5 * wave * m_noise.at(column.x / 8.0 + 25.0, z / 5.0);
    Echo echo;
    echo.level = 2.0 + 2.0 * m_noise.at(x / 3.0, z / 0.5);
    constexpr std::array<double, 5> Softness{0.2, 0.5, 0.8, 0.5, 1.2};
    for (std::size_t i = 0; i < m_boundaries.size(); ++i) {
        const double below = z - column.depths[i];
        const double share = smoothStep(-Softness[i], Softness[i], below);
        const bool isHidden = i + 1 < m_boundaries.size() && z - column.depths[i + 1] > Softness[i + 1];
        if (share <= 0.0 || isHidden) {
            continue;
        }
        switch (i) {
        case 0:
            echo = mixed(echo, fat(x, along), share);
            break;
        case 1:
            echo = mixed(echo, gland(x, along), share);
            break;
        case 2:
            echo = mixed(echo, fat(x + 60.0, along), share);
            break;
        case 3:
            echo = mixed(echo, muscle(x, along), share);
            break;
        default:
            echo = mixed(echo, chestWall(x, along, below), share);
            break;
        }
    }
    for (std::size_t i = 0; i < m_boundaries.size(); ++i) {
        echo.mirror += column.shine[i] * bell(z - column.depths[i], i == 0 ? 0.22 : 0.32);
    }
    // The probe's own echo and the skin's surface.
    echo.mirror += 3.0 * bell(z, 0.35) + 0.8 * bell(z - 0.9, 0.2);
    return echo;
}

void BreastTissue::blendLesion(double x, double z, Echo &echo) const
{
    const Lesion &lesion = *m_lesion;
    if (std::abs(x - lesion.shape.centreX()) > lesion.shape.reach() + 6.0
        || std::abs(z - lesion.shape.centreY()) > lesion.shape.reach() + 6.0) {
        return;
    }
    const double distance = lesion.shape.signedDistance(x, z);
    const double inside = smoothStep(-lesion.border, lesion.border, -distance);
    Echo tissue;
    tissue.level = lesion.level + lesion.unevenness * 1.6 * m_noise.fractal(x / 3.0 + 11.0, z / 1.6, 3);
    tissue.absorption = lesion.absorption;
    if (lesion.isFluid) {
        // Echoes between probe and front wall come back late and fog the front of a cyst.
        tissue.level += 16.0 * smoothStep(-0.45 * lesion.shape.radius(), 0.0, distance)
                        * smoothStep(0.0, 1.0, (lesion.shape.centreY() - z) / lesion.shape.radius());
    }
    if (lesion.hasSpecks) {
        const double speck = smoothStep(0.62, 0.9, m_noise.at(x / 0.5, z / 0.45 + 200.0))
                             * smoothStep(0.0, 0.3, m_noise.at(x / 2.5, z / 2.5 + 300.0));
        tissue.mirror += 1.6 * speck;
        tissue.absorption += 1.5 * speck;
    }
    echo = mixed(echo, tissue, inside);
    echo.level += lesion.rim * bell(distance, 0.45) + lesion.halo * bell(distance - 1.2, 1.2);
    if (lesion.isFluid || lesion.rim > 3.0) {
        // Sound glances off steep walls: a thin shadow begins at each side of a smooth lesion.
        const double sideways = std::abs(x - lesion.shape.centreX()) / lesion.shape.radius();
        echo.absorption += 1.4 * smoothStep(0.75, 1.0, sideways) * bell(distance, 0.5);
        echo.mirror += 0.5 * bell(distance, 0.3) * (1.0 - smoothStep(0.2, 0.6, sideways));
    }
}

Echo BreastTissue::at(const Column &column, double z) const
{
    const double x = column.x;
    Echo echo = layerEcho(column, z);
    echo.absorption += m_absorption * smoothStep(0.15 * m_extent, 0.8 * m_extent, z);
    for (const Shadow &shadow : m_shadows) {
        echo.absorption += shadow.absorption * bell(x - shadow.x, shadow.width) * smoothStep(0.0, 3.0, z - shadow.z)
                           * (1.0 - smoothStep(8.0, 16.0, z - shadow.z));
    }
    if (m_lesion) {
        blendLesion(x, z, echo);
    }
    return echo;
}

} // namespace semigda::app
