// SPDX-License-Identifier: Apache-2.0
#include "app/results/HtmlText.h"
#include "app/results/ReportSections_p.h"
#include "app/results/SvgScores.h"

#include <algorithm>

namespace semigda::app
{

namespace
{

std::string small(const std::string &markup)
{
    return "<small>" + markup + "</small>";
}

std::string scoreCell(const core::MeanInterval &interval)
{
    if (interval.count == 0)
        return NoNumber;
    return fixedText(interval.mean, 3) + small(fixedText(interval.low, 3) + " to " + fixedText(interval.high, 3));
}

std::string distanceCell(const core::MeanInterval &interval, const std::string &unit)
{
    const std::string count = small(countText(interval.count, "image", "images"));
    if (interval.count == 0)
        return NoNumber + count;
    return fixedText(interval.mean, 2) + " " + unit
           + small(fixedText(interval.low, 2) + " to " + fixedText(interval.high, 2)) + count;
}

/// How often a class was there, overlooked, or outlined where it is not.
struct Presence
{
    std::size_t present = 0;
    std::size_t missed = 0;
    std::size_t invented = 0;
};

Presence presenceOf(const Evaluation &evaluation, core::LabelValue value)
{
    Presence presence;
    for (const ImageEvaluation &image : evaluation.images) {
        for (const core::ClassScore &score : image.classes) {
            if (score.value != value)
                continue;
            presence.present += score.truthPixels > 0 ? 1 : 0;
            presence.missed += score.truthPixels > 0 && score.predictedPixels == 0 ? 1 : 0;
            presence.invented += score.truthPixels == 0 && score.predictedPixels > 0 ? 1 : 0;
        }
    }
    return presence;
}

std::string share(std::size_t part, std::size_t whole)
{
    return whole == 0 ? NoNumber : std::to_string(part) + " of " + std::to_string(whole);
}

std::string scoresTable(const Evaluation &evaluation)
{
    const std::string &unit = evaluation.distanceUnit;
    HtmlTable table({"Class", "Dice", "IoU", "HD95", "ASSD", "Present", "Missed", "False alarms"}, "scores");
    for (const ClassEvaluation &each : evaluation.classes) {
        const Presence presence = presenceOf(evaluation, each.value);
        table.add({htmlText(each.name), scoreCell(each.scores.dice), scoreCell(each.scores.iou),
                   distanceCell(each.scores.hd95, unit), distanceCell(each.scores.assd, unit),
                   share(presence.present, evaluation.images.size()), share(presence.missed, presence.present),
                   share(presence.invented, evaluation.images.size() - presence.present)});
    }
    if (evaluation.classes.size() > 1) {
        const ScoreSummary &mean = evaluation.mean;
        table.add({"Mean of the classes", scoreCell(mean.dice), scoreCell(mean.iou), distanceCell(mean.hd95, unit),
                   distanceCell(mean.assd, unit), "", "", ""});
    }
    return "<div class=\"wide\">" + table.markup() + "</div>";
}

std::string scoresSection(const Evaluation &evaluation)
{
    std::string section = "<h3>Agreement</h3>\n" + scoresTable(evaluation);
    const auto without = static_cast<std::size_t>(
        std::count_if(evaluation.images.begin(), evaluation.images.end(), [&evaluation](const ImageEvaluation &each) {
            return each.isInMillimetres != (evaluation.distanceUnit == "mm");
        }));
    section += "<p class=\"note\">Means over images; beneath, the 95 % interval and for distances the number of images "
               "that have one.";
    if (without > 0)
        section += " The pixel size of " + countText(without, "image is", "images is")
                   + " not known; distances there are in pixels and not in the means.";
    else if (evaluation.distanceUnit == "px")
        section += " The images do not tell the size of their pixels, so distances are in pixels (px).";
    section += "</p>\n";
    const DoubtEvaluation &doubts = evaluation.doubts;
    if (doubts.estimateRank && doubts.disagreementRank && doubts.entropyRank)
        section += "<p class=\"note\">Do the run's own doubts point at its errors? Rank correlation with 1 - Dice (1: "
                   "perfectly): "
                   + fixedText(*doubts.estimateRank, 2) + " for the estimated Dice, "
                   + fixedText(*doubts.disagreementRank, 2) + " for the disagreement of the branches alone, "
                   + fixedText(*doubts.entropyRank, 2) + " for the entropy alone."
                   + (doubts.estimateError ? " The Dice estimated without the outlines made by people is off by "
                                                 + fixedText(*doubts.estimateError, 2) + " on average."
                                           : std::string())
                   + "</p>\n";
    return section;
}

std::string distributionSection(const Evaluation &evaluation)
{
    std::vector<ScoreGroup> groups;
    for (std::size_t i = 0; i < evaluation.classes.size(); ++i) {
        ScoreGroup group{evaluation.classes[i].name, {}};
        for (const ImageEvaluation &image : evaluation.images)
            if (i < image.classes.size())
                group.values.push_back(image.classes[i].dice);
        groups.push_back(std::move(group));
    }
    if (groups.size() > 1) {
        ScoreGroup mean{"Mean of the classes", {}};
        for (const ImageEvaluation &image : evaluation.images)
            mean.values.push_back(image.meanDice());
        groups.push_back(std::move(mean));
    }
    const DistributionPicture picture = distributionPicture(groups, "Dice");
    const std::string dot = picture.imagesPerDot == 1
                                ? "Each dot is an image"
                                : "Each dot is up to " + std::to_string(picture.imagesPerDot) + " images";
    return "<h3>Spread over the images</h3>\n" + picture.markup + "<p class=\"note\">" + dot
           + ". The box holds the middle half of the images, its thick line is the median, the thin line runs from the "
             "5th to the 95th percentile.</p>\n";
}

/// One row an image and class, worst first.
std::string imagesSection(const Evaluation &evaluation)
{
    struct Row
    {
        const ImageEvaluation *image;
        const core::ClassScore *score;
        const std::string *className;
    };
    std::vector<Row> rows;
    for (const ImageEvaluation &image : evaluation.images)
        for (std::size_t i = 0; i < image.classes.size() && i < evaluation.classes.size(); ++i)
            rows.push_back({&image, &image.classes[i], &evaluation.classes[i].name});
    std::stable_sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) {
        return a.score->dice != b.score->dice ? a.score->dice < b.score->dice : isWorse(*a.image, *b.image);
    });
    HtmlTable table({"Image", "Class", "Dice", "IoU", "HD95", "ASSD", "Remark"}, "images");
    for (const Row &row : rows) {
        const core::ClassScore &score = *row.score;
        const std::string unit = row.image->isInMillimetres ? " mm" : " px";
        const auto distance = [&unit](const std::optional<double> &value) {
            return value ? fixedText(*value, 2) + unit : std::string(NoNumber);
        };
        const char *remark = score.truthPixels == 0 && score.predictedPixels == 0 ? "absent in both"
                             : score.truthPixels == 0                             ? "false alarm"
                             : score.predictedPixels == 0                         ? "missed"
                             : score.dice == 0.0                                  ? "no overlap"
                                                                                  : "";
        table.add({htmlText(row.image->name), htmlText(*row.className), fixedText(score.dice, 3),
                   fixedText(score.iou, 3), distance(score.hd95), distance(score.assd), remark});
    }
    return "<h3>Every image</h3>\n<details open=\"\"><summary>" + countText(rows.size(), "row", "rows")
           + ", worst first</summary>\n<div class=\"wide\">" + table.markup() + "</div></details>\n";
}

std::string skippedSection(const Evaluation &evaluation)
{
    std::string list;
    if (evaluation.unfinished > 0)
        list += "<li>" + countText(evaluation.unfinished, "image has", "images have")
                + " no complete outline by a person to compare with.</li>\n";
    for (const core::ImportIssue &each : evaluation.skipped)
        list += "<li>" + htmlText(each.error.message.english()) + "</li>\n";
    return list.empty() ? std::string() : "<h3>Left out</h3>\n<ul>\n" + list + "</ul>\n";
}

std::string settingsSection(const RunReport &run)
{
    std::string section = "<h3>How to repeat it</h3>\n";
    section += run.command
                   ? "<p>This command trains with the same settings:</p>\n<pre>" + htmlText(*run.command) + "</pre>\n"
                         + (run.command->find(" --minutes ") == std::string::npos
                                ? ""
                                : "<p class=\"note\">A time limit lets a faster computer do more steps; numbers repeat "
                                  "exactly only with as many steps.</p>\n")
                   : "<p>No command of this version leads to the settings of this run.</p>\n";
    if (run.settings.empty())
        return section + "<p class=\"note\">The settings of this run cannot be read.</p>\n";
    HtmlTable table({"Setting", "Value"}, "settings");
    for (const auto &[name, value] : run.settings)
        table.add({htmlText(name), htmlText(value)});
    return section + "<details><summary>All " + std::to_string(run.settings.size()) + " settings</summary>\n"
           + table.markup() + "</details>\n";
}

std::string trainingFacts(const RunReport &run)
{
    const core::RunRecord &record = run.evaluation.run;
    std::string text;
    if (run.summary) {
        const RunSummary &summary = *run.summary;
        text = "Learned from " + countText(summary.labelled, "outlined image", "outlined images");
        if (summary.partial > 0)
            text += ", " + countText(summary.partial, "partly outlined one", "partly outlined ones");
        text += summary.unlabelled == 0
                    ? " and no others"
                    : " and " + countText(summary.unlabelled, "image without outlines", "images without outlines");
        text += ", " + countText(static_cast<std::size_t>(std::max<std::int64_t>(0, summary.steps)), "step", "steps")
                + " in " + durationWords(summary.seconds) + " on " + htmlText(summary.device) + ".";
        if (!summary.program.empty())
            text +=
                " Trained with version " + htmlText(summary.program) + ", LibTorch " + htmlText(summary.libTorch) + ".";
    } else {
        text = "What the run learned from was not recorded.";
    }
    const auto seed = std::find_if(run.settings.begin(), run.settings.end(),
                                   [](const auto &setting) { return setting.first == "seed"; });
    if (seed != run.settings.end())
        text += " Seed " + htmlText(seed->second) + ".";
    if (record.status != core::RunStatus::Finished)
        text += std::string(" The run did not come to its end (") + core::toString(record.status) + ").";
    return "<p>" + text + "</p>\n";
}

} // namespace

std::string runSection(const EvaluationReport &report, std::size_t index)
{
    const RunReport &run = report.runs[index];
    const Evaluation &evaluation = run.evaluation;
    return "<section id=\"" + runAnchor(index) + "\">\n<h2>Run " + std::to_string(evaluation.run.id.value) + ": "
           + htmlText(methodName(evaluation.run.method)) + "</h2>\n" + trainingFacts(run) + scoresSection(evaluation)
           + distributionSection(evaluation) + casesSection(run, report.classes) + curvesSection(run.metrics)
           + imagesSection(evaluation) + skippedSection(evaluation) + settingsSection(run) + "</section>\n";
}

} // namespace semigda::app
