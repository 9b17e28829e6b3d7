// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <torch/torch.h>

#include <string>

namespace semigda::learning
{

/// "auto", "cpu", "cuda:N".
core::Result<torch::Device> deviceFrom(const std::string &name);

} // namespace semigda::learning
