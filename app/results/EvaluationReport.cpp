// SPDX-License-Identifier: Apache-2.0
#include "app/results/EvaluationReport.h"

#include "app/results/HtmlText.h"
#include "app/results/ReportSections_p.h"
#include "app/results/SvgScores.h"

#include <cmath>
#include <map>

namespace semigda::app
{

namespace
{

std::string fact(const std::string &name, const std::string &markup)
{
    return "<div><dt>" + name + "</dt><dd>" + markup + "</dd></div>";
}

/// What kind of images these are, for somebody who knows nothing of splits.
std::string imagesPhrase(core::Split split)
{
    switch (split) {
    case core::Split::Test:
        return "never shown to training";
    case core::Split::Validation:
        return "held out of training and used to choose its best moment";
    case core::Split::Train:
        break;
    }
    return "that training has seen";
}

std::string headSection(const EvaluationReport &report)
{
    const Evaluation &first = report.runs.front().evaluation;
    const std::string images = countText(first.images.size(), "image", "images");
    std::string head = "<header>\n<h1>Evaluation of " + htmlText(report.project)
                       + "</h1>\n<p class=\"lead\">How well outlines drawn by the program agree with outlines made by "
                         "people, on "
                       + images + " " + imagesPhrase(report.split) + ".</p>\n";
    head += "<p class=\"warning\"><b>Not a medical device: do not diagnose with it.</b> The numbers hold for these "
            "images and say nothing of others.</p>\n<dl class=\"facts\">";
    head += fact("Project", htmlText(report.project)) + fact("Date", htmlText(report.createdAt))
            + fact("Images", images + " (split \xE2\x80\x9C" + core::toString(report.split) + "\xE2\x80\x9D)")
            + fact("Program", "SemiGDA Studio " + htmlText(report.program))
            + fact("LibTorch", htmlText(report.libTorch)) + fact("Computed on", htmlText(report.device)) + "</dl>\n";
    if (report.split == core::Split::Validation)
        head += "<p class=\"note\">The best moment of training was chosen by these images, so the numbers are a little "
                "too good; images of the split \xE2\x80\x9Ctest\xE2\x80\x9D have no such part.</p>\n";
    if (first.patients < first.images.size())
        head +=
            "<p class=\"note\">The images come from "
            + countText(first.patients, "patient or volume", "patients or volumes")
            + ". Images of one resemble each other, so the true uncertainty is larger than the intervals say.</p>\n";
    return head + "</header>\n";
}

/// Mean difference of Dice to another run, over the images that both compared.
core::MeanInterval differenceOf(const Evaluation &evaluation, const Evaluation &to)
{
    std::map<core::ImageId, double> other;
    for (const ImageEvaluation &image : to.images)
        other[image.image] = image.meanDice();
    std::vector<double> differences;
    for (const ImageEvaluation &image : evaluation.images)
        if (const auto found = other.find(image.image); found != other.end())
            differences.push_back(image.meanDice() - found->second);
    return core::bootstrapMean(differences);
}

std::string signedText(double value)
{
    return (value >= 0.0 ? "+" : "\xE2\x88\x92") + fixedText(std::abs(value), 3);
}

std::string footSection(const EvaluationReport &report)
{
    return "<section>\n<h2>What the numbers mean</h2>\n" + definitionsSection() + "<p>This report again:</p>\n<pre>"
           + htmlText(report.command)
           + "</pre>\n<p class=\"note\">Image names are shown as they were imported; look for names of patients before "
             "you pass this report on.</p>\n</section>\n";
}

} // namespace

std::string methodName(const std::string &method)
{
    if (method == "semigda")
        return "SemiGDA";
    // A hyphen that no line ends at.
    return method == "supervised" ? "Supervised U\xE2\x80\x91Net" : method;
}

std::string runAnchor(std::size_t index)
{
    return "run-" + std::to_string(index);
}

std::string comparisonSection(const EvaluationReport &report)
{
    const Evaluation &first = report.runs.front().evaluation;
    const bool hasMany = report.runs.size() > 1;
    std::vector<std::string> head{"Run",
                                  "Outlined images",
                                  "Without outlines",
                                  "Training time",
                                  "Images judged",
                                  "Mean Dice, 95 % interval",
                                  "Dice from 0\xC2\xA0to\xC2\xA0"
                                  "1"};
    if (hasMany)
        head.push_back("Difference to run\xC2\xA0" + std::to_string(first.run.id.value));
    HtmlTable table(head, "comparison");
    for (std::size_t i = 0; i < report.runs.size(); ++i) {
        const Evaluation &evaluation = report.runs[i].evaluation;
        const std::optional<RunSummary> &summary = report.runs[i].summary;
        const core::MeanInterval &dice = evaluation.mean.dice;
        std::vector<std::string> cells{"<a href=\"#" + runAnchor(i) + "\">" + std::to_string(evaluation.run.id.value)
                                           + ": " + htmlText(methodName(evaluation.run.method)) + "</a>",
                                       summary ? std::to_string(summary->labelled) : NoNumber,
                                       summary ? std::to_string(summary->unlabelled) : NoNumber,
                                       summary ? durationWords(summary->seconds) : NoNumber,
                                       std::to_string(evaluation.images.size()),
                                       fixedText(dice.mean, 3) + "<small>" + fixedText(dice.low, 3) + " to "
                                           + fixedText(dice.high, 3) + "</small>",
                                       intervalPicture(dice.mean, dice.low, dice.high)};
        if (hasMany) {
            const core::MeanInterval difference = differenceOf(evaluation, first);
            cells.push_back(i == 0 || difference.count == 0
                                ? NoNumber
                                : signedText(difference.mean) + "<small>" + signedText(difference.low) + " to "
                                      + signedText(difference.high) + "</small>");
        }
        table.add(cells);
    }
    std::string section = "<section>\n<h2>Result</h2>\n<div class=\"wide\">" + table.markup() + "</div>";
    if (hasMany)
        section +=
            "<p class=\"note\">The difference is taken image by image; when its interval does not hold 0, chance "
            "alone hardly explains it.</p>\n";
    return section + "</section>\n";
}

std::string definitionsSection()
{
    return "<dl class=\"terms\">\n"
           "<dt>Dice</dt><dd>Twice the area both outlines share, divided by the sum of their areas: 1 is the same "
           "outline, 0 is no overlap. Neither has the class: 1. Only one has it: 0.</dd>\n"
           "<dt>IoU</dt><dd>The shared area divided by the area that either covers, 0 to 1. Neither has the class: 1. "
           "Only one has it: 0.</dd>\n"
           "<dt>HD95</dt><dd>95 % of the distances from each outline to the other, both ways, are no longer than this. "
           "Neither has the class: 0. Only one has it: there is no distance, and the image is not counted.</dd>\n"
           "<dt>ASSD</dt><dd>The average of these distances; empty outlines count as for HD95.</dd>\n"
           "<dt>Present, missed, false alarms</dt><dd>Images in which people outlined the class; those among them "
           "where "
           "the program outlined nothing; and those without it where the program did.</dd>\n"
           "<dt>Mean of the classes</dt><dd>First over the classes within an image, then over the images.</dd>\n"
           "<dt>95 % interval</dt><dd>Where the mean may lie with other images of the same kind: the middle 95 % of "
           "2,000 means over images drawn at random from these, with repetition (percentile bootstrap).</dd>\n"
           "</dl>\n";
}

std::string evaluationHtml(const EvaluationReport &report)
{
    std::string html =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>Evaluation of "
        + htmlText(report.project) + "</title>\n<style>" + reportStyle() + "</style>\n</head>\n<body>\n";
    html += headSection(report) + comparisonSection(report);
    for (std::size_t i = 0; i < report.runs.size(); ++i)
        html += runSection(report, i);
    return html + footSection(report) + "</body>\n</html>\n";
}

} // namespace semigda::app
