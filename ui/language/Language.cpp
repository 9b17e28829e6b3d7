// SPDX-License-Identifier: Apache-2.0
#include "ui/language/Language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <algorithm>
#include <clocale>

// The resources live in a static library, so nothing registers them unasked.
static void initialiseTranslations()
{
    Q_INIT_RESOURCE(translations);
}

namespace semigda::ui
{

namespace
{

const QString TranslatorName = QStringLiteral("semigdaTranslator");

bool loadOwn(QTranslator &translator, const QString &code)
{
    initialiseTranslations();
    return translator.load(QStringLiteral(":/translations/semigda_%1.qm").arg(code));
}

/// Where the system speaks the language, its region decides how numbers look.
QLocale localeOf(const QString &code)
{
    const QLocale system = QLocale::system();
    const QLocale own(code);
    return system.language() == own.language() ? system : own;
}

} // namespace

const QList<Language> &languages()
{
    static const QList<Language> All{
        {QStringLiteral("en"), QStringLiteral("English"), QStringLiteral("English")},
        {QStringLiteral("de"), QStringLiteral("Deutsch"), QStringLiteral("German")},
    };
    return All;
}

bool isLanguageChoice(const QString &choice)
{
    return choice == SystemLanguage
           || std::any_of(languages().begin(), languages().end(),
                          [&choice](const Language &language) { return language.code == choice; });
}

QString languageFor(const QString &choice, const QStringList &preferred)
{
    if (choice != SystemLanguage && isLanguageChoice(choice))
        return choice;
    for (const QString &locale : preferred) {
        const QString code = locale.section(QLatin1Char('-'), 0, 0).section(QLatin1Char('_'), 0, 0);
        if (code != SystemLanguage && isLanguageChoice(code))
            return code;
    }
    return languages().front().code;
}

QString languageFor(const QString &choice)
{
    return languageFor(choice, QLocale::system().uiLanguages());
}

void applyLanguage(QCoreApplication &application, const QString &choice)
{
    // What the user reads is written by QLocale. The C library's numbers go to and come from files, those of the
    // libraries too, and Qt has set it to the user's own, in which a number may have a decimal comma.
    std::setlocale(LC_NUMERIC, "C");
    qDeleteAll(application.findChildren<QTranslator *>(TranslatorName, Qt::FindDirectChildrenOnly));
    const QString code = languageFor(choice);
    const auto install = [](QTranslator *translator, bool isLoaded) {
        if (isLoaded)
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    };
    const auto create = [&application] {
        auto *translator = new QTranslator(&application);
        translator->setObjectName(TranslatorName);
        return translator;
    };
    // The last one installed is asked first: ours knows all that the studio shows, Qt's own the rest of Qt.
    QTranslator *qt = create();
    install(qt, qt->load(QStringLiteral("qtbase_") + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath)));
    QTranslator *own = create();
    install(own, loadOwn(*own, code));
    QLocale::setDefault(choice == SystemLanguage ? QLocale::system() : localeOf(code));
}

QString textIn(const QString &code, const char *context, const char *text)
{
    QTranslator translator;
    const QString found = loadOwn(translator, code) ? translator.translate(context, text) : QString();
    return found.isEmpty() ? QString::fromUtf8(text) : found;
}

} // namespace semigda::ui
