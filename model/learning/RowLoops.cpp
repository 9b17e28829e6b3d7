// SPDX-License-Identifier: Apache-2.0
#include "learning/RowLoops_p.h"

#include "core/ProcessorClones.h"
#include "learning/FloatBits_p.h"

#include <algorithm>
#include <bit>

#define EACH_PROCESSOR SEMIGDA_CLONES("arch=x86-64-v4", "arch=x86-64-v3", "default")
#if defined(__GNUC__)
#define INTO_CALLER inline __attribute__((always_inline))
#else
#define INTO_CALLER inline
#endif

namespace semigda::learning::rows
{

namespace
{

// Pointers do not overlap, and both sides of a choice are computed before it: otherwise the compiler does one value at
// a time.

INTO_CALLER float activated(float value, float slope)
{
    const float below = slope * value;
    return value > 0.0F ? value : below;
}

/// 1 / (1 + e^-x), within 2e-7. What is no number gives some number.
INTO_CALLER float sigmoid(float x)
{
    // e^-x = 2^n e^r with |r| <= ln 2 / 2; adding and taking away 1.5 x 2^23 rounds to an integer.
    constexpr float Rounder = 12582912.0F;
    const float bounded = std::min(std::max(-87.0F, -x), 87.0F);
    const float n = (bounded * 1.44269504F + Rounder) - Rounder;
    const float r = (bounded - n * 0.693359375F) + n * 2.12194440e-4F;
    float power = 1.0F / 5040.0F;
    power = power * r + 1.0F / 720.0F;
    power = power * r + 1.0F / 120.0F;
    power = power * r + 1.0F / 24.0F;
    power = power * r + 1.0F / 6.0F;
    power = power * r + 0.5F;
    power = power * r + 1.0F;
    power = power * r + 1.0F;
    const float scale = std::bit_cast<float>((static_cast<std::int32_t>(n) + 127) << 23);
    return 1.0F / (1.0F + power * scale);
}

template <typename T>
INTO_CALLER void applyOf(Extent extent, Line line, const T *__restrict x, const T *__restrict added, float slope,
                         T *__restrict y)
{
    const float *__restrict factor = line.factor;
    const float *__restrict offset = line.offset;
    for (std::int64_t row = 0; row < extent.rows; ++row) {
        if (added != nullptr) {
            for (std::int64_t c = 0; c < extent.columns; ++c) {
                y[c] = fromFloat<T>(activated(factor[c] * toFloat(x[c]) + offset[c] + toFloat(added[c]), slope));
            }
            added += extent.columns;
        } else {
            for (std::int64_t c = 0; c < extent.columns; ++c) {
                y[c] = fromFloat<T>(activated(factor[c] * toFloat(x[c]) + offset[c], slope));
            }
        }
        x += extent.columns;
        y += extent.columns;
    }
}

template <typename T> INTO_CALLER void applySiluOf(Extent extent, Line line, const T *__restrict x, T *__restrict y)
{
    const float *__restrict factor = line.factor;
    const float *__restrict offset = line.offset;
    for (std::int64_t row = 0; row < extent.rows; ++row) {
        for (std::int64_t c = 0; c < extent.columns; ++c) {
            const float value = factor[c] * toFloat(x[c]) + offset[c];
            y[c] = fromFloat<T>(value * sigmoid(value));
        }
        x += extent.columns;
        y += extent.columns;
    }
}

// Four rows at a time, so that sums are read and written a quarter as often.

template <typename T>
INTO_CALLER void sumSquaresOf(Extent extent, const T *__restrict x, const float *__restrict base, Sums sums)
{
    float *__restrict plain = sums.plain;
    float *__restrict product = sums.product;
    const std::int64_t n = extent.columns;
    std::int64_t row = 0;
    for (; row + 4 <= extent.rows; row += 4) {
        for (std::int64_t c = 0; c < n; ++c) {
            const float a = toFloat(x[c]) - base[c];
            const float b = toFloat(x[c + n]) - base[c];
            const float d = toFloat(x[c + 2 * n]) - base[c];
            const float e = toFloat(x[c + 3 * n]) - base[c];
            plain[c] += (a + b) + (d + e);
            product[c] += (a * a + b * b) + (d * d + e * e);
        }
        x += 4 * n;
    }
    for (; row < extent.rows; ++row) {
        for (std::int64_t c = 0; c < n; ++c) {
            const float away = toFloat(x[c]) - base[c];
            plain[c] += away;
            product[c] += away * away;
        }
        x += n;
    }
}

template <typename T>
INTO_CALLER void sumProductsOf(Extent extent, const T *__restrict g, const T *__restrict x,
                               const float *__restrict base, Sums sums)
{
    float *__restrict plain = sums.plain;
    float *__restrict product = sums.product;
    const std::int64_t n = extent.columns;
    std::int64_t row = 0;
    for (; row + 4 <= extent.rows; row += 4) {
        for (std::int64_t c = 0; c < n; ++c) {
            const float a = toFloat(g[c]);
            const float b = toFloat(g[c + n]);
            const float d = toFloat(g[c + 2 * n]);
            const float e = toFloat(g[c + 3 * n]);
            plain[c] += (a + b) + (d + e);
            product[c] += (a * (toFloat(x[c]) - base[c]) + b * (toFloat(x[c + n]) - base[c]))
                          + (d * (toFloat(x[c + 2 * n]) - base[c]) + e * (toFloat(x[c + 3 * n]) - base[c]));
        }
        g += 4 * n;
        x += 4 * n;
    }
    for (; row < extent.rows; ++row) {
        for (std::int64_t c = 0; c < n; ++c) {
            const float value = toFloat(g[c]);
            plain[c] += value;
            product[c] += value * (toFloat(x[c]) - base[c]);
        }
        g += n;
        x += n;
    }
}

template <typename T>
INTO_CALLER void revertOf(Extent extent, const T *__restrict upper, const T *__restrict y, float slope,
                          T *__restrict inner)
{
    const std::int64_t count = extent.rows * extent.columns;
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = toFloat(upper[i]);
        const float below = slope * gradient;
        inner[i] = fromFloat<T>(toFloat(y[i]) > 0.0F ? gradient : below);
    }
}

template <typename T>
INTO_CALLER void revertSiluOf(Extent extent, Line line, const T *__restrict upper, const T *__restrict x,
                              T *__restrict inner)
{
    const float *__restrict factor = line.factor;
    const float *__restrict offset = line.offset;
    for (std::int64_t row = 0; row < extent.rows; ++row) {
        for (std::int64_t c = 0; c < extent.columns; ++c) {
            const float value = factor[c] * toFloat(x[c]) + offset[c];
            const float s = sigmoid(value);
            inner[c] = fromFloat<T>(toFloat(upper[c]) * (s * (1.0F + value * (1.0F - s))));
        }
        upper += extent.columns;
        x += extent.columns;
        inner += extent.columns;
    }
}

template <typename T>
INTO_CALLER void combineOf(Extent extent, const float *__restrict ofInner, Line line, const T *__restrict inner,
                           const T *__restrict x, T *__restrict lower)
{
    const float *__restrict factor = line.factor;
    const float *__restrict offset = line.offset;
    for (std::int64_t row = 0; row < extent.rows; ++row) {
        for (std::int64_t c = 0; c < extent.columns; ++c) {
            lower[c] = fromFloat<T>(ofInner[c] * toFloat(inner[c]) + factor[c] * toFloat(x[c]) + offset[c]);
        }
        inner += extent.columns;
        x += extent.columns;
        lower += extent.columns;
    }
}

template <typename T> INTO_CALLER void preluOf(std::int64_t count, const T *__restrict x, float slope, T *__restrict y)
{
    for (std::int64_t i = 0; i < count; ++i) {
        y[i] = fromFloat<T>(activated(toFloat(x[i]), slope));
    }
}

template <typename T>
INTO_CALLER float revertPreluOf(std::int64_t count, const T *__restrict upper, const T *__restrict x, float slope,
                                T *__restrict lower)
{
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = toFloat(upper[i]);
        const float below = slope * gradient;
        lower[i] = fromFloat<T>(toFloat(x[i]) > 0.0F ? gradient : below);
    }
    // Sums of their own, so that several numbers may be added at once.
    constexpr std::int64_t Lanes = 32;
    float lanes[Lanes] = {};
    const std::int64_t whole = count / Lanes * Lanes;
    for (std::int64_t start = 0; start < whole; start += Lanes) {
        for (std::int64_t lane = 0; lane < Lanes; ++lane) {
            lanes[lane] += toFloat(upper[start + lane]) * std::min(toFloat(x[start + lane]), 0.0F);
        }
    }
    float sum = 0.0F;
    for (const float lane : lanes) {
        sum += lane;
    }
    for (std::int64_t i = whole; i < count; ++i) {
        sum += toFloat(upper[i]) * std::min(toFloat(x[i]), 0.0F);
    }
    return sum;
}

} // namespace

EACH_PROCESSOR void apply(Extent extent, Line line, const float *x, const float *added, float slope, float *y)
{
    applyOf(extent, line, x, added, slope, y);
}

EACH_PROCESSOR void apply(Extent extent, Line line, const BFloat16 *x, const BFloat16 *added, float slope, BFloat16 *y)
{
    applyOf(extent, line, x, added, slope, y);
}

EACH_PROCESSOR void applySilu(Extent extent, Line line, const float *x, float *y)
{
    applySiluOf(extent, line, x, y);
}

EACH_PROCESSOR void applySilu(Extent extent, Line line, const BFloat16 *x, BFloat16 *y)
{
    applySiluOf(extent, line, x, y);
}

EACH_PROCESSOR void sumSquares(Extent extent, const float *x, const float *base, Sums sums)
{
    sumSquaresOf(extent, x, base, sums);
}

EACH_PROCESSOR void sumSquares(Extent extent, const BFloat16 *x, const float *base, Sums sums)
{
    sumSquaresOf(extent, x, base, sums);
}

EACH_PROCESSOR void sumProducts(Extent extent, const float *g, const float *x, const float *base, Sums sums)
{
    sumProductsOf(extent, g, x, base, sums);
}

EACH_PROCESSOR void sumProducts(Extent extent, const BFloat16 *g, const BFloat16 *x, const float *base, Sums sums)
{
    sumProductsOf(extent, g, x, base, sums);
}

EACH_PROCESSOR void revert(Extent extent, const float *upper, const float *y, float slope, float *inner)
{
    revertOf(extent, upper, y, slope, inner);
}

EACH_PROCESSOR void revert(Extent extent, const BFloat16 *upper, const BFloat16 *y, float slope, BFloat16 *inner)
{
    revertOf(extent, upper, y, slope, inner);
}

EACH_PROCESSOR void revertSilu(Extent extent, Line line, const float *upper, const float *x, float *inner)
{
    revertSiluOf(extent, line, upper, x, inner);
}

EACH_PROCESSOR void revertSilu(Extent extent, Line line, const BFloat16 *upper, const BFloat16 *x, BFloat16 *inner)
{
    revertSiluOf(extent, line, upper, x, inner);
}

EACH_PROCESSOR void combine(Extent extent, const float *ofInner, Line line, const float *inner, const float *x,
                            float *lower)
{
    combineOf(extent, ofInner, line, inner, x, lower);
}

EACH_PROCESSOR void combine(Extent extent, const float *ofInner, Line line, const BFloat16 *inner, const BFloat16 *x,
                            BFloat16 *lower)
{
    combineOf(extent, ofInner, line, inner, x, lower);
}

EACH_PROCESSOR void prelu(std::int64_t count, const float *x, float slope, float *y)
{
    preluOf(count, x, slope, y);
}

EACH_PROCESSOR void prelu(std::int64_t count, const BFloat16 *x, float slope, BFloat16 *y)
{
    preluOf(count, x, slope, y);
}

EACH_PROCESSOR float revertPrelu(std::int64_t count, const float *upper, const float *x, float slope, float *lower)
{
    return revertPreluOf(count, upper, x, slope, lower);
}

EACH_PROCESSOR float revertPrelu(std::int64_t count, const BFloat16 *upper, const BFloat16 *x, float slope,
                                 BFloat16 *lower)
{
    return revertPreluOf(count, upper, x, slope, lower);
}

} // namespace semigda::learning::rows
