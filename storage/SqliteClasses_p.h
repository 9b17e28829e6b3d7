// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelSet.h"
#include "storage/SqliteConnection_p.h"

namespace semigda::storage
{

/// The classes in display order; ids of removed ones are not given again. Inside SqliteConnection::read.
core::LabelSet readClasses(SqliteConnection &connection);
/// Inside SqliteConnection::write. InvalidArgument on an id out of 1..65534, used twice, or an empty or doubled name.
void writeClasses(SqliteConnection &connection, const core::LabelSet &classes);

} // namespace semigda::storage
