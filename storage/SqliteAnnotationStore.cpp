// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteAnnotationStore_p.h"

#include <algorithm>
#include <set>

namespace semigda::storage
{

namespace
{

using core::EditRecord;
using core::ErrorCode;
using core::ImageId;
using core::MaskDelta;
using core::phrase;
using core::Result;

// A new base is written at a load after this many edits or packed bytes; each such load then costs one mask.
constexpr std::size_t StepsPerBase = 64;
constexpr std::size_t BytesPerBase = 512U << 10;

/// Columns of a query "SELECT sequence, reason, author, created_at, complete_before, complete_after, state_before,
/// state_after, delta".
EditRecord editRecord(const Query &query, const ImageRow &image, const ProjectName &project)
{
    EditRecord edit;
    edit.sequence = query.integer(0);
    edit.reason = query.text(1);
    edit.author = query.text(2);
    edit.createdAt = query.text(3);
    edit.completeBefore = query.flag(4);
    edit.completeAfter = query.flag(5);
    edit.stateBefore = fromWord(core::imageStateFrom(query.text(6)), query.text(6), project);
    edit.stateAfter = fromWord(core::imageStateFrom(query.text(7)), query.text(7), project);
    edit.delta = valueOrFail(
        decodeDelta(query.bytes(8), image.width, image.height,
                    phrase("errors", "The stored history of image \"%1\" in %2").with(image.name, project.quoted())));
    return edit;
}

std::optional<EditRecord> editAt(SqliteConnection &connection, const ImageRow &image, std::int64_t sequence)
{
    Query query(connection,
                "SELECT sequence, reason, author, created_at, complete_before, complete_after, state_before, "
                "state_after, delta FROM annotation_revisions WHERE image_id = ? AND sequence = ?");
    if (!query.bind(image.id, sequence).next()) {
        return std::nullopt;
    }
    return editRecord(query, image, connection.project());
}

std::int64_t sequenceBefore(SqliteConnection &connection, ImageId id, std::int64_t sequence)
{
    Query query(connection, "SELECT max(sequence) FROM annotation_revisions WHERE image_id = ? AND sequence < ?");
    return query.bind(id, sequence).next() && !query.isNull(0) ? query.integer(0) : 0;
}

std::int64_t sequenceAfter(SqliteConnection &connection, ImageId id, std::int64_t sequence)
{
    Query query(connection, "SELECT min(sequence) FROM annotation_revisions WHERE image_id = ? AND sequence > ?");
    return query.bind(id, sequence).next() && !query.isNull(0) ? query.integer(0) : 0;
}

} // namespace

Result<core::Annotation> SqliteAnnotationStore::load(ImageId id)
{
    ReplayedMask replayed;
    Result<core::Annotation> annotation = m_connection.readTogether(phrase("errors", "read a mask"), [&] {
        const ImageRow image = imageRow(m_connection, id);
        const JournalRow row = journalRow(m_connection, id);
        replayed = replayMask(m_connection, image, row);
        return core::Annotation{replayed.mask, row.isComplete, row.cursor};
    });
    // Inside someone's transaction a full disk would undo all of it for the sake of a speed-up.
    const bool isWorthIt = replayed.steps > StepsPerBase || replayed.bytes > BytesPerBase;
    if (annotation && isWorthIt && !m_connection.isReadOnly() && !m_connection.isInTransaction()) {
        rebase(id, annotation->sequence, annotation->mask);
    }
    return annotation;
}

void SqliteAnnotationStore::rebase(ImageId id, std::int64_t sequence, const core::LabelMask &mask)
{
    const Result<Blob> blob = encodeMask(mask);
    if (!blob) {
        return;
    }
    // The mask of a sequence never changes, but the edit may have been undone and dropped meanwhile. When writing
    // fails, the old base stays good.
    static_cast<void>(m_connection
                          .write(phrase("errors", "store a mask"),
                                 [&] {
                                     if (Query(m_connection, "SELECT 1 FROM annotation_revisions "
                                                             "WHERE image_id = ? AND sequence = ?")
                                             .bind(id, sequence)
                                             .next()) {
                                         saveBase(m_connection, id, sequence, *blob);
                                     }
                                 })
                          .has_value());
}

Result<std::int64_t> SqliteAnnotationStore::sequence(ImageId id)
{
    return m_connection.read(phrase("errors", "read the state of a mask"), [&]() -> std::int64_t {
        Query query(m_connection, "SELECT a.revision FROM images AS i LEFT JOIN annotations AS a ON a.image_id = i.id "
                                  "WHERE i.id = ?");
        if (!query.bind(id).next()) {
            imageRow(m_connection, id);
        }
        return query.integer(0);
    });
}

void SqliteAnnotationStore::checkEdit(const ImageRow &image, const MaskDelta &delta)
{
    const bool hasSize = delta.width() != 0 || delta.height() != 0;
    if ((hasSize || !delta.isEmpty()) && (delta.width() != image.width || delta.height() != image.height)) {
        fail(ErrorCode::GeometryMismatch,
             phrase("errors",
                    "The edit is made for an image of %1 x %2 pixels, but \"%3\" has %4 x %5; open the image again.")
                 .with(delta.width(), delta.height(), image.name, image.width, image.height));
    }
    std::set<core::LabelValue> values;
    for (const MaskDelta::Span &span : delta.spans()) {
        if (span.x < 0 || span.y < 0 || span.count <= 0 || span.y >= image.height || span.x >= image.width
            || span.count > image.width - span.x) {
            fail(ErrorCode::InvalidArgument,
                 phrase("errors", "The edit reaches beyond the border of \"%1\"; open the image again.")
                     .with(image.name));
        }
        values.insert(span.after);
    }
    for (const core::LabelValue value : values) {
        requireClass(m_connection, value, image.name);
    }
}

Result<std::int64_t> SqliteAnnotationStore::append(ImageId id, const MaskDelta &delta, const core::EditIntent &intent)
{
    return m_connection.write(phrase("errors", "save the edit"), [&] {
        const ImageRow image = imageRow(m_connection, id);
        JournalRow row = journalRow(m_connection, id);
        checkEdit(image, delta);
        if (baseSequence(m_connection, id) > row.cursor) {
            // The base lies among the undone edits that go now. Rare: it takes an undo past a load.
            saveBase(m_connection, id, row.cursor, valueOrFail(encodeMask(replayMask(m_connection, image, row).mask)));
        }
        Query(m_connection, "DELETE FROM annotation_revisions WHERE image_id = ? AND sequence > ?")
            .bind(id, row.cursor)
            .run();
        const bool completeBefore = row.isComplete;
        row.cursor = ++row.lastSequence;
        row.isComplete = intent.isComplete;
        row.painted += paintedGrowth(delta);
        saveJournalRow(m_connection, id, row);
        const Blob packed = delta.isEmpty() ? Blob() : valueOrFail(encodeDelta(delta));
        const auto blob = delta.isEmpty() ? std::nullopt : std::optional(std::span<const std::byte>(packed));
        Query(m_connection,
              "INSERT INTO annotation_revisions (image_id, sequence, reason, author, created_at, complete_before, "
              "complete_after, state_before, state_after, delta) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(id, row.cursor, intent.reason, intent.author, utcNow(), completeBefore, intent.isComplete,
                  core::toString(image.state), core::toString(intent.state), blob)
            .run();
        setImageState(m_connection, id, intent.state);
        return row.cursor;
    });
}

Result<std::optional<EditRecord>> SqliteAnnotationStore::undo(ImageId id)
{
    return m_connection.write(phrase("errors", "undo the edit"), [&]() -> std::optional<EditRecord> {
        const ImageRow image = imageRow(m_connection, id);
        JournalRow row = journalRow(m_connection, id);
        std::optional<EditRecord> edit = editAt(m_connection, image, row.cursor);
        if (!edit) {
            return std::nullopt;
        }
        // A prediction may have arrived since: then the image without its edit waits for review.
        if (edit->stateBefore == core::ImageState::Unlabelled && isWaitingForReview(m_connection, image)) {
            edit->stateBefore = core::ImageState::Predicted;
        }
        row.cursor = sequenceBefore(m_connection, id, row.cursor);
        row.isComplete = edit->completeBefore;
        row.painted -= paintedGrowth(edit->delta);
        saveJournalRow(m_connection, id, row);
        setImageState(m_connection, id, edit->stateBefore);
        return edit;
    });
}

Result<std::optional<EditRecord>> SqliteAnnotationStore::redo(ImageId id)
{
    return m_connection.write(phrase("errors", "redo the edit"), [&]() -> std::optional<EditRecord> {
        const ImageRow image = imageRow(m_connection, id);
        JournalRow row = journalRow(m_connection, id);
        std::optional<EditRecord> edit = editAt(m_connection, image, sequenceAfter(m_connection, id, row.cursor));
        if (!edit) {
            return std::nullopt;
        }
        row.cursor = edit->sequence;
        row.isComplete = edit->completeAfter;
        row.painted += paintedGrowth(edit->delta);
        saveJournalRow(m_connection, id, row);
        setImageState(m_connection, id, edit->stateAfter);
        return edit;
    });
}

Result<void> SqliteAnnotationStore::linkSteps(const core::StepRef &step, std::span<const core::StepRef> others)
{
    return m_connection.write(phrase("errors", "save the edit"), [&] {
        const auto require = [this](const core::StepRef &each) {
            const ImageRow image = imageRow(m_connection, each.image);
            Query query(m_connection, "SELECT 1 FROM annotation_revisions WHERE image_id = ? AND sequence = ?");
            if (!query.bind(each.image, each.sequence).next()) {
                fail(ErrorCode::NotFound,
                     phrase("errors", "Step %1 of image \"%2\" is not in its history any more; open the image again.")
                         .with(each.sequence, image.name));
            }
        };
        require(step);
        for (const core::StepRef &other : others) {
            require(other);
            Query(m_connection, "INSERT OR REPLACE INTO linked_steps (image_id, sequence, other_image_id, "
                                "other_sequence) VALUES (?, ?, ?, ?)")
                .bind(step.image, step.sequence, other.image, other.sequence)
                .run();
        }
    });
}

Result<std::vector<core::StepRef>> SqliteAnnotationStore::linkedSteps(const core::StepRef &step)
{
    return m_connection.read(phrase("errors", "read the history of a mask"), [&] {
        std::vector<core::StepRef> others;
        Query query(m_connection, "SELECT other_image_id, other_sequence FROM linked_steps "
                                  "WHERE image_id = ? AND sequence = ? ORDER BY other_image_id");
        query.bind(step.image, step.sequence);
        while (query.next()) {
            others.push_back({ImageId(query.integer(0)), query.integer(1)});
        }
        return others;
    });
}

Result<core::EditHistory> SqliteAnnotationStore::history(ImageId id, std::size_t limit, std::size_t byteBudget)
{
    return m_connection.readTogether(phrase("errors", "read the history of a mask"), [&] {
        const ImageRow image = imageRow(m_connection, id);
        core::EditHistory history;
        history.cursor = journalRow(m_connection, id).cursor;
        Query query(m_connection,
                    "SELECT sequence, reason, author, created_at, complete_before, complete_after, state_before, "
                    "state_after, delta FROM annotation_revisions WHERE image_id = ? ORDER BY sequence DESC");
        query.bind(id);
        std::size_t bytes = 0;
        while (history.edits.size() < limit && query.next()) {
            EditRecord edit = editRecord(query, image, m_connection.project());
            bytes += edit.delta.memoryUse();
            if (bytes > byteBudget) {
                break;
            }
            history.edits.push_back(std::move(edit));
        }
        std::reverse(history.edits.begin(), history.edits.end());
        return history;
    });
}

} // namespace semigda::storage
