// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sample/SampleRandom_p.h"

#include <vector>

namespace semigda::app
{

enum class LesionOutline { Oval, Lobulated, Irregular, Spiculated };

/// A closed outline around a centre: an ellipse whose radius varies with the angle. Lengths in the caller's unit.
class LesionShape
{
public:
    /// `radius` is the mean one; `flatness` height over width before turning by `tilt` radians.
    LesionShape(LesionOutline outline, double centreX, double centreY, double radius, double flatness, double tilt,
                SampleRandom &random);

    /// About the distance to the outline: negative inside.
    double signedDistance(double x, double y) const;
    double centreX() const { return m_centreX; }
    double centreY() const { return m_centreY; }
    double radius() const { return m_radius; }
    /// The farthest the outline reaches from the centre.
    double reach() const;

private:
    double factorAt(double angle) const;

    double m_centreX;
    double m_centreY;
    double m_radius;
    double m_halfWidth;
    double m_halfHeight;
    double m_cos;
    double m_sin;
    std::vector<double> m_factors; ///< of the radius, at equal angles around
};

} // namespace semigda::app
