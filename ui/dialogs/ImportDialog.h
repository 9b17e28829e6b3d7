// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"
#include "ui/dialogs/FileDialogs.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace semigda::ui
{

class FolderField;

/// What to import and how. Not modal.
class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    ImportDialog(const FileDialogs &dialogs, const QString &startFolder, QWidget *parent = nullptr);

    void addPaths(const QStringList &paths);
    core::ImportRequest request() const;
    /// The folder the user was in last.
    QString lastFolder() const { return m_lastFolder; }

private:
    QWidget *createPathList(const FileDialogs &dialogs);
    void updateButtons();

    QListWidget *m_paths;
    QLabel *m_empty; ///< over the empty list: what to do
    FolderField *m_masks;
    QComboBox *m_split;
    QCheckBox *m_link;
    QCheckBox *m_recursive;
    QPushButton *m_remove;
    QPushButton *m_import;
    QString m_lastFolder;
};

} // namespace semigda::ui
