// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/Revisions.h"

#include "core/workflow/Labelling.h"
#include "core/workflow/OneStep_p.h"

#include <algorithm>

namespace semigda::core
{

namespace
{

// All of what people paint on one image; the steps are read one after another and are small.
constexpr std::size_t AllSteps = 1'000'000;
constexpr std::size_t AllBytes = std::size_t{256} << 20;

bool isClass(LabelValue value)
{
    return value != Background && value != NotAnnotated;
}

bool isBlank(const LabelMask &mask)
{
    const auto counts = countValues(mask);
    return counts.size() == 1 && counts.front().first == NotAnnotated;
}

const EditRecord *findStep(const EditHistory &history, std::int64_t sequence)
{
    const auto found = std::find_if(history.edits.begin(), history.edits.end(),
                                    [&](const EditRecord &edit) { return edit.sequence == sequence; });
    return found == history.edits.end() ? nullptr : &*found;
}

/// Redoes what was undone and takes it back as a step, so that the next one finds nothing to drop.
Result<void> keepUndone(ProjectStore &store, ImageId id, const Annotation &seen, ImageState state,
                        const std::string &author)
{
    for (;;) {
        const Result<std::optional<EditRecord>> redone = store.annotations().redo(id);
        if (!redone) {
            return redone.error();
        }
        if (!redone->has_value()) {
            break;
        }
    }
    const Result<Annotation> newest = store.annotations().load(id);
    if (!newest) {
        return newest.error();
    }
    const Result<std::int64_t> kept = store.annotations().append(id, MaskDelta::between(newest->mask, seen.mask),
                                                                 {"Step back", author, seen.isComplete, state});
    return kept ? Result<void>() : Result<void>(kept.error());
}

} // namespace

PixelChange changeOf(const MaskDelta::Span &span)
{
    if (span.before == span.after) {
        return PixelChange::None;
    }
    if (isClass(span.after)) {
        return isClass(span.before) ? PixelChange::Reclassed : PixelChange::Painted;
    }
    return isClass(span.before) ? PixelChange::Erased : PixelChange::Unclassed;
}

StepPixels countPixels(const MaskDelta &delta)
{
    StepPixels pixels;
    for (const MaskDelta::Span &span : delta.spans()) {
        const auto count = static_cast<std::size_t>(span.count);
        switch (changeOf(span)) {
        case PixelChange::Painted:
            pixels.painted += count;
            break;
        case PixelChange::Erased:
            pixels.erased += count;
            break;
        case PixelChange::Reclassed:
            pixels.reclassed += count;
            break;
        case PixelChange::Unclassed:
            pixels.background += count;
            break;
        case PixelChange::None:
            break;
        }
    }
    return pixels;
}

std::optional<LabelMask> maskAt(const Annotation &now, const EditHistory &history, std::int64_t sequence)
{
    if (sequence != 0 && findStep(history, sequence) == nullptr) {
        return std::nullopt;
    }
    LabelMask mask = now.mask;
    if (sequence <= history.cursor) {
        for (auto edit = history.edits.rbegin(); edit != history.edits.rend() && edit->sequence > sequence; ++edit) {
            if (edit->sequence <= history.cursor) {
                edit->delta.revert(mask);
            }
        }
    } else {
        for (const EditRecord &edit : history.edits) {
            if (edit.sequence > history.cursor && edit.sequence <= sequence) {
                edit.delta.apply(mask);
            }
        }
    }
    // Every history begins with a blank mask; another one has steps before those that are known.
    if (sequence == 0 && !isBlank(mask)) {
        return std::nullopt;
    }
    return mask;
}

Result<EditRecord> restoreRevision(ProjectStore &store, ImageId id, std::int64_t sequence, const std::string &author)
{
    return oneStep(store, [&]() -> Result<EditRecord> {
        const Result<Annotation> current = store.annotations().load(id);
        if (!current) {
            return current.error();
        }
        const Result<EditHistory> history = store.annotations().history(id, AllSteps, AllBytes);
        if (!history) {
            return history.error();
        }
        const Result<ImageSummary> summary = store.images().summary(id);
        if (!summary) {
            return summary.error();
        }
        const std::optional<LabelMask> target = maskAt(*current, *history, sequence);
        if (!target) {
            return Error{ErrorCode::NotFound,
                         phrase("errors", "This state of %1 is not in its history any more; open the history again.")
                             .with(summary->name)};
        }
        const EditRecord *step = findStep(*history, sequence);
        const bool isComplete = step != nullptr && step->completeAfter;
        if (*target == current->mask && isComplete == current->isComplete) {
            return Error{
                ErrorCode::InvalidArgument,
                phrase("errors", "%1 is in this state already; choose another one to go back to.").with(summary->name)};
        }
        if (!history->edits.empty() && history->edits.back().sequence > history->cursor) {
            if (const Result<void> kept = keepUndone(store, id, *current, summary->state, author); !kept) {
                return kept.error();
            }
        }
        return appendStep(store, id, *current, MaskDelta::between(current->mask, *target), summary->state,
                          {"Restore", author, isComplete, stateAfterEdit(*target, isComplete, summary->state)});
    });
}

} // namespace semigda::core
