// SPDX-License-Identifier: Apache-2.0
#include "ui/window/DiskWatch.h"

#include "ui/dialogs/Paths.h"
#include "ui/work/Background.h"

#include <QDir>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace semigda::ui
{

namespace
{

constexpr std::chrono::minutes Interval{1};

QString sizeText(std::uintmax_t bytes)
{
    constexpr std::uintmax_t Gigabyte = 1'000'000'000;
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), bytes < Gigabyte ? 0 : 1, QLocale::DataSizeSIFormat);
}

} // namespace

struct DiskWatch::Room
{
    std::filesystem::path project;
    std::optional<DiskSpace> space;
    std::uintmax_t needed = 0;
};

DiskWatch::DiskWatch(SpaceProbe probe, QObject *parent)
    : QObject(parent)
    , m_probe(std::move(probe))
{
    m_pool.setMaxThreadCount(1);
    m_timer.setInterval(Interval);
    connect(&m_timer, &QTimer::timeout, this, &DiskWatch::look);
}

DiskWatch::~DiskWatch() = default;

void DiskWatch::watch(const std::filesystem::path &project)
{
    stop();
    m_project = project;
    m_timer.start();
    look();
}

void DiskWatch::stop()
{
    m_timer.stop();
    m_project.clear();
    m_level = Level::Enough;
    if (!m_warning.isEmpty())
        Q_EMIT relieved(std::exchange(m_warning, {}));
}

void DiskWatch::look()
{
    if (m_project.empty())
        return;
    if (m_isLooking) {
        m_looksAgain = true;
        return;
    }
    m_isLooking = true;
    runInBackground(
        m_pool, this,
        [probe = m_probe, project = m_project] {
            Room room{project, probe(project), spaceNeeded(project)};
            const std::optional<DiskSpace> runs = probe(project / "runs");
            if (runs && room.space && runs->available < room.space->available)
                room.space = runs;
            return room;
        },
        [this](const Room &room) {
            m_isLooking = false;
            if (room.project == m_project)
                adopt(room);
            else
                m_looksAgain = true;
            if (std::exchange(m_looksAgain, false))
                look();
        });
}

DiskWatch::Level DiskWatch::levelOf(std::uintmax_t available, std::uintmax_t needed)
{
    if (available < SpaceForStrokes)
        return Level::VeryLow;
    return available < needed ? Level::Low : Level::Enough;
}

void DiskWatch::adopt(const Room &room)
{
    if (!room.space)
        return;
    Level level = levelOf(room.space->available, room.needed);
    // A tenth more for the way back, so that nothing flickers at the bound.
    if (level < m_level)
        level = std::min(m_level, levelOf(room.space->available / 11 * 10, room.needed));
    if (level == m_level)
        return;
    m_level = level;
    if (!m_warning.isEmpty())
        Q_EMIT relieved(std::exchange(m_warning, {}));
    const QString size = sizeText(room.space->available);
    switch (level) {
    case Level::Enough:
        return;
    case Level::Low:
        m_warning = tr("Only %1 are free on the disk of this project; free some space, or new strokes and training may "
                       "not be saved.")
                        .arg(size);
        break;
    case Level::VeryLow:
        m_warning = tr("Only %1 are free on the disk of this project; free some space now: soon nothing can be saved "
                       "any more.")
                        .arg(size);
        break;
    }
    Q_EMIT warned({level == Level::Low ? NoticeLevel::Warning : NoticeLevel::Error, m_warning, {}, {}, {}});
}

void DiskWatch::lookAt(const std::filesystem::path &folder)
{
    look();
    if (folder == m_project || folder.empty())
        return;
    runInBackground(
        m_pool, this,
        [probe = m_probe, folder, project = m_project]() -> std::optional<DiskSpace> {
            const std::optional<DiskSpace> target = probe(folder);
            const std::optional<DiskSpace> own = project.empty() ? std::nullopt : probe(project);
            const bool isSame = target && own && target->disk == own->disk;
            return isSame ? std::nullopt : target;
        },
        [this, folder](const std::optional<DiskSpace> &space) {
            if (!space || space->available >= LeastSpace)
                return;
            const QString text =
                tr("Only %1 are free on the disk that holds %2; free some space, or what is written there may "
                   "not be complete.")
                    .arg(sizeText(space->available), QDir::toNativeSeparators(fromPath(folder)));
            Q_EMIT warned({NoticeLevel::Warning, text, {}, {}, {}});
        });
}

} // namespace semigda::ui
