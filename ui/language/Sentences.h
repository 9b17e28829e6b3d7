// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Sentence.h"

#include <QString>

namespace semigda::ui
{

/// The sentence in the language that is applied (Language.h). Any thread.
QString sentenceText(const core::Sentence &sentence);

} // namespace semigda::ui
