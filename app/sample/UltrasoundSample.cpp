// SPDX-License-Identifier: Apache-2.0
// The image chain of a B-mode scanner: tissue -> random scatterers -> attenuation -> the pulse's shape -> envelope
// (fully developed speckle is Rayleigh distributed) -> compounding -> logarithm.
#include "app/sample/UltrasoundSample.h"

#include "app/sample/BreastTissue_p.h"
#include "app/sample/Smoothing_p.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace semigda::app
{

namespace
{

using Plane = std::vector<float>;

struct Scanner
{
    int size = 0;
    double extent = 0.0; ///< mm shown, in width and depth
    int looks = 3;       ///< directions that are compounded
    double pulse = 0.1;  ///< axial sigma, mm
    double beam = 0.2;   ///< lateral sigma in the focus, mm
    double focus = 0.0;  ///< depth, mm
    double calm = 0.1;   ///< sigma of the smoothing of the picture, mm
    double range = 55.0; ///< dB from black to white
    double gain = 0.0;   ///< dB
    double noise = 0.0;  ///< amplitude of the electronics

    double toMillimetres(int pixel) const { return (pixel + 0.5) * extent / size; }
};

struct Maps
{
    Plane scatter; ///< amplitude, attenuation included
    Plane mirror;
};

/// The kernel that smooths over `sigma` mm.
std::vector<float> kernelOf(double sigma, const Scanner &scanner, KernelScale scale)
{
    return gaussianKernel(std::max(sigma * scanner.size / scanner.extent, 0.3), scale);
}

/// The pulse along depth, then the beam across it, which is narrowest in the focus.
void shapeByPulse(Plane &field, const Scanner &scanner)
{
    convolveColumns(field, scanner.size, kernelOf(scanner.pulse, scanner, KernelScale::Power), KernelEnds::Nothing);
    for (int y = 0; y < scanner.size; ++y) {
        const double defocus = std::abs(scanner.toMillimetres(y) - scanner.focus) / scanner.extent;
        float *row = field.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(scanner.size);
        convolveRow(row, row, scanner.size, kernelOf(scanner.beam * (1.0 + 1.8 * defocus), scanner, KernelScale::Power),
                    KernelEnds::Nothing);
    }
}

/// What is lost above a point, smoothed sideways because a beam has width.
Plane attenuationOf(const Plane &absorption, const Scanner &scanner)
{
    const auto size = static_cast<std::size_t>(scanner.size);
    const auto step = static_cast<float>(scanner.extent / scanner.size);
    const std::vector<float> kernel = kernelOf(0.28, scanner, KernelScale::Mean);
    std::vector<float> total(size, 0.0F);
    Plane smoothed(absorption.size());
    for (std::size_t y = 0; y < size; ++y) {
        convolveRow(total.data(), smoothed.data() + y * size, scanner.size, kernel);
        for (std::size_t x = 0; x < size; ++x) {
            total[x] += absorption[y * size + x] * step;
        }
        // Each depth widens the beam a little more.
        if (y % 4 == 3) {
            convolveRow(total.data(), total.data(), scanner.size, kernel);
        }
    }
    return smoothed;
}

Maps echoesOf(const BreastTissue &tissue, const Scanner &scanner, SampleRandom &random)
{
    const auto size = static_cast<std::size_t>(scanner.size);
    Maps maps{Plane(size * size), Plane(size * size)};
    Plane absorption(size * size);
    Plane level(size * size);
    const NoiseField contact(random.next());
    const double unevenness = random.between(0.5, 3.0);
    for (int x = 0; x < scanner.size; ++x) {
        const BreastTissue::Column column = tissue.columnAt(scanner.toMillimetres(x));
        for (int y = 0; y < scanner.size; ++y) {
            const auto i = static_cast<std::size_t>(y) * size + static_cast<std::size_t>(x);
            const Echo echo = tissue.at(column, scanner.toMillimetres(y));
            level[i] = static_cast<float>(echo.level);
            maps.mirror[i] = static_cast<float>(echo.mirror);
            absorption[i] = static_cast<float>(echo.absorption);
        }
    }
    const Plane lost = attenuationOf(absorption, scanner);
    for (int y = 0; y < scanner.size; ++y) {
        const double z = scanner.toMillimetres(y);
        // The user's gain over depth never fits exactly.
        const double misfit = unevenness * contact.at(z / 9.0, 5.0);
        for (int x = 0; x < scanner.size; ++x) {
            const auto i = static_cast<std::size_t>(y) * size + static_cast<std::size_t>(x);
            const double across = unevenness * contact.fractal(scanner.toMillimetres(x) / 8.0, z / 60.0, 2);
            const double gain = fromDecibels(static_cast<double>(-lost[i]) + misfit + across);
            maps.scatter[i] = static_cast<float>(gain * fromDecibels(static_cast<double>(level[i])));
            maps.mirror[i] = static_cast<float>(gain * static_cast<double>(maps.mirror[i]));
        }
    }
    return maps;
}

/// Mean power of several looks at the same tissue through different speckle.
Plane powerOf(const Maps &maps, const Scanner &scanner, SampleRandom &random)
{
    Plane power(maps.scatter.size(), 0.0F);
    Plane inPhase(power.size());
    Plane quadrature(power.size());
    for (int look = 0; look < scanner.looks; ++look) {
        for (std::size_t i = 0; i < power.size(); ++i) {
            const auto a = static_cast<float>(0.70710678 * random.normal());
            const auto b = static_cast<float>(0.70710678 * random.normal());
            inPhase[i] = maps.scatter[i] * a + 0.6F * maps.mirror[i];
            quadrature[i] = maps.scatter[i] * b;
        }
        shapeByPulse(inPhase, scanner);
        shapeByPulse(quadrature, scanner);
        for (std::size_t i = 0; i < power.size(); ++i) {
            const float a = inPhase[i] + static_cast<float>(scanner.noise * random.normal());
            const float b = quadrature[i] + static_cast<float>(scanner.noise * random.normal());
            power[i] += (a * a + b * b) / static_cast<float>(scanner.looks);
        }
    }
    return power;
}

Plane compressed(const Plane &power, const Scanner &scanner)
{
    Plane grey(power.size());
    for (std::size_t i = 0; i < power.size(); ++i) {
        const double level = 4.34294481903251827651 * portableLog(static_cast<double>(power[i]) + 1e-12);
        const double shown = (level + scanner.gain) / scanner.range;
        grey[i] = static_cast<float>(255.0 * std::clamp(shown, 0.0, 1.0));
    }
    // Scanners calm the speckle before they show it.
    const std::vector<float> kernel = kernelOf(scanner.calm, scanner, KernelScale::Mean);
    convolveColumns(grey, scanner.size, kernel);
    convolveRows(grey, scanner.size, kernel);
    return grey;
}

/// The image of a curved probe is a fan: what lies beside its edges is black.
struct Fan
{
    double apexX = 0.0;
    double apexZ = 0.0;
    double nearest = 0.0;
    double widest = 0.0; ///< tangent of half the opening angle

    bool shows(double x, double z) const
    {
        const double dx = x - apexX;
        const double dz = z - apexZ;
        return std::abs(dx) <= widest * dz && std::sqrt(dx * dx + dz * dz) >= nearest;
    }
};

Fan fanFor(double extent, SampleRandom &random)
{
    Fan fan;
    const bool isCurved = random.chance(0.15);
    fan.apexX = extent / 2.0;
    fan.apexZ = -extent * random.between(0.9, 1.4);
    fan.nearest = isCurved ? -fan.apexZ : 0.0;
    // Just wide enough that only the upper corners are cut.
    fan.widest = isCurved ? (0.5 * extent) / (0.35 * extent - fan.apexZ) : 1e6;
    return fan;
}

core::ImageData greyImage(int size)
{
    core::ImageData image;
    image.width = size;
    image.height = size;
    image.bytes.resize(image.sampleCount());
    return image;
}

/// Averages `factor` x `factor` values into one pixel.
core::ImageData reduced(const Plane &grey, int size, int factor)
{
    core::ImageData image = greyImage(size);
    const auto wide = static_cast<std::size_t>(size * factor);
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            float sum = 0.0F;
            for (int v = y * factor; v < (y + 1) * factor; ++v) {
                for (int u = x * factor; u < (x + 1) * factor; ++u) {
                    sum += grey[static_cast<std::size_t>(v) * wide + static_cast<std::size_t>(u)];
                }
            }
            const float mean = sum / static_cast<float>(factor * factor);
            image.bytes[static_cast<std::size_t>(y) * static_cast<std::size_t>(size) + static_cast<std::size_t>(x)] =
                static_cast<std::byte>(static_cast<int>(mean + 0.5F));
        }
    }
    return image;
}

} // namespace

UltrasoundSample makeUltrasoundSample(int size, bool withLesion, std::uint64_t seed)
{
    // Below this the speckle would be finer than a pixel; small images are large ones seen from afar.
    constexpr int LeastSide = 192;
    const int factor = std::max(1, (LeastSide + size - 1) / size);
    SampleRandom random(seed);
    Scanner scanner;
    scanner.size = size * factor;
    scanner.extent = random.between(30.0, 46.0);
    scanner.looks = random.integer(4, 6);
    scanner.pulse = random.between(0.08, 0.14);
    scanner.beam = random.between(0.14, 0.24);
    scanner.calm = random.between(0.07, 0.13);
    scanner.focus = random.between(0.25, 0.6) * scanner.extent;
    scanner.range = random.between(36.0, 48.0);
    scanner.gain = random.between(0.42, 0.60) * scanner.range;
    scanner.noise = fromDecibels(-scanner.gain - random.between(-4.0, 6.0));
    const BreastTissue tissue(scanner.extent, withLesion, random);
    const Fan fan = fanFor(scanner.extent, random);
    const Maps maps = echoesOf(tissue, scanner, random);
    Plane grey = compressed(powerOf(maps, scanner, random), scanner);
    for (int y = 0; y < scanner.size; ++y) {
        for (int x = 0; x < scanner.size; ++x) {
            if (!fan.shows(scanner.toMillimetres(x), scanner.toMillimetres(y))) {
                grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(scanner.size)
                     + static_cast<std::size_t>(x)] = 0.0F;
            }
        }
    }
    UltrasoundSample sample;
    sample.image = reduced(grey, size, factor);
    sample.mask = greyImage(size);
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            const double mmX = (x + 0.5) * scanner.extent / size;
            const double mmZ = (y + 0.5) * scanner.extent / size;
            const bool isInside = tissue.lesionDistance(mmX, mmZ) < 0.0 && fan.shows(mmX, mmZ);
            sample.hasLesion = sample.hasLesion || isInside;
            sample.mask
                .bytes[static_cast<std::size_t>(y) * static_cast<std::size_t>(size) + static_cast<std::size_t>(x)] =
                isInside ? std::byte{255} : std::byte{0};
        }
    }
    return sample;
}

} // namespace semigda::app
