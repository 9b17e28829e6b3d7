// SPDX-License-Identifier: Apache-2.0
// Every command of the window can be found, explained, reached by keyboard and read out.
#include "app/Workspace.h"
#include "ui/canvas/ImageCanvas.h"
#include "ui/keys/KeyBindings.h"
#include "ui/lists/ImageListModel.h"
#include "ui/lists/ImageListPanel.h"
#include "ui/tools/ToolController.h"
#include "ui/window/EditorArea.h"
#include "ui/window/MainWindow.h"
#include "ui/window/ProjectController.h"
#include "ui/window/ProjectTasks.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QDialog>
#include <QImage>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QTabBar>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <memory>

using namespace semigda;

namespace
{

constexpr int SoonMs = 20000;

/// What the menus offer, without separators and submenus.
QList<QAction *> menuActions(const QMenu &menu)
{
    QList<QAction *> found;
    for (QAction *action : menu.actions()) {
        if (action->menu() != nullptr)
            found << menuActions(*action->menu());
        else if (!action->isSeparator())
            found << action;
    }
    return found;
}

} // namespace

class tst_StudioActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyAction_isNamedAndExplained();
    void everyMenuEntry_canHaveAKey();
    void givenKey_doesWhatTheActionDoes();
    void keysOfLists_areNotTaken();
    void everyField_canBeReadOut();
    void habits_stayOverARestart();

private:
    std::unique_ptr<ui::MainWindow> createWindow() const;
    void openImage();
    ui::KeyBindings &keys() const { return *m_window->findChild<ui::KeyBindings *>(); }
    QAction *action(const char *name) const { return m_window->findChild<QAction *>(QString::fromLatin1(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::MainWindow> m_window;
};

std::unique_ptr<ui::MainWindow> tst_StudioActions::createWindow() const
{
    ui::WindowParts parts;
    parts.workspace = app::createWorkspace();
    parts.settings = std::make_shared<ui::UiSettings>(m_folder->filePath(QStringLiteral("settings.ini")));
    parts.userName = QStringLiteral("tester");
    return std::make_unique<ui::MainWindow>(std::move(parts));
}

void tst_StudioActions::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_window = createWindow();
    m_window->resize(1280, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void tst_StudioActions::cleanup()
{
    m_window->close();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible() && !m_window->project().isOpen(), SoonMs);
    m_window.reset();
}

void tst_StudioActions::openImage()
{
    core::LabelSet classes;
    QVERIFY(classes.add("Lesion").has_value() && classes.add("Cyst").has_value());
    m_window->createProject(m_folder->filePath(QStringLiteral("p.semigda")), classes);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->project().isOpen(), SoonMs);
    QImage picture(64, 64, QImage::Format_Grayscale8);
    picture.fill(90);
    const QString file = m_folder->filePath(QStringLiteral("grey.png"));
    QVERIFY(picture.save(file));
    m_window->importPaths({file});
    QTRY_COMPARE_WITH_TIMEOUT(m_window->imageList().model().total(), std::size_t(1), SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->project().tasks().isBusy(), SoonMs);
    m_window->chooseImage(m_window->imageList().model().idAt(0));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->editor().isImageShown(), SoonMs);
    m_window->editor().canvas().setFocus();
}

void tst_StudioActions::everyAction_isNamedAndExplained()
{
    QVERIFY(keys().actions().size() > 80);
    QSet<QString> names;
    QSet<QString> texts;
    for (const QAction *each : keys().actions()) {
        const QByteArray name = each->objectName().toLatin1();
        QVERIFY2(name.startsWith("action") && !names.contains(each->objectName()), name.constData());
        names << each->objectName();
        QVERIFY2(!each->text().isEmpty(), name.constData());
        QVERIFY2(!each->statusTip().isEmpty() && each->toolTip().startsWith(each->statusTip()), name.constData());
        QVERIFY2(!each->icon().isNull() || name.endsWith("Dock"), name.constData());
    }
}

void tst_StudioActions::everyMenuEntry_canHaveAKey()
{
    const QKeySequence key(QStringLiteral("Ctrl+Alt+Shift+F11"));
    int count = 0;
    for (const QAction *menu : m_window->menuBar()->actions()) {
        for (QAction *entry : menuActions(*menu->menu())) {
            QVERIFY2(keys().actions().contains(entry), qPrintable(entry->text()));
            keys().setKeys(*entry, {key});
            QCOMPARE(entry->shortcut(), key);
            QVERIFY(keys().ownerOf(key) == entry);
            ++count;
        }
    }
    QVERIFY(count > 80);
    keys().resetAll();
}

void tst_StudioActions::givenKey_doesWhatTheActionDoes()
{
    openImage();
    QWidget &canvas = m_window->editor().canvasWidget();
    keys().setKeys(*action("actionWand"), {QKeySequence(QStringLiteral("G"))});
    QTest::keyClick(&canvas, Qt::Key_G);
    QCOMPARE(m_window->editor().tools().tool(), ui::ToolKind::Wand);
    QTest::keyClick(&canvas, Qt::Key_B);
    QTest::keyClick(&canvas, Qt::Key_W);
    QCOMPARE(m_window->editor().tools().tool(), ui::ToolKind::Brush);
    QTest::keyClick(&canvas, Qt::Key_2);
    QCOMPARE(m_window->editor().activeClass(), core::LabelValue(2));
    // A polygon's own keys go before those of actions.
    keys().setKeys(*action("actionAbout"), {QKeySequence(QStringLiteral("Home"))});
    QTest::keyClick(&canvas, Qt::Key_P);
    const auto at = [this](int x, int y) { return m_window->editor().toCanvas(x, y).toPoint(); };
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, at(10, 10));
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, at(30, 10));
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, at(30, 30));
    QTest::keyClick(&canvas, Qt::Key_Return);
    QTRY_VERIFY(m_window->editor().canUndo());
}

void tst_StudioActions::keysOfLists_areNotTaken()
{
    openImage();
    // Arrows walk through the list while it has the focus, and through slices while the image has it.
    QCOMPARE(action("actionPreviousSlice")->shortcutContext(), Qt::WidgetShortcut);
    QCOMPARE(action("actionMoveLeft")->shortcutContext(), Qt::WidgetShortcut);
    ui::ImageCanvas &canvas = m_window->editor().canvas();
    canvas.setZoom(20.0);
    canvas.centreOn({32.0, 32.0});
    const QPointF before = canvas.toWidget({0, 0});
    m_window->imageList().findChild<QWidget *>(QStringLiteral("imageListView"))->setFocus();
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(canvas.toWidget({0, 0}), before);
    canvas.setFocus();
    QTest::keyClick(&canvas, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(canvas.toWidget({0, 0}).x() < before.x());
}

void tst_StudioActions::everyField_canBeReadOut()
{
    openImage();
    for (const char *name : {"actionNewProject", "actionImport", "actionExport", "actionContrast", "actionLayers",
                             "actionShortcuts", "actionAbout"})
        action(name)->trigger();
    int count = 0;
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        // What Tab reaches; parts of larger fields belong to those.
        if (!(widget->focusPolicy() & Qt::TabFocus) || widget->objectName().startsWith(QStringLiteral("qt_"))
            || widget->window()->windowType() == Qt::Popup)
            continue;
        // Read out by its tabs.
        if (qobject_cast<QTabBar *>(widget) != nullptr)
            continue;
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        QVERIFY(interface != nullptr);
        const QString words = interface->text(QAccessible::Name) + widget->accessibleName();
        QVERIFY2(!words.isEmpty(), qPrintable(QStringLiteral("%1 in %2")
                                                  .arg(widget->objectName() + QLatin1Char(' ')
                                                           + QString::fromLatin1(widget->metaObject()->className()),
                                                       widget->window()->objectName())));
        ++count;
    }
    QVERIFY(count > 30);
    for (QDialog *dialog : m_window->findChildren<QDialog *>())
        dialog->close();
}

void tst_StudioActions::habits_stayOverARestart()
{
    const auto isOn = [](const ui::MainWindow &window, const char *name) {
        return window.findChild<QAction *>(QString::fromLatin1(name))->isChecked();
    };
    QVERIFY(isOn(*m_window, "actionKeepView") && m_window->editor().canvas().keepsView());
    QVERIFY(!isOn(*m_window, "actionSwapContrastDrag"));
    action("actionKeepView")->trigger();
    action("actionSwapContrastDrag")->trigger();
    QVERIFY(!m_window->editor().canvas().keepsView());
    const std::unique_ptr<ui::MainWindow> later = createWindow();
    QVERIFY(!isOn(*later, "actionKeepView") && !later->editor().canvas().keepsView());
    QVERIFY(isOn(*later, "actionSwapContrastDrag"));
}

QTEST_MAIN(tst_StudioActions)
#include "tst_StudioActions.moc"
