// SPDX-License-Identifier: Apache-2.0
#include "storage/DbProject.h"
#include "storage/ProjectPlace_p.h"

using namespace semigda;
using core::PlaceKind;
using core::ProjectPlace;

namespace
{

storage::PlaceClues onDisk(const std::string &type, const std::filesystem::path &home = {})
{
    return {[type](const std::filesystem::path &) { return type; }, home};
}

QString text(const ProjectPlace &place)
{
    const QString kind = place.kind == PlaceKind::Local          ? QStringLiteral("local")
                         : place.kind == PlaceKind::NetworkShare ? QStringLiteral("network")
                                                                 : QStringLiteral("synced");
    return kind + QLatin1Char(' ') + QString::fromStdString(place.name);
}

} // namespace

class TestProjectPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fileSystem_tellsAShare_data();
    void fileSystem_tellsAShare();
    void markers_tellASyncedFolder_data();
    void markers_tellASyncedFolder();
    void names_tellASyncedFolder_data();
    void names_tellASyncedFolder();
    void settingsInTheHomeFolder_tellNothing();
    void theProjectItself_tellsNothing();
    void link_isFollowed();
    void openProject_knowsItsPlace();
};

void TestProjectPlace::fileSystem_tellsAShare_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("place");
    for (const auto &[type, place] : {std::pair("ext4", "local "),
                                      std::pair("btrfs", "local "),
                                      std::pair("tmpfs", "local "),
                                      std::pair("fuseblk", "local "),
                                      std::pair("fuse.gocryptfs", "local "),
                                      std::pair("fuse.mergerfs", "local "),
                                      std::pair("overlay", "local "),
                                      std::pair("NTFS", "local "),
                                      std::pair("apfs", "local "),
                                      std::pair("", "local "),
                                      std::pair("nfs", "network NFS"),
                                      std::pair("nfs4", "network NFS"),
                                      std::pair("cifs", "network SMB"),
                                      std::pair("smb3", "network SMB"),
                                      std::pair("smbfs", "network SMB"),
                                      std::pair("fuse.sshfs", "network SSHFS"),
                                      std::pair("fuse.rclone", "network rclone"),
                                      std::pair("fuse.gvfsd-fuse", "network GVfs"),
                                      std::pair("fuse.glusterfs", "network GlusterFS"),
                                      std::pair("9p", "network 9P"),
                                      std::pair("webdav", "network WebDAV")})
        QTest::newRow(*type == 0 ? "unknown" : type) << QString::fromLatin1(type) << QString::fromLatin1(place);
}

void TestProjectPlace::fileSystem_tellsAShare()
{
    QFETCH(QString, type);
    QFETCH(QString, place);
    const QTemporaryDir folder(test::scratch());
    QCOMPARE(text(storage::placeOf(folder.path().toStdString(), onDisk(type.toStdString()))), place);
}

void TestProjectPlace::markers_tellASyncedFolder_data()
{
    QTest::addColumn<QString>("marker");
    QTest::addColumn<bool>("isFolder");
    QTest::addColumn<QString>("place");
    QTest::newRow("Dropbox") << QStringLiteral(".dropbox") << false << QStringLiteral("synced Dropbox");
    QTest::newRow("Dropbox's settings") << QStringLiteral(".dropbox") << true << QStringLiteral("local ");
    QTest::newRow("Dropbox's cache") << QStringLiteral(".dropbox.cache") << true << QStringLiteral("synced Dropbox");
    QTest::newRow("Syncthing") << QStringLiteral(".stfolder") << true << QStringLiteral("synced Syncthing");
    QTest::newRow("OneDrive") << QStringLiteral(".849C9593-D756-4E56-8D6E-42412F2A707B") << false
                              << QStringLiteral("synced OneDrive");
    QTest::newRow("Google Drive") << QStringLiteral(".tmp.drivedownload") << true
                                  << QStringLiteral("synced Google Drive");
    QTest::newRow("Nextcloud's journal") << QStringLiteral(".sync_0123456789ab.db") << false
                                         << QStringLiteral("synced Nextcloud");
    QTest::newRow("its older journal") << QStringLiteral("._sync_0123456789ab.db") << false
                                       << QStringLiteral("synced Nextcloud");
    QTest::newRow("Nextcloud's log") << QStringLiteral(".nextcloudsync.log") << false
                                     << QStringLiteral("synced Nextcloud");
    QTest::newRow("ownCloud's log") << QStringLiteral(".owncloudsync.log") << false
                                    << QStringLiteral("synced ownCloud");
    QTest::newRow("an icon") << QStringLiteral("desktop.ini") << false << QStringLiteral("local ");
    QTest::newRow("some database") << QStringLiteral(".sync_list") << false << QStringLiteral("local ");
}

void TestProjectPlace::markers_tellASyncedFolder()
{
    QFETCH(QString, marker);
    QFETCH(bool, isFolder);
    QFETCH(QString, place);
    const QTemporaryDir root(test::scratch());
    const std::filesystem::path base = root.path().toStdString();
    const std::filesystem::path project = base / "shared" / "study" / "Liver.semigda";
    std::filesystem::create_directories(project);
    const std::filesystem::path file = base / "shared" / marker.toStdString();
    if (isFolder)
        std::filesystem::create_directory(file);
    else
        std::ofstream(file) << "x";
    QCOMPARE(text(storage::placeOf(project, onDisk("ext4"))), place);
    QCOMPARE(text(storage::placeOf(base / "Other.semigda", onDisk("ext4"))), QStringLiteral("local "));
}

void TestProjectPlace::names_tellASyncedFolder_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("place");
    for (const auto &[path, place] :
         {std::pair("Dropbox/p.semigda", "synced Dropbox"), std::pair("Dropbox (Clinic)/a/p.semigda", "synced Dropbox"),
          std::pair("OneDrive - Clinic/p.semigda", "synced OneDrive"),
          std::pair("Nextcloud/p.semigda", "synced Nextcloud"),
          std::pair("Google Drive/My Drive/p.semigda", "synced Google Drive"),
          std::pair("CloudStorage/GoogleDrive-me@x.org/p.semigda", "synced Google Drive"),
          std::pair("Mobile Documents/p.semigda", "synced iCloud"), std::pair("Dropboxes/p.semigda", "local "),
          std::pair("my OneDrive/p.semigda", "local "), std::pair("data/p.semigda", "local ")})
        QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(place);
}

void TestProjectPlace::names_tellASyncedFolder()
{
    QFETCH(QString, path);
    QFETCH(QString, place);
    const QTemporaryDir root(test::scratch());
    const auto project = std::filesystem::path(root.path().toStdString()) / path.toStdString();
    std::filesystem::create_directories(project);
    QCOMPARE(text(storage::placeOf(project, onDisk("ext4"))), place);
}

void TestProjectPlace::settingsInTheHomeFolder_tellNothing()
{
    const QTemporaryDir root(test::scratch());
    const std::filesystem::path home = root.path().toStdString();
    std::filesystem::create_directories(home / "work" / "p.semigda");
    std::filesystem::create_directory(home / ".dropbox.cache");
    QCOMPARE(text(storage::placeOf(home / "work" / "p.semigda", onDisk("ext4", home))), QStringLiteral("local "));
    QCOMPARE(text(storage::placeOf(home / "work" / "p.semigda", onDisk("ext4"))), QStringLiteral("synced Dropbox"));
}

void TestProjectPlace::theProjectItself_tellsNothing()
{
    const QTemporaryDir root(test::scratch());
    const auto project = std::filesystem::path(root.path().toStdString()) / "Nextcloud";
    std::filesystem::create_directories(project);
    QCOMPARE(text(storage::placeOf(project, onDisk("ext4"))), QStringLiteral("local "));
}

void TestProjectPlace::link_isFollowed()
{
    const QTemporaryDir root(test::scratch());
    const std::filesystem::path base = root.path().toStdString();
    std::filesystem::create_directories(base / "synced" / ".stfolder");
    std::filesystem::create_directories(base / "synced" / "p.semigda");
    std::filesystem::create_directory_symlink(base / "synced" / "p.semigda", base / "link.semigda");
    QCOMPARE(text(storage::placeOf(base / "link.semigda", onDisk("ext4"))), QStringLiteral("synced Syncthing"));
}

void TestProjectPlace::openProject_knowsItsPlace()
{
    test::TempProject temp;
    QVERIFY(temp.store->info().place == ProjectPlace());
    std::filesystem::create_directory(temp.parent() / ".stfolder");
    VERIFY_OK(temp.reopen());
    QCOMPARE(text(temp.store->info().place), QStringLiteral("synced Syncthing"));
    QVERIFY(!temp.store->info().isReadOnly);
    VERIFY_OK(temp.store->saveSetting("key", "value"));
}

QTEST_GUILESS_MAIN(TestProjectPlace)
#include "tst_ProjectPlace.moc"
