// SPDX-License-Identifier: Apache-2.0
// The studio in each language with a real project: images in all states, a review, the tools' options, notices; every
// text has its place on the smallest screen. And what the program says on the command line.
#include "Programs.h"
#include "app/Workspace.h"
#include "support/SaidTexts.h"
#include "support/ShownTexts.h"
#include "ui/canvas/ImageCanvas.h"
#include "ui/language/Language.h"
#include "ui/lists/ImageListPanel.h"
#include "ui/panels/TrainingPanel.h"
#include "ui/review/ReviewController.h"
#include "ui/theme/Theme.h"
#include "ui/window/Actions.h"
#include "ui/window/EditorArea.h"
#include "ui/window/MainWindow.h"
#include "ui/window/ProjectController.h"
#include "ui/window/ProjectTasks.h"

#include <QAction>
#include <QActionGroup>
#include <QImage>
#include <QInputDialog>
#include <QMap>
#include <QTemporaryDir>
#include <QtTest/QTest>

using namespace semigda;

namespace
{

constexpr int Side = 64;
constexpr int Images = 6;
constexpr int SoonMs = 20'000;

} // namespace

class tst_StudioLanguage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commandLine_choosesTheLanguage();
    void settings_chooseTheLanguage();
    void errors_areSaidInTheLanguage();
    void texts_haveRoomInEveryState_data();
    void texts_haveRoomInEveryState();
    void german_leavesNothingInEnglish();

private:
    QAction *action(const char *name) const { return m_window->findChild<QAction *>(QString::fromLatin1(name)); }
    void openWindow();
    void closeWindow();
    void importImages();
    void addProposals();
    void showTools();
    void showTraining();
    void showReview();
    /// Notes what is said now, and what of it is cut.
    void look(const QString &where);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::MainWindow> m_window;
    QString m_language;
    QStringList m_cut;
    QMap<QString, QSet<QString>> m_said; ///< by language, in all states
};

void tst_StudioLanguage::commandLine_choosesTheLanguage()
{
    const auto studio = [](const QStringList &arguments) {
        return test::runProgram(QStringLiteral(SEMIGDA_STUDIO), arguments);
    };
    const test::Finished german =
        studio({QStringLiteral("--language"), QStringLiteral("de"), QStringLiteral("--help")});
    QCOMPARE(german.status, 0);
    QVERIFY2(german.out.contains(QStringLiteral("Annotiert medizinische Bilder")), german.describe().constData());
    const test::Finished english =
        studio({QStringLiteral("--help"), QStringLiteral("--language"), QStringLiteral("en")});
    QVERIFY2(english.out.contains(QStringLiteral("Labels medical images")), english.describe().constData());
    const test::Finished wrong = studio({QStringLiteral("--language"), QStringLiteral("xx")});
    QCOMPARE(wrong.status, 2);
    QVERIFY2(wrong.err.contains(QStringLiteral("--language xx")), wrong.describe().constData());
}

void tst_StudioLanguage::settings_chooseTheLanguage()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    ui::UiSettings(file).setLanguage(QStringLiteral("de"));
    const QStringList arguments{QStringLiteral("--settings"), file, QStringLiteral("--theme"), QStringLiteral("blue")};
    const test::Finished german = test::runProgram(QStringLiteral(SEMIGDA_STUDIO), arguments);
    QCOMPARE(german.status, 2);
    QVERIFY2(german.err.contains(QStringLiteral("wird nicht verstanden")), german.describe().constData());
    // What the command line says counts more.
    const test::Finished english = test::runProgram(
        QStringLiteral(SEMIGDA_STUDIO), arguments + QStringList{QStringLiteral("--language"), QStringLiteral("en")});
    QVERIFY2(english.err.contains(QStringLiteral("is not understood")), english.describe().constData());
}

void tst_StudioLanguage::errors_areSaidInTheLanguage()
{
    const QTemporaryDir folder;
    const auto said = [&](const QString &language) {
        ui::applyLanguage(*qApp, language);
        ui::WindowParts parts;
        parts.workspace = app::createWorkspace();
        parts.settings = std::make_shared<ui::UiSettings>(folder.filePath(QStringLiteral("settings.ini")));
        ui::MainWindow window(std::move(parts));
        window.openProject(folder.filePath(QStringLiteral("none.semigda")));
        const auto hasSaid = [&window] { return !window.editor().notices().texts().isEmpty(); };
        return QTest::qWaitFor(hasSaid, SoonMs) ? window.editor().notices().texts().front() : QString();
    };
    const QString path = folder.filePath(QStringLiteral("none.semigda"));
    QCOMPARE(said(QStringLiteral("en")), QStringLiteral("There is no project at %1; check the path.").arg(path));
    QCOMPARE(said(QStringLiteral("de")),
             QStringLiteral("Unter %1 gibt es kein Projekt; prüfen Sie den Pfad.").arg(path));
}

void tst_StudioLanguage::openWindow()
{
    ui::WindowParts parts;
    parts.workspace = app::createWorkspace();
    parts.settings = std::make_shared<ui::UiSettings>(m_folder->filePath(QStringLiteral("settings.ini")));
    parts.userName = QStringLiteral("tester");
    m_window = std::make_unique<ui::MainWindow>(std::move(parts));
    m_window->resize(1280, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    core::LabelSet classes;
    QVERIFY(classes.add(QStringLiteral("Läsion").toStdString()).has_value());
    QVERIFY(classes.add("Zyste").has_value());
    m_window->createProject(m_folder->filePath(QStringLiteral("p.semigda")), classes);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->project().isOpen(), SoonMs);
    look(QStringLiteral("empty project"));
}

void tst_StudioLanguage::closeWindow()
{
    m_window->close();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible() && !m_window->project().isOpen(), SoonMs);
    m_window.reset();
}

void tst_StudioLanguage::importImages()
{
    QStringList paths;
    for (int number = 0; number < Images; ++number) {
        QImage image(Side, Side, QImage::Format_Grayscale8);
        image.fill(40 + 20 * number);
        paths << m_folder->filePath(QStringLiteral("Mamma_%1.png").arg(number));
        QVERIFY(image.save(paths.back()));
    }
    m_window->importPaths(paths);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->imageList().model().total(), std::size_t(Images), SoonMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->project().tasks().isBusy(), SoonMs);
    m_window->chooseImage(m_window->imageList().model().idAt(0));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->editor().isImageShown(), SoonMs);
    look(QStringLiteral("image"));
}

void tst_StudioLanguage::showTools()
{
    for (QAction *tool : m_window->findChild<ui::Actions *>()->tools->actions()) {
        tool->trigger();
        look(tool->text());
    }
    action("actionBrush")->trigger();
    action("actionGrow")->trigger();
    auto *dialog = m_window->findChild<QInputDialog *>(QStringLiteral("amountDialog"));
    QTRY_VERIFY(dialog->isVisible());
    look(QStringLiteral("amount"));
    dialog->reject();
    const QPoint middle = m_window->editor().toCanvas(32.5, 32.5).toPoint();
    QTest::mouseClick(&m_window->editor().canvas(), Qt::LeftButton, {}, middle);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->editor().isSaved() && m_window->editor().canUndo(), SoonMs);
    QTest::mouseMove(&m_window->editor().canvas(), middle + QPoint(5, 5));
    look(QStringLiteral("painted"));
    action("actionFillHoles")->trigger();
    QTRY_VERIFY(!m_window->editor().notices().texts().isEmpty());
    look(QStringLiteral("notice"));
}

void tst_StudioLanguage::showTraining()
{
    core::TrainingProgress progress;
    progress.fraction = 0.4;
    progress.elapsedSeconds = 100.0;
    progress.remainingSeconds = 200.0;
    progress.loss = 0.123;
    progress.validationDice = 0.91;
    progress.bestValidationDice = 0.92;
    progress.device = "CPU, 16 threads";
    progress.labelled = 12;
    progress.partial = 3;
    progress.unlabelled = 1234;
    progress.predicted = 1234;
    const int canvasWidth = m_window->editor().canvas().width();
    for (int phase = static_cast<int>(core::TrainingPhase::Preparing);
         phase <= static_cast<int>(core::TrainingPhase::Failed); ++phase) {
        progress.phase = static_cast<core::TrainingPhase>(phase);
        progress.elapsedSeconds += 1.0;
        Q_EMIT m_window->project().trainingProgressed(progress);
        look(QStringLiteral("training, phase %1").arg(phase));
        QCOMPARE(m_window->editor().canvas().width(), canvasWidth); // no word pushes the image aside
    }
}

void tst_StudioLanguage::addProposals()
{
    auto store = m_window->project().session()->openStore();
    QVERIFY(store.has_value());
    const auto run = (*store)->runs().create("semigda", "{}");
    QVERIFY(run.has_value());
    for (int row = 1; row < Images; ++row) {
        core::Prediction prediction;
        prediction.image = m_window->imageList().model().idAt(row);
        prediction.run = run->id;
        prediction.mask = core::LabelMask(Side, Side, core::Background);
        prediction.scores.disagreement = 0.04F * static_cast<float>(row);
        if (row % 2 == 0)
            prediction.scores.estimatedDice = 0.876F;
        QVERIFY((*store)->predictions().save(prediction).has_value());
    }
    m_window->project().refreshImages();
    Q_EMIT m_window->project().predictionsChanged();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->imageList().model().countOf(core::ImageState::Predicted),
                              std::size_t(Images - 1), SoonMs);
}

void tst_StudioLanguage::showReview()
{
    look(QStringLiteral("proposals"));
    action("actionReview")->trigger();
    for (const char *verdict : {"actionAccept", "actionReject", "actionDefer"}) {
        QTRY_VERIFY_WITH_TIMEOUT(m_window->editor().isImageShown()
                                     && m_window->editor().currentImage() == m_window->review().current(),
                                 SoonMs);
        look(QStringLiteral("review"));
        const core::ImageId before = m_window->review().current();
        action(verdict)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->review().current() != before, SoonMs);
    }
    look(QStringLiteral("after verdicts"));
    action("actionReview")->trigger();
}

void tst_StudioLanguage::look(const QString &where)
{
    // A label that grows asks its row for room, and the row its dock.
    for (int round = 0; round < 3; ++round)
        QCoreApplication::processEvents();
    m_said[m_language] += test::saidTexts(*m_window);
    for (const QString &text : test::cutTexts(*m_window))
        m_cut << where + QStringLiteral(": ") + text;
}

void tst_StudioLanguage::texts_haveRoomInEveryState_data()
{
    QTest::addColumn<QString>("language");
    for (const ui::Language &language : ui::languages())
        QTest::newRow(qPrintable(language.englishName)) << language.code;
}

void tst_StudioLanguage::texts_haveRoomInEveryState()
{
    QFETCH(QString, language);
    ui::applyTheme(*qApp, ui::ThemeKind::Dark);
    ui::applyLanguage(*qApp, language);
    m_folder = std::make_unique<QTemporaryDir>();
    m_language = language;
    m_cut.clear();
    for (const auto &step :
         {&tst_StudioLanguage::openWindow, &tst_StudioLanguage::importImages, &tst_StudioLanguage::showTools,
          &tst_StudioLanguage::showTraining, &tst_StudioLanguage::addProposals, &tst_StudioLanguage::showReview}) {
        (this->*step)();
        if (QTest::currentTestFailed())
            return;
    }
    QCOMPARE(m_window->size(), QSize(1280, 800));
    closeWindow();
    m_cut.removeDuplicates();
    QVERIFY2(m_cut.isEmpty(), qPrintable(m_cut.join(QLatin1Char('\n'))));
}

void tst_StudioLanguage::german_leavesNothingInEnglish()
{
    if (m_said.size() < 2)
        QSKIP("This looks at what texts_haveRoomInEveryState saw in both languages; run them together.");
    const QSet<QString> english = m_said[QStringLiteral("en")];
    QVERIFY(english.size() > 300);
    const QStringList left = test::leftInEnglish(english, m_said[QStringLiteral("de")],
                                                 {QStringLiteral("Läsion"), QStringLiteral("p – SemiGDA Studio")});
    QVERIFY2(left.isEmpty(), qPrintable(left.join(QLatin1Char('\n'))));
}

QTEST_MAIN(tst_StudioLanguage)
#include "tst_StudioLanguage.moc"
