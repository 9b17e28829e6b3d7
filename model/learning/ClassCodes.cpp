// SPDX-License-Identifier: Apache-2.0
#include "learning/ClassCodes_p.h"

#include <algorithm>
#include <array>
#include <vector>

namespace semigda::learning
{

namespace
{

/// Sharp enough that a decoded corner is a certain class, soft enough that half way still has a gradient.
constexpr double Temperature = 0.5;

using Colour = std::array<float, 3>;

float squaredDistance(const Colour &a, const Colour &b)
{
    float sum = 0.0F;
    for (std::size_t i = 0; i < 3; ++i) {
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
}

} // namespace

torch::Tensor classColours(int classes)
{
    std::vector<Colour> chosen{{-1.0F, -1.0F, -1.0F}};
    std::vector<Colour> corners;
    for (int i = 7; i >= 1; --i) {
        corners.push_back({(i & 4) ? 1.0F : -1.0F, (i & 2) ? 1.0F : -1.0F, (i & 1) ? 1.0F : -1.0F});
    }
    // Finer grids come in once the corners are used up; from each set the point furthest from all chosen ones is next.
    const auto take = [&chosen](std::vector<Colour> &candidates) {
        const auto gap = [&chosen](const Colour &c) {
            float least = 1e9F;
            for (const Colour &other : chosen) {
                least = std::min(least, squaredDistance(c, other));
            }
            return least;
        };
        const auto best = std::max_element(candidates.begin(), candidates.end(),
                                           [&](const Colour &a, const Colour &b) { return gap(a) < gap(b); });
        chosen.push_back(*best);
        candidates.erase(best);
    };
    std::vector<Colour> candidates = corners;
    int steps = 1;
    while (static_cast<int>(chosen.size()) < classes + 1) {
        if (candidates.empty()) {
            ++steps;
            for (int i = 0; i < (steps + 1) * (steps + 1) * (steps + 1); ++i) {
                const auto side = [&](int n) { return static_cast<float>(2 * n) / static_cast<float>(steps) - 1.0F; };
                const Colour colour{side(i % (steps + 1)), side(i / (steps + 1) % (steps + 1)),
                                    side(i / (steps + 1) / (steps + 1))};
                if (std::none_of(chosen.begin(), chosen.end(),
                                 [&](const Colour &c) { return squaredDistance(c, colour) < 1e-6F; })) {
                    candidates.push_back(colour);
                }
            }
        }
        take(candidates);
    }
    torch::Tensor colours = torch::empty({classes + 1, 3});
    for (int i = 0; i <= classes; ++i) {
        for (int c = 0; c < 3; ++c) {
            colours[i][c] = chosen[static_cast<std::size_t>(i)][static_cast<std::size_t>(c)];
        }
    }
    return colours;
}

torch::Tensor encodeClasses(const torch::Tensor &indices, const torch::Tensor &colours)
{
    return torch::embedding(colours, indices).permute({0, 3, 1, 2}).contiguous();
}

torch::Tensor decodeProbabilities(const torch::Tensor &decoded, const torch::Tensor &colours)
{
    if (colours.size(0) == 2) {
        return ((decoded.mean(1, true) + 1.0) / 2.0).clamp(0.0, 1.0);
    }
    // |x - c|^2 = |x|^2 - 2 x.c + |c|^2, and |x|^2 is common to all classes.
    const torch::Tensor products = torch::conv2d(decoded, colours.view({colours.size(0), 3, 1, 1}));
    const torch::Tensor norms = colours.square().sum(1).view({1, -1, 1, 1});
    return torch::softmax((2.0 * products - norms) / Temperature, 1);
}

torch::Tensor oneHot(const torch::Tensor &indices, int classes)
{
    if (classes == 1) {
        return (indices == 1).to(torch::kFloat32).unsqueeze(1);
    }
    return torch::one_hot(indices, classes + 1).permute({0, 3, 1, 2}).to(torch::kFloat32);
}

torch::Tensor toIndices(const torch::Tensor &probabilities)
{
    return probabilities.size(1) == 1 ? (probabilities.squeeze(1) >= 0.5).to(torch::kInt64) : probabilities.argmax(1);
}

} // namespace semigda::learning
