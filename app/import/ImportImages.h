// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <stop_token>

namespace semigda::storage
{
class SqliteProject;
}

namespace semigda::app
{

/// Brings images, volumes and their masks into a project. One file's failure never stops the rest; a full disk or a
/// cancel ends the import and keeps what is in (the report's last skipped entry says so, with DiskFull or Cancelled).
/// Fails as a whole only when nothing can be tried: a read-only project, no readable mask folder. Blocks; any thread.
core::Result<core::ImportReport> importImages(storage::SqliteProject &project, const core::ImportRequest &request,
                                              const core::ProgressSink &progress, const std::stop_token &stop);

} // namespace semigda::app
