// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/ClassPanel.h"

#include "ui/language/Sentences.h"
#include "ui/panels/ClassListModel.h"
#include "ui/panels/ClassPresets.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QColorDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QMenu>
#include <QMessageBox>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

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

bool askMerge(const QString &from, const QString &into, QWidget *parent)
{
    const QString question =
        ClassPanel::tr("Make all pixels of “%1” in the masks of all images “%2”? “%1” stays in the list, without "
                       "pixels, until you remove it; proposals of earlier training keep it.")
            .arg(from, into);
    return QMessageBox::question(parent, ClassPanel::tr("Merge classes"), question,
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
    , m_mayMerge(askMerge)
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
    auto *presets = new QMenu(this);
    presets->setObjectName(QStringLiteral("classPresetMenu"));
    for (const ClassPreset &preset : classPresets()) {
        QAction *add = presets->addAction(tr("%1: %2").arg(preset.title, preset.names.join(QStringLiteral(", "))));
        connect(add, &QAction::triggered, this, [this, names = preset.names] { addPreset(names); });
    }
    m_add->setMenu(presets);
    m_add->setPopupMode(QToolButton::MenuButtonPopup);
    m_rename = createButton(QStringLiteral("classRenameButton"), QStringLiteral("rename"), tr("Rename the class (F2)"));
    m_recolour =
        createButton(QStringLiteral("classRecolourButton"), QStringLiteral("palette"), tr("Change the colour"));
    m_up = createButton(QStringLiteral("classUpButton"), QStringLiteral("up"),
                        tr("Move the class up; its key moves with it"));
    m_down = createButton(QStringLiteral("classDownButton"), QStringLiteral("down"),
                          tr("Move the class down; its key moves with it"));
    m_merge = createButton(QStringLiteral("classMergeButton"), QStringLiteral("merge"),
                           tr("Merge the class into another one, on all images"));
    auto *targets = new QMenu(this);
    targets->setObjectName(QStringLiteral("classMergeMenu"));
    m_merge->setMenu(targets);
    m_merge->setPopupMode(QToolButton::InstantPopup);
    connect(targets, &QMenu::aboutToShow, this, &ClassPanel::fillMergeMenu);
    m_remove = createButton(QStringLiteral("classRemoveButton"), QStringLiteral("remove"), tr("Remove the class"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(GridUnit / 2);
    for (QToolButton *button : {m_add, m_rename, m_recolour, m_up, m_down, m_merge, m_remove})
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
    connect(m_up, &QToolButton::clicked, this, [this] { moveClass(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveClass(1); });
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
        Q_EMIT refused(sentenceText(added.error().message));
        return;
    }
    m_model->setClasses(classes);
    setActive(*added);
    Q_EMIT classesEdited(classes);
    Q_EMIT activeChosen(*added);
    renameClass();
}

void ClassPanel::addPreset(const QStringList &names)
{
    core::LabelSet classes = m_model->classes();
    core::LabelValue first = m_active;
    bool hasAdded = false;
    for (const QString &name : names) {
        if (classes.findByName(name.toStdString()) != nullptr)
            continue;
        const core::Result<core::LabelValue> added = classes.add(name.toStdString());
        if (!added) {
            Q_EMIT refused(sentenceText(added.error().message));
            return;
        }
        first = std::exchange(hasAdded, true) ? first : *added;
    }
    if (!hasAdded) {
        Q_EMIT refused(tr("All classes of this set are there already."));
        return;
    }
    m_model->setClasses(classes);
    setActive(first);
    Q_EMIT classesEdited(classes);
    Q_EMIT activeChosen(first);
}

void ClassPanel::moveClass(int step)
{
    m_model->move(m_active, step);
    restoreSelection();
}

void ClassPanel::fillMergeMenu()
{
    QMenu *menu = m_merge->menu();
    menu->clear();
    const core::LabelClass *from = m_model->classes().find(m_active);
    if (from == nullptr)
        return;
    for (const core::LabelClass &into : m_model->classes().classes()) {
        if (into.value == from->value)
            continue;
        const QString fromName = QString::fromStdString(from->name);
        const QString intoName = QString::fromStdString(into.name);
        QAction *action = menu->addAction(tr("Merge “%1” into “%2” …").arg(fromName, intoName));
        connect(action, &QAction::triggered, this, [this, fromName, intoName, a = from->value, b = into.value] {
            if (m_mayMerge(fromName, intoName, this))
                Q_EMIT mergeRequested(a, b);
        });
    }
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
    m_up->setEnabled(m_model->canMove(m_active, -1));
    m_down->setEnabled(m_model->canMove(m_active, 1));
    m_merge->setEnabled(canEdit && isClass && m_model->classes().size() > 1);
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
