// SPDX-License-Identifier: Apache-2.0
#include "app/results/SvgScores.h"

#include "app/results/HtmlText.h"
#include "core/SegmentationMetrics.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace semigda::app
{

namespace
{

// Units of the drawing, about a pixel each on a screen.
constexpr int Width = 720;
constexpr int Left = 12;
constexpr int Right = Width - 12;
constexpr int LabelHeight = 20;
constexpr int DotsHeight = 60;
constexpr int BoxHeight = 12;
constexpr int GroupGap = 20;
constexpr int AxisHeight = 36;
constexpr int GroupHeight = LabelHeight + DotsHeight + BoxHeight + GroupGap;
constexpr int Bins = 116;
constexpr int DotLevels = 10;

using Counts = std::array<int, Bins>;

std::string number(double value)
{
    return fixedText(value, 1);
}

double xOf(double score)
{
    return Left + std::clamp(score, 0.0, 1.0) * (Right - Left);
}

Counts countsOf(const std::vector<double> &values)
{
    Counts counts{};
    for (const double value : values) {
        const auto bin = static_cast<int>(std::lround(std::clamp(value, 0.0, 1.0) * (Bins - 1)));
        ++counts[static_cast<std::size_t>(bin)];
    }
    return counts;
}

std::string line(double x1, double y1, double x2, double y2, const char *cssClass)
{
    return std::string("<path class=\"") + cssClass + "\" d=\"M" + number(x1) + " " + number(y1) + "L" + number(x2)
           + " " + number(y2) + "\"/>";
}

std::string dots(const Counts &counts, double bottom, int imagesPerDot)
{
    constexpr double Spacing = static_cast<double>(DotsHeight) / DotLevels;
    // Lines of no length with round ends: a dot costs a dozen bytes.
    std::string path;
    for (int bin = 0; bin < Bins; ++bin) {
        const int images = counts[static_cast<std::size_t>(bin)];
        const int stacked = (images + imagesPerDot - 1) / imagesPerDot;
        for (int i = 0; i < stacked; ++i)
            path += "M" + number(xOf(static_cast<double>(bin) / (Bins - 1))) + " "
                    + number(bottom - (i + 0.5) * Spacing) + "h0";
    }
    return "<path class=\"dots\" d=\"" + path + "\"/>";
}

std::string box(std::vector<double> values, double top)
{
    const double middle = top + BoxHeight / 2.0;
    const double low = xOf(core::percentileOf(values, 0.25));
    const double high = xOf(core::percentileOf(values, 0.75));
    const double median = xOf(core::percentileOf(values, 0.5));
    return line(xOf(core::percentileOf(values, 0.05)), middle, xOf(core::percentileOf(values, 0.95)), middle, "whisker")
           + "<rect class=\"box\" x=\"" + number(low) + "\" y=\"" + number(top) + "\" width=\"" + number(high - low)
           + "\" height=\"" + std::to_string(BoxHeight) + "\"/>"
           + line(median, top - 2, median, top + BoxHeight + 2, "median");
}

std::string axisMarks(double bottom, const std::string &axis)
{
    std::string marks;
    for (int i = 0; i <= 10; i += 2) {
        const double x = xOf(i / 10.0);
        const char *anchor = i == 0 ? "start" : i == 10 ? "end" : "middle";
        marks += line(x, LabelHeight, x, bottom, "grid") + "<text class=\"tick\" text-anchor=\"" + anchor + "\" x=\""
                 + number(i == 0    ? 0
                          : i == 10 ? Width
                                    : x)
                 + "\" y=\"" + number(bottom + 15) + "\">" + fixedText(i / 10.0, 1) + "</text>";
    }
    return marks + "<text class=\"tick\" text-anchor=\"middle\" x=\"" + number(Width / 2.0) + "\" y=\""
           + number(bottom + 31) + "\">" + htmlText(axis) + "</text>";
}

} // namespace

DistributionPicture distributionPicture(const std::vector<ScoreGroup> &groups, const std::string &axis)
{
    int most = 1;
    std::vector<Counts> counts;
    for (const ScoreGroup &group : groups) {
        counts.push_back(countsOf(group.values));
        most = std::max(most, *std::max_element(counts.back().begin(), counts.back().end()));
    }
    const int imagesPerDot = (most + DotLevels - 1) / DotLevels;

    const double bottom = static_cast<double>(groups.size()) * GroupHeight;
    std::string svg = "<svg class=\"plot\" role=\"img\" aria-label=\"Distribution of " + htmlText(axis)
                      + "\" viewBox=\"0 0 " + std::to_string(Width) + " " + number(bottom + AxisHeight) + "\">"
                      + axisMarks(bottom - GroupGap / 2.0, axis);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const double top = static_cast<double>(i) * GroupHeight;
        const double ground = top + LabelHeight + DotsHeight;
        svg += "<text class=\"name\" x=\"0\" y=\"" + number(top + 13) + "\">" + htmlText(groups[i].name) + "</text>";
        if (!groups[i].values.empty())
            svg += dots(counts[i], ground - 4, imagesPerDot) + box(groups[i].values, ground);
    }
    return {svg + "</svg>\n", imagesPerDot};
}

std::string intervalPicture(double mean, double low, double high)
{
    constexpr double Long = 140;
    constexpr double Middle = 8;
    const auto at = [](double score) { return 4 + std::clamp(score, 0.0, 1.0) * (Long - 8); };
    return "<svg class=\"interval\" role=\"img\" aria-label=\"" + fixedText(low, 3) + " to " + fixedText(high, 3)
           + "\" viewBox=\"0 0 " + number(Long) + " 16\">" + line(at(0), Middle, at(1), Middle, "grid")
           + line(at(0), 4, at(0), 12, "grid") + line(at(1), 4, at(1), 12, "grid")
           + line(at(low), Middle, at(high), Middle, "span") + "<circle class=\"mean\" r=\"4\" cx=\"" + number(at(mean))
           + "\" cy=\"" + number(Middle) + "\"/></svg>";
}

} // namespace semigda::app
