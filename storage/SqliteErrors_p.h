// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <exception>
#include <filesystem>
#include <string>

namespace SQLite
{
class Exception;
}
struct sqlite3;

namespace semigda::storage
{

/// An Error on its way to the public method that turns it into a Result; never leaves this layer.
struct Failure
{
    core::Error error;
};

[[noreturn]] inline void fail(core::ErrorCode code, core::Sentence message)
{
    throw Failure{{code, std::move(message)}};
}

/// The value, or the error thrown as a Failure.
template <typename T> T valueOrFail(core::Result<T> result)
{
    if (!result) {
        throw Failure{result.error()};
    }
    return std::move(*result);
}

inline void successOrFail(const core::Result<void> &result)
{
    if (!result) {
        throw Failure{result.error()};
    }
}

/// How messages name a project.
struct ProjectName
{
    std::string name;
    std::filesystem::path folder;

    /// project "Liver"
    core::Sentence quoted() const { return core::phrase("errors", "project \"%1\"").with(name); }
};

/// One sentence for what SQLite reports: "Cannot save the edit in project "Liver": the disk is full; ...".
/// `action` is a verb phrase, a noun in other languages; `handle` may be null.
core::Error sqliteError(const core::Sentence &action, const ProjectName &project, const SQLite::Exception &exception,
                        sqlite3 *handle);
/// The same for any other exception.
core::Error unexpectedError(const core::Sentence &action, const ProjectName &project, const std::exception &exception);
core::Error damagedDatabase(const core::Sentence &action, const ProjectName &project, const core::Sentence &detail);

} // namespace semigda::storage
