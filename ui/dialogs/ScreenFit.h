// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSize>

class QWidget;

namespace semigda::ui
{

/// Gives a window the size it would like to have, or as much of it as its screen has room for; what is in it can be
/// no smaller than its own least size. Gui thread.
void resizeOnScreen(QWidget &window, const QSize &wanted);

} // namespace semigda::ui
