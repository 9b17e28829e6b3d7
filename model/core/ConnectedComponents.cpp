// SPDX-License-Identifier: Apache-2.0
#include "core/ConnectedComponents.h"

#include <algorithm>
#include <numeric>

namespace semigda::core
{

namespace
{

std::int32_t findRoot(std::vector<std::int32_t> &parents, std::int32_t label)
{
    while (parents[static_cast<std::size_t>(label)] != label) {
        auto &parent = parents[static_cast<std::size_t>(label)];
        parent = parents[static_cast<std::size_t>(parent)];
        label = parent;
    }
    return label;
}

} // namespace

ComponentMap connectedComponents(std::span<const std::uint8_t> binary, int width, int height)
{
    ComponentMap map;
    map.labels.assign(binary.size(), 0);
    std::vector<std::int32_t> parents{0};
    const auto w = static_cast<std::ptrdiff_t>(width);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const std::ptrdiff_t i = y * w + x;
            if (!binary[static_cast<std::size_t>(i)]) {
                continue;
            }
            std::int32_t label = 0;
            const auto join = [&](std::ptrdiff_t neighbour) {
                const std::int32_t other = map.labels[static_cast<std::size_t>(neighbour)];
                if (other == 0) {
                    return;
                }
                const std::int32_t root = findRoot(parents, other);
                if (label == 0) {
                    label = root;
                } else if (root != label) {
                    const auto [low, high] = std::minmax(root, label);
                    parents[static_cast<std::size_t>(high)] = low;
                    label = low;
                }
            };
            if (x > 0) {
                join(i - 1);
            }
            if (y > 0) {
                join(i - w);
                if (x > 0) {
                    join(i - w - 1);
                }
                if (x + 1 < width) {
                    join(i - w + 1);
                }
            }
            if (label == 0) {
                label = static_cast<std::int32_t>(parents.size());
                parents.push_back(label);
            }
            map.labels[static_cast<std::size_t>(i)] = label;
        }
    }
    std::vector<std::int32_t> compact(parents.size(), 0);
    for (auto &label : map.labels) {
        if (label == 0) {
            continue;
        }
        auto &target = compact[static_cast<std::size_t>(findRoot(parents, label))];
        if (target == 0) {
            map.sizes.push_back(0);
            target = static_cast<std::int32_t>(map.sizes.size());
        }
        label = target;
        ++map.sizes[static_cast<std::size_t>(label - 1)];
    }
    return map;
}

void keepLargestComponent(std::span<std::uint8_t> binary, int width, int height)
{
    const ComponentMap map = connectedComponents(binary, width, height);
    if (map.sizes.size() < 2) {
        return;
    }
    const auto largest =
        static_cast<std::int32_t>(std::max_element(map.sizes.begin(), map.sizes.end()) - map.sizes.begin()) + 1;
    for (std::size_t i = 0; i < binary.size(); ++i) {
        if (map.labels[i] != largest) {
            binary[i] = 0;
        }
    }
}

LabelMask keepLargestComponents(const LabelMask &mask, const std::vector<LabelValue> &classes)
{
    std::vector<LabelValue> pixels = mask.toPixels();
    std::vector<std::uint8_t> binary(pixels.size());
    for (const LabelValue value : classes) {
        std::transform(pixels.begin(), pixels.end(), binary.begin(),
                       [&](LabelValue v) { return static_cast<std::uint8_t>(v == value); });
        keepLargestComponent(binary, mask.width(), mask.height());
        for (std::size_t i = 0; i < pixels.size(); ++i) {
            if (pixels[i] == value && !binary[i]) {
                pixels[i] = Background;
            }
        }
    }
    return LabelMask::fromPixels(mask.width(), mask.height(), pixels);
}

} // namespace semigda::core
