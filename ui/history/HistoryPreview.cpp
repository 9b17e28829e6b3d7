// SPDX-License-Identifier: Apache-2.0
#include "ui/history/HistoryPreview.h"

#include "ui/theme/Theme.h"

#include <QPainter>

namespace semigda::ui
{

HistoryPreview::HistoryPreview(QWidget *parent)
    : QWidget(parent)
{
    setMinimumSize(30 * GridUnit, 30 * GridUnit);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void HistoryPreview::setPicture(const QImage &picture)
{
    m_picture = picture;
    update();
}

void HistoryPreview::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColours().surround);
    if (m_picture.isNull())
        return;
    QRect place(QPoint(), m_picture.size().scaled(size(), Qt::KeepAspectRatio));
    place.moveCenter(rect().center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform, place.width() < m_picture.width());
    painter.drawImage(place, m_picture);
}

} // namespace semigda::ui
