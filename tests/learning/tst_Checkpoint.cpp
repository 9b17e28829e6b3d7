// SPDX-License-Identifier: Apache-2.0
#include "learning/Checkpoint_p.h"

#include "learning/TrainingHelpers.h"

#include <QtCore/QTemporaryDir>

#include <nlohmann/json.hpp>

using namespace semigda;
using namespace semigda::learning;

class tst_Checkpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void state_roundTrips();
    void publishedModel_roundTrips();
    void publishedModel_ofAnOlderProgram();
    void weightsAndDescription_comeFromOneFile();
    void unwritableFolder_isAnError();
    void calibration_fallsWithDoubt();
    void calibration_isNotLedAstrayByAMissedImage();
    void calibration_judgesEveryClassAlone();
    void calibration_trustsFewImagesLittle();
};

void tst_Checkpoint::state_roundTrips()
{
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.path().toStdString();
    TensorFile read;
    QCOMPARE(readState(folder, read).error().code, core::ErrorCode::NotFound);

    RunState state;
    state.classes = {3, 1, 65000};
    state.stage = 2;
    state.stageStep = 123456789012;
    state.step = 7;
    state.elapsed = 0.1 + 0.2; // needs all digits
    state.rateFactor = 0.5;
    state.vaeWeight = 1.0 / 3.0;
    state.calibration = Calibration{0.9, -0.4};
    state.bestDice = 0.75;
    state.bestScores = {{4, 0.5}, {9, 1.0}};
    TensorFile tensors;
    tensors.tensors["x"] = {TensorType::UInt8, {2}, {std::byte{1}, std::byte{2}}};
    QVERIFY_RESULT(writeState(folder, state, tensors));
    const auto again = readState(folder, read);
    QVERIFY_RESULT(again);
    QVERIFY(again->classes == state.classes);
    QCOMPARE(again->stage, state.stage);
    QCOMPARE(again->stageStep, state.stageStep);
    QVERIFY(again->elapsed == state.elapsed);
    QVERIFY(again->vaeWeight == state.vaeWeight);
    QCOMPARE(again->rateFactor, 0.5);
    QVERIFY(again->calibration.atSure == 0.9 && again->calibration.slope == -0.4);
    QVERIFY(!again->validationDice.has_value());
    QCOMPARE(*again->bestDice, 0.75);
    QCOMPARE(again->bestScores.size(), std::size_t{2});
    QCOMPARE(again->bestScores[1].id, std::int64_t{9});
    QVERIFY(read.tensors.at("x").bytes == tensors.tensors["x"].bytes);
}

void tst_Checkpoint::publishedModel_roundTrips()
{
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.path().toStdString();
    PublishedModel model;
    model.classes = {2, 5};
    model.rules = {{1, 2}, {2}, {0.25, 0.5}};
    model.vaeWeight = 0.25;
    model.validationDice = 0.5;
    model.calibration = {0.8, -0.7};
    model.config.imageSize = 64;
    QVERIFY_RESULT(publish(folder, model, {}));
    TensorFile read;
    const auto again = readPublished(folder, read);
    QVERIFY_RESULT(again);
    QVERIFY(again->classes == model.classes);
    QVERIFY(again->rules == model.rules);
    QCOMPARE(again->vaeWeight, 0.25);
    QCOMPARE(again->config.imageSize, 64);
    QVERIFY(again->calibration.atSure == 0.8 && again->calibration.slope == -0.7);
    QVERIFY(std::filesystem::exists(folder / "best.json"));
}

void tst_Checkpoint::publishedModel_ofAnOlderProgram()
{
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.path().toStdString();
    PublishedModel model;
    model.classes = {2, 5};
    model.rules = {{2}, {2}, {0.25, 0.5}};
    QVERIFY_RESULT(publish(folder, model, {}));
    const auto withDescription = [&](const auto &change) {
        auto file = readSafetensors(publishedFile(folder));
        auto json = nlohmann::json::parse(file->metadata["description"]);
        change(json);
        file->metadata["description"] = json.dump();
        QVERIFY_RESULT(writeSafetensors(publishedFile(folder), *file));
    };
    TensorFile read;
    withDescription([](auto &json) { json["absent_shares"] = {0.25, 1.0}; });
    const auto impossible = readPublished(folder, read);
    QVERIFY(!impossible && impossible.error().code == core::ErrorCode::CorruptFile);
    withDescription([](auto &json) { json["absent_shares"] = {0.25}; });
    QVERIFY(!readPublished(folder, read));
    withDescription([](auto &json) {
        json.erase("absent_shares");
        json.erase("likeliest_only");
        json["calibration"] = {{"at_sure", 1.05}, {"slope", -0.8}, {"beyond", -4.0}};
    });
    const auto older = readPublished(folder, read);
    QVERIFY_RESULT(older);
    QVERIFY((older->rules == MaskRules{{2}, {}, {}}));
    QCOMPARE(older->calibration.atSure, Calibration().atSure); // half of a curve with a bend would be no line
}

void tst_Checkpoint::weightsAndDescription_comeFromOneFile()
{
    // The .json beside the weights is for people: losing it, or finding an older one, must not matter.
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.path().toStdString();
    PublishedModel model;
    model.classes = {1};
    QVERIFY_RESULT(publish(folder, model, {}));
    std::filesystem::remove(folder / "best.json");
    TensorFile read;
    QVERIFY_RESULT(readPublished(folder, read));
}

void tst_Checkpoint::unwritableFolder_isAnError()
{
    const QTemporaryDir dir;
    const std::filesystem::path file = dir.filePath(QStringLiteral("file")).toStdString();
    std::ofstream(file) << "x";
    const auto written = writeConfig(file / "run", TrainingConfig());
    QVERIFY(!written.has_value());
    QVERIFY2(written.error().message.english().find("run") != std::string::npos,
             written.error().message.english().c_str());
    QVERIFY(!writeState(file / "run", {}, {}).has_value());
}

void tst_Checkpoint::calibration_fallsWithDoubt()
{
    std::vector<double> doubt;
    std::vector<double> dice;
    for (int i = 0; i < 60; ++i) {
        doubt.push_back(i / 60.0);
        dice.push_back(0.9 - 0.6 * i / 60.0);
    }
    const Calibration line = calibrate(doubt, dice);
    QVERIFY2(std::abs(line.estimate(0.2) - 0.78) < 0.02, qPrintable(QString::number(line.estimate(0.2))));
    QVERIFY2(std::abs(line.estimate(0.9) - 0.36) < 0.02, qPrintable(QString::number(line.estimate(0.9))));
    QCOMPARE(line.estimate(5.0), 0.0);
    // Dice that rises with doubt is chance: never believe it.
    for (std::size_t i = 0; i < dice.size(); ++i) {
        dice[i] = 0.3 + 0.6 * doubt[i];
    }
    std::vector<double> many;
    std::vector<double> manyDice;
    for (int i = 0; i < 40; ++i) {
        many.insert(many.end(), doubt.begin(), doubt.end());
        manyDice.insert(manyDice.end(), dice.begin(), dice.end());
    }
    QCOMPARE(calibrate(many, manyDice).slope, -0.1);
}

void tst_Checkpoint::calibration_isNotLedAstrayByAMissedImage()
{
    const Calibration usual;
    // Images of which one was missed, as breast ultrasound shows them: no reason to expect that of the others.
    const Calibration missed = calibrate({0.03, 0.05, 0.06, 0.07}, {0.93, 0.9, 0.88, 0.0});
    QVERIFY2(std::abs(missed.estimate(0.05) - usual.estimate(0.05)) < 0.05,
             qPrintable(QString::number(missed.estimate(0.05))));
    // Four that agree say more.
    const Calibration worse = calibrate({0.03, 0.05, 0.06, 0.07}, {0.81, 0.79, 0.78, 0.77});
    QVERIFY2(worse.estimate(0.05) < usual.estimate(0.05) - 0.04, qPrintable(QString::number(worse.estimate(0.05))));
    QVERIFY(worse.estimate(0.05) > 0.79);
}

void tst_Checkpoint::calibration_judgesEveryClassAlone()
{
    const Calibration usual;
    // One structure outlined for certain, another most probably missed: half of the image is right.
    QCOMPARE(usual.estimate({{0.95, false}, {0.6, false}}), (usual.estimate(0.05) + usual.estimate(0.4)) / 2.0);
    QVERIFY(usual.estimate({{0.95, false}, {0.6, false}}) > 0.4);
    // That a class is not there is as probable as its probability says.
    QCOMPARE(usual.estimate({{0.7, true}}), 0.7);
    QCOMPARE(usual.estimate({{1.0, true}, {0.0, true}}), 0.5);
    QCOMPARE(usual.estimate(std::vector<ExpectedDice>()), 0.0);
}

void tst_Checkpoint::calibration_trustsFewImagesLittle()
{
    const Calibration usual;
    QVERIFY(calibrate({}, {}).atSure == usual.atSure && calibrate({}, {}).slope == usual.slope);
    // One bad image moves the estimate a little, a hundred nearly all of the way.
    const double expected = usual.estimate(0.2);
    const Calibration one = calibrate({0.2}, {0.5});
    QVERIFY(one.estimate(0.2) < expected - 0.005 && one.estimate(0.2) > expected - 0.1);
    const Calibration hundred = calibrate(std::vector<double>(100, 0.2), std::vector<double>(100, 0.5));
    QVERIFY2(std::abs(hundred.estimate(0.2) - 0.5) < 0.08, qPrintable(QString::number(hundred.estimate(0.2))));
}

QTEST_GUILESS_MAIN(tst_Checkpoint)
#include "tst_Checkpoint.moc"
