// SPDX-License-Identifier: Apache-2.0
#include "app/sample/CtAnatomy_p.h"

#include <algorithm>

namespace semigda::app
{

namespace
{

double squared(double x)
{
    return x * x;
}

} // namespace

double CtAnatomy::Ellipsoid::at(double px, double py, double pz) const
{
    return std::sqrt(squared((px - x) / a) + squared((py - y) / b) + squared((pz - z) / c));
}

CtAnatomy::CtAnatomy(std::uint64_t seed)
    : m_noise(seed)
{
    SampleRandom random(seed);
    const auto about = [&](double value, double spread) { return value + random.between(-spread, spread); };
    m_body = {0.0, 0.0, 0.0, about(162.0, 14.0), about(115.0, 10.0), 420.0};
    m_fat = random.between(8.0, 24.0);
    m_dome = about(62.0, 10.0);
    m_rightLobe = {about(-66.0, 6.0), about(0.0, 6.0),  about(12.0, 6.0),
                   about(72.0, 6.0),  about(72.0, 6.0), about(68.0, 8.0)};
    m_leftLobe = {about(-8.0, 8.0), about(-46.0, 5.0), about(24.0, 6.0),
                  about(58.0, 8.0), about(30.0, 4.0),  about(34.0, 5.0)};
    m_spleen = {about(104.0, 5.0), about(36.0, 6.0), about(28.0, 8.0),
                about(25.0, 4.0),  about(40.0, 6.0), about(44.0, 6.0)};
    m_kidneys[0] = {about(-64.0, 4.0), about(46.0, 4.0), about(-42.0, 8.0),
                    about(26.0, 3.0),  about(24.0, 3.0), about(50.0, 5.0)};
    m_kidneys[1] = {about(64.0, 4.0), about(46.0, 4.0), about(-30.0, 8.0),
                    about(26.0, 3.0), about(24.0, 3.0), about(50.0, 5.0)};
    m_stomach = {about(58.0, 6.0), about(-38.0, 6.0), about(30.0, 8.0),
                 about(42.0, 6.0), about(34.0, 5.0),  about(44.0, 8.0)};
    m_gallbladder = {about(-48.0, 6.0), about(-44.0, 6.0), about(-26.0, 8.0),
                     about(13.0, 3.0),  about(14.0, 3.0),  about(24.0, 5.0)};
    m_liverDensity = about(104.0, 12.0);
    const double contrast = random.between(32.0, 62.0);
    m_lesionDensity = m_liverDensity - contrast;
    const double radius = random.between(12.0, 26.0);
    // Within the right lobe, so that the lesion always shows.
    m_lesion = {m_rightLobe.x + random.between(-0.42, 0.35) * m_rightLobe.a,
                m_rightLobe.y + random.between(-0.42, 0.42) * m_rightLobe.b,
                m_rightLobe.z + random.between(-0.35, 0.25) * m_rightLobe.c,
                radius * random.between(0.85, 1.2),
                radius * random.between(0.85, 1.2),
                radius * random.between(0.85, 1.2)};
    m_heart = {about(20.0, 5.0), about(-34.0, 4.0), m_dome + 32.0, 50.0, 40.0, about(46.0, 3.0)};
    m_gasLevel = m_stomach.y - random.between(0.1, 0.7) * m_stomach.b;
}

double CtAnatomy::diaphragmAt(double x, double y) const
{
    const double top = x < 0.0 ? m_dome : m_dome - 10.0;
    // Between the domes it hangs down a little, towards the wall a lot.
    const double beside = std::abs(x) - 66.0;
    const double fall = beside < 0.0 ? 0.004 * squared(beside) : 0.011 * squared(beside);
    return top - std::min(fall + 0.006 * squared(y - 5.0), 80.0) + 3.0 * m_noise.at(x / 40.0, y / 40.0);
}

bool CtAnatomy::isBone(double x, double y, double z, double wall, CtTissue &tissue) const
{
    const double body = std::sqrt(squared(x / 22.0) + squared((y - 52.0) / 17.0));
    if (body < 1.0) {
        const double level = z / 32.0 - std::floor(z / 32.0);
        const bool isDisc = level < 0.16;
        tissue.density = isDisc        ? 95.0
                         : body > 0.86 ? 520.0
                                       : 190.0 + 60.0 * m_noise.fractal(x / 5.0, y / 5.0, 2, z / 5.0);
        return true;
    }
    const double canal = std::sqrt(squared(x / 10.0) + squared((y - 78.0) / 8.5));
    if (canal < 1.0) {
        tissue.density = 28.0;
        return true;
    }
    const bool isArch = canal < 1.45 && y > 72.0;
    const bool isSpine =
        std::abs(x) < 4.0 && y > 86.0 && y < 104.0 && std::abs(z / 32.0 - std::floor(z / 32.0) - 0.6) < 0.3;
    const bool isSideways =
        std::abs(y - 76.0) < 4.0 && std::abs(x) < 38.0 && std::abs(z / 32.0 - std::floor(z / 32.0) - 0.6) < 0.2;
    if (isArch || isSpine || isSideways) {
        tissue.density = 420.0;
        return true;
    }
    // Ribs run around the wall, falling towards the front.
    const double front = (y + 110.0) / 220.0;
    const double course = (z - 62.0 * front + 40.0) / 30.0;
    const double along = std::abs(course - std::floor(course) - 0.5);
    const bool isHighEnough = z > -62.0 + 70.0 * (1.0 - front) && y > -95.0;
    const double across = std::abs(wall - 7.0) / 5.0;
    const double rib = std::sqrt(squared(along / 0.2) + squared(across));
    if (isHighEnough && rib < 1.0 && std::abs(x) > 30.0) {
        tissue.density = rib > 0.6 ? 480.0 : 230.0;
        return true;
    }
    return false;
}

bool CtAnatomy::isVessel(double x, double y, double z, CtTissue &tissue) const
{
    const double sway = 3.0 * m_noise.at(z / 60.0, 3.0);
    if (squared(x - 9.0 - sway) + squared(y - 26.0) < squared(10.5)) {
        tissue.density = 185.0;
        return true;
    }
    if (squared((x + 20.0 + sway) / 12.0) + squared((y - 22.0) / 10.0) < 1.0) {
        tissue.density = 140.0;
        return true;
    }
    return false;
}

bool CtAnatomy::isKidney(double x, double y, double z, CtTissue &tissue) const
{
    for (const Ellipsoid &kidney : m_kidneys) {
        const double side = kidney.x < 0.0 ? -1.0 : 1.0;
        // The upper pole leans towards the spine.
        const double lean = kidney.x - side * 0.14 * (z - kidney.z);
        const Ellipsoid leaning{lean, kidney.y, kidney.z, kidney.a, kidney.b, kidney.c};
        const double depth = leaning.at(x, y, z) + 0.05 * m_noise.at(x / 18.0, y / 18.0, z / 18.0);
        if (depth >= 1.0) {
            continue;
        }
        const double sinus = std::sqrt(squared((x - lean + side * 0.75 * kidney.a) / 13.0)
                                       + squared((y - kidney.y + 4.0) / 9.0) + squared((z - kidney.z) / 22.0));
        if (sinus < 1.0) {
            tissue.density = -70.0;
            return true;
        }
        const double pyramid = m_noise.at(x / 9.0, y / 9.0, z / 11.0);
        tissue.density = depth < 0.72 && pyramid > -0.1 ? 120.0 : 172.0;
        tissue.label = CtKidney;
        return true;
    }
    return false;
}

bool CtAnatomy::isLiver(double x, double y, double z, CtTissue &tissue) const
{
    const double bumps = 0.08 * m_noise.fractal(x / 38.0, y / 38.0, 2, z / 38.0);
    const double right = m_rightLobe.at(x, y, z);
    const double left = m_leftLobe.at(x, y, z);
    // A soft union: where the lobes meet they swell together.
    const double depth = std::min(right, left) - 0.12 * (1.0 - smoothStep(0.0, 0.35, std::abs(right - left))) + bumps;
    if (depth >= 1.0) {
        return false;
    }
    const double edge = 0.16 * m_noise.fractal(x / 11.0, y / 11.0, 3, z / 11.0);
    const double lesion = m_lesion.at(x, y, z) + edge;
    if (lesion < 1.0) {
        const double core = smoothStep(0.0, 0.75, lesion);
        tissue.density = m_lesionDensity - 16.0 * (1.0 - core) + 12.0 * smoothStep(0.82, 1.0, lesion)
                         + 7.0 * m_noise.fractal(x / 6.0, y / 6.0, 2, z / 6.0);
        tissue.label = CtLesion;
        return true;
    }
    const double vessel = std::abs(m_noise.fractal(x / 34.0 + 9.0, y / 34.0, 2, z / 34.0));
    const double branch = std::abs(m_noise.at(x / 30.0, y / 30.0 + 40.0, z / 30.0));
    const bool isVesselHere = depth < 0.85 && vessel < 0.07 && branch < 0.16;
    tissue.density = m_liverDensity + (isVesselHere ? 42.0 : 0.0) + 4.0 * m_noise.fractal(x / 9.0, y / 9.0, 2, z / 9.0);
    tissue.label = CtLiver;
    return true;
}

CtTissue CtAnatomy::hollowOrgans(double x, double y, double z) const
{
    CtTissue tissue;
    const double stomach = m_stomach.at(x, y, z) + 0.1 * m_noise.fractal(x / 30.0, y / 30.0, 2, z / 30.0);
    if (stomach < 1.0) {
        tissue.density = stomach > 0.9 ? 70.0 : y < m_gasLevel ? -940.0 : 18.0 + 8.0 * m_noise.at(x / 8.0, y / 8.0);
        return tissue;
    }
    if (m_gallbladder.at(x, y, z) < 1.0) {
        tissue.density = 8.0;
        return tissue;
    }
    // Bowel fills the front of the lower abdomen.
    const double bowel = m_noise.fractal(x / 30.0 + 70.0, y / 30.0, 2, z / 42.0);
    const double fill = bowel + 0.45 * smoothStep(0.0, 40.0, -z) * smoothStep(0.0, 40.0, 40.0 - y) - 0.25;
    if (fill > 0.0) {
        const bool isGas = fill > 0.22 && m_noise.at(x / 26.0, y / 26.0 + 20.0, z / 30.0) > 0.35;
        tissue.density = isGas         ? -880.0
                         : fill < 0.08 ? 75.0
                                       : 30.0 + 18.0 * m_noise.fractal(x / 7.0, y / 7.0, 2, z / 7.0);
        return tissue;
    }
    tissue.density = -102.0 + 10.0 * m_noise.fractal(x / 12.0, y / 12.0, 3, z / 12.0);
    return tissue;
}

CtTissue CtAnatomy::at(double x, double y, double z) const
{
    CtTissue tissue;
    const double wobble = 0.02 * m_noise.at(x / 70.0, y / 70.0, z / 90.0);
    // The back is flatter than the front.
    const double flat = y > 0.0 ? m_body.b * 0.97 : m_body.b;
    const double depth = std::sqrt(squared(x / m_body.a) + squared(y / flat)) + wobble;
    const double under = (1.0 - depth) * 0.5 * (m_body.a + m_body.b); // mm below the skin, about
    if (under < 0.0) {
        const double table = y + 0.0012 * squared(x) - m_body.b - 14.0;
        tissue.density = std::abs(table) < 2.5 && std::abs(x) < 170.0 ? -130.0 : -1000.0;
        return tissue;
    }
    if (under < 2.0) {
        tissue.density = 20.0;
        return tissue;
    }
    const double fat = m_fat * (1.0 + 0.35 * m_noise.at(x / 60.0, y / 60.0, 7.0));
    const double wall = under - fat;
    if (wall < 0.0) {
        tissue.density = -105.0 + 6.0 * m_noise.fractal(x / 14.0, y / 14.0, 2, z / 14.0);
        return tissue;
    }
    if (isBone(x, y, z, wall, tissue)) {
        return tissue;
    }
    const bool isBackMuscle = std::sqrt(squared((std::abs(x) - 34.0) / 26.0) + squared((y - 88.0) / 18.0)) < 1.0;
    const bool isPsoas = std::sqrt(squared((std::abs(x) - 32.0) / 14.0) + squared((y - 54.0) / 16.0)) < 1.0 && z < 5.0;
    if (wall < 13.0 || isBackMuscle || isPsoas || y > 92.0) {
        tissue.density = 62.0 + 9.0 * m_noise.fractal(x / 8.0, y / 4.0, 2, z / 10.0);
        return tissue;
    }
    if (isVessel(x, y, z, tissue)) {
        return tissue;
    }
    if (z > diaphragmAt(x, y)) {
        const double bronchi = m_noise.fractal(x / 9.0, y / 9.0, 3, z / 9.0);
        tissue.density = -850.0 + (bronchi > 0.38 ? 780.0 : 60.0 * bronchi);
        const bool isHeart = m_heart.at(x, y, z) < 1.0;
        tissue.density = isHeart ? 120.0 : tissue.density;
        return tissue;
    }
    if (isKidney(x, y, z, tissue) || isLiver(x, y, z, tissue)) {
        return tissue;
    }
    if (m_spleen.at(x, y, z) + 0.06 * m_noise.at(x / 25.0, y / 25.0, z / 25.0) < 1.0) {
        tissue.density = m_liverDensity + 10.0;
        return tissue;
    }
    return hollowOrgans(x, y, z);
}

} // namespace semigda::app
