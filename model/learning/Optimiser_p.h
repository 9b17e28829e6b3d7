// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/Safetensors.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

namespace semigda::learning
{

/// AdamW or SGD with momentum 0.9 over one group of parameters, with a rate that a schedule sets.
class Optimiser
{
public:
    Optimiser(std::vector<torch::Tensor> parameters, double rate, double weightDecay, bool useAdam);
    void setRate(double rate);
    double startRate() const { return m_startRate; }
    /// Leaves the gradients undefined: step() then leaves alone what the loss did not reach.
    void zeroGradients();
    /// False, without a step, when a gradient is not finite.
    bool step();
    void store(const std::string &name, TensorFile &file);
    core::Result<void> restore(const std::string &name, const TensorFile &file);

private:
    void stepFused(double norm);

    std::vector<torch::Tensor> m_parameters;
    std::unique_ptr<torch::optim::Optimizer> m_optimizer; ///< holds what is learned of the gradients
    double m_startRate;
    bool m_isAdam;
};

/// Exponential moving average of trained weights; buffers (batch norm statistics) are followed likewise.
class WeightAverage
{
public:
    WeightAverage(std::vector<torch::Tensor> live, double decay);
    void update();
    /// Puts the averaged values into the live tensors, and back at the next call.
    void exchange();
    void store(const std::string &name, TensorFile &file) const;
    core::Result<void> restore(const std::string &name, const TensorFile &file);

private:
    std::vector<torch::Tensor> m_live;
    std::vector<torch::Tensor> m_average;
    double m_decay;
    std::int64_t m_updates = 0;
};

/// Parameters and floating-point buffers, each once.
std::vector<torch::Tensor> averagedTensors(const std::vector<const torch::nn::Module *> &modules);
/// Weights of convolutions in the layout that CPU and GPU kernels are fastest with.
void toChannelsLast(torch::nn::Module &module);

} // namespace semigda::learning
