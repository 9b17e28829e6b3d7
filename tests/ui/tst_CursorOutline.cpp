// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/CursorOutline.h"

#include <QTransform>
#include <QtTest/QTest>

#include <cmath>

using semigda::ui::withoutClosePoints;

namespace
{

/// A ring of so many corners.
QPainterPath ring(QPointF middle, double radius, int corners)
{
    const double step = 2.0 * M_PI / corners;
    QPainterPath path(middle + QPointF(radius, 0.0));
    for (int i = 1; i < corners; ++i)
        path.lineTo(middle + radius * QPointF(std::cos(i * step), std::sin(i * step)));
    path.closeSubpath();
    return path;
}

} // namespace

class tst_CursorOutline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closePoints_areLeftOut()
    {
        const QPainterPath path = ring({10.0, 10.0}, 3.0, 400);
        const QPainterPath kept = withoutClosePoints(path, 0.5);
        QVERIFY2(kept.elementCount() > 20 && kept.elementCount() < 50,
                 qPrintable(QString::number(kept.elementCount())));
        for (int i = 0; i < path.elementCount(); ++i) {
            double nearest = 100.0;
            for (int k = 0; k < kept.elementCount(); ++k)
                nearest = std::min(nearest, QLineF(path.elementAt(i), kept.elementAt(k)).length());
            QVERIFY(nearest < 0.5);
        }
        QCOMPARE(QPointF(kept.elementAt(kept.elementCount() - 1)), QPointF(kept.elementAt(0)));
    }
    void farPoints_stay()
    {
        const QPainterPath path = QTransform::fromScale(8.0, 8.0).map(ring({}, 3.0, 40));
        QCOMPARE(withoutClosePoints(path, 0.5), path);
    }
    void parts_stayApart()
    {
        QPainterPath path = ring({0.0, 0.0}, 2.0, 100);
        path.addPath(ring({20.0, 0.0}, 0.1, 100)); // all of it within one pixel
        const QPainterPath kept = withoutClosePoints(path, 0.5);
        QVERIFY(kept.elementCount() < path.elementCount() / 2);
        QCOMPARE(kept.boundingRect().right(), 20.1);
        int parts = 0;
        for (int i = 0; i < kept.elementCount(); ++i)
            parts += kept.elementAt(i).isMoveTo() ? 1 : 0;
        QCOMPARE(parts, 2);
    }
    void curves_stayAsTheyAre()
    {
        QPainterPath path;
        path.addEllipse(QRectF(0.0, 0.0, 0.2, 0.2));
        QCOMPARE(withoutClosePoints(path, 0.5), path);
        QCOMPARE(withoutClosePoints({}, 0.5), QPainterPath());
    }
};

QTEST_GUILESS_MAIN(tst_CursorOutline)
#include "tst_CursorOutline.moc"
