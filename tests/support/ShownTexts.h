// SPDX-License-Identifier: Apache-2.0
// What the widgets of a window say: texts that do not fit into their place, and letters that two menu entries share.
#pragma once

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QMenu>
#include <QMenuBar>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QTableWidget>
#include <QTreeWidget>
#include <QWidget>

namespace semigda::test
{

inline QString described(const QWidget &widget, const QString &text)
{
    return QStringLiteral("%1 %2: “%3”")
        .arg(QString::fromLatin1(widget.metaObject()->className()), widget.objectName(), text);
}

inline bool isTextCut(const QLabel &label)
{
    if (label.text().isEmpty())
        return false;
    if (label.wordWrap())
        return label.heightForWidth(label.width()) > label.height();
    return label.sizeHint().width() > label.width() || label.sizeHint().height() > label.height();
}

inline bool isTextCut(const QComboBox &box)
{
    QStyleOptionComboBox option;
    option.initFrom(&box);
    option.editable = box.isEditable();
    const QRect place = box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box);
    for (int item = 0; item < box.count(); ++item) {
        if (box.fontMetrics().horizontalAdvance(box.itemText(item)) > place.width())
            return true;
    }
    return false;
}

inline QString longestItem(const QComboBox &box)
{
    QString longest;
    for (int item = 0; item < box.count(); ++item) {
        if (box.fontMetrics().horizontalAdvance(box.itemText(item)) > box.fontMetrics().horizontalAdvance(longest))
            longest = box.itemText(item);
    }
    return longest;
}

inline bool isCellCut(const QWidget &table, const QString &text, int width)
{
    const int margin = 2 * (table.style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, &table) + 1);
    return table.fontMetrics().horizontalAdvance(text) + margin > width;
}

inline QStringList cutCells(const QTableWidget &table)
{
    QStringList cut;
    for (int row = 0; row < table.rowCount(); ++row) {
        for (int column = 0; column < table.columnCount(); ++column) {
            const QTableWidgetItem *item = table.item(row, column);
            if (item != nullptr && isCellCut(table, item->text(), table.columnWidth(column)))
                cut << described(table, item->text());
        }
    }
    return cut;
}

inline QStringList cutCells(const QTreeWidget &tree)
{
    QStringList cut;
    for (int row = 0; row < tree.topLevelItemCount(); ++row) {
        for (int column = 0; column < tree.columnCount(); ++column) {
            const QString text = tree.topLevelItem(row)->text(column);
            if (isCellCut(tree, text, tree.columnWidth(column)))
                cut << described(tree, text);
        }
    }
    return cut;
}

/// Header sections and tabs have a text each.
inline QStringList cutSections(const QHeaderView &header)
{
    QStringList cut;
    for (int section = 0; section < header.count(); ++section) {
        const QString text = header.model()->headerData(section, header.orientation()).toString();
        if (header.fontMetrics().horizontalAdvance(text) > header.sectionSize(section))
            cut << described(header, text);
    }
    return cut;
}

inline QStringList cutTabs(const QTabBar &bar)
{
    QStringList cut;
    for (int tab = 0; tab < bar.count(); ++tab) {
        const int needed = bar.fontMetrics().horizontalAdvance(bar.tabText(tab));
        if (needed > bar.tabRect(tab).width() || !bar.rect().contains(bar.tabRect(tab)))
            cut << described(bar, bar.tabText(tab));
    }
    return cut;
}

/// Visible widgets that have less room than what they say needs.
inline QStringList cutTexts(const QWidget &window)
{
    QStringList cut;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        if (const auto *label = qobject_cast<QLabel *>(widget)) {
            if (isTextCut(*label))
                cut << described(*label, label->text());
        } else if (const auto *button = qobject_cast<QAbstractButton *>(widget)) {
            if (!button->text().isEmpty() && button->sizeHint().width() > button->width())
                cut << described(*button, button->text());
        } else if (const auto *box = qobject_cast<QComboBox *>(widget)) {
            if (isTextCut(*box))
                cut << described(*box, longestItem(*box));
        } else if (const auto *spin = qobject_cast<QAbstractSpinBox *>(widget)) {
            if (spin->minimumSizeHint().width() > spin->width())
                cut << described(*spin, spin->text());
        } else if (const auto *line = qobject_cast<QLineEdit *>(widget)) {
            if (line->fontMetrics().horizontalAdvance(line->placeholderText()) > line->width())
                cut << described(*line, line->placeholderText());
        } else if (const auto *table = qobject_cast<QTableWidget *>(widget)) {
            cut << cutCells(*table);
        } else if (const auto *tree = qobject_cast<QTreeWidget *>(widget)) {
            cut << cutCells(*tree);
        } else if (const auto *header = qobject_cast<QHeaderView *>(widget)) {
            cut << cutSections(*header);
        } else if (const auto *tabs = qobject_cast<QTabBar *>(widget)) {
            cut << cutTabs(*tabs);
        } else if (const auto *dock = qobject_cast<QDockWidget *>(widget)) {
            if (dock->fontMetrics().horizontalAdvance(dock->windowTitle()) > dock->width() * 3 / 4)
                cut << described(*dock, dock->windowTitle());
        }
        // What a bar has no room for goes behind an arrow.
        if (widget->objectName().startsWith(QStringLiteral("qt_"))
            && widget->objectName().endsWith(QStringLiteral("ext_button")))
            cut << described(*widget, QStringLiteral("hides what has no room"));
    }
    return cut;
}

inline void addMnemonic(QMap<QString, QStringList> &owners, const QString &text)
{
    if (const QKeySequence key = QKeySequence::mnemonic(text); !key.isEmpty())
        owners[key.toString(QKeySequence::PortableText)] << text;
}

inline QStringList shared(const QString &where, const QMap<QString, QStringList> &owners)
{
    QStringList clashes;
    for (const QStringList &texts : owners) {
        if (texts.size() > 1)
            clashes << where + QStringLiteral(": ") + texts.join(QStringLiteral(" / "));
    }
    return clashes;
}

inline QStringList sharedMnemonics(const QString &where, const QList<QAction *> &actions)
{
    QMap<QString, QStringList> owners;
    QStringList clashes;
    for (const QAction *action : actions) {
        addMnemonic(owners, action->text());
        if (action->menu() != nullptr)
            clashes << sharedMnemonics(action->text(), action->menu()->actions());
    }
    return clashes + shared(where, owners);
}

/// Alt with the same letter for two menus, or for two fields and buttons of a window.
inline QStringList sharedMnemonics(const QWidget &window)
{
    QMap<QString, QStringList> owners;
    QStringList clashes;
    if (const auto *bar = window.findChild<QMenuBar *>()) {
        clashes = sharedMnemonics(QStringLiteral("menu bar"), bar->actions());
        for (const QAction *menu : bar->actions())
            addMnemonic(owners, menu->text());
    }
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        if (label->buddy() != nullptr)
            addMnemonic(owners, label->text());
    }
    for (const QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
        if (button->inherits("QPushButton") || button->inherits("QCheckBox"))
            addMnemonic(owners, button->text());
    }
    return clashes + shared(window.objectName(), owners);
}

} // namespace semigda::test
