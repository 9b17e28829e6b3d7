// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

class QAction;

namespace semigda::ui
{

struct KeyPreset;
class UiSettings;

/// Gives an action its keys, its tooltip with the first of them, and decides where they act: keys that move about in
/// lists and fields (arrows, page keys, and so on, without Ctrl or Alt) act only while a widget has the focus that the
/// action was added to; all others in the whole window. The status tip is the tooltip's text without the key.
void giveKeys(QAction &action, const QList<QKeySequence> &keys);

/// "Ctrl+Z or Ctrl+Y", in the words of the platform; empty for none.
QString keysText(const QList<QKeySequence> &keys);

/// The keys of all actions: what they are by default, what the user has made of them. No key belongs to two actions.
/// Gui thread.
class KeyBindings : public QObject
{
    Q_OBJECT

public:
    /// Actions need object names that differ and must outlive this; the keys they have now are their defaults.
    explicit KeyBindings(const QList<QAction *> &actions, QObject *parent = nullptr);

    const QList<QAction *> &actions() const { return m_actions; }
    QAction *find(const QString &objectName) const;
    QList<QKeySequence> defaultKeys(const QAction &action) const;
    bool isChanged(const QAction &action) const;
    /// The action that has a key, other than `except`; null: nobody.
    QAction *ownerOf(const QKeySequence &key, const QAction *except = nullptr) const;
    /// Why a key cannot be given to any action, in one sentence; empty when it can.
    static QString reasonAgainst(const QKeySequence &key);

    /// Another action that has one of them loses it. Keys with a reason against them are left out.
    void setKeys(QAction &action, const QList<QKeySequence> &keys);
    void reset(QAction &action);
    void resetAll();
    /// Those of the preset, and for what it does not name the defaults that are still free.
    void apply(const KeyPreset &preset);

    /// Only what differs from the defaults is kept. Names of actions that are gone are ignored.
    void load(const UiSettings &settings);
    void save(UiSettings &settings) const;

Q_SIGNALS:
    void changed();

private:
    void assign(QAction &action, const QList<QKeySequence> &keys);

    QList<QAction *> m_actions;
    QHash<const QAction *, QList<QKeySequence>> m_defaults;
};

} // namespace semigda::ui
