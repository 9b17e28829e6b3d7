// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"
#include "storage/SqliteContext_p.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace semigda::storage
{

/// What a check works on and finds. Parts that do not belong anywhere go to the project's folder `quarantine`.
class IntegrityCheck
{
public:
    IntegrityCheck(SqliteConnection &openConnection, ProjectContext &openContext, bool isRepairing)
        : connection(openConnection)
        , context(openContext)
        , repair(isRepairing)
    {}

    SqliteConnection &connection;
    ProjectContext &context;
    const bool repair;
    std::vector<core::IntegrityProblem> problems;
    std::function<void(double)> progress; ///< of the part at hand, 0..1

    void report(std::string what, bool isRepaired = false) { problems.push_back({std::move(what), isRepaired}); }
    /// Keeps bytes that cannot be used for someone who can read more out of them.
    void quarantine(const std::string &name, std::span<const std::byte> bytes) const;
    void quarantineFile(const std::filesystem::path &file) const;
    std::filesystem::path quarantineFolder() const { return context.project.folder / "quarantine"; }
    void advance(std::size_t done, std::size_t total) const
    {
        if (progress && total > 0) {
            progress(static_cast<double>(done) / static_cast<double>(total));
        }
    }
};

/// Each throws Failure or SQLite::Exception when it cannot go on.
void checkDatabase(IntegrityCheck &check);
void checkWords(IntegrityCheck &check);
void checkAnnotations(IntegrityCheck &check);
void checkPredictions(IntegrityCheck &check);
void checkFiles(IntegrityCheck &check);

/// All of them. ReadOnly when a repair is asked for where nothing can be written.
core::Result<std::vector<core::IntegrityProblem>> checkProject(SqliteConnection &connection, ProjectContext &context,
                                                               bool repair,
                                                               const std::function<void(double)> &progress);

/// Makes known a value that masks hold: a class of that number appears in the project.
void recoverClass(SqliteConnection &connection, core::LabelValue value);
std::set<core::LabelValue> knownValues(SqliteConnection &connection);
std::vector<core::ImageId> allImages(SqliteConnection &connection);

} // namespace semigda::storage
