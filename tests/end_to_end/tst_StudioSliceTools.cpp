// SPDX-License-Identifier: Apache-2.0
// Every tool on a slice of a volume, in the real main window and by real mouse and key events: the pixels it leaves,
// nothing on the slices beside it, undone and redone after another slice was on show.
#include "StudioFixture.h"

#include <QInputDialog>

#include <cmath>
#include <fstream>
#include <functional>

using namespace semigda;

namespace
{

using core::LabelValue;
using test::StudioFixture;

constexpr int Side = 64;
constexpr int Slices = 5;
constexpr int Middle = 2;
constexpr LabelValue Nothing = core::NotAnnotated;
const QRect Bright(20, 24, 20, 12);

/// Dark, with a bright box through all slices; pixels of 0.5 mm, slices 2 mm apart.
void writeVolume(const std::string &file)
{
    std::ofstream out(file, std::ios::binary);
    out << "NRRD0004\ntype: short\ndimension: 3\nsizes: " << Side << ' ' << Side << ' ' << Slices
        << "\nspace: left-posterior-superior\nspace directions: (0.5,0,0) (0,0.5,0) (0,0,2)\nspace origin: (0,0,0)\n"
           "endian: little\nencoding: raw\n\n";
    for (int i = 0; i < Side * Side * Slices; ++i) {
        const std::int16_t value = Bright.contains(i % Side, i / Side % Side) ? 1000 : 0;
        out.write(reinterpret_cast<const char *>(&value), sizeof(value));
    }
}

bool isInDisc(int x, int y, QPoint middle, double diameter)
{
    return std::hypot(x - middle.x(), y - middle.y()) <= diameter / 2.0;
}

struct Desk
{
    StudioFixture &studio;

    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(&studio.editor().canvas(), key, modifiers);
    }
    /// From corner to corner of pixels.
    void drag(const std::vector<QPoint> &way, Qt::KeyboardModifiers modifiers = {}) const
    {
        ui::ImageCanvas &canvas = studio.editor().canvas();
        const auto at = [this](QPoint corner) { return studio.at(corner.x(), corner.y()); };
        QTest::mousePress(&canvas, Qt::LeftButton, modifiers, at(way.front()));
        for (const QPoint &point : way)
            QTest::mouseMove(&canvas, at(point));
        QTest::mouseRelease(&canvas, Qt::LeftButton, modifiers, at(way.back()));
    }
    void brush(double size) const
    {
        key(Qt::Key_B);
        studio.editor().setBrushSize(size);
    }
    void rectangle(const QRect &box, Qt::KeyboardModifiers modifiers = {}) const
    {
        key(Qt::Key_R);
        drag({box.topLeft(), box.bottomRight() + QPoint(1, 1)}, modifiers);
    }
    void operation(const char *name, double amount) const
    {
        studio.action(name)->trigger();
        auto *dialog = studio.window->findChild<QInputDialog *>(QStringLiteral("amountDialog"));
        QVERIFY(dialog != nullptr && dialog->labelText().contains(QStringLiteral("mm")));
        dialog->setDoubleValue(amount);
        dialog->accept();
        studio.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(studio.window.get()));
    }
};

struct Job
{
    const char *name;
    int steps;
    std::function<void(const Desk &)> draw;
    /// What a pixel must have afterwards; nullopt: either is right.
    std::function<std::optional<LabelValue>(int x, int y)> expected;
};

std::optional<LabelValue> oneIf(bool isPainted)
{
    return isPainted ? LabelValue(1) : Nothing;
}

const std::vector<Job> &jobs()
{
    static const QRect Box(10, 12, 20, 10);
    static const QPoint Edge(38, 30); // within the bright box, 2 pixels from its side
    static const std::vector<Job> All{
        {"brush", 1,
         [](const Desk &desk) {
             desk.brush(5);
             desk.studio.click({30, 30});
         },
         [](int x, int y) {
             return oneIf(isInDisc(x, y, {30, 30}, 5));
         }},
        {"square brush", 1,
         [](const Desk &desk) {
             desk.brush(5);
             desk.studio.editor().tools().setBrushShape(core::BrushShape::Square);
             desk.studio.click({30, 30});
         },
         [](int x, int y) { return oneIf(QRect(28, 28, 5, 5).contains(x, y)); }},
        {"brush within a range of values", 1,
         [](const Desk &desk) {
             desk.brush(11);
             desk.studio.editor().tools().setValueRange(core::ValueRange{500.0, 2000.0});
             desk.studio.click(Edge);
         },
         [](int x, int y) { return oneIf(isInDisc(x, y, Edge, 11) && Bright.contains(x, y)); }},
        {"adaptive brush", 1,
         [](const Desk &desk) {
             desk.studio.action("actionAdaptiveBrush")->trigger();
             desk.studio.editor().setBrushSize(11);
             desk.studio.click(Edge);
         },
         // How close to the border it comes is the method's choice.
         [](int x, int y) -> std::optional<LabelValue> {
             if (!isInDisc(x, y, Edge, 11) || !Bright.contains(x, y))
                 return Nothing;
             return Bright.adjusted(1, 1, -1, -1).contains(x, y) ? oneIf(true) : std::nullopt;
         }},
        {"eraser", 2,
         [](const Desk &desk) {
             desk.rectangle(Box);
             desk.key(Qt::Key_E);
             desk.studio.editor().setBrushSize(5);
             desk.studio.click({20, 17});
         },
         [](int x, int y) {
             return oneIf(Box.contains(x, y) && !isInDisc(x, y, {20, 17}, 5));
         }},
        {"not annotated, painted", 2,
         [](const Desk &desk) {
             desk.studio.editor().setActiveClass(core::Background);
             desk.rectangle(Box);
             desk.studio.editor().setActiveClass(Nothing);
             desk.brush(5);
             desk.studio.click({20, 17});
         },
         [](int x, int y) {
             const bool isLeft = Box.contains(x, y) && !isInDisc(x, y, {20, 17}, 5);
             return std::optional(isLeft ? core::Background : Nothing);
         }},
        {"polygon", 1,
         [](const Desk &desk) {
             desk.key(Qt::Key_P);
             for (const QPoint &corner : {QPoint(10, 12), QPoint(30, 12), QPoint(30, 22), QPoint(10, 22)})
                 QTest::mouseClick(&desk.studio.editor().canvas(), Qt::LeftButton, {},
                                   desk.studio.at(corner.x(), corner.y()));
             desk.key(Qt::Key_Return);
         },
         [](int x, int y) { return oneIf(Box.contains(x, y)); }},
        {"lasso", 1,
         [](const Desk &desk) {
             desk.key(Qt::Key_L);
             desk.drag({{10, 12}, {30, 12}, {30, 22}, {10, 22}});
         },
         [](int x, int y) { return oneIf(Box.contains(x, y)); }},
        {"rectangle", 1, [](const Desk &desk) { desk.rectangle(Box); },
         [](int x, int y) { return oneIf(Box.contains(x, y)); }},
        {"ellipse", 1,
         [](const Desk &desk) {
             desk.key(Qt::Key_O);
             desk.drag({{10, 10}, {27, 23}});
         },
         [](int x, int y) { return oneIf(std::hypot((x + 0.5 - 18.5) / 8.5, (y + 0.5 - 16.5) / 6.5) < 1.0); }},
        {"fill", 3,
         [](const Desk &desk) {
             desk.rectangle(Box);
             desk.rectangle(Box.adjusted(2, 2, -2, -2), Qt::ControlModifier);
             desk.key(Qt::Key_F);
             desk.studio.click({20, 17});
         },
         [](int x, int y) { return oneIf(Box.contains(x, y)); }},
        {"wand", 1,
         [](const Desk &desk) {
             desk.key(Qt::Key_W);
             desk.studio.click({30, 30});
         },
         [](int x, int y) { return oneIf(Bright.contains(x, y)); }},
        {"superpixels", 1,
         [](const Desk &desk) {
             desk.key(Qt::Key_Q);
             desk.studio.editor().setBrushSize(6);
             desk.studio.click({30, 30});
         },
         // Which part of the box is the method's choice; what the pointer covers, that part has.
         [](int x, int y) -> std::optional<LabelValue> {
             if (!Bright.contains(x, y))
                 return Nothing;
             return isInDisc(x, y, {30, 30}, 1) ? oneIf(true) : std::nullopt;
         }},
        {"growing from seeds", 3,
         [](const Desk &desk) {
             desk.brush(3);
             desk.studio.click({30, 30});
             desk.studio.editor().setActiveClass(core::Background);
             desk.studio.click({5, 5});
             desk.key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
         },
         [](int x, int y) { return std::optional(LabelValue(Bright.contains(x, y) ? 1 : 0)); }},
        {"fill holes", 3,
         [](const Desk &desk) {
             desk.rectangle(Box);
             desk.rectangle(Box.adjusted(2, 2, -2, -2), Qt::ControlModifier);
             desk.studio.action("actionFillHoles")->trigger();
         },
         [](int x, int y) { return oneIf(Box.contains(x, y)); }},
        {"keep the largest piece", 3,
         [](const Desk &desk) {
             desk.rectangle(Box);
             desk.rectangle({50, 50, 3, 3});
             desk.studio.action("actionKeepLargest")->trigger();
         },
         [](int x, int y) { return oneIf(Box.contains(x, y)); }},
        {"remove pieces below 3 square millimetres", 4,
         [](const Desk &desk) {
             desk.rectangle(Box);
             desk.rectangle({50, 50, 3, 3});
             desk.rectangle({40, 50, 4, 3});
             desk.operation("actionRemoveSmall", 3.0);
         },
         [](int x, int y) { return oneIf(Box.contains(x, y) || QRect(40, 50, 4, 3).contains(x, y)); }},
        {"grow by 1 mm", 2,
         [](const Desk &desk) {
             desk.rectangle(Box);
             desk.operation("actionGrow", 1.0);
         },
         [](int x, int y) {
             const int beside = std::max({Box.left() - x, x - Box.right(), 0});
             const int above = std::max({Box.top() - y, y - Box.bottom(), 0});
             return oneIf(std::hypot(beside, above) <= 2.0);
         }},
        {"shrink by 1 mm", 2,
         [](const Desk &desk) {
             desk.rectangle(Box);
             desk.operation("actionShrink", 1.0);
         },
         [](int x, int y) { return oneIf(Box.adjusted(2, 2, -2, -2).contains(x, y)); }},
        {"smooth by 1 mm", 2,
         [](const Desk &desk) {
             desk.rectangle(Box);
             desk.operation("actionSmooth", 1.0);
         },
         // Corners go, what is further from them than the blur reaches stays.
         [](int x, int y) -> std::optional<LabelValue> {
             if (QPoint(x, y) == Box.topLeft() || QPoint(x, y) == Box.bottomRight())
                 return Nothing;
             if (!Box.contains(x, y) || Box.adjusted(4, 0, -4, 0).contains(x, y))
                 return oneIf(Box.contains(x, y));
             return std::nullopt;
         }},
    };
    return All;
}

} // namespace

class tst_StudioSliceTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void tool_changesOneSlice_data();
    void tool_changesOneSlice();

private:
    bool isUntouched(std::size_t position);

    std::unique_ptr<StudioFixture> m_studio;
    std::vector<core::ImageId> m_slices;
};

void tst_StudioSliceTools::init()
{
    m_studio = std::make_unique<StudioFixture>();
    QVERIFY(m_studio->show() && m_studio->createProject({"Lesion"}));
    writeVolume(m_studio->file("box.nrrd").toStdString());
    QVERIFY(m_studio->import({m_studio->file("box.nrrd")}, Slices));
    const auto store = m_studio->store();
    QVERIFY(store != nullptr);
    m_slices = *store->images().series(store->images().list()->front().seriesKey);
    QCOMPARE(m_slices.size(), std::size_t(Slices));
    QVERIFY(m_studio->choose(m_slices[Middle]));
}

void tst_StudioSliceTools::cleanup()
{
    QVERIFY(m_studio->close());
    m_studio.reset();
}

bool tst_StudioSliceTools::isUntouched(std::size_t position)
{
    const auto store = m_studio->store();
    const auto history = store->annotations().history(m_slices[position]);
    return history && history->edits.empty()
           && store->annotations().load(m_slices[position])->mask == core::LabelMask(Side, Side);
}

void tst_StudioSliceTools::tool_changesOneSlice_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < jobs().size(); ++i)
        QTest::newRow(jobs()[i].name) << static_cast<int>(i);
}

void tst_StudioSliceTools::tool_changesOneSlice()
{
    QFETCH(int, index);
    const Job &job = jobs()[static_cast<std::size_t>(index)];
    QVERIFY(m_studio->document().isSlice());
    QCOMPARE(m_studio->document().pixels().value(30, 30), 1000.0);
    job.draw({*m_studio});
    QTRY_VERIFY(!m_studio->document().isEditing() && m_studio->document().undoStack().index() == job.steps);

    const core::LabelMask drawn = m_studio->document().mask();
    std::size_t painted = 0;
    for (int y = 0; y < Side; ++y)
        for (int x = 0; x < Side; ++x) {
            const std::optional<LabelValue> expected = job.expected(x, y);
            if (expected)
                QVERIFY2(drawn.at(x, y) == *expected,
                         qPrintable(QStringLiteral("(%1, %2) has %3").arg(x).arg(y).arg(drawn.at(x, y))));
            painted += drawn.at(x, y) != Nothing ? 1 : 0;
        }
    QVERIFY(painted > 0);
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().isSaved(), StudioFixture::SoonMs);
    QVERIFY(m_studio->store()->annotations().load(m_slices[Middle])->mask == drawn);
    for (std::size_t position = 0; position < m_slices.size(); ++position)
        QVERIFY(position == Middle || isUntouched(position));

    QVERIFY(m_studio->choose(m_slices[Middle + 1]));
    QVERIFY(!m_studio->editor().canUndo());
    QVERIFY(m_studio->choose(m_slices[Middle]));
    for (int i = 0; i < job.steps; ++i)
        QTest::keyClick(m_studio->window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(m_studio->document().mask() == core::LabelMask(Side, Side));
    QVERIFY(!m_studio->editor().canUndo());
    for (int i = 0; i < job.steps; ++i)
        QTest::keyClick(m_studio->window.get(), Qt::Key_Y, Qt::ControlModifier);
    QVERIFY(m_studio->document().mask() == drawn);
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().isSaved(), StudioFixture::SoonMs);
    QVERIFY(m_studio->store()->annotations().load(m_slices[Middle])->mask == drawn);
}

QTEST_MAIN(tst_StudioSliceTools)
#include "tst_StudioSliceTools.moc"
