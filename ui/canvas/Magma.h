// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRgb>

#include <array>

namespace semigda::ui
{

/// The magma colour scale, dark for 0 to bright for 255; opaque. Perceptually even, safe for colour-blind eyes.
const std::array<QRgb, 256> &magma();

} // namespace semigda::ui
