// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/tools/AreaTool.h"

#include <vector>

namespace semigda::ui
{

/// Fills the area the pointer is led around with the button held. Esc cancels, Ctrl erases instead. Gui thread.
class LassoTool : public AreaTool
{
public:
    LassoTool(const ToolSettings &settings, BackgroundEdit::Ended ended)
        : AreaTool(settings, std::move(ended))
    {}

    std::string reason() const override { return "Lasso"; }
    void press(ImageDocument &document, const ToolPoint &point) override;
    void move(ImageDocument &document, const ToolPoint &point) override;
    void release(ImageDocument &document, const ToolPoint &point) override;
    QPainterPath outline(const ToolPoint &point) const override;

protected:
    bool isDrawing() const override { return !m_path.empty(); }
    void drop() override { m_path.clear(); }

private:
    std::vector<core::PointF> m_path;
    bool m_isErasing = false;
};

} // namespace semigda::ui
