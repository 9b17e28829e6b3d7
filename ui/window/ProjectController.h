// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"
#include "ui/window/NoticeArea.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace semigda::ui
{

class ProjectTasks;
class StoreWorker;
class TrainingBridge;

/// The open project behind the window: opening and closing, the catalogue, classes, tasks and training. All of its
/// signals come on the gui thread; nothing here blocks it.
class ProjectController : public QObject
{
    Q_OBJECT

public:
    explicit ProjectController(std::shared_ptr<core::Workspace> workspace, QObject *parent = nullptr);
    ~ProjectController() override;

    bool isOpen() const { return m_session != nullptr; }
    bool isReadOnly() const { return m_session == nullptr || m_info.isReadOnly; }
    const core::ProjectInfo &info() const { return m_info; }
    const core::LabelSet &classes() const { return m_classes; }
    std::shared_ptr<core::ProjectSession> session() const { return m_session; }
    ProjectTasks &tasks() { return *m_tasks; }
    /// For strokes and reviews, in the order they are asked for.
    StoreWorker *writer() const { return m_writer.get(); }
    /// For what may take a while: strokes do not wait for it.
    StoreWorker *reader() const { return m_reader.get(); }
    bool isTraining() const;

    void create(const std::filesystem::path &folder, const core::LabelSet &classes);
    void open(const std::filesystem::path &folder);
    void createSample(const std::filesystem::path &folder, int count);
    /// Stops training, waits for it off the gui thread, finishes writing, then emits closed. Asking again while that
    /// goes on changes nothing.
    void close();
    bool isClosing() const { return m_isClosing; }

    void importImages(const core::ImportRequest &request);
    void exportMasks(const core::ExportRequest &request);
    void predictAll();
    void saveClasses(const core::LabelSet &classes);
    void requestThumbnails(const std::vector<core::ImageId> &ids);
    void refreshImage(core::ImageId id);
    void refreshImages();

    void startTraining(const core::TrainingRequest &request);
    void pauseTraining();
    void resumeTraining();
    void stopTraining();

    /// Tells what went wrong.
    void report(const core::Error &error);

Q_SIGNALS:
    void opened();
    /// Emitted before the session goes, and again for every change of project.
    void closed();
    void closing(const QString &notice);
    /// Training, an import, an export or a prediction is asked for, which write much into a folder.
    void aboutToWrite(const std::filesystem::path &folder);
    void classesChanged(const semigda::core::LabelSet &classes);
    void imagesListed(const std::vector<semigda::core::ImageSummary> &images);
    void imageUpdated(const semigda::core::ImageSummary &image);
    void thumbnailReady(semigda::core::ImageId id, const semigda::core::Thumbnail &thumbnail);
    void trainingProgressed(const semigda::core::TrainingProgress &progress);
    /// Proposals came or went.
    void predictionsChanged();
    void noticed(const semigda::ui::Notice &notice);

private:
    void adopt(core::Result<std::shared_ptr<core::ProjectSession>> result);
    void onTrainingProgressed(const core::TrainingProgress &progress);
    void reportImport(const core::ImportReport &report);
    void reportExport(const core::ExportReport &report, const std::filesystem::path &folder);
    void finishClosing();

    std::shared_ptr<core::Workspace> m_workspace;
    std::unique_ptr<ProjectTasks> m_tasks;
    std::shared_ptr<core::ProjectSession> m_session;
    core::ProjectInfo m_info;
    core::LabelSet m_classes;
    std::unique_ptr<StoreWorker> m_writer;
    std::unique_ptr<StoreWorker> m_reader;
    std::unique_ptr<TrainingBridge> m_training;
    std::size_t m_lastProposals = 0;
    core::TrainingPhase m_lastPhase = core::TrainingPhase::Idle;
    QTimer m_refreshTimer;
    bool m_isListing = false;
    bool m_isClosing = false;
    std::function<void()> m_afterClose;
};

} // namespace semigda::ui
