// SPDX-License-Identifier: Apache-2.0
// Fill and wand by real mouse and key events: which pixels they paint, and what happens to a region that is still being
// looked for on another thread.
#include "CanvasFixture.h"

#include "ui/work/MaskThreads.h"

#include <algorithm>

using namespace semigda;

namespace
{

constexpr int Side = 32;
constexpr std::uint8_t Dark = 20;
constexpr std::uint8_t Bright = 120;

/// Dark, with a bright box of 10 x 8 at (5, 6) whose columns grow brighter by 2 from left to right, and a bright dot
/// that does not touch it.
core::ImageData boxImage()
{
    core::ImageData image;
    image.width = image.height = Side;
    image.bytes.assign(Side * Side, std::byte{Dark});
    for (int y = 6; y < 14; ++y)
        for (int x = 5; x < 15; ++x)
            image.bytes[static_cast<std::size_t>(y * Side + x)] = static_cast<std::byte>(Bright + 2 * (x - 5));
    image.bytes[20 * Side + 20] = std::byte{Bright};
    return image;
}

} // namespace

class tst_RegionTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::CanvasFixture>();
        QVERIFY(m_fixture->open(project().addImage("box", boxImage())));
        m_fixture->zoomTo(12.0);
    }
    void cleanup() { m_fixture.reset(); }

    void fill_fillsWhatAnOutlineSurrounds()
    {
        drawRing();
        m_fixture->key(Qt::Key_F);
        QCOMPARE(tools().tool(), ui::ToolKind::Fill);
        m_fixture->click(m_fixture->pixel(5, 5));
        QTRY_COMPARE(shown(), std::string("..........\n"
                                          ".111111111\n"
                                          ".111111111\n"
                                          ".111111111\n"
                                          ".111111111\n"
                                          ".111111111\n"
                                          ".111111111\n"
                                          ".111111111\n"));
        QCOMPARE(document().undoStack().count(), 2);
        m_fixture->controller->undo();
        QCOMPARE(shown(), std::string(Ring));
        m_fixture->controller->redo();
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(9 * 7));
        QVERIFY(m_fixture->flush());
        QCOMPARE(project().annotations().history(document().id())->edits.back().reason, std::string("Fill"));
        QCOMPARE(test::countOf(m_fixture->stored(document().id()), 1), std::size_t(9 * 7));
    }

    void fillWithControl_takesAPieceAway()
    {
        drawRing();
        tools().setBrushSize(1);
        m_fixture->click(m_fixture->pixel(25, 25));
        m_fixture->key(Qt::Key_F);
        m_fixture->click(m_fixture->pixel(1, 1), Qt::ControlModifier);
        QTRY_COMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(1));
        QCOMPARE(m_fixture->mask().at(25, 25), core::LabelValue(1));
    }

    void fill_leavesLockedClassesAndSaysWhy()
    {
        drawRing();
        QSignalSpy notices(&tools(), &ui::ToolController::noticed);
        m_fixture->key(Qt::Key_2);
        m_fixture->key(Qt::Key_F);
        m_fixture->click(m_fixture->pixel(1, 1));
        QTRY_COMPARE(notices.size(), 1);
        QVERIFY(notices.front().front().toString().contains(QStringLiteral("Lesion")));
        QCOMPARE(shown(), std::string(Ring));
        QCOMPARE(document().undoStack().count(), 1);
        QVERIFY(!document().isEditing());
    }

    void fill_ofWhatIsFilledIsNoStep()
    {
        drawRing();
        m_fixture->key(Qt::Key_F);
        m_fixture->click(m_fixture->pixel(1, 1));
        QTRY_VERIFY(!document().isEditing());
        QCOMPARE(document().undoStack().count(), 1);
    }

    void wand_takesSimilarValues()
    {
        tools().setTolerance(5.0 / document().contrast().width);
        m_fixture->key(Qt::Key_W);
        m_fixture->click(m_fixture->pixel(5, 9)); // its darkest column, and two more
        QTRY_COMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(3 * 8));
        checkOneStep("Wand");
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x)
                QCOMPARE(m_fixture->mask().at(x, y) == 1, x >= 5 && x < 8 && y >= 6 && y < 14);
    }

    void wandDraggedRight_takesMore()
    {
        tools().setTolerance(5.0 / document().contrast().width);
        m_fixture->key(Qt::Key_W);
        m_fixture->press(m_fixture->pixel(5, 9));
        QTRY_COMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(3 * 8)); // on show while the button is held
        QVERIFY(document().isEditing());
        QTest::mouseMove(m_fixture->canvas.get(), m_fixture->pixel(5, 9) + QPoint(60, 0)); // twice as much: 10
        QTRY_COMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(6 * 8));
        QTest::mouseMove(m_fixture->canvas.get(), m_fixture->pixel(5, 9) + QPoint(-60, 0)); // half as much: 2.5
        QTRY_COMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(2 * 8));
        const QPoint end = m_fixture->pixel(5, 9) + QPoint(120, 0); // four times: 20
        QTest::mouseMove(m_fixture->canvas.get(), end);
        QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, end);
        QTRY_VERIFY(!document().isEditing());
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(10 * 8));
        checkOneStep("Wand");
        // As far as it reached, the next click reaches.
        QVERIFY(std::abs(tools().tolerance() * document().contrast().width - 20.0) < 1e-6);
    }

    void adaptiveBrush_stopsAtTheEdge()
    {
        tools().setTolerance(40.0 / document().contrast().width);
        m_fixture->key(Qt::Key_B, Qt::ShiftModifier);
        QCOMPARE(tools().tool(), ui::ToolKind::AdaptiveBrush);
        tools().setBrushShape(core::BrushShape::Square);
        tools().setBrushSize(9);
        m_fixture->drag({m_fixture->pixel(7, 9), m_fixture->pixel(12, 9)});
        QVERIFY(test::countOf(m_fixture->mask(), 1) > 40);
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x)
                QVERIFY(m_fixture->mask().at(x, y) != 1 || (x >= 5 && x < 15 && y >= 6 && y < 14));
        checkOneStep("Adaptive brush");
        m_fixture->controller->undo();
        tools().setTolerance(1.0); // all looks alike: the whole footprint
        m_fixture->click(m_fixture->pixel(9, 9));
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(81));
        tools().setTolerance(40.0 / document().contrast().width);
        m_fixture->click(m_fixture->pixel(9, 9), Qt::ControlModifier); // erases the bright part of it alone
        const std::size_t left = test::countOf(m_fixture->mask(), 1);
        QVERIFY(left > 0 && left < 40);
        QCOMPARE(m_fixture->mask().at(9, 9), core::NotAnnotated);
    }

    void wandInProgress_isTakenBackByEscape()
    {
        m_fixture->key(Qt::Key_W);
        m_fixture->press(m_fixture->pixel(5, 9));
        QTRY_VERIFY(test::countOf(m_fixture->mask(), 1) > 0);
        m_fixture->key(Qt::Key_Escape);
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(Side * Side));
        QVERIFY(!document().isEditing());
        QTest::mouseMove(m_fixture->canvas.get(), m_fixture->pixel(9, 9));
        QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, m_fixture->pixel(9, 9));
        settle();
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(Side * Side));
        QCOMPARE(document().undoStack().count(), 0);
    }

    void bracketsAndWheel_changeTheTolerance()
    {
        tools().setTolerance(0.1);
        const double brush = tools().brushSize();
        m_fixture->key(Qt::Key_W);
        m_fixture->key(Qt::Key_BracketRight);
        QVERIFY(std::abs(tools().tolerance() - 0.11) < 1e-9);
        m_fixture->key(Qt::Key_BracketLeft);
        QVERIFY(std::abs(tools().tolerance() - 0.1) < 1e-9);
        for (int i = 0; i < 100; ++i)
            m_fixture->key(Qt::Key_BracketRight);
        QCOMPARE(tools().tolerance(), ui::ToolSettings::MaxTolerance);
        for (int i = 0; i < 200; ++i)
            m_fixture->key(Qt::Key_BracketLeft);
        QCOMPARE(tools().tolerance(), ui::ToolSettings::MinTolerance);
        QCOMPARE(tools().brushSize(), brush);
    }

    /// A region that is not found yet keeps other tools from the mask, and is painted once it is.
    void anotherTool_doesNotLoseTheRegion()
    {
        m_fixture->key(Qt::Key_F);
        const Blocked blocked;
        m_fixture->click(m_fixture->pixel(5, 9));
        m_fixture->key(Qt::Key_B);
        QVERIFY(document().isEditing());
        m_fixture->click(m_fixture->pixel(2, 2));
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(0));
        blocked.release();
        QTRY_COMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(Side * Side));
        QCOMPARE(document().undoStack().count(), 1);
    }

    void anotherTool_dropsTheRegionInHand()
    {
        m_fixture->key(Qt::Key_W);
        m_fixture->press(m_fixture->pixel(5, 9));
        m_fixture->key(Qt::Key_B);
        QVERIFY(!document().isEditing());
        QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, m_fixture->pixel(5, 9));
        settle();
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(0));
    }

    void anotherImage_saysThatTheRegionWasLeftOut()
    {
        const core::ImageId first = document().id();
        const core::ImageId second = project().addImage("second", test::patternImage(Side, Side));
        QSignalSpy notices(&tools(), &ui::ToolController::noticed);
        m_fixture->key(Qt::Key_F);
        {
            const Blocked blocked;
            m_fixture->click(m_fixture->pixel(5, 9));
            QVERIFY(m_fixture->open(second));
            QCOMPARE(notices.size(), 1);
        }
        settle();
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(Side * Side));
        QVERIFY(m_fixture->open(first));
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(Side * Side));
        QCOMPARE(notices.size(), 1);
        // And nothing is in the way of the next.
        m_fixture->click(m_fixture->pixel(5, 9));
        QTRY_COMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(Side * Side));
    }

    void stepOfTheWholeImage_goesFirst()
    {
        QSignalSpy notices(&tools(), &ui::ToolController::noticed);
        m_fixture->key(Qt::Key_F);
        {
            const Blocked blocked;
            m_fixture->click(m_fixture->pixel(5, 9));
            m_fixture->controller->markComplete();
            QVERIFY(m_fixture->flush());
            // Drawn by something else meanwhile: not the region's edit.
            QVERIFY(document().beginEdit({}, "Brush"));
            document().paint({{0, 0, 3}}, 2);
        }
        QTRY_COMPARE(notices.size(), 1);
        QVERIFY(document().isEditing());
        QVERIFY(document().commitEdit());
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(0));
        QCOMPARE(test::countOf(m_fixture->mask(), 2), std::size_t(3));
    }

    void readOnly_findsNothing()
    {
        m_fixture->controller->setReadOnly(true);
        for (const Qt::Key tool : {Qt::Key_F, Qt::Key_W, Qt::Key_R, Qt::Key_O}) {
            m_fixture->key(tool);
            m_fixture->drag({m_fixture->pixel(5, 9), m_fixture->pixel(9, 12)});
        }
        settle();
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(Side * Side));
    }

    /// The tools go while a region is looked for, as when the program is closed.
    void closing_waitsForNoRegion()
    {
        m_fixture->key(Qt::Key_F);
        {
            const Blocked blocked;
            m_fixture->click(m_fixture->pixel(5, 9));
            m_fixture.reset();
        }
        settle();
    }

private:
    static constexpr const char *Ring = "..........\n"
                                        ".111111111\n"
                                        ".1.......1\n"
                                        ".1.......1\n"
                                        ".1.......1\n"
                                        ".1.......1\n"
                                        ".1.......1\n"
                                        ".111111111\n";

    /// Holds up all threads that look for regions.
    class Blocked
    {
    public:
        Blocked()
        {
            const int count = ui::maskThreads().maxThreadCount();
            for (int i = 0; i < count; ++i)
                ui::maskThreads().start([this] {
                    m_running.release();
                    m_go.acquire();
                });
            m_running.acquire(count);
        }
        ~Blocked()
        {
            release();
            ui::maskThreads().waitForDone();
        }
        void release() const { m_go.release(ui::maskThreads().maxThreadCount()); }

    private:
        QSemaphore m_running;
        mutable QSemaphore m_go;
    };

    /// All regions that are looked for have been found, and what comes of it has happened.
    static void settle()
    {
        ui::maskThreads().waitForDone();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    /// A closed outline with a brush of one pixel, as one stroke.
    void drawRing()
    {
        m_fixture->key(Qt::Key_B);
        tools().setBrushSize(1);
        m_fixture->drag({m_fixture->pixel(1, 1), m_fixture->pixel(9, 1), m_fixture->pixel(9, 7), m_fixture->pixel(1, 7),
                         m_fixture->pixel(1, 1)});
        QCOMPARE(shown(), std::string(Ring));
    }
    void checkOneStep(const char *reason)
    {
        const std::string drawn = m_fixture->shown({0, 0, Side, Side});
        QTRY_COMPARE(document().undoStack().count(), 1);
        m_fixture->controller->undo();
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(Side * Side));
        m_fixture->controller->redo();
        QCOMPARE(m_fixture->shown({0, 0, Side, Side}), drawn);
        QVERIFY(m_fixture->flush());
        QCOMPARE(project().annotations().history(document().id())->edits.front().reason, std::string(reason));
    }
    std::string shown() const { return m_fixture->shown({0, 0, 10, 8}); }
    ui::ToolController &tools() { return *m_fixture->tools; }
    ui::ImageDocument &document() { return *m_fixture->canvas->document(); }
    test::FakeProjectStore &project() { return m_fixture->project; }

    std::unique_ptr<test::CanvasFixture> m_fixture;
};

QTEST_MAIN(tst_RegionTools)
#include "tst_RegionTools.moc"
