// SPDX-License-Identifier: Apache-2.0
#include "app/UserName.h"

#include <cstdlib>

#include <unistd.h>

namespace semigda::app
{

std::string userName()
{
    for (const char *variable : {"USER", "LOGNAME", "USERNAME"}) {
        const char *name = std::getenv(variable);
        if (name != nullptr && *name != '\0')
            return name;
    }
    return "user " + std::to_string(::getuid());
}

} // namespace semigda::app
