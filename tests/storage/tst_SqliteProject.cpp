// SPDX-License-Identifier: Apache-2.0
#include "storage/DbProject.h"
#include "storage/SqliteSchema_p.h"

#include <QtCore/QCryptographicHash>

#include <algorithm>
#include <chrono>
#include <set>

#include <unistd.h>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using storage::Migration;
using storage::SqliteProject;

namespace
{

std::vector<std::filesystem::path> backupsOf(const TempProject &temp)
{
    std::vector<std::filesystem::path> found;
    for (const auto &entry : std::filesystem::directory_iterator(temp.folder / "backups")) {
        found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// Until it ends, this process may not write what root owns: rights do not stop root.
class WithoutRights
{
public:
    explicit WithoutRights(const TempProject &temp)
        : m_folder(temp.folder)
    {
        std::filesystem::permissions(temp.parent(), std::filesystem::perms(0755));
        setRights(false);
        m_isRoot = ::geteuid() == 0 && ::seteuid(65534) == 0;
    }
    ~WithoutRights()
    {
        if (m_isRoot && ::seteuid(0) != 0) {
            std::abort();
        }
        setRights(true);
    }
    WithoutRights(const WithoutRights &) = delete;
    WithoutRights &operator=(const WithoutRights &) = delete;

private:
    void setRights(bool mayWrite) const
    {
        std::filesystem::permissions(m_folder, std::filesystem::perms(mayWrite ? 0755 : 0555));
        for (const auto &entry : std::filesystem::recursive_directory_iterator(m_folder)) {
            const int mode = entry.is_directory() ? (mayWrite ? 0755 : 0555) : (mayWrite ? 0644 : 0444);
            std::filesystem::permissions(entry.path(), std::filesystem::perms(static_cast<unsigned>(mode)));
        }
    }

    std::filesystem::path m_folder;
    bool m_isRoot = false;
};

/// A connection with the version of a freshly made database, and migrations to run on it.
struct Migrations
{
    TempProject temp;
    std::vector<Migration> list{storage::embeddedMigrations().begin(), storage::embeddedMigrations().end()};
    int newest = list.back().version;

    core::Result<int> run()
    {
        temp.close();
        storage::SqliteConnection connection(temp.folder / "project.sqlite", storage::OpenMode::ReadWrite,
                                             {"Liver", temp.folder});
        return connection.read(core::phrase("errors", "migrate"), [&] {
            storage::migrate(connection, storage::checkedVersion(connection, list), list);
            return storage::checkedVersion(connection, list);
        });
    }
};

} // namespace

class TestSqliteProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void create_makesTheFolder();
    void create_intoAnEmptyFolder();
    void create_refusesWhatIsThere();
    void create_whereNothingMayBeWritten();
    void name_isWithoutEnding_data();
    void name_isWithoutEnding();
    void strangeNames_open();
    void open_refusesWhatIsNoProject_data();
    void open_refusesWhatIsNoProject();
    void open_refusesANewerVersion();
    void migrations_runInOrderAndOnce();
    void failedMigration_leavesTheOldVersion();
    void staleRuns_areInterrupted();
    void readOnlyFolder_opensForReading();
    void readOnlyFolder_withAJournalShowsTheNewest();
    void backup_isMadeOnceAnHour();
    void backups_keepTheNewestTen();
    void backup_canTakeThePlaceOfTheDatabase();
    void adoptFile_copiesOnceUnderItsHash();
    void adoptFile_namesTheFileItCannotRead();
    void adoptFile_replacesADamagedCopy();
    void adoptFile_checksAHashThatIsKnown();
    void fileSha256_isRight();
    void damagedBeginning_namesTheBackup();
};

void TestSqliteProject::create_makesTheFolder()
{
    TempProject temp;
    for (const char *part : {"project.sqlite", "images", "runs", "backups", "lock"}) {
        QVERIFY2(std::filesystem::exists(temp.folder / part), part);
    }
    const core::ProjectInfo info = temp.project->info();
    QVERIFY(info.folder.is_absolute());
    QVERIFY(info.folder == temp.folder);
    QVERIFY(!info.isReadOnly && info.readOnlyReason.isEmpty());
    QVERIFY(*temp.store->classes() == twoClasses());
    SQLite::Database raw = temp.raw();
    QCOMPARE(raw.execAndGet("PRAGMA journal_mode").getString(), std::string("wal"));
    QCOMPARE(raw.execAndGet("PRAGMA application_id").getInt(), 0x53474441);
    // Nothing of the making is left beside it.
    QCOMPARE(std::distance(std::filesystem::directory_iterator(temp.parent()), {}), 1);
}

void TestSqliteProject::create_intoAnEmptyFolder()
{
    QTemporaryDir parent;
    const auto folder = std::filesystem::path(parent.path().toStdString()) / "deep" / "new.semigda";
    std::filesystem::create_directories(folder);
    VERIFY_OK(SqliteProject::create(folder, twoClasses()));
    VERIFY_OK(SqliteProject::open(folder));
}

void TestSqliteProject::create_refusesWhatIsThere()
{
    TempProject temp;
    VERIFY_ERROR(SqliteProject::create(temp.folder, {}), ErrorCode::AlreadyExists, temp.folder.string());
    std::ofstream(temp.parent() / "file") << "x";
    VERIFY_ERROR(SqliteProject::create(temp.parent() / "file", {}), ErrorCode::AlreadyExists, "file");
    QVERIFY(*temp.store->classes() == twoClasses());
}

void TestSqliteProject::create_whereNothingMayBeWritten()
{
    TempProject temp;
    const WithoutRights rights(temp);
    VERIFY_ERROR(SqliteProject::create(temp.folder / "inner.semigda", {}), ErrorCode::PermissionDenied,
                 "inner.semigda");
}

void TestSqliteProject::name_isWithoutEnding_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("name");
    QTest::newRow("usual") << "Liver.semigda"
                           << "Liver";
    QTest::newRow("slash") << "Liver.semigda/"
                           << "Liver";
    QTest::newRow("other") << "My.study"
                           << "My.study";
    QTest::newRow("dots") << "a/../Liver.v2.semigda"
                          << "Liver.v2";
}

void TestSqliteProject::name_isWithoutEnding()
{
    QFETCH(QString, folder);
    QFETCH(QString, name);
    QTemporaryDir parent;
    const auto project =
        SqliteProject::create(std::filesystem::path(parent.path().toStdString()) / folder.toStdString(), {});
    VERIFY_OK(project);
    QCOMPARE((*project)->info().name, name.toStdString());
}

void TestSqliteProject::strangeNames_open()
{
    for (const char *name : {"100% ?mode=memory#x", "Größe & Co", "a b'c\"d"}) {
        TempProject temp(name);
        temp.addImage();
        VERIFY_OK(temp.reopen());
        QCOMPARE(temp.store->images().list()->size(), 1U);
        QVERIFY(std::filesystem::exists(temp.folder / "project.sqlite"));
        const auto second = SqliteProject::open(temp.folder);
        VERIFY_OK(second);
        VERIFY_OK((*second)->connect());
        VERIFY_OK(temp.store->backup());
    }
}

void TestSqliteProject::open_refusesWhatIsNoProject_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"missing", "file", "empty folder", "empty database", "text", "other database"}) {
        QTest::newRow(kind) << QString::fromLatin1(kind);
    }
}

void TestSqliteProject::open_refusesWhatIsNoProject()
{
    QFETCH(QString, kind);
    QTemporaryDir parent;
    const auto folder = std::filesystem::path(parent.path().toStdString()) / "X.semigda";
    const auto database = folder / "project.sqlite";
    if (kind == QStringLiteral("file")) {
        std::ofstream(folder) << "x";
    } else if (kind != QStringLiteral("missing")) {
        std::filesystem::create_directories(folder);
    }
    if (kind == QStringLiteral("empty database")) {
        std::ofstream(database).close();
    } else if (kind == QStringLiteral("text")) {
        std::ofstream(database) << std::string(5000, 'x');
    } else if (kind == QStringLiteral("other database")) {
        SQLite::Database other(database, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        other.exec("CREATE TABLE images (id INTEGER); PRAGMA user_version = 3");
    }
    const ErrorCode code = kind == QStringLiteral("missing") ? ErrorCode::NotFound : ErrorCode::UnsupportedFormat;
    VERIFY_ERROR(SqliteProject::open(folder), code, folder.string());
    // Refusing leaves a database of others as it was.
    if (kind == QStringLiteral("other database")) {
        SQLite::Database other(database);
        QCOMPARE(other.execAndGet("PRAGMA user_version").getInt(), 3);
    }
}

void TestSqliteProject::open_refusesANewerVersion()
{
    TempProject temp;
    temp.close();
    const int known = storage::embeddedMigrations().back().version;
    temp.raw().exec("PRAGMA user_version = 99");
    VERIFY_ERROR(SqliteProject::open(temp.folder), ErrorCode::NewerVersion, "version 99");
    VERIFY_ERROR(SqliteProject::open(temp.folder), ErrorCode::NewerVersion, "version " + std::to_string(known));
    VERIFY_ERROR(SqliteProject::open(temp.folder), ErrorCode::NewerVersion, "update the program");
    // The failed attempt holds nothing.
    temp.raw().exec("PRAGMA user_version = " + std::to_string(known));
    VERIFY_OK(temp.reopen());
    QVERIFY(!temp.store->info().isReadOnly);
}

void TestSqliteProject::migrations_runInOrderAndOnce()
{
    Migrations m;
    m.list.push_back({m.newest + 1, "CREATE TABLE extra (x); INSERT INTO extra VALUES (1);"});
    m.list.push_back({m.newest + 2, "UPDATE extra SET x = x + 1;"});
    for (int i = 0; i < 2; ++i) {
        const auto version = m.run();
        VERIFY_OK(version);
        QCOMPARE(*version, m.newest + 2);
        QCOMPARE(m.temp.raw().execAndGet("SELECT x FROM extra").getInt(), 2);
    }
    // The program without these two must refuse it now.
    VERIFY_ERROR(SqliteProject::open(m.temp.folder), ErrorCode::NewerVersion, std::to_string(m.newest + 2));
}

void TestSqliteProject::failedMigration_leavesTheOldVersion()
{
    Migrations m;
    m.list.push_back({m.newest + 1, "CREATE TABLE good (x);"});
    m.list.push_back({m.newest + 2, "CREATE TABLE half (x); INSERT INTO nowhere VALUES (1);"});
    QVERIFY(!m.run());
    SQLite::Database raw = m.temp.raw();
    QCOMPARE(raw.execAndGet("PRAGMA user_version").getInt(), m.newest + 1);
    QVERIFY(raw.tableExists("good"));
    QVERIFY(!raw.tableExists("half"));
}

void TestSqliteProject::staleRuns_areInterrupted()
{
    TempProject temp;
    const auto running = temp.addRun();
    const auto finished = temp.addRun();
    VERIFY_OK(temp.store->runs().setStatus(finished, core::RunStatus::Finished, "done"));
    {
        // A reader must not touch the run of the program that trains.
        const auto second = SqliteProject::open(temp.folder);
        QCOMPARE(temp.store->runs().record(running)->status, core::RunStatus::Running);
    }
    VERIFY_OK(temp.reopen());
    QCOMPARE(temp.store->runs().record(running)->status, core::RunStatus::Interrupted);
    QVERIFY(!temp.store->runs().record(running)->endedAt.empty());
    QCOMPARE(temp.store->runs().record(finished)->status, core::RunStatus::Finished);
    QCOMPARE(temp.store->runs().record(finished)->message, std::string("done"));
}

void TestSqliteProject::readOnlyFolder_opensForReading()
{
    TempProject temp;
    const auto id = temp.addImage();
    temp.close();
    const WithoutRights rights(temp);
    VERIFY_OK(temp.reopen());
    QVERIFY(temp.store->info().isReadOnly);
    QVERIFY2(temp.store->info().readOnlyReason.english().find("you may not write") != std::string::npos,
             temp.store->info().readOnlyReason.english().c_str());
    QCOMPARE(temp.store->images().list()->size(), 1U);
    QVERIFY(temp.store->annotations().load(id)->mask == core::LabelMask(100, 80));
    core::LabelMask mask(100, 80);
    VERIFY_ERROR(temp.store->annotations().append(id, stroke(mask, 1, 1), painted()), ErrorCode::ReadOnly,
                 "you may not write");
    VERIFY_OK(temp.project->connect());
    temp.close();
}

void TestSqliteProject::readOnlyFolder_withAJournalShowsTheNewest()
{
    // As a project looks that was copied to a read-only place while or after a program worked on it.
    TempProject temp;
    const auto id = temp.addImage();
    core::LabelMask mask(100, 80);
    VERIFY_OK(temp.store->annotations().append(id, stroke(mask, 3, 1), painted()));
    const auto aside = temp.parent() / "aside";
    std::filesystem::create_directories(aside);
    for (const char *file : {"project.sqlite", "project.sqlite-wal"}) {
        std::filesystem::copy_file(temp.folder / file, aside / file);
    }
    temp.close();
    for (const char *file : {"project.sqlite", "project.sqlite-wal"}) {
        std::filesystem::copy_file(aside / file, temp.folder / file, std::filesystem::copy_options::overwrite_existing);
    }
    const auto size = std::filesystem::file_size(temp.folder / "project.sqlite-wal");
    QVERIFY(size > 0);
    {
        const WithoutRights rights(temp);
        VERIFY_OK(temp.reopen());
        QVERIFY(temp.store->info().isReadOnly);
        QVERIFY(temp.store->annotations().load(id)->mask == mask);
        temp.close();
    }
    QCOMPARE(std::filesystem::file_size(temp.folder / "project.sqlite-wal"), size);
    VERIFY_OK(temp.reopen());
    QVERIFY(!temp.store->info().isReadOnly);
    QVERIFY(temp.store->annotations().load(id)->mask == mask);
}

void TestSqliteProject::backup_isMadeOnceAnHour()
{
    TempProject temp;
    temp.addImage();
    VERIFY_OK(temp.reopen());
    QTRY_COMPARE(backupsOf(temp).size(), 1U);
    VERIFY_OK(temp.reopen());
    temp.close();
    QCOMPARE(backupsOf(temp).size(), 1U);
    const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::minutes(61);
    std::filesystem::last_write_time(backupsOf(temp).front(), old);
    VERIFY_OK(temp.reopen());
    QTRY_COMPARE(backupsOf(temp).size(), 2U);
}

void TestSqliteProject::backups_keepTheNewestTen()
{
    TempProject temp;
    const auto kept = temp.folder / "backups" / "20200101T000000000Z-before-version-2.sqlite";
    std::ofstream(kept) << "x";
    std::set<std::filesystem::path> made;
    // Names tell milliseconds: two in one are one.
    while (made.size() < 14) {
        VERIFY_OK(temp.store->backup());
        for (const auto &file : backupsOf(temp)) {
            made.insert(file);
        }
    }
    const auto left = backupsOf(temp);
    QCOMPARE(left.size(), 11U);
    QVERIFY(left.front() == kept);
    QVERIFY(left.back() == *made.rbegin());
}

void TestSqliteProject::backup_canTakeThePlaceOfTheDatabase()
{
    TempProject temp;
    const auto id = temp.addImage();
    core::LabelMask mask(100, 80);
    VERIFY_OK(temp.store->annotations().append(id, stroke(mask, 3, 1), painted()));
    VERIFY_OK(temp.store->backup());
    core::LabelMask later = mask;
    VERIFY_OK(temp.store->annotations().append(id, stroke(later, 4, 1), painted()));
    temp.close();
    std::filesystem::copy_file(backupsOf(temp).back(), temp.folder / "project.sqlite",
                               std::filesystem::copy_options::overwrite_existing);
    VERIFY_OK(temp.reopen());
    QVERIFY(temp.store->annotations().load(id)->mask == mask);
    QVERIFY(!temp.store->info().isReadOnly);
}

void TestSqliteProject::adoptFile_copiesOnceUnderItsHash()
{
    TempProject temp;
    const auto file = temp.parent() / "scan.bin";
    std::ofstream(file) << std::string(3U << 20, 'x');
    const auto sha = temp.project->adoptFile(file);
    VERIFY_OK(sha);
    QCOMPARE(*sha, *storage::fileSha256(file));
    const auto copy = temp.folder / "images" / *sha;
    QCOMPARE(*storage::fileSha256(copy), *sha);
    const auto written = std::filesystem::last_write_time(copy);
    VERIFY_OK(temp.project->adoptFile(file));
    QVERIFY(std::filesystem::last_write_time(copy) == written);
    QCOMPARE(std::distance(std::filesystem::directory_iterator(temp.folder / "images"), {}), 1);
}

void TestSqliteProject::adoptFile_namesTheFileItCannotRead()
{
    TempProject temp;
    VERIFY_ERROR(temp.project->adoptFile(temp.parent() / "none.png"), ErrorCode::NotFound, "none.png");
    VERIFY_ERROR(temp.project->adoptFile(temp.parent()), ErrorCode::InvalidArgument, temp.parent().string());
    QVERIFY(std::filesystem::is_empty(temp.folder / "images"));
}

void TestSqliteProject::adoptFile_replacesADamagedCopy()
{
    TempProject temp;
    const auto file = temp.parent() / "scan.bin";
    std::ofstream(file) << "content";
    const auto sha = temp.project->adoptFile(file);
    VERIFY_OK(sha);
    std::ofstream(temp.folder / "images" / *sha) << "con";
    VERIFY_OK(temp.project->adoptFile(file));
    QCOMPARE(*storage::fileSha256(temp.folder / "images" / *sha), *sha);
}

void TestSqliteProject::adoptFile_checksAHashThatIsKnown()
{
    TempProject temp;
    const auto file = temp.parent() / "scan.bin";
    std::ofstream(file) << "content";
    const std::string sha = *storage::fileSha256(file);
    std::ofstream(file) << "changed";
    VERIFY_ERROR(temp.project->adoptFile(file, sha), ErrorCode::Io, "scan.bin");
    QVERIFY(!std::filesystem::exists(temp.folder / "images" / sha));
    std::ofstream(file) << "content";
    QCOMPARE(*temp.project->adoptFile(file, sha), sha);
    QCOMPARE(*storage::fileSha256(temp.folder / "images" / sha), sha);
    std::filesystem::remove(temp.folder / "images" / sha);
    std::filesystem::remove(file);
    VERIFY_ERROR(temp.project->adoptFile(file, sha), ErrorCode::NotFound, "scan.bin");
}

void TestSqliteProject::fileSha256_isRight()
{
    QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "abc";
    std::ofstream(file) << "abc";
    QCOMPARE(*storage::fileSha256(file),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    // More than is read at once.
    const QByteArray large(5'000'001, 'a');
    std::ofstream(file, std::ios::binary).write(large.constData(), large.size());
    QCOMPARE(*storage::fileSha256(file),
             QCryptographicHash::hash(large, QCryptographicHash::Sha256).toHex().toStdString());
}

void TestSqliteProject::damagedBeginning_namesTheBackup()
{
    TempProject temp;
    VERIFY_OK(temp.store->backup());
    temp.close();
    std::fstream bytes(temp.folder / "project.sqlite", std::ios::in | std::ios::out | std::ios::binary);
    bytes << "XXXXXXXXXXXXXXXXXXXXXXX";
    bytes.close();
    VERIFY_ERROR(SqliteProject::open(temp.folder), ErrorCode::CorruptFile, backupsOf(temp).back().string());
}

QTEST_GUILESS_MAIN(TestSqliteProject)
#include "tst_SqliteProject.moc"
