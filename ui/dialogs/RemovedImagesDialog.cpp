// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/RemovedImagesDialog.h"

#include "ui/lists/StateWords.h"
#include "ui/theme/Theme.h"

#include <QAbstractListModel>
#include <QDialogButtonBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

namespace semigda::ui
{

/// There may be a hundred thousand, so that words are made of those on show alone.
class RemovedImagesDialog::Model : public QAbstractListModel
{
public:
    Model(std::vector<core::ImageSummary> images, QObject *parent)
        : QAbstractListModel(parent)
        , m_images(std::move(images))
    {}
    core::ImageId idAt(int row) const { return m_images[static_cast<std::size_t>(row)].id; }
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_images.size());
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid() || role != Qt::DisplayRole)
            return {};
        const core::ImageSummary &image = m_images[static_cast<std::size_t>(index.row())];
        return RemovedImagesDialog::tr("%1 · %2").arg(QString::fromStdString(image.name), stateWord(image.state));
    }

private:
    std::vector<core::ImageSummary> m_images;
};

RemovedImagesDialog::RemovedImagesDialog(std::vector<core::ImageSummary> images, QWidget *parent)
    : QDialog(parent)
    , m_list(new QListView(this))
    , m_model(new Model(std::move(images), this))
{
    const bool isEmpty = m_model->rowCount() == 0;
    setObjectName(QStringLiteral("removedImagesDialog"));
    setWindowTitle(tr("Removed images"));
    setMinimumWidth(48 * GridUnit);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *what = new QLabel(isEmpty ? tr("No image was removed from this project.")
                                    : tr("Removed images keep their masks and their history. Choose those that "
                                         "are to come back."),
                            this);
    what->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("removedImagesList"));
    m_list->setAccessibleName(tr("Removed images"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setUniformItemSizes(true);
    m_list->setModel(m_model);
    m_list->setVisible(!isEmpty);
    auto *buttons = new QDialogButtonBox(this);
    m_bringBack = buttons->addButton(tr("&Bring back"), QDialogButtonBox::AcceptRole);
    m_bringBack->setObjectName(QStringLiteral("bringBackButton"));
    m_bringBack->setEnabled(false);
    m_erase = buttons->addButton(tr("&Delete for good …"), QDialogButtonBox::ActionRole);
    m_erase->setObjectName(QStringLiteral("eraseButton"));
    m_erase->setAutoDefault(false);
    m_erase->setEnabled(false);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
    // After the last one: adding a button shows all.
    for (QPushButton *button : {m_bringBack, m_erase})
        button->setVisible(!isEmpty);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * GridUnit, 2 * GridUnit, 2 * GridUnit, 2 * GridUnit);
    layout->setSpacing(GridUnit);
    layout->addWidget(what);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        for (QPushButton *button : {m_bringBack, m_erase})
            button->setEnabled(m_list->selectionModel()->hasSelection());
    });
    connect(m_erase, &QPushButton::clicked, this, &RemovedImagesDialog::eraseRequested);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

std::vector<core::ImageId> RemovedImagesDialog::chosen() const
{
    std::vector<core::ImageId> ids;
    for (const QModelIndex &row : m_list->selectionModel()->selectedIndexes())
        ids.push_back(m_model->idAt(row.row()));
    return ids;
}

} // namespace semigda::ui
