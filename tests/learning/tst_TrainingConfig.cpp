// SPDX-License-Identifier: Apache-2.0
#include "learning/TrainingConfig.h"

#include "learning/TrainingJob.h"

#include <QtTest/QTest>

using namespace semigda;
using namespace semigda::learning;

class tst_TrainingConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonRoundTrip_keepsEverySetting();
    void overrides_areAppliedByName();
    void refusals_nameTheProblem_data();
    void refusals_nameTheProblem();
    void paperProfile_hasThePapersNumbers();
    void imageSize_fitsTheImages_data();
    void imageSize_fitsTheImages();
    void brokenJson_isRefused();
};

void tst_TrainingConfig::jsonRoundTrip_keepsEverySetting()
{
    core::TrainingRequest request;
    request.seed = 0xFFFFFFFFFFFFFFFFULL;
    request.minutes = 3.25;
    request.imageSize = 96;
    request.overrides = {{"adapter_rate", "0.000123456789"}, {"cnn_adam", "false"}, {"prior_batch", "7"}};
    const auto config = TrainingConfig::fromRequest(request);
    QVERIFY2(config.has_value(), config ? "" : config.error().message.english().c_str());
    const auto again = TrainingConfig::fromJson(config->toJson());
    QVERIFY2(again.has_value(), again ? "" : again.error().message.english().c_str());
    QCOMPARE(again->toJson(), config->toJson());
    QCOMPARE(again->seed, request.seed);
    QCOMPARE(again->adapterRate, 0.000123456789);
    QVERIFY(!again->useAdamForCnn);
    QCOMPARE(again->priorBatch, 7);
    QVERIFY(again->shape == config->shape);
    QVERIFY(config->stretch > 0.0);

    // Models from before images were stretched must be shown unstretched ones, and keep their classes' colours.
    QVERIFY(config->spreadColours);
    QVERIFY(config->batchDice && config->keepsLikeliest);
    QString text = QString::fromStdString(config->toJson());
    for (const QString &setting :
         {QStringLiteral("\"stretch\": %1,").arg(config->stretch), QStringLiteral("\"spread_colours\": true,"),
          QStringLiteral("\"distortion\": %1,").arg(config->distortion),
          QStringLiteral("\"labelled_distortion\": %1,").arg(config->labelledDistortion),
          QStringLiteral("\"batch_dice\": true,"), QStringLiteral("\"likeliest_component\": true,")}) {
        QVERIFY2(text.contains(setting), qPrintable(text));
        text.remove(setting);
    }
    const auto older = TrainingConfig::fromJson(text.toStdString());
    QVERIFY2(older.has_value(), older ? "" : older.error().message.english().c_str());
    QCOMPARE(older->stretch, 0.0);
    QVERIFY(!older->spreadColours && !older->batchDice && !older->keepsLikeliest);
    // A resumed run goes on as it began.
    QVERIFY(config->distortion > 0.0 && config->labelledDistortion > 0.0);
    QVERIFY(older->distortion == 0.0 && older->labelledDistortion == 0.0);
}

void tst_TrainingConfig::overrides_areAppliedByName()
{
    core::TrainingRequest request;
    request.epochsStage1 = 11;
    request.epochsStage2 = 12;
    request.overrides = {{"pseudo_threshold", "0.85"}, {"test_flips", "0"}};
    const auto config = TrainingConfig::fromRequest(request);
    QVERIFY(config.has_value());
    QVERIFY(!config->isTimed());
    QCOMPARE(config->alignmentEpochs, 11);
    QCOMPARE(config->adapterEpochs, 12);
    QCOMPARE(config->supervisedEpochs, 12);
    QCOMPARE(config->pseudoThreshold, 0.85);
    QVERIFY(!config->testFlips);
    const auto described = TrainingJob::describeConfig(request);
    QVERIFY(described.has_value());
    QCOMPARE(*described, config->toJson());
}

void tst_TrainingConfig::refusals_nameTheProblem_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("expected");
    QTest::newRow("unknown name") << "adapter_rat"
                                  << "1"
                                  << "adapter_rate";
    QTest::newRow("no number") << "weight_decay"
                               << "much"
                               << "weight_decay";
    QTest::newRow("half a number") << "weight_decay"
                                   << "0.1x"
                                   << "weight_decay";
    QTest::newRow("not finite") << "weight_decay"
                                << "nan"
                                << "weight_decay";
    QTest::newRow("out of range") << "hold_out"
                                  << "1.5"
                                  << "hold_out";
    QTest::newRow("shares too large") << "prior_share"
                                      << "0.9"
                                      << "prior_share";
    QTest::newRow("profile") << "@profile"
                             << "huge"
                             << "compact or paper";
    QTest::newRow("method") << "@method"
                            << "magic"
                            << "semigda or supervised";
    QTest::newRow("size") << "@size"
                          << "100"
                          << "multiple of 8";
    QTest::newRow("time") << "@minutes"
                          << "-1"
                          << "positive";
    QTest::newRow("prior") << "@profile"
                           << "paper"
                           << "--prior";
}

void tst_TrainingConfig::refusals_nameTheProblem()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, expected);
    core::TrainingRequest request;
    const std::string name = field.toStdString();
    if (name == "@profile") {
        request.profile = value.toStdString();
    } else if (name == "@method") {
        request.method = value.toStdString();
    } else if (name == "@size") {
        request.imageSize = value.toInt();
    } else if (name == "@minutes") {
        request.minutes = value.toDouble();
    } else {
        request.overrides[name] = value.toStdString();
    }
    const auto config = TrainingConfig::fromRequest(request);
    QVERIFY(!config.has_value());
    const QString message = QString::fromStdString(config.error().message.english());
    QVERIFY2(message.contains(expected), qPrintable(message));
    QVERIFY(!TrainingJob::describeConfig(request).has_value());
}

void tst_TrainingConfig::paperProfile_hasThePapersNumbers()
{
    core::TrainingRequest request;
    request.profile = "paper";
    request.priorFile = "sd-vae.safetensors";
    const auto config = TrainingConfig::fromRequest(request);
    QVERIFY(config.has_value());
    QVERIFY(config->shape == NetworkShape::paper());
    QCOMPARE(config->imageSize, 224);
    QCOMPARE(config->alignmentBatch, 24);
    QCOMPARE(config->alignmentLabelled, 12);
    QCOMPARE(config->adapterBatch, 4);
    QCOMPARE(config->adapterLabelled, 2);
    QCOMPARE(config->mappingRate, 2e-3);
    QCOMPARE(config->cnnRate, 0.01);
    QCOMPARE(config->adapterRate, 0.01);
    QVERIFY(!config->useAdamForCnn && !config->useAdamForAdapters);
    QCOMPARE(config->consistencyPeak, 0.3);
    QCOMPARE(config->pseudoThreshold, 0.933);
    QCOMPARE(config->alignmentEpochs, 200);
    QCOMPARE(config->adapterEpochs, 350);
    QCOMPARE(config->stretch, 0.0);
    QVERIFY(!config->usesAveragedTeacher && !config->sharesTeacher && !config->ignoresUnsure);
    QVERIFY(config->shape.adapters == AdapterKind::Residual && !config->shape.adaptersSeePixels);
    QVERIFY(!config->shape.mappingSeesFeatures);
    QCOMPARE(config->vaeEvery, 1);
    QCOMPARE(config->vaeWeight, 0.5);
    QVERIFY(!config->batchDice && !config->keepsLikeliest);
    QCOMPARE(config->distortion, 0.0);
    QCOMPARE(config->labelledDistortion, 0.0);
}

void tst_TrainingConfig::imageSize_fitsTheImages_data()
{
    QTest::addColumn<QString>("profile");
    QTest::addColumn<int>("asked");
    QTest::addColumn<QList<int>>("sides");
    QTest::addColumn<int>("expected");
    QTest::newRow("photographs") << "compact" << 0 << QList<int>{4000, 3000, 2000} << 128;
    QTest::newRow("crops of 50") << "compact" << 0 << QList<int>{50, 51, 49} << 64;
    QTest::newRow("just fits") << "compact" << 0 << QList<int>{64, 64} << 64;
    QTest::newRow("a pixel more") << "compact" << 0 << QList<int>{65, 65} << 96;
    QTest::newRow("tiny") << "compact" << 0 << QList<int>{12} << 64;
    QTest::newRow("most are large") << "compact" << 0 << QList<int>{50, 500, 500} << 128;
    QTest::newRow("most are small") << "compact" << 0 << QList<int>{50, 50, 500} << 64;
    QTest::newRow("sizes unknown") << "compact" << 0 << QList<int>{0, 0} << 128;
    QTest::newRow("some unknown") << "compact" << 0 << QList<int>{0, 50, 0} << 64;
    QTest::newRow("no images") << "compact" << 0 << QList<int>{} << 128;
    QTest::newRow("asked for") << "compact" << 192 << QList<int>{50} << 192;
    QTest::newRow("paper") << "paper" << 0 << QList<int>{50} << 224;
    QTest::newRow("no profile") << "huge" << 0 << QList<int>{50} << 0;
}

void tst_TrainingConfig::imageSize_fitsTheImages()
{
    QFETCH(QString, profile);
    QFETCH(int, asked);
    QFETCH(QList<int>, sides);
    QFETCH(int, expected);
    core::TrainingRequest request;
    request.profile = profile.toStdString();
    request.priorFile = "sd-vae.safetensors";
    request.imageSize = asked;
    // The longer side counts, whichever it is.
    for (const bool isWide : {false, true}) {
        core::SampleSnapshot samples;
        for (const int side : sides) {
            core::SampleItem item;
            item.width = isWide ? side : side / 2;
            item.height = isWide ? side / 2 : side;
            samples.items.push_back(item);
        }
        QCOMPARE(TrainingJob::fittingImageSize(request, samples), expected);
    }
}

void tst_TrainingConfig::brokenJson_isRefused()
{
    QVERIFY(!TrainingConfig::fromJson("").has_value());
    QVERIFY(!TrainingConfig::fromJson("{}").has_value());
    QVERIFY(!TrainingConfig::fromJson("[1, 2").has_value());
    std::string text = TrainingConfig().toJson();
    text.replace(text.find("\"stem_factor\": 2"), 16, "\"stem_factor\": 0");
    const auto broken = TrainingConfig::fromJson(text);
    QVERIFY(!broken.has_value());
    QCOMPARE(broken.error().code, core::ErrorCode::CorruptFile);
}

QTEST_GUILESS_MAIN(tst_TrainingConfig)
#include "tst_TrainingConfig.moc"
