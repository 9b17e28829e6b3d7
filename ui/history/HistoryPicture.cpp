// SPDX-License-Identifier: Apache-2.0
#include "ui/history/HistoryPicture.h"

#include "core/DisplayMapping.h"

#include <QColor>

#include <algorithm>

namespace semigda::ui
{

namespace
{

using core::PixelChange;

constexpr double MaskShare = 0.45;      ///< of the class's colour over the image
constexpr double FaintMaskShare = 0.15; ///< beneath marks
constexpr double MarkShare = 0.85;

QRgb blend(QRgb ground, QRgb colour, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(a + (b - a) * share + 0.5); };
    return qRgb(mix(qRed(ground), qRed(colour)), mix(qGreen(ground), qGreen(colour)),
                mix(qBlue(ground), qBlue(colour)));
}

/// Colours that people with any colour vision tell apart (Okabe and Ito), and a pattern for each.
QRgb markColour(PixelChange change)
{
    switch (change) {
    case PixelChange::Painted:
        return qRgb(86, 180, 233);
    case PixelChange::Erased:
        return qRgb(213, 94, 0);
    case PixelChange::Reclassed:
        return qRgb(240, 228, 66);
    case PixelChange::Unclassed:
    case PixelChange::None:
        break;
    }
    return qRgb(200, 200, 200);
}

bool isMarked(PixelChange change, int x, int y)
{
    switch (change) {
    case PixelChange::Painted:
        return true;
    case PixelChange::Erased:
        return (x + y) % 6 < 3;
    case PixelChange::Reclassed:
        return x % 4 < 2 && y % 4 < 2;
    case PixelChange::Unclassed:
        return (x - y + 6000) % 6 == 0;
    case PixelChange::None:
        break;
    }
    return false;
}

/// Every `step`-th pixel of the image, drawn `scale` times as large.
struct Grid
{
    int step = 1;
    int scale = 1;
    int columns = 0;
    int rows = 0;
};

Grid gridOf(const core::ImageData &image)
{
    const int longSide = std::max({image.width, image.height, 1});
    Grid grid;
    grid.step = (longSide + PictureSide - 1) / PictureSide;
    grid.scale = std::max(1, PictureSide / longSide);
    grid.columns = (image.width + grid.step - 1) / grid.step;
    grid.rows = (image.height + grid.step - 1) / grid.step;
    return grid;
}

/// What happened in each cell of the grid; the last change of a cell counts, so that thin ones show.
std::vector<PixelChange> changesOf(const core::MaskDelta &delta, const Grid &grid)
{
    std::vector<PixelChange> cells(static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows),
                                   PixelChange::None);
    for (const core::MaskDelta::Span &span : delta.spans()) {
        const auto row = static_cast<std::ptrdiff_t>(span.y / grid.step) * grid.columns;
        const auto first = cells.begin() + row + span.x / grid.step;
        const auto last = cells.begin() + row + (span.x + span.count - 1) / grid.step;
        std::fill(first, last + 1, core::changeOf(span));
    }
    return cells;
}

} // namespace

HistoryPicture drawHistory(const HistoryPictureRequest &request)
{
    const core::ImageData &image = *request.pixels;
    const ImageHistory &history = *request.history;
    const std::optional<core::LabelMask> mask = core::maskAt(history.now, history.history, request.sequence);
    core::MaskDelta delta;
    if (request.view == HistoryView::Difference && mask) {
        delta = core::MaskDelta::between(*mask, history.now.mask);
    } else if (request.view == HistoryView::Step) {
        for (const core::EditRecord &edit : history.history.edits) {
            if (edit.sequence == request.sequence)
                delta = edit.delta;
        }
    }
    const Grid grid = gridOf(image);
    const std::vector<std::uint8_t> shown =
        core::toDisplay(image, request.contrast, {0, 0, image.width, image.height}, grid.step);
    const std::size_t channels = image.channels >= 3 ? 3 : 1;
    const bool isMarking = request.view != HistoryView::State;
    const std::vector<PixelChange> changes = isMarking ? changesOf(delta, grid) : std::vector<PixelChange>();
    HistoryPicture picture;
    picture.changed = core::countPixels(delta);
    picture.image = QImage(grid.columns * grid.scale, grid.rows * grid.scale, QImage::Format_RGB32);
    for (int y = 0; y < picture.image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(picture.image.scanLine(y));
        const int row = y / grid.scale;
        for (int x = 0; x < picture.image.width(); ++x) {
            const int column = x / grid.scale;
            const std::size_t cell = static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns)
                                     + static_cast<std::size_t>(column);
            const std::uint8_t *value = shown.data() + cell * channels;
            QRgb colour = channels == 3 ? qRgb(value[0], value[1], value[2]) : qRgb(value[0], value[0], value[0]);
            const core::LabelValue label = mask ? mask->at(column * grid.step, row * grid.step) : core::NotAnnotated;
            if (const core::LabelClass *under = request.classes.find(label))
                colour = blend(colour, qRgb(under->colour.red, under->colour.green, under->colour.blue),
                               isMarking ? FaintMaskShare : MaskShare);
            if (isMarking && isMarked(changes[cell], x, y))
                colour = blend(colour, markColour(changes[cell]), MarkShare);
            line[x] = colour;
        }
    }
    return picture;
}

QImage changeSwatch(core::PixelChange change, int side)
{
    QImage swatch(side, side, QImage::Format_RGB32);
    swatch.fill(qRgb(60, 60, 60));
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            if (isMarked(change, x, y))
                swatch.setPixel(x, y, markColour(change));
        }
    }
    return swatch;
}

} // namespace semigda::ui
