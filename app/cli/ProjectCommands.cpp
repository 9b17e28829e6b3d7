// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands_p.h"
#include "app/cli/ProgressLine.h"
#include "app/cli/ProjectArgument_p.h"
#include "app/cli/Table.h"

#include <algorithm>
#include <array>

namespace semigda::app::cli
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr const char *DefaultClass = "object";
constexpr std::array States{core::ImageState::Unlabelled, core::ImageState::Partial,  core::ImageState::Labelled,
                            core::ImageState::Predicted,  core::ImageState::Accepted, core::ImageState::Corrected,
                            core::ImageState::Rejected};
constexpr std::array Splits{core::Split::Train, core::Split::Validation, core::Split::Test};

/// "Liver:#E69F00": a colon belongs to the name unless a # follows.
Result<void> addClass(core::LabelSet &classes, const std::string &word)
{
    const std::size_t colon = word.rfind(":#");
    Result<core::LabelValue> added = core::LabelValue(0);
    if (colon == std::string::npos) {
        added = classes.add(word);
    } else {
        const Result<core::Rgb> colour = core::parseColour(word.substr(colon + 1));
        if (!colour)
            return colour.error();
        added = classes.add(word.substr(0, colon), *colour);
    }
    if (!added)
        return added.error();
    return {};
}

Json classesJson(const core::LabelSet &classes)
{
    Json list = Json::array();
    for (const core::LabelClass &each : classes.classes())
        list.push_back({{"id", each.value}, {"name", each.name}, {"colour", core::toString(each.colour)}});
    return list;
}

Result<Outcome> createProject(const std::string &word, const std::vector<std::string> &classWords)
{
    core::LabelSet classes;
    for (const std::string &each : classWords)
        if (const Result<void> added = addClass(classes, each); !added)
            return added.error();
    if (classes.isEmpty())
        if (const Result<void> added = addClass(classes, DefaultClass); !added)
            return added.error();
    const std::filesystem::path folder = newProject(word);
    const Result<std::shared_ptr<OpenProject>> project = OpenProject::create(folder, classes);
    if (!project)
        return project.error();
    Outcome outcome;
    outcome.json = {{"project", (*project)->info().folder.string()}, {"classes", classesJson(classes)}};
    outcome.text = "Made the project " + folder.string() + " with " + std::to_string(classes.size())
                   + (classes.size() == 1 ? " class:" : " classes:");
    for (const core::LabelClass &each : classes.classes())
        outcome.text += "\n  " + std::to_string(each.value) + "  " + each.name + "  " + core::toString(each.colour);
    outcome.text += "\n";
    return outcome;
}

std::uintmax_t folderSize(const std::filesystem::path &folder)
{
    std::uintmax_t size = 0;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error)) {
        std::error_code ignored;
        if (it->is_regular_file(ignored))
            size += it->file_size(ignored);
    }
    return size;
}

Json placeJson(const core::ProjectPlace &place)
{
    switch (place.kind) {
    case core::PlaceKind::NetworkShare:
        return {{"kind", "network"}, {"name", place.name}};
    case core::PlaceKind::SyncedFolder:
        return {{"kind", "synced"}, {"name", place.name}};
    case core::PlaceKind::Local:
        break;
    }
    return {{"kind", "local"}, {"name", nullptr}};
}

/// One sentence for stderr about where the project is, if that may damage it.
void warnOfPlace(const core::ProjectInfo &info, Outcome &outcome)
{
    switch (info.place.kind) {
    case core::PlaceKind::NetworkShare:
        outcome.problems.push_back("The project " + info.folder.string() + " is on a network share (" + info.place.name
                                   + "), where two computers that open it at the same time can damage it; copy it to a "
                                     "disk of this computer to work on it, and back it up by exporting.");
        break;
    case core::PlaceKind::SyncedFolder:
        outcome.problems.push_back("The project " + info.folder.string() + " is in a folder that " + info.place.name
                                   + " keeps in step with other computers, which can damage it while it is open; copy "
                                     "it to another folder to work on it, and back it up by exporting.");
        break;
    case core::PlaceKind::Local:
        break;
    }
}

Json runJson(const core::RunRecord &run)
{
    return {{"id", run.id.value},           {"method", run.method},    {"status", core::toString(run.status)},
            {"started_at", run.startedAt},  {"ended_at", run.endedAt}, {"message", run.message},
            {"folder", run.folder.string()}};
}

Result<Outcome> describeProject(const std::string &word)
{
    const Result<std::shared_ptr<OpenProject>> project = openProject(word);
    if (!project)
        return project.error();
    const Result<std::unique_ptr<core::ProjectStore>> store = (*project)->openStore();
    if (!store)
        return store.error();
    const Result<core::StateCounts> counts = (*store)->images().counts();
    if (!counts)
        return counts.error();
    const Result<core::LabelSet> classes = (*store)->classes();
    if (!classes)
        return classes.error();
    const Result<std::vector<core::RunRecord>> runs = (*store)->runs().list();
    if (!runs)
        return runs.error();
    const core::ProjectInfo info = (*project)->info();
    const std::uintmax_t bytes = folderSize(info.folder);

    Json states = Json::object();
    std::vector<std::vector<std::string>> rows{{"State", "Images"}};
    for (const core::ImageState state : States) {
        const auto found = counts->byState.find(state);
        const std::size_t number = found == counts->byState.end() ? 0 : found->second;
        states[core::toString(state)] = number;
        if (number > 0)
            rows.push_back({core::toString(state), std::to_string(number)});
    }
    rows.push_back({"total", std::to_string(counts->total)});
    if (counts->removed > 0)
        rows.push_back({"removed", std::to_string(counts->removed)});
    Json splits = Json::object();
    std::string splitText;
    for (const core::Split split : Splits) {
        const auto found = counts->bySplit.find(split);
        const std::size_t number = found == counts->bySplit.end() ? 0 : found->second;
        splits[core::toString(split)] = number;
        splitText += std::string(splitText.empty() ? "" : ", ") + core::toString(split) + " " + std::to_string(number);
    }
    Json runList = Json::array();
    for (const core::RunRecord &run : *runs)
        runList.push_back(runJson(run));

    Outcome outcome;
    outcome.json = {{"project", info.folder.string()},
                    {"name", info.name},
                    {"read_only", info.isReadOnly},
                    {"images", counts->total},
                    {"states", states},
                    {"splits", splits},
                    {"series", counts->series},
                    {"removed", counts->removed},
                    {"classes", classesJson(*classes)},
                    {"bytes", bytes},
                    {"runs", runList},
                    {"place", placeJson(info.place)}};
    warnOfPlace(info, outcome);
    outcome.text =
        info.name + "  (" + info.folder.string() + ", " + fixed(static_cast<double>(bytes) / 1e6, 1) + " MB)\n";
    if (info.isReadOnly)
        outcome.text += "Read-only: " + info.readOnlyReason.english() + "\n";
    outcome.text += "\n" + tableText(rows) + "\nSplits: " + splitText + "\nVolumes: " + std::to_string(counts->series)
                    + "\nClasses:";
    for (const core::LabelClass &each : classes->classes())
        outcome.text += "\n  " + std::to_string(each.value) + "  " + each.name + "  " + core::toString(each.colour);
    outcome.text += "\n";
    if (!runs->empty()) {
        std::vector<std::vector<std::string>> runRows{{"Run", "Method", "Status", "Started (UTC)"}};
        for (const core::RunRecord &run : *runs)
            runRows.push_back({std::to_string(run.id.value), run.method, core::toString(run.status), run.startedAt});
        outcome.text += "\n" + tableText(runRows);
    }
    return outcome;
}

Result<Outcome> checkProject(const std::string &word, bool repair)
{
    const Result<std::shared_ptr<OpenProject>> project = repair ? openForChange(word) : openProject(word);
    if (!project)
        return project.error();
    const Result<std::unique_ptr<core::ProjectStore>> store = (*project)->openStore();
    if (!store)
        return store.error();
    Result<std::vector<core::IntegrityProblem>> problems = std::vector<core::IntegrityProblem>();
    {
        ProgressLine line("Checking");
        problems = (*store)->check(repair, [&](double fraction) {
            constexpr std::size_t Whole = 1000;
            line.show(core::TaskProgress{static_cast<std::size_t>(fraction * Whole), Whole, {}});
        });
    }
    if (!problems)
        return problems.error();
    Outcome outcome;
    Json list = Json::array();
    std::size_t open = 0;
    for (const core::IntegrityProblem &each : *problems) {
        list.push_back({{"what", each.what}, {"repaired", each.isRepaired}});
        outcome.text += (each.isRepaired ? "repaired: " : "problem: ") + each.what + "\n";
        open += each.isRepaired ? 0 : 1;
    }
    const core::ProjectInfo info = (*project)->info();
    outcome.json = {{"clean", open == 0}, {"problems", list}, {"place", placeJson(info.place)}};
    warnOfPlace(info, outcome);
    if (problems->empty())
        outcome.text = "No problem found.\n";
    if (open > 0) {
        outcome.problems.push_back(
            std::to_string(open) + (open == 1 ? " problem" : " problems") + " in " + existingProject(word).string()
            + (repair ? " could not be repaired; see the list." : "; check --repair puts aside what is broken."));
        outcome.status = Failed;
    }
    return outcome;
}

} // namespace

void addNewCommand(CLI::App &parser, Command &command)
{
    struct Options
    {
        std::string project;
        std::vector<std::string> classes;
    };
    const auto options = std::make_shared<Options>();
    CLI::App *sub = parser.add_subcommand("new", "Make a project");
    addProjectArgument(*sub, options->project);
    sub->add_option("--class", options->classes,
                    "A structure to outline, with its colour if wanted: NAME or NAME:#RRGGBB; repeat for more. Classes "
                    "get the mask values 1, 2, ... in this order. Without it the project has one class \"object\"")
        ->take_all();
    sub->callback([&command, options] {
        command.run = [options](const std::stop_token &) { return createProject(options->project, options->classes); };
    });
}

void addInfoCommand(CLI::App &parser, Command &command)
{
    const auto project = std::make_shared<std::string>();
    CLI::App *sub = parser.add_subcommand("info", "Show what a project holds");
    addProjectArgument(*sub, *project);
    sub->callback([&command, project] {
        command.run = [project](const std::stop_token &) { return describeProject(*project); };
    });
}

void addCheckCommand(CLI::App &parser, Command &command)
{
    const auto project = std::make_shared<std::string>();
    const auto repair = std::make_shared<bool>(false);
    CLI::App *sub = parser.add_subcommand("check", "Check database, masks, files and hashes of a project");
    addProjectArgument(*sub, *project);
    sub->add_flag("--repair", *repair, "Put aside what is broken and restore what can be recomputed");
    sub->callback([&command, project, repair] {
        command.run = [project, repair](const std::stop_token &) { return checkProject(*project, *repair); };
    });
}

} // namespace semigda::app::cli
