// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

class QAction;
class QDialog;
class QWidget;

namespace semigda::ui
{

/// Name, version, licence and what the program must not be used for. Not modal, deletes itself.
QDialog *createAboutDialog(const QString &version, QWidget *parent);

/// All keys, from the actions themselves and the fixed keys of canvas and mouse. Not modal, deletes itself.
QDialog *createShortcutsDialog(const QList<QAction *> &actions, QWidget *parent);

} // namespace semigda::ui
