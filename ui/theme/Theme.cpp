// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/Theme.h"

#include "ui/theme/Icons.h"

#include <QApplication>
#include <QColor>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

namespace semigda::ui
{

namespace
{

ThemeKind g_current = ThemeKind::Dark;

const ThemeColours DarkColours{
    .accent = QColor(0x2a, 0x76, 0xb8),
    .accentText = QColor(0x6c, 0xb4, 0xee),
    .muted = QColor(0xa6, 0xa6, 0xa6),
    .surround = QColor(0x1c, 0x1c, 0x1c),
    .border = QColor(0x45, 0x45, 0x45),
    .good = QColor(0x6f, 0xc2, 0x9a),
    .warning = QColor(0xe0, 0xb0, 0x4c),
    .bad = QColor(0xef, 0x8a, 0x78),
    .secondCurve = QColor(0xe0, 0xb0, 0x4c),
};

const ThemeColours LightColours{
    .accent = QColor(0x1f, 0x6a, 0xa8),
    .accentText = QColor(0x15, 0x5c, 0x98),
    .muted = QColor(0x5a, 0x5a, 0x5a),
    .surround = QColor(0xc4, 0xc4, 0xc4),
    .border = QColor(0xc2, 0xc2, 0xc2),
    .good = QColor(0x1c, 0x6e, 0x49),
    .warning = QColor(0x80, 0x58, 0x00),
    .bad = QColor(0xa8, 0x32, 0x1e),
    .secondCurve = QColor(0xa8, 0x6a, 0x00),
};

/// The percentage stands on it in the text colour, dark in the light theme.
QColor progressColour()
{
    return g_current == ThemeKind::Light ? QColor(0x8f, 0xbf, 0xe6) : DarkColours.accent;
}

/// Flat, quiet, on the 8 pixel grid; colours come from the palette so that both themes share it.
QString styleSheet(const ThemeColours &colours)
{
    return QStringLiteral(R"(
QMainWindow::separator { background: palette(window); width: 4px; height: 4px; }
QMainWindow::separator:hover { background: %1; }
QToolBar { background: palette(window); border: 0px; border-bottom: 1px solid %2; padding: 2px 6px; spacing: 2px; }
QToolBar::separator { background: %2; width: 1px; height: 1px; margin: 6px; }
QToolBar QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 4px 6px; }
QToolBar QToolBarExtension { padding: 0px; }
QToolBar QToolButton:hover { background: palette(button); }
QToolBar QToolButton:checked { background: %1; color: white; }
QToolBar QToolButton:focus { border: 1px solid %1; }
QDockWidget { font-weight: 600; }
QDockWidget::title { background: palette(window); padding: 6px 8px; border-bottom: 1px solid %2; }
QDockWidget::close-button, QDockWidget::float-button { subcontrol-origin: margin; subcontrol-position: top right; position: absolute; top: 5px; width: 16px; height: 16px; }
QDockWidget::close-button { right: 8px; }
QDockWidget::float-button { right: 28px; }
QDockWidget > QWidget { font-weight: 400; }
QStatusBar { border-top: 1px solid %2; }
QStatusBar::item { border: 0px; }
QProgressBar { border: 1px solid %2; border-radius: 4px; background: palette(base); text-align: center; min-height: 14px; }
QProgressBar::chunk { background: %7; border-radius: 3px; }
QListView, QTableView, QTreeView { border: 1px solid %2; border-radius: 4px; outline: 0px; }
QToolTip { color: palette(tooltiptext); background: palette(tooltipbase); border: 1px solid %2; padding: 4px; }
QLabel[role="muted"] { color: %3; }
QLabel[role="title"] { font-size: 16pt; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="bad"] { color: %4; }
QLabel[role="warning"] { color: %5; }
QCheckBox { spacing: 7px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid %3; border-radius: 3px; background: palette(base); }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: %6; }
QCheckBox::indicator:checked { border-color: %1; background: %1; image: url(:/icons/tick.svg); }
QCheckBox::indicator:disabled { border-color: %2; background: palette(window); }
QCheckBox::indicator:checked:disabled { background: %2; }
QPushButton { padding: 5px 12px; min-height: 18px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton[role="primary"] { background: %1; color: white; border: 1px solid %1; border-radius: 4px; font-weight: 600; padding: 6px 14px; }
QPushButton[role="primary"]:hover { border-color: palette(bright-text); }
QPushButton[role="primary"]:focus { border-color: palette(bright-text); }
QPushButton[role="primary"]:pressed { background: palette(dark); }
QPushButton[role="primary"]:disabled { background: palette(button); border-color: %2; color: %3; }
QFrame[role="notice"] { background: palette(alternate-base); border: 1px solid %2; border-left: 4px solid %6; border-radius: 4px; }
QFrame[role="notice"][level="error"] { border-left-color: %4; }
QFrame[role="notice"][level="warning"] { border-left-color: %5; }
)")
        .arg(colours.accent.name(), colours.border.name(), colours.muted.name(), colours.bad.name(),
             colours.warning.name(), colours.accentText.name(), progressColour().name());
}

void setDisabled(QPalette &palette, const QColor &text)
{
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, text);
}

} // namespace

ThemeKind themeFrom(const QString &word)
{
    return word.compare(QLatin1StringView("light"), Qt::CaseInsensitive) == 0 ? ThemeKind::Light : ThemeKind::Dark;
}

QString toString(ThemeKind kind)
{
    return kind == ThemeKind::Light ? QStringLiteral("light") : QStringLiteral("dark");
}

QPalette themePalette(ThemeKind kind)
{
    const bool isDark = kind == ThemeKind::Dark;
    const auto grey = [isDark](int dark, int light) {
        const int value = isDark ? dark : light;
        return QColor(value, value, value);
    };
    const ThemeColours &colours = isDark ? DarkColours : LightColours;
    QPalette palette;
    palette.setColor(QPalette::Window, grey(0x2b, 0xf0));
    palette.setColor(QPalette::WindowText, grey(0xe6, 0x1a));
    palette.setColor(QPalette::Base, grey(0x22, 0xff));
    palette.setColor(QPalette::AlternateBase, grey(0x32, 0xe6));
    palette.setColor(QPalette::Text, grey(0xe6, 0x1a));
    palette.setColor(QPalette::PlaceholderText, colours.muted);
    palette.setColor(QPalette::Button, grey(0x3a, 0xe2));
    palette.setColor(QPalette::ButtonText, grey(0xe6, 0x1a));
    palette.setColor(QPalette::BrightText, grey(0xff, 0x00));
    palette.setColor(QPalette::ToolTipBase, grey(0x1a, 0xff));
    palette.setColor(QPalette::ToolTipText, grey(0xe6, 0x1a));
    palette.setColor(QPalette::Light, grey(0x4a, 0xff));
    palette.setColor(QPalette::Midlight, grey(0x40, 0xf6));
    palette.setColor(QPalette::Mid, grey(0x26, 0xbe));
    palette.setColor(QPalette::Dark, grey(0x1c, 0xa8));
    palette.setColor(QPalette::Shadow, grey(0x0c, 0x78));
    palette.setColor(QPalette::Highlight, colours.accent);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, colours.accentText);
    palette.setColor(QPalette::LinkVisited, colours.accentText);
    setDisabled(palette, grey(0x7d, 0x96));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, grey(0x4a, 0xc8));
    return palette;
}

void applyTheme(QApplication &application, ThemeKind kind)
{
    g_current = kind;
    registerIcons();
    if (application.style() == nullptr || application.style()->name() != QLatin1StringView("fusion"))
        application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setPalette(themePalette(kind));
    application.setStyleSheet(styleSheet(themeColours()));
    if (application.windowIcon().isNull())
        application.setWindowIcon(programIcon());
}

void setRole(QWidget *widget, const QString &role)
{
    widget->setProperty("role", role);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

ThemeKind currentTheme()
{
    return g_current;
}

const ThemeColours &themeColours()
{
    return g_current == ThemeKind::Dark ? DarkColours : LightColours;
}

} // namespace semigda::ui
