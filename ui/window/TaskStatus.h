// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace semigda::ui
{

/// Progress of one import, export or prediction in the status bar, with cancel. Hidden while nothing runs. Gui thread.
class TaskStatus : public QWidget
{
    Q_OBJECT

public:
    explicit TaskStatus(QWidget *parent = nullptr);

    void begin(const QString &what);
    void showProgress(const core::TaskProgress &progress);
    void end();

Q_SIGNALS:
    void cancelRequested();

private:
    QLabel *m_text;
    QProgressBar *m_bar;
    QToolButton *m_cancel;
    QString m_what;
};

} // namespace semigda::ui
