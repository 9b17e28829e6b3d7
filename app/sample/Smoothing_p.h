// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace semigda::app
{

/// What a kernel keeps: the mean of a picture, or the power of white noise.
enum class KernelScale { Mean, Power };

/// A Gaussian with `sigma` pixels, cut at three of them.
std::vector<float> gaussianKernel(double sigma, KernelScale scale);

/// What lies beyond the ends: more of the last value, or nothing, as for noise whose power must not grow there.
enum class KernelEnds { Repeat, Nothing };

void convolveRow(const float *from, float *to, int count, const std::vector<float> &kernel,
                 KernelEnds ends = KernelEnds::Repeat);

/// Convolve every row or column of a row-major plane of the given width in place.
void convolveRows(std::vector<float> &plane, int width, const std::vector<float> &kernel,
                  KernelEnds ends = KernelEnds::Repeat);
void convolveColumns(std::vector<float> &plane, int width, const std::vector<float> &kernel,
                     KernelEnds ends = KernelEnds::Repeat);

} // namespace semigda::app
