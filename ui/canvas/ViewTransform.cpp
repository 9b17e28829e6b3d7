// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/ViewTransform.h"

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

namespace
{

/// An offset that leaves at least `least` pixels of `length` within 0..room.
double kept(double offset, double length, double room)
{
    const double least = std::min({length, room, 48.0});
    return std::clamp(offset, least - length, room - least);
}

} // namespace

double ViewTransform::aspectOf(const core::ImageGeometry &geometry)
{
    const double aspect =
        geometry.hasSpacing && geometry.spacing[0] > 0.0 ? geometry.spacing[1] / geometry.spacing[0] : 1.0;
    return std::isfinite(aspect) ? std::clamp(aspect, 0.05, 20.0) : 1.0;
}

QPointF ViewTransform::toScreen(QPointF image) const
{
    return {image.x() * scaleX() + offset.x(), image.y() * scaleY() + offset.y()};
}

QPointF ViewTransform::toImage(QPointF screen) const
{
    return {(screen.x() - offset.x()) / scaleX(), (screen.y() - offset.y()) / scaleY()};
}

QRectF ViewTransform::toScreen(const QRectF &image) const
{
    return {toScreen(image.topLeft()), toScreen(image.bottomRight())};
}

void ViewTransform::zoomAt(QPointF screen, double newZoom)
{
    const QPointF image = toImage(screen);
    zoom = std::clamp(newZoom, MinZoom, MaxZoom);
    offset = screen - QPointF(image.x() * scaleX(), image.y() * scaleY());
}

void ViewTransform::fit(QSizeF image, QSizeF screen, double margin)
{
    if (image.isEmpty() || screen.isEmpty())
        return;
    const double width = std::max(screen.width() - 2.0 * margin, 1.0);
    const double height = std::max(screen.height() - 2.0 * margin, 1.0);
    zoom = std::clamp(std::min(width / image.width(), height / (image.height() * aspect)), MinZoom, MaxZoom);
    // Whole device pixels, so that actual size is sharp.
    offset = QPointF(static_cast<int>((screen.width() - image.width() * scaleX()) / 2.0),
                     static_cast<int>((screen.height() - image.height() * scaleY()) / 2.0));
}

void ViewTransform::keepInView(QSizeF image, QSizeF screen)
{
    offset = QPointF(kept(offset.x(), image.width() * scaleX(), screen.width()),
                     kept(offset.y(), image.height() * scaleY(), screen.height()));
}

} // namespace semigda::ui
