// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/ClassPresets.h"

#include <QCoreApplication>

namespace semigda::ui
{

namespace
{

struct PresetTexts
{
    Q_DECLARE_TR_FUNCTIONS(semigda::ui::ClassPresets)
};

} // namespace

QList<ClassPreset> classPresets()
{
    return {
        {PresetTexts::tr("One structure"), {PresetTexts::tr("Lesion")}},
        {PresetTexts::tr("Cells"), {PresetTexts::tr("Nucleus"), PresetTexts::tr("Cytoplasm")}},
        {PresetTexts::tr("Brain tumour"),
         {PresetTexts::tr("Necrotic core"), PresetTexts::tr("Enhancing tumour"), PresetTexts::tr("Oedema")}},
        {PresetTexts::tr("Chest"),
         {PresetTexts::tr("Left lung"), PresetTexts::tr("Right lung"), PresetTexts::tr("Heart")}},
        {PresetTexts::tr("Abdomen"),
         {PresetTexts::tr("Liver"), PresetTexts::tr("Spleen"), PresetTexts::tr("Left kidney"),
          PresetTexts::tr("Right kidney"), PresetTexts::tr("Pancreas"), PresetTexts::tr("Gallbladder")}},
        {PresetTexts::tr("Heart"),
         {PresetTexts::tr("Left ventricle"), PresetTexts::tr("Right ventricle"), PresetTexts::tr("Myocardium")}},
        {PresetTexts::tr("Eye fundus"), {PresetTexts::tr("Optic disc"), PresetTexts::tr("Optic cup")}},
        {PresetTexts::tr("Skin"), {PresetTexts::tr("Lesion"), PresetTexts::tr("Hair"), PresetTexts::tr("Marker")}},
    };
}

} // namespace semigda::ui
