// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/Labelling.h"
#include "storage/DbProject.h"

#include <limits>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using core::ImageState;
using core::LabelMask;
using core::Verdict;

namespace
{

core::Prediction predictionFor(core::ImageId image, core::RunId run, float disagreement = 0.5F)
{
    Random random(static_cast<std::uint64_t>(image.value));
    core::Prediction prediction;
    prediction.image = image;
    prediction.run = run;
    prediction.mask = randomMask(random, 100, 80, {0, 1, 2});
    prediction.scores = {disagreement, 0.25F, std::nullopt};
    prediction.uncertainty = {50, 40, std::vector<std::uint8_t>(2000, 9)};
    prediction.uncertainty.values[1234] = 200;
    return prediction;
}

} // namespace

class TestSqlitePredictionStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void save_keepsEverything();
    void save_makesTheImagePredicted_data();
    void save_makesTheImagePredicted();
    void partialWithoutPaint_becomesPredicted();
    void rejectedImage_staysRejected();
    void sameRun_replacesUnlessReviewed();
    void newest_isOfTheLastRun();
    void list_hasMostDisagreementFirst();
    void list_trustsTheEstimateMoreThanTheDisagreement();
    void reviews_areKeptInOrder();
    void save_refusesWhatDoesNotFit();
    void review_ofAReplacedPredictionIsRefused();
    void workflow_acceptCorrectRejectAndUndo();
};

void TestSqlitePredictionStore::save_keepsEverything()
{
    TempProject temp;
    const auto id = temp.addImage();
    core::Prediction prediction = predictionFor(id, temp.addRun());
    prediction.scores.estimatedDice = 0.875F;
    const auto saved = temp.store->predictions().save(prediction);
    VERIFY_OK(saved);
    VERIFY_OK(temp.reopen());
    const auto back = temp.store->predictions().load(*saved);
    VERIFY_OK(back);
    QCOMPARE(back->id, *saved);
    QCOMPARE(back->image, id);
    QCOMPARE(back->run, prediction.run);
    QVERIFY(back->mask == prediction.mask);
    QCOMPARE(back->scores.disagreement, 0.5F);
    QCOMPARE(back->scores.entropy, 0.25F);
    QCOMPARE(back->scores.estimatedDice, std::optional(0.875F));
    QCOMPARE(back->uncertainty.width, 50);
    QCOMPARE(back->uncertainty.height, 40);
    QVERIFY(back->uncertainty.values == prediction.uncertainty.values);
    QVERIFY(back->createdAt.ends_with("Z"));
    QVERIFY(temp.store->annotations().load(id)->mask == LabelMask(100, 80));

    prediction.uncertainty = {};
    prediction.run = {};
    const auto plain = temp.store->predictions().save(prediction);
    VERIFY_OK(plain);
    QVERIFY(temp.store->predictions().load(*plain)->uncertainty.values.empty());
    QVERIFY(!temp.store->predictions().load(*plain)->run.isValid());
    VERIFY_ERROR(temp.store->predictions().load(core::PredictionId(99)), ErrorCode::NotFound, "prediction 99");
}

void TestSqlitePredictionStore::save_makesTheImagePredicted_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("after");
    const auto row = [](const char *name, ImageState before, ImageState after) {
        QTest::newRow(name) << static_cast<int>(before) << static_cast<int>(after);
    };
    row("unlabelled", ImageState::Unlabelled, ImageState::Predicted);
    row("predicted", ImageState::Predicted, ImageState::Predicted);
    row("partial", ImageState::Partial, ImageState::Partial);
    row("labelled", ImageState::Labelled, ImageState::Labelled);
    row("accepted", ImageState::Accepted, ImageState::Accepted);
    row("corrected", ImageState::Corrected, ImageState::Corrected);
    row("rejected", ImageState::Rejected, ImageState::Rejected);
}

void TestSqlitePredictionStore::save_makesTheImagePredicted()
{
    QFETCH(int, before);
    QFETCH(int, after);
    TempProject temp;
    const auto id = temp.addImage();
    LabelMask mask(100, 80);
    if (before != static_cast<int>(ImageState::Unlabelled)) {
        VERIFY_OK(temp.store->annotations().append(id, stroke(mask, 4, 1),
                                                   {"Brush", "", false, static_cast<ImageState>(before)}));
    }
    VERIFY_OK(temp.store->predictions().save(predictionFor(id, temp.addRun())));
    QCOMPARE(static_cast<int>(temp.store->images().summary(id)->state), after);
}

void TestSqlitePredictionStore::partialWithoutPaint_becomesPredicted()
{
    TempProject temp;
    const auto id = temp.addImage();
    LabelMask mask(100, 80);
    VERIFY_OK(temp.store->annotations().append(id, stroke(mask, 4, 1), painted()));
    VERIFY_OK(temp.store->annotations().append(id, stroke(mask, 4, core::NotAnnotated), painted("Eraser")));
    VERIFY_OK(temp.store->predictions().save(predictionFor(id, temp.addRun())));
    QCOMPARE(temp.store->images().summary(id)->state, ImageState::Predicted);
}

void TestSqlitePredictionStore::rejectedImage_staysRejected()
{
    TempProject temp;
    const auto id = temp.addImage();
    VERIFY_OK(temp.store->predictions().save(predictionFor(id, temp.addRun())));
    VERIFY_OK(core::rejectPrediction(*temp.store, id, "ann"));
    VERIFY_OK(temp.store->predictions().save(predictionFor(id, temp.addRun(), 0.1F)));
    QCOMPARE(temp.store->images().summary(id)->state, ImageState::Rejected);
    QCOMPARE(temp.store->images().summary(id)->disagreement, std::optional(0.1F));
    QVERIFY(core::reviewQueue(*temp.store)->empty());
}

void TestSqlitePredictionStore::sameRun_replacesUnlessReviewed()
{
    TempProject temp;
    const auto id = temp.addImage();
    const auto run = temp.addRun();
    auto &predictions = temp.store->predictions();
    const auto first = predictions.save(predictionFor(id, run));
    VERIFY_OK(first);
    const auto second = predictions.save(predictionFor(id, run));
    VERIFY_OK(second);
    QVERIFY(*second > *first);
    VERIFY_ERROR(predictions.load(*first), ErrorCode::NotFound, "prediction");
    VERIFY_OK(predictions.recordReview({id, *second, Verdict::Rejected, "ann", {}}));
    const auto third = predictions.save(predictionFor(id, run));
    VERIFY_OK(third);
    VERIFY_OK(predictions.load(*second));
    QCOMPARE((*predictions.newest(id))->id, *third);
    QVERIFY(!predictions.list()->front().verdict);
    QCOMPARE(temp.raw().execAndGet("SELECT count(*) FROM prediction_maps").getInt(), 2);
}

void TestSqlitePredictionStore::newest_isOfTheLastRun()
{
    TempProject temp;
    const auto id = temp.addImage();
    auto &predictions = temp.store->predictions();
    QVERIFY(!predictions.newest(id)->has_value());
    const auto runA = temp.addRun();
    const auto runB = temp.addRun();
    VERIFY_OK(predictions.save(predictionFor(id, runB)));
    const auto last = predictions.save(predictionFor(id, runA, 0.9F));
    VERIFY_OK(last);
    QCOMPARE((*predictions.newest(id))->id, *last);
    QCOMPARE(temp.raw().execAndGet("SELECT count(*) FROM predictions").getInt(), 2);
    VERIFY_ERROR(predictions.newest(core::ImageId(8)), ErrorCode::NotFound, "image 8");
}

void TestSqlitePredictionStore::list_hasMostDisagreementFirst()
{
    TempProject temp;
    const auto run = temp.addRun();
    const std::vector<float> scores{0.25F, 0.75F, 0.5F};
    for (int i = 0; i < 3; ++i) {
        VERIFY_OK(temp.store->predictions().save(
            predictionFor(temp.addImage(i + 1), run, scores[static_cast<std::size_t>(i)])));
    }
    VERIFY_OK(temp.store->predictions().recordReview(
        {core::ImageId(2), (*temp.store->predictions().newest(core::ImageId(2)))->id, Verdict::Accepted, "ann", {}}));
    const auto list = temp.store->predictions().list();
    VERIFY_OK(list);
    QCOMPARE(list->size(), 3U);
    QCOMPARE((*list)[0].image, core::ImageId(2));
    QCOMPARE((*list)[0].verdict, std::optional(Verdict::Accepted));
    QCOMPARE((*list)[1].image, core::ImageId(3));
    QCOMPARE((*list)[2].image, core::ImageId(1));
    QVERIFY(!(*list)[2].verdict);
}

void TestSqlitePredictionStore::list_trustsTheEstimateMoreThanTheDisagreement()
{
    TempProject temp;
    const auto run = temp.addRun();
    const std::vector<std::pair<float, std::optional<float>>> scores{
        {0.75F, 0.875F}, {0.25F, 0.5F}, {0.375F, std::nullopt}};
    for (int i = 0; i < 3; ++i) {
        core::Prediction prediction =
            predictionFor(temp.addImage(i + 1), run, scores[static_cast<std::size_t>(i)].first);
        prediction.scores.estimatedDice = scores[static_cast<std::size_t>(i)].second;
        VERIFY_OK(temp.store->predictions().save(prediction));
    }
    const auto list = temp.store->predictions().list();
    VERIFY_OK(list);
    QCOMPARE((*list)[0].image, core::ImageId(2));
    QCOMPARE((*list)[1].image, core::ImageId(3));
    QCOMPARE((*list)[2].image, core::ImageId(1));
}

void TestSqlitePredictionStore::reviews_areKeptInOrder()
{
    TempProject temp;
    const auto id = temp.addImage();
    const auto prediction = temp.store->predictions().save(predictionFor(id, temp.addRun()));
    VERIFY_OK(prediction);
    for (const Verdict verdict : {Verdict::Rejected, Verdict::Corrected}) {
        VERIFY_OK(temp.store->predictions().recordReview({id, *prediction, verdict, "ann", {}}));
    }
    VERIFY_OK(temp.reopen());
    const auto reviews = temp.store->predictions().reviews(id);
    VERIFY_OK(reviews);
    QCOMPARE(reviews->size(), 2U);
    QCOMPARE((*reviews)[0].verdict, Verdict::Rejected);
    QCOMPARE((*reviews)[1].verdict, Verdict::Corrected);
    QCOMPARE((*reviews)[1].reviewer, std::string("ann"));
    QCOMPARE((*reviews)[1].prediction, *prediction);
    QVERIFY((*reviews)[1].createdAt.ends_with("Z"));
    QCOMPARE(temp.store->predictions().list()->front().verdict, std::optional(Verdict::Corrected));
}

void TestSqlitePredictionStore::save_refusesWhatDoesNotFit()
{
    TempProject temp;
    const auto id = temp.addImage();
    const auto run = temp.addRun();
    auto &predictions = temp.store->predictions();
    core::Prediction wrong = predictionFor(id, run);
    wrong.mask = LabelMask(80, 100, core::Background);
    VERIFY_ERROR(predictions.save(wrong), ErrorCode::GeometryMismatch, "image1");
    wrong = predictionFor(id, run);
    wrong.mask.fillRow(0, 0, 3, 77);
    VERIFY_ERROR(predictions.save(wrong), ErrorCode::UnknownValue, "77");
    wrong = predictionFor(id, core::RunId(55));
    VERIFY_ERROR(predictions.save(wrong), ErrorCode::NotFound, "run 55");
    wrong = predictionFor(id, run, std::numeric_limits<float>::quiet_NaN());
    VERIFY_ERROR(predictions.save(wrong), ErrorCode::InvalidArgument, "scores");
    wrong = predictionFor(id, run);
    wrong.uncertainty.width = 51;
    VERIFY_ERROR(predictions.save(wrong), ErrorCode::InvalidArgument, "uncertainty");
    wrong = predictionFor(core::ImageId(9), run);
    VERIFY_ERROR(predictions.save(wrong), ErrorCode::NotFound, "image 9");
    QVERIFY(!predictions.newest(id)->has_value());
    QCOMPARE(temp.store->images().summary(id)->state, ImageState::Unlabelled);
}

void TestSqlitePredictionStore::review_ofAReplacedPredictionIsRefused()
{
    TempProject temp;
    const auto id = temp.addImage();
    const auto run = temp.addRun();
    const auto old = temp.store->predictions().save(predictionFor(id, run));
    VERIFY_OK(temp.store->predictions().save(predictionFor(id, run)));
    VERIFY_ERROR(temp.store->predictions().recordReview({id, *old, Verdict::Accepted, "ann", {}}), ErrorCode::NotFound,
                 "newer");
}

void TestSqlitePredictionStore::workflow_acceptCorrectRejectAndUndo()
{
    TempProject temp;
    const auto run = temp.addRun();
    const auto id = temp.addImage();
    core::ProjectStore &store = *temp.store;
    const core::Prediction prediction = predictionFor(id, run);
    VERIFY_OK(store.predictions().save(prediction));
    LabelMask paint(100, 80);
    QCOMPARE(core::reviewQueue(store)->size(), 1U);

    VERIFY_OK(core::acceptPrediction(store, id, "ann"));
    QCOMPARE(store.images().summary(id)->state, ImageState::Accepted);
    QVERIFY(store.annotations().load(id)->mask == prediction.mask);
    QVERIFY(store.annotations().load(id)->isComplete);
    QVERIFY(core::reviewQueue(store)->empty());
    VERIFY_OK(store.annotations().undo(id));
    QCOMPARE(store.images().summary(id)->state, ImageState::Predicted);
    QVERIFY(store.annotations().load(id)->mask == LabelMask(100, 80));

    LabelMask corrected = prediction.mask;
    static_cast<void>(stroke(corrected, 3, 2));
    VERIFY_OK(core::correctPrediction(store, id, corrected, "ann"));
    QCOMPARE(store.images().summary(id)->state, ImageState::Corrected);
    QVERIFY(store.annotations().load(id)->mask == corrected);
    VERIFY_OK(store.annotations().undo(id));

    VERIFY_OK(core::rejectPrediction(store, id, "ann"));
    QCOMPARE(store.images().summary(id)->state, ImageState::Rejected);
    VERIFY_OK(store.annotations().undo(id));
    QCOMPARE(store.images().summary(id)->state, ImageState::Predicted);
    QCOMPARE(store.predictions().reviews(id)->size(), 3U);
}

QTEST_APPLESS_MAIN(TestSqlitePredictionStore)
#include "tst_SqlitePredictionStore.moc"
