// SPDX-License-Identifier: Apache-2.0
#include "app/results/WorstCases.h"

#include "storage/MaskFiles.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace semigda::app
{

namespace
{

using core::Result;

/// Pixels that only one of both masks has, as far as the scores tell.
double wrongPixels(const ImageEvaluation &image)
{
    double wrong = 0.0;
    for (const core::ClassScore &each : image.classes)
        wrong += (1.0 - each.dice) * static_cast<double>(each.truthPixels + each.predictedPixels);
    return wrong;
}

/// "slice 12 of 40", as the series lies in the project.
std::string placeOf(core::ProjectStore &store, const core::ImageRecord &record)
{
    if (record.seriesKey.empty())
        return {};
    const Result<std::vector<core::ImageId>> slices = store.images().series(record.seriesKey);
    if (!slices)
        return {};
    const auto found = std::find(slices->begin(), slices->end(), record.id);
    if (slices->size() < 2 || found == slices->end())
        return {};
    return "slice " + std::to_string(found - slices->begin() + 1) + " of " + std::to_string(slices->size());
}

Result<std::vector<std::byte>> pngOf(const core::Thumbnail &picture, bool isGrey, const std::string &name)
{
    core::ImageData image;
    image.width = picture.width;
    image.height = picture.height;
    image.channels = isGrey ? 1 : 3;
    image.bytes.resize(image.sampleCount());
    const std::size_t step = isGrey ? 3 : 1;
    for (std::size_t i = 0; i < image.bytes.size(); ++i)
        image.bytes[i] = std::byte{picture.rgb[i * step]};
    return storage::encodePng(image, name);
}

/// Cuts half a pixel off every corner: the stairs of a slanting border, along which dashes would break up, become the
/// line that they stand for.
core::Outline chamfered(const core::Outline &outline)
{
    constexpr double Cut = 0.5;
    core::Outline smooth;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const core::PointF &corner = outline[i];
        for (const core::PointF &next :
             {outline[(i + outline.size() - 1) % outline.size()], outline[(i + 1) % outline.size()]}) {
            const double length = std::hypot(next.x - corner.x, next.y - corner.y);
            const double part = length > 0.0 ? Cut / length : 0.0;
            const core::PointF point{corner.x + (next.x - corner.x) * part, corner.y + (next.y - corner.y) * part};
            // The two cuts of an edge one pixel long meet in its middle.
            if (smooth.empty() || smooth.back().x != point.x || smooth.back().y != point.y)
                smooth.push_back(point);
        }
    }
    return smooth;
}

std::vector<core::Outline> scaledOutlines(const core::LabelMask &mask, core::LabelValue value, double scaleX,
                                          double scaleY)
{
    std::vector<core::Outline> outlines = core::outlinesOf(mask, value);
    for (core::Outline &outline : outlines) {
        outline = chamfered(outline);
        for (core::PointF &corner : outline)
            corner = {corner.x * scaleX, corner.y * scaleY};
        // Corners closer than a picture's pixel cannot be told apart; each step of a large image would be one.
        constexpr double Least = 0.75;
        constexpr std::size_t FewestCorners = 4;
        core::Outline kept;
        for (const core::PointF &corner : outline) {
            if (kept.empty() || std::hypot(corner.x - kept.back().x, corner.y - kept.back().y) >= Least)
                kept.push_back(corner);
        }
        // What is smaller than that stays visible as it is.
        if (kept.size() >= FewestCorners)
            outline = std::move(kept);
    }
    return outlines;
}

} // namespace

bool isWorse(const ImageEvaluation &a, const ImageEvaluation &b)
{
    const double diceA = a.meanDice();
    const double diceB = b.meanDice();
    if (diceA != diceB)
        return diceA < diceB;
    const double wrongA = wrongPixels(a);
    const double wrongB = wrongPixels(b);
    return wrongA != wrongB ? wrongA > wrongB : a.image < b.image;
}

WorstCases::WorstCases(core::ProjectStore &store, std::size_t most)
    : m_store(store)
    , m_most(most)
{}

void WorstCases::consider(const ComparedImage &image)
{
    const auto place = std::find_if(m_cases.begin(), m_cases.end(),
                                    [&image](const WorstCase &each) { return isWorse(image.scores, each.scores); });
    if (place == m_cases.end() && m_cases.size() >= m_most)
        return;
    m_cases.insert(place, caseOf(image));
    if (m_cases.size() > m_most)
        m_cases.pop_back();
}

std::vector<WorstCase> WorstCases::take()
{
    return std::exchange(m_cases, {});
}

WorstCase WorstCases::caseOf(const ComparedImage &image)
{
    WorstCase result;
    result.scores = image.scores;
    result.place = placeOf(m_store, image.record);
    const core::ImageGeometry &geometry = image.record.geometry;
    if (geometry.hasSpacing && geometry.spacing[0] > 0.0 && geometry.spacing[1] > 0.0)
        result.pixelAspect = geometry.spacing[1] / geometry.spacing[0];

    const Result<core::ImageData> pixels = m_store.images().pixels(image.record.id);
    if (!pixels) {
        result.problem = pixels.error().message.english();
        return result;
    }
    const core::Thumbnail picture = core::makeThumbnail(*pixels, LongSide);
    Result<std::vector<std::byte>> png = pngOf(picture, pixels->channels < 3, image.record.name);
    if (!png) {
        result.problem = png.error().message.english();
        return result;
    }
    result.png = std::move(*png);
    result.width = picture.width;
    result.height = picture.height;
    const double scaleX = static_cast<double>(picture.width) / image.truth.width();
    const double scaleY = static_cast<double>(picture.height) / image.truth.height();
    for (const core::ClassScore &each : image.scores.classes)
        result.outlines.push_back({each.value, scaledOutlines(image.truth, each.value, scaleX, scaleY),
                                   scaledOutlines(image.predicted, each.value, scaleX, scaleY)});
    return result;
}

} // namespace semigda::app
