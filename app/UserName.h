// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace semigda::app
{

/// Who works on this computer, for histories and reviews: the login name. Any thread.
std::string userName();

} // namespace semigda::app
