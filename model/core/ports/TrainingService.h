// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Ids.h"
#include "core/Result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace semigda::core
{

enum class TrainingPhase : std::uint8_t {
    Idle,
    Preparing,
    Prior,
    Alignment,
    Adapters,
    Supervised,
    CrossValidating,
    Predicting,
    Paused,
    Finished,
    Stopped,
    Failed
};

/// Words for people: "Preparing images", "Learning appearance", ...
const char *describe(TrainingPhase phase);

struct TrainingRequest
{
    std::string method = "semigda";  ///< or "supervised"
    std::string profile = "compact"; ///< or "paper"
    std::string priorFile;           ///< empty: the shipped compact prior
    std::optional<double> minutes;   ///< time budget; or
    std::optional<int> epochsStage1; ///< fixed epochs of stage 1 and 2
    std::optional<int> epochsStage2;
    int imageSize = 0; ///< side in pixels; 0: the profile's, or less for images that are small
    std::string device = "auto";
    std::uint64_t seed = 1;
    bool resume = false; ///< go on with the newest unfinished run of this method
    bool predictWhileTraining = true;
    std::map<std::string, std::string> overrides; ///< --set key=value
};

struct CurvePoint
{
    double seconds = 0.0; ///< since the start of training
    std::int64_t step = 0;
    double value = 0.0;
};

struct TrainingProgress
{
    RunId run;
    TrainingPhase phase = TrainingPhase::Idle;
    std::int64_t step = 0;
    double fraction = 0.0; ///< of the whole run, 0..1
    double elapsedSeconds = 0.0;
    double remainingSeconds = 0.0;
    std::optional<double> loss; ///< of the last step, current phase
    std::optional<double> validationDice;
    std::optional<double> bestValidationDice;
    std::string device;       ///< "CPU, 2 threads", "NVIDIA H100"
    std::size_t labelled = 0; ///< images the run learns from, by kind
    std::size_t partial = 0;
    std::size_t unlabelled = 0; ///< none for a method that learns from labels alone
    std::size_t predicted = 0;  ///< images predicted so far by this run
    std::size_t proposals = 0;  ///< stored so far; an image gets a new one whenever the run has become better
    Sentence notice;            ///< one sentence worth telling, once (out of memory, labels joined, ...)
    Sentence error;             ///< set when phase is Failed
};

/// Trains in the background. Methods may be called from any thread and return at once; the listener is called
/// on the training thread, at most ten times a second plus once per phase change.
class TrainingService
{
public:
    using Listener = std::function<void(const TrainingProgress &)>;

    virtual ~TrainingService() = default;
    virtual void setListener(Listener listener) = 0;
    /// AlreadyExists while a run is active.
    virtual Result<void> start(const TrainingRequest &request) = 0;
    virtual void pause() = 0;
    virtual void resume() = 0;
    /// Ends at the next step; the state is saved and can be resumed.
    virtual void stop() = 0;
    /// Blocks until the training thread has ended; for closing and for the terminal.
    virtual void wait() = 0;
    virtual bool isActive() const = 0;
    virtual TrainingProgress progress() const = 0;
};

} // namespace semigda::core
