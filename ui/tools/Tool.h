// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelSet.h"
#include "core/MaskShapes.h"
#include "core/ValueRange.h"

#include <QColor>
#include <QPainterPath>
#include <QPointF>
#include <Qt>

#include <optional>
#include <string>

namespace semigda::ui
{

class ImageDocument;

/// Where the pointer is, in image coordinates: pixel (x, y) covers [x, x+1) x [y, y+1).
struct ToolPoint
{
    QPointF position;
    Qt::KeyboardModifiers modifiers;
    double pressure = 1.0;  ///< of a pen, 0..1; 1 for a mouse
    bool isEraser = false;  ///< the pen's other end
    double pixelSize = 1.0; ///< width of a device pixel in image pixels, for what must be within reach
};

/// What a tool works with; kept up to date by ToolController.
struct ToolSettings
{
    core::LabelValue activeClass = core::Background;
    core::LabelSet classes;
    double brushSize = 15.0; ///< diameter in image pixels, 1..500
    core::BrushShape brushShape = core::BrushShape::Round;
    /// In a volume the brush is a ball, which paints the slices beside the one on show too; its shape is round then.
    bool isSphere = false;
    bool usesPressure = false; ///< a pen's pressure scales the brush
    /// Of the wand: how far values may lie apart, as a share of the width of the contrast that the image came with.
    double tolerance = 0.1;
    static constexpr double MinTolerance = 0.001;
    static constexpr double MaxTolerance = 1.0;
    std::optional<core::ValueRange> range; ///< where the image's values lie elsewhere, nothing is drawn
};

/// One way to change a mask by mouse, pen and keys. Writes only through the document's edit. Gui thread.
class Tool
{
public:
    virtual ~Tool() = default;

    /// The reason written to the history ("Brush"); also the tool's name.
    virtual std::string reason() const = 0;
    /// What is on show from now on; not owned, null: nothing.
    virtual void show(ImageDocument *document) { static_cast<void>(document); }
    virtual void press(ImageDocument &document, const ToolPoint &point) = 0;
    virtual void move(ImageDocument &document, const ToolPoint &point) = 0;
    virtual void release(ImageDocument &document, const ToolPoint &point) = 0;
    /// Without a button held.
    virtual void hover(const ToolPoint &point) { static_cast<void>(point); }
    /// True when the tool has a use for it; otherwise the canvas treats it as a press.
    virtual bool doubleClick(ImageDocument &document, const ToolPoint &point);
    /// True when the tool has a use for the key.
    virtual bool key(ImageDocument &document, int key, Qt::KeyboardModifiers modifiers);
    /// Nothing of what was begun remains.
    virtual void cancel(ImageDocument &document) = 0;
    /// Another tool is taken: nothing of what is being drawn remains.
    virtual void putDown(ImageDocument &document) { cancel(document); }
    /// The document goes: keeps what was drawn where that makes sense.
    virtual void finish(ImageDocument &document) { cancel(document); }
    /// The document is gone already, and with it all that was begun.
    virtual void forget() = 0;
    /// Something was begun and not finished yet.
    virtual bool isActive() const = 0;

    /// What to draw at the pointer, in image coordinates; `point` is where it hovers.
    virtual QPainterPath outline(const ToolPoint &point) const = 0;
    /// True: the outline alone shows where the tool acts and the system's pointer may go.
    virtual bool hidesPointer() const { return false; }

protected:
    explicit Tool(const ToolSettings &settings)
        : m_settings(settings)
    {}
    const ToolSettings &settings() const { return m_settings; }

    /// What Ctrl or the pen's other end make of a tool that paints, or of one that erases.
    static bool isInverted(const ToolPoint &point);
    /// The value to write: the active class, or what "erased" means for the document.
    core::LabelValue valueToWrite(const ImageDocument &document, bool erases) const;
    /// Writes where the settings allow it.
    void paint(ImageDocument &document, const std::vector<core::MaskEdit::RowSpan> &spans,
               core::LabelValue value) const;
    /// Locked classes other than the active one stay.
    core::OverpaintRule rule() const;

private:
    const ToolSettings &m_settings; ///< of the ToolController that owns the tool
};

/// See core::erasedValue.
core::LabelValue erasedValue(const ImageDocument &document);

} // namespace semigda::ui
