// SPDX-License-Identifier: Apache-2.0
#include "ui/window/TaskStatus.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace semigda::ui
{

TaskStatus::TaskStatus(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QToolButton(this))
{
    setObjectName(QStringLiteral("taskStatus"));
    m_text->setObjectName(QStringLiteral("taskStatusLabel"));
    m_bar->setObjectName(QStringLiteral("taskProgressBar"));
    m_bar->setFixedWidth(16 * GridUnit);
    m_cancel->setObjectName(QStringLiteral("taskCancelButton"));
    m_cancel->setIcon(themedIcon(QStringLiteral("close")));
    m_cancel->setToolTip(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel the running task"));
    m_cancel->setAutoRaise(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(GridUnit);
    layout->addWidget(m_text);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        m_text->setText(tr("Cancelling …"));
        Q_EMIT cancelRequested();
    });
    hide();
}

void TaskStatus::begin(const QString &what)
{
    m_what = what;
    m_text->setText(what);
    m_bar->setRange(0, 0);
    m_bar->setAccessibleName(what);
    m_cancel->setEnabled(true);
    show();
}

void TaskStatus::showProgress(const core::TaskProgress &progress)
{
    if (progress.total == 0) {
        m_bar->setRange(0, 0);
        return;
    }
    m_bar->setRange(0, static_cast<int>(progress.total));
    m_bar->setValue(static_cast<int>(progress.done));
    if (m_cancel->isEnabled())
        m_text->setText(tr("%1: %L2 of %L3").arg(m_what).arg(progress.done).arg(progress.total));
    setToolTip(QString::fromStdString(progress.what));
}

void TaskStatus::end()
{
    hide();
}

} // namespace semigda::ui
