// SPDX-License-Identifier: Apache-2.0
// Contrast by histogram, numbers and presets.
#include "CanvasFixture.h"

#include "ui/contrast/ContrastController.h"
#include "ui/contrast/ContrastDialog.h"
#include "ui/contrast/HistogramView.h"
#include "ui/theme/Theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest/QTest>

#include <cmath>
#include <cstring>

using namespace semigda;

namespace
{

/// 16 bit, rescaled as CT is: values -1000 .. 1999, each once.
core::ImageData ctImage()
{
    core::ImageData image;
    image.width = 60;
    image.height = 50;
    image.type = core::PixelType::UInt16;
    image.intercept = -1000.0;
    image.bytes.resize(image.sampleCount() * 2);
    for (std::uint16_t i = 0; i < 3000; ++i)
        std::memcpy(image.bytes.data() + std::size_t(i) * 2, &i, 2);
    image.window = core::ValueWindow{50.0, 350.0};
    return image;
}

} // namespace

class tst_Contrast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeKind::Dark); }
    void init()
    {
        m_fixture = std::make_unique<test::CanvasFixture>();
        m_window = std::make_unique<QWidget>();
        m_actions = m_fixture->canvas->findChild<ui::Actions *>();
        QVERIFY(m_actions != nullptr);
        m_contrast = std::make_unique<ui::ContrastController>(*m_actions, *m_fixture->canvas, *m_window);
        QVERIFY(m_fixture->open(m_fixture->project.addImage("CT", ctImage())));
    }
    void cleanup()
    {
        delete m_contrast->dialog();
        m_contrast.reset();
        m_window.reset();
        m_fixture.reset();
    }

    void presets_setTheUsualWindows()
    {
        QCOMPARE(m_actions->ctContrasts.size(), qsizetype(6));
        m_actions->ctContrasts.at(1)->trigger();
        QCOMPARE(window(), (core::ValueWindow{-600.0, 1500.0}));
        m_actions->resetContrast->trigger();
        QCOMPARE(window(), (core::ValueWindow{50.0, 350.0}));
    }

    void percentiles_comeFromTheImage()
    {
        m_actions->percentileContrast->trigger();
        QTRY_COMPARE(window().centre - window().width / 2.0, -1000.0 + 29.0);
        QCOMPARE(window().centre + window().width / 2.0, -1000.0 + 2969.0);
        m_actions->fullContrast->trigger();
        QCOMPARE(window().centre - window().width / 2.0, -1000.0);
        QCOMPARE(window().centre + window().width / 2.0, 1999.0);
    }

    void percentilesAskedFor_doNotReachTheNextImage()
    {
        m_actions->fullContrast->trigger();
        // At once, before the histogram can have been counted.
        m_fixture->canvas->setDocument(nullptr);
        core::ImageData other = ctImage();
        other.width = 50;
        other.height = 60;
        QVERIFY(m_fixture->open(m_fixture->project.addImage("other", other)));
        QSignalSpy counted(m_contrast.get(), &ui::ContrastController::histogramChanged);
        QVERIFY(m_contrast->histogram() == nullptr);
        QTRY_VERIFY(m_contrast->histogram() != nullptr);
        QCOMPARE(window(), (core::ValueWindow{50.0, 350.0}));
    }

    void dialog_showsAndSetsTheWindow()
    {
        m_actions->contrast->trigger();
        ui::ContrastDialog *dialog = m_contrast->dialog();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        auto *level = dialog->findChild<QDoubleSpinBox *>(QStringLiteral("contrastLevelBox"));
        auto *width = dialog->findChild<QDoubleSpinBox *>(QStringLiteral("contrastWidthBox"));
        auto *low = dialog->findChild<QDoubleSpinBox *>(QStringLiteral("contrastLowBox"));
        auto *high = dialog->findChild<QDoubleSpinBox *>(QStringLiteral("contrastHighBox"));
        QCOMPARE(level->value(), 50.0);
        QCOMPARE(width->value(), 350.0);
        QCOMPARE(low->value(), -125.0);
        QCOMPARE(high->value(), 225.0);
        low->setValue(-75.0);
        QCOMPARE(window(), (core::ValueWindow{75.0, 300.0}));
        level->setValue(100.0);
        QCOMPARE(window(), (core::ValueWindow{100.0, 300.0}));
        width->setValue(200.0);
        QCOMPARE(window(), (core::ValueWindow{100.0, 200.0}));
        QCOMPARE(high->value(), 200.0);
        // White is not below black.
        high->setValue(-500.0);
        QCOMPARE(window(), (core::ValueWindow{100.0, 200.0}));
        dialog->findChild<QPushButton *>(QStringLiteral("contrastResetButton"))->click();
        QCOMPARE(level->value(), 50.0);

        auto *presets = dialog->findChild<QComboBox *>(QStringLiteral("contrastPresetBox"));
        QTRY_VERIFY(m_contrast->histogram() != nullptr);
        Q_EMIT presets->activated(1);
        QCOMPARE(window(), (core::ValueWindow{499.5, 2999.0}));
        Q_EMIT presets->activated(presets->findText(QStringLiteral("Brain"), Qt::MatchContains));
        QCOMPARE(window(), (core::ValueWindow{40.0, 80.0}));
    }

    void histogram_isDraggedByItsEndsAndMiddle()
    {
        m_actions->fullContrast->trigger();
        QTRY_VERIFY(m_contrast->histogram() != nullptr);
        m_actions->contrast->trigger();
        auto *view = m_contrast->dialog()->findChild<ui::HistogramView *>(QStringLiteral("histogramView"));
        m_contrast->setWindow({0.0, 1000.0});
        const auto at = [view](double value) {
            return QPoint(static_cast<int>(std::lround(view->toX(value))), view->height() / 2);
        };
        const double pixel = view->toValue(1.0) - view->toValue(0.0);
        const auto drag = [&](double from, double to) {
            QTest::mousePress(view, Qt::LeftButton, {}, at(from));
            QTest::mouseMove(view, at(to));
            QTest::mouseRelease(view, Qt::LeftButton, {}, at(to));
        };
        drag(-500.0, -200.0);
        QVERIFY(std::abs(window().centre - window().width / 2.0 + 200.0) <= 2.0 * pixel);
        QVERIFY(std::abs(window().centre + window().width / 2.0 - 500.0) < 1e-6);
        drag(500.0, 900.0);
        QVERIFY(std::abs(window().centre + window().width / 2.0 - 900.0) <= 2.0 * pixel);
        const double before = window().width;
        drag(350.0, 450.0);
        QVERIFY(std::abs(window().width - before) < 1e-6);
        QVERIFY(std::abs(window().centre - 450.0) <= 3.0 * pixel);
        // The ends do not pass each other.
        drag(window().centre - window().width / 2.0, 1800.0);
        QVERIFY(window().width > 0.0);
        m_contrast->setWindow({0.0, 1000.0});
        // Arrows are keys of the canvas while that has the focus.
        QVERIFY(QTest::qWaitForWindowActive(m_contrast->dialog()));
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Right);
        QCOMPARE(window().centre, 20.0);
        QCOMPARE(window().width, 1000.0);
        QTest::keyClick(view, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(window(), (core::ValueWindow{20.0, 1020.0}));
    }

    void dialog_followsTheImage()
    {
        m_actions->contrast->trigger();
        auto *level = m_contrast->dialog()->findChild<QDoubleSpinBox *>(QStringLiteral("contrastLevelBox"));
        core::ImageData other = test::patternImage(64, 48);
        QVERIFY(m_fixture->open(m_fixture->project.addImage("photograph", other)));
        QCOMPARE(level->value(), 127.5);
        QTRY_VERIFY(m_contrast->histogram() != nullptr);
        QCOMPARE(m_contrast->histogram()->total, std::size_t(64 * 48));
        m_fixture->canvas->setDocument(nullptr);
        QVERIFY(!level->isEnabled());
        QVERIFY(m_contrast->histogram() == nullptr);
    }

private:
    core::ValueWindow window() const { return m_fixture->canvas->contrast(); }

    std::unique_ptr<test::CanvasFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    ui::Actions *m_actions = nullptr;
    std::unique_ptr<ui::ContrastController> m_contrast;
};

QTEST_MAIN(tst_Contrast)
#include "tst_Contrast.moc"
