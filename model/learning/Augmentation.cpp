// SPDX-License-Identifier: Apache-2.0
#include "learning/Augmentation_p.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>
#include <numbers>

namespace semigda::learning
{

namespace F = torch::nn::functional;

namespace
{

struct Turn
{
    std::size_t quarters = 0;
    bool mirrorsX = false;
    bool mirrorsY = false;
};

/// The same as a variant of dihedral().
int variantOf(const Turn &turn)
{
    const bool isHalf = turn.quarters >= 2;
    if (turn.quarters % 2 == 0) {
        return (turn.mirrorsX != isHalf ? 1 : 0) | (turn.mirrorsY != isHalf ? 2 : 0);
    }
    return 4 | (turn.mirrorsY != isHalf ? 1 : 0) | (turn.mirrorsX != isHalf ? 0 : 2);
}

/// Mirrored in x and y with probability 0.5 each, turned by a multiple of 90 degrees with 0.5, as often as it takes
/// until the result is allowed.
Turn drawTurn(Symmetries allowed, StepRandom &random)
{
    for (;;) {
        Turn turn;
        turn.quarters = random.chance(0.5) ? random.below(4) : 0;
        turn.mirrorsX = random.chance(0.5);
        turn.mirrorsY = random.chance(0.5);
        if (((allowed | NoSymmetry) >> static_cast<unsigned>(variantOf(turn)) & 1U) != 0) {
            return turn;
        }
    }
}

} // namespace

torch::Tensor dihedral(const torch::Tensor &planes, int variant)
{
    torch::Tensor turned = (variant & 4) ? planes.transpose(-2, -1) : planes;
    if (variant & 1) {
        turned = turned.flip({-1});
    }
    if (variant & 2) {
        turned = turned.flip({-2});
    }
    return turned.contiguous();
}

torch::Tensor jitterColours(const torch::Tensor &images, const TrainingConfig &config, StepRandom &random)
{
    const auto count = images.size(0);
    torch::Tensor contrast = torch::ones({count, 1, 1, 1});
    torch::Tensor brightness = torch::zeros({count, 1, 1, 1});
    torch::Tensor turns = torch::zeros({count, 3, 3});
    auto turn = turns.accessor<float, 3>();
    bool isNeeded = false;
    for (std::int64_t n = 0; n < count; ++n) {
        double saturation = 1.0;
        double hue = 0.0;
        if (random.chance(config.jitterProbability)) {
            isNeeded = true;
            contrast[n] = random.between(1.0 - config.jitter, 1.0 + config.jitter);
            brightness[n] = random.between(-config.jitter, config.jitter);
            saturation = random.between(1.0 - config.jitter, 1.0 + config.jitter);
            hue = 2.0 * std::numbers::pi * random.between(-config.hueJitter, config.hueJitter);
        }
        // A turn about the grey axis of the colour cube (Rodrigues' formula), with everything off the axis scaled.
        const double onAxis = (1.0 - saturation * std::cos(hue)) / 3.0;
        const double across = saturation * std::sin(hue) / std::numbers::sqrt3;
        for (int row = 0; row < 3; ++row) {
            for (int column = 0; column < 3; ++column) {
                const double sign = row == column ? 0.0 : (column - row + 3) % 3 == 1 ? -1.0 : 1.0;
                turn[n][row][column] =
                    static_cast<float>(onAxis + sign * across + (row == column ? saturation * std::cos(hue) : 0.0));
            }
        }
    }
    if (!isNeeded) {
        return images;
    }
    const auto device = images.device();
    torch::Tensor result = torch::bmm(turns.to(device), images.contiguous().flatten(2)).view(images.sizes());
    const torch::Tensor mean = result.mean(std::vector<std::int64_t>{1, 2, 3}, true);
    result = (result - mean) * contrast.to(device) + mean + brightness.to(device);
    return result.clamp(-1.0, 1.0);
}

torch::Tensor distort(const torch::Tensor &images, double strength, StepRandom &random)
{
    constexpr int FieldSide = 3;
    const auto count = images.size(0);
    torch::Tensor gamma = torch::ones({count, 1, 1, 1});
    torch::Tensor blur = torch::zeros({count, 1, 1, 1});
    torch::Tensor noise = torch::zeros({count, 1, 1, 1});
    torch::Tensor light = torch::zeros({count, 1, FieldSide, FieldSide});
    auto lightAt = light.accessor<float, 4>();
    for (std::int64_t n = 0; n < count; ++n) {
        if (random.chance(0.5)) {
            gamma[n] = std::exp(random.between(-0.7, 0.7) * strength);
        }
        if (random.chance(0.5)) {
            blur[n] = random.between(0.0, 1.0) * strength;
        }
        if (random.chance(0.5)) {
            noise[n] = random.between(0.0, 0.1) * strength;
        }
        if (random.chance(0.5)) {
            for (int y = 0; y < FieldSide; ++y) {
                for (int x = 0; x < FieldSide; ++x) {
                    lightAt[n][0][y][x] = static_cast<float>(random.between(-0.7, 0.7) * strength);
                }
            }
        }
    }
    const auto device = images.device();
    torch::Tensor p = (images.contiguous() + 1.0) / 2.0;
    p = p.clamp(1e-4, 1.0).pow(gamma.to(device));
    const torch::Tensor smooth =
        F::avg_pool2d(p, F::AvgPool2dFuncOptions(3).stride(1).padding(1).count_include_pad(false));
    p = p + blur.to(device) * (smooth - p);
    const torch::Tensor field =
        F::interpolate(light.to(device), F::InterpolateFuncOptions()
                                             .size(std::vector<std::int64_t>{images.size(2), images.size(3)})
                                             .mode(torch::kBilinear)
                                             .align_corners(true));
    // A generator of its own: distorted images must not depend on which thread distorts them, or on what else draws.
    auto generator = at::make_generator<at::CPUGeneratorImpl>(random.next());
    const torch::Tensor speckle =
        torch::randn({count, 1, images.size(2), images.size(3)}, generator, torch::TensorOptions(torch::kFloat32));
    p = p * field.exp() + noise.to(device) * speckle.to(device);
    return p.clamp(0.0, 1.0) * 2.0 - 1.0;
}

Batch augment(const Batch &batch, const TrainingConfig &config, Symmetries allowed, StepRandom &random)
{
    const auto count = batch.images.size(0);
    torch::Tensor transforms = torch::zeros({count, 2, 3});
    auto matrix = transforms.accessor<float, 3>();
    for (std::int64_t n = 0; n < count; ++n) {
        const Turn turn = drawTurn(allowed, random);
        double angle = static_cast<double>(turn.quarters) * std::numbers::pi / 2.0;
        double zoom = 1.0;
        double shiftX = 0.0;
        double shiftY = 0.0;
        if (random.chance(config.affineProbability)) {
            angle += random.between(-config.rotation, config.rotation) * std::numbers::pi / 180.0;
            zoom = 1.0 / random.between(1.0 - config.scale, 1.0 + config.scale);
            shiftX = 2.0 * random.between(-config.shift, config.shift);
            shiftY = 2.0 * random.between(-config.shift, config.shift);
        }
        const double flipX = turn.mirrorsX ? -1.0 : 1.0;
        const double flipY = turn.mirrorsY ? -1.0 : 1.0;
        matrix[n][0][0] = static_cast<float>(zoom * std::cos(angle) * flipX);
        matrix[n][0][1] = static_cast<float>(-zoom * std::sin(angle) * flipX);
        matrix[n][0][2] = static_cast<float>(shiftX);
        matrix[n][1][0] = static_cast<float>(zoom * std::sin(angle) * flipY);
        matrix[n][1][1] = static_cast<float>(zoom * std::cos(angle) * flipY);
        matrix[n][1][2] = static_cast<float>(shiftY);
    }
    const torch::Tensor grid = F::affine_grid(transforms.to(batch.images.device()), batch.images.sizes(), false);
    const auto options = F::GridSampleFuncOptions().padding_mode(torch::kReflection).align_corners(false);
    Batch result;
    result.images = F::grid_sample(batch.images, grid, F::GridSampleFuncOptions(options).mode(torch::kBilinear));
    result.images = jitterColours(result.images, config, random);
    if (batch.masks.defined()) {
        const torch::Tensor planes = batch.masks.to(torch::kFloat32).unsqueeze(1);
        result.masks = F::grid_sample(planes, grid, F::GridSampleFuncOptions(options).mode(torch::kNearest))
                           .squeeze(1)
                           .to(torch::kInt64);
    }
    return result;
}

} // namespace semigda::learning
