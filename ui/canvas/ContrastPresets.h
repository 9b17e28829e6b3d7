// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"

#include <QString>

#include <vector>

namespace semigda::ui
{

/// A named window, in rescaled units.
struct ContrastPreset
{
    QString name;
    core::ValueWindow window;
};

/// The usual windows for CT (Hounsfield units).
std::vector<ContrastPreset> ctPresets();

} // namespace semigda::ui
