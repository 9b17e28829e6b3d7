// SPDX-License-Identifier: Apache-2.0
// What is computed in bfloat16 is nearly what float32 gives. Autocast works on every processor, so the tests do not ask
// for a fast one.
#include "learning/Precision_p.h"

#include "learning/ClassCodes_p.h"
#include "learning/Losses_p.h"
#include "learning/SemiGdaNetworks_p.h"
#include "learning/UNet_p.h"

#include <QtTest/QTest>

#include <limits>

using namespace semigda::learning;

namespace
{

/// Largest difference as a share of the largest value.
double relativeDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    return ((a - b).abs().max() / b.abs().max().clamp_min(1e-6)).item<double>();
}

/// Cosine of the angle between two lists of gradients.
double cosine(const std::vector<torch::Tensor> &a, const std::vector<torch::Tensor> &b)
{
    double product = 0.0;
    double squaresA = 0.0;
    double squaresB = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        product += (a[i] * b[i]).sum().item<double>();
        squaresA += a[i].square().sum().item<double>();
        squaresB += b[i].square().sum().item<double>();
    }
    return product / std::sqrt(squaresA * squaresB);
}

torch::Tensor someImages()
{
    torch::manual_seed(4);
    return torch::rand({2, 3, 32, 32}).mul(2.0).sub(1.0).contiguous(torch::MemoryFormat::ChannelsLast);
}

} // namespace

class tst_Precision : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void convolutions_areInBFloat16WhileItLives();
    void weightsCastWithoutGradients_areNotFoundAgain();
    void groupNorm_isThatOfFloat32_data();
    void groupNorm_isThatOfFloat32();
    void groupNorm_keepsWhatIsNoNumber();
    void unet_learnsTheSame();
    void branches_learnTheSame();
};

void tst_Precision::convolutions_areInBFloat16WhileItLives()
{
    const torch::Tensor x = torch::rand({1, 4, 8, 8});
    torch::nn::Conv2d convolution(torch::nn::Conv2dOptions(4, 4, 3));
    QVERIFY(convolution(x).scalar_type() == torch::kFloat32);
    {
        const MixedPrecision mixed(torch::kCPU, true);
        QVERIFY(convolution(x).scalar_type() == torch::kBFloat16);
        {
            const MixedPrecision none(torch::kCPU, false);
            QVERIFY(convolution(x).scalar_type() == torch::kBFloat16);
        }
        QVERIFY(convolution(x).scalar_type() == torch::kBFloat16);
    }
    QVERIFY(convolution(x).scalar_type() == torch::kFloat32);
    try {
        const MixedPrecision mixed(torch::kCPU, true);
        throw std::runtime_error("out of memory");
    } catch (const std::runtime_error &) {
        QVERIFY(convolution(x).scalar_type() == torch::kFloat32);
    }
}

void tst_Precision::weightsCastWithoutGradients_areNotFoundAgain()
{
    const torch::Tensor x = torch::rand({1, 4, 8, 8});
    torch::nn::Conv2d convolution(torch::nn::Conv2dOptions(4, 4, 3));
    const MixedPrecision mixed(torch::kCPU, true);
    {
        torch::NoGradGuard noGrad;
        static_cast<void>(convolution(x));
    }
    convolution(x).to(torch::kFloat32).sum().backward();
    QVERIFY(convolution->weight.grad().defined());
    QVERIFY(convolution->weight.grad().scalar_type() == torch::kFloat32);
    // Other weights in the same place, as the averaged ones that the teacher has.
    const torch::Tensor before = convolution(x).detach();
    {
        torch::NoGradGuard noGrad;
        convolution->weight.mul_(2.0);
        convolution->bias.mul_(2.0);
    }
    QVERIFY(torch::allclose(convolution(x), before * 2.0));
}

void tst_Precision::groupNorm_isThatOfFloat32_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("groups");
    QTest::addColumn<int>("side");
    QTest::addColumn<bool>("isChannelsLast");
    QTest::newRow("narrow") << 8 << 8 << 9 << true;
    QTest::newRow("wide") << 96 << 8 << 32 << true;
    QTest::newRow("one group") << 6 << 1 << 5 << true;
    QTest::newRow("one pixel") << 16 << 4 << 1 << true;
    QTest::newRow("the other layout") << 32 << 8 << 16 << false;
}

void tst_Precision::groupNorm_isThatOfFloat32()
{
    QFETCH(const int, channels);
    QFETCH(const int, groups);
    QFETCH(const int, side);
    QFETCH(const bool, isChannelsLast);
    torch::manual_seed(6);
    ImageNorm norm(channels, groups);
    {
        torch::NoGradGuard noGrad;
        norm->weight.normal_();
        norm->bias.normal_();
    }
    const auto layout = isChannelsLast ? torch::MemoryFormat::ChannelsLast : torch::MemoryFormat::Contiguous;
    // Far from zero mean, which squares less their mean would not survive in single precision.
    const torch::Tensor coarse = (torch::randn({3, channels, side, side}) * 0.5 + 3.0).to(torch::kBFloat16);
    const torch::Tensor upper = torch::randn({3, channels, side, side}).to(torch::kBFloat16);
    const auto run = [&](torch::ScalarType type) {
        norm->zero_grad();
        torch::Tensor x = coarse.to(type).contiguous(layout).detach().set_requires_grad(true);
        const torch::Tensor y = norm(x);
        y.backward(upper.to(y.scalar_type()).contiguous(layout));
        return std::vector<torch::Tensor>{y.detach().to(torch::kFloat32), x.grad().to(torch::kFloat32),
                                          norm->weight.grad().clone(), norm->bias.grad().clone()};
    };
    const std::vector<torch::Tensor> exact = run(torch::kFloat32);
    const std::vector<torch::Tensor> ours = run(torch::kBFloat16);
    for (std::size_t i = 0; i < exact.size(); ++i) {
        // Half a unit in the last of eight digits, twice where two numbers were rounded.
        const double difference = relativeDifference(ours[i], exact[i]);
        QVERIFY2(difference < 0.008, qPrintable(QStringLiteral("%1: %2").arg(i).arg(difference)));
    }
    QVERIFY(norm->weight.grad().scalar_type() == torch::kFloat32);
    torch::NoGradGuard noGrad;
    QVERIFY(relativeDifference(norm(coarse.contiguous(layout)).to(torch::kFloat32), exact[0]) < 0.008);
}

void tst_Precision::groupNorm_keepsWhatIsNoNumber()
{
    // A run that goes astray must be seen to.
    ImageNorm norm(4, 2);
    torch::Tensor x = torch::rand({1, 4, 4, 4}).to(torch::kBFloat16);
    x[0][0][1][1] = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(norm(x.contiguous(torch::MemoryFormat::ChannelsLast)).isnan().any().item<bool>());
    x[0][0][1][1] = std::numeric_limits<float>::infinity();
    QVERIFY(norm(x.contiguous(torch::MemoryFormat::ChannelsLast)).isnan().any().item<bool>());
    // Even the one of which rounding would make minus zero.
    x[0][0][1][1] = 0.5F;
    const torch::Tensor allBits = torch::full({4}, 0x7FFFFFFF, torch::kInt32).view(torch::kFloat32);
    torch::NoGradGuard noGrad;
    norm->weight.copy_(allBits);
    QVERIFY(norm(x.contiguous(torch::MemoryFormat::ChannelsLast)).isnan().all().item<bool>());
}

void tst_Precision::unet_learnsTheSame()
{
    torch::manual_seed(8);
    UNet unet(2, std::vector<int>{16, 32, 48}, 2);
    const torch::Tensor images = someImages();
    const torch::Tensor target =
        torch::one_hot((images.select(1, 0) > 0.0).to(torch::kInt64), 2).permute({0, 3, 1, 2}).to(torch::kFloat32);
    const auto run = [&](bool isMixed) {
        unet->zero_grad();
        torch::Tensor scores;
        {
            const MixedPrecision mixed(torch::kCPU, isMixed);
            scores = unet(images).to(torch::kFloat32);
        }
        diceLoss(torch::softmax(scores, 1), target).backward();
        std::vector<torch::Tensor> gradients;
        for (const torch::Tensor &parameter : unet->parameters()) {
            gradients.push_back(parameter.grad().clone());
        }
        return std::pair(scores.detach(), gradients);
    };
    const auto exact = run(false);
    const auto mixed = run(true);
    QVERIFY(!torch::equal(exact.first, mixed.first));
    QVERIFY2(relativeDifference(mixed.first, exact.first) < 0.05,
             qPrintable(QString::number(relativeDifference(mixed.first, exact.first))));
    QVERIFY2(cosine(exact.second, mixed.second) > 0.98,
             qPrintable(QString::number(cosine(exact.second, mixed.second))));
}

void tst_Precision::branches_learnTheSame()
{
    torch::manual_seed(9);
    SemiGdaNetworks networks(NetworkShape::compact());
    networks->initialise();
    networks->freezePrior();
    const torch::Tensor images = someImages();
    const auto run = [&](bool isMixed) {
        networks->zero_grad();
        torch::Tensor vaeCode;
        torch::Tensor cnnCode;
        {
            const MixedPrecision mixed(torch::kCPU, isMixed);
            const Encoded vae = networks->encodeVae(images);
            const torch::Tensor v =
                networks->mapping->forward(networks->latentMean(vae.moments), vae.features.back()).out;
            vaeCode = networks->decodeMask(v, vae.features, Branch::Vae).to(torch::kFloat32);
            const Encoded cnn = networks->encodeCnn(images);
            cnnCode =
                networks->decodeMask(networks->latentMean(cnn.moments), cnn.features, Branch::Cnn).to(torch::kFloat32);
        }
        ((vaeCode - 1.0).square().mean() + (cnnCode - 1.0).square().mean()).backward();
        std::vector<torch::Tensor> gradients;
        for (const auto &group : {networks->mappingParameters(), networks->adapterParameters()}) {
            for (const torch::Tensor &parameter : group) {
                if (parameter.grad().defined()) {
                    gradients.push_back(parameter.grad().clone());
                }
            }
        }
        return std::tuple(vaeCode.detach(), cnnCode.detach(), gradients);
    };
    networks->eval(); // dropout and the batch's own mean are not what is tested
    const auto [vae, cnn, gradients] = run(false);
    const auto [mixedVae, mixedCnn, mixedGradients] = run(true);
    QVERIFY(!torch::equal(cnn, mixedCnn));
    QVERIFY2(relativeDifference(mixedVae, vae) < 0.05, qPrintable(QString::number(relativeDifference(mixedVae, vae))));
    QVERIFY2(relativeDifference(mixedCnn, cnn) < 0.05, qPrintable(QString::number(relativeDifference(mixedCnn, cnn))));
    QVERIFY(!gradients.empty() && gradients.size() == mixedGradients.size());
    QVERIFY2(cosine(gradients, mixedGradients) > 0.98, qPrintable(QString::number(cosine(gradients, mixedGradients))));
}

QTEST_APPLESS_MAIN(tst_Precision)
#include "tst_Precision.moc"
