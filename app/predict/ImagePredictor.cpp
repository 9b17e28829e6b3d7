// SPDX-License-Identifier: Apache-2.0
#include "app/predict/ImagePredictor.h"

namespace semigda::app
{

using core::Result;

ImagePredictor::ImagePredictor(core::ProjectStore &store, core::RunId run,
                               std::unique_ptr<learning::Predictor> predictor)
    : m_store(&store)
    , m_run(run)
    , m_predictor(std::move(predictor))
{}

Result<ImagePredictor> ImagePredictor::load(core::ProjectStore &store, const core::RunRecord &run,
                                            const std::string &device)
{
    Result<std::unique_ptr<learning::Predictor>> predictor = learning::Predictor::load(run.folder, device);
    if (!predictor)
        return predictor.error();
    return ImagePredictor(store, run.id, std::move(*predictor));
}

Result<std::vector<ImagePredictor::Predicted>> ImagePredictor::predict(std::span<const core::ImageId> images,
                                                                       std::vector<core::ImportIssue> &problems)
{
    std::vector<core::ImageId> ids;
    std::vector<core::ImageData> pixels;
    for (const core::ImageId id : images) {
        Result<core::ImageData> each = m_store->images().pixels(id);
        if (each) {
            ids.push_back(id);
            pixels.push_back(std::move(*each));
            continue;
        }
        const Result<core::ImageSummary> summary = m_store->images().summary(id);
        problems.push_back({summary ? summary->name : std::string(), each.error()});
    }
    std::vector<Predicted> predicted;
    if (ids.empty())
        return predicted;
    Result<std::vector<learning::PredictedImage>> results = m_predictor->predict(pixels);
    if (!results)
        return results.error();
    for (std::size_t i = 0; i < results->size(); ++i)
        predicted.push_back({ids[i], std::move((*results)[i])});
    return predicted;
}

Result<void> ImagePredictor::save(std::vector<Predicted> predicted)
{
    return m_store->inTransaction([&]() -> Result<void> {
        for (Predicted &each : predicted) {
            core::Prediction prediction;
            prediction.image = each.image;
            prediction.run = m_run;
            prediction.mask = std::move(each.result.mask);
            prediction.scores = each.result.scores;
            prediction.uncertainty = std::move(each.result.uncertainty);
            const Result<core::PredictionId> saved = m_store->predictions().save(prediction);
            if (!saved)
                return saved.error();
        }
        return {};
    });
}

} // namespace semigda::app
