// SPDX-License-Identifier: Apache-2.0
#include "learning/PriorFiles.h"
#include "learning/StartingWeights_p.h"

#include <QtTest/QTest>

#include <QtCore/QTemporaryDir>

#include <limits>

using namespace semigda;
using namespace semigda::learning;
using namespace semigda::test;

namespace
{

constexpr std::string_view Prior = "vae_model.";
constexpr std::string_view Adapters = "vae_model.decoder.Jump_";

/// The first tensor of those whose names `concerns` accepts that differs between the two, or "".
std::string firstDifference(const SemiGdaNetworks &a, const SemiGdaNetworks &b,
                            const std::function<bool(const std::string &)> &concerns)
{
    const Tensors left = tensorsOf(a);
    const Tensors right = tensorsOf(b);
    int compared = 0;
    for (const auto &[name, raw] : left) {
        if (!concerns(name)) {
            continue;
        }
        ++compared;
        if (right.at(name).bytes != raw.bytes) {
            return name;
        }
    }
    return compared > 0 ? "" : "nothing to compare";
}

bool isPrior(const std::string &name)
{
    return name.starts_with(Prior) && !name.starts_with(Adapters);
}

RawTensor withFirst(const RawTensor &raw, float value)
{
    RawTensor changed = raw;
    std::memcpy(changed.bytes.data(), &value, sizeof value);
    return changed;
}

} // namespace

class tst_StartingWeights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void autoencoder_isLoaded_data();
    void autoencoder_isLoaded();
    void semigdaCheckpoint_isLoaded_data();
    void semigdaCheckpoint_isLoaded();
    void otherPrecisions_areConverted();
    void transposedWeights_areLoaded();
    void latentScale_isTakenOver();
    void theLikeliestAutoencoder_isTaken();
    void otherWidths_areBothNamed();
    void whatDoesNotFit_isRefused_data();
    void whatDoesNotFit_isRefused();
    void otherFiles_areRefused_data();
    void otherFiles_areRefused();

private:
    std::filesystem::path path(const char *name) const
    {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_StartingWeights::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void tst_StartingWeights::autoencoder_isLoaded_data()
{
    QTest::addColumn<QByteArray>("scheme");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("folder");
    for (const char *scheme : {"ldm", "first_stage_model", "diffusers", "old diffusers", "oldest diffusers"}) {
        QTest::addRow("%s, safetensors", scheme) << QByteArray(scheme) << QByteArray("x.safetensors") << QByteArray();
        QTest::addRow("%s, ckpt", scheme) << QByteArray(scheme) << QByteArray("x.ckpt") << QByteArray("state_dict");
        QTest::addRow("%s, pt", scheme) << QByteArray(scheme) << QByteArray("x.pt") << QByteArray();
    }
}

void tst_StartingWeights::autoencoder_isLoaded()
{
    QFETCH(QByteArray, scheme);
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, folder);
    SemiGdaNetworks source = randomNetworks(narrowPaper(), 1);
    Tensors tensors;
    if (scheme == "ldm") {
        tensors = ldmAutoencoder(source);
        tensors["loss.logvar"] = tensors.begin()->second; // what an autoencoder's own checkpoint also has
    } else if (scheme == "first_stage_model") {
        tensors = withPrefix("first_stage_model.", ldmAutoencoder(source));
        tensors["model.diffusion_model.input_blocks.0.0.weight"] = tensors.begin()->second;
    } else {
        tensors = diffusersAutoencoder(source, scheme == "diffusers"       ? Attention::Recent
                                               : scheme == "old diffusers" ? Attention::Old
                                                                           : Attention::OldLines);
    }
    writeWeights(path(file), tensors,
                 folder.isEmpty() ? std::vector<std::string>() : std::vector{folder.toStdString()});

    SemiGdaNetworks networks = randomNetworks(narrowPaper(), 2);
    SemiGdaNetworks before = randomNetworks(narrowPaper(), 2);
    const auto loaded = loadStartingWeights(networks, path(file));
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.english().c_str());
    QVERIFY(!loaded->hasMapping && !loaded->hasCnn && !loaded->hasAdapters);
    QCOMPARE(firstDifference(source, networks, isPrior), std::string());
    QCOMPARE(firstDifference(before, networks, [](const std::string &name) { return !isPrior(name); }), std::string());

    torch::NoGradGuard noGrad;
    const torch::Tensor image = torch::rand({1, 3, 32, 32}) * 2.0 - 1.0;
    const torch::Tensor moments = source->prior->encode(image).moments;
    QVERIFY(torch::equal(networks->prior->encode(image).moments, moments));
    QVERIFY(!torch::equal(before->prior->encode(image).moments, moments));
    const torch::Tensor latent = moments.narrow(1, 0, 4);
    QVERIFY(torch::equal(networks->prior->decode(latent), source->prior->decode(latent)));
}

void tst_StartingWeights::semigdaCheckpoint_isLoaded_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("prefix");
    QTest::addColumn<QByteArray>("folder");
    QTest::addColumn<bool>("hasCounters");
    QTest::newRow("reference, stage 2") << QByteArray("best_model_434.pth") << QByteArray() << QByteArray("model")
                                        << true;
    QTest::newRow("in several GPUs' wrapper")
        << QByteArray("x.pth") << QByteArray("module.") << QByteArray("state_dict") << true;
    QTest::newRow("bare") << QByteArray("x.pth") << QByteArray() << QByteArray() << true;
    QTest::newRow("safetensors") << QByteArray("x.safetensors") << QByteArray() << QByteArray() << true;
    QTest::newRow("golden file") << QByteArray("x.safetensors") << QByteArray("weights.") << QByteArray() << false;
}

void tst_StartingWeights::semigdaCheckpoint_isLoaded()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, prefix);
    QFETCH(QByteArray, folder);
    QFETCH(bool, hasCounters);
    SemiGdaNetworks source = randomNetworks(narrowPaper(), 1);
    Tensors tensors = tensorsOf(source);
    if (!hasCounters) {
        std::erase_if(tensors, [](const auto &entry) { return entry.first.ends_with("num_batches_tracked"); });
    }
    tensors["seg_head.0.weight"] = tensors.begin()->second; // the reference's is not used
    writeWeights(path(file), withPrefix(prefix.toStdString(), tensors),
                 folder.isEmpty() ? std::vector<std::string>() : std::vector{folder.toStdString()});
    SemiGdaNetworks networks = randomNetworks(narrowPaper(), 2);
    const auto loaded = loadStartingWeights(networks, path(file));
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.english().c_str());
    QVERIFY(loaded->hasMapping && loaded->hasCnn && loaded->hasAdapters);
    QCOMPARE(firstDifference(source, networks, [](const std::string &) { return true; }), std::string());
    torch::NoGradGuard noGrad;
    const torch::Tensor image = torch::rand({1, 3, 32, 32});
    QVERIFY(torch::equal(bothBranches(networks, image), bothBranches(source, image)));
}

void tst_StartingWeights::otherPrecisions_areConverted()
{
    const SemiGdaNetworks source = randomNetworks(narrowPaper(), 1);
    for (const auto type : {torch::kFloat16, torch::kBFloat16, torch::kFloat64}) {
        Tensors tensors = ldmAutoencoder(source);
        for (auto &[name, raw] : tensors) {
            raw = toRaw(fromRaw(raw).to(type));
        }
        for (const char *file : {"x.safetensors", "x.ckpt"}) {
            writeWeights(path(file), tensors);
            SemiGdaNetworks networks = randomNetworks(narrowPaper(), 2);
            const auto loaded = loadStartingWeights(networks, path(file));
            QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.english().c_str());
            for (const auto &[name, raw] : ldmAutoencoder(networks)) {
                QVERIFY(raw.type == TensorType::Float32);
                QVERIFY2(torch::equal(fromRaw(raw), fromRaw(tensors.at(name)).to(torch::kFloat32)), name.c_str());
            }
        }
    }
}

void tst_StartingWeights::transposedWeights_areLoaded()
{
    // A model that was saved in channels_last memory has its weights so in the file.
    const SemiGdaNetworks source = randomNetworks(narrowPaper(), 1);
    TorchArchiveWriter writer;
    writer.pickle.beginOrderedDict();
    for (const auto &[name, raw] : ldmAutoencoder(source)) {
        writer.pickle.text(name);
        if (raw.shape.size() != 4) {
            writer.tensor(raw);
            continue;
        }
        const torch::Tensor last = fromRaw(raw).permute({0, 2, 3, 1}).contiguous();
        const RawTensor stored = toRaw(last);
        writer.view(writer.storage({reinterpret_cast<const char *>(stored.bytes.data()), stored.bytes.size()}),
                    "FloatStorage", last.numel(), 0, raw.shape, last.permute({0, 3, 1, 2}).strides().vec());
    }
    writer.pickle.endDict();
    writer.write(path("x.ckpt"));
    SemiGdaNetworks networks = randomNetworks(narrowPaper(), 2);
    const auto loaded = loadStartingWeights(networks, path("x.ckpt"));
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.english().c_str());
    QCOMPARE(firstDifference(source, networks, isPrior), std::string());
}

void tst_StartingWeights::latentScale_isTakenOver()
{
    const SemiGdaNetworks source = randomNetworks(NetworkShape::compact(), 1);
    const std::vector<std::pair<std::string, double>> scales{{"0.75", 0.75},   {"", 0.18215},    {"-1", 0.18215},
                                                             {"nan", 0.18215}, {"inf", 0.18215}, {"half", 0.18215},
                                                             {"0,75", 0.75}};
    for (const auto &[text, expected] : scales) {
        TensorFile file;
        file.tensors = ldmAutoencoder(source);
        if (!text.empty()) {
            file.metadata["latent_scale"] = text;
        }
        QVERIFY(writeSafetensors(path("x.safetensors"), file).has_value());
        SemiGdaNetworks networks = randomNetworks(NetworkShape::compact(), 2);
        const auto loaded = loadStartingWeights(networks, path("x.safetensors"));
        QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.english().c_str());
        QCOMPARE(networks->shape().latentScale, expected);
        QCOMPARE(firstDifference(source, networks, isPrior), std::string());
    }
}

void tst_StartingWeights::theLikeliestAutoencoder_isTaken()
{
    // As in Stable Video Diffusion, whose conditioning has an autoencoder of its own.
    const SemiGdaNetworks source = randomNetworks(narrowPaper(), 1);
    const SemiGdaNetworks other = randomNetworks(narrowPaper(), 3);
    Tensors tensors = withPrefix("first_stage_model.", ldmAutoencoder(source));
    tensors.merge(withPrefix("conditioner.embedders.3.encoder.", ldmAutoencoder(other)));
    tensors.merge(withPrefix("ema.", ldmAutoencoder(other)));
    writeWeights(path("x.safetensors"), tensors);
    SemiGdaNetworks networks = randomNetworks(narrowPaper(), 2);
    const auto loaded = loadStartingWeights(networks, path("x.safetensors"));
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.english().c_str());
    QCOMPARE(firstDifference(source, networks, isPrior), std::string());
}

void tst_StartingWeights::otherWidths_areBothNamed()
{
    const SemiGdaNetworks source = randomNetworks(narrowPaper(), 1);
    for (const char *file : {"x.safetensors", "x.ckpt"}) {
        for (const bool isDiffusers : {false, true}) {
            writeWeights(path(file),
                         isDiffusers ? diffusersAutoencoder(source, Attention::Recent) : ldmAutoencoder(source));
            SemiGdaNetworks networks = randomNetworks(NetworkShape::compact(), 2);
            const auto loaded = loadStartingWeights(networks, path(file));
            QVERIFY(!loaded.has_value());
            const std::string &message = loaded.error().message.english();
            QVERIFY2(message.find("8, 16, 16, 16") != std::string::npos, message.c_str());
            QVERIFY2(message.find("32, 64, 96") != std::string::npos, message.c_str());
            QVERIFY2(message.find(path(file).string()) == 0, message.c_str());
        }
    }
}

void tst_StartingWeights::whatDoesNotFit_isRefused_data()
{
    using Change = std::function<void(Tensors &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("isDiffusers");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *says, bool isDiffusers, const Change &change) {
        QTest::newRow(name) << change << isDiffusers << QString::fromLatin1(says);
    };
    const auto both = [](const Tensors &tensors) { return withPrefix("vae_model.", tensors); };
    row("a bias is missing", "it has no \"encoder.down.1.block.0.norm2.bias\"", false,
        [](Tensors &t) { t.erase("encoder.down.1.block.0.norm2.bias"); });
    row("a bias is missing in diffusers' names", "it has no \"decoder.up_blocks.2.resnets.0.norm1.bias\"", true,
        [](Tensors &t) { t.erase("decoder.up_blocks.2.resnets.0.norm1.bias"); });
    row("no quant_conv", "it has no \"quant_conv.weight\"", false, [](Tensors &t) {
        t.erase("quant_conv.weight");
        t.erase("quant_conv.bias");
    });
    row("another shape", "\"encoder.conv_out.weight\" has the shape 16 x 8 x 3 x 3 in place of 8 x 16 x 3 x 3", false,
        [](Tensors &t) { std::swap(t["encoder.conv_out.weight"].shape[0], t["encoder.conv_out.weight"].shape[1]); });
    row("a scalar", "\"decoder.conv_out.bias\" has the shape a single number in place of 3", false, [](Tensors &t) {
        t["decoder.conv_out.bias"] = {TensorType::Float32, {}, std::vector<std::byte>(4)};
    });
    row("a linear layer of other width", "shape 16 x 15 in place of 16 x 16 x 1 x 1", true, [](Tensors &t) {
        t["encoder.mid_block.attentions.0.to_q.weight"] = {
            TensorType::Float32, {16, 15}, std::vector<std::byte>(16 * 15 * 4)};
    });
    row("another block", "they have no \"decoder.up.0.block.2.conv1.weight\"", false,
        [](Tensors &t) { t["decoder.up.0.block.2.conv1.weight"] = t["decoder.up.0.block.1.conv1.weight"]; });
    row("attention on a level", "they have no \"encoder.down.3.attn.0.q.weight\"", false,
        [](Tensors &t) { t["encoder.down.3.attn.0.q.weight"] = t["encoder.mid.attn_1.q.weight"]; });
    row("another level", "levels have 8, 16, 16, 16, 16 channels", true, [](Tensors &t) {
        t["encoder.down_blocks.4.resnets.0.conv1.weight"] = t["encoder.down_blocks.3.resnets.0.conv1.weight"];
    });
    row("whole numbers", "\"encoder.conv_in.weight\" holds whole numbers (", false, [](Tensors &t) {
        RawTensor &raw = t["encoder.conv_in.weight"];
        raw = {TensorType::UInt8, raw.shape, std::vector<std::byte>(raw.bytes.size() / 4)};
    });
    row("not a number", "undefined numbers in \"decoder.norm_out.bias\"", false, [](Tensors &t) {
        t["decoder.norm_out.bias"] = withFirst(t["decoder.norm_out.bias"], std::numeric_limits<float>::quiet_NaN());
    });
    row("infinity", "undefined numbers in \"decoder.norm_out.bias\"", false, [](Tensors &t) {
        t["decoder.norm_out.bias"] = withFirst(t["decoder.norm_out.bias"], std::numeric_limits<float>::infinity());
    });
    row("no autoencoder", "holds no autoencoder", false, [](Tensors &t) { t.erase("encoder.conv_in.weight"); });
    row("only a longer name", "holds no autoencoder", false, [](Tensors &t) { t = withPrefix("text_", t); });
    row("several autoencoders", "more than one autoencoder (\"first.\" and \"second.\")", false, [](Tensors &t) {
        Tensors two = withPrefix("first.", t);
        two.merge(withPrefix("second.", t));
        t = two;
    });
    row("stage 1 of the reference", "of stage 1 but no autoencoder", false, [](Tensors &t) {
        t = tensorsOf(randomNetworks(narrowPaper(), 1));
        std::erase_if(t, [](const auto &entry) { return entry.first.starts_with(Prior); });
    });
    row("half an adapter", "it has no \"vae_model.decoder.Jump_cnn.0.norm1.weight\"", false, [both](Tensors &t) {
        t = both(t);
        for (const auto &[name, raw] : tensorsOf(randomNetworks(narrowPaper(), 1))) {
            if (name.starts_with("vae_model.decoder.Jump_vae.")) {
                t[name] = raw;
            }
        }
    });
    row("half a mapping model", "it has no \"mapping_model.conv1_0.", false, [both](Tensors &t) {
        t = both(t);
        t["mapping_model.input_blocks.weight"] =
            tensorsOf(randomNetworks(narrowPaper(), 1)).at("mapping_model.input_blocks.weight");
        t["mapping_model.input_blocks.bias"] =
            tensorsOf(randomNetworks(narrowPaper(), 1)).at("mapping_model.input_blocks.bias");
    });
    row("a mapping model of other width", "\"mapping_model.input_blocks.weight\" has the shape 16 x 4 x 3 x 3", false,
        [](Tensors &t) {
            NetworkShape wider = narrowPaper();
            wider.mappingWidth = 16;
            t = tensorsOf(randomNetworks(wider, 1));
        });
    row("a CNN of other depth", "they have no \"resnet.layer1.1.", false, [](Tensors &t) {
        NetworkShape deeper = narrowPaper();
        deeper.cnnBlocks = {2, 2, 1};
        t = tensorsOf(randomNetworks(deeper, 1));
    });
}

void tst_StartingWeights::whatDoesNotFit_isRefused()
{
    QFETCH(std::function<void(Tensors &)>, change);
    QFETCH(bool, isDiffusers);
    QFETCH(QString, says);
    const SemiGdaNetworks source = randomNetworks(narrowPaper(), 1);
    Tensors tensors = isDiffusers ? diffusersAutoencoder(source, Attention::Recent) : ldmAutoencoder(source);
    change(tensors);
    for (const char *file : {"x.safetensors", "x.ckpt"}) {
        writeWeights(path(file), tensors);
        SemiGdaNetworks networks = randomNetworks(narrowPaper(), 2);
        const auto loaded = loadStartingWeights(networks, path(file));
        QVERIFY(!loaded.has_value());
        const QString message = QString::fromStdString(loaded.error().message.english());
        QVERIFY2(message.contains(says), qPrintable(message));
        QVERIFY2(message.startsWith(QString::fromStdString(path(file).string())), qPrintable(message));
        QVERIFY2(message.endsWith(QLatin1Char('.')) && !message.contains(QLatin1Char('\n')), qPrintable(message));
        if (!says.startsWith(QStringLiteral("undefined"))) {
            const SemiGdaNetworks before = randomNetworks(narrowPaper(), 2);
            QCOMPARE(firstDifference(before, networks, [](const std::string &) { return true; }), std::string());
        }
    }
}

void tst_StartingWeights::otherFiles_areRefused_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *file, const QByteArray &bytes, const char *says) {
        QTest::newRow(name) << QByteArray(file) << bytes << QString::fromLatin1(says);
    };
    row("nothing", "x.ckpt", "", "neither a safetensors file nor a PyTorch checkpoint");
    row("an empty safetensors file", "x.safetensors", "", "not a whole safetensors file");
    // The magic number of torch.save before PyTorch 1.6, pickled.
    row("old format", "x.pt", QByteArray::fromHex("80028a0a6cfc9c46f9206aa850192e80024de903"), "old format");
    row("a pickle", "x.ckpt", "\x80\x04K\x01.", "plain pickle");
    row("Git LFS pointer", "x.safetensors.ckpt", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n",
        "Git LFS pointer");
    row("a web page", "x.ckpt", "<!DOCTYPE html><html>Not found</html>", "neither");
    row("JSON", "config.json", "{\"a\": 5, {\"b\": 1}}", "neither");
    row("a zip archive", "x.pth", QByteArray("PK\x03\x04 cut off"), "not a whole PyTorch checkpoint");
}

void tst_StartingWeights::otherFiles_areRefused()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    std::ofstream(path(file), std::ios::binary) << bytes.toStdString();
    SemiGdaNetworks networks(narrowPaper());
    const auto loaded = loadStartingWeights(networks, path(file));
    QVERIFY(!loaded.has_value());
    const QString message = QString::fromStdString(loaded.error().message.english());
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY2(message.startsWith(QString::fromStdString(path(file).string())), qPrintable(message));
    const auto missing = loadStartingWeights(networks, path("nowhere.ckpt"));
    QVERIFY(!missing.has_value() && missing.error().code == core::ErrorCode::NotFound);
    QVERIFY(!loadStartingWeights(networks, m_folder->path().toStdString()).has_value());
}

QTEST_GUILESS_MAIN(tst_StartingWeights)
#include "tst_StartingWeights.moc"
