// SPDX-License-Identifier: Apache-2.0
// Controls can be told from their ground, and checked boxes from unchecked ones, in both themes.
#include "ui/theme/Theme.h"
#include "ui/window/MainToolBar.h"

#include <QApplication>
#include <QCheckBox>
#include <QImage>
#include <QLabel>
#include <QMainWindow>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtTest/QTest>

#include <algorithm>
#include <cmath>

using namespace semigda::ui;

namespace
{

/// Of 21 : 1; Web Content Accessibility Guidelines 2.1, "contrast ratio". Controls need 3 : 1 (1.4.11).
double contrast(const QColor &a, const QColor &b)
{
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(double{colour.redF()}) + 0.7152 * linear(double{colour.greenF()})
               + 0.0722 * linear(double{colour.blueF()});
    };
    const double lighter = std::max(luminance(a), luminance(b));
    const double darker = std::min(luminance(a), luminance(b));
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checkBoxes_areSeen_data() { inBothThemes(); }
    void checkBoxes_areSeen();
    void buttonForMoreTools_isSeen_data() { inBothThemes(); }
    void buttonForMoreTools_isSeen();

private:
    static void inBothThemes();
};

void TestTheme::inBothThemes()
{
    QTest::addColumn<bool>("isDark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
}

void TestTheme::checkBoxes_areSeen()
{
    QFETCH(bool, isDark);
    applyTheme(*qApp, isDark ? ThemeKind::Dark : ThemeKind::Light);
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    // It has the focus, and with it another border.
    layout->addWidget(new QCheckBox(QStringLiteral("first"), &window));
    auto *empty = new QCheckBox(QStringLiteral("empty"), &window);
    auto *checked = new QCheckBox(QStringLiteral("checked"), &window);
    checked->setChecked(true);
    layout->addWidget(empty);
    layout->addWidget(checked);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const QImage picture = window.grab().toImage();
    const auto boxOf = [&picture](const QCheckBox *box) {
        return picture.copy(QRect(box->pos(), QSize(16, box->height())));
    };
    const QColor ground = picture.pixelColor(1, 1);

    const QImage outline = boxOf(empty);
    double strongest = 0.0;
    for (int x = 0; x < outline.width(); ++x)
        strongest = std::max(strongest, contrast(outline.pixelColor(x, outline.height() / 2), ground));
    QVERIFY2(strongest >= 3.0, qPrintable(QString::number(strongest)));

    // The tick: white on the accent colour.
    const QImage filled = boxOf(checked);
    int tick = 0;
    for (int y = 0; y < filled.height(); ++y)
        for (int x = 0; x < filled.width(); ++x)
            tick += contrast(filled.pixelColor(x, y), themeColours().accent) >= 3.0
                    && contrast(filled.pixelColor(x, y), Qt::white) < 1.5;
    QVERIFY2(contrast(Qt::white, themeColours().accent) >= 3.0, "the accent colour is too light for a tick");
    QVERIFY2(tick >= 8 && tick < 80, qPrintable(QString::number(tick)));
}

/// Without it nobody finds what a narrow toolbar has no room for.
void TestTheme::buttonForMoreTools_isSeen()
{
    QFETCH(bool, isDark);
    applyTheme(*qApp, isDark ? ThemeKind::Dark : ThemeKind::Light);
    QMainWindow window;
    auto *bar = new MainToolBar(&window);
    for (int i = 0; i < 12; ++i)
        bar->addAction(QStringLiteral("action %1").arg(i));
    window.addToolBar(bar);
    window.resize(240, 120);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    auto *button = bar->findChild<QToolButton *>(QStringLiteral("qt_toolbar_ext_button"));
    QVERIFY(button != nullptr);
    QTRY_VERIFY(button->isVisible());
    const QImage picture = window.grab(QRect(button->mapTo(&window, QPoint()), button->size())).toImage();
    int seen = 0;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            seen += contrast(picture.pixelColor(x, y), window.palette().color(QPalette::Window)) >= 3.0;
    QVERIFY2(seen >= 12, qPrintable(QString::number(seen)));
}

QTEST_MAIN(TestTheme)
#include "tst_Theme.moc"
