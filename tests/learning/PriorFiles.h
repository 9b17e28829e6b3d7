// SPDX-License-Identifier: Apache-2.0
// Files of weights as other programs write them, made from networks of ours.
#pragma once

#include "learning/NarrowNetworks.h"
#include "learning/TensorState_p.h"
#include "learning/TorchArchiveWriter.h"

#include <functional>

namespace semigda::test
{

using Tensors = std::map<std::string, learning::RawTensor>;

/// Networks of which no two tensors are alike, norms and running statistics included.
inline SemiGdaNetworks randomNetworks(const NetworkShape &shape, std::uint64_t seed)
{
    torch::manual_seed(seed);
    SemiGdaNetworks networks(shape);
    torch::NoGradGuard noGrad;
    for (auto &item : networks->named_parameters()) {
        item.value().copy_(torch::randn_like(item.value()) * 0.1 + 0.05);
    }
    for (auto &item : networks->named_buffers()) {
        if (item.key().ends_with("num_batches_tracked")) {
            item.value().fill_(7);
        } else {
            item.value().copy_(torch::rand_like(item.value()) + 0.5);
        }
    }
    networks->eval();
    return networks;
}

/// All tensors under the reference's names.
inline Tensors tensorsOf(const SemiGdaNetworks &networks)
{
    learning::TensorFile file;
    learning::storeModule(*networks, "", file);
    return file.tensors;
}

/// The autoencoder alone under the names of LDM checkpoints.
inline Tensors ldmAutoencoder(const SemiGdaNetworks &networks)
{
    constexpr std::string_view Prefix = "vae_model.";
    Tensors tensors;
    for (const auto &[name, raw] : tensorsOf(networks)) {
        if (name.starts_with(Prefix) && name.find("Jump_") == std::string::npos) {
            tensors[name.substr(Prefix.size())] = raw;
        }
    }
    return tensors;
}

inline Tensors withPrefix(const std::string &prefix, const Tensors &tensors)
{
    Tensors renamed;
    for (const auto &[name, raw] : tensors) {
        renamed[prefix + name] = raw;
    }
    return renamed;
}

enum class Attention {
    Recent,  ///< to_q, ..., linear layers
    Old,     ///< query, ..., linear layers
    OldLines ///< query, ..., convolutions of lines, [C, C, 1]
};

/// The autoencoder as diffusers' AutoencoderKL names it, module by module.
inline Tensors diffusersAutoencoder(const SemiGdaNetworks &networks, Attention attention)
{
    const Tensors ldm = ldmAutoencoder(networks);
    const NetworkShape &shape = networks->shape();
    const int levels = shape.levels();
    Tensors result;
    const auto layer = [&](const std::string &to, const std::string &from) {
        for (const char *leaf : {".weight", ".bias"}) {
            if (const auto found = ldm.find(from + leaf); found != ldm.end()) {
                result[to + leaf] = found->second;
            }
        }
    };
    const auto resnet = [&](const std::string &to, const std::string &from) {
        for (const char *name : {".norm1", ".conv1", ".norm2", ".conv2"}) {
            layer(to + name, from + name);
        }
        layer(to + ".conv_shortcut", from + ".nin_shortcut");
    };
    const auto number = [](int value) { return std::to_string(value); };
    for (const std::string side : {"encoder", "decoder"}) {
        layer(side + ".conv_in", side + ".conv_in");
        layer(side + ".conv_norm_out", side + ".norm_out");
        layer(side + ".conv_out", side + ".conv_out");
        resnet(side + ".mid_block.resnets.0", side + ".mid.block_1");
        resnet(side + ".mid_block.resnets.1", side + ".mid.block_2");
        const bool isRecent = attention == Attention::Recent;
        const std::string to = side + ".mid_block.attentions.0.";
        const std::string from = side + ".mid.attn_1.";
        layer(to + "group_norm", from + "norm");
        layer(to + (isRecent ? "to_q" : "query"), from + "q");
        layer(to + (isRecent ? "to_k" : "key"), from + "k");
        layer(to + (isRecent ? "to_v" : "value"), from + "v");
        layer(to + (isRecent ? "to_out.0" : "proj_attn"), from + "proj_out");
    }
    for (auto &[name, raw] : result) {
        if (name.find(".attentions.") != std::string::npos && raw.shape.size() == 4) {
            raw.shape.resize(attention == Attention::OldLines ? 3 : 2);
        }
    }
    for (int i = 0; i < levels; ++i) {
        const std::string down = "encoder.down_blocks." + number(i);
        for (int j = 0; j < shape.encoderBlocks; ++j) {
            resnet(down + ".resnets." + number(j), "encoder.down." + number(i) + ".block." + number(j));
        }
        const std::string up = "decoder.up_blocks." + number(i);
        const std::string level = "decoder.up." + number(levels - 1 - i);
        for (int j = 0; j < shape.decoderBlocks; ++j) {
            resnet(up + ".resnets." + number(j), level + ".block." + number(j));
        }
        if (i + 1 < levels) {
            layer(down + ".downsamplers.0.conv", "encoder.down." + number(i) + ".downsample.conv");
            layer(up + ".upsamplers.0.conv", level + ".upsample.conv");
        }
    }
    layer("quant_conv", "quant_conv");
    layer("post_quant_conv", "post_quant_conv");
    return result;
}

/// Writes a safetensors file or, for any other extension, what torch.save makes of {first: {second: ... tensors}}.
inline void writeWeights(const std::filesystem::path &path, const Tensors &tensors,
                         const std::vector<std::string> &folders = {})
{
    if (path.extension() == ".safetensors") {
        learning::TensorFile file;
        file.tensors = tensors;
        static_cast<void>(learning::writeSafetensors(path, file).has_value());
        return;
    }
    TorchArchiveWriter writer;
    for (const std::string &folder : folders) {
        writer.pickle.beginDict();
        writer.pickle.text("epoch");
        writer.pickle.integer(3);
        writer.pickle.text(folder);
    }
    writer.stateDict(tensors);
    for (std::size_t i = 0; i < folders.size(); ++i) {
        writer.pickle.endDict();
    }
    writer.write(path);
}

} // namespace semigda::test
