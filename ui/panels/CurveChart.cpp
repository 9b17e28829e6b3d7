// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/CurveChart.h"

#include "ui/theme/Theme.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

namespace
{

constexpr std::size_t MaxPoints = 2000;
// Weight of a new loss in the drawn running mean; batches are small and their losses jump.
constexpr double Smoothing = 0.15;

struct ChartTexts
{
    Q_DECLARE_TR_FUNCTIONS(semigda::ui::ChartTexts)
};

QString timeText(double seconds)
{
    if (seconds < 120.0)
        return ChartTexts::tr("%L1 s").arg(seconds, 0, 'f', 0);
    return ChartTexts::tr("%L1 min").arg(seconds / 60.0, 0, 'f', seconds < 600.0 ? 1 : 0);
}

} // namespace

CurveChart::CurveChart(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("curveChart"));
    setAccessibleName(tr("Training curves"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    // Taller curves than these say nothing more and look steeper than they are.
    setMaximumHeight(36 * GridUnit);
    describeForReaders();
}

void CurveChart::clear()
{
    m_loss.clear();
    m_dice.clear();
    m_phases.clear();
    describeForReaders();
    update();
}

void CurveChart::addLoss(double seconds, double loss)
{
    if (!std::isfinite(loss) || (!m_loss.empty() && seconds <= m_loss.back().seconds))
        return;
    const bool startsPhase = m_loss.empty() || (!m_phases.empty() && m_loss.back().seconds < m_phases.back());
    const double shown = startsPhase ? loss : m_loss.back().value + Smoothing * (loss - m_loss.back().value);
    m_loss.push_back({seconds, shown});
    if (m_loss.size() > MaxPoints) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < m_loss.size(); i += 2)
            m_loss[kept++] = m_loss[i];
        m_loss.resize(kept);
    }
    describeForReaders();
    update();
}

void CurveChart::beginPhase(double seconds)
{
    if (!m_loss.empty())
        m_phases.push_back(seconds);
}

void CurveChart::addDice(double seconds, double dice)
{
    if (!std::isfinite(dice) || (!m_dice.empty() && seconds <= m_dice.back().seconds))
        return;
    m_dice.push_back({seconds, std::clamp(dice, 0.0, 1.0)});
    describeForReaders();
    update();
}

QSize CurveChart::sizeHint() const
{
    return {32 * GridUnit, minimumSizeHint().height()};
}

QSize CurveChart::minimumSizeHint() const
{
    return {20 * GridUnit, 14 * GridUnit};
}

void CurveChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().base());
    const QRectF area = plotArea();
    if (m_loss.empty() && m_dice.empty()) {
        painter.setPen(themeColours().muted);
        painter.drawText(rect().adjusted(GridUnit, GridUnit, -GridUnit, -GridUnit), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("The curves appear when training starts."));
        return;
    }
    drawFrame(painter, area);
    drawLoss(painter, area);
    drawDice(painter, area);
}

QRectF CurveChart::plotArea() const
{
    const int line = fontMetrics().height();
    const int side = fontMetrics().horizontalAdvance(QStringLiteral("0.00")) + GridUnit;
    return QRectF(rect()).adjusted(side, line + GridUnit, -side, -(line + GridUnit));
}

double CurveChart::lastSecond() const
{
    const double loss = m_loss.empty() ? 0.0 : m_loss.back().seconds;
    const double dice = m_dice.empty() ? 0.0 : m_dice.back().seconds;
    return std::max({loss, dice, 1.0});
}

double CurveChart::lossTop() const
{
    if (m_loss.empty())
        return 1.0;
    // The first few losses of a run tower over the rest: leave the highest twentieth out of the scale.
    std::vector<double> values;
    values.reserve(m_loss.size());
    for (const Point &point : m_loss)
        values.push_back(point.value);
    const std::size_t rank = (values.size() - 1) * 19 / 20;
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank), values.end());
    return std::max(values[rank] * 1.1, 1e-6);
}

void CurveChart::drawFrame(QPainter &painter, const QRectF &area) const
{
    const ThemeColours &colours = themeColours();
    painter.setPen(QPen(colours.border, 1));
    for (int i = 0; i <= 4; ++i) {
        const double y = area.bottom() - area.height() * i / 4.0;
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
    const double end = lastSecond();
    for (const double phase : m_phases) {
        const double x = area.left() + area.width() * phase / end;
        painter.setPen(QPen(colours.border, 1, Qt::DashLine));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    const int line = fontMetrics().height();
    const double side = area.left() - 4.0;
    const double top = lossTop();
    for (int i = 0; i <= 4; i += 2) {
        const double y = area.bottom() - area.height() * i / 4.0;
        if (!m_loss.empty()) {
            painter.setPen(colours.accentText);
            painter.drawText(QRectF(0, y - line / 2.0, side, line), Qt::AlignRight | Qt::AlignVCenter,
                             QLocale().toString(top * i / 4.0, 'f', top < 10.0 ? 2 : 0));
        }
        painter.setPen(colours.secondCurve);
        painter.drawText(QRectF(area.right() + 4.0, y - line / 2.0, side, line), Qt::AlignLeft | Qt::AlignVCenter,
                         QLocale().toString(i / 4.0, 'f', 1));
    }
    painter.setPen(colours.accentText);
    painter.drawText(QRectF(4, 2, width() / 2.0, line), Qt::AlignLeft | Qt::AlignVCenter, tr("— Loss"));
    painter.setPen(colours.secondCurve);
    painter.drawText(QRectF(width() / 2.0, 2, width() / 2.0 - 4, line), Qt::AlignRight | Qt::AlignVCenter,
                     tr("●– Validation Dice"));
    painter.setPen(colours.muted);
    const QRectF bottom(area.left(), area.bottom() + 4, area.width(), line);
    painter.drawText(bottom, Qt::AlignLeft | Qt::AlignVCenter, timeText(0.0));
    painter.drawText(bottom, Qt::AlignRight | Qt::AlignVCenter, timeText(end));
}

void CurveChart::drawLoss(QPainter &painter, const QRectF &area) const
{
    const double end = lastSecond();
    const double top = lossTop();
    QPainterPath path;
    std::size_t nextPhase = 0;
    bool startsNew = true;
    for (const Point &point : m_loss) {
        while (nextPhase < m_phases.size() && point.seconds >= m_phases[nextPhase]) {
            ++nextPhase;
            startsNew = true;
        }
        const QPointF place(area.left() + area.width() * point.seconds / end,
                            area.bottom() - area.height() * std::max(point.value / top, 0.0));
        if (startsNew)
            path.moveTo(place);
        else
            path.lineTo(place);
        startsNew = false;
    }
    // What towers over the scale leaves the area at its top, where a line along the edge would be read as a value.
    painter.save();
    painter.setClipRect(area);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(themeColours().accentText, 1.6));
    painter.drawPath(path);
    painter.restore();
}

void CurveChart::drawDice(QPainter &painter, const QRectF &area) const
{
    if (m_dice.empty())
        return;
    const double end = lastSecond();
    const auto place = [&](const Point &point) {
        return QPointF(area.left() + area.width() * point.seconds / end, area.bottom() - area.height() * point.value);
    };
    const QColor colour = themeColours().secondCurve;
    painter.setPen(QPen(colour, 1.6));
    for (std::size_t i = 1; i < m_dice.size(); ++i)
        painter.drawLine(place(m_dice[i - 1]), place(m_dice[i]));
    painter.setBrush(colour);
    const std::size_t stride = std::max<std::size_t>(1, m_dice.size() / 40);
    for (std::size_t i = 0; i < m_dice.size(); i += stride)
        painter.drawEllipse(place(m_dice[i]), 2.2, 2.2);
    const auto best = std::max_element(m_dice.begin(), m_dice.end(),
                                       [](const Point &a, const Point &b) { return a.value < b.value; });
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(place(*best), 5.0, 5.0);
}

void CurveChart::describeForReaders()
{
    if (m_loss.empty() && m_dice.empty()) {
        setAccessibleDescription(tr("No curves yet."));
        return;
    }
    QStringList texts;
    if (!m_loss.empty())
        texts << tr("Loss %L1.").arg(m_loss.back().value, 0, 'f', 3);
    if (!m_dice.empty())
        texts << tr("Validation Dice %L1.").arg(m_dice.back().value, 0, 'f', 3);
    setAccessibleDescription(texts.join(QLatin1Char(' ')));
}

} // namespace semigda::ui
