// SPDX-License-Identifier: Apache-2.0
#include "core/ValueRange.h"

#include "core/MaskShapes.h"
#include "support/PixelSets.h"
#include "support/Random.h"

#include <QtTest/QTest>

#include <cmath>
#include <cstring>
#include <limits>
#include <set>

using namespace semigda::core;
using semigda::test::Pixels;
using semigda::test::pixelsOf;
using semigda::test::Random;

namespace
{

template <typename Sample> ImageData imageOf(int width, int height, int channels, PixelType type, Random &random)
{
    ImageData image;
    image.width = width;
    image.height = height;
    image.channels = channels;
    image.type = type;
    std::vector<Sample> samples(image.sampleCount());
    for (Sample &sample : samples)
        sample = static_cast<Sample>(random.between(0, 100));
    image.bytes.resize(samples.size() * sizeof(Sample));
    std::memcpy(image.bytes.data(), samples.data(), image.bytes.size());
    return image;
}

} // namespace

class TestValueRange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spans_arePartedByTheValues_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("channels");
        QTest::newRow("8 bit") << static_cast<int>(PixelType::UInt8) << 1;
        QTest::newRow("RGB") << static_cast<int>(PixelType::UInt8) << 3;
        QTest::newRow("RGBA") << static_cast<int>(PixelType::UInt8) << 4;
        QTest::newRow("signed 16 bit") << static_cast<int>(PixelType::Int16) << 1;
        QTest::newRow("floating") << static_cast<int>(PixelType::Float32) << 1;
    }
    void spans_arePartedByTheValues()
    {
        QFETCH(int, type);
        QFETCH(int, channels);
        Random random(4);
        const auto kind = static_cast<PixelType>(type);
        ImageData image = kind == PixelType::Int16     ? imageOf<std::int16_t>(50, 30, channels, kind, random)
                          : kind == PixelType::Float32 ? imageOf<float>(50, 30, channels, kind, random)
                                                       : imageOf<std::uint8_t>(50, 30, channels, kind, random);
        image.slope = 2.0;
        image.intercept = -1024.0;
        for (int i = 0; i < 50; ++i) {
            const auto spans = brushStroke({random.unit() * 70 - 10, random.unit() * 50 - 10},
                                           {random.unit() * 70 - 10, random.unit() * 50 - 10}, 9.0);
            const double low = -1024.0 + random.between(0, 150);
            const ValueRange range{low, low + random.between(0, 100)};
            Pixels wanted;
            for (const auto &[x, y] : pixelsOf(spans)) {
                if (x < 0 || y < 0 || x >= 50 || y >= 30)
                    continue;
                const double value = channels < 3 ? image.value(x, y)
                                                  : 0.299 * image.value(x, y, 0) + 0.587 * image.value(x, y, 1)
                                                        + 0.114 * image.value(x, y, 2);
                if (value >= range.low - 1e-9 && value <= range.high + 1e-9)
                    wanted.emplace(x, y);
            }
            // Luma sums are not exact: ends that are hit are left to chance.
            if (channels < 3)
                QCOMPARE(pixelsOf(spansWithin(image, spans, range)), wanted);
            else
                QVERIFY(pixelsOf(spansWithin(image, spans, {range.low - 1e-6, range.high + 1e-6})) == wanted);
        }
    }
    void noNumbers_lieInNoRange()
    {
        ImageData image;
        image.width = 3;
        image.height = 1;
        image.type = PixelType::Float32;
        const float samples[] = {1.0F, std::numeric_limits<float>::quiet_NaN(), 3.0F};
        image.bytes.resize(sizeof(samples));
        std::memcpy(image.bytes.data(), samples, sizeof(samples));
        const double all = std::numeric_limits<double>::infinity();
        QCOMPARE(pixelsOf(spansWithin(image, {{0, 0, 3}}, {-all, all})), (Pixels{{0, 0}, {2, 0}}));
        QVERIFY(spansWithin(image, {{0, 0, 3}}, {5.0, 1.0}).empty());
    }
};

QTEST_APPLESS_MAIN(TestValueRange)
#include "tst_ValueRange.moc"
