// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/FrameJob_p.h"

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

FrameComposer::Job::Job(QImage &frame, const QRect &part, const ViewTransform &transform,
                        const ComposeOptions &composeOptions, const core::ImageData *image)
    : view(transform)
    , options(composeOptions)
    , m_bits(frame.bits())
    , m_bytesPerLine(frame.bytesPerLine())
    , m_part(part)
    , m_imageWidth(image != nullptr ? image->width : 0)
    , m_imageHeight(image != nullptr ? image->height : 0)
{
    const auto collect = [this](Qt::Orientation along, int begin, int end, int length, std::vector<int> &pixels) {
        int first = begin;
        for (int position = begin; position < end; ++position) {
            const double at = imageCoordinate(along, position);
            if (at < 0.0) {
                first = position + 1;
            } else if (at >= length) {
                break;
            } else {
                pixels.push_back(std::min(static_cast<int>(at), length - 1));
            }
        }
        return first;
    };
    const int left = collect(Qt::Horizontal, part.left(), part.right() + 1, m_imageWidth, columns);
    const int top = collect(Qt::Vertical, part.top(), part.bottom() + 1, m_imageHeight, rows);
    inside = QRect(left, top, width(), height());
}

double FrameComposer::Job::imageCoordinate(Qt::Orientation along, int framePosition) const
{
    return along == Qt::Horizontal ? (framePosition + 0.5 - view.offset.x()) / view.scaleX()
                                   : (framePosition + 0.5 - view.offset.y()) / view.scaleY();
}

QRgb *FrameComposer::Job::line(int y) const
{
    return reinterpret_cast<QRgb *>(m_bits + (inside.top() + y) * m_bytesPerLine) + inside.left();
}

void FrameComposer::Job::fill(const QRect &rect, QRgb colour) const
{
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        QRgb *out = reinterpret_cast<QRgb *>(m_bits + y * m_bytesPerLine) + rect.left();
        std::fill_n(out, rect.width(), colour);
    }
}

void FrameComposer::Job::fillAround(QRgb colour) const
{
    if (isEmpty()) {
        fill(m_part, colour);
        return;
    }
    fill(QRect(m_part.topLeft(), QPoint(m_part.right(), inside.top() - 1)), colour);
    fill(QRect(QPoint(m_part.left(), inside.bottom() + 1), m_part.bottomRight()), colour);
    fill(QRect(QPoint(m_part.left(), inside.top()), QPoint(inside.left() - 1, inside.bottom())), colour);
    fill(QRect(QPoint(inside.right() + 1, inside.top()), QPoint(m_part.right(), inside.bottom())), colour);
}

void FrameComposer::Job::fillInside(QRgb colour) const
{
    fill(inside, colour);
}

bool FrameComposer::Job::isHatched(int x, int y) const
{
    // In screen coordinates, so that parts drawn apart join.
    return ((inside.left() + x + inside.top() + y) & 7) < 2;
}

bool FrameComposer::Job::isCrossHatched(int x, int y) const
{
    return ((inside.left() + x - inside.top() - y) & 7) < 2;
}

bool FrameComposer::Job::startsPixel(Qt::Orientation along, int position) const
{
    const int here = pixelUnder(along, position);
    return here > 0 && here != pixelUnder(along, position - 1);
}

int FrameComposer::Job::pixelUnder(Qt::Orientation along, int position) const
{
    const bool isHorizontal = along == Qt::Horizontal;
    const double at = imageCoordinate(along, position + (isHorizontal ? inside.left() : inside.top()));
    const int length = isHorizontal ? m_imageWidth : m_imageHeight;
    return at < 0.0 || at >= length ? -1 : std::min(static_cast<int>(at), length - 1);
}

std::vector<SamplePlace> FrameComposer::Job::samples(Qt::Orientation along, int level, int count, bool isSmooth) const
{
    const bool isHorizontal = along == Qt::Horizontal;
    const int begin = isHorizontal ? inside.left() : inside.top();
    const double step = 1 << level;
    std::vector<SamplePlace> result(isHorizontal ? columns.size() : rows.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
        const double at = imageCoordinate(along, begin + static_cast<int>(i));
        // Sample k of a level is pixel k * step, whose centre lies half a pixel further.
        const double place = isSmooth ? std::clamp((at - 0.5) / step, 0.0, count - 1.0) : at / step;
        const double index = std::floor(place);
        result[i].index = std::clamp(static_cast<int>(index), 0, count - 1);
        result[i].share = isSmooth ? static_cast<unsigned>((place - index) * 256.0) : 0U;
    }
    return result;
}

} // namespace semigda::ui
