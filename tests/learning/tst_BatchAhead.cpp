// SPDX-License-Identifier: Apache-2.0
#include "learning/BatchAhead_p.h"

#include <torch/torch.h>

#include <QtTest/QTest>

#include <atomic>
#include <stdexcept>

using namespace semigda::learning;

class tst_BatchAhead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rightGuess_isTakenFromTheSideThread();
    void wrongGuess_isMadeAnew();
    void failure_showsWhereTheBatchIsWanted();
    void droppedBatch_isForgotten();
    void end_waitsForTheBatch();
    void sideThread_leavesTheOthersTheirCores();
};

void tst_BatchAhead::rightGuess_isTakenFromTheSideThread()
{
    BatchAhead<int, std::thread::id> ahead;
    std::atomic<int> made = 0;
    const auto make = [&] {
        ++made;
        return std::this_thread::get_id();
    };
    QVERIFY(ahead.take(1, make) == std::this_thread::get_id());
    std::thread::id first;
    for (int step = 2; step < 50; ++step) {
        ahead.begin(step, make);
        const std::thread::id by = ahead.take(step, make);
        QVERIFY(by != std::this_thread::get_id());
        QVERIFY(step == 2 || by == first); // one thread for the whole run
        first = by;
        QCOMPARE(made.load(), step);
    }
}

void tst_BatchAhead::wrongGuess_isMadeAnew()
{
    BatchAhead<int, int> ahead;
    ahead.begin(3, [] { return 30; });
    QCOMPARE(ahead.take(4, [] { return 40; }), 40);
    // A guess is good for one step.
    QCOMPARE(ahead.take(3, [] { return 31; }), 31);
    ahead.begin(5, [] { return 50; });
    ahead.begin(6, [] { return 60; });
    QCOMPARE(ahead.take(6, [] { return 61; }), 60);
}

void tst_BatchAhead::failure_showsWhereTheBatchIsWanted()
{
    BatchAhead<int, int> ahead;
    const auto fail = []() -> int { throw std::runtime_error("no memory"); };
    ahead.begin(1, fail);
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, static_cast<void>(ahead.take(1, [] { return 1; })));
    // It is tried again, and a guess that nobody wants may fail.
    QCOMPARE(ahead.take(1, [] { return 1; }), 1);
    ahead.begin(2, fail);
    QCOMPARE(ahead.take(3, [] { return 3; }), 3);
}

void tst_BatchAhead::droppedBatch_isForgotten()
{
    BatchAhead<int, int> ahead;
    ahead.drop();
    ahead.begin(1, [] { return 10; });
    ahead.drop();
    QCOMPARE(ahead.take(1, [] { return 11; }), 11);
}

void tst_BatchAhead::end_waitsForTheBatch()
{
    std::atomic<bool> isMade = false;
    {
        BatchAhead<int, int> ahead;
        ahead.begin(1, [&] {
            torch::randn({200, 200}).mm(torch::randn({200, 200}));
            isMade = true;
            return 1;
        });
    }
    QVERIFY(isMade);
}

void tst_BatchAhead::sideThread_leavesTheOthersTheirCores()
{
    at::set_num_threads(2);
    BatchAhead<int, int> ahead;
    ahead.begin(1, [] { return at::get_num_threads(); });
    QCOMPARE(ahead.take(1, [] { return -1; }), 1);
    QCOMPARE(at::get_num_threads(), 2);
    // Nor those of threads that come later.
    int later = 0;
    std::thread([&] {
        static_cast<void>(torch::ones({4}).sum().item<float>());
        later = at::get_num_threads();
    }).join();
    QCOMPARE(later, 2);
}

QTEST_GUILESS_MAIN(tst_BatchAhead)
#include "tst_BatchAhead.moc"
