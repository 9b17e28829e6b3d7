// SPDX-License-Identifier: Apache-2.0
#include "app/training/WaitingPredictions.h"

#include "app/predict/PredictImages.h"

#include <algorithm>

namespace semigda::app
{

using core::ImageId;
using core::Result;

WaitingPredictions::WaitingPredictions(core::ProjectStore &store, core::RunRecord run, std::string device)
    : m_store(store)
    , m_run(std::move(run))
    , m_device(std::move(device))
{}

void WaitingPredictions::checkpointChanged()
{
    ++m_generation;
    m_queue.clear();
}

Result<void> WaitingPredictions::listWaiting()
{
    const Result<std::vector<core::ImageSummary>> images = m_store.images().list();
    if (!images)
        return images.error();
    const auto generationOf = [this](ImageId id) {
        const auto found = m_generationOf.find(id);
        return found == m_generationOf.end() ? 0 : found->second;
    };
    m_queue.clear();
    for (const core::ImageSummary &image : *images) {
        const auto tried = m_unreadable.find(image.id);
        const bool isUnreadable = tried != m_unreadable.end() && tried->second == m_generation;
        if (isWaiting(image.state) && !isUnreadable && generationOf(image.id) < m_generation)
            m_queue.push_back(image.id);
    }
    std::stable_sort(m_queue.begin(), m_queue.end(),
                     [&](ImageId a, ImageId b) { return generationOf(a) < generationOf(b); });
    std::reverse(m_queue.begin(), m_queue.end());
    return {};
}

Result<std::size_t> WaitingPredictions::countStale()
{
    if (const Result<void> listed = listWaiting(); !listed)
        return listed.error();
    return m_queue.size();
}

Result<std::size_t> WaitingPredictions::predictSome(std::size_t most)
{
    if (m_generation == 0)
        return std::size_t(0);
    if (m_loadedGeneration != m_generation) {
        Result<ImagePredictor> loaded = ImagePredictor::load(m_store, m_run, m_device);
        if (!loaded)
            return loaded.error();
        m_predictor = std::move(*loaded);
        m_loadedGeneration = m_generation;
    }
    if (m_queue.empty())
        if (const Result<void> listed = listWaiting(); !listed)
            return listed.error();
    const std::size_t count = std::min({most, m_queue.size(), std::max<std::size_t>(1, m_predictor->batchSize())});
    const std::vector<ImageId> batch(m_queue.rbegin(), m_queue.rbegin() + static_cast<std::ptrdiff_t>(count));
    if (batch.empty())
        return std::size_t(0);
    Result<std::vector<ImagePredictor::Predicted>> predicted = m_predictor->predict(batch, m_problems);
    if (!predicted)
        return predicted.error();
    std::vector<ImageId> done;
    for (const ImagePredictor::Predicted &each : *predicted)
        done.push_back(each.image);
    if (const Result<void> saved = m_predictor->save(std::move(*predicted)); !saved)
        return saved.error();
    m_stored += done.size();
    m_queue.resize(m_queue.size() - count);
    for (const ImageId id : batch)
        m_unreadable[id] = m_generation;
    for (const ImageId id : done) {
        m_unreadable.erase(id);
        m_generationOf[id] = m_generation;
    }
    return count;
}

std::vector<core::ImportIssue> WaitingPredictions::takeProblems()
{
    return std::exchange(m_problems, {});
}

} // namespace semigda::app
