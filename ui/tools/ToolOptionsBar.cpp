// SPDX-License-Identifier: Apache-2.0
#include "ui/tools/ToolOptionsBar.h"

#include "ui/theme/Theme.h"
#include "ui/tools/ToolController.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSlider>
#include <QStandardItemModel>

#include <cmath>

namespace semigda::ui
{

namespace
{

// The slider's steps; equal ones change the size by equal ratios.
constexpr int SliderSteps = 200;
constexpr double MostValue = 1e9;
// In the box of shapes, beside core::BrushShape.
constexpr int Sphere = 2;

int sliderOf(double size)
{
    const double share =
        std::log(size / ToolController::MinBrush) / std::log(ToolController::MaxBrush / ToolController::MinBrush);
    return static_cast<int>(std::lround(share * SliderSteps));
}

double sizeOf(int slider)
{
    const double share = static_cast<double>(slider) / SliderSteps;
    const double size = ToolController::MinBrush * std::pow(ToolController::MaxBrush / ToolController::MinBrush, share);
    return std::round(size);
}

/// Enough digits to tell a hundredth of the window.
int decimalsFor(double width)
{
    return width >= 100.0 || !(width > 0.0) ? 0 : std::min(6, static_cast<int>(std::ceil(-std::log10(width / 100.0))));
}

} // namespace

ToolOptionsBar::ToolOptionsBar(ToolController &tools, QWidget *parent)
    : QToolBar(parent)
    , m_tools(tools)
{
    setObjectName(QStringLiteral("toolOptionsBar"));
    setWindowTitle(tr("Tool options"));
    setMovable(false);
    addBrushOptions();
    addWandOptions();
    addRangeOptions();
    connect(&m_tools, &ToolController::toolChanged, this, &ToolOptionsBar::showTool);
    connect(&m_tools, &ToolController::brushChanged, this, &ToolOptionsBar::showBrush);
    connect(&m_tools, &ToolController::toleranceChanged, this, &ToolOptionsBar::showTolerance);
    connect(&m_tools, &ToolController::valueRangeChanged, this, &ToolOptionsBar::showRange);
    showTool();
    showBrush();
    showRange();
    setContrast({}, {});
}

ToolOptionsBar::~ToolOptionsBar()
{
    // A field that has the keyboard says that it is finished when it goes, and that is after this.
    for (QWidget *child : findChildren<QWidget *>())
        child->disconnect(this);
}

QAction *ToolOptionsBar::addLabelled(const QString &text, QWidget *widget)
{
    auto *group = new QWidget(this);
    auto *layout = new QHBoxLayout(group);
    layout->setContentsMargins(GridUnit, 0, GridUnit / 2, 0);
    layout->setSpacing(GridUnit / 2);
    if (!text.isEmpty()) {
        auto *label = new QLabel(text, group);
        label->setBuddy(widget);
        layout->addWidget(label);
    }
    layout->addWidget(widget);
    // Side by side from the left, whatever the bar's width.
    group->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    return addWidget(group);
}

QDoubleSpinBox *ToolOptionsBar::createValueBox(const QString &name, const QString &accessibleName)
{
    auto *box = new QDoubleSpinBox(this);
    box->setObjectName(name);
    box->setAccessibleName(accessibleName);
    box->setKeyboardTracking(false);
    box->setMinimumWidth(10 * GridUnit);
    connect(box, &QAbstractSpinBox::editingFinished, this, &ToolOptionsBar::finished);
    return box;
}

void ToolOptionsBar::addBrushOptions()
{
    m_sizeSlider = new QSlider(Qt::Horizontal, this);
    m_sizeSlider->setObjectName(QStringLiteral("brushSizeSlider"));
    m_sizeSlider->setAccessibleName(tr("Brush size"));
    m_sizeSlider->setRange(0, SliderSteps);
    m_sizeSlider->setFixedWidth(18 * GridUnit);
    m_sizeSlider->setToolTip(tr("Brush size ([ and ], or Shift+wheel)"));
    m_size = createValueBox(QStringLiteral("brushSizeBox"), tr("Brush size in pixels"));
    m_size->setRange(ToolController::MinBrush, ToolController::MaxBrush);
    m_size->setDecimals(0);
    m_size->setSuffix(tr(" px"));
    m_size->setToolTip(m_sizeSlider->toolTip());
    m_shape = new QComboBox(this);
    m_shape->setObjectName(QStringLiteral("brushShapeBox"));
    m_shape->setAccessibleName(tr("Brush shape"));
    m_shape->addItem(tr("Round"), static_cast<int>(core::BrushShape::Round));
    m_shape->addItem(tr("Square"), static_cast<int>(core::BrushShape::Square));
    m_shape->addItem(tr("Sphere"), Sphere);
    m_shape->setItemData(m_shape->findData(Sphere),
                         tr("In a volume: a ball that paints the slices beside this one too"), Qt::ToolTipRole);
    m_pressure = new QCheckBox(tr("Pen pressure"), this);
    m_pressure->setObjectName(QStringLiteral("brushPressureBox"));
    m_pressure->setToolTip(tr("The harder the pen is pressed, the larger the brush"));
    m_sizeItems = {addLabelled(tr("Size"), m_sizeSlider), addLabelled({}, m_size)};
    m_brushItems = {addLabelled({}, m_shape), addLabelled({}, m_pressure)};
    connect(m_sizeSlider, &QSlider::valueChanged, this, [this](int slider) {
        if (!m_isShowing)
            m_tools.setBrushSize(sizeOf(slider));
    });
    connect(m_sizeSlider, &QSlider::sliderReleased, this, &ToolOptionsBar::finished);
    connect(m_size, &QDoubleSpinBox::valueChanged, this, [this](double size) {
        if (!m_isShowing)
            m_tools.setBrushSize(size);
    });
    connect(m_shape, &QComboBox::activated, this, [this] {
        if (m_shape->currentData().toInt() == Sphere)
            m_tools.setSphere();
        else
            m_tools.setBrushShape(static_cast<core::BrushShape>(m_shape->currentData().toInt()));
        Q_EMIT finished();
    });
    connect(m_pressure, &QCheckBox::clicked, this, [this](bool isOn) {
        m_tools.setUsesPressure(isOn);
        Q_EMIT finished();
    });
}

void ToolOptionsBar::addWandOptions()
{
    m_tolerance = createValueBox(QStringLiteral("toleranceBox"), tr("How far similar values may lie apart"));
    m_tolerance->setPrefix(QStringLiteral("± "));
    m_tolerance->setToolTip(
        tr("How far values may lie from those under the pointer (wand: [ and ], Shift+wheel, drag)"));
    m_wandItems = {addLabelled(tr("Similar"), m_tolerance)};
    connect(m_tolerance, &QDoubleSpinBox::valueChanged, this, [this](double reach) {
        if (!m_isShowing && m_own)
            m_tools.setTolerance(reach / m_own->width);
    });
}

void ToolOptionsBar::addRangeOptions()
{
    m_usesRange = new QCheckBox(tr("Only values"), this);
    m_usesRange->setObjectName(QStringLiteral("rangeCheckBox"));
    m_usesRange->setToolTip(tr("Draw only where the image's values lie in a range"));
    m_low = createValueBox(QStringLiteral("rangeLowBox"), tr("Lowest value to draw on"));
    m_high = createValueBox(QStringLiteral("rangeHighBox"), tr("Highest value to draw on"));
    addSeparator();
    m_rangeItems = {addLabelled({}, m_usesRange), addLabelled(tr("from"), m_low), addLabelled(tr("to"), m_high)};
    connect(m_usesRange, &QCheckBox::clicked, this, [this](bool isOn) {
        if (isOn && m_shown && !(m_high->value() > m_low->value())) {
            // What is told apart on the screen is a good start.
            m_low->setValue(m_shown->centre - m_shown->width / 2.0);
            m_high->setValue(m_shown->centre + m_shown->width / 2.0);
        }
        applyRange();
        Q_EMIT finished();
    });
    for (QDoubleSpinBox *box : {m_low, m_high}) {
        box->setRange(-MostValue, MostValue);
        connect(box, &QDoubleSpinBox::valueChanged, this, &ToolOptionsBar::applyRange);
    }
}

void ToolOptionsBar::setContrast(const std::optional<core::ValueWindow> &own,
                                 const std::optional<core::ValueWindow> &shown)
{
    const QScopedValueRollback<bool> showing(m_isShowing, true);
    m_own = own;
    m_shown = shown;
    const double width = own ? own->width : 0.0;
    for (QDoubleSpinBox *box : {m_tolerance, m_low, m_high}) {
        box->setDecimals(decimalsFor(width));
        box->setSingleStep(width > 0.0 ? std::pow(10.0, std::floor(std::log10(width / 100.0))) : 1.0);
    }
    m_tolerance->setRange(ToolSettings::MinTolerance * width, ToolSettings::MaxTolerance * width);
    showTolerance();
    showBrush();
    setEnabled(own.has_value());
}

void ToolOptionsBar::showTool()
{
    const ToolKind kind = m_tools.tool();
    const auto setVisible = [](const QList<QAction *> &items, bool isVisible) {
        for (QAction *item : items)
            item->setVisible(isVisible);
    };
    const bool isBrush = kind == ToolKind::Brush || kind == ToolKind::AdaptiveBrush || kind == ToolKind::Eraser;
    setVisible(m_sizeItems, isBrush || kind == ToolKind::Superpixels);
    setVisible(m_brushItems, isBrush);
    setVisible(m_wandItems, kind == ToolKind::Wand || kind == ToolKind::AdaptiveBrush);
    setVisible(m_rangeItems, kind != ToolKind::Pan);
    showBrush();
}

void ToolOptionsBar::showBrush()
{
    const QScopedValueRollback<bool> showing(m_isShowing, true);
    m_sizeSlider->setValue(sliderOf(m_tools.brushSize()));
    m_size->setValue(m_tools.brushSize());
    const bool canBeSphere = m_tools.canBeSphere();
    if (auto *shapes = qobject_cast<QStandardItemModel *>(m_shape->model()))
        shapes->item(m_shape->findData(Sphere))->setEnabled(canBeSphere);
    const bool isSphere = canBeSphere && m_tools.isSphere();
    m_shape->setCurrentIndex(m_shape->findData(isSphere ? Sphere : static_cast<int>(m_tools.brushShape())));
    m_pressure->setChecked(m_tools.usesPressure());
}

void ToolOptionsBar::showTolerance()
{
    const QScopedValueRollback<bool> showing(m_isShowing, true);
    if (m_own)
        m_tolerance->setValue(m_tools.tolerance() * m_own->width);
}

void ToolOptionsBar::showRange()
{
    const QScopedValueRollback<bool> showing(m_isShowing, true);
    const std::optional<core::ValueRange> &range = m_tools.valueRange();
    m_usesRange->setChecked(range.has_value());
    m_low->setEnabled(range.has_value());
    m_high->setEnabled(range.has_value());
    if (range) {
        m_low->setValue(range->low);
        m_high->setValue(range->high);
    }
}

void ToolOptionsBar::applyRange()
{
    if (m_isShowing)
        return;
    m_tools.setValueRange(m_usesRange->isChecked() ? std::optional(core::ValueRange{m_low->value(), m_high->value()})
                                                   : std::nullopt);
}

} // namespace semigda::ui
