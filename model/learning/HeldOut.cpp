// SPDX-License-Identifier: Apache-2.0
#include "learning/HeldOut_p.h"

#include "learning/Random_p.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace semigda::learning
{

namespace
{

/// In an order that depends on each group's key alone, so that it stays when labels are added.
std::vector<std::string> ranked(const std::set<std::string> &groups, std::uint64_t seed)
{
    std::vector<std::pair<std::uint64_t, std::string>> keys;
    for (const std::string &group : groups) {
        std::uint64_t hash = 1469598103934665603ULL ^ seed;
        for (const char c : group) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        }
        keys.emplace_back(StepRandom(hash, 101, 0).next(), group);
    }
    std::sort(keys.begin(), keys.end());
    std::vector<std::string> names;
    for (const auto &[key, group] : keys) {
        names.push_back(group);
    }
    return names;
}

bool suffice(const std::set<std::string> &groups, int least)
{
    return static_cast<int>(groups.size()) >= least;
}

/// Complete masks tell more; strokes, of which only the painted pixels count, are better than nothing.
const std::set<std::string> &candidates(const PaintedGroups &groups, int least)
{
    return suffice(groups.complete, least) ? groups.complete : groups.painted;
}

} // namespace

std::string groupOf(const core::SampleItem &item)
{
    return item.groupKey.empty() ? "#" + std::to_string(item.id.value) : item.groupKey;
}

PaintedGroups paintedGroups(std::span<const core::SampleItem> items)
{
    PaintedGroups groups;
    for (const core::SampleItem &item : items) {
        switch (item.role) {
        case core::SampleRole::Labelled:
            groups.complete.insert(groupOf(item));
            [[fallthrough]];
        case core::SampleRole::Partial:
            groups.painted.insert(groupOf(item));
            ++groups.images;
            break;
        case core::SampleRole::Validation:
            groups.hasSplit = true;
            break;
        case core::SampleRole::Unlabelled:
            break;
        }
    }
    return groups;
}

HeldOut heldOutShare(const PaintedGroups &groups, const TrainingConfig &config)
{
    const int least = config.holdOutLeast;
    const std::set<std::string> &from = candidates(groups, least);
    if (groups.hasSplit || config.holdOut <= 0.0 || !suffice(from, least)) {
        return {};
    }
    const std::vector<std::string> order = ranked(from, config.seed);
    const auto share = static_cast<std::size_t>(std::lround(config.holdOut * static_cast<double>(order.size())));
    const std::size_t count = std::clamp<std::size_t>(share, 1, order.size());
    HeldOut out;
    out.onStrokes = !suffice(groups.complete, least);
    out.groups.insert(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count));
    return out;
}

HeldOut heldOutFold(const PaintedGroups &groups, const TrainingConfig &config, int fold, int folds)
{
    const std::vector<std::string> order = ranked(candidates(groups, folds), config.seed);
    HeldOut out;
    out.onStrokes = !suffice(groups.complete, folds);
    for (std::size_t i = static_cast<std::size_t>(fold); i < order.size(); i += static_cast<std::size_t>(folds)) {
        out.groups.insert(order[i]);
    }
    return out;
}

} // namespace semigda::learning
