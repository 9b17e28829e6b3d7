// SPDX-License-Identifier: Apache-2.0
#include "learning/TrainingLoop_p.h"

#include "learning/Compute.h"
#include "learning/Device_p.h"
#include "learning/Guarded_p.h"
#include "learning/StageSchedule_p.h"
#include "learning/StepMemory_p.h"

#include <algorithm>
#include <cmath>

namespace semigda::learning
{

namespace
{

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace

TrainingLoop::TrainingLoop(const TrainingConfig &config, std::shared_ptr<core::SampleSource> source,
                           const std::filesystem::path &folder)
    : m_config(config)
    , m_folder(folder)
    , m_device(torch::kCPU)
    , m_samples(std::move(source), m_config)
{
    // Beside the runs: the next one may have the same prior, and what shows patients stays within their project.
    m_config.cacheFolder = folder.parent_path().string();
}

core::Result<void> TrainingLoop::begin()
{
    const auto device = deviceFrom(m_config.device);
    if (!device) {
        return device.error();
    }
    m_device = *device;
    setThreadCount(0);
    m_deviceName = describeDevice(m_config.device).value_or("CPU");
    if (auto taken = takeSamples(); !taken) {
        return taken;
    }
    auto learner = makeLearner(m_config, m_samples.classCount(), m_device);
    if (!learner) {
        return learner.error();
    }
    m_learner = std::move(*learner);
    for (const core::LabelClass &labelClass : m_samples.classes().classes()) {
        m_state.classes.push_back(labelClass.value);
    }
    if (m_learner->hasTwoBranches()) {
        m_state.vaeWeight = m_config.vaeWeight;
    }
    return writeConfig(m_folder, m_config);
}

core::Result<void> TrainingLoop::beginAgain(std::optional<double> minutes)
{
    const auto device = deviceFrom(m_config.device);
    if (!device) {
        return device.error();
    }
    m_device = *device;
    setThreadCount(0);
    m_deviceName = describeDevice(m_config.device).value_or("CPU");
    TensorFile tensors;
    auto state = readState(m_folder, tensors);
    if (!state) {
        return state.error();
    }
    m_state = std::move(*state);
    m_samples.keepClasses(m_state.classes);
    if (auto taken = takeSamples(); !taken) {
        return taken;
    }
    // The saved weights hold the refined prior; the file it came from may be gone.
    TrainingConfig config = m_config;
    config.priorFile.clear();
    auto learner = makeLearner(config, m_samples.classCount(), m_device);
    if (!learner) {
        return learner.error();
    }
    m_learner = std::move(*learner);
    m_restored = std::move(tensors);
    if (minutes) {
        m_config.minutes = m_state.elapsed / 60.0 + *minutes;
        m_state.isFinished = false;
        // A short time more does not make up for what a longer check has told.
        const CrossValidation::Budget budget{m_config.foldShare * *minutes * 60.0, 0.0};
        const bool isChecked = CrossValidation::isWorthwhile(budget, m_state.folds, {});
        m_state.foldSeconds = isChecked ? budget.seconds : 0.0;
        m_state.isCrossValidated = !isChecked;
        if (const auto written = writeConfig(m_folder, m_config); !written) {
            return written;
        }
    }
    return {};
}

core::Result<void> TrainingLoop::takeSamples()
{
    if (auto done = m_samples.refresh(); !done) {
        return done;
    }
    if (m_samples.counts().labelled + m_samples.counts().partial == 0) {
        return core::Error{
            core::ErrorCode::InvalidArgument,
            core::phrase("errors",
                         "There is nothing to learn from yet; paint at least one image of the training split.")};
    }
    return {};
}

core::Result<StepOutcome> TrainingLoop::step()
{
    if (m_mode == Mode::Finished) {
        return StepOutcome::Finished;
    }
    const double start = now();
    const auto advanced = advance();
    m_state.elapsed += now() - start;
    if (!advanced) {
        return advanced.error();
    }
    if (m_mode == Mode::Finished) {
        m_state.isFinished = true;
        if (const auto saved = save(); !saved) {
            return saved.error();
        }
        return StepOutcome::Finished;
    }
    // Big networks take long to write: never more than a fiftieth of the time goes into saving.
    if (m_mode == Mode::Training && m_state.elapsed - m_lastSave >= std::max(m_config.saveSeconds, 50.0 * m_saveCost)) {
        if (const auto saved = save(); !saved) {
            return saved.error();
        }
    }
    return StepOutcome::Continue;
}

core::Result<void> TrainingLoop::advance()
{
    switch (m_mode) {
    case Mode::Preparing:
        if (m_samples.isPreparing()) {
            prepareSome();
            return {};
        }
        return afterPreparing();
    case Mode::Training:
        if (isValidationDue()) {
            startValidation();
            return {};
        }
        if (stageFraction() >= 1.0) {
            if (!isLastStage()) {
                return enterStage(m_state.stage + 1);
            }
            if (m_state.folds > 0 && !m_state.isCrossValidated) {
                return startCrossValidation();
            }
            m_mode = Mode::Finished;
            return {};
        }
        return trainStep();
    case Mode::Validating: {
        const double start = now();
        const bool hasMore = m_validation.next(*m_learner, m_samples, m_config);
        m_validationSeconds += now() - start;
        return hasMore ? core::Result<void>() : finishValidation();
    }
    case Mode::CrossValidating:
        return crossValidate();
    case Mode::Finished:
        break;
    }
    return {};
}

void TrainingLoop::prepareSome()
{
    constexpr double Slice = 0.2;
    const double end = now() + Slice;
    while (now() < end && m_samples.prepareNext()) {
    }
    notify(m_samples.takeNotice());
}

core::Result<void> TrainingLoop::afterPreparing()
{
    notify(m_samples.takeNotice());
    m_mode = Mode::Training;
    m_lastRefresh = m_state.elapsed;
    if (m_samples.labelled().empty() && m_samples.partial().empty()) {
        return core::Error{core::ErrorCode::InvalidArgument,
                           core::phrase("errors", "None of the painted images can be read any more, so there is "
                                                  "nothing to learn from; check the project's images.")};
    }
    if (!m_isFirstPreparation) {
        m_learner->samplesChanged(m_samples);
        m_plans = m_learner->stages(m_samples);
        return {};
    }
    m_isFirstPreparation = false;
    m_plans = m_learner->stages(m_samples);
    if (!m_restored) {
        if (m_config.symmetries == 0) {
            const Symmetries found = m_samples.findSymmetries();
            m_config.symmetries = static_cast<int>(found);
            if (found != AllSymmetries) {
                notify(core::phrase(
                    "errors",
                    "The images share an orientation, so training turns and mirrors them only in ways that keep it."));
            }
        }
        if (m_config.shippedNetworks == ShippedForSingleStructures) {
            m_config.shippedNetworks = m_samples.showsSingleStructures() ? AlwaysShippedNetworks : NoShippedNetworks;
        }
        if (m_config.shippedNetworks != NoShippedNetworks) {
            if (const auto taken = m_learner->takeShippedNetworks(); !taken) {
                return taken;
            }
        }
        // What was left to the images is decided now.
        if (const auto written = writeConfig(m_folder, m_config); !written) {
            return written;
        }
        m_state.trainingStart = m_state.elapsed;
        planFolds();
        return enterStage(0);
    }
    if (m_state.folds > 0) {
        m_samples.releaseHeldOut();
        m_plans = m_learner->stages(m_samples);
    }
    const TensorFile tensors = std::move(*m_restored);
    m_restored.reset();
    m_state.stage = std::min(m_state.stage, m_plans.size() - 1);
    m_learner->enterStage(m_state.stage, m_samples);
    if (auto restored = m_learner->restore(tensors); !restored) {
        return restored;
    }
    m_lastSave = m_state.elapsed;
    if (m_state.isFinished) {
        m_mode = Mode::Finished;
    }
    return {};
}

core::Result<void> TrainingLoop::enterStage(std::size_t stage)
{
    m_state.stage = stage;
    m_state.stageStep = 0;
    m_state.stageStart = m_state.elapsed;
    m_state.validationStep = 0;
    m_state.validationElapsed = m_state.elapsed;
    m_loss.reset();
    m_lossSums.clear();
    const bool isSkipped = m_config.isTimed() ? m_plans[stage].share <= 0.0 : m_plans[stage].steps <= 0;
    if (isSkipped && !isLastStage()) {
        return enterStage(stage + 1);
    }
    m_learner->enterStage(stage, m_samples);
    fitToMemory();
    // So that there is always something to go back to.
    return save();
}

void TrainingLoop::fitToMemory()
{
    std::optional<double> free = freeBytes(m_device);
    if (m_config.memoryLimit > 0) {
        constexpr double Mebibyte = 1024.0 * 1024.0;
        const double limit = m_config.memoryLimit * Mebibyte;
        free = std::min(free.value_or(limit), limit);
    }
    const double needed = m_learner->stepBytes(m_state.stage);
    const int parts = free ? partsWithin(*free, needed, m_learner->mostParts(m_state.stage)) : 1;
    if (parts > m_state.parts) {
        m_state.parts = parts;
        notify(core::phrase("errors", "Little memory is free: batches are worked through in %1 portions, which takes a "
                                      "little longer; closing other programs helps the next run.")
                   .with(parts));
    }
}

double TrainingLoop::stageFraction() const
{
    if (!m_config.isTimed()) {
        return countedFraction(m_plans[m_state.stage].steps, m_state.stageStep);
    }
    const double seconds = m_config.minutes * 60.0 - m_state.foldSeconds - m_state.trainingStart;
    const double last = isLastStage() ? m_state.validationCost : 0.0;
    const double end = m_state.trainingStart + stageEnd(m_plans, m_state.stage, seconds) - last;
    return timedFraction(m_state.stageStart, end, m_state.elapsed, m_state.stageStep);
}

core::Result<void> TrainingLoop::trainStep()
{
    StepPlace place;
    place.stage = m_state.stage;
    place.step = m_state.stageStep;
    place.t = stageFraction();
    place.rateFactor = m_state.rateFactor;
    place.vaeWeight = m_state.vaeWeight;
    if (m_samples.holdsOut() && isLastStage() && place.t >= m_config.holdOutUntil && m_state.validationStep > 0) {
        m_samples.releaseHeldOut();
        m_learner->samplesChanged(m_samples);
    }
    const std::optional<StepLosses> tried = stepWithinMemory(*m_learner, m_samples, place, m_state.parts);
    if (!tried) {
        notify(core::phrase("errors", "Memory ran out: batches are now worked through in %1 portions, which takes a "
                                      "little longer.")
                   .with(m_state.parts));
        return {};
    }
    const StepLosses &losses = *tried;
    if (!losses.isFinite) {
        return stepBack();
    }
    m_loss = losses.total;
    ++m_state.stageStep;
    ++m_state.step;
    recordLosses(losses);
    const StagePlan &plan = m_plans[m_state.stage];
    if (m_state.stageStep % std::max<std::int64_t>(plan.epochSteps, 1) == 0) {
        return followProject();
    }
    return {};
}

core::Result<void> TrainingLoop::stepBack()
{
    const core::Error diverged{
        core::ErrorCode::Diverged,
        core::phrase("errors", "The training ran away (a loss was no number) even at half the learning rate; start "
                               "again with smaller rates, for example --set adapter_rate=0.0003.")};
    if (m_state.rateFactor < 1.0) {
        return diverged;
    }
    TensorFile tensors;
    auto saved = readState(m_folder, tensors);
    if (!saved || saved->stage != m_state.stage) {
        return saved ? diverged : saved.error();
    }
    if (auto restored = m_learner->restore(tensors); !restored) {
        return restored;
    }
    m_state.stageStep = saved->stageStep;
    m_state.step = saved->step;
    m_state.rateFactor = 0.5;
    notify(core::phrase("errors", "A loss was no number: training went back to the last saved state and goes on with "
                                  "half the learning rate."));
    return save();
}

core::Result<void> TrainingLoop::followProject()
{
    // Reading the project costs little beside an epoch of real size, but an epoch may be a few steps short.
    if (m_state.elapsed - m_lastRefresh < 20.0 * m_refreshCost) {
        return {};
    }
    const double start = now();
    const auto done = m_samples.refresh();
    m_refreshCost = now() - start;
    m_lastRefresh = m_state.elapsed;
    if (!done) {
        // A project that cannot be read for a moment is no reason to lose the run.
        notify(core::phrase("errors", "New labels could not be read: %1").with(done.error().message));
        return {};
    }
    if (m_samples.counts().labelled + m_samples.counts().partial == 0) {
        return core::Error{core::ErrorCode::InvalidArgument,
                           core::phrase("errors", "All labels were taken away while training, so there is nothing left "
                                                  "to learn from; paint an image and train again.")};
    }
    if (m_samples.isPreparing()) {
        m_mode = Mode::Preparing;
    }
    notify(m_samples.takeNotice());
    return {};
}

core::Result<void> TrainingLoop::save()
{
    if (m_mode == Mode::Preparing && m_isFirstPreparation) {
        return {};
    }
    if (m_mode == Mode::CrossValidating) {
        return {}; // saved when it began, where it would begin again
    }
    const double start = now();
    TensorFile tensors;
    m_learner->store(tensors);
    m_state.hasStage = true;
    const auto written = writeState(m_folder, m_state, std::move(tensors));
    m_saveCost = now() - start;
    m_lastSave = m_state.elapsed;
    return written;
}

} // namespace semigda::learning
