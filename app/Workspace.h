// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <memory>

namespace semigda::app
{

/// The workspace both programs use: projects in SQLite, trained with LibTorch. Needs a QCoreApplication (image codecs
/// are found through it).
std::shared_ptr<core::Workspace> createWorkspace();

} // namespace semigda::app
