// SPDX-License-Identifier: Apache-2.0
#include "core/ImageData.h"
#include "core/ImageGeometry.h"

#include <QtTest/QTest>

#include <cstring>

using namespace semigda::core;

namespace
{

template <typename Sample> ImageData imageOf(PixelType type, const std::vector<Sample> &samples, int width)
{
    ImageData image;
    image.width = width;
    image.height = static_cast<int>(samples.size()) / width;
    image.type = type;
    image.bytes.resize(samples.size() * sizeof(Sample));
    std::memcpy(image.bytes.data(), samples.data(), image.bytes.size());
    return image;
}

} // namespace

class TestImageData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stored_readsEveryType()
    {
        QCOMPARE(imageOf<std::uint8_t>(PixelType::UInt8, {1, 2, 3, 255}, 2).stored(1, 1), 255.0);
        QCOMPARE(imageOf<std::uint16_t>(PixelType::UInt16, {1, 2, 3, 65535}, 2).stored(1, 1), 65535.0);
        QCOMPARE(imageOf<std::int16_t>(PixelType::Int16, {1, 2, -1000, 4}, 2).stored(0, 1), -1000.0);
        QCOMPARE(imageOf<std::int32_t>(PixelType::Int32, {-2000000000, 2, 3, 4}, 2).stored(0, 0), -2000000000.0);
        QCOMPARE(imageOf<float>(PixelType::Float32, {0.5F, 1.5F, 2.5F, 3.5F}, 2).stored(1, 0), 1.5);
    }
    void value_isRescaled()
    {
        ImageData ct = imageOf<std::int16_t>(PixelType::Int16, {0, 1024, 2048, 3000}, 2);
        ct.slope = 0.5;
        ct.intercept = -1024.0;
        QCOMPARE(ct.value(1, 0), -512.0);
    }
    void stored_readsChannels()
    {
        ImageData rgb = imageOf<std::uint8_t>(PixelType::UInt8, {1, 2, 3, 4, 5, 6}, 2);
        rgb.width = 2;
        rgb.height = 1;
        rgb.channels = 3;
        QCOMPARE(rgb.stored(1, 0, 2), 6.0);
        QCOMPARE(rgb.sampleCount(), std::size_t{6});
    }
    void slice_movesTheOrigin()
    {
        Volume volume;
        volume.width = 2;
        volume.height = 1;
        volume.depth = 3;
        volume.type = PixelType::Int16;
        const std::int16_t samples[] = {1, 2, 3, 4, 5, 6};
        volume.bytes.resize(sizeof samples);
        std::memcpy(volume.bytes.data(), samples, sizeof samples);
        volume.slope = 2.0;
        volume.intercept = 1.0;
        volume.geometry.hasSpacing = volume.geometry.hasPosition = true;
        volume.geometry.spacing = {0.5, 0.5, 3.0};
        volume.geometry.origin = {10.0, 20.0, 30.0};
        volume.geometry.direction = {0, 0, 1, 1, 0, 0, 0, 1, 0}; // sagittal: slices step along x
        const ImageData slice = volume.slice(2);
        QCOMPARE(slice.stored(0, 0), 5.0);
        QCOMPARE(slice.value(1, 0), 13.0);
        QCOMPARE(slice.geometry.origin, (std::array<double, 3>{16.0, 20.0, 30.0}));
    }
    void geometry_toleratesRoundingOnly()
    {
        ImageGeometry a;
        a.hasSpacing = a.hasPosition = true;
        a.spacing = {0.7, 0.7, 3.0};
        ImageGeometry b = a;
        b.spacing[0] = 0.7002;
        b.origin[1] = 0.005;
        b.direction[1] = 0.0005;
        QVERIFY(isSameGeometry(a, b));
        b.spacing[0] = 0.705;
        QVERIFY(!isSameGeometry(a, b));
        b = a;
        b.origin[2] = 0.1;
        QVERIFY(!isSameGeometry(a, b));
        b = a;
        b.direction[0] = -1.0;
        QVERIFY(!isSameGeometry(a, b));
        b.hasPosition = false;
        QVERIFY(isSameGeometry(a, b));
    }
};

QTEST_APPLESS_MAIN(TestImageData)
#include "tst_ImageData.moc"
