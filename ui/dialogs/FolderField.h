// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/FileDialogs.h"

#include <QWidget>

class QLineEdit;

namespace semigda::ui
{

/// A line for a folder with a button that asks for one. `name` is the stem of the object names.
class FolderField : public QWidget
{
    Q_OBJECT

public:
    FolderField(const QString &name, const QString &title, const FileDialogs &dialogs, QWidget *parent = nullptr);

    QString path() const;
    void setPath(const QString &path);
    void setPlaceholderText(const QString &text);
    /// Where the chooser starts while the line is empty.
    void setStartFolder(const QString &folder) { m_startFolder = folder; }

Q_SIGNALS:
    void pathChanged(const QString &path);

private:
    QLineEdit *m_line;
    QString m_startFolder;
};

} // namespace semigda::ui
