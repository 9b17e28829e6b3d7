// SPDX-License-Identifier: Apache-2.0
#include "ui/operations/MaskCommands.h"

#include "ui/canvas/ImageDocument.h"

namespace semigda::ui
{

namespace
{

// Who waits longer than that wants to know for what.
constexpr int PatienceMs = 1000;

} // namespace

MaskCommands::MaskCommands(QObject *parent)
    : QObject(parent)
    , m_edit([this](BackgroundEdit::Ending ending) { onEnded(ending); })
{
    m_slow.setSingleShot(true);
    m_slow.setInterval(PatienceMs);
    connect(&m_slow, &QTimer::timeout, this,
            [this] { Q_EMIT noticed(tr("The mask is still being worked out; Esc leaves it as it was.")); });
}

void MaskCommands::setDocument(ImageDocument *document)
{
    if (document == m_document && document != nullptr)
        return;
    m_slow.stop();
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
    m_growth.reset();
    m_operation = operation;
    m_className = QString::fromStdString(chosen->name);
    m_edit.show([operation, input](const core::LabelMask &before, const std::stop_token &) {
        return applyOperation(operation, before, input);
    });
    m_slow.start();
    m_edit.commit();
}

void MaskCommands::growFromSeeds()
{
    // Only what is not annotated changes, so no class needs protection.
    if (!m_document || !m_edit.begin(*m_document, {}, "Grow from seeds"))
        return;
    const auto outcome = std::make_shared<core::SeedGrowth::Outcome>(core::SeedGrowth::Outcome::Stopped);
    m_growth = outcome;
    m_edit.show([outcome, pixels = m_document->sharedPixels(),
                 contrast = m_document->contrast()](const core::LabelMask &before, const std::stop_token &stop) {
        core::SeedGrowth growth = core::growFromSeeds(before, *pixels, contrast, stop);
        *outcome = growth.outcome;
        return std::move(growth.change);
    });
    m_slow.start();
    m_edit.commit();
}

void MaskCommands::cancel()
{
    m_slow.stop();
    m_edit.cancel();
}

void MaskCommands::onEnded(BackgroundEdit::Ending ending)
{
    m_slow.stop();
    if (ending == BackgroundEdit::Ending::LeftOut) {
        Q_EMIT noticed(tr("The mask was left as it was because the image was changed meanwhile; choose the command "
                          "again."));
        return;
    }
    if (ending == BackgroundEdit::Ending::Changed)
        return;
    if (m_growth) {
        explainSeeds(*m_growth);
        return;
    }
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

void MaskCommands::explainSeeds(core::SeedGrowth::Outcome outcome)
{
    if (outcome == core::SeedGrowth::Outcome::NothingLeft)
        Q_EMIT noticed(tr("There is nothing left to grow into: every pixel is annotated already."));
    else
        Q_EMIT noticed(tr("Paint a little of each class and a little background first; these are the seeds to grow "
                          "from."));
}

} // namespace semigda::ui
