// SPDX-License-Identifier: Apache-2.0
#include "ui/lists/ImageListModel.h"

#include "ui/lists/StateWords.h"

#include <QImage>
#include <QTimer>

#include <algorithm>
#include <numeric>

namespace semigda::ui
{

namespace
{

// About 40 MB of 96 pixel thumbnails: several screens of them.
constexpr int ThumbnailCacheCount = 1200;
// More changes than this at once are cheaper as one reset.
constexpr std::size_t MaxSingleUpdates = 256;

bool isSame(const core::ImageSummary &a, const core::ImageSummary &b)
{
    return a.id == b.id && a.name == b.name && a.state == b.state && a.split == b.split
           && a.disagreement == b.disagreement && a.estimatedDice == b.estimatedDice && a.width == b.width
           && a.height == b.height && a.seriesKey == b.seriesKey && a.slicePosition == b.slicePosition
           && a.tags == b.tags;
}

QString tagsText(const core::ImageSummary &image)
{
    QStringList tags;
    for (const std::string &tag : image.tags)
        tags << QString::fromStdString(tag);
    return tags.join(QStringLiteral(", "));
}

/// The order of "Needs your look first": what waits for review by falling doubt, then what has no mask.
int lookRank(core::ImageState state)
{
    switch (state) {
    case core::ImageState::Predicted:
        return 0;
    case core::ImageState::Partial:
        return 1;
    case core::ImageState::Unlabelled:
        return 2;
    case core::ImageState::Rejected:
        return 3;
    default:
        return 4;
    }
}

} // namespace

ImageListModel::ImageListModel(QObject *parent)
    : QAbstractListModel(parent)
    , m_thumbnails(ThumbnailCacheCount)
{}

int ImageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ImageListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const core::ImageSummary &image = m_images[static_cast<std::size_t>(m_rows[static_cast<std::size_t>(index.row())])];
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(image.name);
    case Qt::DecorationRole:
        if (const QPixmap *pixmap = m_thumbnails.object(image.id.value))
            return *pixmap;
        requestThumbnail(image.id);
        return {};
    case Qt::ToolTipRole: {
        QString tip = tr("%1\n%2 × %3 pixels\n%4\n%5")
                          .arg(QString::fromStdString(image.name))
                          .arg(image.width)
                          .arg(image.height)
                          .arg(stateWord(image.state), splitWord(image.split));
        if (const auto scores = image.scores())
            tip += QLatin1Char('\n') + doubtText(*scores);
        if (!image.tags.empty())
            tip += QLatin1Char('\n') + tr("Tags: %1").arg(tagsText(image));
        return tip;
    }
    case Qt::AccessibleTextRole:
        return image.tags.empty()
                   ? tr("%1, %2").arg(QString::fromStdString(image.name), stateWord(image.state))
                   : tr("%1, %2, tags: %3")
                         .arg(QString::fromStdString(image.name), stateWord(image.state), tagsText(image));
    case IdRole:
        return static_cast<qlonglong>(image.id.value);
    case StateRole:
        return static_cast<int>(image.state);
    case DoubtRole: {
        const auto scores = image.scores();
        return scores ? QVariant(shortDoubtText(*scores)) : QVariant();
    }
    case SplitRole:
        return static_cast<int>(image.split);
    case TagsRole:
        return tagsText(image);
    default:
        return {};
    }
}

void ImageListModel::clear()
{
    beginResetModel();
    m_images.clear();
    m_indexOf.clear();
    m_rows.clear();
    m_rowOf.clear();
    m_counts.clear();
    m_tags.clear();
    m_thumbnails.clear();
    m_requested.clear();
    m_pendingRequests.clear();
    endResetModel();
    Q_EMIT countsChanged();
}

void ImageListModel::setImages(std::vector<core::ImageSummary> images)
{
    std::vector<std::size_t> changed;
    bool isSameCatalogue = images.size() >= m_images.size() && !m_images.empty();
    for (std::size_t i = 0; isSameCatalogue && i < images.size(); ++i) {
        if (i < m_images.size() && images[i].id != m_images[i].id)
            isSameCatalogue = false;
        else if (i >= m_images.size() || !isSame(images[i], m_images[i]))
            changed.push_back(i);
    }
    if (isSameCatalogue && changed.size() <= MaxSingleUpdates) {
        for (const std::size_t i : changed)
            updateImage(images[i]);
        return;
    }
    beginResetModel();
    m_images = std::move(images);
    m_indexOf.clear();
    m_counts.clear();
    m_tags.clear();
    m_requested.clear();
    for (std::size_t i = 0; i < m_images.size(); ++i) {
        m_indexOf.emplace(m_images[i].id, static_cast<int>(i));
        count(m_images[i]);
    }
    rebuildRows();
    endResetModel();
    Q_EMIT countsChanged();
}

void ImageListModel::updateImage(const core::ImageSummary &image)
{
    const auto found = m_indexOf.find(image.id);
    const int index = found != m_indexOf.end() ? found->second : static_cast<int>(m_images.size());
    if (found == m_indexOf.end()) {
        m_images.push_back(image);
        m_rowOf.push_back(-1);
        m_indexOf.emplace(image.id, index);
    } else {
        uncount(m_images[static_cast<std::size_t>(index)]);
    }
    count(image);

    const int oldRow = m_rowOf[static_cast<std::size_t>(index)];
    const bool isShown = accepts(image);
    // The place among the other rows; the image's own old row must not disturb the search.
    std::vector<int> &rows = m_rows;
    m_images[static_cast<std::size_t>(index)] = image;
    const auto stillSorted = [&] {
        return (oldRow == 0 || isBefore(rows[static_cast<std::size_t>(oldRow) - 1], index))
               && (oldRow + 1 == rowCount() || isBefore(index, rows[static_cast<std::size_t>(oldRow) + 1]));
    };
    if (oldRow >= 0 && isShown && stillSorted()) {
        const QModelIndex changed = createIndex(oldRow, 0);
        Q_EMIT dataChanged(changed, changed);
    } else {
        if (oldRow >= 0) {
            beginRemoveRows({}, oldRow, oldRow);
            rows.erase(rows.begin() + oldRow);
            m_rowOf[static_cast<std::size_t>(index)] = -1;
            renumberFrom(oldRow);
            endRemoveRows();
        }
        if (isShown) {
            const auto place = std::lower_bound(rows.begin(), rows.end(), index,
                                                [this](int left, int right) { return isBefore(left, right); });
            const int row = static_cast<int>(place - rows.begin());
            beginInsertRows({}, row, row);
            rows.insert(place, index);
            renumberFrom(row);
            endInsertRows();
        }
    }
    Q_EMIT countsChanged();
}

void ImageListModel::setFilter(const ImageFilter &filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    rebuildRows();
    endResetModel();
    Q_EMIT countsChanged();
}

const core::ImageSummary *ImageListModel::find(core::ImageId id) const
{
    const auto found = m_indexOf.find(id);
    return found != m_indexOf.end() ? &m_images[static_cast<std::size_t>(found->second)] : nullptr;
}

core::ImageId ImageListModel::sliceBeside(const std::string &seriesKey, int position, int step) const
{
    const core::ImageSummary *nearest = nullptr;
    for (const core::ImageSummary &image : m_images) {
        const int distance = (image.slicePosition - position) * step;
        if (distance > 0 && image.seriesKey == seriesKey
            && (nearest == nullptr || distance < (nearest->slicePosition - position) * step))
            nearest = &image;
    }
    return nearest != nullptr ? nearest->id : core::ImageId();
}

core::ImageId ImageListModel::idAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    return m_images[static_cast<std::size_t>(m_rows[static_cast<std::size_t>(row)])].id;
}

int ImageListModel::rowOf(core::ImageId id) const
{
    const auto found = m_indexOf.find(id);
    return found != m_indexOf.end() ? m_rowOf[static_cast<std::size_t>(found->second)] : -1;
}

std::size_t ImageListModel::countOf(core::ImageState state) const
{
    const auto found = m_counts.find(state);
    return found != m_counts.end() ? found->second : 0;
}

QPixmap ImageListModel::thumbnail(core::ImageId id) const
{
    const QPixmap *kept = m_thumbnails.object(id.value);
    return kept != nullptr ? *kept : QPixmap();
}

void ImageListModel::setThumbnail(core::ImageId id, const core::Thumbnail &thumbnail)
{
    m_requested.erase(id);
    const auto rowBytes = static_cast<qsizetype>(thumbnail.width) * 3;
    if (thumbnail.width <= 0 || thumbnail.height <= 0
        || static_cast<qsizetype>(thumbnail.rgb.size()) < rowBytes * thumbnail.height)
        return;
    const QImage view(thumbnail.rgb.data(), thumbnail.width, thumbnail.height, rowBytes, QImage::Format_RGB888);
    m_thumbnails.insert(id.value, new QPixmap(QPixmap::fromImage(view)));
    if (const int row = rowOf(id); row >= 0) {
        const QModelIndex changed = createIndex(row, 0);
        Q_EMIT dataChanged(changed, changed, {Qt::DecorationRole});
    }
}

bool ImageListModel::accepts(const core::ImageSummary &image) const
{
    if (m_filter.state && image.state != *m_filter.state)
        return false;
    if (m_filter.tag && std::find(image.tags.begin(), image.tags.end(), *m_filter.tag) == image.tags.end())
        return false;
    const auto matches = [this](const std::string &words) {
        return QString::fromStdString(words).contains(m_filter.text, Qt::CaseInsensitive);
    };
    return m_filter.text.isEmpty() || matches(image.name) || std::any_of(image.tags.begin(), image.tags.end(), matches);
}

void ImageListModel::count(const core::ImageSummary &image)
{
    ++m_counts[image.state];
    for (const std::string &tag : image.tags)
        ++m_tags[tag];
}

void ImageListModel::uncount(const core::ImageSummary &image)
{
    --m_counts[image.state];
    for (const std::string &tag : image.tags) {
        if (const auto found = m_tags.find(tag); --found->second == 0)
            m_tags.erase(found);
    }
}

bool ImageListModel::isBefore(int left, int right) const
{
    const core::ImageSummary &a = m_images[static_cast<std::size_t>(left)];
    const core::ImageSummary &b = m_images[static_cast<std::size_t>(right)];
    switch (m_filter.order) {
    case ImageOrder::Name:
        if (a.name != b.name)
            return a.name < b.name;
        break;
    case ImageOrder::State:
        if (a.state != b.state)
            return a.state < b.state;
        break;
    case ImageOrder::LookFirst:
        if (lookRank(a.state) != lookRank(b.state))
            return lookRank(a.state) < lookRank(b.state);
        if (a.doubt() != b.doubt())
            return a.doubt() > b.doubt(); // none comes last
        if (a.disagreement != b.disagreement)
            return a.disagreement > b.disagreement;
        break;
    case ImageOrder::Import:
        break;
    }
    return left < right;
}

void ImageListModel::rebuildRows()
{
    m_rows.clear();
    for (std::size_t i = 0; i < m_images.size(); ++i) {
        if (accepts(m_images[i]))
            m_rows.push_back(static_cast<int>(i));
    }
    if (m_filter.order != ImageOrder::Import)
        std::sort(m_rows.begin(), m_rows.end(), [this](int left, int right) { return isBefore(left, right); });
    m_rowOf.assign(m_images.size(), -1);
    renumberFrom(0);
}

void ImageListModel::renumberFrom(int row)
{
    for (std::size_t i = static_cast<std::size_t>(row); i < m_rows.size(); ++i)
        m_rowOf[static_cast<std::size_t>(m_rows[i])] = static_cast<int>(i);
}

void ImageListModel::requestThumbnail(core::ImageId id) const
{
    if (!m_requested.insert(id).second)
        return;
    // Rows are drawn one by one: collect a screenful and ask once.
    if (m_pendingRequests.empty()) {
        QTimer::singleShot(0, this, [this] {
            const std::vector<core::ImageId> wanted = std::exchange(m_pendingRequests, {});
            if (!wanted.empty())
                Q_EMIT thumbnailsWanted(wanted);
        });
    }
    m_pendingRequests.push_back(id);
}

} // namespace semigda::ui
