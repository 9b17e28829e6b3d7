// SPDX-License-Identifier: Apache-2.0
// The sub-commands of the terminal program. Each function adds one to the parser; parsing it fills in `command`, which
// outlives the parsing.
#pragma once

#include "app/cli/Outcome_p.h"

namespace semigda::app::cli
{

void addNewCommand(CLI::App &parser, Command &command);
void addInfoCommand(CLI::App &parser, Command &command);
void addCheckCommand(CLI::App &parser, Command &command);
void addImportCommand(CLI::App &parser, Command &command);
void addTrainCommand(CLI::App &parser, Command &command);
void addPredictCommand(CLI::App &parser, Command &command);
void addEvaluateCommand(CLI::App &parser, Command &command);
void addReviewCommand(CLI::App &parser, Command &command);
void addExportCommand(CLI::App &parser, Command &command);
void addSampleCommand(CLI::App &parser, Command &command);
void addPretrainCommand(CLI::App &parser, Command &command);

} // namespace semigda::app::cli
