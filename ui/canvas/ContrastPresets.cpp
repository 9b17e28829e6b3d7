// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/ContrastPresets.h"

#include <QCoreApplication>

namespace semigda::ui
{

std::vector<ContrastPreset> ctPresets()
{
    const auto word = [](const char *text) { return QCoreApplication::translate("semigda::ui::ContrastPreset", text); };
    return {
        {word(QT_TRANSLATE_NOOP("semigda::ui::ContrastPreset", "Soft tissue")), {40.0, 400.0}},
        {word(QT_TRANSLATE_NOOP("semigda::ui::ContrastPreset", "Lung")), {-600.0, 1500.0}},
        {word(QT_TRANSLATE_NOOP("semigda::ui::ContrastPreset", "Mediastinum")), {50.0, 350.0}},
        {word(QT_TRANSLATE_NOOP("semigda::ui::ContrastPreset", "Bone")), {400.0, 1800.0}},
        {word(QT_TRANSLATE_NOOP("semigda::ui::ContrastPreset", "Brain")), {40.0, 80.0}},
        {word(QT_TRANSLATE_NOOP("semigda::ui::ContrastPreset", "Liver")), {60.0, 160.0}},
    };
}

} // namespace semigda::ui
