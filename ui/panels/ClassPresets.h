// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace semigda::ui
{

/// Classes that are often outlined together.
struct ClassPreset
{
    QString title;
    QStringList names; ///< in display order
};

/// In the interface's language: the names become those of a project's classes.
QList<ClassPreset> classPresets();

} // namespace semigda::ui
