// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands_p.h"
#include "app/cli/IssueText_p.h"
#include "app/cli/ProgressLine.h"
#include "app/cli/ProjectArgument_p.h"
#include "app/cli/Table.h"
#include "app/cli/Words_p.h"
#include "app/results/RunSummary.h"

namespace semigda::app::cli
{

namespace
{

using core::Result;
using Rows = std::vector<std::vector<std::string>>;

struct Options
{
    std::string project;
    std::vector<std::int64_t> runs;
    std::string split = "test";
};

Json intervalJson(const core::MeanInterval &interval)
{
    if (interval.count == 0)
        return nullptr;
    return {{"mean", interval.mean}, {"low", interval.low}, {"high", interval.high}, {"count", interval.count}};
}

Json summaryJson(const ScoreSummary &scores)
{
    return {{"dice", intervalJson(scores.dice)},
            {"iou", intervalJson(scores.iou)},
            {"hd95", intervalJson(scores.hd95)},
            {"assd", intervalJson(scores.assd)}};
}

Json imageJson(const ImageEvaluation &image)
{
    Json classes = Json::array();
    for (const core::ClassScore &score : image.classes)
        classes.push_back({{"id", score.value},
                           {"dice", score.dice},
                           {"iou", score.iou},
                           {"hd95", score.hd95 ? Json(*score.hd95) : Json(nullptr)},
                           {"assd", score.assd ? Json(*score.assd) : Json(nullptr)}});
    return {{"image", image.image.value},
            {"name", image.name},
            {"distance_unit", image.isInMillimetres ? "mm" : "px"},
            {"classes", classes}};
}

Json evaluationJson(const Evaluation &evaluation)
{
    Json classes = Json::array();
    for (const ClassEvaluation &each : evaluation.classes) {
        Json one{{"id", each.value}, {"name", each.name}};
        one.update(summaryJson(each.scores));
        classes.push_back(std::move(one));
    }
    Json images = Json::array();
    for (const ImageEvaluation &each : evaluation.images)
        images.push_back(imageJson(each));
    Json json{{"run", evaluation.run.id.value},
              {"method", evaluation.run.method},
              {"images", evaluation.images.size()},
              {"distance_unit", evaluation.distanceUnit},
              {"mean", summaryJson(evaluation.mean)},
              {"classes", classes},
              {"per_image", images},
              {"skipped", issuesJson(evaluation.skipped)}};
    if (const std::optional<RunSummary> summary = readRunSummary(evaluation.run.folder)) {
        json["labelled"] = summary->labelled;
        json["unlabelled"] = summary->unlabelled;
        json["seconds"] = summary->seconds;
    }
    return json;
}

std::string intervalText(const core::MeanInterval &interval, int digits)
{
    if (interval.count == 0)
        return "-";
    return fixed(interval.mean, digits) + " [" + fixed(interval.low, digits) + ", " + fixed(interval.high, digits)
           + "]";
}

std::vector<std::string> scoreRow(const std::string &name, const ScoreSummary &scores)
{
    return {name, intervalText(scores.dice, 3), intervalText(scores.iou, 3), intervalText(scores.hd95, 2),
            intervalText(scores.assd, 2)};
}

std::string evaluationText(const Evaluation &evaluation)
{
    const std::string &unit = evaluation.distanceUnit;
    Rows rows{{"Class", "Dice", "IoU", "HD95 (" + unit + ")", "ASSD (" + unit + ")"}};
    for (const ClassEvaluation &each : evaluation.classes)
        rows.push_back(scoreRow(each.name, each.scores));
    if (evaluation.classes.size() > 1)
        rows.push_back(scoreRow("mean", evaluation.mean));
    return "Run " + std::to_string(evaluation.run.id.value) + " (" + evaluation.run.method + ") on "
           + counted(evaluation.images.size(), "image", "images") + " of the split " + core::toString(evaluation.split)
           + "; mean [95 % interval over images]\n" + tableText(rows);
}

/// Runs side by side, on the same images.
std::string comparisonText(const std::vector<Evaluation> &evaluations)
{
    Rows rows{{"Method", "Labelled", "Unlabelled", "Dice [95 % interval]", "Time"}};
    for (const Evaluation &each : evaluations) {
        const std::optional<RunSummary> summary = readRunSummary(each.run.folder);
        rows.push_back({each.run.method, summary ? std::to_string(summary->labelled) : "-",
                        summary ? std::to_string(summary->unlabelled) : "-", intervalText(each.mean.dice, 3),
                        summary ? durationText(summary->seconds) : "-"});
    }
    return tableText(rows);
}

Result<Outcome> evaluate(const Options &options, const std::stop_token &stop)
{
    const Result<std::shared_ptr<OpenProject>> project = openProject(options.project);
    if (!project)
        return project.error();
    const core::Split split = core::splitFrom(options.split).value_or(core::Split::Test);
    const std::vector<std::int64_t> runs = options.runs.empty() ? std::vector<std::int64_t>{0} : options.runs;
    std::vector<Evaluation> evaluations;
    for (const std::int64_t run : runs) {
        ProgressLine line("Evaluating");
        Result<Evaluation> evaluation = (*project)->evaluate(core::RunId(run), split, line.sink(), stop);
        if (!evaluation)
            return evaluation.error();
        evaluations.push_back(std::move(*evaluation));
    }
    Outcome outcome;
    Json list = Json::array();
    for (const Evaluation &each : evaluations) {
        addProblems(outcome, each.skipped);
        list.push_back(evaluationJson(each));
        outcome.text += evaluationText(each) + "\n";
    }
    outcome.text += comparisonText(evaluations);
    outcome.json = {{"split", core::toString(split)}, {"runs", list}};
    return outcome;
}

} // namespace

void addEvaluateCommand(CLI::App &parser, Command &command)
{
    const auto options = std::make_shared<Options>();
    CLI::App *sub =
        parser.add_subcommand("evaluate", "Score a run on images with true masks, without storing anything");
    addProjectArgument(*sub, options->project);
    sub->add_option("--run", options->runs, "Number of the run; the newest by default; repeat to compare runs")
        ->check(CLI::PositiveNumber)
        ->take_all();
    sub->add_option("--split", options->split, "Images to score on: val or test")
        ->check(CLI::IsMember({"val", "test"}))
        ->capture_default_str();
    sub->callback([&command, options] {
        command.run = [options](const std::stop_token &stop) { return evaluate(*options, stop); };
    });
}

} // namespace semigda::app::cli
