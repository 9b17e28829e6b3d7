// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/ViewOrientation.h"

namespace semigda::ui
{

namespace
{

int wrapped(int turns)
{
    return (turns % 4 + 4) % 4;
}

} // namespace

ViewOrientation ViewOrientation::turned(int turns) const
{
    return {wrapped(quarterTurns + turns), isMirrored};
}

ViewOrientation ViewOrientation::mirrored(Qt::Orientation across) const
{
    // A mirror after a turn is the turn the other way round after the mirror.
    const int turns = wrapped(-quarterTurns + (across == Qt::Vertical ? 2 : 0));
    return {turns, !isMirrored};
}

QTransform ViewOrientation::toScreen(QSizeF upright) const
{
    const double width = upright.width();
    const double height = upright.height();
    // x = m11 * x0 + m21 * y0 + dx, y = m12 * x0 + m22 * y0 + dy
    const QTransform mirror = isMirrored ? QTransform(-1.0, 0.0, 0.0, 1.0, width, 0.0) : QTransform();
    switch (quarterTurns) {
    case 1:
        return mirror * QTransform(0.0, 1.0, -1.0, 0.0, height, 0.0);
    case 2:
        return mirror * QTransform(-1.0, 0.0, 0.0, -1.0, width, height);
    case 3:
        return mirror * QTransform(0.0, -1.0, 1.0, 0.0, 0.0, width);
    default:
        return mirror;
    }
}

QPointF ViewOrientation::toUpright(QPointF screen, QSizeF upright) const
{
    return toScreen(upright).inverted().map(screen);
}

QPointF ViewOrientation::directionToUpright(QPointF onScreen) const
{
    // Without a size there is nothing but the turn.
    return toUpright(onScreen, QSizeF(0.0, 0.0));
}

QRect ViewOrientation::toScreen(const QRect &rect, QSize upright) const
{
    return toScreen(QSizeF(upright)).mapRect(QRectF(rect)).toRect();
}

QRect ViewOrientation::toUpright(const QRect &screen, QSize upright) const
{
    return toScreen(QSizeF(upright)).inverted().mapRect(QRectF(screen)).toRect();
}

} // namespace semigda::ui
