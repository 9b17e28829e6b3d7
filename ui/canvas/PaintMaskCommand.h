// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/MaskDelta.h"

#include <QUndoCommand>

#include <memory>

namespace semigda::ui
{

class ImageDocument;

/// One step of a document's history. The first redo does nothing: the mask has the step already. Gui thread.
class PaintMaskCommand : public QUndoCommand
{
public:
    /// `bytes` counts the memory of all commands of the document.
    PaintMaskCommand(ImageDocument &document, std::shared_ptr<const core::MaskDelta> delta, bool completeBefore,
                     bool completeAfter, std::shared_ptr<std::size_t> bytes);
    ~PaintMaskCommand() override;

    void undo() override;
    void redo() override;

private:
    ImageDocument &m_document; ///< owns the stack that owns this
    std::shared_ptr<const core::MaskDelta> m_delta;
    bool m_completeBefore;
    bool m_completeAfter;
    std::shared_ptr<std::size_t> m_bytes;
    bool m_isFirstRedo = true;
};

} // namespace semigda::ui
