// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/tools/RegionTool.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <map>
#include <memory>

class QKeyEvent;

namespace semigda::ui
{

class ImageDocument;

enum class ToolKind {
    Brush,
    AdaptiveBrush,
    Eraser,
    Polygon,
    Lasso,
    Rectangle,
    Ellipse,
    Fill,
    Wand,
    Superpixels,
    Pan ///< no tool: the canvas moves the view
};

/// The tool in hand, the class to paint with and the brush. The canvas feeds it, panels and actions set it. Gui thread.
///
/// Keys: Enter, Esc and Backspace as the tool says while something is drawn; all others are actions'.
class ToolController : public QObject
{
    Q_OBJECT

public:
    static constexpr double MinBrush = 1.0;
    static constexpr double MaxBrush = 500.0;

    explicit ToolController(QObject *parent = nullptr);
    ~ToolController() override;

    /// Not owned; what is being drawn on the one before is finished first. Null: none.
    void setDocument(ImageDocument *document);
    /// An active class that is gone is replaced by the first one.
    void setClasses(const core::LabelSet &classes);
    const core::LabelSet &classes() const { return m_settings.classes; }

    ToolKind tool() const { return m_kind; }
    void setTool(ToolKind kind);
    core::LabelValue activeClass() const { return m_settings.activeClass; }
    /// A class, Background or NotAnnotated; anything else is ignored.
    void setActiveClass(core::LabelValue value);
    void swapClass();
    /// Steps through the classes in display order with background last.
    void stepClass(int step);
    /// Takes the class under a point of the mask; nothing happens where nothing is annotated.
    void pickClass(QPointF image);

    double brushSize() const { return m_settings.brushSize; }
    void setBrushSize(double diameter); ///< image pixels, clamped
    /// About a tenth at a time, at least one pixel.
    void stepBrushSize(int steps);
    /// See ToolSettings.
    double tolerance() const { return m_settings.tolerance; }
    void setTolerance(double share); ///< clamped
    /// Where nothing outside of it is drawn on; nullopt: everywhere.
    const std::optional<core::ValueRange> &valueRange() const { return m_settings.range; }
    void setValueRange(const std::optional<core::ValueRange> &range);
    /// The tool's amount: the brush's size, or the wand's tolerance by a tenth.
    void stepAmount(int steps);
    core::BrushShape brushShape() const { return m_settings.brushShape; }
    /// Of a brush that is no ball.
    void setBrushShape(core::BrushShape shape);
    /// See ToolSettings.
    bool isSphere() const { return m_settings.isSphere; }
    void setSphere();
    /// The image on show is a slice of a volume, and the tool can be a ball there.
    bool canBeSphere() const;
    bool usesPressure() const { return m_settings.usesPressure; }
    void setUsesPressure(bool uses);

    /// From the canvas. Press returns false when nothing can be drawn now.
    bool press(const ToolPoint &point);
    void move(const ToolPoint &point);
    void release(const ToolPoint &point);
    void hover(const ToolPoint &point);
    bool doubleClick(const ToolPoint &point);
    /// True when the key was used.
    bool key(const QKeyEvent &event);
    /// Something is being drawn that has a use for the key, so that no action may take it.
    bool needsKey(const QKeyEvent &event) const;
    /// Takes back what is being drawn.
    void cancel();
    /// Something is being drawn.
    bool isActive() const;
    /// What to draw at the pointer, in image coordinates, and in which colour.
    QPainterPath outline(const ToolPoint &point) const;
    QColor outlineColour(const ToolPoint &point) const;
    bool hidesPointer() const;

Q_SIGNALS:
    void toolChanged(semigda::ui::ToolKind kind);
    void activeClassChanged(semigda::core::LabelValue value);
    void brushChanged();
    void toleranceChanged(double share);
    void valueRangeChanged();
    /// The outline at the pointer looks different now.
    void outlineChanged();
    /// One sentence on why nothing happened ("“Cyst” is locked ...").
    void noticed(const QString &sentence);

private:
    Tool *current() const;
    /// Lets the tool act and says why when something was finished that changed nothing.
    void change(const std::function<void()> &action);
    void explainEmptyStroke();
    void onRegionEnded(BackgroundEdit::Ending ending);

    ToolSettings m_settings;
    std::map<ToolKind, std::unique_ptr<Tool>> m_tools;
    RegionTool *m_wand = nullptr; ///< one of them
    bool m_isChanging = false;    ///< a tool is at work, and what it does is looked at afterwards
    ToolKind m_kind = ToolKind::Brush;
    QPointer<ImageDocument> m_document;
    core::LabelValue m_lastClass = core::Background;
    bool m_isClassChosen = false;
    QPointF m_pressed;
};

} // namespace semigda::ui
