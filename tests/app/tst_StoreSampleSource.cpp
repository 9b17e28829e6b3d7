// SPDX-License-Identifier: Apache-2.0
#include "app/training/StoreSampleSource.h"

#include "support/FakeProjectStore.h"

#include <QtTest/QTest>

#include <map>
#include <memory>

using namespace semigda;
using app::StoreSampleSource;
using core::ImageId;
using core::SampleRole;
using core::Split;

namespace
{

constexpr int Width = 6;
constexpr int Height = 4;

core::ImageData grey()
{
    core::ImageData pixels;
    pixels.width = Width;
    pixels.height = Height;
    pixels.bytes.resize(pixels.sampleCount());
    return pixels;
}

core::LabelMask filled(core::LabelValue value)
{
    return core::LabelMask(Width, Height, value);
}

std::map<ImageId, SampleRole> rolesOf(StoreSampleSource &source)
{
    std::map<ImageId, SampleRole> roles;
    const auto snapshot = source.snapshot();
    if (snapshot) {
        for (const core::SampleItem &item : (*snapshot)->items) {
            roles[item.id] = item.role;
        }
    }
    return roles;
}

} // namespace

class tst_StoreSampleSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void images_haveTheRolesTheirMasksGive();
    void patients_keepToOneSideOfASplit();
    void proposal_isTheNewestOne();
    void rejectedProposal_isNone();
    void imageThatIsNot_isAnError();

private:
    void paint(ImageId id, bool isComplete)
    {
        core::LabelMask after = filled(core::NotAnnotated);
        after.fillRow(0, 1, 3, 1);
        const core::EditIntent intent{"Brush", "tester", isComplete,
                                      isComplete ? core::ImageState::Labelled : core::ImageState::Partial};
        const auto saved =
            m_store->annotations().append(id, core::MaskDelta::between(filled(core::NotAnnotated), after), intent);
        QVERIFY2(saved.has_value(), saved ? "" : saved.error().message.english().c_str());
    }
    StoreSampleSource source() const { return StoreSampleSource(m_store->openAnother()); }

    std::unique_ptr<test::FakeProjectStore> m_store;
};

void tst_StoreSampleSource::init()
{
    m_store = std::make_unique<test::FakeProjectStore>();
    core::LabelSet classes;
    QVERIFY(classes.add("Lesion").has_value());
    QVERIFY(m_store->saveClasses(classes).has_value());
}

void tst_StoreSampleSource::images_haveTheRolesTheirMasksGive()
{
    const ImageId bare = m_store->addImage("bare", grey());
    const ImageId partial = m_store->addImage("partial", grey());
    const ImageId complete = m_store->addImage("complete", grey());
    const ImageId checked = m_store->addImage("checked", grey(), Split::Validation);
    m_store->addImage("validation without a mask", grey(), Split::Validation);
    const ImageId test = m_store->addImage("test", grey(), Split::Test);
    paint(partial, false);
    paint(complete, true);
    paint(checked, true);
    paint(test, true);
    StoreSampleSource samples = source();
    const std::map<ImageId, SampleRole> expected{{bare, SampleRole::Unlabelled},
                                                 {partial, SampleRole::Partial},
                                                 {complete, SampleRole::Labelled},
                                                 {checked, SampleRole::Validation}};
    QVERIFY(rolesOf(samples) == expected);
    const auto mask = samples.mask(partial);
    QVERIFY(mask.has_value());
    QCOMPARE(mask->at(2, 1), core::LabelValue{1});
    QCOMPARE(mask->at(3, 1), core::NotAnnotated);
    // What is finished later is seen at the next look.
    paint(bare, true);
    QCOMPARE(rolesOf(samples)[bare], SampleRole::Labelled);
}

void tst_StoreSampleSource::patients_keepToOneSideOfASplit()
{
    m_store->addImage("a1", grey(), Split::Train, "A");
    const ImageId a2 = m_store->addImage("a2", grey(), Split::Test, "A");
    m_store->addImage("b1", grey(), Split::Train, "B");
    const ImageId b2 = m_store->addImage("b2", grey(), Split::Validation, "B");
    const ImageId c1 = m_store->addImage("c1", grey(), Split::Train, "C");
    paint(a2, true);
    paint(b2, true);
    StoreSampleSource samples = source();
    const std::map<ImageId, SampleRole> expected{{b2, SampleRole::Validation}, {c1, SampleRole::Unlabelled}};
    QVERIFY(rolesOf(samples) == expected);
}

void tst_StoreSampleSource::proposal_isTheNewestOne()
{
    const ImageId id = m_store->addImage("partial", grey());
    const ImageId other = m_store->addImage("other", grey());
    paint(id, false);
    StoreSampleSource samples = source();
    const auto none = samples.proposal(id);
    QVERIFY(none.has_value() && !none->has_value());
    m_store->addPrediction(id, m_store->addRun(), filled(core::Background), 0.1F);
    m_store->addPrediction(id, m_store->addRun(), filled(1), 0.1F);
    const auto newest = samples.proposal(id);
    QVERIFY(newest.has_value() && newest->has_value());
    QVERIFY(**newest == filled(1));
    const auto stillNone = samples.proposal(other);
    QVERIFY(stillNone.has_value() && !stillNone->has_value());
}

void tst_StoreSampleSource::rejectedProposal_isNone()
{
    const ImageId id = m_store->addImage("partial", grey());
    const core::PredictionId bad = m_store->addPrediction(id, m_store->addRun(), filled(1), 0.1F);
    QVERIFY(m_store->predictions().recordReview({id, bad, core::Verdict::Rejected, "tester", {}}).has_value());
    paint(id, false);
    StoreSampleSource samples = source();
    const auto none = samples.proposal(id);
    QVERIFY(none.has_value() && !none->has_value());
    // The next run proposes anew.
    const core::PredictionId good = m_store->addPrediction(id, m_store->addRun(), filled(core::Background), 0.1F);
    QVERIFY(m_store->predictions().recordReview({id, good, core::Verdict::Accepted, "tester", {}}).has_value());
    const auto next = samples.proposal(id);
    QVERIFY(next.has_value() && next->has_value());
    QVERIFY(**next == filled(core::Background));
}

void tst_StoreSampleSource::imageThatIsNot_isAnError()
{
    StoreSampleSource samples = source();
    const auto missing = samples.proposal(ImageId(99));
    QVERIFY(!missing.has_value());
    QCOMPARE(missing.error().code, core::ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(tst_StoreSampleSource)
#include "tst_StoreSampleSource.moc"
