// SPDX-License-Identifier: Apache-2.0
#include "ui/window/ProjectController.h"

#include "ui/dialogs/Paths.h"
#include "ui/language/Sentences.h"
#include "ui/panels/TrainingPanel.h"
#include "ui/window/PlaceWarning.h"
#include "ui/window/ProjectTasks.h"
#include "ui/window/TrainingBridge.h"
#include "ui/work/Background.h"
#include "ui/work/StoreWorker.h"

#include <QDir>
#include <QThreadPool>

#include <set>

namespace semigda::ui
{

namespace
{

// How soon after a proposal arrives the list is read again; many arrive together.
constexpr int RefreshDelayMs = 700;
constexpr std::size_t MaxDetails = 500;

template <typename Items> int countOf(const Items &items)
{
    return static_cast<int>(items.size());
}

QStringList describe(const std::vector<core::ImportIssue> &issues)
{
    QStringList lines;
    for (const core::ImportIssue &issue : issues) {
        if (static_cast<std::size_t>(lines.size()) == MaxDetails) {
            lines << ProjectController::tr("… and %Ln more", nullptr, static_cast<int>(issues.size() - MaxDetails));
            break;
        }
        lines << sentenceText(issue.error.message);
    }
    return lines;
}

} // namespace

ProjectController::ProjectController(std::shared_ptr<core::Workspace> workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_tasks(std::make_unique<ProjectTasks>(std::move(workspace)))
{
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(RefreshDelayMs);
    connect(&m_refreshTimer, &QTimer::timeout, this, [this] {
        refreshImages();
        Q_EMIT predictionsChanged();
    });
}

ProjectController::~ProjectController()
{
    // Normally closed before; if not (a test, an aborted start), the training thread must still end before the stores.
    if (m_session && m_training && m_training->service().isActive()) {
        m_training->service().stop();
        m_training->service().wait();
    }
    m_tasks.reset();
    m_training.reset();
}

bool ProjectController::isTraining() const
{
    return m_training && m_training->service().isActive();
}

void ProjectController::create(const std::filesystem::path &folder, const core::LabelSet &classes)
{
    m_tasks->create(folder, classes, [this](auto result) { adopt(std::move(result)); });
}

void ProjectController::open(const std::filesystem::path &folder)
{
    m_tasks->open(folder, [this](auto result) { adopt(std::move(result)); });
}

void ProjectController::createSample(const std::filesystem::path &folder, int count)
{
    m_tasks->createSample(folder, count, [this](auto result) { adopt(std::move(result)); });
}

void ProjectController::adopt(core::Result<std::shared_ptr<core::ProjectSession>> result)
{
    if (!result) {
        report(result.error());
        return;
    }
    m_session = *result;
    m_info = m_session->info();
    m_writer = std::make_unique<StoreWorker>(m_session);
    m_reader = std::make_unique<StoreWorker>(m_session);
    for (const StoreWorker *worker : {m_writer.get(), m_reader.get()})
        connect(worker, &StoreWorker::openFailed, this, [this](const QString &sentence) {
            Q_EMIT noticed({NoticeLevel::Error, sentence, {}, {}, {}});
        });
    m_training = std::make_unique<TrainingBridge>(m_session);
    m_lastProposals = 0;
    m_lastPhase = core::TrainingPhase::Idle;
    connect(m_training.get(), &TrainingBridge::progressed, this, &ProjectController::onTrainingProgressed);
    m_classes = {};
    Q_EMIT opened();
    m_reader->submit(
        this, [](core::ProjectStore &store) { return store.classes(); },
        [this](core::Result<core::LabelSet> classes) {
            if (!classes) {
                report(classes.error());
                return;
            }
            m_classes = *classes;
            Q_EMIT classesChanged(m_classes);
        });
    refreshImages();
    Q_EMIT predictionsChanged();
    if (const QString warning = placeWarning(m_info.place); !warning.isEmpty())
        Q_EMIT noticed({NoticeLevel::Warning, warning, {}, {}, {}});
    if (m_info.isReadOnly)
        Q_EMIT noticed({NoticeLevel::Warning, sentenceText(m_info.readOnlyReason), {}, {}, {}});
}

void ProjectController::close()
{
    if (m_isClosing)
        return;
    m_tasks->cancel();
    if (!m_session) {
        Q_EMIT closed();
        return;
    }
    m_isClosing = true;
    const bool wasTraining = isTraining();
    Q_EMIT closing(wasTraining ? tr("Saving training …") : QString());
    if (!wasTraining && !m_tasks->isBusy()) {
        finishClosing();
        return;
    }
    m_training->service().stop();
    runInBackground(
        *QThreadPool::globalInstance(), this,
        [session = m_session] {
            session->training().wait();
            return true;
        },
        [this](bool) {
            if (!m_tasks->isBusy()) {
                finishClosing();
                return;
            }
            connect(m_tasks.get(), &ProjectTasks::ended, this, &ProjectController::finishClosing,
                    Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
        });
}

void ProjectController::finishClosing()
{
    if (!m_isClosing)
        return;
    // Strokes and verdicts on their way are waited for without blocking.
    if (m_writer->pending() > 0) {
        connect(m_writer.get(), &StoreWorker::pendingChanged, this, &ProjectController::finishClosing,
                Qt::ConnectionType(Qt::QueuedConnection | Qt::UniqueConnection));
        return;
    }
    m_refreshTimer.stop();
    Q_EMIT closed();
    m_training.reset();
    m_reader.reset();
    m_writer.reset();
    m_session.reset();
    m_info = {};
    m_classes = {};
    m_isListing = false;
    m_isClosing = false;
}

void ProjectController::importImages(const core::ImportRequest &request)
{
    if (!m_session || isReadOnly())
        return;
    Q_EMIT aboutToWrite(m_info.folder);
    const bool started = m_tasks->importImages(m_session, request, [this](core::Result<core::ImportReport> result) {
        refreshImages();
        if (result)
            reportImport(*result);
        else
            report(result.error());
    });
    if (!started)
        Q_EMIT noticed(
            {NoticeLevel::Warning, tr("Wait until the running task has ended, then import again."), {}, {}, {}});
}

void ProjectController::reportImport(const core::ImportReport &report)
{
    const int count = countOf(report.imported);
    Notice notice;
    notice.text = tr("%Ln image(s) imported", nullptr, count);
    if (report.labelled > 0)
        notice.text += tr(", %Ln with labels", nullptr, static_cast<int>(report.labelled));
    if (!report.duplicates.empty())
        notice.text += tr(", %Ln already there", nullptr, countOf(report.duplicates));
    if (!report.skipped.empty()) {
        notice.level = NoticeLevel::Warning;
        notice.text += tr("; %Ln file(s) could not be imported", nullptr, countOf(report.skipped));
    }
    notice.text += QLatin1Char('.');
    // One skipped file says itself what is wrong.
    if (count == 0 && report.skipped.size() == 1 && report.duplicates.empty()) {
        notice.level = NoticeLevel::Error;
        notice.text = sentenceText(report.skipped.front().error.message);
    } else {
        notice.details = describe(report.skipped) + describe(report.warnings) + describe(report.duplicates);
    }
    Q_EMIT noticed(notice);
}

void ProjectController::exportMasks(const core::ExportRequest &request)
{
    if (!m_session)
        return;
    Q_EMIT aboutToWrite(request.folder);
    const bool started = m_tasks->exportMasks(m_session, request,
                                              [this, folder = request.folder](core::Result<core::ExportReport> result) {
                                                  if (result)
                                                      reportExport(*result, folder);
                                                  else
                                                      report(result.error());
                                              });
    if (!started)
        Q_EMIT noticed(
            {NoticeLevel::Warning, tr("Wait until the running task has ended, then export again."), {}, {}, {}});
}

void ProjectController::reportExport(const core::ExportReport &report, const std::filesystem::path &folder)
{
    Notice notice;
    const QString place = QDir::toNativeSeparators(fromPath(folder));
    const int count = countOf(report.files);
    if (count == 0) {
        notice.level = NoticeLevel::Warning;
        notice.text = tr("Nothing was exported: no image has such a mask yet.");
    } else {
        notice.text = tr("%Ln file(s) exported to %1.", nullptr, count).arg(place);
    }
    if (!report.skipped.empty()) {
        notice.level = NoticeLevel::Warning;
        notice.text += QLatin1Char(' ') + tr("%Ln could not be exported.", nullptr, countOf(report.skipped));
        notice.details = describe(report.skipped);
    }
    Q_EMIT noticed(notice);
}

void ProjectController::predictAll()
{
    if (!m_session || isReadOnly())
        return;
    Q_EMIT aboutToWrite(m_info.folder);
    const bool started = m_tasks->predict(m_session, [this](core::Result<std::size_t> result) {
        refreshImages();
        Q_EMIT predictionsChanged();
        if (!result)
            report(result.error());
        else
            Q_EMIT noticed({NoticeLevel::Info,
                            tr("%Ln image(s) have a proposal now.", nullptr, static_cast<int>(*result)),
                            {},
                            {},
                            {}});
    });
    if (!started)
        Q_EMIT noticed(
            {NoticeLevel::Warning, tr("Wait until the running task has ended, then try again."), {}, {}, {}});
}

void ProjectController::saveClasses(const core::LabelSet &classes)
{
    if (!m_session)
        return;
    const core::LabelSet before = m_classes;
    m_classes = classes;
    Q_EMIT classesChanged(m_classes);
    if (isReadOnly())
        return; // showing and hiding classes works for this session
    m_writer->submit(
        this, [classes](core::ProjectStore &store) { return store.saveClasses(classes); },
        [this, before](core::Result<void> saved) {
            if (saved)
                return;
            report(saved.error());
            m_classes = before;
            Q_EMIT classesChanged(m_classes);
        });
}

void ProjectController::requestThumbnails(const std::vector<core::ImageId> &ids)
{
    if (!m_reader)
        return;
    // Newest first: after fast scrolling the rows on screen are the last ones asked for.
    for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
        m_reader->submit(
            this, [wanted = *id](core::ProjectStore &store) { return store.images().thumbnail(wanted); },
            [this, wanted = *id](core::Result<core::Thumbnail> thumbnail) {
                if (thumbnail)
                    Q_EMIT thumbnailReady(wanted, *thumbnail);
            },
            StoreWorker::Priority::Background);
    }
}

void ProjectController::refreshImage(core::ImageId id)
{
    if (!m_reader)
        return;
    m_reader->submit(
        this, [id](core::ProjectStore &store) { return store.images().summary(id); },
        [this](core::Result<core::ImageSummary> summary) {
            if (summary)
                Q_EMIT imageUpdated(*summary);
            else
                report(summary.error());
        });
}

void ProjectController::refreshImages()
{
    if (!m_reader || m_isListing) {
        if (m_isListing)
            m_refreshTimer.start();
        return;
    }
    m_isListing = true;
    m_reader->submit(
        this, [](core::ProjectStore &store) { return store.images().list(); },
        [this](core::Result<std::vector<core::ImageSummary>> images) {
            m_isListing = false;
            if (images)
                Q_EMIT imagesListed(*images);
            else
                report(images.error());
        });
}

void ProjectController::startTraining(const core::TrainingRequest &request)
{
    if (!m_training || isReadOnly())
        return;
    Q_EMIT aboutToWrite(m_info.folder);
    if (const core::Result<void> started = m_training->service().start(request); !started)
        report(started.error());
}

void ProjectController::pauseTraining()
{
    if (m_training)
        m_training->service().pause();
}

void ProjectController::resumeTraining()
{
    if (m_training)
        m_training->service().resume();
}

void ProjectController::stopTraining()
{
    if (m_training)
        m_training->service().stop();
}

void ProjectController::onTrainingProgressed(const core::TrainingProgress &progress)
{
    const bool hasNew = progress.proposals != m_lastProposals;
    const bool hasEnded = isRunning(m_lastPhase) && !isRunning(progress.phase);
    m_lastProposals = progress.proposals;
    m_lastPhase = progress.phase;
    Q_EMIT trainingProgressed(progress);
    if ((hasNew || hasEnded) && !m_refreshTimer.isActive())
        m_refreshTimer.start();
    if (!hasEnded)
        return;
    if (progress.phase == core::TrainingPhase::Failed) {
        Notice notice;
        notice.level = NoticeLevel::Error;
        notice.text = tr("Training ended: %1").arg(sentenceText(progress.error));
        Q_EMIT noticed(notice);
    } else if (progress.phase == core::TrainingPhase::Finished) {
        const QString text = progress.bestValidationDice ? tr("Training has finished with a validation Dice of %L1.")
                                                               .arg(*progress.bestValidationDice, 0, 'f', 2)
                                                         : tr("Training has finished.");
        Q_EMIT noticed({NoticeLevel::Info, text, {}, {}, {}});
    }
}

void ProjectController::report(const core::Error &error)
{
    if (error.code == core::ErrorCode::Cancelled)
        Q_EMIT noticed({NoticeLevel::Info, tr("Cancelled."), {}, {}, {}});
    else
        Q_EMIT noticed({NoticeLevel::Error, sentenceText(error.message), {}, {}, {}});
}

} // namespace semigda::ui
