// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/canvas/BackgroundEdit.h"
#include "ui/tools/Tool.h"

namespace semigda::ui
{

/// Paints what hangs together around the pixel that is clicked: one class's pixels (fill), or similar values (wand). A
/// drag to the right lets the wand reach further, to the left less far, with the region on show. Ctrl erases instead,
/// Esc cancels. Regions are found on another thread. Gui thread.
class RegionTool : public Tool
{
public:
    enum class Reach { SameClass, SimilarValues };

    RegionTool(const ToolSettings &settings, Reach reach, BackgroundEdit::Ended ended);

    std::string reason() const override { return m_reach == Reach::SameClass ? "Fill" : "Wand"; }
    void press(ImageDocument &document, const ToolPoint &point) override;
    void move(ImageDocument &document, const ToolPoint &point) override;
    void release(ImageDocument &document, const ToolPoint &point) override;
    void cancel(ImageDocument &document) override;
    /// A region that is being looked for is still painted.
    void putDown(ImageDocument &document) override;
    void finish(ImageDocument &document) override;
    void forget() override;
    bool isActive() const override { return m_edit.isActive(); }
    QPainterPath outline(const ToolPoint &) const override { return {}; }
    /// Of the wand, as the last drag has left it; see ToolSettings.
    double tolerance() const { return m_tolerance; }

private:
    void search(const ImageDocument &document);

    Reach m_reach;
    BackgroundEdit m_edit;
    bool m_isHeld = false;
    core::LabelValue m_value = core::Background;
    QPointF m_start;
    double m_startTolerance = 0.0;
    double m_tolerance = 0.0;
};

} // namespace semigda::ui
