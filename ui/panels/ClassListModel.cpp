// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/ClassListModel.h"

#include "ui/language/Sentences.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QFont>
#include <QIcon>
#include <QPainter>

namespace semigda::ui
{

namespace
{

constexpr int SwatchSide = 2 * GridUnit;
// Digit keys 1 to 9 choose a class.
constexpr int KeyedClasses = 9;

/// An icon, not a pixmap: views tint the pixmap of a selected row, and a class's colour must look the same everywhere.
QIcon swatch(const QColor &fill, bool isHatched)
{
    constexpr int Scale = 2;
    QPixmap pixmap(SwatchSide * Scale, SwatchSide * Scale);
    pixmap.setDevicePixelRatio(Scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(themeColours().border, 1));
    painter.setBrush(isHatched ? QBrush(fill, Qt::BDiagPattern) : QBrush(fill));
    painter.drawRoundedRect(QRectF(0.5, 0.5, SwatchSide - 1.0, SwatchSide - 1.0), 3, 3);
    painter.end();
    QIcon icon(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected);
    return icon;
}

} // namespace

ClassListModel::ClassListModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

int ClassListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_classes.size()) + 1;
}

int ClassListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClassListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const core::LabelClass *item = classAt(index.row());
    switch (index.column()) {
    case NameColumn:
        if (role == Qt::DisplayRole || role == Qt::EditRole)
            return item != nullptr ? QString::fromStdString(item->name) : tr("Background");
        if (role == Qt::DecorationRole)
            return item != nullptr ? swatch(QColor(item->colour.red, item->colour.green, item->colour.blue), false)
                                   : swatch(themeColours().accentText, true);
        if (role == Qt::ToolTipRole)
            return item != nullptr ? tr("Class %1, stored as value %1").arg(item->value)
                                   : tr("Paint what certainly belongs to no class");
        break;
    case KeyColumn:
        if (role == Qt::DisplayRole && item != nullptr && index.row() < KeyedClasses)
            return QString::number(index.row() + 1);
        if (role == Qt::TextAlignmentRole)
            return static_cast<int>(Qt::AlignCenter);
        if (role == Qt::ForegroundRole)
            return themeColours().muted;
        if (role == Qt::ToolTipRole)
            return tr("Key that chooses the class");
        break;
    case VisibleColumn:
        if (item == nullptr)
            break;
        if (role == Qt::DecorationRole)
            return themedIcon(item->visible ? QStringLiteral("eye") : QStringLiteral("eye-off"));
        if (role == Qt::ToolTipRole)
            return item->visible ? tr("Shown. Click to hide.") : tr("Hidden. Click to show.");
        if (role == Qt::AccessibleTextRole)
            return item->visible ? tr("shown") : tr("hidden");
        break;
    case LockedColumn:
        if (item == nullptr)
            break;
        if (role == Qt::DecorationRole)
            return themedIcon(item->locked ? QStringLiteral("lock") : QStringLiteral("unlock"));
        if (role == Qt::ToolTipRole)
            return item->locked ? tr("Locked: other classes do not paint over it. Click to unlock.")
                                : tr("Unlocked: other classes may paint over it. Click to lock.");
        if (role == Qt::AccessibleTextRole)
            return item->locked ? tr("locked") : tr("unlocked");
        break;
    default:
        break;
    }
    return {};
}

bool ClassListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const core::LabelClass *item = index.isValid() ? classAt(index.row()) : nullptr;
    if (m_isReadOnly || role != Qt::EditRole || index.column() != NameColumn || item == nullptr)
        return false;
    core::LabelClass changed = *item;
    changed.name = value.toString().trimmed().toStdString();
    if (changed.name == item->name)
        return false;
    core::LabelSet classes = m_classes;
    if (const core::Result<void> result = classes.replace(changed); !result) {
        Q_EMIT editRefused(sentenceText(result.error().message));
        return false;
    }
    announce(std::move(classes));
    return true;
}

QVariant ClassListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Class");
    case KeyColumn:
        return tr("Key");
    case VisibleColumn:
        return tr("Shown");
    case LockedColumn:
        return tr("Locked");
    default:
        return {};
    }
}

Qt::ItemFlags ClassListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == NameColumn && classAt(index.row()) != nullptr && !m_isReadOnly)
        flags |= Qt::ItemIsEditable;
    return flags;
}

void ClassListModel::setClasses(const core::LabelSet &classes)
{
    if (classes.size() != m_classes.size()) {
        beginResetModel();
        m_classes = classes;
        endResetModel();
        return;
    }
    m_classes = classes;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ClassListModel::setReadOnly(bool isReadOnly)
{
    m_isReadOnly = isReadOnly;
}

core::LabelValue ClassListModel::valueAt(int row) const
{
    const core::LabelClass *item = classAt(row);
    return item != nullptr ? item->value : core::Background;
}

int ClassListModel::rowOf(core::LabelValue value) const
{
    const std::vector<core::LabelClass> &classes = m_classes.classes();
    for (std::size_t i = 0; i < classes.size(); ++i) {
        if (classes[i].value == value)
            return static_cast<int>(i);
    }
    return value == core::Background ? static_cast<int>(classes.size()) : -1;
}

void ClassListModel::toggle(const QModelIndex &index)
{
    const core::LabelClass *item = index.isValid() ? classAt(index.row()) : nullptr;
    if (item == nullptr)
        return;
    core::LabelClass changed = *item;
    if (index.column() == VisibleColumn)
        changed.visible = !changed.visible;
    else if (index.column() == LockedColumn)
        changed.locked = !changed.locked;
    else
        return;
    core::LabelSet classes = m_classes;
    if (classes.replace(changed))
        announce(std::move(classes));
}

void ClassListModel::setColour(core::LabelValue value, core::Rgb colour)
{
    const core::LabelClass *item = m_classes.find(value);
    if (item == nullptr || m_isReadOnly)
        return;
    core::LabelClass changed = *item;
    changed.colour = colour;
    core::LabelSet classes = m_classes;
    if (classes.replace(changed))
        announce(std::move(classes));
}

bool ClassListModel::canMove(core::LabelValue value, int step) const
{
    const int row = rowOf(value);
    const auto count = static_cast<int>(m_classes.size());
    return !m_isReadOnly && m_classes.find(value) != nullptr && row + step >= 0 && row + step < count;
}

void ClassListModel::move(core::LabelValue value, int step)
{
    if (!canMove(value, step))
        return;
    std::vector<core::LabelClass> classes = m_classes.classes();
    const auto row = static_cast<std::size_t>(rowOf(value));
    std::swap(classes[row], classes[static_cast<std::size_t>(rowOf(value) + step)]);
    announce(core::LabelSet(std::move(classes), m_classes.nextValue()));
}

const core::LabelClass *ClassListModel::classAt(int row) const
{
    const auto place = static_cast<std::size_t>(row);
    return row >= 0 && place < m_classes.size() ? &m_classes.classes()[place] : nullptr;
}

void ClassListModel::announce(core::LabelSet changed)
{
    setClasses(changed);
    Q_EMIT classesEdited(changed);
}

} // namespace semigda::ui
