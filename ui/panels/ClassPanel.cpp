// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/ClassPanel.h"

#include "ui/panels/ClassListModel.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QColorDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QMessageBox>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace semigda::ui
{

namespace
{

std::optional<QColor> askColour(const QColor &before, QWidget *parent)
{
    const QColor chosen = QColorDialog::getColor(before, parent, ClassPanel::tr("Colour of the class"));
    return chosen.isValid() ? std::optional(chosen) : std::nullopt;
}

bool askRemoval(const QString &name, QWidget *parent)
{
    return QMessageBox::question(parent, ClassPanel::tr("Remove class"),
                                 ClassPanel::tr("Remove the class “%1”? Images that were painted with it keep the "
                                                "painted value, but it is no longer shown or exported.")
                                     .arg(name),
                                 QMessageBox::Yes | QMessageBox::Cancel, QMessageBox::Cancel)
           == QMessageBox::Yes;
}

} // namespace

ClassPanel::ClassPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new ClassListModel(this))
    , m_view(new QTreeView(this))
    , m_chooseColour(askColour)
    , m_mayRemove(askRemoval)
{
    setObjectName(QStringLiteral("classPanel"));
    m_view->setObjectName(QStringLiteral("classTreeView"));
    m_view->setAccessibleName(tr("Classes"));
    m_view->setModel(m_model);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setHeaderHidden(true);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_view->setIconSize({2 * GridUnit, 2 * GridUnit});
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setMinimumSectionSize(3 * GridUnit);
    m_view->header()->setSectionResizeMode(ClassListModel::NameColumn, QHeaderView::Stretch);
    for (const int column : {ClassListModel::KeyColumn, ClassListModel::VisibleColumn, ClassListModel::LockedColumn}) {
        m_view->header()->setSectionResizeMode(column, QHeaderView::Fixed);
        m_view->header()->resizeSection(column, 4 * GridUnit);
    }
    m_view->setStyleSheet(QStringLiteral("QTreeView::item { min-height: 28px; }"));

    m_add = createButton(QStringLiteral("classAddButton"), QStringLiteral("add"), tr("Add a class"));
    m_rename = createButton(QStringLiteral("classRenameButton"), QStringLiteral("rename"), tr("Rename the class (F2)"));
    m_recolour =
        createButton(QStringLiteral("classRecolourButton"), QStringLiteral("palette"), tr("Change the colour"));
    m_remove = createButton(QStringLiteral("classRemoveButton"), QStringLiteral("remove"), tr("Remove the class"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(GridUnit / 2);
    for (QToolButton *button : {m_add, m_rename, m_recolour, m_remove})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(GridUnit, GridUnit, GridUnit, GridUnit);
    layout->setSpacing(GridUnit);
    layout->addWidget(m_view, 1);
    layout->addLayout(buttons);

    connect(m_add, &QToolButton::clicked, this, &ClassPanel::addClass);
    connect(m_rename, &QToolButton::clicked, this, &ClassPanel::renameClass);
    connect(m_recolour, &QToolButton::clicked, this, &ClassPanel::recolourClass);
    connect(m_remove, &QToolButton::clicked, this, &ClassPanel::removeClass);
    connect(m_model, &ClassListModel::classesEdited, this, &ClassPanel::classesEdited);
    connect(m_model, &ClassListModel::editRefused, this, &ClassPanel::refused);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ClassPanel::restoreSelection);
    connect(m_view, &QAbstractItemView::clicked, m_model, &ClassListModel::toggle);
    connect(m_view, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex &index) {
        if (index.column() == ClassListModel::NameColumn)
            renameClass();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        if (m_isRestoring || !index.isValid())
            return;
        m_active = m_model->valueAt(index.row());
        updateButtons();
        Q_EMIT activeChosen(m_active);
    });
    updateButtons();
}

void ClassPanel::setClasses(const core::LabelSet &classes)
{
    m_model->setClasses(classes);
    restoreSelection();
}

void ClassPanel::setActive(core::LabelValue value)
{
    m_active = value;
    restoreSelection();
}

void ClassPanel::setReadOnly(bool isReadOnly)
{
    m_model->setReadOnly(isReadOnly);
    updateButtons();
}

QToolButton *ClassPanel::createButton(const QString &name, const QString &icon, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setIcon(themedIcon(icon));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    button->setIconSize({2 * GridUnit, 2 * GridUnit});
    return button;
}

void ClassPanel::addClass()
{
    core::LabelSet classes = m_model->classes();
    QString name;
    for (int number = static_cast<int>(classes.size()) + 1;; ++number) {
        name = tr("Class %1").arg(number);
        if (classes.findByName(name.toStdString()) == nullptr)
            break;
    }
    const core::Result<core::LabelValue> added = classes.add(name.toStdString());
    if (!added) {
        Q_EMIT refused(QString::fromStdString(added.error().message));
        return;
    }
    m_model->setClasses(classes);
    setActive(*added);
    Q_EMIT classesEdited(classes);
    Q_EMIT activeChosen(*added);
    renameClass();
}

void ClassPanel::renameClass()
{
    const int row = m_model->rowOf(m_active);
    const QModelIndex index = m_model->index(row, ClassListModel::NameColumn);
    if ((m_model->flags(index) & Qt::ItemIsEditable) != 0)
        m_view->edit(index);
}

void ClassPanel::recolourClass()
{
    const core::LabelClass *item = m_model->classes().find(m_active);
    if (item == nullptr)
        return;
    const QColor before(item->colour.red, item->colour.green, item->colour.blue);
    if (const std::optional<QColor> chosen = m_chooseColour(before, this))
        m_model->setColour(m_active,
                           {static_cast<std::uint8_t>(chosen->red()), static_cast<std::uint8_t>(chosen->green()),
                            static_cast<std::uint8_t>(chosen->blue())});
}

void ClassPanel::removeClass()
{
    const core::LabelClass *item = m_model->classes().find(m_active);
    if (item == nullptr || !m_mayRemove(QString::fromStdString(item->name), this))
        return;
    core::LabelSet classes = m_model->classes();
    classes.remove(m_active);
    m_model->setClasses(classes);
    setActive(classes.isEmpty() ? core::Background : classes.classes().front().value);
    Q_EMIT classesEdited(classes);
    Q_EMIT activeChosen(m_active);
}

void ClassPanel::updateButtons()
{
    const bool canEdit = !m_model->isReadOnly();
    const bool isClass = m_model->classes().find(m_active) != nullptr;
    m_add->setEnabled(canEdit);
    m_rename->setEnabled(canEdit && isClass);
    m_recolour->setEnabled(canEdit && isClass);
    m_remove->setEnabled(canEdit && isClass && m_model->classes().size() > 1);
}

void ClassPanel::restoreSelection()
{
    m_isRestoring = true;
    const int row = m_model->rowOf(m_active);
    if (row >= 0)
        m_view->setCurrentIndex(m_model->index(row, ClassListModel::NameColumn));
    else
        m_view->selectionModel()->clear();
    m_isRestoring = false;
    updateButtons();
}

} // namespace semigda::ui
