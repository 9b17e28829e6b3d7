// SPDX-License-Identifier: Apache-2.0
#include "ui/tools/ToolController.h"

#include "ui/canvas/ImageDocument.h"
#include "ui/tools/BrushTool.h"
#include "ui/tools/LassoTool.h"
#include "ui/tools/PolygonTool.h"
#include "ui/tools/ShapeTool.h"
#include "ui/tools/SuperpixelTool.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

ToolController::ToolController(QObject *parent)
    : QObject(parent)
{
    m_tools[ToolKind::Brush] = std::make_unique<BrushTool>(m_settings, BrushTool::Mode::Paint);
    m_tools[ToolKind::AdaptiveBrush] = std::make_unique<BrushTool>(m_settings, BrushTool::Mode::Adaptive);
    m_tools[ToolKind::Eraser] = std::make_unique<BrushTool>(m_settings, BrushTool::Mode::Erase);
    const auto ended = [this](BackgroundEdit::Ending ending) { onRegionEnded(ending); };
    m_tools[ToolKind::Polygon] = std::make_unique<PolygonTool>(m_settings, ended);
    m_tools[ToolKind::Lasso] = std::make_unique<LassoTool>(m_settings, ended);
    m_tools[ToolKind::Rectangle] = std::make_unique<ShapeTool>(m_settings, ShapeTool::Shape::Rectangle, ended);
    m_tools[ToolKind::Ellipse] = std::make_unique<ShapeTool>(m_settings, ShapeTool::Shape::Ellipse, ended);
    m_tools[ToolKind::Fill] = std::make_unique<RegionTool>(m_settings, RegionTool::Reach::SameClass, ended);
    auto wand = std::make_unique<RegionTool>(m_settings, RegionTool::Reach::SimilarValues, ended);
    m_wand = wand.get();
    m_tools[ToolKind::Wand] = std::move(wand);
    m_tools[ToolKind::Superpixels] =
        std::make_unique<SuperpixelTool>(m_settings, ended, [this] { Q_EMIT outlineChanged(); });
}

ToolController::~ToolController() = default;

Tool *ToolController::current() const
{
    const auto found = m_tools.find(m_kind);
    return found != m_tools.end() ? found->second.get() : nullptr;
}

void ToolController::setDocument(ImageDocument *document)
{
    if (document == m_document && document != nullptr)
        return;
    for (const auto &[kind, tool] : m_tools) {
        if (!tool->isActive())
            continue;
        if (m_document)
            tool->finish(*m_document);
        else
            tool->forget();
    }
    m_document = document;
    for (const auto &[kind, tool] : m_tools)
        tool->show(document);
    Q_EMIT outlineChanged();
}

void ToolController::setClasses(const core::LabelSet &classes)
{
    m_settings.classes = classes;
    const auto isThere = [&classes](core::LabelValue value) { return classes.allows(value); };
    if (!isThere(m_lastClass))
        m_lastClass = core::Background;
    // Background is where a new controller starts; a class is what people want to paint.
    if (!isThere(m_settings.activeClass) || (!m_isClassChosen && !classes.isEmpty())) {
        m_settings.activeClass = classes.isEmpty() ? core::Background : classes.classes().front().value;
        Q_EMIT activeClassChanged(m_settings.activeClass);
    }
    m_isClassChosen = m_isClassChosen || !classes.isEmpty();
    Q_EMIT outlineChanged();
}

void ToolController::setTool(ToolKind kind)
{
    if (kind == m_kind)
        return;
    if (Tool *tool = current(); tool != nullptr && m_document && tool->isActive())
        tool->putDown(*m_document);
    m_kind = kind;
    Q_EMIT toolChanged(kind);
    Q_EMIT outlineChanged();
}

void ToolController::setActiveClass(core::LabelValue value)
{
    if (value == m_settings.activeClass || !m_settings.classes.allows(value))
        return;
    m_isClassChosen = true;
    m_lastClass = std::exchange(m_settings.activeClass, value);
    Q_EMIT activeClassChanged(value);
    Q_EMIT outlineChanged();
}

void ToolController::swapClass()
{
    setActiveClass(m_lastClass);
}

void ToolController::stepClass(int step)
{
    std::vector<core::LabelValue> order;
    for (const core::LabelClass &each : m_settings.classes.classes())
        order.push_back(each.value);
    order.push_back(core::Background);
    const auto count = static_cast<std::ptrdiff_t>(order.size());
    const auto found = std::find(order.begin(), order.end(), m_settings.activeClass);
    const std::ptrdiff_t place = found != order.end() ? found - order.begin() : (step > 0 ? -1 : 0);
    setActiveClass(order[static_cast<std::size_t>(((place + step) % count + count) % count)]);
}

void ToolController::pickClass(QPointF image)
{
    const int x = static_cast<int>(std::floor(image.x()));
    const int y = static_cast<int>(std::floor(image.y()));
    if (!m_document || !m_document->mask().rect().contains(x, y))
        return;
    if (const core::LabelValue value = m_document->mask().at(x, y); value != core::NotAnnotated)
        setActiveClass(value);
}

void ToolController::setBrushSize(double diameter)
{
    const double clamped = std::clamp(std::isfinite(diameter) ? diameter : MinBrush, MinBrush, MaxBrush);
    if (std::exchange(m_settings.brushSize, clamped) == clamped)
        return;
    Q_EMIT brushChanged();
    Q_EMIT outlineChanged();
}

void ToolController::stepBrushSize(int steps)
{
    double size = m_settings.brushSize;
    for (int i = 0; i < std::abs(steps); ++i) {
        // Rounded the same way up and down, so that a step back undoes a step.
        const double step = std::max(1.0, std::floor(size / 10.0));
        size = steps > 0 ? size + step : size - std::max(1.0, std::floor((size - step) / 10.0));
    }
    setBrushSize(size);
}

void ToolController::setTolerance(double share)
{
    const double clamped = std::clamp(std::isfinite(share) ? share : ToolSettings::MinTolerance,
                                      ToolSettings::MinTolerance, ToolSettings::MaxTolerance);
    if (std::exchange(m_settings.tolerance, clamped) != clamped)
        Q_EMIT toleranceChanged(clamped);
}

void ToolController::setValueRange(const std::optional<core::ValueRange> &range)
{
    if (m_settings.range == range)
        return;
    m_settings.range = range;
    Q_EMIT valueRangeChanged();
}

void ToolController::setUsesPressure(bool uses)
{
    if (std::exchange(m_settings.usesPressure, uses) != uses)
        Q_EMIT brushChanged();
}

void ToolController::stepAmount(int steps)
{
    if (m_kind != ToolKind::Wand) {
        stepBrushSize(steps);
        return;
    }
    constexpr double Step = 1.1;
    setTolerance(m_settings.tolerance * std::pow(Step, steps));
}

void ToolController::setBrushShape(core::BrushShape shape)
{
    const bool wasSphere = std::exchange(m_settings.isSphere, false);
    if (std::exchange(m_settings.brushShape, shape) == shape && !wasSphere)
        return;
    Q_EMIT brushChanged();
    Q_EMIT outlineChanged();
}

void ToolController::setSphere()
{
    if (std::exchange(m_settings.isSphere, true))
        return;
    m_settings.brushShape = core::BrushShape::Round;
    Q_EMIT brushChanged();
    Q_EMIT outlineChanged();
}

bool ToolController::canBeSphere() const
{
    return m_document && m_document->isSlice() && (m_kind == ToolKind::Brush || m_kind == ToolKind::Eraser);
}

bool ToolController::press(const ToolPoint &point)
{
    Tool *tool = current();
    if (tool == nullptr || !m_document || !m_document->canEdit())
        return false;
    m_pressed = point.position;
    change([&] { tool->press(*m_document, point); });
    return true;
}

void ToolController::move(const ToolPoint &point)
{
    if (Tool *tool = current(); tool != nullptr && m_document)
        tool->move(*m_document, point);
    if (m_kind == ToolKind::Wand && m_wand->isActive())
        setTolerance(m_wand->tolerance());
}

void ToolController::release(const ToolPoint &point)
{
    Tool *tool = current();
    if (tool == nullptr || !m_document)
        return;
    change([&] { tool->release(*m_document, point); });
}

void ToolController::hover(const ToolPoint &point)
{
    if (Tool *tool = current())
        tool->hover(point);
}

bool ToolController::doubleClick(const ToolPoint &point)
{
    Tool *tool = current();
    if (tool == nullptr || !m_document)
        return false;
    bool isUsed = false;
    change([&] { isUsed = tool->doubleClick(*m_document, point); });
    return isUsed;
}

void ToolController::change(const std::function<void()> &action)
{
    const bool wasActive = isActive();
    bool hasChanged = false;
    const QMetaObject::Connection connection =
        connect(m_document, &ImageDocument::edited, this, [&hasChanged] { hasChanged = true; });
    m_isChanging = true;
    action();
    m_isChanging = false;
    disconnect(connection);
    if (wasActive && !isActive() && !hasChanged)
        explainEmptyStroke();
    Q_EMIT outlineChanged();
}

void ToolController::explainEmptyStroke()
{
    const int x = static_cast<int>(std::floor(m_pressed.x()));
    const int y = static_cast<int>(std::floor(m_pressed.y()));
    if (!m_document || !m_document->mask().rect().contains(x, y))
        return;
    const core::LabelClass *under = m_settings.classes.find(m_document->mask().at(x, y));
    if (under != nullptr && under->locked && under->value != m_settings.activeClass)
        Q_EMIT noticed(tr("“%1” is locked. Choose it with Alt+click or unlock it to change it.")
                           .arg(QString::fromStdString(under->name)));
    else if (m_settings.range && core::spansWithin(m_document->pixels(), {{y, x, 1}}, *m_settings.range).empty())
        Q_EMIT noticed(tr("Nothing was drawn: the values there lie outside of “Only values from … to …”."));
}

void ToolController::onRegionEnded(BackgroundEdit::Ending ending)
{
    if (ending == BackgroundEdit::Ending::Unchanged && !m_isChanging)
        explainEmptyStroke();
    else if (ending == BackgroundEdit::Ending::LeftOut)
        Q_EMIT noticed(tr("The region was left out because the image was changed before it was found; click again."));
    Q_EMIT outlineChanged();
}

bool ToolController::key(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (Tool *tool = current(); tool != nullptr && m_document && tool->isActive()) {
        bool isUsed = false;
        change([&] { isUsed = tool->key(*m_document, event.key(), modifiers); });
        if (isUsed)
            return true;
        if (event.key() == Qt::Key_Escape) {
            cancel();
            return true;
        }
    }
    return false;
}

bool ToolController::needsKey(const QKeyEvent &event) const
{
    if (!isActive() || (event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Escape:
    case Qt::Key_Backspace:
        return true;
    default:
        return false;
    }
}

void ToolController::cancel()
{
    if (Tool *tool = current(); tool != nullptr && m_document && tool->isActive())
        tool->cancel(*m_document);
    Q_EMIT outlineChanged();
}

bool ToolController::isActive() const
{
    const Tool *tool = current();
    return tool != nullptr && tool->isActive();
}

QPainterPath ToolController::outline(const ToolPoint &point) const
{
    const Tool *tool = current();
    const bool canDraw = tool != nullptr && m_document && m_document->canEdit();
    return canDraw ? tool->outline(point) : QPainterPath();
}

QColor ToolController::outlineColour(const ToolPoint &point) const
{
    const bool isInverted = point.isEraser != point.modifiers.testFlag(Qt::ControlModifier);
    const bool erases = (m_kind == ToolKind::Eraser) != isInverted;
    const core::LabelClass *active = erases ? nullptr : m_settings.classes.find(m_settings.activeClass);
    return active != nullptr ? QColor(active->colour.red, active->colour.green, active->colour.blue)
                             : QColor(Qt::white);
}

bool ToolController::hidesPointer() const
{
    const Tool *tool = current();
    return tool != nullptr && tool->hidesPointer();
}

} // namespace semigda::ui
