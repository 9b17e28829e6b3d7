// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"
#include "learning/Predictor.h"

#include <memory>
#include <span>
#include <vector>

namespace semigda::app
{

/// Predicts images of a project with a run's published checkpoint. Use from one thread, with a store of that thread;
/// the store must outlive it.
class ImagePredictor
{
public:
    struct Predicted
    {
        core::ImageId image;
        learning::PredictedImage result;
    };

    static core::Result<ImagePredictor> load(core::ProjectStore &store, const core::RunRecord &run,
                                             const std::string &device);

    std::size_t batchSize() const { return m_predictor->batchSize(); }
    /// Images that cannot be read are left out and named in `problems`; other failures end it.
    core::Result<std::vector<Predicted>> predict(std::span<const core::ImageId> images,
                                                 std::vector<core::ImportIssue> &problems);
    /// Enters predictions in one transaction. Human masks and states stay as they are.
    core::Result<void> save(std::vector<Predicted> predicted);

private:
    ImagePredictor(core::ProjectStore &store, core::RunId run, std::unique_ptr<learning::Predictor> predictor);

    core::ProjectStore *m_store;
    core::RunId m_run;
    std::unique_ptr<learning::Predictor> m_predictor;
};

} // namespace semigda::app
