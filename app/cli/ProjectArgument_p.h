// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/OpenProject.h"

#include <CLI/App.hpp>

#include <filesystem>
#include <memory>
#include <string>

namespace semigda::app::cli
{

/// Adds the argument PROJECT.
void addProjectArgument(CLI::App &command, std::string &project);

/// "work" also finds "work.semigda".
std::filesystem::path existingProject(const std::string &word);
/// Where `new` puts a project: the name always ends in .semigda.
std::filesystem::path newProject(const std::string &word);

core::Result<std::shared_ptr<OpenProject>> openProject(const std::string &word);
/// As above; ReadOnly, with the reason, when the project cannot be changed now.
core::Result<std::shared_ptr<OpenProject>> openForChange(const std::string &word);

} // namespace semigda::app::cli
