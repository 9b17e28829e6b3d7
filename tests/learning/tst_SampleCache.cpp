// SPDX-License-Identifier: Apache-2.0
#include "learning/SampleCache_p.h"

#include "learning/MemorySamples.h"
#include "learning/TrainingHelpers.h"

#include <algorithm>

using namespace semigda;
using namespace semigda::learning;
using core::ImageId;
using core::SampleRole;
using test::MemorySamples;
using test::runJob;
using test::smallRequest;

namespace
{

constexpr int Side = 32;

class BrokenProposals : public MemorySamples
{
public:
    using MemorySamples::MemorySamples;
    core::Result<std::optional<core::LabelMask>> proposal(ImageId) override
    {
        return core::Error{core::ErrorCode::CorruptFile,
                           core::Sentence::verbatim("The prediction of scan 3 is damaged; predict again.")};
    }
};

TrainingConfig smallConfig()
{
    TrainingConfig config;
    config.imageSize = Side;
    return config;
}

void prepareAll(SampleCache &cache)
{
    QVERIFY(cache.refresh().has_value());
    while (cache.prepareNext()) {
    }
}

} // namespace

class tst_SampleCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { folder.renew(); }
    void proposal_fillsWhatIsNotPainted();
    void strokes_beatTheProposal();
    void wholeMasks_askForNoProposal();
    void damagedProposal_isNamed();
    void folds_seeNoProposals();
    void completedMasks_canBeAlignedTo_data();
    void completedMasks_canBeAlignedTo();

private:
    test::RunFolders folder;
};

void tst_SampleCache::proposal_fillsWhatIsNotPainted()
{
    auto samples = std::make_shared<MemorySamples>(1, Side, Side);
    samples->add(SampleRole::Partial, 2);
    samples->proposed = {ImageId(2)};
    TrainingConfig config = smallConfig();
    {
        SampleCache cache(samples, config);
        prepareAll(cache);
        QCOMPARE(cache.partial().size(), std::size_t{2});
        QCOMPARE(cache.completed(), std::vector<std::size_t>{1});
        QCOMPARE(cache.uncompleted(), std::vector<std::size_t>{0});
        const PreparedSample &sample = cache.sample(1);
        // The strokes themselves stay what they are: they alone are learned from as truth.
        QVERIFY((sample.mask == IgnoredIndex).any().item<bool>());
        const std::vector<core::LabelValue> truth = samples->trueMask(ImageId(2)).toPixels();
        const auto *completed = sample.completed.data_ptr<std::uint8_t>();
        for (std::size_t i = 0; i < truth.size(); ++i) {
            QCOMPARE(static_cast<int>(completed[i]), static_cast<int>(truth[i]));
        }
    }
    config.completesPartial = false;
    SampleCache without(samples, config);
    prepareAll(without);
    QVERIFY(without.completed().empty());
    QCOMPARE(without.uncompleted().size(), std::size_t{2});
}

void tst_SampleCache::strokes_beatTheProposal()
{
    /// Proposes the class everywhere.
    class Overfull : public MemorySamples
    {
    public:
        using MemorySamples::MemorySamples;
        core::Result<std::optional<core::LabelMask>> proposal(ImageId) override
        {
            return std::optional(core::LabelMask(Side, Side, 1));
        }
    };
    auto samples = std::make_shared<Overfull>(1, Side, Side);
    samples->add(SampleRole::Partial, 1);
    const TrainingConfig config = smallConfig();
    SampleCache cache(samples, config);
    prepareAll(cache);
    const torch::Tensor mask = cache.sample(0).mask;
    const torch::Tensor completed = cache.sample(0).completed;
    const torch::Tensor isPainted = mask != IgnoredIndex;
    QVERIFY((mask == 0).any().item<bool>());
    QVERIFY(torch::equal(completed.masked_select(isPainted), mask.masked_select(isPainted)));
    QVERIFY((completed.masked_select(isPainted.logical_not()) == 1).all().item<bool>());
}

void tst_SampleCache::wholeMasks_askForNoProposal()
{
    auto samples = std::make_shared<BrokenProposals>(1, Side, Side);
    samples->add(SampleRole::Labelled, 1);
    samples->add(SampleRole::Validation, 1);
    samples->add(SampleRole::Unlabelled, 1);
    const TrainingConfig config = smallConfig();
    SampleCache cache(samples, config);
    prepareAll(cache);
    QVERIFY(cache.takeNotice().isEmpty());
    for (std::size_t i = 0; i < cache.size(); ++i) {
        QVERIFY(!cache.sample(i).completed.defined());
    }
}

void tst_SampleCache::damagedProposal_isNamed()
{
    auto samples = std::make_shared<BrokenProposals>(1, Side, Side);
    samples->add(SampleRole::Partial, 1);
    const TrainingConfig config = smallConfig();
    SampleCache cache(samples, config);
    prepareAll(cache);
    QCOMPARE(cache.partial().size(), std::size_t{1});
    QVERIFY(cache.completed().empty());
    QVERIFY(cache.takeNotice().english().find("scan 3 is damaged") != std::string::npos);
}

void tst_SampleCache::folds_seeNoProposals()
{
    auto samples = std::make_shared<MemorySamples>(1, Side, Side);
    samples->add(SampleRole::Partial, 4);
    samples->proposed = {ImageId(1), ImageId(2), ImageId(3), ImageId(4)};
    const TrainingConfig config = smallConfig();
    SampleCache cache(samples, config);
    prepareAll(cache);
    QCOMPARE(cache.completed().size(), std::size_t{4});
    cache.holdOutFold(0, 2);
    QVERIFY(cache.completed().empty());
    QCOMPARE(cache.uncompleted().size(), std::size_t{2});
    cache.releaseHeldOut();
    QCOMPARE(cache.completed().size(), std::size_t{4});
    QVERIFY(cache.uncompleted().empty());
}

void tst_SampleCache::completedMasks_canBeAlignedTo_data()
{
    QTest::addColumn<bool>("isProposed");
    QTest::newRow("first run on strokes: nothing to align to") << false;
    QTest::newRow("a later run, completed by the first") << true;
}

void tst_SampleCache::completedMasks_canBeAlignedTo()
{
    QFETCH(bool, isProposed);
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Partial, 3);
    samples->add(SampleRole::Unlabelled, 2);
    if (isProposed) {
        samples->proposed = {ImageId(1), ImageId(3)};
    }
    core::TrainingRequest request = smallRequest("semigda");
    request.epochsStage1 = 12;
    request.epochsStage2 = 12;
    auto job = TrainingJob::create(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    const test::Ended ended = runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    QCOMPARE(!ended.valuesOf("loss_aligned_cnn").empty(), isProposed);
    QCOMPARE(!ended.valuesOf("loss_agreement").empty(), isProposed);
    QVERIFY(!ended.valuesOf("loss_labelled_cnn").empty());
}

QTEST_GUILESS_MAIN(tst_SampleCache)
#include "tst_SampleCache.moc"
