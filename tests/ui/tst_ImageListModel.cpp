// SPDX-License-Identifier: Apache-2.0
#include "ui/language/Language.h"
#include "ui/lists/ImageItemDelegate.h"
#include "ui/lists/ImageListModel.h"
#include "ui/lists/ImageListPanel.h"
#include "ui/lists/StateWords.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QtTest/QTest>

#include <functional>
#include <map>

using namespace semigda;

namespace
{

core::ImageSummary image(int number, core::ImageState state = core::ImageState::Unlabelled)
{
    core::ImageSummary summary;
    summary.id = core::ImageId(number);
    summary.name = "image_" + std::to_string(number);
    summary.state = state;
    summary.width = 64;
    summary.height = 64;
    return summary;
}

std::vector<core::ImageSummary> images(int count)
{
    std::vector<core::ImageSummary> list;
    for (int i = 1; i <= count; ++i)
        list.push_back(image(i));
    return list;
}

QStringList names(const ui::ImageListModel &model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list << model.index(row, 0).data().toString();
    return list;
}

/// Counts how often a view paints a row, and how often it asks for a row's size: once each time it lays out.
class CountingDelegate : public ui::ImageItemDelegate
{
public:
    using ImageItemDelegate::ImageItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        ++paints[index.row()];
        ImageItemDelegate::paint(painter, option, index);
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        ++layouts;
        return ImageItemDelegate::sizeHint(option, index);
    }

    mutable std::map<int, int> paints;
    mutable int layouts = 0;
};

} // namespace

class tst_ImageListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::applyLanguage(*qApp, QStringLiteral("en")); }

    void filter_showsStateAndText()
    {
        ui::ImageListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<core::ImageSummary> list = images(12);
        list[2].state = core::ImageState::Predicted;
        list[10].state = core::ImageState::Predicted;
        model.setImages(list);
        QCOMPARE(model.rowCount(), 12);
        ui::ImageFilter filter;
        filter.state = core::ImageState::Predicted;
        model.setFilter(filter);
        QCOMPARE(names(model), QStringList({QStringLiteral("image_3"), QStringLiteral("image_11")}));
        filter.text = QStringLiteral("_11");
        model.setFilter(filter);
        QCOMPARE(names(model), QStringList({QStringLiteral("image_11")}));
        QCOMPARE(model.rowOf(core::ImageId(3)), -1);
        QCOMPARE(model.countOf(core::ImageState::Predicted), std::size_t(2));
    }

    void lookFirst_ordersByDoubt()
    {
        ui::ImageListModel model;
        std::vector<core::ImageSummary> list = images(4);
        list[1].state = core::ImageState::Predicted;
        list[1].disagreement = 0.7F;
        list[1].estimatedDice = 0.9F; // counts more than the disagreement
        list[3].state = core::ImageState::Predicted;
        list[3].disagreement = 0.6F;
        list[0].state = core::ImageState::Labelled;
        model.setImages(list);
        ui::ImageFilter filter;
        filter.order = ui::ImageOrder::LookFirst;
        model.setFilter(filter);
        QCOMPARE(names(model), QStringList({QStringLiteral("image_4"), QStringLiteral("image_2"),
                                            QStringLiteral("image_3"), QStringLiteral("image_1")}));
    }

    void updateImage_movesHidesAndInsertsRows()
    {
        ui::ImageListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setImages(images(5));
        ui::ImageFilter filter;
        filter.state = core::ImageState::Unlabelled;
        filter.order = ui::ImageOrder::Name;
        model.setFilter(filter);
        model.updateImage(image(3, core::ImageState::Partial));
        QCOMPARE(model.rowCount(), 4);
        model.updateImage(image(3));
        QCOMPARE(model.rowOf(core::ImageId(3)), 2);
        core::ImageSummary renamed = image(1);
        renamed.name = "zebra";
        model.updateImage(renamed);
        QCOMPARE(names(model).last(), QStringLiteral("zebra"));
        model.updateImage(image(6));
        QCOMPARE(model.total(), std::size_t(6));
    }

    void randomUpdates_equalARebuiltModel()
    {
        ui::ImageListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<core::ImageSummary> list = images(40);
        model.setImages(list);
        ui::ImageFilter filter;
        filter.text = QStringLiteral("1");
        filter.order = ui::ImageOrder::LookFirst;
        model.setFilter(filter);
        QRandomGenerator random(7);
        for (int round = 0; round < 300; ++round) {
            core::ImageSummary &changed = list[random.bounded(40U)];
            changed.state = static_cast<core::ImageState>(random.bounded(7));
            changed.disagreement = static_cast<float>(random.bounded(5)) / 5.0F;
            if (round % 10 == 0)
                changed.name = "renamed_" + std::to_string(random.bounded(100));
            model.updateImage(changed);
        }
        ui::ImageListModel rebuilt;
        rebuilt.setImages(list);
        rebuilt.setFilter(filter);
        QCOMPARE(names(model), names(rebuilt));
        for (const core::ImageSummary &summary : list)
            QCOMPARE(model.rowOf(summary.id), rebuilt.rowOf(summary.id));
    }

    void setImages_keepsRowsForSmallChanges()
    {
        ui::ImageListModel model;
        std::vector<core::ImageSummary> list = images(100);
        model.setImages(list);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        list[4].state = core::ImageState::Predicted;
        list.push_back(image(101));
        model.setImages(list);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(model.rowCount(), 101);
    }

    void hundredThousand_filterAndOrderQuickly()
    {
        ui::ImageListModel model;
        std::vector<core::ImageSummary> list = images(100000);
        for (std::size_t i = 0; i < list.size(); i += 2) {
            list[i].state = core::ImageState::Predicted;
            list[i].disagreement = static_cast<float>(i % 97) / 97.0F;
        }
        QElapsedTimer timer;
        timer.start();
        model.setImages(list);
        ui::ImageFilter filter;
        filter.order = ui::ImageOrder::LookFirst;
        model.setFilter(filter);
        filter.text = QStringLiteral("99");
        model.setFilter(filter);
        for (int i = 0; i < 100; ++i)
            model.updateImage(image(1000 + i, core::ImageState::Accepted));
        // Generous: this machine may be busy; a proxy model takes tens of seconds here.
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(model.rowCount() > 3000);
    }

    void thumbnails_areAskedForOnceAndShown()
    {
        ui::ImageListModel model;
        model.setImages(images(3));
        QSignalSpy wanted(&model, &ui::ImageListModel::thumbnailsWanted);
        for (int i = 0; i < 3; ++i)
            QVERIFY(!model.index(0, 0).data(Qt::DecorationRole).isValid());
        QVERIFY(!model.index(1, 0).data(Qt::DecorationRole).isValid());
        QTRY_COMPARE(wanted.count(), 1);
        const auto ids = wanted.front().front().value<std::vector<core::ImageId>>();
        QCOMPARE(ids, std::vector<core::ImageId>({core::ImageId(1), core::ImageId(2)}));
        core::Thumbnail thumbnail{2, 1, {255, 0, 0, 0, 0, 255}};
        model.setThumbnail(core::ImageId(1), thumbnail);
        const auto pixmap = model.index(0, 0).data(Qt::DecorationRole).value<QPixmap>();
        QCOMPARE(pixmap.toImage().pixelColor(0, 0), QColor(Qt::red));
        QCOMPARE(pixmap.toImage().pixelColor(1, 0), QColor(Qt::blue));
    }

    void panel_paintsARowThatChangesWithoutLayingOutAnew()
    {
        ui::ImageListPanel panel;
        panel.model().setImages(images(100));
        auto *view = panel.findChild<QListView *>(QStringLiteral("imageListView"));
        CountingDelegate delegate;
        view->setItemDelegate(&delegate);
        panel.resize(300, 900);
        panel.show();
        QTRY_VERIFY(delegate.paints[1] > 0);
        const int layouts = delegate.layouts;
        QVERIFY(layouts > 0);
        const auto isPaintedByThis = [&](const std::function<void()> &change) {
            const int before = delegate.paints[1];
            change();
            return QTest::qWaitFor([&] { return delegate.paints[1] > before; });
        };
        QVERIFY(isPaintedByThis([&] { panel.model().setThumbnail(core::ImageId(2), {1, 1, {255, 0, 0}}); }));
        QVERIFY(isPaintedByThis([&] { panel.model().updateImage(image(2, core::ImageState::Partial)); }));
        QCOMPARE(delegate.layouts, layouts);

        panel.model().updateImage(image(101));
        const auto place = [&](int row) { return view->visualRect(panel.model().index(row, 0)); };
        QCOMPARE(place(100).top() - place(0).top(), 100 * place(0).height());
    }

    void panel_announcesOnlyTheUsersChoice()
    {
        ui::ImageListPanel panel;
        panel.model().setImages(images(5));
        panel.resize(300, 600);
        panel.show();
        QSignalSpy chosen(&panel, &ui::ImageListPanel::imageChosen);
        panel.setCurrent(core::ImageId(2));
        QCOMPARE(chosen.count(), 0);
        auto *filter = panel.findChild<QComboBox *>(QStringLiteral("imageFilterComboBox"));
        filter->setCurrentIndex(filter->findData(static_cast<int>(core::ImageState::Unlabelled)));
        // The current image leaves the filter: no other one may open by itself.
        panel.model().updateImage(image(2, core::ImageState::Partial));
        QCOMPARE(chosen.count(), 0);
        QCOMPARE(panel.current(), core::ImageId(2));
        auto *view = panel.findChild<QListView *>(QStringLiteral("imageListView"));
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(view->model()->index(0, 0)).center());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(panel.current(), core::ImageId(1));
        QCOMPARE(panel.neighbour(1), core::ImageId(3));
        QVERIFY(!panel.neighbour(-1).isValid());
    }

    void panel_saysWhatToDoWhenEmpty()
    {
        ui::ImageListPanel panel;
        auto *empty = panel.findChild<QLabel *>(QStringLiteral("imageListEmptyLabel"));
        auto *count = panel.findChild<QLabel *>(QStringLiteral("imageCountLabel"));
        QVERIFY(empty->text().contains(QStringLiteral("Drop images")));
        panel.model().setImages(images(3));
        QCOMPARE(count->text(), QStringLiteral("3 images"));
        auto *search = panel.findChild<QLineEdit *>(QStringLiteral("imageSearchLineEdit"));
        search->setText(QStringLiteral("nothing like this"));
        QVERIFY(empty->text().contains(QStringLiteral("No image matches")));
        QVERIFY(count->text().startsWith(QStringLiteral("0 of 3")));
    }

    void tags_areCountedSearchedAndShown()
    {
        ui::ImageListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<core::ImageSummary> list = images(4);
        list[0].tags = {"ask", "blurred"};
        list[2].tags = {"blurred"};
        model.setImages(list);
        const auto counted = [&model](const char *tag) { return model.tags().at(tag); };
        QCOMPARE(counted("ask"), std::size_t(1));
        QCOMPARE(counted("blurred"), std::size_t(2));
        const QModelIndex first = model.index(0, 0);
        QCOMPARE(first.data(ui::ImageListModel::TagsRole).toString(), QStringLiteral("ask, blurred"));
        QVERIFY(first.data(Qt::ToolTipRole).toString().endsWith(QStringLiteral("Tags: ask, blurred")));
        QVERIFY(first.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("ask, blurred")));
        QVERIFY(!model.index(1, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("Tags")));

        ui::ImageFilter filter;
        filter.tag = "blurred";
        model.setFilter(filter);
        QCOMPARE(names(model), QStringList({QStringLiteral("image_1"), QStringLiteral("image_3")}));
        filter.text = QStringLiteral("SK"); // of the other tag
        model.setFilter(filter);
        QCOMPARE(names(model), QStringList({QStringLiteral("image_1")}));
        filter.tag.reset();
        model.setFilter(filter);
        QCOMPARE(names(model), QStringList({QStringLiteral("image_1")}));

        // One that loses its tag leaves the row and the count.
        list[0].tags = {"blurred"};
        model.setImages(list);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.tags().contains("ask"));
        QCOMPARE(counted("blurred"), std::size_t(2));
        model.clear();
        QVERIFY(model.tags().empty());
    }

    void sliceBeside_skipsSlicesThatAreGone()
    {
        ui::ImageListModel model;
        std::vector<core::ImageSummary> list = images(6);
        const int positions[] = {4, 0, 1, 7, 2, 3};
        for (std::size_t i = 0; i < list.size(); ++i) {
            list[i].seriesKey = i == 5 ? "other" : "series";
            list[i].slicePosition = positions[i];
        }
        model.setImages(list);
        QCOMPARE(model.sliceBeside("series", 2, 1), list[0].id);
        QCOMPARE(model.sliceBeside("series", 4, 1), list[3].id);
        QCOMPARE(model.sliceBeside("series", 4, -1), list[4].id);
        QVERIFY(!model.sliceBeside("series", 7, 1).isValid());
        QVERIFY(!model.sliceBeside("series", 0, -1).isValid());
        QVERIFY(!model.sliceBeside("other", 3, 1).isValid());
    }

    void words_sayDoubtInWordsAndNumbers()
    {
        const auto unjudged = [](float disagreement) {
            return core::PredictionScores{disagreement, 0.0F, std::nullopt};
        };
        QCOMPARE(ui::doubtText(unjudged(0.04F)), QStringLiteral("96 % agreement, high"));
        QCOMPARE(ui::doubtText(unjudged(0.25F)), QStringLiteral("75 % agreement, medium"));
        QCOMPARE(ui::doubtText(unjudged(0.9F)), QStringLiteral("10 % agreement, low"));
        QCOMPARE(ui::shortDoubtText(unjudged(0.9F)), QStringLiteral("10 % agreement"));
        const core::PredictionScores judged{0.04F, 0.0F, 0.866F};
        QCOMPARE(ui::doubtText(judged), QStringLiteral("estimated Dice 0.87 · 96 % agreement, high"));
        QCOMPARE(ui::shortDoubtText(judged), QStringLiteral("estimated Dice 0.87"));
    }
};

QTEST_MAIN(tst_ImageListModel)
#include "tst_ImageListModel.moc"
