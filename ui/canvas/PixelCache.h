// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Ids.h"
#include "core/ImageData.h"
#include "core/Result.h"

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <unordered_set>

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

    using Reader = std::function<core::Result<Pixels>()>;

    std::optional<Pixels> find(core::ImageId id);
    /// What is kept, or else what `reader` reads, which is kept then, beyond the budget until trim() or the next
    /// reading. Who asks for an image that another thread is reading waits for it, and reads it himself only when
    /// nothing came of it.
    core::Result<Pixels> findOrRead(core::ImageId id, const Reader &reader);
    bool contains(core::ImageId id) const;
    /// What alone is larger than the budget is not kept.
    void add(core::ImageId id, const Pixels &pixels);
    /// Keeps to the budget again. Handing back large images takes milliseconds: nobody should be waiting.
    void trim();
    std::size_t memoryUse() const;
    std::size_t budget() const { return m_budget; }

private:
    class Reading;

    struct Entry
    {
        Pixels pixels;
        std::list<core::ImageId>::iterator place;
    };

    std::optional<Pixels> findUnlocked(core::ImageId id);
    void insert(core::ImageId id, const Pixels &pixels);

    const std::size_t m_budget;
    mutable std::mutex m_mutex;
    std::condition_variable m_readingEnded;
    std::unordered_set<core::ImageId> m_reading;
    std::unordered_map<core::ImageId, Entry> m_entries;
    std::list<core::ImageId> m_order; ///< last used first
    std::size_t m_bytes = 0;
};

} // namespace semigda::ui
