// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace semigda::ui
{

class KeyBindings;
class KeyCatcher;

/// The sheet of all keys, and their editor: search, give and take keys, presets; what the mouse does stands below. A
/// key that another action has is given away only when the user says so. Not modal. Gui thread.
class KeysDialog : public QDialog
{
    Q_OBJECT

public:
    /// `bindings` must outlive this.
    explicit KeysDialog(KeyBindings &bindings, QWidget *parent = nullptr);

private:
    QWidget *createEditor();
    void fill();
    void showKeys();
    void filter();
    void showChosen();
    void judge();
    void give();
    QAction *chosen() const;

    KeyBindings &m_bindings;
    QLineEdit *m_search;
    QComboBox *m_preset;
    QTreeWidget *m_table;
    QLabel *m_name;
    KeyCatcher *m_key;
    QPushButton *m_give;
    QPushButton *m_take;
    QPushButton *m_reset;
    QLabel *m_judgement;
};

} // namespace semigda::ui
