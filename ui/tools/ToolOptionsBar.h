// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"

#include <QToolBar>

#include <functional>
#include <optional>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QSlider;

namespace semigda::ui
{

class ToolController;

/// What the tool in hand can be set to: the brush's size and shape, how much may look alike to the wand, and in which
/// range of values any tool draws. Gui thread.
class ToolOptionsBar : public QToolBar
{
    Q_OBJECT

public:
    /// `tools` must outlive this.
    explicit ToolOptionsBar(ToolController &tools, QWidget *parent = nullptr);
    ~ToolOptionsBar() override;

    /// Of the image on show, in its own units: the contrast it came with, and the present one where a range of values
    /// begins; nullopt: no image.
    void setContrast(const std::optional<core::ValueWindow> &own, const std::optional<core::ValueWindow> &shown);

Q_SIGNALS:
    /// Something was set: the image may have the keyboard again.
    void finished();

private:
    void addBrushOptions();
    void addWandOptions();
    void addRangeOptions();
    QDoubleSpinBox *createValueBox(const QString &name, const QString &accessibleName);
    QAction *addLabelled(const QString &text, QWidget *widget);
    void showTool();
    void showBrush();
    void showTolerance();
    void showRange();
    void applyRange();

    ToolController &m_tools;
    std::optional<core::ValueWindow> m_own;
    std::optional<core::ValueWindow> m_shown;
    QSlider *m_sizeSlider;
    QDoubleSpinBox *m_size;
    QComboBox *m_shape;
    QCheckBox *m_pressure;
    QDoubleSpinBox *m_tolerance;
    QCheckBox *m_usesRange;
    QDoubleSpinBox *m_low;
    QDoubleSpinBox *m_high;
    QList<QAction *> m_sizeItems;
    QList<QAction *> m_brushItems;
    QList<QAction *> m_wandItems;
    QList<QAction *> m_rangeItems;
    bool m_isShowing = false; ///< what the tools say is being shown: not the user's doing
};

} // namespace semigda::ui
