// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/predict/ImagePredictor.h"

#include <optional>
#include <string>
#include <unordered_map>

namespace semigda::app
{

/// Keeps the predictions of the images that wait for a mask up to date with a run's newest checkpoint, a few at a time,
/// those predicted longest ago first. Training thread only; the store must outlive it.
class WaitingPredictions
{
public:
    WaitingPredictions(core::ProjectStore &store, core::RunRecord run, std::string device);

    /// The run has published a better checkpoint.
    void checkpointChanged();
    bool hasCheckpoint() const { return m_generation > 0; }
    /// Predicts and stores the next few; the number is 0 when all are up to date.
    core::Result<std::size_t> predictSome(std::size_t most);
    /// How many images are out of date.
    core::Result<std::size_t> countStale();
    /// Different images predicted so far.
    std::size_t predictedImages() const { return m_generationOf.size(); }
    /// Predictions stored so far, of some images more than one.
    std::size_t storedPredictions() const { return m_stored; }
    /// What went wrong with single images since the last call.
    std::vector<core::ImportIssue> takeProblems();

private:
    core::Result<void> listWaiting();

    core::ProjectStore &m_store;
    core::RunRecord m_run;
    std::size_t m_stored = 0;
    std::string m_device;
    std::optional<ImagePredictor> m_predictor;
    int m_generation = 0;                                  ///< of the newest checkpoint, 0: none yet
    int m_loadedGeneration = 0;                            ///< of m_predictor
    std::unordered_map<core::ImageId, int> m_generationOf; ///< that last predicted an image
    std::unordered_map<core::ImageId, int> m_unreadable;   ///< by the generation that tried
    std::vector<core::ImageId> m_queue;                    ///< out of date, next at the back
    std::vector<core::ImportIssue> m_problems;
};

} // namespace semigda::app
