// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"

#include <QString>

namespace semigda::ui
{

/// What may happen to a project where it is, and what to do, in one sentence; empty for a disk of this computer.
QString placeWarning(const core::ProjectPlace &place);

} // namespace semigda::ui
