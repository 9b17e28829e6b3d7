// SPDX-License-Identifier: Apache-2.0
#include "learning/PriorScenes_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace semigda::learning
{

namespace
{

namespace F = torch::nn::functional;
using std::numbers::pi;

torch::Tensor normalNoise(std::vector<std::int64_t> shape, StepRandom &random)
{
    torch::Tensor values = torch::empty(shape);
    auto *to = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); i += 2) {
        // Box and Muller, two at a time; from our own generator so that a scene depends on its seed alone.
        const double radius = std::sqrt(-2.0 * std::log(1.0 - random.uniform()));
        const double angle = 2.0 * pi * random.uniform();
        to[i] = static_cast<float>(radius * std::cos(angle));
        if (i + 1 < values.numel()) {
            to[i + 1] = static_cast<float>(radius * std::sin(angle));
        }
    }
    return values;
}

torch::Tensor resized(const torch::Tensor &planes, std::int64_t side)
{
    return F::interpolate(planes.unsqueeze(0), F::InterpolateFuncOptions()
                                                   .size(std::vector<std::int64_t>{side, side})
                                                   .mode(torch::kBilinear)
                                                   .align_corners(false))
        .squeeze(0);
}

torch::Tensor blurred(const torch::Tensor &planes, int radius)
{
    if (radius <= 0) {
        return planes;
    }
    const auto options = F::AvgPool2dFuncOptions(2 * radius + 1).stride(1).padding(radius).count_include_pad(false);
    // Twice a box is near enough to what optics do.
    return F::avg_pool2d(F::avg_pool2d(planes.unsqueeze(0), options), options).squeeze(0);
}

/// Noise of several octaves; `slope` 0 is grainy, 1.5 is cloudy. About unit deviation, [1, S, S].
torch::Tensor cloud(int side, double slope, StepRandom &random)
{
    torch::Tensor sum = torch::zeros({1, side, side});
    double power = 0.0;
    for (int size = 2; size <= side; size *= 2) {
        const double weight = std::pow(static_cast<double>(size), -slope);
        sum += weight * resized(normalNoise({1, size, size}, random), side);
        power += weight * weight;
    }
    return sum / std::sqrt(power);
}

struct Grid
{
    torch::Tensor x; ///< [S, S], 0 .. 1 across the picture
    torch::Tensor y;
};

Grid gridOf(int side)
{
    const torch::Tensor line = (torch::arange(side).to(torch::kFloat32) + 0.5F) / static_cast<double>(side);
    return {line.view({1, side}).expand({side, side}), line.view({side, 1}).expand({side, side})};
}

/// A closed curve whose radius varies smoothly with the angle. Returns where it lies, [S, S] bool.
torch::Tensor blob(const Grid &grid, double centreX, double centreY, double radius, double roughness,
                   StepRandom &random)
{
    const double turn = random.between(0.0, pi);
    const double squeeze = random.between(0.55, 1.0);
    const torch::Tensor dx = grid.x - centreX;
    const torch::Tensor dy = grid.y - centreY;
    const torch::Tensor u = dx * std::cos(turn) + dy * std::sin(turn);
    const torch::Tensor v = (dy * std::cos(turn) - dx * std::sin(turn)) / squeeze;
    torch::Tensor limit = torch::full_like(grid.x, radius);
    if (roughness > 0.0) {
        const torch::Tensor angle = torch::atan2(v, u);
        for (int wave = 2; wave <= 6; ++wave) {
            const double height = radius * roughness * random.between(0.0, 1.0) / wave;
            limit = limit + height * torch::cos(wave * angle + random.between(0.0, 2.0 * pi));
        }
    }
    return (u.square() + v.square()).sqrt() < limit;
}

/// A winding stripe from one edge to the other.
torch::Tensor vessel(const Grid &grid, StepRandom &random)
{
    const double width = random.between(0.01, 0.05);
    torch::Tensor course = torch::full_like(grid.x, random.between(0.15, 0.85));
    for (int wave = 1; wave <= 3; ++wave) {
        course = course
                 + random.between(0.0, 0.15) / wave * torch::sin(2.0 * pi * wave * grid.x + random.between(0.0, 6.28));
    }
    const torch::Tensor stripe = (grid.y - course).abs() < width;
    return random.chance(0.5) ? stripe : stripe.transpose(0, 1).contiguous();
}

/// Every point belongs to the nearest of some seeds; the plates are the points of the seeds chosen.
torch::Tensor plates(const Grid &grid, int classes, StepRandom &random)
{
    const std::size_t seeds = 4 + random.below(20);
    torch::Tensor nearest = torch::full_like(grid.x, 1e9);
    torch::Tensor labels = torch::zeros(grid.x.sizes(), torch::kInt64);
    for (std::size_t i = 0; i < seeds; ++i) {
        const torch::Tensor distance = (grid.x - random.uniform()).square() + (grid.y - random.uniform()).square();
        const auto label = static_cast<std::int64_t>(random.below(static_cast<std::size_t>(classes) + 1));
        labels = labels.masked_fill(distance < nearest, label);
        nearest = torch::minimum(nearest, distance);
    }
    return labels;
}

torch::Tensor regions(int side, int classes, StepRandom &random)
{
    const Grid grid = gridOf(side);
    torch::Tensor labels = torch::zeros({side, side}, torch::kInt64);
    const auto anyClass = [&] {
        return static_cast<std::int64_t>(1 + random.below(static_cast<std::size_t>(classes)));
    };
    const auto paint = [&](const torch::Tensor &where, std::int64_t label) {
        labels = labels.masked_fill(where, label);
    };
    const double layout = random.uniform();
    if (layout < 0.45) { // one or a few structures, as lesions and organs are
        const std::size_t count = 1 + random.below(4);
        for (std::size_t i = 0; i < count; ++i) {
            paint(blob(grid, random.between(0.1, 0.9), random.between(0.1, 0.9), random.between(0.05, 0.35),
                       random.between(0.0, 0.7), random),
                  anyClass());
        }
    } else if (layout < 0.7) { // a crowd of cells
        const std::size_t count = 6 + random.below(40);
        const double size = random.between(0.015, 0.06);
        for (std::size_t i = 0; i < count; ++i) {
            paint(blob(grid, random.uniform(), random.uniform(), size * random.between(0.6, 1.5),
                       random.between(0.0, 0.3), random),
                  anyClass());
        }
    } else if (layout < 0.82) { // a structure within another
        const std::size_t count = 1 + random.below(3);
        for (std::size_t i = 0; i < count; ++i) {
            const double x = random.between(0.2, 0.8);
            const double y = random.between(0.2, 0.8);
            const double outer = random.between(0.12, 0.35);
            paint(blob(grid, x, y, outer, random.between(0.0, 0.4), random), 1);
            paint(blob(grid, x + outer * random.between(-0.3, 0.3), y + outer * random.between(-0.3, 0.3),
                       outer * random.between(0.3, 0.7), random.between(0.0, 0.4), random),
                  std::min(classes, 2));
        }
    } else if (layout < 0.92) {
        const std::size_t count = 1 + random.below(5);
        for (std::size_t i = 0; i < count; ++i) {
            paint(vessel(grid, random), anyClass());
        }
    } else {
        labels = plates(grid, classes, random);
    }
    return labels;
}

/// A texture [3, S, S] with its own brightness, contrast and hue.
torch::Tensor texture(int side, bool isGrey, StepRandom &random)
{
    torch::Tensor pattern = cloud(side, random.between(0.0, 1.5), random) * random.between(0.03, 0.4);
    if (random.chance(0.2)) { // layers, fibres
        const Grid grid = gridOf(side);
        const double turn = random.between(0.0, pi);
        const double waves = random.between(3.0, 25.0);
        const torch::Tensor phase =
            2.0 * pi * waves * (grid.x * std::cos(turn) + grid.y * std::sin(turn)) + 2.0 * cloud(side, 1.5, random)[0];
        pattern = pattern + random.between(0.05, 0.3) * torch::sin(phase).unsqueeze(0);
    }
    torch::Tensor tint = torch::empty({3, 1, 1});
    torch::Tensor strength = torch::empty({3, 1, 1});
    const double level = random.between(-0.9, 0.8);
    for (int channel = 0; channel < 3; ++channel) {
        tint[channel][0][0] = level + (isGrey ? 0.0 : random.between(-0.5, 0.5));
        strength[channel][0][0] = isGrey ? 1.0 : random.between(0.4, 1.2);
    }
    return pattern * strength + tint;
}

/// What a device does to the scene: optics, speckle or grain, field of view.
torch::Tensor imaged(torch::Tensor image, StepRandom &random)
{
    const int side = static_cast<int>(image.size(1));
    image = blurred(image, random.chance(0.4) ? 1 + static_cast<int>(random.below(2)) : 0);
    if (random.chance(0.35)) { // coherent imaging: the amplitude of a complex Gaussian, correlated over a few pixels
        const int grain = static_cast<int>(random.below(3));
        const torch::Tensor real = blurred(normalNoise({1, side, side}, random), grain);
        const torch::Tensor imaginary = blurred(normalNoise({1, side, side}, random), grain);
        torch::Tensor amplitude = (real.square() + imaginary.square()).sqrt();
        amplitude = amplitude / amplitude.mean();
        const double share = random.between(0.2, 1.0);
        image = (image + 1.0) * (1.0 - share + share * amplitude) - 1.0;
    }
    if (random.chance(0.5)) {
        image = image + random.between(0.01, 0.15) * normalNoise({1, side, side}, random);
    }
    if (random.chance(0.25)) { // a round or fan-shaped field of view in black
        const Grid grid = gridOf(side);
        const double centreY = random.chance(0.5) ? 0.5 : random.between(-0.5, 0.0);
        const double reach = centreY < 0.1 ? random.between(1.0, 1.5) : random.between(0.42, 0.6);
        const torch::Tensor outside = ((grid.x - 0.5).square() + (grid.y - centreY).square()).sqrt() > reach;
        image = image.masked_fill(outside.unsqueeze(0), -1.0);
    }
    if (random.chance(0.3)) {
        image = image * random.between(0.5, 1.5) + random.between(-0.3, 0.3);
    }
    return image.clamp(-1.0, 1.0).contiguous();
}

} // namespace

PriorScene makePriorScene(int side, int classes, StepRandom &random)
{
    torch::NoGradGuard noGrad;
    PriorScene scene;
    scene.labels = regions(side, classes, random);
    const bool isGrey = random.chance(0.6);
    scene.image = texture(side, isGrey, random);
    const int softness = static_cast<int>(random.below(3));
    for (int label = 1; label <= classes; ++label) {
        const torch::Tensor where = (scene.labels == label).to(torch::kFloat32).unsqueeze(0);
        if (where.sum().item<float>() > 0.0F) {
            const torch::Tensor share = blurred(where, softness);
            scene.image = scene.image * (1.0 - share) + texture(side, isGrey, random) * share;
        }
    }
    scene.image = imaged(scene.image, random);
    return scene;
}

torch::Tensor varyPicture(const torch::Tensor &picture, int side, StepRandom &random)
{
    torch::NoGradGuard noGrad;
    const double angle =
        static_cast<double>(random.below(4)) * pi / 2.0 + (random.chance(0.5) ? random.between(-0.35, 0.35) : 0.0);
    const double zoom = random.between(0.4, 1.05);
    const double flip = random.chance(0.5) ? -1.0 : 1.0;
    torch::Tensor transform = torch::zeros({1, 2, 3});
    auto matrix = transform.accessor<float, 3>();
    matrix[0][0][0] = static_cast<float>(zoom * flip * std::cos(angle));
    matrix[0][0][1] = static_cast<float>(-zoom * std::sin(angle));
    matrix[0][1][0] = static_cast<float>(zoom * flip * std::sin(angle));
    matrix[0][1][1] = static_cast<float>(zoom * std::cos(angle));
    const double room = std::max(0.0, 1.0 - zoom);
    matrix[0][0][2] = static_cast<float>(random.between(-room, room));
    matrix[0][1][2] = static_cast<float>(random.between(-room, room));
    const torch::Tensor grid = F::affine_grid(transform, {1, 3, side, side}, false);
    torch::Tensor varied =
        F::grid_sample(
            picture.unsqueeze(0), grid,
            F::GridSampleFuncOptions().mode(torch::kBilinear).padding_mode(torch::kReflection).align_corners(false))
            .squeeze(0);
    if (random.chance(0.5)) {
        varied = varied * random.between(0.6, 1.4) + random.between(-0.3, 0.3);
    }
    if (random.chance(0.1)) {
        varied = -varied;
    }
    return varied.clamp(-1.0, 1.0).contiguous();
}

} // namespace semigda::learning
