// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeySequenceEdit>

namespace semigda::ui
{

/// Shows the key that is pressed on it, one at a time and at once. Gui thread.
class KeyCatcher : public QKeySequenceEdit
{
    Q_OBJECT

public:
    using QKeySequenceEdit::QKeySequenceEdit;

Q_SIGNALS:
    void caught(const QKeySequence &key);

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace semigda::ui
