// SPDX-License-Identifier: Apache-2.0
#include "app/UserName.h"
#include "app/cli/Commands_p.h"
#include "app/cli/IssueText_p.h"
#include "app/cli/ProjectArgument_p.h"
#include "app/cli/Table.h"
#include "app/results/ReviewImages.h"

namespace semigda::app::cli
{

namespace
{

using core::Result;

struct Options
{
    std::string project;
    bool list = false;
    bool acceptAll = false;
    std::vector<std::int64_t> accept;
    std::vector<std::int64_t> reject;
    std::optional<double> mostDisagreement;
};

Result<Outcome> listWaiting(core::ProjectStore &store)
{
    const Result<std::vector<ReviewItem>> items = waitingReviews(store);
    if (!items)
        return items.error();
    Outcome outcome;
    Json list = Json::array();
    std::vector<std::vector<std::string>> rows{{"Name", "Image", "Estimated Dice", "Disagreement", "Run"}};
    for (const ReviewItem &item : *items) {
        const std::optional<float> &dice = item.scores.estimatedDice;
        list.push_back({{"image", item.image.value},
                        {"name", item.name},
                        {"disagreement", item.scores.disagreement},
                        {"entropy", item.scores.entropy},
                        {"estimated_dice", orNull(dice)},
                        {"run", item.run.value}});
        rows.push_back({item.name, std::to_string(item.image.value), dice ? fixed(static_cast<double>(*dice)) : "-",
                        fixed(static_cast<double>(item.scores.disagreement)), std::to_string(item.run.value)});
    }
    outcome.json = {{"waiting", items->size()}, {"images", list}};
    outcome.text = items->empty() ? "No prediction waits for review.\n" : tableText(rows);
    return outcome;
}

std::vector<core::ImageId> idsOf(const std::vector<std::int64_t> &numbers)
{
    std::vector<core::ImageId> ids;
    for (const std::int64_t number : numbers)
        ids.emplace_back(number);
    return ids;
}

Json idsJson(const std::vector<core::ImageId> &ids)
{
    Json list = Json::array();
    for (const core::ImageId id : ids)
        list.push_back(id.value);
    return list;
}

Result<Outcome> decide(core::ProjectStore &store, const Options &options)
{
    ReviewReport accepted;
    if (options.acceptAll) {
        const std::string reviewer = userName();
        Result<ReviewReport> report = acceptWaiting(store, options.mostDisagreement, reviewer);
        if (!report)
            return report.error();
        accepted = std::move(*report);
    } else {
        accepted = reviewImages(store, idsOf(options.accept), core::Verdict::Accepted, userName());
    }
    const ReviewReport rejected = reviewImages(store, idsOf(options.reject), core::Verdict::Rejected, userName());
    Outcome outcome;
    addProblems(outcome, accepted.failed);
    addProblems(outcome, rejected.failed);
    outcome.status = outcome.problems.empty() ? Succeeded : Failed;
    outcome.json = {
        {"accepted", idsJson(accepted.done)}, {"rejected", idsJson(rejected.done)}, {"failed", outcome.problems}};
    outcome.text = "Accepted " + counted(accepted.done.size(), "mask", "masks") + ", rejected "
                   + std::to_string(rejected.done.size()) + ".\n";
    return outcome;
}

Result<Outcome> review(const Options &options)
{
    const Result<std::shared_ptr<OpenProject>> project =
        options.list ? openProject(options.project) : openForChange(options.project);
    if (!project)
        return project.error();
    const Result<std::unique_ptr<core::ProjectStore>> store = (*project)->openStore();
    if (!store)
        return store.error();
    return options.list ? listWaiting(**store) : decide(**store, options);
}

} // namespace

void addReviewCommand(CLI::App &parser, Command &command)
{
    const auto options = std::make_shared<Options>();
    CLI::App *sub = parser.add_subcommand("review", "See, accept or reject predicted masks");
    addProjectArgument(*sub, options->project);
    CLI::Option *list = sub->add_flag("--list", options->list, "List what waits, most doubtful first");
    CLI::Option *accept = sub->add_option("--accept", options->accept, "Numbers of images whose masks are right");
    CLI::Option *all = sub->add_flag("--accept-all", options->acceptAll, "Accept all that wait");
    sub->add_option("--max-disagreement", options->mostDisagreement,
                    "With --accept-all: only where the two branches differ by at most this much, 0 to 1")
        ->check(CLI::Range(0.0, 1.0))
        ->needs(all);
    CLI::Option *reject = sub->add_option("--reject", options->reject,
                                          "Numbers of images whose masks are wrong; they are never learnt from");
    list->excludes(accept)->excludes(all)->excludes(reject);
    all->excludes(accept);
    sub->callback([&command, options] {
        if (!options->list && !options->acceptAll && options->accept.empty() && options->reject.empty())
            throw CLI::ValidationError("review needs one of --list, --accept, --accept-all, --reject");
        command.run = [options](const std::stop_token &) { return review(*options); };
    });
}

} // namespace semigda::app::cli
