// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteJournal_p.h"

namespace semigda::storage
{

JournalRow journalRow(SqliteConnection &connection, core::ImageId id)
{
    Query query(connection, "SELECT revision, last_sequence, is_complete, painted FROM annotations WHERE image_id = ?");
    if (!query.bind(id).next()) {
        return {};
    }
    return {query.integer(0), query.integer(1), query.flag(2), query.integer(3)};
}

void saveJournalRow(SqliteConnection &connection, core::ImageId id, const JournalRow &row)
{
    // An upsert, because replacing the row would delete what refers to it.
    Query(connection, "INSERT INTO annotations (image_id, revision, last_sequence, is_complete, painted) "
                      "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (image_id) DO UPDATE "
                      "SET revision = ?2, last_sequence = ?3, is_complete = ?4, painted = ?5")
        .bind(id, row.cursor, row.lastSequence, row.isComplete, row.painted)
        .run();
}

std::int64_t baseSequence(SqliteConnection &connection, core::ImageId id)
{
    Query query(connection, "SELECT sequence FROM annotation_bases WHERE image_id = ?");
    return query.bind(id).next() ? query.integer(0) : 0;
}

void saveBase(SqliteConnection &connection, core::ImageId id, std::int64_t sequence, const Blob &mask)
{
    Query(connection, "INSERT INTO annotation_bases (image_id, sequence, mask) VALUES (?1, ?2, ?3) "
                      "ON CONFLICT (image_id) DO UPDATE SET sequence = ?2, mask = ?3")
        .bind(id, sequence, std::span<const std::byte>(mask))
        .run();
}

ReplayedMask replayMask(SqliteConnection &connection, const ImageRow &image, const JournalRow &row)
{
    const ProjectName &project = connection.project();
    ReplayedMask replayed;
    std::int64_t base = 0;
    {
        Query query(connection, "SELECT sequence, mask FROM annotation_bases WHERE image_id = ?");
        if (query.bind(image.id).next()) {
            base = query.integer(0);
            replayed.mask = valueOrFail(decodeMask(
                query.bytes(1), image.width, image.height,
                core::phrase("errors", "The stored mask of image \"%1\" in %2").with(image.name, project.quoted())));
        } else {
            replayed.mask = core::LabelMask(image.width, image.height);
        }
    }
    const core::Sentence history =
        core::phrase("errors", "The stored history of image \"%1\" in %2").with(image.name, project.quoted());
    const auto step = [&](Query &query) {
        const auto packed = query.bytes(0);
        ++replayed.steps;
        replayed.bytes += packed.size();
        return valueOrFail(decodeDelta(packed, image.width, image.height, history));
    };
    if (base <= row.cursor) {
        Query query(connection, "SELECT delta FROM annotation_revisions "
                                "WHERE image_id = ? AND sequence > ? AND sequence <= ? ORDER BY sequence");
        query.bind(image.id, base, row.cursor);
        while (query.next()) {
            step(query).apply(replayed.mask);
        }
    } else {
        Query query(connection, "SELECT delta FROM annotation_revisions "
                                "WHERE image_id = ? AND sequence > ? AND sequence <= ? ORDER BY sequence DESC");
        query.bind(image.id, row.cursor, base);
        while (query.next()) {
            step(query).revert(replayed.mask);
        }
    }
    return replayed;
}

std::int64_t paintedGrowth(const core::MaskDelta &delta)
{
    std::int64_t growth = 0;
    for (const core::MaskDelta::Span &span : delta.spans()) {
        growth +=
            (span.before == core::NotAnnotated ? span.count : 0) - (span.after == core::NotAnnotated ? span.count : 0);
    }
    return growth;
}

} // namespace semigda::storage
