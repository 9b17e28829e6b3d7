// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/window/DiskSpace.h"
#include "ui/window/NoticeArea.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <chrono>

namespace semigda::ui
{

/// Looks at the free space of a project's disk from time to time and warns before it runs out: once when it becomes
/// low, once more when it becomes very low. Looking is done on a thread of its own. Gui thread.
class DiskWatch : public QObject
{
    Q_OBJECT

public:
    explicit DiskWatch(SpaceProbe probe, QObject *parent = nullptr);
    ~DiskWatch() override;

    /// Looks at once and then every minute, also at the disk of the folder `runs`, should that be another.
    void watch(const std::filesystem::path &project);
    /// What was warned of is over for the user.
    void stop();
    /// Something is going to write much into a folder: the project's own, or one elsewhere, which is looked at too.
    void lookAt(const std::filesystem::path &folder);
    void setInterval(std::chrono::milliseconds interval) { m_timer.setInterval(interval); }

Q_SIGNALS:
    void warned(const semigda::ui::Notice &notice);
    /// The notice with this text does not hold any more.
    void relieved(const QString &text);

private:
    enum class Level { Enough, Low, VeryLow };
    struct Room;

    void look();
    void adopt(const Room &room);
    static Level levelOf(std::uintmax_t available, std::uintmax_t needed);

    SpaceProbe m_probe;
    std::filesystem::path m_project; ///< empty: none
    QTimer m_timer;
    bool m_isLooking = false;
    bool m_looksAgain = false;
    Level m_level = Level::Enough;
    QString m_warning; ///< that was given for the level
    QThreadPool m_pool;
};

} // namespace semigda::ui
