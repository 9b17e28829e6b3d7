// SPDX-License-Identifier: Apache-2.0
#include "app/results/WriteReport.h"

#include "app/results/RunCommand.h"
#include "core/AtomicFile.h"
#include "learning/Compute.h"

#include <cerrno>
#include <ctime>
#include <span>

#include <unistd.h>

namespace semigda::app
{

namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;
using core::Result;

std::string nowText()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts);
    return text;
}

std::string evaluateCommand(const std::string &project, core::Split split, const std::vector<RunReport> &runs,
                            const fs::path &file)
{
    std::string command = "semigda evaluate " + shellWord(project);
    for (const RunReport &each : runs)
        command += " --run " + std::to_string(each.evaluation.run.id.value);
    return command + " --split " + core::toString(split) + " --report " + shellWord(file.filename().string());
}

} // namespace

Result<RunReport> reportRun(core::ProjectStore &store, core::RunId run, core::Split split,
                            const core::ProgressSink &progress, const std::stop_token &stop)
{
    WorstCases worst(store);
    Result<Evaluation> evaluation =
        evaluateRun(store, run, split, progress, stop, [&worst](const ComparedImage &image) { worst.consider(image); });
    if (!evaluation)
        return evaluation.error();
    RunReport report;
    report.evaluation = std::move(*evaluation);
    report.worst = worst.take();
    const core::RunRecord &record = report.evaluation.run;
    Result<std::vector<core::MetricRecord>> metrics = store.runs().metrics(record.id);
    if (!metrics)
        return metrics.error();
    report.metrics = std::move(*metrics);
    report.summary = readRunSummary(record.folder);
    report.settings = settingsOf(record);
    report.command = trainCommand(record, store.info().name);
    return report;
}

Result<void> checkReportFile(const fs::path &file)
{
    const std::string start = "The report cannot be written to '" + file.string() + "' because ";
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (!file.has_filename() || fs::is_directory(status))
        return Error{ErrorCode::AlreadyExists,
                     core::Sentence::verbatim(start + "that is a folder; add a file name such as report.html.")};
    // Renaming over a device or a pipe would destroy it.
    if (fs::exists(status) && !fs::is_regular_file(status))
        return Error{ErrorCode::AlreadyExists,
                     core::Sentence::verbatim(start + "that is no ordinary file; give another name.")};
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const fs::file_status folderStatus = fs::status(folder, error);
    if (!fs::exists(folderStatus))
        return Error{ErrorCode::NotFound, core::Sentence::verbatim(start + "the folder '" + folder.string()
                                                                   + "' does not exist; make it or give another.")};
    if (!fs::is_directory(folderStatus))
        return Error{ErrorCode::NotFound,
                     core::Sentence::verbatim(start + "'" + folder.string() + "' is no folder; give another.")};
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return core::fileError(core::phrase("errors", "write"), file, errno);
    return {};
}

Result<EvaluationReport> assembleReport(core::ProjectStore &store, core::Split split, std::vector<RunReport> runs,
                                        const fs::path &file)
{
    Result<core::LabelSet> classes = store.classes();
    if (!classes)
        return classes.error();
    EvaluationReport report;
    report.project = store.info().name;
    report.createdAt = nowText();
    report.program = SEMIGDA_VERSION;
    report.libTorch = learning::libTorchVersion();
    // As ImagePredictor was told by evaluateRun.
    report.device = learning::describeDevice("auto").value_or("an unknown device");
    report.command = evaluateCommand(report.project, split, runs, file);
    report.split = split;
    report.classes = std::move(*classes);
    report.runs = std::move(runs);
    return report;
}

Result<void> writeReport(const EvaluationReport &report, const fs::path &file)
{
    const std::string html = evaluationHtml(report);
    return core::writeFileAtomically(file, std::as_bytes(std::span(html)));
}

} // namespace semigda::app
