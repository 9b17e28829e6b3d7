// SPDX-License-Identifier: Apache-2.0
#include "support/FakeProjectStore.h"
#include "ui/work/StoreWorker.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QThread>
#include <QtTest/QTest>

#include <stdexcept>

using namespace semigda;
using namespace std::chrono_literals;
using Priority = ui::StoreWorker::Priority;

class tst_StoreWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_project = std::make_unique<test::FakeProjectStore>();
        m_worker = std::make_unique<ui::StoreWorker>(std::unique_ptr<core::ProjectStore>(m_project->openAnother()));
    }
    void cleanup()
    {
        m_worker.reset();
        m_project.reset();
    }

    void submit_runsElsewhereAndDeliversHere()
    {
        QThread *ranOn = nullptr;
        QThread *deliveredOn = nullptr;
        std::string name;
        m_project->addImage("spine", 4, 4);
        m_worker->submit(
            this,
            [&ranOn](core::ProjectStore &store) {
                ranOn = QThread::currentThread();
                return store.images().list();
            },
            [&](const core::Result<std::vector<core::ImageSummary>> &images) {
                deliveredOn = QThread::currentThread();
                name = images->front().name;
            });
        QTRY_COMPARE(name, std::string("spine"));
        QCOMPARE(deliveredOn, QThread::currentThread());
        QVERIFY(ranOn != nullptr && ranOn != QThread::currentThread());
    }

    void submit_keepsTheOrder()
    {
        std::vector<int> ran;
        std::vector<int> delivered;
        for (int i = 0; i < 200; ++i) {
            m_worker->submit(
                this,
                [&ran, i](core::ProjectStore &) -> core::Result<int> {
                    ran.push_back(i);
                    return i;
                },
                [&delivered](const core::Result<int> &value) { delivered.push_back(*value); });
        }
        QVERIFY(m_worker->flush(10s));
        QCOMPARE(ran.size(), std::size_t(200));
        QVERIFY(std::is_sorted(ran.begin(), ran.end()));
        QCOMPARE(delivered, ran);
    }

    void urgent_overtakesBackground()
    {
        QSemaphore gate;
        std::vector<std::string> ran;
        m_worker->post([&gate](core::ProjectStore &) { gate.acquire(); });
        m_worker->post([&ran](core::ProjectStore &) { ran.push_back("thumbnail 1"); }, Priority::Background);
        m_worker->post([&ran](core::ProjectStore &) { ran.push_back("thumbnail 2"); }, Priority::Background);
        m_worker->post([&ran](core::ProjectStore &) { ran.push_back("stroke"); });
        QSemaphore done;
        m_worker->post([&done](core::ProjectStore &) { done.release(); }, Priority::Background);
        gate.release();
        QVERIFY(done.tryAcquire(1, 10000));
        QCOMPARE(ran, (std::vector<std::string>{"stroke", "thumbnail 1", "thumbnail 2"}));
    }

    void submit_dropsTheResultOfALostContext()
    {
        QSemaphore gate;
        bool wasDelivered = false;
        auto context = std::make_unique<QObject>();
        m_worker->submit(
            context.get(),
            [&gate](core::ProjectStore &) -> core::Result<int> {
                gate.acquire();
                return 1;
            },
            [&wasDelivered](const core::Result<int> &) { wasDelivered = true; });
        context.reset();
        gate.release();
        QVERIFY(m_worker->flush(10s));
        QVERIFY(!wasDelivered);
    }

    void flush_isBounded()
    {
        QSemaphore gate;
        m_worker->post([&gate](core::ProjectStore &) { gate.acquire(); });
        QVERIFY(!m_worker->flush(1ms));
        QCOMPARE(m_worker->pending(), 1);
        gate.release();
        QVERIFY(m_worker->flush(10s));
        QCOMPARE(m_worker->pending(), 0);
    }

    void pending_countsUrgentWork()
    {
        QSignalSpy counts(m_worker.get(), &ui::StoreWorker::pendingChanged);
        QSemaphore gate;
        m_worker->post([&gate](core::ProjectStore &) { gate.acquire(); });
        m_worker->post([](core::ProjectStore &) {});
        m_worker->post([](core::ProjectStore &) {}, Priority::Background);
        QCOMPARE(m_worker->pending(), 2);
        QCOMPARE(counts.back().front().toInt(), 2);
        gate.release();
        QTRY_COMPARE(counts.back().front().toInt(), 0);
    }

    void open_isTriedAgainAndItsErrorIsDelivered()
    {
        std::atomic<bool> isThere = false;
        auto opener = [&]() -> core::Result<std::unique_ptr<core::ProjectStore>> {
            if (!isThere)
                return core::Error{core::ErrorCode::Locked, core::Sentence::verbatim("The project is in use.")};
            return std::unique_ptr<core::ProjectStore>(m_project->openAnother());
        };
        ui::StoreWorker worker(ui::StoreWorker::Opener{opener});
        QSignalSpy failures(&worker, &ui::StoreWorker::openFailed);
        std::vector<std::string> answers;
        const auto ask = [&] {
            worker.submit(
                this, [](core::ProjectStore &store) { return store.classes(); },
                [&answers](const core::Result<core::LabelSet> &classes) {
                    answers.push_back(classes ? "classes" : classes.error().message.english());
                });
        };
        ask();
        ask();
        QVERIFY(worker.flush(10s));
        QCOMPARE(answers, (std::vector<std::string>{"The project is in use.", "The project is in use."}));
        QCOMPARE(failures.size(), 1);
        isThere = true;
        ask();
        QVERIFY(worker.flush(10s));
        QCOMPARE(answers.back(), std::string("classes"));
    }

    void destructor_finishesStrokesAndDropsThumbnails()
    {
        QSemaphore gate;
        std::atomic<int> strokes = 0;
        std::atomic<int> thumbnails = 0;
        m_worker->post([&gate](core::ProjectStore &) { gate.acquire(); });
        for (int i = 0; i < 20; ++i) {
            m_worker->post([&strokes](core::ProjectStore &) { ++strokes; });
            m_worker->post([&thumbnails](core::ProjectStore &) { ++thumbnails; }, Priority::Background);
        }
        // The worker goes on while the destructor waits for it.
        m_worker->post([&strokes](core::ProjectStore &) { ++strokes; });
        gate.release();
        m_worker.reset();
        QCOMPARE(strokes.load(), 21);
        QVERIFY(thumbnails.load() <= 20);
    }

    void exception_becomesAnError()
    {
        core::Error error;
        m_worker->submit(
            this, [](core::ProjectStore &) -> core::Result<int> { throw std::runtime_error("no more memory"); },
            [&error](const core::Result<int> &result) { error = result.error(); });
        QVERIFY(m_worker->flush(10s));
        QCOMPARE(error.code, core::ErrorCode::Internal);
        QVERIFY(QString::fromStdString(error.message.english()).contains(QStringLiteral("no more memory")));
    }

private:
    std::unique_ptr<test::FakeProjectStore> m_project;
    std::unique_ptr<ui::StoreWorker> m_worker;
};

QTEST_MAIN(tst_StoreWorker)
#include "tst_StoreWorker.moc"
