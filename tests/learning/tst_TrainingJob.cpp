// SPDX-License-Identifier: Apache-2.0
#include "learning/TrainingJob.h"

#include "learning/MemorySamples.h"
#include "learning/TrainingHelpers.h"

#include "learning/Checkpoint_p.h"

#include <algorithm>
#include <cstring>
#include <limits>

using namespace semigda;
using namespace semigda::learning;
using core::SampleRole;
using test::Ended;
using test::MemorySamples;
using test::runJob;
using test::smallRequest;

class tst_TrainingJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void loss_falls_data();
    void loss_falls();
    void sameSeed_givesTheSameRun();
    void resumedRun_endsBitIdentical_data();
    void resumedRun_endsBitIdentical();
    void latents_areKeptBesideTheRuns_data();
    void latents_areKeptBesideTheRuns();
    void resume_withMoreTime_goesOn();
    void fewKindsOfImages_stillTrain_data();
    void fewKindsOfImages_stillTrain();
    void validation_takesWholeGroups();
    void strokesAlone_areHeldOutToo();
    void labelsPaintedMeanwhile_join();
    void unreadableImage_isLeftOutAndNamed();
    void tooLittleData_isRefused();
    void addedClass_waitsForTheNextRun();
    void numbersThatRunAway_stopWithASentence();
    void plateau_isToldOnce_data();
    void plateau_isToldOnce();
    void timeBudget_isKept();
    void stoppedJob_canBeResumedAtOnce();

private:
    test::RunFolders folder;
};

void tst_TrainingJob::init()
{
    folder.renew();
}

void tst_TrainingJob::loss_falls_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("loss");
    QTest::newRow("prior") << "semigda"
                           << "loss_reconstruction";
    QTest::newRow("alignment") << "semigda"
                               << "loss_aligned_cnn";
    QTest::newRow("adapters") << "semigda"
                              << "loss_labelled_cnn";
    QTest::newRow("supervised") << "supervised"
                                << "loss";
}

void tst_TrainingJob::loss_falls()
{
    QFETCH(QString, method);
    QFETCH(QString, loss);
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 4);
    samples->add(SampleRole::Unlabelled, 4);
    core::TrainingRequest request = smallRequest(method.toStdString());
    // Only the stage in question needs the steps to show it.
    request.epochsStage1 = loss == QStringLiteral("loss_aligned_cnn") ? 60 : 2;
    request.epochsStage2 = loss.startsWith(QStringLiteral("loss_a")) ? 2 : 20;
    request.overrides["prior_steps"] = loss == QStringLiteral("loss_reconstruction") ? "40" : "2";
    auto job = TrainingJob::create(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    const Ended ended = runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    const std::vector<double> values = ended.valuesOf(loss.toStdString());
    QVERIFY(values.size() >= 3);
    QVERIFY2(values.back() < 0.8 * values.front(),
             qPrintable(QStringLiteral("%1 to %2").arg(values.front()).arg(values.back())));
}

void tst_TrainingJob::sameSeed_givesTheSameRun()
{
    std::string bytes[2];
    for (int i = 0; i < 2; ++i) {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, 3);
        samples->add(SampleRole::Unlabelled, 3);
        const auto run = folder(i == 0 ? "a" : "b");
        auto job = TrainingJob::create(smallRequest("semigda"), samples, run);
        QVERIFY_RESULT(job);
        QVERIFY(runJob(**job).error.empty());
        auto weights = readSafetensors(run / "best.safetensors");
        QVERIFY_RESULT(weights);
        for (const auto &[name, tensor] : weights->tensors) {
            bytes[i].append(reinterpret_cast<const char *>(tensor.bytes.data()), tensor.bytes.size());
        }
    }
    QVERIFY(bytes[0] == bytes[1]);
}

void tst_TrainingJob::resumedRun_endsBitIdentical_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("stopAfter");
    QTest::addColumn<bool>("hasTeacher");
    QTest::addColumn<bool>("isMixed");
    QTest::newRow("in the prior's stage") << "semigda" << 2 << false << false;
    QTest::newRow("in alignment") << "semigda" << 6 << false << false;
    QTest::newRow("in alignment, mixed precision") << "semigda" << 6 << false << true;
    QTest::newRow("in the adapters' stage") << "semigda" << 13 << false << false;
    QTest::newRow("taught by the average") << "semigda" << 13 << true << false;
    QTest::newRow("taught by the average, mixed precision") << "semigda" << 13 << true << true;
    QTest::newRow("supervised") << "supervised" << 5 << false << false;
    QTest::newRow("supervised, mixed precision") << "supervised" << 5 << false << true;
}

void tst_TrainingJob::resumedRun_endsBitIdentical()
{
    QFETCH(QString, method);
    QFETCH(int, stopAfter);
    const auto newSamples = [] {
        auto samples = std::make_shared<MemorySamples>(2);
        samples->add(SampleRole::Labelled, 4);
        samples->add(SampleRole::Partial, 1);
        samples->add(SampleRole::Unlabelled, 3);
        samples->add(SampleRole::Validation, 2);
        return samples;
    };
    QFETCH(bool, hasTeacher);
    QFETCH(bool, isMixed);
    core::TrainingRequest request = smallRequest(method.toStdString());
    request.overrides["mixed_precision"] = isMixed ? "1" : "0";
    for (const char *setting :
         {"averaged_teacher", "shared_teacher", "weighted_trust", "ignore_unsure", "mix_only", "unlabelled_code"}) {
        request.overrides[setting] = hasTeacher ? "1" : "0";
    }
    {
        auto whole = TrainingJob::create(request, newSamples(), folder("whole"));
        QVERIFY_RESULT(whole);
        const Ended ended = runJob(**whole);
        QVERIFY2(ended.error.empty(), ended.error.c_str());
        QVERIFY(ended.progress.step > stopAfter);
    }
    {
        auto first = TrainingJob::create(request, newSamples(), folder("parts"));
        QVERIFY_RESULT(first);
        const Ended ended = runJob(**first, 1'000'000, stopAfter);
        QCOMPARE(ended.progress.step, std::int64_t{stopAfter});
        QVERIFY_RESULT((*first)->saveState());
    }
    auto second = TrainingJob::resume(request, newSamples(), folder("parts"));
    QVERIFY_RESULT(second);
    const Ended ended = runJob(**second);
    QVERIFY2(ended.error.empty(), ended.error.c_str());

    const auto whole = readSafetensors(folder("whole") / "state.safetensors");
    const auto parts = readSafetensors(folder("parts") / "state.safetensors");
    QVERIFY_RESULT(whole);
    QVERIFY_RESULT(parts);
    QCOMPARE(whole->tensors.size(), parts->tensors.size());
    for (const auto &[name, tensor] : whole->tensors) {
        QVERIFY2(parts->tensors.contains(name), name.c_str());
        if (name.rfind("optimiser", 0) != 0) { // an archive with its own headers; its effect is in the weights
            QVERIFY2(parts->tensors.at(name).bytes == tensor.bytes, name.c_str());
        }
    }
}

void tst_TrainingJob::latents_areKeptBesideTheRuns_data()
{
    QTest::addColumn<QString>("priorSteps");
    QTest::addColumn<bool>("areOfUseLater");
    QTest::newRow("prior refined: until stage 1 ends") << "4" << false;
    QTest::newRow("prior as it comes: for later runs too") << "0" << true;
}

void tst_TrainingJob::latents_areKeptBesideTheRuns()
{
    QFETCH(QString, priorSteps);
    QFETCH(bool, areOfUseLater);
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 4);
    samples->add(SampleRole::Unlabelled, 2);
    core::TrainingRequest request = smallRequest("semigda");
    request.overrides["prior_steps"] = priorSteps.toStdString();
    const auto areKept = [&] {
        const std::filesystem::directory_iterator entries(folder("run").parent_path());
        return std::any_of(begin(entries), end(entries),
                           [](const auto &entry) { return entry.path().extension() == ".cache"; });
    };
    auto job = TrainingJob::create(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    runJob(**job, 1'000'000, priorSteps.toInt() + 1);
    QVERIFY(areKept());
    QVERIFY(runJob(**job).error.empty());
    QCOMPARE(areKept(), areOfUseLater);
}

void tst_TrainingJob::resume_withMoreTime_goesOn()
{
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 2);
    core::TrainingRequest request = smallRequest("supervised");
    {
        auto job = TrainingJob::create(request, samples, folder("run"));
        QVERIFY_RESULT(job);
        QVERIFY(runJob(**job).error.empty());
    }
    {
        // A finished run has nothing left to do.
        auto job = TrainingJob::resume(request, samples, folder("run"));
        QVERIFY_RESULT(job);
        QVERIFY(runJob(**job).progress.step == 4);
    }
    request.minutes = 0.02;
    auto job = TrainingJob::resume(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    const Ended ended = runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    QVERIFY(ended.progress.step > 4);

    const auto nowhere = TrainingJob::resume(request, samples, folder("nowhere"));
    QVERIFY(!nowhere.has_value());
    QCOMPARE(nowhere.error().code, core::ErrorCode::NotFound);
}

void tst_TrainingJob::fewKindsOfImages_stillTrain_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("labelled");
    QTest::addColumn<int>("partial");
    QTest::addColumn<int>("unlabelled");
    QTest::addColumn<int>("classes");
    for (const char *method : {"semigda", "supervised"}) {
        const auto row = [&](const char *name) -> QTestData & {
            return QTest::newRow((std::string(method) + ", " + name).c_str()) << QString::fromLatin1(method);
        };
        row("one labelled image") << 1 << 0 << 0 << 1;
        row("no unlabelled images") << 3 << 0 << 0 << 1;
        row("only partial ones") << 0 << 2 << 3 << 1;
        row("partial and labelled") << 2 << 2 << 2 << 1;
        row("two classes") << 3 << 1 << 3 << 2;
        row("nine classes") << 2 << 0 << 2 << 9;
    }
}

void tst_TrainingJob::fewKindsOfImages_stillTrain()
{
    QFETCH(QString, method);
    QFETCH(int, labelled);
    QFETCH(int, partial);
    QFETCH(int, unlabelled);
    QFETCH(int, classes);
    auto samples = std::make_shared<MemorySamples>(classes);
    samples->add(SampleRole::Labelled, labelled);
    samples->add(SampleRole::Partial, partial);
    samples->add(SampleRole::Unlabelled, unlabelled);
    core::TrainingRequest request = smallRequest(method.toStdString());
    request.epochsStage2 = 8;
    auto job = TrainingJob::create(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    const Ended ended = runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    QVERIFY(ended.published > 0);
    for (const core::MetricRecord &metric : ended.metrics) {
        QVERIFY2(std::isfinite(metric.value), metric.name.c_str());
    }
    QCOMPARE(ended.progress.labelled, static_cast<std::size_t>(labelled));
    QCOMPARE(ended.progress.partial, static_cast<std::size_t>(partial));
    const int useful = method == QStringLiteral("semigda") ? unlabelled : 0;
    QCOMPARE(ended.progress.unlabelled, static_cast<std::size_t>(useful));
    QCOMPARE(ended.progress.phase, core::TrainingPhase::Finished);
    QCOMPARE(ended.progress.fraction, 1.0);
}

void tst_TrainingJob::validation_takesWholeGroups()
{
    // Ten labelled images of five patients: one patient is held out with both images, so a score appears.
    auto samples = std::make_shared<MemorySamples>();
    for (int i = 0; i < 10; ++i) {
        samples->add(SampleRole::Labelled, "patient " + std::to_string(i / 2));
    }
    auto job = TrainingJob::create(smallRequest("supervised"), samples, folder("run"));
    QVERIFY_RESULT(job);
    const Ended ended = runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    QVERIFY(!ended.valuesOf("validation_dice").empty());
    QVERIFY(ended.progress.bestValidationDice.has_value());
    // 8 training images in batches of 2, 4 epochs.
    QCOMPARE(ended.progress.step, std::int64_t{16});

    // Four patients are too few to spare one.
    auto few = std::make_shared<MemorySamples>();
    for (int i = 0; i < 8; ++i) {
        few->add(SampleRole::Labelled, "patient " + std::to_string(i / 2));
    }
    auto fewJob = TrainingJob::create(smallRequest("supervised"), few, folder("few"));
    QVERIFY_RESULT(fewJob);
    const Ended fewEnded = runJob(**fewJob);
    QVERIFY(fewEnded.valuesOf("validation_dice").empty());
    QVERIFY(fewEnded.published > 0);
}

void tst_TrainingJob::strokesAlone_areHeldOutToo()
{
    const auto ended = [&](int complete, int partial, const char *name) {
        auto samples = std::make_shared<MemorySamples>();
        samples->add(SampleRole::Labelled, complete);
        samples->add(SampleRole::Partial, partial);
        auto job = TrainingJob::create(smallRequest("supervised"), samples, folder(name));
        return job ? runJob(**job) : Ended{job.error().message.english(), 0, {}, {}, {}, 0};
    };
    // A fifth of five is held out: 4 images in batches of 2, 4 epochs.
    const Ended strokes = ended(0, 5, "strokes");
    QVERIFY2(strokes.error.empty(), strokes.error.c_str());
    QVERIFY(!strokes.valuesOf("validation_dice").empty());
    QCOMPARE(strokes.progress.step, std::int64_t{8});
    // Dice on strokes is no whole mask's: it says nothing of the Dice to expect.
    const auto calibrationOf = [&](const char *name) {
        TensorFile tensors;
        const auto published = readPublished(folder(name), tensors);
        return published ? published->calibration : Calibration{-1.0, 0.0};
    };
    QCOMPARE(calibrationOf("strokes").atSure, Calibration().atSure);
    QVERIFY(!ended(2, 3, "some of both").valuesOf("validation_dice").empty());
    QVERIFY(ended(0, 4, "few strokes").valuesOf("validation_dice").empty());
    // Where complete masks suffice no strokes are lost to training: 4 + 3 images.
    QCOMPARE(ended(5, 3, "enough masks").progress.step, std::int64_t{16});
    QVERIFY(calibrationOf("enough masks").atSure != Calibration().atSure);
}

void tst_TrainingJob::labelsPaintedMeanwhile_join()
{
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 2);
    samples->add(SampleRole::Unlabelled, 2);
    core::TrainingRequest request = smallRequest("semigda");
    request.epochsStage2 = 30;
    auto job = TrainingJob::create(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    runJob(**job, 1'000'000, 7);
    const int masksBefore = samples->masksRead;
    samples->items[2].role = SampleRole::Labelled;
    samples->items[2].sequence = 1;
    samples->items[0].sequence = 2; // repainted
    samples->items.pop_back();      // rejected
    const Ended ended = runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    QCOMPARE(samples->masksRead, masksBefore + 2);
    QCOMPARE(samples->imagesRead, 4);
    QCOMPARE(ended.progress.labelled, std::size_t{3});
    QCOMPARE(ended.progress.unlabelled, std::size_t{0});
    QVERIFY(std::any_of(ended.notices.begin(), ended.notices.end(),
                        [](const std::string &notice) { return notice.find("joined") != std::string::npos; }));
}

void tst_TrainingJob::unreadableImage_isLeftOutAndNamed()
{
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 3);
    samples->add(SampleRole::Unlabelled, 2);
    samples->unreadable = core::ImageId(2);
    auto job = TrainingJob::create(smallRequest("semigda"), samples, folder("run"));
    QVERIFY_RESULT(job);
    const Ended ended = runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    QCOMPARE(std::count_if(ended.notices.begin(), ended.notices.end(),
                           [](const std::string &notice) { return notice.find("scan 7.png") != std::string::npos; }),
             1);
    // Not read again with every look at the project.
    QVERIFY(samples->snapshots > 2);
    QCOMPARE(samples->imagesRead, 5);
}

void tst_TrainingJob::tooLittleData_isRefused()
{
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Unlabelled, 3);
    const auto unpainted = TrainingJob::create(smallRequest("semigda"), samples, folder("run"));
    QVERIFY(!unpainted.has_value());
    QVERIFY(unpainted.error().message.english().find("paint") != std::string::npos);

    auto noClasses = std::make_shared<MemorySamples>(0);
    noClasses->add(SampleRole::Labelled, 1);
    const auto classless = TrainingJob::create(smallRequest("semigda"), noClasses, folder("run"));
    QVERIFY(!classless.has_value());
    QVERIFY(classless.error().message.english().find("class") != std::string::npos);

    samples->add(SampleRole::Labelled, 1);
    samples->unreadable = core::ImageId(4);
    auto job = TrainingJob::create(smallRequest("semigda"), samples, folder("run"));
    QVERIFY_RESULT(job);
    QVERIFY(runJob(**job).error.find("painted images") != std::string::npos);

    core::TrainingRequest request = smallRequest("semigda");
    request.device = "cuda:99";
    const auto noDevice = TrainingJob::create(request, samples, folder("run"));
    QVERIFY(!noDevice.has_value());
    QVERIFY(noDevice.error().message.english().find("cuda:99") != std::string::npos);
    request = smallRequest("semigda");
    request.priorFile = folder("missing.safetensors").string();
    const auto noPrior = TrainingJob::create(request, samples, folder("run"));
    QVERIFY(!noPrior.has_value());
    QVERIFY(noPrior.error().message.english().find("missing.safetensors") != std::string::npos);
}

void tst_TrainingJob::addedClass_waitsForTheNextRun()
{
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 2);
    core::TrainingRequest request = smallRequest("supervised");
    request.epochsStage2 = 12;
    auto job = TrainingJob::create(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    runJob(**job, 1'000'000, 2);
    QVERIFY(samples->classSet.add("core").has_value());
    samples->items[0].sequence = 2; // its mask now holds a class that the networks do not know
    const Ended ended = runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    QVERIFY(std::any_of(ended.notices.begin(), ended.notices.end(),
                        [](const std::string &notice) { return notice.find("next run") != std::string::npos; }));
}

void tst_TrainingJob::numbersThatRunAway_stopWithASentence()
{
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 2);
    const core::TrainingRequest request = smallRequest("supervised");
    {
        auto job = TrainingJob::create(request, samples, folder("run"));
        QVERIFY_RESULT(job);
        runJob(**job, 1'000'000, 2);
        QVERIFY_RESULT((*job)->saveState());
    }
    auto state = readSafetensors(folder("run") / "state.safetensors");
    QVERIFY_RESULT(state);
    RawTensor &head = state->tensors.at("unet.head.bias");
    const float broken = std::numeric_limits<float>::quiet_NaN();
    std::memcpy(head.bytes.data(), &broken, sizeof broken);
    QVERIFY_RESULT(writeSafetensors(folder("run") / "state.safetensors", *state));

    auto job = TrainingJob::resume(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    const Ended ended = runJob(**job, 100);
    QVERIFY2(ended.error.find("ran away") != std::string::npos, ended.error.c_str());
    QVERIFY(std::any_of(ended.notices.begin(), ended.notices.end(),
                        [](const std::string &notice) { return notice.find("half") != std::string::npos; }));
}

void tst_TrainingJob::plateau_isToldOnce_data()
{
    QTest::addColumn<QString>("after");
    QTest::addColumn<int>("told");
    QTest::newRow("after three checks") << QStringLiteral("3") << 1;
    QTest::newRow("never when switched off") << QStringLiteral("0") << 0;
}

void tst_TrainingJob::plateau_isToldOnce()
{
    QFETCH(QString, after);
    QFETCH(int, told);
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 2);
    samples->add(SampleRole::Validation, 2);
    core::TrainingRequest request = smallRequest("supervised");
    // Nothing is learned, so nothing gets better.
    request.overrides["supervised_rate"] = "0";
    request.overrides["validation_steps"] = "1";
    request.overrides["plateau_validations"] = after.toStdString();
    request.epochsStage2 = 12;
    auto job = TrainingJob::create(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    const Ended ended = runJob(**job);
    QVERIFY2(ended.error.empty(), ended.error.c_str());
    QCOMPARE(std::count_if(ended.notices.begin(), ended.notices.end(),
                           [](const std::string &notice) {
                               return notice.find("has not improved for the last 3 checks") != std::string::npos;
                           }),
             told);
}

void tst_TrainingJob::timeBudget_isKept()
{
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 5);
    samples->add(SampleRole::Unlabelled, 3);
    core::TrainingRequest request = smallRequest("semigda");
    request.epochsStage1.reset();
    request.epochsStage2.reset();
    request.minutes = 0.1;
    auto job = TrainingJob::create(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    std::vector<core::TrainingPhase> phases;
    double fraction = 0.0;
    while (true) {
        const auto outcome = (*job)->step();
        QVERIFY_RESULT(outcome);
        const core::TrainingProgress progress = (*job)->progress();
        QVERIFY(progress.fraction >= fraction);
        fraction = progress.fraction;
        if (phases.empty() || phases.back() != progress.phase) {
            phases.push_back(progress.phase);
        }
        if (*outcome == StepOutcome::Finished) {
            break;
        }
    }
    using enum core::TrainingPhase;
    QVERIFY(phases == (std::vector{Preparing, Prior, Alignment, Adapters, Finished}));
    const core::TrainingProgress progress = (*job)->progress();
    // Generous above, since the machine may be busy with other things.
    QVERIFY2(progress.elapsedSeconds > 3.0 && progress.elapsedSeconds < 20.0,
             qPrintable(QString::number(progress.elapsedSeconds)));
    QVERIFY(progress.device.rfind("CPU", 0) == 0);
}

void tst_TrainingJob::stoppedJob_canBeResumedAtOnce()
{
    auto samples = std::make_shared<MemorySamples>();
    samples->add(SampleRole::Labelled, 2);
    const core::TrainingRequest request = smallRequest("semigda");
    {
        auto job = TrainingJob::create(request, samples, folder("run"));
        QVERIFY_RESULT(job);
        // Before anything was learned there is nothing to save, and that is no error.
        QVERIFY_RESULT((*job)->saveState());
        runJob(**job, 1'000'000, 1);
        // Dropped without a word, as by a crash: the state saved at the stage's start is there.
    }
    auto job = TrainingJob::resume(request, samples, folder("run"));
    QVERIFY_RESULT(job);
    QVERIFY(runJob(**job).error.empty());
}

QTEST_GUILESS_MAIN(tst_TrainingJob)
#include "tst_TrainingJob.moc"
