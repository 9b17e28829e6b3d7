// SPDX-License-Identifier: Apache-2.0
// Earlier states of an image's human mask, over the storage port; to be looked at, compared and brought back.
#pragma once

#include "core/ports/ProjectStore.h"

#include <optional>
#include <string>

namespace semigda::core
{

/// What a step did to the pixels: painted with a class, taken away (background or not annotated), another class.
struct StepPixels
{
    std::size_t painted = 0;
    std::size_t erased = 0;
    std::size_t reclassed = 0;
    std::size_t background = 0; ///< between "not annotated" and background, either way

    std::size_t all() const { return painted + erased + reclassed + background; }
    bool operator==(const StepPixels &) const = default;
};
enum class PixelChange : std::uint8_t { None, Painted, Erased, Reclassed, Unclassed };
PixelChange changeOf(const MaskDelta::Span &span);
StepPixels countPixels(const MaskDelta &delta);

/// The mask as it was after the step with this sequence, undone or not; 0: before the first. `now` and `history` are of
/// one moment. nullopt when the history has no such step, or does not go back to the first.
std::optional<LabelMask> maskAt(const Annotation &now, const EditHistory &history, std::int64_t sequence);

/// Brings that mask and its completeness back as a new step, in one transaction; nothing of the history goes. Steps
/// that were undone, which a new step would drop, are kept: they are redone and taken back by a step of their own.
/// NotFound when there is no such state, InvalidArgument when the image is in it. Run it off the interface thread.
Result<EditRecord> restoreRevision(ProjectStore &store, ImageId id, std::int64_t sequence, const std::string &author);

} // namespace semigda::core
