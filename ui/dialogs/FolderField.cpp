// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/FolderField.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace semigda::ui
{

FolderField::FolderField(const QString &name, const QString &title, const FileDialogs &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_line(new QLineEdit(this))
{
    m_line->setObjectName(name + QStringLiteral("LineEdit"));
    m_line->setAccessibleName(title);
    m_line->setMinimumWidth(40 * GridUnit);
    auto *browse = new QPushButton(themedIcon(QStringLiteral("folder")), tr("Choose …"), this);
    browse->setObjectName(name + QStringLiteral("BrowseButton"));
    browse->setAutoDefault(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(GridUnit);
    layout->addWidget(m_line, 1);
    layout->addWidget(browse);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textChanged, this, &FolderField::pathChanged);
    connect(browse, &QPushButton::clicked, this, [this, title, dialogs] {
        const QString start = path().isEmpty() ? m_startFolder : path();
        if (const QString chosen = dialogs.chooseFolder(this, title, start); !chosen.isEmpty())
            setPath(chosen);
    });
}

QString FolderField::path() const
{
    return QDir::fromNativeSeparators(m_line->text().trimmed());
}

void FolderField::setPath(const QString &path)
{
    m_line->setText(QDir::toNativeSeparators(path));
}

void FolderField::setPlaceholderText(const QString &text)
{
    m_line->setPlaceholderText(text);
}

} // namespace semigda::ui
