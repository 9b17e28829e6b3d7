// SPDX-License-Identifier: Apache-2.0
#include "ui/tools/RegionTool.h"

#include "core/RegionGrow.h"
#include "ui/canvas/ImageDocument.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace semigda::ui
{

namespace
{

// Screen pixels of a drag that double the tolerance.
constexpr double DoublingDrag = 60.0;

} // namespace

RegionTool::RegionTool(const ToolSettings &settings, Reach reach, BackgroundEdit::Ended ended)
    : Tool(settings)
    , m_reach(reach)
    , m_edit(std::move(ended))
{}

void RegionTool::press(ImageDocument &document, const ToolPoint &point)
{
    // One more while another is being looked for would be drawn on a mask without the first.
    if (!m_edit.begin(document, rule(), reason()))
        return;
    m_isHeld = true;
    m_value = valueToWrite(document, isInverted(point));
    m_start = point.position;
    m_startTolerance = m_tolerance = settings().tolerance;
    search(document);
}

void RegionTool::move(ImageDocument &document, const ToolPoint &point)
{
    if (!m_isHeld || m_reach == Reach::SameClass)
        return;
    const double way = (point.position.x() - m_start.x()) / point.pixelSize;
    const double tolerance = std::clamp(m_startTolerance * std::exp2(way / DoublingDrag), ToolSettings::MinTolerance,
                                        ToolSettings::MaxTolerance);
    if (std::exchange(m_tolerance, tolerance) != tolerance)
        search(document);
}

void RegionTool::release(ImageDocument &document, const ToolPoint &point)
{
    if (!m_isHeld)
        return;
    move(document, point);
    m_isHeld = false;
    m_edit.commit();
}

void RegionTool::search(const ImageDocument &document)
{
    m_edit.show([pixels = document.sharedPixels(), reach = m_reach, overpaint = rule(), value = m_value,
                 range = settings().range, x = static_cast<int>(std::floor(m_start.x())),
                 y = static_cast<int>(std::floor(m_start.y())), tolerance = m_tolerance * document.contrast().width](
                    const core::LabelMask &before, const std::stop_token &stop) {
        const std::vector<core::MaskEdit::RowSpan> region = reach == Reach::SameClass
                                                                ? core::sameLabelRegion(before, x, y, stop)
                                                                : core::similarRegion(*pixels, x, y, tolerance, stop);
        return core::changeOf(before, overpaint, [&](core::MaskEdit &edit) {
            edit.paint(range ? core::spansWithin(*pixels, region, *range) : region, value);
        });
    });
}

void RegionTool::cancel(ImageDocument &)
{
    m_isHeld = false;
    m_edit.cancel();
}

void RegionTool::putDown(ImageDocument &document)
{
    if (m_isHeld)
        cancel(document);
}

void RegionTool::finish(ImageDocument &)
{
    m_isHeld = false;
    m_edit.finish();
}

void RegionTool::forget()
{
    m_isHeld = false;
    m_edit.forget();
}

} // namespace semigda::ui
