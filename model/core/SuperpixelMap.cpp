// SPDX-License-Identifier: Apache-2.0
#include "core/SuperpixelMap.h"

#include "core/SpansWhere.h"

#include <algorithm>
#include <set>

namespace semigda::core
{

SuperpixelMap::SuperpixelMap(Superpixels superpixels, std::size_t budget)
    : m_superpixels(std::move(superpixels))
    , m_budget(budget)
{}

bool SuperpixelMap::contains(int x, int y) const
{
    const ImageData &image = m_superpixels.image();
    return PixelRect{0, 0, image.width, image.height}.contains(x, y);
}

std::shared_ptr<const Superpixel> SuperpixelMap::known(int x, int y)
{
    if (!contains(x, y)) {
        return nullptr;
    }
    const int tile = m_superpixels.tileAt(x, y);
    const std::lock_guard lock(m_mutex);
    const Labels labels = look(m_tiles, tile);
    return labels ? look(m_found, labelAt(*labels, tile, x, y)) : nullptr;
}

std::shared_ptr<const Superpixel> SuperpixelMap::find(int x, int y, const std::stop_token &stop)
{
    if (!contains(x, y) || stop.stop_requested()) {
        return nullptr;
    }
    const int tile = m_superpixels.tileAt(x, y);
    const std::int32_t label = labelAt(*labels(tile), tile, x, y);
    {
        const std::lock_guard lock(m_mutex);
        if (const std::shared_ptr<const Superpixel> found = look(m_found, label)) {
            return found;
        }
    }
    const std::shared_ptr<const Superpixel> gathered = gather(label, tile, stop);
    if (gathered) {
        const std::lock_guard lock(m_mutex);
        keep(m_found, label, gathered, sizeof(Superpixel) + gathered->spans.capacity() * sizeof(MaskEdit::RowSpan));
    }
    return gathered;
}

std::size_t SuperpixelMap::memoryUse() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

SuperpixelMap::Labels SuperpixelMap::labels(int tile)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const Labels known = look(m_tiles, tile)) {
            return known;
        }
    }
    // Without the lock: what is known stays at hand meanwhile. Two threads may do the same, with the same result.
    const auto made = std::make_shared<const std::vector<std::int32_t>>(m_superpixels.labelsOf(tile));
    const std::lock_guard lock(m_mutex);
    keep(m_tiles, tile, Labels(made), made->size() * sizeof(std::int32_t));
    return made;
}

std::int32_t SuperpixelMap::labelAt(const std::vector<std::int32_t> &labels, int tile, int x, int y) const
{
    const PixelRect rect = m_superpixels.tileRect(tile);
    return labels[static_cast<std::size_t>(y - rect.top) * static_cast<std::size_t>(rect.width)
                  + static_cast<std::size_t>(x - rect.left)];
}

std::shared_ptr<const Superpixel> SuperpixelMap::gather(std::int32_t label, int tile, const std::stop_token &stop)
{
    auto found = std::make_shared<Superpixel>();
    found->label = label;
    std::set<int> seen{tile};
    std::vector<int> open{tile};
    while (!open.empty()) {
        if (stop.stop_requested()) {
            return nullptr;
        }
        const int current = open.back();
        open.pop_back();
        const PixelRect rect = m_superpixels.tileRect(current);
        const Labels own = labels(current);
        const auto has = [&](int x, int y) {
            return (*own)[static_cast<std::size_t>(y) * static_cast<std::size_t>(rect.width)
                          + static_cast<std::size_t>(x)]
                   == label;
        };
        for (const MaskEdit::RowSpan &span : spansWhere(rect, has)) {
            found->spans.push_back(span);
            found->bounds = found->bounds.united({span.x, span.y, span.count, 1});
        }
        // It is one piece: where it goes on, it touches the border.
        const auto enter = [&](int x, int y) {
            if (contains(x, y) && seen.insert(m_superpixels.tileAt(x, y)).second) {
                open.push_back(m_superpixels.tileAt(x, y));
            }
        };
        const auto touches = [&](int x, int y) {
            for (int v = y - 1; v <= y + 1; ++v) {
                for (int u = x - 1; u <= x + 1; ++u) {
                    if (!rect.contains(u, v)) {
                        enter(u, v);
                    }
                }
            }
        };
        for (int x = 0; x < rect.width; ++x) {
            for (const int y : {0, rect.height - 1}) {
                if (has(x, y)) {
                    touches(rect.left + x, rect.top + y);
                }
            }
        }
        for (int y = 0; y < rect.height; ++y) {
            for (const int x : {0, rect.width - 1}) {
                if (has(x, y)) {
                    touches(rect.left + x, rect.top + y);
                }
            }
        }
    }
    std::sort(found->spans.begin(), found->spans.end(), [](const MaskEdit::RowSpan &a, const MaskEdit::RowSpan &b) {
        return a.y != b.y ? a.y < b.y : a.x < b.x;
    });
    return found;
}

template <typename Value> Value SuperpixelMap::look(Shelf<Value> &shelf, std::int32_t key)
{
    const auto place = shelf.find(key);
    if (place == shelf.end()) {
        return nullptr;
    }
    place->second.used = ++m_uses;
    return place->second.value;
}

template <typename Value>
void SuperpixelMap::keep(Shelf<Value> &shelf, std::int32_t key, const Value &value, std::size_t bytes)
{
    if (shelf.try_emplace(key, Kept<Value>{value, bytes, ++m_uses}).second) {
        m_bytes += bytes;
        makeRoom();
    }
}

void SuperpixelMap::makeRoom()
{
    if (m_bytes <= m_budget) {
        return;
    }
    // The half that was used longer ago goes, so that this is rare.
    std::vector<std::uint64_t> uses;
    for (const auto &[key, kept] : m_tiles) {
        uses.push_back(kept.used);
    }
    for (const auto &[key, kept] : m_found) {
        uses.push_back(kept.used);
    }
    const auto middle = uses.begin() + static_cast<std::ptrdiff_t>(uses.size() / 2);
    std::nth_element(uses.begin(), middle, uses.end());
    const std::uint64_t oldest = *middle;
    const auto drop = [&](auto &shelf) {
        std::erase_if(shelf, [&](const auto &entry) {
            const bool goes = entry.second.used < oldest;
            m_bytes -= goes ? entry.second.bytes : 0;
            return goes;
        });
    };
    drop(m_tiles);
    drop(m_found);
}

} // namespace semigda::core
