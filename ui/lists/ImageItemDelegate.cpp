// SPDX-License-Identifier: Apache-2.0
#include "ui/lists/ImageItemDelegate.h"

#include "ui/lists/ImageListModel.h"
#include "ui/lists/StateWords.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QPainter>

#include <cmath>

namespace semigda::ui
{

namespace
{

constexpr int ThumbnailSide = 7 * GridUnit;
constexpr int IconSide = 2 * GridUnit;

void drawThumbnail(QPainter &painter, const QRect &frame, const QPixmap &pixmap)
{
    painter.fillRect(frame, themeColours().surround);
    if (pixmap.isNull()) {
        const QPixmap icon = iconPixmap(QStringLiteral("sample"), 3 * GridUnit, themeColours().muted,
                                        painter.device()->devicePixelRatio());
        painter.drawPixmap(frame.center() - QPoint(3 * GridUnit / 2, 3 * GridUnit / 2), icon);
        return;
    }
    const QSize size = pixmap.size().scaled(frame.size(), Qt::KeepAspectRatio);
    QRect target(QPoint(), size);
    target.moveCenter(frame.center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(target, pixmap);
}

} // namespace

void ImageItemDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const bool isSelected = (option.state & QStyle::State_Selected) != 0;
    const bool isHovered = (option.state & QStyle::State_MouseOver) != 0;
    if (isSelected)
        painter->fillRect(option.rect, option.palette.color(QPalette::Highlight));
    else if (isHovered)
        painter->fillRect(option.rect, option.palette.color(QPalette::AlternateBase));

    const QRect area = option.rect.adjusted(GridUnit, GridUnit / 2, -GridUnit, -GridUnit / 2);
    const QRect frame(area.left(), area.center().y() - ThumbnailSide / 2, ThumbnailSide, ThumbnailSide);
    drawThumbnail(*painter, frame, index.data(Qt::DecorationRole).value<QPixmap>());

    const QColor text = option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const auto state = static_cast<core::ImageState>(index.data(ImageListModel::StateRole).toInt());
    const QColor stateText = isSelected ? text : stateColour(state);
    const int left = frame.right() + GridUnit + GridUnit / 2;
    const int lineHeight = option.fontMetrics.height();
    const QVariant doubt = index.data(ImageListModel::DoubtRole);
    const bool showsDoubt = doubt.isValid() && state == core::ImageState::Predicted;
    const int lines = showsDoubt ? 3 : 2;
    const int gap = 3;
    int top = area.center().y() - (lines * lineHeight + (lines - 1) * gap) / 2;
    const int width = area.right() - left;

    painter->setPen(text);
    painter->drawText(QRect(left, top, width, lineHeight), Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, width));
    top += lineHeight + gap;
    const QPixmap icon = iconPixmap(stateIconName(state), IconSide, stateText, painter->device()->devicePixelRatio());
    painter->drawPixmap(left, top + (lineHeight - IconSide) / 2, icon);
    const QRect words(left + IconSide + GridUnit / 2, top, width - IconSide - GridUnit / 2, lineHeight);
    painter->setPen(stateText);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(stateWord(state), Qt::ElideRight, words.width()));
    if (const QString tags = index.data(ImageListModel::TagsRole).toString(); !tags.isEmpty()) {
        const QRect rest = words.adjusted(option.fontMetrics.horizontalAdvance(stateWord(state)), 0, 0, 0);
        painter->setPen(isSelected ? text : themeColours().muted);
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(QStringLiteral(" · ") + tags, Qt::ElideRight, rest.width()));
    }
    if (showsDoubt) {
        top += lineHeight + gap;
        painter->setPen(isSelected ? text : themeColours().muted);
        painter->drawText(QRect(left, top, width, lineHeight), Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(doubt.toString(), Qt::ElideRight, width));
    }
    painter->restore();
}

QSize ImageItemDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int textHeight = 3 * option.fontMetrics.height() + GridUnit;
    return {28 * GridUnit, std::max(ThumbnailSide, textHeight) + GridUnit};
}

} // namespace semigda::ui
