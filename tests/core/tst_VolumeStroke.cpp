// SPDX-License-Identifier: Apache-2.0
// What a ball leaves on the slices beside its own: a ball in mm wherever the slices lie, under each slice's own rules.
#include "core/workflow/VolumeStroke.h"

#include "core/workflow/Labelling.h"
#include "support/FakeProjectStore.h"

#include <QtTest/QTest>

#include <cmath>

using namespace semigda::core;
using semigda::test::FakeProjectStore;

namespace
{

constexpr int Width = 60;
constexpr int Height = 50;
constexpr LabelValue Organ = 1;
constexpr LabelValue Vessel = 2;

std::size_t areaOf(const LabelMask &mask, LabelValue value)
{
    for (const auto &[present, count] : countValues(mask))
        if (present == value)
            return count;
    return 0;
}

BallStroke dab(PointF centre, double diameter)
{
    BallStroke stroke;
    stroke.parts.push_back({centre, centre, diameter});
    stroke.value = Organ;
    return stroke;
}

} // namespace

class TestVolumeStroke : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<FakeProjectStore>();
        m_slices.clear();
        LabelSet classes;
        QVERIFY(classes.add("Organ").has_value() && classes.add("Vessel").has_value());
        QVERIFY(m_store->saveClasses(classes).has_value());
    }

    void slicesWithoutLengths_lieAPixelApart()
    {
        addSlices(11);
        const BallReport report = paint(5, dab({30.3, 25.1}, 9.0));
        QCOMPARE(report.changed.size(), std::size_t{8}); // as far as 4.5 pixels reach
        for (int z = 0; z < 11; ++z)
            checkBall(z, z - 5.0, {30.3, 25.1}, 4.5);
        QCOMPARE(areaOf(mask(5), Organ), std::size_t{0}); // its own is not done here
        QCOMPARE(m_store->annotations().history(m_slices[6])->edits.back().reason, std::string("Sphere brush"));
        QCOMPARE(m_store->annotations().history(m_slices[6])->edits.back().author, std::string("anna"));
        QVERIFY(m_store->images().summary(m_slices[6])->state == ImageState::Partial);
        QVERIFY(m_store->images().summary(m_slices[0])->state == ImageState::Unlabelled);
    }
    void lengths_makeItABallInMillimetres()
    {
        ImageGeometry geometry;
        geometry.hasSpacing = true;
        geometry.spacing = {0.5, 0.5, 2.0};
        addSlices(9, [&](int) { return geometry; });
        const BallReport report = paint(4, dab({30.0, 25.0}, 20.0)); // 10 mm across
        QCOMPARE(report.changed.size(), std::size_t{4});
        for (int z = 0; z < 9; ++z)
            checkBall(z, (z - 4) * 4.0, {30.0, 25.0}, 10.0);
    }
    void positions_countWhereSlicesLieUnevenly()
    {
        const double places[] = {0.0, 1.0, 1.5, 5.0, 7.0, 8.0};
        addSlices(6, [&](int z) {
            ImageGeometry geometry;
            geometry.hasSpacing = geometry.hasPosition = true;
            geometry.spacing = {1.0, 1.0, 3.0};
            // Sagittal: the slice step is along the first axis, backwards.
            geometry.direction = {0.0, 0.0, -1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0};
            geometry.origin = {-places[z], 12.0, -40.0};
            return geometry;
        });
        paint(3, dab({30.0, 25.0}, 8.0));
        for (int z = 0; z < 6; ++z)
            checkBall(z, places[z] - 5.0, {30.0, 25.0}, 4.0);
    }
    void strokes_areTubes()
    {
        addSlices(5);
        BallStroke stroke;
        stroke.value = Organ;
        stroke.parts.push_back({{10.0, 10.0}, {40.0, 10.0}, 7.0});
        stroke.parts.push_back({{40.0, 10.0}, {40.0, 30.0}, 5.0}); // a lighter pen
        paint(2, stroke);
        for (int z = 0; z < 5; ++z) {
            const double depth = z - 2.0;
            for (int y = 0; y < Height; ++y)
                for (int x = 0; x < Width; ++x) {
                    const double dx = std::max({10.0 - x - 0.5, 0.0, x + 0.5 - 40.0});
                    const double dy = std::max({10.0 - y - 0.5, 0.0, y + 0.5 - 30.0});
                    const double first = std::hypot(dx, y + 0.5 - 10.0, depth) - 3.5;
                    const double second = std::hypot(x + 0.5 - 40.0, dy, depth) - 2.5;
                    if (z != 2 && std::abs(std::min(first, second)) > 0.01)
                        QCOMPARE(mask(z).at(x, y) == Organ, std::min(first, second) < 0.0);
                }
        }
    }
    void lockedClassesAndValues_holdOnEachSlice()
    {
        addSlices(3);
        for (int z = 0; z < 3; ++z) {
            ImageData image;
            image.width = Width;
            image.height = Height;
            image.bytes.assign(image.sampleCount(), std::byte{10});
            for (int y = 0; y < Height; ++y)
                for (int x = 0; x < 30 + z; ++x)
                    image.bytes[static_cast<std::size_t>(y * Width + x)] = std::byte{200};
            m_store->setPixels(m_slices[static_cast<std::size_t>(z)], image);
        }
        brush(2, {27, 25}, 4, Vessel);
        const LabelMask before = mask(2);
        BallStroke stroke = dab({30.0, 25.0}, 15.0);
        stroke.rule.protectedValues = {Vessel};
        stroke.range = ValueRange{150.0, 250.0};
        QCOMPARE(paint(1, stroke).changed.size(), std::size_t{2});
        for (const int z : {0, 2})
            for (int y = 0; y < Height; ++y)
                for (int x = 0; x < Width; ++x) {
                    const bool isIn = std::hypot(x + 0.5 - 30.0, y + 0.5 - 25.0, 1.0) <= 7.5 && x < 30 + z;
                    const bool isVessel = z == 2 && before.at(x, y) == Vessel;
                    QCOMPARE(mask(z).at(x, y), isVessel ? Vessel : isIn ? Organ : NotAnnotated);
                }
    }
    void slicesThatCannotBeRead_areLeftAndTold()
    {
        addSlices(3);
        BallStroke stroke = dab({30.0, 25.0}, 15.0);
        stroke.range = ValueRange{0.0, 0.0};
        const auto report = paintBeside(
            *m_store, m_slices[1], stroke,
            [&](ImageId id) -> Result<std::shared_ptr<const ImageData>> {
                if (id == m_slices[0])
                    return Error{ErrorCode::NotFound, Sentence::verbatim("The file is gone.")};
                ImageData image;
                image.width = Width;
                image.height = Height;
                image.bytes.assign(image.sampleCount(), std::byte{0});
                return std::make_shared<const ImageData>(image);
            },
            "Sphere brush", "anna");
        QVERIFY(report.has_value());
        QCOMPARE(report->unreadable, std::size_t{1});
        QCOMPARE(report->changed.size(), std::size_t{1});
        QCOMPARE(areaOf(mask(0), Organ), std::size_t{0});
    }
    void erasing_meansWhatItMeansOnEachSlice()
    {
        addSlices(5);
        for (int z = 0; z < 5; ++z)
            brush(z, {30, 25}, 30, Organ);
        QVERIFY(markComplete(*m_store, m_slices[1], "anna").has_value());
        m_store->addPrediction(m_slices[3], m_store->addRun(), LabelMask(Width, Height, Background), 0.5F);
        BallStroke stroke = dab({30.0, 25.0}, 15.0);
        stroke.isErasing = true;
        QCOMPARE(paint(2, stroke).changed.size(), std::size_t{4});
        QCOMPARE(mask(0).at(30, 25), NotAnnotated);
        QCOMPARE(mask(1).at(30, 25), Background);
        QCOMPARE(mask(3).at(30, 25), Background);
        QCOMPARE(mask(4).at(30, 25), NotAnnotated);
        QVERIFY(m_store->annotations().load(m_slices[1])->isComplete);
        QVERIFY(m_store->images().summary(m_slices[1])->state == ImageState::Labelled);
    }
    void completeSlices_stayCompleteUnlessUnpainted()
    {
        addSlices(3);
        QVERIFY(markComplete(*m_store, m_slices[0], "anna").has_value());
        paint(1, dab({30.0, 25.0}, 9.0));
        QVERIFY(m_store->annotations().load(m_slices[0])->isComplete);
        BallStroke stroke = dab({30.0, 25.0}, 5.0);
        stroke.value = NotAnnotated;
        paint(1, stroke);
        QVERIFY(!m_store->annotations().load(m_slices[0])->isComplete);
        QVERIFY(m_store->images().summary(m_slices[0])->state == ImageState::Partial);
    }
    void whatDoesNotFit_isLeft()
    {
        addSlices(3);
        NewImage odd;
        odd.source.sha256 = "volume";
        odd.source.frame = 3;
        odd.width = odd.height = 10;
        odd.seriesKey = "volume";
        odd.slicePosition = 3;
        m_slices.push_back(*m_store->images().add(odd));
        QCOMPARE(paint(2, dab({5.0, 5.0}, 5.0)).changed.size(), std::size_t{2});
        const ImageId alone = m_store->addImage("photograph", Width, Height);
        QVERIFY(paintBeside(*m_store, alone, dab({5.0, 5.0}, 5.0), {}, "Sphere brush", "anna")->changed.empty());
        // Painted already: no step.
        QVERIFY(paint(2, dab({5.0, 5.0}, 5.0)).changed.empty());
    }
    void writingThatFails_isAnError()
    {
        addSlices(5);
        m_store->failWriteAfter(2, Error{ErrorCode::DiskFull, Sentence::verbatim("The disk is full.")});
        const Result<void> done = m_store->inTransaction([&]() -> Result<void> {
            const auto report = paintBeside(*m_store, m_slices[2], dab({30.0, 25.0}, 9.0), {}, "Sphere brush", "anna");
            return report ? Result<void>() : report.error();
        });
        QVERIFY(!done.has_value());
        for (int z = 0; z < 5; ++z)
            QCOMPARE(areaOf(mask(z), Organ), std::size_t{0});
    }
    void undoneSteps_comeBackUnlessSomethingElseCame()
    {
        addSlices(5);
        brush(0, {10, 10}, 3, Vessel);
        const std::vector<ChangedSlice> changed = paint(2, dab({30.0, 25.0}, 9.0)).changed;
        QCOMPARE(changed.size(), std::size_t{4});
        QCOMPARE(*undoOnSlices(*m_store, changed), std::size_t{4});
        QCOMPARE(*redoOnSlices(*m_store, changed), std::size_t{4});
        QVERIFY(areaOf(mask(0), Organ) > 0 && areaOf(mask(4), Organ) > 0);
        QCOMPARE(*undoOnSlices(*m_store, changed), std::size_t{4});
        brush(1, {10, 10}, 3, Vessel);                                  // painted on since
        QVERIFY(m_store->annotations().undo(m_slices[0])->has_value()); // something older taken back as well
        QCOMPARE(*redoOnSlices(*m_store, changed), std::size_t{2});
        QCOMPARE(areaOf(mask(0), Organ) + areaOf(mask(0), Vessel), std::size_t{0});
        QCOMPARE(areaOf(mask(1), Organ), std::size_t{0});
        QVERIFY(areaOf(mask(3), Organ) > 0 && areaOf(mask(4), Organ) > 0);
        QVERIFY(m_store->annotations().redo(m_slices[0])->has_value());
        QVERIFY(areaOf(mask(0), Vessel) > 0);
    }

private:
    void addSlices(int count, const std::function<ImageGeometry(int)> &geometry = {})
    {
        for (int z = 0; z < count; ++z) {
            NewImage slice;
            slice.name = "slice " + std::to_string(z);
            slice.source.sha256 = "volume";
            slice.source.frame = z;
            slice.width = Width;
            slice.height = Height;
            slice.seriesKey = "volume";
            slice.slicePosition = z;
            if (geometry)
                slice.geometry = geometry(z);
            m_slices.push_back(*m_store->images().add(slice));
        }
    }
    BallReport paint(std::size_t slice, const BallStroke &stroke)
    {
        const auto report = paintBeside(
            *m_store, m_slices[slice], stroke,
            [&](ImageId id) -> Result<std::shared_ptr<const ImageData>> {
                return std::make_shared<const ImageData>(*m_store->images().pixels(id));
            },
            "Sphere brush", "anna");
        return report ? *report : BallReport{{}, 999};
    }
    /// Slice z, `depth` pixels from the middle, shows the cut through the ball.
    void checkBall(int z, double depth, PointF centre, double radius)
    {
        for (int y = 0; y < Height && depth != 0.0; ++y)
            for (int x = 0; x < Width; ++x) {
                const double margin = std::hypot(x + 0.5 - centre.x, y + 0.5 - centre.y, depth) - radius;
                if (std::abs(margin) > 0.01 && radius * radius - depth * depth > 0.3)
                    QCOMPARE(mask(z).at(x, y) == Organ, margin < 0.0);
                else if (margin > 0.01)
                    QCOMPARE(mask(z).at(x, y), NotAnnotated);
            }
    }
    void brush(int slice, PointF centre, double diameter, LabelValue value)
    {
        LabelMask painted = mask(slice);
        MaskEdit edit(painted);
        edit.paint(brushStroke(centre, centre, diameter), value);
        const MaskDelta delta = edit.commit();
        const ImageId id = m_slices[static_cast<std::size_t>(slice)];
        const ImageState before = m_store->images().summary(id)->state;
        QVERIFY(commitStroke(*m_store, id, delta, painted, false, before, "Brush", "anna").has_value());
    }
    LabelMask mask(int slice) { return m_store->annotations().load(m_slices[static_cast<std::size_t>(slice)])->mask; }

    std::unique_ptr<FakeProjectStore> m_store;
    std::vector<ImageId> m_slices;
};

QTEST_APPLESS_MAIN(TestVolumeStroke)
#include "tst_VolumeStroke.moc"
