// SPDX-License-Identifier: Apache-2.0
// All that a window says, to find what it still says in English when it should speak another language.
#pragma once

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QSet>
#include <QTableWidget>
#include <QTreeWidget>
#include <QWidget>
#include <QXmlStreamReader>

namespace semigda::test
{

/// All that a window says or would say: on widgets and in menus, in tooltips and to screen readers.
inline QSet<QString> saidTexts(const QWidget &window)
{
    QSet<QString> texts{window.windowTitle()};
    for (const QAction *action : window.findChildren<QAction *>())
        texts << action->text() << action->iconText() << action->toolTip() << action->statusTip();
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        texts << widget->windowTitle() << widget->toolTip() << widget->accessibleName()
              << widget->accessibleDescription();
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            texts << label->text();
        else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            texts << button->text();
        else if (const auto *line = qobject_cast<const QLineEdit *>(widget))
            texts << line->placeholderText()
                  << (qobject_cast<const QAbstractSpinBox *>(line->parent()) != nullptr ? QString() : line->text());
        else if (const auto *menu = qobject_cast<const QMenu *>(widget))
            texts << menu->title();
        else if (const auto *box = qobject_cast<const QComboBox *>(widget))
            for (int item = 0; item < box->count(); ++item)
                texts << box->itemText(item);
        else if (const auto *table = qobject_cast<const QTableWidget *>(widget))
            for (int row = 0; row < table->rowCount(); ++row)
                texts << table->item(row, 0)->text() << table->item(row, 1)->text();
        else if (const auto *tree = qobject_cast<const QTreeWidget *>(widget))
            for (int row = 0; row < tree->topLevelItemCount(); ++row)
                texts << tree->topLevelItem(row)->text(0) << tree->topLevelItem(row)->text(1);
    }
    texts.remove(QString());
    return texts;
}

/// What the German file leaves as it is; letters to press with Alt do not count.
inline QSet<QString> sameInGerman()
{
    QSet<QString> same;
    QFile file(QStringLiteral(SEMIGDA_SOURCE_DIR "/resources/translations/semigda_de.ts"));
    if (!file.open(QIODevice::ReadOnly))
        return same;
    QXmlStreamReader xml(&file);
    QString source;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1StringView("source"))
            source = xml.readElementText().remove(QLatin1Char('&'));
        else if (xml.name() == QLatin1StringView("translation")
                 && xml.readElementText(QXmlStreamReader::IncludeChildElements).remove(QLatin1Char('&')) == source)
            same << source;
    }
    return same;
}

/// Words that a window says in English and in German, though the languages do not share them. Names of languages,
/// programs, files and classes are the same in both.
inline QStringList leftInEnglish(const QSet<QString> &english, const QSet<QString> &german,
                                 const QSet<QString> &names = {})
{
    static const QRegularExpression Word(QStringLiteral("[A-Za-z]{3}"));
    static const QSet<QString> ProperNames{QStringLiteral("English"),   QStringLiteral("Deutsch"),
                                           QStringLiteral("3D Slicer"), QStringLiteral("ITK-SNAP"),
                                           QStringLiteral("CVAT"),      QStringLiteral("labelme, X-AnyLabeling")};
    const QSet<QString> same = sameInGerman() + names + ProperNames;
    QStringList left;
    for (const QString &text : english) {
        const QString plain = QString(text).remove(QLatin1Char('&'));
        if (german.contains(text) && plain.contains(Word) && !same.contains(plain)
            && !plain.startsWith(QLatin1Char('/')))
            left << plain;
    }
    return left;
}

} // namespace semigda::test
