// SPDX-License-Identifier: Apache-2.0
#include "app/cli/IssueText_p.h"

namespace semigda::app::cli
{

Json issuesJson(const std::vector<core::ImportIssue> &issues)
{
    Json list = Json::array();
    for (const core::ImportIssue &issue : issues)
        list.push_back({{"file", issue.file.string()}, {"message", issue.error.message.english()}});
    return list;
}

void addProblems(Outcome &outcome, const std::vector<core::ImportIssue> &issues, const std::string &word)
{
    for (const core::ImportIssue &issue : issues)
        outcome.problems.push_back(word.empty() ? issue.error.message.english()
                                                : word + ": " + issue.error.message.english());
}

std::string counted(std::size_t number, const std::string &singular, const std::string &plural)
{
    return std::to_string(number) + " " + (number == 1 ? singular : plural);
}

} // namespace semigda::app::cli
