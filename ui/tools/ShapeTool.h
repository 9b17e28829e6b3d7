// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/tools/AreaTool.h"

#include <optional>

namespace semigda::ui
{

/// Fills a rectangle, or the ellipse within it, drawn from corner to corner. Shift makes its sides equal, Ctrl erases
/// instead, Esc cancels. Gui thread.
class ShapeTool : public AreaTool
{
public:
    enum class Shape { Rectangle, Ellipse };

    ShapeTool(const ToolSettings &settings, Shape shape, BackgroundEdit::Ended ended)
        : AreaTool(settings, std::move(ended))
        , m_shape(shape)
    {}

    std::string reason() const override { return m_shape == Shape::Rectangle ? "Rectangle" : "Ellipse"; }
    void press(ImageDocument &document, const ToolPoint &point) override;
    void move(ImageDocument &document, const ToolPoint &point) override;
    void release(ImageDocument &document, const ToolPoint &point) override;
    QPainterPath outline(const ToolPoint &point) const override;

protected:
    bool isDrawing() const override { return m_start.has_value(); }
    void drop() override { m_start.reset(); }

private:
    Shape m_shape;
    std::optional<QPointF> m_start; ///< the corner it begins at, while the button is held
    QPointF m_end;
    bool m_isErasing = false;
};

} // namespace semigda::ui
