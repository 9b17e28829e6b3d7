// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Ids.h"
#include "core/ImageData.h"

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace semigda::ui
{

/// Images as they were read, so that going back to one, or on to the next, need not wait for its file. Keeps those used
/// last, within a budget of memory. Thread-safe.
class PixelCache
{
public:
    static constexpr std::size_t UsualBudget = 256U << 20;

    struct Pixels
    {
        std::shared_ptr<const core::ImageData> image; ///< never null
        core::ValueWindow contrast;                   ///< to start from
    };

    explicit PixelCache(std::size_t budget = UsualBudget)
        : m_budget(budget)
    {}

    std::optional<Pixels> find(core::ImageId id);
    bool contains(core::ImageId id) const;
    /// What alone is larger than the budget is not kept.
    void add(core::ImageId id, const Pixels &pixels);
    std::size_t memoryUse() const;
    std::size_t budget() const { return m_budget; }

private:
    struct Entry
    {
        Pixels pixels;
        std::list<core::ImageId>::iterator place;
    };

    const std::size_t m_budget;
    mutable std::mutex m_mutex;
    std::unordered_map<core::ImageId, Entry> m_entries;
    std::list<core::ImageId> m_order; ///< last used first
    std::size_t m_bytes = 0;
};

} // namespace semigda::ui
