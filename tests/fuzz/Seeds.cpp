// SPDX-License-Identifier: Apache-2.0
#include "fuzz/Seeds.h"

#include "learning/TorchArchiveWriter.h"

namespace semigda::test
{

namespace
{

using learning::RawTensor;
using learning::TensorType;

std::string safetensors(const std::string &header, const std::string &data)
{
    return joined({littleEndianBytes(header.size(), 8), header, data});
}

std::vector<std::string> safetensorsSeeds()
{
    std::vector<std::string> seeds{
        safetensors("{}", ""),
        safetensors(R"({"__metadata__":{"format":"pt","latent_scale":"0.5"},)"
                    R"("a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},)"
                    R"("b":{"dtype":"F16","shape":[],"data_offsets":[8,10]}}    )",
                    "0123456789"),
        safetensors(R"({"encoder.conv_in.weight":{"dtype":"BF16","shape":[1,2],"data_offsets":[0,4]},)"
                    R"("encoder.down.0.block.0.conv1.weight":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}})",
                    "01234567"),
        safetensors(R"({"vae_model.encoder.conv_in.weight":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},)"
                    R"("resnet.conv1.weight":{"dtype":"I32","shape":[0,9],"data_offsets":[8,8]},)"
                    R"("x":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[8,16]}})",
                    "0123456789abcdef"),
        safetensors(
            R"({"vae.encoder.conv_in.weight":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},)"
            R"("vae.encoder.down_blocks.0.resnets.0.conv1.weight":{"dtype":"U8","shape":[1],"data_offsets":[8,9]},)"
            R"("vae.decoder.up_blocks.0.resnets.0.conv1.bias":{"dtype":"U8","shape":[1],"data_offsets":[9,10]},)"
            R"("vae.encoder.mid_block.attentions.0.query.bias":{"dtype":"U8","shape":[1],"data_offsets":[10,11]}})",
            "0123456789a")};
    return seeds;
}

RawTensor floats(const std::vector<std::int64_t> &shape, std::size_t count)
{
    return {TensorType::Float32, shape, std::vector<std::byte>(count * 4)};
}

/// Checkpoints of all the kinds that there are; their storages fit those of the fuzz target.
std::vector<TorchArchiveWriter> checkpoints()
{
    std::vector<TorchArchiveWriter> writers(5);
    writers[0].stateDict({{"encoder.conv_in.weight", floats({2, 2}, 4)},
                          {"encoder.down.0.block.0.conv1.weight", floats({2}, 2)},
                          {"decoder.conv_in.bias", floats({}, 1)}});

    PickleWriter *pickle = &writers[1].pickle;
    pickle->beginDict();
    pickle->text("global_step");
    pickle->integer(std::int64_t(1) << 40);
    pickle->text("callbacks");
    pickle->op("}");
    pickle->global("pytorch_lightning.callbacks", "ModelCheckpoint");
    pickle->op("}");
    pickle->text("score");
    pickle->op("G\x3F\xF0");
    pickle->op(std::string(6, '\0'));
    pickle->op("ss");
    pickle->text("hyper_parameters");
    pickle->global("argparse", "Namespace");
    pickle->op(")\x81}");
    pickle->text("rate");
    pickle->op("]N\x88\x89K\x01");
    pickle->op("0e"
               "sb"); // never valid, but near
    pickle->endDict();

    pickle = &writers[2].pickle;
    pickle->beginDict();
    pickle->text("state_dict");
    writers[2].stateDict({{"first_stage_model.encoder.conv_in.weight", floats({1, 4}, 4)}});
    pickle->op("}");
    pickle->text("_metadata");
    pickle->op("Nsb");
    pickle->text("optimizer_states");
    pickle->op("](}K\x01"
               "N\x85"
               "se");
    pickle->endDict();

    writers[3].pickle.beginOrderedDict();
    writers[3].pickle.text("vae_model.encoder.conv_in.weight");
    writers[3].view(writers[3].storage(std::string(64, 'x')), "HalfStorage", 32, 3, {4, 3}, {1, 8});
    writers[3].pickle.text("mapping_model.input_blocks.weight");
    writers[3].view("0", "BFloat16Storage", 32, 0, {2, 3, 4}, {0, 4, 1});
    writers[3].pickle.text("resnet.conv1.weight");
    writers[3].parameter(floats({2}, 2));
    writers[3].pickle.text("other");
    writers[3].view("0", "ComplexFloatStorage", 8, 0, {8}, {1});
    writers[3].pickle.endDict();

    writers[4].pickle.beginDict();
    writers[4].pickle.text("resnet");
    writers[4].stateDict({{"conv1.weight", floats({3}, 3)}});
    writers[4].pickle.text("mapping_model");
    writers[4].stateDict({{"input_blocks.weight", floats({2}, 2)}});
    writers[4].pickle.endDict();
    return writers;
}

} // namespace

std::vector<std::string> fuzzSeeds(const std::string &target)
{
    if (target == "Safetensors") {
        return safetensorsSeeds();
    }
    std::vector<std::string> seeds;
    for (const TorchArchiveWriter &writer : checkpoints()) {
        seeds.push_back(writer.pickle.bytes + '.');
    }
    if (target == "TorchArchive") {
        for (TorchArchiveWriter writer : checkpoints()) {
            seeds.push_back(writer.toBytes());
        }
        for (TorchArchiveWriter writer : checkpoints()) {
            writer.zip.usesZip64 = true;
            writer.zip.comment = "comment";
            seeds.push_back(writer.toBytes());
        }
    }
    return seeds;
}

} // namespace semigda::test
