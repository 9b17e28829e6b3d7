// SPDX-License-Identifier: Apache-2.0
// Which layers the canvas draws over the image, and how.
#include "ui/canvas/ImageCanvas.h"

#include "ui/canvas/ImageDocument.h"

#include <algorithm>
#include <utility>

namespace semigda::ui
{

Layer ImageCanvas::maskLayer() const
{
    return m_document && m_document->isComplete() ? Layer::Finished : Layer::Strokes;
}

void ImageCanvas::applyLayers()
{
    m_options.strokes = state(maskLayer()).look;
    m_options.showStrokes = state(maskLayer()).isVisible;
    m_options.prediction = state(Layer::Prediction).look;
    m_options.showPrediction = state(Layer::Prediction).isVisible;
    m_options.showBackground = maskLayer() == Layer::Strokes;
}

void ImageCanvas::changeLayers(const std::function<void()> &change)
{
    const double opacityBefore = opacity();
    change();
    applyLayers();
    invalidateAll();
    Q_EMIT layersChanged();
    if (opacity() != opacityBefore)
        Q_EMIT opacityChanged(opacity());
}

void ImageCanvas::setLook(Layer layer, const LayerLook &look)
{
    LayerLook valid = look;
    valid.opacity = std::clamp(look.opacity, 0.0, 1.0);
    LayerState &changed = m_layers[static_cast<std::size_t>(layer)];
    if (changed.look != valid)
        changeLayers([&] { changed.look = valid; });
}

void ImageCanvas::setLayerVisible(Layer layer, bool isVisible)
{
    LayerState &changed = m_layers[static_cast<std::size_t>(layer)];
    if (changed.isVisible != isVisible)
        changeLayers([&] { changed.isVisible = isVisible; });
}

void ImageCanvas::setOpacity(double opacity)
{
    const double clamped = std::clamp(opacity, 0.0, 1.0);
    for (const Layer layer : {Layer::Strokes, Layer::Finished})
        setLook(layer, {look(layer).style, clamped});
}

void ImageCanvas::setStrokesVisible(bool isVisible)
{
    for (const Layer layer : {Layer::Strokes, Layer::Finished})
        setLayerVisible(layer, isVisible);
}

void ImageCanvas::setPredictionVisible(bool isVisible)
{
    setLayerVisible(Layer::Prediction, isVisible);
}

void ImageCanvas::setFlag(bool &flag, bool isOn)
{
    if (std::exchange(flag, isOn) == isOn)
        return;
    invalidateAll();
    Q_EMIT layersChanged();
}

void ImageCanvas::setOverlayVisible(bool isVisible)
{
    setFlag(m_options.showOverlay, isVisible);
}

void ImageCanvas::setUncertaintyVisible(bool isVisible)
{
    setFlag(m_options.showUncertainty, isVisible);
}

void ImageCanvas::setImageVisible(bool isVisible)
{
    setFlag(m_options.showImage, isVisible);
}

void ImageCanvas::setScaleBarVisible(bool isVisible)
{
    setFlag(m_isScaleBarVisible, isVisible);
}

void ImageCanvas::updateMaskLayer()
{
    const bool wasFinished = !m_options.showBackground;
    if (wasFinished != (maskLayer() == Layer::Finished))
        changeLayers([] {});
}

} // namespace semigda::ui
