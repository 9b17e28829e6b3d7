// SPDX-License-Identifier: Apache-2.0
#include "support/FakeProject_p.h"

#include <algorithm>

namespace semigda::test
{

namespace
{

bool isPaintFree(const core::LabelMask &mask)
{
    const auto counts = core::countValues(mask);
    return std::all_of(counts.begin(), counts.end(), [](const auto &each) { return each.first == core::NotAnnotated; });
}

class FakePredictions : public core::PredictionStore
{
public:
    explicit FakePredictions(std::shared_ptr<FakeProject> project)
        : m_project(std::move(project))
    {}

    core::Result<core::PredictionId> save(const core::Prediction &prediction) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = m_project->beginWrite(); !allowed) {
            return allowed.error();
        }
        FakeImage *image = m_project->image(prediction.image);
        if (!image) {
            return m_project->noImage(prediction.image);
        }
        if (prediction.mask.width() != image->record.width || prediction.mask.height() != image->record.height) {
            return core::Error{
                core::ErrorCode::GeometryMismatch,
                core::Sentence::verbatim("The prediction has another size than " + image->record.name + ".")};
        }
        std::erase_if(m_project->content.predictions, [&](const auto &each) {
            return each.second.image == prediction.image && each.second.run == prediction.run
                   && !m_project->isReviewed(each.first);
        });
        core::Prediction saved = prediction;
        saved.id = core::PredictionId(++m_project->content.lastPrediction);
        saved.createdAt = m_project->now();
        m_project->content.predictions[saved.id] = saved;
        core::ImageState &state = image->record.state;
        if (state == core::ImageState::Unlabelled
            || (state == core::ImageState::Partial && isPaintFree(image->annotation.mask))) {
            state = core::ImageState::Predicted;
        }
        return saved.id;
    }
    core::Result<std::optional<core::Prediction>> newest(core::ImageId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (!m_project->image(id)) {
            return m_project->noImage(id);
        }
        const core::Prediction *newest = m_project->newestPrediction(id);
        return newest ? std::optional(*newest) : std::nullopt;
    }
    core::Result<core::Prediction> load(core::PredictionId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        const auto found = m_project->content.predictions.find(id);
        if (found == m_project->content.predictions.end()) {
            return core::Error{core::ErrorCode::NotFound, core::Sentence::verbatim("The project has no prediction "
                                                                                   + std::to_string(id.value) + ".")};
        }
        return found->second;
    }
    core::Result<std::vector<core::PredictionSummary>> list() override
    {
        const std::lock_guard lock(m_project->mutex);
        std::vector<core::PredictionSummary> all;
        for (const auto &[id, image] : m_project->content.images) {
            const core::Prediction *newest = m_project->newestPrediction(id);
            if (!newest || !image.removedAt.empty()) {
                continue;
            }
            core::PredictionSummary summary{newest->id, id, newest->run, newest->scores, {}};
            for (const core::Review &review : m_project->content.reviews) {
                if (review.prediction == newest->id) {
                    summary.verdict = review.verdict;
                }
            }
            all.push_back(summary);
        }
        std::stable_sort(all.begin(), all.end(), [](const auto &a, const auto &b) {
            return std::pair(a.scores.doubt(), a.scores.disagreement)
                   > std::pair(b.scores.doubt(), b.scores.disagreement);
        });
        return all;
    }
    core::Result<void> recordReview(const core::Review &review) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = m_project->beginWrite(); !allowed) {
            return allowed;
        }
        if (!m_project->image(review.image)) {
            return m_project->noImage(review.image);
        }
        core::Review recorded = review;
        recorded.createdAt = m_project->now();
        m_project->content.reviews.push_back(recorded);
        return {};
    }
    core::Result<std::vector<core::Review>> reviews(core::ImageId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        std::vector<core::Review> found;
        for (const core::Review &review : m_project->content.reviews) {
            if (review.image == id) {
                found.push_back(review);
            }
        }
        return found;
    }

private:
    std::shared_ptr<FakeProject> m_project;
};

} // namespace

std::unique_ptr<core::PredictionStore> makeFakePredictions(std::shared_ptr<FakeProject> project)
{
    return std::make_unique<FakePredictions>(std::move(project));
}

} // namespace semigda::test
