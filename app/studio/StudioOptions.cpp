// SPDX-License-Identifier: Apache-2.0
#include "app/studio/StudioOptions.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

namespace semigda::app
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("StudioOptions", text);
}

core::Error wrongUsage(const QString &sentence)
{
    return {core::ErrorCode::InvalidArgument, sentence.toStdString()};
}

} // namespace

core::Result<StudioOptions> parseStudioOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("Labels medical images with a model that learns while you work."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("project"), tr("Project folder (.semigda) to open."),
                                 QStringLiteral("[PROJECT]"));
    const QCommandLineOption tour(QStringLiteral("tour"),
                                  tr("Walk through all main states on sample images, write a PNG of each and leave."),
                                  QStringLiteral("DIR"));
    const QCommandLineOption size(QStringLiteral("size"), tr("Window size, for example 1280x800."),
                                  QStringLiteral("WxH"));
    const QCommandLineOption theme(QStringLiteral("theme"), tr("dark or light."), QStringLiteral("THEME"));
    const QCommandLineOption settings(QStringLiteral("settings"), tr("Use this settings file."),
                                      QStringLiteral("FILE"));
    QCommandLineOption script(QStringLiteral("paint-script"), tr("Paint by a script; for tests."),
                              QStringLiteral("FILE"));
    script.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({tour, size, theme, settings, script});
    if (!parser.parse(arguments))
        return wrongUsage(parser.errorText());
    if (parser.isSet(QStringLiteral("help")))
        parser.showHelp(0);
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();

    StudioOptions options;
    if (parser.positionalArguments().size() > 1)
        return wrongUsage(tr("Name one project at most; see --help."));
    options.project = parser.positionalArguments().value(0);
    options.tourFolder = parser.value(tour);
    options.paintScript = parser.value(script);
    options.settings = parser.value(settings);
    if (parser.isSet(size)) {
        static const QRegularExpression Pattern(QStringLiteral("^(\\d{3,5})x(\\d{3,5})$"));
        const QRegularExpressionMatch match = Pattern.match(parser.value(size));
        if (!match.hasMatch())
            return wrongUsage(tr("--size %1 is not understood; write it as 1280x800.").arg(parser.value(size)));
        options.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    }
    if (parser.isSet(theme)) {
        const QString word = parser.value(theme);
        options.theme = ui::themeFrom(word);
        if (ui::toString(*options.theme) != word)
            return wrongUsage(tr("--theme %1 is not understood; use dark or light.").arg(word));
    }
    return options;
}

} // namespace semigda::app
