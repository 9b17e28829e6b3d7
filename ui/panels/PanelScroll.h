// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QScrollArea>
#include <QScrollBar>

namespace semigda::ui
{

/// Lets a panel be lower than what it shows, so that the window fits on a small screen. Gui thread.
class PanelScroll : public QScrollArea
{
    Q_OBJECT

public:
    explicit PanelScroll(QWidget *panel, QWidget *parent = nullptr)
        : QScrollArea(parent)
    {
        setWidget(panel);
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setFocusPolicy(Qt::NoFocus);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }
    QSize sizeHint() const override { return widget()->sizeHint(); }
    QSize minimumSizeHint() const override
    {
        constexpr int Least = 12 * GridUnit;
        return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(), Least};
    }
};

} // namespace semigda::ui
