// SPDX-License-Identifier: Apache-2.0
// PNG files of kinds that Qt's encoder does not write.
#include "storage/ImageFiles.h"
#include "storage/PngReader_p.h"

#include "storage/IoFiles.h"

#include <QtCore/QtEndian>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using core::PixelType;

namespace
{

enum ColourType : char { Grey = 0, Rgb = 2, GreyAlpha = 4, Rgba = 6 };

QByteArray bigEndian(std::uint32_t value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray chunk(const QByteArray &name, const QByteArray &data)
{
    const QByteArray summed = name + data;
    const uLong sum = crc32(0, reinterpret_cast<const Bytef *>(summed.constData()), static_cast<uInt>(summed.size()));
    return bigEndian(static_cast<std::uint32_t>(data.size())) + summed + bigEndian(static_cast<std::uint32_t>(sum));
}

/// The rows come with their filter bytes; `extra` is put before the pixels, `behind` after them.
QByteArray png(int width, int height, int bits, ColourType colour, const QByteArray &rows, bool isInterlaced = false,
               const QByteArray &extra = {}, const QByteArray &behind = {})
{
    uLongf size = compressBound(static_cast<uLong>(rows.size()));
    QByteArray packed(static_cast<qsizetype>(size), '\0');
    compress(reinterpret_cast<Bytef *>(packed.data()), &size, reinterpret_cast<const Bytef *>(rows.constData()),
             static_cast<uLong>(rows.size()));
    packed.truncate(static_cast<qsizetype>(size));
    QByteArray header = bigEndian(static_cast<std::uint32_t>(width)) + bigEndian(static_cast<std::uint32_t>(height));
    header += static_cast<char>(bits);
    header += colour;
    header += QByteArray(2, '\0');
    header += isInterlaced ? '\1' : '\0';
    return QByteArray("\x89PNG\r\n\x1a\n", 8) + chunk("IHDR", header) + extra + chunk("IDAT", packed) + behind
           + chunk("IEND", {});
}

} // namespace

class TestImageFilesPng : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deepSamples_keepTheirOrder()
    {
        const auto image = read(png(2, 1, 16, Grey, QByteArray("\0\x12\x34\xab\xcd", 5)));
        IO_OK(image);
        QVERIFY(image->type == PixelType::UInt16);
        QCOMPARE(image->stored(0, 0), double(0x1234));
        QCOMPARE(image->stored(1, 0), double(0xabcd));
    }
    void everyFilter_isUndone()
    {
        // None, sub, up, average, Paeth: each row comes to 10, 20, 30 by its own rule.
        const QByteArray rows("\0\x0a\x14\x1e"
                              "\1\x0a\x0a\x0a"
                              "\2\0\0\0"
                              "\3\x05\x05\x05"
                              "\4\0\0\0",
                              20);
        const auto image = read(png(3, 5, 8, Grey, rows));
        IO_OK(image);
        for (int y = 0; y < 5; ++y)
            for (int x = 0; x < 3; ++x)
                QCOMPARE(image->stored(x, y), 10.0 * (x + 1));
    }
    void interlaced_isPutInOrder()
    {
        // 3 x 3 has pixels in the passes 1, 4, 5, 6 and 7 of Adam7.
        const QByteArray rows("\0\x01"
                              "\0\x03"
                              "\0\x07\x09"
                              "\0\x02"
                              "\0\x08"
                              "\0\x04\x05\x06",
                              15);
        const auto image = read(png(3, 3, 8, Grey, rows, true));
        IO_OK(image);
        for (int i = 0; i < 9; ++i)
            QCOMPARE(image->stored(i % 3, i / 3), i + 1.0);
    }
    void transparentColour_becomesAlpha()
    {
        const QByteArray rows("\0\x01\x02\x03\x04\x05\x06", 7);
        const QByteArray clear = chunk("tRNS", QByteArray("\0\x04\0\x05\0\x06", 6));
        const auto image = read(png(2, 1, 8, Rgb, rows, false, clear));
        IO_OK(image);
        QCOMPARE(image->channels, 4);
        QCOMPARE(image->stored(0, 0, 0), 1.0);
        QCOMPARE(image->stored(0, 0, 3), 255.0);
        QCOMPARE(image->stored(1, 0, 3), 0.0);
    }
    void greyWithAlpha_isRead()
    {
        const auto image = read(png(2, 1, 8, GreyAlpha, QByteArray("\0\x64\xff\xc8\x80", 5)));
        IO_OK(image);
        QCOMPARE(image->channels, 4);
        QCOMPARE(image->stored(0, 0, 1), 100.0);
        QCOMPARE(image->stored(1, 0, 3), 128.0);
    }
    void fewBits_areSpread()
    {
        const auto image = read(png(4, 1, 2, Grey, QByteArray("\0\x1b", 2)));
        IO_OK(image);
        QCOMPARE(image->channels, 1);
        for (int x = 0; x < 4; ++x)
            QCOMPARE(image->stored(x, 0), 85.0 * x);
    }
    void damagedAncillaryChunk_isPassedOver()
    {
        QByteArray note = chunk("tEXt", QByteArray("Comment\0scan", 12));
        note[note.size() - 1] = static_cast<char>(note.back() ^ 1);
        const QByteArray rows("\0\x01\x02", 3);
        for (const QByteArray &file :
             {png(2, 1, 8, Grey, rows, false, note), png(2, 1, 8, Grey, rows, false, {}, note)}) {
            const auto image = read(file);
            IO_OK(image);
            QCOMPARE(image->stored(1, 0), 2.0);
        }
    }
    void plainFiles_takeTheQuickWay()
    {
        const QTemporaryDir folder;
        const auto isPlain = [&folder](const QByteArray &bytes) {
            const auto file = in(folder, "picture.png");
            writeBytes(file, bytes);
            return storage::readPlainPng(file).has_value();
        };
        const QByteArray grey = png(2, 1, 8, Grey, QByteArray("\0\x01\x02", 3));
        QVERIFY(isPlain(grey));
        QVERIFY(isPlain(png(2, 1, 16, Grey, QByteArray(5, '\0'))));
        QVERIFY(isPlain(png(2, 1, 8, Rgb, QByteArray(7, '\0'))));
        QVERIFY(isPlain(png(2, 1, 16, Rgba, QByteArray(17, '\0'))));
        QVERIFY(!isPlain(png(4, 1, 2, Grey, QByteArray(2, '\0'))));
        QVERIFY(!isPlain(png(2, 1, 8, GreyAlpha, QByteArray(5, '\0'))));
        QVERIFY(!isPlain(png(60000, 60000, 8, Grey, QByteArray("\0\x01\x02", 3))));
        const QByteArray clear = chunk("tRNS", QByteArray("\0\x04", 2));
        const QByteArray turned = chunk("eXIf", QByteArray("MM\0*\0\0\0\x08\0\0\0\0\0\0", 14));
        const QByteArray row("\0\x01\x02", 3);
        QVERIFY(!isPlain(png(2, 1, 8, Grey, row, false, clear)));
        QVERIFY(!isPlain(png(2, 1, 8, Grey, row, false, turned)));
        QVERIFY(!isPlain(png(2, 1, 8, Grey, row, false, {}, turned)));
        for (qsizetype cut = 1; cut < grey.size(); ++cut)
            QVERIFY2(!isPlain(grey.left(grey.size() - cut)), qPrintable(QString::number(cut)));
        for (qsizetype at = 0; at < grey.size(); ++at) {
            QByteArray damaged = grey;
            damaged[at] = static_cast<char>(damaged[at] ^ 1);
            QVERIFY2(!isPlain(damaged), qPrintable(QString::number(at)));
        }
    }
    void hugeClaim_isRefusedWithoutTheMemory()
    {
        const auto image = read(png(60000, 60000, 8, Grey, QByteArray("\0\x01\x02", 3)));
        QVERIFY(!image);
        QVERIFY(image.error().message.english().find("picture.png") != std::string::npos);
    }
    void tooFewRows_areRefused()
    {
        IO_EXPECT_ERROR(read(png(2, 3, 8, Grey, QByteArray("\0\x01\x02\0\x01\x02", 6))), ErrorCode::CorruptFile,
                        "picture.png");
    }

private:
    static core::Result<core::ImageData> read(const QByteArray &bytes)
    {
        const QTemporaryDir folder;
        const auto file = in(folder, "picture.png");
        writeBytes(file, bytes);
        return storage::readImage(file);
    }
};

QTEST_GUILESS_MAIN(TestImageFilesPng)
#include "tst_ImageFilesPng.moc"
