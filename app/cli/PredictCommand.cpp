// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands_p.h"
#include "app/cli/IssueText_p.h"
#include "app/cli/ProgressLine.h"
#include "app/cli/ProjectArgument_p.h"

namespace semigda::app::cli
{

namespace
{

using core::Result;

struct Options
{
    std::string project;
    std::int64_t run = 0;
    bool all = false;
};

Result<Outcome> predict(const Options &options, const std::stop_token &stop)
{
    const Result<std::shared_ptr<OpenProject>> project = openForChange(options.project);
    if (!project)
        return project.error();
    Result<PredictReport> report = PredictReport();
    {
        ProgressLine line("Predicting");
        report = (*project)->predictReported(core::RunId(options.run), options.all, line.sink(), stop);
    }
    if (!report)
        return report.error();
    Outcome outcome;
    addProblems(outcome, report->skipped);
    outcome.json = {{"run", report->run.value},
                    {"predicted", report->predicted},
                    {"cancelled", report->isCancelled},
                    {"skipped", issuesJson(report->skipped)}};
    outcome.text = "Predicted " + counted(report->predicted, "image", "images") + " with run "
                   + std::to_string(report->run.value) + (report->isCancelled ? " before it was stopped.\n" : ".\n");
    if (report->predicted == 0 && !report->skipped.empty())
        outcome.status = Failed;
    return outcome;
}

} // namespace

void addPredictCommand(CLI::App &parser, Command &command)
{
    const auto options = std::make_shared<Options>();
    CLI::App *sub = parser.add_subcommand("predict", "Outline the images without mask; the masks wait for review");
    addProjectArgument(*sub, options->project);
    sub->add_option("--run", options->run, "Number of the run whose model to use; the newest by default")
        ->check(CLI::PositiveNumber);
    sub->add_flag("--all", options->all, "Predict images with a human mask too; their masks stay as they are");
    sub->callback([&command, options] {
        command.run = [options](const std::stop_token &stop) { return predict(*options, stop); };
    });
}

} // namespace semigda::app::cli
