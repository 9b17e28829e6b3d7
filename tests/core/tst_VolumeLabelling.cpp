// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/VolumeLabelling.h"

#include "core/MaskShapes.h"
#include "core/workflow/Labelling.h"
#include "support/FakeProjectStore.h"

#include <QtTest/QTest>

#include <algorithm>
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

} // namespace

class TestVolumeLabelling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<FakeProjectStore>();
        m_slices.clear();
        m_classes = {};
        QVERIFY(m_classes.add("Organ").has_value() && m_classes.add("Vessel").has_value());
        for (int z = 0; z < 9; ++z) {
            NewImage slice;
            slice.name = "slice " + std::to_string(z);
            slice.source.sha256 = "volume";
            slice.source.frame = z;
            slice.width = Width;
            slice.height = Height;
            slice.seriesKey = "volume";
            slice.slicePosition = z;
            m_slices.push_back(*m_store->images().add(slice));
        }
    }

    void copy_takesTheOtherSlicesClasses()
    {
        paintDisc(2, {20, 20}, 10, Organ);
        paintDisc(2, {45, 30}, 6, Vessel);
        paintDisc(3, {20, 20}, 4, Vessel); // here already: stays
        paintDisc(2, {55, 45}, 3, Background);
        const auto step = copyFromSlice(*m_store, m_slices[3], -1, "anna");
        QVERIFY2(step.has_value(), step ? "" : step.error().message.english().c_str());
        QCOMPARE(step->reason, std::string("Copy slice"));
        QCOMPARE(step->author, std::string("anna"));
        QCOMPARE(step->stateAfter, ImageState::Partial);
        for (int y = 0; y < Height; ++y)
            for (int x = 0; x < Width; ++x) {
                const LabelValue there = mask(2).at(x, y);
                const bool isKept = std::hypot(x + 0.5 - 20, y + 0.5 - 20) <= 2.0;
                QCOMPARE(mask(3).at(x, y), isKept ? Vessel : there == Background ? NotAnnotated : there);
            }
        QVERIFY(m_store->annotations().undo(m_slices[3])->has_value());
        QCOMPARE(areaOf(mask(3), Organ), std::size_t{0});
        QVERIFY(copyFromSlice(*m_store, m_slices[1], +1, "anna").has_value());
        QCOMPARE(areaOf(mask(1), Vessel), areaOf(mask(2), Vessel));
    }
    void copy_refusesWhatItCannotDo()
    {
        for (const auto &[slice, step] : {std::pair(0, -1), std::pair(8, 1), std::pair(4, 1)}) {
            const auto refused = copyFromSlice(*m_store, m_slices[static_cast<std::size_t>(slice)], step, "anna");
            QVERIFY(!refused.has_value());
            QCOMPARE(refused.error().code, ErrorCode::NotFound);
            QVERIFY(refused.error().message.english().ends_with('.'));
        }
        const ImageId alone = m_store->addImage("photograph", Width, Height);
        QVERIFY(!copyFromSlice(*m_store, alone, -1, "anna").has_value());
        NewImage odd;
        odd.source.sha256 = "volume";
        odd.source.frame = 9;
        odd.width = 10;
        odd.height = 10;
        odd.seriesKey = "volume";
        odd.slicePosition = 9;
        const ImageId other = *m_store->images().add(odd);
        const auto refused = copyFromSlice(*m_store, other, -1, "anna");
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::GeometryMismatch);
    }

    /// Between two discs lie discs, of radii in between.
    void between_lieShapesInBetween()
    {
        paintDisc(1, {30, 25}, 30, Organ);
        paintDisc(5, {30, 25}, 14, Organ);
        const auto report = interpolateSlices(*m_store, "volume", Organ, m_classes, "anna");
        QVERIFY2(report.has_value(), report ? "" : report.error().message.english().c_str());
        QCOMPARE(report->changed.size(), std::size_t{3});
        for (std::size_t z : {2U, 3U, 4U}) {
            const double radius = 15.0 - 2.0 * (static_cast<double>(z) - 1.0);
            for (int y = 0; y < Height; ++y)
                for (int x = 0; x < Width; ++x) {
                    const double margin = std::hypot(x + 0.5 - 30, y + 0.5 - 25) - radius;
                    if (std::abs(margin) > 1.0)
                        QCOMPARE(mask(z).at(x, y), margin < 0 ? Organ : NotAnnotated);
                }
            const EditRecord step = m_store->annotations().history(m_slices[z])->edits.back();
            QCOMPARE(step.reason, std::string("Interpolate"));
            QCOMPARE(step.stateAfter, ImageState::Partial);
        }
        QCOMPARE(areaOf(mask(0), Organ) + areaOf(mask(6), Organ), std::size_t{0});
    }
    void shapesThatMove_moveInBetween()
    {
        paintDisc(0, {10, 12}, 12, Organ);
        paintDisc(4, {46, 36}, 12, Organ);
        QVERIFY(interpolateSlices(*m_store, "volume", Organ, m_classes, "anna").has_value());
        const double area = static_cast<double>(areaOf(mask(0), Organ));
        for (std::size_t z : {1U, 2U, 3U}) {
            const double t = static_cast<double>(z) / 4.0;
            QVERIFY(std::abs(static_cast<double>(areaOf(mask(z), Organ)) - area) < 0.1 * area);
            QCOMPARE(mask(z).at(static_cast<int>(10 + 36 * t), static_cast<int>(12 + 24 * t)), Organ);
        }
    }
    void everyGap_isFilledAndNothingBeyond()
    {
        for (const std::size_t z : {1U, 3U, 6U})
            paintDisc(z, {30, 25}, 10, Organ);
        const auto report = interpolateSlices(*m_store, "volume", Organ, m_classes, "anna");
        QVERIFY(report.has_value());
        QCOMPARE(report->changed.size(), std::size_t{3});
        for (std::size_t z = 0; z < 9; ++z)
            QCOMPARE(areaOf(mask(z), Organ) > 0, z >= 1 && z <= 6);
    }
    void lockedClassesAndCompleteSlices_stay()
    {
        paintDisc(0, {30, 25}, 20, Organ);
        paintDisc(4, {30, 25}, 20, Organ);
        paintDisc(2, {30, 25}, 8, Vessel);
        QVERIFY(markComplete(*m_store, m_slices[3], "anna").has_value());
        const std::size_t vessel = areaOf(mask(2), Vessel);
        const auto report = interpolateSlices(*m_store, "volume", Organ, m_classes, "anna");
        QVERIFY(report.has_value());
        QCOMPARE(report->changed.size(), std::size_t{2});
        QCOMPARE(report->complete, std::size_t{1});
        QCOMPARE(areaOf(mask(2), Vessel), vessel);
        QCOMPARE(areaOf(mask(2), Organ), areaOf(mask(1), Organ) - vessel);
        QCOMPARE(areaOf(mask(3), Background), static_cast<std::size_t>(Width * Height));
    }
    void nothingToFill_isRefused()
    {
        for (int round = 0; round < 2; ++round) {
            const auto refused = interpolateSlices(*m_store, "volume", Organ, m_classes, "anna");
            QVERIFY(!refused.has_value());
            QCOMPARE(refused.error().code, ErrorCode::NotFound);
            QVERIFY(refused.error().message.english().find("Organ") != std::string::npos);
            paintDisc(static_cast<std::size_t>(round), {30, 25}, 10, Organ);
        }
    }
    void stopped_changesNothing()
    {
        paintDisc(0, {30, 25}, 20, Organ);
        paintDisc(4, {30, 25}, 20, Organ);
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = interpolateSlices(*m_store, "volume", Organ, m_classes, "anna", stop.get_token());
        QVERIFY(!stopped.has_value());
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QCOMPARE(areaOf(mask(2), Organ), std::size_t{0});
    }
    void progress_growsFromReadingToFilling()
    {
        paintDisc(0, {30, 25}, 20, Organ);
        paintDisc(4, {30, 25}, 20, Organ);
        std::vector<std::pair<std::size_t, std::size_t>> told;
        const auto filled =
            interpolateSlices(*m_store, "volume", Organ, m_classes, "anna", {},
                              [&told](std::size_t done, std::size_t total) { told.emplace_back(done, total); });
        QVERIFY(filled.has_value());
        QVERIFY(told.size() >= 2);
        QVERIFY(std::is_sorted(told.begin(), told.end()));
        for (const auto &[done, total] : told)
            QVERIFY(done <= total && total == told.front().second);
        QVERIFY(told.front().first < told.front().second / 2 && told.back().first > told.back().second / 2);
    }
    void writingThatFails_changesNothing()
    {
        paintDisc(0, {30, 25}, 20, Organ);
        paintDisc(4, {30, 25}, 20, Organ);
        m_store->failWriteAfter(2, Error{ErrorCode::DiskFull, Sentence::verbatim("The disk is full.")});
        QVERIFY(!interpolateSlices(*m_store, "volume", Organ, m_classes, "anna").has_value());
        for (const std::size_t z : {1U, 2U, 3U})
            QCOMPARE(areaOf(mask(z), Organ), std::size_t{0});
    }
    void undo_sparesWhatWasChangedSince()
    {
        paintDisc(0, {30, 25}, 20, Organ);
        paintDisc(4, {30, 25}, 20, Organ);
        const auto report = interpolateSlices(*m_store, "volume", Organ, m_classes, "anna");
        QVERIFY(report.has_value());
        paintDisc(2, {50, 40}, 5, Vessel);
        const auto undone = undoOnSlices(*m_store, report->changed);
        QVERIFY(undone.has_value());
        QCOMPARE(*undone, std::size_t{2});
        QCOMPARE(areaOf(mask(1), Organ) + areaOf(mask(3), Organ), std::size_t{0});
        QVERIFY(areaOf(mask(2), Organ) > 0 && areaOf(mask(2), Vessel) > 0);
    }

private:
    void paintDisc(std::size_t slice, PointF centre, double diameter, LabelValue value)
    {
        LabelMask painted = mask(slice);
        MaskEdit edit(painted);
        edit.paint(brushStroke(centre, centre, diameter), value);
        const MaskDelta delta = edit.commit();
        const ImageState before = m_store->images().summary(m_slices[slice])->state;
        QVERIFY(commitStroke(*m_store, m_slices[slice], delta, painted, false, before, "Brush", "anna").has_value());
    }
    LabelMask mask(std::size_t slice) { return m_store->annotations().load(m_slices[slice])->mask; }

    std::unique_ptr<FakeProjectStore> m_store;
    std::vector<ImageId> m_slices;
    LabelSet m_classes;
};

QTEST_APPLESS_MAIN(TestVolumeLabelling)
#include "tst_VolumeLabelling.moc"
