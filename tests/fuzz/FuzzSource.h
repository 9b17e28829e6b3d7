// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fuzz/FuzzSupport.h"
#include "learning/TensorSource_p.h"
#include "learning/WeightNames_p.h"

namespace semigda::test
{

/// Opens a file of any format, looks for an autoencoder in it and reads what is not too large for thousands of runs a
/// second.
inline void exerciseSource(const std::filesystem::path &file)
{
    constexpr std::uint64_t MostBytes = 1U << 20;
    const auto source = learning::openTensorSource(file);
    if (!source) {
        requireSentence(source.error(), file);
        return;
    }
    const learning::TensorListing &tensors = (*source)->tensors();
    for (const auto &[name, info] : tensors) {
        const auto count = learning::elementCount(info.shape);
        require(count.has_value(), "shapes are possible");
        if (info.type && *count * learning::bytesPerElement(*info.type) > MostBytes) {
            continue;
        }
        const auto raw = (*source)->read(name);
        if (!raw) {
            requireSentence(raw.error(), file);
            continue;
        }
        require(raw->type == info.type && raw->shape == info.shape, "a tensor is as the listing says");
        require(raw->bytes.size() == *count * learning::bytesPerElement(raw->type), "a tensor has all its bytes");
    }
    const auto names = learning::WeightNames::find(tensors, file);
    if (!names) {
        requireSentence(names.error(), file);
        return;
    }
    require(names->levelWidths(tensors).size() <= tensors.size(), "each level has a tensor");
    for (const char *ours : {"vae_model.encoder.conv_in.weight", "vae_model.decoder.up.3.block.0.nin_shortcut.bias",
                             "vae_model.encoder.mid.attn_1.proj_out.weight", "resnet.conv1.weight"}) {
        require(!names->inFile(ours).empty() && (names->isPart(names->inFile(ours)) || !names->hasPartOf(ours)),
                "a name of the file belongs to its part");
    }
    require(tensors.contains(names->inFile("vae_model.encoder.conv_in.weight")), "the autoencoder is there");
}

} // namespace semigda::test
