// SPDX-License-Identifier: Apache-2.0
#include "core/Ids.h"
