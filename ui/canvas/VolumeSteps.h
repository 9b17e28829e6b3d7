// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/VolumeStroke.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace semigda::ui
{

/// Strokes that go on beside the slice on show: paints the other slices, and takes what they did back and forth with
/// the step on the slice itself, as long as nothing else has changed them since; the project remembers which steps
/// belong together. Each function belongs into the transaction of the slice's own step. Any thread, one at a time.
class VolumeSteps
{
public:
    using PixelReader =
        std::function<core::Result<std::shared_ptr<const core::ImageData>>(core::ProjectStore &, core::ImageId)>;

    /// Without a reader, pixels come from the store.
    void setReader(PixelReader reader) { m_readPixels = std::move(reader); }

    core::Result<core::BallReport> paint(core::ProjectStore &store, const core::StepRef &step,
                                         const core::BallStroke &stroke, const std::string &tool,
                                         const std::string &author);
    /// The other slices that may have changed with it; none when the step is of its slice alone.
    static core::Result<std::vector<core::ImageId>> undo(core::ProjectStore &store, const core::StepRef &step);
    static core::Result<std::vector<core::ImageId>> redo(core::ProjectStore &store, const core::StepRef &step);

private:
    PixelReader m_readPixels;
};

} // namespace semigda::ui
