// SPDX-License-Identifier: Apache-2.0
// Between LibTorch tensors and files: modules' parameters and buffers under prefixed names.
#pragma once

#include "learning/Safetensors.h"

#include <torch/torch.h>

#include <map>
#include <optional>
#include <string>

namespace semigda::learning
{

/// Contiguous copy on the CPU.
RawTensor toRaw(const torch::Tensor &tensor);
torch::Tensor fromRaw(const RawTensor &raw);

/// Adds all parameters and buffers of a module as `prefix` + name.
void storeModule(const torch::nn::Module &module, const std::string &prefix, TensorFile &file);

/// Copies tensors named `prefix` + name into the module. CorruptFile names the first key that is missing or of another
/// shape; batch norm's step counters may be missing, `optional` names starting so may be missing too.
core::Result<void> restoreModule(torch::nn::Module &module, const std::string &prefix, const TensorFile &file,
                                 const std::string &fileName, const std::vector<std::string> &optional = {});

/// What the latents are multiplied by, as a file's metadata state it ("latent_scale"); nothing where they do not, or
/// not as a finite positive number.
std::optional<double> latentScaleIn(const std::map<std::string, std::string> &metadata);

} // namespace semigda::learning
