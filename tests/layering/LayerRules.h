// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace semigda::test
{

/// A source file as the checker sees it; `path` is relative to the top of the project, with slashes.
struct SourceFile
{
    std::string path;
    std::string text;
};

/// One sentence for each include that the table of layers forbids, each include that names no layer, each call of the C
/// library whose numbers follow the user's locale, and each file that is too long; "path:line: ...".
std::vector<std::string> layerViolations(const SourceFile &file);

/// All C++ sources beneath model, storage, ui, app and tests.
std::vector<SourceFile> sourcesOf(const std::filesystem::path &project);

} // namespace semigda::test
