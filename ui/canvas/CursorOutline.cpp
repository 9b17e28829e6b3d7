// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/CursorOutline.h"

#include <QLineF>

namespace semigda::ui
{

QPainterPath withoutClosePoints(const QPainterPath &path, double least)
{
    QPainterPath kept;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element element = path.elementAt(i);
        const bool isEnd = i + 1 == path.elementCount() || path.elementAt(i + 1).isMoveTo();
        if (element.isMoveTo())
            kept.moveTo(element);
        else if (!element.isLineTo())
            return path;
        else if (isEnd || QLineF(kept.currentPosition(), element).length() >= least)
            kept.lineTo(element);
    }
    return kept;
}

} // namespace semigda::ui
