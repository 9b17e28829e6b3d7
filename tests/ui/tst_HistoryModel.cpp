// SPDX-License-Identifier: Apache-2.0
#include "ui/history/HistoryModel.h"

#include "support/FakeProjectStore.h"
#include "ui/history/HistoryPicture.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QtTest/QTest>

using namespace semigda;
using core::LabelMask;
using core::PixelChange;
using ui::HistoryModel;

namespace
{

constexpr int Width = 40;
constexpr int Height = 20;

} // namespace

class tst_HistoryModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init()
    {
        m_store = std::make_unique<test::FakeProjectStore>();
        m_id = m_store->addImage("kidney", Width, Height);
        m_mask = LabelMask(Width, Height);
    }

    void rows_areTheStatesNewestFirst()
    {
        paint(0, 1, 30, "Brush", "ada");
        paint(1, 2, 20, "Lasso", "ben");
        paint(0, core::NotAnnotated, 10, "Eraser", "ada");
        HistoryModel model;
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.rowCount(), 0);
        model.setHistory(read());
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(text(model, 0, HistoryModel::Who), QStringLiteral("ada"));
        QCOMPARE(text(model, 0, HistoryModel::What), QStringLiteral("eraser stroke – shown now"));
        QCOMPARE(text(model, 0, HistoryModel::Pixels), QString(QChar(0x2212)) + QStringLiteral("10"));
        QCOMPARE(text(model, 1, HistoryModel::Who), QStringLiteral("ben"));
        QCOMPARE(text(model, 1, HistoryModel::What), QStringLiteral("lasso"));
        QCOMPARE(text(model, 1, HistoryModel::Pixels), QStringLiteral("+20"));
        QVERIFY(!text(model, 1, HistoryModel::When).isEmpty());
        QCOMPARE(text(model, 3, HistoryModel::What), QStringLiteral("nothing painted yet"));
        QCOMPARE(model.sequenceAt(0), std::int64_t(3));
        QCOMPARE(model.sequenceAt(3), std::int64_t(0));
        QCOMPARE(model.rowOf(2), 1);
        QCOMPARE(model.rowOf(17), -1);
        QVERIFY(model.isNow(0) && !model.isNow(1));
        const QString spoken = model.data(model.index(1, 0), Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.endsWith(QStringLiteral("ben, lasso, +20")), qPrintable(spoken));
    }

    void undoneStates_areMarkedAndListed()
    {
        paint(0, 1, 30);
        paint(1, 1, 30);
        QVERIFY(m_store->annotations().undo(m_id)->has_value());
        HistoryModel model;
        model.setHistory(read());
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(model.isUndone(0) && model.isNow(1) && !model.isUndone(1));
        QCOMPARE(text(model, 0, HistoryModel::What), QStringLiteral("brush stroke – undone"));
        QCOMPARE(text(model, 1, HistoryModel::What), QStringLiteral("brush stroke – shown now"));
        while (m_store->annotations().undo(m_id)->has_value()) {
        }
        model.setHistory(read());
        QCOMPARE(text(model, 2, HistoryModel::What), QStringLiteral("nothing painted yet – shown now"));
    }

    void picture_showsTheMaskOfItsState()
    {
        paint(3, 1, 30);
        paint(3, 2, 30);
        const QImage blank = draw(0, ui::HistoryView::State).image;
        const QImage first = draw(1, ui::HistoryView::State).image;
        const QImage second = draw(2, ui::HistoryView::State).image;
        QCOMPARE(first.size(), QSize(Width * 16, Height * 16));
        // The image is grey; a class tints its pixels, in its own colour.
        const QPoint painted(5 * 16 + 8, 3 * 16 + 8);
        QCOMPARE(blank.pixel(painted), qRgb(90, 90, 90));
        QVERIFY(first.pixel(painted) != blank.pixel(painted));
        QVERIFY(first.pixel(painted) != second.pixel(painted));
        QCOMPARE(first.pixel(painted.x(), painted.y() + 16), qRgb(90, 90, 90));
    }

    void picture_marksWhatAStepChanged()
    {
        paint(3, 1, 30);
        paint(6, 1, 10);
        const ui::HistoryPicture step = draw(2, ui::HistoryView::Step);
        QCOMPARE(step.changed.painted, std::size_t(10));
        QCOMPARE(step.changed.all(), std::size_t(10));
        QCOMPARE(blueOf(step.image, 5, 6), true);
        QCOMPARE(blueOf(step.image, 5, 3), false);
        QCOMPARE(blueOf(step.image, 11, 6), false);
    }

    void picture_marksWhatWasChangedSince()
    {
        paint(3, 1, 30);
        paint(6, 1, 10);
        paint(3, core::NotAnnotated, 5);
        const ui::HistoryPicture since = draw(1, ui::HistoryView::Difference);
        QCOMPARE(since.changed.painted, std::size_t(10));
        QCOMPARE(since.changed.erased, std::size_t(5));
        QVERIFY(blueOf(since.image, 5, 6));
        QVERIFY(!blueOf(since.image, 2, 3)); // erased
        QVERIFY(!blueOf(since.image, 8, 3)); // as it was
        const ui::HistoryPicture none = draw(3, ui::HistoryView::Difference);
        QCOMPARE(none.changed.all(), std::size_t(0));
    }

    void picture_ofALargeImageShowsThinChanges()
    {
        const core::ImageId large = m_store->addImage("large", 4000, 3000);
        LabelMask before(4000, 3000);
        LabelMask after = before;
        after.fillRow(2001, 1501, 3, 1); // between the samples of the picture
        QVERIFY(m_store->annotations()
                    .append(large, core::MaskDelta::between(before, after),
                            {"Brush", "ada", false, core::ImageState::Partial})
                    .has_value());
        m_id = large;
        const ui::HistoryPicture picture = draw(1, ui::HistoryView::Step);
        QVERIFY(std::max(picture.image.width(), picture.image.height()) <= ui::PictureSide);
        int marked = 0;
        for (int y = 0; y < picture.image.height(); ++y) {
            for (int x = 0; x < picture.image.width(); ++x)
                marked += qBlue(picture.image.pixel(x, y)) > 150 ? 1 : 0;
        }
        QVERIFY(marked >= 1 && marked <= 2);
    }

    void swatches_differInMoreThanColour()
    {
        QSet<int> shares;
        for (const PixelChange change :
             {PixelChange::Painted, PixelChange::Erased, PixelChange::Reclassed, PixelChange::Unclassed}) {
            const QImage swatch = ui::changeSwatch(change, 24);
            int filled = 0;
            for (int y = 0; y < 24; ++y) {
                for (int x = 0; x < 24; ++x)
                    filled += swatch.pixel(x, y) != qRgb(60, 60, 60) ? 1 : 0;
            }
            shares.insert(filled);
        }
        QCOMPARE(shares.size(), 4);
    }

private:
    void paint(int y, core::LabelValue value, int count, const std::string &reason = "Brush",
               const std::string &author = "ada")
    {
        const LabelMask before = m_mask;
        m_mask.fillRow(0, y, count, value);
        QVERIFY(m_store->annotations()
                    .append(m_id, core::MaskDelta::between(before, m_mask),
                            {reason, author, false, core::ImageState::Partial})
                    .has_value());
    }
    std::shared_ptr<const ui::ImageHistory> read() { return *ui::readHistory(*m_store, m_id); }
    static QString text(const HistoryModel &model, int row, int column)
    {
        return model.data(model.index(row, column), Qt::DisplayRole).toString();
    }
    ui::HistoryPicture draw(std::int64_t sequence, ui::HistoryView view)
    {
        ui::HistoryPictureRequest request;
        request.pixels = std::make_shared<const core::ImageData>(*m_store->images().pixels(m_id));
        request.contrast = {128.0, 256.0};
        for (const char *name : {"Lesion", "Cyst"})
            static_cast<void>(request.classes.add(name).has_value());
        request.history = read();
        request.sequence = sequence;
        request.view = view;
        return ui::drawHistory(request);
    }
    /// The mark of what was painted, in the middle of an image pixel.
    static bool blueOf(const QImage &picture, int x, int y)
    {
        const QRgb colour = picture.pixel(x * 16 + 8, y * 16 + 8);
        return qBlue(colour) > 180 && qRed(colour) < 120;
    }

    std::unique_ptr<test::FakeProjectStore> m_store;
    core::ImageId m_id;
    LabelMask m_mask;
};

QTEST_MAIN(tst_HistoryModel)
#include "tst_HistoryModel.moc"
