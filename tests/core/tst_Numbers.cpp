// SPDX-License-Identifier: Apache-2.0
#include "core/Numbers.h"

#include "support/CommaLocale.h"

#include <QtTest/QTest>

#include <cmath>
#include <limits>

using namespace semigda::core;

class TestNumbers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers_areRead_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<double>("value");
        const std::pair<const char *, double> rows[] = {
            {"0", 0.0},       {"-1.5", -1.5},
            {"+2", 2.0},      {"1e-3", 0.001},
            {"1E3", 1000.0},  {".5", 0.5},
            {"5.", 5.0},      {"-0", -0.0},
            {"0.1", 0.1},     {"1.7976931348623157e308", 1.7976931348623157e308},
            {"inf", HUGE_VAL}};
        for (const auto &[text, value] : rows)
            QTest::newRow(text) << std::string(text) << value;
    }

    void numbers_areRead()
    {
        QFETCH(std::string, text);
        QFETCH(double, value);
        const std::optional<double> read = numberFrom(text);
        QVERIFY(read.has_value());
        QCOMPARE(*read, value);
        QCOMPARE(std::signbit(*read), std::signbit(value));
    }

    void whatIsNoNumber_isRefused_data()
    {
        QTest::addColumn<std::string>("text");
        for (const char *text : {"", "+", "-", "+-1", "++1", " 1", "1 ", "1,5", "1.5.", "0x10", "one", "1e999"})
            QTest::newRow(text) << std::string(text);
    }

    void whatIsNoNumber_isRefused()
    {
        QFETCH(std::string, text);
        QVERIFY(!numberFrom(text).has_value());
    }

    void numbers_areWritten()
    {
        QCOMPARE(numberText(0.5, 12), std::string("0.5"));
        QCOMPARE(numberText(1.0 / 3.0, 4), std::string("0.3333"));
        QCOMPARE(numberText(1e20, 3), std::string("1e+20"));
        QCOMPARE(numberText(0.18215, 17), std::string("0.18215000000000001"));
        QCOMPARE(fixedText(0.125, 2), std::string("0.12"));
        QCOMPARE(fixedText(-2.0, 3), std::string("-2.000"));
        QCOMPARE(fixedText(1234.5, 0), std::string("1234"));
        QCOMPARE(fixedText(std::numeric_limits<double>::infinity(), 3), std::string("inf"));
        const double largest = std::numeric_limits<double>::max();
        QCOMPARE(numberFrom(fixedText(-largest, 17)), std::optional(-largest));
        for (const double value : {0.1, 1.0 / 3.0, -6.02e23, std::numeric_limits<double>::denorm_min()})
            QCOMPARE(numberFrom(numberText(value, 17)), std::optional(value));
    }

    void numbers_haveAPointInEveryLanguage()
    {
        const semigda::test::CommaLocale comma;
        if (!comma.isSet())
            QSKIP("This machine cannot make a locale with a decimal comma.");
        QCOMPARE(numberFrom("1.5"), std::optional(1.5));
        QVERIFY(!numberFrom("1,5").has_value());
        QCOMPARE(numberText(1234.5, 12), std::string("1234.5"));
        QCOMPARE(fixedText(1234.5, 2), std::string("1234.50"));
    }

    void numberInASentence_hasItsLanguagesSign()
    {
        const Sentence said = phrase("errors", "Dice %1.").with(fixedSentence(0.755, 1));
        QCOMPARE(said.english(), std::string("Dice 0.8."));
        const auto german = [](const Phrase &words) {
            return std::string_view(words.text()) == "%1.%2" ? std::string("%1,%2") : std::string();
        };
        QCOMPARE(said.in(german), std::string("Dice 0,8."));
        QCOMPARE(fixedSentence(7.0, 0).english(), std::string("7"));
        QCOMPARE(fixedSentence(-0.5, 2).in(german), std::string("-0,50"));
    }
};

QTEST_APPLESS_MAIN(TestNumbers)
#include "tst_Numbers.moc"
