// SPDX-License-Identifier: Apache-2.0
// Few labelled images: all of them train, and what the masks are worth is told by networks that missed some of them.
#include "learning/MemorySamples.h"
#include "learning/TrainingHelpers.h"

#include "learning/Checkpoint_p.h"
#include "learning/CrossValidation_p.h"

#include <algorithm>
#include <map>
#include <set>

using namespace semigda;
using namespace semigda::learning;
using core::SampleRole;
using test::Ended;
using test::MemorySamples;
using test::runJob;
using test::smallRequest;

namespace
{

/// Enough steps for parts of them to tell something.
core::TrainingRequest foldedRequest(const std::string &method = "supervised")
{
    core::TrainingRequest request = smallRequest(method);
    request.epochsStage2 = 40;
    request.overrides["folds"] = "2";
    request.overrides["fold_share"] = "0.9";
    return request;
}

bool hasNotice(const Ended &ended, const std::string &part)
{
    return std::any_of(ended.notices.begin(), ended.notices.end(),
                       [&](const std::string &notice) { return notice.find(part) != std::string::npos; });
}

/// Ready for a learner.
std::unique_ptr<SampleCache> prepared(const std::shared_ptr<MemorySamples> &samples, const TrainingConfig &config)
{
    auto cache = std::make_unique<SampleCache>(samples, config);
    if (!cache->refresh()) {
        return nullptr;
    }
    while (cache->prepareNext()) {
    }
    return cache;
}

} // namespace

class tst_CrossValidation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void folds_takeEveryPatientOnce_data();
    void folds_takeEveryPatientOnce();
    void fewImages_trainAllAndAreChecked_data();
    void fewImages_trainAllAndAreChecked();
    void check_leavesTheWeightsAlone();
    void otherRuns_areNotChecked_data();
    void otherRuns_areNotChecked();
    void interruptedCheck_beginsAgain();
    void brokenCheck_leavesAFinishedRun();
    void labelsTakenAway_endTheCheck();
    void timedCheck_takesItsTime();

private:
    test::RunFolders folder;
};

void tst_CrossValidation::init()
{
    folder.renew();
}

void tst_CrossValidation::folds_takeEveryPatientOnce_data()
{
    QTest::addColumn<int>("complete");
    QTest::addColumn<int>("partial");
    QTest::addColumn<int>("imagesEach");
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("scored");
    QTest::newRow("single images") << 7 << 0 << 1 << 7 << 7;
    QTest::newRow("patients") << 8 << 0 << 2 << 4 << 8;
    QTest::newRow("strokes") << 0 << 5 << 1 << 5 << 5;
    // Complete masks tell more, where there are enough of them.
    QTest::newRow("masks and strokes") << 4 << 3 << 1 << 7 << 4;
    QTest::newRow("one mask and strokes") << 1 << 4 << 1 << 5 << 5;
}

void tst_CrossValidation::folds_takeEveryPatientOnce()
{
    QFETCH(int, complete);
    QFETCH(int, partial);
    QFETCH(int, imagesEach);
    QFETCH(int, most);
    QFETCH(int, scored);
    auto samples = std::make_shared<MemorySamples>();
    for (int i = 0; i < complete + partial; ++i) {
        samples->add(i < complete ? SampleRole::Labelled : SampleRole::Partial,
                     imagesEach > 1 ? "patient " + std::to_string(i / imagesEach) : std::string());
    }
    samples->add(SampleRole::Unlabelled, 2);
    const TrainingConfig config = *TrainingConfig::fromRequest(smallRequest("supervised"));
    const auto cache = prepared(samples, config);
    QVERIFY(cache);
    QVERIFY(cache->hasFewPainted());
    QCOMPARE(cache->mostFolds(), most);
    std::map<std::size_t, int> timesScored;
    for (int fold = 0; fold < 3; ++fold) {
        cache->holdOutFold(fold, 3);
        QVERIFY(!cache->validation().empty());
        const std::vector<std::size_t> training = joined(cache->labelled(), cache->partial());
        QVERIFY(!training.empty());
        for (const std::size_t index : cache->validation()) {
            ++timesScored[index];
            const std::string &patient = cache->sample(index).item.groupKey;
            for (const std::size_t other : training) {
                QVERIFY(other != index);
                QVERIFY(patient.empty() || cache->sample(other).item.groupKey != patient);
            }
        }
    }
    QCOMPARE(timesScored.size(), static_cast<std::size_t>(scored));
    QVERIFY(std::all_of(timesScored.begin(), timesScored.end(), [](const auto &entry) { return entry.second == 1; }));
    cache->releaseHeldOut();
    QVERIFY(cache->validation().empty());
    QCOMPARE(cache->labelled().size() + cache->partial().size(), static_cast<std::size_t>(complete + partial));
}

void tst_CrossValidation::fewImages_trainAllAndAreChecked_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("classes");
    QTest::newRow("supervised, two classes") << "supervised" << 2;
    QTest::newRow("semigda") << "semigda" << 1;
}

void tst_CrossValidation::fewImages_trainAllAndAreChecked()
{
    QFETCH(QString, method);
    QFETCH(int, classes);
    auto samples = std::make_shared<MemorySamples>(classes);
    samples->add(SampleRole::Labelled, 6);
    samples->add(SampleRole::Unlabelled, 2);
    core::TrainingRequest request = foldedRequest(method.toStdString());
    auto job = TrainingJob::create(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    std::vector<core::TrainingPhase> phases;
    double fraction = 0.0;
    std::vector<double> dice;
    int published = 0;
    Ended ended;
    while (ended.progress.phase != core::TrainingPhase::Finished) {
        const auto outcome = (*job)->step();
        QVERIFY_RESULT(outcome);
        const core::TrainingProgress progress = (*job)->progress();
        QVERIFY(progress.fraction >= fraction && progress.fraction <= 1.0);
        fraction = progress.fraction;
        if (phases.empty() || phases.back() != progress.phase) {
            phases.push_back(progress.phase);
        }
        for (const core::MetricRecord &metric : (*job)->takeMetrics()) {
            if (metric.name == "validation_dice") {
                dice.push_back(metric.value);
            }
        }
        published += (*job)->takePublished();
        if (!progress.notice.isEmpty()) {
            ended.notices.push_back(progress.notice.english());
        }
        ended.progress = progress;
    }
    QCOMPARE(phases[phases.size() - 2], core::TrainingPhase::CrossValidating);
    // Once, of all images, from networks that had learned something.
    QCOMPARE(dice.size(), std::size_t{1});
    QVERIFY2(dice.front() > 0.3 && dice.front() < 1.0, qPrintable(QString::number(dice.front())));
    QVERIFY(hasNotice(ended, "Checked on 6 painted images"));
    QCOMPARE(ended.progress.bestValidationDice.value_or(-1.0), dice.front());
    QVERIFY(published >= 2);
    TensorFile tensors;
    const auto model = readPublished(folder("run"), tensors);
    QVERIFY_RESULT(model);
    QCOMPARE(model->validationDice.value_or(-1.0), dice.front());
    QVERIFY(model->calibration.atSure != Calibration().atSure);
    // All six trained: 3 batches an epoch.
    QVERIFY(method != QStringLiteral("supervised") || ended.progress.step == 3 * 40);
}

void tst_CrossValidation::check_leavesTheWeightsAlone()
{
    std::map<std::string, core::Result<TensorFile>> weights;
    for (const char *folds : {"0", "2"}) {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, 4); // too few to hold one out
        core::TrainingRequest request = foldedRequest();
        request.epochsStage2 = 60;
        request.overrides["folds"] = folds;
        auto job = TrainingJob::create(request, samples, folder(folds));
        QVERIFY_RESULT(job);
        const Ended ended = runJob(**job);
        QVERIFY2(ended.error.empty(), ended.error.c_str());
        QCOMPARE(ended.valuesOf("validation_dice").size(), std::size_t{*folds == '2' ? 1U : 0U});
        for (const char *file : {"best", "state"}) {
            weights.emplace(std::string(folds) + file,
                            readSafetensors(folder(folds) / (std::string(file) + ".safetensors")));
        }
    }
    for (const std::string file : {"best", "state"}) {
        const auto &plain = weights.at("0" + file);
        const auto &checked = weights.at("2" + file);
        QVERIFY_RESULT(plain);
        QVERIFY_RESULT(checked);
        QCOMPARE(plain->tensors.size(), checked->tensors.size());
        for (const auto &[name, tensor] : plain->tensors) {
            if (name.rfind("optimiser", 0) != 0) {
                QVERIFY2(checked->tensors.at(name).bytes == tensor.bytes, name.c_str());
            }
        }
    }
}

void tst_CrossValidation::otherRuns_areNotChecked_data()
{
    QTest::addColumn<int>("labelled");
    QTest::addColumn<int>("validation");
    QTest::addColumn<QString>("share");
    QTest::addColumn<bool>("isValidated");
    QTest::newRow("ten images: two are held out") << 10 << 0 << "0.9" << true;
    QTest::newRow("a validation split") << 4 << 2 << "0.9" << true;
    QTest::newRow("one image") << 1 << 0 << "0.9" << false;
    QTest::newRow("too little time") << 4 << 0 << "0.1" << false;
}

void tst_CrossValidation::otherRuns_areNotChecked()
{
    QFETCH(int, labelled);
    QFETCH(int, validation);
    QFETCH(QString, share);
    QFETCH(bool, isValidated);
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, labelled);
    samples->add(SampleRole::Validation, validation);
    core::TrainingRequest request = foldedRequest();
    request.epochsStage2 = 60;
    request.overrides["validation_steps"] = "100";
    request.overrides["fold_share"] = share.toStdString();
    auto job = TrainingJob::create(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    bool isChecked = false;
    bool isMeasured = false;
    for (bool isDone = false; !isDone;) {
        const auto outcome = (*job)->step();
        QVERIFY_RESULT(outcome);
        isChecked = isChecked || (*job)->progress().phase == core::TrainingPhase::CrossValidating;
        for (const core::MetricRecord &metric : (*job)->takeMetrics()) {
            isMeasured = isMeasured || metric.name == "validation_dice";
        }
        isDone = *outcome == StepOutcome::Finished;
    }
    QVERIFY(!isChecked);
    QCOMPARE(isMeasured, isValidated);
}

void tst_CrossValidation::interruptedCheck_beginsAgain()
{
    core::TrainingRequest request = foldedRequest();
    const auto newSamples = [] {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, 6);
        return samples;
    };
    {
        auto whole = TrainingJob::create(request, newSamples(), folder("whole"));
        QVERIFY_RESULT(whole);
        QVERIFY(runJob(**whole).error.empty());
    }
    {
        auto first = TrainingJob::create(request, newSamples(), folder("parts"));
        QVERIFY_RESULT(first);
        while ((*first)->progress().phase != core::TrainingPhase::CrossValidating) {
            QVERIFY_RESULT((*first)->step());
        }
        runJob(**first, 50); // into the second part
        QCOMPARE((*first)->progress().phase, core::TrainingPhase::CrossValidating);
        QVERIFY_RESULT((*first)->saveState());
    }
    auto second = TrainingJob::resume(request, newSamples(), folder("parts"));
    QVERIFY_RESULT(second);
    const Ended ended = runJob(**second);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    QVERIFY(hasNotice(ended, "Checked on 6 painted images"));
    TensorFile tensors;
    const auto whole = readPublished(folder("whole"), tensors);
    const auto parts = readPublished(folder("parts"), tensors);
    QVERIFY_RESULT(whole);
    QVERIFY_RESULT(parts);
    QCOMPARE(parts->step, whole->step);
    QCOMPARE(parts->validationDice.value_or(-1.0), whole->validationDice.value_or(-2.0));
    QCOMPARE(parts->calibration.atSure, whole->calibration.atSure);
    QCOMPARE(parts->calibration.slope, whole->calibration.slope);
    {
        // A finished run is not checked twice.
        auto again = TrainingJob::resume(request, newSamples(), folder("parts"));
        QVERIFY_RESULT(again);
        const Ended rest = runJob(**again);
        QVERIFY(rest.error.empty());
        QVERIFY(rest.valuesOf("validation_dice").empty());
    }
    {
        // Nor after a moment more, which would train networks that tell nothing; what was told stays.
        core::TrainingRequest more = request;
        more.minutes = 0.02;
        auto again = TrainingJob::resume(more, newSamples(), folder("parts"));
        QVERIFY_RESULT(again);
        const Ended rest = runJob(**again);
        QVERIFY2(rest.error.empty(), rest.error.c_str());
        QVERIFY(rest.valuesOf("validation_dice").empty());
        QVERIFY(rest.progress.step > ended.progress.step);
        const auto later = readPublished(folder("parts"), tensors);
        QVERIFY_RESULT(later);
        QVERIFY(later->step > parts->step);
        QCOMPARE(later->validationDice.value_or(-1.0), parts->validationDice.value_or(-2.0));
        QCOMPARE(later->calibration.atSure, parts->calibration.atSure);
    }
}

void tst_CrossValidation::brokenCheck_leavesAFinishedRun()
{
    // The file of the prior goes away in the course of the run, and every part wants to start from it.
    const std::filesystem::path prior = folder("prior.safetensors");
    core::TrainingRequest request = foldedRequest("semigda");
    const auto newSamples = [] {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, 6);
        return samples;
    };
    {
        core::TrainingRequest small = smallRequest("semigda");
        auto donor = TrainingJob::create(small, newSamples(), folder("donor"));
        QVERIFY_RESULT(donor);
        QVERIFY(runJob(**donor).error.empty());
        std::filesystem::copy_file(folder("donor") / "best.safetensors", prior);
    }
    request.priorFile = prior.string();
    auto job = TrainingJob::create(request, newSamples(), folder("run"));
    QVERIFY_RESULT(job);
    runJob(**job, 1'000'000, 20);
    std::filesystem::remove(prior);
    const Ended ended = runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    QCOMPARE(ended.progress.phase, core::TrainingPhase::Finished);
    QVERIFY(hasNotice(ended, "could not be checked"));
    QVERIFY(ended.valuesOf("validation_dice").empty());
    TensorFile tensors;
    const auto model = readPublished(folder("run"), tensors);
    QVERIFY_RESULT(model);
    QVERIFY(!model->validationDice.has_value());
}

void tst_CrossValidation::labelsTakenAway_endTheCheck()
{
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 6);
    auto job = TrainingJob::create(foldedRequest(), samples, folder("run"));
    QVERIFY_RESULT(job);
    runJob(**job, 1'000'000, 20);
    samples->items.resize(1);
    const Ended ended = runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    QCOMPARE(ended.progress.phase, core::TrainingPhase::Finished);
    QVERIFY(ended.valuesOf("validation_dice").empty());
    QVERIFY(!hasNotice(ended, "could not be checked")); // nothing was tried that cannot work
}

void tst_CrossValidation::timedCheck_takesItsTime()
{
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 4);
    samples->add(SampleRole::Unlabelled, 2);
    TrainingConfig config = *TrainingConfig::fromRequest(smallRequest("semigda"));
    config.minutes = 1.0;
    const auto cache = prepared(samples, config);
    QVERIFY(cache);
    {
        CrossValidation check(config, *cache, torch::kCPU, 2, {2.0, 0.0});
        double fraction = 0.0;
        const auto start = std::chrono::steady_clock::now();
        for (bool hasMore = true; hasMore;) {
            const auto more = check.step(1.0);
            QVERIFY_RESULT(more);
            hasMore = *more;
            QVERIFY(check.fraction() >= fraction && check.fraction() <= 1.0);
            fraction = check.fraction();
        }
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        QCOMPARE(fraction, 1.0);
        QVERIFY(took.count() >= 1.9);
        const ValidationResult result = check.finish();
        std::set<std::int64_t> scored;
        for (const ScoredImage &score : result.scores) {
            scored.insert(score.id);
        }
        QCOMPARE(result.scores.size(), std::size_t{4});
        QCOMPARE(scored.size(), std::size_t{4});
    }
    QVERIFY(cache->validation().empty());
    const std::vector<StagePlan> plans{{core::TrainingPhase::Supervised, 1.0, 1000, 10}};
    QVERIFY(CrossValidation::isWorthwhile({150.0, 0.0}, 3, plans));
    QVERIFY(!CrossValidation::isWorthwhile({44.0, 0.0}, 3, plans));
    QVERIFY(!CrossValidation::isWorthwhile({150.0, 0.0}, 1, plans));
    QVERIFY(CrossValidation::isWorthwhile({0.0, 0.15}, 3, plans));
    QVERIFY(!CrossValidation::isWorthwhile({0.0, 0.145}, 3, plans));
}

QTEST_GUILESS_MAIN(tst_CrossValidation)
#include "tst_CrossValidation.moc"
