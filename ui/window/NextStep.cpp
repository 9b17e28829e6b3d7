// SPDX-License-Identifier: Apache-2.0
#include "ui/window/NextStep.h"

#include <QCoreApplication>

namespace semigda::ui
{

namespace
{

// With fewer labels a model has hardly seen how the structure varies; training is allowed all the same.
constexpr std::size_t FewLabels = 3;

struct StepTexts
{
    Q_DECLARE_TR_FUNCTIONS(semigda::ui::StepTexts)
};

} // namespace

NextStep nextStep(const WorkState &work)
{
    if (!work.canEdit)
        return NextStep::None;
    if (work.total == 0)
        return NextStep::Import;
    if (work.waiting > 0)
        return work.isReviewing ? NextStep::Judge : NextStep::Review;
    if (work.isTraining)
        return NextStep::PaintOn;
    if (work.isCurrentPartial)
        return NextStep::Finish;
    if (work.reviewed > 0)
        return NextStep::Improve;
    if (work.unlabelled == 0 && work.partial == 0)
        return NextStep::Export;
    if (work.labelled == 0 && work.partial == 0)
        return NextStep::Paint;
    return work.labelled + work.partial < FewLabels ? NextStep::LabelMore : NextStep::Train;
}

QString nextStepText(NextStep step, const WorkState &work, const QString &className, const StepKeys &keys)
{
    switch (step) {
    case NextStep::None:
        break;
    case NextStep::Import:
        return StepTexts::tr("Next: import images (%1), or drop them on the window.").arg(keys.import);
    case NextStep::Paint:
        return StepTexts::tr("Next: paint “%1” on this image, then press Done (%2).").arg(className, keys.done);
    case NextStep::Finish:
        return StepTexts::tr("Next: press Done (%1) when “%2” is painted completely here.").arg(keys.done, className);
    case NextStep::LabelMore:
        return StepTexts::tr("Next: label a few more images, or train now (%1).").arg(keys.train);
    case NextStep::Train:
        return StepTexts::tr("Next: train (%1); the model then outlines the other %Ln image(s).", nullptr,
                             static_cast<int>(work.unlabelled))
            .arg(keys.train);
    case NextStep::PaintOn:
        return StepTexts::tr("You can paint on meanwhile.");
    case NextStep::Review:
        return StepTexts::tr("Next: %Ln proposal(s) need your look; review them (%1).", nullptr,
                             static_cast<int>(work.waiting))
            .arg(keys.review);
    case NextStep::Judge:
        return StepTexts::tr("Next: accept or reject this proposal; paint to correct it.");
    case NextStep::Improve:
        return StepTexts::tr("Next: train again with your corrections (%1), or export the masks (%2).")
            .arg(keys.train, keys.exportMasks);
    case NextStep::Export:
        return StepTexts::tr("Next: export the masks (%1).").arg(keys.exportMasks);
    }
    return {};
}

} // namespace semigda::ui
