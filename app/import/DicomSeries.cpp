// SPDX-License-Identifier: Apache-2.0
#include "app/import/DicomSeries.h"

#include "core/Numbers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

namespace semigda::app
{

namespace
{

using core::ErrorCode;

constexpr double UnitsPerMillimetre = 100.0;
constexpr double UnevenShare = 0.02; ///< of the usual slice distance; rounding in headers stays below

struct Slice
{
    std::size_t image = 0;
    double along = 0.0; ///< mm along the normal
    int instance = 0;
};

/// Series, size and orientation (in thousandths) of slices that can form one volume.
using VolumeKey = std::tuple<std::string, int, int, std::array<long, 9>>;

double alongNormal(const core::ImageGeometry &geometry)
{
    return geometry.origin[0] * geometry.direction[2] + geometry.origin[1] * geometry.direction[5]
           + geometry.origin[2] * geometry.direction[8];
}

int positionOf(double along)
{
    const double units =
        std::clamp(std::round(along * UnitsPerMillimetre), static_cast<double>(std::numeric_limits<int>::min()),
                   static_cast<double>(std::numeric_limits<int>::max()));
    return static_cast<int>(units);
}

bool isSlice(const PlannedFile &file)
{
    return file.info.format == "dicom" && file.info.frameCount == 1 && !file.info.seriesKey.empty()
           && file.info.geometry.hasPosition;
}

/// The k-th slice at a position goes to volume k.
std::vector<std::vector<Slice>> volumesOf(std::vector<Slice> slices)
{
    std::sort(slices.begin(), slices.end(), [](const Slice &a, const Slice &b) {
        return std::tuple(positionOf(a.along), a.instance, a.image)
               < std::tuple(positionOf(b.along), b.instance, b.image);
    });
    std::vector<std::vector<Slice>> volumes;
    std::size_t repeat = 0;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const bool isSamePlace = i > 0 && positionOf(slices[i].along) == positionOf(slices[i - 1].along);
        repeat = isSamePlace ? repeat + 1 : 0;
        if (volumes.size() <= repeat)
            volumes.emplace_back();
        volumes[repeat].push_back(slices[i]);
    }
    return volumes;
}

core::Sentence millimetres(double value)
{
    return core::phrase("errors", "%1 mm").with(core::fixedSentence(value, 2));
}

double usualStep(const std::vector<Slice> &volume)
{
    std::vector<double> steps;
    for (std::size_t i = 1; i < volume.size(); ++i)
        steps.push_back(volume[i].along - volume[i - 1].along);
    std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2), steps.end());
    return steps[steps.size() / 2];
}

} // namespace

std::vector<core::ImportIssue> arrangeDicomSeries(const std::vector<PlannedFile> &files,
                                                  std::vector<PlannedImage> &images)
{
    std::map<VolumeKey, std::vector<Slice>> groups;
    std::vector<VolumeKey> order; // of first appearance
    std::vector<std::size_t> arranged;
    std::vector<PlannedImage> result;
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < images.size(); ++i) {
        const PlannedFile &file = files[images[i].file];
        if (!isSlice(file)) {
            others.push_back(i);
            continue;
        }
        std::array<long, 9> orientation{};
        std::transform(file.info.geometry.direction.begin(), file.info.geometry.direction.end(), orientation.begin(),
                       [](double value) { return std::lround(value * 1000.0); });
        VolumeKey key{file.info.seriesKey, file.info.width, file.info.height, orientation};
        std::vector<Slice> &group = groups[key];
        if (group.empty())
            order.push_back(key);
        group.push_back({i, alongNormal(file.info.geometry), file.info.instanceNumber});
    }

    std::vector<core::ImportIssue> warnings;
    std::map<std::string, int> volumesOfSeries;
    for (const VolumeKey &key : order) {
        for (const std::vector<Slice> &volume : volumesOf(std::move(groups[key]))) {
            const std::string &series = std::get<0>(key);
            const int number = ++volumesOfSeries[series];
            const double step = volume.size() > 1 ? usualStep(volume) : 0.0;
            for (std::size_t i = 0; i < volume.size(); ++i) {
                PlannedImage &image = images[volume[i].image];
                image.seriesKey = number == 1 ? series : series + "#" + std::to_string(number);
                image.slicePosition = positionOf(volume[i].along);
                if (step > 0.0)
                    image.geometry.spacing[2] = step;
                arranged.push_back(volume[i].image);
            }
            for (std::size_t i = 1; i < volume.size(); ++i) {
                const double gap = volume[i].along - volume[i - 1].along;
                if (std::abs(gap - step) <= UnevenShare * step)
                    continue;
                const std::filesystem::path &file = files[images[volume[i - 1].image].file].path;
                warnings.push_back({file,
                                    {ErrorCode::GeometryMismatch,
                                     core::phrase("errors", "The series of '%1' has slices %2 apart, but %3 after this "
                                                            "one; check whether slices are missing.")
                                         .with(file.string(), millimetres(step), millimetres(gap))}});
                break;
            }
        }
    }
    result.reserve(images.size());
    for (const std::size_t i : others)
        result.push_back(std::move(images[i]));
    for (const std::size_t i : arranged)
        result.push_back(std::move(images[i]));
    images = std::move(result);
    return warnings;
}

} // namespace semigda::app
