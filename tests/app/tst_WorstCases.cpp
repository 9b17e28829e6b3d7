// SPDX-License-Identifier: Apache-2.0
#include "app/results/WorstCases.h"

#include "ReportFixture.h"
#include "support/FakeProjectStore.h"
#include "support/Random.h"

#include <QImage>
#include <QtTest/QTest>

#include <algorithm>
#include <cmath>

using namespace semigda;
using app::ImageEvaluation;
using app::WorstCase;
using app::WorstCases;
using test::score;

namespace
{

core::ImageData grey(int width, int height)
{
    core::ImageData image;
    image.width = width;
    image.height = height;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.bytes.push_back(static_cast<std::byte>((x * 2 + y) % 256));
    return image;
}

core::LabelMask block(int width, int height, const core::PixelRect &rect)
{
    core::LabelMask mask(width, height, core::Background);
    for (int y = rect.top; y < rect.bottom(); ++y)
        mask.fillRow(rect.left, y, rect.width, 1);
    return mask;
}

core::PixelRect boundsOf(const core::Outline &outline)
{
    core::PixelRect bounds;
    for (const core::PointF &corner : outline)
        bounds =
            bounds.united({static_cast<int>(std::lround(corner.x)), static_cast<int>(std::lround(corner.y)), 1, 1});
    return bounds;
}

QImage decoded(const WorstCase &each)
{
    return QImage::fromData(reinterpret_cast<const uchar *>(each.png.data()), static_cast<int>(each.png.size()), "PNG");
}

/// Images with a mask beside its prediction, handed over as an evaluation does.
class Judge
{
public:
    core::ImageId add(const core::ImageData &pixels, const std::string &series = {}, int position = 0)
    {
        core::NewImage image;
        image.name = "image " + std::to_string(++m_count);
        image.source.sha256 = image.name;
        image.width = pixels.width;
        image.height = pixels.height;
        image.geometry = pixels.geometry;
        image.seriesKey = series;
        image.slicePosition = position;
        const core::ImageId id = store.images().add(image).value();
        store.setPixels(id, pixels);
        return id;
    }
    void show(WorstCases &cases, core::ImageId id, const core::ClassScore &scored, const core::LabelMask &truth,
              const core::LabelMask &predicted)
    {
        const core::ImageRecord record = store.images().record(id).value();
        const ImageEvaluation scores{id, record.name, record.geometry.hasSpacing, {scored}};
        cases.consider({record, scores, truth, predicted});
    }

    test::FakeProjectStore store;

private:
    int m_count = 0;
};

} // namespace

class TestWorstCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keeps_theWorstInOrder();
    void ties_goByTheWrongArea();
    void picture_isTheImageAtItsSize();
    void largeImages_areReducedWithTheirOutlines();
    void stairs_becomeLines();
    void tinyRegions_stayVisible();
    void slices_sayWhereTheyLie();
    void pixelsOfUnequalSides_keepTheirProportions();
    void unreadablePixels_areSaid();
};

void TestWorstCases::keeps_theWorstInOrder()
{
    Judge judge;
    test::Random random(3);
    const core::LabelMask mask = block(8, 8, {1, 1, 3, 3});
    std::vector<ImageEvaluation> all;
    WorstCases cases(judge.store, 8);
    for (int i = 0; i < 200; ++i) {
        const core::ImageId id = judge.add(grey(8, 8));
        const core::ClassScore scored = score(1, random.between(0, 60) / 60.0, 1.0);
        all.push_back({id, {}, false, {scored}});
        judge.show(cases, id, scored, mask, mask);
    }
    std::sort(all.begin(), all.end(), app::isWorse);
    const std::vector<WorstCase> kept = cases.take();
    QCOMPARE(kept.size(), std::size_t{8});
    for (std::size_t i = 0; i < kept.size(); ++i)
        QCOMPARE(kept[i].scores.image.value, all[i].image.value);
    QVERIFY(cases.take().empty());
}

void TestWorstCases::ties_goByTheWrongArea()
{
    Judge judge;
    const core::LabelMask mask = block(8, 8, {1, 1, 3, 3});
    WorstCases cases(judge.store, 2);
    for (const std::size_t area : {std::size_t{10}, std::size_t{500}, std::size_t{20}})
        judge.show(cases, judge.add(grey(8, 8)), score(1, 0.0, std::nullopt, area, 0), mask, mask);
    const std::vector<WorstCase> kept = cases.take();
    QCOMPARE(kept.size(), std::size_t{2});
    QCOMPARE(kept[0].scores.image.value, 2);
    QCOMPARE(kept[1].scores.image.value, 3);
}

void TestWorstCases::picture_isTheImageAtItsSize()
{
    Judge judge;
    const core::ImageData pixels = grey(120, 90);
    WorstCases cases(judge.store);
    judge.show(cases, judge.add(pixels), score(1, 0.5, 1.0), block(120, 90, {10, 20, 30, 40}),
               block(120, 90, {50, 5, 7, 9}));
    const WorstCase kept = cases.take().front();
    QVERIFY(kept.problem.empty());
    const QImage picture = decoded(kept);
    QCOMPARE(picture.size(), QSize(120, 90));
    QVERIFY(picture.isGrayscale());
    for (int y = 0; y < 90; ++y)
        for (int x = 0; x < 120; ++x)
            QCOMPARE(qGray(picture.pixel(x, y)), static_cast<int>(pixels.stored(x, y)));
    QCOMPARE(kept.width, 120);
    QCOMPARE(kept.height, 90);
    QCOMPARE(kept.outlines.size(), std::size_t{1});
    QVERIFY(boundsOf(kept.outlines[0].truth.at(0)) == (core::PixelRect{10, 20, 31, 41}));
    QVERIFY(boundsOf(kept.outlines[0].predicted.at(0)) == (core::PixelRect{50, 5, 8, 10}));
    QVERIFY(kept.place.empty());
}

void TestWorstCases::largeImages_areReducedWithTheirOutlines()
{
    Judge judge;
    core::ImageData colour = grey(2400 * 3, 1200);
    colour.width = 2400;
    colour.channels = 3;
    core::LabelMask disc(2400, 1200, core::Background);
    for (const auto &span : core::brushStroke({1000, 600}, {1000, 600}, 800))
        disc.fillRow(span.x, span.y, span.count, 1);
    WorstCases cases(judge.store);
    judge.show(cases, judge.add(colour), score(1, 0.5, 1.0), disc, disc);
    const WorstCase kept = cases.take().front();
    QCOMPARE(kept.width, 480);
    QCOMPARE(kept.height, 240);
    QCOMPARE(decoded(kept).size(), QSize(480, 240));
    QVERIFY(!decoded(kept).isGrayscale());
    const core::Outline &outline = kept.outlines[0].truth.at(0);
    const core::PixelRect bounds = boundsOf(outline);
    QVERIFY(std::abs(bounds.left - 120) <= 1 && std::abs(bounds.right() - 280) <= 2);
    QVERIFY(std::abs(bounds.top - 40) <= 1 && std::abs(bounds.bottom() - 200) <= 2);
    // A circle of 80 pixels' radius needs no more corners than pixels, though the mask's has thousands.
    QVERIFY2(outline.size() > 60 && outline.size() < 700, qPrintable(QString::number(outline.size())));
    for (const core::PointF &corner : outline)
        QVERIFY(std::abs(std::hypot(corner.x - 200, corner.y - 120) - 80) < 1.0);
}

void TestWorstCases::stairs_becomeLines()
{
    Judge judge;
    WorstCases cases(judge.store);
    core::LabelMask triangle(100, 100, core::Background);
    for (int y = 10; y < 60; ++y)
        triangle.fillRow(10, y, y - 9, 1);
    judge.show(cases, judge.add(grey(100, 100)), score(1, 0.5, 1.0), triangle, triangle);
    const core::Outline outline = cases.take().front().outlines.at(0).truth.at(0);
    int onSlope = 0;
    for (const core::PointF &point : outline) {
        const bool isOnOtherSides = point.x < 11.0 || point.y > 59.0;
        QVERIFY(isOnOtherSides || std::abs(point.x - point.y - 0.5) < 1e-9);
        onSlope += !isOnOtherSides;
    }
    QVERIFY2(onSlope > 20, qPrintable(QString::number(onSlope)));
}

void TestWorstCases::tinyRegions_stayVisible()
{
    Judge judge;
    WorstCases cases(judge.store);
    const core::LabelMask speck = block(4800, 480, {1000, 100, 2, 2});
    judge.show(cases, judge.add(grey(4800, 480)), score(1, 0.0, std::nullopt), speck, speck);
    const WorstCase kept = cases.take().front();
    QCOMPARE(kept.outlines[0].truth.size(), std::size_t{1});
    QVERIFY(kept.outlines[0].truth[0].size() >= 4);
}

void TestWorstCases::slices_sayWhereTheyLie()
{
    Judge judge;
    const core::LabelMask mask = block(8, 8, {1, 1, 3, 3});
    std::vector<core::ImageId> slices;
    for (const int position : {30, 10, 20})
        slices.push_back(judge.add(grey(8, 8), "series", position));
    WorstCases cases(judge.store);
    judge.show(cases, slices[0], score(1, 0.1, 1.0), mask, mask);
    judge.show(cases, slices[1], score(1, 0.2, 1.0), mask, mask);
    const std::vector<WorstCase> kept = cases.take();
    QCOMPARE(kept[0].place, std::string("slice 3 of 3"));
    QCOMPARE(kept[1].place, std::string("slice 1 of 3"));
}

void TestWorstCases::pixelsOfUnequalSides_keepTheirProportions()
{
    Judge judge;
    core::ImageData pixels = grey(8, 8);
    pixels.geometry.hasSpacing = true;
    pixels.geometry.spacing = {0.5, 1.25, 3.0};
    const core::LabelMask mask = block(8, 8, {1, 1, 3, 3});
    WorstCases cases(judge.store);
    judge.show(cases, judge.add(pixels), score(1, 0.1, 1.0), mask, mask);
    QCOMPARE(cases.take().front().pixelAspect, 2.5);
}

void TestWorstCases::unreadablePixels_areSaid()
{
    Judge judge;
    core::NewImage image;
    image.name = "gone";
    image.source.sha256 = "gone";
    image.width = image.height = 8;
    const core::ImageId id = judge.store.images().add(image).value();
    QVERIFY(!judge.store.images().pixels(id));
    const core::LabelMask mask = block(8, 8, {1, 1, 3, 3});
    WorstCases cases(judge.store);
    judge.show(cases, id, score(1, 0.1, 1.0), mask, mask);
    const WorstCase kept = cases.take().front();
    QVERIFY(kept.png.empty());
    QCOMPARE(kept.problem, judge.store.images().pixels(id).error().message.english());
    QCOMPARE(kept.scores.name, std::string("gone"));
}

QTEST_APPLESS_MAIN(TestWorstCases)
#include "tst_WorstCases.moc"
