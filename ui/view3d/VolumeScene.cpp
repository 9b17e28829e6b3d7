// SPDX-License-Identifier: Apache-2.0
#include "ui/view3d/VolumeScene.h"

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

namespace
{

constexpr double CubicMillimetresPerMillilitre = 1000.0;

bool isPainted(const core::LabelMask &mask)
{
    for (int row = 0; row < mask.tileRows(); ++row) {
        for (int column = 0; column < mask.tileColumns(); ++column) {
            core::LabelValue value = core::NotAnnotated;
            if (!mask.isTileUniform(column, row, &value) || value != core::NotAnnotated)
                return true;
        }
    }
    return false;
}

/// The human mask, else the newest proposal that was not refused, else nothing annotated.
core::Result<core::LabelMask> shownMask(core::ProjectStore &store, core::ImageId id, bool *isPredicted)
{
    *isPredicted = false;
    core::Result<core::Annotation> annotation = store.annotations().load(id);
    if (!annotation)
        return annotation.error();
    if (isPainted(annotation->mask))
        return std::move(annotation->mask);
    const core::Result<core::ImageSummary> summary = store.images().summary(id);
    if (!summary)
        return summary.error();
    if (summary->state != core::ImageState::Predicted)
        return std::move(annotation->mask);
    core::Result<std::optional<core::Prediction>> prediction = store.predictions().newest(id);
    if (!prediction)
        return prediction.error();
    if (!prediction->has_value())
        return std::move(annotation->mask);
    *isPredicted = true;
    return std::move((*prediction)->mask);
}

/// From positions rather than the slice thickness tag, which many scanners fill wrongly.
void takeGeometry(VolumeScene &scene, const core::ImageGeometry &first, const core::ImageGeometry &last)
{
    scene.hasSpacing = first.hasSpacing;
    scene.hasPosition = first.hasPosition;
    if (first.hasSpacing)
        scene.spacing = first.spacing;
    if (!first.hasPosition || scene.depth < 2) {
        scene.spacing[0] *= scene.step;
        scene.spacing[1] *= scene.step;
        return;
    }
    scene.direction = first.direction;
    std::array<double, 3> along{};
    double length = 0.0;
    for (std::size_t i = 0; i < 3; ++i) {
        along[i] = last.origin[i] - first.origin[i];
        length += along[i] * along[i];
    }
    length = std::sqrt(length);
    if (length > 1e-6) {
        scene.spacing[2] = length / (scene.depth - 1);
        for (std::size_t i = 0; i < 3; ++i)
            scene.direction[i * 3 + 2] = along[i] / length;
    }
    scene.spacing[0] *= scene.step;
    scene.spacing[1] *= scene.step;
}

} // namespace

core::Result<VolumeScene> loadVolumeScene(core::ProjectStore &store, const std::string &seriesKey, std::stop_token stop)
{
    core::Result<std::vector<core::ImageId>> ids = store.images().series(seriesKey);
    if (!ids)
        return ids.error();
    if (ids->size() < 2)
        return core::Error{core::ErrorCode::NotFound, core::phrase("errors", "This image is not part of a volume.")};
    VolumeScene scene;
    scene.slices = *ids;
    scene.depth = static_cast<int>(ids->size());
    core::ImageGeometry first;
    core::ImageGeometry last;
    std::optional<core::ValueWindow> window;
    for (std::size_t z = 0; z < ids->size(); ++z) {
        if (stop.stop_requested())
            return core::Error{core::ErrorCode::Cancelled, core::phrase("errors", "Cancelled.")};
        const core::Result<core::ImageData> image = store.images().pixels((*ids)[z]);
        if (!image)
            return image.error();
        const int longSide = std::max(image->width, image->height);
        const int step = (longSide + VolumeScene::MaxSide - 1) / VolumeScene::MaxSide;
        const int width = (image->width + step - 1) / step;
        const int height = (image->height + step - 1) / step;
        if (z == 0) {
            scene.step = step;
            scene.width = width;
            scene.height = height;
            first = image->geometry;
        } else if (width != scene.width || height != scene.height) {
            return core::Error{
                core::ErrorCode::GeometryMismatch,
                core::phrase("errors", "The slices of this series differ in size, so it cannot be shown in 3D.")};
        }
        last = image->geometry;
        if (!window)
            window = core::defaultWindow(*image);
        const std::vector<std::uint8_t> shown =
            core::toDisplay(*image, *window, {0, 0, image->width, image->height}, step);
        const std::size_t channels = image->channels == 1 ? 1 : 3;
        for (std::size_t i = 0; i + channels <= shown.size(); i += channels)
            scene.grey.push_back(shown[channels == 3 ? i + 1 : i]);

        bool isPredicted = false;
        const core::Result<core::LabelMask> mask = shownMask(store, (*ids)[z], &isPredicted);
        if (!mask)
            return mask.error();
        scene.predictedSlices += isPredicted ? 1 : 0;
        std::vector<core::LabelValue> row(static_cast<std::size_t>(mask->width()));
        for (int y = 0; y < mask->height(); y += step) {
            mask->readRow(0, y, mask->width(), row.data());
            for (std::size_t x = 0; x < row.size(); x += static_cast<std::size_t>(step))
                scene.labels.push_back(row[x] == core::NotAnnotated ? core::Background : row[x]);
        }
    }
    const std::size_t expected = static_cast<std::size_t>(scene.width) * static_cast<std::size_t>(scene.height)
                                 * static_cast<std::size_t>(scene.depth);
    if (scene.grey.size() != expected || scene.labels.size() != expected)
        return core::Error{
            core::ErrorCode::GeometryMismatch,
            core::phrase("errors", "A mask of this series has another size than its image; run a project check.")};
    takeGeometry(scene, first, last);
    return scene;
}

double classVolume(const VolumeScene &scene, core::LabelValue value)
{
    const auto count = static_cast<double>(std::count(scene.labels.begin(), scene.labels.end(), value));
    const double voxel = scene.spacing[0] * scene.spacing[1] * scene.spacing[2];
    return scene.hasSpacing ? count * voxel / CubicMillimetresPerMillilitre : count * voxel;
}

} // namespace semigda::ui
