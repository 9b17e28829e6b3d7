// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QDialog;
class QWidget;

namespace semigda::ui
{

/// Name, version, licence and what the program must not be used for. Not modal, deletes itself.
QDialog *createAboutDialog(const QString &version, QWidget *parent);

} // namespace semigda::ui
