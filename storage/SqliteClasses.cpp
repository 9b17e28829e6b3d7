// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteClasses_p.h"

#include "storage/SqliteRows_p.h"

#include <array>
#include <set>

namespace semigda::storage
{

namespace
{

using core::ComponentRule;

constexpr std::array<std::pair<ComponentRule, const char *>, 3> RuleWords{
    {{ComponentRule::Auto, "auto"},
     {ComponentRule::KeepAll, "keep_all"},
     {ComponentRule::LargestOnly, "largest_only"}}};

const char *wordOf(ComponentRule rule)
{
    for (const auto &[each, word] : RuleWords) {
        if (each == rule) {
            return word;
        }
    }
    return RuleWords.front().second;
}

std::optional<ComponentRule> ruleFrom(const std::string &word)
{
    for (const auto &[rule, each] : RuleWords) {
        if (word == each) {
            return rule;
        }
    }
    return std::nullopt;
}

void checkClasses(const core::LabelSet &classes)
{
    std::set<core::LabelValue> values;
    std::set<std::string> names;
    for (const core::LabelClass &each : classes.classes()) {
        if (each.value == core::Background || each.value == core::NotAnnotated || !values.insert(each.value).second) {
            fail(core::ErrorCode::InvalidArgument,
                 core::phrase("errors",
                              "The class \"%1\" has the number %2; give each class its own number from 1 to 65534.")
                     .with(each.name, each.value));
        }
        if (each.name.empty() || !names.insert(each.name).second) {
            fail(core::ErrorCode::InvalidArgument,
                 core::phrase("errors", "Class %1 needs a name of its own; \"%2\" is empty or taken.")
                     .with(each.value, each.name));
        }
    }
}

} // namespace

core::LabelSet readClasses(SqliteConnection &connection)
{
    std::vector<core::LabelClass> classes;
    std::vector<core::LabelValue> removed;
    Query query(connection, "SELECT id, name, colour, is_visible, is_locked, components, is_removed FROM classes "
                            "ORDER BY position, id");
    while (query.next()) {
        core::LabelClass each;
        each.value = static_cast<core::LabelValue>(query.integer(0));
        each.name = query.text(1);
        each.colour = valueOrFail(core::parseColour(query.text(2)));
        each.visible = query.flag(3);
        each.locked = query.flag(4);
        each.components = fromWord(ruleFrom(query.text(5)), query.text(5), connection.project());
        if (query.flag(6)) {
            removed.push_back(each.value);
        }
        classes.push_back(std::move(each));
    }
    // Removed here rather than left out, so that the set counts on from the highest id ever given.
    core::LabelSet set(std::move(classes));
    for (const core::LabelValue value : removed) {
        set.remove(value);
    }
    return set;
}

void writeClasses(SqliteConnection &connection, const core::LabelSet &classes)
{
    checkClasses(classes);
    connection.exec("UPDATE classes SET is_removed = 1");
    int position = 0;
    std::string names;
    for (const core::LabelClass &each : classes.classes()) {
        Query(connection, "INSERT OR REPLACE INTO classes (id, position, name, colour, is_visible, is_locked, "
                          "components, is_removed) VALUES (?, ?, ?, ?, ?, ?, ?, 0)")
            .bind(int{each.value}, position++, each.name, core::toString(each.colour), each.visible, each.locked,
                  wordOf(each.components))
            .run();
        names += (names.empty() ? "" : ", ") + std::to_string(each.value) + " " + each.name;
    }
    Query(connection, "INSERT INTO audit_log (created_at, action, detail) VALUES (?, 'classes', ?)")
        .bind(utcNow(), names)
        .run();
}

} // namespace semigda::storage
