// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/SemiGdaNetworks_p.h"

namespace semigda::test
{

using learning::AdapterKind;
using learning::Branch;
using learning::Encoded;
using learning::NetworkShape;
using learning::SemiGdaNetworks;

/// The paper's structure at widths that compute in milliseconds.
inline NetworkShape narrowPaper()
{
    NetworkShape shape = NetworkShape::paper();
    shape.width = 8;
    shape.multipliers = {1, 2, 2, 2};
    shape.groups = 4;
    shape.encoderBlocks = 1;
    shape.decoderBlocks = 2;
    shape.cnnBlocks = {1, 2, 1};
    shape.mappingWidth = 8;
    shape.mappingGroups = 4;
    return shape;
}

/// Stage 2 in small: the sum of what both branches decode.
inline torch::Tensor bothBranches(SemiGdaNetworks &networks, const torch::Tensor &image)
{
    Encoded vae;
    {
        torch::NoGradGuard noGrad;
        vae = networks->encodeVae(image);
    }
    const torch::Tensor mapped = networks->mapping->forward(networks->latentMean(vae.moments), vae.features.back()).out;
    const Encoded cnn = networks->encodeCnn(image);
    return networks->decodeMask(mapped, vae.features, Branch::Vae)
           + networks->decodeMask(networks->latentMean(cnn.moments), cnn.features, Branch::Cnn);
}

} // namespace semigda::test
