// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteFiles_p.h"
#include "storage/SqliteIntegrity_p.h"
#include "storage/SqliteProject.h"

#include <map>
#include <set>

#include <unistd.h>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;

struct KnownFile
{
    std::string name; ///< of the first image in it
    std::vector<std::filesystem::path> origins;
};

struct KnownFiles
{
    std::map<std::string, KnownFile> copies;             ///< by SHA-256
    std::map<std::filesystem::path, std::string> linked; ///< SHA-256 by path
    std::set<std::string> all;                           ///< SHA-256 of copies and linked files
};

KnownFiles knownFiles(SqliteConnection &connection)
{
    KnownFiles files;
    Query query(connection, "SELECT sha256, origin, is_linked, min(name) FROM images GROUP BY sha256, origin, "
                            "is_linked ORDER BY min(id)");
    while (query.next()) {
        files.all.insert(query.text(0));
        if (query.flag(2)) {
            files.linked.emplace(query.text(1), query.text(0));
            continue;
        }
        KnownFile &copy = files.copies[query.text(0)];
        copy.origins.emplace_back(query.text(1));
        if (copy.name.empty()) {
            copy.name = query.text(3);
        }
    }
    return files;
}

bool restoreFromOrigin(const std::vector<std::filesystem::path> &origins, const std::filesystem::path &copy,
                       const std::string &sha256)
{
    for (const std::filesystem::path &origin : origins) {
        std::error_code failure;
        if (!std::filesystem::is_regular_file(origin, failure)) {
            continue;
        }
        const core::Result<void> copied = copyVerified(origin, copy, sha256);
        if (copied) {
            return true;
        }
        if (copied.error().code == ErrorCode::DiskFull) {
            throw Failure{copied.error()};
        }
    }
    return false;
}

void checkCopy(IntegrityCheck &check, const std::string &sha256, const KnownFile &known)
{
    const std::filesystem::path copy = check.context.imageFile(sha256);
    const core::Result<std::string> found = fileSha256(copy);
    if (found && *found == sha256) {
        return;
    }
    std::string what = "The project's copy of image \"" + known.name + "\" (" + copy.string() + ") ";
    if (found) {
        what += "is damaged";
    } else {
        what += found.error().code == ErrorCode::NotFound ? "is missing" : "cannot be read";
    }
    bool isRepaired = false;
    if (check.repair) {
        if (found) {
            check.quarantineFile(copy);
        }
        std::filesystem::create_directories(copy.parent_path());
        isRepaired = restoreFromOrigin(known.origins, copy, sha256);
    }
    check.report(what
                     + (isRepaired ? "; it was copied again from where it came from."
                                   : "; import " + known.origins.front().string() + " again."),
                 isRepaired);
}

void checkLinked(IntegrityCheck &check, const std::filesystem::path &file, const std::string &sha256)
{
    const core::Result<std::string> found = fileSha256(file);
    if (found && *found == sha256) {
        return;
    }
    if (found) {
        check.report("The linked image " + file.string()
                     + " was changed since it was imported; restore the old file or import the changed one.");
    } else if (found.error().code == ErrorCode::NotFound) {
        check.report("The linked image " + file.string() + " is gone; put it back or connect the disk it is on.");
    } else {
        check.report(found.error().message.english());
    }
}

/// Files that are in the way of nobody: what a dead process did not finish or did not get to note.
void checkLeftovers(IntegrityCheck &check, const KnownFiles &known)
{
    const std::string ownMark = ".tmp-" + std::to_string(::getpid()) + "-";
    const std::lock_guard lock(check.context.mutex);
    const auto isFresh = [&](const std::string &sha256) { return check.context.freshCopies.contains(sha256); };
    for (const char *folder : {"images", "cache", "backups", "."}) {
        std::error_code failure;
        const std::filesystem::path place = (check.context.project.folder / folder).lexically_normal();
        std::vector<std::filesystem::path> files;
        for (const auto &entry : std::filesystem::directory_iterator(place, failure)) {
            if (entry.is_regular_file(failure)) {
                files.push_back(entry.path());
            }
        }
        for (const std::filesystem::path &file : files) {
            const std::string name = file.filename().string();
            if (isTemporaryName(name) && name.find(ownMark) == std::string::npos) {
                check.report("The file " + file.string() + " was left by an interrupted write.", check.repair);
                if (check.repair) {
                    std::filesystem::remove(file);
                }
            } else if (std::string_view(folder) == "images" && !isTemporaryName(name) && !known.copies.contains(name)
                       && !isFresh(name)) {
                check.report("The file " + file.string() + " belongs to no image of the project.", check.repair);
                if (check.repair) {
                    check.quarantineFile(file);
                }
            } else if (const std::string decoded = PixelCopies::sha256Of(file);
                       std::string_view(folder) == "cache" && !decoded.empty() && !known.all.contains(decoded)
                       && !isFresh(decoded)) {
                check.report("The decoded copy " + file.string() + " belongs to no image of the project.",
                             check.repair);
                if (check.repair) {
                    std::filesystem::remove(file);
                }
            }
        }
    }
}

} // namespace

void checkFiles(IntegrityCheck &check)
{
    const KnownFiles known = knownFiles(check.connection);
    const std::size_t total = known.copies.size() + known.linked.size();
    std::size_t done = 0;
    for (const auto &[sha256, file] : known.copies) {
        check.advance(done++, total);
        checkCopy(check, sha256, file);
    }
    for (const auto &[file, sha256] : known.linked) {
        check.advance(done++, total);
        checkLinked(check, file, sha256);
    }
    // A program that writes to the project meanwhile has files in the making.
    if (!check.connection.isReadOnly()) {
        checkLeftovers(check, known);
    }
}

} // namespace semigda::storage
