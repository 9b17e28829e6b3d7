// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteIntegrity_p.h"

#include "core/AtomicFile.h"
#include "storage/Backups_p.h"
#include "storage/SqliteRows_p.h"

#include <array>

namespace semigda::storage
{

namespace
{

using core::ImageId;
using core::ImageState;
using core::phrase;

std::vector<std::string> integrityMessages(SqliteConnection &connection)
{
    std::vector<std::string> messages;
    Query query(connection, "PRAGMA integrity_check(20)");
    while (query.next()) {
        if (query.text(0) != "ok") {
            messages.push_back(query.text(0));
        }
    }
    return messages;
}

std::size_t brokenReferences(SqliteConnection &connection)
{
    std::size_t count = 0;
    Query query(connection, "PRAGMA foreign_key_check");
    while (query.next()) {
        ++count;
    }
    return count;
}

void mendReferences(SqliteConnection &connection)
{
    // Parents before children. Journals keep their revisions: the row above them can be made anew.
    static constexpr std::array<const char *, 14> Statements{
        "DELETE FROM predictions WHERE image_id NOT IN (SELECT id FROM images)",
        "UPDATE predictions SET run_id = NULL WHERE run_id NOT IN (SELECT id FROM runs)",
        "UPDATE images SET newest_prediction_id = NULL WHERE newest_prediction_id NOT IN (SELECT id FROM predictions)",
        "DELETE FROM prediction_maps WHERE prediction_id NOT IN (SELECT id FROM predictions)",
        "DELETE FROM reviews WHERE image_id NOT IN (SELECT id FROM images)",
        "UPDATE reviews SET prediction_id = NULL WHERE prediction_id NOT IN (SELECT id FROM predictions)",
        "DELETE FROM thumbnails WHERE image_id NOT IN (SELECT id FROM images)",
        "DELETE FROM image_tags WHERE image_id NOT IN (SELECT id FROM images)",
        "DELETE FROM annotations WHERE image_id NOT IN (SELECT id FROM images)",
        "INSERT INTO annotations (image_id, revision, last_sequence, is_complete, painted) "
        "SELECT image_id, max(sequence), max(sequence), complete_after, 0 FROM annotation_revisions "
        "WHERE image_id IN (SELECT id FROM images) AND image_id NOT IN (SELECT image_id FROM annotations) "
        "GROUP BY image_id",
        "DELETE FROM annotation_bases WHERE image_id NOT IN (SELECT image_id FROM annotations)",
        "DELETE FROM annotation_revisions WHERE image_id NOT IN (SELECT image_id FROM annotations)",
        "DELETE FROM linked_steps WHERE (image_id, sequence) NOT IN (SELECT image_id, sequence FROM "
        "annotation_revisions) "
        "OR (other_image_id, other_sequence) NOT IN (SELECT image_id, sequence FROM annotation_revisions)",
        "DELETE FROM metrics WHERE run_id NOT IN (SELECT id FROM runs)"};
    successOrFail(connection.write(phrase("errors", "mend references"), [&] {
        for (const char *statement : Statements) {
            connection.exec(statement);
        }
    }));
}

ImageState recomputedState(SqliteConnection &connection, ImageId id, bool hasPrediction)
{
    Query query(connection, "SELECT r.state_after FROM annotations AS a JOIN annotation_revisions AS r "
                            "ON r.image_id = a.image_id AND r.sequence = a.revision WHERE a.image_id = ?");
    if (query.bind(id).next()) {
        const auto state = core::imageStateFrom(query.text(0));
        if (state && *state != ImageState::Predicted) {
            return *state;
        }
    }
    return hasPrediction ? ImageState::Predicted : ImageState::Unlabelled;
}

void checkPointers(IntegrityCheck &check)
{
    SqliteConnection &connection = check.connection;
    std::vector<std::pair<ImageId, std::string>> wrong;
    {
        Query query(connection, "SELECT id, name FROM images AS i WHERE newest_prediction_id IS NOT "
                                "(SELECT max(id) FROM predictions WHERE image_id = i.id)");
        while (query.next()) {
            wrong.emplace_back(query.integer(0), query.text(1));
        }
    }
    for (const auto &[id, name] : wrong) {
        if (check.repair) {
            successOrFail(connection.write(phrase("errors", "point at the newest prediction"), [&, image = id] {
                Query(connection, "UPDATE images SET newest_prediction_id = "
                                  "(SELECT max(id) FROM predictions WHERE image_id = images.id) WHERE id = ?")
                    .bind(image)
                    .run();
            }));
        }
        check.report("Image \"" + name + "\" does not point at its newest prediction.", check.repair);
    }
}

} // namespace

void IntegrityCheck::quarantine(const std::string &name, std::span<const std::byte> bytes) const
{
    std::filesystem::create_directories(quarantineFolder());
    successOrFail(core::writeFileAtomically(quarantineFolder() / name, bytes));
}

void IntegrityCheck::quarantineFile(const std::filesystem::path &file) const
{
    std::filesystem::create_directories(quarantineFolder());
    std::filesystem::rename(file, quarantineFolder() / file.filename());
}

void recoverClass(SqliteConnection &connection, core::LabelValue value)
{
    Query(connection, "INSERT OR IGNORE INTO classes (id, position, name, colour, is_visible, is_locked, components) "
                      "VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM classes), ?2, ?3, 1, 1, 'auto')")
        .bind(int{value}, "Recovered class " + std::to_string(value), core::toString(core::defaultColour(value)))
        .run();
}

std::set<core::LabelValue> knownValues(SqliteConnection &connection)
{
    std::set<core::LabelValue> values{core::Background, core::NotAnnotated};
    Query query(connection, "SELECT id FROM classes");
    while (query.next()) {
        values.insert(static_cast<core::LabelValue>(query.integer(0)));
    }
    return values;
}

std::vector<ImageId> allImages(SqliteConnection &connection)
{
    std::vector<ImageId> ids;
    Query query(connection, "SELECT id FROM images ORDER BY id");
    while (query.next()) {
        ids.emplace_back(query.integer(0));
    }
    return ids;
}

void checkDatabase(IntegrityCheck &check)
{
    SqliteConnection &connection = check.connection;
    const std::vector<std::string> messages = integrityMessages(connection);
    if (!messages.empty()) {
        bool isRepaired = false;
        if (check.repair) {
            // Damage of an index only: its contents are all in the tables.
            connection.database().tryExec("REINDEX");
            isRepaired = integrityMessages(connection).empty();
        }
        const auto backup = newestBackup(connection.project());
        check.report("The database of " + connection.project().quoted().english() + " is damaged (" + messages.front()
                         + (messages.size() > 1 ? ", and more" : "") + ")"
                         + (isRepaired ? "; its indices were made anew, nothing is lost."
                            : backup
                                ? "; close the project and put " + backup->string() + " in the place of project.sqlite."
                                : "; there is no backup to put in its place."),
                     isRepaired);
    }
    if (const std::size_t count = brokenReferences(connection); count > 0) {
        if (check.repair) {
            mendReferences(connection);
        }
        check.report(std::to_string(count) + " entries of the database refer to something that is gone.",
                     check.repair && brokenReferences(connection) == 0);
    }
    checkPointers(check);
}

void checkWords(IntegrityCheck &check)
{
    SqliteConnection &connection = check.connection;
    struct Row
    {
        ImageId id;
        std::string name;
        std::string state;
        std::string split;
        bool hasPrediction = false;
    };
    std::vector<Row> wrong;
    {
        Query query(connection, "SELECT id, name, state, split, newest_prediction_id IS NOT NULL FROM images");
        while (query.next()) {
            const auto state = core::imageStateFrom(query.text(2));
            const bool isBaseless = state == ImageState::Predicted && !query.flag(4);
            if (!state || isBaseless || !core::splitFrom(query.text(3))) {
                wrong.push_back(
                    {ImageId(query.integer(0)), query.text(1), query.text(2), query.text(3), query.flag(4)});
            }
        }
    }
    for (const Row &row : wrong) {
        const auto state = core::imageStateFrom(row.state);
        const bool isStateWrong = !state || (state == ImageState::Predicted && !row.hasPrediction);
        if (check.repair) {
            successOrFail(connection.write(phrase("errors", "settle the state of an image"), [&] {
                if (isStateWrong) {
                    setImageState(connection, row.id, recomputedState(connection, row.id, row.hasPrediction));
                }
                if (!core::splitFrom(row.split)) {
                    Query(connection, "UPDATE images SET split = 'train' WHERE id = ?").bind(row.id).run();
                }
            }));
        }
        check.report("Image \"" + row.name + "\" has a state that cannot be (\"" + row.state + "\", split \""
                         + row.split + "\").",
                     check.repair);
    }
}

core::Result<std::vector<core::IntegrityProblem>> checkProject(SqliteConnection &connection, ProjectContext &context,
                                                               bool repair, const std::function<void(double)> &progress)
{
    if (repair && connection.isReadOnly()) {
        return core::Error{core::ErrorCode::ReadOnly, context.info.readOnlyReason};
    }
    struct Part
    {
        void (*run)(IntegrityCheck &);
        core::Phrase action;
        double share; ///< of the time, roughly
    };
    static constexpr std::array<Part, 5> Parts{{{&checkDatabase, phrase("errors", "check the database"), 0.1},
                                                {&checkPredictions, phrase("errors", "check the predictions"), 0.2},
                                                {&checkWords, phrase("errors", "check the images"), 0.02},
                                                {&checkAnnotations, phrase("errors", "check the masks"), 0.3},
                                                {&checkFiles, phrase("errors", "check the files"), 0.38}}};
    IntegrityCheck check(connection, context, repair);
    double done = 0.0;
    for (const Part &part : Parts) {
        check.progress = [&](double fraction) {
            if (progress) {
                progress(done + fraction * part.share);
            }
        };
        const core::Result<void> result = connection.read(part.action, [&] { part.run(check); });
        if (!result) {
            // Damage keeps a part from its end, but the others may still find and mend something.
            if (result.error().code != core::ErrorCode::CorruptFile) {
                return result.error();
            }
            check.report(result.error().message.english());
        }
        done += part.share;
    }
    if (progress) {
        progress(1.0);
    }
    return std::move(check.problems);
}

} // namespace semigda::storage
