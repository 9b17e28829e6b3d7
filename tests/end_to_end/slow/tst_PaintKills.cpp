// SPDX-License-Identifier: Apache-2.0
// The studio is killed at 200 random moments while it paints: every stroke it confirmed is there pixel for pixel, at
// most the one in progress is missing, and every step can be undone and redone. SEMIGDA_KILLS sets the number,
// SEMIGDA_SEED repeats the moments of an earlier run as far as a machine repeats itself.
#include "../KilledPainter.h"

#include <QTemporaryDir>
#include <QtTest/QTest>

#include <chrono>

using namespace semigda;

class tst_PaintKills : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKill_losesAtMostTheStrokeInProgress();
};

void tst_PaintKills::everyKill_losesAtMostTheStrokeInProgress()
{
    constexpr int Kills = 200;
    bool isSet = false;
    const int set = qEnvironmentVariableIntValue("SEMIGDA_KILLS", &isSet);
    const int wanted = isSet ? set : Kills;
    const QByteArray word = qgetenv("SEMIGDA_SEED");
    const auto now = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
    const std::uint64_t seed = word.isEmpty() ? now : word.toULongLong();
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    test::Random random(seed);
    const QTemporaryDir folder;
    test::KilledPainter painter(folder.path());
    QString wrong = painter.prepare();
    while (wrong.isEmpty() && painter.kills < wanted)
        wrong = painter.killOnce(random);
    QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("kill %1: ").arg(painter.kills) + wrong));
    qInfo("%d kills, %zu confirmed strokes, %zu times one was on its way", painter.kills, painter.confirmed,
          painter.inFlight);
}

QTEST_GUILESS_MAIN(tst_PaintKills)
#include "tst_PaintKills.moc"
