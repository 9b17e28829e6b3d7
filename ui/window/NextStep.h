// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <cstddef>

namespace semigda::ui
{

/// How far the work on a project has come.
struct WorkState
{
    std::size_t total = 0;      ///< images of the project
    std::size_t labelled = 0;   ///< by hand or with imported masks, completely
    std::size_t partial = 0;    ///< painted on, but not declared done
    std::size_t unlabelled = 0; ///< neither painted nor proposed
    std::size_t waiting = 0;    ///< proposals that need a look
    std::size_t reviewed = 0;   ///< accepted, corrected or rejected
    bool isCurrentPartial = false;
    bool isReviewing = false;
    bool isTraining = false;
    bool canEdit = true;
};

enum class NextStep { None, Import, Paint, Finish, LabelMore, Train, PaintOn, Review, Judge, Improve, Export };

/// The one thing to do next. None where nothing can be done (read-only).
NextStep nextStep(const WorkState &work);

/// Keys as the user presses them, for the sentences.
struct StepKeys
{
    QString import;
    QString done;
    QString train;
    QString review;
    QString exportMasks;
};

/// One sentence for the status bar; empty for None. `className`: what is to be outlined.
QString nextStepText(NextStep step, const WorkState &work, const QString &className, const StepKeys &keys);

} // namespace semigda::ui
