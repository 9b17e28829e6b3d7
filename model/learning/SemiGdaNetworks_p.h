// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/MappingModel_p.h"
#include "learning/ResnetEncoder_p.h"

namespace semigda::learning
{

/// All networks of SemiGDA under the names of the reference's checkpoints (vae_model, mapping_model, resnet).
class SemiGdaNetworksImpl : public torch::nn::Module
{
public:
    explicit SemiGdaNetworksImpl(const NetworkShape &shape);

    const NetworkShape &shape() const { return m_shape; }

    /// The factor that gives this prior's latents unit variance; part of the shape.
    void setLatentScale(double scale) { m_shape.latentScale = scale; }
    /// Latent mean of moments, scaled by the prior's latent scale: the space in which everything is compared.
    torch::Tensor latentMean(const torch::Tensor &moments) const;
    /// mean + std x `noise` (of the latent's shape), scaled; log-variance clamped to [-30, 20].
    torch::Tensor latentSample(const torch::Tensor &moments, const torch::Tensor &noise) const;
    /// The VAE branch: the prior's features and moments.
    Encoded encodeVae(const torch::Tensor &image);
    /// The CNN branch: features, and moments after the prior's quant_conv.
    Encoded encodeCnn(const torch::Tensor &image);
    /// From a scaled mask latent and the branch's features (none: without skip adapters) to a colour-coded mask, [N, 3,
    /// H, W] about [-1, 1].
    torch::Tensor decodeMask(const torch::Tensor &scaledLatent, const std::vector<torch::Tensor> &features,
                             Branch branch);

    /// Each once, although the activations are registered under two names.
    std::vector<torch::Tensor> mappingParameters() const;
    std::vector<torch::Tensor> cnnParameters() const { return cnn->parameters(); }
    std::vector<torch::Tensor> adapterParameters() const;
    /// Freezes the prior; mapping, CNN and adapters stay trainable.
    void freezePrior();
    /// Initial values as in the paper; every adapter starts as a pass-through so that stage 2 starts from the prior.
    void initialise();

    PriorAutoencoder prior;
    MappingModel mapping;
    ResnetEncoder cnn;

private:
    /// Features as the adapters get them.
    void addPixels(Encoded &encoded, const torch::Tensor &image) const;

    NetworkShape m_shape;
};
TORCH_MODULE(SemiGdaNetworks);

} // namespace semigda::learning
