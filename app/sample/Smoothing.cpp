// SPDX-License-Identifier: Apache-2.0
#include "app/sample/Smoothing_p.h"

#include "app/sample/PortableMath_p.h"

#include <algorithm>
#include <cstddef>

namespace semigda::app
{

std::vector<float> gaussianKernel(double sigma, KernelScale scale)
{
    const int radius = static_cast<int>(std::floor(3.0 * sigma)) + 1;
    std::vector<double> values;
    double sum = 0.0;
    double power = 0.0;
    for (int i = -radius; i <= radius; ++i) {
        const double value = portableExp(-0.5 * i * i / (sigma * sigma));
        values.push_back(value);
        sum += value;
        power += value * value;
    }
    const double unit = scale == KernelScale::Mean ? sum : std::sqrt(power);
    std::vector<float> kernel;
    for (const double value : values) {
        kernel.push_back(static_cast<float>(value / unit));
    }
    return kernel;
}

void convolveRow(const float *from, float *to, int count, const std::vector<float> &kernel, KernelEnds ends)
{
    const std::size_t radius = kernel.size() / 2;
    const auto size = static_cast<std::size_t>(count);
    thread_local std::vector<float> padded;
    padded.resize(size + 2 * radius);
    std::fill_n(padded.data(), radius, ends == KernelEnds::Repeat ? from[0] : 0.0F);
    std::copy_n(from, size, padded.data() + radius);
    std::fill_n(padded.data() + radius + size, radius, ends == KernelEnds::Repeat ? from[size - 1] : 0.0F);
    std::fill_n(to, size, 0.0F);
    for (std::size_t k = 0; k < kernel.size(); ++k) {
        const float *shifted = padded.data() + k;
        for (std::size_t x = 0; x < size; ++x) {
            to[x] += kernel[k] * shifted[x];
        }
    }
}

void convolveRows(std::vector<float> &plane, int width, const std::vector<float> &kernel, KernelEnds ends)
{
    for (std::size_t row = 0; row < plane.size(); row += static_cast<std::size_t>(width)) {
        convolveRow(plane.data() + row, plane.data() + row, width, kernel, ends);
    }
}

void convolveColumns(std::vector<float> &plane, int width, const std::vector<float> &kernel, KernelEnds ends)
{
    const auto columns = static_cast<std::size_t>(width);
    const auto rows = static_cast<int>(plane.size() / columns);
    const auto radius = static_cast<int>(kernel.size() / 2);
    std::vector<float> result(plane.size(), 0.0F);
    for (int y = 0; y < rows; ++y) {
        float *to = result.data() + static_cast<std::size_t>(y) * columns;
        for (int k = -radius; k <= radius; ++k) {
            const bool isBeyond = y + k < 0 || y + k >= rows;
            if (isBeyond && ends == KernelEnds::Nothing) {
                continue;
            }
            const float weight = kernel[static_cast<std::size_t>(k + radius)];
            const float *from = plane.data() + static_cast<std::size_t>(std::clamp(y + k, 0, rows - 1)) * columns;
            for (std::size_t x = 0; x < columns; ++x) {
                to[x] += weight * from[x];
            }
        }
    }
    plane.swap(result);
}

} // namespace semigda::app
