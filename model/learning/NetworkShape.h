// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <string>
#include <vector>

namespace semigda::learning
{

/// How a skip adapter joins what is decoded with the encoder's feature of its level.
enum class AdapterKind {
    Residual, ///< the paper's: a residual block of the prior's kind
    Light,    ///< one 1x1 and one 3x3 convolution; models trained before Normed have them
    Normed,   ///< two 3x3 convolutions with a BatchNorm between: narrow networks learn in fewer steps with it
};

/// Widths and depths of all networks of one model. The paper's networks and the compact ones are two shapes of the
/// same code. Levels count from full resolution (0) down; each further level halves the sides.
struct NetworkShape
{
    int stemFactor = 1; ///< pixel-unshuffle before the encoders, pixel-shuffle after the decoder; 1 = none
    int width = 128;    ///< channels of level 0
    std::vector<int> multipliers{1, 2, 4, 4}; ///< channels of a level = width x multiplier
    int encoderBlocks = 2;                    ///< residual blocks per level of the prior's encoder
    int decoderBlocks = 3;                    ///< and of its decoder
    int groups = 32;                          ///< of the prior's group norms
    bool hasMiddleAttention = true;
    bool hasLightDecoder = false; ///< 1x1 convolutions before up-sampling, in place of the paper's 3x3 after it
    AdapterKind adapters = AdapterKind::Residual;
    bool adaptersSeePixels = false; ///< Normed only: level 0 gets the unshuffled image too, whose fine detail a narrow
                                    ///< prior loses
    int latentChannels = 4;
    double latentScale = 0.18215;
    int cnnStemBlocks = 0;               ///< basic blocks of the CNN encoder at level 0, after its stem
    std::vector<int> cnnBlocks{3, 4, 6}; ///< and per stage below; one fewer stages than levels
    int mappingWidth = 32;
    std::vector<int> mappingMultipliers{1, 2, 4, 4}; ///< of the four descending blocks
    int mappingGroups = 16;
    bool hasMappingAttention = true;
    bool mappingSeesFeatures =
        false; ///< in stage 2 the mapping model gets the deepest feature of the prior's encoder too

    bool operator==(const NetworkShape &) const = default;

    /// The Stable Diffusion autoencoder and the paper's encoders.
    static NetworkShape paper();
    /// For a computer without a GPU: no convolution at full resolution, no attention.
    static NetworkShape compact();

    /// Channels of the features that the adapters of a level get.
    int featureWidth(int level) const
    {
        return levelWidth(level) + (adaptersSeePixels && level == 0 ? stemChannels() : 0);
    }
    /// Channels of an image after the pixel-unshuffle.
    int stemChannels() const { return 3 * stemFactor * stemFactor; }
    int levels() const { return static_cast<int>(multipliers.size()); }
    int levelWidth(int level) const { return width * multipliers[static_cast<std::size_t>(level)]; }
    /// Image side / latent side.
    int reduction() const { return stemFactor << (levels() - 1); }

    std::string toJson() const;
    /// CorruptFile on missing, wrongly typed or absurd values.
    static core::Result<NetworkShape> fromJson(const std::string &text);
};

} // namespace semigda::learning
