// SPDX-License-Identifier: Apache-2.0
#include "ui/tools/LassoTool.h"

#include "ui/canvas/ImageDocument.h"

#include <cmath>

namespace semigda::ui
{

namespace
{

// Points closer than this, in screen pixels, add nothing to see.
constexpr double LeastDistance = 1.0;

} // namespace

void LassoTool::press(ImageDocument &document, const ToolPoint &point)
{
    if (!document.canEdit())
        return;
    m_isErasing = isInverted(point);
    m_path = {{point.position.x(), point.position.y()}};
}

void LassoTool::move(ImageDocument &, const ToolPoint &point)
{
    if (m_path.empty())
        return;
    const QPointF way = point.position - QPointF(m_path.back().x, m_path.back().y);
    if (std::hypot(way.x(), way.y()) >= LeastDistance * point.pixelSize)
        m_path.push_back({point.position.x(), point.position.y()});
}

void LassoTool::release(ImageDocument &document, const ToolPoint &point)
{
    move(document, point);
    const std::vector<core::PointF> path = std::exchange(m_path, {});
    if (path.size() >= 3)
        fill(document, core::polygonInterior(path), valueToWrite(document, m_isErasing));
}

QPainterPath LassoTool::outline(const ToolPoint &) const
{
    QPainterPath path;
    if (m_path.empty())
        return path;
    path.moveTo(m_path.front().x, m_path.front().y);
    for (const core::PointF &corner : m_path)
        path.lineTo(corner.x, corner.y);
    path.closeSubpath();
    return path;
}

} // namespace semigda::ui
