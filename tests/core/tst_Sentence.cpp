// SPDX-License-Identifier: Apache-2.0
#include "core/Sentence.h"

#include <QtTest/QTest>

using namespace semigda::core;

class TestSentence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void english_putsPartsInTheirPlaces()
    {
        const std::filesystem::path folder("/data/100 %1");
        const Sentence said = phrase("errors", "%2 of %1 are in %3, %1 in all.").with(12, 3U, folder);
        QCOMPARE(said.english(), std::string("3 of 12 are in /data/100 %1, 12 in all."));
        QCOMPARE(Sentence(phrase("errors", "Nothing.")).english(), std::string("Nothing."));
    }

    void parts_areSaidAsTheyAre()
    {
        const Sentence said = phrase("errors", "The file '%1' %2.").with(std::string("%2%1"), std::string("%1"));
        QCOMPARE(said.english(), std::string("The file '%2%1' %1."));
    }

    void signsThatAreNoPlaces_stay()
    {
        QCOMPARE(Sentence(phrase("errors", "100 % of %0 and %")).english(), std::string("100 % of %0 and %"));
        QCOMPARE(phrase("errors", "%%1%").with(5).english(), std::string("%5%"));
    }

    void translation_reachesPartsAndMayTurnThemRound()
    {
        const Sentence said =
            phrase("errors", "Cannot %1 in %2.").with(phrase("errors", "save"), Sentence::verbatim("Liver"));
        const auto translate = [](const Phrase &phrase) -> std::string {
            const std::string_view text = phrase.text();
            return text == "save" ? "Speichern" : text == "Cannot %1 in %2." ? "%2: %1 nicht möglich." : "";
        };
        QCOMPARE(said.in(translate), std::string("Liver: Speichern nicht möglich."));
        QCOMPARE(said.english(), std::string("Cannot save in Liver."));
    }

    void missingTranslation_isEnglish()
    {
        const Sentence said = phrase("errors", "No %1.").with(phrase("errors", "disk"));
        QCOMPARE(said.in([](const Phrase &) { return std::string(); }), std::string("No disk."));
    }

    void translation_withAPlaceTooMany_leavesItEmpty()
    {
        const Sentence said = phrase("errors", "No %1.").with(1);
        QCOMPARE(said.in([](const Phrase &) { return std::string("%1 %2."); }), std::string("1 ."));
    }

    void context_reachesTheTranslator()
    {
        std::string context;
        Sentence(phrase("errors", "No.")).in([&context](const Phrase &phrase) {
            context = phrase.context();
            return std::string();
        });
        QCOMPARE(context, std::string("errors"));
    }

    void equality_isOfWordsAndParts()
    {
        const Sentence one = phrase("errors", "No %1.").with(1);
        QVERIFY(one == phrase("errors", "No %1.").with(std::string("1")));
        QVERIFY(!(one == phrase("errors", "No %1.").with(2)));
        QVERIFY(!(one == phrase("other", "No %1.").with(1)));
        QVERIFY(!(one == Sentence::verbatim("No 1."))); // it is said otherwise in other languages
        QVERIFY(Sentence() == Sentence::verbatim(""));
    }

    void empty_isWhatSaysNothing()
    {
        QVERIFY(Sentence().isEmpty());
        QVERIFY(Sentence::verbatim({}).isEmpty());
        QVERIFY(!Sentence::verbatim("x").isEmpty());
        QVERIFY(!Sentence(phrase("errors", "x")).isEmpty());
        QCOMPARE(Sentence().english(), std::string());
    }
};

QTEST_APPLESS_MAIN(TestSentence)
#include "tst_Sentence.moc"
