// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteImagePixels_p.h"

#include "core/DisplayMapping.h"
#include "storage/ImageFiles.h"
#include "storage/SqliteImageFields_p.h"
#include "storage/SqliteProject.h"
#include "storage/SqliteRows_p.h"

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;

struct PixelSource
{
    core::ImageSource source;
    std::optional<FileStamp> stamp;
};

PixelSource pixelSource(SqliteConnection &connection, core::ImageId id)
{
    Query query(connection, "SELECT sha256, frame, origin, is_linked, format, origin_size, origin_modified "
                            "FROM images WHERE id = ?");
    if (!query.bind(id).next()) {
        imageRow(connection, id);
    }
    PixelSource found;
    found.source = {query.text(0), query.number(1), query.text(2), query.flag(3), query.text(4)};
    if (!query.isNull(5) && !query.isNull(6)) {
        found.stamp = FileStamp{query.integer(5), query.integer(6)};
    }
    return found;
}

void checkLinked(SqliteConnection &connection, core::ImageId id, const PixelSource &image)
{
    const std::filesystem::path &file = image.source.origin;
    const std::optional<FileStamp> stamp = stampOf(file);
    if (!stamp) {
        fail(ErrorCode::NotFound,
             phrase("errors", "The linked image %1 is gone; put it back to its place or connect the disk it is on.")
                 .with(file));
    }
    if (stamp == image.stamp) {
        return;
    }
    if (valueOrFail(fileSha256(file)) != image.source.sha256) {
        fail(ErrorCode::CorruptFile, phrase("errors", "The linked image %1 was changed since it was imported; restore "
                                                      "the old file, or import the changed one as a new image.")
                                         .with(file));
    }
    if (!connection.isReadOnly() && !connection.isInTransaction()) {
        // Only spares the next hash, so failing to note it is no failure.
        static_cast<void>(connection
                              .write(phrase("errors", "note a file's time"),
                                     [&] {
                                         Query(connection,
                                               "UPDATE images SET origin_size = ?, origin_modified = ? WHERE id = ?")
                                             .bind(stamp->size, stamp->modified, id)
                                             .run();
                                     })
                              .has_value());
    }
}

} // namespace

core::ImageData readPixels(SqliteConnection &connection, const ProjectContext &context, core::ImageId id)
{
    const PixelSource image = pixelSource(connection, id);
    std::filesystem::path file = image.source.origin;
    if (image.source.isLinked) {
        checkLinked(connection, id, image);
    } else {
        file = context.imageFile(image.source.sha256);
        std::error_code failure;
        if (!std::filesystem::exists(file, failure)) {
            fail(ErrorCode::NotFound, phrase("errors", "The project's copy of %1 is missing (%2); run \"semigda check "
                                                       "--repair %3\" or import the file again.")
                                          .with(image.source.origin, file, context.project.folder));
        }
    }
    if (auto copy = context.pixelCopies->find(image.source.sha256, image.source.frame)) {
        return std::move(*copy);
    }
    return valueOrFail(readImage(file, image.source.frame));
}

std::optional<core::ImageData> readOverview(SqliteConnection &connection, const ProjectContext &context,
                                            core::ImageId id)
{
    const core::ImageSource source = pixelSource(connection, id).source;
    return context.overviews->find(source.sha256, source.frame);
}

bool keepPixels(SqliteConnection &connection, const ProjectContext &context, core::ImageId id,
                const core::ImageData &pixels, const std::stop_token &stop)
{
    const PixelSource image = pixelSource(connection, id);
    // The pixels of a linked file that changed while it was read are not the image's.
    if (image.source.isLinked && stampOf(image.source.origin) != image.stamp) {
        return false;
    }
    const auto isStillThere = [&] {
        Query query(connection, "SELECT 1 FROM images WHERE id = ?");
        return query.bind(id).next();
    };
    return keepPixels(context, image.source, pixels, PixelCopies::Room::Made, isStillThere, stop);
}

bool keepPixels(const ProjectContext &context, const core::ImageSource &source, const core::ImageData &pixels,
                PixelCopies::Room room, const std::function<bool()> &isWanted, const std::stop_token &stop)
{
    if (pixels.bytes.size() < PixelCopies::Worthwhile) {
        return false;
    }
    PixelCopies &overviews = *context.overviews;
    if (overviews.isWritable() && !overviews.contains(source.sha256, source.frame)) {
        overviews.keep(source.sha256, source.frame, core::makeOverview(pixels), room, isWanted, stop);
    }
    return context.pixelCopies->keep(source.sha256, source.frame, pixels, room, isWanted, stop);
}

} // namespace semigda::storage
