// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"
#include "ui/window/NoticeArea.h"

#include <QPointF>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <string>

class QLabel;
class QPushButton;
class QStackedLayout;

namespace semigda::core
{
struct InterpolationReport;
struct MergeReport;
} // namespace semigda::core

namespace semigda::ui
{

class Actions;
class AnnotationController;
class ImageCanvas;
class LoadingVeil;
struct ImagePreview;
class MaskCommands;
enum class MaskOperation;
enum class SaveState;
class ProjectController;
class ReviewBar;
class StartPage;
class ToolController;
class UiSettings;

/// What the status bar says about the cursor.
struct CursorInfo
{
    bool isInside = false;
    int x = 0;
    int y = 0;
    std::optional<QPointF> millimetres; ///< where the spacing is known
    QString value;                      ///< grey or RGB value in the image's own units
    QString className;                  ///< of the mask under the cursor
};

/// The middle of the window: start page, "no images yet" page or the canvas, with the review bar above and notices
/// below it. Joins canvas, tools and the document of the image on show. Gui thread.
class EditorArea : public QWidget
{
    Q_OBJECT

public:
    EditorArea(Actions &actions, ProjectController &project, QWidget *parent = nullptr);
    ~EditorArea() override;

    StartPage &startPage() { return *m_startPage; }
    ReviewBar &reviewBar() { return *m_reviewBar; }
    NoticeArea &notices() { return *m_notices; }
    ImageCanvas &canvas() { return *m_canvas; }
    ToolController &tools() { return *m_tools; }
    AnnotationController *annotation() const { return m_annotation.get(); }
    core::ImageId currentImage() const { return m_image; }
    /// Written to the history of everything painted from the next opened project on.
    void setAuthor(const std::string &author) { m_author = author; }
    bool isSaved() const;
    /// Strokes are in memory only because they cannot be written.
    bool isSavingFailing() const;
    /// Why, in one sentence; else empty.
    QString savingProblem() const;
    /// Pixels and mask of the current image are on the canvas.
    bool isImageShown() const;
    /// The image on show has a proposal, and it outlines nothing.
    bool isProposalEmpty() const;
    QWidget &canvasWidget();
    /// A point in image pixels as a point of the canvas widget.
    QPointF toCanvas(double x, double y) const;

    void showStartPage();
    void showEmptyProject();
    /// Loads an image; strokes of the one before are in the database or on their way, in order.
    void showImage(core::ImageId id);
    /// Says what is known of an image, to be shown while it is read.
    void setPreviews(std::function<ImagePreview(core::ImageId)> previews) { m_previews = std::move(previews); }
    /// These may be shown next.
    void prefetch(const std::vector<core::ImageId> &ids);
    void setReviewing(bool isReviewing);
    core::LabelValue activeClass() const;
    void setActiveClass(core::LabelValue value);
    void setBrushSize(double diameter); ///< image pixels
    /// Reads the mask again after something else than a tool wrote it.
    void reloadMask();
    void markDone();
    /// The mask as it was after that step comes back as a new step of the image on show.
    void restoreRevision(std::int64_t sequence);
    /// On the active class of the image on show, see MaskOperation.
    void runOperation(MaskOperation operation, double amount);
    /// See core::growFromSeeds.
    void growFromSeeds();
    /// The image on show is a slice of a volume.
    bool isSliceShown() const;
    void copyFromSlice(int step); ///< -1: the slice before, +1: after
    void fillBetweenSlices();     ///< with the active class
    /// In all masks of the project.
    void mergeClasses(core::LabelValue from, core::LabelValue into);
    void cancelLongStep();
    /// "mm" where the image tells how far its pixels lie apart, else "px".
    QString lengthUnit() const;
    void undo();
    void redo();
    bool canUndo() const;
    bool canRedo() const;

    void restore(const UiSettings &settings);
    void save(UiSettings &settings) const;

Q_SIGNALS:
    void importRequested();
    void imageShown(semigda::core::ImageId id);
    /// The mask of an image changed and the change is in the database.
    void imageEdited(semigda::core::ImageId id);
    /// A stroke is in the database with this place in the image's history.
    void strokeSaved(semigda::core::ImageId id, qint64 sequence);
    void cursorMoved(const semigda::ui::CursorInfo &info);
    void zoomChanged(double factor);
    void savedChanged(bool isSaved);
    void undoChanged();
    void activeClassChanged(semigda::core::LabelValue value);
    /// Of the image on show, as it came and as it is shown; nullopt: there is none.
    void contrastChanged(const std::optional<semigda::core::ValueWindow> &own,
                         const std::optional<semigda::core::ValueWindow> &shown);
    /// +1: the next slice of the volume, -1: the one before.
    void sliceStepRequested(int step);
    /// A step on many images goes on for more than a moment; cancelLongStep() stops it.
    void longStepStarted(const QString &what);
    void longStepProgressed(const semigda::core::TaskProgress &progress);
    void longStepEnded();

protected:
    /// What the canvas has no use for: Esc leaves out an operation that is under way.
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *createEmptyPage();
    ImagePreview preview(core::ImageId id) const;
    void sharpenVeil(core::ImageId id, const core::ImageData &overview);
    void announceContrast();
    void tellFilled(const core::InterpolationReport &report);
    void tellMerged(const core::MergeReport &report);
    void tellUndoable(const QString &text, const std::vector<core::StepRef> &changed);
    void setClasses(const core::LabelSet &classes);
    void tellSaving(SaveState state, const QString &problem);
    void onProjectOpened();
    void onProjectClosed();

    ProjectController &m_project;
    QStackedLayout *m_stack;
    StartPage *m_startPage;
    QWidget *m_emptyPage;
    QWidget *m_editPage;
    ReviewBar *m_reviewBar;
    NoticeArea *m_notices;
    ImageCanvas *m_canvas;
    LoadingVeil *m_veil;
    std::function<ImagePreview(core::ImageId)> m_previews;
    ToolController *m_tools;
    MaskCommands *m_commands;
    std::unique_ptr<AnnotationController> m_annotation;
    std::string m_author;
    QString m_shownProblem; ///< that saving fails, as the user was told; empty: it works
    core::ImageId m_image;
};

} // namespace semigda::ui
