// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/PaintMaskCommand.h"

#include "ui/canvas/ImageDocument.h"

namespace semigda::ui
{

PaintMaskCommand::PaintMaskCommand(ImageDocument &document, std::shared_ptr<const core::MaskDelta> delta,
                                   bool completeBefore, bool completeAfter, std::shared_ptr<std::size_t> bytes)
    : m_document(document)
    , m_delta(std::move(delta))
    , m_completeBefore(completeBefore)
    , m_completeAfter(completeAfter)
    , m_bytes(std::move(bytes))
{
    *m_bytes += m_delta->memoryUse();
}

PaintMaskCommand::~PaintMaskCommand()
{
    *m_bytes -= m_delta->memoryUse();
}

void PaintMaskCommand::undo()
{
    m_document.moveBack(m_delta, m_completeBefore);
}

void PaintMaskCommand::redo()
{
    if (!std::exchange(m_isFirstRedo, false))
        m_document.moveForth(m_delta, m_completeAfter);
}

} // namespace semigda::ui
