// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Histogram.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace semigda::ui
{

/// How often values occur (by the logarithm of their number), with the window's two ends as lines to drag; a drag
/// between them moves the whole window. With the focus, arrow keys move it, with Shift they change its width. Gui
/// thread.
class HistogramView : public QWidget
{
    Q_OBJECT

public:
    explicit HistogramView(QWidget *parent = nullptr);

    /// Null: still being counted, or no image.
    void setHistogram(std::shared_ptr<const core::Histogram> histogram);
    void setWindow(const std::optional<core::ValueWindow> &window);
    /// Where a value is drawn, and what value is drawn where; widget pixels.
    double toX(double value) const;
    double toValue(double x) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void windowDragged(const semigda::core::ValueWindow &window);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum class Grip { None, Low, High, Both };

    Grip gripAt(double x) const;
    void countColumns();
    double lowest() const;
    double highest() const;

    std::shared_ptr<const core::Histogram> m_histogram;
    std::optional<core::ValueWindow> m_window;
    std::vector<double> m_columns; ///< height of each pixel column, 0..1
    Grip m_grip = Grip::None;
    double m_grabbed = 0.0; ///< value under the pointer when the drag began
    core::ValueWindow m_before;
};

} // namespace semigda::ui
