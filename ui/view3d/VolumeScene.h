// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace semigda::ui
{

/// What the 3D view shows of a series: grey values for its slices and labels for its surfaces, thinned in the plane so
/// that no side exceeds MaxSide. Slice by slice, row by row.
struct VolumeScene
{
    static constexpr int MaxSide = 256;

    int width = 0;
    int height = 0;
    int depth = 0;
    int step = 1;                                 ///< every step-th pixel of the plane was taken
    std::array<double, 3> spacing{1.0, 1.0, 1.0}; ///< mm (pixels without spacing) between taken samples
    std::array<double, 9> direction{1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0}; ///< as in ImageGeometry
    bool hasSpacing = false;
    bool hasPosition = false;
    std::vector<std::uint8_t> grey;
    std::vector<core::LabelValue> labels; ///< not annotated counts as background
    std::vector<core::ImageId> slices;
    int predictedSlices = 0; ///< slices whose labels are a proposal nobody has reviewed
};

/// Reads a series: the human mask of a slice where one was painted, else its newest proposal. Blocks; not on the
/// interface thread. NotFound when the series has fewer than two slices.
core::Result<VolumeScene> loadVolumeScene(core::ProjectStore &store, const std::string &seriesKey,
                                          std::stop_token stop);

/// Volume of a class in millilitres (cubic pixels without spacing).
double classVolume(const VolumeScene &scene, core::LabelValue value);

} // namespace semigda::ui
