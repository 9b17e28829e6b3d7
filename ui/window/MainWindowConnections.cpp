// SPDX-License-Identifier: Apache-2.0
// How the parts of the main window talk to each other.
#include "ui/canvas/ImageCanvas.h"
#include "ui/canvas/LoadingVeil.h"
#include "ui/dialogs/AboutDialog.h"
#include "ui/dialogs/ExportDialog.h"
#include "ui/dialogs/ImportDialog.h"
#include "ui/dialogs/LayersDialog.h"
#include "ui/dialogs/NewProjectDialog.h"
#include "ui/dialogs/Paths.h"
#include "ui/history/HistoryDialog.h"
#include "ui/keys/KeyBindings.h"
#include "ui/keys/KeysDialog.h"
#include "ui/lists/ImageListPanel.h"
#include "ui/lists/StateWords.h"
#include "ui/panels/ClassPanel.h"
#include "ui/panels/TrainingPanel.h"
#include "ui/review/ReviewBar.h"
#include "ui/review/ReviewController.h"
#include "ui/tools/ToolOptionsBar.h"
#include "ui/view3d/View3dPanel.h"
#include "ui/window/Actions.h"
#include "ui/window/DiskWatch.h"
#include "ui/window/EditorArea.h"
#include "ui/window/ImageActions.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NextStep.h"
#include "ui/window/OperationActions.h"
#include "ui/window/ProjectController.h"
#include "ui/window/ProjectTasks.h"
#include "ui/window/StartPage.h"
#include "ui/window/StatusLine.h"
#include "ui/window/TaskStatus.h"

#include <QAction>
#include <QActionGroup>
#include <QDir>
#include <QDockWidget>

#include <algorithm>
#include <cmath>
#include <functional>

namespace semigda::ui
{

namespace
{

constexpr int SampleCount = 60;

} // namespace

void MainWindow::connectProject()
{
    connect(m_project, &ProjectController::opened, this, &MainWindow::onOpened);
    connect(m_project, &ProjectController::closing, this, [this](const QString &notice) {
        if (!notice.isEmpty())
            m_status->showTraining(notice);
        // Once the project is closed nobody may hold its lock, or opening it again would find it taken.
        m_view3d->setSession(nullptr);
        updateActions();
    });
    // Queued: the controller lets its session go right after announcing it.
    connect(m_project, &ProjectController::closed, this, &MainWindow::onClosed, Qt::QueuedConnection);
    connect(m_project, &ProjectController::noticed, this,
            [this](const Notice &notice) { m_editor->notices().show(notice); });
    connect(m_project, &ProjectController::classesChanged, this, [this](const core::LabelSet &classes) {
        m_classes->setClasses(classes);
        m_view3d->setClasses(classes);
        if (classes.find(m_editor->activeClass()) == nullptr && !classes.isEmpty())
            m_editor->setActiveClass(classes.classes().front().value);
    });
    connect(m_project, &ProjectController::imagesListed, this, [this](const std::vector<core::ImageSummary> &images) {
        const core::ImageId shown = m_editor->currentImage();
        const int row = m_images->model().rowOf(shown);
        m_images->model().setImages(images);
        m_isListed = true;
        showCounts();
        if (shown.isValid() && m_images->model().find(shown) == nullptr)
            leaveRemoved(row);
        else if (!m_editor->currentImage().isValid() && !images.empty())
            chooseImage(m_images->model().idAt(0).isValid() ? m_images->model().idAt(0) : images.front().id);
        updateActions();
    });
    connect(m_project, &ProjectController::imageUpdated, this, [this](const core::ImageSummary &image) {
        m_images->model().updateImage(image);
        showCounts();
    });
    connect(
        m_project, &ProjectController::thumbnailReady, this,
        [this](core::ImageId id, const core::Thumbnail &thumbnail) { m_images->model().setThumbnail(id, thumbnail); });
    connect(m_project, &ProjectController::predictionsChanged, m_review, &ReviewController::refresh);
    connect(m_project, &ProjectController::trainingProgressed, this, [this](const core::TrainingProgress &progress) {
        m_training->showProgress(progress);
        m_status->showDevice(deviceText(progress.device));
        QString text;
        if (m_project->isClosing())
            text = tr("Saving training …");
        else if (isRunning(progress.phase))
            text = tr("%1 · %2 %").arg(phaseText(progress.phase)).arg(std::lround(progress.fraction * 100.0));
        m_status->showTraining(text);
        updateActions();
        showNextStep();
    });
    ProjectTasks &tasks = m_project->tasks();
    TaskStatus &task = m_status->task();
    connect(&tasks, &ProjectTasks::started, &task, &TaskStatus::begin);
    connect(&tasks, &ProjectTasks::progressed, &task, &TaskStatus::showProgress);
    connect(&tasks, &ProjectTasks::ended, &task, &TaskStatus::end);
    connect(&task, &TaskStatus::cancelRequested, &tasks, &ProjectTasks::cancel);
    TaskStatus &step = m_status->step();
    connect(m_editor, &EditorArea::longStepStarted, &step, &TaskStatus::begin);
    connect(m_editor, &EditorArea::longStepProgressed, &step, &TaskStatus::showProgress);
    connect(m_editor, &EditorArea::longStepEnded, &step, &TaskStatus::end);
    connect(&step, &TaskStatus::cancelRequested, m_editor, &EditorArea::cancelLongStep);
    watchDisk();
}

void MainWindow::watchDisk()
{
    auto *disk = new DiskWatch(m_parts.diskSpace, this);
    connect(m_project, &ProjectController::opened, disk, [this, disk] {
        if (!m_project->isReadOnly())
            disk->watch(m_project->info().folder);
    });
    connect(m_project, &ProjectController::closed, disk, &DiskWatch::stop);
    connect(m_project, &ProjectController::aboutToWrite, disk, &DiskWatch::lookAt);
    connect(disk, &DiskWatch::warned, &m_editor->notices(), &NoticeArea::show);
    connect(disk, &DiskWatch::relieved, &m_editor->notices(), &NoticeArea::withdraw);
}

void MainWindow::connectPanels()
{
    connect(m_images, &ImageListPanel::imageChosen, this, &MainWindow::chooseImage);
    connect(m_images, &ImageListPanel::imagePointed, this, &MainWindow::readAhead);
    connect(&m_images->model(), &ImageListModel::thumbnailsWanted, m_project, &ProjectController::requestThumbnails);
    connect(m_classes, &ClassPanel::activeChosen, m_editor, &EditorArea::setActiveClass);
    connect(m_classes, &ClassPanel::classesEdited, m_project, &ProjectController::saveClasses);
    connect(m_classes, &ClassPanel::mergeRequested, m_editor, &EditorArea::mergeClasses);
    connect(m_classes, &ClassPanel::refused, this, [this](const QString &reason) {
        m_editor->notices().show({NoticeLevel::Warning, reason, {}, {}, {}});
    });
    connect(m_training, &TrainingPanel::startRequested, m_project, &ProjectController::startTraining);
    connect(m_training, &TrainingPanel::pauseRequested, m_project, &ProjectController::pauseTraining);
    connect(m_training, &TrainingPanel::resumeRequested, m_project, &ProjectController::resumeTraining);
    connect(m_training, &TrainingPanel::stopRequested, this, [this] {
        m_training->setStopping();
        m_project->stopTraining();
    });
    connect(m_training, &TrainingPanel::notice, this, [this](const QString &sentence) {
        m_editor->notices().show({NoticeLevel::Info, sentence, {}, {}, {}});
    });
    connect(m_editor, &EditorArea::activeClassChanged, m_classes, &ClassPanel::setActive);
    connect(m_editor, &EditorArea::contrastChanged, m_toolOptions, &ToolOptionsBar::setContrast);
    connect(m_toolOptions, &ToolOptionsBar::finished, &m_editor->canvasWidget(),
            [this] { m_editor->canvasWidget().setFocus(Qt::OtherFocusReason); });
    connect(m_editor, &EditorArea::activeClassChanged, this, &MainWindow::showNextStep);
    m_editor->setPreviews([this](core::ImageId id) {
        const ImageListModel &model = m_images->model();
        const core::ImageSummary *image = model.find(id);
        ImagePreview preview;
        preview.picture = model.thumbnail(id);
        if (image != nullptr) {
            preview.name = QString::fromStdString(image->name);
            preview.size = QSizeF(image->width, image->height);
            preview.seriesKey = image->seriesKey;
        }
        return preview;
    });
    connect(m_editor, &EditorArea::imageShown, this, [this](core::ImageId id) {
        m_images->setCurrent(id);
        if (const core::ImageSummary *image = m_images->model().find(id))
            m_view3d->showImage(*image);
        readAhead();
        if (m_review->isActive() && id == m_review->current())
            m_editor->reviewBar().setProposalEmpty(m_editor->isProposalEmpty());
        updateActions();
        showNextStep();
    });
    connect(m_editor, &EditorArea::imageEdited, this, [this](core::ImageId id) {
        m_project->refreshImage(id);
        m_view3d->markChanged(id);
        if (m_review->isActive() && id == m_review->current())
            m_editor->reviewBar().setChanged(m_editor->canUndo());
        updateActions();
    });
    connect(m_editor, &EditorArea::cursorMoved, m_status, &StatusLine::showCursor);
    connect(m_editor, &EditorArea::zoomChanged, m_status, &StatusLine::showZoom);
    connect(m_editor, &EditorArea::sliceStepRequested, this, &MainWindow::goToSlice);
    connect(m_editor, &EditorArea::savedChanged, this, &MainWindow::updateSaved);
    connect(m_editor, &EditorArea::undoChanged, this, &MainWindow::updateActions);
    connect(m_editor, &EditorArea::importRequested, this, &MainWindow::askImport);
    StartPage &start = m_editor->startPage();
    connect(&start, &StartPage::createRequested, this, &MainWindow::askNewProject);
    connect(&start, &StartPage::openRequested, this, &MainWindow::askOpenProject);
    connect(&start, &StartPage::sampleRequested, this, &MainWindow::askSample);
    connect(&start, &StartPage::projectChosen, this, &MainWindow::openProject);
    connect(m_view3dDock, &QDockWidget::visibilityChanged, this, [this] {
        m_actions->view3d->setChecked(!m_view3dDock->isHidden());
        // Closed by its own button, or from outside.
        if (m_view3dDock->isHidden() && m_widthWithout3d > 0)
            showView3d(false);
    });
}

void MainWindow::connectReview()
{
    connect(m_review, &ReviewController::caseChanged, this, &MainWindow::showCase);
    connect(m_review, &ReviewController::verdictGiven, this, [this](core::ImageId id, core::Verdict verdict) {
        m_project->refreshImage(id);
        m_view3d->markChanged(id);
        if (id == m_editor->currentImage())
            m_editor->reloadMask();
        const core::ImageSummary *image = m_images->model().find(id);
        const QString name = image != nullptr ? QString::fromStdString(image->name) : QString();
        const QString word = stateWord(verdict == core::Verdict::Accepted    ? core::ImageState::Accepted
                                       : verdict == core::Verdict::Corrected ? core::ImageState::Corrected
                                                                             : core::ImageState::Rejected);
        // In the status bar: a notice would move the image at every verdict.
        const QString undoKey = m_actions->undo->shortcut().toString(QKeySequence::NativeText);
        m_status->showDone(undoKey.isEmpty() ? tr("%1: %2.").arg(name, word)
                                             : tr("%1: %2. %3 takes it back.").arg(name, word, undoKey));
        updateActions();
    });
    connect(m_review, &ReviewController::verdictUndone, this, [this](core::ImageId id) {
        m_project->refreshImage(id);
        if (id == m_editor->currentImage())
            m_editor->reloadMask();
        updateActions();
    });
    connect(m_review, &ReviewController::waitingChanged, this, [this] { updateActions(); });
    connect(m_review, &ReviewController::failed, this, [this](const QString &sentence) {
        m_editor->notices().show({NoticeLevel::Error, sentence, {}, {}, {}});
    });
    connect(&m_editor->reviewBar(), &ReviewBar::closeRequested, this, [this] { setReviewing(false); });
}

void MainWindow::connectActions()
{
    connect(m_actions->newProject, &QAction::triggered, this, &MainWindow::askNewProject);
    connect(m_actions->openProject, &QAction::triggered, this, &MainWindow::askOpenProject);
    connect(m_actions->openSample, &QAction::triggered, this, &MainWindow::askSample);
    connect(m_actions->closeProject, &QAction::triggered, m_project, &ProjectController::close);
    connect(m_actions->importImages, &QAction::triggered, this, &MainWindow::askImport);
    connect(m_actions->exportMasks, &QAction::triggered, this, &MainWindow::askExport);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->undo, &QAction::triggered, this, &MainWindow::undoStep);
    connect(m_actions->markDone, &QAction::triggered, m_editor, &EditorArea::markDone);
    connect(m_actions->history, &QAction::triggered, this,
            [this] { HistoryDialog::open(*m_project, *m_editor, this); });
    new OperationActions(*m_actions, *m_editor, m_parts.settings, *this);
    connect(m_actions->previousImage, &QAction::triggered, this, [this] { goToNeighbour(-1); });
    connect(m_actions->nextImage, &QAction::triggered, this, [this] { goToNeighbour(1); });
    connect(m_actions->review, &QAction::triggered, this, &MainWindow::setReviewing);
    connect(m_actions->nextReview, &QAction::triggered, this, [this] {
        if (m_review->isActive())
            m_review->goToNext();
        else
            setReviewing(true);
    });
    connect(m_actions->accept, &QAction::triggered, m_review, &ReviewController::accept);
    connect(m_actions->reject, &QAction::triggered, m_review, &ReviewController::reject);
    connect(m_actions->defer, &QAction::triggered, m_review, &ReviewController::defer);
    connect(m_actions->train, &QAction::triggered, this, [this] {
        m_trainingDock->show();
        m_trainingDock->raise();
        m_project->startTraining(m_training->request());
    });
    connect(m_actions->pauseTraining, &QAction::triggered, this, [this] {
        if (m_project->session()->training().progress().phase == core::TrainingPhase::Paused)
            m_project->resumeTraining();
        else
            m_project->pauseTraining();
    });
    connect(m_actions->stopTraining, &QAction::triggered, m_training, &TrainingPanel::stopRequested);
    connect(m_actions->predict, &QAction::triggered, m_project, &ProjectController::predictAll);
    connect(m_actions->lightTheme, &QAction::toggled, this,
            [this](bool isLight) { setTheme(isLight ? ThemeKind::Light : ThemeKind::Dark); });
    connect(m_actions->languages, &QActionGroup::triggered, this,
            [this](const QAction *action) { chooseLanguage(action->data().toString()); });
    connect(m_actions->view3d, &QAction::triggered, this, [this](bool isOn) { showView3d(isOn); });
    m_images->setImageActions(m_actions->choosing());
    new ImageActions(*m_actions, *m_project, *m_images, m_editor->notices(), *this);
    connect(m_actions->layers, &QAction::triggered, this, &MainWindow::showLayers);
    connect(m_actions->shortcuts, &QAction::triggered, this, &MainWindow::showKeys);
    connect(m_keys, &KeyBindings::changed, this, [this] {
        m_keys->save(*m_parts.settings);
        showNextStep(); // it names keys
    });
    connect(m_actions->about, &QAction::triggered, this, [this] { createAboutDialog(m_parts.version, this)->show(); });
}

void MainWindow::connectHabits()
{
    ImageCanvas &canvas = m_editor->canvas();
    const auto join = [this](QAction *action, const QString &key, const std::function<void(bool)> &apply) {
        connect(action, &QAction::toggled, this, [this, key, apply](bool isOn) {
            apply(isOn);
            m_parts.settings->setNumber(key, isOn ? 1.0 : 0.0);
        });
        action->setChecked(m_parts.settings->number(key, action->isChecked() ? 1.0 : 0.0) != 0.0);
    };
    join(m_actions->keepView, QStringLiteral("canvas/keepView"), [&canvas](bool isOn) { canvas.setKeepsView(isOn); });
    join(m_actions->swapContrastDrag, QStringLiteral("canvas/swapContrastDrag"),
         [&canvas](bool isOn) { canvas.setContrastDragSwapped(isOn); });
}

void MainWindow::showCounts()
{
    const auto count = [this](core::ImageState state) { return m_images->model().countOf(state); };
    const std::size_t labelled =
        count(core::ImageState::Labelled) + count(core::ImageState::Accepted) + count(core::ImageState::Corrected);
    const std::size_t partial = count(core::ImageState::Partial);
    if (!m_project->isTraining())
        m_training->showCounts(labelled, partial, m_images->model().total() - labelled - partial,
                               count(core::ImageState::Predicted));
    showNextStep();
}

void MainWindow::showNextStep()
{
    if (!m_isListed || !m_project->isOpen() || m_project->isClosing()) {
        m_status->showNextStep({});
        return;
    }
    const ImageListModel &model = m_images->model();
    const core::ImageSummary *current = model.find(m_editor->currentImage());
    WorkState work;
    work.total = model.total();
    work.labelled = model.countOf(core::ImageState::Labelled);
    work.partial = model.countOf(core::ImageState::Partial);
    work.unlabelled = model.countOf(core::ImageState::Unlabelled);
    work.waiting = model.countOf(core::ImageState::Predicted);
    work.reviewed = model.countOf(core::ImageState::Accepted) + model.countOf(core::ImageState::Corrected)
                    + model.countOf(core::ImageState::Rejected);
    work.isCurrentPartial = current != nullptr && current->state == core::ImageState::Partial;
    work.isReviewing = m_review->isActive();
    work.isTraining = m_project->isTraining();
    work.canEdit = !m_project->isReadOnly();
    const auto key = [](const QAction *action) { return action->shortcut().toString(QKeySequence::NativeText); };
    const core::LabelClass *active = m_project->classes().find(m_editor->activeClass());
    if (active == nullptr && !m_project->classes().isEmpty())
        active = &m_project->classes().classes().front();
    m_status->showNextStep(nextStepText(nextStep(work), work,
                                        active != nullptr ? QString::fromStdString(active->name) : QString(),
                                        {key(m_actions->importImages), key(m_actions->markDone), key(m_actions->train),
                                         key(m_actions->review), key(m_actions->exportMasks)}));
}

void MainWindow::chooseImage(core::ImageId id)
{
    if (!id.isValid())
        return;
    // Leaving a case by choosing another image puts it off; an image that waits becomes the case.
    if (m_review->isActive() && id != m_review->current())
        m_review->goTo(id);
    // Before it is there, so that two steps in a row go two images on, and one that cannot be read is passed.
    if (m_images->current() != id)
        m_images->setCurrent(id);
    m_editor->showImage(id);
}

void MainWindow::goToNeighbour(int step)
{
    if (step > 0 && m_review->isActive() && m_review->current().isValid()) {
        m_review->defer();
        return;
    }
    chooseImage(m_images->neighbour(step));
}

void MainWindow::goToSlice(int step)
{
    ImageListModel &model = m_images->model();
    const core::ImageSummary *current = model.find(m_editor->currentImage());
    if (current != nullptr && !current->seriesKey.empty())
        chooseImage(model.sliceBeside(current->seriesKey, current->slicePosition, step));
}

void MainWindow::readAhead()
{
    std::vector<core::ImageId> likely{m_images->pointed()};
    if (m_review->isActive())
        likely.push_back(m_review->next());
    for (const int step : {1, -1})
        likely.push_back(m_images->neighbour(step));
    const ImageListModel &model = m_images->model();
    if (const core::ImageSummary *image = model.find(m_editor->currentImage())) {
        for (const int step : {1, -1})
            likely.push_back(model.sliceBeside(image->seriesKey, image->slicePosition, step));
    }
    m_editor->prefetch(likely);
}

void MainWindow::leaveRemoved(int row)
{
    const ImageListModel &model = m_images->model();
    const core::ImageId next = model.idAt(std::clamp(row, 0, std::max(0, model.rowCount() - 1)));
    if (next.isValid()) {
        chooseImage(next);
        return;
    }
    m_images->setCurrent({});
    m_editor->showEmptyProject();
}

void MainWindow::setReviewing(bool isReviewing)
{
    m_actions->review->setChecked(isReviewing);
    m_editor->setReviewing(isReviewing);
    // The list shows what the review goes through, in its order.
    if (isReviewing && !m_orderBeforeReview)
        m_orderBeforeReview = m_images->order();
    if (m_orderBeforeReview)
        m_images->setOrder(isReviewing ? ImageOrder::LookFirst : *m_orderBeforeReview);
    if (!isReviewing)
        m_orderBeforeReview.reset();
    if (isReviewing)
        m_review->start();
    else
        m_review->end();
    updateActions();
    showNextStep();
}

void MainWindow::showCase(core::ImageId id, const core::PredictionScores &scores, std::size_t waiting)
{
    if (!id.isValid()) {
        m_editor->reviewBar().showEmpty(m_images->model().countOf(core::ImageState::Accepted)
                                            + m_images->model().countOf(core::ImageState::Corrected)
                                            + m_images->model().countOf(core::ImageState::Rejected)
                                        > 0);
        updateActions();
        return;
    }
    const core::ImageSummary *image = m_images->model().find(id);
    m_editor->reviewBar().showCase(image != nullptr ? QString::fromStdString(image->name) : QString(), scores, waiting);
    if (m_editor->currentImage() != id) {
        m_editor->reviewBar().setChanged(false);
        // Before it is there, as in chooseImage().
        m_images->setCurrent(id);
        m_editor->showImage(id);
    } else {
        m_editor->reviewBar().setProposalEmpty(m_editor->isProposalEmpty());
    }
    updateActions();
}

void MainWindow::undoStep()
{
    // A case nobody has painted on has nothing of its own to undo: Ctrl+Z then means the verdict before.
    const core::ImageSummary *image = m_images->model().find(m_editor->currentImage());
    const bool isUntouchedCase = m_review->isActive() && image != nullptr
                                 && (image->state == core::ImageState::Predicted || !m_editor->canUndo());
    if (isUntouchedCase && m_review->hasVerdicts())
        m_review->undoLastVerdict();
    else
        m_editor->undo();
}

void MainWindow::askNewProject()
{
    auto *dialog = new NewProjectDialog(m_parts.dialogs, m_parts.settings->lastFolder(QStringLiteral("project")), this);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const core::Result<core::LabelSet> classes = dialog->classes();
        if (!classes)
            return;
        const QString folder = dialog->projectFolder();
        m_parts.settings->setLastFolder(QStringLiteral("project"), QFileInfo(folder).absolutePath());
        createProject(folder, *classes);
    });
    dialog->show();
}

void MainWindow::askOpenProject()
{
    const QString folder = m_parts.dialogs.chooseFolder(this, tr("Choose a project folder (.semigda)"),
                                                        m_parts.settings->lastFolder(QStringLiteral("project")));
    if (folder.isEmpty())
        return;
    m_parts.settings->setLastFolder(QStringLiteral("project"), QFileInfo(folder).absolutePath());
    openProject(folder);
}

void MainWindow::askSample()
{
    const QString folder = m_parts.dialogs.chooseFolder(this, tr("Choose a folder for the sample images"),
                                                        m_parts.settings->lastFolder(QStringLiteral("project")));
    if (!folder.isEmpty())
        createSample(QDir(folder).filePath(tr("SemiGDA sample")), SampleCount);
}

void MainWindow::askImport()
{
    auto *dialog = new ImportDialog(m_parts.dialogs, m_parts.settings->lastFolder(QStringLiteral("import")), this);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_parts.settings->setLastFolder(QStringLiteral("import"), dialog->lastFolder());
        m_project->importImages(dialog->request());
    });
    dialog->show();
}

void MainWindow::showLayers()
{
    auto *dialog = findChild<QDialog *>(QStringLiteral("layersDialog"));
    if (dialog == nullptr)
        dialog = new LayersDialog(m_editor->canvas(), this);
    dialog->show();
    dialog->raise();
}

void MainWindow::showKeys()
{
    auto *dialog = findChild<QDialog *>(QStringLiteral("keysDialog"));
    if (dialog == nullptr)
        dialog = new KeysDialog(*m_keys, this);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void MainWindow::askExport()
{
    auto *dialog = new ExportDialog(m_parts.dialogs, m_parts.settings->lastFolder(QStringLiteral("export")), this);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const core::ExportRequest request = dialog->request();
        m_parts.settings->setLastFolder(QStringLiteral("export"), fromPath(request.folder));
        m_project->exportMasks(request);
    });
    dialog->show();
}

} // namespace semigda::ui
