// SPDX-License-Identifier: Apache-2.0
// The brush as a ball, by real mouse and key events on a slice: what it leaves on the slices beside it, that undo and
// redo are one step on all of them, and that nothing is lost on the way to the store.
#include "CanvasFixture.h"

#include "ui/tools/ToolOptionsBar.h"

#include <QComboBox>
#include <QStandardItemModel>

#include <cmath>

using namespace semigda;

namespace
{

constexpr int Side = 32;
constexpr int Slices = 9;
constexpr int Middle = 4;

} // namespace

class tst_SphereBrush : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::CanvasFixture>();
        m_slices.clear();
        for (int z = 0; z < Slices; ++z) {
            core::NewImage slice;
            slice.name = "slice " + std::to_string(z);
            slice.source.sha256 = "volume";
            slice.source.frame = z;
            slice.width = slice.height = Side;
            slice.seriesKey = "volume";
            slice.slicePosition = z;
            m_slices.push_back(*project().images().add(slice));
            core::ImageData image = test::patternImage(Side, Side);
            image.bytes[0] = static_cast<std::byte>(z);
            project().setPixels(m_slices.back(), image);
        }
        m_fixture->tools->setBrushSize(7);
        m_fixture->tools->setSphere();
        open(Middle);
    }
    void cleanup() { m_fixture.reset(); }

    void click_leavesABall()
    {
        m_fixture->click(m_fixture->pixel(15, 15));
        checkBall({15.5, 15.5}, 3.5, m_fixture->mask(), Middle);
        QVERIFY(document().canEdit()); // the next stroke need not wait
        QCOMPARE(document().undoStack().count(), 1);
        QVERIFY(document().undoStack().text(0).contains(QStringLiteral("sphere")));
        QVERIFY(m_fixture->flush());
        checkBall({15.5, 15.5}, 3.5);
        for (int z = Middle - 3; z <= Middle + 3; ++z)
            QCOMPARE(history(z).back().reason, std::string("Sphere brush"));
    }
    void undoAndRedo_areOneStepOnAllSlices()
    {
        m_fixture->drag({m_fixture->pixel(8, 15), m_fixture->pixel(22, 15)});
        QVERIFY(m_fixture->flush());
        const std::vector<core::LabelMask> painted = masks();
        for (int z = Middle - 3; z <= Middle + 3; ++z)
            QVERIFY(test::countOf(painted[static_cast<std::size_t>(z)], 1) > 10);
        std::vector<core::ImageId> told;
        connect(m_fixture->controller.get(), &ui::AnnotationController::imagesChanged, this,
                [&](const std::vector<core::ImageId> &ids) { told.insert(told.end(), ids.begin(), ids.end()); });
        m_fixture->controller->undo();
        QVERIFY(m_fixture->flush());
        checkEmpty();
        QCOMPARE(told.size(), std::size_t(6));
        m_fixture->controller->redo();
        QVERIFY(m_fixture->flush());
        QVERIFY(masks() == painted);
        QVERIFY(m_fixture->mask() == painted[Middle]);
        // At once, before anything is in the store.
        m_fixture->controller->undo();
        m_fixture->click(m_fixture->pixel(5, 5));
        m_fixture->controller->undo();
        m_fixture->controller->redo();
        m_fixture->controller->undo();
        QVERIFY(m_fixture->flush());
        checkEmpty();
    }
    void anotherSlice_showsItsPartAtOnce()
    {
        m_fixture->click(m_fixture->pixel(15, 15));
        open(Middle + 1); // not waiting for the store
        checkBall({15.5, 15.5}, 3.5, m_fixture->mask(), Middle + 1);
        // One step of its own there, which can be taken back alone.
        QCOMPARE(document().undoStack().count(), 1);
        m_fixture->controller->undo();
        QVERIFY(m_fixture->flush());
        QCOMPARE(test::countOf(m_fixture->stored(m_slices[Middle + 1]), 1), std::size_t(0));
        m_fixture->controller->redo();
        // Back where it was painted, undo takes it back everywhere, also what was on show before.
        open(Middle);
        m_fixture->controller->undo();
        open(Middle + 1);
        QVERIFY(m_fixture->flush());
        checkEmpty();
        QTRY_VERIFY(document().canEdit());
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(0));
    }
    void undo_sparesSlicesThatWerePaintedSince()
    {
        m_fixture->click(m_fixture->pixel(15, 15));
        open(Middle - 1);
        m_fixture->tools->setBrushShape(core::BrushShape::Round);
        m_fixture->click(m_fixture->pixel(5, 5));
        const std::size_t here = test::countOf(m_fixture->mask(), 1);
        open(Middle);
        m_fixture->controller->undo();
        QVERIFY(m_fixture->flush());
        for (int z = 0; z < Slices; ++z)
            QCOMPARE(test::countOf(m_fixture->stored(m_slices[static_cast<std::size_t>(z)]), 1),
                     z == Middle - 1 ? here : std::size_t(0));
    }
    void withoutAnyChangeHere_theOthersAreStillPainted()
    {
        m_fixture->tools->setBrushShape(core::BrushShape::Round);
        m_fixture->click(m_fixture->pixel(15, 15));
        m_fixture->tools->setSphere();
        m_fixture->click(m_fixture->pixel(15, 15));
        QVERIFY(m_fixture->flush());
        checkBall({15.5, 15.5}, 3.5);
        m_fixture->controller->undo();
        QVERIFY(m_fixture->flush());
        QCOMPARE(test::countOf(m_fixture->stored(m_slices[Middle + 1]), 1), std::size_t(0));
        QVERIFY(test::countOf(m_fixture->stored(m_slices[Middle]), 1) > 0);
    }
    void control_erasesABall()
    {
        m_fixture->tools->setBrushSize(15);
        m_fixture->click(m_fixture->pixel(15, 15));
        m_fixture->tools->setBrushSize(5);
        m_fixture->click(m_fixture->pixel(15, 15), Qt::ControlModifier);
        QVERIFY(m_fixture->flush());
        for (int z = 0; z < Slices; ++z)
            for (int y = 0; y < Side; ++y)
                for (int x = 0; x < Side; ++x) {
                    const double away = std::hypot(x - 15, y - 15, z - Middle);
                    QCOMPARE(m_fixture->stored(m_slices[static_cast<std::size_t>(z)]).at(x, y),
                             away > 2.5 && away <= 7.5 ? core::LabelValue(1) : core::NotAnnotated);
                }
        m_fixture->controller->undo();
        QVERIFY(m_fixture->flush());
        checkBall({15.5, 15.5}, 7.5);
    }
    void locksAndValues_holdOnEachSlice()
    {
        open(Middle + 1);
        m_fixture->tools->setBrushShape(core::BrushShape::Round);
        m_fixture->tools->setBrushSize(3);
        m_fixture->click(m_fixture->pixel(15, 15));
        const core::LabelMask locked = m_fixture->mask();
        open(Middle);
        m_fixture->tools->setActiveClass(2);
        m_fixture->tools->setSphere();
        m_fixture->tools->setBrushSize(7);
        m_fixture->tools->setValueRange(core::ValueRange{0.0, 60.0});
        m_fixture->click(m_fixture->pixel(15, 15));
        QVERIFY(m_fixture->flush());
        std::size_t count = 0;
        const core::ImageData &image = document().pixels();
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x) {
                const bool isIn = std::hypot(x - 15, y - 15, 1.0) <= 3.5 && image.value(x, y) <= 60.0;
                count += isIn ? 1 : 0;
                QCOMPARE(m_fixture->stored(m_slices[Middle + 1]).at(x, y), locked.at(x, y) == 1 ? core::LabelValue(1)
                                                                           : isIn               ? core::LabelValue(2)
                                                                                                : core::NotAnnotated);
            }
        QVERIFY(count > 3);
    }
    void escape_leavesAllSlices()
    {
        m_fixture->press(m_fixture->pixel(15, 15));
        QVERIFY(test::countOf(m_fixture->mask(), 1) > 0);
        m_fixture->key(Qt::Key_Escape);
        QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, m_fixture->pixel(15, 15));
        QVERIFY(m_fixture->flush());
        checkEmpty();
        QCOMPARE(document().undoStack().count(), 0);
    }
    /// Another slice is asked for with the button still down.
    void strokeInHand_isKeptOnAllSlices()
    {
        m_fixture->press(m_fixture->pixel(15, 15));
        open(Middle + 2);
        QVERIFY(m_fixture->flush());
        checkBall({15.5, 15.5}, 3.5);
        QTest::mouseRelease(m_fixture->canvas.get(), Qt::LeftButton, {}, m_fixture->pixel(15, 15));
    }
    /// All slices or none, and again until it succeeds.
    void writingThatFails_isTriedAgain()
    {
        m_fixture->controller->setRetryInterval(std::chrono::milliseconds(5));
        for (const int call : {0, 1, 3, 5}) {
            project().failWriteAfter(
                call, core::Error{core::ErrorCode::DiskFull, core::Sentence::verbatim("The disk is full.")});
            m_fixture->click(m_fixture->pixel(15, 15));
            QTRY_VERIFY(m_fixture->controller->isSaved());
            checkBall({15.5, 15.5}, 3.5);
            project().failWriteAfter(
                call, core::Error{core::ErrorCode::DiskFull, core::Sentence::verbatim("The disk is full.")});
            m_fixture->controller->undo();
            QTRY_VERIFY(m_fixture->controller->isSaved());
            checkEmpty();
            QCOMPARE(history(Middle + 1).size(), std::size_t(1));
        }
    }
    void restart_keepsTheStepInOnePiece()
    {
        m_fixture->click(m_fixture->pixel(15, 15));
        QVERIFY(m_fixture->flush());
        m_fixture->restart();
        open(Middle);
        QVERIFY(m_fixture->controller->canUndo());
        m_fixture->controller->undo();
        QVERIFY(m_fixture->flush());
        checkEmpty();
        m_fixture->restart();
        open(Middle);
        m_fixture->controller->redo();
        QVERIFY(m_fixture->flush());
        checkBall({15.5, 15.5}, 3.5);
    }
    void restart_leavesAloneWhatWasPaintedSince()
    {
        m_fixture->click(m_fixture->pixel(15, 15));
        open(Middle + 1);
        m_fixture->tools->setBrushShape(core::BrushShape::Round);
        m_fixture->click(m_fixture->pixel(5, 5));
        QVERIFY(m_fixture->flush());
        const core::LabelMask later = m_fixture->stored(m_slices[Middle + 1]);
        m_fixture->restart();
        open(Middle);
        m_fixture->controller->undo();
        QVERIFY(m_fixture->flush());
        QCOMPARE(test::countOf(m_fixture->stored(m_slices[Middle]), 1), std::size_t(0));
        QCOMPARE(test::countOf(m_fixture->stored(m_slices[Middle - 1]), 1), std::size_t(0));
        QVERIFY(m_fixture->stored(m_slices[Middle + 1]) == later);
    }
    void imageThatIsNoSlice_isPaintedRound()
    {
        QVERIFY(m_fixture->openNew());
        m_fixture->zoomTo(12.0);
        QVERIFY(!m_fixture->tools->canBeSphere());
        m_fixture->click(m_fixture->pixel(15, 15));
        QVERIFY(m_fixture->flush());
        checkBall({15.5, 15.5}, 3.5, m_fixture->mask(), Middle);
        QCOMPARE(project().annotations().history(document().id())->edits.back().reason, std::string("Brush"));
        checkEmpty();
    }
    void shapeBox_offersTheSphereInVolumesAlone()
    {
        ui::ToolOptionsBar bar(*m_fixture->tools);
        const core::ValueWindow contrast{128.0, 256.0};
        bar.setContrast(contrast, contrast);
        auto &box = *bar.findChild<QComboBox *>(QStringLiteral("brushShapeBox"));
        const int sphere = box.findText(QStringLiteral("Sphere"));
        const auto isOffered = [&] {
            return qobject_cast<QStandardItemModel *>(box.model())->item(sphere)->isEnabled();
        };
        QVERIFY(sphere >= 0 && isOffered());
        QCOMPARE(box.currentIndex(), sphere);
        m_fixture->tools->setTool(ui::ToolKind::AdaptiveBrush);
        QVERIFY(!isOffered());
        QVERIFY(box.currentIndex() != sphere);
        m_fixture->tools->setTool(ui::ToolKind::Eraser);
        QVERIFY(isOffered());
        QCOMPARE(box.currentIndex(), sphere);
        const int square = box.findText(QStringLiteral("Square"));
        box.setCurrentIndex(square);
        Q_EMIT box.activated(square);
        QVERIFY(!m_fixture->tools->isSphere());
        QVERIFY(m_fixture->tools->brushShape() == core::BrushShape::Square);
        box.setCurrentIndex(sphere);
        Q_EMIT box.activated(sphere);
        QVERIFY(m_fixture->tools->isSphere());
        QVERIFY(m_fixture->openNew());
        bar.setContrast(contrast, contrast);
        QVERIFY(!isOffered());
        QCOMPARE(box.currentText(), QStringLiteral("Round"));
        open(Middle);
        bar.setContrast(contrast, contrast);
        QCOMPARE(box.currentIndex(), sphere);
    }

private:
    void open(int slice)
    {
        QVERIFY(m_fixture->open(m_slices[static_cast<std::size_t>(slice)]));
        m_fixture->zoomTo(12.0);
        QTRY_VERIFY(document().canEdit());
    }
    /// Class 1 is a ball around the middle of a slice, in pixels, and nothing else is painted.
    static void checkBall(QPointF centre, double radius, const core::LabelMask &mask, int z)
    {
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x)
                QCOMPARE(mask.at(x, y), std::hypot(x + 0.5 - centre.x(), y + 0.5 - centre.y(), z - Middle) <= radius
                                            ? core::LabelValue(1)
                                            : core::NotAnnotated);
    }
    void checkBall(QPointF centre, double radius)
    {
        for (int z = 0; z < Slices; ++z)
            checkBall(centre, radius, m_fixture->stored(m_slices[static_cast<std::size_t>(z)]), z);
    }
    void checkEmpty()
    {
        for (const core::LabelMask &mask : masks())
            QCOMPARE(test::countOf(mask, core::NotAnnotated), std::size_t(Side * Side));
    }
    std::vector<core::LabelMask> masks()
    {
        std::vector<core::LabelMask> all;
        for (const core::ImageId id : m_slices)
            all.push_back(m_fixture->stored(id));
        return all;
    }
    std::vector<core::EditRecord> history(int slice)
    {
        return project().annotations().history(m_slices[static_cast<std::size_t>(slice)])->edits;
    }
    ui::ImageDocument &document() { return *m_fixture->canvas->document(); }
    test::FakeProjectStore &project() { return m_fixture->project; }

    std::unique_ptr<test::CanvasFixture> m_fixture;
    std::vector<core::ImageId> m_slices;
};

QTEST_MAIN(tst_SphereBrush)
#include "tst_SphereBrush.moc"
