// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStatusBar>
#include <QTimer>

class QLabel;

namespace semigda::ui
{

class TaskStatus;
struct CursorInfo;

/// The status bar: running task, cursor, zoom, device, and whether everything painted is in the database. Gui thread.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    TaskStatus &task() { return *m_task; }
    /// Of a step on many images, which may run beside a task.
    TaskStatus &step() { return *m_step; }
    void setProjectOpen(bool isOpen);
    void showCursor(const CursorInfo &info);
    void showZoom(double factor);
    void showDevice(const QString &device);
    /// `reason`: why nothing is saved at all (read-only); empty: a normal project.
    void showSaved(bool isSaved, const QString &reason = {});
    /// Strokes are in memory only; `problem` says why.
    void showNotSaved(const QString &problem);
    void showTraining(const QString &text);
    /// What to do next; a sentence or nothing.
    void showNextStep(const QString &sentence);
    /// What was just done, for a while in place of what to do next. (QStatusBar's own messages hide all else, and what
    /// is shown anew meanwhile is drawn over them.)
    void showDone(const QString &sentence, int milliseconds = 5000);
    /// What the command under the pointer does, in place of either; empty: it is gone.
    void showTip(const QString &tip);

private:
    QLabel *createLabel(const QString &name, int characters);
    void setIcon(QLabel *label, const QString &icon, const QColor &colour);
    void showSentence();

    TaskStatus *m_task;
    TaskStatus *m_step;
    QLabel *m_training;
    QLabel *m_sentence; ///< m_tip, m_done or m_nextStep
    QTimer m_doneTime;
    QString m_done;
    QString m_nextStep;
    QString m_tip;
    QLabel *m_cursor;
    QLabel *m_zoom;
    QLabel *m_device;
    QLabel *m_savedIcon;
    QLabel *m_saved;
};

} // namespace semigda::ui
