// SPDX-License-Identifier: Apache-2.0
// Growing from seeds against its definition, and what it does with edges, missing seeds and stops.
#include "core/GrowFromSeeds.h"

#include "support/Random.h"

#include <QtTest/QTest>

#include <array>
#include <cmath>
#include <cstring>
#include <limits>

using namespace semigda::core;
using semigda::test::Random;

namespace
{

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

/// The least pair of cost and value over all ways, by going over the image until nothing gets less.
LabelMask plainGrowth(const LabelMask &seeds, const ImageData &image, double width)
{
    std::vector<std::pair<double, LabelValue>> least;
    for (const LabelValue value : seeds.toPixels())
        least.emplace_back(value == NotAnnotated ? 1e18 : 0.0, value);
    const auto visit = [&](int x, int y) {
        bool hasChanged = false;
        auto &own = least[static_cast<std::size_t>(y * image.width + x)];
        for (int v = std::max(y - 1, 0); v <= std::min(y + 1, image.height - 1); ++v)
            for (int u = std::max(x - 1, 0); u <= std::min(x + 1, image.width - 1); ++u) {
                if (u == x && v == y)
                    continue;
                double change = 0.0;
                for (int c = 0; c < std::min(image.channels, 3); ++c) {
                    const double one = std::abs(image.value(x, y, c) - image.value(u, v, c)) / width * 2560.0;
                    change = std::max(change, std::isnan(one) ? 2560.0 : std::min(one, 2560.0));
                }
                const auto &other = least[static_cast<std::size_t>(v * image.width + u)];
                const std::pair reached{other.first + (u == x || v == y ? 5.0 : 7.0) + std::floor(change),
                                        other.second};
                if (reached < own && other.first < 1e18) {
                    own = reached;
                    hasChanged = true;
                }
            }
        return hasChanged;
    };
    for (bool hasChanged = true; hasChanged;) {
        hasChanged = false;
        for (int i = 0; i < image.width * image.height; ++i)
            hasChanged = visit(i % image.width, i / image.width) || hasChanged;
        for (int i = image.width * image.height - 1; i >= 0; --i)
            hasChanged = visit(i % image.width, i / image.width) || hasChanged;
    }
    std::vector<LabelValue> values;
    for (const auto &[cost, value] : least)
        values.push_back(value);
    return LabelMask::fromPixels(image.width, image.height, values);
}

template <typename Sample> std::vector<Sample> noise(Random &random, int count, int most)
{
    std::vector<Sample> samples;
    for (int i = 0; i < count; ++i)
        samples.push_back(
            static_cast<Sample>(random.between(0, most) * (i % 5 == 0 ? 1 : 0) + (i / 90) % 7 * most / 8));
    return samples;
}

} // namespace

class TestGrowFromSeeds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPixel_getsWhatReachesItMostCheaply_data()
    {
        QTest::addColumn<int>("kind");
        for (const auto &[name, kind] : {std::pair("8 bit", 0), std::pair("16 bit", 1), std::pair("RGB", 2),
                                         std::pair("RGBA, alpha does not count", 3), std::pair("floating", 4)})
            QTest::newRow(name) << kind;
    }
    void everyPixel_getsWhatReachesItMostCheaply()
    {
        QFETCH(int, kind);
        Random random(static_cast<std::uint64_t>(kind) + 40);
        for (int round = 0; round < 25; ++round) {
            const int width = random.between(2, 60);
            const int height = random.between(1, 40);
            ImageData image;
            double contrast = 256.0;
            if (kind == 0) {
                image = imageOf(width, height, 1, PixelType::UInt8, noise<std::uint8_t>(random, width * height, 250));
            } else if (kind == 1) {
                image = imageOf(width, height, 1, PixelType::Int16, noise<std::int16_t>(random, width * height, 3000));
                image.slope = -2.0;
                image.intercept = 100.0;
                contrast = 1024.0;
            } else if (kind == 4) {
                std::vector<float> samples = noise<float>(random, width * height, 200);
                samples[samples.size() / 2] = std::numeric_limits<float>::quiet_NaN();
                samples[samples.size() / 3] = std::numeric_limits<float>::infinity();
                image = imageOf(width, height, 1, PixelType::Float32, samples);
            } else {
                const int channels = kind == 2 ? 3 : 4;
                image = imageOf(width, height, channels, PixelType::UInt8,
                                noise<std::uint8_t>(random, width * height * channels, 250));
            }
            LabelMask seeds(width, height);
            for (int i = 0; i < random.between(2, 8); ++i)
                seeds.fillRow(random.between(0, width - 1), random.between(0, height - 1), 1,
                              static_cast<LabelValue>(random.between(0, 3)));
            seeds.fillRow(0, 0, 1, Background);
            seeds.fillRow(width - 1, height - 1, 1, 2);
            const SeedGrowth growth = growFromSeeds(seeds, image, {0.0, contrast});
            if (width * height > 2) {
                QVERIFY(growth.outcome == SeedGrowth::Outcome::Grown
                        || growth.outcome == SeedGrowth::Outcome::NothingLeft);
            }
            QVERIFY(growth.change.mask == plainGrowth(seeds, image, contrast));
            LabelMask redone = seeds;
            growth.change.delta.apply(redone);
            QVERIFY(redone == growth.change.mask);
            for (const MaskDelta::Span &span : growth.change.delta.spans())
                QCOMPARE(span.before, NotAnnotated); // what is painted stays
        }
    }
    void growth_stopsAtEdges()
    {
        // A bright disc and a bright half on dark ground; a seed each, not in the middle.
        constexpr int Side = 80;
        std::vector<std::uint16_t> samples;
        const auto isDisc = [](int x, int y) { return std::hypot(x - 25, y - 40) < 18; };
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x)
                samples.push_back(isDisc(x, y) ? 900 : x >= 60 ? 1000 : 300);
        LabelMask seeds(Side, Side);
        seeds.fillRow(15, 44, 2, 1);
        seeds.fillRow(70, 5, 1, 2);
        seeds.fillRow(2, 2, 1, Background);
        const SeedGrowth growth =
            growFromSeeds(seeds, imageOf(Side, Side, 1, PixelType::UInt16, samples), {500.0, 1000.0});
        QVERIFY(growth.outcome == SeedGrowth::Outcome::Grown);
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x)
                QCOMPARE(growth.change.mask.at(x, y), LabelValue(isDisc(x, y) ? 1 : x >= 60 ? 2 : 0));
    }
    void withoutAnyEdge_theNearestSeedWins()
    {
        const ImageData image = imageOf(41, 5, 1, PixelType::UInt8, std::vector<std::uint8_t>(41 * 5, 9));
        LabelMask seeds(41, 5);
        seeds.fillRow(0, 2, 1, 3);
        seeds.fillRow(40, 2, 1, 1);
        for (const ValueWindow &contrast : {ValueWindow{128, 256}, ValueWindow{0, 0}, ValueWindow{0, std::nan("")}}) {
            const LabelMask grown = growFromSeeds(seeds, image, contrast).change.mask;
            for (int x = 0; x < 41; ++x)
                QCOMPARE(grown.at(x, 2), LabelValue(x < 20 ? 3 : 1)); // half way the least value
        }
    }
    void seedsThatDoNotDo_areTold()
    {
        const ImageData image = imageOf(9, 9, 1, PixelType::UInt8, std::vector<std::uint8_t>(81, 9));
        LabelMask seeds(9, 9);
        const auto outcome = [&] {
            const SeedGrowth growth = growFromSeeds(seeds, image, {128, 256});
            return growth.change.delta.isEmpty() && growth.change.mask == seeds ? growth.outcome
                                                                                : SeedGrowth::Outcome::Grown;
        };
        QVERIFY(outcome() == SeedGrowth::Outcome::TooFewSeeds);
        seeds.fillRow(2, 2, 3, 1);
        QVERIFY(outcome() == SeedGrowth::Outcome::TooFewSeeds);
        for (int y = 0; y < 9; ++y)
            seeds.fillRow(0, y, 9, 1);
        QVERIFY(outcome() == SeedGrowth::Outcome::NothingLeft);
        seeds.fillRow(4, 4, 1, Background);
        QVERIFY(outcome() == SeedGrowth::Outcome::NothingLeft);
    }
    void stopped_isNothing()
    {
        const ImageData image = imageOf(9, 9, 1, PixelType::UInt8, std::vector<std::uint8_t>(81, 9));
        LabelMask seeds(9, 9);
        seeds.fillRow(2, 2, 3, 1);
        seeds.fillRow(2, 5, 3, 2);
        std::stop_source stop;
        stop.request_stop();
        const SeedGrowth growth = growFromSeeds(seeds, image, {128, 256}, stop.get_token());
        QVERIFY(growth.outcome == SeedGrowth::Outcome::Stopped);
        QVERIFY(growth.change.delta.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestGrowFromSeeds)
#include "tst_GrowFromSeeds.moc"
