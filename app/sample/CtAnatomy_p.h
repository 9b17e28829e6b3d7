// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sample/NoiseField_p.h"
#include "app/sample/SampleRandom_p.h"

#include "core/LabelSet.h"

#include <cstdint>

namespace semigda::app
{

/// Class ids of the true label map.
inline constexpr core::LabelValue CtLiver = 1;
inline constexpr core::LabelValue CtLesion = 2;
inline constexpr core::LabelValue CtKidney = 3;

/// What is at one place of the body.
struct CtTissue
{
    double density = -1000.0; ///< Hounsfield units
    core::LabelValue label = core::Background;
};

/// An upper abdomen with contrast agent. Millimetres from the middle of the body: x to the patient's left, y to the
/// back, z to the head (DICOM LPS); about -190..190, -190..190, -100..100.
class CtAnatomy
{
public:
    explicit CtAnatomy(std::uint64_t seed);
    CtTissue at(double x, double y, double z) const;

private:
    struct Ellipsoid
    {
        double x;
        double y;
        double z;
        double a;
        double b;
        double c;

        /// Below 1 inside, growing evenly outwards.
        double at(double px, double py, double pz) const;
    };

    double diaphragmAt(double x, double y) const;
    bool isBone(double x, double y, double z, double wall, CtTissue &tissue) const;
    bool isVessel(double x, double y, double z, CtTissue &tissue) const;
    bool isKidney(double x, double y, double z, CtTissue &tissue) const;
    bool isLiver(double x, double y, double z, CtTissue &tissue) const;
    CtTissue hollowOrgans(double x, double y, double z) const;

    NoiseField m_noise;
    Ellipsoid m_body;
    Ellipsoid m_rightLobe;
    Ellipsoid m_leftLobe;
    Ellipsoid m_lesion;
    Ellipsoid m_spleen;
    Ellipsoid m_kidneys[2];
    Ellipsoid m_stomach;
    Ellipsoid m_gallbladder;
    Ellipsoid m_heart;
    double m_fat;  ///< thickness under the skin, mm
    double m_dome; ///< height of the diaphragm
    double m_liverDensity;
    double m_lesionDensity;
    double m_gasLevel; ///< of the stomach: gas lies in front of it
};

} // namespace semigda::app
