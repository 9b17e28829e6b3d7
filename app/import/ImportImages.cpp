// SPDX-License-Identifier: Apache-2.0
#include "app/import/ImportImages.h"

#include "app/UserName.h"
#include "app/import/FileCollection.h"
#include "app/import/ImportPlan.h"
#include "app/import/MaskFolder.h"
#include "core/workflow/Labelling.h"
#include "storage/ImageFiles.h"
#include "storage/SqliteProject.h"

#include <algorithm>
#include <set>

namespace semigda::app
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::ImageId;
using core::phrase;
using core::Result;

/// A batch goes into one transaction: many images a second, yet the database is locked for moments only and little
/// memory is held.
constexpr std::size_t MostPending = 32;
constexpr std::size_t MostPendingPixels = std::size_t(16) << 20;

bool endsImport(ErrorCode code)
{
    return code == ErrorCode::DiskFull || code == ErrorCode::ReadOnly || code == ErrorCode::Locked;
}

/// As the terminal names it, so that English is what it takes.
core::Phrase splitName(core::Split split)
{
    switch (split) {
    case core::Split::Validation:
        return phrase("errors", "val");
    case core::Split::Test:
        return phrase("errors", "test");
    default:
        return phrase("errors", "train");
    }
}

/// An image that is decoded, copied and ready to be entered.
struct PendingImage
{
    std::filesystem::path file;
    core::NewImage image;
    std::optional<core::LabelMask> mask;
};

class Importer
{
public:
    Importer(storage::SqliteProject &project, core::ProjectStore &store, const core::ImportRequest &request,
             const core::ProgressSink &progress, const std::stop_token &stop)
        : m_project(project)
        , m_store(store)
        , m_request(request)
        , m_progress(progress)
        , m_stop(stop)
    {}

    Result<core::ImportReport> run();

private:
    void prepare(const PlannedImage &planned);
    Result<std::string> hashOf(const PlannedFile &file);
    std::optional<core::LabelMask> maskFor(const PlannedImage &planned, const PlannedFile &file);
    void flush();
    Result<ImageId> enter(const PendingImage &pending);
    void skip(const std::filesystem::path &file, Error error);
    void noteMissingMasks();
    void noteMovedSplits();
    void recordInAudit();

    storage::SqliteProject &m_project;
    core::ProjectStore &m_store;
    const core::ImportRequest &m_request;
    const core::ProgressSink &m_progress;
    const std::stop_token &m_stop;
    core::ImportReport m_report;
    ImportPlan m_plan;
    std::optional<MaskFolder> m_masks;
    std::vector<PendingImage> m_pending;
    std::size_t m_pendingPixels = 0;
    std::set<std::pair<std::string, int>> m_taken; ///< hash and frame of pending images
    std::string m_lastHash;                        ///< of m_lastHashed, for the frames of one file
    std::filesystem::path m_lastHashed;
    std::filesystem::path m_lastAdopted;
    std::vector<std::filesystem::path> m_withoutMask;
    bool m_isEnded = false; ///< nothing more can be imported
};

Result<core::ImportReport> Importer::run()
{
    const core::ProjectInfo info = m_store.info();
    if (info.isReadOnly)
        return Error{ErrorCode::ReadOnly,
                     phrase("errors", "Nothing can be imported into %1: %2").with(info.name, info.readOnlyReason)};
    if (!m_request.masks.empty()) {
        const Result<core::LabelSet> classes = m_store.classes();
        if (!classes)
            return classes.error();
        Result<MaskFolder> masks = MaskFolder::open(m_request.masks, *classes);
        if (!masks)
            return masks.error();
        m_masks = std::move(*masks);
    }
    CollectedFiles collected = collectFiles(m_request, m_stop);
    m_report.skipped = std::move(collected.problems);
    m_plan = planImport(collected.files, m_progress, m_stop);
    std::move(m_plan.skipped.begin(), m_plan.skipped.end(), std::back_inserter(m_report.skipped));
    std::move(m_plan.warnings.begin(), m_plan.warnings.end(), std::back_inserter(m_report.warnings));

    std::size_t done = 0;
    for (const PlannedImage &planned : m_plan.images) {
        if (m_stop.stop_requested() || m_isEnded)
            break;
        if (m_progress)
            m_progress({done, m_plan.images.size(), planned.name});
        prepare(planned);
        ++done;
        if (m_pending.size() >= MostPending || m_pendingPixels >= MostPendingPixels)
            flush();
    }
    flush();
    if (m_stop.stop_requested() && !m_isEnded)
        skip({}, {ErrorCode::Cancelled, phrase("errors", "The import was cancelled; %1 images are in the project.")
                                            .with(m_report.imported.size())});
    else if (m_progress && !m_isEnded)
        m_progress({m_plan.images.size(), m_plan.images.size(), {}});
    noteMissingMasks();
    noteMovedSplits();
    recordInAudit();
    return std::move(m_report);
}

Result<std::string> Importer::hashOf(const PlannedFile &file)
{
    if (!file.sha256.empty())
        return file.sha256;
    if (m_lastHashed != file.path) {
        Result<std::string> hash = storage::fileSha256(file.path);
        if (!hash)
            return hash;
        m_lastHashed = file.path;
        m_lastHash = std::move(*hash);
    }
    return m_lastHash;
}

void Importer::prepare(const PlannedImage &planned)
{
    const PlannedFile &file = m_plan.files[planned.file];
    const Result<std::string> hash = hashOf(file);
    if (!hash)
        return skip(file.path, hash.error());
    const Result<std::optional<ImageId>> known = m_store.images().find(*hash, planned.frame);
    if (!known)
        return skip(file.path, known.error());
    if (known->has_value()) {
        // The slices of a volume are in together; it is told once.
        if (!m_report.duplicates.empty() && m_report.duplicates.back().file == file.path)
            return;
        m_report.duplicates.push_back(
            {file.path,
             {ErrorCode::AlreadyExists, phrase("errors", "'%1' (%2) is in the project already, as image %3.")
                                            .with(file.path.string(), planned.name, (*known)->value)}});
        return;
    }
    if (!m_taken.insert({*hash, planned.frame}).second) {
        m_report.duplicates.push_back(
            {file.path,
             {ErrorCode::AlreadyExists,
              phrase("errors", "'%1' (%2) is a copy of another file of this import and was imported once.")
                  .with(file.path.string(), planned.name)}});
        return;
    }
    const Result<core::ImageData> pixels = storage::readImage(file.path, planned.frame);
    if (!pixels)
        return skip(file.path, pixels.error());
    if (!m_request.link && m_lastAdopted != file.path) {
        if (const Result<std::string> adopted = m_project.adoptFile(file.path, *hash); !adopted)
            return skip(file.path, adopted.error());
        m_lastAdopted = file.path;
    }

    PendingImage pending;
    pending.file = file.path;
    core::NewImage &image = pending.image;
    image.source.sha256 = *hash;
    image.source.frame = planned.frame;
    std::error_code ignored;
    image.source.origin = std::filesystem::absolute(file.path, ignored);
    image.source.isLinked = m_request.link;
    image.source.format = file.info.format;
    m_project.keepPixels(image.source, *pixels);
    image.name = planned.name;
    image.width = pixels->width;
    image.height = pixels->height;
    image.channels = pixels->channels;
    image.bitsPerSample = file.info.bitsPerSample;
    image.exifOrientation = file.info.exifOrientation;
    image.geometry = planned.geometry;
    image.patientKey = planned.patientKey;
    image.studyKey = file.info.studyKey;
    image.seriesKey = planned.seriesKey;
    image.slicePosition = planned.slicePosition;
    image.split = m_request.split;
    image.thumbnail = core::makeThumbnail(*pixels);
    pending.mask = maskFor(planned, file);
    m_pendingPixels += static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height);
    m_pending.push_back(std::move(pending));
}

std::optional<core::LabelMask> Importer::maskFor(const PlannedImage &planned, const PlannedFile &file)
{
    if (!m_masks)
        return std::nullopt;
    Result<std::optional<core::LabelMask>> mask = m_masks->maskFor(planned, file);
    if (!mask) {
        // A label map that does not fit fails alike for each of its slices; told once.
        const bool isTold = std::any_of(m_report.warnings.begin(), m_report.warnings.end(),
                                        [&](const core::ImportIssue &each) { return each.error == mask.error(); });
        if (!isTold)
            m_report.warnings.push_back({file.path, mask.error()});
        return std::nullopt;
    }
    if (!mask->has_value())
        m_withoutMask.push_back(file.path);
    return std::move(*mask);
}

Result<ImageId> Importer::enter(const PendingImage &pending)
{
    const Result<ImageId> id = m_store.images().add(pending.image);
    if (!id || !pending.mask)
        return id;
    const core::LabelMask &mask = *pending.mask;
    const auto counts = core::countValues(mask);
    const bool isComplete = counts.empty() || counts.back().first != core::NotAnnotated;
    const core::LabelMask nothing(mask.width(), mask.height());
    const core::EditIntent intent{"Import", userName(), isComplete,
                                  core::stateAfterEdit(mask, isComplete, core::ImageState::Unlabelled)};
    const Result<std::int64_t> step =
        m_store.annotations().append(*id, core::MaskDelta::between(nothing, mask), intent);
    if (!step)
        return step.error();
    return id;
}

void Importer::flush()
{
    if (m_pending.empty())
        return;
    core::ImportReport entered;
    const Result<void> kept = m_store.inTransaction([&]() -> Result<void> {
        for (const PendingImage &pending : m_pending) {
            ImageId id;
            const Result<void> one = m_store.inTransaction([&]() -> Result<void> {
                const Result<ImageId> added = enter(pending);
                if (!added)
                    return added.error();
                id = *added;
                return {};
            });
            if (one) {
                entered.imported.push_back(id);
                entered.labelled += pending.mask ? 1 : 0;
            } else if (endsImport(one.error().code)) {
                return one;
            } else if (one.error().code == ErrorCode::AlreadyExists) {
                entered.duplicates.push_back({pending.file, one.error()});
            } else {
                entered.skipped.push_back({pending.file, one.error()});
            }
        }
        return {};
    });
    if (kept) {
        m_report.imported.insert(m_report.imported.end(), entered.imported.begin(), entered.imported.end());
        m_report.labelled += entered.labelled;
        std::move(entered.duplicates.begin(), entered.duplicates.end(), std::back_inserter(m_report.duplicates));
        std::move(entered.skipped.begin(), entered.skipped.end(), std::back_inserter(m_report.skipped));
    } else if (!m_isEnded) {
        skip(m_pending.front().file, kept.error());
        m_isEnded = true;
    }
    m_pending.clear();
    m_pendingPixels = 0;
    m_taken.clear();
}

void Importer::skip(const std::filesystem::path &file, Error error)
{
    m_isEnded = m_isEnded || endsImport(error.code);
    // A damaged volume fails alike for each of its slices.
    if (!m_report.skipped.empty() && m_report.skipped.back().error == error)
        return;
    m_report.skipped.push_back({file, std::move(error)});
}

void Importer::noteMissingMasks()
{
    if (m_withoutMask.empty())
        return;
    const std::string &example = m_withoutMask.front().string();
    const core::Sentence sentence =
        m_withoutMask.size() == 1
            ? phrase("errors", "'%1' has no mask of the same name in '%2' and was imported unlabelled.")
                  .with(example, m_request.masks)
            : phrase("errors", "%1 images, '%2' for one, have no mask of the same name in '%3' and were imported "
                               "unlabelled.")
                  .with(m_withoutMask.size(), example, m_request.masks);
    m_report.warnings.push_back({m_withoutMask.front(), {ErrorCode::NotFound, sentence}});
}

void Importer::noteMovedSplits()
{
    std::size_t moved = 0;
    std::string example;
    core::Split where = m_request.split;
    for (const ImageId id : m_report.imported) {
        const Result<core::ImageSummary> summary = m_store.images().summary(id);
        if (!summary || summary->split == m_request.split)
            continue;
        if (moved++ == 0) {
            example = summary->name;
            where = summary->split;
        }
    }
    if (moved == 0)
        return;
    m_report.warnings.push_back(
        {example,
         {ErrorCode::AlreadyExists,
          (moved == 1 ? phrase("errors", "%1 image, '%2' for one, joined the split "
                                         "\"%3\", because the project has images of the same patient there.")
                      : phrase("errors", "%1 images, '%2' for one, joined the split \"%3\", "
                                         "because the project has images of the same patient there."))
              .with(moved, example, splitName(where))}});
}

void Importer::recordInAudit()
{
    if (m_report.imported.empty())
        return;
    // The images are in; a failing note about it is no reason to say otherwise.
    static_cast<void>(m_store
                          .audit("import", std::to_string(m_report.imported.size()) + " images, "
                                               + std::to_string(m_report.labelled) + " with mask, split "
                                               + core::toString(m_request.split))
                          .has_value());
}

} // namespace

Result<core::ImportReport> importImages(storage::SqliteProject &project, const core::ImportRequest &request,
                                        const core::ProgressSink &progress, const std::stop_token &stop)
{
    Result<std::unique_ptr<core::ProjectStore>> store = project.connect();
    if (!store)
        return store.error();
    return Importer(project, **store, request, progress, stop).run();
}

} // namespace semigda::app
