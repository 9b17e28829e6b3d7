// SPDX-License-Identifier: Apache-2.0
#include "ui/tools/ShapeTool.h"

#include "ui/canvas/ImageDocument.h"

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

void ShapeTool::press(ImageDocument &document, const ToolPoint &point)
{
    if (!document.canEdit())
        return;
    m_isErasing = isInverted(point);
    m_start = m_end = point.position;
}

void ShapeTool::move(ImageDocument &, const ToolPoint &point)
{
    m_end = point.position;
    if (!m_start || !point.modifiers.testFlag(Qt::ShiftModifier))
        return;
    const QPointF way = m_end - *m_start;
    const double side = std::max(std::abs(way.x()), std::abs(way.y()));
    m_end = *m_start + QPointF(std::copysign(side, way.x()), std::copysign(side, way.y()));
}

void ShapeTool::release(ImageDocument &document, const ToolPoint &point)
{
    move(document, point);
    const std::optional<QPointF> start = std::exchange(m_start, std::nullopt);
    if (!start)
        return;
    const core::PointF corner{start->x(), start->y()};
    const core::PointF opposite{m_end.x(), m_end.y()};
    fill(document,
         m_shape == Shape::Rectangle ? core::rectangleInterior(corner, opposite)
                                     : core::ellipseInterior(corner, opposite),
         valueToWrite(document, m_isErasing));
}

QPainterPath ShapeTool::outline(const ToolPoint &) const
{
    QPainterPath path;
    if (!m_start)
        return path;
    const QRectF box = QRectF(*m_start, m_end).normalized();
    if (m_shape == Shape::Rectangle)
        path.addRect(box);
    else
        path.addEllipse(box);
    return path;
}

} // namespace semigda::ui
