// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"
#include "core/workflow/VolumeLabelling.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <stop_token>

namespace semigda::ui
{

/// Progress and cancelling of steps that change many images at once. They run on the store's thread and write their
/// progress down; the gui thread, where this lives, looks at it now and then.
class LongSteps : public QObject
{
    Q_OBJECT

public:
    /// What a step gets along. Any thread; may outlive the LongSteps.
    struct Ticket
    {
        std::stop_token stop;
        core::StepProgress progress;
    };

    explicit LongSteps(QObject *parent = nullptr);
    ~LongSteps() override;

    /// A step is asked for; `what` names it to the user. Needs an end().
    Ticket begin(const QString &what);
    void end();
    /// All that were begun and have not ended are asked to stop.
    void cancel();

Q_SIGNALS:
    /// A step takes more than a moment.
    void started(const QString &what);
    void progressed(const semigda::core::TaskProgress &progress);
    void ended();

private:
    struct Progress;

    void look();

    int m_running = 0;
    bool m_isTold = false;
    QString m_what;
    std::stop_source m_stop;
    std::shared_ptr<Progress> m_progress;
    QTimer m_timer;
};

} // namespace semigda::ui
