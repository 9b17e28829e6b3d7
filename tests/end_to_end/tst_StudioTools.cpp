// SPDX-License-Identifier: Apache-2.0
// The commands that change a mask, in the real main window: by their keys and menus, with the amounts that are asked
// for, into the database.
#include "StudioFixture.h"

#include "ui/window/Actions.h"
#include "ui/work/MaskThreads.h"

#include <QImage>
#include <QInputDialog>
#include <QMenu>
#include <QSemaphore>
#include <QThreadPool>

using namespace semigda;

namespace
{

constexpr int Side = 64;
constexpr int SoonMs = test::StudioFixture::SoonMs;

/// A bright square of 20 x 20 in the middle.
QImage squareImage()
{
    QImage image(Side, Side, QImage::Format_Grayscale8);
    image.fill(40);
    for (int y = 22; y < 42; ++y)
        std::fill_n(image.scanLine(y) + 22, 20, uchar{200});
    return image;
}

} // namespace

class tst_StudioTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void withoutAnImage_nothingCanBeDrawn();
    void everyTool_isChosenByItsKey_data();
    void everyTool_isChosenByItsKey();
    void wandAndGrow_outlineTheSquareAndMore();
    void amounts_areRemembered();
    void operations_sayWhenThereIsNothingToDo();
    void superpixelsAndSeeds_outlineTheSquare();
    void growthUnderWay_isLeftOutByEscape();

private:
    QAction *action(const char *name) const { return m_studio->action(name); }
    void openImage();
    void click(QPoint pixel, Qt::KeyboardModifiers modifiers = {});
    /// Answers the question that an action asks.
    void answer(const char *name, double amount);
    std::size_t painted() const;

    std::unique_ptr<test::StudioFixture> m_studio;
};

void tst_StudioTools::init()
{
    m_studio = std::make_unique<test::StudioFixture>();
    QVERIFY(m_studio->show() && m_studio->createProject({"Lesion"}));
}

void tst_StudioTools::cleanup()
{
    QVERIFY(m_studio->close());
    m_studio.reset();
}

void tst_StudioTools::openImage()
{
    const QString file = m_studio->file("square.png");
    QVERIFY(squareImage().save(file));
    QVERIFY(m_studio->import({file}, 1));
    QVERIFY(m_studio->choose(m_studio->model().idAt(0)));
}

void tst_StudioTools::click(QPoint pixel, Qt::KeyboardModifiers modifiers)
{
    m_studio->click(pixel, modifiers);
}

void tst_StudioTools::answer(const char *name, double amount)
{
    action(name)->trigger();
    auto *dialog = m_studio->window->findChild<QInputDialog *>(QStringLiteral("amountDialog"));
    QVERIFY(dialog != nullptr && dialog->isVisible());
    QVERIFY(dialog->labelText().contains(QStringLiteral("px")));
    dialog->setDoubleValue(amount);
    dialog->accept();
}

std::size_t tst_StudioTools::painted() const
{
    for (const auto &[value, count] : core::countValues(m_studio->document().mask()))
        if (value == 1)
            return count;
    return 0;
}

void tst_StudioTools::withoutAnImage_nothingCanBeDrawn()
{
    const auto *actions = m_studio->window->findChild<ui::Actions *>();
    QVERIFY(actions != nullptr);
    QVERIFY(actions->drawing().size() >= 18);
    for (const QAction *each : actions->drawing())
        QVERIFY2(!each->isEnabled(), qPrintable(each->objectName()));
    openImage();
    for (const QAction *each : actions->drawing()) {
        QVERIFY2(each->isEnabled(), qPrintable(each->objectName()));
        QVERIFY2(!each->shortcut().isEmpty(), qPrintable(each->objectName()));
        QVERIFY2(!each->toolTip().isEmpty() && !each->icon().isNull(), qPrintable(each->objectName()));
    }
}

void tst_StudioTools::everyTool_isChosenByItsKey_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<QString>("name");
    for (const auto &[key, name] : {std::pair(Qt::Key_E, "actionEraser"), std::pair(Qt::Key_B, "actionBrush"),
                                    std::pair(Qt::Key_P, "actionPolygon"), std::pair(Qt::Key_L, "actionLasso"),
                                    std::pair(Qt::Key_R, "actionRectangle"), std::pair(Qt::Key_O, "actionEllipse"),
                                    std::pair(Qt::Key_F, "actionFill"), std::pair(Qt::Key_W, "actionWand"),
                                    std::pair(Qt::Key_Q, "actionSuperpixels"), std::pair(Qt::Key_V, "actionPan")})
        QTest::newRow(name) << static_cast<int>(key) << QString::fromLatin1(name);
}

void tst_StudioTools::everyTool_isChosenByItsKey()
{
    QFETCH(int, key);
    QFETCH(QString, name);
    openImage();
    QTest::keyClick(m_studio->window.get(), static_cast<Qt::Key>(key));
    QVERIFY(action(qPrintable(name))->isChecked());
    action("actionLasso")->trigger();
    QVERIFY(name == QStringLiteral("actionLasso") || !action(qPrintable(name))->isChecked());
}

void tst_StudioTools::wandAndGrow_outlineTheSquareAndMore()
{
    openImage();
    QTest::keyClick(m_studio->window.get(), Qt::Key_W);
    click({30, 30});
    QTRY_COMPARE(painted(), std::size_t(20 * 20));
    answer("actionGrow", 1.0);
    QTRY_COMPARE(painted(), std::size_t(20 * 20 + 4 * 20));
    answer("actionShrink", 1.0);
    QTRY_COMPARE(painted(), std::size_t(20 * 20));
    answer("actionSmooth", 2.0);
    QTRY_VERIFY(painted() < 400);
    QVERIFY(painted() > 370);
    // A speck and a hole.
    action("actionBrush")->trigger();
    m_studio->editor().setBrushSize(1);
    click({5, 5});
    click({30, 30}, Qt::ControlModifier);
    const std::size_t before = painted();
    action("actionFillHoles")->trigger();
    QTRY_COMPARE(painted(), before + 1);
    answer("actionRemoveSmall", 2.0);
    QTRY_COMPARE(painted(), before);
    click({5, 5});
    action("actionKeepLargest")->trigger();
    QTRY_COMPARE(painted(), before);
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().isSaved(), SoonMs);
    auto store = m_studio->window->project().session()->openStore();
    QVERIFY(store.has_value());
    const auto history = (*store)->annotations().history(m_studio->editor().currentImage());
    QVERIFY(history.has_value());
    std::vector<std::string> reasons;
    for (const core::EditRecord &edit : history->edits)
        reasons.push_back(edit.reason);
    QCOMPARE(reasons, (std::vector<std::string>{"Wand", "Grow", "Shrink", "Smooth", "Brush", "Eraser", "Fill holes",
                                                "Remove small", "Brush", "Keep largest"}));
    // And all of it can be undone.
    for (std::size_t i = 0; i < reasons.size(); ++i)
        action("actionUndo")->trigger();
    QCOMPARE(painted(), std::size_t(0));
}

void tst_StudioTools::amounts_areRemembered()
{
    openImage();
    answer("actionGrow", 3.5);
    action("actionGrow")->trigger();
    auto *dialog =
        m_studio->window->findChild<QInputDialog *>(QStringLiteral("amountDialog"), Qt::FindDirectChildrenOnly);
    QVERIFY(dialog != nullptr);
    QTRY_COMPARE(m_studio->window->findChildren<QInputDialog *>().size(), 1);
    QCOMPARE(m_studio->window->findChild<QInputDialog *>()->doubleValue(), 3.5);
    m_studio->window->findChild<QInputDialog *>()->reject();
    QCOMPARE(painted(), std::size_t(0));
}

void tst_StudioTools::operations_sayWhenThereIsNothingToDo()
{
    openImage();
    action("actionFillHoles")->trigger();
    QTRY_VERIFY(!m_studio->editor().notices().texts().filter(QStringLiteral("Lesion")).isEmpty());
    QVERIFY(!m_studio->editor().canUndo());
}

void tst_StudioTools::superpixelsAndSeeds_outlineTheSquare()
{
    openImage();
    QTest::keyClick(m_studio->window.get(), Qt::Key_Q);
    m_studio->editor().setBrushSize(8);
    click({32, 32});
    QTRY_VERIFY(painted() > 0 && !m_studio->editor().tools().isActive());
    QVERIFY(painted() < 20 * 20);
    // One seed alone does not do, and that is said.
    QTest::keyClick(m_studio->window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(!m_studio->editor().notices().texts().filter(QStringLiteral("seeds")).isEmpty());
    action("actionBrush")->trigger();
    m_studio->editor().setActiveClass(core::Background);
    m_studio->editor().setBrushSize(3);
    click({5, 5});
    QTest::keyClick(m_studio->window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(painted(), std::size_t(20 * 20));
    for (int y = 0; y < Side; ++y)
        for (int x = 0; x < Side; ++x)
            QCOMPARE(m_studio->document().mask().at(x, y),
                     core::LabelValue(x >= 22 && x < 42 && y >= 22 && y < 42 ? 1 : 0));
    action("actionUndo")->trigger();
    QVERIFY(painted() < 20 * 20);
    action("actionRedo")->trigger();
    QCOMPARE(painted(), std::size_t(20 * 20));
    QTRY_VERIFY_WITH_TIMEOUT(m_studio->editor().isSaved(), SoonMs);
    auto store = m_studio->window->project().session()->openStore();
    QVERIFY(store.has_value());
    const auto history = (*store)->annotations().history(m_studio->editor().currentImage());
    QVERIFY(history.has_value());
    std::vector<std::string> reasons;
    for (const core::EditRecord &edit : history->edits)
        reasons.push_back(edit.reason);
    QCOMPARE(reasons, (std::vector<std::string>{"Superpixel brush", "Brush", "Grow from seeds"}));
}

void tst_StudioTools::growthUnderWay_isLeftOutByEscape()
{
    openImage();
    m_studio->editor().setBrushSize(3);
    click({32, 32});
    m_studio->editor().setActiveClass(core::Background);
    click({5, 5});
    // No thread is free until it has been left out.
    QThreadPool &threads = ui::maskThreads();
    QSemaphore running;
    QSemaphore go;
    for (int i = 0; i < threads.maxThreadCount(); ++i)
        threads.start([&] {
            running.release();
            go.acquire();
        });
    running.acquire(threads.maxThreadCount());
    action("actionGrowFromSeeds")->trigger();
    const ui::ImageDocument *document = m_studio->editor().annotation()->document();
    const std::size_t before = painted();
    QVERIFY(document->isEditing());
    QTest::keyClick(&m_studio->editor().canvas(), Qt::Key_Escape);
    QVERIFY(!document->isEditing());
    go.release(threads.maxThreadCount());
    threads.waitForDone();
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    QCOMPARE(document->undoStack().count(), 2);
    QCOMPARE(painted(), before);
}

QTEST_MAIN(tst_StudioTools)
#include "tst_StudioTools.moc"
