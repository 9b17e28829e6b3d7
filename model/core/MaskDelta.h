// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelMask.h"
#include "core/Result.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace semigda::core
{

/// The change of one edit: run-length spans with old and new value, only where pixels changed.
/// Pure and immutable once made; apply then revert is the identity.
class MaskDelta
{
public:
    /// `count` pixels of row y from column x, all `before` before and `after` after the edit.
    struct Span
    {
        std::int32_t x = 0;
        std::int32_t y = 0;
        std::int32_t count = 0;
        LabelValue before = 0;
        LabelValue after = 0;

        bool operator==(const Span &) const = default;
    };

    MaskDelta() = default;
    MaskDelta(int width, int height, std::vector<Span> spans);
    /// What turns `before` into `after`; both must have the same size.
    static MaskDelta between(const LabelMask &before, const LabelMask &after);

    bool isEmpty() const { return m_spans.empty(); }
    int width() const { return m_width; }
    int height() const { return m_height; }
    const std::vector<Span> &spans() const { return m_spans; }
    PixelRect bounds() const { return m_bounds; }
    std::size_t changedPixels() const;
    std::size_t memoryUse() const { return m_spans.size() * sizeof(Span); }

    bool fits(const LabelMask &mask) const { return mask.width() == m_width && mask.height() == m_height; }
    /// Both need a mask that fits; any other is left alone.
    void apply(LabelMask &mask) const;
    void revert(LabelMask &mask) const;

    /// Portable little-endian bytes, uncompressed (storage compresses). Reading checks every span against
    /// the size and fails with CorruptFile.
    std::vector<std::byte> toBytes() const;
    static Result<MaskDelta> fromBytes(std::span<const std::byte> bytes);

    bool operator==(const MaskDelta &) const = default;

private:
    int m_width = 0;
    int m_height = 0;
    PixelRect m_bounds;
    std::vector<Span> m_spans;
};

} // namespace semigda::core
