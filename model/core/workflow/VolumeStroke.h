// SPDX-License-Identifier: Apache-2.0
// A brush in the shape of a ball, which paints on the slices beside the one on show too; over the storage port. Run
// these off the interface thread, in the transaction of the step on the slice itself.
#pragma once

#include "core/MaskShapes.h"
#include "core/ValueRange.h"
#include "core/ports/ProjectStore.h"
#include "core/workflow/VolumeLabelling.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace semigda::core
{

/// A stroke of a ball whose middle stays in one slice.
struct BallStroke
{
    /// The ball is led along a line, in pixels of that slice; `diameter` in pixels too.
    struct Part
    {
        PointF from;
        PointF to;
        double diameter = 1.0;
    };

    std::vector<Part> parts;
    LabelValue value = Background;
    bool isErasing = false;          ///< then what "erased" means for a slice is written, not `value`
    OverpaintRule rule;              ///< pixels that stay, on every slice
    std::optional<ValueRange> range; ///< of the slice's own values, outside of which nothing is painted
};

struct BallReport
{
    std::vector<ChangedSlice> changed;
    /// Slices left as they were because their mask is damaged, or their file missing where a range of values needs it.
    std::size_t unreadable = 0;
};

/// Reads a slice's pixels, from memory where they are there.
using SlicePixels = std::function<Result<std::shared_ptr<const ImageData>>(ImageId)>;

/// One step on every other slice of `id`'s volume that the ball reaches and changes. Depth is in mm where the slices
/// tell where they lie, or how far apart, else one pixel from slice to slice; slices of another size are left out.
Result<BallReport> paintBeside(ProjectStore &store, ImageId id, const BallStroke &stroke, const SlicePixels &pixels,
                               const std::string &tool, const std::string &author);

} // namespace semigda::core
