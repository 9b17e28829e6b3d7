// SPDX-License-Identifier: Apache-2.0
#include "LayerRules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string_view>

namespace semigda::test
{

namespace
{

using Names = std::vector<std::string_view>;

constexpr std::size_t MostLines = 600;

struct Layer
{
    std::string_view folder; ///< from the top, with a slash at the end
    Names layers;            ///< whose headers it may include
    Names libraries;         ///< which it may use at all
    Names publicLibraries;   ///< of these, which may show in headers that others include
};

/// The table. A private header (*_p.h) counts as a source file.
const std::vector<Layer> &table()
{
    static const std::vector<Layer> layers{
        {"model/core/", {"core"}, {"system"}, {}},
        {"model/learning/", {"learning", "core"}, {"torch", "json", "system"}, {}},
        {"storage/",
         {"storage", "core"},
         {"qt", "dcmtk", "sqlite", "vtk", "zstd", "zlib", "openjpeg", "spng", "openssl", "json", "system"},
         {}},
        {"ui/", {"ui", "core"}, {"qt", "vtk", "system"}, {"qt"}},
        {"app/", {"app", "ui", "storage", "learning", "core"}, {"qt", "cli11", "json", "system"}, {"qt"}},
    };
    return layers;
}

bool startsWith(std::string_view text, std::string_view start)
{
    return text.substr(0, start.size()) == start;
}

bool contains(const Names &names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The library a header belongs to: "std" for the standard library's, "system" for those of the operating system,
/// "" for one the table does not know.
std::string_view libraryOf(std::string_view header)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 19> Prefixes{{{"torch/", "torch"},
                                                                                             {"ATen/", "torch"},
                                                                                             {"c10/", "torch"},
                                                                                             {"dcmtk/", "dcmtk"},
                                                                                             {"SQLiteCpp/", "sqlite"},
                                                                                             {"sqlite3.h", "sqlite"},
                                                                                             {"vtk", "vtk"},
                                                                                             {"zstd.h", "zstd"},
                                                                                             {"zlib.h", "zlib"},
                                                                                             {"openjpeg", "openjpeg"},
                                                                                             {"spng.h", "spng"},
                                                                                             {"openssl/", "openssl"},
                                                                                             {"nlohmann/", "json"},
                                                                                             {"CLI/", "cli11"},
                                                                                             {"sys/", "system"},
                                                                                             {"fcntl.h", "system"},
                                                                                             {"unistd.h", "system"},
                                                                                             {"pthread.h", "system"},
                                                                                             {"sched.h", "system"}}};
    for (const auto &[prefix, library] : Prefixes) {
        if (startsWith(header, prefix)) {
            return library;
        }
    }
    const bool isQt = header.size() > 1 && header[0] == 'Q' && (header[1] == 't' || std::isupper(header[1]));
    if (isQt) {
        return "qt";
    }
    if (header.find_first_of("./") == std::string_view::npos) {
        return "std";
    }
    for (const std::string_view plain : {"windows.h", "io.h", "dlfcn.h", "signal.h", "poll.h", "malloc.h"}) {
        if (header == plain) {
            return "system";
        }
    }
    return "";
}

bool isPublicHeader(std::string_view path)
{
    return path.ends_with(".h") && !path.ends_with("_p.h");
}

/// Why a file of `layer` may not have this include, or "".
std::string objection(const Layer &layer, std::string_view path, std::string_view header, bool isQuoted)
{
    static constexpr std::array<std::string_view, 5> Own{"core", "learning", "storage", "ui", "app"};
    const std::string_view first = header.substr(0, header.find('/'));
    const bool isOwn = std::find(Own.begin(), Own.end(), first) != Own.end() && first != header;
    if (isOwn) {
        if (!contains(layer.layers, first)) {
            return "must not see the layer \"" + std::string(first) + "\"";
        }
        return isQuoted ? "" : "write headers of the project in quotes";
    }
    const std::string_view library = libraryOf(header);
    if (library == "std" && !isQuoted) {
        return "";
    }
    if (library.empty() || library == "std") {
        const bool isMoc = isQuoted && header.ends_with(".moc") && header.find('/') == std::string_view::npos;
        if (isMoc) {
            return "";
        }
        return isQuoted ? "name the layer, as in \"core/Result.h\"" : "a library that the table does not know";
    }
    if (!contains(layer.libraries, library)) {
        return "must not use the library \"" + std::string(library) + "\"";
    }
    if (isPublicHeader(path) && !contains(layer.publicLibraries, library)) {
        return "\"" + std::string(library) + "\" may show only in .cpp files and *_p.h";
    }
    return "";
}

/// What writes or reads a decimal sign of the user's in place of a point.
bool dependsOnLocale(const std::string &line)
{
    static const std::regex Reads(R"re(\b(strto(d|f|ld)|sto(d|f|ld)|atof)\s*\()re");
    static const std::regex Writes(R"re(printf\s*\(.*"[^"]*%[-+ #0-9.*]*[aefgAEFG])re");
    static const std::regex PercentSign("%%");
    return std::regex_search(line, Reads) || std::regex_search(std::regex_replace(line, PercentSign, ""), Writes);
}

} // namespace

std::vector<std::string> layerViolations(const SourceFile &file)
{
    static const std::regex Include(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
    std::vector<std::string> violations;
    const auto layer = std::find_if(table().begin(), table().end(),
                                    [&](const Layer &each) { return startsWith(file.path, each.folder); });
    std::istringstream lines(file.text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        std::smatch match;
        if (layer == table().end()) {
            continue;
        }
        if (dependsOnLocale(line)) {
            violations.push_back(file.path + ":" + std::to_string(number)
                                 + ": has a decimal comma where the user's language has one, see core/Numbers.h");
        }
        if (!std::regex_search(line, match, Include)) {
            continue;
        }
        const std::string header = match[2];
        if (const std::string why = objection(*layer, file.path, header, match[1] == "\""); !why.empty()) {
            violations.push_back(file.path + ":" + std::to_string(number) + ": " + header + ": " + why);
        }
    }
    if (number > MostLines) {
        violations.push_back(file.path + ":" + std::to_string(number) + ": longer than " + std::to_string(MostLines)
                             + " lines, split it");
    }
    return violations;
}

std::vector<SourceFile> sourcesOf(const std::filesystem::path &project)
{
    std::vector<SourceFile> files;
    for (const char *folder : {"model", "storage", "ui", "app", "tests"}) {
        if (!std::filesystem::exists(project / folder)) {
            continue;
        }
        for (const auto &entry : std::filesystem::recursive_directory_iterator(project / folder)) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".cpp" && extension != ".h") {
                continue;
            }
            std::ifstream stream(entry.path(), std::ios::binary);
            files.push_back({std::filesystem::relative(entry.path(), project).generic_string(),
                             {std::istreambuf_iterator<char>(stream), {}}});
        }
    }
    std::sort(files.begin(), files.end(), [](const auto &a, const auto &b) { return a.path < b.path; });
    return files;
}

} // namespace semigda::test
