// SPDX-License-Identifier: Apache-2.0
#include "app/import/FileCollection.h"

#include "app/import/NaturalOrder.h"
#include "core/AtomicFile.h"
#include "storage/ImageFiles.h"

#include <algorithm>
#include <cerrno>
#include <set>

namespace semigda::app
{

namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;
using core::phrase;

fs::path comparable(const fs::path &path)
{
    std::error_code ignored;
    fs::path canonical = fs::weakly_canonical(path, ignored);
    return canonical.empty() ? path : canonical;
}

bool isDicomDir(const fs::path &file)
{
    std::string name = file.filename().string();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return name == "DICOMDIR";
}

class Collector
{
public:
    Collector(const core::ImportRequest &request, const std::stop_token &stop)
        : m_request(request)
        , m_stop(stop)
    {
        if (!request.masks.empty())
            m_seenFolders.insert(comparable(request.masks));
    }

    CollectedFiles collect()
    {
        for (const fs::path &path : m_request.paths)
            take(path);
        return std::move(m_result);
    }

private:
    void take(const fs::path &path)
    {
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (!fs::exists(status)) {
            addProblem(path, core::fileError(phrase("errors", "read"), path, error ? error.value() : ENOENT));
        } else if (fs::is_directory(status)) {
            takeFolder(path);
        } else if (isDicomDir(path)) {
            takeDicomDir(path);
        } else {
            addFile(path);
        }
    }

    void takeFolder(const fs::path &folder)
    {
        // The folder named by the user is walked even when it holds the masks as well.
        m_seenFolders.erase(comparable(folder));
        m_hasSubFolders = false;
        const std::size_t before = m_result.files.size() + m_result.problems.size() + m_repeated;
        walk(folder);
        if (m_stop.stop_requested() || m_result.files.size() + m_result.problems.size() + m_repeated > before)
            return;
        addProblem(
            folder,
            {ErrorCode::NotFound,
             m_hasSubFolders && !m_request.recursive
                 ? phrase("errors", "The folder '%1' holds no images; search its sub-folders as well (--recursive).")
                       .with(folder)
                 : phrase("errors", "The folder '%1' holds no images; check the path.").with(folder)});
    }

    void walk(const fs::path &folder)
    {
        if (m_stop.stop_requested() || !m_seenFolders.insert(comparable(folder)).second)
            return;
        std::error_code error;
        std::vector<fs::directory_entry> entries;
        for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
            entries.push_back(*it);
        if (error) {
            addProblem(folder, core::fileError(phrase("errors", "read the folder"), folder, error.value()));
            return;
        }
        std::sort(entries.begin(), entries.end(), [](const fs::directory_entry &a, const fs::directory_entry &b) {
            return naturalLess(a.path().filename().string(), b.path().filename().string());
        });
        std::vector<fs::path> folders;
        for (const fs::directory_entry &entry : entries) {
            if (m_stop.stop_requested())
                return;
            const std::string name = entry.path().filename().string();
            if (name.starts_with('.'))
                continue;
            std::error_code ignored;
            if (entry.is_directory(ignored)) {
                m_hasSubFolders = true;
                if (m_request.recursive && !name.ends_with(".semigda"))
                    folders.push_back(entry.path());
            } else if (isDicomDir(entry.path())) {
                takeDicomDir(entry.path());
            } else if (storage::looksLikeImage(entry.path())) {
                addFile(entry.path());
            }
        }
        for (const fs::path &each : folders)
            walk(each);
    }

    void takeDicomDir(const fs::path &file)
    {
        const core::Result<std::vector<fs::path>> files = storage::readDicomDir(file);
        if (!files) {
            addProblem(file, files.error());
            return;
        }
        for (const fs::path &each : *files)
            addFile(each);
    }

    void addFile(const fs::path &file)
    {
        if (m_seenFiles.insert(comparable(file)).second)
            m_result.files.push_back(file);
        else
            ++m_repeated;
    }

    void addProblem(const fs::path &path, Error error) { m_result.problems.push_back({path, std::move(error)}); }

    const core::ImportRequest &m_request;
    const std::stop_token &m_stop;
    CollectedFiles m_result;
    std::set<fs::path> m_seenFiles;
    std::set<fs::path> m_seenFolders;
    std::size_t m_repeated = 0;
    bool m_hasSubFolders = false;
};

} // namespace

CollectedFiles collectFiles(const core::ImportRequest &request, const std::stop_token &stop)
{
    return Collector(request, stop).collect();
}

std::string stemOf(const fs::path &file)
{
    fs::path stem = file.stem();
    if (file.extension() == ".gz" || file.extension() == ".GZ")
        stem = stem.stem();
    return stem.string();
}

} // namespace semigda::app
