// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/Magma.h"

#include <algorithm>

namespace semigda::ui
{

namespace
{

// Sixth degree fits to the published scale, error below 2 %; lowest power first.
constexpr double Red[] = {-0.002136, 0.251661, 8.353717, -27.668733, 52.176140, -50.768525, 18.655705};
constexpr double Green[] = {-0.000750, 0.677523, -3.577720, 14.264731, -27.943606, 29.046583, -11.489774};
constexpr double Blue[] = {-0.005386, 2.494027, 0.314468, -13.649213, 12.944169, 4.234153, -5.601962};

int channel(const double (&powers)[7], double t)
{
    double value = 0.0;
    for (int i = 6; i >= 0; --i)
        value = value * t + powers[i];
    return static_cast<int>(std::clamp(value, 0.0, 1.0) * 255.0 + 0.5);
}

} // namespace

const std::array<QRgb, 256> &magma()
{
    static const std::array<QRgb, 256> Scale = [] {
        std::array<QRgb, 256> scale{};
        for (std::size_t i = 0; i < scale.size(); ++i) {
            const double t = static_cast<double>(i) / 255.0;
            scale[i] = qRgb(channel(Red, t), channel(Green, t), channel(Blue, t));
        }
        return scale;
    }();
    return Scale;
}

} // namespace semigda::ui
