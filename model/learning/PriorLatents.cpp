// SPDX-License-Identifier: Apache-2.0
#include "learning/PriorLatents_p.h"

#include "learning/Augmentation_p.h"

#include <ATen/Parallel.h>
#include <torch/version.h>

#include <system_error>
#include <utility>

namespace semigda::learning
{

namespace
{

constexpr int Variants = 8;

std::vector<std::int64_t> latentShape(const NetworkShape &shape, int imageSize)
{
    const std::int64_t side = imageSize / shape.reduction();
    return {shape.latentChannels, side, side};
}

std::int64_t floatsOf(const std::vector<std::int64_t> &shape)
{
    return shape[0] * shape[1] * shape[2];
}

LatentCache::Size cacheSize(const std::vector<std::int64_t> &shape, const TrainingConfig &config, std::size_t pictures)
{
    constexpr std::int64_t Mebibyte = 1 << 20;
    LatentCache::Size size;
    size.floats = floatsOf(shape);
    size.latents = static_cast<std::int64_t>(pictures) * Variants;
    size.mostBytes = static_cast<std::int64_t>(config.latentCache) * Mebibyte;
    return size;
}

const torch::Tensor &maskOf(const PreparedSample &sample)
{
    return sample.completed.defined() ? sample.completed : sample.mask;
}

LatentKey fingerprintOf(SemiGdaNetworksImpl &networks, const ClassColours &colours, torch::Device device)
{
    // Another library, another device or other threads may round the last bit differently, and the same settings shall
    // give the same run whatever earlier ones have left.
    LatentKey key = fingerprint(networks.shape().toJson() + " " + TORCH_VERSION + " " + device.str() + " "
                                + std::to_string(at::get_num_threads()));
    key = fingerprint(colours.points, key);
    for (const auto &item : networks.prior->named_parameters()) {
        if (item.key().rfind("decoder.", 0) != 0) {
            key = fingerprint(item.value(), fingerprint(item.key(), key));
        }
    }
    return key;
}

} // namespace

PriorLatents::PriorLatents(SemiGdaNetworks networks, ClassColours colours, torch::Device device,
                           const TrainingConfig &config, std::size_t pictures)
    : m_networks(std::move(networks))
    , m_colours(std::move(colours))
    , m_device(device)
    , m_pictures(pictures)
    , m_shape(latentShape(m_networks->shape(), config.imageSize))
    , m_prior(fingerprintOf(*m_networks, m_colours, device))
    , m_cache(config.cacheFolder, cacheSize(m_shape, config, pictures))
{}

void PriorLatents::removeFile(const TrainingConfig &config)
{
    if (!config.cacheFolder.empty()) {
        std::error_code ignored; // held by another program, it will be used again by the next run
        std::filesystem::remove(
            LatentCache::fileIn(config.cacheFolder, floatsOf(latentShape(config.shape, config.imageSize))), ignored);
    }
}

const PriorLatents::Keys &PriorLatents::keysOf(const PreparedSample &sample)
{
    const auto [place, isNew] = m_keys.try_emplace(sample.item.id);
    Keys &keys = place->second;
    if (isNew) {
        keys.image = fingerprint(sample.image, m_prior);
    }
    const torch::Tensor &mask = maskOf(sample);
    if (mask.defined() && (isNew || keys.sequence != sample.item.sequence)) {
        keys.mask = fingerprint(mask, fingerprint("mask", m_prior));
        keys.sequence = sample.item.sequence;
    }
    return keys;
}

torch::Tensor PriorLatents::ofImage(const PreparedSample &sample, int variant)
{
    return cached(keysOf(sample).image, sample.image, variant, false);
}

torch::Tensor PriorLatents::ofMask(const PreparedSample &sample, int variant)
{
    return cached(keysOf(sample).mask, maskOf(sample), variant, true);
}

torch::Tensor PriorLatents::cached(const LatentKey &key, const torch::Tensor &pixels, int variant, bool isMask)
{
    const auto keyOf = [&](int which) { return fingerprint(&which, sizeof which, key); };
    if (const torch::Tensor known = m_cache.find(keyOf(variant)); known.defined()) {
        return known.view(m_shape);
    }
    // Always in twos: a fixed batch keeps the rounding the same in a resumed run, and a small one the memory small.
    const int first = variant / 2 * 2;
    const torch::Tensor one = pixels.unsqueeze(0);
    const torch::Tensor two = encode(torch::cat({dihedral(one, first), dihedral(one, first + 1)}), isMask);
    m_cache.insert(keyOf(first), two[0]);
    m_cache.insert(keyOf(first + 1), two[1]);
    return two[variant - first];
}

torch::Tensor PriorLatents::encode(const torch::Tensor &turned, bool isMask)
{
    torch::NoGradGuard noGrad;
    torch::Tensor input;
    if (isMask) {
        const torch::Tensor indices = turned.to(torch::kInt64);
        input = encodeClasses(indices.masked_fill(indices == IgnoredIndex, 0).to(m_device), m_colours);
    } else {
        input = turned.to(torch::kFloat32).div_(127.5).sub_(1.0).to(m_device);
    }
    const torch::Tensor moments =
        m_networks->prior->encode(input.contiguous(torch::MemoryFormat::ChannelsLast)).moments;
    return m_networks->latentMean(moments).to(torch::kCPU).contiguous();
}

} // namespace semigda::learning
