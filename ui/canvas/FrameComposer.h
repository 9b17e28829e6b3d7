// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelSet.h"
#include "core/ports/ProjectRecords.h"
#include "ui/canvas/DisplayTiles.h"
#include "ui/canvas/ImageLayer.h"
#include "ui/canvas/ViewTransform.h"

#include <QImage>
#include <QRect>
#include <QRgb>

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace semigda::ui
{

enum class MaskStyle { Fill, Outline, Hatch };

/// How a mask is drawn over the image.
struct LayerLook
{
    MaskStyle style = MaskStyle::Fill;
    double opacity = 0.45; ///< 0..1

    bool operator==(const LayerLook &) const = default;
};

struct ComposeOptions
{
    core::ValueWindow window;
    LayerLook strokes;
    LayerLook prediction{MaskStyle::Outline, 1.0};
    bool showOverlay = true;
    bool showStrokes = true;
    bool showPrediction = true;
    bool showUncertainty = false;
    bool showImage = true;
    bool showBackground = true;  ///< hatch what was painted as background; pointless in a complete image
    QRgb surround = 0xff1c1c1cU; ///< around the image
    int lineWidth = 2;           ///< of outlines, device pixels
};

struct ComposeCounts
{
    std::size_t tiles = 0;       ///< image tiles converted
    std::size_t pixels = 0;      ///< device pixels composed
    std::size_t imagePixels = 0; ///< those of them whose image was not known from before
};

/// Draws image, strokes, prediction and uncertainty (magma) into a picture in device pixels.
/// Interpolates until pixels are large enough to be told apart, then shows them as squares with a grid. A device pixel
/// shows the image pixel under its centre. Gui thread.
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
    /// The part of a frame that looks different when a rectangle of the mask changes.
    static QRect affected(const core::PixelRect &mask, const ViewTransform &view, const ComposeOptions &options);

    ComposeCounts counts() const { return {m_tiles.built(), m_composed, m_imageComposed}; }

private:
    struct Paint
    {
        QRgb colour = 0;
        bool isVisible = false;
    };
    /// The part at hand and the image pixels under its columns.
    struct Job;

    void composeGround(const Job &job);
    void composeOverlay(const Job &job);
    void composeImage(const Job &job);
    void composeUncertainty(const Job &job);
    void composeMask(const Job &job, const core::LabelMask &mask, const LayerLook &look, bool showsBackground);
    void composeFill(const Job &job, const core::LabelMask &mask, unsigned share, bool showsBackground);
    void composeLines(const Job &job, const core::LabelMask &mask, const LayerLook &look);
    static void composeGrid(const Job &job);
    Paint paintOf(core::LabelValue value) const;

    const core::ImageData *m_image = nullptr;
    const core::LabelMask *m_mask = nullptr;
    const core::Prediction *m_prediction = nullptr;
    DisplayTiles m_tiles;
    ImageLayer m_imageLayer;
    std::unordered_map<core::LabelValue, Paint> m_paints;
    std::size_t m_composed = 0;
    std::size_t m_imageComposed = 0;
};

} // namespace semigda::ui
