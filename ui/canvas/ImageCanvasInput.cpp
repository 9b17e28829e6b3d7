// SPDX-License-Identifier: Apache-2.0
// Mouse, pen and keys of the canvas.
#include "ui/canvas/ImageCanvas.h"

#include "ui/canvas/ImageDocument.h"
#include "ui/tools/ToolController.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QTabletEvent>
#include <QWheelEvent>

#include <cmath>

namespace semigda::ui
{

namespace
{

constexpr double WheelNotch = 120.0;
constexpr double NotchesPerDoubling = 4.0;
constexpr double OpacityPerNotch = 0.05;
// A drag over this many widget pixels multiplies the window's width by e, and moves its level by the width.
constexpr double ContrastDragLength = 250.0;

QString valueText(const core::ImageData &image, int x, int y)
{
    QStringList values;
    for (int channel = 0; channel < std::min(image.channels, 3); ++channel)
        values << QLocale().toString(image.value(x, y, channel), 'g', 6);
    return values.join(QLatin1Char(' '));
}

} // namespace

ToolPoint ImageCanvas::toolPoint() const
{
    ToolPoint point;
    point.position = toImage(m_pointer.position);
    point.modifiers = m_pointer.modifiers;
    point.pressure = m_pointer.pressure;
    point.isEraser = m_pointer.isEraser;
    point.pixelSize = devicePixelRatioF() / m_view.zoom;
    return point;
}

bool ImageCanvas::drawsWithTool() const
{
    return m_document && m_document->canEdit() && m_tools && m_tools->tool() != ToolKind::Pan && !m_isSpaceHeld;
}

void ImageCanvas::pointerPressed(const Pointer &pointer)
{
    m_pointer = pointer;
    m_hasPointer = true;
    if (!m_document || m_drag != Drag::None)
        return;
    if (pointer.button == Qt::LeftButton && drawsWithTool()) {
        if (pointer.modifiers.testFlag(Qt::AltModifier))
            m_tools->pickClass(toImage(pointer.position));
        else if (m_tools->press(toolPoint()))
            m_drag = Drag::Tool;
    } else if (pointer.button == Qt::LeftButton || pointer.button == Qt::MiddleButton) {
        m_drag = Drag::Pan;
    } else if (pointer.button == Qt::RightButton) {
        m_drag = Drag::Contrast;
    }
    if (m_drag == Drag::None)
        return;
    m_dragButton = pointer.button;
    m_dragStart = pointer.position;
    m_dragContrast = m_options.window;
    m_dragView = m_view;
    updateCursorShape();
}

void ImageCanvas::pointerMoved(const Pointer &pointer)
{
    m_pointer = pointer;
    m_hasPointer = true;
    switch (m_drag) {
    case Drag::Tool:
        m_tools->move(toolPoint());
        break;
    case Drag::Pan: {
        ViewTransform view = m_dragView;
        // Whole device pixels: what stays in view is moved, not drawn again.
        view.offset += m_orientation.directionToUpright(
            QPointF(((pointer.position - m_dragStart) * devicePixelRatioF()).toPoint()));
        m_isFitted = false;
        setView(view);
        break;
    }
    case Drag::Contrast:
        dragContrast(pointer.position - m_dragStart);
        break;
    case Drag::None:
        if (m_tools)
            m_tools->hover(toolPoint());
        break;
    }
    updateCursorArea();
    reportCursor();
}

void ImageCanvas::pointerReleased(const Pointer &pointer)
{
    m_pointer = pointer;
    if (m_drag == Drag::None || pointer.button != m_dragButton)
        return;
    if (std::exchange(m_drag, Drag::None) == Drag::Tool)
        m_tools->release(toolPoint());
    if (std::exchange(m_isFitLate, false) && m_isFitted)
        fit();
    updateCursorShape();
    reportCursor();
}

void ImageCanvas::dragContrast(QPointF by)
{
    // To the right and upwards is more.
    const QPointF more(by.x() / ContrastDragLength, -by.y() / ContrastDragLength);
    core::ValueWindow window = m_dragContrast;
    window.width *= std::exp(m_isContrastDragSwapped ? more.y() : more.x());
    window.centre += (m_isContrastDragSwapped ? more.x() : more.y()) * m_dragContrast.width;
    setContrast(window);
}

void ImageCanvas::mousePressEvent(QMouseEvent *event)
{
    pointerPressed({event->position(), event->button(), event->modifiers()});
}

void ImageCanvas::mouseMoveEvent(QMouseEvent *event)
{
    pointerMoved({event->position(), event->button(), event->modifiers()});
}

void ImageCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    pointerReleased({event->position(), event->button(), event->modifiers()});
}

void ImageCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    const Pointer pointer{event->position(), event->button(), event->modifiers()};
    m_pointer = pointer;
    if (event->button() == Qt::RightButton) {
        resetContrast();
        return;
    }
    if (event->button() != Qt::LeftButton || !m_document)
        return;
    const QPointF at = toImage(event->position());
    const bool isOnImage = QRectF(QPointF(), imageSize()).contains(at);
    if (drawsWithTool() && (isOnImage || m_tools->isActive())) {
        if (!m_tools->doubleClick(toolPoint()))
            pointerPressed(pointer); // two dabs in quick succession
        return;
    }
    fit();
}

void ImageCanvas::tabletEvent(QTabletEvent *event)
{
    Pointer pointer{event->position(), event->button(), event->modifiers(), event->pressure(),
                    event->pointerType() == QPointingDevice::PointerType::Eraser};
    switch (event->type()) {
    case QEvent::TabletPress:
        setFocus(Qt::MouseFocusReason);
        pointerPressed(pointer);
        break;
    case QEvent::TabletMove:
        // Hovering pens report no pressure; the footprint on show is that of full pressure.
        if (m_drag == Drag::None)
            pointer.pressure = 1.0;
        pointerMoved(pointer);
        break;
    case QEvent::TabletRelease:
        pointerReleased(pointer);
        break;
    default:
        event->ignore();
        return;
    }
    event->accept();
}

int ImageCanvas::wheelSteps(double delta)
{
    // Fine wheels and touchpads send parts of a notch.
    m_wheelRest += delta;
    const int steps = static_cast<int>(m_wheelRest / WheelNotch);
    m_wheelRest -= steps * WheelNotch;
    return steps;
}

void ImageCanvas::wheelEvent(QWheelEvent *event)
{
    event->accept();
    if (!m_document)
        return;
    // Alt, and on some systems Shift, turn the wheel sideways.
    const QPoint angle = event->angleDelta();
    const double delta = angle.y() != 0 ? angle.y() : angle.x();
    if (event->modifiers().testFlag(Qt::AltModifier)) {
        setOpacity(opacity() + delta / WheelNotch * OpacityPerNotch);
    } else if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        if (m_tools)
            m_tools->stepAmount(wheelSteps(delta));
    } else if (m_document->isSlice() && !event->modifiers().testFlag(Qt::ControlModifier)) {
        if (const int steps = wheelSteps(delta); steps != 0)
            stepSlice(-steps);
    } else {
        ViewTransform view = m_view;
        view.zoomAt(toFrame(event->position()), m_view.zoom * std::exp2(delta / WheelNotch / NotchesPerDoubling));
        m_isFitted = false;
        setView(view);
    }
}

void ImageCanvas::keyPressEvent(QKeyEvent *event)
{
    m_pointer.modifiers = event->modifiers();
    updateCursorArea();
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        m_isSpaceHeld = true;
        updateCursorShape();
        return;
    }
    if (m_tools && m_tools->key(*event))
        return;
    QWidget::keyPressEvent(event);
}

bool ImageCanvas::event(QEvent *event)
{
    // While something is drawn its keys go before those of actions.
    if (event->type() == QEvent::ShortcutOverride && m_tools && m_tools->needsKey(static_cast<QKeyEvent &>(*event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void ImageCanvas::keyReleaseEvent(QKeyEvent *event)
{
    m_pointer.modifiers = event->modifiers();
    updateCursorArea();
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_isSpaceHeld = false;
        updateCursorShape();
        return;
    }
    QWidget::keyReleaseEvent(event);
}

void ImageCanvas::focusOutEvent(QFocusEvent *event)
{
    // The release of a held key goes elsewhere.
    m_isSpaceHeld = false;
    m_pointer.modifiers = Qt::NoModifier;
    updateCursorShape();
    QWidget::focusOutEvent(event);
}

void ImageCanvas::leaveEvent(QEvent *event)
{
    m_hasPointer = false;
    updateCursorArea();
    reportCursor();
    QWidget::leaveEvent(event);
}

void ImageCanvas::reportCursor()
{
    CanvasCursor cursor;
    if (m_document && m_hasPointer) {
        const QPointF at = toImage(m_pointer.position);
        cursor.x = static_cast<int>(std::floor(at.x()));
        cursor.y = static_cast<int>(std::floor(at.y()));
        const core::ImageData &image = m_document->pixels();
        cursor.isInside = m_document->mask().rect().contains(cursor.x, cursor.y);
        if (cursor.isInside) {
            cursor.value = valueText(image, cursor.x, cursor.y);
            cursor.label = m_document->mask().at(cursor.x, cursor.y);
            if (image.geometry.hasSpacing)
                cursor.millimetres =
                    QPointF(cursor.x * image.geometry.spacing[0], cursor.y * image.geometry.spacing[1]);
        }
    }
    Q_EMIT cursorMoved(cursor);
}

} // namespace semigda::ui
