// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/RemovedImagesDialog.h"

#include "ui/lists/StateWords.h"
#include "ui/theme/Theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace semigda::ui
{

RemovedImagesDialog::RemovedImagesDialog(const std::vector<core::ImageSummary> &images, QWidget *parent)
    : QDialog(parent)
    , m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("removedImagesDialog"));
    setWindowTitle(tr("Removed images"));
    setMinimumWidth(48 * GridUnit);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *what = new QLabel(images.empty() ? tr("No image was removed from this project.")
                                           : tr("Removed images keep their masks and their history. Choose those that "
                                                "are to come back."),
                            this);
    what->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("removedImagesList"));
    m_list->setAccessibleName(tr("Removed images"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setUniformItemSizes(true);
    for (const core::ImageSummary &image : images) {
        auto *item =
            new QListWidgetItem(tr("%1 · %2").arg(QString::fromStdString(image.name), stateWord(image.state)), m_list);
        item->setData(Qt::UserRole, static_cast<qlonglong>(image.id.value));
    }
    m_list->setVisible(!images.empty());
    auto *buttons = new QDialogButtonBox(this);
    m_bringBack = buttons->addButton(tr("&Bring back"), QDialogButtonBox::AcceptRole);
    m_bringBack->setObjectName(QStringLiteral("bringBackButton"));
    m_bringBack->setVisible(!images.empty());
    m_bringBack->setEnabled(false);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole)->setAutoDefault(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * GridUnit, 2 * GridUnit, 2 * GridUnit, 2 * GridUnit);
    layout->setSpacing(GridUnit);
    layout->addWidget(what);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    connect(m_list, &QListWidget::itemSelectionChanged, this,
            [this] { m_bringBack->setEnabled(!m_list->selectedItems().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

std::vector<core::ImageId> RemovedImagesDialog::chosen() const
{
    std::vector<core::ImageId> ids;
    for (const QListWidgetItem *item : m_list->selectedItems())
        ids.emplace_back(item->data(Qt::UserRole).toLongLong());
    return ids;
}

} // namespace semigda::ui
