// SPDX-License-Identifier: Apache-2.0
#include "ui/history/HistoryModel.h"

#include "ui/canvas/ImageDocument.h"
#include "ui/theme/Theme.h"

#include <QDateTime>
#include <QFont>
#include <QLocale>

namespace semigda::ui
{

namespace
{

QString timeText(const std::string &utc)
{
    const QDateTime time = QDateTime::fromString(QString::fromStdString(utc), Qt::ISODateWithMs).toLocalTime();
    if (!time.isValid())
        return QString::fromStdString(utc);
    const QLocale locale;
    // With seconds: strokes follow each other quickly.
    return locale.toString(time.date(), QLocale::ShortFormat) + QLatin1Char(' ')
           + time.time().toString(QStringLiteral("HH:mm:ss"));
}

} // namespace

QString pixelText(const core::StepPixels &pixels)
{
    const QLocale locale;
    const auto number = [&locale](std::size_t count) { return locale.toString(static_cast<qulonglong>(count)); };
    QStringList parts;
    if (pixels.painted > 0)
        parts << QLatin1Char('+') + number(pixels.painted);
    if (pixels.erased > 0)
        parts << QChar(0x2212) + number(pixels.erased);
    if (pixels.reclassed > 0)
        parts << HistoryModel::tr("%1 to another class").arg(number(pixels.reclassed));
    if (pixels.background > 0)
        parts << HistoryModel::tr("%1 background").arg(number(pixels.background));
    return parts.isEmpty() ? HistoryModel::tr("none") : parts.join(QStringLiteral("  "));
}

void HistoryModel::setHistory(std::shared_ptr<const ImageHistory> history)
{
    beginResetModel();
    m_history = std::move(history);
    endResetModel();
}

std::optional<std::size_t> HistoryModel::editAt(int row) const
{
    const std::size_t count = m_history->history.edits.size();
    const auto place = static_cast<std::size_t>(row);
    return place < count ? std::optional(count - 1 - place) : std::nullopt;
}

std::int64_t HistoryModel::sequenceAt(int row) const
{
    const std::optional<std::size_t> edit = editAt(row);
    return edit ? m_history->history.edits[*edit].sequence : 0;
}

int HistoryModel::rowOf(std::int64_t sequence) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (sequenceAt(row) == sequence)
            return row;
    }
    return -1;
}

bool HistoryModel::isNow(int row) const
{
    return sequenceAt(row) == m_history->history.cursor;
}

bool HistoryModel::isUndone(int row) const
{
    return sequenceAt(row) > m_history->history.cursor;
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid() || !m_history)
        return 0;
    return static_cast<int>(m_history->history.edits.size()) + (m_history->reachesStart ? 1 : 0);
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString HistoryModel::text(int row, int column) const
{
    const std::optional<std::size_t> place = editAt(row);
    const core::EditRecord *edit = place ? &m_history->history.edits[*place] : nullptr;
    switch (column) {
    case When:
        return edit != nullptr ? timeText(edit->createdAt) : QString();
    case Who:
        return edit != nullptr ? QString::fromStdString(edit->author) : QString();
    case What: {
        const QString word = edit != nullptr ? reasonWord(edit->reason) : tr("nothing painted yet");
        if (isNow(row))
            return tr("%1 – shown now").arg(word);
        return isUndone(row) ? tr("%1 – undone").arg(word) : word;
    }
    case Pixels:
        return place ? pixelText(m_history->pixels[*place]) : QString();
    default:
        return {};
    }
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::AccessibleTextRole: {
        QStringList parts;
        for (int column = 0; column < ColumnCount; ++column)
            parts << text(index.row(), column);
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    case Qt::FontRole: {
        QFont font;
        font.setBold(isNow(index.row()));
        return font;
    }
    case Qt::ForegroundRole:
        return isUndone(index.row()) ? QVariant(themeColours().muted) : QVariant();
    default:
        return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case When:
        return tr("When");
    case Who:
        return tr("Who");
    case What:
        return tr("What");
    case Pixels:
        return tr("Pixels");
    default:
        return {};
    }
}

} // namespace semigda::ui
