// SPDX-License-Identifier: Apache-2.0
#include "ui/history/ImageHistory.h"

namespace semigda::ui
{

core::Result<std::shared_ptr<const ImageHistory>> readHistory(core::ProjectStore &store, core::ImageId id)
{
    // Strokes go on being written by another connection: mask and steps must be of the same moment.
    constexpr int Attempts = 5;
    for (int attempt = 0; attempt < Attempts; ++attempt) {
        core::Result<core::Annotation> now = store.annotations().load(id);
        if (!now)
            return now.error();
        core::Result<core::EditHistory> history =
            store.annotations().history(id, ImageHistory::MaxSteps, ImageHistory::MaxBytes);
        if (!history)
            return history.error();
        if (history->cursor != now->sequence)
            continue;
        auto read = std::make_shared<ImageHistory>();
        read->image = id;
        read->now = std::move(*now);
        read->history = std::move(*history);
        read->pixels.reserve(read->history.edits.size());
        for (const core::EditRecord &edit : read->history.edits)
            read->pixels.push_back(core::countPixels(edit.delta));
        read->reachesStart = core::maskAt(read->now, read->history, 0).has_value();
        return std::shared_ptr<const ImageHistory>(std::move(read));
    }
    return core::Error{core::ErrorCode::Locked,
                       core::phrase("errors", "The history of this image is being written just now; open it again in "
                                              "a moment.")};
}

} // namespace semigda::ui
