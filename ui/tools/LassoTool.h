// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/tools/Tool.h"

#include <vector>

namespace semigda::ui
{

/// Fills the area the pointer is led around with the button held. Esc cancels, Ctrl erases instead. Gui thread.
class LassoTool : public Tool
{
public:
    explicit LassoTool(const ToolSettings &settings)
        : Tool(settings)
    {}

    std::string reason() const override { return "Lasso"; }
    void press(ImageDocument &document, const ToolPoint &point) override;
    void move(ImageDocument &document, const ToolPoint &point) override;
    void release(ImageDocument &document, const ToolPoint &point) override;
    void cancel(ImageDocument &document) override;
    void forget() override { m_path.clear(); }
    bool isActive() const override { return !m_path.empty(); }
    QPainterPath outline(const ToolPoint &point) const override;

private:
    std::vector<core::PointF> m_path;
    bool m_isErasing = false;
};

} // namespace semigda::ui
