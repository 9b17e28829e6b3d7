// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPointF>

#include <vector>

class QWidget;

namespace semigda::ui
{

/// Moves a left button drag over a widget with real mouse events, for scripts and the tour. Points in widget
/// coordinates. Gui thread.
void dragAlong(QWidget &widget, const std::vector<QPointF> &points);
void clickAt(QWidget &widget, const QPointF &point);
/// The pointer goes elsewhere, and with it the outline of a brush.
void leave(QWidget &widget);

} // namespace semigda::ui
