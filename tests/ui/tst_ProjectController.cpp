// SPDX-License-Identifier: Apache-2.0
// What the window learns of a run's proposals, from a training service that tells what the test wants.
#include "support/FakeProjectStore.h"
#include "ui/window/ProjectController.h"

#include <QSignalSpy>
#include <QtTest/QTest>

using namespace semigda;

namespace
{

constexpr int SoonMs = 10'000;

class ToldTraining : public core::TrainingService
{
public:
    void setListener(Listener listener) override { m_listener = std::move(listener); }
    core::Result<void> start(const core::TrainingRequest &) override { return {}; }
    void pause() override {}
    void resume() override {}
    void stop() override {}
    void wait() override {}
    bool isActive() const override { return false; }
    core::TrainingProgress progress() const override { return {}; }
    void tell(const core::TrainingProgress &progress) const { m_listener(progress); }

private:
    Listener m_listener;
};

class FakeSession : public core::ProjectSession
{
public:
    core::ProjectInfo info() const override { return store.info(); }
    core::Result<std::unique_ptr<core::ProjectStore>> openStore() override
    {
        return std::unique_ptr<core::ProjectStore>(store.openAnother());
    }
    core::TrainingService &training() override { return service; }
    core::Result<core::ImportReport> importImages(const core::ImportRequest &, const core::ProgressSink &,
                                                  std::stop_token) override
    {
        return core::ImportReport();
    }
    core::Result<core::ExportReport> exportMasks(const core::ExportRequest &, const core::ProgressSink &,
                                                 std::stop_token) override
    {
        return core::ExportReport();
    }
    core::Result<std::size_t> predict(core::RunId, bool, const core::ProgressSink &, std::stop_token) override
    {
        return std::size_t(0);
    }

    test::FakeProjectStore store;
    ToldTraining service;
};

class FakeWorkspace : public core::Workspace
{
public:
    core::Result<std::shared_ptr<core::ProjectSession>> create(const std::filesystem::path &,
                                                               const core::LabelSet &) override
    {
        return std::shared_ptr<core::ProjectSession>(session);
    }
    core::Result<std::shared_ptr<core::ProjectSession>> open(const std::filesystem::path &) override
    {
        return std::shared_ptr<core::ProjectSession>(session);
    }
    core::Result<void> makeSample(const std::filesystem::path &, int, const core::ProgressSink &,
                                  std::stop_token) override
    {
        return {};
    }

    std::shared_ptr<FakeSession> session = std::make_shared<FakeSession>();
};

} // namespace

class tst_ProjectController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// An image that has a proposal gets another one when the run has become better; the number of images with one
    /// stays the same then.
    void newProposals_areListedEveryTime()
    {
        const auto workspace = std::make_shared<FakeWorkspace>();
        FakeSession &session = *workspace->session;
        const core::ImageId image = session.store.addImage("image", 8, 8);
        const core::RunId run = session.store.addRun();
        ui::ProjectController project(workspace);
        project.open("fake");
        QTRY_VERIFY_WITH_TIMEOUT(project.isOpen(), SoonMs);
        double listed = -1.0;
        connect(&project, &ui::ProjectController::imagesListed, &project,
                [&listed](const std::vector<core::ImageSummary> &images) {
                    listed = images.front().disagreement.value_or(-1.0F);
                });
        QSignalSpy changed(&project, &ui::ProjectController::predictionsChanged);
        core::TrainingProgress progress;
        progress.phase = core::TrainingPhase::Adapters;
        progress.predicted = 1;
        for (const float disagreement : {0.5F, 0.25F}) {
            session.store.addPrediction(image, run, core::LabelMask(8, 8), disagreement);
            ++progress.proposals;
            session.service.tell(progress);
            QTRY_COMPARE_WITH_TIMEOUT(listed, static_cast<double>(disagreement), SoonMs);
        }
        QCOMPARE(changed.size(), 2);
        // A step that brings none is no reason to list 100,000 images.
        QSignalSpy told(&project, &ui::ProjectController::trainingProgressed);
        ++progress.step;
        session.service.tell(progress);
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, SoonMs);
        QSignalSpy closed(&project, &ui::ProjectController::closed);
        project.close();
        QTRY_VERIFY_WITH_TIMEOUT(!closed.isEmpty(), SoonMs);
        QCOMPARE(changed.size(), 2);
    }
};

QTEST_MAIN(tst_ProjectController)
#include "tst_ProjectController.moc"
