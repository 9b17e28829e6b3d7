// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/ImportDialog.h"

#include "ui/dialogs/FolderField.h"
#include "ui/dialogs/Paths.h"
#include "ui/lists/StateWords.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace semigda::ui
{

ImportDialog::ImportDialog(const FileDialogs &dialogs, const QString &startFolder, QWidget *parent)
    : QDialog(parent)
    , m_paths(new QListWidget(this))
    , m_empty(new QLabel(tr("Add files or a folder: photographs, DICOM, NIfTI or NRRD."), m_paths))
    , m_masks(new FolderField(QStringLiteral("importMasks"), tr("Folder with masks"), dialogs, this))
    , m_split(new QComboBox(this))
    , m_link(new QCheckBox(tr("Leave the files where they are (do not copy)"), this))
    , m_recursive(new QCheckBox(tr("Look into subfolders"), this))
    , m_lastFolder(startFolder)
{
    setObjectName(QStringLiteral("importDialog"));
    setWindowTitle(tr("Import images"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_masks->setPlaceholderText(tr("None: the images come without labels"));
    m_masks->setToolTip(tr("Masks have the name of their image. Such images count as labelled."));
    m_masks->setStartFolder(startFolder);
    m_split->setObjectName(QStringLiteral("importSplitComboBox"));
    for (const core::Split split : {core::Split::Train, core::Split::Validation, core::Split::Test})
        m_split->addItem(splitWord(split), static_cast<int>(split));
    m_split->setToolTip(tr("Test images are never used for training, not even without labels."));
    m_link->setObjectName(QStringLiteral("importLinkCheckBox"));
    m_link->setToolTip(
        tr("Saves space, but the project needs the files to stay in their place.\nOf large images it keeps decoded "
           "copies in its cache, within limits,\nso that they are shown at once."));
    m_recursive->setObjectName(QStringLiteral("importRecursiveCheckBox"));
    m_recursive->setChecked(true);

    auto *form = new QFormLayout;
    form->setSpacing(GridUnit);
    form->addRow(tr("&Masks"), m_masks);
    form->addRow(tr("&Use for"), m_split);
    form->addRow(QString(), m_recursive);
    form->addRow(QString(), m_link);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_import = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
    m_import->setObjectName(QStringLiteral("importStartButton"));
    setRole(m_import, QStringLiteral("primary"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * GridUnit, 2 * GridUnit, 2 * GridUnit, 2 * GridUnit);
    layout->setSpacing(2 * GridUnit);
    layout->addWidget(createPathList(dialogs), 1);
    layout->addLayout(form);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    updateButtons();
}

void ImportDialog::addPaths(const QStringList &paths)
{
    for (const QString &path : paths) {
        const QString shown = QDir::toNativeSeparators(path);
        if (m_paths->findItems(shown, Qt::MatchExactly).isEmpty())
            m_paths->addItem(shown);
        m_lastFolder = QFileInfo(path).absolutePath();
    }
    updateButtons();
}

core::ImportRequest ImportDialog::request() const
{
    core::ImportRequest request;
    for (int row = 0; row < m_paths->count(); ++row)
        request.paths.push_back(toPath(QDir::fromNativeSeparators(m_paths->item(row)->text())));
    if (!m_masks->path().isEmpty())
        request.masks = toPath(m_masks->path());
    request.split = static_cast<core::Split>(m_split->currentData().toInt());
    request.link = m_link->isChecked();
    request.recursive = m_recursive->isChecked();
    return request;
}

QWidget *ImportDialog::createPathList(const FileDialogs &dialogs)
{
    auto *area = new QWidget(this);
    m_paths->setObjectName(QStringLiteral("importPathsListWidget"));
    m_paths->setAccessibleName(tr("Files and folders to import"));
    m_paths->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_paths->setMinimumHeight(16 * GridUnit);
    m_paths->setTextElideMode(Qt::ElideMiddle);
    m_empty->setObjectName(QStringLiteral("importEmptyLabel"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    setRole(m_empty, QStringLiteral("muted"));
    auto *onList = new QVBoxLayout(m_paths->viewport());
    onList->addWidget(m_empty);
    auto *files = new QPushButton(themedIcon(QStringLiteral("images")), tr("Add files …"), area);
    files->setObjectName(QStringLiteral("importAddFilesButton"));
    auto *folder = new QPushButton(themedIcon(QStringLiteral("folder")), tr("Add folder …"), area);
    folder->setObjectName(QStringLiteral("importAddFolderButton"));
    m_remove = new QPushButton(themedIcon(QStringLiteral("remove")), tr("Remove"), area);
    m_remove->setObjectName(QStringLiteral("importRemoveButton"));
    auto *row = new QHBoxLayout;
    row->setSpacing(GridUnit);
    for (QPushButton *button : {files, folder, m_remove}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    auto *layout = new QVBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(GridUnit);
    layout->addWidget(m_paths, 1);
    layout->addLayout(row);
    connect(files, &QPushButton::clicked, this,
            [this, dialogs] { addPaths(dialogs.chooseImages(this, tr("Choose images"), m_lastFolder)); });
    connect(folder, &QPushButton::clicked, this, [this, dialogs] {
        if (const QString chosen = dialogs.chooseFolder(this, tr("Choose a folder"), m_lastFolder); !chosen.isEmpty())
            addPaths({chosen});
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        qDeleteAll(m_paths->selectedItems());
        updateButtons();
    });
    connect(m_paths, &QListWidget::itemSelectionChanged, this, &ImportDialog::updateButtons);
    return area;
}

void ImportDialog::updateButtons()
{
    m_import->setEnabled(m_paths->count() > 0);
    m_empty->setVisible(m_paths->count() == 0);
    m_remove->setEnabled(!m_paths->selectedItems().isEmpty());
}

} // namespace semigda::ui
