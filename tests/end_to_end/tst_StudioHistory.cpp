// SPDX-License-Identifier: Apache-2.0
// The history of an image in the real main window: opened by its key, states listed and drawn, one of them brought
// back as a new step that can be undone.
#include "StudioFixture.h"

#include "ui/history/HistoryDialog.h"
#include "ui/history/HistoryModel.h"
#include "ui/history/HistoryPreview.h"
#include "ui/tour/MouseHand.h"

#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

using namespace semigda;

namespace
{

constexpr int Side = 64;
constexpr int SoonMs = test::StudioFixture::SoonMs;

} // namespace

class tst_StudioHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void history_listsWhatWasPainted();
    void restore_isOneStepMore();
    void restore_keepsUndoneSteps();
    void history_followsTheImageAndTheProject();

private:
    void stroke(int y);
    void open();
    void choose(int row);
    template <typename Widget> Widget *child(const char *name) const
    {
        return m_studio->window->findChild<Widget *>(QString::fromLatin1(name));
    }
    ui::EditorArea &editor() const { return m_studio->editor(); }
    ui::ImageDocument &document() const { return *editor().annotation()->document(); }
    QAction *action(const char *name) const { return child<QAction>(name); }
    ui::HistoryDialog *dialog() const { return child<ui::HistoryDialog>("historyDialog"); }
    QTableView *table() const { return child<QTableView>("historyTableView"); }
    ui::HistoryModel &model() const { return *static_cast<ui::HistoryModel *>(table()->model()); }
    QPushButton *button() const { return child<QPushButton>("historyRestoreButton"); }
    bool isListed(int rows) const { return dialog() != nullptr && model().rowCount() == rows; }

    std::unique_ptr<test::StudioFixture> m_studio;
};

void tst_StudioHistory::init()
{
    m_studio = std::make_unique<test::StudioFixture>();
    m_studio->settings->setNumber(QStringLiteral("tools/brushSize"), 3);
    QVERIFY(m_studio->show(QStringLiteral("ada")) && m_studio->createProject({"Lesion"}));
    QVERIFY(!action("actionHistory")->isEnabled());
    QStringList files;
    for (const int grey : {40, 90}) {
        QImage image(Side, Side, QImage::Format_Grayscale8);
        image.fill(grey);
        files << m_studio->folder.filePath(QStringLiteral("grey_%1.png").arg(grey));
        QVERIFY(image.save(files.back()));
    }
    QVERIFY(m_studio->import(files, 2));
    QVERIFY(m_studio->choose(m_studio->model().idAt(0)));
}

void tst_StudioHistory::cleanup()
{
    QVERIFY(m_studio->close());
    m_studio.reset();
}

void tst_StudioHistory::stroke(int y)
{
    ui::dragAlong(editor().canvasWidget(), {editor().toCanvas(10.5, y + 0.5), editor().toCanvas(30.5, y + 0.5)});
    QCOMPARE(document().mask().at(20, y), core::LabelValue(1));
    QVERIFY(editor().annotation()->flush(std::chrono::seconds(10)));
}

void tst_StudioHistory::open()
{
    QVERIFY(action("actionHistory")->isEnabled());
    QTest::keyClick(m_studio->window.get(), Qt::Key_H, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(dialog() != nullptr && dialog()->isVisible() && model().rowCount() > 0, SoonMs);
}

void tst_StudioHistory::choose(int row)
{
    const auto *preview = child<ui::HistoryPreview>("historyPreview");
    table()->setFocus();
    table()->selectRow(row);
    QTRY_VERIFY_WITH_TIMEOUT(!preview->picture().isNull(), SoonMs);
}

void tst_StudioHistory::history_listsWhatWasPainted()
{
    stroke(10);
    stroke(20);
    open();
    QVERIFY(isListed(3));
    QVERIFY(dialog()->windowTitle().contains(QStringLiteral("grey_40")));
    QCOMPARE(model().data(model().index(1, ui::HistoryModel::Who), Qt::DisplayRole).toString(), QStringLiteral("ada"));
    QVERIFY(model().isNow(table()->currentIndex().row()));
    QVERIFY(!button()->isEnabled());

    // By the keyboard to the first stroke.
    choose(0);
    QTest::keyClick(table(), Qt::Key_Down);
    QCOMPARE(table()->currentIndex().row(), 1);
    QVERIFY(button()->isEnabled());
    const auto *summary = child<QLabel>("historySummaryLabel");
    child<QComboBox>("historyViewComboBox")->setCurrentIndex(2);
    std::size_t second = 0;
    for (int y = 15; y < 25; ++y) {
        for (int x = 0; x < Side; ++x)
            second += document().mask().at(x, y) == 1 ? 1U : 0U;
    }
    QVERIFY(second > 20);
    QTRY_COMPARE_WITH_TIMEOUT(summary->text(), QStringLiteral("Since then: +%1").arg(second), SoonMs);
    QVERIFY(!child<ui::HistoryPreview>("historyPreview")->accessibleDescription().isEmpty());

    // It stays open and follows what is painted.
    stroke(30);
    QTRY_VERIFY_WITH_TIMEOUT(isListed(4), SoonMs);
    QCOMPARE(model().sequenceAt(table()->currentIndex().row()), std::int64_t(1));
    for (QWidget *widget : std::initializer_list<QWidget *>{table(), child<QComboBox>("historyViewComboBox"),
                                                            child<ui::HistoryPreview>("historyPreview")})
        QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(dialog() == nullptr, SoonMs);
}

void tst_StudioHistory::restore_isOneStepMore()
{
    stroke(10);
    const core::LabelMask first = document().mask();
    stroke(20);
    const core::LabelMask second = document().mask();
    open();
    choose(1);
    QTest::mouseClick(button(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(document().mask() == first && document().canEdit(), SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(isListed(4), SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(model().isNow(table()->currentIndex().row()), SoonMs);
    QCOMPARE(table()->currentIndex().row(), 0);
    const core::ImageId id = editor().currentImage();
    const auto store = m_studio->window->project().session()->openStore();
    QVERIFY((*store)->annotations().load(id)->mask == first);
    QCOMPARE((*store)->annotations().history(id)->edits.size(), std::size_t(3));
    QCOMPARE((*store)->annotations().history(id)->edits.back().author, std::string("ada"));

    action("actionUndo")->trigger();
    QVERIFY(document().mask() == second);
    QVERIFY(editor().annotation()->flush(std::chrono::seconds(10)));
    QVERIFY((*store)->annotations().load(id)->mask == second);
    action("actionRedo")->trigger();
    QVERIFY(document().mask() == first);
    // Back to nothing.
    QTRY_VERIFY_WITH_TIMEOUT(isListed(4) && model().isNow(0), SoonMs);
    choose(3);
    QTest::mouseClick(button(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(document().mask() == core::LabelMask(Side, Side), SoonMs);
}

void tst_StudioHistory::restore_keepsUndoneSteps()
{
    for (const int y : {10, 20, 30})
        stroke(y);
    const core::LabelMask third = document().mask();
    editor().undo();
    const core::LabelMask second = document().mask();
    QVERIFY(editor().annotation()->flush(std::chrono::seconds(10)));
    open();
    QVERIFY(isListed(4) && model().isUndone(0) && model().isNow(1));
    choose(2);
    QTest::mouseClick(button(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(isListed(6), SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(document().canEdit(), SoonMs);
    editor().undo();
    QVERIFY(document().mask() == second);
    // The undone stroke is still there to go back to.
    QVERIFY(editor().annotation()->flush(std::chrono::seconds(10)));
    QTRY_VERIFY_WITH_TIMEOUT(isListed(6) && model().rowOf(3) >= 0 && model().isUndone(0), SoonMs);
    choose(model().rowOf(3));
    QTest::mouseClick(button(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(document().mask() == third, SoonMs);
}

void tst_StudioHistory::history_followsTheImageAndTheProject()
{
    stroke(10);
    open();
    QVERIFY(isListed(2));
    m_studio->window->chooseImage(m_studio->model().idAt(1));
    QTRY_VERIFY_WITH_TIMEOUT(isListed(1), SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(dialog()->windowTitle().contains(QStringLiteral("grey_90")), SoonMs);
    QVERIFY(!button()->isEnabled());
    // The same window again.
    const ui::HistoryDialog *before = dialog();
    action("actionHistory")->trigger();
    QCOMPARE(dialog(), before);
    m_studio->window->project().close();
    QTRY_VERIFY_WITH_TIMEOUT(dialog() == nullptr, SoonMs);
}

QTEST_MAIN(tst_StudioHistory)
#include "tst_StudioHistory.moc"
