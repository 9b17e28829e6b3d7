// SPDX-License-Identifier: Apache-2.0
#include "ui/window/CanvasActions.h"

#include "ui/canvas/ImageCanvas.h"
#include "ui/tools/ToolController.h"
#include "ui/window/Actions.h"

#include <QAction>

#include <utility>

namespace semigda::ui
{

namespace
{

/// How far a key moves the view, as a share of what is on show.
constexpr double MoveShare = 0.125;
constexpr double OpacityStep = 0.05;

void joinToggle(QAction *action, ImageCanvas *canvas, void (ImageCanvas::*set)(bool), bool (ImageCanvas::*get)() const)
{
    // Not toggled: what the canvas says is no wish of the user's.
    QObject::connect(action, &QAction::triggered, canvas, set);
    QObject::connect(canvas, &ImageCanvas::layersChanged, action,
                     [action, canvas, get] { action->setChecked((canvas->*get)()); });
}

void connectTools(const Actions &actions, ImageCanvas &canvas, ToolController &tools)
{
    const std::pair<QAction *, ToolKind> kinds[] = {
        {actions.brush, ToolKind::Brush},     {actions.adaptiveBrush, ToolKind::AdaptiveBrush},
        {actions.eraser, ToolKind::Eraser},   {actions.polygon, ToolKind::Polygon},
        {actions.lasso, ToolKind::Lasso},     {actions.rectangle, ToolKind::Rectangle},
        {actions.ellipse, ToolKind::Ellipse}, {actions.fill, ToolKind::Fill},
        {actions.wand, ToolKind::Wand},       {actions.superpixels, ToolKind::Superpixels},
        {actions.pan, ToolKind::Pan}};
    for (const auto &[action, kind] : kinds) {
        QObject::connect(action, &QAction::triggered, &tools, [&tools, &canvas, chosen = kind] {
            tools.setTool(chosen);
            canvas.setFocus(Qt::ShortcutFocusReason);
        });
        QObject::connect(&tools, &ToolController::toolChanged, action, [toggled = action, own = kind](ToolKind now) {
            if (now == own)
                toggled->setChecked(true);
        });
    }
    QObject::connect(actions.smallerBrush, &QAction::triggered, &tools, [&tools] { tools.stepAmount(-1); });
    QObject::connect(actions.largerBrush, &QAction::triggered, &tools, [&tools] { tools.stepAmount(1); });
}

void connectClasses(const Actions &actions, ToolController &tools)
{
    QObject::connect(actions.swapClass, &QAction::triggered, &tools, &ToolController::swapClass);
    QObject::connect(actions.previousClass, &QAction::triggered, &tools, [&tools] { tools.stepClass(-1); });
    QObject::connect(actions.nextClass, &QAction::triggered, &tools, [&tools] { tools.stepClass(1); });
    QObject::connect(actions.chooseNotAnnotated, &QAction::triggered, &tools,
                     [&tools] { tools.setActiveClass(core::NotAnnotated); });
    QObject::connect(actions.chooseBackground, &QAction::triggered, &tools,
                     [&tools] { tools.setActiveClass(core::Background); });
    for (qsizetype place = 0; place < actions.chooseClass.size(); ++place)
        QObject::connect(actions.chooseClass.at(place), &QAction::triggered, &tools, [&tools, place] {
            const std::vector<core::LabelClass> &classes = tools.classes().classes();
            if (const auto index = static_cast<std::size_t>(place); index < classes.size())
                tools.setActiveClass(classes[index].value);
        });
}

void connectView(const Actions &actions, ImageCanvas &canvas)
{
    QObject::connect(actions.fit, &QAction::triggered, &canvas, &ImageCanvas::fit);
    QObject::connect(actions.actualSize, &QAction::triggered, &canvas, &ImageCanvas::actualSize);
    QObject::connect(actions.zoomIn, &QAction::triggered, &canvas, &ImageCanvas::zoomIn);
    QObject::connect(actions.zoomOut, &QAction::triggered, &canvas, &ImageCanvas::zoomOut);
    const std::pair<QAction *, QPointF> moves[] = {{actions.moveLeft, {-MoveShare, 0.0}},
                                                   {actions.moveRight, {MoveShare, 0.0}},
                                                   {actions.moveUp, {0.0, -MoveShare}},
                                                   {actions.moveDown, {0.0, MoveShare}}};
    for (const auto &[action, share] : moves)
        QObject::connect(action, &QAction::triggered, &canvas, [&canvas, by = share] { canvas.moveView(by); });
    QObject::connect(actions.rotateRight, &QAction::triggered, &canvas,
                     [&canvas] { canvas.setOrientation(canvas.orientation().turned(1)); });
    QObject::connect(actions.rotateLeft, &QAction::triggered, &canvas,
                     [&canvas] { canvas.setOrientation(canvas.orientation().turned(-1)); });
    QObject::connect(actions.flipHorizontally, &QAction::triggered, &canvas,
                     [&canvas] { canvas.setOrientation(canvas.orientation().mirrored(Qt::Horizontal)); });
    QObject::connect(actions.flipVertically, &QAction::triggered, &canvas,
                     [&canvas] { canvas.setOrientation(canvas.orientation().mirrored(Qt::Vertical)); });
    QObject::connect(actions.resetOrientation, &QAction::triggered, &canvas, [&canvas] { canvas.setOrientation({}); });
    QObject::connect(actions.previousSlice, &QAction::triggered, &canvas, [&canvas] { canvas.stepSlice(-1); });
    QObject::connect(actions.nextSlice, &QAction::triggered, &canvas, [&canvas] { canvas.stepSlice(1); });
    QObject::connect(actions.resetContrast, &QAction::triggered, &canvas, &ImageCanvas::resetContrast);
}

void connectLayers(const Actions &actions, ImageCanvas &canvas)
{
    joinToggle(actions.showOverlay, &canvas, &ImageCanvas::setOverlayVisible, &ImageCanvas::isOverlayVisible);
    joinToggle(actions.showMask, &canvas, &ImageCanvas::setStrokesVisible, &ImageCanvas::areStrokesVisible);
    joinToggle(actions.showPrediction, &canvas, &ImageCanvas::setPredictionVisible, &ImageCanvas::isPredictionVisible);
    joinToggle(actions.showUncertainty, &canvas, &ImageCanvas::setUncertaintyVisible,
               &ImageCanvas::isUncertaintyVisible);
    joinToggle(actions.showImage, &canvas, &ImageCanvas::setImageVisible, &ImageCanvas::isImageVisible);
    joinToggle(actions.showScaleBar, &canvas, &ImageCanvas::setScaleBarVisible, &ImageCanvas::isScaleBarVisible);
    QObject::connect(actions.moreOpaque, &QAction::triggered, &canvas,
                     [&canvas] { canvas.setOpacity(canvas.opacity() + OpacityStep); });
    QObject::connect(actions.lessOpaque, &QAction::triggered, &canvas,
                     [&canvas] { canvas.setOpacity(canvas.opacity() - OpacityStep); });
}

} // namespace

void connectCanvas(const Actions &actions, ImageCanvas &canvas, ToolController &tools)
{
    connectTools(actions, canvas, tools);
    connectClasses(actions, tools);
    connectView(actions, canvas);
    connectLayers(actions, canvas);
    canvas.addActions(actions.all());
}

} // namespace semigda::ui
