// SPDX-License-Identifier: Apache-2.0
#include "learning/Compute.h"
