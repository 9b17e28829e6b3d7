// SPDX-License-Identifier: Apache-2.0
// The list of classes: put in order, filled with usual sets.
#include "ui/dialogs/NewProjectDialog.h"
#include "ui/panels/ClassListModel.h"
#include "ui/panels/ClassPanel.h"
#include "ui/panels/ClassPresets.h"
#include "ui/theme/Theme.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>
#include <QtTest/QTest>

using namespace semigda;

namespace
{

core::LabelSet classesOf(std::initializer_list<const char *> names)
{
    core::LabelSet classes;
    for (const char *name : names)
        static_cast<void>(classes.add(name));
    return classes;
}

QStringList namesOf(const core::LabelSet &classes)
{
    QStringList names;
    for (const core::LabelClass &each : classes.classes())
        names << QString::fromStdString(each.name);
    return names;
}

} // namespace

class tst_ClassPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeKind::Dark); }
    void init()
    {
        m_panel = std::make_unique<ui::ClassPanel>();
        connect(m_panel.get(), &ui::ClassPanel::classesEdited, this,
                [this](const core::LabelSet &classes) { m_edited = classes; });
        m_edited = {};
    }
    void cleanup() { m_panel.reset(); }

    void moving_changesTheOrderAndNothingElse()
    {
        core::LabelSet before = classesOf({"Liver", "Spleen", "Kidney", "Removed"});
        before.remove(4); // its number is never given again
        m_panel->setClasses(before);
        m_panel->setActive(2);
        button("classUpButton")->click();
        QCOMPARE(namesOf(m_edited),
                 (QStringList{QStringLiteral("Spleen"), QStringLiteral("Liver"), QStringLiteral("Kidney")}));
        QVERIFY(*m_edited.find(2) == *before.find(2) && *m_edited.find(1) == *before.find(1));
        QCOMPARE(m_edited.nextValue(), before.nextValue());
        QCOMPARE(m_panel->active(), core::LabelValue(2));
        auto *view = m_panel->findChild<QTreeView *>(QStringLiteral("classTreeView"));
        QCOMPARE(view->currentIndex().row(), 0);
        QVERIFY(!button("classUpButton")->isEnabled() && button("classDownButton")->isEnabled());
        button("classDownButton")->click();
        button("classDownButton")->click();
        QCOMPARE(namesOf(m_edited),
                 (QStringList{QStringLiteral("Liver"), QStringLiteral("Kidney"), QStringLiteral("Spleen")}));
        QVERIFY(!button("classDownButton")->isEnabled());
    }

    void backgroundAndReadOnly_stayWhereTheyAre()
    {
        m_panel->setClasses(classesOf({"Liver", "Spleen"}));
        m_panel->setActive(core::Background);
        QVERIFY(!button("classUpButton")->isEnabled() && !button("classDownButton")->isEnabled());
        m_panel->setActive(1);
        m_panel->setReadOnly(true);
        QVERIFY(!button("classDownButton")->isEnabled());
    }

    void usualSet_isAddedWithoutDoubles()
    {
        m_panel->setClasses(classesOf({"Liver"}));
        QSignalSpy refusals(m_panel.get(), &ui::ClassPanel::refused);
        auto *menu = m_panel->findChild<QMenu *>(QStringLiteral("classPresetMenu"));
        QCOMPARE(menu->actions().size(), ui::classPresets().size());
        QAction *abdomen = nullptr;
        for (QAction *each : menu->actions()) {
            if (each->text().startsWith(QStringLiteral("Abdomen")))
                abdomen = each;
        }
        QVERIFY(abdomen != nullptr);
        abdomen->trigger();
        const QStringList names = namesOf(m_edited);
        QCOMPARE(names.size(), 6);
        QCOMPARE(names.count(QStringLiteral("Liver")), 1);
        QCOMPARE(m_panel->active(), core::LabelValue(2));
        QSet<QString> colours;
        for (const core::LabelClass &each : m_edited.classes())
            colours << QString::fromStdString(core::toString(each.colour));
        QCOMPARE(colours.size(), 6);
        abdomen->trigger();
        QCOMPARE(refusals.size(), 1);
        QCOMPARE(namesOf(m_edited), names);
    }

    void merging_isAskedForAndNamesBoth()
    {
        m_panel->setClasses(classesOf({"Liver", "Spleen", "Kidney"}));
        m_panel->setActive(2);
        QSignalSpy merges(m_panel.get(), &ui::ClassPanel::mergeRequested);
        QStringList asked;
        bool mayMerge = false;
        m_panel->setMergeQuestion([&](const QString &from, const QString &into, QWidget *) {
            asked << from << into;
            return mayMerge;
        });
        auto *menu = m_panel->findChild<QMenu *>(QStringLiteral("classMergeMenu"));
        Q_EMIT menu->aboutToShow();
        QCOMPARE(menu->actions().size(), 2);
        menu->actions().at(1)->trigger();
        QCOMPARE(asked, (QStringList{QStringLiteral("Spleen"), QStringLiteral("Kidney")}));
        QCOMPARE(merges.size(), 0);
        mayMerge = true;
        menu->actions().at(1)->trigger();
        QCOMPARE(merges.size(), 1);
        QCOMPARE(merges.front().at(0).value<core::LabelValue>(), core::LabelValue(2));
        QCOMPARE(merges.front().at(1).value<core::LabelValue>(), core::LabelValue(3));
        m_panel->setActive(core::Background);
        QVERIFY(!button("classMergeButton")->isEnabled());
    }

    void presets_makeProjects()
    {
        QTemporaryDir folder;
        ui::NewProjectDialog dialog(ui::FileDialogs::fromSystem(), folder.path());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        auto *presets = dialog.findChild<QComboBox *>(QStringLiteral("projectPresetBox"));
        const QList<ui::ClassPreset> all = ui::classPresets();
        for (qsizetype i = 0; i < all.size(); ++i) {
            Q_EMIT presets->activated(static_cast<int>(i) + 1);
            const core::Result<core::LabelSet> classes = dialog.classes();
            QVERIFY(classes.has_value());
            QCOMPARE(namesOf(*classes), all.at(i).names);
        }
    }

private:
    QToolButton *button(const char *name) const { return m_panel->findChild<QToolButton *>(QString::fromLatin1(name)); }

    std::unique_ptr<ui::ClassPanel> m_panel;
    core::LabelSet m_edited;
};

QTEST_MAIN(tst_ClassPanel)
#include "tst_ClassPanel.moc"
