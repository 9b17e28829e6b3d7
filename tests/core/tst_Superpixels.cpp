// SPDX-License-Identifier: Apache-2.0
// Superpixels against their definition on the whole image, whatever part is asked for; that they are pieces, follow
// edges and do not depend on the units of values.
#include "core/SuperpixelMap.h"

#include "support/PixelSets.h"
#include "support/Random.h"

#include <QtTest/QTest>

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <thread>

using namespace semigda::core;
using semigda::test::Pixels;
using semigda::test::pixelsOf;
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

/// Bright and dark rectangles with noise.
template <typename Sample>
ImageData blocks(Random &random, int width, int height, int channels, PixelType type, double most, double noise)
{
    std::vector<Sample> samples(static_cast<std::size_t>(width * height * channels), static_cast<Sample>(most / 3));
    for (int i = 0; i < 8; ++i) {
        const int left = random.between(0, width - 1);
        const int right = random.between(left, width - 1);
        const int top = random.between(0, height - 1);
        const int bottom = random.between(top, height - 1);
        for (int c = 0; c < channels; ++c) {
            const auto value = static_cast<Sample>(random.unit() * most);
            for (int y = top; y <= bottom; ++y)
                for (int x = left; x <= right; ++x)
                    samples[static_cast<std::size_t>((y * width + x) * channels + c)] = value;
        }
    }
    for (Sample &sample : samples)
        sample = static_cast<Sample>(
            std::clamp(static_cast<double>(sample) + (random.unit() - 0.5) * noise * most, 0.0, most));
    return imageOf(width, height, channels, type, samples);
}

std::vector<std::int32_t> labelsOf(const Superpixels &superpixels)
{
    const ImageData &image = superpixels.image();
    std::vector<std::int32_t> all(static_cast<std::size_t>(image.width * image.height), -1);
    for (int tile = 0; tile < superpixels.tileCount(); ++tile) {
        const PixelRect rect = superpixels.tileRect(tile);
        const std::vector<std::int32_t> labels = superpixels.labelsOf(tile);
        for (int y = 0; y < rect.height; ++y)
            for (int x = 0; x < rect.width; ++x)
                all[static_cast<std::size_t>((rect.top + y) * image.width + rect.left + x)] =
                    labels[static_cast<std::size_t>(y * rect.width + x)];
    }
    return all;
}

/// The least pair of cost and label over all ways, by going over the image until nothing gets less.
std::vector<std::int32_t> plainLabels(const Superpixels &superpixels)
{
    const ImageData &image = superpixels.image();
    const int width = image.width;
    const int height = image.height;
    const auto channels = static_cast<std::size_t>(superpixels.smoothedChannels());
    const std::vector<std::int32_t> values = superpixels.smoothed({0, 0, width, height});
    std::vector<std::pair<int, int>> least(static_cast<std::size_t>(width * height),
                                           {std::numeric_limits<int>::max() / 2, 0});
    for (int cell = 0; cell < superpixels.cellCount(); ++cell)
        least[static_cast<std::size_t>(superpixels.seedOf(cell))] = {0, cell};
    bool hasChanged = true;
    const auto visit = [&](int x, int y) {
        auto &own = least[static_cast<std::size_t>(y * width + x)];
        for (int v = std::max(y - 1, 0); v <= std::min(y + 1, height - 1); ++v)
            for (int u = std::max(x - 1, 0); u <= std::min(x + 1, width - 1); ++u) {
                if (u == x && v == y)
                    continue;
                const auto here = static_cast<std::size_t>(y * width + x);
                const auto there = static_cast<std::size_t>(v * width + u);
                const int step =
                    (u == x || v == y ? Superpixels::StraightStep : Superpixels::DiagonalStep)
                    + superpixels.changeCost(values.data() + there * channels, values.data() + here * channels);
                const std::pair<int, int> reached{least[there].first + step, least[there].second};
                if (reached < own) {
                    own = reached;
                    hasChanged = true;
                }
            }
    };
    while (hasChanged) {
        hasChanged = false;
        for (int i = 0; i < width * height; ++i)
            visit(i % width, i / width);
        for (int i = width * height - 1; i >= 0; --i)
            visit(i % width, i / width);
    }
    std::vector<std::int32_t> labels;
    for (const auto &[cost, label] : least)
        labels.push_back(label);
    return labels;
}

std::shared_ptr<const ImageData> shared(ImageData image)
{
    return std::make_shared<const ImageData>(std::move(image));
}

} // namespace

class TestSuperpixels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPart_isAsTheWholeImageSays_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("noise");
        const std::array<const char *, 4> kinds{"8 bit", "16 bit", "RGB", "floating"};
        for (const auto &[width, height, side] :
             {std::array{1, 1, 4}, std::array{3, 40, 4}, std::array{210, 110, 4}, std::array{251, 100, 9},
              std::array{210, 190, 20}, std::array{260, 130, 64}})
            for (int kind = 0; kind < 4; ++kind)
                for (const double noise : {0.0, 0.1, 1.0})
                    QTest::addRow("%d x %d, side %d, %s, noise %g", width, height, side,
                                  kinds[static_cast<std::size_t>(kind)], noise)
                        << width << height << side << kind << noise;
    }
    void everyPart_isAsTheWholeImageSays()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, side);
        QFETCH(int, kind);
        QFETCH(double, noise);
        Random random(static_cast<std::uint64_t>(width + side * 1000 + kind));
        ImageData image;
        ValueWindow contrast{128.0, 256.0};
        if (kind == 0 || kind == 2) {
            image = blocks<std::uint8_t>(random, width, height, kind == 0 ? 1 : 3, PixelType::UInt8, 255.0, noise);
        } else if (kind == 1) {
            image = blocks<std::uint16_t>(random, width, height, 1, PixelType::UInt16, 4000.0, noise);
            image.slope = 2.0;
            image.intercept = -1000.0;
            contrast = {3000.0, 8000.0};
        } else {
            image = blocks<float>(random, width, height, 1, PixelType::Float32, 1.0, noise);
            const float none = std::numeric_limits<float>::quiet_NaN();
            std::memcpy(image.bytes.data(), &none, sizeof none);
            contrast = {0.5, 1.0};
        }
        const Superpixels superpixels(shared(std::move(image)), contrast, side);
        QVERIFY(labelsOf(superpixels) == plainLabels(superpixels));
    }

    /// Even ground along the borders of cells whose middles, where the seeds are, are all edges: the ground belongs to
    /// whom it takes long to reach it, and ways along it come from afar.
    void everyPart_isSoWhereWaysAreLong()
    {
        constexpr int Width = 700;
        constexpr int Height = 340;
        constexpr int Side = 20;
        Random random(31);
        std::vector<std::uint8_t> samples;
        for (int y = 0; y < Height; ++y)
            for (int x = 0; x < Width; ++x) {
                const bool isMiddle = std::abs(x % Side - 10) < 6 && std::abs(y % Side - 10) < 6;
                samples.push_back(static_cast<std::uint8_t>(isMiddle ? random.between(0, 255) : 128));
            }
        const Superpixels superpixels(shared(imageOf(Width, Height, 1, PixelType::UInt8, samples)), {128, 256}, Side);
        QVERIFY(superpixels.tileCount() > 20);
        QVERIFY(labelsOf(superpixels) == plainLabels(superpixels));
    }

    void values_areMeansAroundThePixel()
    {
        Random random(3);
        const ImageData image = blocks<std::uint16_t>(random, 70, 50, 3, PixelType::UInt16, 60000.0, 0.5);
        for (const int side : {4, 40}) { // 3 x 3 and 9 x 9 pixels
            const int radius = side == 4 ? 1 : 4;
            const Superpixels superpixels(shared(image), {30000.0, 20000.0}, side);
            const PixelRect part{5, 0, 60, 50};
            const std::vector<std::int32_t> values = superpixels.smoothed(part);
            QCOMPARE(values.size(), std::size_t(60 * 50 * 3));
            for (int i = 0; i < 60 * 50 * 3; ++i) {
                const int x = 5 + i / 3 % 60;
                const int y = i / 3 / 60;
                double sum = 0.0;
                int count = 0;
                for (int v = std::max(y - radius, 0); v <= std::min(y + radius, 49); ++v)
                    for (int u = std::max(x - radius, 0); u <= std::min(x + radius, 69); ++u) {
                        sum += (image.value(u, v, i % 3) - 30000.0) / 20000.0 * 65536.0;
                        ++count;
                    }
                QVERIFY(std::abs(values[static_cast<std::size_t>(i)] - sum / count) <= 1.5);
            }
        }
    }
    void changes_costUpToALimit()
    {
        const Superpixels superpixels(
            shared(imageOf<std::uint8_t>(8, 8, 3, PixelType::UInt8, std::vector<std::uint8_t>(192, 0))), {128, 256},
            10);
        const std::int32_t dark[]{0, 0, 0};
        const std::int32_t green[]{0, 655, 100}; // a hundredth of the contrast: a fifth of a side of 10
        QCOMPARE(superpixels.changeCost(dark, green), 9);
        const std::int32_t bright[]{65536, 655, 0};
        QCOMPARE(superpixels.changeCost(dark, bright), Superpixels::MaxChange);
        QCOMPARE(superpixels.changeCost(bright, dark), Superpixels::MaxChange);
        QCOMPARE(superpixels.changeCost(bright, bright), 0);
    }
    void seeds_standWhereTheImageChangesLeast()
    {
        // A dark line through the middles of the cells.
        std::vector<std::uint8_t> samples(60 * 60, 200);
        for (int y = 0; y < 60; ++y)
            for (int x = 0; x < 60; ++x)
                if (x % 20 == 10)
                    samples[static_cast<std::size_t>(y * 60 + x)] = 20;
        const Superpixels superpixels(shared(imageOf(60, 60, 1, PixelType::UInt8, samples)), {128, 256}, 20);
        QCOMPARE(superpixels.cellCount(), 9);
        for (int cell = 0; cell < 9; ++cell) {
            const auto seed = static_cast<int>(superpixels.seedOf(cell));
            const int x = seed % 60 - cell % 3 * 20;
            const int y = seed / 60 - cell / 3 * 20;
            QVERIFY(x >= 5 && x <= 15 && y >= 5 && y <= 15);
            QVERIFY2(x < 9 || x > 11 || x == 10, qPrintable(QString::number(x)));
        }
    }

    void everyPixel_isInOnePieceOfAboutTheSize()
    {
        Random random(11);
        const int width = 200;
        const int height = 150;
        const ImageData image = blocks<std::uint8_t>(random, width, height, 1, PixelType::UInt8, 255.0, 0.1);
        const Superpixels superpixels(shared(image), {128, 256}, 10);
        const std::vector<std::int32_t> labels = labelsOf(superpixels);
        SuperpixelMap map(superpixels);
        std::size_t total = 0;
        for (int cell = 0; cell < superpixels.cellCount(); ++cell) {
            const auto seed = static_cast<int>(superpixels.seedOf(cell));
            QVERIFY(map.known(seed % width, seed / width) == nullptr || cell > 0);
            const auto found = map.find(seed % width, seed / width);
            QVERIFY(found != nullptr);
            QCOMPARE(found->label, cell);
            QCOMPARE(map.known(seed % width, seed / width), found);
            const Pixels pixels = pixelsOf(found->spans);
            Pixels wanted;
            for (int i = 0; i < width * height; ++i)
                if (labels[static_cast<std::size_t>(i)] == cell)
                    wanted.emplace(i % width, i / width);
            QVERIFY(pixels == wanted);
            PixelRect bounds;
            for (const auto &[x, y] : pixels)
                bounds = bounds.united({x, y, 1, 1});
            QCOMPARE(found->bounds, bounds);
            // One piece.
            std::vector<std::pair<int, int>> open{{seed % width, seed / width}};
            Pixels reached{open.front()};
            while (!open.empty()) {
                const auto [x, y] = open.back();
                open.pop_back();
                for (int v = y - 1; v <= y + 1; ++v)
                    for (int u = x - 1; u <= x + 1; ++u)
                        if (pixels.contains({u, v}) && reached.emplace(u, v).second)
                            open.emplace_back(u, v);
            }
            QVERIFY(reached == pixels);
            QVERIFY(pixels.size() < 1000);
            total += pixels.size();
        }
        QCOMPARE(total, static_cast<std::size_t>(width * height));
    }

    void borders_followEdges_data()
    {
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("noise");
        for (const int side : {6, 12, 24})
            for (const int noise : {0, 24})
                QTest::addRow("side %d, noise %d", side, noise) << side << noise;
    }
    /// A disc and a slanted band, brighter by a fifth of the contrast.
    void borders_followEdges()
    {
        QFETCH(int, side);
        QFETCH(int, noise);
        constexpr int Side = 240;
        Random random(5);
        std::vector<std::uint8_t> samples;
        std::vector<double> depth; // how far inside of what is bright
        for (int y = 0; y < Side; ++y)
            for (int x = 0; x < Side; ++x) {
                const double disc = 50.0 - std::hypot(x - 80.0, y - 80.0);
                const double band = 20.0 - std::abs(x + 0.5 * y - 250.0) / std::hypot(1.0, 0.5);
                depth.push_back(std::max(disc, band));
                samples.push_back(static_cast<std::uint8_t>((depth.back() > 0.0 ? 150 : 100)
                                                            + random.between(-noise / 2, noise / 2)));
            }
        const Superpixels superpixels(shared(imageOf(Side, Side, 1, PixelType::UInt8, samples)), {128, 256}, side);
        const std::vector<std::int32_t> labels = labelsOf(superpixels);
        int wrong = 0;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const double seed = depth[static_cast<std::size_t>(superpixels.seedOf(labels[i]))];
            wrong += (seed > 0.0) != (depth[i] > 0.0) && std::abs(depth[i]) > 2.0 ? 1 : 0;
        }
        // Of straight cells whose middle decides, some seven per cent would be wrong at 12 pixels.
        QVERIFY2(wrong < Side * Side / 200, qPrintable(QString::number(wrong)));
    }

    void units_doNotMatter()
    {
        Random random(17);
        const ImageData plain = blocks<std::uint8_t>(random, 120, 90, 1, PixelType::UInt8, 255.0, 0.1);
        std::vector<std::int16_t> samples;
        for (const std::byte sample : plain.bytes)
            samples.push_back(static_cast<std::int16_t>(std::to_integer<int>(sample) * 16 - 1024));
        ImageData scaled = imageOf(120, 90, 1, PixelType::Int16, samples);
        scaled.slope = 0.5;
        scaled.intercept = 512.0; // the same times eight
        QVERIFY(labelsOf({shared(plain), {128, 256}, 10}) == labelsOf({shared(scaled), {1024, 2048}, 10}));
        QVERIFY(labelsOf({shared(plain), {128, 256}, 10}) != labelsOf({shared(plain), {128, 25600}, 10}));
    }
    void contrastThatSaysNothing_isTakenAsOne()
    {
        const ImageData image = imageOf<float>(20, 20, 1, PixelType::Float32, std::vector<float>(400, 0.25F));
        for (const ValueWindow &contrast :
             {ValueWindow{0.0, 0.0}, ValueWindow{0.0, -1.0}, ValueWindow{std::nan(""), 1.0}}) {
            const Superpixels superpixels(shared(image), contrast, 5);
            QCOMPARE(superpixels.cellCount(), 16);
            // Nothing but the way counts.
            for (int y = 0; y < 20; ++y)
                for (int x = 0; x < 20; ++x)
                    if (x % 5 == 2 && y % 5 == 2)
                        QCOMPARE(labelsOf(superpixels)[static_cast<std::size_t>(y * 20 + x)], y / 5 * 4 + x / 5);
        }
    }

    void map_forgetsWhatItHasNoRoomFor()
    {
        Random random(23);
        const ImageData image = blocks<std::uint8_t>(random, 500, 400, 1, PixelType::UInt8, 255.0, 0.2);
        const Superpixels superpixels(shared(image), {128, 256}, 8);
        constexpr std::size_t Budget = 400'000;
        SuperpixelMap map(superpixels, Budget);
        SuperpixelMap ample(superpixels);
        for (int i = 0; i < 400; ++i) {
            const int x = random.between(0, 499);
            const int y = random.between(0, 399);
            const auto found = map.find(x, y);
            QVERIFY(found != nullptr);
            QCOMPARE(map.known(x, y), found);
            QVERIFY(map.memoryUse() <= Budget);
            QVERIFY(pixelsOf(found->spans) == pixelsOf(ample.find(x, y)->spans));
        }
        QVERIFY(ample.memoryUse() > Budget);
    }
    void map_findsNothingOutsideOrWhenStopped()
    {
        SuperpixelMap map(
            Superpixels(shared(imageOf<std::uint8_t>(10, 10, 1, PixelType::UInt8, std::vector<std::uint8_t>(100, 7))),
                        {128, 256}, 4));
        for (const auto &[x, y] : {std::pair(-1, 3), std::pair(3, -1), std::pair(10, 3), std::pair(3, 10)}) {
            QVERIFY(map.find(x, y) == nullptr);
            QVERIFY(map.known(x, y) == nullptr);
        }
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(map.find(3, 3, stop.get_token()) == nullptr);
        QVERIFY(map.known(3, 3) == nullptr);
        QVERIFY(map.find(3, 3) != nullptr);
    }
    void map_isAskedFromSeveralThreads()
    {
        Random random(29);
        const ImageData image = blocks<std::uint8_t>(random, 400, 300, 1, PixelType::UInt8, 255.0, 0.2);
        const Superpixels superpixels(shared(image), {128, 256}, 16);
        const std::vector<std::int32_t> labels = labelsOf(superpixels);
        SuperpixelMap map(superpixels, 500'000);
        std::array<int, 4> wrong{};
        std::vector<std::thread> threads;
        for (std::size_t t = 0; t < wrong.size(); ++t)
            threads.emplace_back([&, t] {
                Random own(t);
                for (int i = 0; i < 200; ++i) {
                    const int x = own.between(0, 399);
                    const int y = own.between(0, 299);
                    const auto found = map.find(x, y);
                    const auto known = map.known(x, y);
                    const std::int32_t label = labels[static_cast<std::size_t>(y * 400 + x)];
                    wrong[t] += !found || found->label != label || (known && known->label != label) ? 1 : 0;
                }
            });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(wrong, (std::array<int, 4>{}));
    }
};

QTEST_APPLESS_MAIN(TestSuperpixels)
#include "tst_Superpixels.moc"
