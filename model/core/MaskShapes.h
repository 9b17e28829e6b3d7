// SPDX-License-Identifier: Apache-2.0
// Shapes as row spans in pixel coordinates: pixel (x, y) covers [x, x+1) x [y, y+1), a pixel belongs to a
// shape when its centre does.
#pragma once

#include "core/MaskEdit.h"

#include <vector>

namespace semigda::core
{

/// A point in image coordinates (pixels, fractions allowed).
struct PointF
{
    double x = 0.0;
    double y = 0.0;
};

enum class BrushShape { Round, Square };

/// A brush of `diameter` pixels moved along a segment; diameter 1 is the pixel line. At least one pixel.
std::vector<MaskEdit::RowSpan> brushStroke(PointF from, PointF to, double diameter,
                                           BrushShape shape = BrushShape::Round);

/// The rectangle with two opposite corners, and the ellipse that touches its four sides.
std::vector<MaskEdit::RowSpan> rectangleInterior(PointF corner, PointF opposite);
std::vector<MaskEdit::RowSpan> ellipseInterior(PointF corner, PointF opposite);

/// Even-odd interior of a closed polygon; empty for fewer than three points.
std::vector<MaskEdit::RowSpan> polygonInterior(const std::vector<PointF> &corners);

} // namespace semigda::core
