// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "core/MaskEdit.h"

#include <stop_token>

namespace semigda::core
{

struct SeedGrowth
{
    enum class Outcome {
        Grown,
        TooFewSeeds, ///< fewer than two different values are painted
        NothingLeft, ///< every pixel is annotated already
        Stopped
    };

    Outcome outcome = Outcome::Stopped;
    MaskChange change; ///< from the seeds as they were; empty unless something was grown
};

/// What is annotated, background included, is a seed; every other pixel gets the value of the seed that reaches it
/// most cheaply, on a tie the least value. A way leads over sides and corners of pixels and costs for every step what
/// the image's values change by, and a little for its length. These cheapest ways are what the cellular automaton of
/// GrowCut (V. Vezhnevets, V. Konouchine, 2005) comes to rest at, found at once as in L. Zhu et al., "An Effective
/// Interactive Medical Image Segmentation Method Using Fast GrowCut", MICCAI workshop on interactive medical image
/// computing, 2014.
///
/// Changes count in relation to the width of `contrast` (rescaled values), in the channel in which they are largest,
/// alpha left out; what is no number lies as far from everything as the whole contrast. The mask has the image's size.
/// Takes about two seconds for ten million pixels and ten bytes for each, on any thread.
SeedGrowth growFromSeeds(const LabelMask &seeds, const ImageData &image, const ValueWindow &contrast,
                         const std::stop_token &stop = {});

/// What steps cost: to a pixel beside, to one across, and what a change by the whole contrast, or more, adds.
namespace seedcost
{
inline constexpr int StraightStep = 5;
inline constexpr int DiagonalStep = 7;
inline constexpr int WholeContrast = 2560;
} // namespace seedcost

} // namespace semigda::core
