// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelMask.h"
#include "core/MaskShapes.h"

#include <vector>

namespace semigda::core
{

/// A closed polygon along the edges of pixels; its last corner is joined to the first. Pixel (x, y) covers
/// [x, x+1) x [y, y+1), as in MaskShapes.h.
using Outline = std::vector<PointF>;

/// The borders of all regions of a class, holes included, corners only. Pixels that touch at a corner belong together,
/// as in ConnectedComponents.h. Outer borders run clockwise on the screen, those of holes the other way; together they
/// fill the class by the even-odd rule. Memory: a few bytes for every pixel of the class's bounding box.
std::vector<Outline> outlinesOf(const LabelMask &mask, LabelValue value);

} // namespace semigda::core
