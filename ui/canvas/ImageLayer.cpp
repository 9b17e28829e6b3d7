// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/ImageLayer.h"

#include <algorithm>
#include <cstring>

namespace semigda::ui
{

namespace
{

void copyRow(const QImage &from, QImage &to, const QRect &part, int y)
{
    constexpr auto PixelBytes = static_cast<int>(sizeof(QRgb));
    std::memcpy(to.scanLine(y) + part.left() * PixelBytes, from.constScanLine(y) + part.left() * PixelBytes,
                static_cast<std::size_t>(part.width()) * sizeof(QRgb));
}

} // namespace

void ImageLayer::clear()
{
    m_look = {};
    m_isLookUsual = false;
    m_kept = {};
    m_known.clear();
}

void ImageLayer::setLook(const Look &look)
{
    m_isLookUsual = look == m_look;
    if (m_isLookUsual)
        return;
    m_look = look;
    m_known.clear();
}

bool ImageLayer::restore(QImage &frame, const QRect &part) const
{
    if (m_known.empty())
        return false;
    for (int y = part.top(); y <= part.bottom(); ++y) {
        const auto [first, end] = m_known[static_cast<std::size_t>(y)];
        if (part.left() < first || part.right() >= end)
            return false;
    }
    for (int y = part.top(); y <= part.bottom(); ++y)
        copyRow(m_kept, frame, part, y);
    return true;
}

void ImageLayer::keep(const QImage &frame, const QRect &part)
{
    if (!m_isLookUsual)
        return;
    if (m_kept.size() != frame.size() || m_kept.format() != frame.format())
        m_kept = QImage(frame.size(), frame.format());
    if (m_kept.isNull())
        return;
    m_known.resize(static_cast<std::size_t>(frame.height()));
    const Columns added(part.left(), part.right() + 1);
    for (int y = part.top(); y <= part.bottom(); ++y) {
        copyRow(frame, m_kept, part, y);
        Columns &known = m_known[static_cast<std::size_t>(y)];
        const bool doTouch = added.first <= known.second && known.first <= added.second;
        known = doTouch ? Columns(std::min(known.first, added.first), std::max(known.second, added.second)) : added;
    }
}

} // namespace semigda::ui
