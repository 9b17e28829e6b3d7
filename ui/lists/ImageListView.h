// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QListView>

namespace semigda::ui
{

/// A list of rows of one height, whatever they show. QListView lays all rows out anew for each one that changes: with
/// 100,000 images that takes more of a frame than painting does, whenever a thumbnail arrives. Gui thread.
class ImageListView : public QListView
{
    Q_OBJECT

public:
    explicit ImageListView(QWidget *parent = nullptr);

    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles = QList<int>()) override;
};

} // namespace semigda::ui
