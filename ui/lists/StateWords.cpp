// SPDX-License-Identifier: Apache-2.0
#include "ui/lists/StateWords.h"

#include "ui/theme/Theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

namespace
{

// From these shares of agreement on the words change; the queue itself is ordered by the number.
constexpr float HighAgreement = 0.90F;
constexpr float MediumAgreement = 0.70F;

struct StateTexts
{
    Q_DECLARE_TR_FUNCTIONS(semigda::ui::StateTexts)
};

QString agreementWord(float disagreement)
{
    const float agreement = 1.0F - disagreement;
    if (agreement >= HighAgreement)
        return StateTexts::tr("high");
    return agreement >= MediumAgreement ? StateTexts::tr("medium") : StateTexts::tr("low");
}

QString agreementText(float disagreement)
{
    const float agreement = std::clamp(1.0F - disagreement, 0.0F, 1.0F);
    return StateTexts::tr("%1 % agreement").arg(std::lround(agreement * 100.0F));
}

} // namespace

QString stateWord(core::ImageState state)
{
    switch (state) {
    case core::ImageState::Unlabelled:
        return StateTexts::tr("Not labelled");
    case core::ImageState::Partial:
        return StateTexts::tr("Partly labelled");
    case core::ImageState::Labelled:
        return StateTexts::tr("Labelled");
    case core::ImageState::Predicted:
        return StateTexts::tr("Needs your look");
    case core::ImageState::Accepted:
        return StateTexts::tr("Accepted");
    case core::ImageState::Corrected:
        return StateTexts::tr("Corrected");
    case core::ImageState::Rejected:
        return StateTexts::tr("Rejected");
    }
    return {};
}

QString stateIconName(core::ImageState state)
{
    return QStringLiteral("state-") + QString::fromLatin1(core::toString(state));
}

QColor stateColour(core::ImageState state)
{
    const ThemeColours &colours = themeColours();
    switch (state) {
    case core::ImageState::Predicted:
        return colours.warning;
    case core::ImageState::Labelled:
    case core::ImageState::Accepted:
    case core::ImageState::Corrected:
        return colours.good;
    case core::ImageState::Rejected:
        return colours.bad;
    case core::ImageState::Partial:
        return colours.accentText;
    case core::ImageState::Unlabelled:
        break;
    }
    return colours.muted;
}

QString splitWord(core::Split split)
{
    switch (split) {
    case core::Split::Train:
        return StateTexts::tr("Training");
    case core::Split::Validation:
        return StateTexts::tr("Validation");
    case core::Split::Test:
        return StateTexts::tr("Test (kept out of training)");
    }
    return {};
}

QString doubtText(const core::PredictionScores &scores)
{
    const QString agreement =
        StateTexts::tr("%1, %2").arg(agreementText(scores.disagreement), agreementWord(scores.disagreement));
    return scores.estimatedDice ? StateTexts::tr("%1 · %2").arg(shortDoubtText(scores), agreement) : agreement;
}

QString shortDoubtText(const core::PredictionScores &scores)
{
    return scores.estimatedDice ? StateTexts::tr("estimated Dice %L1").arg(double{*scores.estimatedDice}, 0, 'f', 2)
                                : agreementText(scores.disagreement);
}

} // namespace semigda::ui
