// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/VolumeStroke.h"

#include "core/workflow/Labelling.h"

#include <algorithm>
#include <cmath>

namespace semigda::core
{

namespace
{

/// Where a slice lies, as far as that is known.
struct Place
{
    ImageGeometry geometry;
    int position = 0;
    int width = 0;
    int height = 0;
};

Result<Place> placeOf(ProjectStore &store, ImageId id)
{
    const Result<ImageRecord> record = store.images().record(id);
    if (!record) {
        return record.error();
    }
    return Place{record->geometry, record->slicePosition, record->width, record->height};
}

/// How far the planes of two slices lie apart: in mm, or in pixels where no lengths are known.
double distanceBetween(const Place &a, const Place &b)
{
    if (a.geometry.hasPosition && b.geometry.hasPosition) {
        double along = 0.0;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            along += (b.geometry.origin[axis] - a.geometry.origin[axis]) * a.geometry.direction[axis * 3 + 2];
        }
        return std::abs(along);
    }
    return std::abs(b.position - a.position) * (a.geometry.hasSpacing ? a.geometry.spacing[2] : 1.0);
}

/// Of a pixel, in the unit of distanceBetween.
double pixelSize(const ImageGeometry &geometry)
{
    const double size = geometry.hasSpacing ? (geometry.spacing[0] + geometry.spacing[1]) / 2.0 : 1.0;
    return std::isfinite(size) && size > 0.0 ? size : 1.0;
}

/// What the ball covers of a plane `distance` pixels away from its middle.
std::vector<MaskEdit::RowSpan> cutAt(const BallStroke &stroke, double distance)
{
    std::vector<MaskEdit::RowSpan> spans;
    for (const BallStroke::Part &part : stroke.parts) {
        const double squared = part.diameter * part.diameter - 4.0 * distance * distance;
        // Less than a pixel covers the middle of hardly any.
        if (squared >= 1.0) {
            const std::vector<MaskEdit::RowSpan> cut = brushStroke(part.from, part.to, std::sqrt(squared));
            spans.insert(spans.end(), cut.begin(), cut.end());
        }
    }
    return spans;
}

bool unpaints(const MaskDelta &delta)
{
    return std::any_of(delta.spans().begin(), delta.spans().end(),
                       [](const MaskDelta::Span &span) { return span.after == NotAnnotated; });
}

/// `spans` of a slice, as its own step.
Result<void> paintSlice(ProjectStore &store, ImageId slice, const BallStroke &stroke,
                        std::vector<MaskEdit::RowSpan> spans, const SlicePixels &pixels, const std::string &tool,
                        const std::string &author, BallReport &report)
{
    if (stroke.range) {
        const Result<std::shared_ptr<const ImageData>> image = pixels(slice);
        if (!image) {
            ++report.unreadable;
            return {};
        }
        spans = spansWithin(**image, spans, *stroke.range);
    }
    const Result<Annotation> annotation = store.annotations().load(slice);
    if (!annotation && annotation.error().code == ErrorCode::CorruptFile) {
        // Trying again would not help, and the step would wait for ever.
        ++report.unreadable;
        return {};
    }
    if (!annotation) {
        return annotation.error();
    }
    const Result<ImageSummary> summary = store.images().summary(slice);
    if (!summary) {
        return summary.error();
    }
    const LabelValue value =
        stroke.isErasing ? erasedValue(annotation->isComplete, summary->scores().has_value()) : stroke.value;
    const MaskChange change =
        changeOf(annotation->mask, stroke.rule, [&](MaskEdit &edit) { edit.paint(spans, value); });
    if (change.delta.isEmpty()) {
        return {};
    }
    const Result<std::int64_t> sequence =
        commitStroke(store, slice, change.delta, change.mask, annotation->isComplete && !unpaints(change.delta),
                     summary->state, tool, author);
    if (!sequence) {
        return sequence.error();
    }
    report.changed.push_back({slice, *sequence});
    return {};
}

} // namespace

Result<BallReport> paintBeside(ProjectStore &store, ImageId id, const BallStroke &stroke, const SlicePixels &pixels,
                               const std::string &tool, const std::string &author)
{
    BallReport report;
    const Result<Place> here = placeOf(store, id);
    if (!here) {
        return here.error();
    }
    const Result<ImageSummary> own = store.images().summary(id);
    if (!own) {
        return own.error();
    }
    const Result<std::vector<ImageId>> slices =
        own->seriesKey.empty() ? std::vector<ImageId>() : store.images().series(own->seriesKey);
    if (!slices) {
        return slices.error();
    }
    const auto start = std::find(slices->begin(), slices->end(), id);
    for (const int step : {-1, 1}) {
        for (auto place = start; place != slices->end();) {
            if (step < 0 ? place == slices->begin() : place + 1 == slices->end()) {
                break;
            }
            place += step;
            const Result<Place> there = placeOf(store, *place);
            if (!there) {
                return there.error();
            }
            const std::vector<MaskEdit::RowSpan> spans =
                cutAt(stroke, distanceBetween(*here, *there) / pixelSize(here->geometry));
            if (spans.empty()) {
                break; // and those behind it lie farther away
            }
            if (there->width != here->width || there->height != here->height) {
                continue;
            }
            const Result<void> painted = paintSlice(store, *place, stroke, spans, pixels, tool, author, report);
            if (!painted) {
                return painted.error();
            }
        }
    }
    return report;
}

} // namespace semigda::core
