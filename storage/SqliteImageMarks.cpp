// SPDX-License-Identifier: Apache-2.0
// Tags of images, and images taken out of the project.
#include "storage/SqliteImageCatalog_p.h"

#include "storage/SqliteImageFields_p.h"
#include "storage/SqliteRows_p.h"

#include <algorithm>
#include <optional>
#include <vector>

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

Result<std::size_t> SqliteImageCatalog::erase(std::span<const ImageId> ids)
{
    static constexpr core::Phrase Action = phrase("errors", "delete the images");
    std::vector<ErasedFrame> frames;
    const Result<std::size_t> erased = m_connection.write(Action, [&] {
        frames.clear();
        for (const ImageId id : ids) {
            imageRow(m_connection, id);
            Query query(m_connection, "SELECT sha256, frame FROM images WHERE id = ? AND removed_at IS NOT NULL");
            if (!query.bind(id).next()) {
                continue;
            }
            frames.push_back({query.text(0), query.number(1)});
            Query(m_connection, "DELETE FROM images WHERE id = ?").bind(id).run();
        }
        return frames.size();
    });
    if (!erased) {
        return erased;
    }
    // The journal still has the pages as they were; a disk that refuses is asked again when the project is closed.
    static_cast<void>(
        m_connection.read(Action, [&] { m_connection.exec("PRAGMA wal_checkpoint(TRUNCATE)"); }).has_value());
    const Result<void> cleaned = m_connection.read(Action, [&] {
        std::optional<PixelCopies::Refused> refused;
        for (const ErasedFrame &frame : frames) {
            // One that cannot be deleted does not keep the others.
            if (const auto kept = eraseFiles(frame); kept && !refused) {
                refused = kept;
            }
        }
        if (refused) {
            fail(core::ErrorCode::Io,
                 phrase("errors",
                        "The images are deleted, but the project's copy %1 is still there (%2); delete it by hand.")
                     .with(refused->file, refused->reason));
        }
    });
    return cleaned ? erased : Result<std::size_t>(cleaned.error());
}

std::optional<PixelCopies::Refused> SqliteImageCatalog::eraseFiles(const ErasedFrame &erased)
{
    const std::lock_guard lock(m_context.mutex);
    std::optional<PixelCopies::Refused> refused;
    for (PixelCopies *copies : {m_context.pixelCopies.get(), m_context.overviews.get()}) {
        if (const auto kept = copies->erase(erased.sha256, erased.frame); kept && !refused) {
            refused = kept;
        }
    }
    Query query(m_connection, "SELECT count(*) FROM images WHERE sha256 = ? AND is_linked = 0");
    query.bind(erased.sha256).next();
    if (query.integer(0) > 0) {
        return refused;
    }
    m_context.freshCopies.erase(erased.sha256);
    const std::filesystem::path copy = m_context.imageFile(erased.sha256);
    std::error_code failure;
    if (!std::filesystem::remove(copy, failure) && failure && !refused) {
        refused = {copy, failure.message()};
    }
    return refused;
}

} // namespace semigda::storage
