// SPDX-License-Identifier: Apache-2.0
#include "learning/ClassCodes_p.h"

#include <algorithm>
#include <array>
#include <vector>

namespace semigda::learning
{

namespace
{

using Colour = std::array<float, 3>;

constexpr int Corners = 8;
constexpr int CornersAndFaces = 14;

float squaredDistance(const Colour &a, const Colour &b)
{
    float sum = 0.0F;
    for (std::size_t i = 0; i < 3; ++i) {
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
}

/// Steps per edge of the coarsest regular grid in the cube with at least `count` points.
int gridSteps(int count)
{
    int steps = 1;
    while ((steps + 1) * (steps + 1) * (steps + 1) < count) {
        ++steps;
    }
    return steps;
}

/// Least squared distance between the colours that classColours() chooses for `count` codes.
double separation(int count)
{
    if (count <= Corners) {
        return 4.0;
    }
    if (count == Corners + 1) {
        return 3.0;
    }
    if (count <= CornersAndFaces) {
        return 2.0;
    }
    const double spacing = 2.0 / gridSteps(count);
    return spacing * spacing;
}

/// Points for `count` codes, in the order in which they are taken when equally far from all taken ones.
std::vector<Colour> candidatesFor(int count)
{
    std::vector<Colour> candidates;
    for (int i = Corners - 1; i >= 1; --i) {
        candidates.push_back({(i & 4) ? 1.0F : -1.0F, (i & 2) ? 1.0F : -1.0F, (i & 1) ? 1.0F : -1.0F});
    }
    if (count <= Corners) {
        return candidates;
    }
    if (count == Corners + 1) {
        candidates.push_back({0.0F, 0.0F, 0.0F});
        return candidates;
    }
    if (count <= CornersAndFaces) {
        for (std::size_t axis = 0; axis < 3; ++axis) {
            for (const float side : {1.0F, -1.0F}) {
                Colour face{};
                face[axis] = side;
                candidates.push_back(face);
            }
        }
        return candidates;
    }
    const int steps = gridSteps(count);
    const auto place = [steps](int n) { return static_cast<float>(2 * n) / static_cast<float>(steps) - 1.0F; };
    candidates.clear();
    const int side = steps + 1;
    for (int i = side * side * side - 1; i >= 1; --i) {
        candidates.push_back({place(i / side / side), place(i / side % side), place(i % side)});
    }
    return candidates;
}

} // namespace

ClassColours classColours(int classes, bool areSpread)
{
    std::vector<Colour> chosen{{-1.0F, -1.0F, -1.0F}};
    double least = separation(classes + 1);
    if (areSpread && classes >= 2 && classes < Corners) {
        // The corners of a tetrahedron. Between white and background every other corner would be as near as they are,
        // so that a blurred outline of one class reads as another.
        const std::array<Colour, 3> others{{{1.0F, 1.0F, -1.0F}, {1.0F, -1.0F, 1.0F}, {-1.0F, 1.0F, 1.0F}}};
        chosen.insert(chosen.end(), others.begin(), others.begin() + std::min(classes, 3));
        least = classes <= 3 ? 8.0 : least;
    }
    std::vector<Colour> candidates = candidatesFor(classes + 1);
    // Each next colour is the candidate furthest from all chosen ones; `gaps` keeps those distances up to date.
    std::vector<float> gaps;
    for (const Colour &candidate : candidates) {
        gaps.push_back(squaredDistance(candidate, chosen.front()));
        for (const Colour &taken : chosen) {
            gaps.back() = std::min(gaps.back(), squaredDistance(candidate, taken));
        }
    }
    while (static_cast<int>(chosen.size()) < classes + 1) {
        const auto best = static_cast<std::size_t>(std::max_element(gaps.begin(), gaps.end()) - gaps.begin());
        chosen.push_back(candidates[best]);
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            gaps[i] = std::min(gaps[i], squaredDistance(candidates[i], chosen.back()));
        }
    }
    torch::Tensor colours = torch::empty({classes + 1, 3});
    auto cells = colours.accessor<float, 2>();
    for (int i = 0; i <= classes; ++i) {
        for (int c = 0; c < 3; ++c) {
            cells[i][c] = chosen[static_cast<std::size_t>(i)][static_cast<std::size_t>(c)];
        }
    }
    // Sharp enough that a colour hit exactly is a certain class (e^-8 against its nearest neighbour), however many
    // classes share the cube, and soft enough that half way there still is a gradient.
    return {colours, least / 8.0};
}

torch::Tensor encodeClasses(const torch::Tensor &indices, const ClassColours &colours)
{
    return torch::embedding(colours.points, indices).permute({0, 3, 1, 2}).contiguous();
}

torch::Tensor decodeProbabilities(const torch::Tensor &decoded, const ClassColours &colours)
{
    const auto count = colours.points.size(0);
    if (count == 2) {
        return ((decoded.mean(1, true) + 1.0) / 2.0).clamp(0.0, 1.0);
    }
    // |x - c|^2 = |x|^2 - 2 x.c + |c|^2, and |x|^2 is common to all classes.
    const torch::Tensor products = torch::conv2d(decoded, colours.points.view({count, 3, 1, 1}));
    const torch::Tensor norms = colours.points.square().sum(1).view({1, -1, 1, 1});
    return torch::softmax((2.0 * products - norms) / colours.temperature, 1);
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
