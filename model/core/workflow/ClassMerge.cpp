// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/ClassMerge.h"

#include "core/MaskEdit.h"
#include "core/MaskPieces.h"
#include "core/SpansWhere.h"

namespace semigda::core
{

namespace
{

/// The step of one image; nothing when its mask has no pixel of the class.
Result<void> mergeOn(ProjectStore &store, ImageId id, LabelValue from, LabelValue into, const std::string &author,
                     MergeReport &report)
{
    const Result<std::int64_t> steps = store.annotations().sequence(id);
    if (!steps) {
        return steps.error();
    }
    if (*steps == 0) {
        return {}; // nobody has drawn anything, so there is no mask to read
    }
    const Result<Annotation> annotation = store.annotations().load(id);
    if (!annotation) {
        return annotation.error();
    }
    const LabelMask &mask = annotation->mask;
    const PixelRect bounds = boundsOf(mask, from);
    if (bounds.isEmpty()) {
        return {};
    }
    const std::vector<MaskEdit::RowSpan> spans = spansWhere(
        bounds, [&](int column, int row) { return mask.at(bounds.left + column, bounds.top + row) == from; });
    const MaskChange change = changeOf(mask, {}, [&](MaskEdit &edit) { edit.paint(spans, into); });
    const Result<ImageSummary> summary = store.images().summary(id);
    if (!summary) {
        return summary.error();
    }
    const Result<std::int64_t> sequence =
        store.annotations().append(id, change.delta, {"Merge classes", author, annotation->isComplete, summary->state});
    if (!sequence) {
        return sequence.error();
    }
    report.changed.push_back({id, *sequence});
    for (const MaskEdit::RowSpan &span : spans) {
        report.pixels += static_cast<std::size_t>(span.count);
    }
    return {};
}

} // namespace

Result<MergeReport> mergeClasses(ProjectStore &store, LabelValue from, LabelValue into, const std::string &author,
                                 const std::stop_token &stop, const StepProgress &progress)
{
    const Result<LabelSet> classes = store.classes();
    if (!classes) {
        return classes.error();
    }
    const LabelClass *merged = classes->find(from);
    if (merged == nullptr || from == into || (into != Background && classes->find(into) == nullptr)) {
        return Error{ErrorCode::InvalidArgument,
                     phrase("errors", "A class can be merged into another class of the project only.")};
    }
    MergeReport report;
    const Result<void> done = store.inTransaction([&]() -> Result<void> {
        const Result<std::vector<ImageSummary>> images = store.images().list();
        if (!images) {
            return images.error();
        }
        std::size_t seen = 0;
        for (const ImageSummary &image : *images) {
            if (progress) {
                progress(seen++, images->size());
            }
            if (stop.stop_requested()) {
                return Error{ErrorCode::Cancelled, phrase("errors", "Cancelled; nothing was changed.")};
            }
            if (const Result<void> step = mergeOn(store, image.id, from, into, author, report); !step) {
                return step;
            }
        }
        if (report.changed.empty()) {
            return Error{ErrorCode::NotFound,
                         phrase("errors", "No mask has a pixel of \"%1\", so nothing was merged.").with(merged->name)};
        }
        return store.audit("merge_classes", std::to_string(from) + " into " + std::to_string(into) + " on "
                                                + std::to_string(report.changed.size()) + " images");
    });
    return done ? Result<MergeReport>(std::move(report)) : done.error();
}

} // namespace semigda::core
