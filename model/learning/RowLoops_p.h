// SPDX-License-Identifier: Apache-2.0
// Loops over tables in memory: a row for each pixel, a column for each channel (channels_last). They compute in float
// and read and write float or bfloat16; sums are of few rows at a time, and callers go on in double precision.
#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

namespace semigda::learning::rows
{

using BFloat16 = c10::BFloat16;

struct Extent
{
    std::int64_t rows = 0;
    std::int64_t columns = 0;
};

/// Per column: value = factor x + offset.
struct Line
{
    const float *factor = nullptr;
    const float *offset = nullptr;
};

/// Per column, added to.
struct Sums
{
    float *plain = nullptr;
    float *product = nullptr;
};

/// y = activation(line(x) + added); `added` may be null; the activation is x above 0 and slope x elsewhere.
void apply(Extent extent, Line line, const float *x, const float *added, float slope, float *y);
void apply(Extent extent, Line line, const BFloat16 *x, const BFloat16 *added, float slope, BFloat16 *y);

/// y = silu(line(x))
void applySilu(Extent extent, Line line, const float *x, float *y);
void applySilu(Extent extent, Line line, const BFloat16 *x, BFloat16 *y);

/// Sums of a = x - base and of a a.
void sumSquares(Extent extent, const float *x, const float *base, Sums sums);
void sumSquares(Extent extent, const BFloat16 *x, const float *base, Sums sums);

/// Sums of g and of g (x - base).
void sumProducts(Extent extent, const float *g, const float *x, const float *base, Sums sums);
void sumProducts(Extent extent, const BFloat16 *g, const BFloat16 *x, const float *base, Sums sums);

/// inner = the gradient before apply()'s activation, from that after it (`upper`) and from y.
void revert(Extent extent, const float *upper, const float *y, float slope, float *inner);
void revert(Extent extent, const BFloat16 *upper, const BFloat16 *y, float slope, BFloat16 *inner);

/// inner = the gradient before applySilu()'s silu, from that after it and from x.
void revertSilu(Extent extent, Line line, const float *upper, const float *x, float *inner);
void revertSilu(Extent extent, Line line, const BFloat16 *upper, const BFloat16 *x, BFloat16 *inner);

/// lower = ofInner inner + line(x)
void combine(Extent extent, const float *ofInner, Line line, const float *inner, const float *x, float *lower);
void combine(Extent extent, const float *ofInner, Line line, const BFloat16 *inner, const BFloat16 *x, BFloat16 *lower);

/// y = x above 0 and slope x elsewhere.
void prelu(std::int64_t count, const float *x, float slope, float *y);
void prelu(std::int64_t count, const BFloat16 *x, float slope, BFloat16 *y);

/// Gradient of x, and as the result that of the slope.
float revertPrelu(std::int64_t count, const float *upper, const float *x, float slope, float *lower);
float revertPrelu(std::int64_t count, const BFloat16 *upper, const BFloat16 *x, float slope, BFloat16 *lower);

} // namespace semigda::learning::rows
