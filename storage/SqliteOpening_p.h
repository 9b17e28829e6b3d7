// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/SqliteContext_p.h"

namespace semigda::storage
{

/// Makes the folder and its empty database, whole or not at all. Throws Failure.
void makeProject(const ProjectName &project, const core::LabelSet &classes);

/// Opens for writing when possible: takes the lock, migrates after a backup, settles what a dead process left.
/// Otherwise read-only, with the reason. Throws Failure.
std::shared_ptr<ProjectContext> openProject(const std::filesystem::path &folder);

/// Writes the rolling backup on a thread of the context's own, when one is due. Closing stops it.
void startRollingBackup(ProjectContext &context);

/// Absolute, without trailing slash; the name is the folder's without ".semigda".
ProjectName projectNameOf(const std::filesystem::path &folder);

} // namespace semigda::storage
