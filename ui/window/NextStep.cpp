// SPDX-License-Identifier: Apache-2.0
#include "ui/window/NextStep.h"

#include <QCoreApplication>
#include <QLocale>

namespace semigda::ui
{

namespace
{

// With fewer labels a model has hardly seen how the structure varies; training is allowed all the same.
constexpr std::size_t FewLabels = 3;

QString tr(const char *text)
{
    return QCoreApplication::translate("NextStep", text);
}

QString number(std::size_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

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
        return tr("Next: import images (%1), or drop them on the window.").arg(keys.import);
    case NextStep::Paint:
        return tr("Next: paint “%1” on this image, then press Done (%2).").arg(className, keys.done);
    case NextStep::Finish:
        return tr("Next: press Done (%1) when “%2” is painted completely here.").arg(keys.done, className);
    case NextStep::LabelMore:
        return tr("Next: label a few more images, or train now (%1).").arg(keys.train);
    case NextStep::Train:
        return work.unlabelled == 1 ? tr("Next: train (%1); the model then outlines the other image.").arg(keys.train)
                                    : tr("Next: train (%1); the model then outlines the other %2 images.")
                                          .arg(keys.train, number(work.unlabelled));
    case NextStep::PaintOn:
        return tr("You can paint on meanwhile.");
    case NextStep::Review:
        return work.waiting == 1
                   ? tr("Next: 1 proposal needs your look; review it (%1).").arg(keys.review)
                   : tr("Next: %1 proposals need your look; review them (%2).").arg(number(work.waiting), keys.review);
    case NextStep::Judge:
        return tr("Next: accept or reject this proposal; paint to correct it.");
    case NextStep::Improve:
        return tr("Next: train again with your corrections (%1), or export the masks (%2).")
            .arg(keys.train, keys.exportMasks);
    case NextStep::Export:
        return tr("Next: export the masks (%1).").arg(keys.exportMasks);
    }
    return {};
}

} // namespace semigda::ui
