// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/canvas/BackgroundEdit.h"
#include "ui/operations/MaskOperation.h"

#include <QObject>
#include <QPointer>

namespace semigda::ui
{

/// Runs operations on a whole class of the image on show: one undo step each, worked out on another thread. Gui thread.
class MaskCommands : public QObject
{
    Q_OBJECT

public:
    explicit MaskCommands(QObject *parent = nullptr);

    /// Not owned. What is being worked out for the one before is left out, and said so.
    void setDocument(ImageDocument *document);
    /// Nothing happens without a document, or while it cannot be edited.
    void run(MaskOperation operation, const core::LabelSet &classes, core::LabelValue value, double amount);
    bool isRunning() const { return m_edit.isActive(); }
    void cancel();

Q_SIGNALS:
    /// One sentence on why nothing happened.
    void noticed(const QString &sentence);

private:
    void onEnded(BackgroundEdit::Ending ending);

    QPointer<ImageDocument> m_document;
    MaskOperation m_operation = MaskOperation::FillHoles;
    QString m_className;
    BackgroundEdit m_edit;
};

} // namespace semigda::ui
