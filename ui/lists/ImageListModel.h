// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectRecords.h"

#include <QAbstractListModel>
#include <QCache>
#include <QPixmap>

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace semigda::ui
{

enum class ImageOrder { Import, Name, State, LookFirst };

struct ImageFilter
{
    std::optional<core::ImageState> state;
    QString text;                   ///< part of the name or of a tag, case ignored
    std::optional<std::string> tag; ///< one that it has
    ImageOrder order = ImageOrder::Import;

    bool operator==(const ImageFilter &) const = default;
};

/// The images of a project, filtered and ordered here because a proxy over 100,000 rows takes seconds where one pass
/// takes milliseconds. Thumbnails are asked for when a view draws a row and kept within a bounded cache. Gui thread.
class ImageListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole + 1, StateRole, DoubtRole, SplitRole, TagsRole };

    explicit ImageListModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    /// Forgets everything, thumbnails included; for a change of project.
    void clear();
    /// The whole catalogue; small changes since the last call keep rows, large ones reset the model.
    void setImages(std::vector<core::ImageSummary> images);
    /// One image changed or came new.
    void updateImage(const core::ImageSummary &image);
    void setFilter(const ImageFilter &filter);
    const ImageFilter &filter() const { return m_filter; }

    const core::ImageSummary *find(core::ImageId id) const;
    core::ImageId idAt(int row) const;
    /// The slice of a volume next above (`step` 1) or below (-1) a position; invalid when there is none.
    core::ImageId sliceBeside(const std::string &seriesKey, int position, int step) const;
    /// -1 when the filter hides the image or there is none.
    int rowOf(core::ImageId id) const;
    std::size_t total() const { return m_images.size(); }
    std::size_t countOf(core::ImageState state) const;
    /// All tags that an image has, in alphabetical order, with how many have each.
    const std::map<std::string, std::size_t> &tags() const { return m_tags; }

    /// Null when it is not there; it is not asked for then.
    QPixmap thumbnail(core::ImageId id) const;
    void setThumbnail(core::ImageId id, const core::Thumbnail &thumbnail);
    /// Forgets requests, so that rows drawn again ask again.
    void clearThumbnailRequests() { m_requested.clear(); }

Q_SIGNALS:
    /// Drawn rows without a thumbnail, newest request last; answered by setThumbnail.
    void thumbnailsWanted(const std::vector<core::ImageId> &ids) const;
    void countsChanged();

private:
    bool accepts(const core::ImageSummary &image) const;
    bool isBefore(int left, int right) const;
    void rebuildRows();
    void renumberFrom(int row);
    void requestThumbnail(core::ImageId id) const;
    void count(const core::ImageSummary &image);
    void uncount(const core::ImageSummary &image);

    std::vector<core::ImageSummary> m_images; ///< in order of import
    std::unordered_map<core::ImageId, int> m_indexOf;
    std::vector<int> m_rows;  ///< row -> index into m_images
    std::vector<int> m_rowOf; ///< index -> row or -1
    std::unordered_map<core::ImageState, std::size_t> m_counts;
    std::map<std::string, std::size_t> m_tags;
    ImageFilter m_filter;
    mutable QCache<qint64, QPixmap> m_thumbnails;
    mutable std::unordered_set<core::ImageId> m_requested;
    mutable std::vector<core::ImageId> m_pendingRequests;
};

} // namespace semigda::ui
