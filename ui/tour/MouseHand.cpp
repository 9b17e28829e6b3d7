// SPDX-License-Identifier: Apache-2.0
#include "ui/tour/MouseHand.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QWidget>

namespace semigda::ui
{

namespace
{

void send(QWidget &widget, QEvent::Type type, const QPointF &point, Qt::MouseButton button, Qt::MouseButtons buttons)
{
    QMouseEvent event(type, point, widget.mapToGlobal(point), button, buttons, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace

void dragAlong(QWidget &widget, const std::vector<QPointF> &points)
{
    if (points.empty())
        return;
    send(widget, QEvent::MouseMove, points.front(), Qt::NoButton, Qt::NoButton);
    send(widget, QEvent::MouseButtonPress, points.front(), Qt::LeftButton, Qt::LeftButton);
    for (const QPointF &point : points)
        send(widget, QEvent::MouseMove, point, Qt::NoButton, Qt::LeftButton);
    send(widget, QEvent::MouseButtonRelease, points.back(), Qt::LeftButton, Qt::NoButton);
}

void clickAt(QWidget &widget, const QPointF &point)
{
    dragAlong(widget, {point});
}

void leave(QWidget &widget)
{
    QEvent event(QEvent::Leave);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace semigda::ui
