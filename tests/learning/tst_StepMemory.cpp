// SPDX-License-Identifier: Apache-2.0
#include "learning/StepMemory_p.h"

#include "learning/AllocatorForTests.h"
#include "learning/Learner_p.h"
#include "learning/MemorySamples.h"
#include "learning/NarrowNetworks.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <memory>

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace semigda;
using namespace semigda::learning;

namespace
{

std::atomic<std::int64_t> bytesInUse{0};
std::atomic<std::int64_t> mostInUse{0};

/// Counts what tensors take.
class CountingAllocator : public test::AllocatorForTests
{
public:
    c10::DataPtr allocate(std::size_t bytes) ALLOCATE_CONST override
    {
        constexpr std::size_t Alignment = 64;
        void *piece = std::aligned_alloc(Alignment, (bytes + Alignment - 1) / Alignment * Alignment);
        const std::int64_t now = bytesInUse += sizeOf(piece);
        std::int64_t most = mostInUse;
        while (now > most && !mostInUse.compare_exchange_weak(most, now)) {
        }
        return {piece, piece, &release, c10::Device(c10::kCPU)};
    }
    c10::DeleterFnPtr raw_deleter() const override { return &release; }

private:
    static std::int64_t sizeOf(void *piece)
    {
#ifdef __GLIBC__
        return static_cast<std::int64_t>(::malloc_usable_size(piece));
#else
        static_cast<void>(piece);
        return 0;
#endif
    }
    static void release(void *piece)
    {
        bytesInUse -= sizeOf(piece);
        std::free(piece);
    }
};

} // namespace

class tst_StepMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void portions_fitIntoWhatIsFree_data();
    void portions_fitIntoWhatIsFree();
    void freeMemory_isWhatTheSystemLeaves_data();
    void freeMemory_isWhatTheSystemLeaves();
    void computer_tellsItsMemory();
    void need_growsWithBatchAndSize();
    void need_isNearWhatIsMeasured_data();
    void need_isNearWhatIsMeasured();

private:
    static double measuredBytes(const TrainingConfig &config, std::size_t stage);

    void write(const std::string &file, const std::string &text)
    {
        const std::filesystem::path path = root() / file;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
    }
    std::filesystem::path root() const { return m_root->path().toStdString(); }

    std::unique_ptr<QTemporaryDir> m_root;
};

void tst_StepMemory::init()
{
    m_root = std::make_unique<QTemporaryDir>();
    QVERIFY(m_root->isValid());
}

void tst_StepMemory::portions_fitIntoWhatIsFree_data()
{
    QTest::addColumn<double>("free");
    QTest::addColumn<double>("needed");
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("parts");
    QTest::newRow("plenty") << 8e9 << 1e9 << 12 << 1;
    QTest::newRow("three quarters are as much as it may take") << 8e9 << 6e9 << 12 << 1;
    QTest::newRow("a little more") << 8e9 << 6.1e9 << 12 << 2;
    QTest::newRow("five do not divide twelve") << 1e9 << 3.7e9 << 12 << 6;
    QTest::newRow("as many as there are, whatever that helps") << 1e6 << 1e12 << 12 << 12;
    QTest::newRow("nothing free") << 0.0 << 1e9 << 4 << 4;
    QTest::newRow("not known what it needs") << 0.0 << 0.0 << 4 << 1;
}

void tst_StepMemory::portions_fitIntoWhatIsFree()
{
    QFETCH(double, free);
    QFETCH(double, needed);
    QFETCH(int, most);
    QFETCH(int, parts);
    QCOMPARE(partsWithin(free, needed, most), parts);
}

void tst_StepMemory::freeMemory_isWhatTheSystemLeaves_data()
{
    QTest::addColumn<QString>("memory");
    QTest::addColumn<QString>("limit");
    QTest::addColumn<QString>("used");
    QTest::addColumn<QString>("statistics");
    QTest::addColumn<double>("free");
    const QString plenty =
        QStringLiteral("MemTotal: 64000 kB\nMemFree: 100 kB\nMemAvailable: 32000 kB\nCached: 5 kB\n");
    const double available = 32000.0 * 1024.0;
    QTest::newRow("no groups") << plenty << QString() << QString() << QString() << available;
    QTest::newRow("no limit") << plenty << QStringLiteral("max\n") << QStringLiteral("5000\n") << QString()
                              << available;
    QTest::newRow("a limit") << plenty << QStringLiteral("9000000\n") << QStringLiteral("5000000\n") << QString()
                             << 4000000.0;
    QTest::newRow("files can go") << plenty << QStringLiteral("9000000\n") << QStringLiteral("5000000\n")
                                  << QStringLiteral("anon 10\nfile 2000000\nkernel 7\n") << 6000000.0;
    QTest::newRow("a limit beyond the computer's")
        << plenty << QStringLiteral("90000000000\n") << QStringLiteral("1\n") << QString() << available;
    QTest::newRow("over the limit") << plenty << QStringLiteral("100\n") << QStringLiteral("500\n") << QString() << 0.0;
    QTest::newRow("a limit alone") << QString() << QStringLiteral("300\n") << QStringLiteral("100\n") << QString()
                                   << 200.0;
    QTest::newRow("nothing told") << QString() << QString() << QString() << QString() << -1.0;
}

void tst_StepMemory::freeMemory_isWhatTheSystemLeaves()
{
    QFETCH(QString, memory);
    QFETCH(QString, limit);
    QFETCH(QString, used);
    QFETCH(QString, statistics);
    QFETCH(double, free);
    for (const auto &[file, text] :
         {std::pair("proc/meminfo", memory), std::pair("sys/fs/cgroup/memory.max", limit),
          std::pair("sys/fs/cgroup/memory.current", used), std::pair("sys/fs/cgroup/memory.stat", statistics)}) {
        if (!text.isEmpty()) {
            write(file, text.toStdString());
        }
    }
    QCOMPARE(freeBytesOfSystem(root()).value_or(-1.0), free);
}

void tst_StepMemory::computer_tellsItsMemory()
{
#ifndef Q_OS_LINUX
    QSKIP("Only Linux tells how much memory is free.");
#endif
    const std::optional<double> free = freeBytes(torch::kCPU);
    QVERIFY(free.has_value());
    QVERIFY2(*free > 1e7 && *free < 1e14, qPrintable(QString::number(*free)));
}

void tst_StepMemory::need_growsWithBatchAndSize()
{
    core::TrainingRequest request;
    request.priorFile = "sd.safetensors";
    for (const char *profile : {"compact", "paper"}) {
        request.profile = profile;
        const auto config = TrainingConfig::fromRequest(request);
        QVERIFY(config.has_value());
        for (std::size_t stage = 0; stage < 3; ++stage) {
            const double once = stepBytes(*config, stage);
            QVERIFY(once > 0.0);
            TrainingConfig more = *config;
            more.priorBatch *= 2;
            more.alignmentBatch *= 2;
            more.adapterBatch *= 2;
            more.adapterLabelled *= 2;
            QCOMPARE(stepBytes(more, stage), 2.0 * once);
            TrainingConfig larger = *config;
            larger.imageSize *= 2;
            QVERIFY(stepBytes(larger, stage) >= 4.0 * once);
        }
        TrainingConfig supervised = *config;
        supervised.method = Method::Supervised;
        const double once = stepBytes(supervised, 0);
        QVERIFY(once > 0.0);
        supervised.supervisedBatch *= 2;
        supervised.imageSize *= 2;
        QCOMPARE(stepBytes(supervised, 0), 8.0 * once);
    }
}

double tst_StepMemory::measuredBytes(const TrainingConfig &config, std::size_t stage)
{
    auto source = std::make_shared<test::MemorySamples>(1, config.imageSize, config.imageSize);
    source->add(core::SampleRole::Labelled, 8);
    source->add(core::SampleRole::Unlabelled, 8);
    SampleCache samples(source, config);
    if (!samples.refresh()) {
        return 0.0;
    }
    while (samples.prepareNext()) {
    }
    auto learner = makeLearner(config, 1, torch::kCPU);
    if (!learner) {
        return 0.0;
    }
    (*learner)->enterStage(stage, samples);
    // The second step: the first makes the optimiser's own tensors, and in stage 1 the latents.
    static_cast<void>((*learner)->step({.stage = stage, .step = 0, .t = 0.9}, samples));
    const std::int64_t before = bytesInUse;
    mostInUse = before;
    static_cast<void>((*learner)->step({.stage = stage, .step = 0, .t = 0.9}, samples));
    return static_cast<double>(mostInUse - before);
}

void tst_StepMemory::need_isNearWhatIsMeasured_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("profile");
    QTest::addColumn<int>("side");
    QTest::addColumn<int>("stage");
    for (const auto &[profile, side] : {std::pair("compact", 64), std::pair("paper", 96)}) {
        for (int stage = 0; stage < 3; ++stage) {
            QTest::addRow("%s, %d pixels, stage %d", profile, side, stage) << "semigda" << profile << side << stage;
        }
        QTest::addRow("U-Net, %s, %d pixels", profile, side) << "supervised" << profile << side << 0;
    }
}

void tst_StepMemory::need_isNearWhatIsMeasured()
{
#ifndef __GLIBC__
    QSKIP("Only the GNU C library tells the size of a piece of memory.");
#endif
    QFETCH(QString, method);
    QFETCH(QString, profile);
    QFETCH(int, side);
    QFETCH(int, stage);
    core::TrainingRequest request;
    request.priorFile = "none";
    request.method = method.toStdString();
    request.profile = profile.toStdString();
    request.imageSize = side;
    request.overrides = {{"mixed_precision", "0"},    {"prior_batch", "4"},      {"alignment_batch", "4"},
                         {"alignment_labelled", "2"}, {"unlabelled_start", "0"}, {"mixing_start", "0"},
                         {"supervised_batch", "4"}};
    TrainingConfig config = *TrainingConfig::fromRequest(request);
    config.priorFile.clear();
    if (profile == QStringLiteral("paper")) {
        config.shape = test::narrowPaper();
    }
    c10::Allocator *const usual = c10::GetAllocator(c10::kCPU);
    CountingAllocator counting;
    c10::SetAllocator(c10::kCPU, &counting, 255);
    const auto number = static_cast<std::size_t>(stage);
    TrainingConfig twice = config;
    twice.priorBatch *= 2;
    twice.alignmentBatch *= 2;
    twice.alignmentLabelled *= 2;
    twice.adapterBatch *= 2;
    twice.adapterLabelled *= 2;
    twice.supervisedBatch *= 2;
    // What a batch twice as large takes more: without the gradients of the weights.
    const double once = measuredBytes(config, number);
    const double measured = measuredBytes(twice, number) - once;
    c10::SetAllocator(c10::kCPU, usual, 255);
    QVERIFY(once > 0.0);
    const double told = learning::stepBytes(config, number);
    const QString found = QStringLiteral("measured %1, told %2, ratio %3").arg(measured).arg(told).arg(told / measured);
    QVERIFY2(told < 1.5 * measured && measured < 1.5 * told, qPrintable(found));
}

QTEST_GUILESS_MAIN(tst_StepMemory)
#include "tst_StepMemory.moc"
