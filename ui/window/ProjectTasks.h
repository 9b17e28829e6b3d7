// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <stop_token>

namespace semigda::ui
{

/// Runs the long use cases of a workspace and its project on a thread of its own, one at a time, with throttled
/// progress and cancel. Gui thread; destroying it cancels and waits.
class ProjectTasks : public QObject
{
    Q_OBJECT

public:
    using SessionResult = core::Result<std::shared_ptr<core::ProjectSession>>;

    explicit ProjectTasks(std::shared_ptr<core::Workspace> workspace, QObject *parent = nullptr);
    ~ProjectTasks() override;

    bool isBusy() const { return m_isBusy; }
    /// Each returns false, and does nothing, while another task runs.
    bool create(const std::filesystem::path &folder, const core::LabelSet &classes,
                std::function<void(SessionResult)> done);
    bool open(const std::filesystem::path &folder, std::function<void(SessionResult)> done);
    /// Makes `count` sample images, a project beside them, and imports: the first tenth with masks, the rest without.
    bool createSample(const std::filesystem::path &folder, int count, std::function<void(SessionResult)> done);
    bool importImages(std::shared_ptr<core::ProjectSession> session, const core::ImportRequest &request,
                      std::function<void(core::Result<core::ImportReport>)> done);
    bool exportMasks(std::shared_ptr<core::ProjectSession> session, const core::ExportRequest &request,
                     std::function<void(core::Result<core::ExportReport>)> done);
    bool predict(std::shared_ptr<core::ProjectSession> session, std::function<void(core::Result<std::size_t>)> done);
    void cancel();

Q_SIGNALS:
    void started(const QString &what);
    void progressed(const semigda::core::TaskProgress &progress);
    void ended();

private:
    template <typename Work, typename Done> bool start(const QString &what, Work work, Done done);
    core::ProgressSink progressSink();

    std::shared_ptr<core::Workspace> m_workspace;
    std::stop_source m_stop;
    bool m_isBusy = false;
    QThreadPool m_pool;
};

} // namespace semigda::ui
