// SPDX-License-Identifier: Apache-2.0
// What the canvas shows and how it is drawn; ImageCanvasInput.cpp has mouse, pen and keys, ImageCanvasLayers.cpp what
// is drawn over the image.
#include "ui/canvas/ImageCanvas.h"

#include "ui/canvas/CursorOutline.h"
#include "ui/canvas/ImageDocument.h"
#include "ui/canvas/ScaleBar.h"
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
// Screen pixels: less between two points of an outline is not seen.
constexpr double LeastOutlineStep = 0.5;
constexpr int ScaleBarHeight = 4 * GridUnit;
constexpr int ScaleBarRoom = 24 * GridUnit;
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
    m_isNew = document != nullptr;
    m_composer.setImage(document != nullptr ? &document->pixels() : nullptr);
    m_composer.setMask(document != nullptr ? &document->mask() : nullptr);
    m_composer.setPrediction(document != nullptr ? document->prediction().get() : nullptr);
    if (document != nullptr) {
        connect(document, &ImageDocument::repainted, this, &ImageCanvas::invalidatePart);
        connect(document, &ImageDocument::edited, this, &ImageCanvas::updateMaskLayer);
        connect(document, &ImageDocument::summaryChanged, this, &ImageCanvas::updateMaskLayer);
        connect(document, &ImageDocument::editableChanged, this, &ImageCanvas::updateCursorShape);
        connect(document, &ImageDocument::predictionChanged, this, [this] {
            m_composer.setPrediction(m_document->prediction().get());
            invalidateAll();
        });
        // The pixels and the mask go with it.
        connect(document, &QObject::destroyed, this, [this] { setDocument(nullptr); });
        const bool isSameVolume = document->isSlice() && document->summary().seriesKey == m_shownSeries;
        const bool keeps = isSameKind(imageSize(), isSameVolume);
        if (!keepsContrast(keeps, isSameVolume)) {
            m_isContrastOwn = false;
            m_options.window = document->contrast();
        }
        m_shownSeries = document->summary().seriesKey;
        adaptView(keeps);
        m_shownSize = imageSize();
        applyLayers();
        Q_EMIT contrastChanged(m_options.window);
    }
    invalidateAll();
    updateCursorShape();
    reportCursor();
    Q_EMIT layersChanged();
    Q_EMIT documentChanged();
}

void ImageCanvas::adaptView(bool isSameKind)
{
    ViewTransform view = m_view;
    view.aspect = ViewTransform::aspectOf(m_document->pixels().geometry);
    if (m_isFitted || !isSameKind) {
        m_isFitted = true;
        view.fit(imageSize(), frameSize(), FitMargin * devicePixelRatioF());
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

QSizeF ImageCanvas::frameSize() const
{
    return m_orientation.swapped(QSizeF(size()) * devicePixelRatioF());
}

bool ImageCanvas::isSameKind(QSizeF size, bool isSameVolume) const
{
    return isSameVolume || (m_keepsView && size == m_shownSize);
}

std::optional<QTransform> ImageCanvas::keptPlace(QSizeF size, const std::string &seriesKey) const
{
    const bool isSameVolume = !seriesKey.empty() && seriesKey == m_shownSeries;
    if (m_isFitted || !isSameKind(size, isSameVolume))
        return std::nullopt;
    return imageToWidget();
}

bool ImageCanvas::keepsContrast(bool isSameKind, bool isSameVolume) const
{
    return isSameVolume || (isSameKind && m_isContrastOwn);
}

core::ValueWindow ImageCanvas::contrastFor(QSizeF size, const std::string &seriesKey,
                                           const core::ValueWindow &own) const
{
    const bool isSameVolume = !seriesKey.empty() && seriesKey == m_shownSeries;
    return keepsContrast(isSameKind(size, isSameVolume), isSameVolume) ? m_options.window : own;
}

QTransform ImageCanvas::imageToWidget() const
{
    const double ratio = devicePixelRatioF();
    const QTransform toFrame(m_view.scaleX(), 0.0, 0.0, m_view.scaleY(), m_view.offset.x(), m_view.offset.y());
    return toFrame * m_orientation.toScreen(frameSize()) * QTransform::fromScale(1.0 / ratio, 1.0 / ratio);
}

void ImageCanvas::setView(ViewTransform view)
{
    if (m_document)
        view.keepInView(imageSize(), frameSize());
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
    const QSizeF screen = frameSize();
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
    view.fit(imageSize(), frameSize(), FitMargin * devicePixelRatioF());
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
    const QSizeF screen = frameSize();
    view.offset += QPointF(screen.width() / 2.0, screen.height() / 2.0) - view.toScreen(image);
    m_isFitted = false;
    setView(view);
}

QPointF ImageCanvas::toWidget(QPointF image) const
{
    return m_orientation.toScreen(m_view.toScreen(image), frameSize()) / devicePixelRatioF();
}

QPointF ImageCanvas::toFrame(QPointF widget) const
{
    return m_orientation.toUpright(widget * devicePixelRatioF(), frameSize());
}

QPointF ImageCanvas::toImage(QPointF widget) const
{
    return m_view.toImage(toFrame(widget));
}

void ImageCanvas::setOrientation(const ViewOrientation &orientation)
{
    if (orientation == m_orientation)
        return;
    const QSizeF before = frameSize();
    const QPointF middle = m_view.toImage({before.width() / 2.0, before.height() / 2.0});
    m_orientation = orientation;
    if (m_isFitted)
        fit();
    else
        centreOn(middle);
    invalidateAll();
    updateCursorArea();
    Q_EMIT orientationChanged();
}

void ImageCanvas::moveView(QPointF share)
{
    const QPointF onScreen = QPointF(-share.x() * width(), -share.y() * height()) * devicePixelRatioF();
    ViewTransform view = m_view;
    view.offset += m_orientation.directionToUpright(onScreen.toPoint());
    m_isFitted = false;
    setView(view);
}

void ImageCanvas::stepSlice(int step)
{
    if (m_document && m_document->isSlice())
        Q_EMIT sliceStepRequested(step);
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
        const QSizeF before = m_orientation.swapped(QSizeF(event->oldSize()) * devicePixelRatioF());
        centreOn(m_view.toImage({before.width() / 2.0, before.height() / 2.0}));
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
    const QRect part = FrameComposer::affected(rect, m_view, m_options) & m_frame.rect();
    if (part.isEmpty())
        return;
    m_stale += part;
    if (m_stale.rectCount() > MaxPieces)
        m_stale = m_stale.boundingRect();
    const double ratio = devicePixelRatioF();
    const QRect shown = m_orientation.toScreen(part, m_frame.size());
    update(QRectF(shown.x() / ratio, shown.y() / ratio, shown.width() / ratio, shown.height() / ratio).toAlignedRect());
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
    const QSize screen(static_cast<int>(std::ceil(width() * ratio)), static_cast<int>(std::ceil(height() * ratio)));
    const QSize wanted = m_orientation.swapped(screen);
    if (m_frame.size() != wanted) {
        m_frame = QImage(wanted, QImage::Format_RGB32);
        m_stale = QRegion(m_frame.rect());
    }
    m_options.lineWidth = std::max(1, static_cast<int>(std::lround(2.0 * ratio)));
    QRegion region;
    for (const QRect &part : event->region())
        region +=
            QRectF(part.x() * ratio, part.y() * ratio, part.width() * ratio, part.height() * ratio).toAlignedRect()
            & QRect(QPoint(), screen);
    drawFrame(painter, region);
    drawMarks(painter, event->region());
    drawCursor(painter);
    // Behind what brings the frame to the screen.
    if (std::exchange(m_isNew, false))
        QMetaObject::invokeMethod(this, &ImageCanvas::documentPainted, Qt::QueuedConnection);
}

void ImageCanvas::drawFrame(QPainter &painter, const QRegion &region)
{
    const double ratio = devicePixelRatioF();
    if (m_orientation.isUpright()) {
        updateFrame(region);
        m_frame.setDevicePixelRatio(ratio);
        painter.drawImage(QPointF(0.0, 0.0), m_frame);
        return;
    }
    m_frame.setDevicePixelRatio(1.0);
    for (const QRect &part : region) {
        const QRect upright = m_orientation.toUpright(part, m_frame.size());
        updateFrame(upright);
        QImage piece = m_frame.copy(upright);
        if (m_orientation.isMirrored)
            piece = piece.mirrored(true, false);
        if (m_orientation.quarterTurns != 0)
            piece = piece.transformed(QTransform().rotate(90.0 * m_orientation.quarterTurns));
        piece.setDevicePixelRatio(ratio);
        painter.drawImage(QPointF(part.topLeft()) / ratio, piece);
    }
}

QRect ImageCanvas::scaleBarArea() const
{
    if (!m_isScaleBarVisible || !m_document || !m_document->pixels().geometry.hasSpacing)
        return {};
    return QRect(GridUnit, height() - GridUnit - ScaleBarHeight, std::min(width() - 2 * GridUnit, ScaleBarRoom),
                 ScaleBarHeight);
}

QRect ImageCanvas::captionArea() const
{
    if (m_orientation.isUpright())
        return {};
    const QString text = orientationText(m_orientation);
    return QRect(GridUnit, GridUnit, fontMetrics().horizontalAdvance(text) + 2 * GridUnit,
                 fontMetrics().height() + GridUnit);
}

void ImageCanvas::drawMarks(QPainter &painter, const QRegion &region)
{
    if (const QRect area = scaleBarArea(); region.intersects(area)) {
        // Rows lie as far apart on the screen as columns: the aspect has seen to that.
        const double millimetres = m_document->pixels().geometry.spacing[0] * devicePixelRatioF() / m_view.zoom;
        if (const std::optional<ScaleBar> bar = scaleBarFor(millimetres, area.width() - 2.0 * GridUnit))
            drawScaleBar(painter, area, *bar);
    }
    if (const QRect area = captionArea(); region.intersects(area)) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0, 0, 0, 190));
        painter.drawRoundedRect(area, 4, 4);
        painter.setPen(QColor(0xff, 0xd0, 0x70));
        painter.drawText(area, Qt::AlignCenter, orientationText(m_orientation));
    }
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
    const QPainterPath path =
        withoutClosePoints(imageToWidget().map(m_tools->outline(toolPoint())), LeastOutlineStep / devicePixelRatioF());
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
    return QRectF(toWidget(image.topLeft()), toWidget(image.bottomRight())).normalized().adjusted(-3, -3, 3, 3);
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
