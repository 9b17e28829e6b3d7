// SPDX-License-Identifier: Apache-2.0
#include "ui/keys/KeyBindings.h"

#include "ui/keys/KeyPresets.h"
#include "ui/window/UiSettings.h"

#include <QAction>

#include <algorithm>

namespace semigda::ui
{

namespace
{

const QString SettingsGroup = QStringLiteral("keys");
// An action without any key; an empty text would be lost in the settings.
const QString NoKey = QStringLiteral("none");

constexpr Qt::KeyboardModifiers CommandModifiers = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;

/// Lists, fields and sliders need it themselves.
bool movesAbout(const QKeySequence &key)
{
    if (key.isEmpty() || (key[0].keyboardModifiers() & CommandModifiers) != Qt::NoModifier)
        return false;
    switch (key[0].key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_Delete:
    case Qt::Key_Insert:
        return true;
    default:
        return false;
    }
}

} // namespace

void giveKeys(QAction &action, const QList<QKeySequence> &wanted)
{
    QList<QKeySequence> keys = wanted;
    // Some standard keys exist on some systems only.
    keys.removeAll(QKeySequence());
    const bool needsFocus = std::any_of(keys.begin(), keys.end(), movesAbout);
    action.setShortcutContext(needsFocus ? Qt::WidgetShortcut : Qt::WindowShortcut);
    action.setShortcuts(keys);
    QString tip = action.statusTip();
    if (!keys.isEmpty())
        tip += QStringLiteral(" (%1)").arg(keys.front().toString(QKeySequence::NativeText));
    action.setToolTip(tip);
}

QString keysText(const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts << key.toString(QKeySequence::NativeText);
    return texts.join(KeyBindings::tr("  or  "));
}

KeyBindings::KeyBindings(const QList<QAction *> &actions, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
{
    for (const QAction *action : m_actions)
        m_defaults.insert(action, action->shortcuts());
}

QAction *KeyBindings::find(const QString &objectName) const
{
    const auto found = std::find_if(m_actions.begin(), m_actions.end(), [&objectName](const QAction *action) {
        return action->objectName() == objectName;
    });
    return found != m_actions.end() ? *found : nullptr;
}

QList<QKeySequence> KeyBindings::defaultKeys(const QAction &action) const
{
    return m_defaults.value(&action);
}

bool KeyBindings::isChanged(const QAction &action) const
{
    return action.shortcuts() != defaultKeys(action);
}

QAction *KeyBindings::ownerOf(const QKeySequence &key, const QAction *except) const
{
    const auto found = std::find_if(m_actions.begin(), m_actions.end(), [&](const QAction *action) {
        return action != except && action->shortcuts().contains(key);
    });
    return found != m_actions.end() ? *found : nullptr;
}

QString KeyBindings::reasonAgainst(const QKeySequence &key)
{
    if (key.isEmpty())
        return tr("Press the keys that are to do it.");
    if (key.count() > 1)
        return tr("Only one key at a time can be used, with Ctrl, Alt or Shift if you like.");
    const Qt::KeyboardModifiers modifiers = key[0].keyboardModifiers();
    const Qt::Key pressed = key[0].key();
    if ((modifiers & CommandModifiers) == Qt::NoModifier) {
        switch (pressed) {
        case Qt::Key_Escape:
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Backspace:
            return tr("Enter, Esc and Backspace finish, cancel and step back while something is drawn.");
        case Qt::Key_Space:
            return tr("Space moves the image while it is held.");
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
            return tr("Tab goes from field to field.");
        default:
            break;
        }
    }
    if ((modifiers & CommandModifiers) == Qt::AltModifier && pressed >= Qt::Key_A && pressed <= Qt::Key_Z)
        return tr("Alt with a letter opens the menus.");
    return {};
}

void KeyBindings::setKeys(QAction &action, const QList<QKeySequence> &keys)
{
    assign(action, keys);
    Q_EMIT changed();
}

void KeyBindings::assign(QAction &action, const QList<QKeySequence> &keys)
{
    QList<QKeySequence> possible;
    for (const QKeySequence &key : keys) {
        if (!reasonAgainst(key).isEmpty() || possible.contains(key))
            continue;
        possible << key;
        if (QAction *before = ownerOf(key, &action)) {
            QList<QKeySequence> left = before->shortcuts();
            left.removeAll(key);
            giveKeys(*before, left);
        }
    }
    giveKeys(action, possible);
}

void KeyBindings::reset(QAction &action)
{
    setKeys(action, defaultKeys(action));
}

void KeyBindings::resetAll()
{
    for (QAction *action : m_actions)
        giveKeys(*action, defaultKeys(*action));
    Q_EMIT changed();
}

void KeyBindings::apply(const KeyPreset &preset)
{
    for (QAction *action : m_actions)
        giveKeys(*action, defaultKeys(*action));
    for (const auto &[name, keys] : preset.keys) {
        if (QAction *action = find(name))
            assign(*action, QKeySequence::listFromString(keys));
    }
    Q_EMIT changed();
}

void KeyBindings::load(const UiSettings &settings)
{
    for (QAction *action : m_actions)
        giveKeys(*action, defaultKeys(*action));
    const QStringList names = settings.names(SettingsGroup);
    for (const QString &name : names) {
        QAction *action = find(name);
        const QString text = settings.text(SettingsGroup + QLatin1Char('/') + name);
        if (action != nullptr)
            assign(*action, text == NoKey ? QList<QKeySequence>() : QKeySequence::listFromString(text));
    }
    Q_EMIT changed();
}

void KeyBindings::save(UiSettings &settings) const
{
    settings.remove(SettingsGroup);
    for (const QAction *action : m_actions) {
        if (!isChanged(*action))
            continue;
        const QString text = QKeySequence::listToString(action->shortcuts(), QKeySequence::PortableText);
        settings.setText(SettingsGroup + QLatin1Char('/') + action->objectName(), text.isEmpty() ? NoKey : text);
    }
}

} // namespace semigda::ui
