// SPDX-License-Identifier: Apache-2.0
#include "app/sample/CtSample.h"
#include "app/sample/SampleGenerator.h"
#include "app/sample/UltrasoundSample.h"
#include "storage/ImageFiles.h"
#include "storage/MaskFiles.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace semigda;
using app::SampleKind;
using app::SampleOptions;

namespace
{

QByteArray hashOf(const std::vector<std::byte> &bytes)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const std::byte each : bytes) {
        const char value = static_cast<char>(each);
        hash.addData(QByteArrayView(&value, 1));
    }
    return hash.result().toHex().left(16);
}

QByteArray contentOf(const std::filesystem::path &file)
{
    QFile read(QString::fromStdString(file.string()));
    return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray("unreadable");
}

bool isLesion(const core::ImageData &mask, std::size_t i)
{
    return mask.bytes[i] != std::byte{0};
}

double shareOf(const core::ImageData &mask)
{
    const auto inside = std::count(mask.bytes.begin(), mask.bytes.end(), std::byte{255});
    return static_cast<double>(inside) / static_cast<double>(mask.bytes.size());
}

/// Dice of "darker than Otsu's threshold" with the truth: what a method without any learning reaches.
double otsuDice(const core::ImageData &image, const core::ImageData &mask)
{
    std::array<double, 256> histogram{};
    double sum = 0;
    for (const std::byte each : image.bytes) {
        ++histogram[static_cast<std::size_t>(each)];
        sum += static_cast<double>(each);
    }
    const auto total = static_cast<double>(image.bytes.size());
    double below = 0;
    double sumBelow = 0;
    double best = -1;
    std::size_t threshold = 0;
    for (std::size_t t = 0; t < 256; ++t) {
        below += histogram[t];
        sumBelow += static_cast<double>(t) * histogram[t];
        if (below == 0 || below == total)
            continue;
        const double apart = sumBelow / below - (sum - sumBelow) / (total - below);
        if (below * (total - below) * apart * apart > best) {
            best = below * (total - below) * apart * apart;
            threshold = t;
        }
    }
    double both = 0;
    double either = 0;
    for (std::size_t i = 0; i < image.bytes.size(); ++i) {
        const bool isDark = static_cast<std::size_t>(image.bytes[i]) <= threshold;
        both += isDark && isLesion(mask, i) ? 1 : 0;
        either += (isDark ? 1 : 0) + (isLesion(mask, i) ? 1 : 0);
    }
    return 2 * both / either;
}

/// Mean grey inside the lesion less that of a rim around it.
double contrastOf(const core::ImageData &image, const core::ImageData &mask)
{
    double inside = 0;
    double insideCount = 0;
    double rim = 0;
    double rimCount = 0;
    const int reach = image.width / 20;
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            if (mask.stored(x, y) > 0) {
                inside += image.stored(x, y);
                ++insideCount;
                continue;
            }
            bool isNear = false;
            for (const auto &[dx, dy] : {std::pair(reach, 0), {-reach, 0}, {0, reach}, {0, -reach}}) {
                const int u = std::clamp(x + dx, 0, image.width - 1);
                const int v = std::clamp(y + dy, 0, image.height - 1);
                isNear = isNear || mask.stored(u, v) > 0;
            }
            rim += isNear ? image.stored(x, y) : 0;
            rimCount += isNear ? 1 : 0;
        }
    return inside / insideCount - rim / rimCount;
}

} // namespace

class TestSampleGenerator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }
    /// Known answers: the same bytes on every machine, compiler and C library.
    void bytes_areTheSameEverywhere()
    {
        const app::UltrasoundSample sample = app::makeUltrasoundSample(96, true, 7);
        QCOMPARE(hashOf(sample.image.bytes), QByteArray("717dca0b5fa76057"));
        QCOMPARE(hashOf(sample.mask.bytes), QByteArray("9286f8cdc412e256"));
        const app::CtSample ct = app::makeCtSample(64, 7, {}, {});
        QCOMPARE(hashOf(ct.volume.bytes), QByteArray("44f0f39a351d4b25"));
    }
    void sameSeed_givesTheSameFiles()
    {
        const auto first = generate("a", 5, 64, 5);
        const auto again = generate("b", 5, 64, 5);
        const auto fewer = generate("c", 3, 64, 5);
        const auto other = generate("d", 5, 64, 6);
        QCOMPARE(first.images.size(), std::size_t{5});
        QCOMPARE(first.masks.size(), std::size_t{5});
        for (std::size_t i = 0; i < 5; ++i) {
            QCOMPARE(contentOf(again.images[i]), contentOf(first.images[i]));
            QCOMPARE(contentOf(again.masks[i]), contentOf(first.masks[i]));
            QVERIFY(contentOf(other.images[i]) != contentOf(first.images[i]));
            QCOMPARE(first.images[i].stem(), first.masks[i].stem());
        }
        for (std::size_t i = 0; i < 3; ++i)
            QCOMPARE(contentOf(fewer.images[i]), contentOf(first.images[i]));
        QVERIFY(contentOf(first.images[0]) != contentOf(first.images[1]));
    }
    void files_areGreyImagesWithBinaryMasks()
    {
        const auto report = generate("a", 8, 100, 1);
        for (std::size_t i = 0; i < report.images.size(); ++i) {
            const auto image = storage::readImage(report.images[i]);
            const auto mask = storage::readImage(report.masks[i]);
            QVERIFY2(image.has_value(), image ? "" : image.error().message.english().c_str());
            QVERIFY2(mask.has_value(), mask ? "" : mask.error().message.english().c_str());
            for (const auto *each : {&*image, &*mask}) {
                QCOMPARE(each->width, 100);
                QCOMPARE(each->height, 100);
                QCOMPARE(each->channels, 1);
                QVERIFY(each->type == core::PixelType::UInt8);
            }
            for (const std::byte pixel : mask->bytes)
                QVERIFY(pixel == std::byte{0} || pixel == std::byte{255});
            const auto read = storage::readMask(report.masks[i], report.classes);
            QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
            QCOMPARE(read->slices.front().at(50, 50), core::LabelValue(mask->stored(50, 50) > 0 ? 1 : 0));
        }
    }
    void oneInEight_hasNoLesion()
    {
        const auto report = generate("a", 64, 64, 3);
        QCOMPARE(report.withoutLesion, std::size_t{8});
        std::vector<int> places;
        for (std::size_t i = 0; i < report.masks.size(); ++i)
            if (shareOf(*storage::readImage(report.masks[i])) == 0)
                places.push_back(static_cast<int>(i % 8));
        QCOMPARE(places.size(), std::size_t{8});
        QVERIFY2(std::count(places.begin(), places.end(), places.front()) < 8, "always the same place");
    }
    void lesions_varyAndAreNoThresholdsWork()
    {
        constexpr int Count = 40;
        std::vector<double> shares;
        double dice = 0;
        int darker = 0;
        for (int i = 0; i < Count; ++i) {
            const auto sample = app::makeUltrasoundSample(96, true, 100 + static_cast<std::uint64_t>(i));
            QVERIFY(sample.hasLesion);
            shares.push_back(shareOf(sample.mask));
            dice += otsuDice(sample.image, sample.mask) / Count;
            darker += contrastOf(sample.image, sample.mask) < 0 ? 1 : 0;
        }
        std::sort(shares.begin(), shares.end());
        QVERIFY2(shares.front() > 0.002 && shares.back() < 0.5,
                 qPrintable(QStringLiteral("%1 %2").arg(shares.front()).arg(shares.back())));
        QVERIFY2(shares[Count / 10] < 0.03 && shares[Count - Count / 10] > 0.1, "sizes must vary");
        QVERIFY2(dice < 0.45, qPrintable(QString::number(dice)));
        QVERIFY2(darker > Count * 8 / 10, "masks must lie on the lesions");
    }
    void images_useTheGreyScale()
    {
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            const auto sample = app::makeUltrasoundSample(128, true, seed);
            std::vector<std::byte> sorted = sample.image.bytes;
            std::sort(sorted.begin(), sorted.end());
            const int median = static_cast<int>(sorted[sorted.size() / 2]);
            QVERIFY2(median > 15 && median < 160, qPrintable(QString::number(median)));
            const auto white = std::count(sorted.begin(), sorted.end(), std::byte{255});
            QVERIFY2(static_cast<std::size_t>(white) < sorted.size() / 20, "overdriven");
        }
    }
    void ct_organsHaveTheirDensities()
    {
        const app::CtSample ct = app::makeCtSample(128, 11, {}, {});
        QCOMPARE(ct.volume.depth, 40);
        QCOMPARE(ct.labels.labels.size(), std::size_t{128 * 128 * 40});
        std::array<double, 4> sums{};
        std::array<double, 4> counts{};
        for (int z = 0; z < 40; ++z) {
            const core::ImageData slice = ct.volume.slice(z);
            for (int y = 0; y < 128; ++y)
                for (int x = 0; x < 128; ++x) {
                    const auto label = ct.labels.labels[static_cast<std::size_t>((z * 128 + y) * 128 + x)];
                    QVERIFY(label < 4);
                    sums[label] += slice.value(x, y);
                    ++counts[label];
                }
        }
        QVERIFY(counts[1] > 10000 && counts[2] > 50 && counts[3] > 2000);
        const double liver = sums[1] / counts[1];
        QVERIFY(liver > 80 && liver < 130);
        QVERIFY(sums[2] / counts[2] < liver - 15);
        QVERIFY(sums[3] / counts[3] > liver + 20);
    }
    void ct_everySeedHasALesion()
    {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const app::CtSample ct = app::makeCtSample(64, seed, {}, {});
            QVERIFY(std::count(ct.labels.labels.begin(), ct.labels.labels.end(), core::LabelValue{2}) > 8);
        }
    }
    void ct_isASeriesWithItsLabelVolume()
    {
        SampleOptions options = optionsFor("ct", 2, 64, 4);
        options.kind = SampleKind::CtVolume;
        std::size_t last = 0;
        std::size_t total = 0;
        const auto report = app::generateSample(options,
                                                [&](const core::TaskProgress &progress) {
                                                    last = progress.done;
                                                    total = progress.total;
                                                },
                                                {});
        QVERIFY2(report.has_value(), report ? "" : report.error().message.english().c_str());
        QCOMPARE(last, total);
        QCOMPARE(report->images.size(), std::size_t{2});
        QCOMPARE(report->classes.findByName("Lesion")->value, core::LabelValue{2});
        const auto mask = storage::readMask(report->masks[0], report->classes);
        QVERIFY2(mask.has_value(), mask ? "" : mask.error().message.english().c_str());
        QCOMPARE(mask->slices.size(), std::size_t{20});
        const auto first = storage::readImage(report->images[0] / "slice_001.dcm");
        QVERIFY2(first.has_value(), first ? "" : first.error().message.english().c_str());
        QCOMPARE(first->width, 64);
        QVERIFY(core::isSameGeometry(first->geometry, mask->geometry));
        const auto probed = storage::probeImage(report->images[0] / "slice_020.dcm");
        const auto otherSeries = storage::probeImage(report->images[1] / "slice_020.dcm");
        QVERIFY(probed->seriesKey != otherSeries->seriesKey);
        QVERIFY(probed->patientKey != otherSeries->patientKey);
        // Labels lie on the slices they were made for.
        double inside = 0;
        double count = 0;
        for (int z = 0; z < 20; ++z) {
            const auto slice = storage::readImage(
                report->images[0] / QStringLiteral("slice_%1.dcm").arg(z + 1, 3, 10, QLatin1Char('0')).toStdString());
            for (int y = 0; y < 64; ++y)
                for (int x = 0; x < 64; ++x)
                    if (mask->slices[static_cast<std::size_t>(z)].at(x, y) == 1) {
                        inside += slice->value(x, y);
                        ++count;
                    }
        }
        QVERIFY(inside / count > 80 && inside / count < 130);
    }
    void otherFiles_areNeverMixedIn()
    {
        generate("a", 2, 64, 1);
        const auto again = app::generateSample(optionsFor("a", 2, 64, 2), {}, {});
        QCOMPARE(again.error().code, core::ErrorCode::AlreadyExists);
        QVERIFY(again.error().message.english().find("images") != std::string::npos);
    }
    void wrongOptions_areExplained()
    {
        for (const SampleOptions &options :
             {optionsFor("a", 0, 64, 1), optionsFor("a", 200000, 64, 1), optionsFor("a", 1, 32, 1),
              optionsFor("a", 1, 4096, 1), optionsFor("a", 1, -1, 1)}) {
            const auto result = app::generateSample(options, {}, {});
            QCOMPARE(result.error().code, core::ErrorCode::InvalidArgument);
            QVERIFY(!QDir(m_folder->filePath(QStringLiteral("a"))).exists());
        }
        QVERIFY(!app::sampleKindFrom("mri"));
        QVERIFY(app::sampleKindFrom("ct-volume") == SampleKind::CtVolume);
        QVERIFY(app::sampleKindFrom("ultrasound") == SampleKind::Ultrasound);
        SampleOptions blocked = optionsFor("file", 1, 64, 1);
        QFile file(m_folder->filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(!app::generateSample(blocked, {}, {}));
    }
    void stopping_leavesCompleteFiles()
    {
        std::stop_source source;
        const auto result = app::generateSample(
            optionsFor("a", 50, 64, 1),
            [&](const core::TaskProgress &progress) {
                if (progress.done == 3)
                    source.request_stop();
            },
            source.get_token());
        QCOMPARE(result.error().code, core::ErrorCode::Cancelled);
        QCOMPARE(QDir(m_folder->filePath(QStringLiteral("a/images"))).entryList(QDir::Files).size(), 3);
        QCOMPARE(QDir(m_folder->filePath(QStringLiteral("a/masks"))).entryList(QDir::Files).size(), 3);
    }

private:
    SampleOptions optionsFor(const char *name, int count, int size, std::uint64_t seed) const
    {
        SampleOptions options;
        options.count = count;
        options.size = size;
        options.seed = seed;
        options.folder = std::filesystem::path(m_folder->path().toStdString()) / name;
        return options;
    }
    app::SampleReport generate(const char *name, int count, int size, std::uint64_t seed) const
    {
        auto report = app::generateSample(optionsFor(name, count, size, seed), {}, {});
        if (!report) {
            QTest::qFail(report.error().message.english().c_str(), __FILE__, __LINE__);
            return {};
        }
        return *report;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestSampleGenerator)
#include "tst_SampleGenerator.moc"
