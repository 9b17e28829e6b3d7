// SPDX-License-Identifier: Apache-2.0
#include "ui/window/DiskWatch.h"

#include <QLocale>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThread>
#include <QtTest/QTest>

#include <atomic>
#include <fstream>

using namespace semigda;
using namespace std::chrono_literals;

namespace
{

/// Disks whose room a test sets.
struct Disks
{
    std::atomic<std::uintmax_t> own = 10'000'000'000;   ///< the project's
    std::atomic<std::uintmax_t> other = 10'000'000'000; ///< of folders in /other
    std::atomic<bool> isKnown = true;
    std::atomic<int> looks = 0;
    std::atomic<QThread *> thread = nullptr;
};

} // namespace

class tst_DiskWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init()
    {
        m_disks = std::make_shared<Disks>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_warnings.clear();
        m_relieved.clear();
        m_watch = std::make_unique<ui::DiskWatch>([disks = m_disks](const std::filesystem::path &folder) {
            ++disks->looks;
            disks->thread = QThread::currentThread();
            const bool isOther = folder.string().starts_with("/other");
            return disks->isKnown
                       ? std::optional(ui::DiskSpace{isOther ? disks->other : disks->own, isOther ? "/other" : "/"})
                       : std::nullopt;
        });
        m_watch->setInterval(1ms);
        connect(m_watch.get(), &ui::DiskWatch::warned, this,
                [this](const ui::Notice &notice) { m_warnings.push_back(notice); });
        connect(m_watch.get(), &ui::DiskWatch::relieved, this, [this](const QString &text) { m_relieved << text; });
    }
    void cleanup()
    {
        m_watch.reset();
        m_folder.reset();
    }

    void enoughRoom_saysNothing()
    {
        watch();
        QVERIFY(looksSomeMore());
        QVERIFY(m_warnings.empty());
        QVERIFY(m_disks->thread != QThread::currentThread());
    }

    void littleRoom_isToldOnceWithItsSize()
    {
        m_disks->own = 350'000'000;
        watch();
        QVERIFY(looksSomeMore());
        QCOMPARE(m_warnings.size(), std::size_t(1));
        QCOMPARE(m_warnings[0].level, ui::NoticeLevel::Warning);
        QVERIFY2(m_warnings[0].text.startsWith(QStringLiteral("Only 350 MB are free on the disk of this project;")),
                 qPrintable(m_warnings[0].text));
        m_disks->own = 340'000'000;
        QVERIFY(looksSomeMore());
        QCOMPARE(m_warnings.size(), std::size_t(1));
    }

    void roomThatComesBack_takesTheWarningBack()
    {
        m_disks->own = 350'000'000;
        watch();
        QTRY_COMPARE(m_warnings.size(), std::size_t(1));
        m_disks->own = 2'000'000'000;
        QTRY_COMPARE(m_relieved.size(), 1);
        QCOMPARE(m_relieved[0], m_warnings[0].text);
        m_disks->own = 300'000'000;
        QTRY_COMPARE(m_warnings.size(), std::size_t(2));
    }

    void roomAroundTheBound_doesNotFlicker()
    {
        m_disks->own = ui::LeastSpace - 1;
        watch();
        QTRY_COMPARE(m_warnings.size(), std::size_t(1));
        for (int i = 0; i < 6; ++i) {
            m_disks->own = i % 2 == 0 ? ui::LeastSpace + 10 : ui::LeastSpace - 10;
            QVERIFY(looksSomeMore());
        }
        QCOMPARE(m_warnings.size(), std::size_t(1));
        QVERIFY(m_relieved.isEmpty());
    }

    void hardlyAnyRoom_isToldAsAnError()
    {
        m_disks->own = 350'000'000;
        watch();
        QTRY_COMPARE(m_warnings.size(), std::size_t(1));
        m_disks->own = 40'000'000;
        QTRY_COMPARE(m_warnings.size(), std::size_t(2));
        QCOMPARE(m_warnings[1].level, ui::NoticeLevel::Error);
        QVERIFY(m_warnings[1].text.contains(QStringLiteral("40 MB")));
        // One of them at a time.
        QCOMPARE(m_relieved, QStringList(m_warnings[0].text));
    }

    void largeDatabase_needsRoomForItsBackup()
    {
        m_disks->own = 2'500'000'000;
        const std::filesystem::path database = project() / "project.sqlite";
        std::ofstream(database).flush();
        watch();
        QVERIFY(looksSomeMore());
        QVERIFY(m_warnings.empty());
        std::filesystem::resize_file(database, 3'000'000'000); // no block of it is written
        QTRY_COMPARE(m_warnings.size(), std::size_t(1));
        QVERIFY(m_warnings[0].text.contains(QStringLiteral("2.5 GB")));
    }

    void largeRun_needsRoomForTheNext()
    {
        std::filesystem::create_directories(project() / "runs" / "9");
        std::filesystem::create_directories(project() / "runs" / "10");
        for (const char *run : {"9", "10"})
            std::ofstream(project() / "runs" / run / "state.safetensors").flush();
        std::filesystem::resize_file(project() / "runs" / "9" / "state.safetensors", 9'000'000'000);
        QCOMPARE(ui::spaceNeeded(project()), ui::LeastSpace);
        std::filesystem::resize_file(project() / "runs" / "10" / "state.safetensors", 1'000'000'000);
        QVERIFY(ui::spaceNeeded(project()) > 2'000'000'000);
        QVERIFY(ui::spaceNeeded(project()) < 2'500'000'000);
    }

    void unknownRoom_saysNothing()
    {
        m_disks->isKnown = false;
        watch();
        QVERIFY(looksSomeMore());
        QVERIFY(m_warnings.empty());
    }

    void anotherDisk_isLookedAtBeforeItIsWrittenTo()
    {
        watch();
        m_disks->other = 20'000'000;
        m_watch->lookAt("/other/masks");
        QTRY_COMPARE(m_warnings.size(), std::size_t(1));
        QVERIFY(m_warnings[0].text.contains(QStringLiteral("20 MB")));
        QVERIFY(m_warnings[0].text.contains(QStringLiteral("/other/masks")));
    }

    void sameDisk_isToldOnceForBoth()
    {
        m_disks->own = 350'000'000;
        watch();
        m_watch->lookAt("/elsewhere/masks");
        QVERIFY(looksSomeMore());
        QCOMPARE(m_warnings.size(), std::size_t(1));
    }

    void stop_endsIt()
    {
        m_disks->own = 350'000'000;
        watch();
        QTRY_COMPARE(m_warnings.size(), std::size_t(1));
        m_watch->stop();
        QCOMPARE(m_relieved.size(), 1);
        m_disks->own = 1'000'000;
        m_watch->lookAt(project());
        m_watch.reset(); // waits for what is under way
        QCOMPARE(m_warnings.size(), std::size_t(1));
    }

    void aProjectOpenedNext_isLookedAtAnew()
    {
        m_disks->own = 350'000'000;
        watch();
        QTRY_COMPARE(m_warnings.size(), std::size_t(1));
        watch();
        QTRY_COMPARE(m_warnings.size(), std::size_t(2));
    }

    void spaceOf_knowsTheDiskOfAFolderToBeMade()
    {
        const auto there = ui::spaceOf(project());
        const auto later = ui::spaceOf(project() / "a" / "b");
        QVERIFY(there && later);
        QCOMPARE(there->disk, later->disk);
        QVERIFY(there->available > 0);
    }

private:
    std::filesystem::path project() const { return m_folder->path().toStdString(); }
    void watch() { m_watch->watch(project()); }
    /// Until what was last set has been seen.
    bool looksSomeMore()
    {
        const int before = m_disks->looks;
        return QTest::qWaitFor([&] { return m_disks->looks > before + 6; });
    }

    std::shared_ptr<Disks> m_disks;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::DiskWatch> m_watch;
    std::vector<ui::Notice> m_warnings;
    QStringList m_relieved;
};

QTEST_GUILESS_MAIN(tst_DiskWatch)
#include "tst_DiskWatch.moc"
