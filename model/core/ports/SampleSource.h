// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Ids.h"
#include "core/ImageData.h"
#include "core/LabelMask.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace semigda::core
{

enum class SampleRole : std::uint8_t {
    Labelled,   ///< complete mask, trains
    Partial,    ///< painted pixels train
    Unlabelled, ///< trains by consistency only
    Validation  ///< complete mask, never trains
};

struct SampleItem
{
    ImageId id;
    SampleRole role = SampleRole::Unlabelled;
    std::string groupKey;      ///< patient: items of one group never lie on both sides of a split
    std::int64_t sequence = 0; ///< the annotation's edit number: a change means the mask must be read again
    int width = 0;             ///< of the image in pixels; 0 where it is not known
    int height = 0;
};

/// What training may use, frozen at one moment. Test images are not in it in any role, nor are rejected ones.
struct SampleSnapshot
{
    std::vector<SampleItem> items;
    LabelSet classes;
};

/// How training reads a project. Called on the training thread only.
class SampleSource
{
public:
    virtual ~SampleSource() = default;
    virtual Result<std::shared_ptr<const SampleSnapshot>> snapshot() = 0;
    virtual Result<ImageData> image(ImageId id) = 0;
    virtual Result<LabelMask> mask(ImageId id) = 0;
    /// What the newest run proposes for the image; none where no run has, or where a person has rejected it.
    virtual Result<std::optional<LabelMask>> proposal(ImageId id)
    {
        static_cast<void>(id);
        return std::optional<LabelMask>();
    }
};

} // namespace semigda::core
