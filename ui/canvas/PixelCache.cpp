// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/PixelCache.h"

#include <utility>
#include <vector>

namespace semigda::ui
{

/// Lets those who wait go on, whatever became of the reading.
class PixelCache::Reading
{
public:
    Reading(PixelCache &cache, core::ImageId id)
        : m_cache(cache)
        , m_id(id)
    {}
    ~Reading()
    {
        {
            const std::lock_guard lock(m_cache.m_mutex);
            m_cache.m_reading.erase(m_id);
        }
        m_cache.m_readingEnded.notify_all();
    }
    Reading(const Reading &) = delete;
    Reading &operator=(const Reading &) = delete;

private:
    PixelCache &m_cache;
    core::ImageId m_id;
};

std::optional<PixelCache::Pixels> PixelCache::find(core::ImageId id)
{
    const std::lock_guard lock(m_mutex);
    return findUnlocked(id);
}

core::Result<PixelCache::Pixels> PixelCache::findOrRead(core::ImageId id, const Reader &reader)
{
    {
        std::unique_lock lock(m_mutex);
        m_readingEnded.wait(lock, [&] { return !m_reading.contains(id); });
        if (const std::optional<Pixels> kept = findUnlocked(id))
            return *kept;
        m_reading.insert(id);
    }
    const Reading reading(*this, id);
    trim();
    core::Result<Pixels> read = reader();
    if (read)
        insert(id, *read);
    return read;
}

std::optional<PixelCache::Pixels> PixelCache::findUnlocked(core::ImageId id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end())
        return std::nullopt;
    m_order.splice(m_order.begin(), m_order, found->second.place);
    return found->second.pixels;
}

bool PixelCache::contains(core::ImageId id) const
{
    const std::lock_guard lock(m_mutex);
    return m_entries.contains(id);
}

void PixelCache::add(core::ImageId id, const Pixels &pixels)
{
    insert(id, pixels);
    trim();
}

void PixelCache::insert(core::ImageId id, const Pixels &pixels)
{
    const std::size_t bytes = pixels.image->bytes.size();
    const std::lock_guard lock(m_mutex);
    if (bytes > m_budget || m_entries.contains(id))
        return;
    m_order.push_front(id);
    m_entries[id] = {pixels, m_order.begin()};
    m_bytes += bytes;
}

void PixelCache::trim()
{
    std::vector<Pixels> dropped; // destroyed after the lock is free
    const std::lock_guard lock(m_mutex);
    while (m_bytes > m_budget) {
        const auto last = m_entries.find(m_order.back());
        m_bytes -= last->second.pixels.image->bytes.size();
        dropped.push_back(std::move(last->second.pixels));
        m_entries.erase(last);
        m_order.pop_back();
    }
}

std::size_t PixelCache::memoryUse() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

} // namespace semigda::ui
