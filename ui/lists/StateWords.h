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

/// "estimated Dice 0.87 · 91 % agreement, high" for an estimate of 0.87 and a disagreement of 0.09.
QString doubtText(const core::PredictionScores &scores);
/// "estimated Dice 0.87", or "91 % agreement" where there is no estimate; for narrow places.
QString shortDoubtText(const core::PredictionScores &scores);

} // namespace semigda::ui
