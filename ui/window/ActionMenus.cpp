// SPDX-License-Identifier: Apache-2.0
// Where the commands stand in the menus and in the toolbar.
#include "ui/window/Actions.h"

#include "ui/window/MainToolBar.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

namespace semigda::ui
{

void Actions::fillMenus(QMenuBar &bar, const QList<QAction *> &dockToggles)
{
    QMenu *project = bar.addMenu(tr("&Project"));
    project->addActions({newProject, openProject, openSample});
    project->addSeparator();
    project->addActions({importImages, exportMasks});
    QMenu *chosen = project->addMenu(tr("Chosen i&mages"));
    chosen->addActions(useFor);
    chosen->addSeparator();
    chosen->addActions({tagImages, removeImages});
    project->addAction(removedImages);
    project->addSeparator();
    project->addActions({closeProject, quit});
    QMenu *edit = bar.addMenu(tr("&Edit"));
    edit->addActions({undo, redo});
    edit->addSeparator();
    edit->addActions(tools->actions());
    edit->addActions({smallerBrush, largerBrush});
    edit->addSeparator();
    QMenu *paintWith = edit->addMenu(tr("Paint wi&th"));
    paintWith->addActions(chooseClass);
    paintWith->addSeparator();
    paintWith->addActions({chooseBackground, chooseNotAnnotated});
    paintWith->addSeparator();
    paintWith->addActions({previousClass, nextClass, swapClass});
    edit->addSeparator();
    edit->addActions({markDone, history});
    QMenu *mask = bar.addMenu(tr("&Mask"));
    mask->addActions({fillHoles, keepLargest, removeSmall});
    mask->addSeparator();
    mask->addActions({smooth, grow, shrink});
    mask->addSeparator();
    mask->addAction(growFromSeeds);
    mask->addSeparator();
    mask->addActions(slicing());
    QMenu *view = bar.addMenu(tr("&View"));
    view->addActions({fit, actualSize, zoomIn, zoomOut, keepView});
    QMenu *turn = view->addMenu(tr("Mo&ve, turn, mirror"));
    turn->addActions({moveLeft, moveRight, moveUp, moveDown});
    turn->addSeparator();
    turn->addActions({rotateLeft, rotateRight, flipHorizontally, flipVertically});
    turn->addSeparator();
    turn->addAction(resetOrientation);
    QMenu *values = view->addMenu(tr("&Contrast"));
    values->addAction(contrast);
    values->addSeparator();
    values->addActions({resetContrast, percentileContrast, fullContrast});
    values->addSeparator();
    values->addActions(ctContrasts);
    values->addSeparator();
    values->addAction(swapContrastDrag);
    view->addSeparator();
    view->addActions({showOverlay, showMask, showPrediction, showUncertainty, showImage});
    QMenu *opacity = view->addMenu(tr("La&yers and scale"));
    opacity->addActions({layers, moreOpaque, lessOpaque, showScaleBar});
    view->addSeparator();
    view->addActions({previousSlice, nextSlice});
    view->addSeparator();
    view->addActions(dockToggles);
    view->addSeparator();
    view->addAction(lightTheme);
    QMenu *language = view->addMenu(tr("Lang&uage"));
    language->setObjectName(QStringLiteral("languageMenu"));
    language->addActions(languages->actions());
    QMenu *go = bar.addMenu(tr("&Review"));
    go->addActions({review, nextReview});
    go->addSeparator();
    go->addActions(verdicts());
    go->addSeparator();
    go->addActions({previousImage, nextImage});
    QMenu *training = bar.addMenu(tr("&Training"));
    training->addActions({train, pauseTraining, stopTraining});
    training->addSeparator();
    training->addAction(predict);
    QMenu *help = bar.addMenu(tr("&Help"));
    help->addActions({shortcuts, about});
}

void Actions::fillToolBar(MainToolBar &bar)
{
    bar.addActions({importImages, exportMasks});
    bar.addSeparator();
    bar.addActions({undo, redo});
    bar.addSeparator();
    bar.addActions(tools->actions());
    bar.addSeparator();
    bar.addAction(fit);
    bar.addSeparator();
    bar.addActions({showMask, showPrediction, showUncertainty});
    bar.addSeparator();
    bar.addActions({markDone, review, view3d});
    // What the work consists of says its name; tools are known by their pictures.
    bar.setNamed({importImages, exportMasks, markDone, review, view3d});
}

} // namespace semigda::ui
