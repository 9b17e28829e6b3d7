// SPDX-License-Identifier: Apache-2.0
// How much memory a training step will need, so that batches are split before memory runs out: a graphics card would
// refuse (and the step be tried again in portions), but Linux ends the whole program.
#pragma once

#include "learning/TrainingConfig.h"

#include <torch/torch.h>

#include <cstdint>
#include <filesystem>
#include <optional>

namespace semigda::learning
{

/// Bytes that a step of stage 0, 1 or 2 of SemiGDA, or of the U-Net's only one, keeps for its way back, for a batch in
/// one portion. Counted from the networks' layers; what was measured lies within a factor of 1.5 (tests).
double stepBytes(const TrainingConfig &config, std::size_t stage);

/// Equal portions in which a batch that needs `needed` bytes in one leaves a quarter of `free` bytes alone, at most
/// `most`.
int partsWithin(double free, double needed, int most);

/// Bytes that can still be taken of the computer's memory, within the limits its control group sets, or of a graphics
/// card's; nullopt where the system does not tell.
std::optional<double> freeBytes(torch::Device device);
/// What the files of /proc and /sys/fs/cgroup under `root` say.
std::optional<double> freeBytesOfSystem(const std::filesystem::path &root);

} // namespace semigda::learning
