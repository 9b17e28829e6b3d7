// SPDX-License-Identifier: Apache-2.0
#include "ui/operations/MaskCommands.h"

#include "ui/canvas/ImageDocument.h"

namespace semigda::ui
{

MaskCommands::MaskCommands(QObject *parent)
    : QObject(parent)
    , m_edit([this](BackgroundEdit::Ending ending) { onEnded(ending); })
{}

void MaskCommands::setDocument(ImageDocument *document)
{
    if (document == m_document && document != nullptr)
        return;
    if (m_document)
        m_edit.finish();
    else
        m_edit.forget();
    m_document = document;
}

void MaskCommands::run(MaskOperation operation, const core::LabelSet &classes, core::LabelValue value, double amount)
{
    if (!m_document)
        return;
    const core::LabelClass *chosen = classes.find(value);
    if (chosen == nullptr) {
        Q_EMIT noticed(tr("Choose the class that this is to be done to first."));
        return;
    }
    const MaskOperationInput input = operationInput(*m_document, classes, value, amount);
    if (!m_edit.begin(*m_document, input.rule, reasonOf(operation)))
        return;
    m_operation = operation;
    m_className = QString::fromStdString(chosen->name);
    m_edit.show([operation, input](const core::LabelMask &before, const std::stop_token &) {
        return applyOperation(operation, before, input);
    });
    m_edit.commit();
}

void MaskCommands::cancel()
{
    m_edit.cancel();
}

void MaskCommands::onEnded(BackgroundEdit::Ending ending)
{
    if (ending == BackgroundEdit::Ending::LeftOut) {
        Q_EMIT noticed(tr("The mask was left as it was because the image was changed meanwhile; choose the command "
                          "again."));
        return;
    }
    if (ending == BackgroundEdit::Ending::Changed)
        return;
    switch (m_operation) {
    case MaskOperation::FillHoles:
        Q_EMIT noticed(tr("“%1” has no holes in this image.").arg(m_className));
        break;
    case MaskOperation::KeepLargest:
        Q_EMIT noticed(tr("“%1” is no more than one piece in this image.").arg(m_className));
        break;
    case MaskOperation::RemoveSmall:
        Q_EMIT noticed(tr("“%1” has no pieces that small in this image.").arg(m_className));
        break;
    default:
        Q_EMIT noticed(tr("That changes nothing of “%1” in this image.").arg(m_className));
        break;
    }
}

} // namespace semigda::ui
