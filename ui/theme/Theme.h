// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QString>

class QApplication;
class QPalette;
class QWidget;

namespace semigda::ui
{

enum class ThemeKind { Dark, Light };

/// Colours a palette has no role for. All keep a contrast of at least 4.5 to the window colour.
struct ThemeColours
{
    QColor accent;     ///< fills that carry white text
    QColor accentText; ///< the accent as text or line on the window colour
    QColor muted;      ///< secondary text
    QColor surround;   ///< around the image
    QColor border;     ///< hairlines
    QColor good;
    QColor warning;
    QColor bad;
    QColor secondCurve; ///< the second line of a chart
};

/// The grid all distances are multiples of, in logical pixels.
inline constexpr int GridUnit = 8;

/// "dark" or "light"; anything else is dark.
ThemeKind themeFrom(const QString &word);
QString toString(ThemeKind kind);

QPalette themePalette(ThemeKind kind);
/// Fusion style, palette, style sheet. Gui thread; existing widgets follow.
void applyTheme(QApplication &application, ThemeKind kind);
/// Marks the one button or label that the style sheet draws in a role ("primary", "muted", "heading", "bad", ...);
/// may be called at any time.
void setRole(QWidget *widget, const QString &role);
ThemeKind currentTheme();
const ThemeColours &themeColours();

} // namespace semigda::ui
