// SPDX-License-Identifier: Apache-2.0
#include "app/import/MaskFolder.h"

#include "app/import/FileCollection.h"
#include "app/import/NaturalOrder.h"
#include "core/AtomicFile.h"
#include "storage/ImageFiles.h"

#include <algorithm>
#include <cerrno>
#include <cmath>

namespace semigda::app
{

namespace
{

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;
using core::phrase;
using core::Result;

constexpr double PlaceTolerance = 0.05; ///< of a slice distance; label maps come through other tools' rounding
constexpr double DirectionTolerance = 1e-3;

std::string sizeText(int width, int height, std::size_t slices = 1)
{
    std::string text = std::to_string(width) + " x " + std::to_string(height);
    return slices > 1 ? text + " x " + std::to_string(slices) : text;
}

Error misfit(const fs::path &mask, const fs::path &image, const core::Sentence &why)
{
    return {ErrorCode::GeometryMismatch,
            phrase("errors", "The mask '%1' does not fit the image '%2': %3; give a mask that was drawn on this image.")
                .with(mask.string(), image.string(), why)};
}

/// Same pixel grid in the plane of the slice; how slices are stacked may differ.
bool isSamePlane(const core::ImageGeometry &a, const core::ImageGeometry &b)
{
    for (std::size_t i = 0; i < 9; ++i)
        if (i % 3 != 2 && std::abs(a.direction[i] - b.direction[i]) > DirectionTolerance)
            return false;
    for (std::size_t i = 0; i < 2; ++i)
        if (std::abs(a.spacing[i] - b.spacing[i]) > 1e-3 * a.spacing[i])
            return false;
    return true;
}

/// The slice of a label map that lies where the image does.
std::optional<std::size_t> sliceAt(const storage::MaskFile &mask, const core::ImageGeometry &image)
{
    const core::ImageGeometry &map = mask.geometry;
    const double reach = std::max(0.01, PlaceTolerance * map.spacing[2]);
    double along = 0.0;
    for (std::size_t axis = 0; axis < 3; ++axis)
        along += (image.origin[axis] - map.origin[axis]) * map.direction[axis * 3 + 2];
    const double index = std::round(along / map.spacing[2]);
    if (index < 0.0 || index >= static_cast<double>(mask.slices.size()))
        return std::nullopt;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double place = map.origin[axis] + map.direction[axis * 3 + 2] * map.spacing[2] * index;
        if (std::abs(place - image.origin[axis]) > reach)
            return std::nullopt;
    }
    return static_cast<std::size_t>(index);
}

} // namespace

Result<MaskFolder> MaskFolder::open(const fs::path &folder, const core::LabelSet &classes)
{
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (!fs::exists(status))
        return core::fileError(phrase("errors", "read the mask folder"), folder, error ? error.value() : ENOENT);
    if (!fs::is_directory(status))
        return Error{
            ErrorCode::InvalidArgument,
            phrase("errors", "'%1' is no folder; give the folder that holds the masks.").with(folder.string())};
    std::vector<fs::path> files;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        std::error_code ignored;
        if (!it->is_directory(ignored) && !it->path().filename().string().starts_with('.')
            && storage::looksLikeImage(it->path()))
            files.push_back(it->path());
    }
    if (error)
        return core::fileError(phrase("errors", "read the mask folder"), folder, error.value());
    // Of several files with one stem the first wins, and PNG comes before the rest.
    std::sort(files.begin(), files.end(), [](const fs::path &a, const fs::path &b) {
        const bool isPngA = a.extension() == ".png";
        const bool isPngB = b.extension() == ".png";
        return isPngA != isPngB ? isPngA : naturalLess(a.filename().string(), b.filename().string());
    });
    MaskFolder result;
    result.m_folder = folder;
    result.m_classes = classes;
    for (const fs::path &file : files)
        result.m_files.emplace(stemOf(file), Found{file, {}});
    return result;
}

MaskFolder::Found *MaskFolder::find(const PlannedImage &image, const PlannedFile &file)
{
    // A slice's own mask, then one for the whole file, then one for a DICOM series by its folder or its UID.
    std::vector<std::string> stems{image.name, stemOf(file.path)};
    if (file.info.format == "dicom" && !image.seriesKey.empty()) {
        stems.push_back(file.path.parent_path().filename().string());
        stems.push_back(file.info.seriesKey);
    }
    for (const std::string &stem : stems) {
        const auto found = m_files.find(stem);
        if (found != m_files.end())
            return &found->second;
    }
    return nullptr;
}

Result<std::optional<core::LabelMask>> MaskFolder::maskFor(const PlannedImage &image, const PlannedFile &file)
{
    Found *found = find(image, file);
    if (found == nullptr)
        return std::optional<core::LabelMask>();
    if (!m_loaded || m_loadedPath != found->path) {
        m_loaded = storage::readMask(found->path, m_classes);
        m_loadedPath = found->path;
    }
    if (!m_loaded->has_value())
        return m_loaded->error();
    const storage::MaskFile &mask = **m_loaded;
    const std::string taker = mask.slices.size() > 1 ? image.seriesKey : file.path.string() + image.name;
    if (!found->taker.empty() && found->taker != taker)
        return Error{ErrorCode::InvalidArgument,
                     phrase("errors", "The mask '%1' has the name of several images and was given to the first; "
                                      "'%2' was imported without a mask.")
                         .with(found->path.string(), file.path.string())};
    Result<core::LabelMask> slice = sliceOf(mask, found->path, image, file);
    if (!slice)
        return slice.error();
    found->taker = taker;
    return std::optional<core::LabelMask>(std::move(*slice));
}

Result<core::LabelMask> MaskFolder::sliceOf(const storage::MaskFile &mask, const fs::path &path,
                                            const PlannedImage &image, const PlannedFile &file) const
{
    const core::LabelMask &first = mask.slices.front();
    const bool isWholeVolume = mask.slices.size() > 1 || (mask.isVolume && file.info.isVolume);
    const auto frames = static_cast<std::size_t>(file.info.frameCount);
    if (first.width() != file.info.width || first.height() != file.info.height)
        return misfit(path, file.path,
                      phrase("errors", "the mask has %1 pixels, the image %2")
                          .with(sizeText(first.width(), first.height(), mask.slices.size()),
                                sizeText(file.info.width, file.info.height, frames)));
    if (!isWholeVolume) {
        if (frames > 1 && stemOf(path) != image.name)
            return misfit(path, file.path,
                          phrase("errors", "the mask is a single slice, the image has %1 of them").with(frames));
        return first;
    }
    if (image.seriesKey.empty())
        return misfit(
            path, file.path,
            phrase("errors", "the mask is a volume of %1 slices, the image is flat").with(mask.slices.size()));
    if (mask.geometry.hasPosition && image.geometry.hasPosition) {
        const auto slice = isSamePlane(mask.geometry, image.geometry) ? sliceAt(mask, image.geometry) : std::nullopt;
        if (!slice)
            return misfit(path, file.path,
                          phrase("errors", "the mask lies elsewhere in space or has other pixel distances"));
        return mask.slices[*slice];
    }
    if (frames != mask.slices.size())
        return misfit(path, file.path,
                      phrase("errors", "the mask has %1 slices, the image %2").with(mask.slices.size(), frames));
    return mask.slices[static_cast<std::size_t>(image.frame)];
}

} // namespace semigda::app
