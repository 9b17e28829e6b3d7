// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteIntegrity_p.h"
#include "storage/SqliteJournal_p.h"

#include <algorithm>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::ImageId;
using core::LabelMask;
using core::LabelValue;
using core::MaskDelta;
using core::phrase;

struct Base
{
    std::int64_t sequence = 0;
    std::optional<LabelMask> mask; ///< nullopt: damaged
    Blob bytes;                    ///< of a damaged one
};

std::optional<Base> readBase(SqliteConnection &connection, const ImageRow &image)
{
    Query query(connection, "SELECT sequence, mask FROM annotation_bases WHERE image_id = ?");
    if (!query.bind(image.id).next()) {
        return std::nullopt;
    }
    Base base;
    base.sequence = query.integer(0);
    const auto bytes = query.bytes(1);
    core::Result<LabelMask> mask = decodeMask(bytes, image.width, image.height, {});
    if (mask) {
        base.mask = std::move(*mask);
    } else {
        base.bytes.assign(bytes.begin(), bytes.end());
    }
    return base;
}

struct Step
{
    std::int64_t sequence = 0;
    bool isComplete = false;
    std::optional<MaskDelta> delta; ///< nullopt: damaged
    Blob bytes;                     ///< of a damaged one
};

std::vector<std::int64_t> sequencesOf(SqliteConnection &connection, ImageId id)
{
    std::vector<std::int64_t> sequences;
    Query query(connection, "SELECT sequence FROM annotation_revisions WHERE image_id = ? ORDER BY sequence");
    query.bind(id);
    while (query.next()) {
        sequences.push_back(query.integer(0));
    }
    return sequences;
}

Step readStep(SqliteConnection &connection, const ImageRow &image, std::int64_t sequence)
{
    Query query(connection,
                "SELECT delta, complete_after FROM annotation_revisions WHERE image_id = ? AND sequence = ?");
    Step step;
    step.sequence = sequence;
    if (!query.bind(image.id, sequence).next()) {
        return step;
    }
    const auto bytes = query.bytes(0);
    step.isComplete = query.flag(1);
    // A blob of no bytes is never written; NULL stands for an edit without pixels.
    core::Result<MaskDelta> delta = !query.isNull(0) && bytes.empty()
                                        ? core::Result<MaskDelta>(core::Error{ErrorCode::CorruptFile, {}})
                                        : decodeDelta(bytes, image.width, image.height, {});
    if (delta) {
        step.delta = std::move(*delta);
    } else {
        step.bytes.assign(bytes.begin(), bytes.end());
    }
    return step;
}

bool follows(const MaskDelta &delta, const LabelMask &mask)
{
    std::vector<LabelValue> row(static_cast<std::size_t>(mask.width()));
    return std::all_of(delta.spans().begin(), delta.spans().end(), [&](const MaskDelta::Span &span) {
        mask.readRow(span.x, span.y, span.count, row.data());
        return std::all_of(row.begin(), row.begin() + span.count, [&](LabelValue v) { return v == span.before; });
    });
}

std::int64_t paintedPixels(const LabelMask &mask)
{
    std::int64_t count = 0;
    for (const auto &[value, number] : core::countValues(mask)) {
        count += value == core::NotAnnotated ? 0 : static_cast<std::int64_t>(number);
    }
    return count;
}

/// What is wrong with the journal of one image, as phrases after "it ...".
struct Findings
{
    std::vector<std::string> faults;
    std::set<LabelValue> unknownValues;
};

Findings inspect(SqliteConnection &connection, const ImageRow &image, const std::set<LabelValue> &known)
{
    Findings found;
    const JournalRow row = journalRow(connection, image.id);
    const std::optional<Base> base = readBase(connection, image);
    if (base && !base->mask) {
        found.faults.emplace_back("its stored mask is damaged");
    }
    LabelMask mask(image.width, image.height);
    bool isBaseReached = !base || base->sequence == 0;
    bool isCursorReached = row.cursor == 0;
    bool isComplete = false;
    bool isChained = !(base && base->mask && base->sequence == 0 && !(*base->mask == mask));
    std::int64_t painted = 0;
    for (const std::int64_t sequence : sequencesOf(connection, image.id)) {
        const Step step = readStep(connection, image, sequence);
        if (!step.delta) {
            found.faults.push_back("its edit " + std::to_string(sequence) + " is damaged");
            return found;
        }
        isChained = isChained && follows(*step.delta, mask);
        step.delta->apply(mask);
        for (const MaskDelta::Span &span : step.delta->spans()) {
            for (const LabelValue value : {span.before, span.after}) {
                if (!known.contains(value)) {
                    found.unknownValues.insert(value);
                }
            }
        }
        if (base && base->sequence == sequence) {
            isBaseReached = true;
            isChained = isChained && (!base->mask || *base->mask == mask);
        }
        if (row.cursor == sequence) {
            isCursorReached = true;
            isComplete = step.isComplete;
            painted = paintedPixels(mask);
        }
    }
    if (!isChained) {
        found.faults.emplace_back("its edits do not fit together");
    }
    if (!isBaseReached || !isCursorReached || row.isComplete != isComplete || row.painted != painted) {
        found.faults.emplace_back("its history and its present state contradict each other");
    }
    return found;
}

void storeDelta(SqliteConnection &connection, ImageId id, std::int64_t sequence, const MaskDelta &delta)
{
    const Blob packed = delta.isEmpty() ? Blob() : valueOrFail(encodeDelta(delta));
    const auto blob = delta.isEmpty() ? std::nullopt : std::optional(std::span<const std::byte>(packed));
    Query(connection, "UPDATE annotation_revisions SET delta = ? WHERE image_id = ? AND sequence = ?")
        .bind(blob, id, sequence)
        .run();
}

/// The mask right after `sequences[index]`, computed backwards from the base; nullopt when that is not possible.
std::optional<LabelMask> maskFromBase(SqliteConnection &connection, const ImageRow &image,
                                      const std::optional<Base> &base, const std::vector<std::int64_t> &sequences,
                                      std::size_t index)
{
    const auto last = base ? std::find(sequences.begin(), sequences.end(), base->sequence) : sequences.end();
    if (last == sequences.end() || !base->mask || base->sequence < sequences[index]) {
        return std::nullopt;
    }
    LabelMask mask = *base->mask;
    for (auto i = static_cast<std::size_t>(last - sequences.begin()); i > index; --i) {
        const Step step = readStep(connection, image, sequences[i]);
        if (!step.delta) {
            return std::nullopt;
        }
        step.delta->revert(mask);
    }
    return mask;
}

/// Writes a journal that fits together again, as near to the old one as what can be read allows. True when nothing
/// was lost. A damaged edit between readable masks is worked out from these; the base is believed over the edits,
/// because it is what the user saw.
bool rebuild(const IntegrityCheck &check, const ImageRow &image)
{
    SqliteConnection &connection = check.connection;
    JournalRow row = journalRow(connection, image.id);
    const std::optional<Base> base = readBase(connection, image);
    const std::string prefix = "image-" + std::to_string(image.id.value);
    if (base && !base->mask) {
        check.quarantine(prefix + "-mask.zst", base->bytes);
    }
    const std::vector<std::int64_t> sequences = sequencesOf(connection, image.id);
    const auto inForce = std::find_if(sequences.rbegin(), sequences.rend(), [&](auto s) { return s <= row.cursor; });
    row.cursor = inForce == sequences.rend() ? 0 : *inForce;
    row.isComplete = false;
    LabelMask mask(image.width, image.height);
    LabelMask shown = mask;
    bool isLossless = true;
    for (std::size_t i = 0; i < sequences.size(); ++i) {
        const Step step = readStep(connection, image, sequences[i]);
        LabelMask after = mask;
        if (base && base->mask && base->sequence == step.sequence) {
            after = *base->mask;
        } else if (step.delta) {
            step.delta->apply(after);
        } else if (std::optional<LabelMask> known = maskFromBase(connection, image, base, sequences, i)) {
            after = std::move(*known);
        } else {
            isLossless = false;
        }
        if (!step.delta) {
            check.quarantine(prefix + "-edit-" + std::to_string(step.sequence) + ".zst", step.bytes);
        }
        MaskDelta right = MaskDelta::between(mask, after);
        if (!step.delta || !(right == *step.delta)) {
            storeDelta(connection, image.id, step.sequence, right);
        }
        mask = std::move(after);
        if (step.sequence == row.cursor) {
            shown = mask;
            row.isComplete = step.isComplete;
        }
    }
    row.lastSequence = std::max(row.lastSequence, sequences.empty() ? 0 : sequences.back());
    row.painted = paintedPixels(shown);
    saveJournalRow(connection, image.id, row);
    saveBase(connection, image.id, row.cursor, valueOrFail(encodeMask(shown)));
    return isLossless;
}

void checkImage(IntegrityCheck &check, ImageId id, const std::set<LabelValue> &known)
{
    SqliteConnection &connection = check.connection;
    const ImageRow image = imageRow(connection, id);
    const Findings found = valueOrFail(
        connection.readTogether(phrase("errors", "check a mask"), [&] { return inspect(connection, image, known); }));
    for (const LabelValue value : found.unknownValues) {
        if (check.repair) {
            successOrFail(
                connection.write(phrase("errors", "recover a class"), [&] { recoverClass(connection, value); }));
        }
        check.report("The mask of image \"" + image.name + "\" holds the value " + std::to_string(value)
                         + ", which is no class of the project.",
                     check.repair);
    }
    if (found.faults.empty()) {
        return;
    }
    std::string what = "The history of image \"" + image.name + "\" is damaged: ";
    for (const std::string &fault : found.faults) {
        what += (&fault == &found.faults.front() ? "" : ", ") + fault;
    }
    if (!check.repair) {
        check.report(what + "; run \"semigda check --repair " + check.context.project.folder.string() + "\".");
        return;
    }
    const bool isLossless =
        valueOrFail(connection.write(phrase("errors", "rebuild a mask"), [&] { return rebuild(check, image); }));
    check.report(what
                     + (isLossless ? "; it was rebuilt and nothing is lost."
                                   : "; it was rebuilt without what cannot be read, look at its mask again."),
                 true);
}

} // namespace

void checkAnnotations(IntegrityCheck &check)
{
    std::vector<ImageId> ids;
    {
        Query query(check.connection, "SELECT image_id FROM annotations ORDER BY image_id");
        while (query.next()) {
            ids.emplace_back(query.integer(0));
        }
    }
    const std::set<LabelValue> known = knownValues(check.connection);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        check.advance(i, ids.size());
        try {
            checkImage(check, ids[i], known);
        } catch (const Failure &failure) {
            if (failure.error.code != ErrorCode::CorruptFile) {
                throw;
            }
            check.report(failure.error.message.english());
        }
    }
}

} // namespace semigda::storage
