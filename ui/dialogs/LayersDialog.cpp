// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/LayersDialog.h"

#include "ui/canvas/ImageCanvas.h"
#include "ui/theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>

namespace semigda::ui
{

namespace
{

constexpr int Percent = 100;

} // namespace

LayersDialog::LayersDialog(ImageCanvas &canvas, QWidget *parent)
    : QDialog(parent)
    , m_canvas(canvas)
{
    setObjectName(QStringLiteral("layersDialog"));
    setWindowTitle(tr("Layers"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(2 * GridUnit);
    grid->setVerticalSpacing(GridUnit);
    int column = 0;
    for (const QString &heading : {tr("Layer"), tr("Drawn"), tr("Opacity")}) {
        auto *label = new QLabel(heading, this);
        setRole(label, QStringLiteral("muted"));
        grid->addWidget(label, 0, column++);
    }
    grid->setColumnStretch(2, 1);
    addRow(*grid, Layer::Strokes, QStringLiteral("strokes"), tr("Mask"),
           tr("What is painted, until the image is done"));
    addRow(*grid, Layer::Finished, QStringLiteral("finished"), tr("Finished mask"),
           tr("The mask of an image that is done: labelled, accepted or corrected"));
    addRow(*grid, Layer::Prediction, QStringLiteral("prediction"), tr("Proposal"), tr("What the model proposes"));
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    close->setObjectName(QStringLiteral("layersCloseButton"));
    close->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * GridUnit, 2 * GridUnit, 2 * GridUnit, 2 * GridUnit);
    layout->setSpacing(2 * GridUnit);
    layout->addLayout(grid);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(&m_canvas, &ImageCanvas::layersChanged, this, &LayersDialog::showLayers);
    showLayers();
}

void LayersDialog::addRow(QGridLayout &grid, Layer layer, const QString &key, const QString &name, const QString &tip)
{
    const int place = grid.rowCount();
    auto *isVisible = new QCheckBox(name, this);
    isVisible->setObjectName(key + QStringLiteral("VisibleBox"));
    isVisible->setToolTip(tip);
    auto *style = new QComboBox(this);
    style->setObjectName(key + QStringLiteral("StyleBox"));
    style->setAccessibleName(tr("%1: how it is drawn").arg(name));
    style->addItem(tr("Filled"), static_cast<int>(MaskStyle::Fill));
    style->addItem(tr("Outline"), static_cast<int>(MaskStyle::Outline));
    style->addItem(tr("Hatched"), static_cast<int>(MaskStyle::Hatch));
    auto *opacity = new QSlider(Qt::Horizontal, this);
    opacity->setObjectName(key + QStringLiteral("OpacitySlider"));
    opacity->setAccessibleName(tr("%1: opacity in percent").arg(name));
    opacity->setRange(0, Percent);
    opacity->setMinimumWidth(20 * GridUnit);
    grid.addWidget(isVisible, place, 0);
    grid.addWidget(style, place, 1);
    grid.addWidget(opacity, place, 2);
    connect(isVisible, &QCheckBox::toggled, this, [this, layer](bool isOn) { m_canvas.setLayerVisible(layer, isOn); });
    connect(style, &QComboBox::activated, this, [this, layer, style] {
        LayerLook look = m_canvas.look(layer);
        look.style = static_cast<MaskStyle>(style->currentData().toInt());
        m_canvas.setLook(layer, look);
    });
    connect(opacity, &QSlider::valueChanged, this, [this, layer](int value) {
        LayerLook look = m_canvas.look(layer);
        look.opacity = static_cast<double>(value) / Percent;
        m_canvas.setLook(layer, look);
    });
    m_rows.push_back({layer, isVisible, style, opacity});
}

void LayersDialog::showLayers()
{
    for (const Row &row : m_rows) {
        const LayerLook &look = m_canvas.look(row.layer);
        const QSignalBlocker visibleBlocker(row.isVisible);
        const QSignalBlocker opacityBlocker(row.opacity);
        row.isVisible->setChecked(m_canvas.isLayerVisible(row.layer));
        row.style->setCurrentIndex(row.style->findData(static_cast<int>(look.style)));
        row.opacity->setValue(static_cast<int>(std::lround(look.opacity * Percent)));
        row.opacity->setToolTip(tr("%1 %").arg(row.opacity->value()));
    }
}

} // namespace semigda::ui
