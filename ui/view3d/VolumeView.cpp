// SPDX-License-Identifier: Apache-2.0
#include "ui/view3d/VolumeView.h"

#include "ui/theme/Theme.h"
#include "ui/view3d/SurfaceSet_p.h"

#include <QMouseEvent>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QWheelEvent>

#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkGenericRenderWindowInteractor.h>
#include <vtkImageProperty.h>
#include <vtkImageSlice.h>
#include <vtkImageSliceMapper.h>
#include <vtkInteractorStyleTrackballCamera.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLState.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>

#include <algorithm>
#include <array>
#include <map>

namespace semigda::ui
{

namespace
{

// GL_DRAW_FRAMEBUFFER; Qt's headers for OpenGL ES 2 leave it out.
constexpr GLenum DrawFramebuffer = 0x8CA9;
// Enough to read the slice, and little enough to see the organs below it.
constexpr double CurrentPlaneOpacity = 0.5;

} // namespace

class VolumeView::Private
{
public:
    Private();
    void addPlanes(const VolumeScene &scene);
    void addSurfaces(const SurfaceSet &surfaces);
    void applyClasses(const core::LabelSet &classes);
    void applyPlanes();
    void removeProps();
    void lookFromFront();
    void updateBackground();

    vtkNew<vtkGenericOpenGLRenderWindow> window;
    vtkNew<vtkRenderer> renderer;
    vtkNew<vtkGenericRenderWindowInteractor> interactor;
    vtkNew<vtkInteractorStyleTrackballCamera> style;
    vtkNew<vtkMatrix4x4> orientation;
    std::shared_ptr<const VolumeScene> scene;
    std::map<core::LabelValue, vtkSmartPointer<vtkActor>> actors;
    std::array<vtkSmartPointer<vtkImageSlice>, 3> planes;
    std::array<vtkSmartPointer<vtkImageSliceMapper>, 3> mappers;
    SlicePlanes shownPlanes = SlicePlanes::Current;
    bool isReady = false;
};

VolumeView::Private::Private()
{
    window->SetOwnContext(0);
    window->SetSupportsOpenGL(1);
    window->SetFrameBlitModeToNoBlit();
    window->SetMultiSamples(0);
    window->AddRenderer(renderer);
    interactor->SetRenderWindow(window);
    interactor->SetInteractorStyle(style);
    updateBackground();
}

void VolumeView::Private::addPlanes(const VolumeScene &volume)
{
    const vtkSmartPointer<vtkImageData> image = greyImage(volume);
    for (std::size_t axis = 0; axis < 3; ++axis) {
        mappers[axis] = vtkSmartPointer<vtkImageSliceMapper>::New();
        mappers[axis]->SetInputData(image);
        mappers[axis]->SetOrientation(static_cast<int>(axis));
        const std::array<int, 3> sizes{volume.width, volume.height, volume.depth};
        mappers[axis]->SetSliceNumber(sizes[axis] / 2);
        planes[axis] = vtkSmartPointer<vtkImageSlice>::New();
        planes[axis]->SetMapper(mappers[axis]);
        planes[axis]->GetProperty()->SetColorWindow(255.0);
        planes[axis]->GetProperty()->SetColorLevel(127.5);
        planes[axis]->GetProperty()->SetInterpolationTypeToLinear();
        planes[axis]->SetUserMatrix(orientation);
        renderer->AddViewProp(planes[axis]);
    }
    applyPlanes();
}

void VolumeView::Private::applyPlanes()
{
    for (std::size_t axis = 0; axis < planes.size(); ++axis) {
        if (planes[axis] == nullptr)
            continue;
        const bool isCurrent = shownPlanes == SlicePlanes::Current && axis == 2;
        planes[axis]->SetVisibility(isCurrent || shownPlanes == SlicePlanes::All ? 1 : 0);
        planes[axis]->GetProperty()->SetOpacity(isCurrent ? CurrentPlaneOpacity : 1.0);
        // Drawn after the surfaces, or what lies behind would fail the depth test instead of shining through.
        planes[axis]->SetForceTranslucent(isCurrent);
    }
}

void VolumeView::Private::addSurfaces(const SurfaceSet &surfaces)
{
    for (const auto &[value, surface] : surfaces.data().surfaces) {
        vtkNew<vtkPolyDataMapper> mapper;
        mapper->SetInputData(surface);
        mapper->ScalarVisibilityOff();
        auto actor = vtkSmartPointer<vtkActor>::New();
        actor->SetMapper(mapper);
        actor->GetProperty()->SetAmbient(0.15);
        actor->GetProperty()->SetDiffuse(0.85);
        actor->GetProperty()->SetSpecular(0.15);
        actor->SetUserMatrix(orientation);
        renderer->AddActor(actor);
        actors.emplace(value, actor);
    }
}

void VolumeView::Private::applyClasses(const core::LabelSet &classes)
{
    for (const auto &[value, actor] : actors) {
        const core::LabelClass *item = classes.find(value);
        actor->SetVisibility(item != nullptr && item->visible ? 1 : 0);
        if (item != nullptr)
            actor->GetProperty()->SetColor(item->colour.red / 255.0, item->colour.green / 255.0,
                                           item->colour.blue / 255.0);
    }
}

void VolumeView::Private::removeProps()
{
    renderer->RemoveAllViewProps();
    actors.clear();
    planes = {};
    mappers = {};
    scene.reset();
}

void VolumeView::Private::lookFromFront()
{
    vtkCamera *camera = renderer->GetActiveCamera();
    camera->SetFocalPoint(0.0, 0.0, 0.0);
    if (scene && scene->hasPosition) {
        // LPS: y points to the back and z to the head, so this is the radiologist's view from the front.
        camera->SetPosition(0.35, -1.0, 0.35);
        camera->SetViewUp(0.0, 0.0, 1.0);
    } else {
        // Plain stacks have rows that run down.
        camera->SetPosition(0.5, -0.6, -1.0);
        camera->SetViewUp(0.0, -1.0, 0.0);
    }
    renderer->ResetCamera();
    camera->Zoom(1.3);
    renderer->ResetCameraClippingRange();
}

void VolumeView::Private::updateBackground()
{
    const QColor colour = themeColours().surround;
    renderer->SetBackground(colour.redF(), colour.greenF(), colour.blueF());
}

VolumeView::VolumeView(QWidget *parent)
    : QOpenGLWidget(parent)
    , d(std::make_unique<Private>())
{
    setObjectName(QStringLiteral("volumeView"));
    setAccessibleName(tr("3D view of the volume"));
    setMinimumSize(20 * GridUnit, 15 * GridUnit);
}

VolumeView::~VolumeView()
{
    makeCurrent();
    d->removeProps();
    d->window->SetIsCurrent(context() != nullptr);
    if (d->isReady)
        d->window->Finalize();
    d.reset();
    doneCurrent();
}

bool VolumeView::isAvailable()
{
    static const bool Available = [] {
        QOffscreenSurface surface;
        surface.setFormat(QSurfaceFormat::defaultFormat());
        surface.create();
        QOpenGLContext context;
        context.setFormat(QSurfaceFormat::defaultFormat());
        if (!surface.isValid() || !context.create() || !context.makeCurrent(&surface))
            return false;
        const bool isNewEnough = context.format().version() >= qMakePair(3, 2) && !context.isOpenGLES();
        context.doneCurrent();
        return isNewEnough;
    }();
    return Available;
}

void VolumeView::setScene(std::shared_ptr<const VolumeScene> scene, const SurfaceSet &surfaces,
                          const core::LabelSet &classes)
{
    d->removeProps();
    d->scene = std::move(scene);
    for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 3; ++column)
            d->orientation->SetElement(row, column, d->scene->direction[static_cast<std::size_t>(row * 3 + column)]);
    }
    d->addPlanes(*d->scene);
    d->addSurfaces(surfaces);
    d->applyClasses(classes);
    d->lookFromFront();
    update();
}

void VolumeView::clear()
{
    d->removeProps();
    update();
}

void VolumeView::setClasses(const core::LabelSet &classes)
{
    d->applyClasses(classes);
    update();
}

void VolumeView::setSlice(int slice)
{
    if (d->mappers[2] == nullptr)
        return;
    d->mappers[2]->SetSliceNumber(std::clamp(slice, 0, d->scene->depth - 1));
    update();
}

void VolumeView::setPlanes(SlicePlanes planes)
{
    d->shownPlanes = planes;
    d->applyPlanes();
    update();
}

void VolumeView::resetView()
{
    d->lookFromFront();
    update();
}

void VolumeView::initializeGL()
{
    // A widget moved to another window gets a new context: VTK must forget what it made in the old one.
    if (d->isReady)
        d->window->Finalize();
    d->window->SetIsCurrent(true);
    d->window->OpenGLInit();
    d->isReady = true;
    connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, [this] {
        if (!d || !d->isReady)
            return;
        makeCurrent();
        d->window->SetIsCurrent(true);
        d->window->Finalize();
        d->isReady = false;
        doneCurrent();
    });
}

void VolumeView::resizeGL(int width, int height)
{
    // The view angle belongs to the shorter side, so that a narrow view cuts nothing off.
    d->renderer->GetActiveCamera()->SetUseHorizontalViewAngle(width < height ? 1 : 0);
    const qreal ratio = devicePixelRatioF();
    const int pixelWidth = static_cast<int>(width * ratio);
    const int pixelHeight = static_cast<int>(height * ratio);
    d->window->SetSize(pixelWidth, pixelHeight);
    d->interactor->SetSize(pixelWidth, pixelHeight);
}

void VolumeView::paintGL()
{
    if (!d->isReady)
        return;
    d->updateBackground();
    d->window->SetIsCurrent(true);
    vtkOpenGLState *state = d->window->GetState();
    state->Reset();
    state->Push();
    d->window->Render();
    context()->functions()->glBindFramebuffer(DrawFramebuffer, defaultFramebufferObject());
    d->window->BlitDisplayFramebuffer();
    state->Pop();
}

void VolumeView::mousePressEvent(QMouseEvent *event)
{
    const qreal ratio = devicePixelRatioF();
    d->interactor->SetEventInformationFlipY(static_cast<int>(event->position().x() * ratio),
                                            static_cast<int>(event->position().y() * ratio));
    if (event->button() == Qt::LeftButton)
        d->interactor->LeftButtonPressEvent();
    else if (event->button() == Qt::MiddleButton)
        d->interactor->MiddleButtonPressEvent();
    else if (event->button() == Qt::RightButton)
        d->interactor->RightButtonPressEvent();
}

void VolumeView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        d->interactor->LeftButtonReleaseEvent();
    else if (event->button() == Qt::MiddleButton)
        d->interactor->MiddleButtonReleaseEvent();
    else if (event->button() == Qt::RightButton)
        d->interactor->RightButtonReleaseEvent();
    update();
}

void VolumeView::mouseMoveEvent(QMouseEvent *event)
{
    const qreal ratio = devicePixelRatioF();
    d->interactor->SetEventInformationFlipY(static_cast<int>(event->position().x() * ratio),
                                            static_cast<int>(event->position().y() * ratio));
    d->interactor->MouseMoveEvent();
    update();
}

void VolumeView::wheelEvent(QWheelEvent *event)
{
    if (event->angleDelta().y() > 0)
        d->interactor->MouseWheelForwardEvent();
    else if (event->angleDelta().y() < 0)
        d->interactor->MouseWheelBackwardEvent();
    event->accept();
    update();
}

} // namespace semigda::ui
