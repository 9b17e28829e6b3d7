// SPDX-License-Identifier: Apache-2.0
#include "core/DisplayMapping.h"

#include "support/Random.h"

#include <QtTest/QTest>

#include <cmath>
#include <cstring>
#include <limits>

using namespace semigda::core;
using semigda::test::Random;

namespace
{

template <typename Sample> ImageData imageOf(PixelType type, int width, const std::vector<Sample> &samples)
{
    ImageData image;
    image.width = width;
    image.height = static_cast<int>(samples.size()) / width;
    image.type = type;
    image.bytes.resize(samples.size() * sizeof(Sample));
    std::memcpy(image.bytes.data(), samples.data(), image.bytes.size());
    return image;
}

PixelRect whole(const ImageData &image)
{
    return {0, 0, image.width, image.height};
}

using Bytes = std::vector<std::uint8_t>;

} // namespace

class TestDisplayMapping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rects_uniteAndIntersect()
    {
        const PixelRect a{0, 0, 10, 10};
        const PixelRect b{5, 5, 10, 10};
        QCOMPARE(a.united(b), (PixelRect{0, 0, 15, 15}));
        QCOMPARE(a.intersected(b), (PixelRect{5, 5, 5, 5}));
        QVERIFY(a.intersected({20, 20, 5, 5}).isEmpty());
        QCOMPARE(a.united({}), a);
        QCOMPARE(PixelRect{}.united(a), a);
        QVERIFY(a.contains(9, 9) && !a.contains(10, 9) && !a.contains(-1, 0));
    }
    void overview_hasEveryFourthPixel()
    {
        constexpr int Width = 1003;
        std::vector<std::uint16_t> samples(std::size_t{Width} * 501 * 3);
        for (std::size_t i = 0; i < samples.size(); ++i)
            samples[i] = static_cast<std::uint16_t>(i * 7919U);
        ImageData image = imageOf(PixelType::UInt16, Width * 3, samples);
        image.width = Width;
        image.channels = 3;
        image.slope = 2.0;
        image.intercept = -5.0;
        image.isInverted = true;
        image.geometry.hasSpacing = true;
        image.geometry.spacing = {0.2, 0.3, 4.0};
        const ImageData overview = makeOverview(image, 300);
        QCOMPARE(overview.width, 251);
        QCOMPARE(overview.height, 126);
        QCOMPARE(overview.bytes.size(), overview.sampleCount() * 2);
        for (int y = 0; y < overview.height; ++y)
            for (int x = 0; x < overview.width; ++x)
                for (int c = 0; c < 3; ++c)
                    QCOMPARE(overview.value(x, y, c), image.value(4 * x, 4 * y, c));
        QVERIFY(overview.isInverted);
        QVERIFY(overview.window == defaultWindow(image));
        QCOMPARE(overview.geometry.spacing[0], 0.8);
        QCOMPARE(overview.geometry.spacing[1], 1.2);
        QCOMPARE(overview.geometry.spacing[2], 4.0);
    }
    void overviewOfASmallImage_isTheImage()
    {
        const ImageData image = imageOf(PixelType::UInt8, 3, Bytes{1, 2, 3, 4, 5, 6});
        QCOMPARE(makeOverview(image, 3).bytes, image.bytes);
        const ImageData halved = makeOverview(image, 2);
        QCOMPARE(halved.width, 2);
        QCOMPARE(halved.height, 1);
        QCOMPARE(makeOverview({}, 10).bytes.size(), std::size_t(0));
        // A file's own window stays.
        ImageData ownWindow = image;
        ownWindow.window = ValueWindow{3.0, 2.0};
        QVERIFY(makeOverview(ownWindow, 2).window == ownWindow.window);
    }
    void eightBit_isShownAsItIs()
    {
        Bytes all(256);
        for (int i = 0; i < 256; ++i)
            all[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(i);
        const ImageData image = imageOf(PixelType::UInt8, 16, all);
        QCOMPARE(toDisplay(image, defaultWindow(image), whole(image)), all);
    }
    void window_ofTheFileWins()
    {
        ImageData image = imageOf<std::int16_t>(PixelType::Int16, 4, {0, 1000, 2000, 3000});
        image.window = ValueWindow{40, 400};
        QCOMPARE(defaultWindow(image), (ValueWindow{40, 400}));
    }
    void window_ofCtShowsHounsfieldUnits()
    {
        ImageData image = imageOf<std::int16_t>(PixelType::Int16, 5, {824, 1024, 1064, 1264, 4000});
        image.intercept = -1024.0; // HU -200, 0, 40, 240, 2976
        QCOMPARE(toDisplay(image, {40, 400}, whole(image)), (Bytes{0, 102, 128, 255, 255}));
    }
    void inversion_isAppliedLast()
    {
        ImageData image = imageOf<std::uint8_t>(PixelType::UInt8, 3, {0, 100, 255});
        image.isInverted = true;
        QCOMPARE(toDisplay(image, defaultWindow(image), whole(image)), (Bytes{255, 155, 0}));
    }
    void percentiles_dropOutliers()
    {
        Random random(1);
        std::vector<std::uint16_t> samples(100000);
        for (auto &sample : samples)
            sample = static_cast<std::uint16_t>(random.between(1000, 2000));
        samples[5] = 65535;
        samples[6] = 0;
        const ValueWindow window = defaultWindow(imageOf(PixelType::UInt16, 1000, samples));
        QVERIFY(std::abs(window.centre - 1500) < 5);
        QVERIFY(std::abs(window.width - 1000) < 10);
    }
    void percentiles_areTheSameInEveryType()
    {
        Random random(2);
        std::vector<std::int16_t> samples(5000);
        for (auto &sample : samples)
            sample = static_cast<std::int16_t>(random.between(-300, 300) * 100);
        samples[0] = std::numeric_limits<std::int16_t>::min();
        samples[1] = std::numeric_limits<std::int16_t>::max();
        const std::vector<std::int32_t> wide(samples.begin(), samples.end());
        const ImageData counted = imageOf(PixelType::Int16, 100, samples);
        const ImageData sorted = imageOf(PixelType::Int32, 100, wide);
        for (const auto &[low, high] : {std::pair{0.0, 100.0}, {1.0, 99.0}, {50.0, 50.0}, {0.5, 99.5}})
            QCOMPARE(defaultWindow(counted, low, high), defaultWindow(sorted, low, high));
    }
    void percentiles_ofNegativeSlope()
    {
        ImageData image = imageOf<std::int16_t>(PixelType::Int16, 4, {-10, 0, 10, 20});
        image.slope = -2.0;
        const ValueWindow window = defaultWindow(image);
        QCOMPARE(window.centre, -10.0);
        QCOMPARE(window.width, 60.0);
        QCOMPARE(toDisplay(image, window, whole(image)), (Bytes{255, 170, 85, 0}));
    }
    void constant_hasAWindow()
    {
        const ImageData image = imageOf<std::uint16_t>(PixelType::UInt16, 2, {7, 7, 7, 7});
        QVERIFY(defaultWindow(image).width > 0);
        QCOMPARE(toDisplay(image, defaultWindow(image), whole(image)).size(), std::size_t{4});
    }
    void notANumber_isBlack()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const float inf = std::numeric_limits<float>::infinity();
        const ImageData image = imageOf<float>(PixelType::Float32, 4, {nan, 0.0F, 1.0F, inf});
        const ValueWindow window = defaultWindow(image);
        QVERIFY(std::isfinite(window.centre) && std::isfinite(window.width));
        QCOMPARE(toDisplay(image, {0.5, 1.0}, whole(image)), (Bytes{0, 0, 255, 255}));
        const ImageData nothing = imageOf<float>(PixelType::Float32, 2, {nan, nan});
        QCOMPARE(toDisplay(nothing, defaultWindow(nothing), whole(nothing)), (Bytes{0, 0}));
    }
    void part_andStep()
    {
        Bytes samples;
        for (int i = 0; i < 60; ++i)
            samples.push_back(static_cast<std::uint8_t>(i));
        const ImageData image = imageOf(PixelType::UInt8, 10, samples);
        QCOMPARE(toDisplay(image, defaultWindow(image), {2, 1, 5, 3}, 2), (Bytes{12, 14, 16, 32, 34, 36}));
        QVERIFY(toDisplay(image, defaultWindow(image), {2, 1, 0, 3}).empty());
    }
    void alpha_isDropped()
    {
        ImageData image = imageOf<std::uint8_t>(PixelType::UInt8, 4, {1, 2, 3, 9, 4, 5, 6, 9});
        image.width = 2;
        image.height = 1;
        image.channels = 4;
        QCOMPARE(toDisplay(image, defaultWindow(image), whole(image)), (Bytes{1, 2, 3, 4, 5, 6}));
    }
    void thumbnail_keepsAspectAndMean()
    {
        Bytes samples(static_cast<std::size_t>(400 * 200));
        for (std::size_t i = 0; i < samples.size(); ++i)
            samples[i] = (i + i / 400) % 2 == 0 ? 50 : 150;
        const Thumbnail thumbnail = makeThumbnail(imageOf(PixelType::UInt8, 400, samples), 96);
        QCOMPARE(thumbnail.width, 96);
        QCOMPARE(thumbnail.height, 48);
        QCOMPARE(thumbnail.rgb.size(), std::size_t{96 * 48 * 3});
        for (const auto level : thumbnail.rgb)
            QVERIFY(level > 80 && level < 120);
    }
    void thumbnail_ofSmallAndExtremeShapes()
    {
        const Thumbnail small = makeThumbnail(imageOf<std::uint8_t>(PixelType::UInt8, 2, {10, 20, 30, 40}), 96);
        QCOMPARE(small.width, 2);
        QCOMPARE(small.rgb, (Bytes{10, 10, 10, 20, 20, 20, 30, 30, 30, 40, 40, 40}));
        const Thumbnail line = makeThumbnail(imageOf(PixelType::UInt8, 5000, Bytes(5000, 7)), 96);
        QCOMPARE(line.width, 96);
        QCOMPARE(line.height, 1);
        QCOMPARE(makeThumbnail(ImageData{}).width, 0);
    }
};

QTEST_APPLESS_MAIN(TestDisplayMapping)
#include "tst_DisplayMapping.moc"
