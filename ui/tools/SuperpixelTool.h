// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/canvas/BackgroundEdit.h"
#include "ui/tools/SuperpixelFinder.h"
#include "ui/tools/Tool.h"

#include <QPointer>

#include <deque>
#include <unordered_set>

namespace semigda::ui
{

/// Paints whole superpixels that the pointer is led over, of about the brush's size; see core/Superpixels.h. The one
/// under the pointer is outlined. Ctrl erases instead, Esc cancels. What is not known yet is worked out on another
/// thread, stroke by stroke in the order they were drawn; a stroke ends when all of it is painted. Gui thread.
class SuperpixelTool : public Tool
{
public:
    /// `ended` is told of every stroke that was not cancelled.
    SuperpixelTool(const ToolSettings &settings, BackgroundEdit::Ended ended, std::function<void()> outlineChanged);

    std::string reason() const override { return "Superpixel brush"; }
    void show(ImageDocument *document) override;
    void press(ImageDocument &document, const ToolPoint &point) override;
    void move(ImageDocument &document, const ToolPoint &point) override;
    void release(ImageDocument &document, const ToolPoint &point) override;
    void cancel(ImageDocument &document) override;
    /// Strokes that are complete are still painted.
    void putDown(ImageDocument &document) override;
    void finish(ImageDocument &document) override;
    void forget() override;
    bool isActive() const override { return !m_strokes.empty(); }
    QPainterPath outline(const ToolPoint &point) const override;

private:
    struct Stroke
    {
        SuperpixelFinder::Map map;
        core::LabelValue value = core::Background;
        core::OverpaintRule rule;
        std::string reason;
        std::deque<QPoint> waiting; ///< pixels of its way that are not painted yet
        std::unordered_set<std::int32_t> painted;
        bool isReleased = false;
    };

    bool isHeld() const { return !m_strokes.empty() && !m_strokes.back().isReleased; }
    bool begin(ImageDocument &document);
    /// Nothing else has ended the edit of the first stroke, as a step of the whole image does.
    bool ownsEdit() const;
    void lead(QPointF position);
    void paintWaiting();
    int side() const;

    BackgroundEdit::Ended m_ended;
    std::function<void()> m_outlineChanged;
    QPointer<ImageDocument> m_document; ///< on show
    std::deque<Stroke> m_strokes;       ///< the document's edit is that of the first
    std::uint64_t m_editNumber = 0;
    QPointF m_last;
    mutable std::shared_ptr<const core::Superpixel> m_outlined;
    mutable QPainterPath m_outline; ///< of that
    std::unique_ptr<SuperpixelFinder> m_finder;
};

} // namespace semigda::ui
