// SPDX-License-Identifier: Apache-2.0
#include "learning/CrossValidation_p.h"

#include "learning/StageSchedule_p.h"

#include <algorithm>
#include <cmath>

namespace semigda::learning
{

namespace
{

// Below these, networks have hardly begun to outline anything.
constexpr double LeastSeconds = 15.0;
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
                                 const Budget &budget, int parts)
    : m_config(config)
    , m_samples(samples)
    , m_device(device)
    , m_folds(folds)
    , m_budget(budget)
    , m_parts(parts)
{}

CrossValidation::~CrossValidation()
{
    m_samples.releaseHeldOut();
}

bool CrossValidation::isWorthwhile(const Budget &budget, int folds, const std::vector<StagePlan> &plans)
{
    if (folds < 2) {
        return false;
    }
    if (budget.seconds > 0.0) {
        return budget.seconds / folds >= LeastSeconds;
    }
    std::int64_t steps = 0;
    for (const StagePlan &plan : plans) {
        steps += stepsOf(plan, budget.stepShare / folds);
    }
    return budget.stepShare > 0.0 && steps >= LeastSteps;
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
    for (StagePlan &plan : m_plans) {
        plan.steps = stepsOf(plan, m_budget.stepShare / m_folds);
    }
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

bool CrossValidation::isSkipped(std::size_t stage) const
{
    return m_budget.seconds > 0.0 ? m_plans[stage].share <= 0.0 : m_plans[stage].steps == 0;
}

double CrossValidation::stageFraction() const
{
    return m_budget.seconds > 0.0 ? timedFraction(m_stageStart, stageEnd(m_plans, m_stage, m_budget.seconds / m_folds),
                                                  m_foldSeconds, m_stageStep)
                                  : countedFraction(m_plans[m_stage].steps, m_stageStep);
}

core::Result<bool> CrossValidation::trainStep(double rateFactor)
{
    const double start = now();
    StepPlace place;
    place.stage = m_stage;
    place.step = m_stageStep;
    place.t = stageFraction();
    place.rateFactor = rateFactor;
    place.vaeWeight = m_config.vaeWeight;
    const std::optional<StepLosses> losses = stepWithinMemory(*m_learner, m_samples, place, m_parts);
    if (losses && !losses->isFinite) {
        return core::Error{core::ErrorCode::Diverged, core::phrase("errors", "A loss was no number.")};
    }
    m_stageStep += losses ? 1 : 0;
    m_foldSeconds += now() - start;
    return true;
}

double CrossValidation::fraction() const
{
    double within = 0.0;
    if (m_isValidating) {
        within = 1.0;
    } else if (m_learner) {
        within = m_budget.seconds > 0.0 ? std::clamp(m_foldSeconds * m_folds / m_budget.seconds, 0.0, 1.0)
                                        : countedProgress(m_plans, m_stage, m_stageStep);
    }
    return std::min((m_fold + within) / m_folds, 1.0);
}

ValidationResult CrossValidation::finish()
{
    return m_validation.finish(m_samples, m_hasTwoBranches, m_config.vaeWeight);
}

} // namespace semigda::learning
