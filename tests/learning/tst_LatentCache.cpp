// SPDX-License-Identifier: Apache-2.0
#include "learning/LatentCache_p.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <algorithm>
#include <fstream>
#include <memory>
#include <set>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace semigda::learning;

namespace
{

constexpr std::int64_t Floats = 5;
/// Header, key, checksum and values, rounded up to a multiple of 64.
constexpr std::int64_t SlotBytes = 64;
constexpr std::int64_t HeaderBytes = 64;

LatentKey keyOf(int number)
{
    return fingerprint(&number, sizeof number);
}

torch::Tensor latentOf(int number)
{
    return torch::arange(Floats, torch::kFloat32) + static_cast<float>(number);
}

LatentCache::Size sizeFor(std::int64_t latents, std::int64_t most = 1 << 20)
{
    return {Floats, latents, most};
}

bool holds(LatentCache &cache, int number)
{
    const torch::Tensor found = cache.find(keyOf(number));
    return found.defined() && torch::equal(found, latentOf(number));
}

int countHeld(LatentCache &cache, int numbers)
{
    int held = 0;
    for (int i = 0; i < numbers; ++i) {
        held += holds(cache, i);
    }
    return held;
}

void overwrite(const std::filesystem::path &file, std::int64_t position, char value)
{
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(position);
    stream.put(value);
}

} // namespace

class tst_LatentCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void fingerprints_tellBytesApart();
    void fingerprint_ofTensor_isOfItsValues();
    void latents_comeBack_data();
    void latents_comeBack();
    void laterCache_findsThem();
    void moreImages_lengthenTheFile();
    void unusedLatents_makeRoomFirst();
    void fullCache_staysWithinItsBound_data();
    void fullCache_staysWithinItsBound();
    void tooLittleRoom_keepsNothing();
    void damagedLatent_isNotFound_data();
    void damagedLatent_isNotFound();
    void foreignFile_isReplaced_data();
    void foreignFile_isReplaced();
    void folderThatCannotBeHad_usesMemory();
    void fullDisk_usesMemory();
    void twoAtOnce_neverMixUp();
    void wrongSize_isNotTaken();

private:
    std::filesystem::path folder() const { return m_folder->path().toStdString(); }
    std::filesystem::path file() const { return LatentCache::fileIn(folder(), Floats); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_LatentCache::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void tst_LatentCache::fingerprints_tellBytesApart()
{
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
    std::set<std::uint64_t> firsts;
    std::set<std::uint64_t> seconds;
    const auto add = [&](const LatentKey &key) {
        seen.insert({key.first, key.second});
        firsts.insert(key.first);
        seconds.insert(key.second);
    };
    std::size_t count = 0;
    // Every single bit of texts of many lengths, zeros of every length, and the seed count.
    for (std::size_t length = 1; length <= 40; ++length) {
        std::string text(length, '\0');
        add(fingerprint(text));
        ++count;
        for (std::size_t bit = 0; bit < 8 * length; ++bit) {
            std::string other = text;
            other[bit / 8] = static_cast<char>(1 << (bit % 8));
            add(fingerprint(other));
            ++count;
        }
    }
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        add(fingerprint("a", {seed, 0}));
        add(fingerprint("a", {0, seed}));
        count += 2;
    }
    QCOMPARE(seen.size(), count);
    // Either lane alone tells so few apart too.
    QCOMPARE(firsts.size(), count);
    QCOMPARE(seconds.size(), count);
    QVERIFY(fingerprint("abc") == fingerprint("abc"));
    QVERIFY(fingerprint("ab", fingerprint("c")) != fingerprint("c", fingerprint("ab")));
}

void tst_LatentCache::fingerprint_ofTensor_isOfItsValues()
{
    const torch::Tensor values = torch::arange(24, torch::kFloat32).view({1, 2, 3, 4});
    QVERIFY(fingerprint(values.contiguous(torch::MemoryFormat::ChannelsLast)) == fingerprint(values));
    QVERIFY(fingerprint(values.transpose(2, 3)) != fingerprint(values));
    QVERIFY(fingerprint(values.narrow(3, 1, 2)) == fingerprint(values.narrow(3, 1, 2).clone()));
}

void tst_LatentCache::latents_comeBack_data()
{
    QTest::addColumn<bool>("isMapped");
    QTest::newRow("in a file") << true;
    QTest::newRow("in memory") << false;
}

void tst_LatentCache::latents_comeBack()
{
    QFETCH(bool, isMapped);
    LatentCache cache(isMapped ? folder() : std::filesystem::path(), sizeFor(4));
    QCOMPARE(cache.isMapped(), isMapped);
    QCOMPARE(std::filesystem::exists(file()), isMapped);
    QVERIFY(!cache.find(keyOf(1)).defined());
    // Any shape and layout, also of a tensor that learns.
    cache.insert(keyOf(1), latentOf(1).view({1, 5, 1}).set_requires_grad(true));
    cache.insert(keyOf(2), latentOf(2).view({5, 1}).expand({5, 2}).select(1, 0));
    QVERIFY(holds(cache, 1));
    QVERIFY(holds(cache, 2));
    QVERIFY(!cache.find(keyOf(3)).defined());
    // A copy: what a caller does to it changes nothing here.
    cache.find(keyOf(1)).zero_();
    QVERIFY(holds(cache, 1));
    // The last one counts.
    cache.insert(keyOf(1), latentOf(7));
    QVERIFY(torch::equal(cache.find(keyOf(1)), latentOf(7)));
    QVERIFY(holds(cache, 2));
}

void tst_LatentCache::laterCache_findsThem()
{
    {
        LatentCache cache(folder(), sizeFor(10));
        for (int i = 0; i < 6; ++i) {
            cache.insert(keyOf(i), latentOf(i));
        }
    }
    LatentCache later(folder(), sizeFor(10));
    QVERIFY(later.isMapped());
    QCOMPARE(countHeld(later, 10), 6);
    for (int i = 6; i < 10; ++i) {
        later.insert(keyOf(i), latentOf(i));
    }
    QCOMPARE(countHeld(later, 10), 10);
    // Latents of another size have a file of their own.
    LatentCache other(folder(), {Floats + 1, 10, 1 << 20});
    QVERIFY(!other.find(keyOf(1)).defined());
    QCOMPARE(countHeld(later, 10), 10);
}

void tst_LatentCache::moreImages_lengthenTheFile()
{
    {
        LatentCache cache(folder(), sizeFor(3));
        for (int i = 0; i < 3; ++i) {
            cache.insert(keyOf(i), latentOf(i));
        }
    }
    QCOMPARE(static_cast<std::int64_t>(std::filesystem::file_size(file())), HeaderBytes + 3 * SlotBytes);
    LatentCache more(folder(), sizeFor(8));
    QCOMPARE(static_cast<std::int64_t>(std::filesystem::file_size(file())), HeaderBytes + 8 * SlotBytes);
    for (int i = 3; i < 8; ++i) {
        more.insert(keyOf(i), latentOf(i));
    }
    QCOMPARE(countHeld(more, 8), 8);
    // A run with fewer images leaves the file as long as it is.
    LatentCache fewer(folder(), sizeFor(2));
    QCOMPARE(fewer.capacity(), std::int64_t{2});
    QCOMPARE(static_cast<std::int64_t>(std::filesystem::file_size(file())), HeaderBytes + 8 * SlotBytes);
}

void tst_LatentCache::unusedLatents_makeRoomFirst()
{
    {
        LatentCache cache(folder(), sizeFor(6));
        for (int i = 0; i < 6; ++i) {
            cache.insert(keyOf(i), latentOf(i));
        }
    }
    LatentCache later(folder(), sizeFor(6));
    QVERIFY(holds(later, 1));
    QVERIFY(holds(later, 4));
    // Four that nobody asked for go, the two in use stay.
    for (int i = 10; i < 14; ++i) {
        later.insert(keyOf(i), latentOf(i));
    }
    QVERIFY(holds(later, 1));
    QVERIFY(holds(later, 4));
    for (int i = 10; i < 14; ++i) {
        QVERIFY(holds(later, i));
    }
    QCOMPARE(countHeld(later, 6), 2);
}

void tst_LatentCache::fullCache_staysWithinItsBound_data()
{
    latents_comeBack_data();
}

void tst_LatentCache::fullCache_staysWithinItsBound()
{
    QFETCH(bool, isMapped);
    // Room for 100 of 200.
    constexpr int Numbers = 200;
    const std::int64_t most = HeaderBytes + 100 * SlotBytes + 63;
    LatentCache cache(isMapped ? folder() : std::filesystem::path(), sizeFor(Numbers, most));
    QCOMPARE(cache.capacity(), std::int64_t{100});
    int found = 0;
    for (int pass = 0; pass < 4; ++pass) {
        for (int i = 0; i < Numbers; ++i) {
            if (holds(cache, i)) {
                ++found;
            } else {
                cache.insert(keyOf(i), latentOf(i));
                QVERIFY(holds(cache, i));
            }
        }
    }
    // Half of the room that is wanted must spare much of the work, which what was used last would not: images come
    // round in the same order.
    QVERIFY2(found > 60, qPrintable(QString::number(found)));
    QCOMPARE(countHeld(cache, Numbers), 100);
    QVERIFY(!isMapped || static_cast<std::int64_t>(std::filesystem::file_size(file())) <= most);
}

void tst_LatentCache::tooLittleRoom_keepsNothing()
{
    LatentCache cache(folder(), sizeFor(10, HeaderBytes + SlotBytes - 1));
    QCOMPARE(cache.capacity(), std::int64_t{0});
    cache.insert(keyOf(1), latentOf(1));
    QVERIFY(!cache.find(keyOf(1)).defined());
    QVERIFY(!std::filesystem::exists(file()));
}

void tst_LatentCache::damagedLatent_isNotFound_data()
{
    QTest::addColumn<int>("at");
    QTest::newRow("key") << 3;
    QTest::newRow("checksum") << 17;
    QTest::newRow("first value") << 32;
    QTest::newRow("last value") << 51;
}

void tst_LatentCache::damagedLatent_isNotFound()
{
    QFETCH(int, at);
    {
        LatentCache cache(folder(), sizeFor(2));
        cache.insert(keyOf(0), latentOf(0));
        cache.insert(keyOf(1), latentOf(1));
    }
    overwrite(file(), HeaderBytes + at, 0x55);
    LatentCache later(folder(), sizeFor(2));
    QVERIFY(!holds(later, 0));
    QVERIFY(holds(later, 1));
    later.insert(keyOf(0), latentOf(0));
    QCOMPARE(countHeld(later, 2), 2);
}

void tst_LatentCache::foreignFile_isReplaced_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("not ours\n").repeated(40);
    QTest::newRow("cut off") << QByteArray("SGLATNT1\5\0\0", 11);
    QTest::newRow("another size") << QByteArray("SGLATNT1\6\0\0\0\0\0\0\0", 16) + QByteArray(600, 'x');
}

void tst_LatentCache::foreignFile_isReplaced()
{
    QFETCH(QByteArray, bytes);
    std::ofstream(file(), std::ios::binary).write(bytes.constData(), bytes.size());
    LatentCache cache(folder(), sizeFor(3));
    QVERIFY(cache.isMapped());
    QCOMPARE(static_cast<std::int64_t>(std::filesystem::file_size(file())), HeaderBytes + 3 * SlotBytes);
    for (int i = 0; i < 3; ++i) {
        cache.insert(keyOf(i), latentOf(i));
    }
    QCOMPARE(countHeld(cache, 3), 3);
}

void tst_LatentCache::folderThatCannotBeHad_usesMemory()
{
    // A folder that is none, and a file whose place is taken by a folder.
    std::filesystem::create_directories(file() / "inside");
    for (const std::filesystem::path &place : {folder() / "nowhere", folder()}) {
        LatentCache cache(place, sizeFor(2));
        QVERIFY(!cache.isMapped());
        cache.insert(keyOf(1), latentOf(1));
        QVERIFY(holds(cache, 1));
    }
    QVERIFY(std::filesystem::exists(file() / "inside"));
}

void tst_LatentCache::fullDisk_usesMemory()
{
#ifndef Q_OS_UNIX
    QSKIP("A full disk is played by a limit that only Unix has.");
#else
    {
        LatentCache cache(folder(), sizeFor(3));
        cache.insert(keyOf(1), latentOf(1));
    }
    const auto before = std::filesystem::file_size(file());
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit usual{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &usual), 0);
    rlimit full = usual;
    full.rlim_cur = 1000;
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &full), 0);
    LatentCache cache(folder(), sizeFor(100));
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &usual), 0);
    QVERIFY(!cache.isMapped());
    cache.insert(keyOf(1), latentOf(1));
    QVERIFY(holds(cache, 1));
    // What could not be lengthened is as it was.
    QCOMPARE(std::filesystem::file_size(file()), before);
    LatentCache later(folder(), sizeFor(3));
    QVERIFY(holds(later, 1));
#endif
}

void tst_LatentCache::twoAtOnce_neverMixUp()
{
    LatentCache a(folder(), sizeFor(4));
    LatentCache b(folder(), sizeFor(4));
    for (int i = 0; i < 4; ++i) {
        a.insert(keyOf(i), latentOf(i));
        b.insert(keyOf(10 + i), latentOf(10 + i));
    }
    // They wrote over each other. What is found must be right.
    int found = 0;
    for (int i = 0; i < 20; ++i) {
        for (LatentCache *cache : {&a, &b}) {
            if (const torch::Tensor latent = cache->find(keyOf(i)); latent.defined()) {
                QVERIFY(torch::equal(latent, latentOf(i)));
                ++found;
            }
        }
    }
    QCOMPARE(found, 4); // those written last
}

void tst_LatentCache::wrongSize_isNotTaken()
{
    LatentCache cache(folder(), sizeFor(2));
    cache.insert(keyOf(1), torch::zeros({Floats + 1}));
    QVERIFY(!cache.find(keyOf(1)).defined());
}

QTEST_GUILESS_MAIN(tst_LatentCache)
#include "tst_LatentCache.moc"
