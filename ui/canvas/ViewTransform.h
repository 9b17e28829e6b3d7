// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageGeometry.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace semigda::ui
{

/// Where image pixels lie on the screen. Image coordinates: pixel (x, y) covers [x, x+1) x [y, y+1). Screen
/// coordinates: device pixels from the widget's top left.
struct ViewTransform
{
    static constexpr double MaxZoom = 64.0;
    static constexpr double MinZoom = 1.0 / 64.0;

    double zoom = 1.0;   ///< device pixels per image column
    double aspect = 1.0; ///< height of an image pixel by its width (row spacing / column spacing)
    QPointF offset;      ///< of the image's top left corner

    double scaleX() const { return zoom; }
    double scaleY() const { return zoom * aspect; }
    /// The aspect of an image's pixels, 1 where they have no size.
    static double aspectOf(const core::ImageGeometry &geometry);

    QPointF toScreen(QPointF image) const;
    QPointF toImage(QPointF screen) const;
    QRectF toScreen(const QRectF &image) const;

    /// The same screen point shows the same image point afterwards; the zoom is clamped.
    void zoomAt(QPointF screen, double newZoom);
    /// The whole image, centred, with a margin in device pixels.
    void fit(QSizeF image, QSizeF screen, double margin);
    /// Moves the image as little as needed so that some of it stays in view.
    void keepInView(QSizeF image, QSizeF screen);

    bool operator==(const ViewTransform &) const = default;
};

} // namespace semigda::ui
