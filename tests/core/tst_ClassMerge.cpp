// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/ClassMerge.h"

#include "core/MaskEdit.h"
#include "core/workflow/Labelling.h"
#include "support/FakeProjectStore.h"
#include "support/Random.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace semigda::core;
using semigda::test::FakeProjectStore;
using semigda::test::Random;
using semigda::test::randomMask;

namespace
{

constexpr LabelValue Liver = 1;
constexpr LabelValue Vessel = 2;
constexpr LabelValue Cyst = 3;

LabelMask merged(const LabelMask &mask, LabelValue from, LabelValue into)
{
    LabelMask result = mask;
    for (int y = 0; y < mask.height(); ++y) {
        for (int x = 0; x < mask.width(); ++x) {
            if (mask.at(x, y) == from)
                result.fillRow(x, y, 1, into);
        }
    }
    return result;
}

std::size_t pixelsOf(const LabelMask &mask, LabelValue value)
{
    for (const auto &[present, count] : countValues(mask)) {
        if (present == value)
            return count;
    }
    return 0;
}

} // namespace

class TestClassMerge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<FakeProjectStore>();
        LabelSet classes;
        QVERIFY(classes.add("Liver").has_value() && classes.add("Vessel").has_value()
                && classes.add("Cyst").has_value());
        QVERIFY(m_store->saveClasses(classes).has_value());
        m_images.clear();
        for (int i = 0; i < 5; ++i) {
            NewImage image;
            image.name = "image " + std::to_string(i);
            image.source.sha256 = "hash " + std::to_string(i);
            image.width = 40;
            image.height = 30;
            m_images.push_back(*m_store->images().add(image));
        }
    }

    void everyPixelOfEveryImage_changesItsClass()
    {
        Random random(11);
        std::vector<LabelMask> before;
        std::size_t expected = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            before.push_back(randomMask(random, 40, 30, {NotAnnotated, Background, Liver, Vessel, Cyst}));
            paint(i, before.back());
            expected += pixelsOf(before.back(), Vessel);
        }
        QVERIFY(expected > 0);
        const Result<MergeReport> report = mergeClasses(*m_store, Vessel, Liver, "reader");
        QVERIFY(report.has_value());
        QCOMPARE(report->pixels, expected);
        for (std::size_t i = 0; i < 3; ++i)
            QVERIFY(maskOf(i) == merged(before[i], Vessel, Liver));
        // Untouched images have no step.
        QCOMPARE(*m_store->annotations().sequence(m_images[4]), std::int64_t(0));
        QVERIFY(m_store->classes()->find(Vessel) != nullptr);

        QCOMPARE(*undoOnSlices(*m_store, report->changed), report->changed.size());
        for (std::size_t i = 0; i < 3; ++i)
            QVERIFY(maskOf(i) == before[i]);
        QCOMPARE(*redoOnSlices(*m_store, report->changed), report->changed.size());
        QVERIFY(maskOf(0) == merged(before[0], Vessel, Liver));
    }

    void doneImages_stayDone()
    {
        LabelMask mask(40, 30, NotAnnotated);
        mask.fillRow(5, 5, 10, Cyst);
        paint(0, mask);
        QVERIFY(markComplete(*m_store, m_images[0], "reader").has_value());
        QVERIFY(mergeClasses(*m_store, Cyst, Background, "reader").has_value());
        QCOMPARE(pixelsOf(maskOf(0), Background), std::size_t(40 * 30));
        QVERIFY(m_store->annotations().load(m_images[0])->isComplete);
        QVERIFY(m_store->images().summary(m_images[0])->state == ImageState::Labelled);
    }

    void whatCannotBeMerged_changesNothing()
    {
        LabelMask mask(40, 30, NotAnnotated);
        mask.fillRow(5, 5, 10, Liver);
        paint(0, mask);
        QVERIFY(mergeClasses(*m_store, Cyst, Liver, "reader").error().code == ErrorCode::NotFound);
        QVERIFY(mergeClasses(*m_store, Liver, Liver, "reader").error().code == ErrorCode::InvalidArgument);
        QVERIFY(mergeClasses(*m_store, Liver, 17, "reader").error().code == ErrorCode::InvalidArgument);
        QVERIFY(mergeClasses(*m_store, Background, Liver, "reader").error().code == ErrorCode::InvalidArgument);
        QVERIFY(mergeClasses(*m_store, Liver, NotAnnotated, "reader").error().code == ErrorCode::InvalidArgument);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(mergeClasses(*m_store, Liver, Cyst, "reader", stop.get_token()).error().code == ErrorCode::Cancelled);
        QVERIFY(maskOf(0) == mask);
        QCOMPARE(*m_store->annotations().sequence(m_images[0]), std::int64_t(1));
    }

    void progress_goesThroughTheImages()
    {
        LabelMask mask(40, 30, NotAnnotated);
        mask.fillRow(5, 5, 10, Liver);
        paint(0, mask);
        std::vector<std::size_t> told;
        const auto merged = mergeClasses(*m_store, Liver, Cyst, "reader", {}, [&](std::size_t done, std::size_t total) {
            told.push_back(done);
            QCOMPARE(total, m_images.size());
        });
        QVERIFY(merged.has_value());
        QCOMPARE(told.size(), m_images.size());
        QCOMPARE(told.front(), std::size_t(0));
        QVERIFY(std::is_sorted(told.begin(), told.end()));
    }

private:
    void paint(std::size_t index, const LabelMask &wanted)
    {
        const Annotation before = *m_store->annotations().load(m_images[index]);
        MaskEdit edit(m_mask = before.mask, {});
        for (int y = 0; y < wanted.height(); ++y) {
            for (int x = 0; x < wanted.width(); ++x) {
                if (wanted.at(x, y) != NotAnnotated)
                    edit.paintSpan(x, y, 1, wanted.at(x, y));
            }
        }
        const MaskDelta delta = edit.commit();
        QVERIFY(commitStroke(*m_store, m_images[index], delta, m_mask, false, ImageState::Unlabelled, "Brush", "reader")
                    .has_value());
    }
    LabelMask maskOf(std::size_t index) const { return m_store->annotations().load(m_images[index])->mask; }

    std::unique_ptr<FakeProjectStore> m_store;
    std::vector<ImageId> m_images;
    LabelMask m_mask;
};

QTEST_APPLESS_MAIN(TestClassMerge)
#include "tst_ClassMerge.moc"
