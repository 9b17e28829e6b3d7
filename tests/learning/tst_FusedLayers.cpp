// SPDX-License-Identifier: Apache-2.0
#include "learning/AdamStep_p.h"
#include "learning/FusedLayers_p.h"
#include "learning/NetworkNorm_p.h"
#include "learning/Optimiser_p.h"

#include <QtTest/QTest>

#include <limits>

using namespace semigda;
using namespace semigda::learning;

namespace
{

double relativeDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    const double scale = std::max(1e-3, b.to(torch::kFloat64).abs().max().item<double>());
    return (a.to(torch::kFloat64) - b.to(torch::kFloat64)).abs().max().item<double>() / scale;
}

torch::nn::BatchNorm2d someNorm(int channels)
{
    torch::nn::BatchNorm2d norm(channels);
    torch::NoGradGuard noGrad;
    norm->weight.normal_();
    norm->bias.normal_();
    norm->running_mean.normal_();
    norm->running_var.uniform_(0.5, 2.0);
    return norm;
}

struct Outcome
{
    std::vector<torch::Tensor> tensors; ///< y, gradients of x, weight, bias and what was added, statistics
};

/// The layers one by one, which is what the other layout gets.
constexpr auto OneByOne = torch::MemoryFormat::Contiguous;
constexpr auto Fused = torch::MemoryFormat::ChannelsLast;

} // namespace

class tst_FusedLayers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void norm_isThatOfTheLayers_data();
    void norm_isThatOfTheLayers();
    void norm_survivesALargeMean();
    void norm_predictsAsTheLayersDo_data();
    void norm_predictsAsTheLayersDo();
    void norm_keepsWhatIsNoNumber();
    void norm_doesNotDependOnThreads();
    void silu_isThatOfTheLayers_data();
    void silu_isThatOfTheLayers();
    void silu_reachesItsLimits();
    void silu_keepsWhatIsNoNumber();
    void prelu_isThatOfTheLayer_data();
    void prelu_isThatOfTheLayer();
    void adam_isThatOfLibTorch();
    void adam_clipsAsLibTorchDoes();
    void adam_leavesAloneWhatTheLossDidNotReach();
    void adam_goesOnFromASavedState();
    void adam_refusesWhatIsNoNumber();
};

void tst_FusedLayers::norm_isThatOfTheLayers_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("side");
    QTest::addColumn<bool>("isAdded");
    QTest::addColumn<double>("slope");
    QTest::addColumn<bool>("isBFloat16");
    for (const bool isBFloat16 : {false, true}) {
        const char *type = isBFloat16 ? "bfloat16" : "float32";
        QTest::addRow("relu, %s", type) << 8 << 9 << false << 0.0 << isBFloat16;
        QTest::addRow("relu of a sum, %s", type) << 24 << 16 << true << 0.0 << isBFloat16;
        QTest::addRow("leaky, %s", type) << 5 << 7 << false << 0.01 << isBFloat16;
        QTest::addRow("none, %s", type) << 3 << 12 << true << 1.0 << isBFloat16;
        QTest::addRow("many blocks, %s", type) << 40 << 64 << true << 0.0 << isBFloat16;
        QTest::addRow("one pixel, %s", type) << 16 << 1 << false << 0.0 << isBFloat16;
        QTest::addRow("one channel, %s", type) << 1 << 10 << true << 0.0 << isBFloat16;
    }
}

void tst_FusedLayers::norm_isThatOfTheLayers()
{
    QFETCH(const int, channels);
    QFETCH(const int, side);
    QFETCH(const bool, isAdded);
    QFETCH(const double, slope);
    QFETCH(const bool, isBFloat16);
    torch::manual_seed(3);
    torch::nn::BatchNorm2d norm = someNorm(channels);
    const torch::Tensor mean = norm->running_mean.clone();
    const torch::Tensor variance = norm->running_var.clone();
    const auto coarse = [&](double scale, double shift) {
        // Numbers that bfloat16 has, so that both are given the same.
        return (torch::randn({4, channels, side, side}) * scale + shift).to(torch::kBFloat16);
    };
    const torch::Tensor x = coarse(2.0, 0.7);
    const torch::Tensor added = coarse(1.0, -0.2);
    const torch::Tensor upper = coarse(1.0, 0.1);
    const auto run = [&](torch::MemoryFormat layout, torch::ScalarType type) {
        norm->zero_grad();
        torch::NoGradGuard noGrad;
        norm->running_mean.copy_(mean);
        norm->running_var.copy_(variance);
        norm->num_batches_tracked.zero_();
        const torch::AutoGradMode withGradients(true);
        torch::Tensor in = x.to(type).clone(layout).set_requires_grad(true);
        torch::Tensor more = added.to(type).clone(layout).set_requires_grad(true);
        const torch::Tensor y = normActivate(norm, in, isAdded ? more : torch::Tensor(), slope);
        y.backward(upper.to(type).contiguous(layout));
        return Outcome{{y.detach(), in.grad(), norm->weight.grad().clone(), norm->bias.grad().clone(),
                        isAdded ? more.grad() : torch::zeros({1}), norm->running_mean.clone(),
                        norm->running_var.clone(), norm->num_batches_tracked.clone()}};
    };
    const Outcome exact = run(OneByOne, torch::kFloat32);
    const Outcome ours = run(Fused, isBFloat16 ? torch::kBFloat16 : torch::kFloat32);
    for (std::size_t i = 0; i < exact.tensors.size(); ++i) {
        const double difference = relativeDifference(ours.tensors[i], exact.tensors[i]);
        QVERIFY2(difference < (isBFloat16 ? 0.012 : 2e-5), qPrintable(QStringLiteral("%1: %2").arg(i).arg(difference)));
    }
    if (side > 1 && channels > 1) { // otherwise there is no other layout
        QVERIFY(ours.tensors[0].is_contiguous(torch::MemoryFormat::ChannelsLast));
        QVERIFY(!ours.tensors[0].is_contiguous());
    }
}

void tst_FusedLayers::norm_survivesALargeMean()
{
    torch::manual_seed(4);
    torch::nn::BatchNorm2d norm(4);
    const torch::Tensor x = torch::randn({2, 4, 32, 32}) + 3000.0;
    const torch::Tensor last = normActivate(norm, x.contiguous(Fused), {}, 1.0).detach();
    const torch::Tensor exact = (x.to(torch::kFloat64) - x.to(torch::kFloat64).mean({0, 2, 3}, true))
                                / (x.to(torch::kFloat64).var({0, 2, 3}, false, true) + 1e-5).sqrt();
    // As near as a number of that size can be told in single precision.
    QVERIFY2(relativeDifference(last, exact) < 5e-4, qPrintable(QString::number(relativeDifference(last, exact))));
    // Distances to the mean add up to nothing, unless it is the mean rounded to a float.
    normActivate(norm, x.contiguous(Fused), {}, 1.0).sum().backward();
    const double rest = norm->weight.grad().abs().max().item<double>();
    QVERIFY2(rest < 0.01, qPrintable(QString::number(rest)));
}

void tst_FusedLayers::norm_predictsAsTheLayersDo_data()
{
    QTest::addColumn<bool>("isBFloat16");
    QTest::newRow("float32") << false;
    QTest::newRow("bfloat16") << true;
}

void tst_FusedLayers::norm_predictsAsTheLayersDo()
{
    QFETCH(const bool, isBFloat16);
    torch::manual_seed(5);
    torch::nn::BatchNorm2d norm = someNorm(12);
    norm->eval();
    const torch::Tensor x = torch::randn({3, 12, 11, 11}).to(torch::kBFloat16);
    const torch::Tensor added = torch::randn({3, 12, 11, 11}).to(torch::kBFloat16);
    const torch::ScalarType type = isBFloat16 ? torch::kBFloat16 : torch::kFloat32;
    const torch::Tensor mean = norm->running_mean.clone();
    torch::NoGradGuard noGrad;
    const torch::Tensor exact =
        normActivate(norm, x.to(torch::kFloat32), added.to(torch::kFloat32)); // not in the fused layout
    const torch::Tensor ours = normActivate(norm, x.to(type).contiguous(Fused), added.to(type).contiguous(Fused));
    QVERIFY(ours.scalar_type() == type);
    QVERIFY(relativeDifference(ours, exact) < (isBFloat16 ? 0.01 : 1e-5));
    QVERIFY2(torch::equal(norm->running_mean, mean), "predicting must not change statistics");
    QCOMPARE(norm->num_batches_tracked.item<std::int64_t>(), std::int64_t{0});
    // With gradients but fixed statistics the layers run one by one.
    const torch::AutoGradMode withGradients(true);
    torch::Tensor in = x.to(torch::kFloat32).contiguous(Fused).set_requires_grad(true);
    normActivate(norm, in).sum().backward();
    const torch::Tensor fixed = norm->weight.detach() / (norm->running_var + 1e-5).sqrt();
    const torch::Tensor expected = (normActivate(norm, in) > 0).to(torch::kFloat32) * fixed.view({1, 12, 1, 1});
    QVERIFY(relativeDifference(in.grad(), expected) < 1e-5);
}

void tst_FusedLayers::norm_keepsWhatIsNoNumber()
{
    for (const auto type : {torch::kFloat32, torch::kBFloat16}) {
        for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            for (const int row : {0, 3}) {
                torch::nn::BatchNorm2d norm(6);
                torch::Tensor x = torch::rand({2, 6, 4, 4}).contiguous(Fused);
                x[0][2][row][0] = bad;
                const torch::Tensor y = normActivate(norm, x.to(type), {});
                QVERIFY(y.to(torch::kFloat32).select(1, 2).isnan().any().item<bool>());
                QVERIFY(!y.to(torch::kFloat32).select(1, 1).isnan().any().item<bool>());
            }
        }
    }
}

void tst_FusedLayers::norm_doesNotDependOnThreads()
{
    torch::manual_seed(6);
    const torch::Tensor x = torch::randn({5, 24, 70, 70}).contiguous(Fused);
    const torch::Tensor upper = torch::randn_like(x);
    const int threads = at::get_num_threads();
    std::vector<torch::Tensor> gradients;
    for (const int count : {1, 2, 3}) {
        at::set_num_threads(count);
        torch::nn::BatchNorm2d norm(24);
        torch::Tensor in = x.clone().set_requires_grad(true);
        normActivate(norm, in).backward(upper);
        gradients.push_back(in.grad());
        gradients.push_back(norm->weight.grad());
    }
    at::set_num_threads(threads);
    for (std::size_t i = 2; i < gradients.size(); ++i) {
        QVERIFY(torch::equal(gradients[i], gradients[i % 2]));
    }
}

void tst_FusedLayers::silu_isThatOfTheLayers_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("groups");
    QTest::addColumn<int>("side");
    QTest::addColumn<bool>("isBFloat16");
    for (const bool isBFloat16 : {false, true}) {
        const char *type = isBFloat16 ? "bfloat16" : "float32";
        QTest::addRow("channels of their own, %s", type) << 8 << 8 << 9 << isBFloat16;
        QTest::addRow("groups, %s", type) << 36 << 4 << 21 << isBFloat16;
        QTest::addRow("one group, %s", type) << 5 << 1 << 6 << isBFloat16;
        QTest::addRow("large, %s", type) << 64 << 8 << 48 << isBFloat16;
    }
}

void tst_FusedLayers::silu_isThatOfTheLayers()
{
    QFETCH(const int, channels);
    QFETCH(const int, groups);
    QFETCH(const int, side);
    QFETCH(const bool, isBFloat16);
    torch::manual_seed(9);
    ImageNorm norm(channels, groups);
    {
        torch::NoGradGuard noGrad;
        norm->weight.normal_();
        norm->bias.normal_();
    }
    const torch::Tensor x = (torch::randn({3, channels, side, side}) * 2.0 + 1.0).to(torch::kBFloat16);
    const torch::Tensor upper = torch::randn({3, channels, side, side}).to(torch::kBFloat16);
    const auto run = [&](torch::ScalarType type, torch::MemoryFormat layout, bool isExact) {
        norm->zero_grad();
        torch::Tensor in = x.to(type).clone(layout).set_requires_grad(true);
        const torch::Tensor y = isExact ? torch::silu(torch::group_norm(in, groups, norm->weight, norm->bias, 1e-6))
                                        : norm->forwardSilu(in);
        y.backward(upper.to(type).contiguous(layout));
        return std::vector<torch::Tensor>{y.detach(), in.grad(), norm->weight.grad().clone(),
                                          norm->bias.grad().clone()};
    };
    const auto exact = run(torch::kFloat32, OneByOne, true);
    const auto ours = run(isBFloat16 ? torch::kBFloat16 : torch::kFloat32, Fused, false);
    const auto unfused = run(torch::kFloat32, OneByOne, false);
    for (std::size_t i = 0; i < exact.size(); ++i) {
        const double difference = relativeDifference(ours[i], exact[i]);
        QVERIFY2(difference < (isBFloat16 ? 0.012 : 2e-5), qPrintable(QStringLiteral("%1: %2").arg(i).arg(difference)));
        QVERIFY(relativeDifference(unfused[i], exact[i]) < 1e-6);
    }
    torch::NoGradGuard noGrad;
    QVERIFY(torch::equal(norm->forwardSilu(x.to(ours[0].scalar_type()).contiguous(Fused)), ours[0]));
}

void tst_FusedLayers::silu_reachesItsLimits()
{
    // What a norm hands on is rarely beyond ten, but nothing forbids a weight that makes it so.
    ImageNorm norm(2, 1);
    torch::NoGradGuard noGrad;
    const torch::Tensor x = torch::linspace(-1.7, 1.7, 2 * 16 * 16).view({1, 16, 16, 2}).permute({0, 3, 1, 2});
    for (const double weight : {1.0, 30.0, 1e3, 1e20}) {
        norm->weight.fill_(weight);
        const torch::Tensor exact = torch::silu(norm(x).to(torch::kFloat64));
        const torch::Tensor ours = norm->forwardSilu(x).to(torch::kFloat64);
        QVERIFY((ours - exact).abs().le(exact.abs() * 1e-5 + 1e-6).all().item<bool>());
    }
    // Its slope does not leave [-0.1, 1.1], so the gradient of the bias cannot leave that times the pixels.
    const torch::AutoGradMode withGradients(true);
    norm->weight.set_data(torch::full({2}, 1e20F));
    norm->forwardSilu(x.detach()).sum().backward();
    QVERIFY(norm->bias.grad().isfinite().all().item<bool>());
    QVERIFY(norm->bias.grad().abs().max().item<double>() < 1.1 * 256);
    QVERIFY(norm->bias.grad().abs().max().item<double>() > 0.2 * 256);
}

void tst_FusedLayers::silu_keepsWhatIsNoNumber()
{
    for (const auto type : {torch::kFloat32, torch::kBFloat16}) {
        ImageNorm norm(4, 2);
        torch::Tensor x = torch::rand({2, 4, 4, 4}).contiguous(Fused);
        x[1][3][2][1] = std::numeric_limits<float>::quiet_NaN();
        const torch::Tensor y = norm->forwardSilu(x.to(type)).to(torch::kFloat32);
        QVERIFY(y[1].narrow(0, 2, 2).isnan().all().item<bool>());
        QVERIFY(!y[0].isnan().any().item<bool>());
        QVERIFY(!y[1].narrow(0, 0, 2).isnan().any().item<bool>());
    }
}

void tst_FusedLayers::prelu_isThatOfTheLayer_data()
{
    QTest::addColumn<bool>("isBFloat16");
    QTest::addColumn<bool>("isChannelsLast");
    QTest::newRow("float32") << false << true;
    QTest::newRow("bfloat16") << true << true;
    QTest::newRow("float32, other layout") << false << false;
    QTest::newRow("bfloat16, other layout") << true << false;
}

void tst_FusedLayers::prelu_isThatOfTheLayer()
{
    QFETCH(const bool, isBFloat16);
    QFETCH(const bool, isChannelsLast);
    torch::manual_seed(7);
    const auto layout = isChannelsLast ? Fused : OneByOne;
    torch::nn::PReLU activation;
    const torch::Tensor coarse = torch::randn({4, 32, 40, 40}).to(torch::kBFloat16);
    const torch::Tensor upper = torch::randn({4, 32, 40, 40}).to(torch::kBFloat16);
    torch::Tensor in = coarse.to(torch::kFloat32).set_requires_grad(true);
    activation(in).backward(upper.to(torch::kFloat32));
    const torch::Tensor exactY = activation(in).detach();
    const torch::Tensor exactX = in.grad();
    const torch::Tensor exactSlope = activation->weight.grad().clone();
    activation->zero_grad();
    const auto type = isBFloat16 ? torch::kBFloat16 : torch::kFloat32;
    torch::Tensor ours = coarse.to(type).clone(layout).set_requires_grad(true);
    const torch::Tensor y = activate(activation, ours);
    // The gradient comes in the other layout, as some layers hand it down.
    y.backward(upper.to(type).contiguous(isChannelsLast ? OneByOne : Fused));
    const double tolerance = isBFloat16 ? 0.005 : 1e-5;
    QVERIFY(y.scalar_type() == type);
    QVERIFY(relativeDifference(y.detach(), exactY) < tolerance);
    QVERIFY(relativeDifference(ours.grad(), exactX) < tolerance);
    QVERIFY2(relativeDifference(activation->weight.grad(), exactSlope) < 1e-4,
             qPrintable(QString::number(relativeDifference(activation->weight.grad(), exactSlope))));
}

namespace
{

std::vector<torch::Tensor> someParameters()
{
    torch::manual_seed(8);
    std::vector<torch::Tensor> parameters{torch::randn({24, 16, 3, 3}).contiguous(torch::MemoryFormat::ChannelsLast),
                                          torch::randn({40000}), torch::randn({7}), torch::randn({8, 8, 1, 1})};
    for (torch::Tensor &each : parameters) {
        each.set_requires_grad(true);
    }
    return parameters;
}

std::vector<torch::Tensor> copiesOf(const std::vector<torch::Tensor> &parameters)
{
    std::vector<torch::Tensor> copies;
    for (const torch::Tensor &each : parameters) {
        copies.push_back(each.detach().clone().set_requires_grad(true));
    }
    return copies;
}

/// The first in another layout than its parameter, as the backward pass may leave it.
void giveGradients(std::vector<torch::Tensor> &a, std::vector<torch::Tensor> &b, double scale)
{
    for (std::size_t i = 0; i < a.size(); ++i) {
        const torch::Tensor gradient = torch::randn(a[i].sizes()) * scale;
        a[i].mutable_grad() = gradient.clone();
        b[i].mutable_grad() = gradient.clone();
    }
}

} // namespace

void tst_FusedLayers::adam_isThatOfLibTorch()
{
    std::vector<torch::Tensor> ours = someParameters();
    std::vector<torch::Tensor> theirs = copiesOf(ours);
    Optimiser optimiser(ours, 0.01, 0.05, true);
    torch::optim::AdamW reference(theirs, torch::optim::AdamWOptions(0.01).weight_decay(0.05));
    for (int step = 0; step < 30; ++step) {
        giveGradients(ours, theirs, 0.02);
        const double rate = 0.01 / (1.0 + step);
        optimiser.setRate(rate);
        reference.param_groups()[0].options().set_lr(rate);
        QVERIFY(optimiser.step());
        reference.step();
    }
    for (std::size_t i = 0; i < ours.size(); ++i) {
        QVERIFY2(relativeDifference(ours[i].detach(), theirs[i].detach()) < 2e-6,
                 qPrintable(QString::number(relativeDifference(ours[i].detach(), theirs[i].detach()))));
    }
}

void tst_FusedLayers::adam_clipsAsLibTorchDoes()
{
    std::vector<torch::Tensor> ours = someParameters();
    std::vector<torch::Tensor> theirs = copiesOf(ours);
    Optimiser optimiser(ours, 0.01, 0.0, true);
    torch::optim::AdamW reference(theirs, torch::optim::AdamWOptions(0.01).weight_decay(0.0));
    // The clipped step counts much less than what follows unless it was clipped.
    for (const double scale : {50.0, 0.1, 0.1}) {
        giveGradients(ours, theirs, scale);
        QVERIFY(optimiser.step());
        torch::nn::utils::clip_grad_norm_(theirs, 100.0);
        reference.step();
    }
    for (std::size_t i = 0; i < ours.size(); ++i) {
        QVERIFY(relativeDifference(ours[i].detach(), theirs[i].detach()) < 5e-6);
    }
}

void tst_FusedLayers::adam_leavesAloneWhatTheLossDidNotReach()
{
    std::vector<torch::Tensor> ours = someParameters();
    Optimiser optimiser(ours, 0.01, 0.1, true);
    const torch::Tensor before = ours[1].detach().clone();
    for (std::size_t i : {std::size_t{0}, std::size_t{2}, std::size_t{3}}) {
        ours[i].mutable_grad() = torch::ones(ours[i].sizes());
    }
    const torch::Tensor first = ours[0].detach().clone();
    QVERIFY(optimiser.step());
    QVERIFY(torch::equal(ours[1].detach(), before));
    QVERIFY(!torch::equal(ours[0].detach(), first));
}

void tst_FusedLayers::adam_goesOnFromASavedState()
{
    std::vector<torch::Tensor> ours = someParameters();
    std::vector<torch::Tensor> others = copiesOf(ours);
    Optimiser optimiser(ours, 0.01, 0.01, true);
    giveGradients(ours, others, 0.3);
    QVERIFY(optimiser.step());
    TensorFile file;
    optimiser.store("state", file);
    std::vector<torch::Tensor> resumed = copiesOf(ours);
    Optimiser again(resumed, 0.01, 0.01, true);
    QVERIFY(again.restore("state", file));
    for (int i = 0; i < 3; ++i) {
        giveGradients(ours, resumed, 0.3);
        QVERIFY(optimiser.step());
        QVERIFY(again.step());
    }
    for (std::size_t i = 0; i < ours.size(); ++i) {
        QVERIFY(torch::equal(ours[i].detach(), resumed[i].detach()));
    }
    // LibTorch's own optimiser reads the state, and goes on alike: what older programs have saved is the same.
    std::vector<torch::Tensor> theirs = copiesOf(others);
    torch::optim::AdamW reference(theirs, torch::optim::AdamWOptions(0.01).weight_decay(0.01));
    std::vector<torch::Tensor> fresh = copiesOf(others);
    Optimiser older(fresh, 0.01, 0.01, true);
    giveGradients(theirs, fresh, 0.3);
    reference.step();
    std::ostringstream stream;
    torch::save(reference, stream);
    const std::string bytes = stream.str();
    RawTensor raw;
    raw.type = TensorType::UInt8;
    raw.shape = {static_cast<std::int64_t>(bytes.size())};
    raw.bytes.resize(bytes.size());
    std::memcpy(raw.bytes.data(), bytes.data(), bytes.size());
    TensorFile old;
    old.tensors["state"] = std::move(raw);
    QVERIFY(older.step());
    QVERIFY(older.restore("state", old));
    giveGradients(theirs, fresh, 0.3);
    reference.step();
    QVERIFY(older.step());
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        QVERIFY(relativeDifference(fresh[i].detach(), theirs[i].detach()) < 2e-6);
    }
}

void tst_FusedLayers::adam_refusesWhatIsNoNumber()
{
    std::vector<torch::Tensor> ours = someParameters();
    Optimiser optimiser(ours, 0.01, 0.0, true);
    for (torch::Tensor &each : ours) {
        each.mutable_grad() = torch::ones(each.sizes());
    }
    ours[1].mutable_grad()[39999] = std::numeric_limits<float>::quiet_NaN();
    const torch::Tensor before = ours[0].detach().clone();
    QVERIFY(!optimiser.step());
    QVERIFY(torch::equal(ours[0].detach(), before));
    ours[1].mutable_grad()[39999] = std::numeric_limits<float>::infinity();
    QVERIFY(!optimiser.step());
}

QTEST_GUILESS_MAIN(tst_FusedLayers)
#include "tst_FusedLayers.moc"
