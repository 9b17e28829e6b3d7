// SPDX-License-Identifier: Apache-2.0
// The tool options: they follow the tools, the tools follow them, and a range of values holds for every tool.
#include "CanvasFixture.h"

#include "ui/tools/ToolOptionsBar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSlider>

using namespace semigda;

class tst_ToolOptionsBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::CanvasFixture>();
        QVERIFY(m_fixture->openNew());
        m_fixture->zoomTo(12.0);
        m_bar = std::make_unique<ui::ToolOptionsBar>(tools());
        m_bar->setContrast(core::ValueWindow{128.0, 256.0}, core::ValueWindow{100.0, 40.0});
        m_bar->show();
    }
    void cleanup()
    {
        m_bar.reset();
        m_fixture.reset();
    }

    void options_areThoseOfTheTool()
    {
        QTRY_VERIFY(child<QSlider>("brushSizeSlider").isVisible());
        QTRY_VERIFY(!child<QDoubleSpinBox>("toleranceBox").isVisible());
        tools().setTool(ui::ToolKind::Wand);
        QTRY_VERIFY(!child<QSlider>("brushSizeSlider").isVisible());
        QTRY_VERIFY(child<QDoubleSpinBox>("toleranceBox").isVisible());
        QTRY_VERIFY(child<QCheckBox>("rangeCheckBox").isVisible());
        tools().setTool(ui::ToolKind::Pan);
        QTRY_VERIFY(!child<QCheckBox>("rangeCheckBox").isVisible());
    }
    void brush_isSetHereAndElsewhere()
    {
        child<QDoubleSpinBox>("brushSizeBox").setValue(33);
        QCOMPARE(tools().brushSize(), 33.0);
        tools().setBrushSize(ui::ToolController::MaxBrush);
        QCOMPARE(child<QSlider>("brushSizeSlider").value(), child<QSlider>("brushSizeSlider").maximum());
        QCOMPARE(child<QDoubleSpinBox>("brushSizeBox").value(), ui::ToolController::MaxBrush);
        tools().setBrushSize(17);
        QCOMPARE(child<QDoubleSpinBox>("brushSizeBox").value(), 17.0); // not rounded by the slider
        QCOMPARE(tools().brushSize(), 17.0);
        child<QSlider>("brushSizeSlider").setValue(0);
        QCOMPARE(tools().brushSize(), ui::ToolController::MinBrush);
        auto &shape = child<QComboBox>("brushShapeBox");
        shape.setCurrentIndex(1);
        Q_EMIT shape.activated(1);
        QCOMPARE(tools().brushShape(), core::BrushShape::Square);
        child<QCheckBox>("brushPressureBox").click();
        QVERIFY(tools().usesPressure());
    }
    void tolerance_isInTheImagesUnits()
    {
        tools().setTool(ui::ToolKind::Wand);
        tools().setTolerance(0.25);
        QCOMPARE(child<QDoubleSpinBox>("toleranceBox").value(), 64.0);
        child<QDoubleSpinBox>("toleranceBox").setValue(128.0);
        QCOMPARE(tools().tolerance(), 0.5);
        m_bar->setContrast(core::ValueWindow{0.5, 1.0}, core::ValueWindow{0.5, 1.0});
        QCOMPARE(child<QDoubleSpinBox>("toleranceBox").value(), 0.5);
        QCOMPARE(tools().tolerance(), 0.5);
    }
    void range_beginsAtWhatIsShown()
    {
        QSignalSpy finished(m_bar.get(), &ui::ToolOptionsBar::finished);
        child<QCheckBox>("rangeCheckBox").click();
        QCOMPARE(tools().valueRange(), (std::optional(core::ValueRange{80.0, 120.0})));
        QVERIFY(finished.size() > 0);
        child<QDoubleSpinBox>("rangeLowBox").setValue(90.0);
        QCOMPARE(tools().valueRange(), (std::optional(core::ValueRange{90.0, 120.0})));
        child<QCheckBox>("rangeCheckBox").click();
        QVERIFY(!tools().valueRange());
        child<QCheckBox>("rangeCheckBox").click(); // and comes back as it was
        QCOMPARE(tools().valueRange(), (std::optional(core::ValueRange{90.0, 120.0})));
        m_bar->setContrast({}, {});
        QVERIFY(!m_bar->isEnabled());
        QCOMPARE(tools().valueRange(), (std::optional(core::ValueRange{90.0, 120.0})));
    }
    void range_holdsForEveryTool_data()
    {
        QTest::addColumn<int>("tool");
        QTest::newRow("brush") << static_cast<int>(ui::ToolKind::Brush);
        QTest::newRow("lasso") << static_cast<int>(ui::ToolKind::Lasso);
        QTest::newRow("polygon") << static_cast<int>(ui::ToolKind::Polygon);
        QTest::newRow("rectangle") << static_cast<int>(ui::ToolKind::Rectangle);
        QTest::newRow("ellipse") << static_cast<int>(ui::ToolKind::Ellipse);
        QTest::newRow("fill") << static_cast<int>(ui::ToolKind::Fill);
        QTest::newRow("wand") << static_cast<int>(ui::ToolKind::Wand);
    }
    void range_holdsForEveryTool()
    {
        QFETCH(int, tool);
        tools().setValueRange(core::ValueRange{60.0, 140.0});
        tools().setTolerance(1.0);
        tools().setBrushSize(20);
        tools().setTool(static_cast<ui::ToolKind>(tool));
        const std::vector<QPoint> way{m_fixture->pixel(4, 4), m_fixture->pixel(26, 4), m_fixture->pixel(26, 26),
                                      m_fixture->pixel(4, 26)};
        if (tools().tool() == ui::ToolKind::Polygon) {
            for (const QPoint &corner : way)
                m_fixture->click(corner);
            m_fixture->key(Qt::Key_Return);
        } else if (tools().tool() == ui::ToolKind::Lasso) {
            m_fixture->drag({way[0], way[1], way[2], way[3]});
        } else {
            m_fixture->drag({way[0], way[2]});
        }
        QTRY_VERIFY(!m_fixture->canvas->document()->isEditing());
        const core::ImageData &image = m_fixture->canvas->document()->pixels();
        std::size_t painted = 0;
        for (int y = 0; y < image.height; ++y) {
            for (int x = 0; x < image.width; ++x) {
                if (m_fixture->mask().at(x, y) != 1)
                    continue;
                ++painted;
                QVERIFY(image.value(x, y) >= 60.0 && image.value(x, y) <= 140.0);
            }
        }
        QVERIFY2(painted > 30, qPrintable(QString::number(painted)));
    }
    void nothingWithinTheRange_isSaid()
    {
        QSignalSpy notices(&tools(), &ui::ToolController::noticed);
        tools().setValueRange(core::ValueRange{-20.0, -10.0});
        tools().setBrushSize(5);
        m_fixture->click(m_fixture->pixel(10, 10));
        QCOMPARE(notices.size(), 1);
        QCOMPARE(m_fixture->canvas->document()->undoStack().count(), 0);
    }

private:
    template <typename Widget> Widget &child(const char *name)
    {
        return *m_bar->findChild<Widget *>(QString::fromLatin1(name));
    }
    ui::ToolController &tools() { return *m_fixture->tools; }

    std::unique_ptr<test::CanvasFixture> m_fixture;
    std::unique_ptr<ui::ToolOptionsBar> m_bar;
};

QTEST_MAIN(tst_ToolOptionsBar)
#include "tst_ToolOptionsBar.moc"
