// SPDX-License-Identifier: Apache-2.0
// Growing from seeds that were painted with the brush: which pixels it leaves, that it is one step, in an image and on
// a slice, and what becomes of it when something else comes first.
#include "CanvasFixture.h"

#include "ui/operations/MaskCommands.h"
#include "ui/work/MaskThreads.h"

using namespace semigda;

namespace
{

constexpr int Side = 32;

/// Dark; a bright box of 10 x 8 at (5, 6), and a less bright one of 6 x 6 at (20, 18).
core::ImageData boxesImage()
{
    core::ImageData image;
    image.width = image.height = Side;
    image.bytes.assign(Side * Side, std::byte{20});
    for (int y = 0; y < Side; ++y)
        for (int x = 0; x < Side; ++x) {
            if (x >= 5 && x < 15 && y >= 6 && y < 14)
                image.bytes[static_cast<std::size_t>(y * Side + x)] = std::byte{200};
            if (x >= 20 && x < 26 && y >= 18 && y < 24)
                image.bytes[static_cast<std::size_t>(y * Side + x)] = std::byte{120};
        }
    return image;
}

core::LabelValue wanted(int x, int y)
{
    if (x >= 5 && x < 15 && y >= 6 && y < 14)
        return 1;
    return x >= 20 && x < 26 && y >= 18 && y < 24 ? 2 : core::Background;
}

} // namespace

class tst_SeedCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::CanvasFixture>();
        m_commands = std::make_unique<ui::MaskCommands>();
        connect(m_fixture->controller.get(), &ui::AnnotationController::documentChanged, m_commands.get(),
                &ui::MaskCommands::setDocument);
    }
    void cleanup()
    {
        m_commands.reset();
        m_fixture.reset();
    }

    void seeds_growToTheEdges_data()
    {
        QTest::addColumn<bool>("isSlice");
        QTest::newRow("image") << false;
        QTest::newRow("slice of a volume") << true;
    }
    void seeds_growToTheEdges()
    {
        QFETCH(bool, isSlice);
        const std::vector<core::ImageId> ids = addImages(isSlice);
        open(ids[1]);
        paintSeeds();
        const core::LabelMask before = m_fixture->mask();
        m_commands->growFromSeeds();
        QVERIFY(m_commands->isRunning());
        QTRY_VERIFY(!m_commands->isRunning());
        QCOMPARE(document().undoStack().count(), 4);
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x)
                QCOMPARE(m_fixture->mask().at(x, y),
                         before.at(x, y) != core::NotAnnotated ? before.at(x, y) : wanted(x, y));
        const core::LabelMask grown = m_fixture->mask();
        m_fixture->controller->undo();
        QVERIFY(m_fixture->mask() == before);
        m_fixture->controller->redo();
        QVERIFY(m_fixture->mask() == grown);
        QVERIFY(m_fixture->flush());
        QVERIFY(m_fixture->stored(ids[1]) == grown);
        const core::EditRecord step = m_fixture->project.annotations().history(ids[1])->edits.back();
        QCOMPARE(step.reason, std::string("Grow from seeds"));
        QVERIFY(!step.completeAfter);
        QVERIFY(document().undoStack().text(3).contains(QStringLiteral("seeds")));
        // The other slices, or images, are as they were.
        QCOMPARE(test::countOf(m_fixture->stored(ids[0]), core::NotAnnotated), std::size_t(Side * Side));
        QCOMPARE(test::countOf(m_fixture->stored(ids[2]), core::NotAnnotated), std::size_t(Side * Side));
    }
    void whatIsPainted_stays()
    {
        open(addImages(false)[0]);
        paintSeeds();
        paint(2, {10, 9}, {10, 12}); // within what is class 1
        const core::LabelMask before = m_fixture->mask();
        QVERIFY(test::countOf(before, 2) > 2);
        m_commands->growFromSeeds();
        QTRY_VERIFY(!m_commands->isRunning());
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x)
                QVERIFY(before.at(x, y) == core::NotAnnotated || m_fixture->mask().at(x, y) == before.at(x, y));
        QCOMPARE(test::countOf(m_fixture->mask(), core::NotAnnotated), std::size_t(0));
    }
    void tooFewSeeds_isSaid()
    {
        open(addImages(false)[0]);
        QSignalSpy notices(m_commands.get(), &ui::MaskCommands::noticed);
        m_commands->growFromSeeds();
        QTRY_COMPARE(notices.size(), 1);
        paint(1, {8, 8}, {9, 8});
        m_commands->growFromSeeds();
        QTRY_COMPARE(notices.size(), 2);
        QVERIFY(notices.back().front().toString().contains(QStringLiteral("background")));
        QCOMPARE(document().undoStack().count(), 1);
        paint(core::Background, {1, 1}, {2, 1});
        m_commands->growFromSeeds();
        QTRY_VERIFY(!m_commands->isRunning());
        QCOMPARE(document().undoStack().count(), 3);
        m_commands->growFromSeeds();
        QTRY_COMPARE(notices.size(), 3);
        QVERIFY(notices.back().front().toString().contains(QStringLiteral("annotated already")));
        QCOMPARE(document().undoStack().count(), 3);
        m_fixture->controller->setReadOnly(true);
        m_commands->growFromSeeds();
        QVERIFY(!m_commands->isRunning());
    }
    void growth_isLeftOutWhenTheImageGoesOrItIsCancelled()
    {
        const std::vector<core::ImageId> ids = addImages(false);
        open(ids[0]);
        paintSeeds();
        const core::LabelMask before = m_fixture->mask();
        QSignalSpy notices(m_commands.get(), &ui::MaskCommands::noticed);
        {
            const Blocked blocked;
            m_commands->growFromSeeds();
            m_commands->cancel();
            QVERIFY(!document().isEditing());
            m_commands->growFromSeeds();
            // Not two at a time, and nothing is drawn meanwhile.
            m_commands->growFromSeeds();
            m_fixture->click(m_fixture->pixel(30, 30));
            QVERIFY(m_fixture->mask() == before);
            // Who has to wait is told for what.
            QTRY_COMPARE(notices.size(), 1);
            QVERIFY(notices.front().front().toString().contains(QStringLiteral("Esc")));
            QVERIFY(m_fixture->open(ids[1]));
            QCOMPARE(notices.size(), 2);
        }
        open(ids[0]);
        QVERIFY(m_fixture->mask() == before);
        QCOMPARE(document().undoStack().count(), 3);
    }

private:
    /// Holds up all threads that work on masks.
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
            m_go.release(ui::maskThreads().maxThreadCount());
            ui::maskThreads().waitForDone();
        }

    private:
        QSemaphore m_running;
        QSemaphore m_go;
    };

    std::vector<core::ImageId> addImages(bool areSlices)
    {
        std::vector<core::ImageId> ids;
        for (int z = 0; z < 3; ++z) {
            core::NewImage image;
            image.name = "image " + std::to_string(z);
            image.source.sha256 = "file";
            image.source.frame = z;
            image.width = image.height = Side;
            image.seriesKey = areSlices ? "volume" : "";
            image.slicePosition = z;
            ids.push_back(*m_fixture->project.images().add(image));
            m_fixture->project.setPixels(ids.back(), boxesImage());
        }
        return ids;
    }
    void open(core::ImageId id)
    {
        QVERIFY(m_fixture->open(id));
        m_fixture->zoomTo(12.0);
        m_fixture->tools->setBrushSize(1);
    }
    void paint(core::LabelValue value, QPoint from, QPoint to)
    {
        m_fixture->tools->setActiveClass(value);
        m_fixture->drag({m_fixture->pixel(from.x(), from.y()), m_fixture->pixel(to.x(), to.y())});
    }
    /// Away from the middles.
    void paintSeeds()
    {
        paint(1, {6, 12}, {8, 12});
        paint(2, {24, 19}, {25, 19});
        paint(core::Background, {1, 1}, {30, 1});
        QCOMPARE(document().undoStack().count(), 3);
    }
    ui::ImageDocument &document() { return *m_fixture->canvas->document(); }

    std::unique_ptr<test::CanvasFixture> m_fixture;
    std::unique_ptr<ui::MaskCommands> m_commands;
};

QTEST_MAIN(tst_SeedCommand)
#include "tst_SeedCommand.moc"
