// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/VolumeStroke.h"
#include "ui/tools/Tool.h"

#include <memory>

namespace semigda::ui
{

/// Paints, or erases, along the pointer's way with a round or square footprint; the adaptive one paints of it what
/// looks like the pixel under the pointer, and so stops at edges. In a volume the others can be balls. Ctrl inverts.
/// Gui thread.
class BrushTool : public Tool
{
public:
    enum class Mode { Paint, Erase, Adaptive };

    BrushTool(const ToolSettings &settings, Mode mode)
        : Tool(settings)
        , m_mode(mode)
    {}

    std::string reason() const override;
    void press(ImageDocument &document, const ToolPoint &point) override;
    void move(ImageDocument &document, const ToolPoint &point) override;
    void release(ImageDocument &document, const ToolPoint &point) override;
    void cancel(ImageDocument &document) override;
    void finish(ImageDocument &document) override;
    void forget() override;
    bool isActive() const override { return m_isDrawing; }
    QPainterPath outline(const ToolPoint &point) const override;
    bool hidesPointer() const override { return true; }

private:
    bool erases(const ToolPoint &point) const { return (m_mode == Mode::Erase) != isInverted(point); }
    double diameter(const ToolPoint &point) const;
    void drawTo(ImageDocument &document, const ToolPoint &point);
    void adaptTo(ImageDocument &document, QPointF centre, double diameter);

    Mode m_mode;
    bool m_isDrawing = false;
    core::LabelValue m_value = core::Background;
    QPointF m_last;
    std::shared_ptr<core::BallStroke> m_beside; ///< what is drawn on other slices; null: nothing
};

} // namespace semigda::ui
