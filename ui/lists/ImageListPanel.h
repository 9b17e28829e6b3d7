// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/lists/ImageListModel.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QStackedLayout;
class QTimer;

namespace semigda::ui
{

class ImageListView;

/// Search, filter by state, order, the list itself and how many it shows. Gui thread.
class ImageListPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ImageListPanel(QWidget *parent = nullptr);

    ImageListModel &model() { return *m_model; }
    core::ImageId current() const { return m_current; }
    /// The image that the pointer was moved to last, invalid once it has left the list.
    core::ImageId pointed() const { return m_pointed; }
    /// Selects without announcing; remembers the image although a filter may hide it.
    void setCurrent(core::ImageId id);
    /// All that are chosen (Shift and Ctrl choose several), in the order shown.
    std::vector<core::ImageId> selected() const;
    /// Offered by a right click on the list.
    void setImageActions(const QList<QAction *> &actions);
    /// The image `step` rows after the current one in the order shown; invalid at an end.
    core::ImageId neighbour(int step) const;
    void setStateFilter(std::optional<core::ImageState> state);
    void setOrder(ImageOrder order);
    ImageOrder order() const;

Q_SIGNALS:
    void imageChosen(semigda::core::ImageId id);
    /// The pointer rests on it: a click may follow.
    void imagePointed(semigda::core::ImageId id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void applyFilter();
    void showCounts();
    void showTags();
    void restoreSelection();

    ImageListModel *m_model;
    QLineEdit *m_search;
    QComboBox *m_filter;
    QComboBox *m_tag; ///< there only while images have tags
    QComboBox *m_order;
    ImageListView *m_view;
    QLabel *m_empty;
    QLabel *m_count;
    QStackedLayout *m_stack;
    QTimer *m_rest; ///< since the pointer came to another row
    core::ImageId m_current;
    core::ImageId m_pointed;
    bool m_isRestoring = false;
};

} // namespace semigda::ui
