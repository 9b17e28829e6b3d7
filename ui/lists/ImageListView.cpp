// SPDX-License-Identifier: Apache-2.0
#include "ui/lists/ImageListView.h"

namespace semigda::ui
{

ImageListView::ImageListView(QWidget *parent)
    : QListView(parent)
{
    setUniformItemSizes(true);
}

void ImageListView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    // Past QListView: only it would lay out.
    QAbstractItemView::dataChanged(topLeft, bottomRight, roles);
}

} // namespace semigda::ui
