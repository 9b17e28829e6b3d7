// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/SemiGdaNetworks_p.h"

#include "core/Result.h"

#include <filesystem>

namespace semigda::learning
{

/// Which networks a file gave weights to, besides the autoencoder, which it always has.
struct StartingWeights
{
    bool hasMapping = false;
    bool hasCnn = false;
    bool hasAdapters = false;
};

/// Copies the weights of a file into the networks: the autoencoder of Stable Diffusion (LDM .ckpt and .pt, diffusers
/// .safetensors, either names in either format), or a checkpoint of SemiGDA, the reference's or ours, whose other
/// networks are loaded too. A latent scale that the file states ("latent_scale" in its metadata) is taken over.
/// All names and shapes are checked before anything is read or copied; only what is needed is read. Errors are one
/// sentence that names the file, what does not fit and what to do.
core::Result<StartingWeights> loadStartingWeights(SemiGdaNetworks &networks, const std::filesystem::path &file);

enum class ShippedPart { Prior, AllNetworks };
/// The starting weights that come with the program, for networks of NetworkShape::compact().
core::Result<void> loadShippedWeights(SemiGdaNetworks &networks, ShippedPart part);

} // namespace semigda::learning
