// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/TrainingService.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace semigda::ui
{

class CurveChart;

/// Starts, steers and shows a training run. Knows no service: it asks by signals and is fed with progress. Gui thread.
class TrainingPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TrainingPanel(QWidget *parent = nullptr);

    /// Settings the panel has no field for (profile, seed, device, ...). An image size or minutes given here beat
    /// the panel's fields.
    void setBaseRequest(const core::TrainingRequest &request) { m_base = request; }
    core::TrainingRequest request() const;
    void setMinutes(int minutes);
    int minutes() const;

    void showProgress(const core::TrainingProgress &progress);
    /// Between runs: what training would learn from.
    void showCounts(std::size_t labelled, std::size_t partial, std::size_t unlabelled, std::size_t predicted);
    void clear();
    /// Why training cannot be started (read-only, no project); empty: it can.
    void setBlocked(const QString &reason);
    void setStopping();

Q_SIGNALS:
    void startRequested(const semigda::core::TrainingRequest &request);
    void pauseRequested();
    void resumeRequested();
    void stopRequested();
    void notice(const QString &sentence);

private:
    QWidget *createForm();
    QWidget *createButtons();
    void updateButtons();
    void showNumbers(const core::TrainingProgress &progress);

    core::TrainingRequest m_base;
    core::TrainingProgress m_last;
    QString m_blocked;
    std::size_t m_labelled = 0;
    std::size_t m_partial = 0;
    bool m_hasProject = false;
    bool m_isStopping = false;

    QComboBox *m_method;
    QSpinBox *m_minutes;
    QCheckBox *m_resumeRun;
    QPushButton *m_start;
    QPushButton *m_pause;
    QPushButton *m_stop;
    QLabel *m_hint;
    QLabel *m_phase;
    QLabel *m_device;
    QLabel *m_deviceIcon;
    QLabel *m_remaining;
    QLabel *m_scores;
    QLabel *m_counts;
    QProgressBar *m_progress;
    CurveChart *m_chart;
};

/// True while a run holds the training thread.
bool isRunning(core::TrainingPhase phase);
/// What a run does at present, and what it runs on, in the user's language.
QString phaseText(core::TrainingPhase phase);
QString deviceText(const std::string &device);
/// "about 2 minutes left", "less than 10 s left".
QString remainingText(double seconds);

} // namespace semigda::ui
