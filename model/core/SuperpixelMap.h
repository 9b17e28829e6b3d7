// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Superpixels.h"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

namespace semigda::core
{

/// One superpixel as a whole.
struct Superpixel
{
    std::int32_t label = 0;
    std::vector<MaskEdit::RowSpan> spans; ///< row by row
    PixelRect bounds;
};

/// Finds the superpixels of an image one by one and keeps what was used last, within a budget of memory. Thread-safe.
class SuperpixelMap
{
public:
    static constexpr std::size_t UsualBudget = 64U << 20;

    explicit SuperpixelMap(Superpixels superpixels, std::size_t budget = UsualBudget);

    const Superpixels &superpixels() const { return m_superpixels; }
    /// The superpixel of a pixel when it is known already, at once; null: not yet, or outside of the image.
    std::shared_ptr<const Superpixel> known(int x, int y);
    /// Works it out where it is not; takes milliseconds, for large ones tens of them. Null outside of the image, or
    /// when stopped.
    std::shared_ptr<const Superpixel> find(int x, int y, const std::stop_token &stop = {});
    std::size_t memoryUse() const;

private:
    using Labels = std::shared_ptr<const std::vector<std::int32_t>>;
    template <typename Value> struct Kept
    {
        Value value;
        std::size_t bytes = 0;
        std::uint64_t used = 0; ///< the larger, the later
    };
    template <typename Value> using Shelf = std::map<std::int32_t, Kept<Value>>;

    bool contains(int x, int y) const;
    Labels labels(int tile);
    Labels knownLabels(int tile);
    std::int32_t labelAt(const std::vector<std::int32_t> &labels, int tile, int x, int y) const;
    std::shared_ptr<const Superpixel> gather(std::int32_t label, int tile, const std::stop_token &stop);
    template <typename Value> Value look(Shelf<Value> &shelf, std::int32_t key);
    template <typename Value> void keep(Shelf<Value> &shelf, std::int32_t key, const Value &value, std::size_t bytes);
    void makeRoom();

    const Superpixels m_superpixels;
    const std::size_t m_budget;
    mutable std::mutex m_mutex; ///< guards the rest
    Shelf<Labels> m_tiles;
    Shelf<std::shared_ptr<const Superpixel>> m_found;
    std::uint64_t m_uses = 0;
    std::size_t m_bytes = 0;
};

} // namespace semigda::core
