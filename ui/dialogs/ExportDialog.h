// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"
#include "ui/dialogs/FileDialogs.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPushButton;

namespace semigda::ui
{

class FolderField;

/// Where to, in which format and which masks to export. Not modal.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    ExportDialog(const FileDialogs &dialogs, const QString &startFolder, QWidget *parent = nullptr);

    core::ExportRequest request() const;

private:
    void updateHints();

    FolderField *m_folder;
    QComboBox *m_format;
    QComboBox *m_selection;
    QLabel *m_hint;
    QPushButton *m_export;
};

} // namespace semigda::ui
