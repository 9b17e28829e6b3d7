// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ProjectArgument_p.h"

namespace semigda::app::cli
{

namespace
{

namespace fs = std::filesystem;
constexpr const char *Suffix = ".semigda";

fs::path withoutSlash(const std::string &word)
{
    const fs::path path = fs::path(word).lexically_normal();
    return path.has_filename() ? path : path.parent_path();
}

} // namespace

void addProjectArgument(CLI::App &command, std::string &project)
{
    command.add_option("PROJECT", project, "Project folder; .semigda may be left out")->required();
}

fs::path newProject(const std::string &word)
{
    fs::path path = withoutSlash(word);
    if (path.extension() != Suffix)
        path += Suffix;
    return path;
}

fs::path existingProject(const std::string &word)
{
    const fs::path path = withoutSlash(word);
    std::error_code ignored;
    const bool isThere = fs::exists(path / "project.sqlite", ignored);
    const fs::path full = newProject(word);
    return !isThere && fs::exists(full, ignored) ? full : path;
}

core::Result<std::shared_ptr<OpenProject>> openProject(const std::string &word)
{
    return OpenProject::open(existingProject(word));
}

core::Result<std::shared_ptr<OpenProject>> openForChange(const std::string &word)
{
    core::Result<std::shared_ptr<OpenProject>> project = openProject(word);
    if (project && (*project)->info().isReadOnly)
        return core::Error{core::ErrorCode::ReadOnly, (*project)->info().readOnlyReason};
    return project;
}

} // namespace semigda::app::cli
