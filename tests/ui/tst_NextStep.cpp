// SPDX-License-Identifier: Apache-2.0
#include "ui/language/Language.h"
#include "ui/window/NextStep.h"

#include <QtTest/QTest>

using namespace semigda;
using ui::NextStep;
using ui::WorkState;

Q_DECLARE_METATYPE(semigda::ui::NextStep)
Q_DECLARE_METATYPE(semigda::ui::WorkState)

namespace
{

ui::StepKeys keys()
{
    return {QStringLiteral("Ctrl+I"), QStringLiteral("Ctrl+D"), QStringLiteral("Ctrl+T"),
            QStringLiteral("Ctrl+Shift+R"), QStringLiteral("Ctrl+E")};
}

} // namespace

class tst_NextStep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::applyLanguage(*qApp, QStringLiteral("en")); }
    void step_followsTheWork_data()
    {
        QTest::addColumn<WorkState>("work");
        QTest::addColumn<NextStep>("step");
        WorkState work;
        QTest::newRow("an empty project") << work << NextStep::Import;
        work.total = 60;
        work.unlabelled = 60;
        QTest::newRow("images without labels") << work << NextStep::Paint;
        work.unlabelled = 59;
        work.partial = 1;
        work.isCurrentPartial = true;
        QTest::newRow("the first image is begun") << work << NextStep::Finish;
        work.isCurrentPartial = false;
        QTest::newRow("one begun image, another on show") << work << NextStep::LabelMore;
        work.partial = 0;
        work.labelled = 1;
        QTest::newRow("one image done") << work << NextStep::LabelMore;
        work.labelled = 3;
        work.unlabelled = 57;
        QTest::newRow("enough to begin") << work << NextStep::Train;
        work.isTraining = true;
        QTest::newRow("training without proposals yet") << work << NextStep::PaintOn;
        work.waiting = 57;
        work.unlabelled = 0;
        QTest::newRow("proposals while training") << work << NextStep::Review;
        work.isReviewing = true;
        QTest::newRow("reviewing") << work << NextStep::Judge;
        work.isTraining = false;
        work.waiting = 0;
        work.reviewed = 57;
        QTest::newRow("all reviewed") << work << NextStep::Improve;
        WorkState painted;
        painted.total = 4;
        painted.labelled = 4;
        QTest::newRow("all painted by hand") << painted << NextStep::Export;
        painted.canEdit = false;
        QTest::newRow("read-only") << painted << NextStep::None;
    }

    void step_followsTheWork()
    {
        QFETCH(WorkState, work);
        QFETCH(NextStep, step);
        QCOMPARE(static_cast<int>(ui::nextStep(work)), static_cast<int>(step));
    }

    void text_namesClassKeyAndNumber()
    {
        WorkState work;
        work.waiting = 1;
        work.unlabelled = 1;
        const auto text = [&work](NextStep step) {
            return ui::nextStepText(step, work, QStringLiteral("Liver"), keys());
        };
        QCOMPARE(text(NextStep::Paint), QStringLiteral("Next: paint “Liver” on this image, then press Done (Ctrl+D)."));
        QCOMPARE(text(NextStep::Review), QStringLiteral("Next: 1 proposal needs your look; review it (Ctrl+Shift+R)."));
        QVERIFY(text(NextStep::Train).endsWith(QStringLiteral("the other image.")));
        work.waiting = 12;
        work.unlabelled = 40;
        QCOMPARE(text(NextStep::Review),
                 QStringLiteral("Next: 12 proposals need your look; review them (Ctrl+Shift+R)."));
        QVERIFY(text(NextStep::Train).contains(QStringLiteral("the other 40 images")));
        QVERIFY(text(NextStep::None).isEmpty());
        for (int step = static_cast<int>(NextStep::Import); step <= static_cast<int>(NextStep::Export); ++step)
            QVERIFY(!text(static_cast<NextStep>(step)).isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_NextStep)
#include "tst_NextStep.moc"
