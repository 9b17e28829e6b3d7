// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/ScaleBar.h"

#include "ui/canvas/ViewOrientation.h"
#include "ui/theme/Theme.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>

#include <cmath>

namespace semigda::ui
{

namespace
{

struct CanvasTexts
{
    Q_DECLARE_TR_FUNCTIONS(semigda::ui::CanvasTexts)
};

QString lengthText(double millimetres)
{
    const auto number = [](double value) { return QLocale().toString(value, 'g', 6); };
    // A little less than the limits: powers of ten are not exact.
    if (millimetres >= 999.0)
        return CanvasTexts::tr("%1 m").arg(number(millimetres / 1000.0));
    if (millimetres >= 9.99)
        return CanvasTexts::tr("%1 cm").arg(number(millimetres / 10.0));
    if (millimetres >= 0.999)
        return CanvasTexts::tr("%1 mm").arg(number(millimetres));
    if (millimetres >= 0.000999)
        return CanvasTexts::tr("%1 µm").arg(number(millimetres * 1000.0));
    return CanvasTexts::tr("%1 nm").arg(number(millimetres * 1e6));
}

} // namespace

std::optional<ScaleBar> scaleBarFor(double millimetres, double longest)
{
    if (!std::isfinite(millimetres) || !(millimetres > 0.0) || !(longest >= 1.0))
        return std::nullopt;
    const double most = millimetres * longest;
    const double power = std::pow(10.0, std::floor(std::log10(most)));
    double length = power;
    for (const double step : {2.0, 5.0}) {
        if (step * power <= most)
            length = step * power;
    }
    return ScaleBar{length / millimetres, lengthText(length)};
}

void drawScaleBar(QPainter &painter, const QRect &area, const ScaleBar &bar)
{
    constexpr double Tick = GridUnit / 2.0;
    const double left = area.left() + 2.0;
    const double right = left + bar.length;
    const double bottom = area.bottom() - Tick;
    painter.setRenderHint(QPainter::Antialiasing);
    // Light on dark, so that it is seen on bright and on dark images.
    for (const auto &[colour, width] : {std::pair(QColor(0, 0, 0, 200), 4.0), std::pair(QColor(Qt::white), 1.5)}) {
        painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::SquareCap));
        painter.drawLine(QPointF(left, bottom), QPointF(right, bottom));
        for (const double x : {left, right})
            painter.drawLine(QPointF(x, bottom - Tick), QPointF(x, bottom + Tick / 2.0));
    }
    QPainterPath text;
    text.addText(QPointF(left + Tick, bottom - Tick), painter.font(), bar.text);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 200), 3.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(text);
    painter.fillPath(text, Qt::white);
}

QString orientationText(const ViewOrientation &orientation)
{
    QStringList parts;
    if (orientation.quarterTurns == 1)
        parts << CanvasTexts::tr("turned 90° to the right");
    else if (orientation.quarterTurns == 2)
        parts << CanvasTexts::tr("turned 180°");
    else if (orientation.quarterTurns == 3)
        parts << CanvasTexts::tr("turned 90° to the left");
    if (orientation.isMirrored)
        parts << (parts.isEmpty() ? CanvasTexts::tr("left and right swapped") : CanvasTexts::tr("mirrored"));
    return parts.isEmpty() ? QString() : CanvasTexts::tr("View: %1").arg(parts.join(QStringLiteral(", ")));
}

} // namespace semigda::ui
