// SPDX-License-Identifier: Apache-2.0
#include "app/sample/CtSample.h"

#include "app/sample/CtAnatomy_p.h"
#include "app/sample/Smoothing_p.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace semigda::app
{

namespace
{

constexpr double FieldOfView = 380.0; ///< mm
constexpr double Height = 200.0;      ///< mm
constexpr double StoredOffset = 1024.0;
constexpr int Points = 2; ///< per voxel and direction in the slice: edges show the mixture of both sides

struct Slice
{
    std::vector<float> density;
    std::vector<core::LabelValue> labels;
};

Slice sliceOf(const CtAnatomy &anatomy, int size, double z)
{
    const auto count = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    Slice slice{std::vector<float>(count), std::vector<core::LabelValue>(count)};
    const double step = FieldOfView / size;
    for (int row = 0; row < size; ++row) {
        for (int column = 0; column < size; ++column) {
            double sum = 0.0;
            std::array<int, 4> votes{};
            for (int k = 0; k < Points * Points; ++k) {
                const double x = (column + (k % Points + 0.5) / Points) * step - FieldOfView / 2.0;
                const double y = (row + (k / Points + 0.5) / Points) * step - FieldOfView / 2.0;
                const CtTissue tissue = anatomy.at(x, y, z);
                sum += tissue.density;
                ++votes[tissue.label];
            }
            const auto i =
                static_cast<std::size_t>(row) * static_cast<std::size_t>(size) + static_cast<std::size_t>(column);
            slice.density[i] = static_cast<float>(sum / (Points * Points));
            slice.labels[i] =
                static_cast<core::LabelValue>(std::max_element(votes.begin(), votes.end()) - votes.begin());
        }
    }
    return slice;
}

/// Noise as filtered back-projection leaves it: without its lowest frequencies and without its highest.
std::vector<float> reconstructionNoise(int size, SampleRandom &random)
{
    const auto count = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    std::vector<float> fine(count);
    for (float &value : fine) {
        value = static_cast<float>(random.normal());
    }
    std::vector<float> coarse = fine;
    for (auto *plane : {&fine, &coarse}) {
        const std::vector<float> kernel = gaussianKernel(plane == &fine ? 0.55 : 1.6, KernelScale::Mean);
        convolveRows(*plane, size, kernel, KernelEnds::Nothing);
        convolveColumns(*plane, size, kernel, KernelEnds::Nothing);
    }
    double power = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        fine[i] -= coarse[i];
        power += static_cast<double>(fine[i]) * static_cast<double>(fine[i]);
    }
    const auto scale = static_cast<float>(1.0 / std::sqrt(power / static_cast<double>(count)));
    for (float &value : fine) {
        value *= scale;
    }
    return fine;
}

std::vector<std::int16_t> measured(Slice &slice, int size, double noiseLevel, SampleRandom &random)
{
    const std::vector<float> kernel = gaussianKernel(0.45, KernelScale::Mean);
    convolveRows(slice.density, size, kernel);
    convolveColumns(slice.density, size, kernel);
    const std::vector<float> noise = reconstructionNoise(size, random);
    std::vector<std::int16_t> stored(slice.density.size());
    for (int row = 0; row < size; ++row) {
        for (int column = 0; column < size; ++column) {
            const auto i =
                static_cast<std::size_t>(row) * static_cast<std::size_t>(size) + static_cast<std::size_t>(column);
            // Most photons are lost in the middle of the body.
            const double u = (column + 0.5) / size * 2.0 - 1.0;
            const double v = (row + 0.5) / size * 2.0 - 1.0;
            const double level = noiseLevel * std::max(1.15 - 0.6 * (u * u + v * v), 0.4);
            const double density = static_cast<double>(slice.density[i]) + level * static_cast<double>(noise[i]);
            stored[i] = static_cast<std::int16_t>(std::floor(std::clamp(density + StoredOffset, 0.0, 4095.0) + 0.5));
        }
    }
    return stored;
}

core::ImageGeometry geometryOf(int size, int depth)
{
    core::ImageGeometry geometry;
    geometry.hasSpacing = true;
    geometry.hasPosition = true;
    geometry.spacing = {FieldOfView / size, FieldOfView / size, Height / depth};
    geometry.origin = {(geometry.spacing[0] - FieldOfView) / 2.0, (geometry.spacing[1] - FieldOfView) / 2.0,
                       (geometry.spacing[2] - Height) / 2.0};
    return geometry;
}

} // namespace

int ctSliceCount(int size)
{
    return std::max(8, size * 40 / 128);
}

CtSample makeCtSample(int size, std::uint64_t seed, const std::function<void(int)> &progress, std::stop_token stop)
{
    const int depth = ctSliceCount(size);
    const CtAnatomy anatomy(seed);
    SampleRandom random = SampleRandom::of(seed, 1);
    const double noiseLevel = random.between(11.0, 19.0);
    CtSample sample;
    sample.volume.type = core::PixelType::Int16;
    sample.volume.intercept = -StoredOffset;
    sample.volume.geometry = geometryOf(size, depth);
    for (int k = 0; k < depth; ++k) {
        if (stop.stop_requested()) {
            return {};
        }
        Slice slice = sliceOf(anatomy, size, (k + 0.5) * Height / depth - Height / 2.0);
        const std::vector<std::int16_t> stored = measured(slice, size, noiseLevel, random);
        const auto *bytes = reinterpret_cast<const std::byte *>(stored.data());
        sample.volume.bytes.insert(sample.volume.bytes.end(), bytes, bytes + stored.size() * sizeof(std::int16_t));
        sample.labels.labels.insert(sample.labels.labels.end(), slice.labels.begin(), slice.labels.end());
        if (progress) {
            progress(k + 1);
        }
    }
    sample.volume.width = sample.labels.width = size;
    sample.volume.height = sample.labels.height = size;
    sample.volume.depth = sample.labels.depth = depth;
    sample.labels.geometry = sample.volume.geometry;
    return sample;
}

} // namespace semigda::app
