// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/LoadingVeil.h"

#include "ui/canvas/ImageCanvas.h"
#include "ui/theme/Theme.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

namespace semigda::ui
{

LoadingVeil::LoadingVeil(QWidget *canvas)
    : QWidget(canvas)
{
    setObjectName(QStringLiteral("loadingVeil"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setCursor(Qt::BusyCursor);
    canvas->installEventFilter(this);
    m_patience.setSingleShot(true);
    m_patience.setInterval(PatienceMs);
    connect(&m_patience, &QTimer::timeout, this, &LoadingVeil::reveal);
    hide();
}

void LoadingVeil::begin(Source source, const ViewOrientation &orientation)
{
    m_source = std::move(source);
    m_orientation = orientation;
    m_sharper = {};
    if (isVisible())
        reveal();
    else
        m_patience.start();
}

void LoadingVeil::sharpen(const QPixmap &picture, double aspect)
{
    m_sharper = picture;
    m_aspect = aspect;
    takeSharper();
    update();
}

void LoadingVeil::takeSharper()
{
    if (m_sharper.isNull())
        return;
    m_preview.picture = m_sharper;
    m_preview.aspect = m_aspect;
}

void LoadingVeil::end()
{
    m_patience.stop();
    hide();
}

QString LoadingVeil::text() const
{
    return m_preview.name.isEmpty() ? tr("Loading …") : tr("Loading %1 …").arg(m_preview.name);
}

void LoadingVeil::reveal()
{
    m_preview = m_source ? m_source() : ImagePreview();
    takeSharper();
    setAccessibleName(text());
    setGeometry(parentWidget()->rect());
    show();
    raise();
    update();
}

bool LoadingVeil::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parent() && event->type() == QEvent::Resize && isVisible())
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void LoadingVeil::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColours().surround);
    if (!m_preview.picture.isNull())
        drawPicture(painter);
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideMiddle, width() - 4 * GridUnit);
    QRect area(0, 0, fontMetrics().horizontalAdvance(shown) + 2 * GridUnit, fontMetrics().height() + GridUnit);
    area.moveCenter(rect().center());
    if (!m_preview.picture.isNull())
        area.moveBottom(height() - GridUnit);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 190));
    painter.drawRoundedRect(area, 4, 4);
    painter.setPen(Qt::white);
    painter.drawText(area, Qt::AlignCenter, shown);
}

void LoadingVeil::drawPicture(QPainter &painter) const
{
    const QSizeF pixels = m_preview.picture.size();
    const QSizeF upright(pixels.width(), pixels.height() * m_preview.aspect);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (m_preview.place) {
        painter.setTransform(*m_preview.place, true);
        painter.scale(m_preview.size.width() / upright.width(), m_preview.size.height() / upright.height());
    } else {
        const QSizeF turned = m_orientation.swapped(upright);
        const QSizeF room = QSizeF(size()) - QSizeF(2.0 * ImageCanvas::FitMargin, 2.0 * ImageCanvas::FitMargin);
        const QSizeF fitted = turned.scaled(room, Qt::KeepAspectRatio);
        const double scale = fitted.width() / turned.width();
        painter.translate((width() - fitted.width()) / 2.0, (height() - fitted.height()) / 2.0);
        painter.scale(scale, scale);
        painter.setTransform(m_orientation.toScreen(upright), true);
    }
    painter.drawPixmap(QRectF(QPointF(), upright), m_preview.picture, QRectF(QPointF(), pixels));
    painter.restore();
}

void LoadingVeil::mousePressEvent(QMouseEvent *event)
{
    event->accept();
}

void LoadingVeil::mouseDoubleClickEvent(QMouseEvent *event)
{
    event->accept();
}

void LoadingVeil::wheelEvent(QWheelEvent *event)
{
    event->accept();
}

} // namespace semigda::ui
