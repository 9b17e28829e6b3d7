// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/operations/MaskOperation.h"

#include <QObject>

#include <memory>

class QAction;
class QInputDialog;

namespace semigda::ui
{

class Actions;
class EditorArea;
class UiSettings;

/// Lets the actions on a whole class act on the editor's image; where one needs an amount it is asked for and
/// remembered. Gui thread.
class OperationActions : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this, `parent` the dialogs.
    OperationActions(const Actions &actions, EditorArea &editor, std::shared_ptr<UiSettings> settings, QWidget &parent);

private:
    /// What is asked before an operation.
    struct Question
    {
        MaskOperation operation;
        QString title;
        QString label;
        QString settingsKey;
        double usual;
        bool isArea;
    };

    void ask(const Question &question);

    EditorArea &m_editor;
    std::shared_ptr<UiSettings> m_settings;
    QWidget &m_parent;
};

} // namespace semigda::ui
