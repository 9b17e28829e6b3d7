// SPDX-License-Identifier: Apache-2.0
#include "learning/ClassCodes_p.h"
#include "learning/Losses_p.h"
#include "learning/UNet_p.h"

#include <QtTest/QTest>

#include <torch/torch.h>

using namespace semigda::learning;

class tst_UNet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void learnsToSegment_data();
    void learnsToSegment();
};

void tst_UNet::learnsToSegment_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<int>("stemFactor");
    QTest::newRow("one class, full resolution") << 1 << 1;
    QTest::newRow("one class, behind a stem") << 1 << 2;
    QTest::newRow("three classes") << 3 << 2;
}

void tst_UNet::learnsToSegment()
{
    QFETCH(int, classes);
    QFETCH(int, stemFactor);
    torch::manual_seed(4);
    UNet network(classes + 1, std::vector<int>{8, 16, 24}, stemFactor);
    torch::Tensor masks = torch::zeros({2, 32, 40}, torch::kInt64);
    for (int k = 1; k <= classes; ++k) {
        masks.narrow(1, 8 * k - 6, 7).narrow(2, 5, 30) = k;
    }
    const ClassColours colours = classColours(classes);
    const torch::Tensor image = encodeClasses(masks, colours) * 0.5 + 0.1 * torch::randn({2, 3, 32, 40});
    const torch::Tensor target = torch::one_hot(masks, classes + 1).permute({0, 3, 1, 2}).to(torch::kFloat32);
    torch::optim::Adam optimiser(network->parameters(), torch::optim::AdamOptions(5e-3));
    double first = 0.0;
    double last = 0.0;
    for (int i = 0; i < 25; ++i) {
        const torch::Tensor logits = network(image);
        QCOMPARE(logits.sizes().vec(), target.sizes().vec());
        const torch::Tensor loss = diceLoss(torch::softmax(logits, 1), target);
        optimiser.zero_grad();
        loss.backward();
        optimiser.step();
        last = loss.item<double>();
        first = i == 0 ? last : first;
    }
    QVERIFY2(last < 0.5 * first, qPrintable(QStringLiteral("%1 to %2").arg(first).arg(last)));
}

QTEST_GUILESS_MAIN(tst_UNet)
#include "tst_UNet.moc"
