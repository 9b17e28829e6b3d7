// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelSet.h"
#include "ui/canvas/ContrastPresets.h"
#include "ui/canvas/FrameComposer.h"
#include "ui/canvas/ViewOrientation.h"
#include "ui/canvas/ViewTransform.h"

#include <QImage>
#include <QPointer>
#include <QRegion>
#include <QTransform>
#include <QWidget>

#include <array>
#include <functional>
#include <optional>
#include <string>

class QPainter;

namespace semigda::ui
{

class ImageDocument;
class ToolController;
struct ToolPoint;

/// What lies under the mouse.
struct CanvasCursor
{
    bool isInside = false;
    int x = 0; ///< image pixel
    int y = 0;
    std::optional<QPointF> millimetres; ///< from the centre of the first pixel, where the spacing is known
    QString value;                      ///< grey or "R G B" in the image's own units
    core::LabelValue label = core::NotAnnotated;
};

/// What is drawn over the image. A mask is shown as strokes until the image is done, and as finished from then on.
enum class Layer { Strokes, Finished, Prediction };

/// Shows an ImageDocument and hands mouse, pen and keys to the tools. Draws only what changed: the cost of a stroke
/// does not depend on the image's size. Gui thread.
///
/// Mouse: left draws; middle drag or Space + left pans; wheel zooms at the cursor, or steps through the slices of a
/// volume (Ctrl+wheel zooms always); Shift+wheel changes the brush (or what the tool has in its place); Alt+wheel the
/// opacity; Alt+click picks a class; right drag changes the contrast (left-right width, up-down level, or the reverse:
/// setContrastDragSwapped), a double right click resets it; a double click fits, except on the image with a tool that
/// draws. Keys: what the tools make of them while something is drawn, and Space; all others are actions'. The view can
/// be turned and mirrored; image, mask and all coordinates stay as they are.
class ImageCanvas : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(double opacity READ opacity WRITE setOpacity NOTIFY opacityChanged)
    Q_PROPERTY(bool overlayVisible READ isOverlayVisible WRITE setOverlayVisible NOTIFY layersChanged)
    Q_PROPERTY(bool strokesVisible READ areStrokesVisible WRITE setStrokesVisible NOTIFY layersChanged)
    Q_PROPERTY(bool predictionVisible READ isPredictionVisible WRITE setPredictionVisible NOTIFY layersChanged)
    Q_PROPERTY(bool uncertaintyVisible READ isUncertaintyVisible WRITE setUncertaintyVisible NOTIFY layersChanged)
    Q_PROPERTY(bool imageVisible READ isImageVisible WRITE setImageVisible NOTIFY layersChanged)

public:
    static constexpr double FitMargin = 8.0; ///< around a fitted image, widget coordinates

    explicit ImageCanvas(QWidget *parent = nullptr);
    ~ImageCanvas() override;

    /// Not owned; null shows the empty text. Handed on to the tools. Keeps zoom and contrast as keepsView says.
    void setDocument(ImageDocument *document);
    ImageDocument *document() const;
    /// Not owned; without tools the canvas only shows.
    void setTools(ToolController *tools);
    /// Colours and visibility; handed on to the tools.
    void setClasses(const core::LabelSet &classes);
    /// What to say while there is no image.
    void setEmptyText(const QString &text);

    /// Device pixels per image pixel; 1 is actual size.
    double zoom() const { return m_view.zoom; }
    /// The middle of the widget stays.
    void setZoom(double zoom);
    const ViewOrientation &orientation() const { return m_orientation; }
    /// What is in the middle stays there.
    void setOrientation(const ViewOrientation &orientation);
    /// By shares of the widget's width and height; to the right and down where positive.
    void moveView(QPointF share);
    /// Asks for another slice, where the image is one.
    void stepSlice(int step);
    void zoomIn();
    void zoomOut();
    void fit();
    void actualSize();
    /// Between image coordinates (pixels) and widget coordinates.
    QPointF toWidget(QPointF image) const;
    QPointF toImage(QPointF widget) const;
    /// Moves the view so that the image point is in the middle.
    void centreOn(QPointF image);
    /// Whether zoom and contrast stay when the next image has the same size; slices of one volume always keep them.
    bool keepsView() const { return m_keepsView; }
    void setKeepsView(bool keeps) { m_keepsView = keeps; }

    /// Where the pixels of an image of `size` columns and rows will lie in the widget, should zoom and place stay for
    /// it; nothing where it will be fitted. `seriesKey`: of the volume whose slice it is, or empty.
    std::optional<QTransform> keptPlace(QSizeF size, const std::string &seriesKey) const;

    /// The contrast such an image will be shown with, whose own one to start from is `own`.
    core::ValueWindow contrastFor(QSizeF size, const std::string &seriesKey, const core::ValueWindow &own) const;

    /// In rescaled units.
    const core::ValueWindow &contrast() const { return m_options.window; }
    void setContrast(const core::ValueWindow &window);
    void resetContrast();
    /// Whether a right drag to left and right changes the level and one up and down the width.
    void setContrastDragSwapped(bool isSwapped) { m_isContrastDragSwapped = isSwapped; }

    const LayerLook &look(Layer layer) const { return state(layer).look; }
    void setLook(Layer layer, const LayerLook &look);
    bool isLayerVisible(Layer layer) const { return state(layer).isVisible; }
    void setLayerVisible(Layer layer, bool isVisible);
    /// Of the mask on show, 0..1.
    double opacity() const { return state(maskLayer()).look.opacity; }
    void setOpacity(double opacity); ///< of the strokes and of the finished mask
    bool isOverlayVisible() const { return m_options.showOverlay; }
    /// Whether the mask on show is visible, strokes or finished; set for both.
    bool areStrokesVisible() const { return isLayerVisible(maskLayer()); }
    bool isPredictionVisible() const { return isLayerVisible(Layer::Prediction); }
    bool isUncertaintyVisible() const { return m_options.showUncertainty; }
    bool isImageVisible() const { return m_options.showImage; }
    bool isScaleBarVisible() const { return m_isScaleBarVisible; }
    void setOverlayVisible(bool isVisible); ///< strokes, prediction and uncertainty together
    void setStrokesVisible(bool isVisible);
    void setPredictionVisible(bool isVisible);
    void setUncertaintyVisible(bool isVisible);
    void setImageVisible(bool isVisible);
    /// It needs an image that tells how far its pixels lie apart.
    void setScaleBarVisible(bool isVisible);

    /// How much was drawn since the start; for tests and measurements.
    ComposeCounts counts() const { return m_composer.counts(); }

    QSize sizeHint() const override { return {640, 480}; }
    QSize minimumSizeHint() const override { return {160, 120}; }

Q_SIGNALS:
    /// Another image is on show, or none.
    void documentChanged();
    /// It was painted for the first time.
    void documentPainted();
    void zoomChanged(double zoom);
    void orientationChanged();
    void contrastChanged(const semigda::core::ValueWindow &window);
    void opacityChanged(double opacity);
    /// Visibility or look.
    void layersChanged();
    void cursorMoved(const semigda::ui::CanvasCursor &cursor);
    /// +1: the next slice, -1: the one before.
    void sliceStepRequested(int step);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void tabletEvent(QTabletEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    enum class Drag { None, Tool, Pan, Contrast };

    /// The mouse or a pen.
    struct Pointer
    {
        QPointF position; ///< widget coordinates
        Qt::MouseButton button = Qt::NoButton;
        Qt::KeyboardModifiers modifiers;
        double pressure = 1.0;
        bool isEraser = false;
    };

    QSizeF imageSize() const;
    QSizeF frameSize() const;
    QTransform imageToWidget() const;
    /// Whether what is set for the image on show, or shown last, goes for this one too.
    bool isSameKind(QSizeF size, bool isSameVolume) const;
    bool keepsContrast(bool isSameKind, bool isSameVolume) const;
    QPointF toFrame(QPointF widget) const;
    void setView(ViewTransform view);
    void adaptView(bool isSameKind);
    void scrollFrame(QPoint by);
    struct LayerState
    {
        LayerLook look;
        bool isVisible = true;
    };
    const LayerState &state(Layer layer) const { return m_layers[static_cast<std::size_t>(layer)]; }
    Layer maskLayer() const;
    void changeLayers(const std::function<void()> &change);
    void applyLayers();
    void setFlag(bool &flag, bool isOn);
    void updateTheme();
    void updateMaskLayer();

    void invalidateAll();
    void invalidatePart(const core::PixelRect &rect);
    void updateFrame(const QRegion &region);
    void drawEmpty(QPainter &painter);
    void drawFrame(QPainter &painter, const QRegion &region);
    void drawMarks(QPainter &painter, const QRegion &region);
    void drawCursor(QPainter &painter);
    QRect scaleBarArea() const;
    QRect captionArea() const;
    QRectF cursorBounds() const;
    void updateCursorArea();
    void updateCursorShape();

    ToolPoint toolPoint() const;
    bool drawsWithTool() const;
    void pointerPressed(const Pointer &pointer);
    void pointerMoved(const Pointer &pointer);
    void pointerReleased(const Pointer &pointer);
    void dragContrast(QPointF by);
    void reportCursor();
    int wheelSteps(double delta);

    QPointer<ImageDocument> m_document;
    QPointer<ToolController> m_tools;
    FrameComposer m_composer;
    ComposeOptions m_options;
    QString m_emptyText;

    ViewTransform m_view; ///< of the upright frame
    ViewOrientation m_orientation;
    bool m_isScaleBarVisible = true;
    std::array<LayerState, 3> m_layers{LayerState{}, LayerState{}, LayerState{{MaskStyle::Outline, 1.0}}};
    bool m_isFitted = true; ///< follows the widget's size until the user zooms or pans
    bool m_keepsView = true;
    bool m_isFitLate = false; ///< the widget's size changed during a drag
    QSizeF m_shownSize;       ///< of the image shown last
    std::string m_shownSeries;
    bool m_isContrastOwn = false; ///< changed by the user
    bool m_isContrastDragSwapped = false;

    QImage m_frame;       ///< what is on show, upright, in device pixels, without marks and cursor
    QRegion m_stale;      ///< parts of the frame to compose anew
    bool m_isNew = false; ///< the document was not painted yet
    QRect m_cursorArea;

    Pointer m_pointer; ///< as of the last event
    bool m_hasPointer = false;
    Drag m_drag = Drag::None;
    Qt::MouseButton m_dragButton = Qt::NoButton;
    QPointF m_dragStart;
    core::ValueWindow m_dragContrast; ///< as of the start of a drag
    ViewTransform m_dragView;
    bool m_isSpaceHeld = false;
    double m_wheelRest = 0.0;
};

} // namespace semigda::ui
