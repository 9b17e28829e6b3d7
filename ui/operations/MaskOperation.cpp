// SPDX-License-Identifier: Apache-2.0
#include "ui/operations/MaskOperation.h"

#include "core/MaskPieces.h"
#include "ui/canvas/ImageDocument.h"
#include "ui/tools/Tool.h"

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

std::string reasonOf(MaskOperation operation)
{
    switch (operation) {
    case MaskOperation::FillHoles:
        return "Fill holes";
    case MaskOperation::KeepLargest:
        return "Keep largest";
    case MaskOperation::RemoveSmall:
        return "Remove small";
    case MaskOperation::Smooth:
        return "Smooth";
    case MaskOperation::Grow:
        return "Grow";
    case MaskOperation::Shrink:
        break;
    }
    return "Shrink";
}

MaskOperationInput operationInput(const ImageDocument &document, const core::LabelSet &classes, core::LabelValue value,
                                  double amount)
{
    MaskOperationInput input;
    input.value = value;
    input.erased = erasedValue(document);
    input.rule = core::OverpaintRule::fromLocks(classes, value);
    input.amount = amount;
    const core::ImageGeometry &geometry = document.pixels().geometry;
    if (geometry.hasSpacing && geometry.spacing[0] > 0.0 && geometry.spacing[1] > 0.0)
        input.spacing = {geometry.spacing[0], geometry.spacing[1]};
    return input;
}

core::MaskChange applyOperation(MaskOperation operation, const core::LabelMask &mask, const MaskOperationInput &input)
{
    return core::changeOf(mask, input.rule, [&](core::MaskEdit &edit) {
        switch (operation) {
        case MaskOperation::FillHoles:
            edit.paint(core::holesOf(mask, input.value), input.value);
            break;
        case MaskOperation::KeepLargest:
            edit.paint(core::allButLargestPieceOf(mask, input.value), input.erased);
            break;
        case MaskOperation::RemoveSmall: {
            const double pixels = std::ceil(std::max(input.amount, 0.0) / (input.spacing[0] * input.spacing[1]) - 1e-9);
            constexpr double Most = 1e15;
            edit.paint(core::smallPiecesOf(mask, input.value, static_cast<std::size_t>(std::min(pixels, Most))),
                       input.erased);
            break;
        }
        case MaskOperation::Smooth: {
            const ShapeDifference difference = smoothed(mask, input.value, input.amount, input.spacing);
            edit.paint(difference.added, input.value);
            edit.paint(difference.removed, input.erased);
            break;
        }
        case MaskOperation::Grow:
            edit.paint(rimAround(mask, input.value, input.amount, input.spacing), input.value);
            break;
        case MaskOperation::Shrink:
            edit.paint(rimWithin(mask, input.value, input.amount, input.spacing), input.erased);
            break;
        }
    });
}

} // namespace semigda::ui
