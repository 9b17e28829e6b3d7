// SPDX-License-Identifier: Apache-2.0
// Elementary functions from exactly rounded operations only. The C library's differ in their last bits from system to
// system, and a seed has to give the same bytes on all of them. (Built without fused multiply-add, see app/CMakeLists.)
#pragma once

#include <cmath>

namespace semigda::app
{

inline constexpr double Pi = 3.14159265358979323846;

/// e^x, 0 below -700; x at most 700.
inline double portableExp(double x)
{
    if (x < -700.0) {
        return 0.0;
    }
    const double n = std::floor(x * 1.44269504088896340736 + 0.5);
    const double r = x - n * 0.69314718055994530942;
    double sum = 1.0;
    for (int k = 12; k > 0; --k) {
        sum = 1.0 + sum * r / k;
    }
    return std::ldexp(sum, static_cast<int>(n));
}

/// Natural logarithm of x > 0.
inline double portableLog(double x)
{
    int exponent = 0;
    double m = std::frexp(x, &exponent);
    if (m < 0.70710678118654752440) {
        m *= 2.0;
        --exponent;
    }
    const double t = (m - 1.0) / (m + 1.0);
    double sum = 0.0;
    for (int k = 19; k > 0; k -= 2) {
        sum = sum * t * t + 1.0 / k;
    }
    return 2.0 * t * sum + exponent * 0.69314718055994530942;
}

/// Sine of an angle in radians.
inline double portableSin(double angle)
{
    const double turns = angle / (2.0 * Pi);
    double x = (turns - std::floor(turns + 0.5)) * 2.0 * Pi;
    if (x > Pi / 2.0) {
        x = Pi - x;
    } else if (x < -Pi / 2.0) {
        x = -Pi - x;
    }
    double sum = 1.0;
    for (int k = 10; k > 0; --k) {
        sum = 1.0 - sum * x * x / ((2.0 * k) * (2.0 * k + 1.0));
    }
    return x * sum;
}

inline double portableCos(double angle)
{
    return portableSin(angle + Pi / 2.0);
}

/// The angle of (x, y), -pi to pi.
inline double portableAngle(double y, double x)
{
    const double ax = std::abs(x);
    const double ay = std::abs(y);
    if (ax == 0.0 && ay == 0.0) {
        return 0.0;
    }
    double t = ax > ay ? ay / ax : ax / ay;
    // Halving the angle twice brings t below 0.2, where the series converges fast.
    t = t / (1.0 + std::sqrt(1.0 + t * t));
    t = t / (1.0 + std::sqrt(1.0 + t * t));
    double sum = 0.0;
    for (int k = 17; k > 0; k -= 2) {
        sum = 1.0 / k - sum * t * t;
    }
    double angle = 4.0 * t * sum;
    if (ay >= ax) {
        angle = Pi / 2.0 - angle;
    }
    if (x < 0.0) {
        angle = Pi - angle;
    }
    return y < 0.0 ? -angle : angle;
}

/// Amplitude ratio of a level in decibels.
inline double fromDecibels(double level)
{
    return portableExp(level * 0.11512925464970228420);
}

/// 0 below `low`, 1 above `high`, smooth between.
inline double smoothStep(double low, double high, double x)
{
    const double t = x <= low ? 0.0 : x >= high ? 1.0 : (x - low) / (high - low);
    return t * t * (3.0 - 2.0 * t);
}

} // namespace semigda::app
