// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/view3d/SurfaceSet.h"

#include <QOpenGLWidget>

#include <memory>

namespace semigda::ui
{

/// Which planes of the image the 3D view shows between the surfaces.
enum class SlicePlanes {
    None,
    Current, ///< the slice on the canvas, translucent, so that it hides no organ
    All      ///< three planes at right angles, opaque
};

/// VTK in a Qt OpenGL widget: the surfaces of a volume and planes of its image. Drag turns, wheel zooms, middle drag
/// moves. Needs OpenGL 3.2 core; ask isAvailable first. Gui thread.
class VolumeView : public QOpenGLWidget
{
    Q_OBJECT

public:
    explicit VolumeView(QWidget *parent = nullptr);
    ~VolumeView() override;

    /// Whether this machine and platform can draw it at all; asked once, then remembered.
    static bool isAvailable();

    void setScene(std::shared_ptr<const VolumeScene> scene, const SurfaceSet &surfaces, const core::LabelSet &classes);
    void clear();
    /// Colours and visibility of classes.
    void setClasses(const core::LabelSet &classes);
    /// The plane that follows the image on the canvas, 0-based.
    void setSlice(int slice);
    void setPlanes(SlicePlanes planes);
    void resetView();

protected:
    void initializeGL() override;
    void paintGL() override;
    void resizeGL(int width, int height) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace semigda::ui
