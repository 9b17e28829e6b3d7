// SPDX-License-Identifier: Apache-2.0
// What a training run tells the outside: validation, published models, progress, metrics.
#include "core/Numbers.h"
#include "learning/StageSchedule_p.h"
#include "learning/TrainingLoop_p.h"

#include <algorithm>

namespace semigda::learning
{

namespace
{

constexpr std::int64_t RecordSteps = 10;

} // namespace

bool TrainingLoop::isValidationDue() const
{
    if (!m_learner->canPredict(m_state.stage) || m_state.stageStep == 0) {
        return false;
    }
    const bool isAtEnd = stageFraction() >= 1.0;
    if (m_state.validationStep == m_state.stageStep) {
        return false;
    }
    if (isAtEnd) {
        return true;
    }
    if (!m_config.isTimed()) {
        return m_state.stageStep - m_state.validationStep >= m_config.validationSteps;
    }
    // At most about a tenth of the time goes into it.
    return m_state.elapsed - m_state.validationElapsed
           >= std::max(m_config.validationSeconds, 10.0 * m_state.validationCost);
}

void TrainingLoop::startValidation()
{
    m_validationSeconds = 0.0;
    m_validation.start(m_samples, m_config);
    m_mode = Mode::Validating;
}

void TrainingLoop::watchPlateau(double dice)
{
    constexpr double ClearStep = 0.002;
    if (dice > m_plateauDice + ClearStep) {
        m_plateauDice = dice;
        m_plateauCount = 0;
        return;
    }
    if (++m_plateauCount == m_config.plateauValidations) {
        notify(core::phrase("errors", "The result on the validation images has not improved for the last %1 checks; "
                                      "you may stop here, and a few more painted images will help more than more time.")
                   .with(m_plateauCount));
    }
}

core::Result<void> TrainingLoop::finishValidation()
{
    m_mode = Mode::Training;
    m_state.validationStep = m_state.stageStep;
    m_state.validationElapsed = m_state.elapsed + m_validationSeconds;
    if (m_samples.validation().empty()) {
        m_state.validationCost = m_validationSeconds;
        return publishModel();
    }
    const ValidationResult result = m_validation.finish(m_samples, m_learner->hasTwoBranches(), m_config.vaeWeight);
    m_state.validationCost = m_validationSeconds;
    m_state.validationDice = result.dice;
    watchPlateau(result.dice);
    recordValidation(result);
    const bool isBest = !m_state.bestDice || result.dice >= *m_state.bestDice;
    if (!isBest && !mayReplace(m_state.bestScores, result.scores)) {
        return {};
    }
    m_state.vaeWeight = result.vaeWeight;
    m_state.calibration = result.calibration;
    if (isBest) {
        m_state.bestDice = result.dice;
        m_state.bestScores = result.scores;
    }
    return publishModel();
}

void TrainingLoop::planFolds()
{
    const int folds = m_samples.hasFewPainted() ? std::min(m_config.folds, m_samples.mostFolds()) : 0;
    // Of the time that is left now, for preparing the images is over.
    CrossValidation::Budget budget{m_config.foldShare * (m_config.minutes * 60.0 - m_state.elapsed), 0.0};
    if (!m_config.isTimed()) {
        budget = {0.0, m_config.foldShare};
    }
    if (!CrossValidation::isWorthwhile(budget, folds, m_plans)) {
        return;
    }
    m_state.folds = folds;
    m_state.foldSeconds = budget.seconds;
    // What cross-validation tells makes up for images held out, which can train then.
    m_samples.releaseHeldOut();
    m_plans = m_learner->stages(m_samples);
}

core::Result<void> TrainingLoop::startCrossValidation()
{
    const auto saved = save();
    if (!saved) {
        return saved;
    }
    // Labels may have gone since the run began, or a validation split been made.
    const int folds = std::min(m_state.folds, m_samples.mostFolds());
    m_state.isCrossValidated = true;
    if (folds < 2) {
        m_mode = Mode::Finished;
        return {};
    }
    m_crossValidation = std::make_unique<CrossValidation>(
        m_config, m_samples, m_device, folds,
        CrossValidation::Budget{m_config.isTimed() ? m_state.foldSeconds : 0.0, m_config.foldShare}, m_state.parts);
    m_mode = Mode::CrossValidating;
    return {};
}

core::Result<void> TrainingLoop::crossValidate()
{
    const auto more = guarded([&] { return m_crossValidation->step(m_state.rateFactor); });
    if (more && *more) {
        return {};
    }
    if (more) {
        return finishCrossValidation();
    }
    // The networks are trained and published: a check that fails is no reason to call them failed.
    notify(core::phrase("errors", "How good the masks are could not be checked on images left out: %1")
               .with(more.error().message));
    m_crossValidation.reset();
    m_mode = Mode::Finished;
    return {};
}

core::Result<void> TrainingLoop::finishCrossValidation()
{
    const ValidationResult result = m_crossValidation->finish();
    m_crossValidation.reset();
    m_mode = Mode::Finished;
    m_state.vaeWeight = result.vaeWeight;
    m_state.calibration = result.calibration;
    m_state.validationDice = result.dice;
    m_state.bestDice = result.dice;
    recordValidation(result);
    notify(core::phrase("errors", "Checked on %1 painted images, each left out once: Dice %2 on average; the final "
                                  "networks have learned from all of them, and for longer.")
               .with(result.scores.size(), core::fixedSentence(result.dice, 2)));
    return publishModel();
}

core::Result<void> TrainingLoop::publishModel()
{
    PublishedModel model;
    model.config = m_config;
    model.classes = m_state.classes;
    model.rules = m_samples.maskRules();
    model.vaeWeight = m_state.vaeWeight;
    model.calibration = m_state.calibration;
    model.validationDice = m_state.validationDice;
    model.step = m_state.step;
    TensorFile tensors;
    m_learner->storeForPrediction(tensors);
    const auto published = publish(m_folder, model, std::move(tensors));
    m_isPublished = m_isPublished || published.has_value();
    return published;
}

void TrainingLoop::recordValidation(const ValidationResult &result)
{
    record("validation_dice", result.dice);
    if (m_learner->hasTwoBranches()) {
        record("validation_dice_vae", result.vaeDice);
        record("validation_dice_cnn", result.cnnDice);
    }
}

void TrainingLoop::record(const std::string &name, double value)
{
    m_metrics.push_back({m_state.step, name, value});
}

void TrainingLoop::recordLosses(const StepLosses &losses)
{
    const auto add = [&](const std::string &name, double value) {
        auto &[sum, count] = m_lossSums[name];
        sum += value;
        ++count;
    };
    add("loss", losses.total);
    for (const auto &[name, value] : losses.parts) {
        add("loss_" + name, value);
    }
    if (m_state.stageStep % RecordSteps == 0) {
        for (const auto &[name, sum] : m_lossSums) {
            record(name, sum.first / sum.second);
        }
        m_lossSums.clear();
    }
}

void TrainingLoop::notify(const core::Sentence &sentence)
{
    if (!sentence.isEmpty()) {
        m_notice = sentence;
    }
}

core::TrainingProgress TrainingLoop::progress()
{
    core::TrainingProgress progress;
    const bool isFirst = m_plans.empty();
    if (m_mode == Mode::Finished) {
        progress.phase = core::TrainingPhase::Finished;
    } else if (m_mode == Mode::Preparing || isFirst) {
        progress.phase = core::TrainingPhase::Preparing;
    } else if (m_mode == Mode::CrossValidating) {
        progress.phase = core::TrainingPhase::CrossValidating;
    } else {
        progress.phase = m_plans[m_state.stage].phase;
    }
    progress.step = m_state.step;
    progress.elapsedSeconds = m_state.elapsed;
    if (m_mode == Mode::Finished) {
        progress.fraction = 1.0;
    } else if (m_config.isTimed()) {
        const double budget = m_config.minutes * 60.0;
        progress.fraction = std::clamp(m_state.elapsed / budget, 0.0, 1.0);
        progress.remainingSeconds = std::max(budget - m_state.elapsed, 0.0);
    } else if (!isFirst) {
        progress.fraction = countedProgress(m_plans, m_state.stage, m_state.stageStep);
        if (m_state.folds > 0) {
            const double checked = m_crossValidation ? m_config.foldShare * m_crossValidation->fraction() : 0.0;
            progress.fraction = (progress.fraction + checked) / (1.0 + m_config.foldShare);
        }
        if (progress.fraction > 0.0) {
            const double spent = m_state.elapsed - m_state.trainingStart;
            progress.remainingSeconds = spent * (1.0 - progress.fraction) / progress.fraction;
        }
    }
    progress.loss = m_loss;
    progress.validationDice = m_state.validationDice;
    progress.bestValidationDice = m_state.bestDice;
    progress.device = m_deviceName;
    progress.labelled = m_samples.counts().labelled;
    progress.partial = m_samples.counts().partial;
    // Of use to the method, not in the project.
    progress.unlabelled = m_config.method == Method::SemiGda ? m_samples.counts().unlabelled : 0;
    progress.notice = std::exchange(m_notice, {});
    return progress;
}

} // namespace semigda::learning
