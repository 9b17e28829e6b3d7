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
    std::string folder;
    std::string format = "png";
    std::string which = "final";
};

Result<Outcome> exportFrom(const Options &options, const std::stop_token &stop)
{
    const Result<std::shared_ptr<OpenProject>> project = openProject(options.project);
    if (!project)
        return project.error();
    core::ExportRequest request;
    request.folder = options.folder;
    request.format = core::exportFormatFrom(options.format).value_or(core::ExportFormat::Png);
    request.selection = core::exportSelectionFrom(options.which).value_or(core::ExportSelection::Final);
    Result<core::ExportReport> report = core::ExportReport();
    {
        ProgressLine line("Exporting");
        report = (*project)->exportMasks(request, line.sink(), stop);
    }
    if (!report)
        return report.error();
    Outcome outcome;
    addProblems(outcome, report->skipped, "note");
    Json files = Json::array();
    for (const std::filesystem::path &file : report->files)
        files.push_back(file.string());
    outcome.json = {{"folder", options.folder},
                    {"format", options.format},
                    {"which", options.which},
                    {"files", files},
                    {"skipped", issuesJson(report->skipped)}};
    outcome.text = "Wrote " + counted(report->files.size(), "file", "files") + " to " + options.folder + ".\n";
    return outcome;
}

} // namespace

void addExportCommand(CLI::App &parser, Command &command)
{
    const auto options = std::make_shared<Options>();
    CLI::App *sub = parser.add_subcommand("export", "Write masks as files that other programs read");
    addProjectArgument(*sub, options->project);
    sub->add_option("DIR", options->folder, "Folder for the files; made when missing")->required();
    sub->add_option("--format", options->format,
                    "png: indexed, value = class number; overlay: the image with its mask; nifti: volumes")
        ->check(CLI::IsMember({"png", "overlay", "nifti"}))
        ->required();
    sub->add_option("--which", options->which,
                    "final: all finished masks; accepted: reviewed ones; labelled: drawn or imported ones; predicted: "
                    "those that wait for review")
        ->check(CLI::IsMember({"final", "accepted", "labelled", "predicted"}))
        ->capture_default_str();
    sub->callback([&command, options] {
        command.run = [options](const std::stop_token &stop) { return exportFrom(*options, stop); };
    });
}

} // namespace semigda::app::cli
