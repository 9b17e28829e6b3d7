// SPDX-License-Identifier: Apache-2.0
#include "learning/PickleReader_p.h"

#include <QtTest/QTest>

#include <cstring>

using namespace semigda;
using namespace semigda::learning;
using Kind = PickleValue::Kind;

namespace
{

core::Result<PickleTree> read(const QByteArray &pickle)
{
    std::vector<std::byte> bytes(static_cast<std::size_t>(pickle.size()));
    if (!bytes.empty()) {
        std::memcpy(bytes.data(), pickle.constData(), bytes.size());
    }
    return readPickle(std::move(bytes), "x.ckpt");
}

/// A literal with the zeros in it.
template <std::size_t Size> QByteArray raw(const char (&literal)[Size])
{
    return QByteArray(literal, static_cast<qsizetype>(Size) - 1);
}

QByteArray view(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

/// A value in one line; what contains itself ends in "...".
QByteArray described(const PickleTree &tree, PickleIndex index, int depth = 0)
{
    if (depth > 6) {
        return "...";
    }
    const PickleValue &value = tree.at(index);
    const auto list = [&] {
        QByteArray text;
        for (const PickleIndex item : value.items) {
            text += (text.isEmpty() ? "" : " ") + described(tree, item, depth + 1);
        }
        return text;
    };
    switch (value.kind) {
    case Kind::Integer:
        return QByteArray::number(static_cast<qlonglong>(value.integer));
    case Kind::Text:
        return '"' + view(value.text) + '"';
    case Kind::Tuple:
        return '(' + list() + ')';
    case Kind::List:
        return '[' + list() + ']';
    case Kind::Dict:
        return '{' + list() + '}';
    case Kind::Global:
        return view(value.text) + '.' + view(value.name);
    case Kind::Call:
        return described(tree, value.callable, depth + 1) + described(tree, value.arguments, depth + 1)
               + (value.items.empty() ? QByteArray() : '{' + list() + '}');
    case Kind::Persistent:
        return '@' + described(tree, value.arguments, depth + 1);
    case Kind::Other:
        break;
    }
    return "?";
}

const QByteArray Start("\x80\x02");

} // namespace

class tst_PickleReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void value_isRead_data();
    void value_isRead();
    void picklesOfPython_areRead_data();
    void picklesOfPython_areRead();
    void sharedValue_isOneValue();
    void brokenPickle_isRefused_data();
    void brokenPickle_isRefused();
    void laterProtocols_areNamed();
    void anyTruncation_isRefused();
    void anyFlippedByte_isHandled();
    void bombs_areRefused_data();
    void bombs_areRefused();
};

void tst_PickleReader::value_isRead_data()
{
    QTest::addColumn<QByteArray>("opcodes");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &opcodes, const char *expected) {
        QTest::newRow(name) << opcodes << QByteArray(expected);
    };
    row("None", "N", "?");
    row("True", "\x88", "1");
    row("False", "\x89", "0");
    row("BININT1", "K\xFF", "255");
    row("BININT2", "M\xFE\xFF", "65534");
    row("BININT", "J\xFE\xFF\xFF\xFF", "-2");
    row("LONG1 of no bytes", raw("\x8A\x00"), "0");
    row("LONG1 of a byte", "\x8A\x01\x80", "-128");
    row("LONG1 of a padded byte", raw("\x8A\x02\x80\x00"), "128");
    row("LONG1 of 9 bytes", raw("\x8A\x09\x00\x00\x00\x00\x00\x00\x00\x00\x01"), "?");
    row("LONG4", raw("\x8B\x02\x00\x00\x00\x00\x80"), "-32768");
    row("BINFLOAT", raw("G\x3F\xF8\x00\x00\x00\x00\x00\x00"), "?");
    row("BINUNICODE", raw("X\x02\x00\x00\x00hi"), "\"hi\"");
    row("BINSTRING", raw("T\x02\x00\x00\x00hi"), "\"hi\"");
    row("SHORT_BINSTRING", "U\x02hi", "\"hi\"");
    row("empty tuple", ")", "()");
    row("tuples of 1 to 3", "K\x01\x85K\x01K\x02\x86K\x01K\x02K\x03\x87\x87", "((1) (1 2) (1 2 3))");
    row("tuple of 4", "(K\x01K\x02K\x03K\x04t", "(1 2 3 4)");
    row("list",
        "](K\x01K\x02"
        "eK\x03"
        "a",
        "[1 2 3]");
    row("dict",
        "}(U\x01"
        "aK\x01U\x01"
        "bK\x02uU\x01"
        "cK\x03s",
        "{\"a\" 1 \"b\" 2 \"c\" 3}");
    row("global", "cos\nsystem\n", "os.system");
    // What would run a program in Python is a note here.
    row("call", "cos\nsystem\nU\x04true\x85R", "os.system(\"true\")");
    row("object",
        "cpkg\nThing\n)\x81}U\x01"
        "xK\x01sb",
        "pkg.Thing()");
    row("object with items", "ccollections\nOrderedDict\n)RU\x01xK\x01s", "collections.OrderedDict(){\"x\" 1}");
    row("object with appended items",
        "ccollections\ndeque\n)RK\x01"
        "a",
        "collections.deque()");
    row("persistent", "U\x01xK\x01\x86Q", "@(\"x\" 1)");
    row("memo",
        raw("](K\x07q\x05r\x00\x01\x00\x00h\x05"
            "e"),
        "[7 7]");
    row("long memo",
        raw("]K\x07r\x00\x01\x00\x00"
            "aj\x00\x01\x00\x00\x86"),
        "([7] 7)");
    row("POP of a value",
        "K\x01K\x02"
        "0",
        "1");
    row("POP of a mark", "K\x01(0", "1");
    row("POP_MARK",
        "K\x01(K\x02K\x03"
        "1",
        "1");
}

void tst_PickleReader::value_isRead()
{
    QFETCH(QByteArray, opcodes);
    const auto tree = read(Start + opcodes + '.');
    QVERIFY2(tree.has_value(), tree ? "" : tree.error().message.english().c_str());
    QTEST(described(*tree, tree->root), "expected");
}

void tst_PickleReader::picklesOfPython_areRead_data()
{
    // pickle.dumps(value, 2) of CPython 3.11.
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("everything") << QByteArray(
        "80027d71002858010000006e71014e5801000000747102888986710358010000006971045d7105284b004bff4d00014dffff4a00000100"
        "4affffffff4a000000808a0500000080008a08ffffffffffffff7f8a0800000000000000808a0900000000000000004065580100000066"
        "7106473ff800000000000058010000007371075802000000c3a97108580600000073686172656471095d710a285d710b284b014b026568"
        "0b6558010000006f710c63636f6c6c656374696f6e730a4f726465726564446963740a710d2952710e580100000061710f4b0173580100"
        "00007271105d711168116158030000007365747112635f5f6275696c74696e5f5f0a7365740a71135d71144b0161857115527116580100"
        "0000627117635f636f646563730a656e636f64650a7118580300000000c3bf711958060000006c6174696e31711a86711b52711c580300"
        "00006f626a711d63636f6c6c656374696f6e730a436f756e7465720a711e7d711f2858010000006171204b0158010000006271214b0175"
        "857122527123752e")
                                << QByteArray(
                                       "{\"n\" ? \"t\" (1 0) \"i\" [0 255 256 65535 65536 -1 -2147483648 2147483648 "
                                       "9223372036854775807 -9223372036854775808 ?] \"f\" ? \"s\" \"\xC3\xA9\" "
                                       "\"shared\" [[1 2] [1 2]] \"o\" collections.OrderedDict(){\"a\" 1} "
                                       "\"r\" [[[[[[...]]]]]] \"set\" __builtin__.set([1]) \"b\" _codecs.encode(\"")
                                       + raw("\0")
                                       + QByteArray("\xC3\xBF\" \"latin1\") \"obj\" "
                                                    "collections.Counter({\"a\" 1 \"b\" 1})}");
    QTest::newRow("a tuple in itself") << QByteArray("80025d71006800857101613068012e")
                                       << QByteArray("([([([(...)])])])");
}

void tst_PickleReader::picklesOfPython_areRead()
{
    QFETCH(QByteArray, hex);
    const auto tree = read(QByteArray::fromHex(hex));
    QVERIFY2(tree.has_value(), tree ? "" : tree.error().message.english().c_str());
    QTEST(described(*tree, tree->root), "expected");
}

void tst_PickleReader::sharedValue_isOneValue()
{
    const auto tree = read(Start
                           + "]q\x01h\x01h\x01K\x01"
                             "a\x86.");
    QVERIFY(tree.has_value());
    const PickleValue &pair = tree->at(tree->root);
    QCOMPARE(pair.items[0], pair.items[1]);
    QCOMPARE(tree->at(pair.items[0]).items.size(), std::size_t(1));
}

void tst_PickleReader::brokenPickle_isRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QByteArray &bytes, const char *says) {
        QTest::newRow(name) << bytes << QString::fromLatin1(says);
    };
    row("empty", "", "cut off");
    row("no protocol", "K\x01.", "does not begin");
    row("protocol 1", "\x80\x01K\x01.", "another protocol");
    row("no stop", Start + "K\x01", "cut off");
    row("stop without value", Start + ".", "more than there is");
    row("stop within a mark", Start + "K\x01(.", "more than there is");
    row("unknown opcode", Start + "\xFF.", "opcode 0xFF");
    // Opcodes of other protocols that torch.save does not write.
    row("INST", Start + "(ios\nsystem\n.", "opcode 0x69");
    row("OBJ", Start + "(cos\nsystem\no.", "opcode 0x6F");
    row("EXT1", Start + "\x82\x01.", "opcode 0x82");
    row("PERSID", Start + "P1\n.", "opcode 0x50");
    row("DUP",
        Start
            + "K\x01"
              "2.",
        "opcode 0x32");
    row("STACK_GLOBAL", Start + "U\x02osU\x06system\x93.", "opcode 0x93");
    row("text past the end", Start + raw("X\xFF\xFF\xFF\xFF") + "abc.", "cut off");
    row("text of 2^31 bytes", Start + raw("T\x00\x00\x00\x80") + "abc.", "cut off");
    row("long past the end", Start + "\x8A\xFF.", "cut off");
    row("long of 4 GB", Start + "\x8B\xFF\xFF\xFF\xFF.", "cut off");
    row("global without its end", Start + "cos\nsystem.", "cut off");
    row("number cut off", Start + "J\x01", "cut off");
    row("tuple of nothing", Start + "\x85.", "more than there is");
    row("tuple without mark", Start + "K\x01t.", "more than there is");
    row("tuple across a mark", Start + "K\x01(K\x02\x86.", "more than there is");
    row("call of nothing", Start + ")R.", "more than there is");
    row("build of nothing", Start + "}b.", "more than there is");
    row("put of nothing", Start + "q\x01K\x01.", "more than there is");
    row("get of nothing", Start + "h\x01.", "never had");
    row("far get of nothing", Start + "j\xFF\xFF\xFF\xFF.", "never had");
    row("append to a number",
        Start
            + "K\x01K\x02"
              "a.",
        "no list");
    row("append to a tuple",
        Start
            + ")K\x02"
              "a.",
        "no list");
    row("items of a list", Start + "]K\x01K\x02s.", "no dictionary");
    row("odd items", Start + "}(K\x01K\x02K\x03u.", "no dictionary");
    row("items of nothing", Start + "(K\x01K\x02u.", "more than there is");
}

void tst_PickleReader::brokenPickle_isRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const auto tree = read(bytes);
    QVERIFY(!tree.has_value());
    QVERIFY(tree.error().code == core::ErrorCode::CorruptFile);
    const QString message = QString::fromStdString(tree.error().message.english());
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY2(message.startsWith(QStringLiteral("x.ckpt is not a whole PyTorch checkpoint")), qPrintable(message));
}

void tst_PickleReader::laterProtocols_areNamed()
{
    for (const char *start : {"\x80\x03", "\x80\x04", "\x80\x05"}) {
        const auto tree = read(QByteArray(start) + "K\x01.");
        QVERIFY(!tree.has_value());
        QVERIFY(tree.error().code == core::ErrorCode::UnsupportedFormat);
        const std::string number = std::to_string(start[1]);
        QVERIFY2(tree.error().message.english().find("protocol " + number + ";") != std::string::npos,
                 tree.error().message.english().c_str());
    }
}

void tst_PickleReader::anyTruncation_isRefused()
{
    const QByteArray whole = QByteArray::fromHex("80025d71006800857101613068012e");
    for (qsizetype length = 0; length < whole.size(); ++length) {
        QVERIFY2(!read(whole.left(length)).has_value(), QByteArray::number(length).constData());
    }
    QVERIFY(read(whole).has_value());
}

void tst_PickleReader::anyFlippedByte_isHandled()
{
    const QByteArray whole = Start
                             + raw("}q\x00(X\x01\x00\x00\x00"
                                   "aq\x01](K\x01K\x02"
                                   "eU\x01"
                                   "bccollections\nOrderedDict\n)RX\x01\x00\x00\x00zh\x01s}U\x01sNsbu.");
    QVERIFY(read(whole).has_value());
    int refused = 0;
    for (qsizetype at = 0; at < whole.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            QByteArray damaged = whole;
            damaged[at] = static_cast<char>(value);
            const auto tree = read(damaged);
            if (!tree) {
                QVERIFY(!tree.error().message.english().empty());
                ++refused;
                continue;
            }
            QVERIFY(!described(*tree, tree->root).isEmpty());
        }
    }
    QVERIFY(refused > 1000);
}

void tst_PickleReader::bombs_areRefused_data()
{
    QTest::addColumn<QByteArray>("opcodes");
    QTest::addColumn<QString>("says");
    QTest::newRow("marks") << QByteArray(1 << 20, '(') << QStringLiteral("too deeply");
    QTest::newRow("values") << QByteArray(3 << 20, 'N') << QStringLiteral("too many values");
    QByteArray memo = "N";
    for (quint32 i = 0; i < (3U << 20); ++i) {
        memo += 'r';
        memo.append(reinterpret_cast<const char *>(&i), 4);
    }
    QTest::newRow("memo") << memo << QStringLiteral("too many values");
}

void tst_PickleReader::bombs_areRefused()
{
    QFETCH(QByteArray, opcodes);
    QFETCH(QString, says);
    const auto tree = read(Start + opcodes + '.');
    QVERIFY(!tree.has_value());
    QVERIFY2(QString::fromStdString(tree.error().message.english()).contains(says),
             tree.error().message.english().c_str());
}

QTEST_APPLESS_MAIN(tst_PickleReader)
#include "tst_PickleReader.moc"
