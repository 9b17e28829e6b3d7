// SPDX-License-Identifier: Apache-2.0
// Tags of images, changed so that it can be taken back, over the storage port. Off the interface thread.
#pragma once

#include "core/ports/ProjectStore.h"

#include <span>
#include <utility>
#include <vector>

namespace semigda::core
{

struct TagChange
{
    std::string tag;
    bool isSet = true; ///< false: taken away

    bool operator==(const TagChange &) const = default;
};

/// What was changed, with the images that changed by it.
struct TagReport
{
    std::vector<std::pair<TagChange, std::vector<ImageId>>> done;

    /// How many different images changed.
    std::size_t imageCount() const;
};

/// All changes in one transaction. InvalidArgument for what is no tag (checkedTag()).
Result<TagReport> changeTags(ProjectStore &store, std::span<const ImageId> ids, std::span<const TagChange> changes);

/// Gives each image of a report the tags back that it had, whatever else was changed since.
Result<void> restoreTags(ProjectStore &store, const TagReport &report);

} // namespace semigda::core
