// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/VolumeLabelling.h"

#include "core/DistanceTransform.h"
#include "core/MaskPieces.h"
#include "core/SpansWhere.h"
#include "core/workflow/Labelling.h"
#include "core/workflow/OneStep_p.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace semigda::core
{

namespace
{

/// How far each pixel of a part lies inside of a class (positive) or outside of it, in pixels.
class SignedDistances
{
public:
    SignedDistances(const LabelMask &mask, LabelValue value, const PixelRect &part)
        : m_part(part)
    {
        std::vector<std::uint8_t> inside(static_cast<std::size_t>(part.width) * static_cast<std::size_t>(part.height));
        std::vector<LabelValue> row(static_cast<std::size_t>(part.width));
        for (int y = 0; y < part.height; ++y) {
            mask.readRow(part.left, part.top + y, part.width, row.data());
            std::transform(row.begin(), row.end(), inside.begin() + static_cast<std::ptrdiff_t>(y) * part.width,
                           [value](LabelValue each) { return static_cast<std::uint8_t>(each == value ? 1 : 0); });
        }
        m_values = squaredDistances(inside, part.width, part.height, 1.0, 1.0);
        std::vector<std::uint8_t> outside(inside.size());
        std::transform(inside.begin(), inside.end(), outside.begin(),
                       [](std::uint8_t each) { return static_cast<std::uint8_t>(each == 0 ? 1 : 0); });
        const std::vector<double> depths = squaredDistances(outside, part.width, part.height, 1.0, 1.0);
        for (std::size_t i = 0; i < m_values.size(); ++i) {
            // The outline runs half way between two pixels.
            m_values[i] = inside[i] != 0 ? std::sqrt(depths[i]) - 0.5 : 0.5 - std::sqrt(m_values[i]);
        }
    }
    /// Beyond the part: as far outside as its border.
    double at(int x, int y) const
    {
        const int column = std::clamp(x - m_part.left, 0, m_part.width - 1);
        const int row = std::clamp(y - m_part.top, 0, m_part.height - 1);
        return m_values[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_part.width)
                        + static_cast<std::size_t>(column)];
    }

private:
    PixelRect m_part;
    std::vector<double> m_values;
};

struct Centre
{
    double x = 0.0;
    double y = 0.0;
};

Centre centreOf(const LabelMask &mask, LabelValue value, const PixelRect &bounds)
{
    Centre sum;
    double count = 0.0;
    for (int y = bounds.top; y < bounds.bottom(); ++y) {
        for (int x = bounds.left; x < bounds.right(); ++x) {
            if (mask.at(x, y) == value) {
                sum.x += x;
                sum.y += y;
                count += 1.0;
            }
        }
    }
    return {sum.x / count, sum.y / count};
}

bool overlap(const LabelMask &a, const LabelMask &b, LabelValue value, const PixelRect &part)
{
    for (int y = part.top; y < part.bottom(); ++y) {
        for (int x = part.left; x < part.right(); ++x) {
            if (a.at(x, y) == value && b.at(x, y) == value) {
                return true;
            }
        }
    }
    return false;
}

/// Shapes of a class between those on two slices.
class Blend
{
public:
    Blend(const LabelMask &first, const LabelMask &second, LabelValue value)
        : m_rect(first.rect())
        , m_part(withRim(boundsOf(first, value).united(boundsOf(second, value))))
        , m_first(first, value, m_part)
        , m_second(second, value, m_part)
    {
        if (!overlap(first, second, value, m_part)) {
            m_firstCentre = centreOf(first, value, boundsOf(first, value));
            m_secondCentre = centreOf(second, value, boundsOf(second, value));
        }
    }

    /// `t` 0 is the first slice, 1 the second.
    std::vector<MaskEdit::RowSpan> at(double t) const
    {
        const double dx = m_secondCentre.x - m_firstCentre.x;
        const double dy = m_secondCentre.y - m_firstCentre.y;
        // Where a pixel here lay on the first slice, and where it will lie on the second.
        const int backX = static_cast<int>(std::lround(-t * dx));
        const int backY = static_cast<int>(std::lround(-t * dy));
        const int forthX = static_cast<int>(std::lround((1.0 - t) * dx));
        const int forthY = static_cast<int>(std::lround((1.0 - t) * dy));
        return spansWhere(m_part, [&](int column, int row) {
            const int x = m_part.left + column;
            const int y = m_part.top + row;
            return (1.0 - t) * m_first.at(x + backX, y + backY) + t * m_second.at(x + forthX, y + forthY) >= 0.0;
        });
    }

private:
    PixelRect withRim(const PixelRect &part) const
    {
        return PixelRect{part.left - 1, part.top - 1, part.width + 2, part.height + 2}.intersected(m_rect);
    }

    PixelRect m_rect;
    PixelRect m_part;
    SignedDistances m_first;
    SignedDistances m_second;
    Centre m_firstCentre;
    Centre m_secondCentre;
};

struct Slice
{
    ImageId id;
    int position = 0;
    ImageState state = ImageState::Unlabelled;
    Annotation annotation;
    bool hasClass = false;
};

void tell(const StepProgress &progress, std::size_t done, std::size_t total)
{
    if (progress) {
        progress(done, total);
    }
}

Result<std::vector<Slice>> slicesOf(ProjectStore &store, const std::string &seriesKey, LabelValue value,
                                    const std::stop_token &stop, const StepProgress &progress)
{
    const Result<std::vector<ImageId>> ids = store.images().series(seriesKey);
    if (!ids) {
        return ids.error();
    }
    std::vector<Slice> slices;
    for (const ImageId id : *ids) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, phrase("errors", "Cancelled; nothing was changed.")};
        }
        const Result<ImageSummary> summary = store.images().summary(id);
        if (!summary) {
            return summary.error();
        }
        Result<Annotation> annotation = store.annotations().load(id);
        if (!annotation) {
            return annotation.error();
        }
        const bool hasClass = !boundsOf(annotation->mask, value).isEmpty();
        slices.push_back({id, summary->slicePosition, summary->state, std::move(*annotation), hasClass});
        // Then they are filled, which takes as long again.
        tell(progress, slices.size(), 2 * ids->size());
    }
    return slices;
}

/// Paints the slices strictly between two.
Result<void> fillBetween(ProjectStore &store, std::vector<Slice> &slices, std::size_t first, std::size_t second,
                         LabelValue value, const OverpaintRule &rule, const std::string &author,
                         InterpolationReport &report)
{
    const Slice &from = slices[first];
    const Slice &to = slices[second];
    if (from.annotation.mask.rect() != to.annotation.mask.rect()) {
        return Error{ErrorCode::GeometryMismatch,
                     phrase("errors", "The slices of this volume differ in size; nothing was filled in.")};
    }
    const Blend blend(from.annotation.mask, to.annotation.mask, value);
    for (std::size_t i = first + 1; i < second; ++i) {
        Slice &slice = slices[i];
        if (slice.annotation.isComplete) {
            ++report.complete;
            continue;
        }
        const double t = static_cast<double>(slice.position - from.position) / (to.position - from.position);
        const MaskChange change =
            changeOf(slice.annotation.mask, rule, [&](MaskEdit &edit) { edit.paint(blend.at(t), value); });
        if (change.delta.isEmpty()) {
            continue;
        }
        const Result<std::int64_t> sequence =
            commitStroke(store, slice.id, change.delta, change.mask, false, slice.state, "Interpolate", author);
        if (!sequence) {
            return sequence.error();
        }
        report.changed.push_back({slice.id, *sequence});
    }
    return {};
}

} // namespace

Result<EditRecord> copyFromSlice(ProjectStore &store, ImageId id, int step, const std::string &author)
{
    return oneStep(store, [&]() -> Result<EditRecord> {
        const Result<ImageSummary> summary = store.images().summary(id);
        if (!summary) {
            return summary.error();
        }
        const Result<std::vector<ImageId>> ids =
            summary->seriesKey.empty() ? std::vector<ImageId>() : store.images().series(summary->seriesKey);
        if (!ids) {
            return ids.error();
        }
        const auto here = std::find(ids->begin(), ids->end(), id);
        const auto place = (here - ids->begin()) + step;
        if (here == ids->end() || place < 0 || place >= static_cast<std::ptrdiff_t>(ids->size())) {
            return Error{ErrorCode::NotFound, step < 0
                                                  ? phrase("errors", "There is no slice before this one to copy from.")
                                                  : phrase("errors", "There is no slice after this one to copy from.")};
        }
        const Result<Annotation> other = store.annotations().load((*ids)[static_cast<std::size_t>(place)]);
        if (!other) {
            return other.error();
        }
        Result<Annotation> current = store.annotations().load(id);
        if (!current) {
            return current.error();
        }
        if (other->mask.rect() != current->mask.rect()) {
            return Error{
                ErrorCode::GeometryMismatch,
                phrase("errors", "The other slice has another size than this one; its mask cannot be copied.")};
        }
        const auto isClass = [](LabelValue value) { return value != Background && value != NotAnnotated; };
        const MaskChange change = changeOf(current->mask, {}, [&](MaskEdit &edit) {
            std::vector<LabelValue> from(static_cast<std::size_t>(current->mask.width()));
            std::vector<LabelValue> to(from.size());
            for (int y = 0; y < current->mask.height(); ++y) {
                other->mask.readRow(0, y, current->mask.width(), from.data());
                current->mask.readRow(0, y, current->mask.width(), to.data());
                for (std::size_t x = 0; x < from.size(); ++x) {
                    if (isClass(from[x]) && !isClass(to[x])) {
                        edit.paintSpan(static_cast<int>(x), y, 1, from[x]);
                    }
                }
            }
        });
        if (change.delta.isEmpty()) {
            return Error{ErrorCode::NotFound,
                         phrase("errors", "The other slice has nothing that is not painted here already.")};
        }
        return appendStep(store, id, *current, change.delta, summary->state,
                          {"Copy slice", author, current->isComplete,
                           stateAfterEdit(change.mask, current->isComplete, summary->state)});
    });
}

Result<InterpolationReport> interpolateSlices(ProjectStore &store, const std::string &seriesKey, LabelValue value,
                                              const LabelSet &classes, const std::string &author,
                                              const std::stop_token &stop, const StepProgress &progress)
{
    InterpolationReport report;
    const OverpaintRule rule = OverpaintRule::fromLocks(classes, value);
    const Result<void> done = store.inTransaction([&]() -> Result<void> {
        Result<std::vector<Slice>> slices = slicesOf(store, seriesKey, value, stop, progress);
        if (!slices) {
            return slices.error();
        }
        std::optional<std::size_t> last;
        for (std::size_t i = 0; i < slices->size(); ++i) {
            if (stop.stop_requested()) {
                return Error{ErrorCode::Cancelled, phrase("errors", "Cancelled; nothing was changed.")};
            }
            tell(progress, slices->size() + i, 2 * slices->size());
            if (!(*slices)[i].hasClass) {
                continue;
            }
            if (last && i > *last + 1) {
                const Result<void> filled = fillBetween(store, *slices, *last, i, value, rule, author, report);
                if (!filled) {
                    return filled;
                }
            }
            last = i;
        }
        if (report.changed.empty()) {
            const LabelClass *chosen = classes.find(value);
            return Error{ErrorCode::NotFound,
                         phrase("errors",
                                "There is nothing to fill in: paint \"%1\" on two slices with empty ones between them.")
                             .with(chosen != nullptr ? Sentence::verbatim(chosen->name) : phrase("errors", "a class"))};
        }
        return {};
    });
    return done ? Result<InterpolationReport>(std::move(report)) : done.error();
}

Result<std::size_t> undoOnSlices(ProjectStore &store, const std::vector<ChangedSlice> &changed)
{
    std::size_t count = 0;
    const Result<void> done = store.inTransaction([&]() -> Result<void> {
        for (const ChangedSlice &slice : changed) {
            const Result<std::int64_t> sequence = store.annotations().sequence(slice.image);
            if (!sequence) {
                return sequence.error();
            }
            if (*sequence != slice.sequence) {
                continue;
            }
            const auto undone = store.annotations().undo(slice.image);
            if (!undone) {
                return undone.error();
            }
            count += undone->has_value() ? 1 : 0;
        }
        return {};
    });
    return done ? Result<std::size_t>(count) : done.error();
}

Result<std::size_t> redoOnSlices(ProjectStore &store, const std::vector<ChangedSlice> &changed)
{
    std::size_t count = 0;
    const Result<void> done = store.inTransaction([&]() -> Result<void> {
        for (const ChangedSlice &slice : changed) {
            const Result<std::optional<EditRecord>> redone = store.annotations().redo(slice.image);
            if (!redone) {
                return redone.error();
            }
            if (redone->has_value() && (*redone)->sequence == slice.sequence) {
                ++count;
            } else if (redone->has_value()) {
                // An older step that was undone as well: not ours to bring back.
                const auto undone = store.annotations().undo(slice.image);
                if (!undone) {
                    return undone.error();
                }
            }
        }
        return {};
    });
    return done ? Result<std::size_t>(count) : done.error();
}

} // namespace semigda::core
