// SPDX-License-Identifier: Apache-2.0
#include "app/results/SvgCurves.h"
#include "app/results/SvgScores.h"

#include <QList>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest/QTest>

#include <cmath>
#include <limits>

using namespace semigda::app;

namespace
{

struct Shape
{
    QString name;
    QString cssClass;
    QXmlStreamAttributes attributes;
    QString text;

    double number(const char *attribute) const { return attributes.value(QLatin1StringView(attribute)).toDouble(); }
    QString path() const { return attributes.value(QLatin1StringView("d")).toString(); }
    /// Corners of the path.
    QList<QPointF> points() const
    {
        static const QRegularExpression Pair(QStringLiteral("[ML](-?[0-9.]+) (-?[0-9.]+)"));
        QList<QPointF> points;
        for (const QRegularExpressionMatch &match : Pair.globalMatch(path()))
            points.append({match.captured(1).toDouble(), match.captured(2).toDouble()});
        return points;
    }
};

QList<Shape> shapesOf(const std::string &svg)
{
    QList<Shape> shapes;
    QXmlStreamReader reader(QByteArray::fromStdString(svg));
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement())
            shapes.append({reader.name().toString(),
                           reader.attributes().value(QLatin1StringView("class")).toString(),
                           reader.attributes(),
                           {}});
        else if (reader.isCharacters() && !shapes.isEmpty())
            shapes.back().text += reader.text();
    }
    if (reader.hasError())
        qFatal("%s", qPrintable(reader.errorString()));
    return shapes;
}

QList<Shape> ofClass(const QList<Shape> &shapes, const char *cssClass)
{
    QList<Shape> found;
    for (const Shape &each : shapes)
        if (each.cssClass == QLatin1StringView(cssClass))
            found.append(each);
    return found;
}

QStringList textsOf(const QList<Shape> &shapes)
{
    QStringList texts;
    for (const Shape &each : shapes)
        if (each.name == QLatin1StringView("text"))
            texts << each.text;
    return texts;
}

CurvePlot plotOf(std::vector<std::pair<double, double>> points)
{
    CurvePlot plot;
    plot.title = "loss <all>";
    plot.xName = "steps";
    plot.curves = {{"one", std::move(points)}};
    return plot;
}

} // namespace

class TestSvgPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dots_areOneAnImage()
    {
        const DistributionPicture picture =
            distributionPicture({{"A & B", {0.0, 0.5, 0.5, 0.5, 1.0}}, {"empty", {}}}, "Dice");
        QCOMPARE(picture.imagesPerDot, 1);
        const QList<Shape> shapes = shapesOf(picture.markup);
        const QList<Shape> dots = ofClass(shapes, "dots");
        QCOMPARE(dots.size(), 1);
        const QList<QPointF> points = dots[0].points();
        QCOMPARE(points.size(), 5);
        QVERIFY(points.first().x() < points[1].x() && points[1].x() == points[3].x());
        QVERIFY(points[1].y() > points[2].y() && points[2].y() > points[3].y());
        QVERIFY(points.last().x() > points[3].x());
        QVERIFY(textsOf(shapes).contains(QStringLiteral("A & B")));
        const Shape box = ofClass(shapes, "box").front();
        QCOMPARE(box.number("width"), 0.0);
        QCOMPARE(ofClass(shapes, "median").front().points().front().x(), 360.0);
    }
    void box_holdsTheMiddleHalf()
    {
        std::vector<double> values;
        for (int i = 0; i <= 100; ++i)
            values.push_back(i / 100.0);
        const QList<Shape> shapes = shapesOf(distributionPicture({{"A", values}}, "Dice").markup);
        const Shape box = ofClass(shapes, "box").front();
        const Shape whisker = ofClass(shapes, "whisker").front();
        const double full = 720 - 24;
        QVERIFY(std::abs(box.number("x") - (12 + 0.25 * full)) < 0.1);
        QVERIFY(std::abs(box.number("width") - 0.5 * full) < 0.1);
        QVERIFY(std::abs(whisker.points().first().x() - (12 + 0.05 * full)) < 0.1);
        QVERIFY(std::abs(whisker.points().last().x() - (12 + 0.95 * full)) < 0.1);
    }
    void manyImages_shareDots()
    {
        const DistributionPicture picture = distributionPicture({{"A", std::vector<double>(1000, 0.7)}}, "Dice");
        QCOMPARE(picture.imagesPerDot, 100);
        QCOMPARE(ofClass(shapesOf(picture.markup), "dots").front().points().size(), 10);
    }
    void interval_liesAroundItsMean()
    {
        const QList<Shape> shapes = shapesOf(intervalPicture(0.5, 0.25, 1.0));
        const QList<QPointF> span = ofClass(shapes, "span").front().points();
        const double mean = ofClass(shapes, "mean").front().number("cx");
        QCOMPARE(mean, 70.0);
        QCOMPARE(span.first().x(), 37.0);
        QCOMPARE(span.last().x(), 136.0);
    }
    void curve_goesThroughItsPoints()
    {
        CurvePlot plot = plotOf({{0, 0.0}, {50, 1.0}, {100, 0.5}});
        plot.yRange = std::pair(0.0, 1.0);
        plot.marks = {50};
        const QList<Shape> shapes = shapesOf(curvePicture(plot));
        const QList<QPointF> points = ofClass(shapes, "curve c0").front().points();
        QCOMPARE(points, (QList<QPointF>{{40, 200}, {214, 44}, {388, 122}}));
        QCOMPARE(ofClass(shapes, "points c0").front().points(), points);
        QVERIFY(ofClass(shapes, "mark").front().path().startsWith(QStringLiteral("M214.0 ")));
        const QStringList texts = textsOf(shapes);
        for (const char *text : {"loss <all>", "steps", "0", "0.2", "0.4", "0.6", "0.8", "1", "20", "100"})
            QVERIFY2(texts.contains(QLatin1StringView(text)), text);
        // One curve needs no legend.
        QVERIFY(!texts.contains(QStringLiteral("one")));
        plot.curves.push_back({"two", {{0, 0.3}}});
        QVERIFY(textsOf(shapesOf(curvePicture(plot))).contains(QStringLiteral("two")));
    }
    void gaps_areLeft()
    {
        const double none = std::numeric_limits<double>::quiet_NaN();
        const QString path =
            ofClass(shapesOf(curvePicture(plotOf({{1, 1.0}, {2, 2.0}, {3, none}, {4, 3.0}, {5, 1.0}}))), "curve c0")
                .front()
                .path();
        QCOMPARE(path.count(QLatin1Char('M')), 2);
        QCOMPARE(path.count(QLatin1Char('L')), 2);
        QVERIFY(curvePicture(plotOf({{1, none}})).empty());
        QVERIFY(curvePicture(plotOf({})).empty());
    }
    void logarithms_spaceDecadesEvenly()
    {
        CurvePlot plot = plotOf({{0, 10.0}, {1, 1.0}, {2, 0.1}, {3, 0.0}});
        plot.isLogarithmic = true;
        const QList<Shape> shapes = shapesOf(curvePicture(plot));
        const QList<QPointF> points = ofClass(shapes, "curve c0").front().points();
        QCOMPARE(points.size(), 3);
        QVERIFY(std::abs((points[1].y() - points[0].y()) - (points[2].y() - points[1].y())) < 0.2);
        const QStringList texts = textsOf(shapes);
        for (const char *text : {"10", "1", "0.1", "0.5", "5"})
            QVERIFY2(texts.contains(QLatin1StringView(text)), text);
    }
    void oneLevel_isDrawnInTheMiddle()
    {
        for (const bool isLogarithmic : {false, true}) {
            CurvePlot plot = plotOf({{5, 2.0}, {6, 2.0}});
            plot.isLogarithmic = isLogarithmic;
            const QList<QPointF> points = ofClass(shapesOf(curvePicture(plot)), "curve c0").front().points();
            QCOMPARE(points.size(), 2);
            QCOMPARE(points[0].y(), 122.0);
        }
    }
    void longCurves_areThinnedByAveraging()
    {
        std::vector<std::pair<double, double>> points;
        for (int i = 0; i < 100'000; ++i)
            points.emplace_back(i, i % 2 == 0 ? 0.2 : 0.8);
        CurvePlot plot = plotOf(std::move(points));
        plot.yRange = std::pair(0.0, 1.0);
        const QList<Shape> shapes = shapesOf(curvePicture(plot));
        const QList<QPointF> drawn = ofClass(shapes, "curve c0").front().points();
        QCOMPARE(drawn.size(), 240);
        for (const QPointF &each : drawn)
            QVERIFY(std::abs(each.y() - 122.0) < 1.0);
        QVERIFY(ofClass(shapes, "points c0").isEmpty());
        QVERIFY(textsOf(shapes).contains(QStringLiteral("80000")));
    }
};

QTEST_APPLESS_MAIN(TestSvgPictures)
#include "tst_SvgPictures.moc"
