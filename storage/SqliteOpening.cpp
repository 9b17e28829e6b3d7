// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteOpening_p.h"

#include "core/AtomicFile.h"
#include "storage/Backups_p.h"
#include "storage/ProjectPlace_p.h"
#include "storage/SqliteClasses_p.h"
#include "storage/SqliteFiles_p.h"
#include "storage/SqliteRunStore_p.h"
#include "storage/SqliteSchema_p.h"

#include <QtCore/QLoggingCategory>
#include <QtCore/QTemporaryDir>
#include <sqlite3.h>

#include <array>
#include <fstream>
#include <string_view>

#include <unistd.h>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;

Q_LOGGING_CATEGORY(storageLog, "semigda.storage")

// Checking reads the whole file; larger ones are left to "semigda check".
constexpr std::uintmax_t QuickCheckBelowBytes = 64U << 20;

std::uintmax_t sizeOf(const std::filesystem::path &file)
{
    std::error_code failure;
    const auto size = std::filesystem::file_size(file, failure);
    return failure ? 0 : size;
}

std::filesystem::path journalOf(std::filesystem::path database)
{
    return database += "-wal";
}

template <typename Work> auto openingGuard(const ProjectName &project, Work &&work)
{
    try {
        return work();
    } catch (const SQLite::Exception &exception) {
        throw Failure{sqliteError(phrase("errors", "open the database"), project, exception, nullptr)};
    }
}

void requireProject(const ProjectName &project)
{
    std::error_code failure;
    const auto status = std::filesystem::status(project.folder, failure);
    if (status.type() == std::filesystem::file_type::not_found) {
        fail(ErrorCode::NotFound, phrase("errors", "There is no project at %1; check the path.").with(project.folder));
    }
    if (failure) {
        throw Failure{core::fileError(phrase("errors", "open the project"), project.folder, failure.value())};
    }
    const std::filesystem::path database = project.folder / "project.sqlite";
    if (status.type() != std::filesystem::file_type::directory || !std::filesystem::exists(database, failure)) {
        if (failure) {
            throw Failure{core::fileError(phrase("errors", "open the project"), project.folder, failure.value())};
        }
        fail(ErrorCode::UnsupportedFormat, phrase("errors", "%1 is no SemiGDA project: it is not a folder with a "
                                                            "project.sqlite; choose a folder that ends in .semigda.")
                                               .with(project.folder));
    }
    static constexpr std::string_view Mark{"SQLite format 3\0", 16};
    std::array<char, 16> head{};
    std::ifstream in(database, std::ios::binary);
    if (!in) {
        throw Failure{core::fileError(phrase("errors", "read"), database, EACCES)};
    }
    in.read(head.data(), head.size());
    if (std::string_view(head.data(), static_cast<std::size_t>(in.gcount())) != Mark) {
        const auto backup = newestBackup(project);
        fail(backup ? ErrorCode::CorruptFile : ErrorCode::UnsupportedFormat,
             backup
                 ? phrase("errors",
                          "The file %1 is no project database or its beginning is damaged; put %2 in its place.")
                       .with(database, *backup)
                 : phrase(
                       "errors",
                       "The file %1 is no project database or its beginning is damaged; choose another project folder.")
                       .with(database));
    }
}

void removeUnfinishedBackups(const ProjectName &project)
{
    std::error_code failure;
    for (const auto &entry : std::filesystem::directory_iterator(project.folder / "backups", failure)) {
        if (isTemporaryName(entry.path().filename().string())) {
            std::filesystem::remove(entry.path(), failure);
        }
    }
}

void quickCheck(SqliteConnection &connection)
{
    const std::string result = connection.database().execAndGet("PRAGMA quick_check(1)").getString();
    if (result != "ok") {
        throw Failure{damagedDatabase(phrase("errors", "open the database"), connection.project(),
                                      core::Sentence::verbatim(result))};
    }
}

/// The lock is held.
void openForWriting(ProjectContext &context)
{
    const ProjectName &project = context.project;
    const bool wasKilled = sizeOf(journalOf(context.database)) > 0;
    openingGuard(project, [&] {
        const auto connection = context.openConnection();
        const int version = checkedVersion(*connection, embeddedMigrations());
        if (sqlite3_db_readonly(connection->database().getHandle(), "main") != 0) {
            fail(ErrorCode::PermissionDenied, phrase("errors", "The file project.sqlite cannot be written."));
        }
        if (wasKilled && sizeOf(context.database) < QuickCheckBelowBytes) {
            quickCheck(*connection);
        }
        removeUnfinishedBackups(project);
        const int newest = embeddedMigrations().back().version;
        if (version < newest) {
            valueOrFail(makeBackup(project, "before-version-" + std::to_string(newest)));
            migrate(*connection, version, embeddedMigrations());
        }
        interruptStaleRuns(*connection);
    });
}

void tryReading(const ProjectContext &context)
{
    openingGuard(context.project, [&] {
        const auto connection = context.openConnection();
        const int version = checkedVersion(*connection, embeddedMigrations());
        const int newest = embeddedMigrations().back().version;
        if (version < newest) {
            fail(ErrorCode::ReadOnly,
                 phrase("errors", "Cannot open %1: it must be updated from version %2 to %3 first, which cannot be "
                                  "written now; open it where it can be written.")
                     .with(context.project.quoted(), version, newest));
        }
    });
}

/// SQLite cannot read a database with a journal where it cannot make its side files. A copy elsewhere can.
void usePrivateCopy(ProjectContext &context)
{
    const auto folder = std::make_shared<QTemporaryDir>();
    if (!folder->isValid()) {
        fail(ErrorCode::DiskFull,
             phrase("errors", "Cannot open %1: there is no room for temporary files; free some space and try again.")
                 .with(context.project.quoted()));
    }
    const std::filesystem::path copy = std::filesystem::path(folder->path().toStdString()) / "project.sqlite";
    std::filesystem::copy_file(context.database, copy);
    std::filesystem::copy_file(journalOf(context.database), journalOf(copy));
    std::filesystem::permissions(copy, std::filesystem::perms::owner_all);
    std::filesystem::permissions(journalOf(copy), std::filesystem::perms::owner_all);
    // Closing the writer moves the journal into the file.
    openingGuard(context.project,
                 [&] { SqliteConnection(copy, OpenMode::ReadWrite, context.project).exec("SELECT 1 FROM images"); });
    context.database = copy;
    context.privateCopy = folder;
}

void openForReading(ProjectContext &context, const core::Sentence &reason, bool isAlone)
{
    context.info.isReadOnly = true;
    context.info.readOnlyReason =
        phrase("errors", "The project \"%1\" is open for reading only: %2.").with(context.project.name, reason);
    context.mode = OpenMode::ReadOnly;
    try {
        tryReading(context);
    } catch (const Failure &failure) {
        const ErrorCode code = failure.error.code;
        const bool isAboutSideFiles =
            code == ErrorCode::Io || code == ErrorCode::DiskFull || code == ErrorCode::PermissionDenied;
        if (!isAlone || (!isAboutSideFiles && code != ErrorCode::ReadOnly)) {
            throw;
        }
        if (sizeOf(journalOf(context.database)) > 0) {
            usePrivateCopy(context);
        }
        context.mode = OpenMode::Immutable;
        tryReading(context);
    }
}

core::Sentence reasonOf(const core::Error &error)
{
    return error.code == ErrorCode::DiskFull ? phrase("errors", "its disk is full; free some space and open it again")
                                             : phrase("errors", "you may not write to its folder");
}

void makeDatabase(const ProjectName &project, const std::filesystem::path &file, const core::LabelSet &classes)
{
    if (!std::ofstream(file)) {
        throw Failure{core::fileError(phrase("errors", "make"), file, errno)};
    }
    openingGuard(project, [&] {
        SqliteConnection connection(file, OpenMode::ReadWrite, project);
        migrate(connection, 0, embeddedMigrations());
        successOrFail(
            connection.write(phrase("errors", "save the classes"), [&] { writeClasses(connection, classes); }));
    });
}

} // namespace

ProjectName projectNameOf(const std::filesystem::path &folder)
{
    ProjectName project;
    project.folder = std::filesystem::absolute(folder).lexically_normal();
    if (!project.folder.has_filename()) {
        project.folder = project.folder.parent_path();
    }
    project.name =
        project.folder.extension() == ".semigda" ? project.folder.stem().string() : project.folder.filename().string();
    return project;
}

void makeProject(const ProjectName &project, const core::LabelSet &classes)
{
    std::error_code failure;
    if (std::filesystem::exists(project.folder, failure)
        && !(std::filesystem::is_directory(project.folder, failure)
             && std::filesystem::is_empty(project.folder, failure))) {
        if (failure) {
            throw Failure{core::fileError(phrase("errors", "make the project"), project.folder, failure.value())};
        }
        fail(ErrorCode::AlreadyExists,
             phrase("errors", "There is something at %1 already; open it, or choose another name for the new project.")
                 .with(project.folder));
    }
    // Made aside and renamed, so that an interrupted creation leaves no half project.
    const std::filesystem::path aside =
        project.folder.parent_path()
        / ("." + project.folder.filename().string() + ".tmp-" + std::to_string(::getpid()));
    std::filesystem::remove_all(aside, failure);
    try {
        for (const char *part : {"images", "runs", "backups"}) {
            std::filesystem::create_directories(aside / part, failure);
            if (failure) {
                throw Failure{core::fileError(phrase("errors", "make the project"), project.folder, failure.value())};
            }
        }
        makeDatabase(project, aside / "project.sqlite", classes);
        std::filesystem::rename(aside, project.folder, failure);
        if (failure) {
            throw Failure{core::fileError(phrase("errors", "make the project"), project.folder, failure.value())};
        }
    } catch (...) {
        std::filesystem::remove_all(aside, failure);
        throw;
    }
}

namespace
{

std::shared_ptr<ProjectContext> openDatabase(const std::filesystem::path &folder)
{
    auto context = std::make_shared<ProjectContext>();
    context->project = projectNameOf(folder);
    context->info.folder = context->project.folder;
    context->info.name = context->project.name;
    context->info.place = placeOf(context->project.folder);
    context->database = context->project.folder / "project.sqlite";
    requireProject(context->project);
    core::Result<ProjectLock> lock = ProjectLock::acquire(context->project.folder);
    if (!lock) {
        const bool isLocked = lock.error().code == ErrorCode::Locked;
        openForReading(*context, lock.error().message, !isLocked);
        return context;
    }
    context->lock = std::move(*lock);
    try {
        openForWriting(*context);
    } catch (const Failure &failure) {
        switch (failure.error.code) {
        case ErrorCode::DiskFull:
        case ErrorCode::ReadOnly:
        case ErrorCode::PermissionDenied:
        case ErrorCode::Io:
            openForReading(*context, reasonOf(failure.error), true);
            break;
        default:
            throw;
        }
    }
    return context;
}

} // namespace

std::shared_ptr<ProjectContext> openProject(const std::filesystem::path &folder)
{
    std::shared_ptr<ProjectContext> context = openDatabase(folder);
    // A share would be asked for no less than it saves, and a sync client would carry the copies away. Overviews are
    // small enough for both.
    const bool mayKeepCopies = !context->info.isReadOnly && context->info.place.kind == core::PlaceKind::Local;
    const std::filesystem::path cache = context->project.folder / "cache";
    context->pixelCopies =
        std::make_unique<PixelCopies>(cache, PixelCopies::Kind::Whole, mayKeepCopies, PixelCopies::WholeLimits);
    context->overviews = std::make_unique<PixelCopies>(cache, PixelCopies::Kind::Overview, !context->info.isReadOnly,
                                                       PixelCopies::OverviewLimits);
    return context;
}

void startRollingBackup(ProjectContext &context)
{
    if (context.info.isReadOnly || !isBackupDue(context.project)) {
        return;
    }
    context.backupThread = std::jthread([&context](std::stop_token stop) {
        const std::lock_guard lock(context.backupMutex);
        const auto made = makeBackup(context.project, {}, stop);
        if (!made && made.error().code != ErrorCode::Cancelled) {
            qCWarning(storageLog, "%s", made.error().message.english().c_str());
        }
    });
}

} // namespace semigda::storage
