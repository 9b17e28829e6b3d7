// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands_p.h"
#include "app/cli/IssueText_p.h"
#include "app/cli/ProgressLine.h"
#include "app/training/PretrainPrior.h"

#include <CLI/CLI.hpp>

namespace semigda::app::cli
{

namespace
{

using core::Result;

struct Words
{
    std::vector<std::string> paths;
    std::string prior;
    std::string masks;
    std::string out;
    PretrainRequest request;
};

/// What to type to get the same weights again.
std::string commandOf(const Words &words)
{
    const learning::PriorTrainingOptions &options = words.request.options;
    std::string command = "semigda pretrain-prior";
    for (const std::string &path : words.paths)
        command += " " + path;
    if (!words.masks.empty())
        command += " --masks " + words.masks;
    command += " --out " + words.out + " --seed " + std::to_string(options.seed);
    if (!words.prior.empty())
        command += " --prior " + words.prior;
    else
        command += options.steps > 0 ? " --steps " + std::to_string(options.steps)
                                     : " --minutes " + nlohmann::json(options.minutes).dump();
    if (words.request.epochs > 0)
        command +=
            " --epochs " + std::to_string(words.request.epochs) + " --scenes " + std::to_string(words.request.scenes);
    return command;
}

Result<Outcome> pretrain(const Words &words, const std::stop_token &stop)
{
    PretrainRequest request = words.request;
    request.paths.assign(words.paths.begin(), words.paths.end());
    request.out = words.out;
    request.prior = words.prior;
    request.masks = words.masks;
    request.command = commandOf(words);
    Result<PretrainReport> report = PretrainReport();
    {
        ProgressLine line(words.prior.empty() ? "Training" : "Training all networks");
        report = pretrainPrior(request, line.sink(), stop);
    }
    if (!report)
        return report.error();
    Outcome outcome;
    addProblems(outcome, report->skipped);
    outcome.json = {{"out", words.out},
                    {"status", report->isStoppedEarly ? "stopped" : "finished"},
                    {"pictures", report->pictures},
                    {"steps", report->end.step},
                    {"seconds", report->end.elapsedSeconds},
                    {"picture_error", report->end.pictureError},
                    {"mask_error", report->end.maskError},
                    {"skipped", issuesJson(report->skipped)}};
    if (report->networks)
        outcome.json["networks"] = {{"pictures_with_masks", report->masks},
                                    {"steps", report->networks->step},
                                    {"seconds", report->networks->elapsedSeconds},
                                    {"validation_dice", report->networks->bestValidationDice.value_or(0.0)}};
    outcome.text = "Wrote " + words.out;
    if (words.prior.empty())
        outcome.text += " after " + counted(static_cast<std::size_t>(report->end.step), "step", "steps") + " in "
                        + durationText(report->end.elapsedSeconds) + ", from "
                        + counted(report->pictures, "picture", "pictures") + " and made-up scenes";
    outcome.text += ".\n";
    if (report->networks)
        outcome.text += "All networks: " + counted(static_cast<std::size_t>(report->networks->step), "step", "steps")
                        + " in " + durationText(report->networks->elapsedSeconds) + ", with "
                        + counted(report->masks, "mask", "masks") + " and "
                        + counted(static_cast<std::size_t>(words.request.scenes), "scene", "scenes") + ".\n";
    outcome.text += "Use it with: semigda train PROJECT --prior " + words.out + "\n";
    return outcome;
}

} // namespace

void addPretrainCommand(CLI::App &parser, Command &command)
{
    const auto words = std::make_shared<Words>();
    learning::PriorTrainingOptions &options = words->request.options;
    CLI::App *sub = parser.add_subcommand(
        "pretrain-prior", "Train what the compact profile starts from, on images with or without labels");
    sub->add_option("PATH", words->paths,
                    "Images and folders (with their sub-folders) to learn from; none: made-up scenes only");
    sub->add_option("--out", words->out,
                    "The .safetensors file to write; a .json with seed, command and loss curve "
                    "comes beside it")
        ->required();
    CLI::Option *minutes =
        sub->add_option("--minutes", options.minutes, "Time for training the autoencoder")->capture_default_str();
    CLI::Option *steps =
        sub->add_option("--steps", options.steps, "Steps instead of minutes; makes the result repeatable on a CPU");
    sub->add_option("--epochs", words->request.epochs,
                    "Then train all networks to outline what the masks show, so many times over all of them")
        ->check(CLI::Range(1, 10000));
    sub->add_option("--prior", words->prior, "Trained weights to go on from, in place of training the autoencoder")
        ->check(CLI::ExistingFile)
        ->needs("--epochs")
        ->excludes(minutes, steps);
    sub->add_option("--masks", words->masks, "Folder with a mask of the same name for some of the images")
        ->needs("--epochs");
    sub->add_option("--scenes", words->request.scenes, "Made-up scenes among what all networks learn from")
        ->check(CLI::Range(0, 100000))
        ->capture_default_str();
    sub->add_option("--seed", options.seed, "The same seed and steps make the same weights")->capture_default_str();
    sub->add_option("--batch", options.batch, "Pictures and masks in a step")->capture_default_str();
    sub->add_option("--device", options.device, "auto, cpu or cuda:N")->capture_default_str();
    sub->footer("Ctrl+C stops early and writes what was learned.");
    sub->callback(
        [&command, words] { command.run = [words](const std::stop_token &stop) { return pretrain(*words, stop); }; });
}

} // namespace semigda::app::cli
