// SPDX-License-Identifier: Apache-2.0
#include "app/results/HtmlText.h"
#include "app/results/ReportSections_p.h"

#include <array>

namespace semigda::app
{

namespace
{

using core::Rgb;

struct OutlineColours
{
    std::string truth;
    std::string predicted;
};

/// With one class, two colours. With several, each class has its own in both outlines, and the lines' style tells them
/// apart.
OutlineColours coloursOf(const core::LabelSet &classes, core::LabelValue value)
{
    const core::LabelClass *each = classes.find(value);
    const Rgb own = each != nullptr ? each->colour : core::defaultColour(value);
    if (classes.size() > 1)
        return {core::toString(own), core::toString(own)};
    // Sky blue and orange of Okabe and Ito: safe for the colour-blind, bright on grey tissue.
    static constexpr std::array<Rgb, 2> Partners{{{0x56, 0xB4, 0xE9}, {0xE6, 0x9F, 0x00}}};
    const auto distance = [&own](Rgb other) {
        const int red = own.red - other.red;
        const int green = own.green - other.green;
        const int blue = own.blue - other.blue;
        return red * red + green * green + blue * blue;
    };
    const Rgb partner = distance(Partners[0]) > distance(Partners[1]) ? Partners[0] : Partners[1];
    return {core::toString(partner), core::toString(own)};
}

std::string pathData(const std::vector<core::Outline> &outlines)
{
    std::string data;
    for (const core::Outline &outline : outlines) {
        for (std::size_t i = 0; i < outline.size(); ++i)
            data += (i == 0 ? "M" : "L") + fixedText(outline[i].x, 1) + " " + fixedText(outline[i].y, 1);
        data += "Z";
    }
    return data;
}

/// A line over its casing, which keeps it visible on any ground.
std::string outlinePath(const std::string &data, const char *who, const std::string &colour, bool hasManyClasses)
{
    if (data.empty())
        return {};
    const std::string casing = std::string(who) + (hasManyClasses ? " casing many" : " casing");
    return "<path class=\"" + casing + "\" d=\"" + data + "\"/><path class=\"" + who + "\" style=\"stroke:" + colour
           + "\" d=\"" + data + "\"/>";
}

std::string picture(const WorstCase &each, const core::LabelSet &classes)
{
    if (each.png.empty())
        return "<p class=\"missing\">No picture: " + htmlText(each.problem) + "</p>";
    const std::string width = std::to_string(each.width);
    const std::string height = fixedText(each.height * each.pixelAspect, 1);
    std::string svg = "<svg class=\"case\" role=\"img\" aria-label=\"" + htmlText(each.scores.name)
                      + "\" viewBox=\"0 0 " + width + " " + height
                      + "\" preserveAspectRatio=\"xMinYMin\"><image width=\"" + width + "\" height=\"" + height
                      + "\" preserveAspectRatio=\"none\" href=\"" + pngAddress(each.png)
                      + "\"/><g class=\"outlines\" transform=\"scale(1 " + fixedText(each.pixelAspect, 4) + ")\">";
    const bool hasManyClasses = classes.size() > 1;
    // What the program drew lies on top: its gaps show the human line where both agree.
    for (const CaseOutlines &outlines : each.outlines)
        svg += outlinePath(pathData(outlines.truth), "truth", coloursOf(classes, outlines.value).truth, hasManyClasses);
    for (const CaseOutlines &outlines : each.outlines)
        svg += outlinePath(pathData(outlines.predicted), "predicted", coloursOf(classes, outlines.value).predicted,
                           hasManyClasses);
    return svg + "</g></svg>";
}

std::string sentence(const core::ClassScore &score, const std::string &unit)
{
    if (score.truthPixels == 0 && score.predictedPixels == 0)
        return "absent, and none outlined";
    if (score.truthPixels == 0)
        return "false alarm: absent, but outlined";
    if (score.predictedPixels == 0)
        return "missed";
    return (score.dice == 0.0 ? std::string("no overlap") : "Dice " + fixedText(score.dice, 3))
           + (score.hd95 ? ", HD95 " + fixedText(*score.hd95, 1) + " " + unit : std::string());
}

std::string caption(const WorstCase &each, const core::LabelSet &classes)
{
    std::string text = "<b>" + htmlText(each.scores.name) + "</b>";
    if (!each.place.empty())
        text += ", " + htmlText(each.place);
    if (classes.size() > 1)
        text += "<br/>mean Dice " + fixedText(each.scores.meanDice(), 3);
    for (const core::ClassScore &score : each.scores.classes) {
        const core::LabelClass *named = classes.find(score.value);
        const std::string name = classes.size() > 1 && named != nullptr ? htmlText(named->name) + ": " : std::string();
        text += "<br/>" + name + sentence(score, each.scores.isInMillimetres ? "mm" : "px");
    }
    return text;
}

std::string legendEntry(const char *who, const std::string &colour, bool hasManyClasses, const std::string &text)
{
    return "<span class=\"key\"><svg viewBox=\"0 0 44 12\"><rect width=\"44\" height=\"12\"/>"
           + outlinePath("M3 6H41", who, colour, hasManyClasses) + "</svg>" + htmlText(text) + "</span>";
}

std::string legend(const core::LabelSet &classes)
{
    const bool hasManyClasses = classes.size() > 1;
    std::string entries;
    for (const core::LabelClass &each : classes.classes()) {
        const OutlineColours colours = coloursOf(classes, each.value);
        const std::string name = hasManyClasses ? each.name + ", " : std::string();
        entries += legendEntry("truth", colours.truth, hasManyClasses, name + "outlined by people")
                   + legendEntry("predicted", colours.predicted, hasManyClasses, name + "outlined by the program");
    }
    return "<p class=\"legend\">" + entries + "</p>\n";
}

} // namespace

std::string casesSection(const RunReport &run, const core::LabelSet &classes)
{
    if (run.worst.empty())
        return {};
    const bool isAll = run.worst.size() == run.evaluation.images.size();
    std::string section = std::string("<h3>") + (isAll ? "The images, worst first" : "The worst images") + "</h3>\n"
                          + legend(classes)
                          + "<p class=\"note screen\">Point at a picture to see it without outlines.</p>\n"
                            "<div class=\"cases\">\n";
    for (const WorstCase &each : run.worst)
        section +=
            "<figure>" + picture(each, classes) + "<figcaption>" + caption(each, classes) + "</figcaption></figure>\n";
    return section + "</div>\n";
}

} // namespace semigda::app
