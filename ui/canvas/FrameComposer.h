// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelSet.h"
#include "core/ports/ProjectRecords.h"
#include "ui/canvas/DisplayTiles.h"
#include "ui/canvas/ViewTransform.h"

#include <QImage>
#include <QRect>
#include <QRgb>

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace semigda::ui
{

struct ComposeOptions
{
    core::ValueWindow window;
    double opacity = 0.45; ///< of the filled strokes, 0..1
    bool showOverlay = true;
    bool showStrokes = true;
    bool showPrediction = true;
    bool showUncertainty = false;
    bool showImage = true;
    QRgb surround = 0xff1c1c1cU; ///< around the image
    int lineWidth = 2;           ///< of outlines, device pixels
};

struct ComposeCounts
{
    std::size_t tiles = 0;  ///< image tiles converted
    std::size_t pixels = 0; ///< device pixels composed
};

/// Draws image, strokes (filled), prediction (outline) and uncertainty (magma) into a picture in device pixels.
/// Interpolates until pixels are large enough to be told apart, then shows them as squares with a grid. Gui thread.
class FrameComposer
{
public:
    /// From this many device pixels per image pixel on, pixels are squares; from GridZoom on, with lines between.
    static constexpr double SquareZoom = 6.0;
    static constexpr double GridZoom = 16.0;

    /// What to draw; not owned, must stay valid. Null: none.
    void setImage(const core::ImageData *image);
    void setMask(const core::LabelMask *mask) { m_mask = mask; }
    void setPrediction(const core::Prediction *prediction) { m_prediction = prediction; }
    void setClasses(const core::LabelSet &classes);

    /// Composes `part` of the frame (32-bit RGB).
    void compose(QImage &frame, const QRect &part, const ViewTransform &view, const ComposeOptions &options);
    /// The part of the frame that shows a rectangle of the image, with what its outlines and interpolation touch.
    static QRect affected(const core::PixelRect &image, const ViewTransform &view, const ComposeOptions &options);

    const ComposeCounts &counts() const { return m_counts; }

private:
    struct Columns;
    struct Paint
    {
        QRgb colour = 0;
        bool isVisible = false;
        bool isHatched = false;
    };

    void composeImage(QImage &frame, const QRect &part, const ViewTransform &view);
    void composeUncertainty(QImage &frame, const QRect &part, const ViewTransform &view);
    void composeStrokes(QImage &frame, const QRect &part, const ViewTransform &view, const ComposeOptions &options);
    void composePrediction(QImage &frame, const QRect &part, const ViewTransform &view, const ComposeOptions &options);
    void composeGrid(QImage &frame, const QRect &part, const ViewTransform &view);
    Paint paintOf(core::LabelValue value) const;

    const core::ImageData *m_image = nullptr;
    const core::LabelMask *m_mask = nullptr;
    const core::Prediction *m_prediction = nullptr;
    DisplayTiles m_tiles;
    std::unordered_map<core::LabelValue, Paint> m_paints;
    ComposeCounts m_counts;
};

} // namespace semigda::ui
