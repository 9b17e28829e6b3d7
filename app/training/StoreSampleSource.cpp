// SPDX-License-Identifier: Apache-2.0
#include "app/training/StoreSampleSource.h"

#include <algorithm>

namespace semigda::app
{

using core::ImageState;
using core::Result;
using core::SampleRole;
using core::Split;

namespace
{

/// The later one wins for all images of a patient.
int strictness(Split split)
{
    return split == Split::Test ? 2 : split == Split::Validation ? 1 : 0;
}

bool hasHumanMask(ImageState state)
{
    return state == ImageState::Labelled || state == ImageState::Accepted || state == ImageState::Corrected
           || state == ImageState::Partial;
}

} // namespace

StoreSampleSource::StoreSampleSource(std::unique_ptr<core::ProjectStore> store)
    : m_store(std::move(store))
{}

Result<std::string> StoreSampleSource::groupOf(core::ImageId id)
{
    const auto known = m_groups.find(id);
    if (known != m_groups.end())
        return known->second;
    Result<core::ImageRecord> record = m_store->images().record(id);
    if (!record)
        return record.error();
    std::string group = record->patientKey;
    if (group.empty())
        group = record->seriesKey.empty() ? "image:" + std::to_string(id.value) : "series:" + record->seriesKey;
    return m_groups.emplace(id, std::move(group)).first->second;
}

Result<std::shared_ptr<const core::SampleSnapshot>> StoreSampleSource::snapshot()
{
    Result<core::LabelSet> classes = m_store->classes();
    if (!classes)
        return classes.error();
    const Result<std::vector<core::ImageSummary>> images = m_store->images().list();
    if (!images)
        return images.error();
    std::unordered_map<std::string, Split> splits;
    for (const core::ImageSummary &image : *images) {
        const Result<std::string> group = groupOf(image.id);
        if (!group)
            return group.error();
        Split &split = splits.try_emplace(*group, image.split).first->second;
        split = strictness(image.split) > strictness(split) ? image.split : split;
    }
    auto snapshot = std::make_shared<core::SampleSnapshot>();
    snapshot->classes = std::move(*classes);
    for (const core::ImageSummary &image : *images) {
        const std::string &group = m_groups.at(image.id);
        Result<std::optional<core::SampleItem>> item = itemFor(image, splits.at(group));
        if (!item)
            return item.error();
        // A train image of a validation patient has no role: it may neither train nor was it meant for validation.
        if (!item->has_value() || (splits.at(group) == Split::Validation && image.split != Split::Validation))
            continue;
        (*item)->groupKey = group;
        snapshot->items.push_back(std::move(**item));
    }
    return std::shared_ptr<const core::SampleSnapshot>(std::move(snapshot));
}

Result<std::optional<core::SampleItem>> StoreSampleSource::itemFor(const core::ImageSummary &image, Split split)
{
    if (split == Split::Test || image.state == ImageState::Rejected)
        return std::optional<core::SampleItem>();
    core::SampleItem item;
    item.id = image.id;
    item.width = image.width;
    item.height = image.height;
    bool isDone = false;
    if (hasHumanMask(image.state)) {
        const Result<std::int64_t> sequence = m_store->annotations().sequence(image.id);
        if (!sequence)
            return sequence.error();
        item.sequence = *sequence;
        const Result<bool> complete = isComplete(image.id, *sequence);
        if (!complete)
            return complete.error();
        isDone = *complete;
        item.role = isDone ? SampleRole::Labelled : SampleRole::Partial;
    }
    if (split == Split::Validation) {
        if (!isDone)
            return std::optional<core::SampleItem>();
        item.role = SampleRole::Validation;
    }
    return std::optional<core::SampleItem>(std::move(item));
}

Result<bool> StoreSampleSource::isComplete(core::ImageId id, std::int64_t sequence)
{
    Completeness &known = m_completeness[id];
    if (known.sequence != sequence) {
        const Result<core::Annotation> annotation = m_store->annotations().load(id);
        if (!annotation)
            return annotation.error();
        known = {sequence, annotation->isComplete};
    }
    return known.isComplete;
}

Result<core::ImageData> StoreSampleSource::image(core::ImageId id)
{
    return m_store->images().pixels(id);
}

Result<core::LabelMask> StoreSampleSource::mask(core::ImageId id)
{
    Result<core::Annotation> annotation = m_store->annotations().load(id);
    if (!annotation)
        return annotation.error();
    return std::move(annotation->mask);
}

Result<std::optional<core::LabelMask>> StoreSampleSource::proposal(core::ImageId id)
{
    Result<std::optional<core::Prediction>> newest = m_store->predictions().newest(id);
    if (!newest)
        return newest.error();
    if (!newest->has_value())
        return std::optional<core::LabelMask>();
    const Result<std::vector<core::Review>> reviews = m_store->predictions().reviews(id);
    if (!reviews)
        return reviews.error();
    const bool isRejected = std::any_of(reviews->begin(), reviews->end(), [&](const core::Review &review) {
        return review.prediction == (*newest)->id && review.verdict == core::Verdict::Rejected;
    });
    return isRejected ? std::optional<core::LabelMask>() : std::optional(std::move((*newest)->mask));
}

} // namespace semigda::app
