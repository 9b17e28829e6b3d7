// SPDX-License-Identifier: Apache-2.0
#include "core/Resample.h"

#include "support/Random.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace semigda::core;
using semigda::test::Random;
using semigda::test::randomMask;

namespace
{

ImageData grey(int width, int height, const std::vector<std::uint8_t> &samples)
{
    ImageData image;
    image.width = width;
    image.height = height;
    image.bytes.resize(samples.size());
    std::memcpy(image.bytes.data(), samples.data(), samples.size());
    return image;
}

bool isNear(float a, double b)
{
    return std::abs(a - b) < 1e-5;
}

} // namespace

class TestResample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void input_ofEqualSizeIsScaledOnly()
    {
        const auto input = toNetworkInput(grey(2, 2, {0, 255, 51, 204}), 2, 2);
        QCOMPARE(input.size(), std::size_t{12});
        for (std::size_t channel = 0; channel < 3; ++channel) {
            QVERIFY(isNear(input[channel * 4], -1.0));
            QVERIFY(isNear(input[channel * 4 + 1], 1.0));
            QVERIFY(isNear(input[channel * 4 + 2], -0.6));
            QVERIFY(isNear(input[channel * 4 + 3], 0.6));
        }
    }
    void input_shrinksByArea()
    {
        Random random(1);
        const int width = 37;
        const int height = 23;
        std::vector<std::uint8_t> samples(static_cast<std::size_t>(width * height));
        for (auto &sample : samples)
            sample = static_cast<std::uint8_t>(random.between(0, 255));
        const int newWidth = 10;
        const int newHeight = 7;
        const auto input = toNetworkInput(grey(width, height, samples), newWidth, newHeight);
        for (int v = 0; v < newHeight; ++v)
            for (int u = 0; u < newWidth; ++u) {
                const double left = u * 37.0 / newWidth;
                const double right = (u + 1) * 37.0 / newWidth;
                const double top = v * 23.0 / newHeight;
                const double bottom = (v + 1) * 23.0 / newHeight;
                double sum = 0;
                for (int y = 0; y < height; ++y)
                    for (int x = 0; x < width; ++x) {
                        const double w = std::max(0.0, std::min(right, x + 1.0) - std::max(left, double(x)));
                        const double h = std::max(0.0, std::min(bottom, y + 1.0) - std::max(top, double(y)));
                        sum += w * h * samples[static_cast<std::size_t>(y * width + x)];
                    }
                const double mean = sum / ((right - left) * (bottom - top));
                QVERIFY(std::abs(input[static_cast<std::size_t>(v * newWidth + u)] - (mean / 127.5 - 1)) < 1e-4);
            }
    }
    void input_ofColourKeepsChannels()
    {
        ImageData rgba = grey(4, 1, {255, 0, 0, 77, 0, 255, 0, 77});
        rgba.width = 2;
        rgba.channels = 4;
        const auto input = toNetworkInput(rgba, 2, 1);
        QCOMPARE(input, (std::vector<float>{1, -1, -1, 1, -1, -1}));
    }
    void input_respectsWindowAndInversion()
    {
        ImageData ct;
        ct.width = 3;
        ct.height = 1;
        ct.type = PixelType::Int16;
        const std::int16_t stored[] = {824, 1064, 4000};
        ct.bytes.resize(sizeof stored);
        std::memcpy(ct.bytes.data(), stored, sizeof stored);
        ct.intercept = -1024;
        ct.window = ValueWindow{40, 400};
        const auto input = toNetworkInput(ct, 3, 1);
        QVERIFY(isNear(input[0], -1) && isNear(input[1], 0) && isNear(input[2], 1));
        ct.isInverted = true;
        const auto inverted = toNetworkInput(ct, 3, 1);
        QVERIFY(isNear(inverted[0], 1) && isNear(inverted[1], 0) && isNear(inverted[2], -1));
    }
    void input_isAlwaysFiniteAndInRange()
    {
        ImageData odd;
        odd.width = 5;
        odd.height = 1;
        odd.type = PixelType::Float32;
        const float stored[] = {NAN, INFINITY, -INFINITY, 3e38F, 0.5F};
        odd.bytes.resize(sizeof stored);
        std::memcpy(odd.bytes.data(), stored, sizeof stored);
        for (const int size : {1, 3, 5, 11})
            for (const float value : toNetworkInput(odd, size, size))
                QVERIFY(value >= -1.0F && value <= 1.0F);
        QCOMPARE(toNetworkInput(ImageData{}, 4, 4).size(), std::size_t{48});
    }
    void stretch_usesTheWholeRange()
    {
        // A dark picture: 1000 values from -1 to -0.8 and two outliers that may be cut off.
        std::vector<float> planes;
        for (int i = 0; i <= 1000; ++i)
            planes.push_back(-1.0F + 0.2F * static_cast<float>(i) / 1000.0F);
        planes.push_back(0.9F);
        planes.push_back(1.0F);
        std::vector<float> stretched = planes;
        stretchIntensities(stretched, 0.01);
        const float low = planes[10];
        const float high = planes[992];
        for (std::size_t i = 0; i < planes.size(); ++i) {
            const double expected = std::clamp((planes[i] - low) / (high - low) * 2.0F - 1.0F, -1.0F, 1.0F);
            QVERIFY(std::abs(static_cast<double>(stretched[i]) - expected) < 1e-4);
        }
        QCOMPARE(stretched.back(), 1.0F);
    }
    void stretch_leavesNoiseOfAnEmptyImageSmall()
    {
        std::vector<float> planes{0.5F, 0.501F, 0.502F, 0.5F};
        stretchIntensities(planes, 0.0);
        QVERIFY(std::abs(planes[2] - planes[0] - MostStretch * 0.002F) < 1e-4F);
        std::vector<float> flat(9, 0.25F);
        stretchIntensities(flat, 0.005);
        QCOMPARE(flat, std::vector<float>(9, -1.0F));
        std::vector<float> nothing;
        stretchIntensities(nothing, 0.005);
        QVERIFY(nothing.empty());
    }
    void nearest_takesPixelCentres()
    {
        const LabelMask mask = LabelMask::fromPixels(4, 1, std::vector<LabelValue>{1, 2, 3, NotAnnotated});
        QCOMPARE(resizeNearest(mask, 2, 1).toPixels(), (std::vector<LabelValue>{2, NotAnnotated}));
        QCOMPARE(resizeNearest(mask, 8, 2).toPixels(),
                 (std::vector<LabelValue>{1, 1, 2, 2, 3, 3, NotAnnotated, NotAnnotated, 1, 1, 2, 2, 3, 3, NotAnnotated,
                                          NotAnnotated}));
        QCOMPARE(resizeNearest(mask, 4, 1), mask);
    }
    void nearest_upAndDownIsTheIdentity()
    {
        Random random(2);
        for (const int factor : {2, 3, 5}) {
            const LabelMask mask = randomMask(random, 70, 41, {0, 1, 2, NotAnnotated});
            QCOMPARE(resizeNearest(resizeNearest(mask, 70 * factor, 41 * factor), 70, 41), mask);
        }
    }
    void bilinear_repeatsEdgesAndKeepsRamps()
    {
        QCOMPARE(resizeBilinear({1.0F, 3.0F}, 2, 1, 4, 1), (std::vector<float>{1.0F, 1.5F, 2.5F, 3.0F}));
        std::vector<float> ramp;
        for (int y = 0; y < 20; ++y)
            for (int x = 0; x < 30; ++x)
                ramp.push_back(static_cast<float>(x + 2 * y));
        const auto grown = resizeBilinear(ramp, 30, 20, 60, 40);
        for (int y = 2; y < 38; ++y)
            for (int x = 2; x < 58; ++x)
                QVERIFY(std::abs(grown[static_cast<std::size_t>(y * 60 + x)]
                                 - ((x + 0.5) / 2 - 0.5 + 2 * ((y + 0.5) / 2 - 0.5)))
                        < 1e-4);
        QCOMPARE(resizeBilinear(ramp, 30, 20, 30, 20), ramp);
        QCOMPARE(resizeBilinear({5.0F}, 1, 1, 3, 2), std::vector<float>(6, 5.0F));
    }
    void speed_ofALargeImage()
    {
        const ImageData image = grey(4096, 4096, std::vector<std::uint8_t>(4096 * 4096, 9));
        QBENCHMARK_ONCE
        {
            static_cast<void>(toNetworkInput(image, 256, 256));
        }
    }
};

QTEST_APPLESS_MAIN(TestResample)
#include "tst_Resample.moc"
