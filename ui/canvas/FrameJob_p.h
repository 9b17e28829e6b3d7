// SPDX-License-Identifier: Apache-2.0
// How FrameComposer maps the screen to the image while it draws one part.
#pragma once

#include "ui/canvas/FrameComposer.h"
#include "ui/canvas/LabelRuns_p.h"
#include "ui/canvas/PixelRows_p.h"

#include <algorithm>
#include <vector>

namespace semigda::ui
{

/// Which image pixel lies under each column and row of a part of the frame. Coordinates x, y below count from the top
/// left of what shows the image (`inside`).
struct FrameComposer::Job
{
    Job(QImage &frame, const QRect &part, const ViewTransform &view, const ComposeOptions &options,
        const core::ImageData *image);

    const ViewTransform &view;
    const ComposeOptions &options;
    QRect inside;             ///< of the frame: where the image is
    std::vector<int> columns; ///< image column under each, ascending
    std::vector<int> rows;

    bool isEmpty() const { return columns.empty() || rows.empty(); }
    int width() const { return static_cast<int>(columns.size()); }
    int height() const { return static_cast<int>(rows.size()); }
    QRgb *line(int y) const;
    void fillAround(QRgb colour) const;
    void fillInside(QRgb colour) const;
    /// Rising lines, for background.
    bool isHatched(int x, int y) const;
    /// Falling lines, which tell a hatched class from background.
    bool isCrossHatched(int x, int y) const;
    /// A new image pixel begins at this column (horizontal) or row.
    bool startsPixel(Qt::Orientation along, int position) const;
    /// The image column or row under a position that may lie outside of the part; -1 outside of the image.
    int pixelUnder(Qt::Orientation along, int position) const;

    /// Where the screen's columns or rows lie among a level's.
    std::vector<SamplePlace> samples(Qt::Orientation along, int level, int count, bool isSmooth) const;

private:
    void fill(const QRect &rect, QRgb colour) const;
    double imageCoordinate(Qt::Orientation along, int framePosition) const;

    uchar *m_bits;
    qsizetype m_bytesPerLine;
    QRect m_part;
    int m_imageWidth;
    int m_imageHeight;
};

/// Labels under a part and `reach` screen pixels around it; background outside of the image.
class LabelRows
{
public:
    template <typename Job> LabelRows(const core::LabelMask &mask, const Job &job, int reach);

    std::size_t stride() const { return m_stride; }
    /// Row y of the part; valid from -reach to width + reach, rows above and below lie one stride apart.
    const core::LabelValue *row(int y) const
    {
        return m_labels.data() + static_cast<std::size_t>(y + m_reach) * m_stride + static_cast<std::size_t>(m_reach);
    }

private:
    int m_reach;
    std::size_t m_stride;
    std::vector<core::LabelValue> m_labels;
};

template <typename Job>
LabelRows::LabelRows(const core::LabelMask &mask, const Job &job, int reach)
    : m_reach(reach)
    , m_stride(static_cast<std::size_t>(job.width() + 2 * reach))
    , m_labels(m_stride * static_cast<std::size_t>(job.height() + 2 * reach), core::Background)
{
    std::vector<int> columns; // those inside follow each other
    std::size_t outside = 0;  // before them
    for (std::size_t i = 0; i < m_stride; ++i) {
        const int column = job.pixelUnder(Qt::Horizontal, static_cast<int>(i) - reach);
        if (column >= 0)
            columns.push_back(column);
        else if (columns.empty())
            ++outside;
    }
    LabelRuns runs(mask, columns);
    for (int y = -reach; y < job.height() + reach; ++y) {
        const int row = job.pixelUnder(Qt::Vertical, y);
        if (row < 0)
            continue;
        core::LabelValue *out = m_labels.data() + static_cast<std::size_t>(y + reach) * m_stride + outside;
        for (const LabelRun &run : runs.read(row))
            std::fill(out + run.begin, out + run.end, run.value);
    }
}

} // namespace semigda::ui
