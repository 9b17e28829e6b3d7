// SPDX-License-Identifier: Apache-2.0
#include "learning/TensorState_p.h"
#include "learning/TorchArchiveWriter.h"
#include "learning/TorchArchive_p.h"

#include <QtTest/QTest>

#include <QtCore/QTemporaryDir>

#include <torch/torch.h>

#include <caffe2/serialize/inline_container.h>
#include <torch/csrc/jit/serialization/pickler.h>

#include <functional>

using namespace semigda;
using namespace semigda::learning;
using test::TorchArchiveWriter;

namespace
{

std::string bytesOf(const torch::Tensor &tensor)
{
    const RawTensor raw = toRaw(tensor);
    return {reinterpret_cast<const char *>(raw.bytes.data()), raw.bytes.size()};
}

core::Result<std::map<std::string, torch::Tensor>> tensorsOf(const std::filesystem::path &path)
{
    const auto archive = TorchArchive::open(path);
    if (!archive) {
        return archive.error();
    }
    std::map<std::string, torch::Tensor> tensors;
    for (const auto &[name, info] : (*archive)->tensors()) {
        const auto raw = (*archive)->read(name);
        if (!raw) {
            return raw.error();
        }
        tensors[name] = fromRaw(*raw);
        if (tensors[name].sizes().vec() != info.shape) {
            return core::Error{core::ErrorCode::Internal, core::Sentence::verbatim("the listing has another shape")};
        }
    }
    return tensors;
}

const RawTensor Small{TensorType::Float32, {2}, std::vector<std::byte>(8)};

} // namespace

class tst_TorchArchive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyType_isRead();
    void strides_areFollowed_data();
    void strides_areFollowed();
    void parameters_areTensors();
    void nestedDictionaries_areJoined();
    void lightningCheckpoint_isRead();
    void archiveOfLibTorch_isRead();
    void otherTypes_areListedButNotRead();
    void onlyWhatIsWanted_isRead();
    void foreignArchive_isRefused_data();
    void foreignArchive_isRefused();
    void hostileTensor_isRefused_data();
    void hostileTensor_isRefused();
    void scatteredView_isRefused();
    void hugeExpansion_isRefused();
    void manyWays_areRefused();
    void loops_end();
    void anyTruncation_isRefused();

private:
    std::filesystem::path path() const { return m_folder->filePath(QStringLiteral("x.ckpt")).toStdString(); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_TorchArchive::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void tst_TorchArchive::everyType_isRead()
{
    std::map<std::string, torch::Tensor> tensors;
    for (const auto type : {torch::kFloat32, torch::kFloat16, torch::kBFloat16, torch::kFloat64, torch::kInt64,
                            torch::kInt32, torch::kUInt8}) {
        tensors[torch::toString(type)] = (torch::arange(24).reshape({2, 3, 4}) * 5).to(type);
    }
    tensors["scalar"] = torch::tensor(1.5F);
    tensors["none"] = torch::zeros({0, 4});
    for (const char *byteOrder : {"little", ""}) {
        std::map<std::string, RawTensor> raw;
        for (const auto &[name, tensor] : tensors) {
            raw[name] = toRaw(tensor);
        }
        TorchArchiveWriter writer;
        writer.byteOrder = byteOrder;
        writer.root = "best_model";
        writer.stateDict(raw);
        writer.write(path());
        const auto read = tensorsOf(path());
        QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
        QCOMPARE(read->size(), tensors.size());
        for (const auto &[name, tensor] : tensors) {
            QVERIFY2(read->at(name).scalar_type() == tensor.scalar_type(), name.c_str());
            QVERIFY2(torch::equal(read->at(name), tensor), name.c_str());
        }
    }
}

void tst_TorchArchive::strides_areFollowed_data()
{
    QTest::addColumn<std::vector<qint64>>("shape");
    QTest::addColumn<std::vector<qint64>>("strides");
    QTest::addColumn<qint64>("offset");
    using V = std::vector<qint64>;
    QTest::newRow("row-major") << V{5, 24} << V{24, 1} << qint64(0);
    QTest::newRow("part of a storage") << V{2, 3} << V{3, 1} << qint64(114);
    QTest::newRow("transposed") << V{24, 5} << V{1, 24} << qint64(0);
    QTest::newRow("channels last") << V{2, 5, 3, 4} << V{60, 1, 20, 5} << qint64(0);
    QTest::newRow("every other column") << V{5, 12} << V{24, 2} << qint64(1);
    QTest::newRow("expanded") << V{4, 6} << V{0, 1} << qint64(7);
    QTest::newRow("sides of one with odd strides") << V{1, 6, 1} << V{1000000, 1, 999} << qint64(3);
    QTest::newRow("overlapping windows") << V{10, 3} << V{1, 1} << qint64(0);
    QTest::newRow("last number") << V{} << V{} << qint64(119);
}

void tst_TorchArchive::strides_areFollowed()
{
    QFETCH(std::vector<qint64>, shape);
    QFETCH(std::vector<qint64>, strides);
    QFETCH(qint64, offset);
    const std::vector<std::int64_t> sides(shape.begin(), shape.end());
    const std::vector<std::int64_t> steps(strides.begin(), strides.end());
    for (const auto type : {torch::kFloat32, torch::kFloat16, torch::kInt64}) {
        const torch::Tensor storage = torch::arange(120).to(type);
        TorchArchiveWriter writer;
        writer.pickle.beginDict();
        writer.pickle.text("t");
        writer.view(writer.storage(bytesOf(storage)), TorchArchiveWriter::className(toRaw(storage).type), 120, offset,
                    sides, steps);
        writer.pickle.endDict();
        writer.write(path());
        const auto read = tensorsOf(path());
        QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
        QVERIFY(torch::equal(read->at("t"), storage.as_strided(sides, steps, offset)));
    }
}

void tst_TorchArchive::parameters_areTensors()
{
    const torch::Tensor tensor = torch::rand({3, 2});
    TorchArchiveWriter writer;
    writer.pickle.beginOrderedDict();
    writer.pickle.text("weight");
    writer.parameter(toRaw(tensor));
    writer.pickle.endDict();
    writer.write(path());
    const auto read = tensorsOf(path());
    QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
    QVERIFY(torch::equal(read->at("weight"), tensor));
}

void tst_TorchArchive::nestedDictionaries_areJoined()
{
    TorchArchiveWriter writer;
    writer.pickle.beginDict();
    writer.pickle.text("resnet");
    writer.stateDict({{"conv1.weight", Small}, {"bn1.weight", Small}});
    writer.pickle.text("mapping_model");
    writer.stateDict({{"input_blocks.weight", Small}});
    writer.pickle.integer(7); // keys that are no text are passed over
    writer.tensor(Small);
    writer.pickle.endDict();
    writer.write(path());
    const auto read = tensorsOf(path());
    QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
    QStringList names;
    for (const auto &[name, tensor] : *read) {
        names << QString::fromStdString(name);
    }
    QCOMPARE(names.join(QLatin1Char(' ')),
             QStringLiteral("mapping_model.input_blocks.weight resnet.bn1.weight resnet.conv1.weight"));
}

void tst_TorchArchive::lightningCheckpoint_isRead()
{
    const torch::Tensor tensor = torch::rand({4});
    TorchArchiveWriter writer;
    test::PickleWriter &p = writer.pickle;
    p.beginDict();
    p.text("epoch");
    p.integer(16);
    p.text("global_step");
    p.integer(3000000000);
    p.text("callbacks");
    p.op("}");
    p.global("pytorch_lightning.callbacks.model_checkpoint", "ModelCheckpoint");
    p.op("}");
    p.text("best_model_score");
    writer.tensor(Small);
    p.op("s"
         "s");
    p.text("optimizer_states");
    p.op("](}");
    p.text("state");
    p.op("}");
    p.integer(0);
    p.op("}");
    p.text("exp_avg");
    writer.tensor(Small);
    p.op("s"
         "s"
         "s"
         "e");
    p.text("hyper_parameters");
    p.global("omegaconf.dictconfig", "DictConfig");
    p.op(")\x81}");
    p.text("_content");
    p.op("}");
    p.text("path");
    p.global("pathlib", "PosixPath");
    p.op("U\x04"
         "dataN\x86R"
         "s"
         "s"
         "b");
    p.text("state_dict");
    writer.stateDict({{"first_stage_model.encoder.conv_in.weight", toRaw(tensor)}});
    p.op("}");
    p.text("_metadata");
    p.op("NN"
         "0"
         "s"
         "b");
    p.text("pytorch-lightning_version");
    p.text("1.4.2");
    p.endDict();
    writer.write(path());
    const auto read = tensorsOf(path());
    QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
    QCOMPARE(read->size(), std::size_t(1));
    QVERIFY(torch::equal(read->at("state_dict.first_stage_model.encoder.conv_in.weight"), tensor));
}

void tst_TorchArchive::archiveOfLibTorch_isRead()
{
    // The same container and the same opcodes for tensors as in Python, by PyTorch's own C++ writer.
    const std::vector<torch::Tensor> tensors{
        torch::rand({2, 3}).t(), torch::rand({4, 2, 3, 3}).to(torch::kBFloat16), torch::rand({10}).slice(0, 3, 7),
        torch::tensor(2.5), torch::arange(6).view({1, 2, 3}).contiguous(torch::MemoryFormat::Contiguous)};
    std::string pickled;
    std::vector<torch::Tensor> storages;
    {
        torch::jit::Pickler pickler([&](const char *data, std::size_t size) { pickled.append(data, size); }, nullptr,
                                    nullptr, nullptr, nullptr, false);
        c10::Dict<std::string, torch::Tensor> dictionary;
        for (std::size_t i = 0; i < tensors.size(); ++i) {
            dictionary.insert("t" + std::to_string(i), tensors[i]);
        }
        pickler.protocol();
        pickler.pushIValue(dictionary);
        pickler.stop();
        storages = pickler.tensorData();
    }
    std::string bytes;
    {
        caffe2::serialize::PyTorchStreamWriter writer([&](const void *data, std::size_t size) {
            bytes.append(static_cast<const char *>(data), size);
            return size;
        });
        writer.writeRecord("data.pkl", pickled.data(), pickled.size());
        for (std::size_t i = 0; i < storages.size(); ++i) {
            const auto storage = storages[i].storage();
            writer.writeRecord("data/" + std::to_string(i), storage.data_ptr().get(), storage.nbytes());
        }
        writer.writeEndOfFile();
    }
    std::ofstream(path(), std::ios::binary) << bytes;
    const auto read = tensorsOf(path());
    QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
    QCOMPARE(read->size(), tensors.size());
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        QVERIFY(read->at("t" + std::to_string(i)).scalar_type() == tensors[i].scalar_type());
        QVERIFY2(torch::equal(read->at("t" + std::to_string(i)), tensors[i]), std::to_string(i).c_str());
    }
}

void tst_TorchArchive::otherTypes_areListedButNotRead()
{
    TorchArchiveWriter writer;
    writer.pickle.beginDict();
    writer.pickle.text("good");
    writer.tensor(Small);
    writer.pickle.text("complex");
    writer.view(writer.storage(std::string(16, 'x')), "ComplexFloatStorage", 2, 0, {2}, {1});
    writer.pickle.endDict();
    writer.write(path());
    const auto archive = TorchArchive::open(path());
    QVERIFY2(archive.has_value(), archive ? "" : archive.error().message.english().c_str());
    QVERIFY(!(*archive)->tensors().at("complex").type);
    QVERIFY((*archive)->read("good").has_value());
    const auto refused = (*archive)->read("complex");
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().code == core::ErrorCode::UnsupportedFormat);
    QVERIFY2(refused.error().message.english().find("\"ComplexFloatStorage\"") != std::string::npos,
             refused.error().message.english().c_str());
}

void tst_TorchArchive::onlyWhatIsWanted_isRead()
{
    // A storage of 5 GB, of which a view of 8 bytes is wanted, and another storage behind it.
    TorchArchiveWriter writer;
    writer.pickle.beginDict();
    writer.pickle.text("far");
    writer.view("0", "FloatStorage", 5LL << 28, (5LL << 28) - 2, {2}, {1});
    writer.pickle.text("behind");
    writer.view("1", "IntStorage", 1, 0, {1}, {1});
    writer.pickle.endDict();
    writer.finish();
    writer.zip.add("archive/data/0", "").hole = std::uint64_t(5) << 30;
    writer.zip.add("archive/data/1", test::littleEndianBytes(77, 4));
    writer.zip.write(path());
    std::error_code failure;
    if (std::filesystem::file_size(path(), failure) < (std::uint64_t(5) << 30) || failure) {
        QSKIP("this file system holds no file so large");
    }
    const auto read = tensorsOf(path());
    QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
    QVERIFY(torch::equal(read->at("far"), torch::zeros({2})));
    QCOMPARE(read->at("behind").item<int>(), 77);
}

void tst_TorchArchive::foreignArchive_isRefused_data()
{
    using Build = std::function<void(TorchArchiveWriter &)>;
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *says, const Build &build) {
        TorchArchiveWriter writer;
        build(writer);
        QTest::newRow(name) << writer.toBytes() << QString::fromLatin1(says);
    };
    row("no pickle", "no PyTorch checkpoint", [](TorchArchiveWriter &w) { w.root = "a/b"; });
    row("two pickles", "several pickles", [](TorchArchiveWriter &w) {
        w.stateDict({{"t", Small}});
        w.zip.add("other/data.pkl", "\x80\x02}.");
    });
    row("TorchScript", "TorchScript", [](TorchArchiveWriter &w) {
        w.stateDict({{"t", Small}});
        w.zip.add("archive/constants.pkl", "\x80\x02).");
    });
    row("big endian", "big-endian", [](TorchArchiveWriter &w) {
        w.byteOrder = "big";
        w.stateDict({{"t", Small}});
    });
    row("a tensor", "no tensors by name", [](TorchArchiveWriter &w) { w.tensor(Small); });
    row("a list of tensors", "no tensors by name", [](TorchArchiveWriter &w) {
        w.pickle.op("]");
        w.tensor(Small);
        w.pickle.op("a");
    });
    row("an empty dictionary", "no tensors by name", [](TorchArchiveWriter &w) { w.stateDict({}); });
    row("a whole model", "(\"AutoencoderKL\")", [](TorchArchiveWriter &w) {
        w.pickle.global("ldm.models.autoencoder", "AutoencoderKL");
        w.pickle.op(")\x81}");
        w.pickle.text("_parameters");
        w.stateDict({{"t", Small}});
        w.pickle.op("sb");
    });
    row("compressed pickle", "compressed", [](TorchArchiveWriter &w) {
        w.root = "a/b"; // its own pickle is not to be found
        w.zip.add("archive/data.pkl", "x").method = 8;
    });
}

void tst_TorchArchive::foreignArchive_isRefused()
{
    QFETCH(std::string, bytes);
    QFETCH(QString, says);
    std::ofstream(path(), std::ios::binary) << bytes;
    const auto read = tensorsOf(path());
    QVERIFY(!read.has_value());
    const QString message = QString::fromStdString(read.error().message.english());
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY2(message.contains(QString::fromStdString(path().string())), qPrintable(message));
}

void tst_TorchArchive::hostileTensor_isRefused_data()
{
    using V = std::vector<qint64>;
    QTest::addColumn<qint64>("count");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<V>("shape");
    QTest::addColumn<V>("strides");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, qint64 count, qint64 offset, const V &shape, const V &strides,
                        const char *says) {
        QTest::newRow(name) << count << offset << shape << strides << QString::fromLatin1(says);
    };
    constexpr qint64 Most = std::numeric_limits<qint64>::max();
    // The storage has room for 8 floats.
    row("more numbers than the storage says", 8, 0, {9}, {1}, "missing");
    row("more numbers than the entry has", 9, 0, {9}, {1}, "missing");
    row("absurd count", Most, 0, {9}, {1}, "missing");
    row("negative count", -1, 0, {1}, {1}, "malformed");
    row("offset past the end", 8, 9, {0}, {1}, "missing");
    row("offset at the end", 8, 8, {1}, {1}, "missing");
    row("offset of 2^63 - 1", 8, Most, {1}, {1}, "missing");
    row("negative offset", 8, -1, {1}, {1}, "malformed");
    row("stride past the end", 8, 0, {2, 2}, {7, 1}, "missing");
    row("stride that overflows", 8, 0, {3}, {Most}, "missing");
    row("strides whose sum overflows", 8, 0, {2, 2, 2}, {Most, Most, 2}, "missing");
    row("negative stride", 8, 7, {8}, {-1}, "malformed");
    row("negative side", 8, 0, {-1}, {1}, "malformed");
    row("fewer strides than sides", 8, 0, {2, 2}, {1}, "malformed");
    row("sides whose product overflows", 8, 0, {4294967296, 4294967296}, {0, 0}, "malformed");
    row("many sides", 8, 0, V(17, 1), V(17, 1), "malformed");
}

void tst_TorchArchive::hostileTensor_isRefused()
{
    QFETCH(qint64, count);
    QFETCH(qint64, offset);
    QFETCH(std::vector<qint64>, shape);
    QFETCH(std::vector<qint64>, strides);
    QFETCH(QString, says);
    TorchArchiveWriter writer;
    writer.pickle.beginDict();
    writer.pickle.text("t");
    writer.view(writer.storage(std::string(32, 'x')), "FloatStorage", count, offset, {shape.begin(), shape.end()},
                {strides.begin(), strides.end()});
    writer.pickle.endDict();
    writer.write(path());
    const auto read = tensorsOf(path());
    QVERIFY(!read.has_value());
    QVERIFY(read.error().code == core::ErrorCode::CorruptFile);
    const QString message = QString::fromStdString(read.error().message.english());
    QVERIFY2(message.contains(says) && message.contains(QStringLiteral("\"t\"")), qPrintable(message));
}

void tst_TorchArchive::scatteredView_isRefused()
{
    TorchArchiveWriter writer;
    writer.pickle.beginDict();
    writer.pickle.text("t");
    writer.view("0", "FloatStorage", 1 << 26, 0, {2}, {(1 << 26) - 1});
    writer.pickle.endDict();
    writer.finish();
    writer.zip.add("archive/data/0", "").hole = std::uint64_t(1) << 28;
    writer.zip.write(path());
    const auto read = tensorsOf(path());
    QVERIFY(!read.has_value());
    QVERIFY2(read.error().message.english().find("scattered") != std::string::npos,
             read.error().message.english().c_str());
}

void tst_TorchArchive::hugeExpansion_isRefused()
{
    // 2^45 floats out of one.
    TorchArchiveWriter writer;
    writer.pickle.beginDict();
    writer.pickle.text("t");
    writer.view(writer.storage("abcd"), "FloatStorage", 1, 0, {1LL << 45}, {0});
    writer.pickle.endDict();
    writer.write(path());
    const auto read = tensorsOf(path());
    QVERIFY(!read.has_value());
    QVERIFY(read.error().code == core::ErrorCode::OutOfMemory);
}

void tst_TorchArchive::manyWays_areRefused()
{
    // Dictionaries of which each holds the next one 64 times: 64^8 names.
    TorchArchiveWriter writer;
    writer.stateDict({{"t", Small}});
    for (int level = 0; level < 8; ++level) {
        const auto place = static_cast<std::uint64_t>(1000 + level);
        writer.pickle.op('r', place, 4);
        writer.pickle.op("}(");
        for (int i = 0; i < 64; ++i) {
            writer.pickle.text(std::to_string(i));
            writer.pickle.op('j', place, 4);
        }
        writer.pickle.op("u");
    }
    writer.write(path());
    const auto read = tensorsOf(path());
    QVERIFY(!read.has_value());
    QVERIFY2(read.error().message.english().find("absurdly many") != std::string::npos,
             read.error().message.english().c_str());
}

void tst_TorchArchive::loops_end()
{
    // A dictionary that holds itself, and a parameter of nothing.
    TorchArchiveWriter writer;
    writer.pickle.op("}");
    writer.pickle.op('r', 1000, 4);
    writer.pickle.op("(");
    writer.pickle.text("self");
    writer.pickle.op('j', 1000, 4);
    writer.pickle.text("t");
    writer.tensor(Small);
    writer.pickle.text("nothing");
    writer.pickle.global("torch._utils", "_rebuild_parameter");
    writer.pickle.op(")R");
    writer.pickle.op("u");
    writer.write(path());
    const auto read = tensorsOf(path());
    QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
    QVERIFY(read->contains("t") && read->contains("self.self.t") && !read->contains("nothing"));
    QVERIFY(read->size() < 20);
}

void tst_TorchArchive::anyTruncation_isRefused()
{
    TorchArchiveWriter writer;
    writer.stateDict({{"a", Small}, {"b", Small}});
    const std::string whole = writer.toBytes();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        std::ofstream(path(), std::ios::binary | std::ios::trunc) << whole.substr(0, length);
        QVERIFY2(!tensorsOf(path()).has_value(), std::to_string(length).c_str());
    }
}

QTEST_GUILESS_MAIN(tst_TorchArchive)
#include "tst_TorchArchive.moc"
