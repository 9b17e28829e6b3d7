// SPDX-License-Identifier: Apache-2.0
// What the canvas shows, and moving the view by mouse, wheel and keys.
#include "CanvasFixture.h"

#include "ui/canvas/Magma.h"
#include "ui/theme/Theme.h"

#include <QWheelEvent>

#include <cmath>

using namespace semigda;

namespace
{

void wheel(QWidget &widget, QPointF at, int delta, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    // Alt turns the wheel sideways on most systems.
    const QPoint angle = modifiers.testFlag(Qt::AltModifier) ? QPoint(delta, 0) : QPoint(0, delta);
    QWheelEvent event(at, widget.mapToGlobal(at), {}, angle, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

double distance(QPointF a, QPointF b)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

void dragButton(QWidget &widget, Qt::MouseButton button, QPoint from, QPoint to)
{
    QTest::mousePress(&widget, button, {}, from);
    QTest::mouseMove(&widget, (from + to) / 2);
    QTest::mouseMove(&widget, to);
    QTest::mouseRelease(&widget, button, {}, to);
}

QRgb grey(int value)
{
    return qRgb(value, value, value);
}

} // namespace

class tst_CanvasView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeKind::Dark); }
    void init()
    {
        m_fixture = std::make_unique<test::CanvasFixture>();
        QVERIFY(m_fixture->openNew(64, 48));
    }
    void cleanup() { m_fixture.reset(); }

    void firstFrame_isToldOncePerImage()
    {
        static_cast<void>(canvas().grab());
        QCoreApplication::processEvents();
        QSignalSpy painted(&canvas(), &ui::ImageCanvas::documentPainted);
        QVERIFY(m_fixture->openNew(48, 64));
        QTRY_COMPARE(painted.size(), 1);
        static_cast<void>(canvas().grab());
        QCoreApplication::processEvents();
        canvas().setDocument(nullptr);
        static_cast<void>(canvas().grab());
        QCoreApplication::processEvents();
        QCOMPARE(painted.size(), 1);
    }

    void newImage_isFitted()
    {
        const QRectF shown(canvas().toWidget({0, 0}), canvas().toWidget({64, 48}));
        QVERIFY(QRectF(canvas().rect()).contains(shown));
        QCOMPARE(shown.width(), 400.0 - 2 * ui::GridUnit);
        canvas().resize(300, 300);
        QCOMPARE(canvas().toWidget({64, 0}).x() - canvas().toWidget({0, 0}).x(), 300.0 - 2 * ui::GridUnit);
    }

    void wheel_zoomsAtTheCursor()
    {
        QSignalSpy zooms(&canvas(), &ui::ImageCanvas::zoomChanged);
        for (const QPointF at : {QPointF(200, 200), QPointF(120, 150), QPointF(290, 230)}) {
            for (const int delta : {120, 120, -120, 60, -480, 360}) {
                const QPointF before = canvas().toImage(at);
                wheel(canvas(), at, delta);
                QVERIFY(distance(canvas().toImage(at), before) < 1e-9);
            }
        }
        QCOMPARE(zooms.size(), 18);
        const double zoom = canvas().zoom();
        wheel(canvas(), {200, 200}, 120);
        QVERIFY(std::abs(canvas().zoom() / zoom - std::exp2(0.25)) < 1e-9);
        for (int i = 0; i < 100; ++i)
            wheel(canvas(), {200, 200}, 120);
        QCOMPARE(canvas().zoom(), ui::ViewTransform::MaxZoom);
    }

    void resize_waitsForTheEndOfAStroke()
    {
        const double fitted = canvas().zoom();
        const QPointF before = canvas().toImage({200, 200});
        m_fixture->press({200, 200});
        canvas().resize(400, 300); // as when a message appears below
        QCOMPARE(canvas().zoom(), fitted);
        QCOMPARE(canvas().toImage({200, 200}), before);
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, {200, 200});
        QVERIFY(canvas().zoom() < fitted);
        canvas().resize(400, 400);
        QCOMPARE(canvas().zoom(), fitted);
    }

    void controlZeroAndOne_fitAndShowActualPixels()
    {
        const double fitted = canvas().zoom();
        m_fixture->key(Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(canvas().zoom(), 1.0);
        m_fixture->key(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(canvas().zoom(), fitted);
    }

    void doubleClickBesideTheImage_fits()
    {
        const double fitted = canvas().zoom();
        canvas().setZoom(2.0);
        m_fixture->doubleClick(QPoint(3, 3), Qt::LeftButton);
        QCOMPARE(canvas().zoom(), fitted);
        canvas().setZoom(2.0);
        m_fixture->key(Qt::Key_V);
        m_fixture->doubleClick(m_fixture->pixel(32, 24), Qt::LeftButton);
        QCOMPARE(canvas().zoom(), fitted);
    }

    void middleDragAndSpace_pan()
    {
        canvas().setZoom(10.0);
        const QPointF before = canvas().toImage({200, 200});
        dragButton(canvas(), Qt::MiddleButton, {200, 200}, {230, 180});
        QVERIFY(distance(canvas().toImage({230, 180}), before) < 1e-9);
        QTest::keyPress(&canvas(), Qt::Key_Space);
        dragButton(canvas(), Qt::LeftButton, {230, 180}, {200, 200});
        QTest::keyRelease(&canvas(), Qt::Key_Space);
        QVERIFY(distance(canvas().toImage({200, 200}), before) < 1e-9);
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(64 * 48));
        m_fixture->click({200, 200});
        QVERIFY(test::countOf(m_fixture->mask(), 1) > 0);
    }

    void panTool_moves()
    {
        m_fixture->key(Qt::Key_V);
        canvas().setZoom(10.0);
        const QPointF before = canvas().toImage({200, 200});
        dragButton(canvas(), Qt::LeftButton, {200, 200}, {170, 210});
        QVERIFY(distance(canvas().toImage({170, 210}), before) < 1e-9);
    }

    void image_cannotBeLost()
    {
        for (int i = 0; i < 20; ++i)
            dragButton(canvas(), Qt::MiddleButton, {10, 10}, {390, 390});
        const QRectF shown(canvas().toWidget({0, 0}), canvas().toWidget({64, 48}));
        QVERIFY(shown.intersected(QRectF(canvas().rect())).width() >= 40.0);
    }

    void pan_redrawsOnlyWhatComesIntoView()
    {
        canvas().setZoom(10.0);
        canvas().grab();
        const std::size_t before = canvas().counts().pixels;
        dragButton(canvas(), Qt::MiddleButton, {200, 200}, {210, 200});
        const QImage moved = canvas().grab().toImage();
        QVERIFY(canvas().counts().pixels - before < std::size_t(400 * 30));
        canvas().setOverlayVisible(false);
        canvas().setOverlayVisible(true); // draws all anew
        QCOMPARE(canvas().grab().toImage(), moved);
    }

    void rightDrag_changesTheContrast()
    {
        const core::ValueWindow start = canvas().contrast();
        QCOMPARE(start.width, 255.0);
        QSignalSpy changes(&canvas(), &ui::ImageCanvas::contrastChanged);
        dragButton(canvas(), Qt::RightButton, {200, 200}, {100, 200});
        QVERIFY(changes.size() > 0);
        QVERIFY(std::abs(canvas().contrast().width - 255.0 * std::exp(-0.4)) < 1e-9);
        QCOMPARE(canvas().contrast().centre, start.centre);
        dragButton(canvas(), Qt::RightButton, {200, 200}, {200, 150});
        QVERIFY(std::abs(canvas().contrast().centre - (start.centre + 0.2 * canvas().contrast().width)) < 1e-9);
        m_fixture->doubleClick(QPoint(200, 200), Qt::RightButton);
        QCOMPARE(canvas().contrast(), start);

        canvas().setContrastDragSwapped(true);
        dragButton(canvas(), Qt::RightButton, {200, 200}, {200, 300});
        QVERIFY(std::abs(canvas().contrast().width - 255.0 * std::exp(-0.4)) < 1e-9);
        QCOMPARE(canvas().contrast().centre, start.centre);
        dragButton(canvas(), Qt::RightButton, {200, 200}, {250, 200});
        QVERIFY(std::abs(canvas().contrast().centre - (start.centre + 0.2 * canvas().contrast().width)) < 1e-9);
    }

    void contrast_reachesTheScreen()
    {
        atActualSize();
        canvas().setContrast({100.0, 20.0});
        const QImage shown = canvas().grab().toImage();
        for (const auto &[x, y] : {std::pair(0, 0), std::pair(15, 0), std::pair(13, 1), std::pair(20, 1)}) {
            const int stored = (x * 7 + y * 13) % 256;
            const int wanted = static_cast<int>(std::clamp((stored - 90.0) / 20.0 * 255.0, 0.0, 255.0) + 0.5);
            const int red = qRed(shown.pixel(m_fixture->at(x, y)));
            QVERIFY2(std::abs(red - wanted) <= 1,
                     qPrintable(QStringLiteral("(%1, %2): %3 instead of %4").arg(x).arg(y).arg(red).arg(wanted)));
        }
    }

    void actualSize_showsEveryPixel()
    {
        atActualSize();
        const QImage shown = canvas().grab().toImage();
        const QPoint origin = canvas().toWidget({0, 0}).toPoint();
        for (int y = 0; y < 48; ++y) {
            for (int x = 0; x < 64; ++x)
                QCOMPARE(shown.pixel(origin + QPoint(x, y)), grey((x * 7 + y * 13) % 256));
        }
        QCOMPARE(shown.pixel(origin - QPoint(1, 1)), ui::themeColours().surround.rgb());
        QCOMPARE(shown.pixel(origin + QPoint(64, 48)), ui::themeColours().surround.rgb());
    }

    void largePixels_areSquares()
    {
        m_fixture->zoomTo(8.0);
        const QImage shown = canvas().grab().toImage();
        for (const auto &[x, y] : {std::pair(20, 20), std::pair(33, 24), std::pair(40, 30)}) {
            const QPoint corner = m_fixture->at(x, y);
            for (int i = 0; i < 64; ++i)
                QCOMPARE(shown.pixel(corner + QPoint(i % 8, i / 8)), grey((x * 7 + y * 13) % 256));
        }
    }

    void closePixels_haveAGrid()
    {
        m_fixture->zoomTo(20.0);
        const QImage shown = canvas().grab().toImage();
        const int value = (32 * 7 + 24 * 13) % 256;
        QCOMPARE(shown.pixel(m_fixture->pixel(32, 24)), grey(value));
        QVERIFY(shown.pixel(m_fixture->at(32, 24)) != grey(value));
        QVERIFY(shown.pixel(m_fixture->at(32, 24) + QPoint(5, 0)) != grey(value));
    }

    void strokes_areFilledInTheirColour()
    {
        tools().setBrushSize(9);
        m_fixture->zoomTo(8.0);
        m_fixture->click(m_fixture->pixel(32, 24));
        moveAway();
        canvas().setOpacity(0.5);
        const int below = (32 * 7 + 24 * 13) % 256;
        const QRgb half = qRgb((0xE6 + below) / 2, (0x9F + below) / 2, below / 2);
        QRgb shown = canvas().grab().toImage().pixel(m_fixture->pixel(32, 24));
        QVERIFY(std::abs(qRed(shown) - qRed(half)) <= 1 && std::abs(qGreen(shown) - qGreen(half)) <= 1
                && std::abs(qBlue(shown) - qBlue(half)) <= 1);
        canvas().setOpacity(1.0);
        QCOMPARE(canvas().grab().toImage().pixel(m_fixture->pixel(32, 24)), qRgb(0xE6, 0x9F, 0x00));
        m_fixture->key(Qt::Key_A);
        QCOMPARE(canvas().grab().toImage().pixel(m_fixture->pixel(32, 24)), grey(below));
        m_fixture->key(Qt::Key_A);
        m_fixture->key(Qt::Key_S);
        QCOMPARE(canvas().grab().toImage().pixel(m_fixture->pixel(32, 24)), grey(below));
        m_fixture->key(Qt::Key_S);
        m_fixture->key(Qt::Key_I);
        QCOMPARE(canvas().grab().toImage().pixel(m_fixture->pixel(32, 24)), qRgb(0xE6, 0x9F, 0x00));
        QCOMPARE(canvas().grab().toImage().pixel(m_fixture->pixel(45, 24)), qRgb(0, 0, 0));
        QCOMPARE(canvas().property("imageVisible").toBool(), false);
    }

    void hiddenClass_isNotShown()
    {
        tools().setBrushSize(9);
        m_fixture->zoomTo(8.0);
        m_fixture->click(m_fixture->pixel(32, 24));
        moveAway();
        core::LabelSet classes = m_fixture->classes;
        core::LabelClass lesion = *classes.find(1);
        lesion.visible = false;
        QVERIFY(classes.replace(lesion).has_value());
        canvas().setClasses(classes);
        QCOMPARE(canvas().grab().toImage().pixel(m_fixture->pixel(32, 24)), grey((32 * 7 + 24 * 13) % 256));
    }

    void paintedBackground_isHatchedUntilTheImageIsComplete()
    {
        tools().setActiveClass(core::Background);
        tools().setBrushSize(21);
        m_fixture->zoomTo(8.0);
        m_fixture->click(m_fixture->pixel(32, 24));
        moveAway();
        const auto coloured = [this] {
            const QImage shown = canvas().grab().toImage();
            int count = 0;
            for (int i = 0; i < 64; ++i)
                count += qBlue(shown.pixel(m_fixture->at(32, 24) + QPoint(i % 8, i / 8)))
                         != qRed(shown.pixel(m_fixture->at(32, 24) + QPoint(i % 8, i / 8)));
            return count;
        };
        QCOMPARE(coloured(), 16); // two of eight diagonals
        m_fixture->controller->markComplete();
        QVERIFY(m_fixture->flush());
        QCOMPARE(coloured(), 0);
    }

    void prediction_isAnOutline()
    {
        core::LabelMask proposed(64, 48, core::Background);
        for (int y = 10; y < 30; ++y)
            proposed.fillRow(20, y, 24, 1);
        project().addPrediction(canvas().document()->id(), project().addRun(), proposed, 0.2F);
        m_fixture->controller->reloadPrediction();
        QVERIFY(m_fixture->flush());
        atActualSize();
        const QImage shown = canvas().grab().toImage();
        const QPoint origin = canvas().toWidget({0, 0}).toPoint();
        for (int y = 0; y < 48; ++y) {
            for (int x = 0; x < 64; ++x) {
                const bool isInside = x >= 20 && x < 44 && y >= 10 && y < 30;
                const bool isCore = x >= 22 && x < 42 && y >= 12 && y < 28;
                const QRgb wanted = isInside && !isCore ? qRgb(0xE6, 0x9F, 0x00) : grey((x * 7 + y * 13) % 256);
                QCOMPARE(shown.pixel(origin + QPoint(x, y)), wanted);
            }
        }
        canvas().setPredictionVisible(false);
        QCOMPARE(canvas().grab().toImage().pixel(origin + QPoint(20, 20)), grey((20 * 7 + 20 * 13) % 256));
    }

    void uncertainty_isAMapInMagma()
    {
        core::LabelMask proposed(64, 48, core::Background);
        const core::PredictionId id =
            project().addPrediction(canvas().document()->id(), project().addRun(), proposed, 0.2F);
        core::Prediction prediction = *project().predictions().load(id);
        prediction.uncertainty = {2, 1, {0, 255}};
        QVERIFY(project().predictions().save(prediction).has_value());
        m_fixture->controller->reloadPrediction();
        QVERIFY(m_fixture->flush());
        m_fixture->zoomTo(8.0);
        QCOMPARE(canvas().grab().toImage().pixel(m_fixture->pixel(40, 24)), grey((40 * 7 + 24 * 13) % 256));
        m_fixture->key(Qt::Key_D);
        const QImage shown = canvas().grab().toImage();
        QCOMPARE(shown.pixel(m_fixture->pixel(20, 24)), grey((20 * 7 + 24 * 13) % 256));
        const QRgb right = shown.pixel(m_fixture->pixel(40, 24));
        const int below = (40 * 7 + 24 * 13) % 256;
        QVERIFY(std::abs(qRed(right) - (qRed(ui::magma()[255]) * 210 + below * 46) / 256) <= 1);
    }

    void stroke_costsByItsAreaNotByTheImage()
    {
        std::vector<std::size_t> costs;
        for (const int side : {512, 4096}) {
            QVERIFY(m_fixture->openNew(side, side));
            tools().setBrushSize(9);
            m_fixture->zoomTo(4.0);
            canvas().grab();
            QCoreApplication::processEvents();
            const ui::ComposeCounts before = canvas().counts();
            m_fixture->drag({{150, 200}, {180, 200}, {210, 210}});
            QCoreApplication::processEvents();
            const ui::ComposeCounts after = canvas().counts();
            QCOMPARE(after.tiles, before.tiles);
            QVERIFY(after.pixels > before.pixels);
            QVERIFY(after.pixels - before.pixels < std::size_t(40000));
            costs.push_back(after.pixels - before.pixels);
        }
        QCOMPARE(costs[0], costs[1]);
    }

    void tiles_areMadeForWhatIsInView()
    {
        QVERIFY(m_fixture->openNew(4096, 4096));
        canvas().grab();
        // The whole image at a twelfth of its size: level 3 or 4, at most 2 x 2 tiles of 256.
        QVERIFY(canvas().counts().tiles > 0);
        const std::size_t fitted = canvas().counts().tiles;
        QVERIFY2(fitted <= 8, qPrintable(QString::number(fitted)));
        canvas().actualSize();
        canvas().grab();
        QVERIFY(canvas().counts().tiles - fitted <= 9);
        const std::size_t before = canvas().counts().tiles;
        canvas().setOpacity(0.9);
        canvas().setOverlayVisible(false);
        canvas().grab();
        QCOMPARE(canvas().counts().tiles, before);
    }

    void cursor_isReported()
    {
        ui::CanvasCursor last;
        connect(&canvas(), &ui::ImageCanvas::cursorMoved, this,
                [&last](const ui::CanvasCursor &cursor) { last = cursor; });
        m_fixture->zoomTo(8.0);
        QTest::mouseMove(&canvas(), m_fixture->pixel(33, 24));
        QVERIFY(last.isInside);
        QCOMPARE(QPoint(last.x, last.y), QPoint(33, 24));
        QCOMPARE(last.value.toInt(), (33 * 7 + 24 * 13) % 256);
        QCOMPARE(last.label, core::NotAnnotated);
        QVERIFY(!last.millimetres);
        m_fixture->click(m_fixture->pixel(33, 24));
        QCOMPARE(last.label, core::LabelValue(1));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&canvas(), &leave);
        QVERIFY(!last.isInside);
    }

    void cursor_tellsMillimetresAndRescaledValues()
    {
        core::ImageData ct = test::patternImage(40, 20);
        ct.slope = 2.0;
        ct.intercept = -1000.0;
        ct.geometry.hasSpacing = true;
        ct.geometry.spacing = {0.5, 2.0, 5.0};
        QVERIFY(m_fixture->open(project().addImage("ct", ct)));
        // Rows are four times as far apart as columns: pixels are that much taller.
        const QPointF step = canvas().toWidget({1, 1}) - canvas().toWidget({0, 0});
        QVERIFY(std::abs(step.y() / step.x() - 4.0) < 1e-9);
        ui::CanvasCursor last;
        connect(&canvas(), &ui::ImageCanvas::cursorMoved, this,
                [&last](const ui::CanvasCursor &cursor) { last = cursor; });
        QTest::mouseMove(&canvas(), m_fixture->pixel(10, 3));
        QCOMPARE(last.value, QLocale().toString(-1000.0 + 2.0 * (10 * 7 + 3 * 13), 'g', 6));
        QCOMPARE(*last.millimetres, QPointF(5.0, 6.0));
    }

    void wheelOnASlice_asksForTheNextOne()
    {
        QVERIFY(m_fixture->open(addSlice("slice 1", 0)));
        QSignalSpy steps(&canvas(), &ui::ImageCanvas::sliceStepRequested);
        const double zoom = canvas().zoom();
        wheel(canvas(), {200, 200}, -120);
        wheel(canvas(), {200, 200}, -60);
        QCOMPARE(steps.size(), 1);
        QCOMPARE(steps.back().front().toInt(), 1);
        wheel(canvas(), {200, 200}, -60);
        QCOMPARE(steps.size(), 2);
        wheel(canvas(), {200, 200}, 240);
        QCOMPARE(steps.back().front().toInt(), -2);
        m_fixture->key(Qt::Key_PageDown);
        QCOMPARE(steps.back().front().toInt(), 1);
        m_fixture->key(Qt::Key_Left);
        QCOMPARE(steps.back().front().toInt(), -1);
        QCOMPARE(canvas().zoom(), zoom);
        wheel(canvas(), {200, 200}, 120, Qt::ControlModifier);
        QVERIFY(canvas().zoom() > zoom);
    }

    void shiftAndAltWheel_changeBrushAndOpacity()
    {
        tools().setBrushSize(15);
        wheel(canvas(), {200, 200}, 120, Qt::ShiftModifier);
        QCOMPARE(tools().brushSize(), 16.0);
        canvas().setOpacity(0.5);
        wheel(canvas(), {200, 200}, 240, Qt::AltModifier);
        QVERIFY(std::abs(canvas().opacity() - 0.6) < 1e-9);
        wheel(canvas(), {200, 200}, 12000, Qt::AltModifier);
        QCOMPARE(canvas().opacity(), 1.0);
    }

    void view_isKeptForTheNextImageOfTheSameSize()
    {
        canvas().setZoom(9.0);
        canvas().centreOn({20, 20});
        canvas().setContrast({80.0, 60.0});
        const QPointF place = canvas().toImage({100, 100});
        QVERIFY(m_fixture->open(project().addImage("same", test::patternImage(64, 48))));
        QCOMPARE(canvas().zoom(), 9.0);
        QCOMPARE(canvas().toImage({100, 100}), place);
        QCOMPARE(canvas().contrast(), (core::ValueWindow{80.0, 60.0}));
        QVERIFY(m_fixture->openNew(20, 90));
        QVERIFY(canvas().zoom() < 9.0);
        QCOMPARE(canvas().contrast(), (core::ValueWindow{127.5, 255.0}));
        canvas().setKeepsView(false);
        canvas().setZoom(9.0);
        canvas().setContrast({80.0, 60.0});
        QVERIFY(m_fixture->open(project().addImage("again", test::patternImage(64, 48))));
        QVERIFY(canvas().zoom() < 9.0);
        QCOMPARE(canvas().contrast(), (core::ValueWindow{127.5, 255.0}));
    }

    void slices_alwaysKeepTheView()
    {
        canvas().setKeepsView(false);
        QVERIFY(m_fixture->open(addSlice("slice 1", 0)));
        canvas().setZoom(9.0);
        canvas().setContrast({80.0, 60.0});
        QVERIFY(m_fixture->open(addSlice("slice 2", 1)));
        QCOMPARE(canvas().zoom(), 9.0);
        QCOMPARE(canvas().contrast(), (core::ValueWindow{80.0, 60.0}));
    }

    void withoutImage_theTextIsShown()
    {
        m_fixture->controller->close();
        QVERIFY(canvas().document() == nullptr);
        const QImage blank = canvas().grab().toImage();
        canvas().setEmptyText(QStringLiteral("Choose an image"));
        QVERIFY(canvas().grab().toImage() != blank);
        // Nothing of this may need an image.
        wheel(canvas(), {200, 200}, 120);
        m_fixture->drag({{100, 100}, {200, 200}});
        dragButton(canvas(), Qt::RightButton, {100, 100}, {200, 200});
        m_fixture->doubleClick(QPoint(10, 10), Qt::RightButton);
        for (const Qt::Key key : {Qt::Key_S, Qt::Key_A, Qt::Key_I, Qt::Key_D, Qt::Key_Escape, Qt::Key_PageUp})
            m_fixture->key(key);
        canvas().fit();
        canvas().actualSize();
        canvas().resize(200, 300);
        canvas().grab();
    }

    void smallerThanAPixelZoom_staysCorrect()
    {
        QVERIFY(m_fixture->openNew(1000, 1000));
        tools().setBrushSize(200);
        m_fixture->click(m_fixture->pixel(500, 500));
        moveAway();
        canvas().setOpacity(1.0);
        const QImage shown = canvas().grab().toImage();
        QCOMPARE(shown.pixel(m_fixture->pixel(500, 500)), qRgb(0xE6, 0x9F, 0x00));
        QCOMPARE(shown.pixel(m_fixture->pixel(420, 500)), qRgb(0xE6, 0x9F, 0x00));
        QCOMPARE(qRed(shown.pixel(m_fixture->pixel(380, 500))), qBlue(shown.pixel(m_fixture->pixel(380, 500))));
    }

    void colourImages_keepTheirColours()
    {
        core::ImageData image;
        image.width = 8;
        image.height = 8;
        image.channels = 3;
        for (int i = 0; i < 64; ++i) {
            for (const int value : {i * 4, 255 - i, (i * 37) % 256})
                image.bytes.push_back(static_cast<std::byte>(value));
        }
        QVERIFY(m_fixture->open(project().addImage("colour", image)));
        atActualSize();
        const QImage shown = canvas().grab().toImage();
        const QPoint origin = canvas().toWidget({0, 0}).toPoint();
        for (int i = 0; i < 64; ++i)
            QCOMPARE(shown.pixel(origin + QPoint(i % 8, i / 8)), qRgb(i * 4, 255 - i, (i * 37) % 256));
    }

private:
    void atActualSize()
    {
        canvas().actualSize();
        const core::LabelMask &mask = m_fixture->mask();
        canvas().centreOn({mask.width() / 2.0, mask.height() / 2.0});
        moveAway();
    }
    /// No brush outline over what is looked at.
    void moveAway()
    {
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&canvas(), &leave);
    }
    core::ImageId addSlice(const char *name, int position)
    {
        core::NewImage slice;
        slice.name = name;
        slice.source.sha256 = name;
        slice.width = 32;
        slice.height = 32;
        slice.seriesKey = "series";
        slice.slicePosition = position;
        const core::ImageId id = *project().images().add(slice);
        project().setPixels(id, test::patternImage(32, 32));
        return id;
    }
    ui::ImageCanvas &canvas() { return *m_fixture->canvas; }
    ui::ToolController &tools() { return *m_fixture->tools; }
    test::FakeProjectStore &project() { return m_fixture->project; }

    std::unique_ptr<test::CanvasFixture> m_fixture;
};

QTEST_MAIN(tst_CanvasView)
#include "tst_CanvasView.moc"
