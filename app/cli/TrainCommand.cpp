// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands_p.h"
#include "app/cli/IssueText_p.h"
#include "app/cli/ProgressLine.h"
#include "app/cli/ProjectArgument_p.h"
#include "app/cli/Table.h"

#include <algorithm>
#include <charconv>

namespace semigda::app::cli
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::Result;
using core::TrainingPhase;

struct Options
{
    std::string project;
    core::TrainingRequest request;
    double minutes = 0.0;
    std::string epochs;
    std::vector<std::string> overrides;
};

/// "200,350", or "200" for the one stage of the supervised method.
Result<void> parseEpochs(const std::string &text, core::TrainingRequest &request)
{
    const auto number = [](std::string_view part) -> std::optional<int> {
        int value = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
        const bool isWhole = error == std::errc() && end == part.data() + part.size();
        return isWhole && value > 0 ? std::optional(value) : std::nullopt;
    };
    const std::size_t comma = text.find(',');
    const std::string_view all = text;
    const std::optional<int> first = number(all.substr(0, comma));
    const std::optional<int> second = comma == std::string::npos ? first : number(all.substr(comma + 1));
    if (!first || !second)
        return Error{ErrorCode::InvalidArgument,
                     core::Sentence::verbatim("--epochs " + text
                                              + " is not understood; give two whole numbers such as 200,350.")};
    request.epochsStage1 = first;
    request.epochsStage2 = second;
    return {};
}

Result<core::TrainingRequest> requestOf(const Options &options)
{
    core::TrainingRequest request = options.request;
    if (options.minutes > 0.0)
        request.minutes = options.minutes;
    if (!options.epochs.empty())
        if (const Result<void> parsed = parseEpochs(options.epochs, request); !parsed)
            return parsed.error();
    for (const std::string &each : options.overrides) {
        const std::size_t equals = each.find('=');
        if (equals == 0 || equals == std::string::npos)
            return Error{ErrorCode::InvalidArgument,
                         core::Sentence::verbatim("--set " + each + " is not understood; write it as name=value.")};
        request.overrides[each.substr(0, equals)] = each.substr(equals + 1);
    }
    return request;
}

Outcome outcomeOf(const core::TrainingProgress &end, const core::TrainingRequest &request, const std::string &project)
{
    const bool isFinished = end.phase == TrainingPhase::Finished;
    Outcome outcome;
    outcome.json = {{"run", end.run.value},
                    {"method", request.method},
                    {"status", isFinished ? "finished" : "stopped"},
                    {"steps", end.step},
                    {"seconds", end.elapsedSeconds},
                    {"labelled", end.labelled},
                    {"partial", end.partial},
                    {"unlabelled", end.unlabelled},
                    {"predicted", end.predicted},
                    {"best_validation_dice", nullptr},
                    {"device", end.device}};
    std::vector<std::vector<std::string>> rows{
        {"Run", "Method", "Labelled", "Partial", "Unlabelled", "Steps", "Time", "Best Dice", "Predicted"},
        {std::to_string(end.run.value), request.method, std::to_string(end.labelled), std::to_string(end.partial),
         std::to_string(end.unlabelled), std::to_string(end.step), durationText(end.elapsedSeconds), "-",
         std::to_string(end.predicted)}};
    if (end.bestValidationDice) {
        outcome.json["best_validation_dice"] = *end.bestValidationDice;
        rows[1][7] = fixed(*end.bestValidationDice);
    }
    outcome.text = tableText(rows);
    if (isFinished)
        outcome.text += "Best Dice is on images held out of training; `semigda evaluate` scores the test images.\n";
    else
        outcome.text +=
            "Stopped and saved; go on with: semigda train " + project + " --method " + request.method + " --resume\n";
    return outcome;
}

Result<Outcome> train(const Options &options, const std::stop_token &stop)
{
    const Result<core::TrainingRequest> request = requestOf(options);
    if (!request)
        return request.error();
    const Result<std::shared_ptr<OpenProject>> project = openForChange(options.project);
    if (!project)
        return project.error();
    core::TrainingService &training = (*project)->training();
    {
        ProgressLine line("Training");
        training.setListener([&line](const core::TrainingProgress &progress) { line.show(progress); });
        if (const Result<void> started = training.start(*request); !started)
            return started.error();
        const std::stop_callback onStop(stop, [&] {
            line.say("Stopping at the next step; press Ctrl+C again to end at once.");
            training.stop();
        });
        training.wait();
        training.setListener({});
    }
    const core::TrainingProgress end = training.progress();
    if (end.phase == TrainingPhase::Failed)
        return Error{ErrorCode::Internal, end.error};
    return outcomeOf(end, *request, options.project);
}

} // namespace

void addTrainCommand(CLI::App &parser, Command &command)
{
    const auto options = std::make_shared<Options>();
    core::TrainingRequest &request = options->request;
    CLI::App *sub = parser.add_subcommand("train", "Train a model and predict the images without mask");
    addProjectArgument(*sub, options->project);
    sub->add_option("--method", request.method,
                    "semigda learns from unlabelled images too; supervised is a plain U-Net")
        ->check(CLI::IsMember({"semigda", "supervised"}))
        ->capture_default_str();
    sub->add_option("--profile", request.profile, "compact for any computer; paper needs a graphics card and --prior")
        ->check(CLI::IsMember({"compact", "paper"}))
        ->capture_default_str();
    sub->add_option("--prior", request.priorFile, "Weights of the autoencoder to start from (safetensors)")
        ->check(CLI::ExistingFile);
    CLI::Option *minutes =
        sub->add_option("--minutes", options->minutes, "Time for the whole training")->check(CLI::PositiveNumber);
    sub->add_option("--epochs", options->epochs, "Epochs of the two stages instead, for example 200,350")
        ->excludes(minutes);
    sub->add_option(
           "--image-size", request.imageSize,
           "Side in pixels at which the networks see the images (default: by their size, 128 at most; paper 224)")
        ->check(CLI::PositiveNumber);
    sub->add_option("--device", request.device, "auto, cpu or cuda:N")->capture_default_str();
    sub->add_option("--seed", request.seed, "Start of the random numbers")->capture_default_str();
    sub->add_flag("--resume", request.resume, "Go on with the newest unfinished run of the method");
    sub->add_option("--set", options->overrides, "Any other setting, as name=value; repeat for more")->take_all();
    sub->footer("Ctrl+C stops at the next step and saves; --resume goes on from there.");
    sub->callback([&command, options] {
        command.run = [options](const std::stop_token &stop) { return train(*options, stop); };
    });
}

} // namespace semigda::app::cli
