// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/GrowFromSeeds.h"
#include "ui/canvas/BackgroundEdit.h"
#include "ui/operations/MaskOperation.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>

namespace semigda::ui
{

/// Runs operations on the mask of the image on show: one undo step each, worked out on another thread. Gui thread.
class MaskCommands : public QObject
{
    Q_OBJECT

public:
    explicit MaskCommands(QObject *parent = nullptr);

    /// Not owned. What is being worked out for the one before is left out, and said so.
    void setDocument(ImageDocument *document);
    /// Nothing happens without a document, or while it cannot be edited.
    void run(MaskOperation operation, const core::LabelSet &classes, core::LabelValue value, double amount);
    /// All that is not annotated, from what is; see core::growFromSeeds.
    void growFromSeeds();
    bool isRunning() const { return m_edit.isActive(); }
    void cancel();

Q_SIGNALS:
    /// One sentence on why nothing happened, or has not yet.
    void noticed(const QString &sentence);

private:
    void onEnded(BackgroundEdit::Ending ending);
    void explainSeeds(core::SeedGrowth::Outcome outcome);

    QPointer<ImageDocument> m_document;
    std::shared_ptr<const core::SeedGrowth::Outcome> m_growth; ///< of the operation from seeds; null: another one
    QTimer m_slow;                                             ///< runs while nothing has been said about an operation
    MaskOperation m_operation = MaskOperation::FillHoles;
    QString m_className;
    BackgroundEdit m_edit;
};

} // namespace semigda::ui
