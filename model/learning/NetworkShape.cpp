// SPDX-License-Identifier: Apache-2.0
#include "learning/NetworkShape.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace semigda::learning
{

NLOHMANN_JSON_SERIALIZE_ENUM(AdapterKind, {{AdapterKind::Residual, "residual"},
                                           {AdapterKind::Light, "light"},
                                           {AdapterKind::Normed, "normed"}})

NetworkShape NetworkShape::paper()
{
    return {};
}

NetworkShape NetworkShape::compact()
{
    NetworkShape shape;
    shape.stemFactor = 2;
    shape.width = 32;
    shape.multipliers = {1, 2, 3};
    shape.encoderBlocks = 1;
    shape.decoderBlocks = 1;
    shape.groups = 8;
    shape.hasMiddleAttention = false;
    shape.hasLightDecoder = true;
    shape.adapters = AdapterKind::Normed;
    shape.adaptersSeePixels = true;
    shape.cnnStemBlocks = 1;
    shape.cnnBlocks = {2, 2};
    shape.mappingWidth = 32;
    shape.mappingMultipliers = {1, 1, 2, 2};
    shape.mappingGroups = 8;
    shape.hasMappingAttention = false;
    shape.mappingSeesFeatures = true;
    return shape;
}

std::string NetworkShape::toJson() const
{
    const nlohmann::json json{{"stem_factor", stemFactor},
                              {"width", width},
                              {"multipliers", multipliers},
                              {"encoder_blocks", encoderBlocks},
                              {"decoder_blocks", decoderBlocks},
                              {"groups", groups},
                              {"middle_attention", hasMiddleAttention},
                              {"light_decoder", hasLightDecoder},
                              {"adapters", adapters},
                              {"adapters_see_pixels", adaptersSeePixels},
                              {"latent_channels", latentChannels},
                              {"latent_scale", latentScale},
                              {"cnn_stem_blocks", cnnStemBlocks},
                              {"cnn_blocks", cnnBlocks},
                              {"mapping_width", mappingWidth},
                              {"mapping_multipliers", mappingMultipliers},
                              {"mapping_groups", mappingGroups},
                              {"mapping_attention", hasMappingAttention},
                              {"mapping_sees_features", mappingSeesFeatures}};
    return json.dump();
}

core::Result<NetworkShape> NetworkShape::fromJson(const std::string &text)
{
    NetworkShape shape;
    try {
        const auto json = nlohmann::json::parse(text);
        json.at("stem_factor").get_to(shape.stemFactor);
        json.at("width").get_to(shape.width);
        json.at("multipliers").get_to(shape.multipliers);
        json.at("encoder_blocks").get_to(shape.encoderBlocks);
        json.at("decoder_blocks").get_to(shape.decoderBlocks);
        json.at("groups").get_to(shape.groups);
        json.at("middle_attention").get_to(shape.hasMiddleAttention);
        json.at("light_decoder").get_to(shape.hasLightDecoder);
        if (json.contains("adapters")) {
            json.at("adapters").get_to(shape.adapters);
            json.at("adapters_see_pixels").get_to(shape.adaptersSeePixels);
        } else if (json.value("light_adapters", shape.hasLightDecoder)) {
            shape.adapters = AdapterKind::Light;
        }
        json.at("latent_channels").get_to(shape.latentChannels);
        json.at("latent_scale").get_to(shape.latentScale);
        shape.cnnStemBlocks = json.value("cnn_stem_blocks", 0);
        json.at("cnn_blocks").get_to(shape.cnnBlocks);
        json.at("mapping_width").get_to(shape.mappingWidth);
        json.at("mapping_multipliers").get_to(shape.mappingMultipliers);
        json.at("mapping_groups").get_to(shape.mappingGroups);
        json.at("mapping_attention").get_to(shape.hasMappingAttention);
        shape.mappingSeesFeatures = json.value("mapping_sees_features", false);
    } catch (const nlohmann::json::exception &failure) {
        return core::Error{
            core::ErrorCode::CorruptFile,
            core::phrase("errors",
                         "The description of the networks in the checkpoint cannot be read (%1); train again.")
                .with(std::string(failure.what()))};
    }
    const auto inRange = [](int value, int low, int high) { return value >= low && value <= high; };
    constexpr int WidestLevel = 2048; // four times the paper's: a bound on memory, not on taste
    bool isSane = inRange(shape.stemFactor, 1, 8) && inRange(shape.width, 1, 1024) && inRange(shape.levels(), 2, 6)
                  && inRange(shape.encoderBlocks, 1, 8) && inRange(shape.decoderBlocks, 1, 8)
                  && inRange(shape.groups, 1, 64) && inRange(shape.latentChannels, 1, 64)
                  && (!shape.adaptersSeePixels || shape.adapters == AdapterKind::Normed)
                  && inRange(shape.cnnStemBlocks, 0, 32) && std::isfinite(shape.latentScale) && shape.latentScale > 0.0
                  && shape.cnnBlocks.size() + 1 == shape.multipliers.size() && inRange(shape.mappingWidth, 1, 512)
                  && shape.mappingMultipliers.size() == 4 && inRange(shape.mappingGroups, 1, 64);
    for (const auto *list : {&shape.multipliers, &shape.cnnBlocks, &shape.mappingMultipliers}) {
        for (const int value : *list) {
            isSane = isSane && inRange(value, 1, 32);
        }
    }
    // Norms need whole groups.
    for (int level = 0; isSane && level < shape.levels(); ++level) {
        isSane = shape.levelWidth(level) <= WidestLevel && shape.levelWidth(level) % shape.groups == 0;
    }
    for (const int multiplier : shape.mappingMultipliers) {
        const int width = shape.mappingWidth * multiplier;
        isSane = isSane && width <= WidestLevel && width % shape.mappingGroups == 0
                 && shape.mappingWidth % shape.mappingGroups == 0;
    }
    if (!isSane) {
        return core::Error{
            core::ErrorCode::CorruptFile,
            core::phrase("errors", "The networks described in the checkpoint have impossible sizes; train again.")};
    }
    return shape;
}

} // namespace semigda::learning
