// SPDX-License-Identifier: Apache-2.0
#include "app/results/HtmlText.h"

#include <QByteArray>
#include <QtTest/QTest>

#include <limits>

using namespace semigda::app;

class TestHtmlText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void markup_isEscaped()
    {
        QCOMPARE(htmlText("<b a=\"1\" c='2'> & &amp;"),
                 std::string("&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt; &amp; &amp;amp;"));
        QCOMPARE(htmlText("Gl\xC3\xBC"
                          "ck \xE5\xBF\x83 \xF0\x9F\xA9\xBA\n\t"),
                 std::string("Gl\xC3\xBC"
                             "ck \xE5\xBF\x83 \xF0\x9F\xA9\xBA\n\t"));
        QCOMPARE(htmlText({}), std::string());
    }
    void brokenUtf8_isReplaced_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("replaced");
        const auto row = [](const char *name, const QByteArray &bytes, int replaced) {
            QTest::newRow(name) << bytes << replaced;
        };
        row("lone continuation", "a\x80z", 1);
        row("latin 1", "a\xFCz", 1);
        row("cut short", "a\xE5\xBFz", 2);
        row("cut at the end", "az\xE5\xBF", 2);
        row("overlong slash", "a\xC0\xAFz", 2);
        row("overlong of three", "a\xE0\x80\xAFz", 3);
        row("surrogate", "a\xED\xA0\x80z", 3);
        row("past the last", "a\xF4\x90\x80\x80z", 4);
        row("zero", QByteArray("a\0z", 3), 1);
        row("escape", "a\x1Bz", 1);
        row("delete", "a\x7Fz", 1);
    }
    void brokenUtf8_isReplaced()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, replaced);
        const QString text = QString::fromStdString(htmlText(bytes.toStdString()));
        QCOMPARE(text.count(QChar(0xFFFD)), replaced);
        QVERIFY(text.startsWith(QLatin1Char('a')) && text.contains(QLatin1Char('z')));
        QCOMPARE(text.size(), replaced + 2);
    }
    void numbers_areWordsForPeople()
    {
        QCOMPARE(fixedText(0.81249, 3), std::string("0.812"));
        QCOMPARE(fixedText(-3.0, 1), std::string("-3.0"));
        QCOMPARE(fixedText(1e300, 0).size(), std::size_t{301});
        QCOMPARE(fixedText(std::numeric_limits<double>::quiet_NaN(), 2), std::string(NoNumber));
        QCOMPARE(fixedText(std::numeric_limits<double>::infinity(), 2), std::string(NoNumber));
        QCOMPARE(countText(1, "image", "images"), std::string("1 image"));
        QCOMPARE(countText(999, "image", "images"), std::string("999 images"));
        QCOMPARE(countText(1234567, "image", "images"), std::string("1,234,567 images"));
        QCOMPARE(durationWords(0.4), std::string("0 s"));
        QCOMPARE(durationWords(59.6), std::string("1 min"));
        QCOMPARE(durationWords(605), std::string("10 min 5 s"));
        QCOMPARE(durationWords(7805), std::string("2 h 10 min"));
    }
    void pictures_areBase64()
    {
        QByteArray bytes;
        for (int i = 0; i < 300; ++i) {
            const std::span<const std::byte> span =
                std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
            QCOMPARE(QByteArray::fromStdString(pngAddress(span)), "data:image/png;base64," + bytes.toBase64());
            bytes.append(static_cast<char>(i * 37));
        }
    }
    void table_hasNamedRowsAndColumns()
    {
        HtmlTable table({"A", "B"}, "kind");
        table.add({"one", "1"});
        QCOMPARE(table.markup(),
                 std::string("<table class=\"kind\"><thead><tr><th scope=\"col\">A</th><th scope=\"col\">"
                             "B</th></tr></thead><tbody>\n<tr><th scope=\"row\">one</th><td>1</td></tr>\n"
                             "</tbody></table>\n"));
    }
};

QTEST_APPLESS_MAIN(TestHtmlText)
#include "tst_HtmlText.moc"
