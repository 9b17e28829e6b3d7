// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/NetworkLayers_p.h"
#include "learning/NetworkShape.h"

#include <array>
#include <vector>

namespace semigda::learning
{

/// Which of the two branches a latent and its features come from.
enum class Branch { Vae, Cnn };

/// moments: [N, 2 z, h, w] (mean and log-variance, unscaled); features: one tensor a level, level 0 first.
struct Encoded
{
    torch::Tensor moments;
    std::vector<torch::Tensor> features;
};

class PriorEncoderImpl : public torch::nn::Module
{
public:
    explicit PriorEncoderImpl(const NetworkShape &shape);
    /// [N, 3, H, W] in [-1, 1]; moments are before quant_conv.
    Encoded forward(const torch::Tensor &image);

private:
    struct Level
    {
        std::vector<ResidualBlock> blocks;
        torch::nn::Conv2d downsample{nullptr};
    };
    int m_stemFactor;
    torch::nn::Conv2d m_convIn;
    std::vector<Level> m_levels;
    ResidualBlock m_middle1{nullptr};
    AttentionBlock m_attention{nullptr};
    ResidualBlock m_middle2{nullptr};
    ImageNorm m_normOut;
    torch::nn::Conv2d m_convOut;
};
TORCH_MODULE(PriorEncoder);

/// The frozen decoder with one set of trainable skip adapters per branch.
class PriorDecoderImpl : public torch::nn::Module
{
public:
    explicit PriorDecoderImpl(const NetworkShape &shape);
    /// Without features the plain decoder of the prior (no adapters).
    torch::Tensor forward(const torch::Tensor &latent, const std::vector<torch::Tensor> *features, Branch branch);
    std::vector<torch::Tensor> adapterParameters(Branch branch) const;
    const torch::nn::Module &adapters(Branch branch) const { return *m_adapters[branch == Branch::Vae ? 0 : 1]; }
    /// Both branches' adapters change nothing at first.
    void initialiseAdapters();

private:
    struct Level
    {
        std::vector<ResidualBlock> blocks;
        torch::nn::Conv2d upsample{nullptr};
    };
    torch::Tensor adapt(const torch::Tensor &decoded, const torch::Tensor &feature, std::size_t level, Branch branch);
    torch::Tensor enlarge(const torch::Tensor &x, Level &level);

    int m_stemFactor;
    bool m_isLight;
    AdapterKind m_adapterKind;
    torch::nn::Conv2d m_convIn;
    ResidualBlock m_middle1{nullptr};
    AttentionBlock m_attention{nullptr};
    ResidualBlock m_middle2{nullptr};
    std::vector<Level> m_levels;
    ImageNorm m_normOut;
    torch::nn::Conv2d m_convOut;
    std::array<torch::nn::ModuleList, 2> m_adapters; ///< by Branch
};
TORCH_MODULE(PriorDecoder);

class PriorAutoencoderImpl : public torch::nn::Module
{
public:
    explicit PriorAutoencoderImpl(const NetworkShape &shape);
    /// Moments after quant_conv.
    Encoded encode(const torch::Tensor &image);
    /// `latent` unscaled, [N, z, h, w].
    torch::Tensor decode(const torch::Tensor &latent, const std::vector<torch::Tensor> *features = nullptr,
                         Branch branch = Branch::Vae);
    torch::Tensor quantise(const torch::Tensor &moments) { return m_quant(moments); }

    PriorEncoder encoder;
    PriorDecoder decoder;

private:
    torch::nn::Conv2d m_quant;
    torch::nn::Conv2d m_postQuant;
};
TORCH_MODULE(PriorAutoencoder);

} // namespace semigda::learning
