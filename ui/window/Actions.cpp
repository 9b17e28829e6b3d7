// SPDX-License-Identifier: Apache-2.0
#include "ui/window/Actions.h"

#include "core/ports/ProjectRecords.h"
#include "ui/canvas/ContrastPresets.h"
#include "ui/keys/KeyBindings.h"
#include "ui/language/Language.h"
#include "ui/theme/Icons.h"

#include <QAction>
#include <QActionGroup>
#include <QWidget>

namespace semigda::ui
{

Actions::Actions(QWidget *owner)
    : QObject(owner)
    , m_owner(owner)
{
    createProjectActions();
    createEditActions();
    createToolActions();
    createClassActions();
    createMaskActions();
    createViewActions();
    createOrientationActions();
    createContrastActions();
    createLayerActions();
    createLanguageActions();
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
    action->setIconVisibleInMenu(false);
    action->setStatusTip(tip);
    giveKeys(*action, keys);
    m_owner->addAction(action);
    return action;
}

QAction *Actions::addToggle(const char *name, const QString &text, const char *icon, const QString &tip,
                            const QList<QKeySequence> &keys, bool isOn)
{
    QAction *action = add(name, text, icon, tip, keys);
    action->setCheckable(true);
    action->setChecked(isOn);
    // A key that is held must not make it flicker.
    action->setAutoRepeat(false);
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
    redo = add("actionRedo", tr("Red&o"), "redo", tr("Redo"),
               {QKeySequence(Qt::CTRL | Qt::Key_Y), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)});
    markDone = add("actionMarkDone", tr("&Done with this image"), "done",
                   tr("The image is completely labelled: all that is not painted is background"),
                   {QKeySequence(Qt::CTRL | Qt::Key_D)});
    markDone->setIconText(tr("Done"));
    history =
        add("actionHistory", tr("Histor&y of this image …"), "history",
            tr("Who painted what and when; compare with now, and go back to it"), {QKeySequence(Qt::CTRL | Qt::Key_H)});
}

void Actions::createToolActions()
{
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
        addToggle("actionRectangle", tr("Rectan&gle"), "rectangle",
                  tr("Drag from corner to corner; with Shift it becomes a square"), {QKeySequence(Qt::Key_R)}, false);
    ellipse =
        addToggle("actionEllipse", tr("Ell&ipse"), "ellipse",
                  tr("Drag from corner to corner; with Shift it becomes a circle"), {QKeySequence(Qt::Key_O)}, false);
    fill = addToggle("actionFill", tr("&Fill"), "fill",
                     tr("Click in what one class, or nothing yet, covers in one piece; Ctrl+click takes it away"),
                     {QKeySequence(Qt::Key_F)}, false);
    wand = addToggle("actionWand", tr("Magic &wand"), "wand",
                     tr("Click where a region of similar values begins; drag right for more, left for less"),
                     {QKeySequence(Qt::Key_W)}, false);
    superpixels = addToggle("actionSuperpixels", tr("Superpi&xel brush"), "superpixels",
                            tr("Paint pieces whose borders follow edges; [ and ] change their size"),
                            {QKeySequence(Qt::Key_Q)}, false);
    pan = addToggle("actionPan", tr("&Move the view"), "pan", tr("Drag the image; or hold Space"),
                    {QKeySequence(Qt::Key_V)}, false);
    for (QAction *tool :
         {brush, adaptiveBrush, superpixels, eraser, polygon, lasso, rectangle, ellipse, fill, wand, pan})
        tools->addAction(tool);
    smallerBrush = add("actionSmallerBrush", tr("&Smaller brush"), "brush", tr("Smaller brush; the wand takes in less"),
                       {QKeySequence(Qt::Key_BracketLeft), QKeySequence(Qt::Key_Minus)});
    largerBrush = add("actionLargerBrush", tr("Larger brus&h"), "brush", tr("Larger brush; the wand takes in more"),
                      {QKeySequence(Qt::Key_BracketRight), QKeySequence(Qt::Key_Plus)});
}

void Actions::createClassActions()
{
    swapClass = add("actionSwapClass", tr("&Swap with the last class"), "next", tr("Swap with the last class"),
                    {QKeySequence(Qt::Key_X)});
    previousClass = add("actionPreviousClass", tr("&Previous class"), "previous", tr("Paint with the class before"),
                        {QKeySequence(Qt::Key_Comma)});
    nextClass = add("actionNextClass", tr("&Next class"), "next", tr("Paint with the class after"),
                    {QKeySequence(Qt::Key_Period)});
    chooseNotAnnotated = add("actionChooseNotAnnotated", tr("N&ot annotated"), "eraser",
                             tr("Paint “not annotated”: takes labels away"), {QKeySequence(Qt::Key_0)});
    chooseBackground =
        add("actionChooseBackground", tr("&Background"), "brush", tr("Paint what certainly belongs to no class"));
    constexpr int KeyedClasses = 9;
    for (int number = 1; number <= KeyedClasses; ++number) {
        const QByteArray name = "actionChooseClass" + QByteArray::number(number);
        chooseClass << add(name.constData(), tr("Class &%1 of the list").arg(number), "brush",
                           tr("Paint with class %1 of the list").arg(number), {QKeySequence(Qt::Key_0 + number)});
    }
}

void Actions::createMaskActions()
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
    shrink = add("actionShrink", tr("Sh&rink …"), "shrink", tr("Move the outline of the chosen class inwards"),
                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J)});
    growFromSeeds = add("actionGrowFromSeeds", tr("Grow from s&eeds"), "seeds",
                        tr("All that is not annotated gets what is painted where the image looks alike"),
                        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)});
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
    keepView = addToggle("actionKeepView", tr("&Keep zoom and contrast"), "fit",
                         tr("The next image of the same size is shown at the same place and with the same contrast"),
                         {}, true);
    previousSlice =
        add("actionPreviousSlice", tr("Previous &slice"), "previous", tr("The slice before in the volume; or wheel"),
            {QKeySequence(Qt::Key_Left), QKeySequence(Qt::Key_PageUp)});
    nextSlice = add("actionNextSlice", tr("&Next slice"), "next", tr("The slice after in the volume; or wheel"),
                    {QKeySequence(Qt::Key_Right), QKeySequence(Qt::Key_PageDown)});
    lightTheme = addToggle("actionLightTheme", tr("Ligh&t theme"), "theme", tr("Light or dark"), {}, false);
    view3d = addToggle("actionView3d", tr("&3D view"), "cube", tr("The volume this image is a slice of, in 3D"),
                       {QKeySequence(Qt::CTRL | Qt::Key_3)}, false);
}

void Actions::createOrientationActions()
{
    moveLeft = add("actionMoveLeft", tr("Move &left"), "pan", tr("Move the view to the left"),
                   {QKeySequence(Qt::SHIFT | Qt::Key_Left)});
    moveRight = add("actionMoveRight", tr("Move &right"), "pan", tr("Move the view to the right"),
                    {QKeySequence(Qt::SHIFT | Qt::Key_Right)});
    moveUp = add("actionMoveUp", tr("Move &up"), "pan", tr("Move the view up"), {QKeySequence(Qt::SHIFT | Qt::Key_Up)});
    moveDown = add("actionMoveDown", tr("Move &down"), "pan", tr("Move the view down"),
                   {QKeySequence(Qt::SHIFT | Qt::Key_Down)});
    rotateRight =
        add("actionRotateRight", tr("Turn ri&ght"), "rotate-right",
            tr("Turn the view by 90° clockwise; the image stays as it is"), {QKeySequence(Qt::SHIFT | Qt::Key_R)});
    rotateLeft =
        add("actionRotateLeft", tr("Turn le&ft"), "rotate-left",
            tr("Turn the view by 90° anticlockwise; the image stays as it is"), {QKeySequence(Qt::SHIFT | Qt::Key_L)});
    flipHorizontally =
        add("actionFlipHorizontally", tr("&Mirror left and right"), "flip-horizontal",
            tr("Swap left and right of the view; the image stays as it is"), {QKeySequence(Qt::SHIFT | Qt::Key_H)});
    flipVertically =
        add("actionFlipVertically", tr("Mirror top and &bottom"), "flip-vertical",
            tr("Swap top and bottom of the view; the image stays as it is"), {QKeySequence(Qt::SHIFT | Qt::Key_V)});
    resetOrientation = add("actionResetOrientation", tr("&Neither turned nor mirrored"), "fit",
                           tr("Neither turned nor mirrored"), {QKeySequence(Qt::SHIFT | Qt::Key_N)});
}

void Actions::createContrastActions()
{
    contrast = add("actionContrast", tr("C&ontrast and histogram …"), "contrast",
                   tr("Window and level with the histogram of the image's values; right drag changes them too"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)});
    resetContrast =
        add("actionResetContrast", tr("&Contrast as it came"), "contrast",
            tr("The contrast the image came with; or double right click"), {QKeySequence(Qt::CTRL | Qt::Key_R)});
    percentileContrast = add("actionPercentileContrast", tr("&Without the rarest values"), "contrast",
                             tr("From the 1st to the 99th percentile of the image's values"));
    fullContrast =
        add("actionFullContrast", tr("&All values"), "contrast", tr("From the smallest to the largest value"));
    swapContrastDrag = addToggle(
        "actionSwapContrastDrag", tr("Right drag: &level across, width up and down"), "contrast",
        tr("What a right drag changes: level from left to right and width up and down, or the reverse"), {}, false);
    int number = 0;
    for (const ContrastPreset &preset : ctPresets()) {
        const QByteArray name = "actionCtContrast" + QByteArray::number(++number);
        ctContrasts << add(name.constData(), tr("CT: %1").arg(preset.name), "contrast",
                           tr("%1, in Hounsfield units: level %2, width %3")
                               .arg(preset.name)
                               .arg(preset.window.centre)
                               .arg(preset.window.width));
    }
}

void Actions::createLayerActions()
{
    showOverlay = addToggle("actionShowOverlay", tr("Show all &layers"), "eye",
                            tr("Show the layers, or nothing but the image"), {QKeySequence(Qt::Key_S)}, true);
    showMask = addToggle("actionShowMask", tr("Show the &mask"), "brush", tr("Show or hide the mask"),
                         {QKeySequence(Qt::Key_A)}, true);
    showPrediction =
        addToggle("actionShowPrediction", tr("Show the &proposal"), "outline",
                  tr("Show or hide the outline the model proposes"), {QKeySequence(Qt::SHIFT | Qt::Key_A)}, true);
    showUncertainty = addToggle("actionShowUncertainty", tr("Show &doubt"), "doubt",
                                tr("Show where the models disagree: the brighter, the less certain"),
                                {QKeySequence(Qt::Key_D)}, false);
    showImage = addToggle("actionShowImage", tr("Show the ima&ge"), "sample", tr("Show or hide the image"),
                          {QKeySequence(Qt::Key_I)}, true);
    layers = add("actionLayers", tr("&Layers …"), "layers", tr("How mask, finished mask and proposal are drawn"),
                 {QKeySequence(Qt::CTRL | Qt::Key_L)});
    moreOpaque = add("actionMoreOpaque", tr("Mo&re opaque"), "eye", tr("Make the mask more opaque; or Alt+wheel"),
                     {QKeySequence(Qt::ALT | Qt::Key_Up)});
    lessOpaque = add("actionLessOpaque", tr("L&ess opaque"), "eye", tr("Make the mask less opaque; or Alt+wheel"),
                     {QKeySequence(Qt::ALT | Qt::Key_Down)});
    showScaleBar = addToggle("actionShowScaleBar", tr("&Scale bar"), "scale",
                             tr("Show a scale bar where the image tells how far its pixels lie apart"), {}, true);
}

void Actions::createLanguageActions()
{
    languages = new QActionGroup(this);
    const auto addChoice = [this](const QString &name, const QString &choice, const QString &text) {
        const QByteArray objectName = QByteArrayLiteral("actionLanguage") + name.toLatin1();
        QAction *action = addToggle(objectName.constData(), text, "language", tr("From the next start on"), {}, false);
        action->setData(choice);
        languages->addAction(action);
    };
    addChoice(QStringLiteral("System"), SystemLanguage, tr("As the &system"));
    for (const Language &language : ui::languages())
        addChoice(language.englishName, language.code, QLatin1Char('&') + language.name);
}

void Actions::createReviewActions()
{
    previousImage = add("actionPreviousImage", tr("&Previous image"), "previous", tr("Previous image in the list"),
                        {QKeySequence(Qt::CTRL | Qt::Key_Left)});
    nextImage = add("actionNextImage", tr("&Next image"), "next",
                    tr("Next image in the list; during a review: look at this one later"),
                    {QKeySequence(Qt::CTRL | Qt::Key_Right)});
    const std::pair<core::Split, QString> uses[] = {{core::Split::Train, tr("Use for &training")},
                                                    {core::Split::Validation, tr("Use for &validation")},
                                                    {core::Split::Test, tr("&Keep out for a test")}};
    for (const auto &[split, text] : uses) {
        const QByteArray name = QByteArray("actionUseFor") + core::toString(split);
        QAction *action =
            add(name.constData(), text, "images", tr("The chosen images, and with them all others of their patients"));
        action->setData(static_cast<int>(split));
        useFor << action;
    }
    tagImages = add("actionTagImages", tr("Ta&gs …"), "tag", tr("Give the chosen images tags, or take them away"),
                    {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)});
    removeImages = add("actionRemoveImages", tr("&Remove from the project"), "remove",
                       tr("Take the chosen images out of the project; their masks are kept"),
                       {QKeySequence(Qt::CTRL | Qt::Key_Delete)});
    removedImages = add("actionRemovedImages", tr("Remove&d images …"), "images",
                        tr("Images that were taken out of the project, to bring them back"));
    review = addToggle("actionReview", tr("&Review"), "review",
                       tr("Go through what the model proposes, the least certain first"),
                       {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)}, false);
    nextReview = add("actionNextReview", tr("Next that needs your loo&k"), "state-predicted",
                     tr("Go to the image that needs your look most"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)});
    accept = add("actionAccept", tr("&Accept"), "accept",
                 tr("The proposal, with your changes, becomes the mask; go on to the next"),
                 {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    reject = add("actionReject", tr("Re&ject"), "reject", tr("The proposal is wrong; it is not used for training"),
                 {QKeySequence(Qt::CTRL | Qt::Key_Backspace)});
    // "Next image" does the same while a review runs.
    defer = add("actionDefer", tr("La&ter"), "defer", tr("Look at this one later; “Next image” does the same"));
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

QList<QAction *> Actions::drawing() const
{
    return {brush,       adaptiveBrush, superpixels, eraser,       polygon,     lasso,        rectangle,
            ellipse,     fill,          wand,        smallerBrush, largerBrush, markDone,     fillHoles,
            keepLargest, removeSmall,   smooth,      grow,         shrink,      growFromSeeds};
}

QList<QAction *> Actions::viewing() const
{
    QList<QAction *> actions = {pan, fit, actualSize, zoomIn, zoomOut, moveLeft, moveRight, moveUp, moveDown};
    actions << QList<QAction *>{rotateLeft, rotateRight, flipHorizontally, flipVertically, resetOrientation};
    actions << QList<QAction *>{contrast, resetContrast, percentileContrast, fullContrast};
    actions << QList<QAction *>{showOverlay, showMask, showPrediction, showUncertainty, showImage};
    actions << QList<QAction *>{layers, moreOpaque, lessOpaque, showScaleBar};
    actions << QList<QAction *>{swapClass, previousClass, nextClass, chooseNotAnnotated, chooseBackground};
    actions << QList<QAction *>{previousSlice, nextSlice, previousImage, nextImage};
    return actions + ctContrasts + chooseClass;
}

QList<QAction *> Actions::all() const
{
    return m_owner->actions();
}

} // namespace semigda::ui
