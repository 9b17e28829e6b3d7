// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace semigda::ui
{

/// Makes ":/icons/NAME.svg" known, for style sheets; the functions below do so themselves.
void registerIcons();

/// An icon of resources/icons ("brush") drawn in the palette's text colour at whatever size is asked for; it follows
/// a change of theme by itself. White when checked on a tool button, grey when disabled.
QIcon themedIcon(const QString &name);

/// The program's own, in its own colours.
QIcon programIcon();

/// One such icon in a given colour. `size` in logical pixels.
QPixmap iconPixmap(const QString &name, int size, const QColor &colour, qreal devicePixelRatio = 1.0);

} // namespace semigda::ui
