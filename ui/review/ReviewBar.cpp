// SPDX-License-Identifier: Apache-2.0
#include "ui/review/ReviewBar.h"

#include "ui/lists/StateWords.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace semigda::ui
{

ReviewBar::ReviewBar(const QList<QAction *> &verdicts, QWidget *parent)
    : QWidget(parent)
    , m_halves(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_buttons(new QWidget(this))
    , m_place(new QLabel(this))
    , m_agreement(new QLabel(this))
    , m_changed(new QLabel(tr("Changed by you: will be stored as corrected"), this))
{
    setObjectName(QStringLiteral("reviewBar"));
    m_place->setObjectName(QStringLiteral("reviewPlaceLabel"));
    m_place->setProperty("role", QStringLiteral("heading"));
    m_agreement->setObjectName(QStringLiteral("reviewAgreementLabel"));
    m_changed->setObjectName(QStringLiteral("reviewChangedLabel"));
    m_changed->setProperty("role", QStringLiteral("warning"));
    m_changed->hide();
    for (QLabel *label : {m_place, m_agreement, m_changed})
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_place);
    texts->addWidget(m_agreement);
    texts->addWidget(m_changed);
    m_halves->setContentsMargins(GridUnit, GridUnit / 2, GridUnit, GridUnit / 2);
    m_halves->setSpacing(GridUnit);
    m_halves->addLayout(texts, 1);
    m_halves->addWidget(m_buttons);
    auto *layout = new QHBoxLayout(m_buttons);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(GridUnit);
    layout->addStretch(1);
    for (QAction *action : verdicts) {
        auto *button = new QToolButton(m_buttons);
        QString name = action->objectName();
        name[0] = name[0].toLower();
        button->setObjectName(name + QStringLiteral("Button"));
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize({2 * GridUnit + 2, 2 * GridUnit + 2});
        button->setMinimumHeight(4 * GridUnit);
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button);
        m_verdicts << button;
    }
    auto *close = new QToolButton(m_buttons);
    close->setObjectName(QStringLiteral("reviewCloseButton"));
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setToolTip(tr("Leave the review"));
    close->setAccessibleName(tr("Leave the review"));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    layout->addWidget(close);
    m_buttonsWidth = m_buttons->sizeHint().width();
    connect(close, &QToolButton::clicked, this, &ReviewBar::closeRequested);
}

void ReviewBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    constexpr int Sentence = 24 * GridUnit;
    const bool isNarrow = width() < m_buttonsWidth + Sentence;
    m_halves->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    for (QToolButton *button : m_verdicts)
        button->setToolButtonStyle(isNarrow ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
}

void ReviewBar::showCase(const QString &name, const core::PredictionScores &scores, std::size_t waiting)
{
    m_place->setText(tr("%1 · %Ln left to review", nullptr, static_cast<int>(waiting)).arg(name));
    m_scores = doubtText(scores);
    m_shortScores = shortDoubtText(scores);
    m_agreement->setText(m_scores);
    m_agreement->setToolTip(
        tr("How right the proposal probably is (Dice, 1 = perfect), judged by how sure the model is\n"
           "and how much its two branches agree. The least certain images come first."));
    m_agreement->setProperty("role", {});
}

void ReviewBar::setProposalEmpty(bool isEmpty)
{
    if (!m_scores.isEmpty())
        m_agreement->setText(isEmpty ? tr("%1 · the model outlines nothing here").arg(m_shortScores) : m_scores);
}

void ReviewBar::setChanged(bool isChanged)
{
    m_changed->setVisible(isChanged);
    m_agreement->setVisible(!isChanged);
}

void ReviewBar::showEmpty(bool hasPredictions)
{
    setChanged(false);
    m_scores.clear();
    m_shortScores.clear();
    m_place->setText(hasPredictions ? tr("Nothing needs your look") : tr("No proposals yet"));
    m_agreement->setText(hasPredictions ? tr("All proposals are reviewed.")
                                        : tr("Train first; proposals arrive while training runs."));
    m_agreement->setToolTip({});
}

} // namespace semigda::ui
