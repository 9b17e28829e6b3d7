// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/TrainingJob.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cmath>
#include <fstream>
#include <iterator>
#include <memory>

/// Fails the test with the error's sentence.
#define QVERIFY_RESULT(result)                                                                                         \
    QVERIFY2((result).has_value(), (result) ? "" : (result).error().message.english().c_str())

namespace semigda::test
{

/// A few steps of every stage on images of 32 x 32: seconds on one core.
inline core::TrainingRequest smallRequest(const std::string &method)
{
    core::TrainingRequest request;
    request.method = method;
    request.device = "cpu";
    request.imageSize = 32;
    request.seed = 5;
    request.epochsStage1 = 2;
    request.epochsStage2 = 4;
    request.overrides = {{"prior_steps", "4"},      {"alignment_batch", "4"},  {"alignment_labelled", "2"},
                         {"adapter_batch", "4"},    {"adapter_labelled", "2"}, {"unlabelled_start", "0"},
                         {"validation_steps", "4"}, {"mixing_start", "0.5"},   {"supervised_batch", "2"}};
    return request;
}

/// Folders of runs, all gone with the test function that calls renew() first.
class RunFolders
{
public:
    void renew()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }
    std::filesystem::path operator()(const std::string &name) const
    {
        return m_folder->filePath(QString::fromStdString(name)).toStdString();
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

struct Ended
{
    std::string error; ///< empty: finished
    int steps = 0;
    core::TrainingProgress progress;
    std::vector<core::MetricRecord> metrics;
    std::vector<std::string> notices;
    int published = 0;

    std::vector<double> valuesOf(const std::string &name) const
    {
        std::vector<double> values;
        for (const core::MetricRecord &metric : metrics) {
            if (metric.name == name) {
                values.push_back(metric.value);
            }
        }
        return values;
    }
};

/// Steps until the end, `limit` calls or the number of training steps.
inline Ended runJob(learning::TrainingJob &job, int limit = 1'000'000, std::int64_t trainingSteps = 1'000'000)
{
    Ended ended;
    while (ended.steps < limit) {
        const auto outcome = job.step();
        ++ended.steps;
        if (!outcome) {
            ended.error = outcome.error().message.english();
            break;
        }
        const auto metrics = job.takeMetrics();
        ended.metrics.insert(ended.metrics.end(), metrics.begin(), metrics.end());
        ended.published += job.takePublished();
        ended.progress = job.progress();
        if (!ended.progress.notice.isEmpty()) {
            ended.notices.push_back(ended.progress.notice.english());
        }
        if (*outcome == learning::StepOutcome::Finished || ended.progress.step >= trainingSteps) {
            break;
        }
    }
    return ended;
}

inline std::string bytesOf(const std::filesystem::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace semigda::test
