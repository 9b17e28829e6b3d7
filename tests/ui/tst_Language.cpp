// SPDX-License-Identifier: Apache-2.0
// The interface in each of its languages: what is loaded, what is chosen, and that every text has its place.
#include "core/AtomicFile.h"
#include "core/Numbers.h"
#include "support/CommaLocale.h"
#include "support/SaidTexts.h"
#include "support/ShownTexts.h"
#include "ui/dialogs/AboutDialog.h"
#include "ui/dialogs/ExportDialog.h"
#include "ui/dialogs/ImportDialog.h"
#include "ui/dialogs/NewProjectDialog.h"
#include "ui/dialogs/RemovedImagesDialog.h"
#include "ui/dialogs/TagsDialog.h"
#include "ui/language/Language.h"
#include "ui/language/Sentences.h"
#include "ui/panels/TrainingPanel.h"
#include "ui/theme/Theme.h"
#include "ui/window/Actions.h"
#include "ui/window/EditorArea.h"
#include "ui/window/MainWindow.h"

#include <QLocale>
#include <QMenuBar>
#include <QSet>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <cerrno>

using namespace semigda;

namespace
{

ui::FileDialogs noDialogs()
{
    ui::FileDialogs dialogs;
    dialogs.chooseFolder = [](QWidget *, const QString &, const QString &) { return QString(); };
    dialogs.chooseImages = [](QWidget *, const QString &, const QString &) { return QStringList(); };
    return dialogs;
}

} // namespace

class tst_Language : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeKind::Dark); }
    void init();
    void choice_findsALanguageThatThereIs();
    void german_isInTextsKeysAndNumbers();
    void german_leavesNothingInEnglish();
    void german_saysErrorsWithTheirParts();
    void files_keepTheirDecimalPoint();
    void german_needsNoFileOfQt_data();
    void german_needsNoFileOfQt();
    void english_countsInWords();
    void settings_rememberTheChoice();
    void menu_choosesForTheNextStart();
    void mnemonics_areUnique_data();
    void mnemonics_areUnique();
    void texts_haveRoom_data();
    void texts_haveRoom();

private:
    std::unique_ptr<ui::MainWindow> createWindow() const;
    QStringList dialogNames() const;
    QDialog *createDialog(const QString &name, ui::MainWindow &window) const;
    static QDialog *opened(const QString &action, const QString &dialog, ui::MainWindow &window);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ui::UiSettings> m_settings;
};

void tst_Language::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_shared<ui::UiSettings>(m_folder->filePath(QStringLiteral("settings.ini")));
    ui::applyLanguage(*qApp, QStringLiteral("en"));
}

std::unique_ptr<ui::MainWindow> tst_Language::createWindow() const
{
    ui::WindowParts parts;
    parts.settings = m_settings;
    parts.dialogs = noDialogs();
    auto window = std::make_unique<ui::MainWindow>(std::move(parts));
    window->resize(1280, 800);
    window->show();
    return window;
}

QStringList tst_Language::dialogNames() const
{
    return {
        QStringLiteral("newProjectDialog"), QStringLiteral("importDialog"),        QStringLiteral("exportDialog"),
        QStringLiteral("aboutDialog"),      QStringLiteral("keysDialog"),          QStringLiteral("layersDialog"),
        QStringLiteral("tagsDialog"),       QStringLiteral("removedImagesDialog"), QStringLiteral("contrastDialog")};
}

QDialog *tst_Language::opened(const QString &action, const QString &dialog, ui::MainWindow &window)
{
    auto *opener = window.findChild<QAction *>(action);
    opener->setEnabled(true); // some wait for an image
    opener->trigger();
    return window.findChild<QDialog *>(dialog);
}

QDialog *tst_Language::createDialog(const QString &name, ui::MainWindow &window) const
{
    const QString folder = m_folder->path();
    switch (dialogNames().indexOf(name)) {
    case 0:
        return new ui::NewProjectDialog(noDialogs(), folder, &window);
    case 1:
        return new ui::ImportDialog(noDialogs(), folder, &window);
    case 2:
        return new ui::ExportDialog(noDialogs(), folder, &window);
    case 3:
        return ui::createAboutDialog(QStringLiteral("1.0.0"), &window);
    case 4:
        return opened(QStringLiteral("actionShortcuts"), name, window);
    case 5:
        return opened(QStringLiteral("actionLayers"), name, window);
    case 6: {
        core::ImageSummary image;
        image.tags = {"3"};
        return new ui::TagsDialog({{"3", 1}}, {&image}, &window);
    }
    case 7:
        return new ui::RemovedImagesDialog({core::ImageSummary()}, &window);
    default:
        return opened(QStringLiteral("actionContrast"), name, window);
    }
}

void tst_Language::choice_findsALanguageThatThereIs()
{
    const QStringList french{QStringLiteral("fr-FR"), QStringLiteral("fr")};
    QCOMPARE(ui::languageFor(ui::SystemLanguage, french), QStringLiteral("en"));
    QCOMPARE(ui::languageFor(ui::SystemLanguage, {}), QStringLiteral("en"));
    QCOMPARE(ui::languageFor(ui::SystemLanguage, {QStringLiteral("de-CH")}), QStringLiteral("de"));
    QCOMPARE(ui::languageFor(ui::SystemLanguage, french + QStringList{QStringLiteral("de_AT")}), QStringLiteral("de"));
    QCOMPARE(ui::languageFor(QStringLiteral("de"), french), QStringLiteral("de"));
    QCOMPARE(ui::languageFor(QStringLiteral("xx"), {QStringLiteral("de")}), QStringLiteral("de"));
    QVERIFY(ui::isLanguageChoice(QStringLiteral("en")) && ui::isLanguageChoice(ui::SystemLanguage));
    QVERIFY(!ui::isLanguageChoice(QStringLiteral("xx")) && !ui::isLanguageChoice(QString()));
}

void tst_Language::german_isInTextsKeysAndNumbers()
{
    ui::applyLanguage(*qApp, QStringLiteral("de"));
    const std::unique_ptr<ui::MainWindow> window = createWindow();
    QStringList menus;
    for (const QAction *menu : window->menuBar()->actions())
        menus << menu->text();
    QCOMPARE(menus, (QStringList{QStringLiteral("&Projekt"), QStringLiteral("&Bearbeiten"), QStringLiteral("&Maske"),
                                 QStringLiteral("&Ansicht"), QStringLiteral("P&rüfen"), QStringLiteral("&Training"),
                                 QStringLiteral("&Hilfe")}));
    QCOMPARE(window->findChild<QAction *>(QStringLiteral("actionBrush"))->text(), QStringLiteral("&Pinsel"));
    QCOMPARE(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R).toString(QKeySequence::NativeText),
             QStringLiteral("Strg+Umschalt+R"));
    QVERIFY(
        window->findChild<QAction *>(QStringLiteral("actionTrain"))->toolTip().endsWith(QStringLiteral("(Strg+T)")));
    QCOMPARE(QLocale().toString(0.5, 'f', 2), QStringLiteral("0,50"));
    QCOMPARE(ui::remainingText(2.5 * 3600.0), QStringLiteral("noch etwa 2,5 Stunden"));
    QCOMPARE(ui::deviceText("CPU, 2 threads"), QStringLiteral("CPU, 2 Threads"));
    QCOMPARE(ui::deviceText("NVIDIA H100"), QStringLiteral("NVIDIA H100"));
    ui::applyLanguage(*qApp, QStringLiteral("en"));
    QCOMPARE(QKeySequence(Qt::CTRL | Qt::Key_R).toString(QKeySequence::NativeText), QStringLiteral("Ctrl+R"));
    QCOMPARE(QLocale().toString(0.5, 'f', 2), QStringLiteral("0.50"));
}

void tst_Language::german_leavesNothingInEnglish()
{
    const auto saidIn = [this](const QString &language) {
        ui::applyLanguage(*qApp, language);
        const std::unique_ptr<ui::MainWindow> window = createWindow();
        QSet<QString> texts = test::saidTexts(*window);
        for (const QString &name : dialogNames()) {
            const std::unique_ptr<QDialog> dialog(createDialog(name, *window));
            texts += test::saidTexts(*dialog);
        }
        return texts;
    };
    const QSet<QString> english = saidIn(QStringLiteral("en"));
    QVERIFY(english.size() > 200);
    const QStringList left = test::leftInEnglish(english, saidIn(QStringLiteral("de")));
    QVERIFY2(left.isEmpty(), qPrintable(left.join(QLatin1Char('\n'))));
}

void tst_Language::german_saysErrorsWithTheirParts()
{
    const core::Error full = core::fileError(core::phrase("errors", "write"), "/data/100 %1.png", ENOSPC);
    QCOMPARE(ui::sentenceText(full.message),
             QStringLiteral("Cannot write /data/100 %1.png: the disk is full; free some "
                            "space and try again."));
    ui::applyLanguage(*qApp, QStringLiteral("de"));
    QCOMPARE(ui::sentenceText(full.message),
             QStringLiteral("/data/100 %1.png: Schreiben nicht möglich, der Datenträger ist voll; schaffen Sie "
                            "Speicherplatz und versuchen Sie es erneut."));
    QCOMPARE(ui::sentenceText(core::LabelSet().add("").error().message),
             QStringLiteral("Eine Klasse braucht einen Namen; bitte einen eingeben."));
    // What a library says stays as it is.
    QCOMPARE(ui::sentenceText(core::Sentence::verbatim("bad magic number")), QStringLiteral("bad magic number"));
}

void tst_Language::files_keepTheirDecimalPoint()
{
    const core::Sentence said = core::phrase("errors", "%1 mm").with(core::fixedSentence(1234.5, 2));
    QCOMPARE(ui::sentenceText(said), QStringLiteral("1234.50 mm"));
    const test::CommaLocale comma;
    const bool hasComma = comma.isSet();
    ui::applyLanguage(*qApp, QStringLiteral("de"));
    QCOMPARE(ui::sentenceText(said), QStringLiteral("1234,50 mm"));
    QCOMPARE(QLocale().toString(1.5), QStringLiteral("1,5"));
    if (!hasComma)
        QSKIP("This machine cannot make a locale with a decimal comma.");
    QCOMPARE(std::string(std::localeconv()->decimal_point), std::string("."));
}

void tst_Language::german_needsNoFileOfQt_data()
{
    QTest::addColumn<QString>("context");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("german");
    const std::tuple<const char *, const char *, const char *> rows[] = {{"QPlatformTheme", "Cancel", "Abbrechen"},
                                                                         {"QPlatformTheme", "Close", "Schließen"},
                                                                         {"QPlatformTheme", "&Yes", "&Ja"},
                                                                         {"QPlatformTheme", "OK", "OK"},
                                                                         {"QShortcut", "Ctrl", "Strg"},
                                                                         {"QLineEdit", "Cu&t", "&Ausschneiden"},
                                                                         {"QColorDialog", "&Red:", "&Rot:"},
                                                                         {"QDockWidget", "Float", "Lösen"}};
    for (const auto &[context, english, german] : rows)
        QTest::newRow(english) << QString::fromLatin1(context) << QString::fromLatin1(english)
                               << QString::fromUtf8(german);
}

void tst_Language::german_needsNoFileOfQt()
{
    QFETCH(QString, context);
    QFETCH(QString, english);
    QFETCH(QString, german);
    const QByteArray source = english.toLatin1();
    const QByteArray place = context.toLatin1();
    QCOMPARE(ui::textIn(QStringLiteral("de"), place.constData(), source.constData()), german);
    QCOMPARE(ui::textIn(QStringLiteral("en"), place.constData(), source.constData()), english);
    ui::applyLanguage(*qApp, QStringLiteral("de"));
    QCOMPARE(QCoreApplication::translate(place.constData(), source.constData()), german);
}

void tst_Language::english_countsInWords()
{
    QCOMPARE(ui::remainingText(60.0), QStringLiteral("about 1 minute left"));
    QCOMPARE(ui::remainingText(120.0), QStringLiteral("about 2 minutes left"));
    QCOMPARE(ui::deviceText("CPU, 1 thread"), QStringLiteral("CPU, 1 thread"));
    ui::applyLanguage(*qApp, QStringLiteral("de"));
    QCOMPARE(ui::remainingText(60.0), QStringLiteral("noch etwa 1 Minute"));
    QCOMPARE(ui::remainingText(120.0), QStringLiteral("noch etwa 2 Minuten"));
}

void tst_Language::settings_rememberTheChoice()
{
    QCOMPARE(m_settings->language(), ui::SystemLanguage);
    m_settings->setLanguage(QStringLiteral("de"));
    m_settings->sync();
    const ui::UiSettings later(m_folder->filePath(QStringLiteral("settings.ini")));
    QCOMPARE(later.language(), QStringLiteral("de"));
    m_settings->setLanguage(QStringLiteral("klingon"));
    QCOMPARE(m_settings->language(), ui::SystemLanguage);
}

void tst_Language::menu_choosesForTheNextStart()
{
    const std::unique_ptr<ui::MainWindow> window = createWindow();
    const auto action = [&window](const char *name) { return window->findChild<QAction *>(QString::fromLatin1(name)); };
    QVERIFY(action("actionLanguageSystem")->isChecked());
    QVERIFY(window->editor().notices().texts().isEmpty());
    action("actionLanguageGerman")->trigger();
    QVERIFY(action("actionLanguageGerman")->isChecked() && !action("actionLanguageSystem")->isChecked());
    QCOMPARE(m_settings->language(), QStringLiteral("de"));
    QCOMPARE(action("actionBrush")->text(), QStringLiteral("&Brush"));
    // Told in the language of now and in that of then.
    QCOMPARE(window->editor().notices().texts().size(), 1);
    const QString notice = window->editor().notices().texts().front();
    QVERIFY(notice.contains(QStringLiteral("language")) && notice.contains(QStringLiteral("Sprache")));
    // What is spoken already needs no word.
    window->editor().notices().clear();
    action("actionLanguageEnglish")->trigger();
    QCOMPARE(m_settings->language(), QStringLiteral("en"));
    QVERIFY(window->editor().notices().texts().isEmpty());
    QVERIFY(createWindow()->findChild<QAction *>(QStringLiteral("actionLanguageEnglish"))->isChecked());
}

void tst_Language::mnemonics_areUnique_data()
{
    QTest::addColumn<QString>("language");
    for (const ui::Language &language : ui::languages())
        QTest::newRow(qPrintable(language.englishName)) << language.code;
}

void tst_Language::mnemonics_areUnique()
{
    QFETCH(QString, language);
    ui::applyLanguage(*qApp, language);
    const std::unique_ptr<ui::MainWindow> window = createWindow();
    QStringList clashes = test::sharedMnemonics(*window);
    for (const QString &name : dialogNames()) {
        const std::unique_ptr<QDialog> dialog(createDialog(name, *window));
        clashes << test::sharedMnemonics(*dialog);
    }
    QVERIFY2(clashes.isEmpty(), qPrintable(clashes.join(QLatin1Char('\n'))));
}

void tst_Language::texts_haveRoom_data()
{
    mnemonics_areUnique_data();
}

void tst_Language::texts_haveRoom()
{
    QFETCH(QString, language);
    ui::applyLanguage(*qApp, language);
    const std::unique_ptr<ui::MainWindow> window = createWindow();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    QCOMPARE(window->size(), QSize(1280, 800));
    QStringList cut = test::cutTexts(*window);
    for (const QString &name : dialogNames()) {
        const std::unique_ptr<QDialog> dialog(createDialog(name, *window));
        dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(dialog.get()));
        cut << test::cutTexts(*dialog);
        QVERIFY2(dialog->width() <= 1280 && dialog->height() <= 800, qPrintable(name));
    }
    QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QLatin1Char('\n'))));
}

QTEST_MAIN(tst_Language)
#include "tst_Language.moc"
