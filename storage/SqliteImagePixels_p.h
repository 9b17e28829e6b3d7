// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "storage/SqliteContext_p.h"

#include <functional>
#include <optional>
#include <stop_token>

namespace semigda::storage
{

/// Reads the project's copy or the linked file, decoded already where there is such a copy of either. A linked file
/// whose size or time changed is hashed: the same bytes are taken, others refused. To be called inside
/// SqliteConnection::read.
core::ImageData readPixels(SqliteConnection &connection, const ProjectContext &context, core::ImageId id);
/// As ImageCatalog::overview.
std::optional<core::ImageData> readOverview(SqliteConnection &connection, const ProjectContext &context,
                                            core::ImageId id);
/// As ImageCatalog::keepPixels.
bool keepPixels(SqliteConnection &connection, const ProjectContext &context, core::ImageId id,
                const core::ImageData &pixels, const std::stop_token &stop);
/// A whole copy and an overview. Returns and parameters as of PixelCopies::keep.
bool keepPixels(const ProjectContext &context, const core::ImageSource &source, const core::ImageData &pixels,
                PixelCopies::Room room, const std::function<bool()> &isWanted, const std::stop_token &stop = {});

} // namespace semigda::storage
