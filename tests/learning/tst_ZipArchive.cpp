// SPDX-License-Identifier: Apache-2.0
#include "learning/ZipArchive_p.h"
#include "learning/ZipWriter.h"

#include <QtTest/QTest>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <caffe2/serialize/inline_container.h>

#include <functional>
#include <memory>
#include <sstream>

using namespace semigda;
using namespace semigda::learning;
using test::ZipWriter;

namespace
{

/// All entries with their bytes, or the error.
core::Result<std::map<std::string, std::string>> contents(const std::filesystem::path &path)
{
    auto file = InputFile::open(path, core::Sentence::verbatim("PyTorch checkpoint"));
    if (!file) {
        return file.error();
    }
    auto archive = ZipArchive::open(std::move(*file));
    if (!archive) {
        return archive.error();
    }
    std::map<std::string, std::string> read;
    for (const auto &entry : archive->entries()) {
        auto &bytes = read[entry.first];
        bytes.resize(entry.second.size);
        const auto done = archive->read(entry, 0, std::as_writable_bytes(std::span<char>(bytes)));
        if (!done) {
            return done.error();
        }
    }
    return read;
}

ZipWriter twoEntries()
{
    ZipWriter zip;
    zip.add("archive/data.pkl", "hello");
    zip.add("archive/data/0", std::string(1000, 'x'));
    return zip;
}

} // namespace

class tst_ZipArchive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void entries_areRead();
    void parts_areRead();
    void archiveOfLibTorch_isRead();
    void commentAtTheEnd_isPassedOver();
    void noEntries_isAnArchive();
    void beyondFourGigabytes_isRead();
    void brokenArchive_isRefused_data();
    void brokenArchive_isRefused();
    void compressedAndEncrypted_areNamed();
    void anyTruncation_isRefused();
    void anyFlippedByte_isHandled();

private:
    std::filesystem::path path() const { return m_folder->filePath(QStringLiteral("x.ckpt")).toStdString(); }
    void put(const std::string &bytes) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_ZipArchive::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void tst_ZipArchive::put(const std::string &bytes) const
{
    std::ofstream stream(path(), std::ios::binary | std::ios::trunc);
    stream << bytes;
}

void tst_ZipArchive::entries_areRead()
{
    for (const bool usesZip64 : {false, true}) {
        ZipWriter zip = twoEntries();
        zip.add("archive/empty", "");
        zip.usesZip64 = usesZip64;
        zip.write(path());
        const auto read = contents(path());
        QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
        QCOMPARE(read->size(), std::size_t(3));
        QCOMPARE(read->at("archive/data.pkl"), std::string("hello"));
        QCOMPARE(read->at("archive/data/0"), std::string(1000, 'x'));
        QCOMPARE(read->at("archive/empty"), std::string());
    }
}

void tst_ZipArchive::parts_areRead()
{
    ZipWriter zip;
    zip.add("a", "0123456789");
    zip.write(path());
    auto archive = ZipArchive::open(*InputFile::open(path(), core::Sentence::verbatim("PyTorch checkpoint")));
    QVERIFY(archive.has_value());
    const auto &entry = *archive->entries().find("a");
    std::string part(3, '\0');
    QVERIFY(archive->read(entry, 7, std::as_writable_bytes(std::span<char>(part))).has_value());
    QCOMPARE(part, std::string("789"));
    QVERIFY(!archive->read(entry, 8, std::as_writable_bytes(std::span<char>(part))).has_value());
    QVERIFY(!archive->read(entry, ~std::uint64_t(0), std::as_writable_bytes(std::span<char>(part))).has_value());
}

void tst_ZipArchive::archiveOfLibTorch_isRead()
{
    std::string bytes;
    {
        caffe2::serialize::PyTorchStreamWriter writer([&](const void *data, std::size_t size) {
            bytes.append(static_cast<const char *>(data), size);
            return size;
        });
        for (int i = 0; i < 300; ++i) {
            const std::string data(static_cast<std::size_t>(i * i), static_cast<char>(i));
            writer.writeRecord("data/" + std::to_string(i), data.data(), data.size());
        }
        writer.writeEndOfFile();
    }
    put(bytes);
    const auto read = contents(path());
    QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
    for (int i = 0; i < 300; ++i) {
        const std::string expected(static_cast<std::size_t>(i * i), static_cast<char>(i));
        QVERIFY(read->at("archive/data/" + std::to_string(i)) == expected);
    }
}

void tst_ZipArchive::commentAtTheEnd_isPassedOver()
{
    ZipWriter zip = twoEntries();
    // It may hold what looks like another end of a directory.
    zip.comment = test::joined({std::string(60000, 'c'), "PK\x05\x06", std::string(30, 'c')});
    zip.write(path());
    const auto read = contents(path());
    QVERIFY(read.has_value() && read->size() == 2);
}

void tst_ZipArchive::noEntries_isAnArchive()
{
    ZipWriter().write(path());
    const auto read = contents(path());
    QVERIFY(read.has_value() && read->empty());
}

void tst_ZipArchive::beyondFourGigabytes_isRead()
{
    // The first entry alone needs ZIP64 sizes, the second one a ZIP64 offset. The hole takes no place on most disks.
    ZipWriter zip;
    zip.add("archive/data/0", "start").hole = std::uint64_t(5) << 30;
    zip.add("archive/data/1", "after the hole");
    zip.write(path());
    std::error_code failure;
    if (std::filesystem::file_size(path(), failure) < (std::uint64_t(5) << 30) || failure) {
        QSKIP("this file system holds no file so large");
    }
    auto archive = ZipArchive::open(*InputFile::open(path(), core::Sentence::verbatim("PyTorch checkpoint")));
    QVERIFY2(archive.has_value(), archive ? "" : archive.error().message.english().c_str());
    const auto &first = *archive->entries().find("archive/data/0");
    const auto &second = *archive->entries().find("archive/data/1");
    QCOMPARE(first.second.size, (std::uint64_t(5) << 30) + 5);
    std::string bytes(5, '?');
    QVERIFY(archive->read(first, 0, std::as_writable_bytes(std::span<char>(bytes))).has_value());
    QCOMPARE(bytes, std::string("start"));
    QVERIFY(archive->read(first, std::uint64_t(5) << 30, std::as_writable_bytes(std::span<char>(bytes))).has_value());
    QCOMPARE(bytes, std::string(5, '\0'));
    QVERIFY(archive->read(second, 0, std::as_writable_bytes(std::span<char>(bytes))).has_value());
    QCOMPARE(bytes, std::string("after"));
}

void tst_ZipArchive::brokenArchive_isRefused_data()
{
    using Change = std::function<void(ZipWriter &)>;
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const Change &change, const char *says) {
        for (const bool usesZip64 : {false, true}) {
            ZipWriter zip = twoEntries();
            zip.usesZip64 = usesZip64;
            change(zip);
            std::ostringstream stream;
            zip.write(stream);
            QTest::newRow((name + std::string(usesZip64 ? ", ZIP64" : "")).c_str())
                << stream.str() << QString::fromLatin1(says);
        }
    };
    constexpr std::int64_t Huge = std::int64_t(1) << 62;
    QTest::newRow("empty file") << std::string() << QStringLiteral("directory at its end");
    QTest::newRow("no archive") << std::string(100000, 'x') << QStringLiteral("directory at its end");
    row(
        "size past the end", [](ZipWriter &z) { z.entries[1].sizeError = 2000; }, "overlaps");
    row(
        "size into the directory", [](ZipWriter &z) { z.entries[1].sizeError = 100; }, "overlaps");
    row(
        "size into the next entry", [](ZipWriter &z) { z.entries[0].sizeError = 100; }, "overlaps");
    row(
        "offset past the end", [](ZipWriter &z) { z.entries[0].offsetError = 100000; }, "overlaps");
    row(
        "offset beside the header", [](ZipWriter &z) { z.entries[0].offsetError = 1; }, "does not lead to");
    row(
        "same place twice", [](ZipWriter &z) { z.entries[1].offsetError = -128; }, "overlaps");
    row(
        "same name twice", [](ZipWriter &z) { z.entries[1].name = "archive/data.pkl"; }, "twice");
    row(
        "other name in the entry", [](ZipWriter &z) { z.entries[1].localName = "archive/data/1"; }, "does not lead to");
    row(
        "shorter name in the entry", [](ZipWriter &z) { z.entries[1].localName = "a"; }, "does not lead to");
    row(
        "directory elsewhere", [](ZipWriter &z) { z.directoryOffsetError = -1; }, "malformed");
    row(
        "directory past the end", [](ZipWriter &z) { z.directoryOffsetError = 100000; }, "impossible size");
    row(
        "directory of many bytes", [](ZipWriter &z) { z.directorySizeError = 100000; }, "impossible size");
    row(
        "directory too short", [](ZipWriter &z) { z.directorySizeError = -1; }, "malformed");
    row(
        "more entries than there are", [](ZipWriter &z) { z.countError = 1; }, "its directory");
    row(
        "absurdly many entries", [](ZipWriter &z) { z.countError = 60000; }, "impossible size");
    const auto row64 = [&](const char *name, const Change &change, const char *says) {
        ZipWriter zip = twoEntries();
        zip.usesZip64 = true;
        change(zip);
        std::ostringstream stream;
        zip.write(stream);
        QTest::newRow(name) << stream.str() << QString::fromLatin1(says);
    };
    row64(
        "size of 2^62", [](ZipWriter &z) { z.entries[1].sizeError = Huge; }, "overlaps");
    row64(
        "size of -1", [](ZipWriter &z) { z.entries[1].sizeError = -1001; }, "overlaps");
    row64(
        "offset of 2^62", [](ZipWriter &z) { z.entries[1].offsetError = Huge; }, "overlaps");
    row64(
        "directory at 2^62", [](ZipWriter &z) { z.directoryOffsetError = Huge; }, "impossible size");
    row64(
        "directory of 2^62 bytes", [](ZipWriter &z) { z.directorySizeError = Huge; }, "impossible size");
    row64(
        "2^62 entries", [](ZipWriter &z) { z.countError = Huge; }, "impossible size");
}

void tst_ZipArchive::brokenArchive_isRefused()
{
    QFETCH(std::string, bytes);
    QFETCH(QString, says);
    put(bytes);
    const auto read = contents(path());
    QVERIFY(!read.has_value());
    QVERIFY(read.error().code == core::ErrorCode::CorruptFile);
    const QString message = QString::fromStdString(read.error().message.english());
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY2(message.contains(QString::fromStdString(path().string())), qPrintable(message));
}

void tst_ZipArchive::compressedAndEncrypted_areNamed()
{
    for (const bool isEncrypted : {false, true}) {
        ZipWriter zip = twoEntries();
        (isEncrypted ? zip.entries[1].flags : zip.entries[1].method) = isEncrypted ? 0x0809 : 8;
        zip.write(path());
        const auto read = contents(path());
        QVERIFY(!read.has_value());
        QVERIFY(read.error().code == core::ErrorCode::UnsupportedFormat);
        QVERIFY2(read.error().message.english().find("compressed or encrypted") != std::string::npos,
                 read.error().message.english().c_str());
    }
}

void tst_ZipArchive::anyTruncation_isRefused()
{
    for (const bool usesZip64 : {false, true}) {
        ZipWriter zip = twoEntries();
        zip.usesZip64 = usesZip64;
        std::ostringstream stream;
        zip.write(stream);
        for (std::size_t length = 0; length < stream.str().size(); ++length) {
            put(stream.str().substr(0, length));
            QVERIFY2(!contents(path()).has_value(), std::to_string(length).c_str());
        }
    }
}

void tst_ZipArchive::anyFlippedByte_isHandled()
{
    for (const bool usesZip64 : {false, true}) {
        ZipWriter zip;
        zip.add("archive/data.pkl", "hello");
        zip.add("archive/data/0", "0123456789");
        zip.usesZip64 = usesZip64;
        std::ostringstream stream;
        zip.write(stream);
        const std::string whole = stream.str();
        int refused = 0;
        for (std::size_t at = 0; at < whole.size(); ++at) {
            for (int bit = 0; bit < 8; ++bit) {
                std::string damaged = whole;
                damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
                put(damaged);
                const auto read = contents(path());
                refused += read ? 0 : 1;
                QVERIFY(read.has_value() || !read.error().message.english().empty());
            }
        }
        QVERIFY(refused > 300);
    }
}

QTEST_APPLESS_MAIN(tst_ZipArchive)
#include "tst_ZipArchive.moc"
