// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

class QCoreApplication;

namespace semigda::ui
{

/// A language the interface can be shown in. Its texts are in resources/translations/semigda_CODE.ts.
struct Language
{
    QString code;        ///< ISO 639-1
    QString name;        ///< in the language itself: who does not read the present one must find it
    QString englishName; ///< for the names of objects
};

/// All of them, English first.
const QList<Language> &languages();

/// The choice that follows the system's language; every other choice is a language's code.
inline const QString SystemLanguage = QStringLiteral("system");

/// Whether applyLanguage() knows the choice.
bool isLanguageChoice(const QString &choice);

/// The code of the language that a choice means: the first of `preferred` that there is where the choice is to follow
/// the system, English where there is none.
QString languageFor(const QString &choice, const QStringList &preferred);
/// The same by what the system prefers.
QString languageFor(const QString &choice);

/// Texts, names of keys and the form of numbers are in the chosen language from here on; what an earlier call chose is
/// gone. Widgets keep the texts they were made with, so this comes before the first one. Gui thread.
void applyLanguage(QCoreApplication &application, const QString &choice);

/// A text as it is in the language `code`, whichever one is applied. `context`: the class that calls tr() with it.
QString textIn(const QString &code, const char *context, const char *text);

} // namespace semigda::ui
