// SPDX-License-Identifier: Apache-2.0
#include "learning/Descent_p.h"

#include "learning/Losses_p.h"

#include <algorithm>
#include <cmath>

namespace semigda::learning
{

StepLosses descend(std::span<Optimiser> optimisers, std::optional<WeightAverage> &average, const StepPlace &place,
                   int parts, const std::function<PartLoss(int part)> &lossOf)
{
    for (Optimiser &optimiser : optimisers) {
        optimiser.zeroGradients();
        optimiser.setRate(place.rateFactor * polynomialDecay(optimiser.startRate(), place.t));
    }
    StepLosses losses;
    bool isAnyDefined = false;
    for (int part = 0; part < parts; ++part) {
        PartLoss each = lossOf(part);
        if (!each.loss.defined()) {
            continue;
        }
        isAnyDefined = true;
        const double value = each.loss.item<double>();
        losses.total += value / parts;
        for (auto &[name, term] : each.terms) {
            const auto known = std::find_if(losses.parts.begin(), losses.parts.end(),
                                            [&name = name](const auto &entry) { return entry.first == name; });
            if (known == losses.parts.end()) {
                losses.parts.emplace_back(name, term / parts);
            } else {
                known->second += term / parts;
            }
        }
        losses.isFinite = std::isfinite(value);
        if (!losses.isFinite) {
            return losses;
        }
        // A whole batch is not divided: by one, even, would be a step more to round.
        (parts == 1 ? each.loss : each.loss / parts).backward();
    }
    if (!isAnyDefined) {
        return losses;
    }
    for (Optimiser &optimiser : optimisers) {
        losses.isFinite = losses.isFinite && optimiser.step();
    }
    if (losses.isFinite && average) {
        average->update();
    }
    return losses;
}

int evenParts(int wanted, int most)
{
    int parts = std::clamp(wanted, 1, most);
    while (most % parts != 0) {
        ++parts;
    }
    return parts;
}

std::vector<std::size_t> portion(const std::vector<std::size_t> &batch, int part, int parts)
{
    const auto at = [&](int number) {
        return static_cast<std::ptrdiff_t>(batch.size() * static_cast<std::size_t>(number)
                                           / static_cast<std::size_t>(parts));
    };
    return {batch.begin() + at(part), batch.begin() + at(part + 1)};
}

} // namespace semigda::learning
