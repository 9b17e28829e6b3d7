// SPDX-License-Identifier: Apache-2.0
#include "ui/window/OperationActions.h"

#include "ui/window/Actions.h"
#include "ui/window/EditorArea.h"
#include "ui/window/UiSettings.h"

#include <QAction>
#include <QDoubleSpinBox>
#include <QInputDialog>

namespace semigda::ui
{

OperationActions::OperationActions(const Actions &actions, EditorArea &editor, std::shared_ptr<UiSettings> settings,
                                   QWidget &parent)
    : QObject(&parent)
    , m_editor(editor)
    , m_settings(std::move(settings))
    , m_parent(parent)
{
    const auto runs = [this](QAction *action, MaskOperation operation) {
        connect(action, &QAction::triggered, this, [this, operation] { m_editor.runOperation(operation, 0.0); });
    };
    runs(actions.fillHoles, MaskOperation::FillHoles);
    runs(actions.keepLargest, MaskOperation::KeepLargest);
    connect(actions.growFromSeeds, &QAction::triggered, &m_editor, &EditorArea::growFromSeeds);
    connect(actions.copyPrevious, &QAction::triggered, this, [this] { m_editor.copyFromSlice(-1); });
    connect(actions.copyNext, &QAction::triggered, this, [this] { m_editor.copyFromSlice(1); });
    connect(actions.fillBetween, &QAction::triggered, this, [this] { m_editor.fillBetweenSlices(); });
    const auto asks = [this](QAction *action, const Question &question) {
        connect(action, &QAction::triggered, this, [this, question] { ask(question); });
    };
    asks(actions.removeSmall, {MaskOperation::RemoveSmall, tr("Remove small pieces"), tr("Smaller than"),
                               QStringLiteral("operations/removeSmall"), 20.0, true});
    asks(actions.smooth, {MaskOperation::Smooth, tr("Smooth"), tr("Round what is smaller than"),
                          QStringLiteral("operations/smooth"), 2.0, false});
    asks(actions.grow,
         {MaskOperation::Grow, tr("Grow"), tr("Outwards by"), QStringLiteral("operations/grow"), 1.0, false});
    asks(actions.shrink,
         {MaskOperation::Shrink, tr("Shrink"), tr("Inwards by"), QStringLiteral("operations/shrink"), 1.0, false});
}

void OperationActions::ask(const Question &question)
{
    constexpr double Most = 100'000.0;
    const QString unit = m_editor.lengthUnit() + (question.isArea ? QStringLiteral("²") : QString());
    auto *dialog = new QInputDialog(&m_parent);
    dialog->setObjectName(QStringLiteral("amountDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(question.title);
    dialog->setLabelText(tr("%1 (%2):").arg(question.label, unit));
    dialog->setInputMode(QInputDialog::DoubleInput);
    dialog->setDoubleDecimals(1);
    dialog->setDoubleStep(0.5);
    dialog->setDoubleRange(0.1, Most);
    dialog->setDoubleValue(m_settings->number(question.settingsKey, question.usual));
    connect(dialog, &QInputDialog::doubleValueSelected, this, [this, question](double amount) {
        m_settings->setNumber(question.settingsKey, amount);
        m_editor.runOperation(question.operation, amount);
    });
    dialog->open();
}

} // namespace semigda::ui
