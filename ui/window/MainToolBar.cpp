// SPDX-License-Identifier: Apache-2.0
#include "ui/window/MainToolBar.h"

#include "ui/theme/Icons.h"

#include <QActionEvent>
#include <QToolButton>

namespace semigda::ui
{

MainToolBar::MainToolBar(QWidget *parent)
    : QToolBar(parent)
{
    setObjectName(QStringLiteral("mainToolBar"));
    setMovable(false);
    setIconSize({20, 20});
    markExtension(*this);
}

void MainToolBar::setNamed(const QList<QAction *> &actions)
{
    m_named = actions;
    m_widthWithNames = 0;
    adapt();
}

void MainToolBar::resizeEvent(QResizeEvent *event)
{
    QToolBar::resizeEvent(event);
    adapt();
}

void MainToolBar::actionEvent(QActionEvent *event)
{
    QToolBar::actionEvent(event);
    // In another language names have other lengths.
    if (event->type() == QEvent::ActionChanged && m_named.contains(event->action()))
        m_widthWithNames = 0;
}

void MainToolBar::adapt()
{
    if (m_widthWithNames == 0) {
        showNames(true);
        m_widthWithNames = sizeHint().width();
    }
    showNames(m_widthWithNames <= width());
}

void MainToolBar::showNames(bool areShown)
{
    if (m_showsNames == areShown)
        return;
    m_showsNames = areShown;
    for (QAction *action : m_named) {
        if (auto *button = qobject_cast<QToolButton *>(widgetForAction(action)))
            button->setToolButtonStyle(areShown ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    }
}

void markExtension(QToolBar &bar)
{
    auto *button = bar.findChild<QToolButton *>(QStringLiteral("qt_toolbar_ext_button"));
    if (button == nullptr)
        return;
    button->setIcon(themedIcon(QStringLiteral("more")));
    button->setToolTip(MainToolBar::tr("More"));
    button->setAccessibleName(MainToolBar::tr("More"));
}

} // namespace semigda::ui
