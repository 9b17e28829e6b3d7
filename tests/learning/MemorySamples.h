// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/SampleSource.h"
#include "support/Random.h"

#include <algorithm>
#include <set>

namespace semigda::test
{

/// A project in memory: bright blobs in speckle, whose masks are exactly known. Class 2, if there are two, is the
/// blob's dark core. Images are `side` pixels wide and `height` high, or a fourth less high than wide.
class MemorySamples : public core::SampleSource
{
public:
    explicit MemorySamples(int classes = 1, int side = 48, int height = 0)
        : m_side(side)
        , m_height(height > 0 ? height : side * 3 / 4)
    {
        for (int i = 0; i < classes; ++i) {
            static_cast<void>(classSet.add("class " + std::to_string(i + 1)));
        }
    }

    core::ImageId add(core::SampleRole role, const std::string &group = {})
    {
        const core::ImageId id(static_cast<std::int64_t>(items.size()) + 1);
        items.push_back({id, role, group, role == core::SampleRole::Unlabelled ? 0 : 1});
        return id;
    }
    void add(core::SampleRole role, int count)
    {
        for (int i = 0; i < count; ++i) {
            add(role);
        }
    }

    core::Result<std::shared_ptr<const core::SampleSnapshot>> snapshot() override
    {
        ++snapshots;
        auto taken = std::make_shared<core::SampleSnapshot>();
        taken->items = items;
        taken->classes = classSet;
        return std::shared_ptr<const core::SampleSnapshot>(std::move(taken));
    }

    core::Result<core::ImageData> image(core::ImageId id) override
    {
        ++imagesRead;
        if (id == unreadable) {
            return core::Error{core::ErrorCode::CorruptFile,
                               core::Sentence::verbatim("scan 7.png is cut off; export it again.")};
        }
        core::ImageData image;
        image.width = m_side;
        image.height = height();
        image.bytes.resize(image.sampleCount());
        Random random(static_cast<std::uint64_t>(id.value) * 77);
        const core::LabelMask truth = trueMask(id);
        for (int y = 0; y < image.height; ++y) {
            for (int x = 0; x < image.width; ++x) {
                const int level = truth.at(x, y) == 1 ? 190 : truth.at(x, y) == 2 ? 10 : 70;
                image.bytes[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_side)
                            + static_cast<std::size_t>(x)] =
                    static_cast<std::byte>(std::clamp(level + light(y) + random.between(-30, 30), 0, 255));
            }
        }
        return image;
    }

    core::Result<core::LabelMask> mask(core::ImageId id) override
    {
        ++masksRead;
        const auto item = std::find_if(items.begin(), items.end(), [&](const auto &i) { return i.id == id; });
        core::LabelMask mask = trueMask(id);
        if (item->role == core::SampleRole::Partial) {
            // Only every third row was painted.
            for (int y = 0; y < mask.height(); ++y) {
                if (y % 3 != 0) {
                    mask.fillRow(0, y, mask.width(), core::NotAnnotated);
                }
            }
        }
        return mask;
    }

    core::Result<std::optional<core::LabelMask>> proposal(core::ImageId id) override
    {
        return proposed.contains(id) ? std::optional(trueMask(id)) : std::nullopt;
    }

    core::LabelMask trueMask(core::ImageId id) const
    {
        Random random(static_cast<std::uint64_t>(id.value));
        const int radius = random.between(m_side / 6, m_side / 4);
        const int centreX = random.between(radius + 2, m_side - radius - 3);
        const int centreY = random.between(radius + 1, height() - radius - 2);
        core::LabelMask mask(m_side, height(), core::Background);
        if (lacking.contains(id)) {
            return mask;
        }
        for (int y = 0; y < height(); ++y) {
            for (int x = 0; x < m_side; ++x) {
                const int distance = (x - centreX) * (x - centreX) + (y - centreY) * (y - centreY);
                const bool isGap = areInTwo && std::abs(y - centreY) <= 2;
                if (distance <= radius * radius && !isGap) {
                    const bool isCore = classSet.size() > 1 && 4 * distance <= radius * radius;
                    mask.fillRow(x, y, 1, isCore ? 2 : 1);
                }
            }
        }
        return mask;
    }

    int height() const { return m_height; }

    core::LabelSet classSet;
    std::vector<core::SampleItem> items;
    core::ImageId unreadable;
    std::set<core::ImageId> lacking;  ///< images without a blob
    std::set<core::ImageId> proposed; ///< an earlier run has outlined them, rightly
    int snapshots = 0;
    int imagesRead = 0;
    int masksRead = 0;
    bool areInTwo = false;  ///< a gap cuts every blob
    int lightFromAbove = 0; ///< how much brighter than its middle an image is at its top, and darker at its bottom

private:
    int light(int y) const { return lightFromAbove - 2 * lightFromAbove * y / std::max(height() - 1, 1); }

    int m_side;
    int m_height;
};

} // namespace semigda::test
