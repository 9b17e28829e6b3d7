// SPDX-License-Identifier: Apache-2.0
// How masks are drawn over the image: filled, as outline, hatched; strokes, finished masks and proposals apart.
#include "CanvasFixture.h"

#include "ui/dialogs/LayersDialog.h"
#include "ui/theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSlider>
#include <QtTest/QTest>

#include <cmath>

using namespace semigda;

namespace
{

constexpr QRgb Orange = 0xffe69f00U;

} // namespace

class tst_Layers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeKind::Dark); }
    void init()
    {
        m_fixture = std::make_unique<test::CanvasFixture>();
        QVERIFY(m_fixture->openNew(64, 48));
        m_fixture->zoomTo(8.0);
        m_fixture->key(Qt::Key_R);
        m_fixture->drag({m_fixture->pixel(20, 14), m_fixture->pixel(43, 33)});
        moveAway();
        canvas().setOpacity(1.0);
    }
    void cleanup() { m_fixture.reset(); }

    void outline_runsInsideTheRegion()
    {
        canvas().setLook(ui::Layer::Strokes, {ui::MaskStyle::Outline, 1.0});
        const QImage shown = canvas().grab().toImage();
        const QImage bare = bareImage();
        // 2 device pixels of every side, and nothing else.
        QRect painted;
        for (int y = 0; y < 48; ++y) {
            for (int x = 0; x < 64; ++x) {
                if (m_fixture->mask().at(x, y) == 1)
                    painted |= QRect(x, y, 1, 1);
            }
        }
        QVERIFY(painted.width() > 20 && painted.height() > 15);
        const QRect region(m_fixture->at(painted.left(), painted.top()),
                           m_fixture->at(painted.right() + 1, painted.bottom() + 1) - QPoint(1, 1));
        for (int y = 0; y < shown.height(); ++y) {
            for (int x = 0; x < shown.width(); ++x) {
                const bool isLine = region.contains(x, y) && !region.adjusted(2, 2, -2, -2).contains(x, y);
                QCOMPARE(shown.pixel(x, y), isLine ? Orange : bare.pixel(x, y));
            }
        }
    }

    void hatch_leavesMostOfTheInsideVisible()
    {
        canvas().setLook(ui::Layer::Strokes, {ui::MaskStyle::Hatch, 1.0});
        const QImage shown = canvas().grab().toImage();
        const QImage bare = bareImage();
        const QRect inside = QRect(m_fixture->at(20, 14), m_fixture->at(44, 34)).adjusted(4, 4, -4, -4);
        int hatched = 0;
        for (int y = inside.top(); y <= inside.bottom(); ++y) {
            for (int x = inside.left(); x <= inside.right(); ++x) {
                if (shown.pixel(x, y) == Orange)
                    ++hatched;
                else
                    QCOMPARE(shown.pixel(x, y), bare.pixel(x, y));
            }
        }
        const double share = static_cast<double>(hatched) / (inside.width() * inside.height());
        QVERIFY2(share > 0.2 && share < 0.3, qPrintable(QString::number(share)));
    }

    void everyLook_isDrawnDuringStrokesAsAnew()
    {
        m_fixture->key(Qt::Key_B);
        tools().setBrushSize(5);
        for (const ui::MaskStyle style : {ui::MaskStyle::Fill, ui::MaskStyle::Outline, ui::MaskStyle::Hatch}) {
            canvas().setLook(ui::Layer::Strokes, {style, 0.6});
            canvas().grab();
            tools().setActiveClass(2);
            m_fixture->drag({m_fixture->pixel(40, 30), m_fixture->pixel(50, 36)});
            m_fixture->key(Qt::Key_E);
            // The class in hand, for others are locked.
            tools().setActiveClass(1);
            // Elsewhere each time: what is erased already would change nothing.
            const int y = 16 + 6 * static_cast<int>(style);
            m_fixture->drag({m_fixture->pixel(18, y), m_fixture->pixel(30, y)});
            m_fixture->key(Qt::Key_B);
            moveAway();
            const QImage partly = canvas().grab().toImage();
            canvas().setImageVisible(false);
            canvas().setImageVisible(true);
            QCOMPARE(canvas().grab().toImage(), partly);
        }
    }

    void finishedMask_hasItsOwnLook()
    {
        canvas().setLook(ui::Layer::Finished, {ui::MaskStyle::Outline, 1.0});
        const QPoint middle = m_fixture->pixel(30, 24);
        QCOMPARE(canvas().grab().toImage().pixel(middle), Orange);
        m_fixture->controller->markComplete();
        QTRY_VERIFY(canvas().document()->isComplete());
        moveAway();
        QCOMPARE(canvas().grab().toImage().pixel(middle), bareImage().pixel(middle));
        int lines = 0;
        for (int y = 0; y < canvas().height(); ++y)
            lines += canvas().grab().toImage().pixel(middle.x(), y) == Orange ? 1 : 0;
        QCOMPARE(lines, 4); // two above, two below
        canvas().setLayerVisible(ui::Layer::Finished, false);
        QVERIFY(!canvas().areStrokesVisible() && canvas().isLayerVisible(ui::Layer::Strokes));
        m_fixture->controller->undo();
        QTRY_VERIFY(!canvas().document()->isComplete());
        QVERIFY(canvas().areStrokesVisible());
    }

    void keys_showAndHide()
    {
        m_fixture->key(Qt::Key_A);
        QVERIFY(!canvas().isLayerVisible(ui::Layer::Strokes) && !canvas().isLayerVisible(ui::Layer::Finished));
        m_fixture->key(Qt::Key_A);
        m_fixture->key(Qt::Key_A, Qt::ShiftModifier);
        QVERIFY(canvas().areStrokesVisible() && !canvas().isPredictionVisible());
        m_fixture->key(Qt::Key_S);
        QVERIFY(!canvas().isOverlayVisible());
        QCOMPARE(canvas().grab().toImage(), bareImage());
        canvas().setOpacity(0.5);
        m_fixture->key(Qt::Key_Down, Qt::AltModifier);
        QVERIFY(std::abs(canvas().opacity() - 0.45) < 1e-9);
        m_fixture->key(Qt::Key_Up, Qt::AltModifier);
        QVERIFY(std::abs(canvas().look(ui::Layer::Finished).opacity - 0.5) < 1e-9);
    }

    void dialog_setsAndFollows()
    {
        ui::LayersDialog dialog(canvas());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        auto *style = dialog.findChild<QComboBox *>(QStringLiteral("predictionStyleBox"));
        auto *opacity = dialog.findChild<QSlider *>(QStringLiteral("predictionOpacitySlider"));
        auto *isVisible = dialog.findChild<QCheckBox *>(QStringLiteral("predictionVisibleBox"));
        QCOMPARE(style->currentData().toInt(), static_cast<int>(ui::MaskStyle::Outline));
        QCOMPARE(opacity->value(), 100);
        style->setCurrentIndex(style->findData(static_cast<int>(ui::MaskStyle::Hatch)));
        Q_EMIT style->activated(style->currentIndex());
        opacity->setValue(30);
        isVisible->click();
        QCOMPARE(canvas().look(ui::Layer::Prediction), (ui::LayerLook{ui::MaskStyle::Hatch, 0.3}));
        QVERIFY(!canvas().isPredictionVisible());
        canvas().setLook(ui::Layer::Strokes, {ui::MaskStyle::Outline, 0.2});
        QCOMPARE(dialog.findChild<QSlider *>(QStringLiteral("strokesOpacitySlider"))->value(), 20);
        QCOMPARE(dialog.findChild<QComboBox *>(QStringLiteral("strokesStyleBox"))->currentData().toInt(),
                 static_cast<int>(ui::MaskStyle::Outline));
    }

private:
    ui::ImageCanvas &canvas() { return *m_fixture->canvas; }
    ui::ToolController &tools() { return *m_fixture->tools; }
    void moveAway()
    {
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&canvas(), &leave);
    }
    QImage bareImage()
    {
        const bool wasVisible = canvas().isOverlayVisible();
        canvas().setOverlayVisible(false);
        const QImage bare = canvas().grab().toImage();
        canvas().setOverlayVisible(wasVisible);
        return bare;
    }

    std::unique_ptr<test::CanvasFixture> m_fixture;
};

QTEST_MAIN(tst_Layers)
#include "tst_Layers.moc"
