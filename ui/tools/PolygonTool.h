// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/tools/AreaTool.h"

#include <vector>

namespace semigda::ui
{

/// Fills a polygon whose corners are clicked. Enter, a double click or a click on the first corner closes it, Backspace
/// takes the last corner back, Esc cancels. Ctrl at the first corner erases instead. Gui thread.
class PolygonTool : public AreaTool
{
public:
    PolygonTool(const ToolSettings &settings, BackgroundEdit::Ended ended)
        : AreaTool(settings, std::move(ended))
    {}

    std::string reason() const override { return "Polygon"; }
    void press(ImageDocument &document, const ToolPoint &point) override;
    void move(ImageDocument &document, const ToolPoint &point) override;
    void release(ImageDocument &document, const ToolPoint &point) override;
    void hover(const ToolPoint &point) override { m_hover = point.position; }
    bool doubleClick(ImageDocument &document, const ToolPoint &point) override;
    bool key(ImageDocument &document, int key, Qt::KeyboardModifiers modifiers) override;
    QPainterPath outline(const ToolPoint &point) const override;

protected:
    bool isDrawing() const override { return !m_corners.empty(); }
    void drop() override { m_corners.clear(); }

private:
    void close(ImageDocument &document);

    std::vector<core::PointF> m_corners;
    QPointF m_hover;
    bool m_isErasing = false;
};

} // namespace semigda::ui
