// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/Tags.h"

#include <set>

namespace semigda::core
{

std::size_t TagReport::imageCount() const
{
    std::set<ImageId> images;
    for (const auto &[change, changed] : done) {
        images.insert(changed.begin(), changed.end());
    }
    return images.size();
}

Result<TagReport> changeTags(ProjectStore &store, std::span<const ImageId> ids, std::span<const TagChange> changes)
{
    TagReport report;
    const Result<void> done = store.inTransaction([&]() -> Result<void> {
        for (const TagChange &change : changes) {
            Result<std::vector<ImageId>> changed = store.images().setTag(ids, change.tag, change.isSet);
            if (!changed) {
                return changed.error();
            }
            if (!changed->empty()) {
                report.done.emplace_back(change, std::move(*changed));
            }
        }
        return {};
    });
    return done ? Result<TagReport>(std::move(report)) : done.error();
}

Result<void> restoreTags(ProjectStore &store, const TagReport &report)
{
    return store.inTransaction([&]() -> Result<void> {
        for (auto entry = report.done.rbegin(); entry != report.done.rend(); ++entry) {
            const auto &[change, ids] = *entry;
            if (const auto restored = store.images().setTag(ids, change.tag, !change.isSet); !restored) {
                return restored.error();
            }
        }
        return {};
    });
}

} // namespace semigda::core
