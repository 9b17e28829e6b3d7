// SPDX-License-Identifier: Apache-2.0
// What `semigda pretrain-prior` reads, trains and leaves behind.
#include "app/sample/SampleGenerator.h"
#include "app/training/PretrainPrior.h"
#include "storage/MaskFiles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QTest>

using namespace semigda;
using app::PretrainReport;
using app::PretrainRequest;

class tst_PretrainPrior : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void prior_learnsFromFoldersAlone();
    void networks_learnFromMasksToo();
    void masksOfSeveralClasses_count();
    void masksThatDoNotFit_areTold();
    void stopped_beforeTraining_writesNothing();
    void stopped_early_leavesThePrior();
    void folderOfTheSameName_isLeftAlone();
    void wrongRequests_areRefused_data();
    void wrongRequests_areRefused();

private:
    PretrainRequest request() const
    {
        PretrainRequest made;
        made.paths = {m_samples / "images"};
        made.out = folder() / "start.safetensors";
        made.command = "the command";
        made.options.steps = 1;
        made.options.imageSize = 32;
        made.options.batch = 4;
        made.options.device = "cpu";
        return made;
    }
    PretrainRequest withNetworks() const
    {
        PretrainRequest made = request();
        made.masks = m_samples / "masks";
        made.epochs = 1;
        made.scenes = 50;
        return made;
    }
    std::filesystem::path folder() const { return m_folder->path().toStdString(); }
    QByteArray written(const char *name) const
    {
        QFile file(m_folder->filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    bool hasNetworks() const { return written("start.safetensors").contains("resnet.conv1.weight"); }
    static core::Result<PretrainReport> run(const PretrainRequest &request, const core::ProgressSink &progress = {})
    {
        return app::pretrainPrior(request, progress, {});
    }

    QTemporaryDir m_shared;
    std::filesystem::path m_samples;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_PretrainPrior::initTestCase()
{
    QVERIFY(m_shared.isValid());
    m_samples = m_shared.path().toStdString();
    app::SampleOptions options;
    options.folder = m_samples;
    options.count = 3;
    options.size = 64;
    QVERIFY(app::generateSample(options, {}, {}).has_value());
}

void tst_PretrainPrior::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void tst_PretrainPrior::prior_learnsFromFoldersAlone()
{
    const auto report = run(request());
    QVERIFY2(report.has_value(), report ? "" : report.error().message.english().c_str());
    QCOMPARE(report->pictures, std::size_t{3});
    QCOMPARE(report->end.step, std::int64_t{1});
    QVERIFY(!report->networks);
    QVERIFY(written("start.json").contains("the command"));
    QVERIFY(!written("start.safetensors").isEmpty() && !hasNetworks());
}

void tst_PretrainPrior::networks_learnFromMasksToo()
{
    QVERIFY(run(request()).has_value());
    const std::filesystem::path prior = folder() / "prior.safetensors";
    std::filesystem::rename(folder() / "start.safetensors", prior);
    std::filesystem::rename(folder() / "start.json", folder() / "prior.json");

    PretrainRequest wanted = withNetworks();
    wanted.prior = prior;
    wanted.command = "the second command";
    const auto report = run(wanted);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.english().c_str());
    QCOMPARE(report->masks, std::size_t{3});
    QCOMPARE(report->end.step, std::int64_t{0});
    QVERIFY(report->networks && report->networks->phase == core::TrainingPhase::Finished);
    QVERIFY(report->skipped.empty());
    QVERIFY(hasNetworks());
    const QByteArray json = written("start.json");
    QVERIFY(json.contains("the command") && json.contains("the second command"));
    QVERIFY(!std::filesystem::exists(folder() / "start.safetensors.run"));
}

void tst_PretrainPrior::masksOfSeveralClasses_count()
{
    const std::filesystem::path masks = folder() / "masks";
    std::filesystem::create_directory(masks);
    core::ImageData mask;
    mask.width = mask.height = 64;
    mask.bytes.assign(64 * 64, std::byte{0});
    mask.bytes[70] = std::byte{1};
    mask.bytes[71] = std::byte{3};
    QVERIFY(storage::writeImagePng(mask, masks / "us_0002.png").has_value());
    PretrainRequest wanted = withNetworks();
    wanted.masks = masks;
    const auto report = run(wanted);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.english().c_str());
    QCOMPARE(report->pictures, std::size_t{3});
    QCOMPARE(report->masks, std::size_t{1});
}

void tst_PretrainPrior::masksThatDoNotFit_areTold()
{
    const std::filesystem::path masks = folder() / "masks";
    std::filesystem::create_directory(masks);
    core::ImageData mask;
    mask.width = mask.height = 10;
    mask.bytes.assign(100, std::byte{0});
    QVERIFY(storage::writeImagePng(mask, masks / "us_0002.png").has_value());
    PretrainRequest wanted = withNetworks();
    wanted.masks = masks;
    const auto report = run(wanted);
    QVERIFY2(report.has_value(), report ? "" : report.error().message.english().c_str());
    QCOMPARE(report->masks, std::size_t{0});
    QCOMPARE(report->skipped.size(), std::size_t{1});
    QVERIFY(report->skipped.front().error.message.english().find("us_0002") != std::string::npos);
}

void tst_PretrainPrior::stopped_beforeTraining_writesNothing()
{
    std::stop_source stop;
    stop.request_stop();
    const auto report = app::pretrainPrior(withNetworks(), {}, stop.get_token());
    QVERIFY(!report.has_value());
    QCOMPARE(report.error().code, core::ErrorCode::Cancelled);
    QVERIFY(std::filesystem::is_empty(folder()));
}

void tst_PretrainPrior::stopped_early_leavesThePrior()
{
    std::stop_source stop;
    const auto report = app::pretrainPrior(
        withNetworks(),
        [&stop](const core::TaskProgress &progress) {
            if (progress.what.find("Preparing") != std::string::npos) {
                stop.request_stop();
            }
        },
        stop.get_token());
    QVERIFY2(report.has_value(), report ? "" : report.error().message.english().c_str());
    QVERIFY(report->isStoppedEarly);
    QVERIFY(!written("start.safetensors").isEmpty() && !hasNetworks());
    QVERIFY(!std::filesystem::exists(folder() / "start.safetensors.run"));
}

void tst_PretrainPrior::folderOfTheSameName_isLeftAlone()
{
    const std::filesystem::path taken = folder() / "start.safetensors.run";
    std::filesystem::create_directory(taken);
    QFile file(m_folder->filePath(QStringLiteral("start.safetensors.run/notes.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("hers") == 4);
    file.close();
    const auto report = run(withNetworks());
    QVERIFY(!report.has_value());
    QCOMPARE(report.error().code, core::ErrorCode::AlreadyExists);
    QVERIFY(file.exists());
}

void tst_PretrainPrior::wrongRequests_areRefused_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what :
         {"name", "folder", "masks", "images", "no images", "prior", "prior alone", "masks alone", "scenes"}) {
        QTest::newRow(what) << QString::fromLatin1(what);
    }
}

void tst_PretrainPrior::wrongRequests_areRefused()
{
    QFETCH(QString, what);
    PretrainRequest wrong = withNetworks();
    if (what == QStringLiteral("name")) {
        wrong.out = folder() / "start.pt";
    } else if (what == QStringLiteral("folder")) {
        wrong.out = folder() / "missing" / "start.safetensors";
    } else if (what == QStringLiteral("masks")) {
        wrong.masks = folder() / "missing";
    } else if (what == QStringLiteral("images")) {
        wrong.paths = {folder()};
    } else if (what == QStringLiteral("no images")) {
        wrong.paths.clear();
    } else if (what == QStringLiteral("prior alone")) {
        wrong.masks.clear();
        wrong.epochs = 0;
        wrong.prior = m_samples / "images" / "us_0001.png"; // refused before it is read
    } else if (what == QStringLiteral("masks alone")) {
        wrong.epochs = 0;
    } else if (what == QStringLiteral("prior")) {
        wrong.prior = folder() / "missing.safetensors";
    } else {
        wrong.scenes = 10;
    }
    const auto report = run(wrong);
    QVERIFY(!report.has_value());
    QVERIFY2(report.error().message.english().ends_with('.'), report.error().message.english().c_str());
    QVERIFY(!std::filesystem::exists(folder() / "start.safetensors.run"));
}

QTEST_GUILESS_MAIN(tst_PretrainPrior)
#include "tst_PretrainPrior.moc"
