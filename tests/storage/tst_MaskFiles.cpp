// SPDX-License-Identifier: Apache-2.0
#include "storage/ImageFiles.h"
#include "storage/MaskFiles.h"

#include "storage/IoFiles.h"

#include <algorithm>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using core::LabelValue;

namespace
{

core::LabelMask maskOf(int width, int height, const std::vector<LabelValue> &values)
{
    core::LabelMask mask(width, height, core::Background);
    for (int y = 0; y < height; ++y) {
        std::vector<LabelValue> row;
        for (int x = 0; x < width; ++x)
            row.push_back(values[static_cast<std::size_t>(x * 7 + y * 3) % values.size()]);
        mask.writeRow(0, y, width, row.data());
    }
    return mask;
}

QImage greyOf(const std::vector<int> &values)
{
    QImage image(static_cast<int>(values.size()), 2, QImage::Format_Grayscale8);
    for (int y = 0; y < 2; ++y)
        for (std::size_t x = 0; x < values.size(); ++x)
            image.scanLine(y)[x] = static_cast<uchar>(values[x]);
    return image;
}

std::vector<LabelValue> firstRow(const storage::MaskFile &file)
{
    std::vector<LabelValue> row(static_cast<std::size_t>(file.slices.front().width()));
    file.slices.front().readRow(0, 0, file.slices.front().width(), row.data());
    return row;
}

} // namespace

class TestMaskFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void maskPng_roundTrips_data();
    void maskPng_roundTrips();
    void maskPng_isIndexedWithClassColours();
    void maskPng_isGrey16ForLargeIds();
    void binary_meansTheOnlyClass_data();
    void binary_meansTheOnlyClass();
    void class255_isItself();
    void oneBit_meansTheOnlyClass();
    void vocPalette_indexIsTheId();
    void greyTiffAndBmp_valueIsTheId();
    void unknownValues_areNamed();
    void colourMask_isRefused();
    void equalChannels_areAccepted();
    void lossyMask_isRefused();
    void overlay_blendsClassColours();
    void writers_nameTheFileWhenTheyFail();
};

void TestMaskFiles::maskPng_roundTrips_data()
{
    QTest::addColumn<QList<int>>("ids");
    QTest::addColumn<QList<int>>("values");
    QTest::newRow("background only") << QList<int>{1} << QList<int>{0};
    QTest::newRow("one class") << QList<int>{1} << QList<int>{0, 1};
    QTest::newRow("one class, nothing annotated") << QList<int>{1} << QList<int>{65535};
    QTest::newRow("one class, partly annotated") << QList<int>{1} << QList<int>{0, 1, 65535};
    QTest::newRow("only void and background") << QList<int>{1} << QList<int>{0, 65535};
    QTest::newRow("three classes") << QList<int>{1, 2, 7} << QList<int>{0, 1, 2, 7, 65535};
    QTest::newRow("254 is the last 8-bit id") << QList<int>{1, 254} << QList<int>{0, 1, 254, 65535};
    QTest::newRow("255 needs 16 bit") << QList<int>{1, 255} << QList<int>{0, 1, 255, 65535};
    QTest::newRow("large ids") << QList<int>{300, 65534} << QList<int>{0, 300, 65534, 65535};
}

void TestMaskFiles::maskPng_roundTrips()
{
    QFETCH(QList<int>, ids);
    QFETCH(QList<int>, values);
    std::vector<core::LabelClass> list;
    for (const int id : ids)
        list.push_back(
            {static_cast<LabelValue>(id), "c" + std::to_string(id), core::defaultColour(static_cast<LabelValue>(id))});
    const core::LabelSet classes(list);
    const core::LabelMask mask = maskOf(131, 70, std::vector<LabelValue>(values.begin(), values.end()));
    const QTemporaryDir folder;
    const auto file = in(folder, "mask.png");
    IO_OK(storage::writeMaskPng(mask, classes, file));
    const auto read = storage::readMask(file, classes);
    IO_OK(read);
    QCOMPARE(read->slices.size(), std::size_t(1));
    QVERIFY(!read->isVolume);
    QVERIFY(read->slices.front() == mask);
}

void TestMaskFiles::maskPng_isIndexedWithClassColours()
{
    const core::LabelSet classes({{3, "liver", {200, 10, 20}}, {5, "lesion", {1, 2, 250}}});
    const QTemporaryDir folder;
    const auto file = in(folder, "mask.png");
    IO_OK(storage::writeMaskPng(maskOf(5, 1, {0, 3, 5, core::NotAnnotated}), classes, file));
    const QByteArray bytes = readBytes(file);
    QCOMPARE(bytes.at(24), '\x08'); // bits
    QCOMPARE(bytes.at(25), '\x03'); // indexed
    QVERIFY(!bytes.contains("tRNS"));
    const QImage image(shown(file));
    QVERIFY(image.format() == QImage::Format_Indexed8);
    QCOMPARE(image.color(0), qRgb(0, 0, 0));
    QCOMPARE(image.color(3), qRgb(200, 10, 20));
    QCOMPARE(image.color(5), qRgb(1, 2, 250));
    QCOMPARE(image.pixelIndex(1, 0), 255); // x * 7 % 4 = 3, not annotated
    QCOMPARE(image.pixelIndex(2, 0), 5);
    QCOMPARE(image.pixelIndex(3, 0), 3);
    QCOMPARE(image.pixelIndex(4, 0), 0);
}

void TestMaskFiles::maskPng_isGrey16ForLargeIds()
{
    const core::LabelSet classes = classesOf({255, 1000});
    const QTemporaryDir folder;
    const auto file = in(folder, "mask.png");
    IO_OK(storage::writeMaskPng(maskOf(4, 1, {0, 1000, 255, core::NotAnnotated}), classes, file));
    const QByteArray bytes = readBytes(file);
    QCOMPARE(bytes.at(24), '\x10'); // bits
    QCOMPARE(bytes.at(25), '\x00'); // grey
    const auto plain = storage::readImage(file);
    IO_OK(plain);
    QCOMPARE(plain->stored(1, 0), 65535.0);
    QCOMPARE(plain->stored(2, 0), 255.0);
}

void TestMaskFiles::binary_meansTheOnlyClass_data()
{
    QTest::addColumn<QList<int>>("values");
    QTest::addColumn<QList<int>>("expected");
    QTest::newRow("0 and 255") << QList<int>{0, 255, 0} << QList<int>{0, 4, 0};
    QTest::newRow("all 255") << QList<int>{255, 255} << QList<int>{4, 4};
    QTest::newRow("all 0") << QList<int>{0, 0} << QList<int>{0, 0};
    QTest::newRow("the id itself") << QList<int>{0, 4} << QList<int>{0, 4};
}

void TestMaskFiles::binary_meansTheOnlyClass()
{
    QFETCH(QList<int>, values);
    QFETCH(QList<int>, expected);
    const QTemporaryDir folder;
    const QImage image = greyOf(std::vector<int>(values.begin(), values.end()));
    for (const char *format : {"png", "tiff", "bmp", "webp"}) {
        const auto file = in(folder, format);
        writeBytes(file, encoded(image, format, 100));
        const auto read = storage::readMask(file, classesOf({4}));
        if (qstrcmp(format, "webp") == 0 && !read)
            continue; // a lossy codec may change values, which is told, never guessed
        IO_OK(read);
        const auto row = firstRow(*read);
        QCOMPARE(QList<int>(row.begin(), row.end()), expected);
    }
}

void TestMaskFiles::class255_isItself()
{
    const QTemporaryDir folder;
    const auto file = in(folder, "mask.png");
    writeBytes(file, encoded(greyOf({0, 255}), "png"));
    const auto read = storage::readMask(file, classesOf({1, 255}));
    IO_OK(read);
    QCOMPARE(firstRow(*read).at(1), LabelValue(255));
    IO_EXPECT_ERROR(storage::readMask(file, classesOf({1, 2})), ErrorCode::UnknownValue, "mask.png", "255");
}

void TestMaskFiles::oneBit_meansTheOnlyClass()
{
    QImage image(9, 2, QImage::Format_Mono);
    image.setColorTable({qRgb(0, 0, 0), qRgb(255, 255, 255)});
    image.fill(0);
    image.setPixel(4, 0, 1);
    const QTemporaryDir folder;
    for (const char *format : {"png", "tiff", "bmp"}) {
        const auto file = in(folder, format);
        writeBytes(file, encoded(image, format));
        const auto read = storage::readMask(file, classesOf({1}));
        IO_OK(read);
        QCOMPARE(firstRow(*read).at(4), LabelValue(1));
        QCOMPARE(firstRow(*read).at(5), core::Background);
    }
}

void TestMaskFiles::vocPalette_indexIsTheId()
{
    QImage image(3, 1, QImage::Format_Indexed8);
    QList<QRgb> palette(256, qRgb(0, 0, 0));
    palette[1] = qRgb(128, 0, 0);
    palette[2] = qRgb(0, 128, 0);
    palette[255] = qRgb(224, 224, 192);
    image.setColorTable(palette);
    image.setPixel(0, 0, 1);
    image.setPixel(1, 0, 2);
    image.setPixel(2, 0, 255);
    const QTemporaryDir folder;
    const auto file = in(folder, "voc.png");
    writeBytes(file, encoded(image, "png"));
    const auto read = storage::readMask(file, classesOf({1, 2}));
    IO_OK(read);
    QCOMPARE(firstRow(*read), (std::vector<LabelValue>{1, 2, core::NotAnnotated}));
}

void TestMaskFiles::greyTiffAndBmp_valueIsTheId()
{
    const QTemporaryDir folder;
    for (const char *format : {"png", "tiff", "bmp"}) {
        const auto file = in(folder, format);
        writeBytes(file, encoded(greyOf({0, 2, 1, 9}), format));
        const auto read = storage::readMask(file, classesOf({1, 2, 9}));
        IO_OK(read);
        QCOMPARE(firstRow(*read), (std::vector<LabelValue>{0, 2, 1, 9}));
    }
}

void TestMaskFiles::unknownValues_areNamed()
{
    const QTemporaryDir folder;
    const auto file = in(folder, "odd.png");
    writeBytes(file, encoded(greyOf({0, 1, 17, 33}), "png"));
    IO_EXPECT_ERROR(storage::readMask(file, classesOf({1, 2})), ErrorCode::UnknownValue, "odd.png", "17, 33",
                    "1 class 1");
    IO_EXPECT_ERROR(storage::readMask(file, core::LabelSet()), ErrorCode::UnknownValue, "odd.png", "add classes");
}

void TestMaskFiles::colourMask_isRefused()
{
    QImage image(2, 1, QImage::Format_RGB888);
    image.setPixelColor(0, 0, QColor(255, 0, 0));
    image.setPixelColor(1, 0, QColor(0, 0, 0));
    const QTemporaryDir folder;
    const auto file = in(folder, "colours.png");
    writeBytes(file, encoded(image, "png"));
    IO_EXPECT_ERROR(storage::readMask(file, classesOf({1})), ErrorCode::UnsupportedFormat, "colours.png",
                    "indexed or grey");
}

void TestMaskFiles::equalChannels_areAccepted()
{
    QImage image(3, 1, QImage::Format_RGB888);
    for (int x = 0; x < 3; ++x)
        image.setPixelColor(x, 0, QColor(x, x, x));
    const QTemporaryDir folder;
    const auto file = in(folder, "equal.png");
    writeBytes(file, encoded(image, "png"));
    const auto read = storage::readMask(file, classesOf({1, 2}));
    IO_OK(read);
    QCOMPARE(firstRow(*read), (std::vector<LabelValue>{0, 1, 2}));
}

void TestMaskFiles::lossyMask_isRefused()
{
    const QTemporaryDir folder;
    const auto file = in(folder, "mask.jpg");
    writeBytes(file, encoded(greyOf({0, 255}), "jpg", 100));
    IO_EXPECT_ERROR(storage::readMask(file, classesOf({1})), ErrorCode::UnsupportedFormat, "mask.jpg", "JPEG", "PNG");
}

void TestMaskFiles::overlay_blendsClassColours()
{
    core::ImageData image = patternImage(2, 1, 1, core::PixelType::UInt8);
    image.bytes = {std::byte(100), std::byte(100)};
    const core::LabelSet classes({{1, "c", {200, 0, 50}}});
    const QTemporaryDir folder;
    const auto file = in(folder, "overlay.png");
    IO_OK(storage::writeOverlayPng(image, maskOf(2, 1, {1, 0}), classes, file, 0.5));
    const QImage read(shown(file));
    QCOMPARE(read.pixelColor(0, 0), QColor(150, 50, 75));
    QCOMPARE(read.pixelColor(1, 0), QColor(100, 100, 100));
    IO_EXPECT_ERROR(storage::writeOverlayPng(image, maskOf(3, 1, {1}), classes, file), ErrorCode::GeometryMismatch,
                    "overlay.png");
}

void TestMaskFiles::writers_nameTheFileWhenTheyFail()
{
    const QTemporaryDir folder;
    const auto file = in(folder, "no_such_folder/mask.png");
    const auto written = storage::writeMaskPng(maskOf(2, 2, {1}), classesOf({1}), file);
    IO_EXPECT_ERROR(written, ErrorCode::NotFound, "mask.png");
    IO_EXPECT_ERROR(storage::writeMaskPng(core::LabelMask(), classesOf({1}), in(folder, "empty.png")),
                    ErrorCode::InvalidArgument, "empty.png");
    IO_EXPECT_ERROR(storage::writeImagePng(patternImage(2, 2, 1, core::PixelType::Float32), in(folder, "float.png")),
                    ErrorCode::InvalidArgument, "float.png");
    QVERIFY(!std::filesystem::exists(in(folder, "float.png")));
}

QTEST_GUILESS_MAIN(TestMaskFiles)
#include "tst_MaskFiles.moc"
