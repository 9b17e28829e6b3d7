// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/ClassCodes_p.h"
#include "learning/LatentCache_p.h"
#include "learning/SampleCache_p.h"
#include "learning/SemiGdaNetworks_p.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace semigda::learning
{

/// What stage 1 learns from: scaled latent means, [C, H/r, W/r] float32 in the computer's memory, of images and of the
/// colours of their masks, turned in each of the 8 ways of dihedral(). Each is encoded once (method, section 4,
/// "Speed") and kept in a LatentCache under a key of the pixels, the prior's weights and all else that decides the
/// result to its last bit.
class PriorLatents
{
public:
    /// The prior must be frozen from here on. `pictures`: images and masks that there is to be room for.
    PriorLatents(SemiGdaNetworks networks, ClassColours colours, torch::Device device, const TrainingConfig &config,
                 std::size_t pictures);
    std::size_t pictures() const { return m_pictures; }
    torch::Tensor ofImage(const PreparedSample &sample, int variant);
    /// `sample` must have a mask, the completed one of a partial image; what is not annotated counts as background.
    torch::Tensor ofMask(const PreparedSample &sample, int variant);
    /// What runs of such settings have kept.
    static void removeFile(const TrainingConfig &config);

private:
    struct Keys
    {
        std::int64_t sequence = -1; ///< the annotation that `mask` belongs to
        LatentKey image;
        LatentKey mask;
    };
    const Keys &keysOf(const PreparedSample &sample);
    torch::Tensor cached(const LatentKey &key, const torch::Tensor &pixels, int variant, bool isMask);
    torch::Tensor encode(const torch::Tensor &turned, bool isMask);

    SemiGdaNetworks m_networks;
    ClassColours m_colours;
    torch::Device m_device;
    std::size_t m_pictures;
    std::vector<std::int64_t> m_shape; ///< of a latent
    LatentKey m_prior;
    LatentCache m_cache;
    std::unordered_map<core::ImageId, Keys> m_keys;
};

} // namespace semigda::learning
