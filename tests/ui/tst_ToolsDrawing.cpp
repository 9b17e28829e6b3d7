// SPDX-License-Identifier: Apache-2.0
// Every tool by real mouse and key events on the canvas, with the exact pixels it must leave.
#include "CanvasFixture.h"

using namespace semigda;

namespace
{

constexpr core::PixelRect Corner{0, 0, 10, 8};

} // namespace

class tst_ToolsDrawing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(true); }
    void cleanup() { m_fixture.reset(); }

    void squareBrush_paintsItsFootprint()
    {
        tools().setBrushShape(core::BrushShape::Square);
        tools().setBrushSize(3);
        m_fixture->click(m_fixture->pixel(4, 3));
        QCOMPARE(shown(), std::string("..........\n"
                                      "..........\n"
                                      "...111....\n"
                                      "...111....\n"
                                      "...111....\n"
                                      "..........\n"
                                      "..........\n"
                                      "..........\n"));
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(9));
    }

    void roundBrush_paintsADisc()
    {
        tools().setBrushSize(5);
        m_fixture->click(m_fixture->pixel(4, 3));
        QCOMPARE(shown(), std::string("..........\n"
                                      "...111....\n"
                                      "..11111...\n"
                                      "..11111...\n"
                                      "..11111...\n"
                                      "...111....\n"
                                      "..........\n"
                                      "..........\n"));
    }

    void brush_joinsTheMouseEvents()
    {
        tools().setBrushSize(1);
        m_fixture->drag({m_fixture->pixel(1, 1), m_fixture->pixel(8, 1), m_fixture->pixel(8, 6)});
        QCOMPARE(shown(), std::string("..........\n"
                                      ".11111111.\n"
                                      "........1.\n"
                                      "........1.\n"
                                      "........1.\n"
                                      "........1.\n"
                                      "........1.\n"
                                      "..........\n"));
        QCOMPARE(m_fixture->canvas->document()->undoStack().count(), 1);
    }

    void brush_outsideTheImageIsClipped()
    {
        tools().setBrushShape(core::BrushShape::Square);
        tools().setBrushSize(3);
        m_fixture->drag({m_fixture->pixel(-6, 0), m_fixture->pixel(2, 0)});
        QCOMPARE(shown(), std::string("1111......\n"
                                      "1111......\n"
                                      "..........\n"
                                      "..........\n"
                                      "..........\n"
                                      "..........\n"
                                      "..........\n"
                                      "..........\n"));
    }

    void twoFastClicks_areTwoDabs()
    {
        tools().setBrushSize(1);
        const double zoom = m_fixture->canvas->zoom();
        m_fixture->click(m_fixture->pixel(1, 1));
        m_fixture->doubleClick(m_fixture->pixel(3, 1));
        QCOMPARE(m_fixture->mask().at(1, 1), core::LabelValue(1));
        QCOMPARE(m_fixture->mask().at(3, 1), core::LabelValue(1));
        QCOMPARE(m_fixture->canvas->zoom(), zoom);
        QVERIFY(!m_fixture->canvas->document()->isEditing());
    }

    void eraser_unpaints()
    {
        paintBlock();
        m_fixture->key(Qt::Key_E);
        QCOMPARE(tools().tool(), ui::ToolKind::Eraser);
        tools().setBrushSize(1);
        m_fixture->drag({m_fixture->pixel(1, 2), m_fixture->pixel(6, 2)});
        QCOMPARE(shown(), std::string("..........\n"
                                      "..11111...\n"
                                      "..........\n"
                                      "..11111...\n"
                                      "..11111...\n"
                                      "..11111...\n"
                                      "..........\n"
                                      "..........\n"));
    }

    void control_invertsBrushAndEraser()
    {
        paintBlock();
        tools().setBrushSize(1);
        m_fixture->click(m_fixture->pixel(3, 3), Qt::ControlModifier);
        QCOMPARE(m_fixture->mask().at(3, 3), core::NotAnnotated);
        m_fixture->key(Qt::Key_E);
        m_fixture->click(m_fixture->pixel(3, 3), Qt::ControlModifier);
        QCOMPARE(m_fixture->mask().at(3, 3), core::LabelValue(1));
        m_fixture->click(m_fixture->pixel(3, 3));
        QCOMPARE(m_fixture->mask().at(3, 3), core::NotAnnotated);
    }

    void eraserInACompleteImage_leavesBackground()
    {
        paintBlock();
        m_fixture->controller->markComplete();
        QVERIFY(m_fixture->flush());
        m_fixture->key(Qt::Key_E);
        tools().setBrushSize(1);
        m_fixture->click(m_fixture->pixel(3, 3));
        QCOMPARE(m_fixture->mask().at(3, 3), core::Background);
        QVERIFY(m_fixture->canvas->document()->isComplete());
    }

    void eraserOnAProposal_leavesBackground()
    {
        const core::ImageId id = m_fixture->canvas->document()->id();
        const core::LabelMask &mask = m_fixture->mask();
        project().addPrediction(id, project().addRun(), core::LabelMask(mask.width(), mask.height(), 1), 0.5F);
        m_fixture->controller->reloadPrediction();
        QVERIFY(m_fixture->flush());
        m_fixture->key(Qt::Key_E);
        tools().setBrushSize(1);
        m_fixture->click(m_fixture->pixel(4, 3));
        QCOMPARE(m_fixture->mask().at(4, 3), core::Background);
        QCOMPARE(m_fixture->mask().at(5, 3), core::NotAnnotated);
    }

    void polygon_fillsWhatItSurrounds()
    {
        m_fixture->key(Qt::Key_P);
        for (const QPoint &corner : box())
            m_fixture->click(corner);
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(0));
        m_fixture->key(Qt::Key_Return);
        QCOMPARE(shown(), std::string(Box));
        QCOMPARE(m_fixture->canvas->document()->undoStack().count(), 1);
        m_fixture->controller->undo();
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(0));
        m_fixture->controller->redo();
        QCOMPARE(shown(), std::string(Box));
    }

    void polygon_endsWithADoubleClick()
    {
        m_fixture->key(Qt::Key_P);
        const std::vector<QPoint> corners = box();
        for (const QPoint &corner : corners)
            m_fixture->click(corner);
        m_fixture->doubleClick(corners.back());
        QCOMPARE(shown(), std::string(Box));
    }

    void polygon_endsAtItsFirstCorner()
    {
        m_fixture->key(Qt::Key_P);
        const std::vector<QPoint> corners = box();
        for (const QPoint &corner : corners)
            m_fixture->click(corner);
        m_fixture->click(corners.front() + QPoint(2, 1));
        QCOMPARE(shown(), std::string(Box));
        QVERIFY(!tools().isActive());
    }

    void polygon_takesBackItsLastCorner()
    {
        m_fixture->key(Qt::Key_P);
        std::vector<QPoint> corners = box();
        corners.insert(corners.begin() + 2, m_fixture->at(9, 7));
        for (std::size_t i = 0; i < 3; ++i)
            m_fixture->click(corners[i]);
        m_fixture->key(Qt::Key_Backspace);
        for (std::size_t i = 3; i < corners.size(); ++i)
            m_fixture->click(corners[i]);
        m_fixture->key(Qt::Key_Enter, Qt::KeypadModifier);
        QCOMPARE(shown(), std::string(Box));
    }

    void polygon_isCancelledByEscapeAndByAnotherTool()
    {
        m_fixture->key(Qt::Key_P);
        for (const QPoint &corner : box())
            m_fixture->click(corner);
        m_fixture->key(Qt::Key_Escape);
        QVERIFY(!tools().isActive());
        m_fixture->key(Qt::Key_Return);
        for (const QPoint &corner : box())
            m_fixture->click(corner);
        m_fixture->key(Qt::Key_B);
        QVERIFY(!tools().isActive());
        QCOMPARE(m_fixture->canvas->document()->undoStack().count(), 0);
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(32 * 32));
    }

    void polygonWithControl_erases()
    {
        paintBlock();
        m_fixture->key(Qt::Key_P);
        const std::vector<QPoint> corners = box();
        m_fixture->click(corners.front(), Qt::ControlModifier);
        for (std::size_t i = 1; i < corners.size(); ++i)
            m_fixture->click(corners[i]);
        m_fixture->key(Qt::Key_Return);
        QCOMPARE(shown(), std::string("..........\n"
                                      "..11111...\n"
                                      "..1.......\n"
                                      "..1.......\n"
                                      "..11111...\n"
                                      "..11111...\n"
                                      "..........\n"
                                      "..........\n"));
    }

    void lasso_fillsWhatItIsLedAround()
    {
        m_fixture->key(Qt::Key_L);
        const std::vector<QPoint> corners = box();
        m_fixture->drag({corners[0], corners[1], corners[2], corners[3]});
        QCOMPARE(shown(), std::string(Box));
        QVERIFY(m_fixture->flush());
        QCOMPARE(project().annotations().history(m_fixture->canvas->document()->id())->edits.front().reason,
                 std::string("Lasso"));
    }

    void lasso_isCancelledByEscape()
    {
        m_fixture->key(Qt::Key_L);
        const std::vector<QPoint> corners = box();
        m_fixture->press(corners[0]);
        for (const QPoint &corner : corners)
            QTest::mouseMove(m_fixture->canvas.get(), corner);
        m_fixture->key(Qt::Key_Escape);
        QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, corners[3]);
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(32 * 32));
    }

    void strokeInProgress_isTakenBackByEscape()
    {
        paintBlock();
        const std::string before = m_fixture->shown({0, 0, 32, 32});
        tools().setBrushSize(7);
        tools().setActiveClass(2);
        m_fixture->press(m_fixture->pixel(12, 12));
        QTest::mouseMove(m_fixture->canvas.get(), m_fixture->pixel(20, 20));
        QVERIFY(test::countOf(m_fixture->mask(), 2) > 49);
        m_fixture->key(Qt::Key_Escape);
        QCOMPARE(m_fixture->shown({0, 0, 32, 32}), before);
        QTest::mouseMove(m_fixture->canvas.get(), m_fixture->pixel(24, 24));
        QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, m_fixture->pixel(24, 24));
        QCOMPARE(m_fixture->shown({0, 0, 32, 32}), before);
        QCOMPARE(m_fixture->canvas->document()->undoStack().count(), 1);
    }

    void undo_waitsForTheStrokeInProgress()
    {
        paintBlock();
        m_fixture->press(m_fixture->pixel(20, 20));
        m_fixture->controller->undo();
        QCOMPARE(test::countOf(m_fixture->mask(), 1) >= 25, true);
        QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, m_fixture->pixel(20, 20));
        QCOMPARE(m_fixture->canvas->document()->undoStack().count(), 2);
    }

    void lockedClass_isNotPaintedOver()
    {
        paintBlock();
        QSignalSpy notices(&tools(), &ui::ToolController::noticed);
        tools().setActiveClass(2);
        tools().setBrushSize(1);
        m_fixture->drag({m_fixture->pixel(0, 3), m_fixture->pixel(9, 3)});
        QCOMPARE(shown(), std::string("..........\n"
                                      "..11111...\n"
                                      "..11111...\n"
                                      "2211111222\n"
                                      "..11111...\n"
                                      "..11111...\n"
                                      "..........\n"
                                      "..........\n"));
        QCOMPARE(notices.size(), 0);
        m_fixture->click(m_fixture->pixel(4, 4));
        QCOMPARE(notices.size(), 1);
        QVERIFY(notices.front().front().toString().contains(QStringLiteral("Lesion")));
        m_fixture->key(Qt::Key_E);
        m_fixture->click(m_fixture->pixel(4, 4));
        QCOMPARE(m_fixture->mask().at(4, 4), core::LabelValue(1));
        QCOMPARE(notices.size(), 2);
    }

    void unlockedClass_isPaintedOver()
    {
        start(false);
        paintBlock();
        tools().setActiveClass(2);
        tools().setBrushSize(1);
        m_fixture->drag({m_fixture->pixel(0, 3), m_fixture->pixel(9, 3)});
        QCOMPARE(m_fixture->shown({0, 3, 10, 1}), std::string("2222222222\n"));
    }

    void background_isPaintedAsAClass()
    {
        tools().setActiveClass(core::Background);
        tools().setBrushSize(1);
        m_fixture->drag({m_fixture->pixel(1, 1), m_fixture->pixel(4, 1)});
        QCOMPARE(m_fixture->shown({0, 1, 6, 1}), std::string(".0000.\n"));
    }

    void digits_chooseClasses()
    {
        QSignalSpy changes(&tools(), &ui::ToolController::activeClassChanged);
        QCOMPARE(tools().activeClass(), core::LabelValue(1));
        m_fixture->key(Qt::Key_2);
        QCOMPARE(tools().activeClass(), core::LabelValue(2));
        m_fixture->key(Qt::Key_7); // no such class
        QCOMPARE(tools().activeClass(), core::LabelValue(2));
        m_fixture->key(Qt::Key_X);
        QCOMPARE(tools().activeClass(), core::LabelValue(1));
        m_fixture->key(Qt::Key_X);
        QCOMPARE(tools().activeClass(), core::LabelValue(2));
        m_fixture->key(Qt::Key_Period);
        QCOMPARE(tools().activeClass(), core::Background);
        m_fixture->key(Qt::Key_Period);
        QCOMPARE(tools().activeClass(), core::LabelValue(1));
        m_fixture->key(Qt::Key_Comma);
        QCOMPARE(tools().activeClass(), core::Background);
        m_fixture->key(Qt::Key_0);
        QCOMPARE(tools().activeClass(), core::NotAnnotated);
        QCOMPARE(changes.size(), 7);
    }

    void zero_unpaintsEvenWithTheBrush()
    {
        paintBlock();
        start(false);
        paintBlock();
        m_fixture->key(Qt::Key_0);
        tools().setBrushSize(1);
        m_fixture->click(m_fixture->pixel(4, 4));
        QCOMPARE(m_fixture->mask().at(4, 4), core::NotAnnotated);
    }

    void altClick_picksTheClassUnderTheCursor()
    {
        paintBlock();
        tools().setActiveClass(2);
        m_fixture->click(m_fixture->pixel(4, 4), Qt::AltModifier);
        QCOMPARE(tools().activeClass(), core::LabelValue(1));
        m_fixture->click(m_fixture->pixel(20, 20), Qt::AltModifier); // nothing annotated there
        QCOMPARE(tools().activeClass(), core::LabelValue(1));
        QCOMPARE(m_fixture->canvas->document()->undoStack().count(), 1);
    }

    void brackets_changeTheBrush()
    {
        tools().setBrushSize(20);
        m_fixture->key(Qt::Key_BracketRight);
        QCOMPARE(tools().brushSize(), 22.0);
        m_fixture->key(Qt::Key_BracketLeft);
        QCOMPARE(tools().brushSize(), 20.0);
        for (int i = 0; i < 100; ++i)
            m_fixture->key(Qt::Key_BracketLeft);
        QCOMPARE(tools().brushSize(), 1.0);
        for (int i = 0; i < 200; ++i)
            m_fixture->key(Qt::Key_BracketRight);
        QCOMPARE(tools().brushSize(), 500.0);
    }

    void keys_doNothingWithoutTheFocus()
    {
        QWidget other;
        other.show();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        QTest::keyClick(&other, Qt::Key_E);
        QCOMPARE(tools().tool(), ui::ToolKind::Brush);
    }

    void undoneStroke_isExactlyGone()
    {
        paintBlock();
        const std::string before = m_fixture->shown({0, 0, 32, 32});
        tools().setActiveClass(2);
        tools().setBrushSize(9);
        m_fixture->drag({m_fixture->pixel(2, 2), m_fixture->pixel(28, 9), m_fixture->pixel(5, 28)});
        const std::string after = m_fixture->shown({0, 0, 32, 32});
        QVERIFY(after != before);
        m_fixture->controller->undo();
        QCOMPARE(m_fixture->shown({0, 0, 32, 32}), before);
        m_fixture->controller->redo();
        QCOMPARE(m_fixture->shown({0, 0, 32, 32}), after);
        QVERIFY(m_fixture->flush());
        QCOMPARE(test::picture(m_fixture->stored(m_fixture->canvas->document()->id()), {0, 0, 32, 32}), after);
    }

    void removedClass_isNotActiveAnyMore()
    {
        tools().setActiveClass(2);
        core::LabelSet classes = m_fixture->classes;
        classes.remove(2);
        m_fixture->canvas->setClasses(classes);
        QCOMPARE(tools().activeClass(), core::LabelValue(1));
        m_fixture->key(Qt::Key_X);
        QVERIFY(tools().activeClass() != core::LabelValue(2));
    }

    void readOnly_ignoresTheMouse()
    {
        m_fixture->controller->setReadOnly(true);
        for (const Qt::Key tool : {Qt::Key_B, Qt::Key_L}) {
            m_fixture->key(tool);
            m_fixture->drag({m_fixture->pixel(1, 1), m_fixture->pixel(9, 1), m_fixture->pixel(9, 9)});
        }
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(32 * 32));
    }

    void outline_isTheTrueFootprint()
    {
        tools().setBrushShape(core::BrushShape::Square);
        tools().setBrushSize(3);
        ui::ToolPoint point;
        point.position = {4.5, 3.5};
        QCOMPARE(tools().outline(point).boundingRect(), QRectF(3, 2, 3, 3));
        tools().setBrushShape(core::BrushShape::Round);
        tools().setBrushSize(5);
        const QPainterPath disc = tools().outline(point);
        for (int y = 0; y < 8; ++y) {
            for (int x = 0; x < 10; ++x) {
                const bool isPainted = Disc[static_cast<std::size_t>(y * 11 + x)] == '1';
                QCOMPARE(disc.contains(QPointF(x + 0.5, y + 0.5)), isPainted);
            }
        }
        QCOMPARE(tools().outlineColour(point), QColor(0xE6, 0x9F, 0x00));
        point.modifiers = Qt::ControlModifier;
        QCOMPARE(tools().outlineColour(point), QColor(Qt::white));
    }

    void pen_pressureAndEraser()
    {
        tools().setUsesPressure(true);
        tools().setBrushShape(core::BrushShape::Square);
        tools().setBrushSize(6);
        ui::ToolPoint point;
        point.position = {16.5, 16.5};
        point.pressure = 0.5;
        QVERIFY(tools().press(point));
        point.pressure = 0.0;
        tools().release(point);
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(9));
        point.isEraser = true;
        point.pressure = 1.0 / 6.0;
        QVERIFY(tools().press(point));
        tools().release(point);
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(8));
        QCOMPARE(m_fixture->mask().at(16, 16), core::NotAnnotated);
    }

private:
    static constexpr const char *Box = "..........\n"
                                       "..........\n"
                                       "...1111...\n"
                                       "...1111...\n"
                                       "..........\n"
                                       "..........\n"
                                       "..........\n"
                                       "..........\n";
    static constexpr std::string_view Disc = "..........\n"
                                             "...111....\n"
                                             "..11111...\n"
                                             "..11111...\n"
                                             "..11111...\n"
                                             "...111....\n"
                                             "..........\n"
                                             "..........\n";

    void start(bool areLocked)
    {
        m_fixture = std::make_unique<test::CanvasFixture>(areLocked);
        QVERIFY(m_fixture->openNew());
        m_fixture->zoomTo(12.0);
    }
    /// A block of class 1 at (2, 1), five wide and high, as one stroke.
    void paintBlock()
    {
        tools().setBrushShape(core::BrushShape::Square);
        tools().setBrushSize(5);
        m_fixture->click(m_fixture->pixel(4, 3));
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(25));
    }
    /// The corners of what Box shows.
    std::vector<QPoint> box() const
    {
        return {m_fixture->at(3, 2), m_fixture->at(7, 2), m_fixture->at(7, 4), m_fixture->at(3, 4)};
    }
    std::string shown() const { return m_fixture->shown(Corner); }
    ui::ToolController &tools() { return *m_fixture->tools; }
    test::FakeProjectStore &project() { return m_fixture->project; }

    std::unique_ptr<test::CanvasFixture> m_fixture;
};

QTEST_MAIN(tst_ToolsDrawing)
#include "tst_ToolsDrawing.moc"
