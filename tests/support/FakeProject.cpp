// SPDX-License-Identifier: Apache-2.0
#include "support/FakeProject_p.h"

#include <cstdio>

namespace semigda::test
{

core::Result<void> FakeProject::beginWrite()
{
    if (!readOnlyReason.empty()) {
        return core::Error{core::ErrorCode::ReadOnly, core::Sentence::verbatim(readOnlyReason)};
    }
    if (writesBeforeFailure >= 0 && writesBeforeFailure-- == 0) {
        return failure;
    }
    return {};
}

std::string FakeProject::now()
{
    const auto seconds = static_cast<int>(clock++ % 86400);
    char text[32];
    std::snprintf(text, sizeof text, "2026-01-31T%02d:%02d:%02d.000Z", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return text;
}

FakeImage *FakeProject::image(core::ImageId id)
{
    const auto found = content.images.find(id);
    return found == content.images.end() ? nullptr : &found->second;
}

core::Error FakeProject::noImage(core::ImageId id) const
{
    return {core::ErrorCode::NotFound,
            core::Sentence::verbatim("The project has no image " + std::to_string(id.value) + ".")};
}

const core::Prediction *FakeProject::newestPrediction(core::ImageId id) const
{
    const core::Prediction *newest = nullptr;
    for (const auto &[key, prediction] : content.predictions) {
        if (prediction.image == id) {
            newest = &prediction;
        }
    }
    return newest;
}

bool FakeProject::isReviewed(core::PredictionId id) const
{
    for (const core::Review &review : content.reviews) {
        if (review.prediction == id) {
            return true;
        }
    }
    return false;
}

} // namespace semigda::test
