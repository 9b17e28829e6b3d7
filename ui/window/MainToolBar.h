// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QToolBar>

namespace semigda::ui
{

/// A toolbar of which some buttons say their names as long as there is room for all of them. Gui thread.
class MainToolBar : public QToolBar
{
    Q_OBJECT

public:
    explicit MainToolBar(QWidget *parent = nullptr);

    /// Those of its actions that say their names.
    void setNamed(const QList<QAction *> &actions);
    bool showsNames() const { return m_showsNames; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void actionEvent(QActionEvent *event) override;

private:
    void adapt();
    void showNames(bool areShown);

    QList<QAction *> m_named;
    bool m_showsNames = false;
    int m_widthWithNames = 0; ///< pixels
};

/// Gives the button that opens what a toolbar has no room for a picture that is seen in every theme.
void markExtension(QToolBar &bar);

} // namespace semigda::ui
