// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/PixelCache.h"

namespace semigda::ui
{

std::optional<PixelCache::Pixels> PixelCache::find(core::ImageId id)
{
    const std::lock_guard lock(m_mutex);
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
    const std::size_t bytes = pixels.image->bytes.size();
    const std::lock_guard lock(m_mutex);
    if (bytes > m_budget || m_entries.contains(id))
        return;
    m_order.push_front(id);
    m_entries[id] = {pixels, m_order.begin()};
    m_bytes += bytes;
    while (m_bytes > m_budget) {
        const auto last = m_entries.find(m_order.back());
        m_bytes -= last->second.pixels.image->bytes.size();
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
