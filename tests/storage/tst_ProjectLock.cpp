// SPDX-License-Identifier: Apache-2.0
#include "storage/DbChild.h"
#include "storage/DbProject.h"
#include "storage/ProjectLock_p.h"

#include <iostream>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using storage::ProjectLock;
using storage::SqliteProject;

namespace
{

int childMain(const std::string &, const std::filesystem::path &folder)
{
    const auto project = SqliteProject::open(folder);
    if (!project || (*project)->info().isReadOnly) {
        return 1;
    }
    std::cout << "open" << std::endl;
    std::string line;
    std::getline(std::cin, line); // until killed
    return 0;
}

} // namespace

class TestProjectLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void second_isRefusedAndToldWho();
    void lock_endsWithItsHolder();
    void lock_canBeMoved();
    void otherProcess_opensReadOnly();
    void killedHolder_leavesNoLock();
    void sameProcess_opensReadOnlyTheSecondTime();
    void store_keepsTheLock();
    void readOnlyStore_refusesEveryWrite();
    void reader_seesWhatTheWriterSaves();
};

void TestProjectLock::second_isRefusedAndToldWho()
{
    QTemporaryDir folder;
    const auto first = ProjectLock::acquire(folder.path().toStdString());
    VERIFY_OK(first);
    const auto second = ProjectLock::acquire(folder.path().toStdString());
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Locked);
    QCOMPARE(second.error().message.english(), std::string("this program has it open already"));
}

void TestProjectLock::lock_endsWithItsHolder()
{
    QTemporaryDir folder;
    {
        const auto first = ProjectLock::acquire(folder.path().toStdString());
        VERIFY_OK(first);
    }
    VERIFY_OK(ProjectLock::acquire(folder.path().toStdString()));
    QCOMPARE(std::filesystem::file_size(std::filesystem::path(folder.path().toStdString()) / "lock"), 0U);
}

void TestProjectLock::lock_canBeMoved()
{
    QTemporaryDir folder;
    auto first = ProjectLock::acquire(folder.path().toStdString());
    VERIFY_OK(first);
    {
        const ProjectLock moved = std::move(*first);
        QVERIFY(!ProjectLock::acquire(folder.path().toStdString()));
    }
    VERIFY_OK(ProjectLock::acquire(folder.path().toStdString()));
}

void TestProjectLock::otherProcess_opensReadOnly()
{
    TempProject temp;
    temp.addImage();
    temp.close();
    Child child(QStringLiteral("--child-hold"), temp.folder);
    QCOMPARE(child.line(), QByteArray("open"));
    VERIFY_OK(temp.reopen());
    const core::ProjectInfo info = temp.store->info();
    QVERIFY(info.isReadOnly);
    QVERIFY2(info.readOnlyReason.english().find("process " + std::to_string(child.id())) != std::string::npos,
             info.readOnlyReason.english().c_str());
    QVERIFY2(info.readOnlyReason.english().starts_with("The project \"Liver\" is open for reading only:"),
             info.readOnlyReason.english().c_str());
    QCOMPARE(temp.store->images().list()->size(), 1U);
    VERIFY_ERROR(temp.store->saveSetting("a", "b"), ErrorCode::ReadOnly, "reading only");
}

void TestProjectLock::killedHolder_leavesNoLock()
{
    TempProject temp;
    temp.close();
    Child child(QStringLiteral("--child-hold"), temp.folder);
    QCOMPARE(child.line(), QByteArray("open"));
    child.kill();
    VERIFY_OK(temp.reopen());
    QVERIFY(!temp.store->info().isReadOnly);
    VERIFY_OK(temp.store->saveSetting("a", "b"));
}

void TestProjectLock::sameProcess_opensReadOnlyTheSecondTime()
{
    TempProject temp;
    const auto second = SqliteProject::open(temp.folder);
    VERIFY_OK(second);
    QVERIFY((*second)->info().isReadOnly);
    QVERIFY((*second)->info().readOnlyReason.english().find("this program has it open already") != std::string::npos);
    QVERIFY(!temp.project->info().isReadOnly);
}

void TestProjectLock::store_keepsTheLock()
{
    TempProject temp;
    temp.project.reset();
    QVERIFY((*SqliteProject::open(temp.folder))->info().isReadOnly);
    temp.store.reset();
    QVERIFY(!(*SqliteProject::open(temp.folder))->info().isReadOnly);
}

void TestProjectLock::readOnlyStore_refusesEveryWrite()
{
    TempProject temp;
    const auto id = temp.addImage();
    const auto run = temp.addRun();
    const auto second = SqliteProject::open(temp.folder);
    VERIFY_OK(second);
    auto connected = (*second)->connect();
    VERIFY_OK(connected);
    core::ProjectStore &store = **connected;
    const auto file = temp.parent() / "file.bin";
    std::ofstream(file) << "file";
    core::Prediction prediction;
    prediction.image = id;
    prediction.mask = core::LabelMask(100, 80, core::Background);
    core::LabelMask mask(100, 80);
    static constexpr ErrorCode Refused = ErrorCode::ReadOnly;
    VERIFY_ERROR(store.images().add(someImage(2)), Refused, "Liver");
    VERIFY_ERROR(store.images().setSplit(std::vector{id}, core::Split::Test), Refused, "Liver");
    VERIFY_ERROR(store.annotations().append(id, stroke(mask, 1, 1), painted()), Refused, "Liver");
    VERIFY_ERROR(store.annotations().undo(id), Refused, "Liver");
    VERIFY_ERROR(store.annotations().redo(id), Refused, "Liver");
    VERIFY_ERROR(store.predictions().save(prediction), Refused, "Liver");
    VERIFY_ERROR(store.predictions().recordReview({id, {}, core::Verdict::Accepted, "", {}}), Refused, "Liver");
    VERIFY_ERROR(store.runs().create("semigda", "{}"), Refused, "Liver");
    VERIFY_ERROR(store.runs().setStatus(run, core::RunStatus::Finished), Refused, "Liver");
    VERIFY_ERROR(store.runs().addMetrics(run, {}), Refused, "Liver");
    VERIFY_ERROR(store.saveClasses(twoClasses()), Refused, "Liver");
    VERIFY_ERROR(store.saveSetting("a", "b"), Refused, "Liver");
    VERIFY_ERROR(store.audit("a", "b"), Refused, "Liver");
    VERIFY_ERROR(store.inTransaction([] { return core::Result<void>(); }), Refused, "Liver");
    VERIFY_ERROR(store.check(true), Refused, "Liver");
    VERIFY_ERROR(store.backup(), Refused, "Liver");
    VERIFY_ERROR((*second)->adoptFile(file), Refused, "Liver");
    QVERIFY(store.annotations().load(id)->mask == core::LabelMask(100, 80));
    QCOMPARE(store.runs().list()->front().status, core::RunStatus::Running);
}

void TestProjectLock::reader_seesWhatTheWriterSaves()
{
    TempProject temp;
    const auto second = SqliteProject::open(temp.folder);
    VERIFY_OK(second);
    auto store = (*second)->connect();
    VERIFY_OK(store);
    QVERIFY((*store)->images().list()->empty());
    temp.addImage();
    QCOMPARE((*store)->images().list()->size(), 1U);
}

QTEST_MAIN_WITH_CHILD(TestProjectLock, childMain)
#include "tst_ProjectLock.moc"
