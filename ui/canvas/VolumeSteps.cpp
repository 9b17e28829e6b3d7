// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/VolumeSteps.h"

namespace semigda::ui
{

core::Result<core::BallReport> VolumeSteps::paint(core::ProjectStore &store, const Step &step,
                                                  const core::BallStroke &stroke, const std::string &tool,
                                                  const std::string &author)
{
    const core::SlicePixels pixels = [&](core::ImageId id) -> core::Result<std::shared_ptr<const core::ImageData>> {
        if (m_readPixels)
            return m_readPixels(store, id);
        core::Result<core::ImageData> read = store.images().pixels(id);
        if (!read)
            return read.error();
        return std::make_shared<const core::ImageData>(std::move(*read));
    };
    core::Result<core::BallReport> report = core::paintBeside(store, step.image, stroke, pixels, tool, author);
    if (report && !report->changed.empty())
        m_changed[{step.image, step.sequence}] = report->changed;
    return report;
}

core::Result<std::vector<core::ImageId>> VolumeSteps::undo(core::ProjectStore &store, const Step &step)
{
    return move(store, step, &core::undoOnSlices);
}

core::Result<std::vector<core::ImageId>> VolumeSteps::redo(core::ProjectStore &store, const Step &step)
{
    return move(store, step, &core::redoOnSlices);
}

core::Result<std::vector<core::ImageId>> VolumeSteps::move(core::ProjectStore &store, const Step &step, Move direction)
{
    std::vector<core::ImageId> ids;
    const auto found = m_changed.find({step.image, step.sequence});
    if (found == m_changed.end())
        return ids;
    const core::Result<std::size_t> moved = direction(store, found->second);
    if (!moved)
        return moved.error();
    for (const core::ChangedSlice &slice : found->second)
        ids.push_back(slice.image);
    return ids;
}

} // namespace semigda::ui
