// SPDX-License-Identifier: Apache-2.0
#include "storage/MaskCodec_p.h"

#include "support/Random.h"

#include <QtTest/QTest>

using namespace semigda;
using core::ErrorCode;
using core::LabelMask;
using storage::Blob;

class TestMaskCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mask_roundTrips_data();
    void mask_roundTrips();
    void blankMask_takesFewBytes();
    void mask_ofOtherSizeIsRefused();
    void everyDamagedByte_isNoticed();
    void everyTruncation_isNoticed();
    void decompress_refusesMoreThanItsLimit();
    void wrongContents_areRefused();
    void delta_roundTrips();
    void delta_withoutPixelsIsAnEmptyBlob();
};

void TestMaskCodec::mask_roundTrips_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("one pixel") << 1 << 1;
    QTest::newRow("one tile") << 64 << 64;
    QTest::newRow("one more than a tile") << 65 << 65;
    QTest::newRow("a row") << 1000 << 1;
    QTest::newRow("a column") << 1 << 1000;
    QTest::newRow("many tiles") << 700 << 301;
}

void TestMaskCodec::mask_roundTrips()
{
    QFETCH(int, width);
    QFETCH(int, height);
    test::Random random(7);
    for (const auto &values : {std::vector<core::LabelValue>{0, 1, 65535}, std::vector<core::LabelValue>{65535},
                               std::vector<core::LabelValue>{3, 256, 65534, 0}}) {
        const LabelMask mask = test::randomMask(random, width, height, values);
        const auto blob = storage::encodeMask(mask);
        QVERIFY(blob);
        const auto back = storage::decodeMask(*blob, width, height, core::Sentence::verbatim("The mask"));
        QVERIFY(back);
        QVERIFY(*back == mask);
    }
}

void TestMaskCodec::blankMask_takesFewBytes()
{
    const LabelMask mask(8192, 8192, core::Background);
    const auto blob = storage::encodeMask(mask);
    QVERIFY(blob);
    QVERIFY(blob->size() < 1000);
    const auto back = storage::decodeMask(*blob, 8192, 8192, core::Sentence::verbatim("The mask"));
    QVERIFY(back && *back == mask);
    QVERIFY(back->memoryUse() < 1U << 20);
}

void TestMaskCodec::mask_ofOtherSizeIsRefused()
{
    const auto blob = storage::encodeMask(LabelMask(30, 20));
    QVERIFY(blob);
    const auto back = storage::decodeMask(*blob, 20, 30, core::Sentence::verbatim("The mask of \"a\""));
    QVERIFY(!back);
    QCOMPARE(back.error().code, ErrorCode::CorruptFile);
    QVERIFY(back.error().message.english().starts_with("The mask of \"a\" is damaged"));
}

void TestMaskCodec::everyDamagedByte_isNoticed()
{
    test::Random random(3);
    const LabelMask mask = test::randomMask(random, 130, 90, {0, 1, 2, 65535});
    const auto blob = storage::encodeMask(mask);
    QVERIFY(blob);
    for (std::size_t i = 0; i < blob->size(); ++i) {
        for (const int bit : {0, 3, 7}) {
            Blob damaged = *blob;
            damaged[i] ^= static_cast<std::byte>(1 << bit);
            const auto back = storage::decodeMask(damaged, 130, 90, core::Sentence::verbatim("The mask"));
            // A bit of the frame's header may mean nothing, but never may another mask come out.
            QVERIFY2(!back || *back == mask, qPrintable(QStringLiteral("byte %1").arg(i)));
        }
    }
}

void TestMaskCodec::everyTruncation_isNoticed()
{
    test::Random random(4);
    const auto blob = storage::encodeMask(test::randomMask(random, 70, 70, {0, 1}));
    QVERIFY(blob);
    for (std::size_t size = 0; size < blob->size(); ++size) {
        QVERIFY(!storage::decodeMask(std::span(*blob).first(size), 70, 70, core::Sentence::verbatim("The mask")));
    }
}

void TestMaskCodec::decompress_refusesMoreThanItsLimit()
{
    const auto blob = storage::compress(Blob(1U << 20));
    QVERIFY(blob);
    QVERIFY(!storage::decompress(*blob, 1000, core::Sentence::verbatim("The map")));
    QVERIFY(storage::decompress(*blob, 1U << 20, core::Sentence::verbatim("The map")));
}

void TestMaskCodec::wrongContents_areRefused()
{
    for (const std::size_t size : {0U, 5U, 12U, 13U, 200U, 8000U}) {
        const auto blob = storage::compress(Blob(size, std::byte{1}));
        QVERIFY(blob);
        QVERIFY(!storage::decodeMask(*blob, 64, 64, core::Sentence::verbatim("The mask")));
        QVERIFY(!storage::decodeDelta(*blob, 64, 64, core::Sentence::verbatim("The edit")));
    }
}

void TestMaskCodec::delta_roundTrips()
{
    test::Random random(5);
    const LabelMask before = test::randomMask(random, 200, 150, {65535, 0, 1});
    const LabelMask after = test::randomMask(random, 200, 150, {65535, 2, 1});
    const auto delta = core::MaskDelta::between(before, after);
    const auto blob = storage::encodeDelta(delta);
    QVERIFY(blob);
    const auto back = storage::decodeDelta(*blob, 200, 150, core::Sentence::verbatim("The edit"));
    QVERIFY(back);
    QVERIFY(*back == delta);
    QVERIFY(!storage::decodeDelta(*blob, 150, 200, core::Sentence::verbatim("The edit")));
}

void TestMaskCodec::delta_withoutPixelsIsAnEmptyBlob()
{
    const auto back = storage::decodeDelta({}, 20, 10, core::Sentence::verbatim("The edit"));
    QVERIFY(back);
    QVERIFY(back->isEmpty());
    QCOMPARE(back->width(), 20);
}

QTEST_APPLESS_MAIN(TestMaskCodec)
#include "tst_MaskCodec.moc"
