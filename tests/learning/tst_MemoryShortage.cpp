// SPDX-License-Identifier: Apache-2.0
// Memory that runs out while training: batches are worked through in portions, and the run goes on.
#include "AllocatorForTests.h"
#include "MemorySamples.h"
#include "TrainingHelpers.h"
#include "learning/CrossValidation_p.h"
#include "learning/Descent_p.h"
#include "learning/Guarded_p.h"
#include "learning/Predictor.h"

#include <QTemporaryDir>
#include <QtTest/QTest>

#include <atomic>

using namespace semigda;
using namespace semigda::learning;

namespace
{

/// With this, a batch's features take more than the networks' weights, and more than what is copied to multiply them:
/// no portion makes those less. In bfloat16 a processor with matrix tiles copies so much that this would not hold.
void makeFeaturesLarge(core::TrainingRequest &request)
{
    request.imageSize = 96;
    request.overrides["mixed_precision"] = "0";
}

/// LibTorch's allocator with a largest piece that it gives; remembers the largest that was asked for.
class LimitedAllocator : public test::AllocatorForTests
{
public:
    explicit LimitedAllocator(c10::Allocator &real)
        : m_real(real)
    {}
    c10::DataPtr allocate(std::size_t bytes) ALLOCATE_CONST override
    {
        m_largest = std::max<std::size_t>(m_largest, bytes);
        if (bytes > m_limit) {
            ++m_refused;
            TORCH_CHECK(false, "DefaultCPUAllocator: can't allocate memory: you tried to allocate ", bytes, " bytes.");
        }
        return m_real.allocate(bytes);
    }
    c10::DeleterFnPtr raw_deleter() const override { return m_real.raw_deleter(); }

    mutable std::atomic<std::size_t> m_limit{~std::size_t{0}};
    mutable std::atomic<std::size_t> m_largest{0};
    mutable std::atomic<int> m_refused{0};

private:
    c10::Allocator &m_real;
};

} // namespace

class tst_MemoryShortage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void run_goesOnInPortions_data();
    void run_goesOnInPortions();
    void run_takesNoMoreThanItMay_data();
    void run_takesNoMoreThanItMay();
    void prediction_goesOnWithFewerAtOnce();
    void crossValidation_goesOnInPortions();
    void run_thatCannotGoOn_saysWhy();
    void portions_areTheBatch();
    void parts_leaveNoRest();
    void portions_descendTheSameSlope();
    void otherFailures_areNoShortage();

private:
    std::unique_ptr<LimitedAllocator> m_allocator;
    c10::Allocator *m_real = nullptr;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_MemoryShortage::initTestCase()
{
    m_real = c10::GetAllocator(c10::kCPU);
    m_allocator = std::make_unique<LimitedAllocator>(*m_real);
    c10::SetAllocator(c10::kCPU, m_allocator.get(), 255);
}

void tst_MemoryShortage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_allocator->m_limit = ~std::size_t{0};
    m_allocator->m_largest = 0;
    m_allocator->m_refused = 0;
}

void tst_MemoryShortage::cleanupTestCase()
{
    c10::SetAllocator(c10::kCPU, m_real, 255);
}

void tst_MemoryShortage::run_goesOnInPortions_data()
{
    QTest::addColumn<QString>("method");
    QTest::newRow("semigda") << QStringLiteral("semigda");
    QTest::newRow("supervised") << QStringLiteral("supervised");
}

void tst_MemoryShortage::run_goesOnInPortions()
{
    QFETCH(QString, method);
    const auto newSamples = [] {
        auto samples = std::make_shared<test::MemorySamples>();
        samples->add(core::SampleRole::Labelled, 4);
        samples->add(core::SampleRole::Unlabelled, 4);
        samples->add(core::SampleRole::Validation, 8);
        return samples;
    };
    core::TrainingRequest request = test::smallRequest(method.toStdString());
    makeFeaturesLarge(request);
    request.overrides["supervised_batch"] = "8";
    request.overrides["adapter_batch"] = "8";
    request.overrides["adapter_labelled"] = "4";
    const auto run = [&](const char *name) {
        auto job =
            TrainingJob::create(request, newSamples(), m_folder->filePath(QString::fromLatin1(name)).toStdString());
        if (!job) {
            test::Ended failed;
            failed.error = job.error().message.english();
            return failed;
        }
        return test::runJob(**job);
    };
    const test::Ended free = run("free");
    QVERIFY2(free.error.empty(), free.error.c_str());
    m_allocator->m_limit = m_allocator->m_largest * 3 / 4;
    const test::Ended tight = run("tight");
    QVERIFY2(tight.error.empty(), tight.error.c_str());
    QVERIFY(m_allocator->m_refused > 0);
    QCOMPARE(tight.progress.step, free.progress.step);
    QVERIFY(std::any_of(tight.notices.begin(), tight.notices.end(),
                        [](const std::string &notice) { return notice.find("in 2 portions") != std::string::npos; }));
    QVERIFY(tight.published > 0);
}

void tst_MemoryShortage::run_takesNoMoreThanItMay_data()
{
    run_goesOnInPortions_data();
}

/// Where too little is free from the start, no step is tried in one portion first.
void tst_MemoryShortage::run_takesNoMoreThanItMay()
{
    QFETCH(QString, method);
    core::TrainingRequest request = test::smallRequest(method.toStdString());
    request.overrides["supervised_batch"] = "8";
    request.overrides["adapter_batch"] = "8";
    request.overrides["adapter_labelled"] = "4";
    const auto run = [&](const char *limit) {
        auto samples = std::make_shared<test::MemorySamples>();
        samples->add(core::SampleRole::Labelled, 4);
        samples->add(core::SampleRole::Unlabelled, 4);
        request.overrides["memory_limit"] = limit;
        auto job = TrainingJob::create(request, samples, m_folder->filePath(QLatin1String(limit)).toStdString());
        test::Ended failed;
        failed.error = job ? "" : job.error().message.english();
        return job ? test::runJob(**job) : failed;
    };
    const auto saysPortions = [](const test::Ended &ended) {
        return std::any_of(ended.notices.begin(), ended.notices.end(), [](const std::string &notice) {
            return notice.starts_with("Little memory is free") && notice.find(" portions") != std::string::npos;
        });
    };
    const test::Ended free = run("100000");
    QVERIFY2(free.error.empty(), free.error.c_str());
    QVERIFY(!saysPortions(free));
    const test::Ended tight = run("1");
    QVERIFY2(tight.error.empty(), tight.error.c_str());
    QVERIFY(saysPortions(tight));
    QCOMPARE(tight.progress.step, free.progress.step);
}

void tst_MemoryShortage::prediction_goesOnWithFewerAtOnce()
{
    auto samples = std::make_shared<test::MemorySamples>();
    samples->add(core::SampleRole::Labelled, 4);
    core::TrainingRequest request = test::smallRequest("supervised");
    makeFeaturesLarge(request);
    const std::filesystem::path folder = m_folder->filePath(QStringLiteral("run")).toStdString();
    auto job = TrainingJob::create(request, samples, folder);
    QVERIFY_RESULT(job);
    QVERIFY(test::runJob(**job).error.empty());

    std::vector<core::ImageData> images;
    for (std::int64_t id = 1; id <= 4; ++id) {
        images.push_back(*samples->image(core::ImageId(id)));
    }
    auto predictor = Predictor::load(folder, "cpu");
    QVERIFY_RESULT(predictor);
    m_allocator->m_largest = 0;
    const auto free = (*predictor)->predict(images);
    QVERIFY_RESULT(free);
    QCOMPARE((*predictor)->batchSize(), std::size_t{8});
    m_allocator->m_limit = m_allocator->m_largest * 3 / 4;
    const auto tight = (*predictor)->predict(images);
    QVERIFY_RESULT(tight);
    QVERIFY(m_allocator->m_refused > 0);
    QCOMPARE((*predictor)->batchSize(), std::size_t{2});
    QCOMPARE(tight->size(), images.size());
    for (std::size_t i = 0; i < images.size(); ++i) {
        QVERIFY(std::abs((*tight)[i].scores.entropy - (*free)[i].scores.entropy) < 1e-3F);
    }
    m_allocator->m_limit = 1000; // less than one image takes
    const auto none = (*predictor)->predict(images);
    QVERIFY(!none.has_value());
    QCOMPARE(none.error().code, core::ErrorCode::OutOfMemory);
}

void tst_MemoryShortage::crossValidation_goesOnInPortions()
{
    auto samples = std::make_shared<test::MemorySamples>();
    samples->add(core::SampleRole::Labelled, 4);
    core::TrainingRequest request = test::smallRequest("supervised");
    makeFeaturesLarge(request);
    request.overrides["supervised_batch"] = "8";
    const TrainingConfig config = *TrainingConfig::fromRequest(request);
    SampleCache cache(samples, config);
    QVERIFY_RESULT(cache.refresh());
    while (cache.prepareNext()) {
    }
    const auto run = [&]() -> core::Result<int> {
        CrossValidation check(config, cache, torch::kCPU, 2, {0.0, 1.0});
        for (int steps = 0;; ++steps) {
            const auto more = guarded([&] { return check.step(1.0); });
            if (!more) {
                return more.error();
            }
            if (!*more) {
                return static_cast<int>(check.finish().scores.size());
            }
        }
    };
    const auto free = run();
    QVERIFY_RESULT(free);
    QCOMPARE(*free, 4);
    m_allocator->m_limit = m_allocator->m_largest * 3 / 4;
    const auto tight = run();
    QVERIFY_RESULT(tight);
    QCOMPARE(*tight, 4);
    QVERIFY(m_allocator->m_refused > 0);
    m_allocator->m_limit = 50'000; // for no step
    const auto none = run();
    QVERIFY(!none.has_value());
    QCOMPARE(none.error().code, core::ErrorCode::OutOfMemory);
}

void tst_MemoryShortage::run_thatCannotGoOn_saysWhy()
{
    auto samples = std::make_shared<test::MemorySamples>();
    samples->add(core::SampleRole::Labelled, 4);
    auto job = TrainingJob::create(test::smallRequest("supervised"), samples,
                                   m_folder->filePath(QStringLiteral("run")).toStdString());
    QVERIFY_RESULT(job);
    // Enough to prepare the images, for no step.
    m_allocator->m_limit = 50'000;
    const test::Ended ended = test::runJob(**job);
    QVERIFY2(ended.error.find("not enough memory") != std::string::npos, ended.error.c_str());
}

void tst_MemoryShortage::portions_areTheBatch()
{
    const std::vector<std::size_t> batch{4, 8, 15, 16, 23};
    for (int parts = 1; parts <= 7; ++parts) {
        std::vector<std::size_t> all;
        for (int part = 0; part < parts; ++part) {
            const auto piece = portion(batch, part, parts);
            QVERIFY(piece.size() <= batch.size() / static_cast<std::size_t>(parts) + 1);
            all.insert(all.end(), piece.begin(), piece.end());
        }
        QVERIFY(all == batch);
    }
}

void tst_MemoryShortage::parts_leaveNoRest()
{
    QCOMPARE(evenParts(1, 12), 1);
    QCOMPARE(evenParts(2, 12), 2);
    QCOMPARE(evenParts(5, 12), 6);
    QCOMPARE(evenParts(8, 12), 12);
    QCOMPARE(evenParts(64, 12), 12);
    QCOMPARE(evenParts(2, 1), 1);
    QCOMPARE(evenParts(4, 7), 7);
}

void tst_MemoryShortage::portions_descendTheSameSlope()
{
    std::vector<torch::Tensor> weights;
    for (const int parts : {1, 2, 4}) {
        torch::Tensor weight = torch::tensor({0.5F, -1.0F}).requires_grad_(true);
        const torch::Tensor inputs = torch::tensor({{1.0F, 2.0F}, {0.0F, 1.0F}, {-1.0F, 3.0F}, {2.0F, 2.0F}});
        std::vector<Optimiser> optimisers;
        optimisers.emplace_back(std::vector<torch::Tensor>{weight}, 0.1, 0.0, false);
        std::optional<WeightAverage> average;
        const StepLosses losses = descend(optimisers, average, {}, parts, [&](int part) {
            const auto size = inputs.size(0) / parts;
            const torch::Tensor loss = (inputs.narrow(0, part * size, size).matmul(weight) - 1.0).square().mean();
            return PartLoss{loss, {{"term", loss.item<double>()}}};
        });
        QVERIFY(losses.isFinite);
        QCOMPARE(losses.parts.size(), 1U);
        QVERIFY(std::abs(losses.parts.front().second - losses.total) < 1e-6);
        weights.push_back(weight.detach().clone());
    }
    QVERIFY(torch::allclose(weights[0], weights[1]) && torch::allclose(weights[0], weights[2]));
    QVERIFY(!torch::allclose(weights[0], torch::tensor({0.5F, -1.0F})));
}

void tst_MemoryShortage::otherFailures_areNoShortage()
{
    QVERIFY(isOutOfMemory(std::bad_alloc()));
    QVERIFY(!isOutOfMemory(std::runtime_error("the disk is full")));
    try {
        static_cast<void>(torch::zeros({2}) + torch::zeros({3}));
        QFAIL("shapes that differ were added");
    } catch (const std::exception &failure) {
        QVERIFY(!isOutOfMemory(failure));
    }
}

QTEST_GUILESS_MAIN(tst_MemoryShortage)
#include "tst_MemoryShortage.moc"
