// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/canvas/BackgroundEdit.h"
#include "ui/tools/Tool.h"

#include <vector>

namespace semigda::ui
{

/// A tool that draws an outline and fills it as one step, Ctrl erases instead. Areas too large to be filled between two
/// frames are filled on another thread. Gui thread.
class AreaTool : public Tool
{
public:
    /// Pixels that are filled at once.
    static constexpr std::size_t MostAtOnce = 2'000'000;

    void cancel(ImageDocument &document) override;
    /// An area that is being filled still is.
    void putDown(ImageDocument &) override { drop(); }
    void finish(ImageDocument &document) override;
    void forget() override;
    bool isActive() const override { return isDrawing() || m_edit.isActive(); }

protected:
    /// `ended` is told of what was filled on another thread.
    AreaTool(const ToolSettings &settings, BackgroundEdit::Ended ended);

    /// An outline was begun.
    virtual bool isDrawing() const = 0;
    /// It is given up.
    virtual void drop() = 0;
    /// With `value`, where the settings allow it; nothing where the document cannot be edited now.
    void fill(ImageDocument &document, const std::vector<core::MaskEdit::RowSpan> &area, core::LabelValue value);

private:
    BackgroundEdit m_edit;
};

} // namespace semigda::ui
