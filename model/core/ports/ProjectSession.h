// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"
#include "core/ports/TrainingService.h"

#include <memory>
#include <stop_token>

namespace semigda::core
{

struct TaskProgress
{
    std::size_t done = 0;
    std::size_t total = 0; ///< 0: not known yet
    std::string what;      ///< the file at hand
};
using ProgressSink = std::function<void(const TaskProgress &)>;

struct ImportRequest
{
    std::vector<std::filesystem::path> paths; ///< files, folders, DICOMDIR
    std::filesystem::path masks;              ///< folder with masks of the same stem; empty: none
    Split split = Split::Train;
    bool link = false;
    bool recursive = false;
};

struct ImportIssue
{
    std::filesystem::path file;
    Error error; ///< its message names the file
};

/// Partial success is explicit.
struct ImportReport
{
    std::vector<ImageId> imported;
    std::size_t labelled = 0;
    std::vector<ImportIssue> duplicates;
    std::vector<ImportIssue> skipped;
    std::vector<ImportIssue> warnings; ///< imported, but something was adjusted
};

enum class ExportFormat { Png, Overlay, Nifti };
enum class ExportSelection { Final, Accepted, Labelled, Predicted };
std::optional<ExportFormat> exportFormatFrom(const std::string &word);
std::optional<ExportSelection> exportSelectionFrom(const std::string &word);

struct ExportRequest
{
    std::filesystem::path folder;
    ExportFormat format = ExportFormat::Png;
    ExportSelection selection = ExportSelection::Final;
};

struct ExportReport
{
    std::vector<std::filesystem::path> files;
    std::vector<ImportIssue> skipped;
};

/// An open project and the use cases on it that need several layers. Methods block and may be called from any
/// worker thread; only one import, export or prediction at a time.
class ProjectSession
{
public:
    virtual ~ProjectSession() = default;
    virtual ProjectInfo info() const = 0;
    /// A store for the calling thread.
    virtual Result<std::unique_ptr<ProjectStore>> openStore() = 0;
    virtual TrainingService &training() = 0;
    virtual Result<ImportReport> importImages(const ImportRequest &request, const ProgressSink &progress,
                                              std::stop_token stop) = 0;
    virtual Result<ExportReport> exportMasks(const ExportRequest &request, const ProgressSink &progress,
                                             std::stop_token stop) = 0;
    /// Predicts with a run's best checkpoint (the newest run when invalid); all images or those that wait.
    virtual Result<std::size_t> predict(RunId run, bool all, const ProgressSink &progress, std::stop_token stop) = 0;
};

/// Creates and opens projects. May be called from any thread.
class Workspace
{
public:
    virtual ~Workspace() = default;
    /// Makes the folder; AlreadyExists when there is something.
    virtual Result<std::shared_ptr<ProjectSession>> create(const std::filesystem::path &folder,
                                                           const LabelSet &classes) = 0;
    /// Opens read-only, with the reason in info(), when the folder cannot be written or another program has it.
    virtual Result<std::shared_ptr<ProjectSession>> open(const std::filesystem::path &folder) = 0;
    /// Synthetic images with true masks in a folder, to try the program with (see `semigda sample`).
    virtual Result<void> makeSample(const std::filesystem::path &folder, int count, const ProgressSink &progress,
                                    std::stop_token stop) = 0;
};

} // namespace semigda::core
