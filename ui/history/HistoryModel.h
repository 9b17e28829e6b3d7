// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/history/ImageHistory.h"

#include <QAbstractTableModel>

#include <optional>

namespace semigda::ui
{

/// "+120 −30 5 to another class"; "none" where nothing changed.
QString pixelText(const core::StepPixels &pixels);

/// The states of an image's mask, newest first: when, by whom, with what, how many pixels changed. Where the history
/// goes back to the start, the last row is the blank mask. Gui thread.
class HistoryModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { When, Who, What, Pixels, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setHistory(std::shared_ptr<const ImageHistory> history);
    const std::shared_ptr<const ImageHistory> &history() const { return m_history; }
    /// Of the step that led to the state in a row; 0: the blank mask.
    std::int64_t sequenceAt(int row) const;
    /// -1: it is not listed.
    int rowOf(std::int64_t sequence) const;
    /// The state that the image is in.
    bool isNow(int row) const;
    bool isUndone(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// Place in the history; nullopt: the blank mask.
    std::optional<std::size_t> editAt(int row) const;
    QString text(int row, int column) const;

    std::shared_ptr<const ImageHistory> m_history;
};

} // namespace semigda::ui
