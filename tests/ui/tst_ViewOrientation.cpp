// SPDX-License-Identifier: Apache-2.0
// The view turned and mirrored: the same picture, the same pixels painted.
#include "CanvasFixture.h"

#include "ui/canvas/ScaleBar.h"
#include "ui/canvas/ViewOrientation.h"
#include "ui/theme/Theme.h"

#include <QtTest/QTest>

using namespace semigda;

namespace
{

QList<ui::ViewOrientation> allOrientations()
{
    QList<ui::ViewOrientation> all;
    for (const bool isMirrored : {false, true}) {
        for (int turns = 0; turns < 4; ++turns)
            all << ui::ViewOrientation{turns, isMirrored};
    }
    return all;
}

/// As QImage turns and mirrors, which is what the view must look like.
QImage oriented(QImage picture, const ui::ViewOrientation &orientation)
{
    if (orientation.isMirrored)
        picture = picture.mirrored(true, false);
    return picture.transformed(QTransform().rotate(90.0 * orientation.quarterTurns));
}

} // namespace

class tst_ViewOrientation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeKind::Dark); }
    void init() { m_fixture = std::make_unique<test::CanvasFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void pixels_lieWhereThePictureHasThem()
    {
        QImage picture(5, 3, QImage::Format_RGB32);
        for (int y = 0; y < 3; ++y) {
            for (int x = 0; x < 5; ++x)
                picture.setPixel(x, y, qRgb(x * 40, y * 80, 7));
        }
        for (const ui::ViewOrientation &orientation : allOrientations()) {
            const QImage turned = oriented(picture, orientation);
            QCOMPARE(orientation.swapped(picture.size()), turned.size());
            for (int y = 0; y < 3; ++y) {
                for (int x = 0; x < 5; ++x) {
                    const QRect pixel = orientation.toScreen(QRect(x, y, 1, 1), picture.size());
                    QCOMPARE(pixel.size(), QSize(1, 1));
                    QCOMPARE(turned.pixel(pixel.topLeft()), picture.pixel(x, y));
                    QCOMPARE(orientation.toUpright(pixel, picture.size()), QRect(x, y, 1, 1));
                    const QPointF middle(x + 0.5, y + 0.25);
                    const QPointF back =
                        orientation.toUpright(orientation.toScreen(middle, picture.size()), picture.size());
                    QVERIFY((back - middle).manhattanLength() < 1e-9);
                }
            }
        }
    }

    void turnsAndMirrors_areAsTheViewerSeesThem()
    {
        QImage picture(4, 3, QImage::Format_RGB32);
        for (int y = 0; y < 3; ++y) {
            for (int x = 0; x < 4; ++x)
                picture.setPixel(x, y, qRgb(x * 60, y * 80, 9));
        }
        for (const ui::ViewOrientation &before : allOrientations()) {
            const QImage seen = oriented(picture, before);
            QCOMPARE(oriented(picture, before.turned(1)), seen.transformed(QTransform().rotate(90.0)));
            QCOMPARE(oriented(picture, before.turned(-1)), seen.transformed(QTransform().rotate(-90.0)));
            QCOMPARE(oriented(picture, before.mirrored(Qt::Horizontal)), seen.mirrored(true, false));
            QCOMPARE(oriented(picture, before.mirrored(Qt::Vertical)), seen.mirrored(false, true));
        }
    }

    void canvas_showsTheSamePictureTurned()
    {
        QVERIFY(m_fixture->openNew(40, 24));
        canvas().resize(300, 200);
        tools().setBrushSize(7);
        m_fixture->click(m_fixture->pixel(12, 9));
        awayFromTheImage();
        canvas().setZoom(4.0);
        canvas().centreOn({20.0, 12.0});
        // Captions at the edges are no part of the picture.
        const QImage upright = canvas().grab().toImage().copy(100, 50, 100, 100);
        for (const ui::ViewOrientation &orientation : allOrientations()) {
            const QSize size = orientation.swapped(QSize(300, 200));
            canvas().setOrientation(orientation);
            canvas().resize(size);
            canvas().centreOn({20.0, 12.0});
            const QImage seen = canvas().grab().toImage().copy(size.width() / 2 - 50, size.height() / 2 - 50, 100, 100);
            QCOMPARE(seen, oriented(upright, orientation));
        }
    }

    void strokes_paintWhatIsUnderThePointer()
    {
        QVERIFY(m_fixture->openNew(40, 24));
        tools().setBrushSize(1);
        int place = 0;
        for (const ui::ViewOrientation &orientation : allOrientations()) {
            canvas().setOrientation(orientation);
            const int x = 3 + 4 * place;
            const int y = 2 + 2 * place++;
            m_fixture->click(m_fixture->pixel(x, y));
            QCOMPARE(m_fixture->mask().at(x, y), core::LabelValue(1));
        }
        std::size_t painted = 0;
        for (const auto &[value, count] : core::countValues(m_fixture->mask()))
            painted += value == 1 ? count : 0;
        QCOMPARE(painted, std::size_t(8));
    }

    void whatIsDrawnDuringAStroke_isWhatIsDrawnAnew()
    {
        QVERIFY(m_fixture->openNew(64, 48));
        tools().setBrushSize(9);
        for (const ui::ViewOrientation &orientation : allOrientations()) {
            canvas().setOrientation(orientation);
            m_fixture->zoomTo(5.0);
            canvas().grab();
            m_fixture->drag({m_fixture->pixel(20, 20), m_fixture->pixel(31, 24), m_fixture->pixel(36, 30)});
            awayFromTheImage();
            const QImage partly = canvas().grab().toImage();
            canvas().setImageVisible(false);
            canvas().setImageVisible(true);
            QCOMPARE(canvas().grab().toImage(), partly);
            m_fixture->controller->undo();
        }
    }

    void dragging_movesWithThePointer()
    {
        QVERIFY(m_fixture->openNew(64, 48));
        m_fixture->zoomTo(8.0);
        for (const ui::ViewOrientation &orientation : allOrientations()) {
            canvas().setOrientation(orientation);
            canvas().centreOn({32, 24});
            const QPointF under = canvas().toImage({200, 200});
            QTest::mousePress(&canvas(), Qt::MiddleButton, {}, {200, 200});
            QTest::mouseMove(&canvas(), {230, 190});
            QTest::mouseRelease(&canvas(), Qt::MiddleButton, {}, {230, 190});
            QVERIFY((canvas().toImage({230, 190}) - under).manhattanLength() < 1e-9);
            const QPointF right = canvas().toImage({250, 200});
            m_fixture->key(Qt::Key_Right, Qt::ShiftModifier);
            QVERIFY((canvas().toImage({200, 200}) - right).manhattanLength() < 1e-9);
        }
    }

    void keys_turnAndMirror()
    {
        QVERIFY(m_fixture->openNew(40, 24));
        m_fixture->key(Qt::Key_R, Qt::ShiftModifier);
        QCOMPARE(canvas().orientation(), (ui::ViewOrientation{1, false}));
        // The whole image is fitted again: upright it is wider than high.
        const QRectF shown = QRectF(canvas().toWidget({0, 0}), canvas().toWidget({40, 24})).normalized();
        QVERIFY(shown.height() > shown.width() && QRectF(canvas().rect()).contains(shown));
        m_fixture->key(Qt::Key_L, Qt::ShiftModifier);
        QCOMPARE(canvas().orientation(), ui::ViewOrientation());
        m_fixture->key(Qt::Key_H, Qt::ShiftModifier);
        QVERIFY(canvas().toWidget({0, 0}).x() > canvas().toWidget({40, 0}).x());
        m_fixture->key(Qt::Key_V, Qt::ShiftModifier);
        QVERIFY(canvas().toWidget({0, 0}).y() > canvas().toWidget({0, 24}).y());
        m_fixture->key(Qt::Key_N, Qt::ShiftModifier);
        QVERIFY(canvas().orientation().isUpright());
    }

    void turnedViews_saySo()
    {
        QCOMPARE(ui::orientationText({}), QString());
        QSet<QString> texts;
        for (const ui::ViewOrientation &orientation : allOrientations())
            texts << ui::orientationText(orientation);
        QCOMPARE(texts.size(), 8);
    }

    void scaleBar_hasARoundLength_data()
    {
        QTest::addColumn<double>("millimetres");
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("length");
        QTest::newRow("CT") << 0.7 << QStringLiteral("10 cm") << 100.0 / 0.7;
        QTest::newRow("zoomed in") << 0.01 << QStringLiteral("1 mm") << 100.0;
        QTest::newRow("microscope") << 0.00025 << QStringLiteral("20 µm") << 80.0;
        QTest::newRow("half a centimetre") << 0.04 << QStringLiteral("5 mm") << 125.0;
        QTest::newRow("1 cm") << 0.1 << QStringLiteral("1 cm") << 100.0;
        QTest::newRow("whole body") << 10.0 << QStringLiteral("1 m") << 100.0;
    }

    void scaleBar_hasARoundLength()
    {
        QFETCH(double, millimetres);
        QFETCH(QString, text);
        QFETCH(double, length);
        const std::optional<ui::ScaleBar> bar = ui::scaleBarFor(millimetres, 160.0);
        QVERIFY(bar.has_value());
        QCOMPARE(bar->text, text);
        QVERIFY(std::abs(bar->length - length) < 1e-6);
        QVERIFY(!ui::scaleBarFor(0.0, 160.0) && !ui::scaleBarFor(std::nan(""), 160.0));
    }

    void scaleBar_needsAScale()
    {
        core::ImageData image = test::patternImage(64, 64);
        QVERIFY(m_fixture->open(m_fixture->project.addImage("without", image)));
        const auto cornerChanges = [this] {
            canvas().setScaleBarVisible(false);
            const QImage without = canvas().grab().toImage();
            canvas().setScaleBarVisible(true);
            return canvas().grab().toImage() != without;
        };
        QVERIFY(!cornerChanges());
        image.geometry.hasSpacing = true;
        image.geometry.spacing = {0.5, 0.5, 1.0};
        QVERIFY(m_fixture->open(m_fixture->project.addImage("with", image)));
        QVERIFY(cornerChanges());
    }

private:
    ui::ImageCanvas &canvas() { return *m_fixture->canvas; }
    ui::ToolController &tools() { return *m_fixture->tools; }
    /// So that no cursor is in the picture.
    void awayFromTheImage()
    {
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&canvas(), &leave);
    }

    std::unique_ptr<test::CanvasFixture> m_fixture;
};

QTEST_MAIN(tst_ViewOrientation)
#include "tst_ViewOrientation.moc"
