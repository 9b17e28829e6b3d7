// SPDX-License-Identifier: Apache-2.0
#include "learning/Safetensors.h"

#include <QtTest/QTest>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <cstring>
#include <filesystem>

using namespace semigda;
using namespace semigda::learning;

namespace
{

QByteArray lengthBytes(quint64 length)
{
    QByteArray bytes;
    for (int i = 0; i < 8; ++i) {
        bytes.append(static_cast<char>((length >> (8 * i)) & 0xFF));
    }
    return bytes;
}

QByteArray fileOf(const QByteArray &header, const QByteArray &data = {})
{
    return lengthBytes(static_cast<quint64>(header.size())) + header + data;
}

RawTensor floats(const std::vector<std::int64_t> &shape, const std::vector<float> &values)
{
    RawTensor tensor{TensorType::Float32, shape, std::vector<std::byte>(values.size() * sizeof(float))};
    if (!values.empty()) {
        std::memcpy(tensor.bytes.data(), values.data(), tensor.bytes.size());
    }
    return tensor;
}

} // namespace

class tst_Safetensors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyType_comesBackAsWritten();
    void emptyFile_isAValidFile();
    void foreignFile_isRead();
    void holes_betweenTensorsAreAllowed();
    void metadataThatIsNotText_doesNotFailTheWriter();
    void hostileFile_isRefused_data();
    void hostileFile_isRefused();
    void anyTruncation_isRefused();
    void anyFlippedHeaderByte_isHandled();
    void sparseGiant_isRefused();
    void missingFileAndFolder_areNamed();
    void failedWrite_keepsTheOldFile();

private:
    std::filesystem::path path(const char *name) const
    {
        return m_folder->filePath(QString::fromUtf8(name)).toStdString();
    }
    std::filesystem::path put(const QByteArray &bytes, const char *name = "x.safetensors") const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_Safetensors::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

std::filesystem::path tst_Safetensors::put(const QByteArray &bytes, const char *name) const
{
    QFile file(QString::fromStdString(path(name).string()));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("cannot write the test's own file");
    }
    return path(name);
}

void tst_Safetensors::everyType_comesBackAsWritten()
{
    TensorFile content;
    content.metadata = {{"format", "pt"},
                        {"quote", "a \"b\" \n c"},
                        {"umlaut", "Gr\xC3\xB6\xC3\x9F"
                                   "e"}};
    const std::vector<TensorType> types{TensorType::Float32, TensorType::Float16, TensorType::BFloat16,
                                        TensorType::Float64, TensorType::Int64,   TensorType::Int32,
                                        TensorType::UInt8};
    for (std::size_t i = 0; i < types.size(); ++i) {
        RawTensor tensor{types[i], {2, 3}, std::vector<std::byte>(6 * bytesPerElement(types[i]))};
        for (std::size_t b = 0; b < tensor.bytes.size(); ++b) {
            tensor.bytes[b] = static_cast<std::byte>(17 * b + i);
        }
        content.tensors["t" + std::to_string(i)] = tensor;
    }
    content.tensors["scalar"] = floats({}, {1.5F});
    content.tensors["none"] = floats({0, 4}, {});
    QVERIFY(writeSafetensors(path("a"), content).has_value());
    const auto read = readSafetensors(path("a"));
    QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
    QCOMPARE(read->metadata, content.metadata);
    QCOMPARE(read->tensors.size(), content.tensors.size());
    for (const auto &[name, tensor] : content.tensors) {
        const RawTensor &other = read->tensors.at(name);
        QVERIFY2(other.type == tensor.type && other.shape == tensor.shape && other.bytes == tensor.bytes, name.c_str());
    }
    QCOMPARE(std::distance(std::filesystem::directory_iterator(m_folder->path().toStdString()), {}), 1);
}

void tst_Safetensors::emptyFile_isAValidFile()
{
    QVERIFY(writeSafetensors(path("a"), {}).has_value());
    const auto read = readSafetensors(path("a"));
    QVERIFY(read.has_value());
    QVERIFY(read->tensors.empty() && read->metadata.empty());
}

void tst_Safetensors::foreignFile_isRead()
{
    const float values[] = {1.0F, -2.0F};
    const auto file =
        put(fileOf(R"({ "w":{"data_offsets":[0,8],"shape":[2,1],"dtype":"F32"},"__metadata__":{"a":"b"}}    )",
                   QByteArray(reinterpret_cast<const char *>(values), 8)));
    const auto read = readSafetensors(file);
    QVERIFY(read.has_value());
    QVERIFY(read->tensors.at("w").bytes == floats({2, 1}, {1.0F, -2.0F}).bytes);
    QCOMPARE(read->metadata.at("a"), std::string("b"));
}

void tst_Safetensors::holes_betweenTensorsAreAllowed()
{
    const auto read = readSafetensors(put(fileOf(
        R"({"b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}})",
        "abcd")));
    QVERIFY(read.has_value());
    QVERIFY(read->tensors.at("b").bytes[0] == std::byte{'d'});
    QVERIFY(read->tensors.at("a").bytes[1] == std::byte{'b'});
}

void tst_Safetensors::metadataThatIsNotText_doesNotFailTheWriter()
{
    TensorFile content;
    content.metadata["file"] = "caf\xE9";
    content.tensors["w"] = floats({1}, {2.0F});
    QVERIFY(writeSafetensors(path("a"), content).has_value());
    const auto read = readSafetensors(path("a"));
    QVERIFY(read.has_value());
    QVERIFY(read->tensors.at("w").bytes == content.tensors.at("w").bytes);
}

void tst_Safetensors::hostileFile_isRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QByteArray &bytes, const char *says) {
        QTest::newRow(name) << bytes << QString::fromLatin1(says);
    };
    const auto entry = [](const char *fields) { return fileOf(QByteArray("{\"w\":{") + fields + "}}", "12345678"); };
    row("empty", {}, "shorter");
    row("seven bytes", "1234567", "shorter");
    row("header past the end", lengthBytes(1000) + "{}", "past its end");
    row("header of 2^64 - 1", lengthBytes(~quint64(0)) + "{}", "past its end");
    row("header of 2^63", lengthBytes(quint64(1) << 63) + "{}", "past its end");
    row("not JSON", fileOf("hello, world"), "not JSON");
    row("JSON cut off", fileOf(R"({"w":{"dtype")"), "not JSON");
    row("JSON that is a list", fileOf("[1,2]"), "not JSON");
    row("JSON that is not UTF-8", fileOf("{\"\xFF\xFE\":1}"), "not JSON");
    row("deeply nested JSON", fileOf(QByteArray(200000, '[')), "not JSON");
    row("deeply nested valid JSON", fileOf("{\"w\":" + QByteArray(100000, '[') + QByteArray(100000, ']') + "}"),
        "malformed");
    row("ignored value nested a million times",
        fileOf("{\"__metadata__\":{\"a\":" + QByteArray(1000000, '[') + QByteArray(1000000, ']') + "}}"), "malformed");
    row("entry is a number", fileOf(R"({"w":7})"), "malformed");
    row("no dtype", entry(R"("shape":[2],"data_offsets":[0,8])"), "malformed");
    row("dtype is a number", entry(R"("dtype":1,"shape":[2],"data_offsets":[0,8])"), "malformed");
    row("no shape", entry(R"("dtype":"F32","data_offsets":[0,8])"), "malformed");
    row("one offset", entry(R"("dtype":"F32","shape":[2],"data_offsets":[0])"), "malformed");
    row("three offsets", entry(R"("dtype":"F32","shape":[2],"data_offsets":[0,8,8])"), "malformed");
    row("unknown dtype", entry(R"("dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8])"), "\"F8_E4M3\"");
    row("negative side", entry(R"("dtype":"F32","shape":[-2],"data_offsets":[0,8])"), "shape of \"w\"");
    row("side beyond int64", entry(R"("dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,8])"),
        "shape of \"w\"");
    row("fractional side", entry(R"("dtype":"F32","shape":[1.5],"data_offsets":[0,8])"), "shape of \"w\"");
    row("negative offset", entry(R"("dtype":"F32","shape":[2],"data_offsets":[-8,0])"), "place of \"w\"");
    row("offset as text", entry(R"("dtype":"F32","shape":[2],"data_offsets":["0","8"])"), "place of \"w\"");
    row("offsets reversed", entry(R"("dtype":"F32","shape":[2],"data_offsets":[8,0])"), "size of \"w\"");
    row("offsets past the end", entry(R"("dtype":"F32","shape":[4],"data_offsets":[0,16])"), "size of \"w\"");
    row("offset of 2^64 - 1",
        entry(R"("dtype":"U8","shape":[0],"data_offsets":[18446744073709551615,18446744073709551615])"),
        "size of \"w\"");
    row("shape larger than its bytes", entry(R"("dtype":"F32","shape":[3],"data_offsets":[0,8])"), "size of \"w\"");
    row("shape smaller than its bytes", entry(R"("dtype":"F32","shape":[1],"data_offsets":[0,8])"), "size of \"w\"");
    // 2^32 x 2^32 elements are 0 modulo 2^64; 2^62 floats take 2^64 bytes.
    row("element count overflows", entry(R"("dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0])"),
        "size of \"w\"");
    row("byte count overflows", entry(R"("dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0])"),
        "size of \"w\"");
    row("absurd size", entry(R"("dtype":"F32","shape":[1099511627776],"data_offsets":[0,4398046511104])"),
        "size of \"w\"");
    row("overlap",
        fileOf(
            R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[3,7]}})",
            "12345678"),
        "overlap");
    row("same place twice",
        fileOf(
            R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})",
            "12345678"),
        "overlap");
    row("metadata is a list", fileOf(R"({"__metadata__":["a"]})"), "metadata");
    row("metadata holds a number", fileOf(R"({"__metadata__":{"a":1}})"), "metadata");
    row("name with line breaks", fileOf("{\"a\\nb" + QByteArray(5000, 'x') + "\":1}"), "\"a?bxxx");
}

void tst_Safetensors::hostileFile_isRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const auto file = put(bytes);
    const auto read = readSafetensors(file);
    QVERIFY(!read.has_value());
    const QString message = QString::fromStdString(read.error().message.english());
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY2(message.contains(QString::fromStdString(file.string())), qPrintable(message));
    QVERIFY2(!message.contains(QLatin1Char('\n')) && message.size() < 500, qPrintable(message));
}

void tst_Safetensors::anyTruncation_isRefused()
{
    TensorFile content;
    content.tensors["weight"] = floats({2, 2}, {1, 2, 3, 4});
    QVERIFY(writeSafetensors(path("a"), content).has_value());
    QFile whole(QString::fromStdString(path("a").string()));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    for (qsizetype length = 0; length < bytes.size(); ++length) {
        QVERIFY2(!readSafetensors(put(bytes.left(length))).has_value(), QByteArray::number(length).constData());
    }
}

void tst_Safetensors::anyFlippedHeaderByte_isHandled()
{
    TensorFile content;
    content.metadata["k"] = "v";
    content.tensors["weight"] = floats({2, 2}, {1, 2, 3, 4});
    QVERIFY(writeSafetensors(path("a"), content).has_value());
    QFile whole(QString::fromStdString(path("a").string()));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    int refused = 0;
    for (qsizetype at = 0; at < bytes.size() - 16; ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
            const auto read = readSafetensors(put(damaged));
            if (!read) {
                QVERIFY(!read.error().message.english().empty());
                ++refused;
                continue;
            }
            // What is still a valid file (another name, say) must be consistent in itself.
            for (const auto &[name, tensor] : read->tensors) {
                std::int64_t count = 1;
                for (const std::int64_t side : tensor.shape) {
                    count *= side;
                }
                QCOMPARE(static_cast<std::size_t>(count) * bytesPerElement(tensor.type), tensor.bytes.size());
            }
        }
    }
    QVERIFY(refused > 100);
}

void tst_Safetensors::sparseGiant_isRefused()
{
    // 2^43 bytes are more than a test machine's memory; a file system that has no such files skips the test.
    const QByteArray header = R"({"w":{"dtype":"U8","shape":[8796093022208],"data_offsets":[0,8796093022208]}})";
    const auto file = put(fileOf(header));
    std::error_code failure;
    std::filesystem::resize_file(file, (std::uintmax_t(1) << 43) + static_cast<std::uintmax_t>(header.size()) + 8,
                                 failure);
    if (failure) {
        QSKIP("this file system holds no file so large");
    }
    const auto read = readSafetensors(file);
    QVERIFY(!read.has_value());
    QVERIFY(read.error().code == core::ErrorCode::OutOfMemory);
}

void tst_Safetensors::missingFileAndFolder_areNamed()
{
    const auto missing = readSafetensors(path("nowhere"));
    QVERIFY(!missing.has_value());
    QVERIFY(missing.error().code == core::ErrorCode::NotFound);
    QVERIFY(missing.error().message.english().find("nowhere") != std::string::npos);
    QVERIFY(!readSafetensors(m_folder->path().toStdString()).has_value());
    const auto written = writeSafetensors(path("no/such/folder"), {});
    QVERIFY(!written.has_value());
    QVERIFY(written.error().code == core::ErrorCode::NotFound);
}

void tst_Safetensors::failedWrite_keepsTheOldFile()
{
    TensorFile content;
    content.tensors["w"] = floats({1}, {1.0F});
    QVERIFY(writeSafetensors(path("a"), content).has_value());
    // Where the new file's name is taken by a folder the rename fails after the bytes were written.
    QVERIFY(std::filesystem::create_directory(path("folder")));
    QVERIFY(!writeSafetensors(path("folder"), content).has_value());
    QVERIFY(readSafetensors(path("a")).has_value());
    QCOMPARE(std::distance(std::filesystem::directory_iterator(m_folder->path().toStdString()), {}), 2);
}

QTEST_GUILESS_MAIN(tst_Safetensors)
#include "tst_Safetensors.moc"
