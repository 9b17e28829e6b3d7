// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/VolumeSteps.h"

namespace semigda::ui
{

namespace
{

using Move = core::Result<std::size_t> (*)(core::ProjectStore &, const std::vector<core::StepRef> &);

core::Result<std::vector<core::ImageId>> move(core::ProjectStore &store, const core::StepRef &step, Move direction)
{
    const core::Result<std::vector<core::StepRef>> others = store.annotations().linkedSteps(step);
    if (!others)
        return others.error();
    std::vector<core::ImageId> ids;
    if (others->empty())
        return ids;
    const core::Result<std::size_t> moved = direction(store, *others);
    if (!moved)
        return moved.error();
    for (const core::StepRef &other : *others)
        ids.push_back(other.image);
    return ids;
}

} // namespace

core::Result<core::BallReport> VolumeSteps::paint(core::ProjectStore &store, const core::StepRef &step,
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
    if (!report || report->changed.empty())
        return report;
    if (const core::Result<void> linked = store.annotations().linkSteps(step, report->changed); !linked)
        return linked.error();
    return report;
}

core::Result<std::vector<core::ImageId>> VolumeSteps::undo(core::ProjectStore &store, const core::StepRef &step)
{
    return move(store, step, &core::undoOnSlices);
}

core::Result<std::vector<core::ImageId>> VolumeSteps::redo(core::ProjectStore &store, const core::StepRef &step)
{
    return move(store, step, &core::redoOnSlices);
}

} // namespace semigda::ui
