// SPDX-License-Identifier: Apache-2.0
#include "app/results/ExportMasks.h"

#include "app/import/FileCollection.h"
#include "app/results/ExportNames.h"
#include "app/results/ExportVolumes.h"
#include "core/AtomicFile.h"
#include "core/workflow/Labelling.h"
#include "storage/MaskFiles.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <span>

namespace semigda::app
{

namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;
using core::ExportFormat;
using core::ExportSelection;
using core::ImageState;
using core::phrase;
using core::Result;
using Json = nlohmann::ordered_json;

/// Failures that the next file would meet as well.
bool endsExport(ErrorCode code)
{
    return code == ErrorCode::DiskFull || code == ErrorCode::ReadOnly || code == ErrorCode::PermissionDenied;
}

bool isSelected(ImageState state, ExportSelection selection)
{
    const bool isReviewed = state == ImageState::Accepted || state == ImageState::Corrected;
    switch (selection) {
    case ExportSelection::Final:
        return isReviewed || state == ImageState::Labelled;
    case ExportSelection::Accepted:
        return isReviewed;
    case ExportSelection::Labelled:
        return state == ImageState::Labelled;
    case ExportSelection::Predicted:
        return state == ImageState::Predicted;
    }
    return false;
}

Error nothingSelected(ExportSelection selection)
{
    switch (selection) {
    case ExportSelection::Accepted:
        return {ErrorCode::NotFound,
                phrase("errors", "No mask was accepted or corrected yet; review the predictions first.")};
    case ExportSelection::Labelled:
        return {ErrorCode::NotFound, phrase("errors", "No image has a mask that was drawn or imported yet.")};
    case ExportSelection::Predicted:
        return {ErrorCode::NotFound, phrase("errors", "No predicted mask waits for review; predict first.")};
    case ExportSelection::Final:
        break;
    }
    return {
        ErrorCode::NotFound,
        phrase("errors", "No image has a finished mask yet; complete or accept one, or export the predicted masks.")};
}

Result<void> writeJson(const fs::path &file, const Json &json)
{
    const std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    return core::writeFileAtomically(file, std::as_bytes(std::span(text)));
}

Json classesJson(const core::LabelSet &classes)
{
    Json list = Json::array({{{"id", 0}, {"name", "background"}, {"colour", "#000000"}, {"value", 0}}});
    for (const core::LabelClass &each : classes.classes())
        list.push_back(
            {{"id", each.value}, {"name", each.name}, {"colour", core::toString(each.colour)}, {"value", each.value}});
    return {{"classes", list}, {"not_annotated", {{"value", core::NotAnnotated}, {"value_in_8_bit_png", 255}}}};
}

class Exporter
{
public:
    Exporter(core::ProjectStore &store, const core::ExportRequest &request, const core::ProgressSink &progress,
             const std::stop_token &stop)
        : m_store(store)
        , m_request(request)
        , m_progress(progress)
        , m_stop(stop)
    {}

    Result<core::ExportReport> run();

private:
    Result<std::optional<core::LabelMask>> maskOf(const core::ImageSummary &image);
    Result<void> exportImages();
    Result<void> exportImage(const core::ImageSummary &image, const std::string &name);
    Result<void> exportVolumes();
    Result<void> exportVolume(const std::string &series, std::int64_t number);
    Result<void> writeManifest();
    Result<void> note(const fs::path &file, Result<void> written);
    void addToManifest(const core::ImageRecord &image, const fs::path &file);

    core::ProjectStore &m_store;
    const core::ExportRequest &m_request;
    const core::ProgressSink &m_progress;
    const std::stop_token &m_stop;
    core::LabelSet m_classes;
    std::vector<core::ImageSummary> m_images;
    ExportNames m_seriesNames;
    core::ExportReport m_report;
    Json m_manifest = Json::array();
};

Result<core::ExportReport> Exporter::run()
{
    Result<core::LabelSet> classes = m_store.classes();
    if (!classes)
        return classes.error();
    m_classes = std::move(*classes);
    Result<std::vector<core::ImageSummary>> images = m_store.images().list();
    if (!images)
        return images.error();
    m_images = std::move(*images);
    if (std::none_of(m_images.begin(), m_images.end(),
                     [this](const core::ImageSummary &each) { return isSelected(each.state, m_request.selection); }))
        return nothingSelected(m_request.selection);
    std::error_code error;
    fs::create_directories(m_request.folder, error);
    if (error)
        return core::fileError(phrase("errors", "make the folder"), m_request.folder, error.value());

    const Result<void> exported = m_request.format == ExportFormat::Nifti ? exportVolumes() : exportImages();
    if (!exported)
        return exported.error();
    if (m_report.files.empty())
        return m_report.skipped.empty() ? nothingSelected(m_request.selection) : m_report.skipped.front().error;
    if (const Result<void> written = writeManifest(); !written)
        return written.error();
    return std::move(m_report);
}

Result<std::optional<core::LabelMask>> Exporter::maskOf(const core::ImageSummary &image)
{
    if (!isSelected(image.state, m_request.selection))
        return std::optional<core::LabelMask>();
    if (m_request.selection != ExportSelection::Predicted)
        return core::finalMask(m_store, image.id);
    Result<std::optional<core::Prediction>> newest = m_store.predictions().newest(image.id);
    if (!newest)
        return newest.error();
    if (!newest->has_value())
        return std::optional<core::LabelMask>();
    return std::optional<core::LabelMask>(std::move((*newest)->mask));
}

/// Keeps the list of files; a failure that would repeat ends the export, another one is told and left.
Result<void> Exporter::note(const fs::path &file, Result<void> written)
{
    if (written) {
        m_report.files.push_back(file);
        return {};
    }
    if (endsExport(written.error().code))
        return written;
    m_report.skipped.push_back({file, written.error()});
    return {};
}

Result<void> Exporter::exportImages()
{
    ExportNames names;
    std::size_t done = 0;
    for (const core::ImageSummary &image : m_images) {
        if (m_stop.stop_requested())
            return Error{
                ErrorCode::Cancelled,
                phrase("errors", "The export was cancelled; %1 files are written.").with(m_report.files.size())};
        if (m_progress)
            m_progress({done++, m_images.size(), image.name});
        const std::string &name = names.assign(image.name, image.id.value);
        if (!isSelected(image.state, m_request.selection))
            continue;
        if (const Result<void> one = exportImage(image, name); !one)
            return one;
    }
    if (m_progress)
        m_progress({m_images.size(), m_images.size(), {}});
    return {};
}

Result<void> Exporter::exportImage(const core::ImageSummary &image, const std::string &name)
{
    const Result<std::optional<core::LabelMask>> mask = maskOf(image);
    if (!mask)
        return mask.error();
    if (!mask->has_value()) {
        m_report.skipped.push_back(
            {image.name,
             {ErrorCode::NotFound, phrase("errors", "Image %1 (%2) has no complete mask; finish it and export again.")
                                       .with(image.id.value, image.name)}});
        return {};
    }
    const Result<core::ImageRecord> record = m_store.images().record(image.id);
    if (!record)
        return record.error();
    const bool isOverlay = m_request.format == ExportFormat::Overlay;
    const fs::path file = m_request.folder / (name + (isOverlay ? "_overlay.png" : ".png"));
    const std::size_t filesBefore = m_report.files.size();
    Result<void> written;
    if (isOverlay) {
        const Result<core::ImageData> pixels = m_store.images().pixels(image.id);
        if (!pixels) {
            m_report.skipped.push_back({image.name, pixels.error()});
            return {};
        }
        written = storage::writeOverlayPng(*pixels, **mask, m_classes, file);
    } else {
        written = storage::writeMaskPng(**mask, m_classes, file);
    }
    if (Result<void> noted = note(file, std::move(written)); !noted)
        return noted;
    if (m_report.files.size() > filesBefore)
        addToManifest(*record, file);
    return {};
}

Result<void> Exporter::exportVolumes()
{
    // Series are numbered by their first image, so that names stay the same in later exports.
    std::vector<std::pair<std::string, std::int64_t>> series;
    std::size_t flat = 0;
    for (const core::ImageSummary &image : m_images) {
        const auto isKnown = [&](const auto &each) { return each.first == image.seriesKey; };
        if (image.seriesKey.empty())
            flat += isSelected(image.state, m_request.selection) ? 1 : 0;
        else if (std::none_of(series.begin(), series.end(), isKnown))
            series.emplace_back(image.seriesKey, image.id.value);
    }
    if (flat > 0)
        m_report.skipped.push_back(
            {m_request.folder,
             {ErrorCode::UnsupportedFormat,
              (flat == 1
                   ? phrase("errors", "%1 image is no volume and was not written as NIfTI; export with the format png.")
                   : phrase("errors",
                            "%1 images are no volumes and were not written as NIfTI; export with the format png."))
                  .with(flat)}});
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (m_stop.stop_requested())
            return Error{
                ErrorCode::Cancelled,
                phrase("errors", "The export was cancelled; %1 files are written.").with(m_report.files.size())};
        if (m_progress)
            m_progress({i, series.size(), {}});
        if (const Result<void> one = exportVolume(series[i].first, series[i].second); !one)
            return one;
    }
    if (m_progress)
        m_progress({series.size(), series.size(), {}});
    return {};
}

Result<void> Exporter::exportVolume(const std::string &series, std::int64_t number)
{
    std::vector<VolumeSlice> slices;
    std::size_t masked = 0;
    for (const core::ImageSummary &image : m_images) {
        if (image.seriesKey != series)
            continue;
        Result<core::ImageRecord> record = m_store.images().record(image.id);
        if (!record)
            return record.error();
        Result<std::optional<core::LabelMask>> mask = maskOf(image);
        if (!mask)
            return mask.error();
        masked += mask->has_value() ? 1 : 0;
        slices.push_back({std::move(*record), std::move(*mask)});
    }
    const core::ImageSource &source = slices.front().image.source;
    const bool isFolder = source.format == "dicom" && source.frame == 0 && slices.size() > 1
                          && slices.back().image.source.sha256 != source.sha256;
    const std::string &name = m_seriesNames.assign(
        isFolder ? source.origin.parent_path().filename().string() : stemOf(source.origin), number);
    if (masked == 0)
        return {};
    if (masked < slices.size())
        m_report.skipped.push_back(
            {name,
             {ErrorCode::NotFound,
              phrase(
                  "errors",
                  "In the volume '%1' %2 of %3 slices have no mask of the selection; they hold 65535 (not annotated).")
                  .with(name, slices.size() - masked, slices.size())}});
    std::vector<core::ImageRecord> images;
    for (const VolumeSlice &slice : slices)
        if (slice.mask)
            images.push_back(slice.image);
    const fs::path file = m_request.folder / (name + ".nii.gz");
    const Result<core::LabelVolume> volume = stackSlices(std::move(slices), name);
    if (!volume) {
        m_report.skipped.push_back({file, volume.error()});
        return {};
    }
    const std::size_t filesBefore = m_report.files.size();
    if (Result<void> noted = note(file, storage::writeLabelNifti(*volume, file)); !noted)
        return noted;
    if (m_report.files.size() > filesBefore)
        for (const core::ImageRecord &image : images)
            addToManifest(image, file);
    return {};
}

void Exporter::addToManifest(const core::ImageRecord &image, const fs::path &file)
{
    Json entry{
        {"image", image.id.value},
        {"name", image.name},
        {"file", file.filename().string()},
        {"state", core::toString(image.state)},
        {"split", core::toString(image.split)},
        {"source",
         {{"path", image.source.origin.string()}, {"frame", image.source.frame}, {"sha256", image.source.sha256}}}};
    if (!image.seriesKey.empty())
        entry["slice"] = image.slicePosition;
    entry["reviewer"] = nullptr;
    const Result<std::vector<core::Review>> reviews = m_store.predictions().reviews(image.id);
    if (reviews && !reviews->empty()) {
        const auto newest =
            std::max_element(reviews->begin(), reviews->end(),
                             [](const core::Review &a, const core::Review &b) { return a.createdAt < b.createdAt; });
        entry["reviewer"] = newest->reviewer;
        entry["verdict"] = core::toString(newest->verdict);
        entry["reviewed_at"] = newest->createdAt;
    }
    m_manifest.push_back(std::move(entry));
}

Result<void> Exporter::writeManifest()
{
    if (const Result<void> written = writeJson(m_request.folder / "classes.json", classesJson(m_classes)); !written)
        return written;
    const char *name = m_request.format == ExportFormat::Png       ? "manifest.json"
                       : m_request.format == ExportFormat::Overlay ? "manifest_overlay.json"
                                                                   : "manifest_nifti.json";
    Json json = classesJson(m_classes);
    json["project"] = m_store.info().name;
    json["program"] = "SemiGDA Studio " SEMIGDA_VERSION;
    json["images"] = std::move(m_manifest);
    return writeJson(m_request.folder / name, json);
}

} // namespace

Result<core::ExportReport> exportMasks(core::ProjectStore &store, const core::ExportRequest &request,
                                       const core::ProgressSink &progress, const std::stop_token &stop)
{
    return Exporter(store, request, progress, stop).run();
}

} // namespace semigda::app
