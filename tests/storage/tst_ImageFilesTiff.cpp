// SPDX-License-Identifier: Apache-2.0
#include "storage/ImageFiles.h"

#include "storage/IoFiles.h"

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;

class TestImageFilesTiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tiff_keepsDepth_data();
    void tiff_keepsDepth();
    void tiff_keepsSignsAndFloats_data();
    void tiff_keepsSignsAndFloats();
    void tiff_pagesAreFrames();
};

void TestImageFilesTiff::tiff_keepsDepth_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    QTest::newRow("grey 8") << static_cast<int>(QImage::Format_Grayscale8) << 1 << 8;
    QTest::newRow("grey 16") << static_cast<int>(QImage::Format_Grayscale16) << 1 << 16;
    QTest::newRow("rgb 8") << static_cast<int>(QImage::Format_RGB888) << 3 << 8;
    QTest::newRow("rgb 16") << static_cast<int>(QImage::Format_RGBX64) << 3 << 16;
    QTest::newRow("rgba 16") << static_cast<int>(QImage::Format_RGBA64) << 4 << 16;
}

void TestImageFilesTiff::tiff_keepsDepth()
{
    QFETCH(int, format);
    QFETCH(int, channels);
    QFETCH(int, bits);
    const QTemporaryDir folder;
    const auto file = in(folder, "pattern.tif");
    QImage image(31, 17, static_cast<QImage::Format>(format));
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const auto value = static_cast<ushort>(x * 2000 + 7);
            if (image.format() == QImage::Format_Grayscale16)
                reinterpret_cast<ushort *>(image.scanLine(y))[x] = value;
            else
                image.setPixelColor(x, y, QColor::fromRgba64(value, value, value, 65535));
        }
    writeBytes(file, encoded(image, "tiff"));
    const auto info = storage::probeImage(file);
    IO_OK(info);
    QCOMPARE(info->channels, channels);
    QCOMPARE(info->bitsPerSample, bits);
    const auto read = storage::readImage(file);
    IO_OK(read);
    QCOMPARE(read->channels, channels);
    for (int x = 0; x < 31; ++x)
        QCOMPARE(read->stored(x, 5), bits == 16 ? x * 2000 + 7.0 : double(qGray(image.pixel(x, 5))));
}

void TestImageFilesTiff::tiff_keepsSignsAndFloats_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("format");
    QTest::newRow("signed 16") << 16 << 2;
    QTest::newRow("unsigned 32") << 32 << 1;
    QTest::newRow("signed 32") << 32 << 2;
    QTest::newRow("float 32") << 32 << 3;
}

void TestImageFilesTiff::tiff_keepsSignsAndFloats()
{
    QFETCH(int, bits);
    QFETCH(int, format);
    // The smallest TIFF there is: header, pixels, one directory.
    const std::vector<double> values{-1000.0, -1.0, 0.0, 1.0, 1234.0, 20000.0};
    QByteArray pixels;
    const auto add = [&](auto value) { pixels.append(reinterpret_cast<const char *>(&value), sizeof(value)); };
    for (const double value : values) {
        if (format == 3)
            add(static_cast<float>(value));
        else if (bits == 16)
            add(static_cast<std::int16_t>(value));
        else if (format == 2)
            add(static_cast<std::int32_t>(value));
        else
            add(static_cast<std::uint32_t>(std::abs(value)));
    }
    QByteArray directory;
    const auto entry = [&](int tag, int type, int value) {
        const std::uint16_t head[2] = {static_cast<std::uint16_t>(tag), static_cast<std::uint16_t>(type)};
        const std::uint32_t body[2] = {1, static_cast<std::uint32_t>(value)};
        directory.append(reinterpret_cast<const char *>(head), 4);
        directory.append(reinterpret_cast<const char *>(body), 8);
    };
    entry(256, 3, 3);
    entry(257, 3, 2);
    entry(258, 3, bits);
    entry(259, 3, 1);
    entry(262, 3, 1);
    entry(273, 4, 8);
    entry(277, 3, 1);
    entry(278, 3, 2);
    entry(279, 4, static_cast<int>(pixels.size()));
    entry(339, 3, format);
    const std::uint32_t at = 8 + static_cast<std::uint32_t>(pixels.size());
    QByteArray tiff("II*\0", 4);
    tiff.append(reinterpret_cast<const char *>(&at), 4);
    tiff += pixels + QByteArray("\x0a\0", 2) + directory + QByteArray(4, '\0');

    const QTemporaryDir folder;
    const auto file = in(folder, "depth.tif");
    writeBytes(file, tiff);
    const auto info = storage::probeImage(file);
    IO_OK(info);
    QCOMPARE(info->channels, 1);
    QCOMPARE(info->bitsPerSample, bits);
    const auto read = storage::readImage(file);
    IO_OK(read);
    QCOMPARE(read->width, 3);
    QCOMPARE(read->height, 2);
    for (int i = 0; i < 6; ++i) {
        const double expected = values[static_cast<std::size_t>(i)];
        QCOMPARE(read->value(i % 3, i / 3), format == 1 ? std::abs(expected) : expected);
    }
    for (const int missing : {1, 10, static_cast<int>(directory.size())}) {
        writeBytes(file, tiff.left(tiff.size() - 4 - missing));
        QVERIFY(!storage::readImage(file).has_value());
    }
}

void TestImageFilesTiff::tiff_pagesAreFrames()
{
    const QTemporaryDir folder;
    const auto file = in(folder, "pages.tif");
    QByteArray pixels;
    for (int i = 0; i < 3 * 4; ++i)
        pixels += static_cast<char>(10 * i);
    // Three pages of 2 x 2 pixels, chained directories.
    QByteArray tiff("II*\0", 4);
    const auto number = [&](std::uint32_t value) { tiff.append(reinterpret_cast<const char *>(&value), 4); };
    number(8 + 12);
    tiff += pixels;
    constexpr std::uint32_t DirectoryBytes = 2 + 8 * 12 + 4;
    for (std::uint32_t page = 0; page < 3; ++page) {
        tiff += QByteArray("\x08\0", 2);
        const auto entry = [&](std::uint32_t tag, std::uint32_t value) {
            number(tag | 4U << 16);
            number(1);
            number(value);
        };
        entry(256, 2);
        entry(257, 2);
        entry(258, 8);
        entry(259, 1);
        entry(262, 1);
        entry(273, 8 + 4 * page);
        entry(278, 2);
        entry(279, 4);
        number(page == 2 ? 0 : 20 + DirectoryBytes * (page + 1));
    }
    writeBytes(file, tiff);
    const auto info = storage::probeImage(file);
    IO_OK(info);
    QCOMPARE(info->frameCount, 3);
    QVERIFY(!info->isVolume);
    for (int page = 0; page < 3; ++page) {
        const auto read = storage::readImage(file, page);
        IO_OK(read);
        QCOMPARE(read->stored(1, 1), 10.0 * (4 * page + 3));
    }
    IO_EXPECT_ERROR(storage::readImage(file, 3), ErrorCode::InvalidArgument, "pages.tif", "page 4");
}

QTEST_GUILESS_MAIN(TestImageFilesTiff)
#include "tst_ImageFilesTiff.moc"
