// SPDX-License-Identifier: Apache-2.0
#include "learning/TensorState_p.h"

#include "core/Numbers.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace semigda::learning
{

namespace
{

TensorType typeOf(torch::ScalarType type)
{
    switch (type) {
    case torch::kFloat16:
        return TensorType::Float16;
    case torch::kBFloat16:
        return TensorType::BFloat16;
    case torch::kFloat64:
        return TensorType::Float64;
    case torch::kInt64:
        return TensorType::Int64;
    case torch::kInt32:
        return TensorType::Int32;
    case torch::kUInt8:
        return TensorType::UInt8;
    default:
        return TensorType::Float32;
    }
}

torch::ScalarType scalarOf(TensorType type)
{
    switch (type) {
    case TensorType::Float16:
        return torch::kFloat16;
    case TensorType::BFloat16:
        return torch::kBFloat16;
    case TensorType::Float64:
        return torch::kFloat64;
    case TensorType::Int64:
        return torch::kInt64;
    case TensorType::Int32:
        return torch::kInt32;
    case TensorType::UInt8:
        return torch::kUInt8;
    case TensorType::Float32:
        break;
    }
    return torch::kFloat32;
}

bool endsWith(const std::string &text, const std::string &end)
{
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

core::Result<void> restoreOne(torch::Tensor &target, const std::string &key, const TensorFile &file,
                              const std::string &fileName, const std::vector<std::string> &optional)
{
    const auto found = file.tensors.find(key);
    if (found == file.tensors.end()) {
        const bool mayMiss = endsWith(key, "num_batches_tracked")
                             || std::any_of(optional.begin(), optional.end(),
                                            [&](const std::string &start) { return key.rfind(start, 0) == 0; });
        if (mayMiss) {
            return {};
        }
        return core::Error{
            core::ErrorCode::CorruptFile,
            core::phrase("errors", "%1 does not fit these networks: it has no \"%2\"; choose another file.")
                .with(fileName, key)};
    }
    if (found->second.shape != target.sizes().vec()) {
        return core::Error{
            core::ErrorCode::CorruptFile,
            core::phrase("errors", "%1 does not fit these networks: \"%2\" has another shape; choose another file.")
                .with(fileName, key)};
    }
    target.copy_(fromRaw(found->second));
    return {};
}

} // namespace

RawTensor toRaw(const torch::Tensor &tensor)
{
    RawTensor raw;
    raw.type = typeOf(tensor.scalar_type());
    // Types that the file has no name for are widened to the default of typeOf().
    const torch::Tensor flat = tensor.detach().to(torch::kCPU, scalarOf(raw.type)).contiguous();
    raw.shape = flat.sizes().vec();
    raw.bytes.resize(static_cast<std::size_t>(flat.numel()) * bytesPerElement(raw.type));
    if (!raw.bytes.empty()) {
        std::memcpy(raw.bytes.data(), flat.data_ptr(), raw.bytes.size());
    }
    return raw;
}

torch::Tensor fromRaw(const RawTensor &raw)
{
    torch::Tensor tensor = torch::empty(raw.shape, torch::TensorOptions(scalarOf(raw.type)));
    if (!raw.bytes.empty()) {
        std::memcpy(tensor.data_ptr(), raw.bytes.data(), raw.bytes.size());
    }
    return tensor;
}

void storeModule(const torch::nn::Module &module, const std::string &prefix, TensorFile &file)
{
    for (const auto &item : module.named_parameters()) {
        file.tensors[prefix + item.key()] = toRaw(item.value());
    }
    for (const auto &item : module.named_buffers()) {
        file.tensors[prefix + item.key()] = toRaw(item.value());
    }
}

core::Result<void> restoreModule(torch::nn::Module &module, const std::string &prefix, const TensorFile &file,
                                 const std::string &fileName, const std::vector<std::string> &optional)
{
    torch::NoGradGuard noGrad;
    for (auto &item : module.named_parameters()) {
        if (const auto done = restoreOne(item.value(), prefix + item.key(), file, fileName, optional); !done) {
            return done;
        }
    }
    for (auto &item : module.named_buffers()) {
        if (const auto done = restoreOne(item.value(), prefix + item.key(), file, fileName, optional); !done) {
            return done;
        }
    }
    return {};
}

std::optional<double> latentScaleIn(const std::map<std::string, std::string> &metadata)
{
    const auto found = metadata.find("latent_scale");
    if (found == metadata.end()) {
        return std::nullopt;
    }
    // Models that the studio once trained in a language with a decimal comma have that.
    std::string text = found->second;
    std::replace(text.begin(), text.end(), ',', '.');
    const std::optional<double> value = core::numberFrom(text);
    return value && std::isfinite(*value) && *value > 0.0 ? value : std::nullopt;
}

} // namespace semigda::learning
