// SPDX-License-Identifier: Apache-2.0
#include "app/studio/StudioOptions.h"

#include "ui/language/Language.h"
#include "ui/window/UiSettings.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

namespace semigda::app
{

namespace
{

struct OptionTexts
{
    Q_DECLARE_TR_FUNCTIONS(semigda::app::OptionTexts)
};

const QString LanguageOption = QStringLiteral("language");
const QString SettingsOption = QStringLiteral("settings");

QString languageCodes()
{
    QStringList codes;
    for (const ui::Language &language : ui::languages())
        codes << language.code;
    return codes.join(QStringLiteral(", "));
}

core::Error wrongUsage(const QString &sentence)
{
    return {core::ErrorCode::InvalidArgument, core::Sentence::verbatim(sentence.toStdString())};
}

} // namespace

QString languageChoice(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions({{LanguageOption, {}, QStringLiteral("LANGUAGE")},
                       {SettingsOption, {}, QStringLiteral("FILE")},
                       {QStringLiteral("tour"), {}, QStringLiteral("DIR")}});
    parser.parse(arguments);
    if (parser.isSet(LanguageOption))
        return parser.value(LanguageOption);
    // The tour must look the same on every machine.
    if (parser.isSet(QStringLiteral("tour")))
        return ui::languages().front().code;
    const QString file = parser.value(SettingsOption);
    return file.isEmpty() ? ui::UiSettings().language() : ui::UiSettings(file).language();
}

core::Result<StudioOptions> parseStudioOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(OptionTexts::tr("Labels medical images with a model that learns while you work."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("project"), OptionTexts::tr("Project folder (.semigda) to open."),
                                 QStringLiteral("[PROJECT]"));
    const QCommandLineOption tour(
        QStringLiteral("tour"),
        OptionTexts::tr("Walk through all main states on sample images, write a PNG of each and leave."),
        QStringLiteral("DIR"));
    const QCommandLineOption size(QStringLiteral("size"), OptionTexts::tr("Window size, for example 1280x800."),
                                  QStringLiteral("WxH"));
    const QCommandLineOption theme(QStringLiteral("theme"), OptionTexts::tr("dark or light."), QStringLiteral("THEME"));
    const QCommandLineOption language(LanguageOption,
                                      OptionTexts::tr("Language of the interface: system, %1.").arg(languageCodes()),
                                      QStringLiteral("LANGUAGE"));
    const QCommandLineOption settings(SettingsOption, OptionTexts::tr("Use this settings file."),
                                      QStringLiteral("FILE"));
    QCommandLineOption script(QStringLiteral("paint-script"), OptionTexts::tr("Paint by a script; for tests."),
                              QStringLiteral("FILE"));
    script.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({tour, size, theme, language, settings, script});
    if (!parser.parse(arguments))
        return wrongUsage(parser.errorText());
    if (parser.isSet(QStringLiteral("help")))
        parser.showHelp(0);
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();

    StudioOptions options;
    if (parser.positionalArguments().size() > 1)
        return wrongUsage(OptionTexts::tr("Name one project at most; see --help."));
    options.project = parser.positionalArguments().value(0);
    options.tourFolder = parser.value(tour);
    options.paintScript = parser.value(script);
    options.settings = parser.value(settings);
    if (parser.isSet(language) && !ui::isLanguageChoice(parser.value(language)))
        return wrongUsage(OptionTexts::tr("--language %1 is not understood; use system, %2.")
                              .arg(parser.value(language), languageCodes()));
    if (parser.isSet(size)) {
        static const QRegularExpression Pattern(QStringLiteral("^(\\d{3,5})x(\\d{3,5})$"));
        const QRegularExpressionMatch match = Pattern.match(parser.value(size));
        if (!match.hasMatch())
            return wrongUsage(
                OptionTexts::tr("--size %1 is not understood; write it as 1280x800.").arg(parser.value(size)));
        options.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    }
    if (parser.isSet(theme)) {
        const QString word = parser.value(theme);
        options.theme = ui::themeFrom(word);
        if (ui::toString(*options.theme) != word)
            return wrongUsage(OptionTexts::tr("--theme %1 is not understood; use dark or light.").arg(word));
    }
    return options;
}

} // namespace semigda::app
