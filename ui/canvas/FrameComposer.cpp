// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/FrameComposer.h"

#include "ui/canvas/FrameJob_p.h"
#include "ui/canvas/Magma.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace semigda::ui
{

namespace
{

constexpr QRgb HiddenImage = 0xff000000U;
// Blue hatching, the safe partner of the first class's orange.
constexpr QRgb BackgroundHatch = 0xff56a0e0U;
constexpr QRgb GridLine = 0xff808080U;
// Rows drawn at a time, so that what all layers need of them stays in the processor's cache.
constexpr int StripRows = 64;

unsigned shareOf(double opacity)
{
    return static_cast<unsigned>(std::lround(std::clamp(opacity, 0.0, 1.0) * 256.0));
}

} // namespace

void FrameComposer::setImage(const core::ImageData *image)
{
    m_image = image;
    m_tiles.setImage(image);
    m_imageLayer.clear();
}

void FrameComposer::setClasses(const core::LabelSet &classes)
{
    m_paints.clear();
    for (const core::LabelClass &each : classes.classes())
        m_paints[each.value] = {qRgb(each.colour.red, each.colour.green, each.colour.blue), each.visible};
}

FrameComposer::Paint FrameComposer::paintOf(core::LabelValue value) const
{
    if (const auto found = m_paints.find(value); found != m_paints.end())
        return found->second;
    // A class that is not in the set any more is still shown.
    const core::Rgb colour = core::defaultColour(value);
    return {qRgb(colour.red, colour.green, colour.blue), value != core::Background && value != core::NotAnnotated};
}

QRect FrameComposer::affected(const core::PixelRect &mask, const ViewTransform &view, const ComposeOptions &options)
{
    // A line runs inside the region it bounds, and that may be the one next to what changed.
    const int reach = options.strokes.style == MaskStyle::Fill ? 0 : std::max(1, options.lineWidth);
    return view.toScreen(QRectF(mask.left, mask.top, mask.width, mask.height))
        .toAlignedRect()
        .adjusted(-reach, -reach, reach, reach);
}

void FrameComposer::compose(QImage &frame, const QRect &part, const ViewTransform &view, const ComposeOptions &options)
{
    const QRect inside = part & frame.rect();
    if (inside.isEmpty())
        return;
    m_imageLayer.setLook({frame.size(), view, options.window, options.showImage, options.surround});
    m_composed += static_cast<std::size_t>(inside.width()) * static_cast<std::size_t>(inside.height());
    for (int top = inside.top(); top <= inside.bottom(); top += StripRows) {
        const QRect strip(inside.left(), top, inside.width(), std::min(StripRows, inside.bottom() - top + 1));
        const Job job(frame, strip, view, options, m_image);
        if (!m_imageLayer.restore(frame, strip)) {
            composeGround(job);
            m_imageComposed += static_cast<std::size_t>(strip.width()) * static_cast<std::size_t>(strip.height());
            m_imageLayer.keep(frame, strip);
        }
        if (!job.isEmpty())
            composeOverlay(job);
    }
}

void FrameComposer::composeGround(const Job &job)
{
    job.fillAround(job.options.surround);
    if (job.isEmpty())
        return;
    if (job.options.showImage)
        composeImage(job);
    else
        job.fillInside(HiddenImage);
}

void FrameComposer::composeOverlay(const Job &job)
{
    const ComposeOptions &options = job.options;
    if (options.showOverlay && options.showUncertainty && m_prediction != nullptr)
        composeUncertainty(job);
    if (options.showOverlay && options.showStrokes && m_mask != nullptr)
        composeMask(job, *m_mask, options.strokes, options.showBackground);
    if (options.showOverlay && options.showPrediction && m_prediction != nullptr)
        composeMask(job, m_prediction->mask, options.prediction, false);
    if (job.view.scaleX() >= GridZoom && job.view.scaleY() >= GridZoom)
        composeGrid(job);
}

void FrameComposer::composeImage(const Job &job)
{
    m_tiles.setWindow(job.options.window);
    const double scale = std::max(job.view.scaleX(), job.view.scaleY());
    const int level = std::clamp(static_cast<int>(std::lround(-std::log2(scale))), 0, DisplayTiles::MaxLevel);
    const bool isSmooth = scale < SquareZoom;
    const std::vector<SamplePlace> columns = job.samples(Qt::Horizontal, level, m_tiles.columns(level), isSmooth);
    const std::vector<SamplePlace> rows = job.samples(Qt::Vertical, level, m_tiles.rows(level), isSmooth);
    const int first = columns.front().index;
    const int last = std::min(columns.back().index + 1, m_tiles.columns(level) - 1);
    const int channels = m_tiles.channels();
    // One more than there are: the last one's next, of which nothing is taken.
    std::vector<std::uint8_t> source(static_cast<std::size_t>((last - first + 2) * channels));

    // Two stretched rows are needed at a time, and most serve several screen rows.
    struct Stretched
    {
        int row = -1;
        std::vector<std::uint16_t> values;
    };
    Stretched upper;
    Stretched lower;
    const auto stretch = [&](Stretched &to, int row) {
        m_tiles.readRow(level, first, row, last - first + 1, source.data());
        to.row = row;
        to.values.resize(columns.size() * static_cast<std::size_t>(channels));
        stretchRow(source.data(), first, channels, columns, to.values.data());
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const int row = rows[i].index;
        const int next = std::min(row + 1, m_tiles.rows(level) - 1);
        if (upper.row != row && lower.row == row)
            std::swap(upper, lower);
        if (upper.row != row)
            stretch(upper, row);
        const unsigned share = next == row ? 0 : rows[i].share;
        if (share != 0 && lower.row != next)
            stretch(lower, next);
        const Stretched &below = share != 0 ? lower : upper;
        mixRows(upper.values.data(), below.values.data(), share, channels, columns.size(),
                job.line(static_cast<int>(i)));
    }
}

void FrameComposer::composeUncertainty(const Job &job)
{
    const core::UncertaintyMap &map = m_prediction->uncertainty;
    if (map.width <= 0 || map.height <= 0
        || map.values.size() != static_cast<std::size_t>(map.width) * static_cast<std::size_t>(map.height))
        return;
    const auto place = [](int pixel, int length, int mapLength) {
        return static_cast<std::size_t>(static_cast<std::int64_t>(pixel) * mapLength / length);
    };
    constexpr unsigned MostOpaque = 210; // of 256: the image stays visible below
    std::vector<std::size_t> places(job.columns.size());
    std::transform(job.columns.begin(), job.columns.end(), places.begin(),
                   [&](int column) { return place(column, m_image->width, map.width); });
    for (int y = 0; y < job.height(); ++y) {
        const std::uint8_t *row = map.values.data()
                                  + place(job.rows[static_cast<std::size_t>(y)], m_image->height, map.height)
                                        * static_cast<std::size_t>(map.width);
        QRgb *out = job.line(y);
        for (const std::size_t each : places) {
            *out = blend(*out, magma()[row[each]], row[each] * MostOpaque / 255U);
            ++out;
        }
    }
}

void FrameComposer::composeMask(const Job &job, const core::LabelMask &mask, const LayerLook &look,
                                bool showsBackground)
{
    if (mask.width() != m_image->width || mask.height() != m_image->height)
        return;
    if (look.style != MaskStyle::Fill)
        composeLines(job, mask, look);
    if (look.style == MaskStyle::Fill || showsBackground)
        composeFill(job, mask, look.style == MaskStyle::Fill ? shareOf(look.opacity) : 0U, showsBackground);
}

void FrameComposer::composeFill(const Job &job, const core::LabelMask &mask, unsigned share, bool showsBackground)
{
    const unsigned backgroundShare = shareOf(job.options.strokes.opacity);
    LabelRuns runs(mask, job.columns);
    core::LabelValue lastValue = core::NotAnnotated;
    Paint paint;
    for (int y = 0; y < job.height(); ++y) {
        QRgb *out = job.line(y);
        for (const LabelRun &run : runs.read(job.rows[static_cast<std::size_t>(y)])) {
            if (run.value == core::Background) {
                for (int x = run.begin; showsBackground && x < run.end; ++x) {
                    if (job.isHatched(x, y))
                        out[x] = blend(out[x], BackgroundHatch, backgroundShare);
                }
                continue;
            }
            if (run.value == core::NotAnnotated || share == 0)
                continue;
            if (std::exchange(lastValue, run.value) != run.value)
                paint = paintOf(run.value);
            if (paint.isVisible)
                blendRow(out + run.begin, static_cast<std::size_t>(run.end - run.begin), paint.colour, share);
        }
    }
}

void FrameComposer::composeLines(const Job &job, const core::LabelMask &mask, const LayerLook &look)
{
    // A line runs inside the region it bounds: its pixels have another value within reach. Rows and columns around the
    // part are needed for that.
    const int reach = std::max(1, job.options.lineWidth);
    const bool isHatched = look.style == MaskStyle::Hatch;
    const unsigned share = shareOf(look.opacity);
    LabelRows labels(mask, job, reach);
    const auto width = static_cast<std::ptrdiff_t>(labels.stride());
    core::LabelValue lastValue = core::Background;
    Paint paint;
    for (int y = 0; y < job.height(); ++y) {
        const core::LabelValue *here = labels.row(y);
        QRgb *out = job.line(y);
        for (int x = 0; x < job.width(); ++x) {
            const core::LabelValue value = here[x];
            if (value == core::Background || value == core::NotAnnotated)
                continue;
            bool isDrawn = isHatched && job.isCrossHatched(x, y);
            for (int step = 1; step <= reach && !isDrawn; ++step)
                isDrawn = here[x - step] != value || here[x + step] != value || here[x - step * width] != value
                          || here[x + step * width] != value;
            if (!isDrawn)
                continue;
            if (value != lastValue) {
                lastValue = value;
                paint = paintOf(value);
            }
            if (paint.isVisible)
                out[x] = blend(out[x], paint.colour, share);
        }
    }
}

void FrameComposer::composeGrid(const Job &job)
{
    constexpr unsigned Share = 64;
    std::vector<int> lines;
    for (int x = 0; x < job.width(); ++x) {
        if (job.startsPixel(Qt::Horizontal, x))
            lines.push_back(x);
    }
    for (int y = 0; y < job.height(); ++y) {
        QRgb *out = job.line(y);
        if (job.startsPixel(Qt::Vertical, y)) {
            std::for_each(out, out + job.width(), [](QRgb &pixel) { pixel = blend(pixel, GridLine, Share); });
            continue;
        }
        for (const int x : lines)
            out[x] = blend(out[x], GridLine, Share);
    }
}

} // namespace semigda::ui
