// SPDX-License-Identifier: Apache-2.0
#include "ui/keys/KeyBindings.h"
#include "ui/keys/KeyPresets.h"
#include "ui/keys/KeysDialog.h"
#include "ui/window/Actions.h"
#include "ui/window/UiSettings.h"

#include <QAction>
#include <QComboBox>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTreeWidget>
#include <QtTest/QTest>

#include <memory>

using namespace semigda;

namespace
{

QKeySequence key(const char *text)
{
    return QKeySequence(QString::fromLatin1(text));
}

} // namespace

class tst_KeyBindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        if (!m_folder)
            m_folder = std::make_unique<QTemporaryDir>();
        m_actions = new ui::Actions(m_window.get());
        m_keys = new ui::KeyBindings(m_actions->all(), m_window.get());
    }
    void cleanup()
    {
        m_window.reset();
        m_folder.reset();
    }

    void defaults_clashNowhere()
    {
        QSet<QString> names;
        QHash<QString, QString> owners;
        for (const QAction *action : m_keys->actions()) {
            QVERIFY2(!action->objectName().isEmpty() && !names.contains(action->objectName()),
                     qPrintable(action->text()));
            names << action->objectName();
            for (const QKeySequence &each : action->shortcuts()) {
                QVERIFY2(ui::KeyBindings::reasonAgainst(each).isEmpty(), qPrintable(each.toString()));
                QVERIFY2(!owners.contains(each.toString()),
                         qPrintable(each.toString() + QLatin1Char(' ') + action->objectName()));
                owners.insert(each.toString(), action->objectName());
            }
        }
    }

    void takenKey_isLostByTheOther()
    {
        QSignalSpy changes(m_keys, &ui::KeyBindings::changed);
        QCOMPARE(m_keys->ownerOf(key("W")), m_actions->wand);
        m_keys->setKeys(*m_actions->brush, {key("W"), key("B")});
        QCOMPARE(m_keys->ownerOf(key("W")), m_actions->brush);
        QVERIFY(m_actions->wand->shortcuts().isEmpty());
        QVERIFY(!m_actions->wand->toolTip().contains(QLatin1Char('(')));
        QVERIFY(m_actions->brush->toolTip().endsWith(QStringLiteral("(W)")));
        QVERIFY(m_keys->isChanged(*m_actions->wand) && m_keys->isChanged(*m_actions->brush));
        m_keys->reset(*m_actions->wand);
        QCOMPARE(m_keys->ownerOf(key("W")), m_actions->wand);
        QCOMPARE(m_actions->brush->shortcuts(), QList<QKeySequence>{key("B")});
        QVERIFY(!m_keys->isChanged(*m_actions->brush));
        QCOMPARE(changes.size(), 2);
    }

    void keysOfDrawing_cannotBeGiven()
    {
        for (const char *reserved : {"Esc", "Return", "Enter", "Backspace", "Space", "Tab", "Alt+F", "A, B", ""})
            QVERIFY2(!ui::KeyBindings::reasonAgainst(key(reserved)).isEmpty(), reserved);
        for (const char *free : {"Ctrl+Return", "Shift+F3", "Alt+1", "Ctrl+Alt+F", "Left"})
            QVERIFY2(ui::KeyBindings::reasonAgainst(key(free)).isEmpty(), free);
        m_keys->setKeys(*m_actions->pan, {key("Esc"), key("F9"), key("F9")});
        QCOMPARE(m_actions->pan->shortcuts(), QList<QKeySequence>{key("F9")});
    }

    void arrows_actOnlyWithTheFocus()
    {
        QCOMPARE(m_actions->nextSlice->shortcutContext(), Qt::WidgetShortcut);
        QCOMPARE(m_actions->brush->shortcutContext(), Qt::WindowShortcut);
        m_keys->setKeys(*m_actions->nextSlice, {key("N")});
        QCOMPARE(m_actions->nextSlice->shortcutContext(), Qt::WindowShortcut);
        m_keys->setKeys(*m_actions->brush, {key("Home")});
        QCOMPARE(m_actions->brush->shortcutContext(), Qt::WidgetShortcut);
    }

    void changes_outliveARestart()
    {
        const QString file = m_folder->filePath(QStringLiteral("settings.ini"));
        m_keys->setKeys(*m_actions->brush, {key("W"), key("Ctrl+,")});
        m_keys->setKeys(*m_actions->train, {});
        {
            ui::UiSettings settings(file);
            m_keys->save(settings);
            settings.sync();
        }
        init();
        QVERIFY(m_keys->isChanged(*m_actions->brush) == false);
        const ui::UiSettings settings(file);
        m_keys->load(settings);
        const QList<QKeySequence> expected{key("W"), key("Ctrl+,")};
        QCOMPARE(m_actions->brush->shortcuts(), expected);
        QVERIFY(m_actions->wand->shortcuts().isEmpty());
        QVERIFY(m_actions->train->shortcuts().isEmpty());
        QVERIFY(!m_keys->isChanged(*m_actions->eraser));
    }

    void settingsOfOtherVersions_areSurvived()
    {
        ui::UiSettings settings(m_folder->filePath(QStringLiteral("settings.ini")));
        settings.setText(QStringLiteral("keys/actionThatIsGone"), QStringLiteral("B"));
        settings.setText(QStringLiteral("keys/actionBrush"), QStringLiteral("no such key; Esc; F8"));
        m_keys->load(settings);
        QVERIFY(m_actions->brush->shortcuts().contains(key("F8")));
        QVERIFY(!m_actions->brush->shortcuts().contains(key("Esc")));
    }

    void presets_nameActionsAndKeysOnce()
    {
        QCOMPARE(ui::keyPresets().size(), 5);
        for (const ui::KeyPreset &preset : ui::keyPresets()) {
            m_keys->setKeys(*m_actions->about, {key("F12")});
            m_keys->apply(preset);
            QVERIFY(m_actions->about->shortcuts().isEmpty());
            QSet<QString> used;
            for (const auto &[name, keys] : preset.keys) {
                const QAction *action = m_keys->find(name);
                QVERIFY2(action != nullptr, qPrintable(name));
                const QList<QKeySequence> wanted = QKeySequence::listFromString(keys);
                QCOMPARE(action->shortcuts(), wanted);
                for (const QKeySequence &each : wanted) {
                    QVERIFY2(!used.contains(each.toString()), qPrintable(preset.id + each.toString()));
                    used << each.toString();
                }
            }
        }
        m_keys->apply(ui::keyPresets().front());
        for (const QAction *action : m_keys->actions())
            QVERIFY(!m_keys->isChanged(*action));
    }

    void dialog_givesKeysAndWarnsOfClashes()
    {
        ui::KeysDialog dialog(*m_keys, m_window.get());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        auto *search = dialog.findChild<QLineEdit *>(QStringLiteral("keysSearchLineEdit"));
        auto *table = dialog.findChild<QTreeWidget *>(QStringLiteral("keysTable"));
        auto *edit = dialog.findChild<QKeySequenceEdit *>(QStringLiteral("keysKeyEdit"));
        auto *give = dialog.findChild<QPushButton *>(QStringLiteral("keysGiveButton"));
        auto *judgement = dialog.findChild<QLabel *>(QStringLiteral("keysJudgementLabel"));
        QTest::keyClicks(search, QStringLiteral("lasso"));
        QTreeWidgetItem *row = nullptr;
        int shown = 0;
        for (int i = 0; i < table->topLevelItemCount(); ++i) {
            if (!table->topLevelItem(i)->isHidden()) {
                row = table->topLevelItem(i);
                ++shown;
            }
        }
        QCOMPARE(shown, 1);
        QCOMPARE(row->text(1), QStringLiteral("L"));
        table->setCurrentItem(row);
        QVERIFY(!give->isEnabled());

        QTest::keyClick(edit, Qt::Key_F9);
        QVERIFY(judgement->text().contains(QStringLiteral("free")) && give->isEnabled());
        give->click();
        QCOMPARE(m_actions->lasso->shortcuts().front(), key("F9"));
        QVERIFY(row->text(1).contains(QStringLiteral("F9")) && row->text(1).contains(QStringLiteral("L")));

        QTest::keyClick(edit, Qt::Key_P);
        QVERIFY2(judgement->text().contains(QStringLiteral("Polygon")), qPrintable(judgement->text()));
        QVERIFY(m_keys->ownerOf(key("P")) == m_actions->polygon);
        give->click();
        QVERIFY(m_keys->ownerOf(key("P")) == m_actions->lasso);

        QTest::keyClick(edit, Qt::Key_Escape);
        QVERIFY(!give->isEnabled());
        dialog.findChild<QPushButton *>(QStringLiteral("keysTakeButton"))->click();
        QVERIFY(m_actions->lasso->shortcuts().isEmpty());
        dialog.findChild<QPushButton *>(QStringLiteral("keysResetButton"))->click();
        QCOMPARE(m_actions->lasso->shortcuts(), QList<QKeySequence>{key("L")});
    }

    void dialog_takesThePresetOfAnotherProgram()
    {
        ui::KeysDialog dialog(*m_keys, m_window.get());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        auto *presets = dialog.findChild<QComboBox *>(QStringLiteral("keysPresetBox"));
        const int cvat = presets->findData(QStringLiteral("cvat"));
        QVERIFY(cvat > 0);
        Q_EMIT presets->activated(cvat);
        QVERIFY(m_keys->ownerOf(key("F")) == m_actions->nextImage);
        QVERIFY(m_keys->ownerOf(key("D")) == m_actions->previousImage);
        QVERIFY(m_keys->ownerOf(key("Ctrl+Z")) == m_actions->undo);
    }

private:
    std::unique_ptr<QWidget> m_window;
    ui::Actions *m_actions = nullptr;
    ui::KeyBindings *m_keys = nullptr;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(tst_KeyBindings)
#include "tst_KeyBindings.moc"
