// SPDX-License-Identifier: Apache-2.0
#include "app/training/PretrainPrior.h"

#include "app/import/FileCollection.h"
#include "app/import/ImportPlan.h"

#include <cstdio>

namespace semigda::app
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr std::size_t MostPictures = 3000;

std::string shown(const learning::PriorTrainingProgress &state)
{
    std::string text(80, '\0');
    const int length = std::snprintf(text.data(), text.size(), "step %lld, error of pictures %.4f, of masks %.4f",
                                     static_cast<long long>(state.step), state.pictureError, state.maskError);
    text.resize(static_cast<std::size_t>(std::max(length, 0)));
    return text;
}

Result<void> addPictures(const PretrainRequest &request, learning::PriorTraining &training, PretrainReport &report,
                         const core::ProgressSink &progress, const std::stop_token &stop)
{
    core::ImportRequest wanted;
    wanted.paths = request.paths;
    wanted.recursive = true;
    CollectedFiles collected = collectFiles(wanted, stop);
    report.skipped = std::move(collected.problems);
    ImportPlan plan = planImport(collected.files, {}, stop);
    std::move(plan.skipped.begin(), plan.skipped.end(), std::back_inserter(report.skipped));
    const std::size_t count = std::min(plan.images.size(), MostPictures);
    for (std::size_t i = 0; i < count && !stop.stop_requested(); ++i) {
        const PlannedImage &planned = plan.images[i * plan.images.size() / count];
        const std::filesystem::path &file = plan.files[planned.file].path;
        if (progress)
            progress({i, count, "reading " + planned.name});
        const Result<core::ImageData> picture = storage::readImage(file, planned.frame);
        if (!picture) {
            report.skipped.push_back({file, picture.error()});
            continue;
        }
        if (Result<void> added = training.addPicture(*picture); !added)
            return added;
    }
    report.pictures = training.pictureCount();
    if (stop.stop_requested())
        return Error{ErrorCode::Cancelled, "Stopped before training began; nothing was written."};
    if (report.pictures == 0)
        return Error{ErrorCode::NotFound, "There is no readable image in what was given; name image files or folders."};
    return {};
}

} // namespace

Result<PretrainReport> pretrainPrior(const PretrainRequest &request, const core::ProgressSink &progress,
                                     const std::stop_token &stop)
{
    if (request.out.extension() != ".safetensors")
        return Error{ErrorCode::InvalidArgument, "The weights are written as safetensors; name the file of --out "
                                                 "something.safetensors, not "
                                                     + request.out.string() + "."};
    // Half an hour of training must not end at a folder that is not there.
    const std::filesystem::path folder = std::filesystem::absolute(request.out).parent_path();
    std::error_code failure;
    if (!std::filesystem::is_directory(folder, failure))
        return Error{ErrorCode::NotFound,
                     "The folder " + folder.string() + " of --out does not exist; make it and start again."};
    auto training = learning::PriorTraining::create(request.options);
    if (!training)
        return training.error();
    PretrainReport report;
    if (!request.paths.empty())
        if (const Result<void> added = addPictures(request, **training, report, progress, stop); !added)
            return added.error();
    while (true) {
        const Result<learning::StepOutcome> outcome = (*training)->step();
        if (!outcome)
            return outcome.error();
        report.end = (*training)->progress();
        if (progress)
            progress({static_cast<std::size_t>(report.end.fraction * 100.0), 100, shown(report.end)});
        if (*outcome == learning::StepOutcome::Finished)
            break;
        if (stop.stop_requested()) {
            report.isStoppedEarly = true;
            break;
        }
    }
    if (const Result<void> written = (*training)->write(request.out, request.command); !written)
        return written.error();
    return report;
}

} // namespace semigda::app
