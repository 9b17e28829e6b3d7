// SPDX-License-Identifier: Apache-2.0
#include "learning/Optimiser_p.h"

#include "learning/AdamStep_p.h"
#include "learning/TensorState_p.h"

#include <torch/version.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <sstream>

namespace semigda::learning
{

namespace
{

// Far above what healthy training shows: it bounds a single bad batch without changing the method.
constexpr double LargestNorm = 100.0;

/// Under which LibTorch's optimiser keeps what it knows of a parameter.
auto keyOf(const torch::Tensor &parameter)
{
#if TORCH_VERSION_MAJOR >= 2
    return static_cast<void *>(parameter.unsafeGetTensorImpl());
#else
    return c10::guts::to_string(parameter.unsafeGetTensorImpl());
#endif
}

/// As LibTorch starts it.
torch::optim::AdamWParamState &stateOf(torch::optim::Optimizer &optimizer, const torch::Tensor &parameter)
{
    auto &known = optimizer.state()[keyOf(parameter)];
    if (!known) {
        auto fresh = std::make_unique<torch::optim::AdamWParamState>();
        fresh->step(0);
        fresh->exp_avg(torch::zeros_like(parameter, torch::MemoryFormat::Preserve));
        fresh->exp_avg_sq(torch::zeros_like(parameter, torch::MemoryFormat::Preserve));
        known = std::move(fresh);
    }
    return static_cast<torch::optim::AdamWParamState &>(*known);
}

core::Error missing(const std::string &name)
{
    return {core::ErrorCode::CorruptFile,
            core::phrase("errors", "The saved state of the training run lacks %1; start a new run.").with(name)};
}

} // namespace

Optimiser::Optimiser(std::vector<torch::Tensor> parameters, double rate, double weightDecay, bool useAdam)
    : m_parameters(std::move(parameters))
    , m_startRate(rate)
    , m_isAdam(useAdam)
{
    if (useAdam) {
        m_optimizer = std::make_unique<torch::optim::AdamW>(m_parameters,
                                                            torch::optim::AdamWOptions(rate).weight_decay(weightDecay));
    } else {
        m_optimizer = std::make_unique<torch::optim::SGD>(
            m_parameters, torch::optim::SGDOptions(rate).momentum(0.9).weight_decay(weightDecay));
    }
}

void Optimiser::setRate(double rate)
{
    for (auto &group : m_optimizer->param_groups()) {
        group.options().set_lr(rate);
    }
}

void Optimiser::zeroGradients()
{
    // Undefined, not zero: what a step does not train must stay as it is, without the momentum of the step before.
    for (torch::Tensor &parameter : m_parameters) {
        parameter.mutable_grad() = torch::Tensor();
    }
}

bool Optimiser::step()
{
    std::vector<torch::Tensor> gradients;
    bool isPlain = m_isAdam;
    for (const torch::Tensor &parameter : m_parameters) {
        if (parameter.grad().defined()) {
            isPlain = isPlain && canStep(parameter, parameter.grad());
            gradients.push_back(parameter.grad());
        }
    }
    const double norm = isPlain ? jointNorm(gradients) : torch::nn::utils::clip_grad_norm_(m_parameters, LargestNorm);
    if (!std::isfinite(norm)) {
        return false;
    }
    if (isPlain) {
        stepFused(norm);
    } else {
        m_optimizer->step();
    }
    return true;
}

void Optimiser::stepFused(double norm)
{
    const auto &options = static_cast<const torch::optim::AdamWOptions &>(m_optimizer->param_groups()[0].options());
    AdamRule rule;
    rule.rate = options.lr();
    rule.weightDecay = options.weight_decay();
    rule.beta1 = std::get<0>(options.betas());
    rule.beta2 = std::get<1>(options.betas());
    rule.epsilon = options.eps();
    rule.gradientFactor = std::min(LargestNorm / (norm + 1e-6), 1.0);
    std::vector<AdamTensors> tensors;
    for (const torch::Tensor &parameter : m_parameters) {
        if (!parameter.grad().defined()) {
            continue;
        }
        auto &state = stateOf(*m_optimizer, parameter);
        state.step(state.step() + 1);
        // A saved state comes back in whatever layout it was written.
        for (const auto &mean : {state.exp_avg(), state.exp_avg_sq()}) {
            if (mean.strides() != parameter.strides()) {
                mean.set_data(torch::empty_like(parameter).copy_(mean));
            }
        }
        tensors.push_back({parameter, parameter.grad(), state.exp_avg(), state.exp_avg_sq(), state.step()});
    }
    torch::NoGradGuard noGrad;
    adamStep(tensors, rule);
}

void Optimiser::store(const std::string &name, TensorFile &file)
{
    std::ostringstream stream;
    torch::save(*m_optimizer, stream);
    const std::string bytes = stream.str();
    RawTensor raw;
    raw.type = TensorType::UInt8;
    raw.shape = {static_cast<std::int64_t>(bytes.size())};
    raw.bytes.resize(bytes.size());
    std::memcpy(raw.bytes.data(), bytes.data(), bytes.size());
    file.tensors[name] = std::move(raw);
}

core::Result<void> Optimiser::restore(const std::string &name, const TensorFile &file)
{
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end()) {
        return missing(name);
    }
    std::string bytes(found->second.bytes.size(), '\0');
    std::memcpy(bytes.data(), found->second.bytes.data(), bytes.size());
    std::istringstream stream(bytes);
    try {
        torch::load(*m_optimizer, stream);
    } catch (const std::exception &) {
        return missing(name);
    }
    return {};
}

WeightAverage::WeightAverage(std::vector<torch::Tensor> live, double decay)
    : m_live(std::move(live))
    , m_decay(decay)
{
    torch::NoGradGuard noGrad;
    for (const torch::Tensor &tensor : m_live) {
        m_average.push_back(tensor.detach().clone());
    }
}

void WeightAverage::update()
{
    torch::NoGradGuard noGrad;
    ++m_updates;
    const auto count = static_cast<double>(m_updates);
    // Early on a shorter memory, or the average would stay near the random start.
    const double decay = std::min(m_decay, (1.0 + count) / (10.0 + count));
    for (std::size_t i = 0; i < m_live.size(); ++i) {
        m_average[i].lerp_(m_live[i].detach(), 1.0 - decay);
    }
}

void WeightAverage::exchange()
{
    // The tensors change their storage, so that nothing is copied.
    for (std::size_t i = 0; i < m_live.size(); ++i) {
        const torch::Tensor kept = m_live[i].variable_data();
        m_live[i].set_data(m_average[i]);
        m_average[i] = kept;
    }
}

void WeightAverage::store(const std::string &name, TensorFile &file) const
{
    for (std::size_t i = 0; i < m_average.size(); ++i) {
        file.tensors[name + "." + std::to_string(i)] = toRaw(m_average[i]);
    }
    file.metadata[name + ".updates"] = std::to_string(m_updates);
}

core::Result<void> WeightAverage::restore(const std::string &name, const TensorFile &file)
{
    torch::NoGradGuard noGrad;
    for (std::size_t i = 0; i < m_average.size(); ++i) {
        const auto found = file.tensors.find(name + "." + std::to_string(i));
        if (found == file.tensors.end() || found->second.shape != m_average[i].sizes().vec()) {
            return missing(name);
        }
        m_average[i].copy_(fromRaw(found->second));
    }
    const auto updates = file.metadata.find(name + ".updates");
    if (updates == file.metadata.end()) {
        return missing(name);
    }
    m_updates = std::strtoll(updates->second.c_str(), nullptr, 10);
    return {};
}

std::vector<torch::Tensor> averagedTensors(const std::vector<const torch::nn::Module *> &modules)
{
    std::vector<torch::Tensor> unique;
    const auto add = [&unique](const torch::Tensor &tensor) {
        if (tensor.is_floating_point() && std::none_of(unique.begin(), unique.end(), [&](const torch::Tensor &known) {
                return known.is_same(tensor);
            })) {
            unique.push_back(tensor);
        }
    };
    for (const torch::nn::Module *module : modules) {
        for (const torch::Tensor &tensor : module->parameters()) {
            add(tensor);
        }
        for (const torch::Tensor &tensor : module->buffers()) {
            add(tensor);
        }
    }
    return unique;
}

void toChannelsLast(torch::nn::Module &module)
{
    torch::NoGradGuard noGrad;
    for (auto &parameter : module.parameters()) {
        if (parameter.dim() == 4) {
            parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
        }
    }
}

} // namespace semigda::learning
