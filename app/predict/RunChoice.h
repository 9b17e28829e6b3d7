// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"

namespace semigda::app
{

/// True when the run has published a checkpoint to predict with.
bool hasCheckpoint(const core::RunRecord &run);

/// The run with this id, or, when it is invalid, the newest that has a checkpoint. NotFound says what to do.
core::Result<core::RunRecord> chooseRun(core::ProjectStore &store, core::RunId id);

/// The newest run of a method that did not finish. NotFound says what to do.
core::Result<core::RunRecord> unfinishedRun(core::ProjectStore &store, const std::string &method);

} // namespace semigda::app
