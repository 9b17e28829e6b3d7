// SPDX-License-Identifier: Apache-2.0
#include "ui/contrast/ContrastDialog.h"

#include "ui/canvas/ContrastPresets.h"
#include "ui/contrast/ContrastController.h"
#include "ui/contrast/HistogramView.h"
#include "ui/theme/Theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

namespace
{

constexpr double MostValue = 1e9;

/// What a list of presets offers besides the named windows, as shares of all values.
struct PercentilePreset
{
    const char *name;
    double low;
    double high;
};

constexpr PercentilePreset Percentiles[] = {
    {QT_TRANSLATE_NOOP("semigda::ui::ContrastDialog", "All values"), 0.0, 100.0},
    {QT_TRANSLATE_NOOP("semigda::ui::ContrastDialog", "Without the rarest 0.1 %"), 0.1, 99.9},
    {QT_TRANSLATE_NOOP("semigda::ui::ContrastDialog", "Without the rarest 1 %"), 1.0, 99.0},
    {QT_TRANSLATE_NOOP("semigda::ui::ContrastDialog", "Without the rarest 5 %"), 5.0, 95.0},
};

/// Enough digits to tell a hundredth of the width, and halves where the values are whole.
int decimalsFor(double width)
{
    if (width >= 1000.0 || !(width > 0.0))
        return 0;
    return std::clamp(static_cast<int>(std::ceil(-std::log10(width / 100.0))), 1, 6);
}

} // namespace

ContrastDialog::ContrastDialog(ContrastController &contrast, QWidget *parent)
    : QDialog(parent)
    , m_contrast(contrast)
    , m_view(new HistogramView(this))
    , m_level(createBox(QStringLiteral("contrastLevelBox"), tr("Level: the value in the middle")))
    , m_width(
          createBox(QStringLiteral("contrastWidthBox"), tr("Window: how many values there are from black to white")))
    , m_low(createBox(QStringLiteral("contrastLowBox"), tr("The value that is black")))
    , m_high(createBox(QStringLiteral("contrastHighBox"), tr("The value that is white")))
    , m_presets(new QComboBox(this))
    , m_range(new QLabel(this))
{
    setObjectName(QStringLiteral("contrastDialog"));
    setWindowTitle(tr("Contrast"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_presets->setObjectName(QStringLiteral("contrastPresetBox"));
    m_presets->setAccessibleName(tr("Contrast presets"));
    fillPresets();
    m_range->setObjectName(QStringLiteral("contrastRangeLabel"));
    setRole(m_range, QStringLiteral("muted"));
    m_width->setMinimum(0.0);

    auto *left = new QFormLayout;
    left->setSpacing(GridUnit);
    left->addRow(tr("&Level"), m_level);
    left->addRow(tr("&Window"), m_width);
    auto *right = new QFormLayout;
    right->setSpacing(GridUnit);
    right->addRow(tr("&Black"), m_low);
    right->addRow(tr("W&hite"), m_high);
    auto *numbers = new QHBoxLayout;
    numbers->setSpacing(3 * GridUnit);
    numbers->addLayout(left, 1);
    numbers->addLayout(right, 1);
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *reset = buttons->addButton(tr("As it came"), QDialogButtonBox::ResetRole);
    reset->setObjectName(QStringLiteral("contrastResetButton"));
    QPushButton *close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    close->setObjectName(QStringLiteral("contrastCloseButton"));
    for (QPushButton *button : {reset, close})
        button->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * GridUnit, 2 * GridUnit, 2 * GridUnit, 2 * GridUnit);
    layout->setSpacing(2 * GridUnit);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_range);
    layout->addLayout(numbers);
    layout->addWidget(m_presets);
    layout->addWidget(buttons);

    connect(m_view, &HistogramView::windowDragged, &m_contrast, &ContrastController::setWindow);
    for (QDoubleSpinBox *box : {m_level, m_width})
        connect(box, &QDoubleSpinBox::valueChanged, this, &ContrastDialog::applyLevel);
    for (QDoubleSpinBox *box : {m_low, m_high})
        connect(box, &QDoubleSpinBox::valueChanged, this, &ContrastDialog::applyEnds);
    connect(m_presets, &QComboBox::activated, this, &ContrastDialog::choosePreset);
    connect(reset, &QPushButton::clicked, &m_contrast, &ContrastController::reset);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(&m_contrast, &ContrastController::histogramChanged, this, &ContrastDialog::showHistogram);
    connect(&m_contrast, &ContrastController::windowChanged, this, &ContrastDialog::showWindow);
    showHistogram();
}

QDoubleSpinBox *ContrastDialog::createBox(const QString &name, const QString &text)
{
    auto *box = new QDoubleSpinBox(this);
    box->setObjectName(name);
    box->setAccessibleName(text);
    box->setToolTip(text);
    box->setRange(-MostValue, MostValue);
    box->setKeyboardTracking(false);
    return box;
}

void ContrastDialog::fillPresets()
{
    m_presets->addItem(tr("Presets …"));
    for (const PercentilePreset &preset : Percentiles)
        m_presets->addItem(tr(preset.name));
    m_presets->insertSeparator(m_presets->count());
    for (const ContrastPreset &preset : ctPresets())
        m_presets->addItem(tr("CT: %1").arg(preset.name));
}

void ContrastDialog::choosePreset(int index)
{
    m_presets->setCurrentIndex(0);
    constexpr int PercentileCount = static_cast<int>(std::size(Percentiles));
    if (index >= 1 && index <= PercentileCount) {
        const PercentilePreset &preset = Percentiles[index - 1];
        m_contrast.setPercentiles(preset.low, preset.high);
        return;
    }
    const std::vector<ContrastPreset> named = ctPresets();
    const int place = index - PercentileCount - 2; // the first entry and the separator
    if (place >= 0 && place < static_cast<int>(named.size()))
        m_contrast.setWindow(named[static_cast<std::size_t>(place)].window);
}

void ContrastDialog::showHistogram()
{
    const std::shared_ptr<const core::Histogram> histogram = m_contrast.histogram();
    m_view->setHistogram(histogram);
    if (histogram && !histogram->isEmpty()) {
        const auto number = [](double value) { return QLocale().toString(value, 'g', 6); };
        m_range->setText(tr("Values from %1 to %2").arg(number(histogram->smallest()), number(histogram->largest())));
    } else {
        m_range->setText(QString());
    }
    showWindow();
}

void ContrastDialog::showWindow()
{
    const QScopedValueRollback<bool> showing(m_isShowing, true);
    const std::optional<core::ValueWindow> window = m_contrast.window();
    m_view->setWindow(window);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_level), static_cast<QWidget *>(m_width), static_cast<QWidget *>(m_low),
          static_cast<QWidget *>(m_high), static_cast<QWidget *>(m_presets)})
        widget->setEnabled(window.has_value());
    if (!window)
        return;
    const int decimals = decimalsFor(window->width);
    for (QDoubleSpinBox *box : {m_level, m_width, m_low, m_high}) {
        box->setDecimals(decimals);
        box->setSingleStep(std::pow(10.0, std::floor(std::log10(std::max(window->width, 1e-9) / 50.0))));
    }
    m_level->setValue(window->centre);
    m_width->setValue(window->width);
    m_low->setValue(window->centre - window->width / 2.0);
    m_high->setValue(window->centre + window->width / 2.0);
}

void ContrastDialog::applyLevel()
{
    if (!m_isShowing && m_width->value() > 0.0)
        m_contrast.setWindow({m_level->value(), m_width->value()});
}

void ContrastDialog::applyEnds()
{
    if (!m_isShowing && m_high->value() > m_low->value())
        m_contrast.setWindow({(m_low->value() + m_high->value()) / 2.0, m_high->value() - m_low->value()});
}

} // namespace semigda::ui
