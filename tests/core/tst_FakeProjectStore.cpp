// SPDX-License-Identifier: Apache-2.0
// The fake stands in for the database in many tests, so it has to keep the port's contract itself.
#include "support/FakeProjectStore.h"

#include "support/Random.h"

#include <QTemporaryDir>
#include <QtTest/QTest>

#include <thread>

using namespace semigda::core;
using semigda::test::FakeProjectStore;
using semigda::test::Random;
using semigda::test::randomMask;

class TestFakeProjectStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void add_refusesDuplicates()
    {
        FakeProjectStore store;
        NewImage image;
        image.source.sha256 = "abc";
        image.width = image.height = 4;
        const ImageId id = store.images().add(image).value();
        QCOMPARE(store.images().add(image).error().code, ErrorCode::AlreadyExists);
        image.source.frame = 1;
        QVERIFY(store.images().add(image).has_value());
        QCOMPARE(store.images().find("abc", 0).value(), std::optional(id));
        QCOMPARE(store.images().find("abc", 2).value(), std::optional<ImageId>());
        QCOMPARE(store.images().counts()->total, std::size_t{2});
        QCOMPARE(store.images().pixels(id).error().code, ErrorCode::NotFound);
    }
    void setSplit_movesWholePatients()
    {
        FakeProjectStore store;
        ImageData pixels;
        pixels.width = pixels.height = 2;
        pixels.bytes.resize(4);
        const ImageId a = store.addImage("a", pixels, Split::Train, "p1");
        const ImageId b = store.addImage("b", pixels, Split::Train, "p1");
        const ImageId c = store.addImage("c", pixels);
        const ImageId d = store.addImage("d", pixels);
        QVERIFY(store.images().setSplit(std::vector{a, c}, Split::Test).has_value());
        QVERIFY(store.images().summary(b)->split == Split::Test);
        QVERIFY(store.images().summary(c)->split == Split::Test);
        QVERIFY(store.images().summary(d)->split == Split::Train);
    }
    void history_undoAndRedoReplayExactly()
    {
        FakeProjectStore store;
        const ImageId id = store.addImage("a", 70, 50);
        Random random(1);
        std::vector<LabelMask> states{LabelMask(70, 50)};
        for (int i = 0; i < 40; ++i) {
            const LabelMask next = randomMask(random, 70, 50, {NotAnnotated, 0, 1, 2});
            QVERIFY(
                store.annotations().append(id, MaskDelta::between(states.back(), next), {"Brush", "me"}).has_value());
            states.push_back(next);
        }
        for (std::size_t i = states.size() - 1; i > 0; --i) {
            QCOMPARE(store.annotations().load(id)->mask, states[i]);
            QVERIFY(store.annotations().undo(id)->has_value());
        }
        QVERIFY(!store.annotations().undo(id)->has_value());
        for (std::size_t i = 1; i <= 20; ++i)
            QVERIFY(store.annotations().redo(id)->has_value());
        QCOMPARE(store.annotations().load(id)->mask, states[20]);
        QCOMPARE(store.annotations().history(id)->edits.size(), std::size_t{40});
        QCOMPARE(store.annotations().history(id)->cursor, std::int64_t{20});
        QCOMPARE(store.annotations().history(id, 5)->edits.front().sequence, std::int64_t{36});
        const std::int64_t next = store.annotations().append(id, {}, {"Note", "me"}).value();
        QVERIFY(next > 40); // a number names one content for ever
        QVERIFY(!store.annotations().redo(id)->has_value());
        QVERIFY(store.check(false)->empty());
    }
    void append_refusesOtherSizes()
    {
        FakeProjectStore store;
        const ImageId id = store.addImage("a", 10, 10);
        const MaskDelta delta = MaskDelta::between(LabelMask(11, 10, 0), LabelMask(11, 10, 1));
        QCOMPARE(store.annotations().append(id, delta, {}).error().code, ErrorCode::GeometryMismatch);
        QCOMPARE(store.annotations().append(ImageId(77), {}, {}).error().code, ErrorCode::NotFound);
    }
    void save_replacesUnreviewedPredictionsOfTheRun()
    {
        FakeProjectStore store;
        const ImageId id = store.addImage("a", 10, 10);
        const RunId run = store.addRun();
        const PredictionId first = store.addPrediction(id, run, LabelMask(10, 10, 0), 0.1F);
        const PredictionId second = store.addPrediction(id, run, LabelMask(10, 10, 1), 0.2F);
        QVERIFY(!store.predictions().load(first));
        QVERIFY(store.images().summary(id)->state == ImageState::Predicted);
        QCOMPARE(store.images().summary(id)->disagreement, std::optional(0.2F));
        QVERIFY(store.predictions().recordReview({id, second, Verdict::Rejected, "me", {}}).has_value());
        store.addPrediction(id, run, LabelMask(10, 10, 1), 0.3F);
        QVERIFY(store.predictions().load(second).has_value());
        QCOMPARE(store.predictions().newest(id).value()->scores.disagreement, 0.3F);
    }
    void save_leavesHumanStates()
    {
        FakeProjectStore store;
        const ImageId id = store.addImage("a", 10, 10);
        LabelMask painted(10, 10);
        painted.fillRow(0, 0, 3, 1);
        QVERIFY(store.annotations()
                    .append(id, MaskDelta::between(LabelMask(10, 10), painted), {"Brush", "me"})
                    .has_value());
        store.addPrediction(id, store.addRun(), LabelMask(10, 10, 1), 0.2F);
        QVERIFY(store.images().summary(id)->state == ImageState::Partial);
    }
    void transaction_isAllOrNothing()
    {
        FakeProjectStore store;
        const Error full{ErrorCode::DiskFull, Sentence::verbatim("full")};
        const auto outer = store.inTransaction([&]() -> Result<void> {
            static_cast<void>(store.saveSetting("kept", "1").has_value());
            const auto inner = store.inTransaction([&]() -> Result<void> {
                static_cast<void>(store.saveSetting("dropped", "1").has_value());
                return full;
            });
            return inner ? Result<void>(full) : Result<void>();
        });
        QVERIFY(outer.has_value());
        QCOMPARE(store.setting("kept").value(), std::optional(std::string("1")));
        QVERIFY(!store.setting("dropped")->has_value());
    }
    void otherStores_seeTheSameProject()
    {
        FakeProjectStore store;
        const ImageId id = store.addImage("a", 10, 10);
        std::jthread([another = store.openAnother(), id] {
            static_cast<void>(another->annotations().append(id, {}, {"Note", "worker"}).has_value());
        }).join();
        QCOMPARE(store.annotations().sequence(id).value(), std::int64_t{1});
    }
    void runs_haveFoldersAndMetrics()
    {
        const QTemporaryDir folder;
        FakeProjectStore store(folder.path().toStdString());
        const RunRecord run = store.runs().create("supervised", "{}").value();
        QVERIFY(std::filesystem::is_directory(run.folder));
        const RunId second = store.addRun();
        QCOMPARE(store.runs().list()->front().id, second);
        QVERIFY(store.runs().setStatus(run.id, RunStatus::Finished).has_value());
        QVERIFY(!store.runs().record(run.id)->endedAt.empty());
        QVERIFY(store.runs().addMetrics(run.id, std::vector<MetricRecord>{{1, "loss", 0.5}}).has_value());
        QCOMPARE(store.runs().metrics(run.id)->at(0).value, 0.5);
        QCOMPARE(store.runs().record(RunId(9)).error().code, ErrorCode::NotFound);
    }
};

QTEST_APPLESS_MAIN(TestFakeProjectStore)
#include "tst_FakeProjectStore.moc"
