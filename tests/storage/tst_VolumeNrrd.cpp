// SPDX-License-Identifier: Apache-2.0
#include "storage/ImageFiles.h"

#include "storage/IoFiles.h"

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using core::PixelType;

class TestVolumeNrrd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nrrd_isRead_data();
    void nrrd_isRead();
    void nrrd_detachedDataIsRead();
    void nrrd_unsupportedIsNamed_data();
    void nrrd_unsupportedIsNamed();
};

void TestVolumeNrrd::nrrd_isRead_data()
{
    QTest::addColumn<QByteArray>("space");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<int>("signX");
    QTest::addColumn<int>("signY");
    QTest::newRow("LPS raw") << QByteArray("left-posterior-superior") << QByteArray("raw") << 1 << 1;
    QTest::newRow("RAS gzip") << QByteArray("right-anterior-superior") << QByteArray("gzip") << -1 << -1;
    QTest::newRow("LAS ascii") << QByteArray("LAS") << QByteArray("ascii") << 1 << -1;
}

void TestVolumeNrrd::nrrd_isRead()
{
    QFETCH(QByteArray, space);
    QFETCH(QByteArray, encoding);
    QFETCH(int, signX);
    QFETCH(int, signY);
    QByteArray data;
    for (int i = 0; i < 24; ++i) {
        const auto value = static_cast<std::int16_t>(i * 100 - 700);
        data += encoding == "ascii" ? QByteArray::number(value) + " "
                                    : QByteArray(reinterpret_cast<const char *>(&value), 2);
    }
    const QByteArray header =
        "NRRD0004\n# a comment\ntype: short\ndimension: 3\nspace: " + space
        + "\nsizes: 2 3 4\nspace directions: (2,0,0) (0,3,0) (0, 0, 4)\nkinds: domain domain domain\n"
          "endian: little\nencoding: "
        + encoding + "\nspace origin: (10,20,30)\nkey:=value\n\n";
    const QTemporaryDir folder;
    const auto file = in(folder, "volume.nrrd");
    writeBytes(file, header + (encoding == "gzip" ? gzipped(data) : data));
    const auto info = storage::probeImage(file);
    IO_OK(info);
    QCOMPARE(info->format, std::string("nrrd"));
    QCOMPARE(info->width, 2);
    QCOMPARE(info->height, 3);
    QCOMPARE(info->frameCount, 4);
    QCOMPARE(info->geometry.spacing, (std::array<double, 3>{2, 3, 4}));
    QCOMPARE(info->geometry.origin, (std::array<double, 3>{10.0 * signX, 20.0 * signY, 30}));
    QCOMPARE(info->geometry.direction[0], double(signX));
    QCOMPARE(info->geometry.direction[4], double(signY));
    const auto slice = storage::readImage(file, 3);
    IO_OK(slice);
    QVERIFY(slice->type == PixelType::Int16);
    QCOMPARE(slice->stored(1, 2), 23 * 100.0 - 700);
    QCOMPARE(slice->stored(0, 0), 18 * 100.0 - 700);
    // A file cut in the middle of its voxels.
    const QByteArray bytes = readBytes(file);
    writeBytes(file, bytes.left(bytes.size() - 15));
    IO_EXPECT_ERROR(storage::readVolume(file), ErrorCode::CorruptFile, "volume.nrrd");
}

void TestVolumeNrrd::nrrd_detachedDataIsRead()
{
    const QTemporaryDir folder;
    const auto file = in(folder, "volume.nhdr");
    writeBytes(file, "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 2 2 2\nspacings: 0.5 0.5 2\nencoding: raw\ndata "
                     "file: volume.raw\n");
    IO_EXPECT_ERROR(storage::probeImage(file), ErrorCode::NotFound, "volume.nhdr", "volume.raw");
    writeBytes(in(folder, "volume.raw"), QByteArray("\1\2\3\4\5\6\7\x08", 8));
    const auto slice = storage::readImage(file, 1);
    IO_OK(slice);
    QCOMPARE(slice->stored(1, 1), 8.0);
    QVERIFY(slice->geometry.hasSpacing);
    QVERIFY(!slice->geometry.hasPosition);
    QCOMPARE(slice->geometry.spacing[2], 2.0);
}

void TestVolumeNrrd::nrrd_unsupportedIsNamed_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("word");
    const QByteArray rest = "encoding: raw\nendian: little\n\n0123456789012345678901234567890123456789";
    QTest::newRow("4 dimensions") << QByteArray("type: uchar\ndimension: 4\nsizes: 3 2 2 2\n") + rest
                                  << QByteArray("4 dimensions");
    QTest::newRow("vectors") << QByteArray("type: uchar\ndimension: 3\nsizes: 3 2 2\nkinds: vector domain domain\n")
                                    + rest
                             << QByteArray("vector");
    QTest::newRow("type") << QByteArray("type: block\ndimension: 3\nsizes: 3 2 2\n") + rest << QByteArray("block");
    QTest::newRow("bzip2") << QByteArray("type: uchar\ndimension: 3\nsizes: 3 2 2\nencoding: bzip2\n\nxxxxxxxxxxxxxxxx")
                           << QByteArray("bzip2");
    QTest::newRow("several files") << QByteArray(
        "type: uchar\ndimension: 3\nsizes: 3 2 2\ndata file: a%d.raw 1 2 1\nencoding: raw\n\n")
                                   << QByteArray("several data files");
}

void TestVolumeNrrd::nrrd_unsupportedIsNamed()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, word);
    const QTemporaryDir folder;
    const auto file = in(folder, "other.nrrd");
    writeBytes(file, "NRRD0004\n" + fields);
    IO_EXPECT_ERROR(storage::probeImage(file), ErrorCode::UnsupportedFormat, "other.nrrd", word.constData());
}

QTEST_GUILESS_MAIN(TestVolumeNrrd)
#include "tst_VolumeNrrd.moc"
