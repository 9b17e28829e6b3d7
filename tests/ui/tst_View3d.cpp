// SPDX-License-Identifier: Apache-2.0
// The 3D view: surfaces always, pictures where there is OpenGL (ui.View3dOnDisplay runs this on a virtual display).
#include "ui/theme/Theme.h"
#include "ui/view3d/SurfaceSet.h"
#include "ui/view3d/VolumeView.h"

#include <QApplication>
#include <QImage>
#include <QSignalSpy>
#include <QSurfaceFormat>
#include <QtTest/QTest>

#include <cmath>

using namespace semigda;

namespace
{

constexpr int Side = 48;
constexpr int Depth = 24;
constexpr double Radius = 10.0; // pixels in the plane; slices are twice as thick

/// A ball of class 1 in the middle of a dim volume.
ui::VolumeScene ballScene()
{
    ui::VolumeScene scene;
    scene.width = Side;
    scene.height = Side;
    scene.depth = Depth;
    scene.spacing = {0.5, 0.5, 1.0};
    scene.hasSpacing = true;
    for (int z = 0; z < Depth; ++z) {
        for (int y = 0; y < Side; ++y) {
            for (int x = 0; x < Side; ++x) {
                const double dx = x - Side / 2;
                const double dy = y - Side / 2;
                const double dz = 2.0 * (z - Depth / 2);
                const bool inside = dx * dx + dy * dy + dz * dz <= Radius * Radius;
                scene.labels.push_back(inside ? 1 : 0);
                scene.grey.push_back(40);
            }
        }
    }
    return scene;
}

core::LabelSet orangeClass()
{
    core::LabelClass item;
    item.value = 1;
    item.name = "Ball";
    item.colour = {230, 159, 0};
    return core::LabelSet({item});
}

/// Pixels with a clear orange hue, whatever the lighting.
int countOrange(const QImage &picture)
{
    int count = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const QColor colour = picture.pixelColor(x, y);
            if (colour.red() > 60 && colour.red() > colour.green() && colour.green() > 2 * colour.blue())
                ++count;
        }
    }
    return count;
}

} // namespace

class tst_View3d : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void build_makesOneSurfacePerPresentClass()
    {
        core::LabelSet classes = orangeClass();
        QVERIFY(classes.add("Absent"));
        const ui::SurfaceSet surfaces = ui::SurfaceSet::build(ballScene(), classes);
        QVERIFY(surfaces.triangleCount(1) > 500);
        QCOMPARE(surfaces.triangleCount(2), std::size_t(0));
    }

    void build_closesSurfacesAtTheBorder()
    {
        ui::VolumeScene full = ballScene();
        std::fill(full.labels.begin(), full.labels.end(), core::LabelValue(1));
        QVERIFY(ui::SurfaceSet::build(full, orangeClass()).triangleCount(1) > 1000);
    }

    void classVolume_usesSpacing()
    {
        const double radius = Radius * 0.5; // mm
        const double expected = 4.0 / 3.0 * M_PI * radius * radius * radius / 1000.0;
        QVERIFY(std::abs(ui::classVolume(ballScene(), 1) - expected) < 0.05 * expected);
    }

    void view_drawsSurfaceInItsClassColour()
    {
        if (!ui::VolumeView::isAvailable())
            QSKIP("no OpenGL 3.2 on this display; ui.View3dOnDisplay covers it");
        ui::VolumeView view;
        view.resize(400, 400);
        const ui::VolumeScene scene = ballScene();
        view.setScene(std::make_shared<ui::VolumeScene>(scene), ui::SurfaceSet::build(scene, orangeClass()),
                      orangeClass());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QImage picture = view.grabFramebuffer();
        // The planes cross the ball, so about half of its disc at least must be seen in orange.
        const int orange = countOrange(picture);
        QVERIFY2(orange > 2000, qPrintable(QStringLiteral("%1 orange pixels").arg(orange)));

        view.setPlanes(ui::SlicePlanes::None);
        QVERIFY(countOrange(view.grabFramebuffer()) >= orange);

        core::LabelClass hidden = orangeClass().classes().front();
        hidden.visible = false;
        view.setClasses(core::LabelSet({hidden}));
        QCOMPARE(countOrange(view.grabFramebuffer()), 0);
    }

    void planes_currentSliceHidesNoOrgan()
    {
        if (!ui::VolumeView::isAvailable())
            QSKIP("no OpenGL 3.2 on this display; ui.View3dOnDisplay covers it");
        ui::VolumeView view;
        view.resize(400, 400);
        const ui::VolumeScene scene = ballScene();
        view.setScene(std::make_shared<ui::VolumeScene>(scene), ui::SurfaceSet::build(scene, orangeClass()),
                      orangeClass());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const auto pictureOf = [&view](ui::SlicePlanes planes) {
            view.setPlanes(planes);
            return view.grabFramebuffer();
        };
        const QImage current = view.grabFramebuffer(); // what a new view shows
        const QImage none = pictureOf(ui::SlicePlanes::None);
        const QImage all = pictureOf(ui::SlicePlanes::All);
        QCOMPARE(pictureOf(ui::SlicePlanes::Current), current);
        QVERIFY(current != none);
        QVERIFY2(countOrange(current) > 95 * countOrange(none) / 100,
                 qPrintable(QStringLiteral("%1 of %2").arg(countOrange(current)).arg(countOrange(none))));
        QVERIFY2(countOrange(all) < 80 * countOrange(none) / 100,
                 qPrintable(QStringLiteral("%1 of %2").arg(countOrange(all)).arg(countOrange(none))));
        view.setSlice(0);
        QVERIFY(view.grabFramebuffer() != current);
    }

    void view_turnsWithTheMouse()
    {
        if (!ui::VolumeView::isAvailable())
            QSKIP("no OpenGL 3.2 on this display; ui.View3dOnDisplay covers it");
        ui::VolumeView view;
        view.resize(300, 300);
        const ui::VolumeScene scene = ballScene();
        view.setScene(std::make_shared<ui::VolumeScene>(scene), ui::SurfaceSet::build(scene, orangeClass()),
                      orangeClass());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QImage before = view.grabFramebuffer();
        QTest::mousePress(&view, Qt::LeftButton, {}, {150, 150});
        QTest::mouseMove(&view, {190, 170});
        QTest::mouseRelease(&view, Qt::LeftButton, {}, {190, 170});
        QVERIFY(view.grabFramebuffer() != before);
    }

    void view_survivesReparenting()
    {
        if (!ui::VolumeView::isAvailable())
            QSKIP("no OpenGL 3.2 on this display; ui.View3dOnDisplay covers it");
        QWidget first;
        first.resize(300, 300);
        auto *view = new ui::VolumeView(&first);
        view->resize(300, 300);
        const ui::VolumeScene scene = ballScene();
        view->setScene(std::make_shared<ui::VolumeScene>(scene), ui::SurfaceSet::build(scene, orangeClass()),
                       orangeClass());
        first.show();
        QVERIFY(QTest::qWaitForWindowExposed(&first));
        const int before = countOrange(view->grabFramebuffer());
        QVERIFY(before > 0);
        QWidget second;
        second.resize(300, 300);
        view->setParent(&second);
        view->show();
        second.show();
        QVERIFY(QTest::qWaitForWindowExposed(&second));
        QTRY_VERIFY(countOrange(view->grabFramebuffer()) > before / 2);
    }
};

int main(int argc, char **argv)
{
    QSurfaceFormat format;
    format.setRenderableType(QSurfaceFormat::OpenGL);
    format.setVersion(3, 2);
    format.setProfile(QSurfaceFormat::CoreProfile);
    format.setDepthBufferSize(8);
    format.setStencilBufferSize(8);
    QSurfaceFormat::setDefaultFormat(format);
    QApplication application(argc, argv);
    ui::applyTheme(application, ui::ThemeKind::Dark);
    tst_View3d test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_View3d.moc"
