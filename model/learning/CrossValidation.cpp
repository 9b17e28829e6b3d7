// SPDX-License-Identifier: Apache-2.0
#include "learning/CrossValidation_p.h"

#include "learning/Descent_p.h"
#include "learning/Guarded_p.h"

#include <algorithm>
#include <cmath>

namespace semigda::learning
{

namespace
{

// Below these, networks have hardly begun to outline anything.
constexpr double LeastSeconds = 20.0;
constexpr std::int64_t LeastSteps = 50;

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::int64_t stepsOf(const StagePlan &plan, double share)
{
    return plan.steps <= 0 ? 0 : std::max<std::int64_t>(1, std::llround(static_cast<double>(plan.steps) * share));
}

} // namespace

CrossValidation::CrossValidation(const TrainingConfig &config, SampleCache &samples, torch::Device device, int folds,
                                 const Budget &budget)
    : m_config(config)
    , m_samples(samples)
    , m_device(device)
    , m_folds(folds)
    , m_budget(budget)
{
    m_validation.start(m_samples, m_config);
}

CrossValidation::~CrossValidation()
{
    m_samples.releaseHeldOut();
}

bool CrossValidation::isWorthwhile(const Budget &budget, int folds, const std::vector<StagePlan> &plans)
{
    if (budget.seconds > 0.0) {
        return budget.seconds / folds >= LeastSeconds;
    }
    std::int64_t steps = 0;
    for (const StagePlan &plan : plans) {
        steps += stepsOf(plan, budget.stepShare / folds);
    }
    return steps >= LeastSteps;
}

core::Result<bool> CrossValidation::step(double rateFactor)
{
    if (m_fold >= m_folds) {
        return false;
    }
    if (!m_learner) {
        if (const auto begun = beginFold(); !begun) {
            return begun.error();
        }
        return true;
    }
    if (m_isValidating) {
        if (!m_validation.next(*m_learner, m_samples, m_config)) {
            m_isValidating = false;
            m_learner.reset();
            ++m_fold;
        }
        return m_fold < m_folds;
    }
    if (stageFraction() < 1.0) {
        return trainStep(rateFactor);
    }
    std::size_t next = m_stage + 1;
    while (next < m_plans.size() && isSkipped(next)) {
        ++next;
    }
    if (next < m_plans.size()) {
        enterStage(next);
        return true;
    }
    m_validation.add(m_samples, m_config);
    m_isValidating = true;
    return true;
}

core::Result<void> CrossValidation::beginFold()
{
    m_samples.holdOutFold(m_fold, m_folds);
    m_foldSeconds = 0.0;
    const double start = now();
    auto learner = makeLearner(m_config, m_samples.classCount(), m_device);
    if (!learner) {
        return learner.error();
    }
    m_learner = std::move(*learner);
    m_hasTwoBranches = m_learner->hasTwoBranches();
    if (m_config.shippedNetworks != NoShippedNetworks) {
        if (const auto taken = m_learner->takeShippedNetworks(); !taken) {
            return taken;
        }
    }
    m_plans = m_learner->stages(m_samples);
    std::size_t first = 0;
    while (first + 1 < m_plans.size() && isSkipped(first)) {
        ++first;
    }
    enterStage(first);
    m_foldSeconds = now() - start;
    return {};
}

void CrossValidation::enterStage(std::size_t stage)
{
    m_stage = stage;
    m_stageStep = 0;
    m_stageStart = m_foldSeconds;
    m_learner->enterStage(stage, m_samples);
}

std::int64_t CrossValidation::stageSteps(std::size_t stage) const
{
    return stepsOf(m_plans[stage], m_budget.stepShare / m_folds);
}

bool CrossValidation::isSkipped(std::size_t stage) const
{
    return m_budget.seconds > 0.0 ? m_plans[stage].share <= 0.0 : stageSteps(stage) == 0;
}

double CrossValidation::stageFraction() const
{
    if (m_budget.seconds <= 0.0) {
        const auto steps = static_cast<double>(std::max<std::int64_t>(stageSteps(m_stage), 1));
        return std::min(static_cast<double>(m_stageStep) / steps, 1.0);
    }
    double share = 0.0;
    double all = 0.0;
    for (std::size_t i = 0; i < m_plans.size(); ++i) {
        all += m_plans[i].share;
        share += i <= m_stage ? m_plans[i].share : 0.0;
    }
    const double end = m_budget.seconds / m_folds * share / std::max(all, 1e-9);
    const double length = end - m_stageStart;
    const double limit = m_stageStep == 0 ? 0.99 : 1.0; // a stage takes a step, however late it began
    return length <= 0.0 ? limit : std::clamp((m_foldSeconds - m_stageStart) / length, 0.0, limit);
}

core::Result<bool> CrossValidation::trainStep(double rateFactor)
{
    const double start = now();
    const int most = m_learner->mostParts(m_stage);
    StepPlace place;
    place.stage = m_stage;
    place.step = m_stageStep;
    place.t = stageFraction();
    place.rateFactor = rateFactor;
    place.vaeWeight = m_config.vaeWeight;
    place.parts = evenParts(m_parts, most);
    bool isOutOfRoom = false;
    try {
        if (!m_learner->step(place, m_samples).isFinite) {
            return core::Error{core::ErrorCode::Diverged, "a loss was no number"};
        }
        ++m_stageStep;
    } catch (const std::exception &failure) {
        if (!isOutOfMemory(failure) || place.parts >= most) {
            throw;
        }
        isOutOfRoom = true;
    }
    if (isOutOfRoom) {
        m_parts = evenParts(2 * place.parts, most);
    }
    m_foldSeconds += now() - start;
    return true;
}

double CrossValidation::fraction() const
{
    double within = 0.0;
    if (m_isValidating) {
        within = 1.0;
    } else if (m_learner && m_budget.seconds > 0.0) {
        within = std::clamp(m_foldSeconds * m_folds / m_budget.seconds, 0.0, 1.0);
    } else if (m_learner) {
        double all = 0.0;
        double done = 0.0;
        for (std::size_t i = 0; i < m_plans.size(); ++i) {
            const auto steps = static_cast<double>(stageSteps(i));
            all += steps;
            done += i < m_stage ? steps : i == m_stage ? static_cast<double>(m_stageStep) : 0.0;
        }
        within = all > 0.0 ? std::clamp(done / all, 0.0, 1.0) : 1.0;
    }
    return std::min((m_fold + within) / m_folds, 1.0);
}

ValidationResult CrossValidation::finish()
{
    return m_validation.finish(m_samples, m_hasTwoBranches);
}

} // namespace semigda::learning
