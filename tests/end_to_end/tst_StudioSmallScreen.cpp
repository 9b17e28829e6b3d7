// SPDX-License-Identifier: Apache-2.0
// A full HD screen at 200 % has 960 x 540 points: the window fits, and what the work consists of is on show.
#include "StudioFixture.h"

#include "ui/keys/KeysDialog.h"
#include "ui/language/Language.h"
#include "ui/review/ReviewBar.h"
#include "ui/theme/Theme.h"
#include "ui/window/Actions.h"
#include "ui/window/MainToolBar.h"

#include <QDockWidget>
#include <QImage>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>

using namespace semigda;

namespace
{

constexpr QSize Small(960, 540);
constexpr QSize Usual(1280, 800);

} // namespace

class tst_StudioSmallScreen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void window_fits_data();
    void window_fits();
    void trainingPanel_scrollsToTheFieldInHand();

private:
    bool open(QSize size);
    ui::MainToolBar &toolBar() const { return *m_studio->window->findChild<ui::MainToolBar *>(); }
    bool isOnShow(QAction *action) const;

    std::unique_ptr<test::StudioFixture> m_studio;
};

void tst_StudioSmallScreen::init()
{
    // Its padding decides what there is room for.
    ui::applyTheme(*qApp, ui::ThemeKind::Dark);
    m_studio = std::make_unique<test::StudioFixture>();
}

void tst_StudioSmallScreen::cleanup()
{
    QVERIFY(m_studio->close());
    m_studio.reset();
    ui::applyLanguage(*qApp, QStringLiteral("en"));
}

bool tst_StudioSmallScreen::open(QSize size)
{
    if (!m_studio->show())
        return false;
    m_studio->window->resize(size);
    QImage picture(64, 64, QImage::Format_Grayscale8);
    picture.fill(90);
    const QString file = m_studio->file("grey.png");
    return picture.save(file) && m_studio->createProject({"Lesion", "Cyst", "Shadow"}) && m_studio->import({file}, 1)
           && m_studio->choose(m_studio->model().idAt(0));
}

bool tst_StudioSmallScreen::isOnShow(QAction *action) const
{
    const QWidget *button = toolBar().widgetForAction(action);
    return button != nullptr && button->isVisible() && toolBar().rect().contains(button->geometry());
}

void tst_StudioSmallScreen::window_fits_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << QStringLiteral("en");
    QTest::newRow("German") << QStringLiteral("de");
}

void tst_StudioSmallScreen::window_fits()
{
    QFETCH(QString, language);
    ui::applyLanguage(*qApp, language);
    QVERIFY(open(Small));
    QCOMPARE(m_studio->window->size(), Small);
    const ui::Actions &actions = *m_studio->window->findChild<ui::Actions *>();
    QVERIFY(!toolBar().showsNames());
    for (QAction *each : {actions.importImages, actions.exportMasks, actions.brush, actions.pan, actions.showMask,
                          actions.markDone, actions.review, actions.view3d})
        QVERIFY2(isOnShow(each), qPrintable(each->objectName()));
    // As wide as names and their states are.
    QVERIFY(m_studio->window->findChild<QDockWidget *>(QStringLiteral("imagesDock"))->width() >= 250);

    actions.review->trigger();
    auto &bar = *m_studio->window->findChild<ui::ReviewBar *>();
    QTRY_VERIFY(bar.isVisible());
    QTRY_VERIFY(bar.findChild<QLabel *>(QStringLiteral("reviewPlaceLabel"))->width() > 200);
    for (QAction *verdict : actions.verdicts()) {
        QString name = verdict->objectName();
        name[0] = name[0].toLower();
        const auto *button = bar.findChild<QToolButton *>(name + QStringLiteral("Button"));
        QVERIFY2(button != nullptr && button->isVisible(), qPrintable(name));
        QTRY_VERIFY(bar.rect().contains(QRect(button->mapTo(&bar, QPoint()), button->size())));
    }
    QCOMPARE(m_studio->window->size(), Small);
    actions.review->trigger();

    m_studio->window->resize(Usual);
    QTRY_VERIFY(toolBar().showsNames());
    QVERIFY(isOnShow(actions.view3d));
    m_studio->window->resize(Small);
    QTRY_VERIFY(!toolBar().showsNames());
    QCOMPARE(m_studio->window->size(), Small);

    m_studio->action("actionShortcuts")->trigger();
    auto *keys = m_studio->window->findChild<ui::KeysDialog *>();
    QVERIFY(keys != nullptr);
    QVERIFY(keys->minimumSizeHint().height() < Small.height() && keys->minimumSizeHint().width() < Small.width());
    keys->close();
}

void tst_StudioSmallScreen::trainingPanel_scrollsToTheFieldInHand()
{
    QVERIFY(open(Small));
    auto *panel = m_studio->window->findChild<QWidget *>(QStringLiteral("trainingPanel"));
    auto *scroll = qobject_cast<QScrollArea *>(panel->parentWidget()->parentWidget());
    QVERIFY(scroll != nullptr);
    auto *dock = m_studio->window->findChild<QDockWidget *>(QStringLiteral("trainingDock"));
    m_studio->window->resizeDocks({dock}, {0}, Qt::Vertical);
    m_studio->click({30, 30});
    const auto *start = panel->findChild<QWidget *>(QStringLiteral("trainingStartButton"));
    QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled() && scroll->height() < panel->height(), test::StudioFixture::SoonMs);
    const auto isSeen = [&] {
        return scroll->viewport()->rect().contains(QRect(start->mapTo(scroll->viewport(), QPoint()), start->size()));
    };
    QVERIFY(!isSeen());
    panel->findChild<QWidget *>(QStringLiteral("trainingResumeCheckBox"))->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(start->hasFocus());
    QTRY_VERIFY(isSeen());
}

QTEST_MAIN(tst_StudioSmallScreen)
#include "tst_StudioSmallScreen.moc"
