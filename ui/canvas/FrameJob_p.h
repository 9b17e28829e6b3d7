// SPDX-License-Identifier: Apache-2.0
// How FrameComposer maps the screen to the image while it draws one part.
#pragma once

#include "ui/canvas/FrameComposer.h"

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

    /// Between which two samples of a level a screen column or row lies: `share` of 256 of the one after `index`.
    struct Sample
    {
        int index = 0;
        unsigned share = 0;
    };
    std::vector<Sample> samples(Qt::Orientation along, int level, int count, bool isSmooth) const;

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
    std::vector<int> columns(m_stride);
    for (std::size_t i = 0; i < m_stride; ++i)
        columns[i] = job.pixelUnder(Qt::Horizontal, static_cast<int>(i) - reach);
    int first = -1;
    int last = -1;
    for (const int column : columns) {
        if (column >= 0) {
            first = first < 0 ? column : first;
            last = column;
        }
    }
    if (first < 0)
        return;
    std::vector<core::LabelValue> source(static_cast<std::size_t>(last - first + 1));
    int before = -1;
    for (int y = -reach; y < job.height() + reach; ++y) {
        const int row = job.pixelUnder(Qt::Vertical, y);
        core::LabelValue *out = m_labels.data() + static_cast<std::size_t>(y + reach) * m_stride;
        if (row < 0) {
            before = -1;
            continue;
        }
        if (row == before) {
            std::copy(out - m_stride, out, out);
            continue;
        }
        before = row;
        mask.readRow(first, row, last - first + 1, source.data());
        for (std::size_t i = 0; i < m_stride; ++i)
            out[i] = columns[i] < 0 ? core::Background : source[static_cast<std::size_t>(columns[i] - first)];
    }
}

} // namespace semigda::ui
