// SPDX-License-Identifier: Apache-2.0
// What the canvas writes over the image.
#pragma once

#include <QRect>
#include <QString>

#include <optional>

class QPainter;

namespace semigda::ui
{

struct ViewOrientation;

struct ScaleBar
{
    double length = 0.0; ///< widget pixels
    QString text;        ///< "2 cm"
};

/// The longest bar of 1, 2 or 5 times a power of ten that is not longer than `longest` widget pixels; none where
/// `millimetres` (of a widget pixel) is no length.
std::optional<ScaleBar> scaleBarFor(double millimetres, double longest);
/// In the area's lower left corner; seen on any image.
void drawScaleBar(QPainter &painter, const QRect &area, const ScaleBar &bar);

/// "View turned 90° to the right, mirrored"; empty for upright.
QString orientationText(const ViewOrientation &orientation);

} // namespace semigda::ui
