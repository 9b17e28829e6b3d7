// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Outcome_p.h"
#include "core/ports/ProjectSession.h"

namespace semigda::app::cli
{

/// [{"file": ..., "message": ...}, ...]
Json issuesJson(const std::vector<core::ImportIssue> &issues);
/// Adds each sentence to the outcome's problems, with a word before it unless that is empty.
void addProblems(Outcome &outcome, const std::vector<core::ImportIssue> &issues, const std::string &word = {});
/// "1 image", "2 images"
std::string counted(std::size_t number, const std::string &singular, const std::string &plural);

} // namespace semigda::app::cli
