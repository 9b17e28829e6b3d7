// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/VolumeStroke.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace semigda::ui
{

/// Strokes that go on beside the slice on show: paints the other slices, and takes what they did back and forth with
/// the step on the slice itself, as long as nothing else has changed them since. Forgets all when the project is
/// closed; then every slice has its step for itself. Each function belongs into the transaction of the slice's own
/// step. Any thread, one at a time.
class VolumeSteps
{
public:
    using PixelReader =
        std::function<core::Result<std::shared_ptr<const core::ImageData>>(core::ProjectStore &, core::ImageId)>;

    /// Without a reader, pixels come from the store.
    void setReader(PixelReader reader) { m_readPixels = std::move(reader); }

    /// A step of a slice.
    struct Step
    {
        core::ImageId image;
        std::int64_t sequence = 0;
    };
    core::Result<core::BallReport> paint(core::ProjectStore &store, const Step &step, const core::BallStroke &stroke,
                                         const std::string &tool, const std::string &author);
    /// The other slices that may have changed with it; none when the step is of its slice alone.
    core::Result<std::vector<core::ImageId>> undo(core::ProjectStore &store, const Step &step);
    core::Result<std::vector<core::ImageId>> redo(core::ProjectStore &store, const Step &step);

private:
    using Move = core::Result<std::size_t> (*)(core::ProjectStore &, const std::vector<core::ChangedSlice> &);

    core::Result<std::vector<core::ImageId>> move(core::ProjectStore &store, const Step &step, Move direction);

    PixelReader m_readPixels;
    std::map<std::pair<core::ImageId, std::int64_t>, std::vector<core::ChangedSlice>> m_changed;
};

} // namespace semigda::ui
