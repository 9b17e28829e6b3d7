// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelSet.h"
#include "ui/dialogs/FileDialogs.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace semigda::ui
{

class FolderField;

/// Name, place and classes of a project to be made. Not modal.
class NewProjectDialog : public QDialog
{
    Q_OBJECT

public:
    NewProjectDialog(const FileDialogs &dialogs, const QString &startFolder, QWidget *parent = nullptr);

    /// The project folder, "<place>/<name>.semigda".
    QString projectFolder() const;
    /// Parsed from the comma separated names; fails with a sentence when one is given twice.
    core::Result<core::LabelSet> classes() const;

private:
    void validate();

    QLineEdit *m_name;
    FolderField *m_place;
    QLineEdit *m_classes;
    QLabel *m_problem;
    QPushButton *m_create;
};

} // namespace semigda::ui
