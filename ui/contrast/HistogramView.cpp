// SPDX-License-Identifier: Apache-2.0
#include "ui/contrast/HistogramView.h"

#include "ui/theme/Theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

namespace
{

constexpr double GripReach = GridUnit;
// Of the window's width, for an arrow key.
constexpr double KeyStep = 0.02;

core::ValueWindow windowOf(double low, double high)
{
    return {(low + high) / 2.0, high - low};
}

} // namespace

HistogramView::HistogramView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("histogramView"));
    setAccessibleName(tr("Histogram of the image's values"));
    setAccessibleDescription(tr("Arrow keys move the window, with Shift they change its width."));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QSize HistogramView::sizeHint() const
{
    return {56 * GridUnit, 20 * GridUnit};
}

QSize HistogramView::minimumSizeHint() const
{
    return {32 * GridUnit, 12 * GridUnit};
}

void HistogramView::setHistogram(std::shared_ptr<const core::Histogram> histogram)
{
    m_histogram = std::move(histogram);
    countColumns();
    update();
}

void HistogramView::setWindow(const std::optional<core::ValueWindow> &window)
{
    m_window = window;
    update();
}

double HistogramView::lowest() const
{
    return m_histogram && !m_histogram->isEmpty() ? m_histogram->low : 0.0;
}

double HistogramView::highest() const
{
    return m_histogram && !m_histogram->isEmpty() ? m_histogram->high() : 1.0;
}

double HistogramView::toX(double value) const
{
    return (value - lowest()) / (highest() - lowest()) * width();
}

double HistogramView::toValue(double x) const
{
    return lowest() + x / std::max(width(), 1) * (highest() - lowest());
}

void HistogramView::countColumns()
{
    m_columns.assign(static_cast<std::size_t>(std::max(width(), 1)), 0.0);
    if (!m_histogram || m_histogram->isEmpty())
        return;
    const std::vector<std::size_t> &counts = m_histogram->counts;
    double most = 0.0;
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        const std::size_t begin = column * counts.size() / m_columns.size();
        const std::size_t end = std::max(begin + 1, (column + 1) * counts.size() / m_columns.size());
        // The fullest bin under a column: sums would rise and fall with how many bins share it.
        const std::size_t fullest = *std::max_element(counts.begin() + static_cast<std::ptrdiff_t>(begin),
                                                      counts.begin() + static_cast<std::ptrdiff_t>(end));
        m_columns[column] = std::log1p(static_cast<double>(fullest));
        most = std::max(most, m_columns[column]);
    }
    for (double &height : m_columns)
        height /= most;
}

void HistogramView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColours &colours = themeColours();
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (!m_histogram || m_histogram->isEmpty()) {
        painter.setPen(colours.muted);
        painter.drawText(rect(), Qt::AlignCenter, m_window ? tr("Counting …") : tr("No image is on show."));
    } else {
        painter.setPen(Qt::NoPen);
        for (std::size_t x = 0; x < m_columns.size(); ++x) {
            const double tall = m_columns[x] * (height() - 2);
            painter.fillRect(QRectF(static_cast<double>(x), height() - tall, 1.0, tall), colours.muted);
        }
        if (m_window) {
            const double low = toX(m_window->centre - m_window->width / 2.0);
            const double high = toX(m_window->centre + m_window->width / 2.0);
            QColor shade = palette().color(QPalette::Base);
            shade.setAlpha(190);
            painter.fillRect(QRectF(0.0, 0.0, std::max(low, 0.0), height()), shade);
            painter.fillRect(QRectF(high, 0.0, std::max(width() - high, 0.0), height()), shade);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(colours.accentText, 2.0));
            for (const double x : {low, high})
                painter.drawLine(QPointF(x, 0.0), QPointF(x, height()));
            // From black to white, as the window maps them.
            painter.setPen(QPen(colours.accentText, 1.0, Qt::DashLine));
            painter.drawLine(QPointF(low, height() - 1.0), QPointF(high, 1.0));
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(hasFocus() ? colours.accentText : colours.border);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

HistogramView::Grip HistogramView::gripAt(double x) const
{
    if (!m_window || !m_histogram || m_histogram->isEmpty())
        return Grip::None;
    const double low = toX(m_window->centre - m_window->width / 2.0);
    const double high = toX(m_window->centre + m_window->width / 2.0);
    const double toLow = std::abs(x - low);
    const double toHigh = std::abs(x - high);
    if (std::min(toLow, toHigh) <= GripReach)
        return toLow < toHigh ? Grip::Low : Grip::High;
    if (x > low && x < high)
        return Grip::Both;
    return x < low ? Grip::Low : Grip::High;
}

void HistogramView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_grip = gripAt(event->position().x());
    if (m_grip == Grip::None)
        return;
    m_grabbed = toValue(event->position().x());
    m_before = *m_window;
}

void HistogramView::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    if (m_grip == Grip::None) {
        const Grip under = gripAt(x);
        setCursor(under == Grip::None ? Qt::ArrowCursor : under == Grip::Both ? Qt::SizeAllCursor : Qt::SplitHCursor);
        return;
    }
    const double moved = toValue(x) - m_grabbed;
    double low = m_before.centre - m_before.width / 2.0;
    double high = m_before.centre + m_before.width / 2.0;
    const double least = m_histogram->binWidth;
    if (m_grip != Grip::High)
        low += moved;
    if (m_grip != Grip::Low)
        high += moved;
    if (m_grip == Grip::Low)
        low = std::min(low, high - least);
    else if (m_grip == Grip::High)
        high = std::max(high, low + least);
    Q_EMIT windowDragged(windowOf(low, high));
}

void HistogramView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_grip = Grip::None;
}

void HistogramView::keyPressEvent(QKeyEvent *event)
{
    const int direction = event->key() == Qt::Key_Right || event->key() == Qt::Key_Up    ? 1
                          : event->key() == Qt::Key_Left || event->key() == Qt::Key_Down ? -1
                                                                                         : 0;
    if (direction == 0 || !m_window) {
        QWidget::keyPressEvent(event);
        return;
    }
    core::ValueWindow window = *m_window;
    if (event->modifiers().testFlag(Qt::ShiftModifier))
        window.width *= 1.0 + direction * KeyStep;
    else
        window.centre += direction * KeyStep * window.width;
    Q_EMIT windowDragged(window);
}

void HistogramView::resizeEvent(QResizeEvent *)
{
    countColumns();
}

} // namespace semigda::ui
