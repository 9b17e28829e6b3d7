// SPDX-License-Identifier: Apache-2.0
#include "ui/operations/ShapeFilters.h"

#include "core/DistanceTransform.h"
#include "core/MaskPieces.h"
#include "core/SpansWhere.h"

#include <vtkImageData.h>
#include <vtkImageGaussianSmooth.h>
#include <vtkNew.h>
#include <vtkSmartPointer.h>

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

namespace
{

using Spans = std::vector<core::MaskEdit::RowSpan>;

/// The class's surroundings as far as `reach`, within the image; empty when there is nothing of the class.
core::PixelRect partOf(const core::LabelMask &mask, core::LabelValue value, double reach, const PixelSpacing &spacing)
{
    const core::PixelRect bounds = core::boundsOf(mask, value);
    if (bounds.isEmpty())
        return bounds;
    // Beyond the image nothing counts, however far the reach.
    const auto margin = [&](std::size_t axis) {
        const double most = std::max(mask.width(), mask.height());
        return static_cast<int>(std::min(std::ceil(reach / spacing[axis]), most)) + 1;
    };
    return core::PixelRect{bounds.left - margin(0), bounds.top - margin(1), bounds.width + 2 * margin(0),
                           bounds.height + 2 * margin(1)}
        .intersected(mask.rect());
}

/// 1 where the mask has the value, else 0.
vtkSmartPointer<vtkImageData> indicator(const core::LabelMask &mask, core::LabelValue value,
                                        const core::PixelRect &part, const PixelSpacing &spacing)
{
    auto image = vtkSmartPointer<vtkImageData>::New();
    image->SetDimensions(part.width, part.height, 1);
    image->SetSpacing(spacing[0], spacing[1], 1.0);
    image->AllocateScalars(VTK_FLOAT, 1);
    std::vector<core::LabelValue> row(static_cast<std::size_t>(part.width));
    for (int y = 0; y < part.height; ++y) {
        mask.readRow(part.left, part.top + y, part.width, row.data());
        std::transform(row.begin(), row.end(), static_cast<float *>(image->GetScalarPointer(0, y, 0)),
                       [&](core::LabelValue each) { return each == value ? 1.0F : 0.0F; });
    }
    return image;
}

/// Pixels that have the value, or that have not, within `distance` of one of the other kind.
Spans rim(const core::LabelMask &mask, core::LabelValue value, bool isOfValue, double distance,
          const PixelSpacing &spacing)
{
    const core::PixelRect part = partOf(mask, value, distance, spacing);
    if (part.isEmpty() || !(distance > 0.0))
        return {};
    const auto width = static_cast<std::size_t>(part.width);
    std::vector<std::uint8_t> others(width * static_cast<std::size_t>(part.height));
    std::vector<core::LabelValue> row(width);
    for (int y = 0; y < part.height; ++y) {
        mask.readRow(part.left, part.top + y, part.width, row.data());
        std::transform(row.begin(), row.end(), others.begin() + static_cast<std::ptrdiff_t>(y) * part.width,
                       [&](core::LabelValue each) { return static_cast<std::uint8_t>((each == value) != isOfValue); });
    }
    const std::vector<double> squared = core::squaredDistances(others, part.width, part.height, spacing[0], spacing[1]);
    // A little more, for distances that are sums of squares.
    const double most = distance * distance * (1.0 + 1e-9);
    return core::spansWhere(part, [&](int x, int y) {
        const std::size_t pixel = static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x);
        return others[pixel] == 0 && squared[pixel] <= most;
    });
}

} // namespace

Spans rimAround(const core::LabelMask &mask, core::LabelValue value, double distance, const PixelSpacing &spacing)
{
    return rim(mask, value, false, distance, spacing);
}

Spans rimWithin(const core::LabelMask &mask, core::LabelValue value, double distance, const PixelSpacing &spacing)
{
    return rim(mask, value, true, distance, spacing);
}

ShapeDifference smoothed(const core::LabelMask &mask, core::LabelValue value, double sigma, const PixelSpacing &spacing)
{
    constexpr double Reach = 3.0; // of a Gaussian, in standard deviations
    constexpr float Half = 0.5F;
    const core::PixelRect part = partOf(mask, value, Reach * sigma, spacing);
    if (part.isEmpty() || !(sigma > 0.0))
        return {};
    const vtkSmartPointer<vtkImageData> image = indicator(mask, value, part, spacing);
    vtkNew<vtkImageGaussianSmooth> blur;
    blur->SetInputData(image);
    blur->SetDimensionality(2);
    blur->SetStandardDeviations(sigma / spacing[0], sigma / spacing[1]);
    blur->SetRadiusFactors(Reach, Reach);
    blur->Update();
    vtkImageData *blurred = blur->GetOutput();
    const auto isIn = [](vtkImageData *of, int x, int y) {
        return *static_cast<const float *>(of->GetScalarPointer(x, y, 0)) >= Half;
    };
    ShapeDifference difference;
    difference.added = core::spansWhere(part, [&](int x, int y) { return isIn(blurred, x, y) && !isIn(image, x, y); });
    difference.removed =
        core::spansWhere(part, [&](int x, int y) { return !isIn(blurred, x, y) && isIn(image, x, y); });
    return difference;
}

} // namespace semigda::ui
