// SPDX-License-Identifier: Apache-2.0
// One sentence at a time in the status bar, and nothing drawn over anything else.
#include "ui/window/StatusLine.h"

#include <QLabel>
#include <QtTest/QTest>

using namespace semigda;

class tst_StatusLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sentences_giveWayToEachOther()
    {
        ui::StatusLine line;
        line.setProjectOpen(true);
        line.showNextStep(QStringLiteral("Next: paint."));
        QCOMPARE(sentence(line), QStringLiteral("Next: paint."));
        line.showDone(QStringLiteral("us_1: accepted."), 1);
        QCOMPARE(sentence(line), QStringLiteral("us_1: accepted."));
        line.showTip(QStringLiteral("Opens a project"));
        line.showNextStep(QStringLiteral("Next: train."));
        QCOMPARE(sentence(line), QStringLiteral("Opens a project"));
        line.showTip({});
        QTRY_COMPARE(sentence(line), QStringLiteral("Next: train."));
        line.showDone(QStringLiteral("us_2: accepted."));
        line.setProjectOpen(false);
        QCOMPARE(sentence(line), QString());
    }

    void trainingAndSentence_standSideBySide()
    {
        ui::StatusLine line;
        line.resize(600, line.sizeHint().height());
        line.show();
        line.setProjectOpen(true);
        line.showDone(QStringLiteral("us_1: accepted. Ctrl+Z takes it back, and this sentence has no end because it is "
                                     "to be much longer than there is room for."));
        line.showTraining(QStringLiteral("Learning fine outlines · 80 %"));
        QVERIFY(QTest::qWaitForWindowExposed(&line));
        QCOMPARE(line.width(), 600);
        QList<QRect> areas;
        for (const QLabel *label : line.findChildren<QLabel *>()) {
            if (!label->isVisible())
                continue;
            const QRect area(label->mapTo(&line, QPoint()), label->size());
            for (const QRect &other : areas)
                QVERIFY2(!area.intersects(other), qPrintable(label->objectName()));
            areas << area;
        }
        QVERIFY(areas.size() >= 2);
    }

private:
    static QString sentence(const ui::StatusLine &line)
    {
        return line.findChild<QLabel *>(QStringLiteral("nextStepLabel"))->text();
    }
};

QTEST_MAIN(tst_StatusLine)
#include "tst_StatusLine.moc"
