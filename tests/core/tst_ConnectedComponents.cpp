// SPDX-License-Identifier: Apache-2.0
#include "core/ConnectedComponents.h"

#include "support/Random.h"

#include <QtTest/QTest>

#include <map>

using namespace semigda::core;
using semigda::test::Random;

namespace
{

std::vector<std::uint8_t> drawn(const std::vector<std::string> &rows)
{
    std::vector<std::uint8_t> binary;
    for (const std::string &row : rows)
        for (const char c : row)
            binary.push_back(c == '#' ? 1 : 0);
    return binary;
}

/// Flood fill in reading order.
std::vector<std::int32_t> floodFilled(const std::vector<std::uint8_t> &binary, int width, int height)
{
    std::vector<std::int32_t> labels(binary.size(), 0);
    std::int32_t count = 0;
    for (int start = 0; start < width * height; ++start) {
        if (!binary[static_cast<std::size_t>(start)] || labels[static_cast<std::size_t>(start)])
            continue;
        ++count;
        std::vector<int> open{start};
        labels[static_cast<std::size_t>(start)] = count;
        while (!open.empty()) {
            const int at = open.back();
            open.pop_back();
            for (int dy = -1; dy <= 1; ++dy)
                for (int dx = -1; dx <= 1; ++dx) {
                    const int x = at % width + dx;
                    const int y = at / width + dy;
                    if (x < 0 || y < 0 || x >= width || y >= height)
                        continue;
                    const auto i = static_cast<std::size_t>(y * width + x);
                    if (binary[i] && !labels[i]) {
                        labels[i] = count;
                        open.push_back(y * width + x);
                    }
                }
        }
    }
    return labels;
}

} // namespace

class TestConnectedComponents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labels_matchAFloodFill()
    {
        Random random(1);
        for (int i = 0; i < 400; ++i) {
            const int width = random.between(1, 40);
            const int height = random.between(1, 40);
            std::vector<std::uint8_t> binary(static_cast<std::size_t>(width * height));
            const int density = random.between(1, 9);
            for (auto &pixel : binary)
                pixel = random.between(0, 9) < density ? 1 : 0;
            const ComponentMap map = connectedComponents(binary, width, height);
            QCOMPARE(map.labels, floodFilled(binary, width, height));
            std::map<std::int32_t, std::size_t> sizes;
            for (const auto label : map.labels)
                ++sizes[label];
            sizes.erase(0);
            QCOMPARE(map.sizes.size(), sizes.size());
            for (const auto &[label, size] : sizes)
                QCOMPARE(map.sizes[static_cast<std::size_t>(label - 1)], size);
        }
    }
    void diagonals_connect()
    {
        QCOMPARE(connectedComponents(drawn({"#..", ".#.", "..#"}), 3, 3).sizes, (std::vector<std::size_t>{3}));
    }
    void spiral_isOne()
    {
        const auto spiral = drawn({"#######", "......#", "#####.#", "#...#.#", "#.###.#", "#.....#", "#######"});
        QCOMPARE(connectedComponents(spiral, 7, 7).sizes.size(), std::size_t{1});
    }
    void nothing_hasNone()
    {
        QVERIFY(connectedComponents(std::vector<std::uint8_t>(12, 0), 4, 3).sizes.empty());
        QVERIFY(connectedComponents({}, 0, 0).sizes.empty());
    }
    void keepLargest_keepsTheFirstOnATie()
    {
        auto binary = drawn({"##..##", "......", "#....."});
        keepLargestComponent(binary, 6, 3);
        QCOMPARE(binary, drawn({"##....", "......", "......"}));
    }
    void keepLargest_perClass()
    {
        const LabelValue n = NotAnnotated;
        const std::vector<LabelValue> pixels{1, 1, 0, 1, 2, 0, 2, 2, n, 0, 0, 1};
        const LabelMask mask = LabelMask::fromPixels(12, 1, pixels);
        QCOMPARE(keepLargestComponents(mask, {1}).toPixels(),
                 (std::vector<LabelValue>{1, 1, 0, 0, 2, 0, 2, 2, n, 0, 0, 0}));
        QCOMPARE(keepLargestComponents(mask, {1, 2}).toPixels(),
                 (std::vector<LabelValue>{1, 1, 0, 0, 0, 0, 2, 2, n, 0, 0, 0}));
        QCOMPARE(keepLargestComponents(mask, {}), mask);
    }
};

QTEST_APPLESS_MAIN(TestConnectedComponents)
#include "tst_ConnectedComponents.moc"
