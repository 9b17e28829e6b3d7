// SPDX-License-Identifier: Apache-2.0
// Operations on a whole class: which pixels they leave, that they are one step, and what they say when they do nothing.
#include "CanvasFixture.h"

#include "support/Random.h"
#include "ui/operations/MaskCommands.h"

#include <algorithm>
#include <cmath>

using namespace semigda;
using ui::MaskOperation;

namespace
{

core::LabelMask maskOf(const std::vector<std::string> &rows)
{
    core::LabelMask mask(static_cast<int>(rows.front().size()), static_cast<int>(rows.size()));
    for (int y = 0; y < mask.height(); ++y)
        for (int x = 0; x < mask.width(); ++x) {
            const char letter = rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
            mask.fillRow(x, y, 1, letter == '.' ? core::NotAnnotated : static_cast<core::LabelValue>(letter - '0'));
        }
    return mask;
}

std::string afterwards(MaskOperation operation, const std::vector<std::string> &rows, double amount = 1.0,
                       const ui::PixelSpacing &spacing = {1.0, 1.0})
{
    const core::LabelMask mask = maskOf(rows);
    ui::MaskOperationInput input;
    input.value = 1;
    input.erased = core::NotAnnotated;
    input.rule.protectedValues = {2};
    input.amount = amount;
    input.spacing = spacing;
    const core::MaskChange change = ui::applyOperation(operation, mask, input);
    core::LabelMask redone = mask;
    change.delta.apply(redone);
    return redone == change.mask ? test::picture(change.mask, mask.rect()) : "the delta is another";
}

} // namespace

class tst_MaskOperation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holes_areFilledButNotLockedClasses()
    {
        QCOMPARE(afterwards(MaskOperation::FillHoles, {"..11111.", ".1.0.21.", "..11111.", "1......1", "1111111."}),
                 std::string("..11111.\n"
                             ".111121.\n"
                             "..11111.\n"
                             "1......1\n"
                             "1111111.\n"));
    }
    void largestPiece_isKept()
    {
        QCOMPARE(afterwards(MaskOperation::KeepLargest, {"11..1", "1..1.", "....1", "0.2.."}), std::string("11...\n"
                                                                                                           "1....\n"
                                                                                                           ".....\n"
                                                                                                           "0.2..\n"));
    }
    void smallPieces_goByTheirArea()
    {
        const std::vector<std::string> rows{"111.1", "111..", ".....", "11..."};
        QCOMPARE(afterwards(MaskOperation::RemoveSmall, rows, 2.0), std::string("111..\n111..\n.....\n11...\n"));
        // Of 0.5 mm² each: two pixels are 1 mm².
        QCOMPARE(afterwards(MaskOperation::RemoveSmall, rows, 1.5, {0.5, 1.0}),
                 std::string("111..\n111..\n.....\n.....\n"));
    }
    void growing_reachesAsFarAsTold()
    {
        const std::vector<std::string> rows{".......", ".......", "...1...", "......2", "......."};
        QCOMPARE(afterwards(MaskOperation::Grow, rows, 1.0),
                 std::string(".......\n...1...\n..111..\n...1..2\n.......\n"));
        QCOMPARE(afterwards(MaskOperation::Grow, rows, 1.5),
                 std::string(".......\n..111..\n..111..\n..111.2\n.......\n"));
        // Rows twice as far apart as columns.
        QCOMPARE(afterwards(MaskOperation::Grow, rows, 2.0, {1.0, 2.0}),
                 std::string(".......\n...1...\n.11111.\n...1..2\n.......\n"));
        QCOMPARE(afterwards(MaskOperation::Grow, rows, 1000.0), std::string("1111111\n"
                                                                            "1111111\n"
                                                                            "1111111\n"
                                                                            "1111112\n"
                                                                            "1111111\n"));
    }
    void shrinking_startsAtOtherPixelsNotAtTheImagesEdge()
    {
        QCOMPARE(afterwards(MaskOperation::Shrink, {"1111.", "1111.", "1111.", "1111."}, 1.0),
                 std::string("111..\n111..\n111..\n111..\n"));
        QCOMPARE(afterwards(MaskOperation::Shrink, {"111", "111"}, 5.0), std::string("111\n111\n"));
    }
    /// Grown and shrunk shapes by their definition, on random masks and spacings.
    void rims_matchTheDistance()
    {
        test::Random random(5);
        for (int i = 0; i < 30; ++i) {
            const core::LabelMask mask =
                test::randomMask(random, random.between(3, 60), random.between(3, 40), {core::NotAnnotated, 1, 0});
            const ui::PixelSpacing spacing{0.3 + random.unit(), 0.3 + random.unit()};
            const double reach = random.unit() * 5.0;
            for (const bool isWithin : {false, true}) {
                std::vector<char> found(static_cast<std::size_t>(mask.width() * mask.height()), 0);
                const auto spans =
                    isWithin ? ui::rimWithin(mask, 1, reach, spacing) : ui::rimAround(mask, 1, reach, spacing);
                for (const auto &span : spans)
                    for (int x = span.x; x < span.x + span.count; ++x)
                        found[static_cast<std::size_t>(span.y * mask.width() + x)] = 1;
                for (int y = 0; y < mask.height(); ++y)
                    for (int x = 0; x < mask.width(); ++x) {
                        const bool isOfValue = mask.at(x, y) == 1;
                        double nearest = 1e9;
                        for (int v = 0; v < mask.height(); ++v)
                            for (int u = 0; u < mask.width(); ++u)
                                if ((mask.at(u, v) == 1) != isOfValue)
                                    nearest = std::min(nearest, std::hypot((u - x) * spacing[0], (v - y) * spacing[1]));
                        if (std::abs(nearest - reach) > 1e-6)
                            QCOMPARE(found[static_cast<std::size_t>(y * mask.width() + x)] == 1,
                                     isOfValue == isWithin && nearest < reach);
                    }
            }
        }
    }
    void smoothing_roundsCornersAndKeepsTheArea()
    {
        core::LabelMask mask(100, 100);
        for (int y = 20; y < 80; ++y)
            mask.fillRow(20, y, 60, 1);
        mask.fillRow(80, 50, 15, 1); // a hair
        ui::MaskOperationInput input;
        input.value = 1;
        input.erased = core::NotAnnotated;
        input.amount = 3.0;
        const core::LabelMask after = ui::applyOperation(MaskOperation::Smooth, mask, input).mask;
        QCOMPARE(after.at(20, 20), core::NotAnnotated);
        QCOMPARE(after.at(90, 50), core::NotAnnotated);
        QCOMPARE(after.at(50, 20), core::LabelValue(1));
        QCOMPARE(after.at(50, 19), core::NotAnnotated);
        const double area = static_cast<double>(test::countOf(after, 1));
        QVERIFY2(area > 3540 && area < 3610, qPrintable(QString::number(area)));
        // All of the image stays all of the image.
        QCOMPARE(ui::applyOperation(MaskOperation::Smooth, core::LabelMask(50, 40, 1), input).delta.isEmpty(), true);
    }
    void nothingOfTheClass_isLeftAlone()
    {
        for (const MaskOperation operation :
             {MaskOperation::FillHoles, MaskOperation::KeepLargest, MaskOperation::RemoveSmall, MaskOperation::Smooth,
              MaskOperation::Grow, MaskOperation::Shrink})
            QCOMPARE(afterwards(operation, {"..0", "2.."}, 3.0), std::string("..0\n2..\n"));
    }

    void commands_areOneStepOnTheImageOnShow()
    {
        test::CanvasFixture fixture;
        QVERIFY(fixture.openNew());
        fixture.zoomTo(12.0);
        ui::MaskCommands commands;
        QSignalSpy notices(&commands, &ui::MaskCommands::noticed);
        commands.setDocument(fixture.canvas->document());
        fixture.tools->setBrushSize(1);
        fixture.drag(
            {fixture.pixel(1, 1), fixture.pixel(8, 1), fixture.pixel(8, 6), fixture.pixel(1, 6), fixture.pixel(1, 1)});
        QCOMPARE(test::countOf(fixture.mask(), 1), std::size_t(8 + 8 + 4 + 4));
        commands.run(MaskOperation::FillHoles, fixture.classes, 1, 0.0);
        QTRY_COMPARE(test::countOf(fixture.mask(), 1), std::size_t(8 * 6));
        QCOMPARE(fixture.canvas->document()->undoStack().count(), 2);
        fixture.controller->undo();
        QCOMPARE(test::countOf(fixture.mask(), 1), std::size_t(8 + 8 + 4 + 4));
        fixture.controller->redo();
        QVERIFY(fixture.flush());
        const core::ImageId id = fixture.canvas->document()->id();
        QCOMPARE(fixture.project.annotations().history(id)->edits.back().reason, std::string("Fill holes"));
        QCOMPARE(test::countOf(fixture.stored(id), 1), std::size_t(8 * 6));
        QCOMPARE(notices.size(), 0);

        commands.run(MaskOperation::FillHoles, fixture.classes, 1, 0.0);
        QTRY_COMPARE(notices.size(), 1);
        QVERIFY(notices.back().front().toString().contains(QStringLiteral("Lesion")));
        commands.run(MaskOperation::Grow, fixture.classes, core::Background, 1.0);
        QCOMPARE(notices.size(), 2);
        QCOMPARE(fixture.canvas->document()->undoStack().count(), 2);
        fixture.controller->setReadOnly(true);
        commands.run(MaskOperation::Grow, fixture.classes, 1, 1.0);
        QVERIFY(!commands.isRunning());
    }
};

QTEST_MAIN(tst_MaskOperation)
#include "tst_MaskOperation.moc"
