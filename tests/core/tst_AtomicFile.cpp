// SPDX-License-Identifier: Apache-2.0
#include "core/AtomicFile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <cerrno>

#include <unistd.h>

using namespace semigda::core;

namespace
{

std::span<const std::byte> bytesOf(const QByteArray &text)
{
    return std::as_bytes(std::span(text.constData(), static_cast<std::size_t>(text.size())));
}

QByteArray contentOf(const std::filesystem::path &file)
{
    QFile read(QString::fromStdString(file.string()));
    return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray("unreadable");
}

} // namespace

class TestAtomicFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }
    void write_replacesAndLeavesNothingBehind()
    {
        QVERIFY(writeFileAtomically(path("a.bin"), bytesOf("first, which is longer")).has_value());
        QVERIFY(writeFileAtomically(path("a.bin"), bytesOf("second")).has_value());
        QCOMPARE(contentOf(path("a.bin")), QByteArray("second"));
        QVERIFY(writeFileAtomically(path("empty"), {}).has_value());
        QCOMPARE(contentOf(path("empty")), QByteArray());
        QCOMPARE(files(), (QStringList{QStringLiteral("a.bin"), QStringLiteral("empty")}));
    }
    void failedWriter_keepsTheOldContent()
    {
        QVERIFY(writeFileAtomically(path("a.bin"), bytesOf("old")).has_value());
        const auto result =
            replaceFileAtomically(path("a.bin"), [](const std::filesystem::path &temporary) -> Result<void> {
                QFile half(QString::fromStdString(temporary.string()));
                if (!half.open(QIODevice::WriteOnly) || half.write("half") != 4)
                    return Error{ErrorCode::Internal, Sentence::verbatim("test")};
                return Error{ErrorCode::DiskFull, Sentence::verbatim("full")};
            });
        QCOMPARE(result.error().code, ErrorCode::DiskFull);
        QCOMPARE(contentOf(path("a.bin")), QByteArray("old"));
        QCOMPARE(files(), QStringList{QStringLiteral("a.bin")});
    }
    void missingFolder_isNamed()
    {
        const auto result = writeFileAtomically(path("no/such/a.bin"), bytesOf("x"));
        QCOMPARE(result.error().code, ErrorCode::NotFound);
        QVERIFY(result.error().message.english().find("no/such/a.bin") != std::string::npos);
        QVERIFY(result.error().message.english().find(".tmp") == std::string::npos);
    }
    void folderInTheWay_isRefused()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("taken")));
        const auto result = writeFileAtomically(path("taken"), bytesOf("x"));
        QVERIFY(!result);
        QVERIFY(result.error().message.english().find("folder") != std::string::npos);
        QCOMPARE(files(), QStringList());
    }
    void lockedFolder_isPermissionDenied()
    {
        if (::geteuid() == 0)
            QSKIP("root may write everywhere");
        QFile::setPermissions(m_folder->path(), QFileDevice::ReadOwner | QFileDevice::ExeOwner);
        const auto result = writeFileAtomically(path("a.bin"), bytesOf("x"));
        QFile::setPermissions(m_folder->path(),
                              QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        QCOMPARE(result.error().code, ErrorCode::PermissionDenied);
    }
    /// /dev/full takes opens and fails every write as a full disk does.
    void fullDisk_isNamed()
    {
        if (!std::filesystem::exists("/dev/full"))
            QSKIP("this system has no /dev/full");
        QVERIFY(writeFileAtomically(path("a.bin"), bytesOf("old")).has_value());
        const auto result = replaceFileAtomically(path("a.bin"), [&](const std::filesystem::path &) -> Result<void> {
            QFile full(QStringLiteral("/dev/full"));
            if (full.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && full.write("x") != 1)
                return fileError(phrase("errors", "write"), path("a.bin"), errno);
            return {};
        });
        QCOMPARE(result.error().code, ErrorCode::DiskFull);
        QCOMPARE(contentOf(path("a.bin")), QByteArray("old"));
    }
    void errors_sayWhatAndWhatToDo_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("remedy");
        QTest::newRow("full") << ENOSPC << int(ErrorCode::DiskFull) << QByteArray("free some space");
        QTest::newRow("quota") << EDQUOT << int(ErrorCode::DiskFull) << QByteArray("free some space");
        QTest::newRow("denied") << EACCES << int(ErrorCode::PermissionDenied) << QByteArray("change the rights");
        QTest::newRow("read-only") << EROFS << int(ErrorCode::ReadOnly) << QByteArray("choose another place");
        QTest::newRow("missing") << ENOENT << int(ErrorCode::NotFound) << QByteArray("check the path");
        QTest::newRow("memory") << ENOMEM << int(ErrorCode::OutOfMemory) << QByteArray("close other programs");
        QTest::newRow("else") << EIO << int(ErrorCode::Io) << QByteArray("check the disk");
    }
    void errors_sayWhatAndWhatToDo()
    {
        QFETCH(int, number);
        QFETCH(int, code);
        QFETCH(QByteArray, remedy);
        const Error error = fileError(phrase("errors", "write"), "/data/x.png", number);
        QCOMPARE(int(error.code), code);
        QVERIFY(error.message.english().find("Cannot write /data/x.png: ") == 0);
        QVERIFY(error.message.english().find(remedy.toStdString()) != std::string::npos);
        QCOMPARE(error.message.english().back(), '.');
    }

private:
    std::filesystem::path path(const char *name) const
    {
        return std::filesystem::path(m_folder->path().toStdString()) / name;
    }
    QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden, QDir::Name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_APPLESS_MAIN(TestAtomicFile)
#include "tst_AtomicFile.moc"
