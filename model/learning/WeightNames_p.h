// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/TensorSource_p.h"

#include <filesystem>
#include <string>
#include <vector>

namespace semigda::learning
{

/// Where a file keeps the tensors that SemiGdaNetworks calls "vae_model.encoder.conv_in.weight" and so on. The
/// autoencoder may be named as in LDM checkpoints (github.com/CompVis/latent-diffusion), as ours is, or as in diffusers
/// (AutoencoderKL; the table is its convert_ldm_vae_checkpoint), behind any prefix ("first_stage_model.",
/// "state_dict.", "module.", ...). The other networks exist in SemiGDA checkpoints only, beside a "vae_model.".
class WeightNames
{
public:
    /// UnsupportedFormat, naming `file`, when there is no autoencoder or more than one that could be meant.
    static core::Result<WeightNames> find(const TensorListing &tensors, const std::filesystem::path &file);

    bool isDiffusers() const { return m_isDiffusers; }
    bool hasMapping() const { return m_hasMapping; }
    bool hasCnn() const { return m_hasCnn; }
    bool hasAdapters() const { return m_hasAdapters; }
    /// As if the file had the autoencoder alone.
    void forgetNetworks() { m_hasMapping = m_hasCnn = m_hasAdapters = false; }

    /// Whether the file has the part of the networks that a tensor of ours belongs to.
    bool hasPartOf(const std::string &ours) const;
    std::string inFile(const std::string &ours) const;
    /// Whether a name of the file belongs to one of the parts, so that there should be a place for it.
    bool isPart(const std::string &name) const;
    /// Channels of each level of the encoder, level 0 first.
    std::vector<std::int64_t> levelWidths(const TensorListing &tensors) const;

private:
    std::string diffusersName(const std::string &ldmName) const;

    std::string m_priorPrefix;    ///< before "encoder."
    std::string m_networksPrefix; ///< before "mapping_model." and "resnet."
    bool m_isDiffusers = false;
    bool m_hasOldAttention = false; ///< query, key, value, proj_attn; since diffusers 0.15 to_q, to_k, to_v, to_out.0
    int m_decoderLevels = 0;        ///< diffusers counts them from the latent up
    bool m_hasMapping = false;
    bool m_hasCnn = false;
    bool m_hasAdapters = false;
};

} // namespace semigda::learning
