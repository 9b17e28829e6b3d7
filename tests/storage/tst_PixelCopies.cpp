// SPDX-License-Identifier: Apache-2.0
#include "IoFiles.h"

#include "storage/MaskCodec_p.h"
#include "storage/PixelCopies_p.h"
#include "storage/PixelCopyFile_p.h"
#include "support/SmallDisk.h"

#include <algorithm>
#include <chrono>
#include <random>

using namespace semigda;
using core::ImageData;
using core::PixelType;
using storage::PixelCopies;

namespace
{

const std::string Sha(64, 'b');
const std::string OtherSha(64, 'c');

bool isSame(const ImageData &a, const ImageData &b)
{
    return a.width == b.width && a.height == b.height && a.channels == b.channels && a.type == b.type
           && a.bytes == b.bytes && a.slope == b.slope && a.intercept == b.intercept && a.isInverted == b.isInverted
           && a.window == b.window && a.geometry == b.geometry;
}

ImageData radiograph()
{
    ImageData image = test::patternImage(613, 2000, 1, PixelType::UInt16);
    image.slope = 0.5;
    image.intercept = -1024.0;
    image.isInverted = true;
    image.window = core::ValueWindow{40.0, 400.0};
    image.geometry.hasSpacing = true;
    image.geometry.hasPosition = true;
    image.geometry.spacing = {0.14, 0.15, 2.0};
    image.geometry.origin = {-120.5, 33.0, 7.25};
    image.geometry.direction = {0.0, 1.0, 0.0, 0.0, 0.0, -1.0, -1.0, 0.0, 0.0};
    return image;
}

constexpr auto Whole = PixelCopies::Kind::Whole;
constexpr auto Overview = PixelCopies::Kind::Overview;

PixelCopies::Limits limits(std::uintmax_t bytes)
{
    return {bytes, 1.0};
}

std::vector<std::string> filesIn(const std::filesystem::path &folder)
{
    std::vector<std::string> names;
    std::error_code missing;
    for (const auto &entry : std::filesystem::directory_iterator(folder, missing))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

bool yes()
{
    return true;
}

} // namespace

class tst_PixelCopies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void image_comesBackAsItWas_data();
    void image_comesBackAsItWas();
    void damage_isNoticed();
    void cutOffFile_isNoticed();
    void impossibleHeader_isRefused();
    void otherFile_isNoCopy();
    void copyOfAnotherVersion_isNotUsed();
    void copy_isFoundByHashAndFrame();
    void damagedCopy_goes();
    void kinds_doNotMix();
    void copiesThatWentByHand_makeRoom();
    void limit_isKeptByTheOldest();
    void limit_isKeptByTheNewest();
    void shareOfTheDisk_isTheLimitToo();
    void readOnlyFolder_isOnlyRead();
    void imageThatIsGone_getsNoCopy();
    void stop_leavesNothingBehind();
    void erase_takesOneFrame();
    void eraseThatFails_namesTheFile();
    void fullDisk_leavesNothingBehind();
};

void tst_PixelCopies::image_comesBackAsItWas_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("channels");
    QTest::addColumn<PixelType>("type");
    QTest::newRow("one pixel") << 1 << 1 << 1 << PixelType::UInt8;
    QTest::newRow("grey, 8 bit") << 1031 << 2053 << 1 << PixelType::UInt8;
    QTest::newRow("RGB, 8 bit") << 777 << 1500 << 3 << PixelType::UInt8;
    QTest::newRow("RGBA, 16 bit") << 300 << 1001 << 4 << PixelType::UInt16;
    QTest::newRow("signed, 16 bit") << 1023 << 1025 << 1 << PixelType::Int16;
    QTest::newRow("32 bit") << 511 << 1200 << 1 << PixelType::Int32;
    QTest::newRow("float") << 513 << 900 << 1 << PixelType::Float32;
    QTest::newRow("row longer than a band") << 100000 << 3 << 4 << PixelType::Float32;
}

void tst_PixelCopies::image_comesBackAsItWas()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, channels);
    QFETCH(PixelType, type);
    const QTemporaryDir folder;
    const std::filesystem::path file = test::in(folder, "copy");
    ImageData image = test::patternImage(width, height, channels, type);
    QVERIFY(storage::writePixelCopy(file, image));
    std::optional<ImageData> read = storage::readPixelCopy(file);
    QVERIFY(read);
    QVERIFY(isSame(*read, image));
    const ImageData described = radiograph();
    image.slope = described.slope;
    image.intercept = described.intercept;
    image.isInverted = true;
    image.window = described.window;
    image.geometry = described.geometry;
    QVERIFY(storage::writePixelCopy(file, image));
    read = storage::readPixelCopy(file);
    QVERIFY(read);
    QVERIFY(isSame(*read, image));
}

void tst_PixelCopies::damage_isNoticed()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = test::in(folder, "copy");
    const ImageData image = radiograph();
    QVERIFY(storage::writePixelCopy(file, image));
    const QByteArray whole = test::readBytes(file);
    // Every byte of both ends, and some of each band.
    for (qsizetype at = 0; at < whole.size();) {
        const bool isEnd = at < 100 || at >= whole.size() - 300;
        QByteArray damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        test::writeBytes(file, damaged);
        const std::optional<ImageData> read = storage::readPixelCopy(file);
        // Bits that zstd does not use may change.
        QVERIFY2(!read || (isEnd && isSame(*read, image)), qPrintable(QString::number(at)));
        at = isEnd ? at + 1 : std::min<qsizetype>(at + 7919, whole.size() - 300);
    }
}

void tst_PixelCopies::cutOffFile_isNoticed()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = test::in(folder, "copy");
    QVERIFY(storage::writePixelCopy(file, radiograph()));
    const QByteArray whole = test::readBytes(file);
    for (const qsizetype size :
         {qsizetype(0), qsizetype(7), qsizetype(11), qsizetype(40), whole.size() / 2, whole.size() - 1}) {
        test::writeBytes(file, whole.left(size));
        QVERIFY(!storage::readPixelCopy(file));
    }
    test::writeBytes(file, whole + "x");
    QVERIFY(!storage::readPixelCopy(file));
}

void tst_PixelCopies::impossibleHeader_isRefused()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = test::in(folder, "copy");
    ImageData image = radiograph();
    image.height = 10;
    image.bytes.resize(image.sampleCount() * 2);
    QVERIFY(storage::writePixelCopy(file, image));
    const QByteArray whole = test::readBytes(file);
    std::uint32_t packedBytes = 0;
    std::memcpy(&packedBytes, whole.constData() + whole.size() - 4, 4);
    const qsizetype bands = whole.size() - 4 - packedBytes;
    const auto *packed = reinterpret_cast<const std::byte *>(whole.constData() + bands);
    const storage::Blob header = storage::decompress({packed, packedBytes}, 1 << 20, core::Sentence()).value();
    std::mt19937 random(7);
    int refused = 0;
    constexpr int Changes = 5000;
    for (int i = 0; i < Changes; ++i) {
        // The sum is right, as of a header that somebody wrote by intent.
        storage::Blob changed = header;
        for (unsigned change = 0; change <= random() % 3; ++change)
            changed[random() % changed.size()] = static_cast<std::byte>(random() % 2 ? random() % 256 : random() % 3);
        if (i % 10 == 0)
            changed.resize(random() % changed.size());
        const storage::Blob repacked = storage::compress(changed).value();
        const auto size = static_cast<std::uint32_t>(repacked.size());
        QByteArray bytes = whole.left(bands);
        bytes.append(reinterpret_cast<const char *>(repacked.data()), static_cast<qsizetype>(repacked.size()));
        bytes.append(reinterpret_cast<const char *>(&size), 4);
        test::writeBytes(file, bytes);
        const std::optional<ImageData> read = storage::readPixelCopy(file);
        refused += read ? 0 : 1;
        QVERIFY(!read || read->bytes.size() == read->sampleCount() * core::bytesPerSample(read->type));
    }
    QVERIFY2(refused > Changes / 4 && refused < Changes, qPrintable(QString::number(refused)));
}

void tst_PixelCopies::otherFile_isNoCopy()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = test::in(folder, "copy");
    QVERIFY(!storage::readPixelCopy(file));
    test::writeBytes(file, QByteArray(1 << 16, 'x'));
    QVERIFY(!storage::readPixelCopy(file));
    QVERIFY(!storage::readPixelCopy(folder.path().toStdString()));
    // More channels than an image of this program can have.
    QVERIFY(storage::writePixelCopy(file, test::patternImage(40, 30, 5, PixelType::UInt8)));
    QVERIFY(!storage::readPixelCopy(file));
}

void tst_PixelCopies::copyOfAnotherVersion_isNotUsed()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = test::in(folder, "copy");
    const ImageData image = test::patternImage(40, 30, 1, PixelType::UInt8);
    QVERIFY(storage::writePixelCopy(file, image, {}, "0.0.1"));
    QVERIFY(!storage::readPixelCopy(file));
    QVERIFY(storage::readPixelCopy(file, "0.0.1"));
}

void tst_PixelCopies::copy_isFoundByHashAndFrame()
{
    const QTemporaryDir folder;
    PixelCopies copies(test::in(folder, "cache"), Whole, true, limits(1 << 30));
    const ImageData first = radiograph();
    const ImageData second = test::patternImage(40, 30, 3, PixelType::UInt8);
    QVERIFY(!copies.find(Sha, 0));
    QVERIFY(copies.keep(Sha, 0, first, PixelCopies::Room::Free, yes));
    QVERIFY(copies.keep(Sha, 11, second, PixelCopies::Room::Made, yes));
    QVERIFY(!copies.find(Sha, 1));
    QVERIFY(!copies.find(OtherSha, 0));
    QVERIFY(isSame(copies.find(Sha, 0).value(), first));
    QVERIFY(isSame(copies.find(Sha, 11).value(), second));
    QCOMPARE(filesIn(copies.folder()).size(), std::size_t(2));
    for (const std::string &name : filesIn(copies.folder()))
        QCOMPARE(PixelCopies::sha256Of(name), Sha);
    // What is there already is left as it is.
    QVERIFY(copies.keep(Sha, 0, second, PixelCopies::Room::Made, yes));
    QVERIFY(isSame(copies.find(Sha, 0).value(), first));
}

void tst_PixelCopies::damagedCopy_goes()
{
    const QTemporaryDir folder;
    PixelCopies copies(test::in(folder, "cache"), Whole, true, limits(1 << 30));
    const ImageData image = radiograph();
    QVERIFY(copies.keep(Sha, 0, image, PixelCopies::Room::Free, yes));
    test::writeBytes(copies.folder() / filesIn(copies.folder()).front(), "half");
    QVERIFY(!copies.find(Sha, 0));
    QVERIFY(filesIn(copies.folder()).empty());
    QVERIFY(copies.keep(Sha, 0, image, PixelCopies::Room::Free, yes));
    QVERIFY(isSame(copies.find(Sha, 0).value(), image));
}

void tst_PixelCopies::kinds_doNotMix()
{
    const QTemporaryDir folder;
    const ImageData image = test::patternImage(100, 100, 1, PixelType::UInt8);
    const ImageData small = test::patternImage(50, 50, 1, PixelType::UInt8);
    const std::filesystem::path place = test::in(folder, "cache");
    PixelCopies whole(place, Whole, true, limits(11000));
    PixelCopies overviews(place, Overview, true, limits(2600));
    QVERIFY(whole.keep(Sha, 0, image, PixelCopies::Room::Free, yes));
    QVERIFY(!overviews.contains(Sha, 0) && !overviews.find(Sha, 0));
    // Each has its own room.
    QVERIFY(overviews.keep(Sha, 0, small, PixelCopies::Room::Free, yes));
    QVERIFY(overviews.contains(Sha, 0) && !overviews.contains(Sha, 1));
    QVERIFY(isSame(whole.find(Sha, 0).value(), image));
    QVERIFY(isSame(overviews.find(Sha, 0).value(), small));
    for (const std::string &name : filesIn(place))
        QCOMPARE(PixelCopies::sha256Of(name), Sha);
    QVERIFY(overviews.keep(Sha, 1, small, PixelCopies::Room::Made, yes));
    QVERIFY(whole.contains(Sha, 0));
    QVERIFY(!overviews.contains(Sha, 0) && overviews.contains(Sha, 1));
    QVERIFY(!whole.erase(Sha, 0));
    QVERIFY(!whole.contains(Sha, 0) && overviews.contains(Sha, 1));
    QVERIFY(!overviews.erase(Sha, 1));
    QVERIFY(filesIn(place).empty());
}

void tst_PixelCopies::copiesThatWentByHand_makeRoom()
{
    const QTemporaryDir folder;
    const ImageData image = test::patternImage(100, 100, 1, PixelType::UInt8);
    PixelCopies copies(test::in(folder, "cache"), Whole, true, limits(15000));
    QVERIFY(copies.keep(Sha, 1, image, PixelCopies::Room::Free, yes));
    QVERIFY(!copies.keep(Sha, 2, image, PixelCopies::Room::Free, yes));
    std::filesystem::remove_all(copies.folder());
    QVERIFY(copies.keep(Sha, 2, image, PixelCopies::Room::Free, yes));
    QVERIFY(!copies.erase(Sha, 2));
    QVERIFY(copies.keep(Sha, 3, image, PixelCopies::Room::Free, yes));
}

void tst_PixelCopies::limit_isKeptByTheOldest()
{
    const QTemporaryDir folder;
    const ImageData image = test::patternImage(100, 100, 1, PixelType::UInt8);
    PixelCopies copies(test::in(folder, "cache"), Whole, true, limits(35000));
    for (const int frame : {1, 2, 3}) {
        QVERIFY(copies.keep(Sha, frame, image, PixelCopies::Room::Made, yes));
        // As if that were a while ago.
        const std::filesystem::path file = copies.folder() / (Sha + "-" + std::to_string(frame) + ".pixels");
        std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now()
                                                   - std::chrono::hours(10 - frame));
    }
    QVERIFY(copies.find(Sha, 1)); // and is the newest by that
    QVERIFY(copies.keep(Sha, 4, image, PixelCopies::Room::Made, yes));
    QVERIFY(copies.find(Sha, 1));
    QVERIFY(!copies.find(Sha, 2));
    QVERIFY(copies.find(Sha, 3));
    QVERIFY(copies.find(Sha, 4));
    QVERIFY(!copies.keep(Sha, 5, test::patternImage(200, 200, 1, PixelType::UInt8), PixelCopies::Room::Made, yes));
    QCOMPARE(filesIn(copies.folder()).size(), std::size_t(3));
}

void tst_PixelCopies::limit_isKeptByTheNewest()
{
    const QTemporaryDir folder;
    const ImageData image = test::patternImage(100, 100, 1, PixelType::UInt8);
    PixelCopies copies(test::in(folder, "cache"), Whole, true, limits(25000));
    QVERIFY(copies.keep(Sha, 1, image, PixelCopies::Room::Free, yes));
    QVERIFY(copies.keep(Sha, 2, image, PixelCopies::Room::Free, yes));
    QVERIFY(!copies.keep(Sha, 3, image, PixelCopies::Room::Free, yes));
    QVERIFY(copies.find(Sha, 1));
    QVERIFY(copies.find(Sha, 2));
    QVERIFY(!copies.find(Sha, 3));
}

void tst_PixelCopies::shareOfTheDisk_isTheLimitToo()
{
    test::SmallDisk disk;
    if (!disk.isMounted)
        QSKIP("mounting a small file system needs root");
    const ImageData image = test::patternImage(300, 100, 1, PixelType::UInt8);
    PixelCopies copies(disk.path() / "cache", Whole, true, {1U << 30, 0.05});
    int kept = 0;
    for (int frame = 0; frame < 20; ++frame)
        kept += copies.keep(Sha, frame, image, PixelCopies::Room::Free, yes) ? 1 : 0;
    QVERIFY2(kept >= 2 && kept <= 3, qPrintable(QString::number(kept))); // of 2 MB
}

void tst_PixelCopies::readOnlyFolder_isOnlyRead()
{
    const QTemporaryDir folder;
    const std::filesystem::path place = test::in(folder, "cache");
    const ImageData image = radiograph();
    QVERIFY(PixelCopies(place, Whole, true, limits(1 << 30)).keep(Sha, 0, image, PixelCopies::Room::Free, yes));
    const std::filesystem::path file = place / filesIn(place).front();
    const auto old = std::filesystem::last_write_time(file) - std::chrono::hours(3);
    std::filesystem::last_write_time(file, old);
    PixelCopies copies(place, Whole, false, limits(1 << 30));
    QVERIFY(isSame(copies.find(Sha, 0).value(), image));
    QVERIFY(std::filesystem::last_write_time(file) == old);
    QVERIFY(!copies.keep(Sha, 1, image, PixelCopies::Room::Made, yes));
    test::writeBytes(file, "half");
    QVERIFY(!copies.find(Sha, 0));
    QCOMPARE(filesIn(place).size(), std::size_t(1));
}

void tst_PixelCopies::imageThatIsGone_getsNoCopy()
{
    const QTemporaryDir folder;
    PixelCopies copies(test::in(folder, "cache"), Whole, true, limits(1 << 30));
    QVERIFY(!copies.keep(Sha, 0, radiograph(), PixelCopies::Room::Free, [] { return false; }));
    QVERIFY(filesIn(copies.folder()).empty());
}

void tst_PixelCopies::stop_leavesNothingBehind()
{
    const QTemporaryDir folder;
    PixelCopies copies(test::in(folder, "cache"), Whole, true, limits(1 << 30));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!copies.keep(Sha, 0, radiograph(), PixelCopies::Room::Free, yes, stop.get_token()));
    QVERIFY(filesIn(copies.folder()).empty());
}

void tst_PixelCopies::erase_takesOneFrame()
{
    const QTemporaryDir folder;
    PixelCopies copies(test::in(folder, "cache"), Whole, true, limits(1 << 30));
    QVERIFY(!copies.erase(Sha, 0)); // nothing is there, not even the folder
    for (const int frame : {0, 1, 10})
        QVERIFY(copies.keep(Sha, frame, radiograph(), PixelCopies::Room::Free, yes));
    QVERIFY(copies.keep(OtherSha, 1, radiograph(), PixelCopies::Room::Free, yes));
    QVERIFY(!copies.erase(Sha, 1));
    QCOMPARE(filesIn(copies.folder()),
             (std::vector<std::string>{Sha + "-0.pixels", Sha + "-10.pixels", OtherSha + "-1.pixels"}));
}

void tst_PixelCopies::eraseThatFails_namesTheFile()
{
    const QTemporaryDir folder;
    PixelCopies copies(test::in(folder, "cache"), Whole, true, limits(1 << 30));
    // A folder with something in it cannot be removed as a file is.
    const std::filesystem::path stuck = copies.folder() / (Sha + "-0.pixels");
    std::filesystem::create_directories(stuck / "within");
    const auto refused = copies.erase(Sha, 0);
    QVERIFY(refused);
    QCOMPARE(refused->file, stuck);
    QVERIFY(!refused->reason.empty());
}

void tst_PixelCopies::fullDisk_leavesNothingBehind()
{
    test::SmallDisk disk;
    if (!disk.isMounted)
        QSKIP("mounting a small file system needs root");
    PixelCopies copies(disk.path() / "cache", Whole, true, {1U << 30, 1000.0}); // a limit that does not hold it back
    QVERIFY(!copies.keep(Sha, 0, test::patternImage(3000, 1000, 1, PixelType::UInt8), PixelCopies::Room::Free, yes));
    QVERIFY(filesIn(copies.folder()).empty());
}

QTEST_GUILESS_MAIN(tst_PixelCopies)
#include "tst_PixelCopies.moc"
