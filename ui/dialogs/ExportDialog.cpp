// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/ExportDialog.h"

#include "ui/dialogs/FolderField.h"
#include "ui/dialogs/Paths.h"
#include "ui/theme/Theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace semigda::ui
{

ExportDialog::ExportDialog(const FileDialogs &dialogs, const QString &startFolder, QWidget *parent)
    : QDialog(parent)
    , m_folder(new FolderField(QStringLiteral("exportFolder"), tr("Where to put the masks"), dialogs, this))
    , m_format(new QComboBox(this))
    , m_selection(new QComboBox(this))
    , m_hint(new QLabel(this))
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export masks"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_folder->setPath(startFolder);
    m_format->setObjectName(QStringLiteral("exportFormatComboBox"));
    m_format->addItem(tr("PNG masks"), static_cast<int>(core::ExportFormat::Png));
    m_format->addItem(tr("PNG pictures with overlay"), static_cast<int>(core::ExportFormat::Overlay));
    m_format->addItem(tr("NIfTI label maps (volumes)"), static_cast<int>(core::ExportFormat::Nifti));
    m_selection->setObjectName(QStringLiteral("exportSelectionComboBox"));
    m_selection->addItem(tr("All finished masks"), static_cast<int>(core::ExportSelection::Final));
    m_selection->addItem(tr("Accepted and corrected masks"), static_cast<int>(core::ExportSelection::Accepted));
    m_selection->addItem(tr("Masks labelled by hand"), static_cast<int>(core::ExportSelection::Labelled));
    m_selection->addItem(tr("Predictions nobody has looked at"), static_cast<int>(core::ExportSelection::Predicted));
    m_hint->setObjectName(QStringLiteral("exportHintLabel"));
    setRole(m_hint, QStringLiteral("muted"));
    m_hint->setWordWrap(true);
    m_hint->setMinimumHeight(2 * fontMetrics().height());

    auto *form = new QFormLayout;
    form->setSpacing(GridUnit);
    form->addRow(tr("&Folder"), m_folder);
    form->addRow(tr("F&ormat"), m_format);
    form->addRow(tr("&Which"), m_selection);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_export = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    m_export->setObjectName(QStringLiteral("exportStartButton"));
    setRole(m_export, QStringLiteral("primary"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * GridUnit, 2 * GridUnit, 2 * GridUnit, 2 * GridUnit);
    layout->setSpacing(2 * GridUnit);
    layout->addLayout(form);
    layout->addWidget(m_hint);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_folder, &FolderField::pathChanged, this, &ExportDialog::updateHints);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::updateHints);
    connect(m_selection, &QComboBox::currentIndexChanged, this, &ExportDialog::updateHints);
    updateHints();
}

core::ExportRequest ExportDialog::request() const
{
    core::ExportRequest request;
    request.folder = toPath(m_folder->path());
    request.format = static_cast<core::ExportFormat>(m_format->currentData().toInt());
    request.selection = static_cast<core::ExportSelection>(m_selection->currentData().toInt());
    return request;
}

void ExportDialog::updateHints()
{
    m_export->setEnabled(!m_folder->path().isEmpty());
    const auto selection = static_cast<core::ExportSelection>(m_selection->currentData().toInt());
    if (selection == core::ExportSelection::Predicted) {
        m_hint->setText(tr("These masks were made by the model and not checked by a person."));
        return;
    }
    switch (static_cast<core::ExportFormat>(m_format->currentData().toInt())) {
    case core::ExportFormat::Png:
        m_hint->setText(tr("One PNG per image; the pixel value is the number of the class, 0 is background."));
        break;
    case core::ExportFormat::Overlay:
        m_hint->setText(tr("For slides and papers: the image with its mask in colour. Not for computing."));
        break;
    case core::ExportFormat::Nifti:
        m_hint->setText(tr("One label map per volume, with its spacing and position."));
        break;
    }
}

} // namespace semigda::ui
