// SPDX-License-Identifier: Apache-2.0
// Rows of all lengths, because what is done to many pixels at once ends in a remainder.
#include "ui/canvas/PixelRows_p.h"

#include "support/Random.h"

#include <QtTest/QTest>

#include <array>
#include <vector>

using namespace semigda;

class tst_PixelRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blended_isBetweenBothColours()
    {
        test::Random random(5);
        for (std::size_t count = 0; count < 70; ++count) {
            const QRgb above = qRgb(random.between(0, 255), random.between(0, 255), random.between(0, 255));
            const auto share = static_cast<unsigned>(count == 1 ? 256 : count == 2 ? 0 : random.between(0, 256));
            std::vector<QRgb> pixels;
            std::vector<QRgb> expected;
            const auto mixed = [share](int below, int over) {
                return (below * static_cast<int>(256 - share) + over * static_cast<int>(share)) / 256;
            };
            for (std::size_t i = 0; i <= count; ++i) { // one more, which is to stay
                const QRgb below = qRgb(random.between(0, 255), random.between(0, 255), random.between(0, 255));
                pixels.push_back(below);
                expected.push_back(i == count
                                       ? below
                                       : qRgb(mixed(qRed(below), qRed(above)), mixed(qGreen(below), qGreen(above)),
                                              mixed(qBlue(below), qBlue(above))));
            }
            ui::blendRow(pixels.data(), count, above, share);
            QCOMPARE(pixels, expected);
        }
    }

    void stretchedAndMixed_isTheNearestLevelBetweenFourSamples()
    {
        test::Random random(6);
        for (int round = 0; round < 400; ++round) {
            const int channels = round % 2 == 0 ? 1 : 3;
            const int first = random.between(0, 1000);
            const int pixels = random.between(1, 60);
            std::array<std::vector<std::uint8_t>, 2> sources;
            for (std::vector<std::uint8_t> &source : sources) {
                for (int i = 0; i < (pixels + 1) * channels; ++i)
                    source.push_back(
                        static_cast<std::uint8_t>(random.between(0, 3) == 0 ? 255 : random.between(0, 255)));
            }
            std::vector<ui::SamplePlace> columns(static_cast<std::size_t>(random.between(1, 100)));
            for (ui::SamplePlace &each : columns)
                each = {first + random.between(0, pixels - 1), static_cast<unsigned>(random.between(0, 255))};
            const auto share = static_cast<unsigned>(random.between(0, 255));

            std::array<std::vector<std::uint16_t>, 2> rows;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                rows[i].resize(columns.size() * static_cast<std::size_t>(channels));
                ui::stretchRow(sources[i].data(), first, channels, columns, rows[i].data());
            }
            std::vector<QRgb> shown(columns.size());
            ui::mixRows(rows[0].data(), rows[1].data(), share, channels, columns.size(), shown.data());

            for (std::size_t x = 0; x < columns.size(); ++x) {
                std::array<int, 3> levels{};
                for (int c = 0; c < 3; ++c) {
                    const auto at = static_cast<std::size_t>((columns[x].index - first) * channels + c % channels);
                    const auto between = [&](const std::vector<std::uint8_t> &source) {
                        return source[at]
                               + (source[at + static_cast<std::size_t>(channels)] - source[at])
                                     * (columns[x].share / 256.0);
                    };
                    const double level =
                        between(sources[0]) + (between(sources[1]) - between(sources[0])) * (share / 256.0);
                    levels[static_cast<std::size_t>(c)] = static_cast<int>(level + 0.5);
                }
                QCOMPARE(shown[x], qRgb(levels[0], levels[1], levels[2]));
            }
        }
    }
};

QTEST_GUILESS_MAIN(tst_PixelRows)
#include "tst_PixelRows.moc"
