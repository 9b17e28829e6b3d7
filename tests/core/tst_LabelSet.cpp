// SPDX-License-Identifier: Apache-2.0
#include "core/LabelSet.h"

#include <QtTest/QTest>

#include <set>

using namespace semigda::core;

class TestLabelSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void colour_roundTrips()
    {
        for (const char *text : {"#000000", "#FFFFFF", "#E69F00", "#0A0B0C"})
            QCOMPARE(toString(*parseColour(text)), std::string(text));
        QVERIFY(*parseColour("#e69f00") == (Rgb{0xE6, 0x9F, 0x00}));
    }
    void colour_refusesAllElse_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"", "#", "#12345", "#1234567", "123456", "#12345G", "#-1-1-1", "# 1 2 3", "red", "#0x1234"})
            QTest::newRow(*text ? text : "empty") << QByteArray(text);
    }
    void colour_refusesAllElse()
    {
        QFETCH(QByteArray, text);
        const auto colour = parseColour(text.toStdString());
        QVERIFY(!colour);
        QCOMPARE(colour.error().code, ErrorCode::InvalidArgument);
        QVERIFY(colour.error().message.english().find(text.toStdString()) != std::string::npos);
    }
    void add_givesIdsAndOkabeItoColours()
    {
        LabelSet set;
        QCOMPARE(*set.add("lesion"), LabelValue{1});
        QCOMPARE(*set.add("cyst", {1, 2, 3}), LabelValue{2});
        QVERIFY(set.find(1)->colour == (Rgb{0xE6, 0x9F, 0x00}));
        QVERIFY(set.find(2)->colour == (Rgb{1, 2, 3}));
        QCOMPARE(set.findByName("cyst")->value, LabelValue{2});
        QVERIFY(!set.find(3));
        QVERIFY(!set.findByName("Cyst"));
    }
    void add_refusesEmptyAndTakenNames()
    {
        LabelSet set;
        QVERIFY(set.add("a").has_value());
        QCOMPARE(set.add("").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(set.add("a").error().code, ErrorCode::AlreadyExists);
        QCOMPARE(set.size(), std::size_t{1});
    }
    void ids_areNeverReused()
    {
        LabelSet set;
        QVERIFY(set.add("a").has_value());
        QVERIFY(set.add("b").has_value());
        set.remove(2);
        QCOMPARE(*set.add("c"), LabelValue{3});
        set.remove(3);
        LabelSet reloaded(set.classes(), set.nextValue());
        QCOMPARE(reloaded, set);
        QCOMPARE(*reloaded.add("d"), LabelValue{4});
    }
    void ids_endBeforeTheReservedOne()
    {
        LabelClass last;
        last.value = 65534;
        last.name = "last";
        LabelSet set({last});
        QVERIFY(set.allows(65534));
        QCOMPARE(set.add("more").error().code, ErrorCode::InvalidArgument);
        LabelSet almost(std::vector<LabelClass>{}, 65534);
        QCOMPARE(*almost.add("fits"), LabelValue{65534});
        QVERIFY(!almost.add("too many"));
    }
    void allows_whatAMaskMayHold()
    {
        LabelSet set;
        QVERIFY(set.add("a").has_value());
        QVERIFY(set.allows(Background) && set.allows(NotAnnotated) && set.allows(1));
        QVERIFY(!set.allows(2) && !set.allows(255));
    }
    void replace_changesOneClass()
    {
        LabelSet set;
        QVERIFY(set.add("a").has_value());
        QVERIFY(set.add("b").has_value());
        LabelClass changed = *set.find(2);
        changed.name = "a";
        QCOMPARE(set.replace(changed).error().code, ErrorCode::AlreadyExists);
        changed.name = "";
        QCOMPARE(set.replace(changed).error().code, ErrorCode::InvalidArgument);
        changed.name = "c";
        changed.visible = false;
        QVERIFY(set.replace(changed).has_value());
        QCOMPARE(*set.find(2), changed);
        changed.value = 9;
        changed.name = "nine";
        QCOMPARE(set.replace(changed).error().code, ErrorCode::NotFound);
    }
    void defaultColours_differ()
    {
        std::set<std::string> seen;
        for (LabelValue value = 1; value <= 60; ++value)
            seen.insert(toString(defaultColour(value)));
        QCOMPARE(seen.size(), std::size_t{60});
    }
};

QTEST_APPLESS_MAIN(TestLabelSet)
#include "tst_LabelSet.moc"
