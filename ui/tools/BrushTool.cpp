// SPDX-License-Identifier: Apache-2.0
#include "ui/tools/BrushTool.h"

#include "core/RegionGrow.h"
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
// Of the adaptive brush's dabs, in diameters.
constexpr double DabDistance = 0.25;

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

std::string BrushTool::reason() const
{
    switch (m_mode) {
    case Mode::Erase:
        return "Eraser";
    case Mode::Adaptive:
        return "Adaptive brush";
    case Mode::Paint:
        break;
    }
    return "Brush";
}

void BrushTool::press(ImageDocument &document, const ToolPoint &point)
{
    const bool isErasing = erases(point);
    const bool isBall = settings().isSphere && document.isSlice() && m_mode != Mode::Adaptive;
    const std::string painting = m_mode == Mode::Adaptive ? reason() : isBall ? "Sphere brush" : "Brush";
    if (!document.beginEdit(rule(), isErasing ? "Eraser" : painting))
        return;
    m_isDrawing = true;
    if (isBall) {
        m_beside = std::make_shared<core::BallStroke>();
        m_beside->value = settings().activeClass;
        m_beside->isErasing = isErasing;
        m_beside->rule = rule();
        m_beside->range = settings().range;
        document.extendEdit(m_beside);
    }
    m_value = valueToWrite(document, isErasing);
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
    const double size = diameter(point);
    if (m_mode == Mode::Adaptive) {
        // Dabs that overlap: each asks what looks like its own middle.
        const QPointF way = point.position - m_last;
        const int dabs = std::max(1, static_cast<int>(std::ceil(std::hypot(way.x(), way.y()) / (size * DabDistance))));
        for (int dab = 1; dab <= dabs; ++dab)
            adaptTo(document, m_last + way * dab / dabs, size);
    } else {
        paint(document, core::brushStroke(toCore(m_last), toCore(point.position), size, settings().brushShape),
              m_value);
    }
    if (m_beside)
        m_beside->parts.push_back({toCore(m_last), toCore(point.position), size});
    m_last = point.position;
}

void BrushTool::adaptTo(ImageDocument &document, QPointF centre, double diameter)
{
    const auto footprint = core::brushStroke(toCore(centre), toCore(centre), diameter, settings().brushShape);
    paint(document,
          core::similarWithin(document.pixels(), footprint, static_cast<int>(std::floor(centre.x())),
                              static_cast<int>(std::floor(centre.y())),
                              settings().tolerance * document.contrast().width),
          m_value);
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

void BrushTool::forget()
{
    m_isDrawing = false;
    m_beside.reset();
}

void BrushTool::cancel(ImageDocument &document)
{
    m_beside.reset();
    if (std::exchange(m_isDrawing, false))
        document.revertEdit();
}

void BrushTool::finish(ImageDocument &document)
{
    m_beside.reset();
    if (std::exchange(m_isDrawing, false))
        document.commitEdit();
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
