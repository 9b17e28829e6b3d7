// SPDX-License-Identifier: Apache-2.0
#include "ui/keys/KeyCatcher.h"

namespace semigda::ui
{

void KeyCatcher::keyPressEvent(QKeyEvent *event)
{
    QKeySequenceEdit::keyPressEvent(event);
    const QKeySequence all = keySequence();
    if (all.isEmpty())
        return;
    // Qt would wait a second for more keys to come.
    const QKeySequence last(all[static_cast<uint>(all.count() - 1)]);
    setKeySequence(last);
    Q_EMIT caught(last);
}

} // namespace semigda::ui
