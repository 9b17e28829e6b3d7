// SPDX-License-Identifier: Apache-2.0
// Tags of images, and images taken out of the project.
#include "storage/SqliteImageCatalog_p.h"

#include "storage/SqliteImageFields_p.h"
#include "storage/SqliteRows_p.h"

namespace semigda::storage
{

using core::ImageId;
using core::phrase;
using core::Result;

void SqliteImageCatalog::readTags(std::span<core::ImageSummary> images)
{
    Query query(m_connection, "SELECT image_id, tag FROM image_tags ORDER BY image_id, tag");
    auto image = images.begin();
    while (query.next()) {
        const ImageId id(query.integer(0));
        while (image != images.end() && image->id < id) {
            ++image;
        }
        if (image != images.end() && image->id == id) {
            image->tags.push_back(query.text(1));
        }
    }
}

std::vector<std::string> SqliteImageCatalog::tagsOf(ImageId id)
{
    std::vector<std::string> tags;
    Query query(m_connection, "SELECT tag FROM image_tags WHERE image_id = ? ORDER BY tag");
    query.bind(id);
    while (query.next()) {
        tags.push_back(query.text(0));
    }
    return tags;
}

Result<std::vector<ImageId>> SqliteImageCatalog::setTag(std::span<const ImageId> ids, const std::string &tag,
                                                        bool isSet)
{
    return m_connection.write(phrase("errors", "change the tags"), [&] {
        std::string spelling = valueOrFail(core::checkedTag(tag));
        {
            Query known(m_connection, "SELECT tag FROM image_tags WHERE tag = ? LIMIT 1");
            if (known.bind(spelling).next()) {
                spelling = known.text(0);
            }
        }
        std::vector<ImageId> changed;
        for (const ImageId id : ids) {
            imageRow(m_connection, id);
            Query(m_connection, isSet ? "INSERT OR IGNORE INTO image_tags (image_id, tag) VALUES (?, ?)"
                                      : "DELETE FROM image_tags WHERE image_id = ? AND tag = ?")
                .bind(id, spelling)
                .run();
            if (m_connection.changes() > 0) {
                changed.push_back(id);
            }
        }
        return changed;
    });
}

Result<std::vector<ImageId>> SqliteImageCatalog::setRemoved(std::span<const ImageId> ids, bool isRemoved)
{
    const core::Phrase action =
        isRemoved ? phrase("errors", "remove the images") : phrase("errors", "bring the images back");
    return m_connection.write(action, [&] {
        const std::string now = utcNow();
        std::vector<ImageId> changed;
        for (const ImageId id : ids) {
            imageRow(m_connection, id);
            Query(m_connection, "UPDATE images SET removed_at = ? WHERE id = ? AND (removed_at IS NULL) = ?")
                .bind(isRemoved ? std::optional(now) : std::nullopt, id, isRemoved)
                .run();
            if (m_connection.changes() > 0) {
                changed.push_back(id);
            }
        }
        return changed;
    });
}

void SqliteImageCatalog::bringBack(ImageId id, const core::ImageSource &source)
{
    const std::optional<FileStamp> stamp = source.isLinked ? stampOf(source.origin) : std::nullopt;
    Query(m_connection, "UPDATE images SET removed_at = NULL, origin = ?, is_linked = ?, origin_size = ?, "
                        "origin_modified = ? WHERE id = ?")
        .bind(source.origin.string(), source.isLinked, stamp ? std::optional(stamp->size) : std::nullopt,
              stamp ? std::optional(stamp->modified) : std::nullopt, id)
        .run();
}

Result<std::vector<core::ImageSummary>> SqliteImageCatalog::removed()
{
    return m_connection.readTogether(phrase("errors", "list the removed images"), [&] {
        std::vector<core::ImageSummary> images;
        Query query(m_connection, "SELECT i.id, i.name, i.state, i.split, i.width, i.height, i.series_key, "
                                  "i.slice_position, p.disagreement, p.estimated_dice FROM images AS i "
                                  "LEFT JOIN predictions AS p ON p.id = i.newest_prediction_id "
                                  "WHERE i.removed_at IS NOT NULL ORDER BY i.removed_at DESC, i.id");
        while (query.next()) {
            images.push_back(summaryOf(query));
        }
        for (core::ImageSummary &image : images) {
            image.tags = tagsOf(image.id);
        }
        return images;
    });
}

} // namespace semigda::storage
