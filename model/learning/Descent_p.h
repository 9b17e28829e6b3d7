// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/Learner_p.h"
#include "learning/Optimiser_p.h"

#include <functional>
#include <optional>
#include <span>

namespace semigda::learning
{

/// The loss of a part of a batch, a mean over its images; undefined when the part is empty.
struct PartLoss
{
    torch::Tensor loss;
    std::vector<std::pair<std::string, double>> terms; ///< for the curves
};

/// One step down the slope of a batch that is worked through in `parts` portions, one after the other in memory: the
/// mean of their losses is what is descended. With equal portions that is the mean over the whole batch; only batch
/// norms see one portion at a time. When `lossOf` throws, no weight has changed yet (the batch norms' running means may
/// have), so the step can be tried again with more parts.
StepLosses descend(std::span<Optimiser> optimisers, std::optional<WeightAverage> &average, const StepPlace &place,
                   int parts, const std::function<PartLoss(int part)> &lossOf);

/// The smallest number of parts from `wanted` on that divides `most` without rest, so that portions are equal; at most
/// `most`.
int evenParts(int wanted, int most);

/// The `part`-th of `parts` nearly equal portions of a batch, in order; all of them together are the batch.
std::vector<std::size_t> portion(const std::vector<std::size_t> &batch, int part, int parts);

/// Puts the averaged weights in place while it lives, if there are any.
class AveragedWeights
{
public:
    explicit AveragedWeights(std::optional<WeightAverage> &average)
        : m_average(average)
    {
        exchange();
    }
    ~AveragedWeights() { exchange(); }
    AveragedWeights(const AveragedWeights &) = delete;
    AveragedWeights &operator=(const AveragedWeights &) = delete;

private:
    void exchange()
    {
        if (m_average) {
            m_average->exchange();
        }
    }
    std::optional<WeightAverage> &m_average;
};

} // namespace semigda::learning
