// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"
#include "core/ports/SampleSource.h"

#include <unordered_map>

namespace semigda::app
{

/// What training sees of a project. Images of the test split, and all others of their patients, are in no role; the
/// patients of the validation split are only validated on; rejected images are left out. Training thread only; owns
/// its store.
class StoreSampleSource final : public core::SampleSource
{
public:
    explicit StoreSampleSource(std::unique_ptr<core::ProjectStore> store);

    core::Result<std::shared_ptr<const core::SampleSnapshot>> snapshot() override;
    core::Result<core::ImageData> image(core::ImageId id) override;
    core::Result<core::LabelMask> mask(core::ImageId id) override;
    core::Result<std::optional<core::LabelMask>> proposal(core::ImageId id) override;

private:
    struct Completeness
    {
        std::int64_t sequence = -1;
        bool isComplete = false;
    };

    core::Result<std::string> groupOf(core::ImageId id);
    /// nullopt: plays no role in training.
    core::Result<std::optional<core::SampleItem>> itemFor(const core::ImageSummary &image, core::Split split);
    core::Result<bool> isComplete(core::ImageId id, std::int64_t sequence);

    std::unique_ptr<core::ProjectStore> m_store;
    std::unordered_map<core::ImageId, std::string> m_groups; ///< never changes after import
    std::unordered_map<core::ImageId, Completeness> m_completeness;
};

} // namespace semigda::app
