// SPDX-License-Identifier: Apache-2.0
#include "ui/window/StartPage.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace semigda::ui
{

namespace
{

QPushButton *createButton(const QString &name, const QString &icon, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(themedIcon(icon), text, parent);
    button->setObjectName(name);
    button->setMinimumHeight(5 * GridUnit);
    button->setAutoDefault(true); // Enter presses it, as in a dialog
    return button;
}

} // namespace

StartPage::StartPage(QWidget *parent)
    : QWidget(parent)
    , m_recentTitle(new QLabel(tr("Recent projects"), this))
    , m_recent(new QListWidget(this))
{
    setObjectName(QStringLiteral("startPage"));
    auto *title = new QLabel(tr("SemiGDA Studio"), this);
    title->setProperty("role", QStringLiteral("title"));
    auto *text = new QLabel(tr("Label a few images. The model learns from them and from all the images without "
                               "labels, while you work. You check what it proposes."),
                            this);
    text->setWordWrap(true);
    text->setProperty("role", QStringLiteral("muted"));
    auto *create = createButton(QStringLiteral("startCreateButton"), QString(), tr("Create a project"), this);
    create->setProperty("role", QStringLiteral("primary"));
    create->setIcon({});
    auto *open =
        createButton(QStringLiteral("startOpenButton"), QStringLiteral("project-open"), tr(" Open a project …"), this);
    auto *sample = createButton(QStringLiteral("startSampleButton"), QStringLiteral("sample"),
                                tr(" Try with sample images"), this);
    m_recentTitle->setProperty("role", QStringLiteral("heading"));
    m_recent->setObjectName(QStringLiteral("recentProjectsListWidget"));
    m_recent->setAccessibleName(tr("Recent projects"));
    m_recent->setFrameShape(QFrame::NoFrame);
    m_recent->setTextElideMode(Qt::ElideMiddle);

    auto *column = new QVBoxLayout;
    column->setSpacing(GridUnit);
    column->addStretch(1);
    column->addWidget(title);
    column->addWidget(text);
    column->addSpacing(GridUnit);
    column->addWidget(create);
    auto *row = new QHBoxLayout;
    row->setSpacing(GridUnit);
    row->addWidget(open, 1);
    row->addWidget(sample, 1);
    column->addLayout(row);
    column->addSpacing(2 * GridUnit);
    column->addWidget(m_recentTitle);
    column->addWidget(m_recent);
    column->addStretch(2);
    auto *use = new QLabel(tr("For research. Not a medical device: do not diagnose with it."), this);
    use->setProperty("role", QStringLiteral("muted"));
    use->setAlignment(Qt::AlignCenter);
    column->addWidget(use);
    auto *middle = new QWidget(this);
    middle->setLayout(column);
    middle->setMaximumWidth(60 * GridUnit);
    auto *layout = new QHBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(middle, 4);
    layout->addStretch(1);

    connect(create, &QPushButton::clicked, this, &StartPage::createRequested);
    connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
    connect(sample, &QPushButton::clicked, this, &StartPage::sampleRequested);
    connect(m_recent, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { Q_EMIT projectChosen(item->data(Qt::UserRole).toString()); });
    connect(m_recent, &QListWidget::itemClicked, this,
            [this](const QListWidgetItem *item) { Q_EMIT projectChosen(item->data(Qt::UserRole).toString()); });
    setRecentProjects({});
}

void StartPage::setRecentProjects(const QStringList &folders)
{
    m_recent->clear();
    for (const QString &folder : folders) {
        const QFileInfo info(folder);
        auto *item = new QListWidgetItem(
            themedIcon(QStringLiteral("folder")),
            tr("%1   in %2").arg(info.completeBaseName(), QDir::toNativeSeparators(info.absolutePath())), m_recent);
        item->setData(Qt::UserRole, folder);
        item->setToolTip(QDir::toNativeSeparators(folder));
    }
    const int rows = static_cast<int>(folders.size());
    m_recent->setFixedHeight(rows * std::max(m_recent->sizeHintForRow(0), 3 * GridUnit) + GridUnit);
    m_recentTitle->setVisible(!folders.isEmpty());
    m_recent->setVisible(!folders.isEmpty());
}

} // namespace semigda::ui
