// SPDX-License-Identifier: Apache-2.0
// A program that paints is killed at random moments: every stroke it was told is saved must be there.
#include "storage/DbChild.h"
#include "storage/DbProject.h"

#include <iostream>

using namespace semigda;
using namespace semigda::test;
using core::LabelMask;

namespace
{

constexpr int Width = 120;
constexpr int Height = 100;
constexpr int Rounds = 20;

/// The same for the writer and the judge.
core::MaskDelta strokeNumber(LabelMask &mask, std::int64_t number)
{
    Random random(static_cast<std::uint64_t>(number));
    const LabelMask before = mask;
    for (int i = 0; i < 8; ++i) {
        const int left = random.between(0, Width - 1);
        mask.fillRow(left, random.between(0, Height - 1), random.between(1, Width - left),
                     static_cast<core::LabelValue>(1 + number % 2));
    }
    return core::MaskDelta::between(before, mask);
}

/// Paints on from where the project is, and tells each stroke once it is saved. Loads and predictions in between make
/// the database write its other tables.
int childMain(const std::string &, const std::filesystem::path &folder)
{
    const auto project = storage::SqliteProject::open(folder);
    if (!project || (*project)->info().isReadOnly) {
        return 1;
    }
    const auto store = (*project)->connect();
    const core::ImageId id(1);
    auto annotation = (*store)->annotations().load(id);
    const auto run = (*store)->runs().create("semigda", "{}");
    if (!annotation || !run) {
        return 2;
    }
    LabelMask mask = annotation->mask;
    for (std::int64_t number = annotation->sequence + 1;; ++number) {
        const core::MaskDelta delta = strokeNumber(mask, number);
        if ((*store)->annotations().append(id, delta, painted()).value_or(0) != number) {
            return 3;
        }
        std::cout << number << std::endl;
        if (number % 7 == 0) {
            core::Prediction prediction;
            prediction.image = id;
            prediction.run = run->id;
            prediction.mask = mask;
            static_cast<void>((*store)->predictions().save(prediction).has_value());
        }
        if (number % 40 == 0) {
            static_cast<void>((*store)->annotations().load(id).has_value());
        }
    }
}

} // namespace

class TestSqliteKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedPainter_losesNoAcknowledgedStroke();
};

void TestSqliteKill::killedPainter_losesNoAcknowledgedStroke()
{
    Random random(static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count()));
    TempProject temp;
    const auto id = temp.addImage(1, Width, Height);
    temp.close();
    LabelMask expected(Width, Height);
    std::int64_t saved = 0;
    for (int round = 0; round < Rounds; ++round) {
        Child painter(QStringLiteral("--child-paint"), temp.folder);
        std::int64_t told = 0;
        for (int i = random.between(1, 150); i > 0; --i) {
            const QByteArray line = painter.line();
            QVERIFY2(!line.isEmpty(), "the painter ended by itself");
            told = line.toLongLong();
        }
        painter.kill();
        const QByteArray rest = painter.rest();
        for (const QByteArray &line : rest.left(rest.lastIndexOf('\n') + 1).split('\n')) {
            told = line.isEmpty() ? told : line.toLongLong();
        }
        VERIFY_OK(temp.reopen());
        QVERIFY(!temp.store->info().isReadOnly);
        const auto annotation = temp.store->annotations().load(id);
        VERIFY_OK(annotation);
        // One more may be saved than the painter came to tell.
        QVERIFY2(annotation->sequence == told || annotation->sequence == told + 1,
                 qPrintable(QStringLiteral("told %1, found %2").arg(told).arg(annotation->sequence)));
        while (saved < annotation->sequence) {
            static_cast<void>(strokeNumber(expected, ++saved));
        }
        QVERIFY(annotation->mask == expected);
        QCOMPARE(temp.store->runs().list()->front().status, core::RunStatus::Interrupted);
        const auto checked = temp.store->check(false);
        VERIFY_OK(checked);
        std::string problems;
        for (const auto &problem : *checked) {
            // The image of this test has no file.
            problems += problem.what.find("copy of image") == std::string::npos ? problem.what : "";
        }
        QVERIFY2(problems.empty(), problems.c_str());
        temp.close();
    }
    qInfo("%lld strokes in %d rounds", static_cast<long long>(saved), Rounds);
}

QTEST_MAIN_WITH_CHILD(TestSqliteKill, childMain)
#include "tst_SqliteKill.moc"
