// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Terminal.h"

#include "app/cli/Commands_p.h"
#include "app/cli/StopSignals.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace semigda::app
{

namespace
{

using cli::Json;

void printLine(std::FILE *stream, const std::string &text)
{
    std::fputs(text.c_str(), stream);
    std::fputc('\n', stream);
}

void printProblem(const std::string &sentence)
{
    printLine(stderr, "semigda: " + sentence);
}

std::string dumped(const Json &json)
{
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

int run(const cli::Command &command)
{
    const cli::StopSignals signals;
    const core::Result<cli::Outcome> outcome = command.run(signals.token());
    if (!outcome) {
        printProblem(outcome.error().message.english());
        if (command.isJson)
            printLine(stdout, dumped({{"error", outcome.error().message.english()}}));
        return outcome.error().code == core::ErrorCode::InvalidArgument ? cli::WrongUsage : cli::Failed;
    }
    for (const std::string &problem : outcome->problems)
        printProblem(problem);
    if (command.isJson)
        printLine(stdout, dumped(outcome->json));
    else
        std::fputs(outcome->text.c_str(), stdout);
    // A full disk or a closed pipe behind stdout is a failure of a command whose result is its output.
    if (std::fflush(stdout) != 0) {
        printProblem("The output cannot be written; check the disk or the program that reads it.");
        return cli::Failed;
    }
    return outcome->status;
}

} // namespace

int runTerminal(int argc, char **argv)
{
    CLI::App parser("SemiGDA: segment medical images from few labelled and many unlabelled ones.\n"
                    "Not for diagnostic use.",
                    "semigda");
    parser.require_subcommand(1);
    parser.set_version_flag("--version", "semigda " SEMIGDA_VERSION);
    parser.footer("Exit status: 0 done, 1 failed (one sentence on stderr says why), 2 wrong usage.\n"
                  "`semigda COMMAND --help` explains a command.");
    cli::Command command;
    cli::addNewCommand(parser, command);
    cli::addImportCommand(parser, command);
    cli::addInfoCommand(parser, command);
    cli::addTrainCommand(parser, command);
    cli::addPredictCommand(parser, command);
    cli::addEvaluateCommand(parser, command);
    cli::addReviewCommand(parser, command);
    cli::addExportCommand(parser, command);
    cli::addCheckCommand(parser, command);
    cli::addSampleCommand(parser, command);
    cli::addPretrainCommand(parser, command);
    for (CLI::App *each : parser.get_subcommands({}))
        each->add_flag("--json", command.isJson, "Print one JSON object instead of text");
    try {
        parser.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        if (error.get_exit_code() == 0)
            return parser.exit(error);
        const bool isUnknownCommand = parser.get_subcommands().empty() && argc > 1 && argv[1][0] != '-';
        const std::string what =
            isUnknownCommand ? "There is no command \"" + std::string(argv[1]) + "\"" : std::string(error.what());
        printProblem(what + "; see semigda "
                     + (parser.get_subcommands().empty() ? "" : parser.get_subcommands().front()->get_name() + " ")
                     + "--help.");
        return cli::WrongUsage;
    }
    return run(command);
}

} // namespace semigda::app
