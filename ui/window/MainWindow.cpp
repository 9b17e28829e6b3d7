// SPDX-License-Identifier: Apache-2.0
#include "ui/window/MainWindow.h"

#include "ui/contrast/ContrastController.h"
#include "ui/contrast/ContrastDialog.h"
#include "ui/dialogs/Paths.h"
#include "ui/keys/KeyBindings.h"
#include "ui/language/Language.h"
#include "ui/language/Sentences.h"
#include "ui/lists/ImageListPanel.h"
#include "ui/panels/ClassPanel.h"
#include "ui/panels/PanelScroll.h"
#include "ui/panels/TrainingPanel.h"
#include "ui/review/ReviewBar.h"
#include "ui/review/ReviewController.h"
#include "ui/theme/Theme.h"
#include "ui/tools/ToolOptionsBar.h"
#include "ui/view3d/View3dPanel.h"
#include "ui/window/Actions.h"
#include "ui/window/EditorArea.h"
#include "ui/window/MainToolBar.h"
#include "ui/window/ProjectController.h"
#include "ui/window/ProjectTasks.h"
#include "ui/window/StartPage.h"
#include "ui/window/StatusLine.h"
#include "ui/window/TaskStatus.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QMenuBar>
#include <QMimeData>
#include <QStatusTipEvent>
#include <QToolBar>

#include <algorithm>
#include <utility>

namespace semigda::ui
{

namespace
{

const QString View3dPlanesKey = QStringLiteral("view3d/planes");

QString lossWarning()
{
    return MainWindow::tr("Your last strokes could not be written to the project; free some space and wait until "
                          "“Saved” shows, or close without them.");
}

} // namespace

MainWindow::MainWindow(WindowParts parts, QWidget *parent)
    : QMainWindow(parent)
    , m_parts(std::move(parts))
    , m_actions(new Actions(this))
    , m_project(new ProjectController(m_parts.workspace, this))
    , m_review(new ReviewController(this))
    , m_editor(new EditorArea(*m_actions, *m_project, this))
    , m_images(new ImageListPanel(this))
    , m_classes(new ClassPanel(this))
    , m_training(new TrainingPanel(this))
    , m_view3d(new View3dPanel(this))
    , m_status(new StatusLine(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setCentralWidget(m_editor);
    setStatusBar(m_status);
    m_review->setReviewer(m_parts.userName.toStdString());
    m_editor->setAuthor(m_parts.userName.toStdString());
    createDocks();
    auto *bar = new MainToolBar(this);
    m_toolBar = bar;
    m_toolBar->setWindowTitle(tr("Tools"));
    addToolBar(m_toolBar);
    m_actions->fillToolBar(*bar);
    addToolBarBreak();
    m_toolOptions = new ToolOptionsBar(m_editor->tools(), this);
    markExtension(*m_toolOptions);
    addToolBar(m_toolOptions);
    m_actions->fillMenus(*menuBar(), {m_imagesDock->toggleViewAction(), m_classesDock->toggleViewAction(),
                                      m_trainingDock->toggleViewAction(), m_actions->view3d});
    for (QDockWidget *dock : {m_imagesDock, m_classesDock, m_trainingDock})
        addAction(dock->toggleViewAction());
    m_keys = new KeyBindings(m_actions->all(), this);
    m_contrast = new ContrastController(*m_actions, m_editor->canvas(), *this);
    connectProject();
    connectPanels();
    connectReview();
    connectActions();
    connectHabits();
    restoreWindow();
    onClosed();
}

MainWindow::~MainWindow()
{
    // The editor's documents and the panels refer to the project's stores: they go first. What looks at the canvas goes
    // before it.
    delete findChild<QDialog *>(QStringLiteral("layersDialog"));
    delete m_contrast->dialog();
    delete m_contrast;
    delete m_editor;
    delete m_view3d;
    delete m_project;
}

QDockWidget *MainWindow::addDock(const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(content);
    dock->toggleViewAction()->setObjectName(QStringLiteral("actionShow") + name.at(0).toUpper() + name.mid(1));
    dock->toggleViewAction()->setStatusTip(tr("Show or hide the panel “%1”").arg(title));
    giveKeys(*dock->toggleViewAction(), {});
    addDockWidget(area, dock);
    return dock;
}

void MainWindow::createDocks()
{
    setDockNestingEnabled(true);
    m_imagesDock = addDock(QStringLiteral("imagesDock"), tr("Images"), m_images, Qt::LeftDockWidgetArea);
    m_classesDock = addDock(QStringLiteral("classesDock"), tr("Classes"), m_classes, Qt::RightDockWidgetArea);
    m_trainingDock = addDock(QStringLiteral("trainingDock"), tr("Training"), new PanelScroll(m_training, this),
                             Qt::RightDockWidgetArea);
    m_view3dDock = addDock(QStringLiteral("view3dDock"), tr("3D view"), m_view3d, Qt::RightDockWidgetArea);
    arrangeDocks();
}

void MainWindow::arrangeDocks()
{
    // As a tab: the column is too low for three panels on a small screen, and the image is never covered.
    tabifyDockWidget(m_trainingDock, m_view3dDock);
    m_view3dDock->hide();
    adaptDockWidths();
    resizeDocks({m_classesDock, m_trainingDock}, {24 * GridUnit, 64 * GridUnit}, Qt::Vertical);
}

void MainWindow::adaptDockWidths()
{
    // A share of the window, within what is still readable and what names and curves can use.
    const int left = std::clamp(width() / 6, 32 * GridUnit, 45 * GridUnit);
    const int right = std::clamp(width() / 6, 36 * GridUnit, 50 * GridUnit);
    resizeDocks({m_imagesDock, m_classesDock}, {left, right}, Qt::Horizontal);
}

void MainWindow::showView3d(bool isOn)
{
    m_view3dDock->setVisible(isOn);
    if (isOn) {
        m_view3dDock->raise();
        // A volume needs more room than the buttons of the training panel; they get theirs back afterwards.
        m_widthWithout3d = m_classesDock->width();
        resizeDocks({m_view3dDock}, {std::max(m_widthWithout3d, width() * 3 / 10)}, Qt::Horizontal);
    } else if (m_widthWithout3d > 0) {
        resizeDocks({m_classesDock}, {std::exchange(m_widthWithout3d, 0)}, Qt::Horizontal);
    }
}

void MainWindow::restoreWindow()
{
    resize(1280, 800);
    if (const QByteArray geometry = m_parts.settings->geometry(); !geometry.isEmpty())
        restoreGeometry(geometry);
    if (const QByteArray state = m_parts.settings->windowState(); !state.isEmpty())
        m_hasOwnLayout = restoreState(state);
    m_training->setMinutes(static_cast<int>(m_parts.settings->number(QStringLiteral("training/minutes"), 10)));
    m_editor->restore(*m_parts.settings);
    m_keys->load(*m_parts.settings);
    m_view3d->setPlanes(static_cast<SlicePlanes>(
        static_cast<int>(m_parts.settings->number(View3dPlanesKey, static_cast<int>(m_view3d->planes())))));
    m_actions->lightTheme->setChecked(currentTheme() == ThemeKind::Light);
    for (QAction *language : m_actions->languages->actions())
        language->setChecked(language->data().toString() == m_parts.settings->language());
}

void MainWindow::saveWindow()
{
    m_parts.settings->saveWindow(saveGeometry(), m_arrangement.isEmpty() ? saveState() : m_arrangement);
    m_parts.settings->setNumber(QStringLiteral("training/minutes"), m_training->minutes());
    m_editor->save(*m_parts.settings);
    m_keys->save(*m_parts.settings);
    m_parts.settings->setNumber(View3dPlanesKey, static_cast<int>(m_view3d->planes()));
    m_parts.settings->sync();
}

void MainWindow::afterClosing(std::function<void()> next)
{
    if (!m_project->isOpen()) {
        next();
        return;
    }
    m_afterClosed = std::move(next);
    m_project->close();
}

void MainWindow::openProject(const QString &folder)
{
    afterClosing([this, folder] { m_project->open(toPath(folder)); });
}

void MainWindow::createProject(const QString &folder, const core::LabelSet &classes)
{
    afterClosing([this, folder, classes] { m_project->create(toPath(folder), classes); });
}

void MainWindow::createSample(const QString &folder, int count)
{
    afterClosing([this, folder, count] { m_project->createSample(toPath(folder), count); });
}

void MainWindow::importPaths(const QStringList &paths)
{
    core::ImportRequest request;
    request.recursive = true;
    for (const QString &path : paths)
        request.paths.push_back(toPath(path));
    m_project->importImages(request);
}

bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::StatusTip) {
        m_status->showTip(static_cast<QStatusTipEvent *>(event)->tip());
        return true;
    }
    return QMainWindow::event(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_project->isOpen()) {
        saveWindow();
        event->accept();
        return;
    }
    // Training and strokes are finished off this thread; the window closes itself when that is done. A second click on
    // the close button meanwhile changes nothing.
    event->ignore();
    if (m_editor->isSavingFailing() && !m_isLossAccepted) {
        m_editor->notices().show({NoticeLevel::Error, lossWarning(), {}, tr("Close without them"), [this] {
                                      m_isLossAccepted = true;
                                      close();
                                  }});
        return;
    }
    if (!m_closeAfterProject) {
        m_closeAfterProject = true;
        m_project->close();
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    QStringList paths;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    if (paths.size() == 1 && paths.front().endsWith(QLatin1StringView(".semigda"))) {
        openProject(paths.front());
        return;
    }
    if (!m_project->isOpen())
        m_editor->notices().show(
            {NoticeLevel::Info, tr("Create or open a project first, then drop the images again."), {}, {}, {}});
    else if (m_project->isReadOnly())
        m_editor->notices().show({NoticeLevel::Warning, sentenceText(m_project->info().readOnlyReason), {}, {}, {}});
    else
        importPaths(paths);
}

void MainWindow::setWorkspaceVisible(bool isVisible)
{
    if (isVisible) {
        if (!m_arrangement.isEmpty())
            restoreState(std::exchange(m_arrangement, {}));
        // The 3D view opens on demand only: it needs OpenGL and loads a volume.
        m_widthWithout3d = 0;
        m_view3dDock->hide();
        if (!std::exchange(m_hasOwnLayout, true))
            adaptDockWidths();
        return;
    }
    if (!m_arrangement.isEmpty())
        return;
    // Closing a project with the 3D view open must not make its width the panels' own.
    if (m_widthWithout3d > 0)
        showView3d(false);
    m_arrangement = saveState();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_toolBar, m_toolOptions, m_imagesDock, m_classesDock,
                                                            m_trainingDock, m_view3dDock})
        widget->hide();
}

void MainWindow::onOpened()
{
    // First: the start page needs more width than an image leaves to it beside the panels.
    m_editor->showEmptyProject();
    setWorkspaceVisible(true);
    const QString folder = fromPath(m_project->info().folder);
    m_parts.settings->addRecentProject(folder);
    m_review->setStore(m_project->isReadOnly() ? nullptr : m_project->writer());
    m_view3d->setSession(m_project->session());
    m_images->model().clear();
    m_isListed = false;
    m_training->clear();
    m_training->setBlocked(m_project->isReadOnly() ? sentenceText(m_project->info().readOnlyReason) : QString());
    m_classes->setReadOnly(m_project->isReadOnly());
    m_status->setProjectOpen(true);
    m_editor->notices().clear();
    updateTitle();
    updateSaved();
    updateActions();
}

void MainWindow::onClosed()
{
    m_isListed = false;
    setReviewing(false);
    setWorkspaceVisible(false);
    m_review->setStore(nullptr);
    m_images->model().clear();
    m_images->setCurrent({});
    m_classes->setClasses({});
    m_training->clear();
    m_editor->showStartPage();
    m_editor->startPage().setRecentProjects(m_parts.settings->recentProjects());
    m_status->setProjectOpen(false);
    setEnabled(true);
    updateTitle();
    updateActions();
    if (m_closeAfterProject) {
        QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
    } else if (m_afterClosed) {
        QMetaObject::invokeMethod(this, std::exchange(m_afterClosed, {}), Qt::QueuedConnection);
    }
}

void MainWindow::updateTitle()
{
    setWindowTitle(m_project->isOpen() && !m_project->isClosing()
                       ? tr("%1 – SemiGDA Studio").arg(QString::fromStdString(m_project->info().name))
                       : tr("SemiGDA Studio"));
}

void MainWindow::updateSaved()
{
    if (m_editor->isSavingFailing()) {
        m_status->showNotSaved(m_editor->savingProblem());
        return;
    }
    if (m_editor->isSaved())
        m_editor->notices().withdraw(lossWarning());
    m_status->showSaved(m_editor->isSaved(),
                        m_project->isReadOnly() ? sentenceText(m_project->info().readOnlyReason) : QString());
}

void MainWindow::updateActions()
{
    const bool isOpen = m_project->isOpen() && !m_project->isClosing();
    const bool canEdit = isOpen && !m_project->isReadOnly();
    const bool hasImages = isOpen && m_images->model().total() > 0;
    const bool hasImage = isOpen && m_editor->currentImage().isValid();
    const bool isReviewing = m_review->isActive();
    const bool hasCase = isReviewing && m_review->current().isValid();
    m_actions->closeProject->setEnabled(isOpen);
    m_actions->importImages->setEnabled(canEdit);
    m_actions->exportMasks->setEnabled(hasImages);
    for (QAction *action : {m_actions->review, m_actions->nextReview, m_actions->predict})
        action->setEnabled(canEdit && hasImages);
    for (QAction *action : m_actions->drawing() + m_actions->choosing())
        action->setEnabled(canEdit && hasImage);
    // A review keeps to the images it has begun with.
    m_actions->removeImages->setEnabled(canEdit && hasImage && !isReviewing);
    m_actions->removedImages->setEnabled(canEdit && !isReviewing);
    for (QAction *action : m_actions->slicing())
        action->setEnabled(canEdit && m_editor->isSliceShown());
    for (QAction *action : m_actions->viewing())
        action->setEnabled(hasImage);
    // Away from an image that cannot be read, too.
    for (QAction *action : {m_actions->previousImage, m_actions->nextImage})
        action->setEnabled(hasImages);
    for (QAction *action : {m_actions->previousSlice, m_actions->nextSlice})
        action->setEnabled(m_editor->isSliceShown());
    m_actions->view3d->setEnabled(isOpen);
    m_actions->history->setEnabled(hasImage);
    for (QAction *action : m_actions->verdicts())
        action->setEnabled(canEdit && hasCase);
    const bool isTraining = m_project->isTraining();
    m_actions->train->setEnabled(canEdit && !isTraining);
    m_actions->pauseTraining->setEnabled(isTraining);
    m_actions->stopTraining->setEnabled(isTraining);
    m_actions->undo->setEnabled(canEdit && (m_editor->canUndo() || (isReviewing && m_review->hasVerdicts())));
    m_actions->redo->setEnabled(canEdit && m_editor->canRedo());
}

void MainWindow::setTheme(ThemeKind kind)
{
    applyTheme(*qApp, kind);
    m_parts.settings->setTheme(kind);
    updateSaved();
}

void MainWindow::chooseLanguage(const QString &choice)
{
    m_parts.settings->setLanguage(choice);
    static constexpr const char *Text = QT_TR_NOOP("The language changes when the studio is started again.");
    // Who has come here by mistake and who wants to leave this language read it both.
    const QString present = tr(Text);
    const QString chosen = textIn(languageFor(choice), staticMetaObject.className(), Text);
    if (chosen != present)
        m_editor->notices().show({NoticeLevel::Info, present + QLatin1Char('\n') + chosen, {}, {}, {}});
}

} // namespace semigda::ui
