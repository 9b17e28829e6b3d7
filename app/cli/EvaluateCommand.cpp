// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands_p.h"
#include "app/cli/IssueText_p.h"
#include "app/cli/ProgressLine.h"
#include "app/cli/ProjectArgument_p.h"
#include "app/cli/Table.h"
#include "app/cli/Words_p.h"
#include "app/results/WriteReport.h"

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
    std::string report; ///< file; empty: none
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
                           {"hd95", orNull(score.hd95)},
                           {"assd", orNull(score.assd)}});
    return {{"image", image.image.value},
            {"name", image.name},
            {"distance_unit", image.isInMillimetres ? "mm" : "px"},
            {"classes", classes},
            {"disagreement", image.doubts.disagreement},
            {"entropy", image.doubts.entropy},
            {"estimated_dice", orNull(image.doubts.estimatedDice)},
            {"sample_variance", orNull(image.doubts.sampleVariance)}};
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
              {"doubts",
               {{"disagreement_rank_correlation", orNull(evaluation.doubts.disagreementRank)},
                {"entropy_rank_correlation", orNull(evaluation.doubts.entropyRank)},
                {"estimate_rank_correlation", orNull(evaluation.doubts.estimateRank)},
                {"estimated_dice_error", orNull(evaluation.doubts.estimateError)}}},
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

/// One line, or none where nothing can be said.
std::string doubtsText(const DoubtEvaluation &doubts)
{
    std::string text;
    if (doubts.estimateRank && doubts.disagreementRank && doubts.entropyRank)
        text = "Doubts against true errors: rank correlation " + fixed(*doubts.estimateRank, 2)
               + " for the estimated Dice, " + fixed(*doubts.disagreementRank, 2) + " for the disagreement alone, "
               + fixed(*doubts.entropyRank, 2) + " for the entropy alone";
    if (doubts.estimateError)
        text += std::string(text.empty() ? "The" : "; the") + " estimated Dice is off by "
                + fixed(*doubts.estimateError, 2) + " on average";
    return text.empty() ? text : text + ".\n";
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
           + "; mean [95 % interval over images]\n" + tableText(rows) + doubtsText(evaluation.doubts);
}

/// Runs side by side, on the same images.
std::string comparisonText(const std::vector<RunReport> &runs)
{
    Rows rows{{"Method", "Labelled", "Unlabelled", "Dice [95 % interval]", "Time"}};
    for (const RunReport &run : runs) {
        const Evaluation &each = run.evaluation;
        const std::optional<RunSummary> summary = readRunSummary(each.run.folder);
        rows.push_back({each.run.method, summary ? std::to_string(summary->labelled) : "-",
                        summary ? std::to_string(summary->unlabelled) : "-", intervalText(each.mean.dice, 3),
                        summary ? durationText(summary->seconds) : "-"});
    }
    return tableText(rows);
}

/// Runs in the order in which they were asked for; without a report, only their evaluations are filled.
Result<std::vector<RunReport>> evaluateRuns(OpenProject &project, const Options &options, core::Split split,
                                            const std::stop_token &stop)
{
    const std::vector<std::int64_t> runs = options.runs.empty() ? std::vector<std::int64_t>{0} : options.runs;
    std::vector<RunReport> reports;
    for (const std::int64_t run : runs) {
        ProgressLine line("Evaluating");
        if (!options.report.empty()) {
            Result<RunReport> report = project.reportRun(core::RunId(run), split, line.sink(), stop);
            if (!report)
                return report.error();
            reports.push_back(std::move(*report));
            continue;
        }
        Result<Evaluation> evaluation = project.evaluate(core::RunId(run), split, line.sink(), stop);
        if (!evaluation)
            return evaluation.error();
        reports.emplace_back().evaluation = std::move(*evaluation);
    }
    return reports;
}

Result<void> writeReportOn(OpenProject &project, core::Split split, std::vector<RunReport> runs,
                           const std::string &file)
{
    const Result<std::unique_ptr<core::ProjectStore>> store = project.openStore();
    if (!store)
        return store.error();
    const Result<EvaluationReport> report = assembleReport(**store, split, std::move(runs), file);
    if (!report)
        return report.error();
    return writeReport(*report, file);
}

Result<Outcome> evaluate(const Options &options, const std::stop_token &stop)
{
    const Result<std::shared_ptr<OpenProject>> project = openProject(options.project);
    if (!project)
        return project.error();
    if (!options.report.empty())
        if (const Result<void> checked = checkReportFile(options.report); !checked)
            return checked.error();
    const core::Split split = core::splitFrom(options.split).value_or(core::Split::Test);
    Result<std::vector<RunReport>> runs = evaluateRuns(**project, options, split, stop);
    if (!runs)
        return runs.error();
    Outcome outcome;
    Json list = Json::array();
    for (const RunReport &each : *runs) {
        addProblems(outcome, each.evaluation.skipped);
        list.push_back(evaluationJson(each.evaluation));
        outcome.text += evaluationText(each.evaluation) + "\n";
    }
    outcome.text += comparisonText(*runs);
    outcome.json = {{"split", core::toString(split)}, {"runs", list}};
    if (!options.report.empty()) {
        const Result<void> written = writeReportOn(**project, split, std::move(*runs), options.report);
        if (written) {
            outcome.json["report"] = options.report;
            outcome.text += "\nReport: " + options.report + "\n";
        } else {
            // The scores took long; a full disk is no reason to lose them.
            outcome.problems.push_back(written.error().message.english());
            outcome.status = Failed;
        }
    }
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
    sub->add_option(
        "--report", options->report,
        "Also write all of it into one HTML file, with curves and the worst images as pictures; an existing "
        "file is replaced");
    sub->callback([&command, options] {
        command.run = [options](const std::stop_token &stop) { return evaluate(*options, stop); };
    });
}

} // namespace semigda::app::cli
