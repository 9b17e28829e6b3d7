// SPDX-License-Identifier: Apache-2.0
#include "ui/tools/BrushTool.h"

#include "ui/canvas/ImageDocument.h"

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

namespace
{

// A resting hand or pen sends points that only cost time; lines between the rest are the same.
constexpr double LeastDistance = 0.25;
// Footprints up to this many pixels show their exact pixels, larger ones a smooth line nobody can tell from them.
constexpr double ExactFootprint = 64.0;

core::PointF toCore(QPointF point)
{
    return {point.x(), point.y()};
}

/// The outline of rows without gaps.
QPainterPath pathAround(const std::vector<core::MaskEdit::RowSpan> &rows)
{
    QPainterPath path;
    if (rows.empty())
        return path;
    path.moveTo(rows.front().x, rows.front().y);
    for (const core::MaskEdit::RowSpan &row : rows) {
        path.lineTo(row.x + row.count, row.y);
        path.lineTo(row.x + row.count, row.y + 1);
    }
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        path.lineTo(row->x, row->y + 1);
        path.lineTo(row->x, row->y);
    }
    path.closeSubpath();
    return path;
}

} // namespace

double BrushTool::diameter(const ToolPoint &point) const
{
    const double size = settings().brushSize;
    return settings().usesPressure ? std::max(1.0, size * std::clamp(point.pressure, 0.0, 1.0)) : size;
}

void BrushTool::press(ImageDocument &document, const ToolPoint &point)
{
    if (!document.beginEdit(rule()))
        return;
    m_isDrawing = true;
    m_isErasing = erases(point);
    m_value = valueToWrite(document, m_isErasing);
    m_last = point.position;
    drawTo(document, point);
}

void BrushTool::move(ImageDocument &document, const ToolPoint &point)
{
    if (!m_isDrawing)
        return;
    const QPointF way = point.position - m_last;
    if (std::hypot(way.x(), way.y()) >= LeastDistance)
        drawTo(document, point);
}

void BrushTool::drawTo(ImageDocument &document, const ToolPoint &point)
{
    document.paint(core::brushStroke(toCore(m_last), toCore(point.position), diameter(point), settings().brushShape),
                   m_value);
    m_last = point.position;
}

void BrushTool::release(ImageDocument &document, const ToolPoint &point)
{
    if (!m_isDrawing)
        return;
    // A pen that is lifted reports no pressure: its last point was drawn by the move before.
    if (point.position != m_last && point.pressure > 0.0)
        drawTo(document, point);
    finish(document);
}

void BrushTool::cancel(ImageDocument &document)
{
    if (std::exchange(m_isDrawing, false))
        document.revertEdit();
}

void BrushTool::finish(ImageDocument &document)
{
    if (std::exchange(m_isDrawing, false))
        document.commitEdit(m_isErasing ? "Eraser" : "Brush");
}

QPainterPath BrushTool::outline(const ToolPoint &point) const
{
    const double size = diameter(point);
    if (size <= ExactFootprint)
        return pathAround(
            core::brushStroke(toCore(point.position), toCore(point.position), size, settings().brushShape));
    const QRectF box(point.position.x() - size / 2.0, point.position.y() - size / 2.0, size, size);
    QPainterPath path;
    if (settings().brushShape == core::BrushShape::Round)
        path.addEllipse(box);
    else
        path.addRect(box);
    return path;
}

} // namespace semigda::ui
