// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QPair>
#include <QString>

namespace semigda::ui
{

/// The keys people know from another program.
struct KeyPreset
{
    QString id; ///< stays the same in all languages
    QString name;
    /// Object name of the action and its keys (QKeySequence::listFromString); what is not named keeps its default.
    QList<QPair<QString, QString>> keys;
};

/// Our own first (nothing named), then Slicer, ITK-SNAP, labelme and CVAT, as far as those programs have the same
/// commands.
const QList<KeyPreset> &keyPresets();

} // namespace semigda::ui
