// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteImageCatalog_p.h"

#include "storage/SqliteImageFields_p.h"
#include "storage/SqliteImagePixels_p.h"
#include "storage/SqliteRows_p.h"

#include <algorithm>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::ImageId;
using core::phrase;
using core::Result;

void checkNewImage(const core::NewImage &image)
{
    const std::string &sha = image.source.sha256;
    if (sha.size() != 64 || sha.find_first_not_of("0123456789abcdef") != std::string::npos) {
        fail(ErrorCode::InvalidArgument,
             phrase("errors", "The image \"%1\" has no valid SHA-256; import it again.").with(image.name));
    }
    if (image.width <= 0 || image.height <= 0 || image.source.frame < 0) {
        fail(ErrorCode::InvalidArgument,
             phrase("errors", "The image \"%1\" has no pixels; choose another file.").with(image.name));
    }
}

core::ImageGeometry geometryOf(const Query &query, int first)
{
    core::ImageGeometry geometry;
    geometry.hasSpacing = !query.isNull(first);
    geometry.hasPosition = !query.isNull(first + 3);
    for (int axis = 0; axis < 3; ++axis) {
        if (geometry.hasSpacing) {
            geometry.spacing[static_cast<std::size_t>(axis)] = query.real(first + axis);
        }
        if (geometry.hasPosition) {
            geometry.origin[static_cast<std::size_t>(axis)] = query.real(first + 3 + axis);
        }
    }
    if (geometry.hasPosition) {
        geometry.direction = directionFrom(query.text(first + 6)).value_or(geometry.direction);
    }
    return geometry;
}

} // namespace

void SqliteImageCatalog::insert(const core::NewImage &image)
{
    const core::ImageGeometry &geometry = image.geometry;
    const auto spacing = [&](std::size_t axis) {
        return geometry.hasSpacing ? std::optional(geometry.spacing[axis]) : std::nullopt;
    };
    const auto origin = [&](std::size_t axis) {
        return geometry.hasPosition ? std::optional(geometry.origin[axis]) : std::nullopt;
    };
    const std::optional<FileStamp> stamp = image.source.isLinked ? stampOf(image.source.origin) : std::nullopt;
    const std::string group = groupKeyOf(image.patientKey, image.seriesKey);
    core::Split split = image.split;
    if (!group.empty()) {
        Query query(m_connection, "SELECT split FROM images WHERE group_key = ? AND group_key <> '' LIMIT 1");
        if (query.bind(group).next()) {
            split = core::splitFrom(query.text(0)).value_or(split);
        }
    }
    Query(m_connection,
          "INSERT INTO images (name, state, split, width, height, series_key, slice_position, sha256, frame, "
          "group_key, patient_key, study_key, channels, bits_per_sample, exif_orientation, format, origin, is_linked, "
          "origin_size, origin_modified, spacing_x, spacing_y, spacing_z, origin_x, origin_y, origin_z, direction, "
          "imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(image.name, core::toString(core::ImageState::Unlabelled), core::toString(split), image.width,
              image.height, image.seriesKey, image.slicePosition, image.source.sha256, image.source.frame, group,
              image.patientKey, image.studyKey, image.channels, image.bitsPerSample, image.exifOrientation,
              image.source.format, image.source.origin.string(), image.source.isLinked,
              stamp ? std::optional(stamp->size) : std::nullopt, stamp ? std::optional(stamp->modified) : std::nullopt,
              spacing(0), spacing(1), spacing(2), origin(0), origin(1), origin(2),
              geometry.hasPosition ? std::optional(directionText(geometry.direction)) : std::nullopt, utcNow())
        .run();
}

Result<ImageId> SqliteImageCatalog::add(const core::NewImage &image)
{
    const Blob thumbnail = encodeThumbnail(image.thumbnail);
    return m_connection.write(phrase("errors", "add an image"), [&] {
        checkNewImage(image);
        Query existing(m_connection, "SELECT name, id, removed_at IS NOT NULL FROM images "
                                     "WHERE sha256 = ? AND frame = ?");
        if (existing.bind(image.source.sha256, image.source.frame).next()) {
            if (const ImageId id(existing.integer(1)); existing.flag(2)) {
                bringBack(id, image.source);
                return id;
            }
            fail(ErrorCode::AlreadyExists,
                 phrase("errors", "%1 is in %2 already, as \"%3\"; it was not imported again.")
                     .with(image.source.origin, m_connection.project().quoted(), existing.text(0)));
        }
        insert(image);
        const ImageId id(m_connection.lastInsertId());
        if (!thumbnail.empty()) {
            Query(m_connection, "INSERT INTO thumbnails (image_id, picture) VALUES (?, ?)")
                .bind(id, std::span<const std::byte>(thumbnail))
                .run();
        }
        return id;
    });
}

Result<std::optional<ImageId>> SqliteImageCatalog::find(const std::string &sha256, int frame)
{
    return m_connection.read(phrase("errors", "look up an image"), [&]() -> std::optional<ImageId> {
        Query query(m_connection, "SELECT id FROM images WHERE sha256 = ? AND frame = ? AND removed_at IS NULL");
        if (!query.bind(sha256, frame).next()) {
            return std::nullopt;
        }
        return ImageId(query.integer(0));
    });
}

core::ImageSummary SqliteImageCatalog::summaryOf(const Query &query) const
{
    const ProjectName &project = m_connection.project();
    core::ImageSummary summary;
    summary.id = ImageId(query.integer(0));
    summary.name = query.text(1);
    const std::string state = query.text(2);
    const std::string split = query.text(3);
    summary.state = fromWord(core::imageStateFrom(state), state, project);
    summary.split = fromWord(core::splitFrom(split), split, project);
    summary.width = query.number(4);
    summary.height = query.number(5);
    summary.seriesKey = query.text(6);
    summary.slicePosition = query.number(7);
    if (!query.isNull(8)) {
        summary.disagreement = static_cast<float>(query.real(8));
    }
    if (!query.isNull(9)) {
        summary.estimatedDice = static_cast<float>(query.real(9));
    }
    return summary;
}

Result<std::vector<core::ImageSummary>> SqliteImageCatalog::list()
{
    return m_connection.readTogether(phrase("errors", "list the images"), [&] {
        std::vector<core::ImageSummary> images;
        Query query(m_connection, "SELECT i.id, i.name, i.state, i.split, i.width, i.height, i.series_key, "
                                  "i.slice_position, p.disagreement, p.estimated_dice FROM images AS i "
                                  "LEFT JOIN predictions AS p ON p.id = i.newest_prediction_id "
                                  "WHERE i.removed_at IS NULL ORDER BY i.id");
        while (query.next()) {
            images.push_back(summaryOf(query));
        }
        readTags(images);
        return images;
    });
}

Result<core::ImageSummary> SqliteImageCatalog::summary(ImageId id)
{
    return m_connection.read(phrase("errors", "read an image"), [&] {
        Query query(m_connection, "SELECT i.id, i.name, i.state, i.split, i.width, i.height, i.series_key, "
                                  "i.slice_position, p.disagreement, p.estimated_dice FROM images AS i "
                                  "LEFT JOIN predictions AS p ON p.id = i.newest_prediction_id WHERE i.id = ?");
        if (!query.bind(id).next()) {
            imageRow(m_connection, id);
        }
        core::ImageSummary summary = summaryOf(query);
        summary.tags = tagsOf(id);
        return summary;
    });
}

Result<core::ImageRecord> SqliteImageCatalog::record(ImageId id)
{
    return m_connection.read(phrase("errors", "read an image"), [&] {
        const ImageRow row = imageRow(m_connection, id);
        Query query(m_connection,
                    "SELECT sha256, frame, origin, is_linked, format, channels, bits_per_sample, exif_orientation, "
                    "patient_key, study_key, series_key, slice_position, split, imported_at, t.picture, "
                    "spacing_x, spacing_y, spacing_z, origin_x, origin_y, origin_z, direction "
                    "FROM images LEFT JOIN thumbnails AS t ON t.image_id = id WHERE id = ?");
        query.bind(id).next();
        core::ImageRecord record;
        record.id = id;
        record.name = row.name;
        record.state = row.state;
        record.width = row.width;
        record.height = row.height;
        record.source = {query.text(0), query.number(1), query.text(2), query.flag(3), query.text(4)};
        record.channels = query.number(5);
        record.bitsPerSample = query.number(6);
        record.exifOrientation = query.number(7);
        record.patientKey = query.text(8);
        record.studyKey = query.text(9);
        record.seriesKey = query.text(10);
        record.slicePosition = query.number(11);
        record.split = fromWord(core::splitFrom(query.text(12)), query.text(12), m_connection.project());
        record.importedAt = query.text(13);
        record.thumbnail = decodeThumbnail(query.bytes(14));
        record.geometry = geometryOf(query, 15);
        return record;
    });
}

Result<std::vector<ImageId>> SqliteImageCatalog::series(const std::string &seriesKey)
{
    return m_connection.read(phrase("errors", "read a series"), [&] {
        std::vector<ImageId> ids;
        Query query(m_connection, "SELECT id FROM images WHERE series_key = ? AND series_key <> '' "
                                  "AND removed_at IS NULL ORDER BY slice_position, id");
        query.bind(seriesKey);
        while (query.next()) {
            ids.emplace_back(query.integer(0));
        }
        return ids;
    });
}

Result<void> SqliteImageCatalog::setSplit(std::span<const ImageId> ids, core::Split split)
{
    return m_connection.write(phrase("errors", "change the split"), [&] {
        for (const ImageId id : ids) {
            imageRow(m_connection, id);
            Query group(m_connection, "SELECT group_key FROM images WHERE id = ?");
            group.bind(id).next();
            if (const std::string key = group.text(0); key.empty()) {
                Query(m_connection, "UPDATE images SET split = ? WHERE id = ?").bind(core::toString(split), id).run();
            } else {
                Query(m_connection,
                      "UPDATE images SET split = ?1 WHERE group_key = ?2 AND group_key <> '' AND split <> ?1")
                    .bind(core::toString(split), key)
                    .run();
            }
        }
    });
}

Result<core::Thumbnail> SqliteImageCatalog::thumbnail(ImageId id)
{
    Result<core::Thumbnail> stored = m_connection.read(phrase("errors", "read a thumbnail"), [&] {
        imageRow(m_connection, id);
        Query query(m_connection, "SELECT picture FROM thumbnails WHERE image_id = ?");
        return query.bind(id).next() ? decodeThumbnail(query.bytes(0)) : core::Thumbnail();
    });
    if (!stored || stored->width > 0) {
        return stored;
    }
    const Result<core::ImageData> image = pixels(id);
    if (!image) {
        return image.error();
    }
    return core::makeThumbnail(*image);
}

Result<core::ImageData> SqliteImageCatalog::pixels(ImageId id)
{
    return m_connection.read(phrase("errors", "read an image"),
                             [&] { return readPixels(m_connection, m_context, id); });
}

Result<std::optional<core::ImageData>> SqliteImageCatalog::overview(ImageId id)
{
    return m_connection.read(phrase("errors", "read an image"),
                             [&] { return readOverview(m_connection, m_context, id); });
}

Result<bool> SqliteImageCatalog::keepPixels(ImageId id, const core::ImageData &pixels, const std::stop_token &stop)
{
    return m_connection.read(phrase("errors", "read an image"),
                             [&] { return storage::keepPixels(m_connection, m_context, id, pixels, stop); });
}

Result<core::StateCounts> SqliteImageCatalog::counts()
{
    return m_connection.readTogether(phrase("errors", "count the images"), [&] {
        core::StateCounts counts;
        Query states(m_connection, "SELECT state, count(*) FROM images WHERE removed_at IS NULL GROUP BY state");
        while (states.next()) {
            const std::string word = states.text(0);
            const auto number = static_cast<std::size_t>(states.integer(1));
            counts.byState[fromWord(core::imageStateFrom(word), word, m_connection.project())] = number;
            counts.total += number;
        }
        Query splits(m_connection, "SELECT split, count(*) FROM images WHERE removed_at IS NULL GROUP BY split");
        while (splits.next()) {
            const std::string word = splits.text(0);
            counts.bySplit[fromWord(core::splitFrom(word), word, m_connection.project())] =
                static_cast<std::size_t>(splits.integer(1));
        }
        Query series(m_connection,
                     "SELECT count(DISTINCT series_key) FROM images WHERE series_key <> '' AND removed_at IS NULL");
        series.next();
        counts.series = static_cast<std::size_t>(series.integer(0));
        Query removed(m_connection, "SELECT count(*) FROM images WHERE removed_at IS NOT NULL");
        removed.next();
        counts.removed = static_cast<std::size_t>(removed.integer(0));
        return counts;
    });
}

} // namespace semigda::storage
