// SPDX-License-Identifier: Apache-2.0
// What can be done to a whole class of an image's mask at once.
#pragma once

#include "core/LabelSet.h"
#include "ui/operations/ShapeFilters.h"

#include <string>

namespace semigda::ui
{

class ImageDocument;

enum class MaskOperation {
    FillHoles,
    KeepLargest, ///< its largest piece; the others are erased
    RemoveSmall, ///< pieces with an area below the amount, in mm² or pixels
    Smooth,      ///< by a Gaussian of the amount
    Grow,        ///< by the amount, in mm or pixels
    Shrink
};

/// Written to the history ("Fill holes").
std::string reasonOf(MaskOperation operation);

/// What an operation needs to know, taken on the gui thread.
struct MaskOperationInput
{
    core::LabelValue value = core::Background;  ///< of the class it is about
    core::LabelValue erased = core::Background; ///< what its pixels become where it goes
    core::OverpaintRule rule;                   ///< pixels that stay
    double amount = 1.0;
    PixelSpacing spacing{1.0, 1.0};
};

/// Of the class `value` of a document.
MaskOperationInput operationInput(const ImageDocument &document, const core::LabelSet &classes, core::LabelValue value,
                                  double amount);

/// Any thread.
core::MaskChange applyOperation(MaskOperation operation, const core::LabelMask &mask, const MaskOperationInput &input);

} // namespace semigda::ui
