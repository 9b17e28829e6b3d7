// SPDX-License-Identifier: Apache-2.0
#include "ui/window/Actions.h"

#include "ui/theme/Icons.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>
#include <QWidget>

namespace semigda::ui
{

Actions::Actions(QWidget *owner)
    : QObject(owner)
    , m_owner(owner)
{
    createProjectActions();
    createEditActions();
    createClassActions();
    createViewActions();
    createReviewActions();
    createTrainingActions();
    shortcuts = add("actionShortcuts", tr("&Keys"), "help", tr("All keys"),
                    {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)});
    about = add("actionAbout", tr("&About SemiGDA Studio"), "info", tr("Version, licence and intended use"));
}

QAction *Actions::add(const char *name, const QString &text, const char *icon, const QString &tip,
                      const QList<QKeySequence> &keys)
{
    auto *action = new QAction(text, m_owner);
    action->setObjectName(QString::fromLatin1(name));
    action->setIcon(themedIcon(QString::fromLatin1(icon)));
    action->setShortcuts(keys);
    action->setIconVisibleInMenu(false);
    QString full = tip;
    if (!keys.isEmpty())
        full += QStringLiteral(" (%1)").arg(keys.front().toString(QKeySequence::NativeText));
    action->setToolTip(full);
    action->setStatusTip(tip);
    m_owner->addAction(action);
    return action;
}

QAction *Actions::addToggle(const char *name, const QString &text, const char *icon, const QString &tip,
                            const QList<QKeySequence> &keys, bool isOn)
{
    QAction *action = add(name, text, icon, tip, keys);
    action->setCheckable(true);
    action->setChecked(isOn);
    return action;
}

void Actions::createProjectActions()
{
    newProject =
        add("actionNewProject", tr("&New project …"), "project-new", tr("Create a project"), {QKeySequence::New});
    openProject =
        add("actionOpenProject", tr("&Open project …"), "project-open", tr("Open a project"), {QKeySequence::Open});
    openSample = add("actionOpenSample", tr("Try with &sample images"), "sample",
                     tr("Makes synthetic ultrasound images with a project to try the program with"));
    closeProject = add("actionCloseProject", tr("&Close project"), "close", tr("Close the project"),
                       {QKeySequence(Qt::CTRL | Qt::Key_W)});
    importImages =
        add("actionImport", tr("&Import images …"), "import",
            tr("Import images, or drop files and folders on the window"), {QKeySequence(Qt::CTRL | Qt::Key_I)});
    exportMasks =
        add("actionExport", tr("&Export masks …"), "export", tr("Export masks"), {QKeySequence(Qt::CTRL | Qt::Key_E)});
    importImages->setIconText(tr("Import"));
    exportMasks->setIconText(tr("Export"));
    quit =
        add("actionQuit", tr("&Quit"), "close", tr("Quit; everything painted is already saved"), {QKeySequence::Quit});
    quit->setMenuRole(QAction::QuitRole);
}

void Actions::createEditActions()
{
    undo = add("actionUndo", tr("&Undo"), "undo", tr("Undo the last step on this image"), {QKeySequence::Undo});
    redo = add("actionRedo", tr("&Redo"), "redo", tr("Redo"),
               {QKeySequence(Qt::CTRL | Qt::Key_Y), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)});
    markDone = add("actionMarkDone", tr("&Done with this image"), "done",
                   tr("The image is completely labelled: all that is not painted is background"),
                   {QKeySequence(Qt::CTRL | Qt::Key_D)});
    markDone->setIconText(tr("Done"));

    tools = new QActionGroup(this);
    tools->setExclusive(true);
    brush = addToggle("actionBrush", tr("&Brush"), "brush", tr("Paint with the chosen class; [ and ] change the size"),
                      {QKeySequence(Qt::Key_B)}, true);
    adaptiveBrush = addToggle("actionAdaptiveBrush", tr("&Adaptive brush"), "adaptive",
                              tr("Paint what looks like what is under the pointer; stops at edges"),
                              {QKeySequence(Qt::SHIFT | Qt::Key_B)}, false);
    eraser = addToggle("actionEraser", tr("&Eraser"), "eraser", tr("Take labels away; or hold Ctrl while painting"),
                       {QKeySequence(Qt::Key_E)}, false);
    polygon = addToggle("actionPolygon", tr("&Polygon"), "polygon",
                        tr("Click corners; Enter closes, Backspace takes one back, Esc cancels"),
                        {QKeySequence(Qt::Key_P)}, false);
    lasso = addToggle("actionLasso", tr("&Lasso"), "lasso", tr("Draw around a region; it is filled on release"),
                      {QKeySequence(Qt::Key_L)}, false);
    rectangle =
        addToggle("actionRectangle", tr("&Rectangle"), "rectangle",
                  tr("Drag from corner to corner; with Shift it becomes a square"), {QKeySequence(Qt::Key_R)}, false);
    ellipse =
        addToggle("actionEllipse", tr("&Ellipse"), "ellipse",
                  tr("Drag from corner to corner; with Shift it becomes a circle"), {QKeySequence(Qt::Key_O)}, false);
    fill = addToggle("actionFill", tr("&Fill"), "fill",
                     tr("Click in what one class, or nothing yet, covers in one piece; Ctrl+click takes it away"),
                     {QKeySequence(Qt::Key_F)}, false);
    wand = addToggle("actionWand", tr("Magic &wand"), "wand",
                     tr("Click where a region of similar values begins; drag right for more, left for less"),
                     {QKeySequence(Qt::Key_W)}, false);
    pan = addToggle("actionPan", tr("&Move the view"), "pan", tr("Drag the image; or hold Space"),
                    {QKeySequence(Qt::Key_V)}, false);
    for (QAction *tool : {brush, adaptiveBrush, eraser, polygon, lasso, rectangle, ellipse, fill, wand, pan})
        tools->addAction(tool);
    swapClass = add("actionSwapClass", tr("&Swap with the last class"), "next", tr("Swap with the last class"),
                    {QKeySequence(Qt::Key_X)});
}

void Actions::createClassActions()
{
    fillHoles = add("actionFillHoles", tr("Fill &holes"), "fill", tr("Fill the holes of the chosen class"),
                    {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H)});
    keepLargest = add("actionKeepLargest", tr("&Keep the largest piece"), "largest",
                      tr("Erase all pieces of the chosen class but the largest"),
                      {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K)});
    removeSmall = add("actionRemoveSmall", tr("Remove small &pieces …"), "islands",
                      tr("Erase pieces of the chosen class that are smaller than an area"),
                      {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)});
    smooth = add("actionSmooth", tr("&Smooth …"), "smooth", tr("Round the outline of the chosen class"),
                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)});
    grow = add("actionGrow", tr("&Grow …"), "grow", tr("Move the outline of the chosen class outwards"),
               {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)});
    shrink = add("actionShrink", tr("S&hrink …"), "shrink", tr("Move the outline of the chosen class inwards"),
                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J)});
    copyPrevious = add("actionCopyPrevious", tr("Copy from the slice &before"), "previous",
                       tr("Paint here what the slice before shows, where nothing is painted yet"),
                       {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_PageUp)});
    copyNext = add("actionCopyNext", tr("Copy from the slice &after"), "next",
                   tr("Paint here what the slice after shows, where nothing is painted yet"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_PageDown)});
    fillBetween = add("actionFillBetween", tr("Fill between s&lices"), "between",
                      tr("Slices between painted ones get shapes in between, of the chosen class"),
                      {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B)});
}

void Actions::createViewActions()
{
    fit = add("actionFit", tr("&Fit"), "fit", tr("Show the whole image; or double click"),
              {QKeySequence(Qt::CTRL | Qt::Key_0)});
    actualSize = add("actionActualSize", tr("&Actual pixels"), "actual-size", tr("One image pixel is one screen pixel"),
                     {QKeySequence(Qt::CTRL | Qt::Key_1)});
    zoomIn = add("actionZoomIn", tr("Zoom &in"), "zoom-in", tr("Zoom in; or wheel"),
                 {QKeySequence::ZoomIn, QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    zoomOut = add("actionZoomOut", tr("Zoom &out"), "zoom-out", tr("Zoom out; or wheel"), {QKeySequence::ZoomOut});
    resetContrast =
        add("actionResetContrast", tr("Reset &contrast"), "contrast",
            tr("The contrast the image came with; right drag changes it"), {QKeySequence(Qt::CTRL | Qt::Key_R)});
    showMask = addToggle("actionShowMask", tr("Show the &mask"), "eye", tr("Show or hide the mask"),
                         {QKeySequence(Qt::Key_S)}, true);
    showPrediction = addToggle("actionShowPrediction", tr("Show the &proposal"), "outline",
                               tr("Show or hide the outline the model proposes"), {QKeySequence(Qt::Key_A)}, true);
    showUncertainty = addToggle("actionShowUncertainty", tr("Show &doubt"), "doubt",
                                tr("Show where the models disagree: the brighter, the less certain"),
                                {QKeySequence(Qt::Key_D)}, false);
    showImage = addToggle("actionShowImage", tr("Show the i&mage"), "sample", tr("Show or hide the image"),
                          {QKeySequence(Qt::SHIFT | Qt::Key_I)}, true);
    lightTheme = addToggle("actionLightTheme", tr("&Light theme"), "theme", tr("Light or dark"), {}, false);
    view3d = addToggle("actionView3d", tr("&3D view"), "cube", tr("The volume this image is a slice of, in 3D"),
                       {QKeySequence(Qt::CTRL | Qt::Key_3)}, false);
}

void Actions::createReviewActions()
{
    previousImage = add("actionPreviousImage", tr("&Previous image"), "previous", tr("Previous image in the list"),
                        {QKeySequence(Qt::CTRL | Qt::Key_Left)});
    nextImage = add("actionNextImage", tr("&Next image"), "next",
                    tr("Next image in the list; during a review: look at this one later"),
                    {QKeySequence(Qt::CTRL | Qt::Key_Right)});
    review = addToggle("actionReview", tr("&Review"), "review",
                       tr("Go through what the model proposes, the least certain first"),
                       {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)}, false);
    nextReview = add("actionNextReview", tr("Next that needs your &look"), "state-predicted",
                     tr("Go to the image that needs your look most"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)});
    accept = add("actionAccept", tr("&Accept"), "accept",
                 tr("The proposal, with your changes, becomes the mask; go on to the next"),
                 {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    reject = add("actionReject", tr("&Reject"), "reject", tr("The proposal is wrong; it is not used for training"),
                 {QKeySequence(Qt::CTRL | Qt::Key_Backspace)});
    // Its key, Ctrl+Right, belongs to "Next image", which defers while a review runs.
    defer = add("actionDefer", tr("&Later"), "defer", tr("Look at this one later (Ctrl+Right)"));
}

void Actions::createTrainingActions()
{
    train = add("actionTrain", tr("&Train"), "train", tr("Start learning in the background"),
                {QKeySequence(Qt::CTRL | Qt::Key_T)});
    pauseTraining = add("actionPauseTraining", tr("&Pause training"), "pause", tr("Hold training or go on"));
    stopTraining = add("actionStopTraining", tr("&Stop training"), "stop", tr("End training and keep what was learnt"));
    predict = add("actionPredict", tr("Propose masks for all &unlabelled images"), "review",
                  tr("Uses the newest trained model"));
}

void Actions::fillMenus(QMenuBar &bar, const QList<QAction *> &dockToggles)
{
    QMenu *project = bar.addMenu(tr("&Project"));
    project->addActions({newProject, openProject, openSample});
    project->addSeparator();
    project->addActions({importImages, exportMasks});
    project->addSeparator();
    project->addActions({closeProject, quit});
    QMenu *edit = bar.addMenu(tr("&Edit"));
    edit->addActions({undo, redo});
    edit->addSeparator();
    edit->addActions(tools->actions());
    edit->addAction(swapClass);
    edit->addSeparator();
    edit->addAction(markDone);
    QMenu *mask = bar.addMenu(tr("&Mask"));
    mask->addActions({fillHoles, keepLargest, removeSmall});
    mask->addSeparator();
    mask->addActions({smooth, grow, shrink});
    mask->addSeparator();
    mask->addActions(slicing());
    QMenu *view = bar.addMenu(tr("&View"));
    view->addActions({fit, actualSize, zoomIn, zoomOut, resetContrast});
    view->addSeparator();
    view->addActions({showImage, showMask, showPrediction, showUncertainty});
    view->addSeparator();
    view->addActions(dockToggles);
    view->addSeparator();
    view->addAction(lightTheme);
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

void Actions::fillToolBar(QToolBar &bar)
{
    bar.addActions({importImages, exportMasks});
    bar.addSeparator();
    bar.addActions({undo, redo});
    bar.addSeparator();
    bar.addActions(tools->actions());
    bar.addSeparator();
    bar.addActions({fit, zoomOut, zoomIn});
    bar.addSeparator();
    bar.addActions({showMask, showPrediction, showUncertainty});
    bar.addSeparator();
    bar.addActions({markDone, review, view3d});
    // What the work consists of says its name; tools are known by their pictures.
    for (QAction *step : {importImages, exportMasks, markDone, review, view3d}) {
        if (auto *button = qobject_cast<QToolButton *>(bar.widgetForAction(step)))
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
}

QList<QAction *> Actions::drawing() const
{
    return {brush,     adaptiveBrush, eraser,    polygon,     lasso,       rectangle, ellipse, fill,  wand,
            swapClass, markDone,      fillHoles, keepLargest, removeSmall, smooth,    grow,    shrink};
}

QList<QAction *> Actions::all() const
{
    return m_owner->actions();
}

} // namespace semigda::ui
