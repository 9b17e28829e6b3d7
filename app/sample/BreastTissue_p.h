// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sample/LesionShape_p.h"
#include "app/sample/NoiseField_p.h"

#include <array>
#include <optional>
#include <vector>

namespace semigda::app
{

/// A lesion as sound meets it. Levels in dB relative to glandular tissue, lengths in mm.
struct Lesion
{
    LesionShape shape;
    double level = -10.0;    ///< mean echo inside
    double unevenness = 2.0; ///< spread of the level inside
    double absorption = 0.0; ///< dB/mm beyond that of its surroundings; negative for fluid
    double border = 0.6;     ///< half width of the transition
    double rim = 0.0;        ///< of a capsule on the outline
    double halo = 0.0;       ///< of tissue just outside
    bool isFluid = false;
    bool hasSpecks = false; ///< calcifications
};

/// The echoes of one place.
struct Echo
{
    double level = 0.0;      ///< of scattering tissue, dB
    double mirror = 0.0;     ///< amplitude of layers that reflect like mirrors
    double absorption = 0.0; ///< dB/mm that the gain over depth does not make up for
};

/// The layers of a breast from the skin to the chest wall, with at most one lesion. Millimetres, x along the probe,
/// z into the body.
class BreastTissue
{
public:
    /// A field of view `extent` mm wide and deep.
    BreastTissue(double extent, bool withLesion, SampleRandom &random);

    /// What depends on the place along the probe alone; work done once for all depths.
    struct Column
    {
        double x = 0.0;
        std::array<double, 5> depths{}; ///< of the boundaries
        std::array<double, 5> shine{};  ///< of their fasciae
        double bend = 0.0;              ///< how much the layers sag here
    };
    Column columnAt(double x) const;
    Echo at(const Column &column, double z) const;
    /// Negative inside the lesion; large when there is none.
    double lesionDistance(double x, double z) const;
    const std::optional<Lesion> &lesion() const { return m_lesion; }

private:
    struct Boundary
    {
        double depth;
        double swing;
        double period;
        double shine; ///< amplitude of the fascia
    };
    struct Shadow
    {
        double x;
        double z;
        double width;
        double absorption;
    };

    void addLayers(SampleRandom &random);
    void addShadows(SampleRandom &random);
    void addLesion(SampleRandom &random);
    void shapeLesion(LesionOutline outline, double radius, double flatness, SampleRandom &random, const Lesion &kind);
    double depthOf(std::size_t boundary, double x) const;
    Echo layerEcho(const Column &column, double z) const;
    Echo fat(double x, double z) const;
    Echo gland(double x, double z) const;
    Echo muscle(double x, double z) const;
    Echo chestWall(double x, double z, double below) const;
    void blendLesion(double x, double z, Echo &echo) const;

    double m_extent;
    NoiseField m_noise;
    std::array<Boundary, 5> m_boundaries; ///< lower ends of skin, fat, gland, deep fat, muscle
    std::vector<Shadow> m_shadows;
    std::optional<Lesion> m_lesion;
    double m_fatLevel = 0.0;
    double m_septa = 0.0;
    double m_fibres = 0.0;
    double m_strands = 0.0;
    double m_density = 0.0;
    double m_wave = 0.0;
    double m_tilt = 0.0;
    double m_absorption = 0.0;
};

} // namespace semigda::app
