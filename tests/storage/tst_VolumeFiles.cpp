// SPDX-License-Identifier: Apache-2.0
#include "storage/ImageFiles.h"
#include "storage/MaskFiles.h"

#include "storage/IoFiles.h"
#include "support/SharedData.h"

#include <algorithm>
#include <cmath>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using core::PixelType;

namespace
{

/// A NIfTI-1 file in memory whose fields a test can set.
struct NiftiBytes
{
    QByteArray bytes = QByteArray(352, '\0');

    NiftiBytes(std::initializer_list<int> sides, int dataType, int bits)
    {
        put<std::int32_t>(0, 348);
        int at = 0;
        put<std::int16_t>(40, static_cast<std::int16_t>(sides.size()));
        for (const int side : sides)
            put<std::int16_t>(42 + 2 * at++, static_cast<std::int16_t>(side));
        for (; at < 7; ++at)
            put<std::int16_t>(42 + 2 * at, 1);
        put<std::int16_t>(70, static_cast<std::int16_t>(dataType));
        put<std::int16_t>(72, static_cast<std::int16_t>(bits));
        for (int i = 0; i < 8; ++i)
            put<float>(76 + 4 * i, 1.0F);
        put<float>(108, 352.0F);
        bytes.replace(344, 4, QByteArray("n+1\0", 4));
    }
    template <typename T> void put(int at, T value)
    {
        bytes.replace(at, sizeof(T), reinterpret_cast<const char *>(&value), sizeof(T));
    }
    template <typename T> void add(T value) { bytes.append(reinterpret_cast<const char *>(&value), sizeof(T)); }
};

core::ImageGeometry obliqueGeometry()
{
    core::ImageGeometry geometry;
    geometry.hasSpacing = true;
    geometry.hasPosition = true;
    geometry.spacing = {0.7, 0.8, 2.5};
    geometry.origin = {-120.5, 33.25, 801.125};
    const double c = std::cos(0.4);
    const double s = std::sin(0.4);
    geometry.direction = {c, -s, 0.0, s, c, 0.0, 0.0, 0.0, 1.0};
    return geometry;
}

core::LabelVolume labelVolume(const core::ImageGeometry &geometry, core::LabelValue largest)
{
    core::LabelVolume labels{13, 7, 5, {}, geometry};
    for (int i = 0; i < 13 * 7 * 5; ++i)
        labels.labels.push_back(static_cast<core::LabelValue>(i % 3 == 0 ? largest : i % 3));
    return labels;
}

} // namespace

class TestVolumeFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelNifti_roundTrips_data();
    void labelNifti_roundTrips();
    void nifti_typesAreKeptOrWidened_data();
    void nifti_typesAreKeptOrWidened();
    void nifti_scalesAndFlipsToLps();
    void nifti_leftHandedFilesKeepTheirSliceOrder();
    void nifti_bigEndianIsRead();
    void nifti_otherDimensionsAreNamed_data();
    void nifti_otherDimensionsAreNamed();
    void nifti_truncatedIsRefused();
    void labelMap_becomesMasks();
    void damagedHeaders_neverCrash();
    void shared_hippocampus();
    void shared_fiveDimensionsAreRefused();
};

void TestVolumeFiles::labelNifti_roundTrips_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("largest");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("oblique, 8 bit, packed") << 0 << 200 << QByteArray("labels.nii.gz");
    QTest::newRow("oblique, 16 bit, plain") << 0 << 40000 << QByteArray("labels.nii");
    QTest::newRow("not annotated") << 0 << 65535 << QByteArray("labels.nii.gz");
    QTest::newRow("spacing only") << 1 << 2 << QByteArray("labels.nii.gz");
    QTest::newRow("nothing known") << 2 << 2 << QByteArray("labels.nii.gz");
    QTest::newRow("left-handed") << 3 << 2 << QByteArray("labels.nii.gz");
    QTest::newRow("turned by 180 degrees") << 4 << 2 << QByteArray("labels.nii.gz");
}

void TestVolumeFiles::labelNifti_roundTrips()
{
    QFETCH(int, kind);
    QFETCH(int, largest);
    QFETCH(QByteArray, name);
    core::ImageGeometry geometry = obliqueGeometry();
    if (kind == 1 || kind == 2)
        geometry = {};
    if (kind == 1) {
        geometry.hasSpacing = true;
        geometry.spacing = {0.5, 0.5, 3.0};
    }
    if (kind == 3)
        geometry.direction = {1, 0, 0, 0, 1, 0, 0, 0, -1};
    if (kind == 4)
        geometry.direction = {-1, 0, 0, 0, 1, 0, 0, 0, -1};
    const core::LabelVolume labels = labelVolume(geometry, static_cast<core::LabelValue>(largest));
    const QTemporaryDir folder;
    const auto file = in(folder, name.constData());
    IO_OK(storage::writeLabelNifti(labels, file));
    QCOMPARE(readBytes(file).startsWith("\x1f\x8b"), name.endsWith(".gz"));

    const core::LabelSet classes =
        largest == 65535 ? classesOf({1, 2}) : classesOf({1, 2, static_cast<core::LabelValue>(largest)});
    const auto read = storage::readMask(file, classes);
    IO_OK(read);
    QVERIFY(read->isVolume);
    QCOMPARE(read->slices.size(), std::size_t(5));
    for (int z = 0; z < 5; ++z) {
        const auto pixels = read->slices[static_cast<std::size_t>(z)].toPixels();
        QVERIFY(std::equal(pixels.begin(), pixels.end(), labels.labels.begin() + z * 13 * 7));
    }
    QCOMPARE(read->geometry.hasSpacing, geometry.hasSpacing);
    QCOMPARE(read->geometry.hasPosition, geometry.hasPosition);
    QVERIFY(core::isSameGeometry(read->geometry, geometry));
}

void TestVolumeFiles::nifti_typesAreKeptOrWidened_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("expected");
    QTest::newRow("uint8") << 2 << 8 << static_cast<int>(PixelType::UInt8);
    QTest::newRow("int8") << 256 << 8 << static_cast<int>(PixelType::Int16);
    QTest::newRow("int16") << 4 << 16 << static_cast<int>(PixelType::Int16);
    QTest::newRow("uint16") << 512 << 16 << static_cast<int>(PixelType::UInt16);
    QTest::newRow("int32") << 8 << 32 << static_cast<int>(PixelType::Int32);
    QTest::newRow("uint32") << 768 << 32 << static_cast<int>(PixelType::Int32);
    QTest::newRow("int64") << 1024 << 64 << static_cast<int>(PixelType::Int32);
    QTest::newRow("float32") << 16 << 32 << static_cast<int>(PixelType::Float32);
    QTest::newRow("float64") << 64 << 64 << static_cast<int>(PixelType::Float32);
}

void TestVolumeFiles::nifti_typesAreKeptOrWidened()
{
    QFETCH(int, code);
    QFETCH(int, bits);
    QFETCH(int, expected);
    NiftiBytes nifti({2, 2, 2}, code, bits);
    const bool isSigned = code == 256 || code == 4 || code == 8 || code == 1024 || code == 16 || code == 64;
    for (int i = 0; i < 8; ++i) {
        const int value = isSigned ? i * 10 - 40 : i * 10;
        switch (code) {
        case 2:
        case 256:
            nifti.add(static_cast<std::int8_t>(value));
            break;
        case 4:
        case 512:
            nifti.add(static_cast<std::int16_t>(value));
            break;
        case 8:
        case 768:
            nifti.add(static_cast<std::int32_t>(value));
            break;
        case 1024:
            nifti.add(static_cast<std::int64_t>(value));
            break;
        case 16:
            nifti.add(static_cast<float>(value));
            break;
        default:
            nifti.add(static_cast<double>(value));
        }
    }
    const QTemporaryDir folder;
    const auto file = in(folder, "types.nii");
    writeBytes(file, nifti.bytes);
    const auto volume = storage::readVolume(file);
    IO_OK(volume);
    QCOMPARE(static_cast<int>(volume->type), expected);
    for (int z = 0; z < 2; ++z) {
        const auto slice = storage::readImage(file, z);
        IO_OK(slice);
        for (int i = 0; i < 4; ++i)
            QCOMPARE(slice->stored(i % 2, i / 2), double(isSigned ? (z * 4 + i) * 10 - 40 : (z * 4 + i) * 10));
    }
    IO_EXPECT_ERROR(storage::readImage(file, 2), ErrorCode::InvalidArgument, "types.nii");
}

void TestVolumeFiles::nifti_scalesAndFlipsToLps()
{
    NiftiBytes nifti({2, 3, 4}, 4, 16);
    for (int i = 0; i < 24; ++i)
        nifti.add(static_cast<std::int16_t>(i));
    nifti.put<float>(112, 2.0F);
    nifti.put<float>(116, -5.0F);
    nifti.put<char>(123, 2);
    nifti.put<std::int16_t>(254, 1);
    // RAS: columns run to the right by 2 mm, rows to the front by 3 mm, slices to the head by 4 mm.
    const float affine[12] = {2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 4, 30};
    for (int i = 0; i < 12; ++i)
        nifti.put<float>(280 + 4 * i, affine[i]);
    const QTemporaryDir folder;
    const auto file = in(folder, "scaled.nii.gz");
    writeBytes(file, gzipped(nifti.bytes));
    const auto info = storage::probeImage(file);
    IO_OK(info);
    QCOMPARE(info->format, std::string("nifti"));
    QVERIFY(info->isVolume);
    QCOMPARE(info->frameCount, 4);
    const core::ImageGeometry &g = info->geometry;
    QCOMPARE(g.spacing, (std::array<double, 3>{2, 3, 4}));
    QCOMPARE(g.origin, (std::array<double, 3>{-10, -20, 30}));
    QCOMPARE(g.direction, (std::array<double, 9>{-1, 0, 0, 0, -1, 0, 0, 0, 1}));
    const auto slice = storage::readImage(file, 3);
    IO_OK(slice);
    QCOMPARE(slice->value(1, 2), 2.0 * 23 - 5.0);
    QCOMPARE(slice->geometry.origin[2], 42.0);
}

void TestVolumeFiles::nifti_leftHandedFilesKeepTheirSliceOrder()
{
    NiftiBytes nifti({1, 1, 3}, 4, 16);
    for (int i = 0; i < 3; ++i)
        nifti.add(static_cast<std::int16_t>(100 + i));
    nifti.put<float>(76, -1.0F); // qfac
    nifti.put<std::int16_t>(252, 1);
    nifti.put<float>(276, 7.0F); // z offset
    const QTemporaryDir folder;
    const auto file = in(folder, "left.nii");
    writeBytes(file, nifti.bytes);
    for (int z = 0; z < 3; ++z) {
        const auto slice = storage::readImage(file, z);
        IO_OK(slice);
        QCOMPARE(slice->stored(0, 0), 100.0 + z);
        QCOMPARE(slice->geometry.origin[2], 7.0 - z);
    }
}

void TestVolumeFiles::nifti_bigEndianIsRead()
{
    NiftiBytes nifti({2, 1, 2}, 4, 16);
    QByteArray &bytes = nifti.bytes;
    const auto swap = [&](int at, int size) { std::reverse(bytes.begin() + at, bytes.begin() + at + size); };
    swap(0, 4);
    for (int at = 40; at < 56; at += 2)
        swap(at, 2);
    swap(70, 2);
    swap(72, 2);
    for (int at = 76; at < 120; at += 4)
        swap(at, 4);
    bytes += QByteArray("\x01\x02\x03\x04\x05\x06\x07\x08", 8);
    const QTemporaryDir folder;
    const auto file = in(folder, "big.nii");
    writeBytes(file, bytes);
    const auto slice = storage::readImage(file, 1);
    IO_OK(slice);
    QCOMPARE(slice->stored(0, 0), double(0x0506));
    QCOMPARE(slice->stored(1, 0), double(0x0708));
}

void TestVolumeFiles::nifti_otherDimensionsAreNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("4 dimensions") << NiftiBytes({2, 2, 2, 3}, 2, 8).bytes + QByteArray(24, 'x')
                                  << QByteArray("4 dimensions");
    QTest::newRow("5 dimensions") << NiftiBytes({2, 2, 2, 1, 3}, 2, 8).bytes + QByteArray(24, 'x')
                                  << QByteArray("5 dimensions");
    QTest::newRow("colour") << NiftiBytes({2, 2, 2}, 128, 24).bytes + QByteArray(24, 'x') << QByteArray("128");
    QTest::newRow("complex") << NiftiBytes({2, 2, 2}, 32, 64).bytes + QByteArray(64, 'x') << QByteArray("32");
    NiftiBytes pair({2, 2, 2}, 2, 8);
    pair.bytes[345] = 'i';
    QTest::newRow("two files") << pair.bytes << QByteArray("two files");
}

void TestVolumeFiles::nifti_otherDimensionsAreNamed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, word);
    const QTemporaryDir folder;
    const auto file = in(folder, "other.nii");
    writeBytes(file, bytes);
    IO_EXPECT_ERROR(storage::probeImage(file), ErrorCode::UnsupportedFormat, "other.nii", word.constData());
    IO_EXPECT_ERROR(storage::readVolume(file), ErrorCode::UnsupportedFormat, "other.nii", word.constData());
}

void TestVolumeFiles::nifti_truncatedIsRefused()
{
    NiftiBytes nifti({20, 20, 20}, 4, 16);
    for (int i = 0; i < 8000; ++i)
        nifti.add(static_cast<std::int16_t>(i * 31));
    const QTemporaryDir folder;
    const auto plain = in(folder, "cut.nii");
    const auto packed = in(folder, "cut.nii.gz");
    const QByteArray whole = gzipped(nifti.bytes);
    for (int percent = 3; percent < 100; percent += 8) {
        writeBytes(plain, nifti.bytes.left(nifti.bytes.size() * percent / 100));
        IO_EXPECT_ERROR(storage::readVolume(plain), ErrorCode::CorruptFile, "cut.nii");
        writeBytes(packed, whole.left(whole.size() * percent / 100));
        IO_EXPECT_ERROR(storage::readVolume(packed), ErrorCode::CorruptFile, "cut.nii.gz");
    }
    writeBytes(packed, gzipped("hello"));
    IO_EXPECT_ERROR(storage::probeImage(packed), ErrorCode::CorruptFile, "cut.nii.gz");
}

void TestVolumeFiles::labelMap_becomesMasks()
{
    const QTemporaryDir folder;
    const auto file = in(folder, "labels.nii");
    NiftiBytes nifti({2, 1, 2}, 16, 32);
    for (const float value : {0.0F, 1.0F, 2.0F, 1.0F})
        nifti.add(value);
    writeBytes(file, nifti.bytes);
    const auto read = storage::readMask(file, classesOf({1, 2}));
    IO_OK(read);
    QVERIFY(read->isVolume);
    QCOMPARE(read->slices.at(1).at(0, 0), core::LabelValue(2));
    IO_EXPECT_ERROR(storage::readMask(file, classesOf({1})), ErrorCode::UnknownValue, "labels.nii", "2");
    nifti.put<float>(352, 0.4F);
    writeBytes(file, nifti.bytes);
    IO_EXPECT_ERROR(storage::readMask(file, classesOf({1, 2})), ErrorCode::UnknownValue, "labels.nii", "0.4");
}

void TestVolumeFiles::damagedHeaders_neverCrash()
{
    NiftiBytes nifti({4, 4, 4}, 4, 16);
    const QByteArray volume = nifti.bytes + QByteArray(128, '\x11');
    const QByteArray nrrd =
        QByteArray("NRRD0004\ntype: short\ndimension: 3\nspace: LPS\nsizes: 4 4 4\nspace directions: (2,0,0) (0,3,0) "
                   "(0,0,4)\nendian: little\nencoding: raw\nspace origin: (10,20,30)\n\n")
        + QByteArray(128, '\x11');
    const QTemporaryDir folder;
    std::uint32_t state = 99;
    for (const QByteArray &whole : {volume, nrrd}) {
        for (int round = 0; round < 300; ++round) {
            QByteArray bytes = whole;
            for (int i = 0; i < 3; ++i) {
                state = state * 1664525U + 1013904223U;
                bytes[(state >> 8) % static_cast<std::uint32_t>(bytes.size() - 100)] = static_cast<char>(state >> 3);
            }
            const auto file = in(folder, "damaged.nii");
            writeBytes(file, bytes);
            const auto read = storage::readVolume(file);
            if (!read)
                QVERIFY2(isSentence(read.error().message.english()), read.error().message.english().c_str());
        }
    }
}

void TestVolumeFiles::shared_hippocampus()
{
    SEMIGDA_NEEDS_SHARED("data/nifti_hippocampus/images");
    int count = 0;
    for (const auto &entry : std::filesystem::directory_iterator(sharedData() / "data/nifti_hippocampus/images")) {
        if (entry.path().extension() != ".gz")
            continue;
        ++count;
        const auto volume = storage::readVolume(entry.path());
        IO_OK(volume);
        QVERIFY(volume->geometry.hasPosition);
        const auto labels = storage::readMask(sharedData() / "data/nifti_hippocampus/labels" / entry.path().filename(),
                                              classesOf({1, 2}));
        IO_OK(labels);
        QCOMPARE(static_cast<int>(labels->slices.size()), volume->depth);
        QCOMPARE(labels->slices.front().width(), volume->width);
        QVERIFY(core::isSameGeometry(labels->geometry, volume->geometry));
    }
    QCOMPARE(count, 20);
}

void TestVolumeFiles::shared_fiveDimensionsAreRefused()
{
    SEMIGDA_NEEDS_SHARED("data/nifti_misc");
    IO_EXPECT_ERROR(storage::probeImage(sharedData() / "data/nifti_misc/tensor_rgb.nii.gz"),
                    ErrorCode::UnsupportedFormat, "tensor_rgb.nii.gz", "5 dimensions");
    const auto brain = storage::probeImage(sharedData() / "data/nifti_misc/flash_t1.nii.gz");
    IO_OK(brain);
    QCOMPARE(brain->width, 88);
    QCOMPARE(brain->height, 116);
    QCOMPARE(brain->frameCount, 128);
    QCOMPARE(brain->geometry.spacing[0], 2.0);
}

QTEST_GUILESS_MAIN(TestVolumeFiles)
#include "tst_VolumeFiles.moc"
