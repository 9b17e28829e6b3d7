// SPDX-License-Identifier: Apache-2.0
#include "core/RegionGrow.h"

#include "support/Random.h"

#include <QtTest/QTest>

#include <cstring>
#include <functional>
#include <limits>
#include <set>

using namespace semigda::core;
using semigda::test::Random;
using semigda::test::randomMask;

namespace
{

using Pixels = std::set<std::pair<int, int>>;

/// Every pixel once, or none at all.
Pixels pixelsOf(const std::vector<MaskEdit::RowSpan> &spans)
{
    Pixels pixels;
    for (const auto &span : spans)
        for (int x = span.x; x < span.x + span.count; ++x)
            if (!pixels.emplace(x, span.y).second)
                return {};
    return pixels;
}

/// Pixel by pixel, as the definition says.
Pixels plainRegion(int width, int height, int x, int y, const std::function<bool(int, int)> &isInside)
{
    Pixels region;
    std::vector<std::pair<int, int>> open{{x, y}};
    while (!open.empty()) {
        const auto [column, row] = open.back();
        open.pop_back();
        if (column < 0 || row < 0 || column >= width || row >= height || !isInside(column, row)
            || !region.emplace(column, row).second)
            continue;
        for (const auto &[dx, dy] : {std::pair(1, 0), std::pair(-1, 0), std::pair(0, 1), std::pair(0, -1)})
            open.emplace_back(column + dx, row + dy);
    }
    return region;
}

template <typename Sample>
ImageData imageOf(int width, int height, int channels, PixelType type, const std::vector<Sample> &samples)
{
    ImageData image;
    image.width = width;
    image.height = height;
    image.channels = channels;
    image.type = type;
    image.bytes.resize(samples.size() * sizeof(Sample));
    std::memcpy(image.bytes.data(), samples.data(), image.bytes.size());
    return image;
}

} // namespace

class TestRegionGrow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void label_isWhatHangsTogether_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        for (const auto &[width, height] :
             {std::pair(1, 1), std::pair(1, 50), std::pair(63, 20), std::pair(64, 20), std::pair(65, 20),
              std::pair(128, 9), std::pair(200, 130), std::pair(321, 3)})
            QTest::addRow("%d x %d", width, height) << width << height;
    }
    void label_isWhatHangsTogether()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        Random random(7);
        std::size_t largest = 0;
        for (int i = 0; i < 40; ++i) {
            // Every second mask in rectangles, so that there are long runs, the others noise.
            LabelMask mask = randomMask(random, width, height, {0, 1, 1, NotAnnotated});
            for (int k = 0; i % 2 == 0 && k < 30; ++k) {
                const int left = random.between(0, width - 1);
                const int count = random.between(1, width - left);
                const int top = random.between(0, height - 1);
                const auto value = static_cast<LabelValue>(random.between(0, 2));
                const int bottom = std::min(top + random.between(1, 20), height);
                for (int y = top; y < bottom; ++y)
                    mask.fillRow(left, y, count, value);
            }
            const int x = random.between(0, width - 1);
            const int y = random.between(0, height - 1);
            const auto wanted = mask.at(x, y);
            const Pixels found = pixelsOf(sameLabelRegion(mask, x, y));
            QCOMPARE(found, plainRegion(width, height, x, y,
                                        [&](int column, int row) { return mask.at(column, row) == wanted; }));
            largest = std::max(largest, found.size());
        }
        QVERIFY(largest > static_cast<std::size_t>(width * height) / 4);
    }
    void thinDiagonal_holds()
    {
        LabelMask mask(40, 40, NotAnnotated);
        for (int i = 0; i < 40; ++i)
            mask.fillRow(i, i, 1, 3);
        const Pixels below = pixelsOf(sameLabelRegion(mask, 0, 39));
        QCOMPARE(below.size(), std::size_t{40 * 39 / 2});
        QVERIFY(below.contains({38, 39}) && !below.contains({39, 38}));
    }
    void outside_isNothing()
    {
        const LabelMask mask(10, 10, 1);
        ImageData image = imageOf<std::uint8_t>(10, 10, 1, PixelType::UInt8, std::vector<std::uint8_t>(100, 7));
        for (const auto &[x, y] : {std::pair(-1, 3), std::pair(3, -1), std::pair(10, 3), std::pair(3, 10)}) {
            QVERIFY(sameLabelRegion(mask, x, y).empty());
            QVERIFY(similarRegion(image, x, y, 5.0).empty());
        }
        QVERIFY(sameLabelRegion(LabelMask(), 0, 0).empty());
        QVERIFY(similarRegion(ImageData(), 0, 0, 1.0).empty());
    }
    void stopped_isNothing()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(sameLabelRegion(LabelMask(10, 10, 1), 4, 4, stop.get_token()).empty());
    }
    void similar_isWithinTheTolerance_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("channels");
        QTest::addColumn<double>("slope");
        for (const auto &[name, type] :
             {std::pair("8 bit", PixelType::UInt8), std::pair("16 bit", PixelType::UInt16),
              std::pair("signed 16 bit", PixelType::Int16), std::pair("32 bit", PixelType::Int32),
              std::pair("floating", PixelType::Float32)})
            for (const double slope : {1.0, -2.0, 0.25})
                QTest::addRow("%s, slope %g", name, slope) << static_cast<int>(type) << 1 << slope;
        QTest::newRow("RGB") << static_cast<int>(PixelType::UInt8) << 3 << 1.0;
        QTest::newRow("RGBA, alpha does not count") << static_cast<int>(PixelType::UInt8) << 4 << 1.0;
    }
    void similar_isWithinTheTolerance()
    {
        QFETCH(int, type);
        QFETCH(int, channels);
        QFETCH(double, slope);
        constexpr int Width = 70;
        constexpr int Height = 40;
        Random random(3);
        const auto count = static_cast<std::size_t>(Width * Height * channels);
        const auto make = [&](auto sample) {
            std::vector<decltype(sample)> samples(count);
            for (auto &each : samples)
                each = static_cast<decltype(sample)>(random.between(0, 30));
            return imageOf(Width, Height, channels, static_cast<PixelType>(type), samples);
        };
        ImageData image;
        switch (static_cast<PixelType>(type)) {
        case PixelType::UInt8:
            image = make(std::uint8_t{});
            break;
        case PixelType::UInt16:
            image = make(std::uint16_t{});
            break;
        case PixelType::Int16:
            image = make(std::int16_t{});
            break;
        case PixelType::Int32:
            image = make(std::int32_t{});
            break;
        case PixelType::Float32:
            image = make(float{});
            break;
        }
        image.slope = slope;
        image.intercept = -1000.0;
        std::size_t largest = 0;
        for (int i = 0; i < 30; ++i) {
            const int x = random.between(0, Width - 1);
            const int y = random.between(0, Height - 1);
            const double tolerance = random.between(0, 20) * std::abs(slope);
            const auto isSimilar = [&](int column, int row) {
                for (int channel = 0; channel < std::min(channels, 3); ++channel)
                    if (std::abs(image.value(column, row, channel) - image.value(x, y, channel)) > tolerance)
                        return false;
                return true;
            };
            const Pixels found = pixelsOf(similarRegion(image, x, y, tolerance));
            QCOMPARE(found, plainRegion(Width, Height, x, y, isSimilar));
            largest = std::max(largest, found.size());
        }
        QVERIFY(largest > 100);
    }
    void noNumbers_areNotSimilar()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const ImageData image = imageOf<float>(3, 1, 1, PixelType::Float32, {1.0F, nan, 1.0F});
        QVERIFY(similarRegion(image, 1, 0, 1e9).empty());
        QCOMPARE(pixelsOf(similarRegion(image, 0, 0, 1e9)), (Pixels{{0, 0}}));
    }
    void similarWithin_staysInTheSpansAndOnOneSideOfAnEdge()
    {
        // Dark to the left of column 20, bright to the right, and a bright speck of one pixel to the left.
        ImageData image = imageOf<std::uint8_t>(40, 30, 1, PixelType::UInt8, std::vector<std::uint8_t>(40 * 30, 50));
        for (int y = 0; y < 30; ++y)
            for (int x = 20; x < 40; ++x)
                image.bytes[static_cast<std::size_t>(y * 40 + x)] = std::byte{150};
        std::vector<MaskEdit::RowSpan> block;
        for (int y = -3; y < 20; ++y)
            block.push_back({y, 10, 18});
        const Pixels dark = pixelsOf(similarWithin(image, block, 15, 10, 20.0));
        for (int y = 0; y < 30; ++y)
            for (int x = 0; x < 40; ++x)
                QCOMPARE(dark.contains({x, y}), y < 20 && x >= 10 && x < 19); // 19 sees a bright column
        const Pixels bright = pixelsOf(similarWithin(image, block, 25, 10, 20.0));
        QCOMPARE(bright.size(), std::size_t{20 * 7});
        QVERIFY(bright.contains({21, 0}) && bright.contains({27, 19}) && !bright.contains({28, 0}));
        QCOMPARE(pixelsOf(similarWithin(image, block, 15, 10, 255.0)).size(), std::size_t{20 * 18});
        QVERIFY(similarWithin(image, block, 5, 10, 255.0).empty());
        QVERIFY(similarWithin(image, block, 15, -1, 255.0).empty());
        QVERIFY(similarWithin(image, {}, 15, 10, 255.0).empty());
    }
    void similarWithin_matchesItsDefinition()
    {
        Random random(6);
        for (int i = 0; i < 40; ++i) {
            const int channels = i % 2 == 0 ? 1 : 3;
            const int width = random.between(3, 90);
            const int height = random.between(3, 40);
            std::vector<std::uint8_t> samples(static_cast<std::size_t>(width * height * channels));
            for (std::uint8_t &sample : samples)
                sample = static_cast<std::uint8_t>(random.between(0, 60));
            const ImageData image = imageOf(width, height, channels, PixelType::UInt8, samples);
            const int x = random.between(0, width - 1);
            const int y = random.between(0, height - 1);
            std::vector<MaskEdit::RowSpan> spans;
            std::set<std::pair<int, int>> free;
            for (int row = y - random.between(0, 9); row <= y + random.between(0, 9); ++row) {
                spans.push_back({row, x - random.between(0, 12), random.between(13, 30)});
                for (int column = spans.back().x; column < spans.back().x + spans.back().count; ++column)
                    free.emplace(column, row);
            }
            const double tolerance = random.between(0, 12);
            const auto mean = [&](int column, int row, int channel) {
                double sum = 0.0;
                int count = 0;
                for (int v = std::max(row - 1, 0); v <= std::min(row + 1, height - 1); ++v)
                    for (int u = std::max(column - 1, 0); u <= std::min(column + 1, width - 1); ++u, ++count)
                        sum += image.value(u, v, channel);
                return sum / count;
            };
            const Pixels wanted = plainRegion(width, height, x, y, [&](int column, int row) {
                if (!free.contains({column, row}))
                    return false;
                bool isAlike = true;
                for (int channel = 0; channel < channels; ++channel)
                    isAlike = isAlike && std::abs(mean(column, row, channel) - mean(x, y, channel)) <= tolerance;
                return isAlike;
            });
            QCOMPARE(pixelsOf(similarWithin(image, spans, x, y, tolerance)), wanted);
        }
    }
    void withoutSlope_allIsAlike()
    {
        ImageData image = imageOf<std::uint8_t>(3, 1, 1, PixelType::UInt8, {1, 90, 200});
        image.slope = 0.0;
        QCOMPARE(pixelsOf(similarRegion(image, 0, 0, 0.0)).size(), std::size_t{3});
    }
};

QTEST_APPLESS_MAIN(TestRegionGrow)
#include "tst_RegionGrow.moc"
