// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPainterPath>

namespace semigda::ui
{

/// Of points of straight lines that lie closer together than `least`, in pixels of the path, the first; the ends of
/// each part stay. Seen from afar a footprint has many corners in one pixel, and stroking them was a quarter of a
/// frame's time. A path with curves is returned as it is.
QPainterPath withoutClosePoints(const QPainterPath &path, double least);

} // namespace semigda::ui
