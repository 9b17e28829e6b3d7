// SPDX-License-Identifier: Apache-2.0
#include "ui/window/ProjectTasks.h"

#include "ui/dialogs/Paths.h"
#include "ui/work/Background.h"

#include <QElapsedTimer>

#include <algorithm>

namespace semigda::ui
{

namespace
{

constexpr int ProgressIntervalMs = 100;

/// The first tenth with their masks, the rest without: what a user has after an hour of labelling.
core::Result<std::shared_ptr<core::ProjectSession>> sampleProject(core::Workspace &workspace,
                                                                  const std::filesystem::path &folder, int count,
                                                                  const core::ProgressSink &progress,
                                                                  const std::stop_token &stop)
{
    const std::filesystem::path source = folder / "sample";
    if (const core::Result<void> made = workspace.makeSample(source, count, progress, stop); !made)
        return made.error();
    core::LabelSet classes;
    if (const core::Result<core::LabelValue> added = classes.add(ProjectTasks::tr("Lesion").toStdString()); !added)
        return added.error();
    core::Result<std::shared_ptr<core::ProjectSession>> session =
        workspace.create(folder / toPath(ProjectTasks::tr("Sample images") + QStringLiteral(".semigda")), classes);
    if (!session)
        return session;
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(source / "images", error))
        files.push_back(entry.path());
    if (error)
        return core::Error{
            core::ErrorCode::Io,
            core::phrase("errors", "The sample images could not be read back: %1.").with(error.message())};
    std::sort(files.begin(), files.end());
    const auto labelledCount = static_cast<std::ptrdiff_t>(std::max<std::size_t>(2, files.size() / 5));
    core::ImportRequest labelled;
    labelled.paths.assign(files.begin(), files.begin() + std::min(labelledCount, std::ssize(files)));
    labelled.masks = source / "masks";
    core::ImportRequest unlabelled;
    unlabelled.paths.assign(files.begin() + std::min(labelledCount, std::ssize(files)), files.end());
    for (const core::ImportRequest &request : {labelled, unlabelled}) {
        const core::Result<core::ImportReport> report = (*session)->importImages(request, progress, stop);
        if (!report)
            return report.error();
        if (!report->skipped.empty())
            return report->skipped.front().error;
    }
    return session;
}

} // namespace

ProjectTasks::ProjectTasks(std::shared_ptr<core::Workspace> workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(std::move(workspace))
{
    m_pool.setMaxThreadCount(1);
}

ProjectTasks::~ProjectTasks()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

bool ProjectTasks::create(const std::filesystem::path &folder, const core::LabelSet &classes,
                          std::function<void(SessionResult)> done)
{
    return start(
        tr("Creating the project"),
        [workspace = m_workspace, folder, classes] { return workspace->create(folder, classes); }, std::move(done));
}

bool ProjectTasks::open(const std::filesystem::path &folder, std::function<void(SessionResult)> done)
{
    return start(
        tr("Opening the project"), [workspace = m_workspace, folder] { return workspace->open(folder); },
        std::move(done));
}

bool ProjectTasks::createSample(const std::filesystem::path &folder, int count, std::function<void(SessionResult)> done)
{
    if (m_isBusy)
        return false;
    m_stop = {};
    return start(
        tr("Making sample images"),
        [workspace = m_workspace, folder, count, sink = progressSink(), stop = m_stop.get_token()] {
            return sampleProject(*workspace, folder, count, sink, stop);
        },
        std::move(done));
}

bool ProjectTasks::importImages(std::shared_ptr<core::ProjectSession> session, const core::ImportRequest &request,
                                std::function<void(core::Result<core::ImportReport>)> done)
{
    if (m_isBusy)
        return false;
    m_stop = {};
    return start(
        tr("Importing"),
        [session = std::move(session), request, sink = progressSink(), stop = m_stop.get_token()] {
            return session->importImages(request, sink, stop);
        },
        std::move(done));
}

bool ProjectTasks::exportMasks(std::shared_ptr<core::ProjectSession> session, const core::ExportRequest &request,
                               std::function<void(core::Result<core::ExportReport>)> done)
{
    if (m_isBusy)
        return false;
    m_stop = {};
    return start(
        tr("Exporting"),
        [session = std::move(session), request, sink = progressSink(), stop = m_stop.get_token()] {
            return session->exportMasks(request, sink, stop);
        },
        std::move(done));
}

bool ProjectTasks::predict(std::shared_ptr<core::ProjectSession> session,
                           std::function<void(core::Result<std::size_t>)> done)
{
    if (m_isBusy)
        return false;
    m_stop = {};
    return start(
        tr("Predicting"),
        [session = std::move(session), sink = progressSink(), stop = m_stop.get_token()] {
            return session->predict({}, false, sink, stop);
        },
        std::move(done));
}

void ProjectTasks::cancel()
{
    m_stop.request_stop();
}

template <typename Work, typename Done> bool ProjectTasks::start(const QString &what, Work work, Done done)
{
    if (m_isBusy)
        return false;
    m_isBusy = true;
    Q_EMIT started(what);
    runInBackground(m_pool, this, std::move(work), [this, finish = std::move(done)](auto result) {
        m_isBusy = false;
        Q_EMIT ended();
        finish(std::move(result));
    });
    return true;
}

core::ProgressSink ProjectTasks::progressSink()
{
    // Called on the task's thread, perhaps thousands of times a second.
    struct Throttle
    {
        QElapsedTimer timer;
    };
    return [this, throttle = std::make_shared<Throttle>()](const core::TaskProgress &progress) {
        const bool isLast = progress.total > 0 && progress.done >= progress.total;
        if (throttle->timer.isValid() && throttle->timer.elapsed() < ProgressIntervalMs && !isLast)
            return;
        throttle->timer.restart();
        QMetaObject::invokeMethod(
            this, [this, progress] { Q_EMIT progressed(progress); }, Qt::QueuedConnection);
    };
}

} // namespace semigda::ui
