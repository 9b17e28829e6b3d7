// SPDX-License-Identifier: Apache-2.0
#include "ui/tools/PolygonTool.h"

#include "ui/canvas/ImageDocument.h"

#include <cmath>

namespace semigda::ui
{

namespace
{

// Screen pixels around the first corner that close the polygon, and within which a second click adds no corner.
constexpr double CloseReach = 8.0;
constexpr double SameReach = 1.5;
constexpr double CornerMark = 2.5;

bool isWithin(const core::PointF &corner, const ToolPoint &point, double reach)
{
    return std::hypot(corner.x - point.position.x(), corner.y - point.position.y()) <= reach * point.pixelSize;
}

} // namespace

void PolygonTool::press(ImageDocument &document, const ToolPoint &point)
{
    m_hover = point.position;
    if (m_corners.empty()) {
        if (!document.canEdit())
            return;
        m_isErasing = isInverted(point);
    } else if (m_corners.size() >= 3 && isWithin(m_corners.front(), point, CloseReach)) {
        close(document);
        return;
    } else if (isWithin(m_corners.back(), point, SameReach)) {
        return;
    }
    m_corners.push_back({point.position.x(), point.position.y()});
}

void PolygonTool::move(ImageDocument &, const ToolPoint &point)
{
    m_hover = point.position;
}

void PolygonTool::release(ImageDocument &, const ToolPoint &point)
{
    m_hover = point.position;
}

bool PolygonTool::doubleClick(ImageDocument &document, const ToolPoint &)
{
    // The first of the two clicks has set the last corner.
    if (m_corners.empty())
        return false;
    close(document);
    return true;
}

bool PolygonTool::key(ImageDocument &document, int key, Qt::KeyboardModifiers modifiers)
{
    if (m_corners.empty() || (modifiers & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        close(document);
        return true;
    case Qt::Key_Escape:
        cancel(document);
        return true;
    case Qt::Key_Backspace:
        m_corners.pop_back();
        return true;
    default:
        return false;
    }
}

void PolygonTool::close(ImageDocument &document)
{
    const std::vector<core::PointF> corners = std::exchange(m_corners, {});
    if (corners.size() >= 3)
        fill(document, core::polygonInterior(corners), valueToWrite(document, m_isErasing));
}

QPainterPath PolygonTool::outline(const ToolPoint &point) const
{
    QPainterPath path;
    if (m_corners.empty())
        return path;
    path.moveTo(m_corners.front().x, m_corners.front().y);
    for (const core::PointF &corner : m_corners)
        path.lineTo(corner.x, corner.y);
    path.lineTo(m_hover);
    const double mark = CornerMark * point.pixelSize;
    for (const core::PointF &corner : m_corners)
        path.addRect(corner.x - mark, corner.y - mark, 2.0 * mark, 2.0 * mark);
    if (m_corners.size() >= 3 && isWithin(m_corners.front(), point, CloseReach)) {
        const double ring = CloseReach * point.pixelSize;
        path.addEllipse(QPointF(m_corners.front().x, m_corners.front().y), ring, ring);
    }
    return path;
}

} // namespace semigda::ui
