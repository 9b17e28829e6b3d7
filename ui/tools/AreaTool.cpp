// SPDX-License-Identifier: Apache-2.0
#include "ui/tools/AreaTool.h"

#include "ui/canvas/ImageDocument.h"

#include <numeric>

namespace semigda::ui
{

AreaTool::AreaTool(const ToolSettings &settings, BackgroundEdit::Ended ended)
    : Tool(settings)
    , m_edit(std::move(ended))
{}

void AreaTool::fill(ImageDocument &document, const std::vector<core::MaskEdit::RowSpan> &area, core::LabelValue value)
{
    const std::size_t pixels = std::accumulate(area.begin(), area.end(), std::size_t{0},
                                               [](std::size_t sum, const core::MaskEdit::RowSpan &span) {
                                                   return sum + static_cast<std::size_t>(span.count);
                                               });
    if (pixels <= MostAtOnce) {
        if (document.beginEdit(rule(), reason())) {
            paint(document, area, value);
            document.commitEdit();
        }
        return;
    }
    if (!m_edit.begin(document, rule(), reason()))
        return;
    m_edit.show([area, value, overpaint = rule(), range = settings().range,
                 image = document.sharedPixels()](const core::LabelMask &before, const std::stop_token &) {
        return core::changeOf(before, overpaint, [&](core::MaskEdit &edit) {
            edit.paint(range ? core::spansWithin(*image, area, *range) : area, value);
        });
    });
    m_edit.commit();
}

void AreaTool::cancel(ImageDocument &)
{
    drop();
    m_edit.cancel();
}

void AreaTool::finish(ImageDocument &)
{
    drop();
    m_edit.finish();
}

void AreaTool::forget()
{
    drop();
    m_edit.forget();
}

} // namespace semigda::ui
