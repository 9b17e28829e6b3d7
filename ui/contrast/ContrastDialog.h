// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace semigda::ui
{

class ContrastController;
class HistogramView;

/// Window and level of the image on show by histogram, numbers and presets. Follows the image. Not modal. Gui thread.
class ContrastDialog : public QDialog
{
    Q_OBJECT

public:
    /// The controller must outlive this.
    explicit ContrastDialog(ContrastController &contrast, QWidget *parent = nullptr);

private:
    QDoubleSpinBox *createBox(const QString &name, const QString &text);
    void fillPresets();
    void showHistogram();
    void showWindow();
    void applyLevel();
    void applyEnds();
    void choosePreset(int index);

    ContrastController &m_contrast;
    HistogramView *m_view;
    QDoubleSpinBox *m_level;
    QDoubleSpinBox *m_width;
    QDoubleSpinBox *m_low;
    QDoubleSpinBox *m_high;
    QComboBox *m_presets;
    QLabel *m_range;
    bool m_isShowing = false; ///< numbers change because the window did, not by the user
};

} // namespace semigda::ui
