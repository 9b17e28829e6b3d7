// SPDX-License-Identifier: Apache-2.0
#include "ui/lists/ImageListPanel.h"

#include "ui/lists/ImageItemDelegate.h"
#include "ui/lists/ImageListView.h"
#include "ui/lists/StateWords.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QComboBox>
#include <QEvent>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace semigda::ui
{

namespace
{

constexpr int AllStates = -1;
/// Longer than a row takes that the pointer only passes, much shorter than the pause before a click.
constexpr int RestMs = 40;

} // namespace

ImageListPanel::ImageListPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new ImageListModel(this))
    , m_search(new QLineEdit(this))
    , m_filter(new QComboBox(this))
    , m_tag(new QComboBox(this))
    , m_order(new QComboBox(this))
    , m_view(new ImageListView(this))
    , m_empty(new QLabel(this))
    , m_count(new QLabel(this))
    , m_stack(new QStackedLayout)
    , m_rest(new QTimer(this))
{
    setObjectName(QStringLiteral("imageListPanel"));
    m_search->setObjectName(QStringLiteral("imageSearchLineEdit"));
    m_search->setPlaceholderText(tr("Search by name or tag"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Search images by name or tag"));
    m_search->addAction(themedIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);

    m_filter->setObjectName(QStringLiteral("imageFilterComboBox"));
    m_filter->setAccessibleName(tr("Show images in state"));
    m_filter->setToolTip(tr("Which images the list shows"));
    m_filter->addItem(tr("All images"), AllStates);
    for (const core::ImageState state :
         {core::ImageState::Predicted, core::ImageState::Unlabelled, core::ImageState::Partial,
          core::ImageState::Labelled, core::ImageState::Accepted, core::ImageState::Corrected,
          core::ImageState::Rejected})
        m_filter->addItem(stateWord(state), static_cast<int>(state));

    m_tag->setObjectName(QStringLiteral("imageTagComboBox"));
    m_tag->setAccessibleName(tr("Show images with the tag"));
    m_tag->setToolTip(tr("Which tag the images of the list have"));
    m_tag->addItem(tr("With or without tags"));
    m_tag->hide();

    m_order->setObjectName(QStringLiteral("imageOrderComboBox"));
    m_order->setAccessibleName(tr("Order of the images"));
    m_order->setToolTip(tr("Order of the list"));
    m_order->addItem(tr("As imported"), static_cast<int>(ImageOrder::Import));
    m_order->addItem(tr("By name"), static_cast<int>(ImageOrder::Name));
    m_order->addItem(tr("By state"), static_cast<int>(ImageOrder::State));
    m_order->addItem(tr("Look first"), static_cast<int>(ImageOrder::LookFirst));
    for (QComboBox *box : {m_filter, m_tag, m_order}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
    }

    m_view->setObjectName(QStringLiteral("imageListView"));
    m_view->setAccessibleName(tr("Images of the project"));
    // Before the view sees the model: a row that leaves (its state no longer matches the filter) makes the view pick a
    // neighbour, and that must not open another image under the user's hand.
    connect(m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_isRestoring = true; });
    m_view->setModel(m_model);
    m_view->setItemDelegate(new ImageItemDelegate(m_view));
    m_view->setMouseTracking(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->viewport()->installEventFilter(this);
    m_rest->setSingleShot(true);
    m_rest->setInterval(RestMs);

    m_empty->setObjectName(QStringLiteral("imageListEmptyLabel"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setProperty("role", QStringLiteral("muted"));
    m_count->setObjectName(QStringLiteral("imageCountLabel"));
    m_count->setProperty("role", QStringLiteral("muted"));
    m_count->setWordWrap(true);

    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(GridUnit, GridUnit, GridUnit, GridUnit);
    layout->setSpacing(GridUnit);
    layout->addWidget(m_search);
    // One below the other: side by side, their longest words have no room in a narrow dock.
    layout->addWidget(m_filter);
    layout->addWidget(m_tag);
    layout->addWidget(m_order);
    layout->addLayout(m_stack, 1);
    layout->addWidget(m_count);

    connect(m_search, &QLineEdit::textChanged, this, &ImageListPanel::applyFilter);
    connect(m_filter, &QComboBox::currentIndexChanged, this, &ImageListPanel::applyFilter);
    connect(m_tag, &QComboBox::currentIndexChanged, this, &ImageListPanel::applyFilter);
    connect(m_order, &QComboBox::currentIndexChanged, this, &ImageListPanel::applyFilter);
    connect(m_model, &ImageListModel::countsChanged, this, &ImageListPanel::showCounts);
    connect(m_model, &ImageListModel::countsChanged, this, &ImageListPanel::showTags);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ImageListPanel::restoreSelection);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &ImageListPanel::restoreSelection);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &ImageListPanel::restoreSelection);
    connect(m_view, &QAbstractItemView::entered, this, [this](const QModelIndex &row) {
        m_pointed = m_model->idAt(row.row());
        m_rest->start();
    });
    connect(m_rest, &QTimer::timeout, this, [this] { Q_EMIT imagePointed(m_pointed); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        const core::ImageId id = m_model->idAt(index.row());
        if (m_isRestoring || !id.isValid() || id == m_current)
            return;
        m_current = id;
        Q_EMIT imageChosen(id);
    });
    showCounts();
}

bool ImageListPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Leave) {
        m_rest->stop();
        m_pointed = {};
    }
    return QWidget::eventFilter(watched, event);
}

void ImageListPanel::setCurrent(core::ImageId id)
{
    m_current = id;
    restoreSelection();
}

std::vector<core::ImageId> ImageListPanel::selected() const
{
    QModelIndexList rows = m_view->selectionModel()->selectedIndexes();
    std::sort(rows.begin(), rows.end());
    std::vector<core::ImageId> ids;
    for (const QModelIndex &row : rows)
        ids.push_back(m_model->idAt(row.row()));
    return ids;
}

void ImageListPanel::setImageActions(const QList<QAction *> &actions)
{
    m_view->addActions(actions);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
}

core::ImageId ImageListPanel::neighbour(int step) const
{
    const int row = m_model->rowOf(m_current);
    if (row < 0)
        return m_model->idAt(step > 0 ? 0 : m_model->rowCount() - 1);
    return m_model->idAt(row + step);
}

void ImageListPanel::setStateFilter(std::optional<core::ImageState> state)
{
    m_filter->setCurrentIndex(m_filter->findData(state ? static_cast<int>(*state) : AllStates));
}

void ImageListPanel::setOrder(ImageOrder order)
{
    m_order->setCurrentIndex(m_order->findData(static_cast<int>(order)));
}

ImageOrder ImageListPanel::order() const
{
    return static_cast<ImageOrder>(m_order->currentData().toInt());
}

void ImageListPanel::applyFilter()
{
    ImageFilter filter;
    filter.text = m_search->text().trimmed();
    filter.order = order();
    if (const int state = m_filter->currentData().toInt(); state != AllStates)
        filter.state = static_cast<core::ImageState>(state);
    if (const QVariant tag = m_tag->currentData(); tag.isValid())
        filter.tag = tag.toString().toStdString();
    m_model->setFilter(filter);
}

void ImageListPanel::showTags()
{
    QStringList tags;
    for (const auto &[tag, count] : m_model->tags())
        tags << QString::fromStdString(tag);
    tags.sort(Qt::CaseInsensitive);
    QStringList shown;
    for (int i = 1; i < m_tag->count(); ++i)
        shown << m_tag->itemData(i).toString();
    if (tags == shown)
        return;
    const QVariant chosen = m_tag->currentData();
    {
        const QSignalBlocker blocker(m_tag);
        while (m_tag->count() > 1)
            m_tag->removeItem(1);
        for (const QString &tag : tags)
            m_tag->addItem(tr("Tag: %1").arg(tag), tag);
        m_tag->setCurrentIndex(chosen.isValid() ? std::max(0, m_tag->findData(chosen)) : 0);
        m_tag->setVisible(!tags.isEmpty());
    }
    // The model is in the midst of telling what changed.
    if (m_tag->currentData() != chosen)
        QMetaObject::invokeMethod(this, &ImageListPanel::applyFilter, Qt::QueuedConnection);
}

void ImageListPanel::showCounts()
{
    const auto total = static_cast<int>(m_model->total());
    const int shown = m_model->rowCount();
    const auto waiting = static_cast<int>(m_model->countOf(core::ImageState::Predicted));
    QString text =
        shown == total ? tr("%Ln image(s)", nullptr, total) : tr("%L1 of %Ln image(s)", nullptr, total).arg(shown);
    if (waiting > 0)
        text += QStringLiteral(" · ") + tr("%Ln need(s) your look", nullptr, waiting);
    m_count->setText(text);
    m_count->setVisible(total > 0);
    if (total == 0)
        m_empty->setText(tr("No images yet.\nDrop images or a folder here, or choose Import."));
    else
        m_empty->setText(tr("No image matches.\nClear the search or show all images."));
    m_stack->setCurrentWidget(shown > 0 ? static_cast<QWidget *>(m_view) : m_empty);
}

void ImageListPanel::restoreSelection()
{
    const int row = m_model->rowOf(m_current);
    m_isRestoring = true;
    if (row >= 0) {
        const QModelIndex index = m_model->index(row, 0);
        QItemSelectionModel *selection = m_view->selectionModel();
        if (m_view->currentIndex() != index || !selection->isSelected(index)) {
            // Several that are chosen stay so, whatever image is on show.
            const QItemSelection chosen = selection->selection();
            const bool areSeveral = chosen.size() > 1 || (!chosen.isEmpty() && chosen.front().height() > 1);
            selection->setCurrentIndex(index, areSeveral ? QItemSelectionModel::NoUpdate
                                                         : QItemSelectionModel::ClearAndSelect);
            m_view->scrollTo(index);
        }
    } else {
        m_view->selectionModel()->clear();
    }
    m_isRestoring = false;
}

} // namespace semigda::ui
