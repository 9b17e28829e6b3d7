// SPDX-License-Identifier: Apache-2.0
// The files in resources/translations: complete, and true to what the sources say.
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest/QTest>

namespace
{

struct Message
{
    QString context;
    QString source;
    QString comment;
    QString type; ///< "unfinished", "vanished", "obsolete" or nothing
    bool isNumerus = false;
    QStringList texts; ///< one, or a form for each number
};

QString folder()
{
    return QStringLiteral(SEMIGDA_SOURCE_DIR "/resources/translations");
}

QStringList files()
{
    return QDir(folder()).entryList({QStringLiteral("*.ts")}, QDir::Files, QDir::Name);
}

Message readMessage(QXmlStreamReader &xml, const QString &context)
{
    Message message;
    message.context = context;
    message.isNumerus = xml.attributes().value(QLatin1StringView("numerus")) == QLatin1StringView("yes");
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1StringView("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1StringView("comment")) {
            message.comment = xml.readElementText();
        } else if (xml.name() == QLatin1StringView("translation")) {
            message.type = xml.attributes().value(QLatin1StringView("type")).toString();
            if (!message.isNumerus) {
                message.texts << xml.readElementText();
                continue;
            }
            while (xml.readNextStartElement())
                message.texts << xml.readElementText();
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

QList<Message> read(const QString &path)
{
    QList<Message> messages;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1StringView("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1StringView("message"))
            messages << readMessage(xml, context);
    }
    return messages;
}

QString identity(const Message &message)
{
    return QStringList{message.context, message.source, message.comment}.join(QLatin1Char('|'));
}

QStringList placeholders(const QString &text)
{
    static const QRegularExpression Pattern(QStringLiteral("%L?(?:\\d+|n)"));
    QStringList found;
    for (const QRegularExpressionMatch &match : Pattern.globalMatch(text))
        found << match.captured();
    found.sort();
    found.removeDuplicates();
    return found;
}

/// What a text ends with, when that is punctuation.
QString ending(const QString &text)
{
    static const QRegularExpression Pattern(QStringLiteral("[.:;,!?…]?\\s*$"));
    return Pattern.match(text).captured();
}

QString beginning(const QString &text)
{
    static const QRegularExpression Pattern(QStringLiteral("^[,;:…]?\\s*"));
    return Pattern.match(text).captured();
}

/// What is wrong with one form of a translation; empty: nothing.
QString fault(const Message &message, const QString &text)
{
    static const QRegularExpression Mnemonic(QStringLiteral("&\\w"), QRegularExpression::UseUnicodePropertiesOption);
    if (text.isEmpty())
        return QStringLiteral("has no translation");
    QStringList wanted = placeholders(message.source);
    QStringList found = placeholders(text);
    // “one image” needs no number.
    for (const QString &number : {QStringLiteral("%n"), QStringLiteral("%Ln")}) {
        if (message.isNumerus && !found.contains(number))
            wanted.removeAll(number);
    }
    if (found != wanted)
        return QStringLiteral("has other placeholders");
    if (ending(text) != ending(message.source) || beginning(text) != beginning(message.source))
        return QStringLiteral("begins or ends with other punctuation or space");
    if (text.contains(Mnemonic) != message.source.contains(Mnemonic))
        return QStringLiteral("has a letter to press with Alt on one side only");
    if (text.contains(QLatin1StringView("...")))
        return QStringLiteral("has three points for an ellipsis");
    return {};
}

} // namespace

class tst_Translations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMessage_isTranslatedFully_data();
    void everyMessage_isTranslatedFully();
    void german_hasGermanQuotes();
    void contexts_areThoseThatTheSourcesAskFor();
    void sources_haveNoTextThatTheFilesLack_data();
    void sources_haveNoTextThatTheFilesLack();
};

void tst_Translations::everyMessage_isTranslatedFully_data()
{
    QTest::addColumn<QString>("file");
    QVERIFY(files().contains(QStringLiteral("semigda_de.ts")) && files().contains(QStringLiteral("semigda_en.ts")));
    for (const QString &file : files())
        QTest::newRow(qPrintable(file)) << file;
}

void tst_Translations::everyMessage_isTranslatedFully()
{
    QFETCH(QString, file);
    const QList<Message> messages = read(QDir(folder()).filePath(file));
    QVERIFY(!messages.isEmpty());
    QStringList faults;
    for (const Message &message : messages) {
        if (!message.type.isEmpty())
            faults << message.source + QStringLiteral(" is ") + message.type;
        if (message.isNumerus && message.texts.size() < 2)
            faults << message.source + QStringLiteral(" lacks a form");
        for (const QString &text : message.texts) {
            if (const QString problem = fault(message, text); !problem.isEmpty())
                faults << QStringLiteral("“%1”, “%2” %3").arg(message.source, text, problem);
        }
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
}

void tst_Translations::german_hasGermanQuotes()
{
    int quotes = 0;
    for (const Message &message : read(QDir(folder()).filePath(QStringLiteral("semigda_de.ts")))) {
        for (const QString &text : message.texts) {
            const auto opening = text.count(QChar(0x201E));
            QVERIFY2(opening == text.count(QChar(0x201C)) && !text.contains(QChar(0x201D)), qPrintable(text));
            quotes += static_cast<int>(opening);
        }
    }
    QVERIFY(quotes > 0);
}

void tst_Translations::contexts_areThoseThatTheSourcesAskFor()
{
    // A text that is filed under a namespace or a bare name is looked for elsewhere when the program runs.
    static const QRegularExpression Own(QStringLiteral("^semigda::(ui|app)::[A-Z]\\w+$"));
    static const QRegularExpression OfQt(QStringLiteral("^Q[A-Z]\\w+$"));
    static const QRegularExpression OfPhrases(QStringLiteral("^errors$")); // core/Sentence.h
    for (const Message &message : read(QDir(folder()).filePath(QStringLiteral("semigda_de.ts"))))
        QVERIFY2(Own.match(message.context).hasMatch() || OfQt.match(message.context).hasMatch()
                     || OfPhrases.match(message.context).hasMatch(),
                 qPrintable(message.context + QStringLiteral(": ") + message.source));
}

void tst_Translations::sources_haveNoTextThatTheFilesLack_data()
{
    everyMessage_isTranslatedFully_data();
}

void tst_Translations::sources_haveNoTextThatTheFilesLack()
{
#ifndef SEMIGDA_LUPDATE
    QSKIP("lupdate was not found when the build was configured; install qt6-l10n-tools.");
#else
    QFETCH(QString, file);
    const QTemporaryDir temporary;
    const QString copy = temporary.filePath(file);
    QVERIFY(QFile::copy(QDir(folder()).filePath(file), copy));
    QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
    QStringList arguments{QLatin1Char('@') + folder() + QStringLiteral("/sources.lst"),
                          QStringLiteral("-tr-function-alias"),
                          QStringLiteral("QT_TRANSLATE_NOOP+=phrase"),
                          QStringLiteral("-locations"),
                          QStringLiteral("none"),
                          QStringLiteral("-ts"),
                          copy};
    if (file == QStringLiteral("semigda_en.ts"))
        arguments.insert(1, QStringLiteral("-pluralonly"));
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(SEMIGDA_SOURCE_DIR));
    lupdate.setProcessChannelMode(QProcess::MergedChannels);
    lupdate.start(QStringLiteral(SEMIGDA_LUPDATE), arguments);
    QVERIFY2(lupdate.waitForFinished(60'000) && lupdate.exitCode() == 0, lupdate.readAll().constData());
    const QByteArray said = lupdate.readAll();
    QVERIFY2(!said.contains("lacks Q_OBJECT") && !said.contains("without context"), said.constData());
    QStringList known;
    for (const Message &message : read(QDir(folder()).filePath(file)))
        known << identity(message);
    const QList<Message> updated = read(copy);
    QVERIFY(updated.size() >= known.size() / 2);
    for (const Message &message : updated) {
        QVERIFY2(known.contains(identity(message)),
                 qPrintable(identity(message) + QStringLiteral(" is new; see resources/translations/README.md")));
        QVERIFY2(message.type != QStringLiteral("vanished") && message.type != QStringLiteral("obsolete"),
                 qPrintable(identity(message) + QStringLiteral(" is in no source any more; see the same")));
    }
#endif
}

QTEST_GUILESS_MAIN(tst_Translations)
#include "tst_Translations.moc"
