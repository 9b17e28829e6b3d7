// SPDX-License-Identifier: Apache-2.0
// The superpixel brush by real mouse and key events: it paints whole superpixels and nothing else, in the order of the
// strokes, whether they are known already or still being worked out on another thread.
#include "CanvasFixture.h"

#include "core/SuperpixelMap.h"
#include "support/Random.h"
#include "ui/work/MaskThreads.h"

#include <cmath>
#include <map>
#include <set>

using namespace semigda;

namespace
{

constexpr int Side = 64;
constexpr int CellSide = 8;

/// Dark with noise, and a bright disc of 40 pixels across in the middle.
core::ImageData discImage(int width = Side, int height = Side)
{
    core::ImageData image;
    image.width = width;
    image.height = height;
    test::Random random(9);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const bool isIn = std::hypot(x - width / 2.0 + 0.5, y - height / 2.0 + 0.5) < 20.0;
            image.bytes.push_back(static_cast<std::byte>((isIn ? 180 : 60) + random.between(-8, 8)));
        }
    return image;
}

} // namespace

class tst_SuperpixelTool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::CanvasFixture>();
        openImage(project().addImage("disc", discImage()));
    }
    void cleanup() { m_fixture.reset(); }

    void click_paintsTheSuperpixelUnderIt()
    {
        m_fixture->click(m_fixture->pixel(30, 30));
        QTRY_VERIFY(!tools().isActive());
        check({{30, 30}});
        checkOneStep("Superpixel brush");
    }
    void stroke_paintsAllThatItIsLedOver()
    {
        m_fixture->drag({m_fixture->pixel(20, 20), m_fixture->pixel(40, 22), m_fixture->pixel(40, 45)});
        QTRY_VERIFY(!tools().isActive());
        check(way({{20, 20}, {40, 22}, {40, 45}}));
        checkOneStep("Superpixel brush");
    }
    void discIsPainted_withoutItsSurroundings()
    {
        for (int y = 16; y < 48; y += 2)
            m_fixture->drag({m_fixture->pixel(31 - 14, y), m_fixture->pixel(31 + 14, y)});
        QTRY_VERIFY(!tools().isActive());
        int missed = 0;
        int beyond = 0;
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x) {
                const double depth = 20.0 - std::hypot(x - 31.5, y - 31.5);
                missed += depth > 4.0 && std::abs(x - 31) < 14 && std::abs(y - 31) < 15 && painted(x, y) != 1 ? 1 : 0;
                beyond += depth < -2.0 && painted(x, y) == 1 && onlyInside(x, y) ? 1 : 0;
            }
        QCOMPARE(missed, 0);
        QCOMPARE(beyond, 0);
    }
    void outline_isTheSuperpixelUnderThePointer()
    {
        QTest::mouseMove(m_fixture->canvas.get(), m_fixture->pixel(10, 50));
        ui::ToolPoint point;
        point.position = {10.5, 50.5};
        QTRY_VERIFY(!tools().outline(point).isEmpty());
        const auto wanted = map().find(10, 50);
        const QRectF box = tools().outline(point).boundingRect();
        QCOMPARE(box, QRectF(wanted->bounds.left, wanted->bounds.top, wanted->bounds.width, wanted->bounds.height));
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x)
                QCOMPARE(tools().outline(point).contains(QPointF(x + 0.5, y + 0.5)),
                         map().find(x, y)->label == wanted->label);
        // Those around it are there soon, so that a stroke need not wait.
        const int beside = wanted->bounds.right();
        point.position = {beside + 0.5, 50.5};
        QTRY_VERIFY(!tools().outline(point).isEmpty());
        // Another size, other superpixels.
        point.position = {10.5, 50.5};
        tools().setBrushSize(20);
        QTRY_VERIFY(!tools().outline(point).isEmpty());
        QVERIFY(tools().outline(point).boundingRect() != box);
        m_fixture->controller->setReadOnly(true);
        QVERIFY(tools().outline(point).isEmpty());
    }
    void control_erases()
    {
        m_fixture->drag({m_fixture->pixel(20, 30), m_fixture->pixel(40, 30)});
        QTRY_VERIFY(!tools().isActive());
        m_fixture->click(m_fixture->pixel(30, 30), Qt::ControlModifier);
        QTRY_VERIFY(!tools().isActive());
        const std::set<std::int32_t> erased = labels({{30, 30}});
        check(way({{20, 30}, {40, 30}}), erased);
        m_fixture->controller->undo();
        check(way({{20, 30}, {40, 30}}));
        QVERIFY(m_fixture->flush());
        QCOMPARE(project().annotations().history(document().id())->edits.back().reason, std::string("Eraser"));
    }
    void penEraser_erases()
    {
        m_fixture->click(m_fixture->pixel(30, 30));
        QTRY_VERIFY(!tools().isActive());
        ui::ToolPoint point;
        point.position = {30.5, 30.5};
        point.isEraser = true;
        QVERIFY(tools().press(point));
        tools().release(point);
        QTRY_VERIFY(!tools().isActive());
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(0));
    }
    void lockedClasses_stay()
    {
        tools().setTool(ui::ToolKind::Brush);
        tools().setBrushSize(3);
        m_fixture->click(m_fixture->pixel(30, 30));
        const std::size_t locked = test::countOf(m_fixture->mask(), 1);
        QVERIFY(locked > 0);
        tools().setActiveClass(2);
        tools().setTool(ui::ToolKind::Superpixels);
        tools().setBrushSize(CellSide);
        m_fixture->click(m_fixture->pixel(30, 30));
        QTRY_VERIFY(!tools().isActive());
        QCOMPARE(test::countOf(m_fixture->mask(), 1), locked);
        QVERIFY(test::countOf(m_fixture->mask(), 2) > 10);
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x)
                QVERIFY(painted(x, y) != 2 || labels({{30, 30}}).contains(map().find(x, y)->label));
    }
    void range_holds()
    {
        const core::ValueRange range{176.0, 184.0};
        tools().setValueRange(range);
        m_fixture->click(m_fixture->pixel(30, 30));
        QTRY_VERIFY(!tools().isActive());
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x) {
                const double value = document().pixels().value(x, y);
                QCOMPARE(painted(x, y) == 1, labels({{30, 30}}).contains(map().find(x, y)->label) && value >= range.low
                                                 && value <= range.high);
            }
        QSignalSpy notices(&tools(), &ui::ToolController::noticed);
        tools().setValueRange(core::ValueRange{0.0, 1.0});
        m_fixture->click(m_fixture->pixel(10, 10));
        QTRY_COMPARE(notices.size(), 1);
        QCOMPARE(document().undoStack().count(), 1);
    }

    /// Nothing is known yet and no thread is free: strokes wait for each other, none is lost.
    void strokes_waitForTheirTurn()
    {
        {
            const Blocked blocked;
            m_fixture->drag({m_fixture->pixel(10, 10), m_fixture->pixel(50, 10)});
            QVERIFY(tools().isActive() && document().isEditing());
            m_fixture->click(m_fixture->pixel(30, 10), Qt::ControlModifier);
            tools().setActiveClass(2);
            m_fixture->click(m_fixture->pixel(30, 40));
            QCOMPARE(document().undoStack().count(), 0);
        }
        QTRY_VERIFY(!tools().isActive());
        QCOMPARE(document().undoStack().count(), 3);
        const std::set<std::int32_t> ones = labels(way({{10, 10}, {50, 10}}));
        const std::set<std::int32_t> erased = labels({{30, 10}});
        const std::set<std::int32_t> twos = labels({{30, 40}});
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x) {
                const std::int32_t label = map().find(x, y)->label;
                QCOMPARE(painted(x, y), twos.contains(label)                              ? core::LabelValue(2)
                                        : ones.contains(label) && !erased.contains(label) ? core::LabelValue(1)
                                                                                          : core::NotAnnotated);
            }
        QVERIFY(m_fixture->flush());
        QVERIFY(m_fixture->stored(document().id()) == m_fixture->mask());
    }
    void escape_takesAllThatWaitsBack()
    {
        m_fixture->press(m_fixture->pixel(30, 30));
        QTRY_VERIFY(test::countOf(m_fixture->mask(), 1) > 0); // on show while the button is held
        m_fixture->key(Qt::Key_Escape);
        QVERIFY(!tools().isActive() && !document().isEditing());
        QTest::mouseMove(m_fixture->canvas.get(), m_fixture->pixel(40, 30));
        QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, m_fixture->pixel(40, 30));
        {
            const Blocked blocked;
            m_fixture->click(m_fixture->pixel(5, 5));
            m_fixture->key(Qt::Key_Escape);
            QVERIFY(!tools().isActive() && !document().isEditing());
        }
        settle();
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(Side * Side));
        QCOMPARE(document().undoStack().count(), 0);
    }
    void anotherTool_dropsTheStrokeInHandAlone()
    {
        {
            const Blocked blocked;
            m_fixture->click(m_fixture->pixel(30, 30));
            m_fixture->press(m_fixture->pixel(5, 5));
            m_fixture->key(Qt::Key_B);
            QVERIFY(document().isEditing());
            QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, m_fixture->pixel(5, 5));
        }
        QTRY_VERIFY(!document().isEditing());
        check({{30, 30}});
        tools().setTool(ui::ToolKind::Superpixels);
        m_fixture->press(m_fixture->pixel(5, 5));
        m_fixture->key(Qt::Key_B);
        QVERIFY(!document().isEditing());
        QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, m_fixture->pixel(5, 5));
        settle();
        check({{30, 30}});
    }
    void anotherImage_keepsWhatIsOnShow()
    {
        const core::ImageId first = document().id();
        const core::ImageId second = project().addImage("second", discImage());
        QSignalSpy notices(&tools(), &ui::ToolController::noticed);
        m_fixture->press(m_fixture->pixel(30, 30));
        QTRY_VERIFY(test::countOf(m_fixture->mask(), 1) > 0);
        const std::size_t shown = test::countOf(m_fixture->mask(), 1);
        {
            const Blocked blocked;
            QTest::mouseMove(m_fixture->canvas.get(), m_fixture->pixel(2, 62));
            QVERIFY(m_fixture->open(second));
            QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, m_fixture->pixel(2, 62));
        }
        settle();
        QVERIFY(!tools().isActive());
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(0));
        openImage(first);
        QVERIFY(test::countOf(m_fixture->mask(), 1) >= shown);
        QCOMPARE(document().undoStack().count(), 1);
        QVERIFY(notices.size() <= 1);
        // And nothing is in the way of the next.
        m_fixture->click(m_fixture->pixel(5, 60));
        QTRY_COMPARE(document().undoStack().count(), 2);
    }
    void stepOfTheWholeImage_goesFirst()
    {
        QSignalSpy notices(&tools(), &ui::ToolController::noticed);
        {
            const Blocked blocked;
            m_fixture->click(m_fixture->pixel(30, 30));
            m_fixture->controller->markComplete();
            QVERIFY(m_fixture->flush());
            QVERIFY(document().beginEdit({}, "Brush"));
            document().paint({{0, 0, 3}}, 2);
        }
        QTRY_COMPARE(notices.size(), 1);
        QVERIFY(document().isEditing());
        QVERIFY(document().commitEdit());
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(0));
        QCOMPARE(test::countOf(m_fixture->mask(), 2), std::size_t(3));
    }
    void readOnly_paintsNothing()
    {
        m_fixture->controller->setReadOnly(true);
        m_fixture->drag({m_fixture->pixel(5, 9), m_fixture->pixel(30, 30)});
        settle();
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(Side * Side));
    }
    void outsideTheImage_isNothing()
    {
        m_fixture->drag({m_fixture->at(-3, -3), m_fixture->at(-3, 30)});
        settle();
        QVERIFY(!tools().isActive());
        QCOMPARE(document().undoStack().count(), 0);
        m_fixture->drag({m_fixture->at(-3, 30.5), m_fixture->at(1.5, 30.5)});
        QTRY_VERIFY(!tools().isActive());
        check(way({{0, 30}, {1, 30}}));
    }
    void closing_waitsForNothing()
    {
        {
            const Blocked blocked;
            m_fixture->drag({m_fixture->pixel(5, 9), m_fixture->pixel(30, 30)});
            m_fixture.reset();
        }
        settle();
    }
    /// The same on a slice of a volume, over more than one tile and with 16 bits.
    void sliceOfAVolume_isPaintedTheSame()
    {
        core::ImageData image = discImage(200, 150);
        std::vector<std::byte> wide;
        for (const std::byte sample : image.bytes) {
            wide.push_back(sample);
            wide.push_back(std::byte{0});
        }
        image.bytes = wide;
        image.type = core::PixelType::UInt16;
        core::NewImage slice;
        slice.name = "slice";
        slice.source.sha256 = "volume";
        slice.width = image.width;
        slice.height = image.height;
        slice.seriesKey = "volume";
        const core::ImageId id = *project().images().add(slice);
        project().setPixels(id, image);
        openImage(id);
        m_fixture->canvas->fit();
        m_fixture->drag({m_fixture->pixel(60, 70), m_fixture->pixel(140, 80)});
        QTRY_VERIFY(!tools().isActive());
        QVERIFY(test::countOf(m_fixture->mask(), 1) > 500);
        checkUnion();
        checkOneStep("Superpixel brush");
    }

private:
    using Way = std::vector<QPoint>;

    /// Holds up all threads that look for superpixels.
    class Blocked
    {
    public:
        Blocked()
        {
            ui::maskThreads().waitForDone();
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
            m_go.release(ui::maskThreads().maxThreadCount());
            ui::maskThreads().waitForDone();
        }

    private:
        QSemaphore m_running;
        QSemaphore m_go;
    };

    void openImage(core::ImageId id)
    {
        QVERIFY(m_fixture->open(id));
        m_fixture->zoomTo(6.0);
        tools().setTool(ui::ToolKind::Superpixels);
        tools().setBrushSize(CellSide);
        m_map = std::make_unique<core::SuperpixelMap>(
            core::Superpixels(document().sharedPixels(), document().contrast(), CellSide));
    }
    static void settle()
    {
        for (int i = 0; i < 20; ++i) {
            ui::maskThreads().waitForDone();
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
    }
    /// The pixels of lines between corners.
    static Way way(const Way &corners)
    {
        Way pixels;
        for (std::size_t i = 1; i < corners.size(); ++i)
            for (const auto &span : core::brushStroke({corners[i - 1].x() + 0.5, corners[i - 1].y() + 0.5},
                                                      {corners[i].x() + 0.5, corners[i].y() + 0.5}, 1.0))
                for (int x = span.x; x < span.x + span.count; ++x)
                    pixels.emplace_back(x, span.y);
        return pixels;
    }
    std::set<std::int32_t> labels(const Way &pixels)
    {
        std::set<std::int32_t> found;
        for (const QPoint &pixel : pixels)
            found.insert(map().find(pixel.x(), pixel.y())->label);
        return found;
    }
    /// Class 1 covers the superpixels of these pixels, but for `without`, and nothing else.
    void check(const Way &pixels, const std::set<std::int32_t> &without = {})
    {
        const std::set<std::int32_t> wanted = labels(pixels);
        for (int y = 0; y < m_fixture->mask().height(); ++y)
            for (int x = 0; x < m_fixture->mask().width(); ++x) {
                const std::int32_t label = map().find(x, y)->label;
                QCOMPARE(painted(x, y),
                         wanted.contains(label) && !without.contains(label) ? core::LabelValue(1) : core::NotAnnotated);
            }
    }
    /// What is painted is made of whole superpixels.
    void checkUnion()
    {
        std::map<std::int32_t, core::LabelValue> values;
        for (int y = 0; y < m_fixture->mask().height(); ++y)
            for (int x = 0; x < m_fixture->mask().width(); ++x)
                QCOMPARE(values.try_emplace(map().find(x, y)->label, painted(x, y)).first->second, painted(x, y));
    }
    /// The seed of the pixel's superpixel lies in the disc.
    bool onlyInside(int x, int y)
    {
        const auto seed = static_cast<int>(map().superpixels().seedOf(map().find(x, y)->label));
        return std::hypot(seed % Side - 31.5, seed / Side - 31.5) < 20.0;
    }
    void checkOneStep(const char *reason)
    {
        const core::LabelMask drawn = m_fixture->mask();
        QCOMPARE(document().undoStack().count(), 1);
        m_fixture->controller->undo();
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(0));
        m_fixture->controller->redo();
        QVERIFY(m_fixture->mask() == drawn);
        QVERIFY(m_fixture->flush());
        QVERIFY(m_fixture->stored(document().id()) == drawn);
        QCOMPARE(project().annotations().history(document().id())->edits.front().reason, std::string(reason));
    }
    core::LabelValue painted(int x, int y) { return m_fixture->mask().at(x, y); }
    core::SuperpixelMap &map() { return *m_map; }
    ui::ToolController &tools() { return *m_fixture->tools; }
    ui::ImageDocument &document() { return *m_fixture->canvas->document(); }
    test::FakeProjectStore &project() { return m_fixture->project; }

    std::unique_ptr<test::CanvasFixture> m_fixture;
    std::unique_ptr<core::SuperpixelMap> m_map; ///< of the image on show, apart from the tool's
};

QTEST_MAIN(tst_SuperpixelTool)
#include "tst_SuperpixelTool.moc"
