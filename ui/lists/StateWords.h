// SPDX-License-Identifier: Apache-2.0
// How states and agreement are said and shown to people, the same everywhere: an icon and a word, never colour alone.
#pragma once

#include "core/ports/ProjectRecords.h"

#include <QColor>
#include <QString>

namespace semigda::ui
{

QString stateWord(core::ImageState state);
QString stateIconName(core::ImageState state);
QColor stateColour(core::ImageState state);
QString splitWord(core::Split split);

/// "91 % agreement, high" for a disagreement of 0.09.
QString agreementText(float disagreement);
/// "85 % agreement"; for narrow places.
QString shortAgreementText(float disagreement);
/// "low", "medium", "high".
QString agreementWord(float disagreement);

} // namespace semigda::ui
