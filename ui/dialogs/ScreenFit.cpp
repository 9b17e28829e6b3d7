// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/ScreenFit.h"

#include "ui/theme/Theme.h"

#include <QScreen>
#include <QWidget>

namespace semigda::ui
{

void resizeOnScreen(QWidget &window, const QSize &wanted)
{
    const QSize frame(2 * GridUnit, 5 * GridUnit);
    window.resize(wanted.boundedTo(window.screen()->availableSize() - frame));
}

} // namespace semigda::ui
