// SPDX-License-Identifier: Apache-2.0
#include "storage/DbProject.h"

#include <cmath>
#include <limits>
#include <thread>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using core::Result;
using core::RunStatus;

class TestSqliteProjectStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classes_roundTrip();
    void removedClass_keepsItsNumber();
    void classes_withDoubledNamesAreRefused();
    void settings_areReplaced();
    void audit_isWritten();
    void runs_areListedNewestFirst();
    void run_hasAFolderAndEnds();
    void metrics_roundTrip();
    void transaction_keepsAllOrNothing();
    void nestedTransaction_failsAlone();
    void transaction_survivesAThrow();
    void twoStores_writeSideBySide();
    void reader_doesNotWaitForAWriter();
};

void TestSqliteProjectStore::classes_roundTrip()
{
    TempProject temp;
    QVERIFY(*temp.store->classes() == twoClasses());
    core::LabelSet classes;
    VERIFY_OK(classes.add("Zähne", {1, 2, 3}));
    VERIFY_OK(classes.add("B"));
    core::LabelClass changed = classes.classes()[1];
    changed.visible = false;
    changed.locked = false;
    changed.components = core::ComponentRule::LargestOnly;
    VERIFY_OK(classes.replace(changed));
    VERIFY_OK(temp.store->saveClasses(classes));
    VERIFY_OK(temp.reopen());
    QVERIFY(*temp.store->classes() == classes);
}

void TestSqliteProjectStore::removedClass_keepsItsNumber()
{
    TempProject temp;
    core::LabelSet classes = *temp.store->classes();
    classes.remove(2);
    VERIFY_OK(temp.store->saveClasses(classes));
    VERIFY_OK(temp.reopen());
    classes = *temp.store->classes();
    QCOMPARE(classes.size(), 1U);
    QCOMPARE(int{*classes.add("New")}, 3);
    // A mask painted with it stays readable, and an undo may bring it back.
    core::LabelMask mask(100, 80);
    VERIFY_OK(temp.store->annotations().append(temp.addImage(), stroke(mask, 1, 2), painted()));
}

void TestSqliteProjectStore::classes_withDoubledNamesAreRefused()
{
    TempProject temp;
    core::LabelClass a;
    a.value = 1;
    a.name = "A";
    core::LabelClass b = a;
    b.value = 2;
    VERIFY_ERROR(temp.store->saveClasses(core::LabelSet({a, b})), ErrorCode::InvalidArgument, "\"A\"");
    b.name = "B";
    b.value = 1;
    VERIFY_ERROR(temp.store->saveClasses(core::LabelSet({a, b})), ErrorCode::InvalidArgument, "number");
    b.value = 0;
    VERIFY_ERROR(temp.store->saveClasses(core::LabelSet({a, b})), ErrorCode::InvalidArgument, "number");
    QVERIFY(*temp.store->classes() == twoClasses());
}

void TestSqliteProjectStore::settings_areReplaced()
{
    TempProject temp;
    QVERIFY(!temp.store->setting("k")->has_value());
    VERIFY_OK(temp.store->saveSetting("k", "one"));
    VERIFY_OK(temp.store->saveSetting("k", "'; DROP TABLE settings; --"));
    VERIFY_OK(temp.store->saveSetting("empty", ""));
    VERIFY_OK(temp.reopen());
    QCOMPARE(**temp.store->setting("k"), std::string("'; DROP TABLE settings; --"));
    QCOMPARE(**temp.store->setting("empty"), std::string());
}

void TestSqliteProjectStore::audit_isWritten()
{
    TempProject temp;
    VERIFY_OK(temp.store->audit("import", "3 images"));
    SQLite::Database raw = temp.raw();
    SQLite::Statement query(raw, "SELECT created_at, action, detail FROM audit_log ORDER BY id DESC LIMIT 1");
    QVERIFY(query.executeStep());
    QVERIFY(query.getColumn(0).getString().ends_with("Z"));
    QCOMPARE(query.getColumn(1).getString(), std::string("import"));
    QCOMPARE(query.getColumn(2).getString(), std::string("3 images"));
}

void TestSqliteProjectStore::runs_areListedNewestFirst()
{
    TempProject temp;
    const auto first = temp.store->runs().create("semigda", "{\"seed\":1}");
    VERIFY_OK(first);
    const auto second = temp.store->runs().create("supervised", "{}");
    VERIFY_OK(second);
    const auto runs = temp.store->runs().list();
    VERIFY_OK(runs);
    QCOMPARE(runs->size(), 2U);
    QCOMPARE((*runs)[0].id, second->id);
    QCOMPARE((*runs)[1].configJson, std::string("{\"seed\":1}"));
    QCOMPARE((*runs)[1].method, std::string("semigda"));
}

void TestSqliteProjectStore::run_hasAFolderAndEnds()
{
    TempProject temp;
    const auto run = temp.store->runs().create("semigda", "{}");
    VERIFY_OK(run);
    QCOMPARE(run->status, RunStatus::Running);
    QVERIFY(std::filesystem::is_directory(run->folder));
    QVERIFY(run->folder.is_absolute());
    QVERIFY(run->folder == temp.folder / "runs" / std::to_string(run->id.value));
    VERIFY_OK(temp.store->runs().setStatus(run->id, RunStatus::Paused));
    QVERIFY(temp.store->runs().record(run->id)->endedAt.empty());
    VERIFY_OK(temp.store->runs().setStatus(run->id, RunStatus::Failed, "out of memory"));
    const auto ended = temp.store->runs().record(run->id);
    QCOMPARE(ended->status, RunStatus::Failed);
    QCOMPARE(ended->message, std::string("out of memory"));
    QVERIFY(ended->endedAt.ends_with("Z"));
    VERIFY_ERROR(temp.store->runs().setStatus(core::RunId(9), RunStatus::Failed), ErrorCode::NotFound, "run 9");
    VERIFY_ERROR(temp.store->runs().record(core::RunId(9)), ErrorCode::NotFound, "run 9");
}

void TestSqliteProjectStore::metrics_roundTrip()
{
    TempProject temp;
    const auto run = temp.addRun();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    VERIFY_OK(temp.store->runs().addMetrics(
        run, std::vector<core::MetricRecord>{{2, "loss", nan}, {1, "loss", 0.1}, {1, "dice", 1.0 / 3.0}}));
    VERIFY_OK(temp.store->runs().addMetrics(run, std::vector<core::MetricRecord>{{1, "loss", 0.2}}));
    const auto metrics = temp.store->runs().metrics(run);
    VERIFY_OK(metrics);
    QCOMPARE(metrics->size(), 3U);
    QCOMPARE((*metrics)[0].name, std::string("dice"));
    QCOMPARE((*metrics)[0].value, 1.0 / 3.0);
    QCOMPARE((*metrics)[1].value, 0.2);
    QVERIFY(std::isnan((*metrics)[2].value));
    VERIFY_ERROR(temp.store->runs().addMetrics(core::RunId(9), {}), ErrorCode::NotFound, "run 9");
}

void TestSqliteProjectStore::transaction_keepsAllOrNothing()
{
    TempProject temp;
    VERIFY_OK(temp.store->inTransaction([&]() -> Result<void> {
        VERIFY_OK_IN(temp.store->saveSetting("a", "1"));
        return temp.store->saveSetting("b", "2");
    }));
    QVERIFY(temp.store->setting("b")->has_value());
    VERIFY_ERROR(temp.store->inTransaction([&]() -> Result<void> {
        VERIFY_OK_IN(temp.store->saveSetting("a", "9"));
        VERIFY_OK_IN(temp.store->images().add(someImage(1)));
        return core::Error{ErrorCode::Cancelled, core::Sentence::verbatim("Stopped.")};
    }),
                 ErrorCode::Cancelled, "Stopped.");
    QCOMPARE(**temp.store->setting("a"), std::string("1"));
    QVERIFY(temp.store->images().list()->empty());
}

void TestSqliteProjectStore::nestedTransaction_failsAlone()
{
    TempProject temp;
    VERIFY_OK(temp.store->inTransaction([&]() -> Result<void> {
        VERIFY_OK_IN(temp.store->saveSetting("outer", "1"));
        const Result<void> inner = temp.store->inTransaction([&]() -> Result<void> {
            VERIFY_OK_IN(temp.store->saveSetting("inner", "1"));
            return core::Error{ErrorCode::Cancelled, core::Sentence::verbatim("Stopped.")};
        });
        return inner ? Result<void>(core::Error{ErrorCode::Internal, core::Sentence::verbatim("It did not fail.")})
                     : temp.store->saveSetting("after", "1");
    }));
    QVERIFY(temp.store->setting("outer")->has_value());
    QVERIFY(!temp.store->setting("inner")->has_value());
    QVERIFY(temp.store->setting("after")->has_value());
}

void TestSqliteProjectStore::transaction_survivesAThrow()
{
    TempProject temp;
    const auto thrown = temp.store->inTransaction([&]() -> Result<void> {
        VERIFY_OK_IN(temp.store->saveSetting("a", "1"));
        throw std::runtime_error("surprise");
    });
    VERIFY_ERROR(thrown, ErrorCode::Internal, "surprise");
    QVERIFY(!temp.store->setting("a")->has_value());
    VERIFY_OK(temp.store->saveSetting("a", "2"));
}

void TestSqliteProjectStore::twoStores_writeSideBySide()
{
    TempProject temp;
    for (int number = 1; number <= 2; ++number) {
        temp.addImage(number);
    }
    const auto work = [&](int number, core::Result<void> &result) {
        auto store = temp.project->connect();
        core::LabelMask mask(100, 80);
        for (int i = 0; store && result && i < 200; ++i) {
            const auto appended =
                (*store)->annotations().append(core::ImageId(number), stroke(mask, i % 80, 1, i / 80), painted());
            if (!appended) {
                result = appended.error();
            }
        }
    };
    core::Result<void> first;
    core::Result<void> second;
    std::thread other([&] { work(1, first); });
    work(2, second);
    other.join();
    VERIFY_OK(first);
    VERIFY_OK(second);
    QCOMPARE(*temp.store->annotations().sequence(core::ImageId(1)), 200);
    QCOMPARE(*temp.store->annotations().sequence(core::ImageId(2)), 200);
}

void TestSqliteProjectStore::reader_doesNotWaitForAWriter()
{
    TempProject temp;
    temp.addImage();
    auto reader = temp.project->connect();
    VERIFY_OK(reader);
    VERIFY_OK(temp.store->inTransaction([&]() -> Result<void> {
        VERIFY_OK_IN(temp.store->images().add(someImage(2)));
        const auto list = (*reader)->images().list();
        if (!list) {
            return list.error();
        }
        return list->size() == 1
                   ? Result<void>()
                   : Result<void>(core::Error{ErrorCode::Internal, core::Sentence::verbatim("Not isolated.")});
    }));
    QCOMPARE((*reader)->images().list()->size(), 2U);
}

QTEST_APPLESS_MAIN(TestSqliteProjectStore)
#include "tst_SqliteProjectStore.moc"
