// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

#include <vector>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QSlider;

namespace semigda::ui
{

class ImageCanvas;
enum class Layer;

/// What is drawn over the image: for mask, finished mask and proposal whether, filled or as outline or hatched, and
/// how opaque. Follows the canvas. Not modal. Gui thread.
class LayersDialog : public QDialog
{
    Q_OBJECT

public:
    /// The canvas must outlive this.
    explicit LayersDialog(ImageCanvas &canvas, QWidget *parent = nullptr);

private:
    struct Row
    {
        Layer layer;
        QCheckBox *isVisible;
        QComboBox *style;
        QSlider *opacity;
    };

    void addRow(QGridLayout &grid, Layer layer, const QString &key, const QString &name, const QString &tip);
    void showLayers();

    ImageCanvas &m_canvas;
    std::vector<Row> m_rows;
};

} // namespace semigda::ui
