// SPDX-License-Identifier: Apache-2.0
#include "storage/ImageFiles.h"
#include "storage/MaskFiles.h"

#include "storage/IoFiles.h"

#include <QtGui/QImage>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using core::PixelType;

namespace
{

/// 16 x 8 blocks of 8 x 8 pixels each, so that JPEG keeps them exactly enough: black, then 60, 120, 180, ...
QImage blocks(int columns, int rows)
{
    QImage image(columns * 8, rows * 8, QImage::Format_Grayscale8);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.scanLine(y)[x] = static_cast<uchar>(40 * (x / 8 + columns * (y / 8)));
    return image;
}

/// Puts an EXIF segment with this orientation behind the start mark.
QByteArray withOrientation(const QByteArray &jpeg, int orientation)
{
    QByteArray tiff("MM\0*\0\0\0\x08", 8);
    tiff += QByteArray("\0\x01\x01\x12\0\x03\0\0\0\x01\0", 11);
    tiff += static_cast<char>(orientation);
    tiff += QByteArray("\0\0\0\0\0\0", 6);
    const QByteArray payload = QByteArray("Exif\0\0", 6) + tiff;
    const qsizetype length = payload.size() + 2;
    QByteArray segment("\xff\xe1");
    segment += static_cast<char>(length / 256);
    segment += static_cast<char>(length % 256);
    return jpeg.left(2) + segment + payload + jpeg.mid(2);
}

/// Where the stored pixel (x, y) of a w x h image is shown, by the EXIF 2.3 table.
QPoint shownAt(int orientation, int x, int y, int w, int h)
{
    switch (orientation) {
    case 2:
        return {w - 1 - x, y};
    case 3:
        return {w - 1 - x, h - 1 - y};
    case 4:
        return {x, h - 1 - y};
    case 5:
        return {y, x};
    case 6:
        return {h - 1 - y, x};
    case 7:
        return {h - 1 - y, w - 1 - x};
    case 8:
        return {y, w - 1 - x};
    default:
        return {x, y};
    }
}

} // namespace

class TestImageFilesRaster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void png_keepsDepthAndChannels_data();
    void png_keepsDepthAndChannels();
    void exifOrientation_isAppliedAndReported_data();
    void exifOrientation_isAppliedAndReported();
    void palette_becomesGreyOrColour();
    void oneBit_becomesGrey();
    void cmykJpeg_becomesRgb();
    void otherFormats_areRead_data();
    void otherFormats_areRead();
    void wrongExtension_isReadByContent();
    void looksLikeImage_data();
    void looksLikeImage();
    void frames_outOfRangeAreRefused();
};

void TestImageFilesRaster::png_keepsDepthAndChannels_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("type");
    for (const int channels : {1, 3, 4}) {
        QTest::addRow("%d x 8 bit", channels) << channels << static_cast<int>(PixelType::UInt8);
        QTest::addRow("%d x 16 bit", channels) << channels << static_cast<int>(PixelType::UInt16);
    }
}

void TestImageFilesRaster::png_keepsDepthAndChannels()
{
    QFETCH(int, channels);
    QFETCH(int, type);
    const QTemporaryDir folder;
    const auto file = in(folder, "pattern.png");
    const core::ImageData image = patternImage(37, 23, channels, static_cast<PixelType>(type));
    IO_OK(storage::writeImagePng(image, file));

    const auto info = storage::probeImage(file);
    IO_OK(info);
    QCOMPARE(info->format, std::string("png"));
    QCOMPARE(info->width, 37);
    QCOMPARE(info->height, 23);
    QCOMPARE(info->channels, channels);
    QCOMPARE(info->bitsPerSample, image.type == PixelType::UInt8 ? 8 : 16);
    QCOMPARE(info->frameCount, 1);
    QVERIFY(!info->isVolume);

    const auto read = storage::readImage(file);
    IO_OK(read);
    QCOMPARE(read->channels, channels);
    QVERIFY(read->type == image.type);
    QVERIFY(read->bytes == image.bytes);
    QVERIFY(!read->geometry.hasSpacing);
}

void TestImageFilesRaster::exifOrientation_isAppliedAndReported_data()
{
    QTest::addColumn<int>("orientation");
    for (int i = 1; i <= 8; ++i)
        QTest::addRow("orientation %d", i) << i;
}

void TestImageFilesRaster::exifOrientation_isAppliedAndReported()
{
    QFETCH(int, orientation);
    const QTemporaryDir folder;
    const auto file = in(folder, "camera.jpg");
    const QImage stored = blocks(3, 2);
    writeBytes(file, withOrientation(encoded(stored, "jpg", 100), orientation));

    const bool isTurned = orientation >= 5;
    const auto info = storage::probeImage(file);
    IO_OK(info);
    QCOMPARE(info->exifOrientation, orientation);
    QCOMPARE(info->width, isTurned ? 16 : 24);
    QCOMPARE(info->height, isTurned ? 24 : 16);
    QCOMPARE(info->channels, 1);
    const auto read = storage::readImage(file);
    IO_OK(read);
    QCOMPARE(read->width, info->width);
    QCOMPARE(read->height, info->height);
    for (int y = 0; y < stored.height(); ++y) {
        for (int x = 0; x < stored.width(); ++x) {
            const QPoint at = shownAt(orientation, x, y, stored.width(), stored.height());
            QVERIFY(std::abs(read->stored(at.x(), at.y()) - stored.constScanLine(y)[x]) <= 2.0);
        }
    }
}

void TestImageFilesRaster::palette_becomesGreyOrColour()
{
    const QTemporaryDir folder;
    QImage image(4, 4, QImage::Format_Indexed8);
    image.setColorTable({qRgb(10, 10, 10), qRgb(200, 200, 200)});
    image.fill(0);
    image.setPixel(1, 2, 1);
    const auto grey = in(folder, "grey.png");
    writeBytes(grey, encoded(image, "png"));
    auto read = storage::readImage(grey);
    IO_OK(read);
    QCOMPARE(read->channels, 1);
    QCOMPARE(read->stored(1, 2), 200.0);
    QCOMPARE(read->stored(0, 0), 10.0);
    QCOMPARE(storage::probeImage(grey)->channels, 1);

    image.setColorTable({qRgb(10, 20, 30), qRgb(200, 100, 50)});
    const auto colour = in(folder, "colour.png");
    writeBytes(colour, encoded(image, "png"));
    read = storage::readImage(colour);
    IO_OK(read);
    QCOMPARE(read->channels, 3);
    QCOMPARE(read->stored(1, 2, 0), 200.0);
    QCOMPARE(read->stored(1, 2, 1), 100.0);
    QCOMPARE(read->stored(0, 0, 2), 30.0);
    QCOMPARE(storage::probeImage(colour)->channels, 3);

    image.setColorTable({qRgba(10, 20, 30, 0), qRgb(200, 100, 50)});
    const auto clear = in(folder, "clear.png");
    writeBytes(clear, encoded(image, "png"));
    read = storage::readImage(clear);
    IO_OK(read);
    QCOMPARE(read->channels, 4);
    QCOMPARE(read->stored(0, 0, 3), 0.0);
}

void TestImageFilesRaster::oneBit_becomesGrey()
{
    const QTemporaryDir folder;
    QImage image(20, 3, QImage::Format_Mono);
    image.setColorTable({qRgb(0, 0, 0), qRgb(255, 255, 255)});
    image.fill(0);
    image.setPixel(13, 1, 1);
    for (const char *format : {"png", "tiff", "bmp"}) {
        const auto file = in(folder, format);
        writeBytes(file, encoded(image, format));
        const auto read = storage::readImage(file);
        IO_OK(read);
        QCOMPARE(read->channels, 1);
        QCOMPARE(read->stored(13, 1), 255.0);
        QCOMPARE(read->stored(12, 1), 0.0);
    }
}

void TestImageFilesRaster::cmykJpeg_becomesRgb()
{
    const QTemporaryDir folder;
    const auto file = in(folder, "print.jpg");
    writeBytes(
        file,
        QByteArray::fromBase64(
            "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYI"
            "CwwLCgwJCgoK/8AAFAgACAAQBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMF"
            "BQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldY"
            "WVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn"
            "6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9/K/n/r+f+v38r+AOv7/K/v8AKK//2Q=="));
    const auto info = storage::probeImage(file);
    IO_OK(info);
    QCOMPARE(info->channels, 3);
    const auto read = storage::readImage(file);
    IO_OK(read);
    QCOMPARE(read->channels, 3);
    // The left half is full magenta and yellow, which is red; the right one cyan.
    QVERIFY(read->stored(2, 2, 0) > 240 && read->stored(2, 2, 1) < 15 && read->stored(2, 2, 2) < 15);
    QVERIFY(read->stored(12, 2, 0) < 15 && read->stored(12, 2, 1) > 240 && read->stored(12, 2, 2) > 240);
}

void TestImageFilesRaster::otherFormats_areRead_data()
{
    QTest::addColumn<QByteArray>("format");
    for (const char *format : {"png", "jpg", "tiff", "bmp", "webp"})
        QTest::newRow(format) << QByteArray(format);
}

void TestImageFilesRaster::otherFormats_areRead()
{
    QFETCH(QByteArray, format);
    const QTemporaryDir folder;
    const auto file = in(folder, ("image." + format).constData());
    QImage image(48, 32, QImage::Format_RGB888);
    image.fill(QColor(200, 100, 50));
    writeBytes(file, encoded(image, format.constData(), 100));
    const auto info = storage::probeImage(file);
    IO_OK(info);
    QCOMPARE(info->format, format == "jpg" ? std::string("jpeg") : format.toStdString());
    const auto read = storage::readImage(file);
    IO_OK(read);
    QCOMPARE(read->channels, 3);
    QCOMPARE(read->width, 48);
    QCOMPARE(read->height, 32);
    QVERIFY(std::abs(read->stored(20, 20, 0) - 200.0) <= 4.0);
    QVERIFY(std::abs(read->stored(20, 20, 2) - 50.0) <= 4.0);
}

void TestImageFilesRaster::wrongExtension_isReadByContent()
{
    const QTemporaryDir folder;
    const core::ImageData image = patternImage(9, 7, 1, PixelType::UInt16);
    const auto file = in(folder, "really_png.jpg");
    IO_OK(storage::writeImagePng(image, file));
    const auto info = storage::probeImage(file);
    IO_OK(info);
    QCOMPARE(info->format, std::string("png"));
    const auto read = storage::readImage(file);
    IO_OK(read);
    QVERIFY(read->bytes == image.bytes);
}

void TestImageFilesRaster::looksLikeImage_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("expected");
    for (const char *name : {"a.png", "b.JPG", "c.jpeg", "d.tif", "e.TIFF", "f.bmp", "g.webp", "h.dcm", "i.nii",
                             "j.nii.gz", "k.nrrd", "l.nhdr"})
        QTest::newRow(name) << QByteArray(name) << QByteArray("x") << true;
    for (const char *name : {"a.txt", "b.pdf", "c", "d.gz", "e.xlsx"})
        QTest::newRow(name) << QByteArray(name) << QByteArray("some text") << false;
    QTest::newRow("DICOM without extension") << QByteArray("IM0001") << QByteArray(128, '\0') + "DICM" << true;
    QTest::newRow("DICOMDIR") << QByteArray("DICOMDIR") << QByteArray(128, '\0') + "DICM" << false;
}

void TestImageFilesRaster::looksLikeImage()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, bytes);
    QFETCH(bool, expected);
    const QTemporaryDir folder;
    const auto file = in(folder, name.constData());
    writeBytes(file, bytes);
    QCOMPARE(storage::looksLikeImage(file), expected);
}

void TestImageFilesRaster::frames_outOfRangeAreRefused()
{
    const QTemporaryDir folder;
    const auto file = in(folder, "one.png");
    IO_OK(storage::writeImagePng(patternImage(4, 4, 1, PixelType::UInt8), file));
    IO_EXPECT_ERROR(storage::readImage(file, 1), ErrorCode::InvalidArgument, "one.png");
    IO_EXPECT_ERROR(storage::readImage(file, -1), ErrorCode::InvalidArgument, "one.png");
    IO_EXPECT_ERROR(storage::readVolume(file), ErrorCode::UnsupportedFormat, "one.png", "volume");
}

QTEST_GUILESS_MAIN(TestImageFilesRaster)
#include "tst_ImageFilesRaster.moc"
