// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/Splits.h"

#include <map>

namespace semigda::core
{

Result<SplitReport> assignSplit(ProjectStore &store, std::span<const ImageId> ids, Split split)
{
    SplitReport report;
    const Result<void> done = store.inTransaction([&]() -> Result<void> {
        const Result<std::vector<ImageSummary>> before = store.images().list();
        if (!before) {
            return before.error();
        }
        if (const Result<void> moved = store.images().setSplit(ids, split); !moved) {
            return moved;
        }
        const Result<std::vector<ImageSummary>> after = store.images().list();
        if (!after) {
            return after.error();
        }
        std::map<ImageId, Split> now;
        for (const ImageSummary &image : *after) {
            now[image.id] = image.split;
        }
        for (const ImageSummary &image : *before) {
            if (const auto found = now.find(image.id); found != now.end() && found->second != image.split) {
                report.before.emplace_back(image.id, image.split);
            }
        }
        return {};
    });
    return done ? Result<SplitReport>(std::move(report)) : done.error();
}

Result<void> restoreSplits(ProjectStore &store, const SplitReport &report)
{
    std::map<Split, std::vector<ImageId>> groups;
    for (const auto &[id, split] : report.before) {
        groups[split].push_back(id);
    }
    return store.inTransaction([&]() -> Result<void> {
        for (const auto &[split, ids] : groups) {
            if (const Result<void> moved = store.images().setSplit(ids, split); !moved) {
                return moved;
            }
        }
        return {};
    });
}

} // namespace semigda::core
