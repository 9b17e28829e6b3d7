// SPDX-License-Identifier: Apache-2.0
// Networks to files and back: their shape as JSON, their tensors by name.
#include "learning/NarrowNetworks.h"
#include "learning/TensorState_p.h"

#include <QtTest/QTest>

#include <torch/torch.h>

using namespace semigda;
using namespace semigda::learning;
using test::bothBranches;
using test::narrowPaper;

class tst_TensorState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shape_comesBackFromJson();
    void shape_refusesNonsense_data();
    void shape_refusesNonsense();
    void state_comesBack();
    void state_ofOtherNetworksIsRefused();
    void state_widensHalfPrecision();
};

void tst_TensorState::shape_comesBackFromJson()
{
    NetworkShape odd = narrowPaper();
    odd.latentScale = 1.0 / 3.0;
    odd.hasLightDecoder = true;
    odd.cnnStemBlocks = 2;
    odd.hasMappingAttention = false;
    for (const NetworkShape &shape : {NetworkShape::paper(), NetworkShape::compact(), odd}) {
        const auto read = NetworkShape::fromJson(shape.toJson());
        QVERIFY2(read.has_value(), read ? "" : read.error().message.english().c_str());
        QVERIFY(*read == shape);
    }
    QVERIFY(!(NetworkShape::paper() == NetworkShape::compact()));
    // Checkpoints from before adapters and stem could be chosen: light adapters came with the light decoder.
    NetworkShape light = NetworkShape::compact();
    light.adapters = AdapterKind::Light;
    light.adaptersSeePixels = false;
    light.cnnStemBlocks = 0;
    light.mappingSeesFeatures = false;
    QString older = QString::fromStdString(light.toJson());
    for (const char *later : {"\"adapters\":\"light\",", "\"adapters_see_pixels\":false,", "\"cnn_stem_blocks\":0,",
                              "\"mapping_sees_features\":false,"}) {
        QVERIFY2(older.contains(QLatin1String(later)), qPrintable(older));
        older.remove(QLatin1String(later));
    }
    const auto read = NetworkShape::fromJson(older.toStdString());
    QVERIFY(read && *read == light);
}

void tst_TensorState::shape_refusesNonsense_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    const auto row = [](const char *from, const char *to) {
        QTest::newRow(to) << QString::fromLatin1(from) << QString::fromLatin1(to);
    };
    row("\"width\":32", "\"width\":-32");
    row("\"width\":32", "\"width\":33");
    row("\"width\":32", "\"width\":\"32\"");
    row("\"width\":32", "\"width\":1000000000");
    row("\"width\":32", "\"breadth\":32");
    row("\"groups\":8", "\"groups\":0");
    row("\"groups\":8", "\"groups\":7");
    row("\"mapping_groups\":8", "\"mapping_groups\":24");
    row("[1,2,3]", "[]");
    row("[1,2,3]", "[1,2,3,4]");
    row("[1,2,3]", "[1,2,300]");
    row("\"mapping_multipliers\":[1,1,2,2]", "\"mapping_multipliers\":[1,1,2]");
    row("\"latent_scale\":0.18215", "\"latent_scale\":0.0");
    row("\"cnn_stem_blocks\":1", "\"cnn_stem_blocks\":-1");
    row("\"adapters\":\"normed\"", "\"adapters\":\"residual\"");
    row("\"adapters\":\"normed\"", "\"adapters\":7");
    row("\"stem_factor\":2", "\"stem_factor\":0");
    row("{", "[");
}

void tst_TensorState::shape_refusesNonsense()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QString json = QString::fromStdString(NetworkShape::compact().toJson());
    QVERIFY(json.contains(from));
    json.replace(from, to);
    const auto read = NetworkShape::fromJson(json.toStdString());
    QVERIFY(!read.has_value());
    QVERIFY(read.error().code == core::ErrorCode::CorruptFile);
}

void tst_TensorState::state_comesBack()
{
    torch::manual_seed(1);
    SemiGdaNetworks a(NetworkShape::compact());
    SemiGdaNetworks b(NetworkShape::compact());
    const torch::Tensor image = torch::rand({2, 3, 32, 32});
    a->train();
    static_cast<void>(a->encodeCnn(image)); // moves batch norm's running statistics
    TensorFile file;
    storeModule(*a, "weights.", file);
    const auto restored = restoreModule(*b, "weights.", file, "x.safetensors");
    QVERIFY2(restored.has_value(), restored ? "" : restored.error().message.english().c_str());
    a->eval();
    b->eval();
    torch::NoGradGuard noGrad;
    QVERIFY(torch::equal(bothBranches(a, image), bothBranches(b, image)));
}

void tst_TensorState::state_ofOtherNetworksIsRefused()
{
    SemiGdaNetworks compact(NetworkShape::compact());
    SemiGdaNetworks paper(narrowPaper());
    TensorFile file;
    storeModule(*compact, "", file);
    const auto wrong = restoreModule(*paper, "", file, "x.safetensors");
    QVERIFY(!wrong.has_value());
    QVERIFY(wrong.error().message.english().find("x.safetensors") != std::string::npos);
    QVERIFY(wrong.error().message.english().find("another shape") != std::string::npos);
    file.tensors.erase("resnet.conv1.weight");
    const auto missing = restoreModule(*compact, "", file, "x.safetensors");
    QVERIFY(!missing.has_value());
    QVERIFY(missing.error().message.english().find("\"resnet.conv1.weight\"") != std::string::npos);
    QVERIFY(restoreModule(*compact, "", file, "x.safetensors", {"resnet."}).has_value());
}

void tst_TensorState::state_widensHalfPrecision()
{
    torch::nn::Linear layer(3, 2);
    for (const auto type : {torch::kFloat16, torch::kBFloat16, torch::kFloat64}) {
        const torch::Tensor weight = torch::tensor({{1.0F, -2.0F, 0.5F}, {0.25F, 4.0F, -8.0F}});
        TensorFile file;
        file.tensors["weight"] = toRaw(weight.to(type));
        file.tensors["bias"] = toRaw(torch::zeros({2}, torch::TensorOptions(type)));
        QVERIFY(restoreModule(*layer, "", file, "x").has_value());
        QVERIFY(layer->weight.scalar_type() == torch::kFloat32);
        QVERIFY(torch::equal(layer->weight, weight));
    }
    const torch::Tensor flags = torch::tensor({true, false, true});
    QVERIFY(torch::equal(fromRaw(toRaw(flags)) > 0, flags));
    QVERIFY(torch::equal(fromRaw(toRaw(torch::arange(6).view({2, 3}).t())), torch::arange(6).view({2, 3}).t()));
}

QTEST_GUILESS_MAIN(tst_TensorState)
#include "tst_TensorState.moc"
