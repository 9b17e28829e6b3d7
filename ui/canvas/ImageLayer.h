// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/canvas/ViewTransform.h"

#include "core/ImageData.h"

#include <QImage>
#include <QRect>
#include <QRgb>
#include <QSize>

#include <utility>
#include <vector>

namespace semigda::ui
{

/// A frame as it was composed of the image alone, because that takes longer than to paint labels over it, and labels
/// change more often. Costs nothing while every frame has another view. Gui thread.
class ImageLayer
{
public:
    /// What an image looks like in a frame depends on.
    struct Look
    {
        QSize frame; ///< device pixels
        ViewTransform view;
        core::ValueWindow window;
        bool showImage = true;
        QRgb surround = 0;

        bool operator==(const Look &) const = default;
    };

    /// It is another image.
    void clear();
    /// To be called before each use: with another look than before, nothing is known, nor kept until it comes again.
    void setLook(const Look &look);
    /// Copies a part of the frame if all of it is known.
    bool restore(QImage &frame, const QRect &part) const;
    /// The part has just been composed and shows the image alone.
    void keep(const QImage &frame, const QRect &part);

private:
    using Columns = std::pair<int, int>; ///< [first, second)

    Look m_look;
    bool m_isLookUsual = false; ///< it came twice
    QImage m_kept;
    std::vector<Columns> m_known; ///< of each row
};

} // namespace semigda::ui
