// SPDX-License-Identifier: Apache-2.0
// Rectangle and ellipse by real mouse and key events, with the exact pixels they must leave.
#include "CanvasFixture.h"

using namespace semigda;

class tst_ShapeTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::CanvasFixture>();
        QVERIFY(m_fixture->openNew());
        m_fixture->zoomTo(12.0);
    }
    void cleanup() { m_fixture.reset(); }

    void rectangle_isFilledFromCornerToCorner()
    {
        m_fixture->key(Qt::Key_R);
        QCOMPARE(tools().tool(), ui::ToolKind::Rectangle);
        m_fixture->drag({m_fixture->at(7, 4), m_fixture->at(7, 2), m_fixture->at(3, 2)});
        QCOMPARE(shown(), std::string(Box));
        checkOneStep("Rectangle");
    }

    void ellipse_touchesTheSidesOfItsBox()
    {
        m_fixture->key(Qt::Key_O);
        m_fixture->drag({m_fixture->at(2, 1), m_fixture->at(7, 6)});
        QCOMPARE(shown(), std::string(Disc));
        checkOneStep("Ellipse");
    }

    /// Larger than what is filled between two frames.
    void largeShapes_areFilledOnAnotherThread()
    {
        QVERIFY(m_fixture->openNew(3000, 1000));
        m_fixture->canvas->fit();
        for (const Qt::Key tool : {Qt::Key_R, Qt::Key_L}) {
            m_fixture->key(tool);
            m_fixture->drag(
                {m_fixture->at(-5, -5), m_fixture->at(3010, -5), m_fixture->at(3010, 1010), m_fixture->at(-5, 1010)});
            if (tool == Qt::Key_R) // only the last corner counts
                m_fixture->drag({m_fixture->at(-5, -5), m_fixture->at(3010, 1010)});
            QVERIFY(tools().isActive() && m_fixture->canvas->document()->isEditing());
            QTRY_COMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(3000 * 1000));
            QTRY_VERIFY(!tools().isActive());
            QCOMPARE(m_fixture->canvas->document()->undoStack().count(), 1);
            m_fixture->controller->undo();
            QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(0));
        }
    }

    void shapeWithShift_hasEqualSides()
    {
        m_fixture->key(Qt::Key_R);
        m_fixture->drag({m_fixture->at(6, 5), m_fixture->at(5, 2)}, Qt::NoModifier);
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(3));
        m_fixture->controller->undo();
        m_fixture->press(m_fixture->at(6, 5), Qt::ShiftModifier);
        // QTest::mouseMove has no keys; the release counts.
        QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, Qt::ShiftModifier, m_fixture->at(5, 2));
        QCOMPARE(shown(), std::string("..........\n"
                                      "..........\n"
                                      "...111....\n"
                                      "...111....\n"
                                      "...111....\n"
                                      "..........\n"
                                      "..........\n"
                                      "..........\n"));
    }

    void shapeWithControl_erases()
    {
        m_fixture->key(Qt::Key_R);
        m_fixture->drag({m_fixture->at(3, 2), m_fixture->at(7, 4)});
        m_fixture->drag({m_fixture->at(4, 3), m_fixture->at(9, 8)}, Qt::ControlModifier);
        QCOMPARE(shown(), std::string("..........\n"
                                      "..........\n"
                                      "...1111...\n"
                                      "...1......\n"
                                      "..........\n"
                                      "..........\n"
                                      "..........\n"
                                      "..........\n"));
    }

    void shape_isCancelledByEscapeAndByAnotherTool()
    {
        for (const Qt::Key ending : {Qt::Key_Escape, Qt::Key_L}) {
            m_fixture->key(Qt::Key_O);
            m_fixture->press(m_fixture->at(2, 1));
            QTest::mouseMove(m_fixture->canvas.get(), m_fixture->at(20, 20));
            QVERIFY(tools().isActive());
            QCOMPARE(tools().outline({}).boundingRect().toRect(), QRect(2, 1, 18, 19));
            m_fixture->key(ending);
            QVERIFY(!tools().isActive());
            QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, m_fixture->at(20, 20));
            QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(32 * 32));
        }
        m_fixture->key(Qt::Key_R);
        m_fixture->click(m_fixture->pixel(4, 4)); // not led anywhere
        QCOMPARE(m_fixture->canvas->document()->undoStack().count(), 0);
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
    static constexpr const char *Disc = "..........\n"
                                        "...111....\n"
                                        "..11111...\n"
                                        "..11111...\n"
                                        "..11111...\n"
                                        "...111....\n"
                                        "..........\n"
                                        "..........\n";

    /// What was drawn can be undone and redone, and the store knows how it was made.
    void checkOneStep(const char *reason)
    {
        const std::string drawn = shown();
        QCOMPARE(m_fixture->canvas->document()->undoStack().count(), 1);
        m_fixture->controller->undo();
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(32 * 32));
        m_fixture->controller->redo();
        QCOMPARE(shown(), drawn);
        QVERIFY(m_fixture->flush());
        QCOMPARE(project().annotations().history(m_fixture->canvas->document()->id())->edits.front().reason,
                 std::string(reason));
    }
    std::string shown() const { return m_fixture->shown({0, 0, 10, 8}); }
    ui::ToolController &tools() { return *m_fixture->tools; }
    test::FakeProjectStore &project() { return m_fixture->project; }

    std::unique_ptr<test::CanvasFixture> m_fixture;
};

QTEST_MAIN(tst_ShapeTools)
#include "tst_ShapeTools.moc"
