// SPDX-License-Identifier: Apache-2.0
#include "ui/tools/Tool.h"

#include "core/workflow/Labelling.h"
#include "ui/canvas/ImageDocument.h"

namespace semigda::ui
{

bool Tool::doubleClick(ImageDocument &, const ToolPoint &)
{
    return false;
}

bool Tool::key(ImageDocument &, int, Qt::KeyboardModifiers)
{
    return false;
}

bool Tool::isInverted(const ToolPoint &point)
{
    return point.isEraser != point.modifiers.testFlag(Qt::ControlModifier);
}

core::LabelValue Tool::valueToWrite(const ImageDocument &document, bool erases) const
{
    return erases ? erasedValue(document) : m_settings.activeClass;
}

void Tool::paint(ImageDocument &document, const std::vector<core::MaskEdit::RowSpan> &spans,
                 core::LabelValue value) const
{
    document.paint(m_settings.range ? core::spansWithin(document.pixels(), spans, *m_settings.range) : spans, value);
}

core::OverpaintRule Tool::rule() const
{
    return core::OverpaintRule::fromLocks(m_settings.classes, m_settings.activeClass);
}

core::LabelValue erasedValue(const ImageDocument &document)
{
    return core::erasedValue(document.isComplete(), document.prediction() != nullptr);
}

} // namespace semigda::ui
