// SPDX-License-Identifier: Apache-2.0
#include "ui/tools/SuperpixelTool.h"

#include "core/MaskOutline.h"
#include "ui/canvas/ImageDocument.h"

#include <algorithm>
#include <cmath>

namespace semigda::ui
{

namespace
{

QPainterPath pathAround(const core::Superpixel &superpixel)
{
    const core::PixelRect &bounds = superpixel.bounds;
    core::LabelMask mask(bounds.width, bounds.height, core::Background);
    for (const core::MaskEdit::RowSpan &span : superpixel.spans)
        mask.fillRow(span.x - bounds.left, span.y - bounds.top, span.count, 1);
    QPainterPath path;
    for (const core::Outline &outline : core::outlinesOf(mask, 1)) {
        QPolygonF polygon;
        for (const core::PointF &corner : outline)
            polygon << QPointF(corner.x + bounds.left, corner.y + bounds.top);
        path.addPolygon(polygon);
        path.closeSubpath();
    }
    return path;
}

QPoint pixelAt(QPointF position)
{
    return {static_cast<int>(std::floor(position.x())), static_cast<int>(std::floor(position.y()))};
}

} // namespace

SuperpixelTool::SuperpixelTool(const ToolSettings &settings, BackgroundEdit::Ended ended,
                               std::function<void()> outlineChanged)
    : Tool(settings)
    , m_ended(std::move(ended))
    , m_outlineChanged(std::move(outlineChanged))
    , m_finder(std::make_unique<SuperpixelFinder>([this] {
        paintWaiting();
        m_outlineChanged();
    }))
{}

int SuperpixelTool::side() const
{
    return std::clamp(static_cast<int>(std::lround(settings().brushSize)), core::Superpixels::MinSide,
                      core::Superpixels::MaxSide);
}

void SuperpixelTool::show(ImageDocument *document)
{
    m_document = document;
    m_outlined.reset();
    m_finder->forget();
}

bool SuperpixelTool::begin(ImageDocument &document)
{
    const Stroke &stroke = m_strokes.front();
    if (!document.beginEdit(stroke.rule, stroke.reason))
        return false;
    m_editNumber = document.editNumber();
    return true;
}

bool SuperpixelTool::ownsEdit() const
{
    return m_document && m_document->isEditing() && m_document->editNumber() == m_editNumber;
}

void SuperpixelTool::press(ImageDocument &document, const ToolPoint &point)
{
    // A stroke while the one before is still being worked out waits for its turn.
    const bool isErasing = isInverted(point);
    Stroke stroke;
    stroke.map = m_finder->mapOf(document, side());
    stroke.value = valueToWrite(document, isErasing);
    stroke.rule = rule();
    stroke.reason = isErasing ? "Eraser" : reason();
    m_strokes.push_back(std::move(stroke));
    if (m_strokes.size() == 1 && !begin(document)) {
        m_strokes.clear();
        return;
    }
    m_last = point.position;
    lead(point.position);
}

void SuperpixelTool::move(ImageDocument &, const ToolPoint &point)
{
    if (isHeld() && pixelAt(point.position) != pixelAt(m_last))
        lead(point.position);
}

void SuperpixelTool::release(ImageDocument &document, const ToolPoint &point)
{
    move(document, point);
    if (!isHeld())
        return;
    m_strokes.back().isReleased = true;
    paintWaiting();
}

void SuperpixelTool::lead(QPointF position)
{
    Stroke &stroke = m_strokes.back();
    const core::ImageData &image = stroke.map->superpixels().image();
    for (const core::MaskEdit::RowSpan &span :
         core::brushStroke({m_last.x(), m_last.y()}, {position.x(), position.y()}, 1.0)) {
        if (span.y < 0 || span.y >= image.height)
            continue;
        for (int x = std::max(span.x, 0); x < std::min(span.x + span.count, image.width); ++x)
            stroke.waiting.emplace_back(x, span.y);
    }
    m_last = position;
    paintWaiting();
}

void SuperpixelTool::paintWaiting()
{
    while (!m_strokes.empty()) {
        Stroke &stroke = m_strokes.front();
        if (!ownsEdit()) {
            const bool isAllPainted = stroke.waiting.empty() && m_strokes.size() == 1;
            m_strokes.clear();
            if (!isAllPainted)
                m_ended(BackgroundEdit::Ending::LeftOut);
            return;
        }
        while (!stroke.waiting.empty()) {
            const QPoint pixel = stroke.waiting.front();
            const std::shared_ptr<const core::Superpixel> superpixel = stroke.map->known(pixel.x(), pixel.y());
            if (!superpixel) {
                m_finder->find(stroke.map, pixel);
                return;
            }
            stroke.waiting.pop_front();
            if (stroke.painted.insert(superpixel->label).second)
                paint(*m_document, superpixel->spans, stroke.value);
        }
        if (!stroke.isReleased)
            return;
        m_strokes.pop_front();
        const bool hasChanged = m_document->commitEdit();
        m_ended(hasChanged ? BackgroundEdit::Ending::Changed : BackgroundEdit::Ending::Unchanged);
        if (!m_strokes.empty() && (!m_document || !begin(*m_document))) {
            m_strokes.clear();
            m_ended(BackgroundEdit::Ending::LeftOut);
        }
    }
}

void SuperpixelTool::cancel(ImageDocument &document)
{
    const bool isOwn = ownsEdit();
    forget();
    if (isOwn)
        document.revertEdit();
}

void SuperpixelTool::putDown(ImageDocument &document)
{
    if (!isHeld())
        return;
    if (m_strokes.size() == 1)
        cancel(document);
    else
        m_strokes.pop_back();
}

void SuperpixelTool::finish(ImageDocument &document)
{
    const bool isAllPainted = m_strokes.size() == 1 && m_strokes.front().waiting.empty();
    const bool isOwn = ownsEdit();
    forget();
    const bool hasChanged = isOwn && document.commitEdit();
    if (!isAllPainted)
        m_ended(BackgroundEdit::Ending::LeftOut);
    else if (isOwn)
        m_ended(hasChanged ? BackgroundEdit::Ending::Changed : BackgroundEdit::Ending::Unchanged);
}

void SuperpixelTool::forget()
{
    m_strokes.clear();
    m_finder->forget();
}

QPainterPath SuperpixelTool::outline(const ToolPoint &point) const
{
    if (!m_document)
        return {};
    const SuperpixelFinder::Map map = m_finder->mapOf(*m_document, side());
    const QPoint pixel = pixelAt(point.position);
    m_finder->lookAround(map, pixel);
    const std::shared_ptr<const core::Superpixel> superpixel = map->known(pixel.x(), pixel.y());
    if (!superpixel)
        return {};
    if (std::exchange(m_outlined, superpixel) != superpixel)
        m_outline = pathAround(*superpixel);
    return m_outline;
}

} // namespace semigda::ui
