// SPDX-License-Identifier: Apache-2.0
// What the canvas shows and how it is drawn; ImageCanvasInput.cpp has mouse, pen and keys.
#include "ui/canvas/ImageCanvas.h"

#include "ui/canvas/ImageDocument.h"
#include "ui/theme/Theme.h"
#include "ui/tools/ToolController.h"

#include <QEvent>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace semigda::ui
{

namespace
{

constexpr double ZoomStep = 1.25;
constexpr double FitMargin = GridUnit;
// Above this many pieces one rectangle around them is cheaper.
constexpr int MaxPieces = 32;

} // namespace

ImageCanvas::ImageCanvas(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("imageCanvas"));
    setAccessibleName(tr("Image"));
    setAccessibleDescription(tr("The image with its mask. Draw with the left button; keys choose tools and classes."));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setTabletTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setContextMenuPolicy(Qt::PreventContextMenu);
    updateTheme();
}

ImageCanvas::~ImageCanvas() = default;

ImageDocument *ImageCanvas::document() const
{
    return m_document;
}

void ImageCanvas::setDocument(ImageDocument *document)
{
    if (document == m_document && document != nullptr)
        return;
    if (m_tools)
        m_tools->setDocument(document);
    if (m_document)
        disconnect(m_document, nullptr, this, nullptr);
    m_drag = Drag::None;
    m_document = document;
    m_composer.setImage(document != nullptr ? &document->pixels() : nullptr);
    m_composer.setMask(document != nullptr ? &document->mask() : nullptr);
    m_composer.setPrediction(document != nullptr ? document->prediction().get() : nullptr);
    if (document != nullptr) {
        connect(document, &ImageDocument::repainted, this, &ImageCanvas::invalidatePart);
        connect(document, &ImageDocument::edited, this, &ImageCanvas::updateBackgroundHatch);
        connect(document, &ImageDocument::summaryChanged, this, &ImageCanvas::updateBackgroundHatch);
        connect(document, &ImageDocument::editableChanged, this, &ImageCanvas::updateCursorShape);
        connect(document, &ImageDocument::predictionChanged, this, [this] {
            m_composer.setPrediction(m_document->prediction().get());
            invalidateAll();
        });
        // The pixels and the mask go with it.
        connect(document, &QObject::destroyed, this, [this] { setDocument(nullptr); });
        const bool isSameVolume = document->isSlice() && document->summary().seriesKey == m_shownSeries;
        const bool isSameKind = isSameVolume || (m_keepsView && imageSize() == m_shownSize);
        if (!isSameVolume && !(isSameKind && m_isContrastOwn)) {
            m_isContrastOwn = false;
            m_options.window = document->contrast();
        }
        m_shownSeries = document->summary().seriesKey;
        adaptView(isSameKind);
        m_shownSize = imageSize();
        m_options.showBackground = !document->isComplete();
        Q_EMIT contrastChanged(m_options.window);
    }
    invalidateAll();
    updateCursorShape();
    reportCursor();
}

void ImageCanvas::adaptView(bool isSameKind)
{
    const core::ImageGeometry &geometry = m_document->pixels().geometry;
    const double aspect =
        geometry.hasSpacing && geometry.spacing[0] > 0.0 ? geometry.spacing[1] / geometry.spacing[0] : 1.0;
    ViewTransform view = m_view;
    view.aspect = std::isfinite(aspect) ? std::clamp(aspect, 0.05, 20.0) : 1.0;
    if (m_isFitted || !isSameKind) {
        m_isFitted = true;
        view.fit(imageSize(), screenSize(), FitMargin * devicePixelRatioF());
    }
    setView(view);
}

void ImageCanvas::setTools(ToolController *tools)
{
    if (m_tools)
        disconnect(m_tools, nullptr, this, nullptr);
    m_tools = tools;
    if (tools != nullptr) {
        tools->setDocument(m_document);
        connect(tools, &ToolController::outlineChanged, this, &ImageCanvas::updateCursorArea);
        connect(tools, &ToolController::toolChanged, this, &ImageCanvas::updateCursorShape);
        connect(tools, &ToolController::brushChanged, this, &ImageCanvas::updateCursorShape);
    }
    updateCursorShape();
}

void ImageCanvas::setClasses(const core::LabelSet &classes)
{
    m_composer.setClasses(classes);
    if (m_tools)
        m_tools->setClasses(classes);
    invalidateAll();
}

void ImageCanvas::setEmptyText(const QString &text)
{
    m_emptyText = text;
    if (!m_document)
        update();
}

QSizeF ImageCanvas::imageSize() const
{
    return m_document ? QSizeF(m_document->pixels().width, m_document->pixels().height) : QSizeF();
}

QSizeF ImageCanvas::screenSize() const
{
    return QSizeF(size()) * devicePixelRatioF();
}

void ImageCanvas::setView(ViewTransform view)
{
    if (m_document)
        view.keepInView(imageSize(), screenSize());
    if (view == m_view)
        return;
    const ViewTransform before = std::exchange(m_view, view);
    const QPointF moved = view.offset - before.offset;
    const QPoint whole = moved.toPoint();
    if (before.zoom == view.zoom && before.aspect == view.aspect && QPointF(whole) == moved) {
        scrollFrame(whole);
    } else {
        invalidateAll();
    }
    updateCursorArea();
    if (before.zoom != view.zoom) {
        updateCursorShape();
        Q_EMIT zoomChanged(view.zoom);
    }
}

void ImageCanvas::scrollFrame(QPoint by)
{
    const QRect all = m_frame.rect();
    const QRect kept = all & all.translated(by);
    if (!kept.isEmpty()) {
        const qsizetype bytes = static_cast<qsizetype>(kept.width()) * 4;
        for (int i = 0; i < kept.height(); ++i) {
            // From the end that is not overwritten before it is read.
            const int y = by.y() > 0 ? kept.bottom() - i : kept.top() + i;
            std::memmove(m_frame.scanLine(y) + kept.left() * 4,
                         m_frame.constScanLine(y - by.y()) + (kept.left() - by.x()) * 4,
                         static_cast<std::size_t>(bytes));
        }
    }
    m_stale = (m_stale.translated(by) & all) + (QRegion(all) - kept);
    update();
}

void ImageCanvas::setZoom(double zoom)
{
    ViewTransform view = m_view;
    const QSizeF screen = screenSize();
    view.zoomAt({screen.width() / 2.0, screen.height() / 2.0}, zoom);
    m_isFitted = false;
    setView(view);
}

void ImageCanvas::zoomIn()
{
    setZoom(m_view.zoom * ZoomStep);
}

void ImageCanvas::zoomOut()
{
    setZoom(m_view.zoom / ZoomStep);
}

void ImageCanvas::fit()
{
    ViewTransform view = m_view;
    view.fit(imageSize(), screenSize(), FitMargin * devicePixelRatioF());
    m_isFitted = true;
    setView(view);
}

void ImageCanvas::actualSize()
{
    setZoom(1.0);
    // Image pixels on screen pixels, so that nothing is interpolated.
    ViewTransform view = m_view;
    view.offset = QPointF(view.offset.toPoint());
    setView(view);
}

void ImageCanvas::centreOn(QPointF image)
{
    ViewTransform view = m_view;
    const QSizeF screen = screenSize();
    view.offset += QPointF(screen.width() / 2.0, screen.height() / 2.0) - view.toScreen(image);
    m_isFitted = false;
    setView(view);
}

QPointF ImageCanvas::toWidget(QPointF image) const
{
    return m_view.toScreen(image) / devicePixelRatioF();
}

QPointF ImageCanvas::toImage(QPointF widget) const
{
    return m_view.toImage(widget * devicePixelRatioF());
}

void ImageCanvas::setContrast(const core::ValueWindow &window)
{
    if (m_options.window == window || !std::isfinite(window.centre) || !(window.width > 0.0))
        return;
    m_options.window = window;
    m_isContrastOwn = true;
    invalidateAll();
    Q_EMIT contrastChanged(window);
}

void ImageCanvas::resetContrast()
{
    if (!m_document)
        return;
    setContrast(m_document->contrast());
    m_isContrastOwn = false;
}

void ImageCanvas::setOpacity(double opacity)
{
    const double clamped = std::clamp(opacity, 0.0, 1.0);
    if (std::exchange(m_options.opacity, clamped) == clamped)
        return;
    invalidateAll();
    Q_EMIT opacityChanged(clamped);
}

void ImageCanvas::setLayer(bool &layer, bool isVisible)
{
    if (std::exchange(layer, isVisible) == isVisible)
        return;
    invalidateAll();
    Q_EMIT layersChanged();
}

void ImageCanvas::setOverlayVisible(bool isVisible)
{
    setLayer(m_options.showOverlay, isVisible);
}

void ImageCanvas::setStrokesVisible(bool isVisible)
{
    setLayer(m_options.showStrokes, isVisible);
}

void ImageCanvas::setPredictionVisible(bool isVisible)
{
    setLayer(m_options.showPrediction, isVisible);
}

void ImageCanvas::setUncertaintyVisible(bool isVisible)
{
    setLayer(m_options.showUncertainty, isVisible);
}

void ImageCanvas::setImageVisible(bool isVisible)
{
    setLayer(m_options.showImage, isVisible);
}

void ImageCanvas::updateBackgroundHatch()
{
    const bool isShown = m_document && !m_document->isComplete();
    if (std::exchange(m_options.showBackground, isShown) != isShown)
        invalidateAll();
}

void ImageCanvas::updateTheme()
{
    m_options.surround = themeColours().surround.rgb();
    invalidateAll();
}

void ImageCanvas::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        updateTheme();
    QWidget::changeEvent(event);
}

void ImageCanvas::resizeEvent(QResizeEvent *event)
{
    if (m_drag != Drag::None) {
        // A message that comes or goes must not move the image under a stroke; the release catches up.
        m_isFitLate = m_isFitted;
    } else if (m_isFitted) {
        fit();
    } else {
        // The middle of what was on show stays in the middle.
        const QPointF half(event->oldSize().width() / 2.0, event->oldSize().height() / 2.0);
        centreOn(toImage(half));
    }
}

void ImageCanvas::invalidateAll()
{
    m_stale = QRegion(m_frame.rect());
    update();
}

void ImageCanvas::invalidatePart(const core::PixelRect &rect)
{
    if (rect.isEmpty())
        return;
    const QRect part = FrameComposer::affected(rect, m_view) & m_frame.rect();
    if (part.isEmpty())
        return;
    m_stale += part;
    if (m_stale.rectCount() > MaxPieces)
        m_stale = m_stale.boundingRect();
    const double ratio = devicePixelRatioF();
    update(QRectF(part.x() / ratio, part.y() / ratio, part.width() / ratio, part.height() / ratio).toAlignedRect());
}

void ImageCanvas::updateFrame(const QRegion &region)
{
    const QRegion parts = m_stale & region;
    for (const QRect &part : parts)
        m_composer.compose(m_frame, part, m_view, m_options);
    m_stale -= region;
}

void ImageCanvas::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    if (!m_document) {
        drawEmpty(painter);
        return;
    }
    const double ratio = devicePixelRatioF();
    const QSize wanted(static_cast<int>(std::ceil(width() * ratio)), static_cast<int>(std::ceil(height() * ratio)));
    if (m_frame.size() != wanted) {
        m_frame = QImage(wanted, QImage::Format_RGB32);
        m_stale = QRegion(m_frame.rect());
    }
    m_options.lineWidth = std::max(1, static_cast<int>(std::lround(2.0 * ratio)));
    QRegion region;
    for (const QRect &part : event->region())
        region +=
            QRectF(part.x() * ratio, part.y() * ratio, part.width() * ratio, part.height() * ratio).toAlignedRect()
            & m_frame.rect();
    updateFrame(region);
    m_frame.setDevicePixelRatio(ratio);
    painter.drawImage(QPointF(0.0, 0.0), m_frame);
    drawCursor(painter);
}

void ImageCanvas::drawEmpty(QPainter &painter)
{
    painter.fillRect(rect(), themeColours().surround);
    painter.setPen(themeColours().muted);
    const int margin = 3 * GridUnit;
    painter.drawText(rect().adjusted(margin, margin, -margin, -margin), Qt::AlignCenter | Qt::TextWordWrap,
                     m_emptyText);
}

void ImageCanvas::drawCursor(QPainter &painter)
{
    if (!m_tools || !m_hasPointer)
        return;
    const double ratio = devicePixelRatioF();
    const QTransform toScreen(m_view.scaleX() / ratio, 0.0, 0.0, m_view.scaleY() / ratio, m_view.offset.x() / ratio,
                              m_view.offset.y() / ratio);
    const QPainterPath path = toScreen.map(m_tools->outline(toolPoint()));
    if (path.isEmpty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 160), 3.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.setPen(QPen(m_tools->outlineColour(toolPoint()), 1.25, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
}

QRectF ImageCanvas::cursorBounds() const
{
    if (!m_tools || !m_hasPointer || !m_document)
        return {};
    const QRectF image = m_tools->outline(toolPoint()).boundingRect();
    return QRectF(toWidget(image.topLeft()), toWidget(image.bottomRight())).adjusted(-3, -3, 3, 3);
}

void ImageCanvas::updateCursorArea()
{
    const QRect before = std::exchange(m_cursorArea, cursorBounds().toAlignedRect());
    update(before);
    update(m_cursorArea);
}

void ImageCanvas::updateCursorShape()
{
    if (m_drag == Drag::Pan)
        setCursor(Qt::ClosedHandCursor);
    else if (m_document && (m_isSpaceHeld || (m_tools && m_tools->tool() == ToolKind::Pan)))
        setCursor(Qt::OpenHandCursor);
    else if (!drawsWithTool())
        setCursor(Qt::ArrowCursor);
    // A footprint too small to see needs the pointer.
    else if (m_tools->hidesPointer() && m_tools->brushSize() * m_view.zoom >= GridUnit * devicePixelRatioF())
        setCursor(Qt::BlankCursor);
    else
        setCursor(Qt::CrossCursor);
    updateCursorArea();
}

} // namespace semigda::ui
