// SPDX-License-Identifier: Apache-2.0
#include "app/results/ExportVolumes.h"

#include <algorithm>
#include <cmath>

namespace semigda::app
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::phrase;
using core::Result;

constexpr double StepTolerance = 0.02; ///< of a slice distance
constexpr double LeanTolerance = 0.01; ///< sine of the angle between slice step and normal

double dot(const std::array<double, 3> &a, const std::array<double, 3> &b)
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

std::array<double, 3> column(const core::ImageGeometry &geometry, std::size_t index)
{
    return {geometry.direction[index], geometry.direction[3 + index], geometry.direction[6 + index]};
}

std::array<double, 3> between(const core::ImageGeometry &from, const core::ImageGeometry &to)
{
    return {to.origin[0] - from.origin[0], to.origin[1] - from.origin[1], to.origin[2] - from.origin[2]};
}

Error unfit(const std::string &name, const core::Sentence &why)
{
    return {ErrorCode::GeometryMismatch,
            phrase("errors", "The volume '%1' cannot become one NIfTI file: %2; export its slices as PNG instead.")
                .with(name, why)};
}

/// Slice distance and direction; `geometry` is that of the first slice.
Result<void> measureSteps(const std::vector<VolumeSlice> &slices, const std::string &name,
                          core::ImageGeometry &geometry)
{
    if (slices.size() < 2)
        return {};
    const std::array<double, 3> span = between(slices.front().image.geometry, slices.back().image.geometry);
    const double length = std::sqrt(dot(span, span));
    const double step = length / static_cast<double>(slices.size() - 1);
    if (step <= 0.0)
        return unfit(name, phrase("errors", "several slices lie at the same place"));
    const std::array<double, 3> direction{span[0] / length, span[1] / length, span[2] / length};
    if (std::abs(dot(direction, column(geometry, 0))) > LeanTolerance
        || std::abs(dot(direction, column(geometry, 1))) > LeanTolerance)
        return unfit(name, phrase("errors", "its slices are shifted against each other, as with a tilted gantry"));
    for (std::size_t i = 1; i < slices.size(); ++i) {
        const std::array<double, 3> gap = between(slices[i - 1].image.geometry, slices[i].image.geometry);
        if (std::abs(dot(gap, direction) - step) > StepTolerance * step)
            return unfit(name,
                         phrase("errors", "its slices are unevenly spaced after '%1'").with(slices[i - 1].image.name));
    }
    geometry.spacing[2] = step;
    for (std::size_t axis = 0; axis < 3; ++axis)
        geometry.direction[axis * 3 + 2] = direction[axis];
    return {};
}

} // namespace

Result<core::LabelVolume> stackSlices(std::vector<VolumeSlice> slices, const std::string &name)
{
    const bool hasPositions = std::all_of(slices.begin(), slices.end(),
                                          [](const VolumeSlice &slice) { return slice.image.geometry.hasPosition; });
    // By place where it is known: slice numbers of images imported at different times need not agree with it.
    const std::array<double, 3> normal = column(slices.front().image.geometry, 2);
    std::stable_sort(slices.begin(), slices.end(), [&](const VolumeSlice &a, const VolumeSlice &b) {
        return hasPositions ? dot(a.image.geometry.origin, normal) < dot(b.image.geometry.origin, normal)
                            : a.image.slicePosition < b.image.slicePosition;
    });
    const core::ImageRecord &first = slices.front().image;
    core::LabelVolume volume;
    volume.width = first.width;
    volume.height = first.height;
    volume.depth = static_cast<int>(slices.size());
    volume.geometry = first.geometry;
    for (const VolumeSlice &slice : slices)
        if (slice.image.width != first.width || slice.image.height != first.height)
            return unfit(name, phrase("errors", "its slices differ in size"));
    if (hasPositions)
        if (const Result<void> measured = measureSteps(slices, name, volume.geometry); !measured)
            return measured.error();
    const std::size_t area = static_cast<std::size_t>(volume.width) * static_cast<std::size_t>(volume.height);
    volume.labels.reserve(area * slices.size());
    for (const VolumeSlice &slice : slices) {
        if (slice.mask) {
            const std::vector<core::LabelValue> pixels = slice.mask->toPixels();
            volume.labels.insert(volume.labels.end(), pixels.begin(), pixels.end());
        } else {
            volume.labels.insert(volume.labels.end(), area, core::NotAnnotated);
        }
    }
    return volume;
}

} // namespace semigda::app
