// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>

class QAction;
class QActionGroup;
class QMenuBar;
class QWidget;

namespace semigda::ui
{

class MainToolBar;

/// Every command of the main window, with its name (actionXxx), words, icon and key; menus and toolbar are made of
/// these. What they do is connected by the window. Children of `owner`.
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QWidget *owner);

    void fillMenus(QMenuBar &bar, const QList<QAction *> &dockToggles);
    void fillToolBar(MainToolBar &bar);
    QList<QAction *> all() const;
    QList<QAction *> verdicts() const { return {accept, reject, defer}; }
    /// Those that change the mask of the image on show.
    QList<QAction *> drawing() const;
    /// Those that need the other slices of a volume besides.
    QList<QAction *> slicing() const { return {copyPrevious, copyNext, fillBetween}; }
    /// Those that change the images chosen in the list.
    QList<QAction *> choosing() const { return useFor + QList<QAction *>{tagImages, removeImages}; }
    /// Those that need an image on show and leave its mask alone.
    QList<QAction *> viewing() const;

    QAction *newProject;
    QAction *openProject;
    QAction *openSample;
    QAction *closeProject;
    QAction *importImages;
    QAction *exportMasks;
    QAction *quit;

    QAction *undo;
    QAction *redo;
    QAction *markDone;
    QAction *history;
    QAction *fillHoles;
    QAction *keepLargest;
    QAction *removeSmall;
    QAction *smooth;
    QAction *grow;
    QAction *shrink;
    QAction *growFromSeeds;
    QAction *copyPrevious;
    QAction *copyNext;
    QAction *fillBetween;

    QActionGroup *tools;
    QAction *brush;
    QAction *adaptiveBrush;
    QAction *eraser;
    QAction *polygon;
    QAction *lasso;
    QAction *rectangle;
    QAction *ellipse;
    QAction *fill;
    QAction *wand;
    QAction *superpixels;
    QAction *pan;
    QAction *smallerBrush;
    QAction *largerBrush;

    QAction *swapClass;
    QAction *previousClass;
    QAction *nextClass;
    QAction *chooseNotAnnotated;
    QAction *chooseBackground;
    QList<QAction *> chooseClass; ///< the first nine, in display order

    QAction *fit;
    QAction *keepView;
    QAction *actualSize;
    QAction *zoomIn;
    QAction *zoomOut;
    QAction *moveLeft;
    QAction *moveRight;
    QAction *moveUp;
    QAction *moveDown;
    QAction *rotateLeft;
    QAction *rotateRight;
    QAction *flipHorizontally;
    QAction *flipVertically;
    QAction *resetOrientation;
    QAction *previousSlice;
    QAction *nextSlice;
    QAction *contrast;
    QAction *resetContrast;
    QAction *percentileContrast;
    QAction *fullContrast;
    QAction *swapContrastDrag;
    QList<QAction *> ctContrasts; ///< in the order of ctPresets()
    QAction *showOverlay;
    QAction *showMask;
    QAction *showPrediction;
    QAction *showUncertainty;
    QAction *showImage;
    QAction *layers;
    QAction *moreOpaque;
    QAction *lessOpaque;
    QAction *showScaleBar;
    QAction *lightTheme;
    QActionGroup *languages; ///< each action's data is the choice that applyLanguage() takes
    QAction *view3d;

    QAction *previousImage;
    QAction *nextImage;
    QList<QAction *> useFor; ///< the chosen images: data() is the core::Split as a number
    QAction *tagImages;
    QAction *removeImages;
    QAction *removedImages;
    QAction *review;
    QAction *nextReview;
    QAction *accept;
    QAction *reject;
    QAction *defer;

    QAction *train;
    QAction *pauseTraining;
    QAction *stopTraining;
    QAction *predict;

    QAction *shortcuts;
    QAction *about;

private:
    QAction *add(const char *name, const QString &text, const char *icon, const QString &tip,
                 const QList<QKeySequence> &keys = {});
    QAction *addToggle(const char *name, const QString &text, const char *icon, const QString &tip,
                       const QList<QKeySequence> &keys, bool isOn);
    void createProjectActions();
    void createEditActions();
    void createToolActions();
    void createClassActions();
    void createMaskActions();
    void createViewActions();
    void createOrientationActions();
    void createContrastActions();
    void createLayerActions();
    void createLanguageActions();
    void createReviewActions();
    void createTrainingActions();

    QWidget *m_owner;
};

} // namespace semigda::ui
