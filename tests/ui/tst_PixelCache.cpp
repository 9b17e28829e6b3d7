// SPDX-License-Identifier: Apache-2.0
// Images kept in memory: which, how many, and that what is about to be shown is read ahead.
#include "CanvasFixture.h"

#include "ui/canvas/PixelCache.h"

#include <QSemaphore>

#include <atomic>
#include <chrono>
#include <future>

using namespace semigda;

namespace
{

ui::PixelCache::Pixels pixelsOf(int bytes)
{
    auto image = std::make_shared<core::ImageData>();
    image->width = bytes;
    image->height = 1;
    image->bytes.resize(static_cast<std::size_t>(bytes));
    return {std::move(image), {0.5, 1.0}};
}

using Pixels = core::Result<ui::PixelCache::Pixels>;

/// Another thread's reading that has begun and ends, with this result, when it is told to.
class HeldReading
{
public:
    HeldReading(ui::PixelCache &cache, core::ImageId id, Pixels result)
        : m_reading(std::async(std::launch::async, [this, &cache, id, end = std::move(result)] {
            return cache.findOrRead(id, [&] {
                m_begun.set_value();
                m_goOn.get_future().wait();
                return end;
            });
        }))
    {
        m_begun.get_future().wait();
    }
    ~HeldReading()
    {
        if (m_reading.valid())
            m_goOn.set_value();
    }
    HeldReading(const HeldReading &) = delete;
    HeldReading &operator=(const HeldReading &) = delete;
    Pixels finish()
    {
        m_goOn.set_value();
        return m_reading.get();
    }

private:
    std::promise<void> m_begun;
    std::promise<void> m_goOn;
    std::future<Pixels> m_reading;
};

/// With somebody who reads ahead.
class ReadingFixture : public test::CanvasFixture
{
public:
    ReadingFixture() { controller->setReader(&reader); }
    ~ReadingFixture() { controller->setReader(nullptr); }
    ReadingFixture(const ReadingFixture &) = delete;
    ReadingFixture &operator=(const ReadingFixture &) = delete;

    ui::StoreWorker reader{std::unique_ptr<core::ProjectStore>(project.openAnother())};
};

} // namespace

class tst_PixelCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasUsedLast_isKept()
    {
        ui::PixelCache cache(100);
        for (int id = 1; id <= 3; ++id)
            cache.add(core::ImageId(id), pixelsOf(30));
        QVERIFY(cache.find(core::ImageId(1)).has_value());
        cache.add(core::ImageId(4), pixelsOf(30)); // 120: the second goes
        QVERIFY(cache.contains(core::ImageId(1)) && cache.contains(core::ImageId(3)));
        QVERIFY(!cache.contains(core::ImageId(2)) && !cache.find(core::ImageId(2)));
        QCOMPARE(cache.memoryUse(), std::size_t(90));
        cache.add(core::ImageId(5), pixelsOf(101)); // too large to be kept
        QVERIFY(!cache.contains(core::ImageId(5)));
        QCOMPARE(cache.memoryUse(), std::size_t(90));
        cache.add(core::ImageId(6), pixelsOf(100));
        QCOMPARE(cache.memoryUse(), std::size_t(100));
        QVERIFY(cache.contains(core::ImageId(6)) && !cache.contains(core::ImageId(4)));
        cache.add(core::ImageId(6), pixelsOf(10)); // there already
        QCOMPARE(cache.memoryUse(), std::size_t(100));
    }

    void whatAnotherThreadReads_isWaitedFor()
    {
        ui::PixelCache cache(100);
        HeldReading ahead(cache, core::ImageId(1), pixelsOf(30));
        std::atomic<int> reads = 0;
        const auto count = [&]() -> Pixels {
            ++reads;
            return pixelsOf(30);
        };
        auto shown = std::async(std::launch::async, [&] { return cache.findOrRead(core::ImageId(1), count); });
        QVERIFY(cache.findOrRead(core::ImageId(2), count).has_value()); // others are not held up
        QVERIFY(shown.wait_for(std::chrono::milliseconds(100)) == std::future_status::timeout);
        QCOMPARE(reads, 1);
        const Pixels first = ahead.finish();
        const Pixels second = shown.get();
        QVERIFY(first && second);
        QCOMPARE(second->image, first->image);
        QCOMPARE(reads, 1);
        QVERIFY(cache.contains(core::ImageId(1)));
    }

    void whatAnotherThreadCannotRead_isReadAgain()
    {
        ui::PixelCache cache(100);
        HeldReading ahead(cache, core::ImageId(1), core::Error{core::ErrorCode::Io, core::Sentence::verbatim("gone")});
        auto shown = std::async(std::launch::async,
                                [&] { return cache.findOrRead(core::ImageId(1), [] { return pixelsOf(30); }); });
        QVERIFY(!ahead.finish());
        QVERIFY(shown.get().has_value());
        // What is not kept is read by everybody who asks, one after the other.
        for (int i = 0; i < 2; ++i)
            QVERIFY(cache.findOrRead(core::ImageId(2), [] { return pixelsOf(101); }).has_value());
        QVERIFY(!cache.contains(core::ImageId(2)));
    }

    void budget_isKeptAfterReading()
    {
        ui::PixelCache cache(100);
        const auto read = [&](int id) {
            return cache.findOrRead(core::ImageId(id), [] { return pixelsOf(60); }).has_value();
        };
        QVERIFY(read(1) && read(2));
        QCOMPARE(cache.memoryUse(), std::size_t(120));
        cache.trim();
        QCOMPARE(cache.memoryUse(), std::size_t(60));
        QVERIFY(!cache.contains(core::ImageId(1)) && cache.contains(core::ImageId(2)));
        QVERIFY(read(3) && read(4));
        QCOMPARE(cache.memoryUse(), std::size_t(120)); // one image more at most
        cache.trim();
        QVERIFY(read(4));
        QCOMPARE(cache.memoryUse(), std::size_t(60));
    }

    void whatIsToBeShown_comesBeforeWhatIsReadAhead()
    {
        ReadingFixture fixture;
        std::vector<core::ImageId> ids;
        for (int i = 0; i < 4; ++i)
            ids.push_back(fixture.project.addImage("image " + std::to_string(i), test::patternImage(32, 32)));
        QVERIFY(fixture.open(ids[0]));
        std::promise<void> over;
        fixture.reader.post([wait = over.get_future().share()](core::ProjectStore &) { wait.wait(); });
        fixture.controller->prefetch({ids[1], ids[2]});
        QVERIFY(fixture.open(ids[3]));
        std::atomic<bool> isLast = false;
        fixture.reader.post([&isLast](core::ProjectStore &) { isLast = true; }, ui::StoreWorker::Priority::Background);
        over.set_value();
        QTRY_VERIFY(isLast);
        QVERIFY(!fixture.controller->pixelCache().contains(ids[1]));
        QVERIFY(!fixture.controller->pixelCache().contains(ids[2]));
    }

    void nothingIsReadAhead_whileAnImageLoads()
    {
        ReadingFixture fixture;
        const core::ImageId shown = fixture.project.addImage("shown", test::patternImage(32, 32));
        const core::ImageId next = fixture.project.addImage("next", test::patternImage(32, 32));
        fixture.controller->open(shown);
        QVERIFY(fixture.controller->isLoading());
        fixture.controller->prefetch({next});
        std::atomic<bool> isLast = false;
        fixture.reader.post([&isLast](core::ProjectStore &) { isLast = true; }, ui::StoreWorker::Priority::Background);
        QTRY_VERIFY(isLast);
        QVERIFY(!fixture.controller->pixelCache().contains(next));
        QTRY_VERIFY(!fixture.controller->isLoading());
        fixture.controller->prefetch({next});
        QTRY_VERIFY(fixture.controller->pixelCache().contains(next));
    }

    /// It would take the processor from the frame that she waits for.
    void nothingIsReadAhead_beforeTheImageIsPainted()
    {
        ReadingFixture fixture;
        const core::ImageId shown = fixture.project.addImage("shown", test::patternImage(32, 32));
        const core::ImageId next = fixture.project.addImage("next", test::patternImage(32, 32));
        const auto isRead = [&] {
            QSemaphore isIdle;
            fixture.reader.post([&isIdle](core::ProjectStore &) { isIdle.release(); },
                                ui::StoreWorker::Priority::Background);
            isIdle.acquire();
            return fixture.controller->pixelCache().contains(next);
        };
        bool isReadBefore = true;
        bool isReadAfter = false;
        connect(fixture.controller.get(), &ui::AnnotationController::documentChanged, this, [&] {
            fixture.controller->prefetch({next});
            isReadBefore = isRead();
            fixture.controller->painted();
            isReadAfter = isRead();
        });
        QVERIFY(fixture.open(shown));
        QVERIFY(!isReadBefore);
        QVERIFY(isReadAfter);
        fixture.controller->disconnect(this);
    }

    void whatIsShownAgain_isNotReadAgain()
    {
        test::CanvasFixture fixture;
        QVERIFY(fixture.openNew());
        const core::ImageId first = fixture.canvas->document()->id();
        const core::ImageData *const pixels = &fixture.canvas->document()->pixels();
        QVERIFY(fixture.openNew(48, 40));
        QVERIFY(fixture.open(first));
        QCOMPARE(&fixture.canvas->document()->pixels(), pixels);
    }

    void whatIsShown_isOfferedToBeKept()
    {
        ReadingFixture fixture;
        fixture.controller->setReader(nullptr);
        const core::ImageId shown = fixture.project.addImage("shown", test::patternImage(32, 32));
        const core::ImageId other = fixture.project.addImage("other", test::patternImage(48, 40));
        QVERIFY(fixture.open(other));
        fixture.controller->setReader(&fixture.reader);
        QVERIFY(fixture.open(shown));
        QTRY_COMPARE(fixture.project.timesKept(shown), 1);
        QCOMPARE(fixture.project.timesKept(other), 0); // nobody was there to keep it
    }

    void whatIsLeft_isNotKeptAnyMore()
    {
        ReadingFixture fixture;
        const core::ImageId left = fixture.project.addImage("left", test::patternImage(32, 32));
        const core::ImageId shown = fixture.project.addImage("shown", test::patternImage(48, 40));
        std::promise<void> over;
        fixture.reader.post([wait = over.get_future().share()](core::ProjectStore &) { wait.wait(); });
        QVERIFY(fixture.open(left));
        QVERIFY(fixture.open(shown));
        over.set_value();
        QTRY_COMPARE(fixture.project.timesKept(shown), 1);
        QCOMPARE(fixture.project.timesKept(left), 0);
    }

    void whatMayComeNext_isReadAhead()
    {
        ReadingFixture fixture;
        const core::ImageId first = fixture.project.addImage("first", test::patternImage(32, 32));
        const core::ImageId second = fixture.project.addImage("second", test::patternImage(48, 40));
        QVERIFY(fixture.open(first));
        QVERIFY(!fixture.controller->pixelCache().contains(second));
        fixture.controller->prefetch({first, second, core::ImageId()});
        QTRY_VERIFY(fixture.controller->pixelCache().contains(second));
        // The file may go meanwhile.
        fixture.project.setPixels(second, core::ImageData());
        QVERIFY(fixture.open(second));
        QCOMPARE(fixture.canvas->document()->pixels().width, 48);
        QCOMPARE(fixture.canvas->contrast(), core::defaultWindow(test::patternImage(48, 40)));
        fixture.controller->setReader(nullptr);
        fixture.controller->prefetch({core::ImageId(99)});
    }

    void whatIsLarge_isNotReadAhead()
    {
        ReadingFixture fixture;
        core::NewImage huge;
        huge.source.sha256 = "huge";
        huge.width = huge.height = 16384;
        const core::ImageId id = *fixture.project.images().add(huge);
        fixture.project.setPixels(id, test::patternImage(32, 32));
        const core::ImageId usual = fixture.project.addImage("usual", test::patternImage(32, 32));
        fixture.controller->prefetch({id, usual});
        QTRY_VERIFY(fixture.controller->pixelCache().contains(usual));
        QVERIFY(!fixture.controller->pixelCache().contains(id));
    }

    /// What cannot be read ahead is no trouble until it is to be shown.
    void whatCannotBeRead_isSaidWhenItIsShown()
    {
        ReadingFixture fixture;
        QVERIFY(fixture.openNew());
        QSignalSpy failures(fixture.controller.get(), &ui::AnnotationController::openFailed);
        fixture.controller->prefetch({core::ImageId(99)});
        QTRY_COMPARE(fixture.reader.pending(), 0);
        QVERIFY(fixture.flush());
        QCOMPARE(failures.size(), 0);
        fixture.controller->open(core::ImageId(99));
        QTRY_COMPARE(failures.size(), 1);
    }
};

QTEST_MAIN(tst_PixelCache)
#include "tst_PixelCache.moc"
