// SPDX-License-Identifier: Apache-2.0
#include "ui/language/Language.h"
#include "ui/panels/CurveChart.h"
#include "ui/panels/TrainingPanel.h"

#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QtTest/QTest>

using namespace semigda;

Q_DECLARE_METATYPE(semigda::core::TrainingRequest)

namespace
{

core::TrainingProgress progress(core::TrainingPhase phase, double seconds = 1.0)
{
    core::TrainingProgress report;
    report.run = core::RunId(1);
    report.phase = phase;
    report.elapsedSeconds = seconds;
    report.labelled = 3;
    report.unlabelled = 20;
    return report;
}

template <typename T> T *child(QWidget &widget, const char *name)
{
    return widget.findChild<T *>(QString::fromLatin1(name));
}

} // namespace

class tst_TrainingPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::applyLanguage(*qApp, QStringLiteral("en")); }

    void start_needsALabelledImage()
    {
        ui::TrainingPanel panel;
        auto *start = child<QPushButton>(panel, "trainingStartButton");
        QVERIFY(!start->isEnabled());
        panel.showCounts(0, 0, 20, 0);
        QVERIFY(!start->isEnabled());
        QVERIFY(child<QLabel>(panel, "trainingHintLabel")->text().contains(QStringLiteral("Label at least one")));
        panel.showCounts(1, 0, 19, 0);
        QVERIFY(start->isEnabled());
        panel.setBlocked(QStringLiteral("The project is read-only."));
        QVERIFY(!start->isEnabled());
        QCOMPARE(child<QLabel>(panel, "trainingHintLabel")->text(), QStringLiteral("The project is read-only."));
    }

    void start_asksWithThePanelsSettings()
    {
        ui::TrainingPanel panel;
        panel.showCounts(1, 0, 19, 0);
        child<QSpinBox>(panel, "trainingMinutesSpinBox")->setValue(7);
        auto *method = child<QComboBox>(panel, "trainingMethodComboBox");
        method->setCurrentIndex(method->findData(QStringLiteral("supervised")));
        core::TrainingRequest asked;
        connect(&panel, &ui::TrainingPanel::startRequested, &panel,
                [&asked](const core::TrainingRequest &request) { asked = request; });
        child<QPushButton>(panel, "trainingStartButton")->click();
        QCOMPARE(asked.method, std::string("supervised"));
        QCOMPARE(*asked.minutes, 7.0);
        core::TrainingRequest base;
        base.minutes = 0.1;
        base.imageSize = 32;
        panel.setBaseRequest(base);
        QCOMPARE(*panel.request().minutes, 0.1);
        QCOMPARE(panel.request().imageSize, 32);
    }

    void buttons_followThePhase()
    {
        ui::TrainingPanel panel;
        panel.showCounts(1, 0, 19, 0);
        auto *start = child<QPushButton>(panel, "trainingStartButton");
        auto *pause = child<QPushButton>(panel, "trainingPauseButton");
        auto *stop = child<QPushButton>(panel, "trainingStopButton");
        QSignalSpy paused(&panel, &ui::TrainingPanel::pauseRequested);
        QSignalSpy resumed(&panel, &ui::TrainingPanel::resumeRequested);
        panel.showProgress(progress(core::TrainingPhase::Alignment));
        QVERIFY(!start->isEnabled());
        QVERIFY(pause->isEnabled());
        pause->click();
        QCOMPARE(paused.count(), 1);
        panel.showProgress(progress(core::TrainingPhase::Paused));
        pause->click();
        QCOMPARE(resumed.count(), 1);
        panel.setStopping();
        QVERIFY(!stop->isEnabled());
        panel.showProgress(progress(core::TrainingPhase::Stopped));
        QVERIFY(start->isEnabled());
        QVERIFY(!stop->isEnabled());
    }

    void numbers_areShownWithWords()
    {
        ui::TrainingPanel panel;
        core::TrainingProgress report = progress(core::TrainingPhase::Adapters, 60.0);
        report.fraction = 0.5;
        report.remainingSeconds = 150.0;
        report.loss = 0.25;
        report.validationDice = 0.8;
        report.bestValidationDice = 0.82;
        report.device = "CPU, 2 threads";
        report.predicted = 4;
        panel.showProgress(report);
        QCOMPARE(child<QProgressBar>(panel, "trainingProgressBar")->value(), 500);
        QCOMPARE(child<QLabel>(panel, "trainingRemainingLabel")->text(), QStringLiteral("about 3 minutes left"));
        QCOMPARE(child<QLabel>(panel, "trainingDeviceLabel")->text(), QStringLiteral("CPU, 2 threads"));
        QVERIFY(child<QLabel>(panel, "trainingScoresLabel")->text().contains(QStringLiteral("0.80")));
        QVERIFY(child<QLabel>(panel, "trainingCountsLabel")->text().contains(QStringLiteral("4 proposals")));
    }

    void chart_keepsPointsAndStartsAnewForANewRun()
    {
        ui::TrainingPanel panel;
        auto *chart = panel.findChild<ui::CurveChart *>();
        for (int i = 1; i <= 5000; ++i) {
            core::TrainingProgress report = progress(core::TrainingPhase::Alignment, i);
            report.loss = 1.0 / i;
            report.validationDice = (i / 100) / 100.0;
            panel.showProgress(report);
        }
        QVERIFY(chart->lossCount() > 500);
        QVERIFY(chart->lossCount() <= 2001);
        QCOMPARE(chart->diceCount(), std::size_t(51));
        panel.showProgress(progress(core::TrainingPhase::Finished, 5001));
        core::TrainingProgress second = progress(core::TrainingPhase::Alignment, 1);
        second.run = core::RunId(2);
        second.loss = 1.0;
        panel.showProgress(second);
        QCOMPARE(chart->lossCount(), std::size_t(1));
        QCOMPARE(chart->diceCount(), std::size_t(0));
    }

    void chart_drawsBothCurves()
    {
        ui::CurveChart chart;
        chart.resize(300, 200);
        const QImage empty = chart.grab().toImage();
        chart.addLoss(1, 1.0);
        chart.addLoss(10, 0.2);
        const QImage withLoss = chart.grab().toImage();
        QVERIFY(withLoss != empty);
        chart.addDice(5, 0.5);
        chart.addDice(10, 0.9);
        QVERIFY(chart.grab().toImage() != withLoss);
    }

    void notices_arePassedOnOnce()
    {
        ui::TrainingPanel panel;
        QSignalSpy notices(&panel, &ui::TrainingPanel::notice);
        core::TrainingProgress report = progress(core::TrainingPhase::Alignment);
        report.notice = core::Sentence::verbatim("Two new labels joined.");
        panel.showProgress(report);
        report.notice = {};
        panel.showProgress(report);
        QCOMPARE(notices.count(), 1);
    }

    void remainingText_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << 0.0 << QString();
        QTest::newRow("few seconds") << 4.0 << QStringLiteral("less than 10 s left");
        QTest::newRow("seconds") << 38.0 << QStringLiteral("about 40 s left");
        QTest::newRow("one minute") << 62.0 << QStringLiteral("about 1 minute left");
        QTest::newRow("hours") << 7200.0 << QStringLiteral("about 2.0 hours left");
    }

    void remainingText()
    {
        QFETCH(double, seconds);
        QTEST(ui::remainingText(seconds), "text");
    }
};

QTEST_MAIN(tst_TrainingPanel)
#include "tst_TrainingPanel.moc"
