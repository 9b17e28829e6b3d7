// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands_p.h"
#include "app/cli/IssueText_p.h"
#include "app/cli/ProgressLine.h"
#include "app/cli/ProjectArgument_p.h"
#include "app/cli/Words_p.h"

#include <algorithm>

namespace semigda::app::cli
{

namespace
{

using core::ErrorCode;
using core::Result;

struct Options
{
    std::string project;
    std::vector<std::string> paths;
    std::string masks;
    std::string split = "train";
    bool link = false;
    bool recursive = false;
};

bool endedBy(const core::ImportReport &report, ErrorCode code)
{
    return std::any_of(report.skipped.begin(), report.skipped.end(),
                       [code](const core::ImportIssue &issue) { return issue.error.code == code; });
}

Result<Outcome> importInto(const Options &options, const std::stop_token &stop)
{
    const Result<std::shared_ptr<OpenProject>> project = openForChange(options.project);
    if (!project)
        return project.error();
    core::ImportRequest request;
    request.paths.assign(options.paths.begin(), options.paths.end());
    request.masks = options.masks;
    request.split = core::splitFrom(options.split).value_or(core::Split::Train);
    request.link = options.link;
    request.recursive = options.recursive;
    Result<core::ImportReport> report = core::ImportReport();
    {
        ProgressLine line("Importing");
        report = (*project)->importImages(request, line.sink(), stop);
    }
    if (!report)
        return report.error();

    Outcome outcome;
    addProblems(outcome, report->warnings, "note");
    addProblems(outcome, report->duplicates, "duplicate");
    addProblems(outcome, report->skipped);
    Json ids = Json::array();
    for (const core::ImageId id : report->imported)
        ids.push_back(id.value);
    outcome.json = {{"imported", report->imported.size()},
                    {"labelled", report->labelled},
                    {"image_ids", ids},
                    {"duplicates", issuesJson(report->duplicates)},
                    {"skipped", issuesJson(report->skipped)},
                    {"warnings", issuesJson(report->warnings)}};
    outcome.text = "Imported " + counted(report->imported.size(), "image", "images") + ", "
                   + std::to_string(report->labelled) + " with mask";
    if (!report->duplicates.empty())
        outcome.text += "; " + counted(report->duplicates.size(), "duplicate", "duplicates") + " left out";
    if (!report->skipped.empty())
        outcome.text += "; " + counted(report->skipped.size(), "problem", "problems") + ", see above";
    outcome.text += ".\n";
    const bool hasNothing = report->imported.empty() && report->duplicates.empty();
    const bool isBroken = endedBy(*report, ErrorCode::DiskFull) || endedBy(*report, ErrorCode::ReadOnly);
    if (isBroken || (hasNothing && !report->skipped.empty() && !endedBy(*report, ErrorCode::Cancelled)))
        outcome.status = Failed;
    return outcome;
}

} // namespace

void addImportCommand(CLI::App &parser, Command &command)
{
    const auto options = std::make_shared<Options>();
    CLI::App *sub = parser.add_subcommand("import", "Bring images and masks into a project");
    addProjectArgument(*sub, options->project);
    sub->add_option("PATH", options->paths,
                    "Images, folders, DICOM files or DICOMDIR, NIfTI, NRRD; volumes become series of slices")
        ->required();
    sub->add_option(
        "--masks", options->masks,
        "Folder with a mask of the same name for each image (indexed, grey or binary PNG, or NIfTI/NRRD for "
        "volumes; for a DICOM series the name of its folder); such images count as labelled");
    sub->add_option("--split", options->split, "What the images are for: train, val or test")
        ->check(SplitWord)
        ->capture_default_str();
    sub->add_flag("--link", options->link, "Read images from where they are instead of copying them");
    sub->add_flag("--recursive", options->recursive, "Search sub-folders as well");
    sub->footer("Exit status 1 when nothing was imported and something failed, or when the disk is full.");
    sub->callback([&command, options] {
        command.run = [options](const std::stop_token &stop) { return importInto(*options, stop); };
    });
}

} // namespace semigda::app::cli
