// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"
#include "ui/dialogs/FileDialogs.h"
#include "ui/window/DiskSpace.h"
#include "ui/window/UiSettings.h"

#include <QMainWindow>

#include <functional>
#include <memory>
#include <optional>

class QDockWidget;
class QToolBar;

namespace semigda::ui
{

class Actions;
enum class ImageOrder;
class ClassPanel;
class ContrastController;
class EditorArea;
class ImageListPanel;
class KeyBindings;
class ProjectController;
class ReviewController;
class StatusLine;
class ToolOptionsBar;
class TrainingPanel;
class View3dPanel;

/// What the window is built with; tests replace each of them.
struct WindowParts
{
    std::shared_ptr<core::Workspace> workspace;
    std::shared_ptr<UiSettings> settings;
    FileDialogs dialogs = FileDialogs::fromSystem();
    QString userName; ///< written to the project's history; empty: the login name
    QString version;
    SpaceProbe diskSpace = spaceOf;
};

/// Layout and actions of the studio; what they do lives in ProjectController, EditorArea and ReviewController. Gui
/// thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(WindowParts parts, QWidget *parent = nullptr);
    ~MainWindow() override;

    void openProject(const QString &folder);
    void createProject(const QString &folder, const core::LabelSet &classes);
    void createSample(const QString &folder, int count);
    void importPaths(const QStringList &paths);
    /// Shows an image as a click in the list does.
    void chooseImage(core::ImageId id);
    ProjectController &project() { return *m_project; }
    EditorArea &editor() { return *m_editor; }
    ReviewController &review() { return *m_review; }
    TrainingPanel &trainingPanel() { return *m_training; }
    View3dPanel &view3dPanel() { return *m_view3d; }
    ImageListPanel &imageList() { return *m_images; }

protected:
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QDockWidget *addDock(const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area);
    void createDocks();
    void arrangeDocks();
    void adaptDockWidths();
    void setWorkspaceVisible(bool isVisible);
    void afterClosing(std::function<void()> next);
    void connectProject();
    void watchDisk();
    void connectPanels();
    void connectReview();
    void connectActions();
    /// Habits of the user that stay over a restart.
    void connectHabits();
    void restoreWindow();
    void saveWindow();
    void updateActions();
    void updateSaved();
    void updateTitle();
    void onOpened();
    void onClosed();
    void goToNeighbour(int step);
    void goToSlice(int step);
    /// What she may want to see next, likeliest first.
    void readAhead();
    /// The image on show was taken out of the project: shows the one that is in its row of the list now.
    void leaveRemoved(int row);
    void setReviewing(bool isReviewing);
    void showCounts();
    void showNextStep();
    void showView3d(bool isOn);
    void showCase(core::ImageId id, const core::PredictionScores &scores, std::size_t waiting);
    void undoStep();
    void askNewProject();
    void askOpenProject();
    void askSample();
    void askImport();
    void askExport();
    void showLayers();
    void showKeys();
    void setTheme(ThemeKind kind);
    void chooseLanguage(const QString &choice);

    WindowParts m_parts;
    Actions *m_actions;
    ProjectController *m_project;
    ReviewController *m_review;
    EditorArea *m_editor;
    ImageListPanel *m_images;
    ClassPanel *m_classes;
    TrainingPanel *m_training;
    View3dPanel *m_view3d;
    StatusLine *m_status;
    KeyBindings *m_keys = nullptr;
    ContrastController *m_contrast = nullptr;
    QDockWidget *m_imagesDock = nullptr;
    QDockWidget *m_classesDock = nullptr;
    QDockWidget *m_trainingDock = nullptr;
    QDockWidget *m_view3dDock = nullptr;
    QToolBar *m_toolBar = nullptr;
    ToolOptionsBar *m_toolOptions = nullptr;
    std::optional<ImageOrder> m_orderBeforeReview;
    QByteArray m_arrangement;    ///< of docks and toolbar, while no project is open and they are hidden
    bool m_isListed = false;     ///< the open project's images are in the list
    bool m_hasOwnLayout = false; ///< the user's widths of the docks are known
    int m_widthWithout3d = 0;    ///< of the right docks; 0 while the 3D view is closed
    bool m_closeAfterProject = false;
    bool m_isLossAccepted = false;       ///< of strokes that cannot be written
    std::function<void()> m_afterClosed; ///< opens the next project once the present one is closed
};

} // namespace semigda::ui
