// SPDX-License-Identifier: Apache-2.0
#include "core/Histogram.h"
#include "support/Random.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>

using namespace semigda;

namespace
{

template <typename Sample>
core::ImageData imageOf(core::PixelType type, const std::vector<Sample> &samples, int width, int channels = 1)
{
    core::ImageData image;
    image.type = type;
    image.width = width;
    image.channels = channels;
    image.height = static_cast<int>(samples.size()) / width / channels;
    image.bytes.resize(samples.size() * sizeof(Sample));
    std::memcpy(image.bytes.data(), samples.data(), image.bytes.size());
    return image;
}

std::size_t countAt(const core::Histogram &histogram, double value)
{
    const double place = std::floor((value - histogram.low) / histogram.binWidth);
    if (place < 0.0 || place >= static_cast<double>(histogram.counts.size()))
        return 0;
    return histogram.counts[static_cast<std::size_t>(place)];
}

} // namespace

class TestHistogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyValue_hasItsBin()
    {
        test::Random random(7);
        std::vector<std::int16_t> samples(60 * 40);
        std::map<int, std::size_t> expected;
        for (std::int16_t &sample : samples) {
            sample = static_cast<std::int16_t>(random.between(-1000, 1999));
            ++expected[sample];
        }
        core::ImageData image = imageOf(core::PixelType::Int16, samples, 60);
        image.slope = 0.5;
        image.intercept = -24.0;
        const core::Histogram histogram = core::histogramOf(image);
        QCOMPARE(histogram.total, samples.size());
        QCOMPARE(histogram.smallest(), expected.begin()->first * 0.5 - 24.0);
        QCOMPARE(histogram.largest(), expected.rbegin()->first * 0.5 - 24.0);
        for (const auto &[sample, count] : expected)
            QCOMPARE(countAt(histogram, sample * 0.5 - 24.0), count);
    }

    void fallingValues_areInOrder()
    {
        core::ImageData image = imageOf<std::uint8_t>(core::PixelType::UInt8, {0, 10, 10, 30}, 4);
        image.slope = -2.0;
        image.intercept = 100.0;
        const core::Histogram histogram = core::histogramOf(image);
        QCOMPARE(histogram.smallest(), 40.0);
        QCOMPARE(histogram.largest(), 100.0);
        QCOMPARE(countAt(histogram, 80.0), std::size_t(2));
        QCOMPARE(countAt(histogram, 40.0), std::size_t(1));
        QCOMPARE(countAt(histogram, 100.0), std::size_t(1));
    }

    void percentiles_areThoseOfTheSortedValues()
    {
        test::Random random(3);
        std::vector<std::uint16_t> samples(1000);
        for (std::uint16_t &sample : samples)
            sample = static_cast<std::uint16_t>(random.between(0, 65535));
        const core::Histogram histogram = core::histogramOf(imageOf(core::PixelType::UInt16, samples, 50));
        std::sort(samples.begin(), samples.end());
        for (const int percent : {1, 5, 50, 90, 99})
            QCOMPARE(histogram.percentile(percent),
                     static_cast<double>(samples[static_cast<std::size_t>(percent * 10 - 1)]));
        QCOMPARE(histogram.percentile(0.0), static_cast<double>(samples.front()));
        QCOMPARE(histogram.percentile(100.0), static_cast<double>(samples.back()));
        const core::ValueWindow window = histogram.windowBetween(1.0, 99.0);
        QCOMPARE(window.centre - window.width / 2.0, static_cast<double>(samples[9]));
        QCOMPARE(window.centre + window.width / 2.0, static_cast<double>(samples[989]));
    }

    void alphaAndNoNumbers_doNotCount()
    {
        const core::Histogram colours =
            core::histogramOf(imageOf<std::uint8_t>(core::PixelType::UInt8, {1, 2, 3, 255, 1, 2, 3, 0}, 2, 4));
        QCOMPARE(colours.total, std::size_t(6));
        QCOMPARE(colours.largest(), 3.0);
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const float infinity = std::numeric_limits<float>::infinity();
        const core::Histogram floats =
            core::histogramOf(imageOf<float>(core::PixelType::Float32, {nan, 0.25F, infinity, 0.75F}, 4));
        QCOMPARE(floats.total, std::size_t(2));
        QVERIFY(std::abs(floats.percentile(0.0) - 0.25) < 1e-4 && std::abs(floats.percentile(100.0) - 0.75) < 1e-4);
    }

    void imagesWithoutContrast_haveAWindow()
    {
        const core::Histogram flat = core::histogramOf(imageOf<std::uint8_t>(core::PixelType::UInt8, {9, 9, 9}, 3));
        QCOMPARE(flat.windowBetween(1.0, 99.0), (core::ValueWindow{9.0, 1.0}));
        const core::Histogram level = core::histogramOf(imageOf<float>(core::PixelType::Float32, {0.F, 0.F}, 2));
        QVERIFY(level.windowBetween(0.0, 100.0).width > 0.0);
        QVERIFY(core::histogramOf({}).isEmpty());
        QCOMPARE(core::Histogram().windowBetween(1.0, 99.0), core::ValueWindow());
        const float nan = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(core::histogramOf(imageOf<float>(core::PixelType::Float32, {nan, nan}, 2)).isEmpty());
    }

    void stopped_isEmpty()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(
            core::histogramOf(imageOf<std::uint8_t>(core::PixelType::UInt8, {1, 2}, 2), stop.get_token()).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestHistogram)
#include "tst_Histogram.moc"
