// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteProject.h"

#include "storage/SqliteFiles_p.h"
#include "storage/SqliteImagePixels_p.h"
#include "storage/SqliteOpening_p.h"
#include "storage/SqliteProjectStore_p.h"

namespace semigda::storage
{

namespace
{

using core::phrase;
using core::Result;

/// Turns what `work` throws into an Error.
template <typename Work>
auto guarded(const core::Phrase &action, const ProjectName &project, Work &&work) -> Result<std::invoke_result_t<Work>>
{
    try {
        return work();
    } catch (const Failure &failure) {
        return failure.error;
    } catch (const SQLite::Exception &exception) {
        return sqliteError(action, project, exception, nullptr);
    } catch (const std::exception &exception) {
        return unexpectedError(action, project, exception);
    }
}

} // namespace

class SqliteProject::Private
{
public:
    explicit Private(std::shared_ptr<ProjectContext> opened)
        : context(std::move(opened))
    {}

    std::shared_ptr<ProjectContext> context;
};

SqliteProject::SqliteProject(std::shared_ptr<Private> opened)
    : d(std::move(opened))
{}

SqliteProject::~SqliteProject() = default;

Result<std::shared_ptr<SqliteProject>> SqliteProject::create(const std::filesystem::path &folder,
                                                             const core::LabelSet &classes)
{
    const ProjectName project = projectNameOf(folder);
    return guarded(phrase("errors", "make the database"), project, [&] {
        makeProject(project, classes);
        // No backup yet: there is nothing to lose.
        return std::shared_ptr<SqliteProject>(
            new SqliteProject(std::make_shared<Private>(openProject(project.folder))));
    });
}

Result<std::shared_ptr<SqliteProject>> SqliteProject::open(const std::filesystem::path &folder)
{
    return guarded(phrase("errors", "open the database"), projectNameOf(folder), [&] {
        auto context = openProject(folder);
        startRollingBackup(*context);
        return std::shared_ptr<SqliteProject>(new SqliteProject(std::make_shared<Private>(std::move(context))));
    });
}

core::ProjectInfo SqliteProject::info() const
{
    return d->context->info;
}

Result<std::unique_ptr<core::ProjectStore>> SqliteProject::connect()
{
    return guarded(phrase("errors", "open the database"), d->context->project, [&] {
        return std::unique_ptr<core::ProjectStore>(std::make_unique<SqliteProjectStore>(d->context));
    });
}

Result<std::string> SqliteProject::adoptFile(const std::filesystem::path &file, const std::string &knownSha256)
{
    ProjectContext &context = *d->context;
    return guarded(phrase("errors", "copy a file"), context.project, [&] {
        if (context.info.isReadOnly) {
            throw Failure{{core::ErrorCode::ReadOnly, context.info.readOnlyReason}};
        }
        const std::string sha256 = knownSha256.empty() ? valueOrFail(fileSha256(file)) : knownSha256;
        {
            const std::lock_guard lock(context.mutex);
            context.freshCopies.insert(sha256);
        }
        const std::filesystem::path copy = context.imageFile(sha256);
        std::error_code missing;
        std::error_code unreadable;
        if (std::filesystem::file_size(copy, missing) != std::filesystem::file_size(file, unreadable) || missing) {
            std::filesystem::create_directories(copy.parent_path());
            successOrFail(copyVerified(file, copy, sha256));
        }
        return sha256;
    });
}

void SqliteProject::keepPixels(const core::ImageSource &source, const core::ImageData &pixels)
{
    static_cast<void>(guarded(phrase("errors", "copy a file"), d->context->project, [&] {
                          return storage::keepPixels(*d->context, source, pixels, PixelCopies::Room::Free,
                                                     [] { return true; });
                      }).has_value());
}

} // namespace semigda::storage
