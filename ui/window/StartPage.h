// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QListWidget;

namespace semigda::ui
{

/// What stands in the middle while no project is open: one clear next step, and the recent projects.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);

    void setRecentProjects(const QStringList &folders);

Q_SIGNALS:
    void createRequested();
    void openRequested();
    void sampleRequested();
    void projectChosen(const QString &folder);

private:
    QLabel *m_recentTitle;
    QListWidget *m_recent;
};

} // namespace semigda::ui
