// SPDX-License-Identifier: Apache-2.0
#include "storage/ImageFiles.h"

#include "storage/IoFiles.h"

#include <QRegularExpression>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;

class TestImageFilesDamaged : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void truncated_isRefusedWhereverItEnds_data();
    void truncated_isRefusedWhereverItEnds();
    void damaged_neverCrashes_data();
    void damaged_neverCrashes();
    void largePng_isRefusedAsSmallOnesAre();
};

void TestImageFilesDamaged::truncated_isRefusedWhereverItEnds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    QImage image(120, 90, QImage::Format_RGB888);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixelColor(x, y, QColor((x * 7) % 256, (y * 5) % 256, (x * y) % 256));
    QTest::newRow("png") << encoded(image, "png") << QStringLiteral("cut.png");
    QTest::newRow("jpeg") << encoded(image, "jpg", 90) << QStringLiteral("cut.jpg");
    QTest::newRow("progressive jpeg") << encoded(image.convertToFormat(QImage::Format_Grayscale8), "jpg", 90)
                                      << QStringLiteral("cut_grey.jpg");
    QTest::newRow("tiff") << encoded(image, "tiff") << QStringLiteral("cut.tif");
    QTest::newRow("bmp") << encoded(image, "bmp") << QStringLiteral("cut.bmp");
    QTest::newRow("webp") << encoded(image, "webp", 90) << QStringLiteral("cut.webp");
}

void TestImageFilesDamaged::truncated_isRefusedWhereverItEnds()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, name);
    const QTemporaryDir folder;
    const QByteArray word = name.toLocal8Bit();
    const auto file = in(folder, word.constData());
    QVERIFY(bytes.size() > 100);
    for (int percent = 1; percent < 100; percent += 3) {
        writeBytes(file, bytes.left(bytes.size() * percent / 100));
        IO_EXPECT_ERROR(storage::readImage(file), ErrorCode::CorruptFile, word.constData());
    }
    writeBytes(file, bytes.left(bytes.size() - 2));
    IO_EXPECT_ERROR(storage::readImage(file), ErrorCode::CorruptFile, word.constData());
    writeBytes(file, bytes);
    IO_OK(storage::readImage(file));
}

void TestImageFilesDamaged::damaged_neverCrashes_data()
{
    truncated_isRefusedWhereverItEnds_data();
}

void TestImageFilesDamaged::damaged_neverCrashes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, name);
    const QTemporaryDir folder;
    const auto file = in(folder, qPrintable(name));
    std::uint32_t state = 12345;
    for (int round = 0; round < 60; ++round) {
        QByteArray damaged = bytes;
        for (int i = 0; i < 4; ++i) {
            state = state * 1664525U + 1013904223U;
            const bool hitsHeader = round % 2 == 0;
            damaged[(state >> 8) % static_cast<std::uint32_t>(hitsHeader ? 64 : bytes.size())] =
                static_cast<char>(state);
        }
        writeBytes(file, damaged);
        const auto info = storage::probeImage(file);
        const auto image = storage::readImage(file);
        if (!info)
            QVERIFY2(isSentence(info.error().message.english()), info.error().message.english().c_str());
        if (!image)
            QVERIFY2(isSentence(image.error().message.english()), image.error().message.english().c_str());
        else
            QCOMPARE(image->bytes.size(), image->sampleCount() * core::bytesPerSample(image->type));
    }
}

/// Its sums are checked piece by piece.
void TestImageFilesDamaged::largePng_isRefusedAsSmallOnesAre()
{
    constexpr int Side = 2400;
    QImage noise(Side, Side, QImage::Format_Grayscale8);
    std::uint32_t state = 1;
    for (int y = 0; y < Side; ++y)
        for (int x = 0; x < Side; ++x) {
            state = state * 1664525U + 1013904223U;
            noise.scanLine(y)[x] = static_cast<uchar>(state >> 24);
        }
    const QByteArray bytes = encoded(noise, "png");
    QVERIFY(bytes.size() > (4 << 20));
    const QTemporaryDir folder;
    const auto file = in(folder, "large.png");
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
    writeBytes(file, bytes.left(bytes.size() * 6 / 10));
    IO_EXPECT_ERROR(storage::readImage(file), ErrorCode::CorruptFile, "cut off");
    QByteArray damaged = bytes;
    damaged[bytes.size() / 2] = static_cast<char>(damaged[bytes.size() / 2] ^ 1);
    writeBytes(file, damaged);
    IO_EXPECT_ERROR(storage::readImage(file), ErrorCode::CorruptFile, "damaged PNG");
    writeBytes(file, bytes);
    const auto image = storage::readImage(file);
    IO_OK(image);
    for (int y = 0; y < Side; ++y)
        QCOMPARE(std::memcmp(image->bytes.data() + static_cast<std::size_t>(y) * Side, noise.constScanLine(y), Side),
                 0);
}

QTEST_GUILESS_MAIN(TestImageFilesDamaged)
#include "tst_ImageFilesDamaged.moc"
