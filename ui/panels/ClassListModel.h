// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelSet.h"

#include <QAbstractTableModel>

namespace semigda::ui
{

/// The classes of a project with background as the last row. Edits are announced with the whole changed set; the
/// owner stores it and hands it back with setClasses. Gui thread.
class ClassListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, KeyColumn, VisibleColumn, LockedColumn, ColumnCount };

    explicit ClassListModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    void setClasses(const core::LabelSet &classes);
    const core::LabelSet &classes() const { return m_classes; }
    void setReadOnly(bool isReadOnly);
    bool isReadOnly() const { return m_isReadOnly; }

    /// Background for the last row.
    core::LabelValue valueAt(int row) const;
    int rowOf(core::LabelValue value) const;
    /// Visible or locked flips; no effect on background.
    void toggle(const QModelIndex &index);
    void setColour(core::LabelValue value, core::Rgb colour);
    /// Whether a class can go one place up (-1) or down (+1) in the order, and does so.
    bool canMove(core::LabelValue value, int step) const;
    void move(core::LabelValue value, int step);

Q_SIGNALS:
    void classesEdited(const semigda::core::LabelSet &classes);
    /// A name that is empty or taken: one sentence.
    void editRefused(const QString &reason);

private:
    const core::LabelClass *classAt(int row) const;
    void announce(core::LabelSet changed);

    core::LabelSet m_classes;
    bool m_isReadOnly = false;
};

} // namespace semigda::ui
