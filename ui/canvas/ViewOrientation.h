// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPointF>
#include <QRect>
#include <QSizeF>
#include <QTransform>
#include <Qt>

namespace semigda::ui
{

/// How the view is mirrored and turned: one of the eight ways. The upright frame (the image as it came, in device
/// pixels) is mirrored left to right first and then turned clockwise. Sizes below are the upright frame's.
struct ViewOrientation
{
    int quarterTurns = 0; ///< clockwise, 0..3
    bool isMirrored = false;

    bool isUpright() const { return quarterTurns == 0 && !isMirrored; }
    /// Width and height are swapped.
    bool isSideways() const { return quarterTurns % 2 != 0; }
    /// As the viewer sees it: `turns` more quarter turns clockwise.
    ViewOrientation turned(int turns) const;
    /// As the viewer sees it: left and right swapped (horizontal), or top and bottom.
    ViewOrientation mirrored(Qt::Orientation across) const;

    /// The upright frame's size from the screen's, and the other way round.
    QSizeF swapped(QSizeF size) const { return isSideways() ? size.transposed() : size; }
    QSize swapped(QSize size) const { return isSideways() ? size.transposed() : size; }
    /// From the upright frame to the screen.
    QTransform toScreen(QSizeF upright) const;
    QPointF toScreen(QPointF point, QSizeF upright) const { return toScreen(upright).map(point); }
    QPointF toUpright(QPointF screen, QSizeF upright) const;
    /// A direction on the screen as one of the upright frame.
    QPointF directionToUpright(QPointF onScreen) const;
    /// Whole pixels of the frame.
    QRect toScreen(const QRect &rect, QSize upright) const;
    QRect toUpright(const QRect &screen, QSize upright) const;

    bool operator==(const ViewOrientation &) const = default;
};

} // namespace semigda::ui
