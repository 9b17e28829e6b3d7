// SPDX-License-Identifier: Apache-2.0
// Which labelled images a run keeps from its networks in order to score them: whole patients, and the same ones as long
// as the project stays, however often labels are added.
#pragma once

#include "core/ports/SampleSource.h"
#include "learning/TrainingConfig.h"

#include <cstddef>
#include <set>
#include <span>
#include <string>

namespace semigda::learning
{

/// A patient's key; an image without a patient is a group of its own.
std::string groupOf(const core::SampleItem &item);

/// Groups with painted images.
struct PaintedGroups
{
    std::set<std::string> complete; ///< with a complete mask
    std::set<std::string> painted;  ///< with any
    std::size_t images = 0;         ///< painted ones
    bool hasSplit = false;          ///< there are images for validation alone
};

PaintedGroups paintedGroups(std::span<const core::SampleItem> items);

struct HeldOut
{
    std::set<std::string> groups;
    bool onStrokes = false; ///< too few complete masks: partial ones are held out too
};

/// A share of the groups as the settings say; none where images are for validation alone or there are too few.
HeldOut heldOutShare(const PaintedGroups &groups, const TrainingConfig &config);
/// Part `fold` of `folds` nearly equal ones.
HeldOut heldOutFold(const PaintedGroups &groups, const TrainingConfig &config, int fold, int folds);

} // namespace semigda::learning
