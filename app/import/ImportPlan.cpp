// SPDX-License-Identifier: Apache-2.0
#include "app/import/ImportPlan.h"

#include "app/import/DicomSeries.h"
#include "app/import/FileCollection.h"
#include "storage/SqliteProject.h"

#include <algorithm>

namespace semigda::app
{

namespace
{

/// "scan_007": counts from 1, with digits enough for all to sort.
std::string frameName(const std::string &stem, int frame, int frameCount)
{
    constexpr std::size_t LeastDigits = 3;
    const std::size_t digits = std::max(LeastDigits, std::to_string(frameCount).size());
    const std::string number = std::to_string(frame + 1);
    return stem + "_" + std::string(digits - std::min(digits, number.size()), '0') + number;
}

core::ImageGeometry sliceGeometry(const storage::ImageFileInfo &info, int frame)
{
    core::ImageGeometry geometry = info.geometry;
    if (info.isVolume && geometry.hasPosition) {
        const double distance = geometry.spacing[2] * frame;
        for (std::size_t axis = 0; axis < 3; ++axis)
            geometry.origin[axis] += geometry.direction[axis * 3 + 2] * distance;
    }
    return geometry;
}

/// What keeps images together that show the same person, even when the file does not name one: neighbours in a volume
/// or a film are near copies, and a copy in the test split would make its numbers worthless.
std::string groupOf(const PlannedFile &file)
{
    if (!file.info.patientKey.empty())
        return file.info.patientKey;
    if (!file.info.studyKey.empty())
        return "study:" + file.info.studyKey;
    if (!file.info.seriesKey.empty())
        return "series:" + file.info.seriesKey;
    return file.info.frameCount > 1 ? "file:" + file.sha256 : std::string();
}

void addFrames(ImportPlan &plan, std::size_t index)
{
    const PlannedFile &file = plan.files[index];
    const std::string stem = stemOf(file.path);
    const bool hasFrames = file.info.frameCount > 1 || (file.info.isVolume && file.info.format != "dicom");
    for (int frame = 0; frame < file.info.frameCount; ++frame) {
        PlannedImage image;
        image.file = index;
        image.frame = frame;
        image.name = hasFrames ? frameName(stem, frame, file.info.frameCount) : stem;
        image.patientKey = groupOf(file);
        if (file.info.isVolume) {
            image.seriesKey = file.sha256;
            image.slicePosition = frame;
        }
        image.geometry = sliceGeometry(file.info, frame);
        plan.images.push_back(std::move(image));
    }
}

} // namespace

ImportPlan planImport(const std::vector<std::filesystem::path> &files, const core::ProgressSink &progress,
                      const std::stop_token &stop)
{
    ImportPlan plan;
    std::size_t seen = 0;
    for (const std::filesystem::path &path : files) {
        if (stop.stop_requested())
            break;
        if (progress)
            progress({seen++, 0, path.filename().string()});
        core::Result<storage::ImageFileInfo> info = storage::probeImage(path);
        if (!info) {
            plan.skipped.push_back({path, info.error()});
            continue;
        }
        PlannedFile file{path, std::move(*info), {}};
        if (file.info.frameCount > 1 || file.info.isVolume) {
            core::Result<std::string> hash = storage::fileSha256(path);
            if (!hash) {
                plan.skipped.push_back({path, hash.error()});
                continue;
            }
            file.sha256 = std::move(*hash);
        }
        plan.files.push_back(std::move(file));
        addFrames(plan, plan.files.size() - 1);
    }
    plan.warnings = arrangeDicomSeries(plan.files, plan.images);
    return plan;
}

} // namespace semigda::app
