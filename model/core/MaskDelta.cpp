// SPDX-License-Identifier: Apache-2.0
#include "core/MaskDelta.h"

#include "core/RowChanges_p.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace semigda::core
{

namespace
{

constexpr std::uint32_t FormatMark = 0x31444D53; // "SMD1"

void putVarint(std::vector<std::byte> &out, std::uint64_t value)
{
    while (value >= 0x80) {
        out.push_back(static_cast<std::byte>((value & 0x7F) | 0x80));
        value >>= 7;
    }
    out.push_back(static_cast<std::byte>(value));
}

class Reader
{
public:
    explicit Reader(std::span<const std::byte> bytes)
        : m_bytes(bytes)
    {}
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (m_position >= m_bytes.size()) {
                m_failed = true;
                return 0;
            }
            const auto byte = static_cast<std::uint64_t>(m_bytes[m_position++]);
            value |= (byte & 0x7F) << shift;
            if ((byte & 0x80) == 0) {
                return value;
            }
        }
        m_failed = true;
        return 0;
    }
    bool hasFailed() const { return m_failed; }
    bool isAtEnd() const { return m_position == m_bytes.size(); }

private:
    std::span<const std::byte> m_bytes;
    std::size_t m_position = 0;
    bool m_failed = false;
};

Error corrupt()
{
    return {ErrorCode::CorruptFile,
            phrase("errors", "A stored edit step is damaged; run \"semigda check --repair\" on the project.")};
}

/// How many rows of a tile are of one value from end to end.
struct Cover
{
    int rows = 0;
    LabelValue value = 0;
};

using Spans = std::span<const MaskDelta::Span>;

/// Tells for each tile of a row of tiles whether `spans`, which lie in it, give all of its pixels one value.
std::vector<Cover> coversOf(Spans spans, LabelValue MaskDelta::Span::*side, const LabelMask &mask)
{
    std::vector<Cover> covers(static_cast<std::size_t>(mask.tileColumns()));
    for (const MaskDelta::Span &span : spans) {
        const int right = span.x + span.count;
        int tileX = (span.x + LabelMask::TileSize - 1) / LabelMask::TileSize;
        for (; tileX < mask.tileColumns() && std::min((tileX + 1) * LabelMask::TileSize, mask.width()) <= right;
             ++tileX) {
            Cover &cover = covers[static_cast<std::size_t>(tileX)];
            if (cover.rows == 0) {
                cover.value = span.*side;
            }
            cover.rows += cover.value == span.*side ? 1 : 0;
        }
    }
    return covers;
}

/// Fills spans that lie in one row of tiles, whole tiles at once: much quicker for what a fill has changed, and they
/// take no memory.
void fillSpans(LabelMask &mask, int tileY, Spans spans, LabelValue MaskDelta::Span::*side)
{
    const int rows = std::min(LabelMask::TileSize, mask.height() - tileY * LabelMask::TileSize);
    std::vector<Cover> covers;
    if (spans.size() >= static_cast<std::size_t>(rows)) {
        covers = coversOf(spans, side, mask);
    }
    const auto isWhole = [&](int tileX) {
        return !covers.empty() && covers[static_cast<std::size_t>(tileX)].rows == rows;
    };
    for (const MaskDelta::Span &span : spans) {
        const int right = span.x + span.count;
        for (int x = span.x; x < right;) {
            const bool isSkipped = isWhole(x / LabelMask::TileSize);
            int end = x;
            do {
                end = std::min((end / LabelMask::TileSize + 1) * LabelMask::TileSize, right);
            } while (end < right && isWhole(end / LabelMask::TileSize) == isSkipped);
            if (!isSkipped) {
                mask.fillRow(x, span.y, end - x, span.*side);
            }
            x = end;
        }
    }
    for (int tileX = 0; tileX < static_cast<int>(covers.size()); ++tileX) {
        if (isWhole(tileX)) {
            mask.fillTile(tileX, tileY, covers[static_cast<std::size_t>(tileX)].value);
        }
    }
}

void fillAll(LabelMask &mask, Spans spans, LabelValue MaskDelta::Span::*side)
{
    const auto tileRow = [](const MaskDelta::Span &span) { return span.y / LabelMask::TileSize; };
    while (!spans.empty()) {
        const int tileY = tileRow(spans.front());
        const auto end = std::find_if(spans.begin(), spans.end(),
                                      [&](const MaskDelta::Span &span) { return tileRow(span) != tileY; });
        const auto count = static_cast<std::size_t>(end - spans.begin());
        fillSpans(mask, tileY, spans.first(count), side);
        spans = spans.subspan(count);
    }
}

} // namespace

MaskDelta::MaskDelta(int width, int height, std::vector<Span> spans)
    : m_width(width)
    , m_height(height)
    , m_spans(std::move(spans))
{
    for (const Span &span : m_spans) {
        m_bounds = m_bounds.united({span.x, span.y, span.count, 1});
    }
}

MaskDelta MaskDelta::between(const LabelMask &before, const LabelMask &after)
{
    std::vector<Span> spans;
    std::array<LabelValue, LabelMask::TileSize> oldRow{};
    std::array<LabelValue, LabelMask::TileSize> newRow{};
    for (int tileY = 0; tileY < before.tileRows(); ++tileY) {
        std::vector<int> changed; // columns of tiles
        for (int tileX = 0; tileX < before.tileColumns(); ++tileX) {
            LabelValue oldValue = 0;
            LabelValue newValue = 0;
            if (!before.isTileUniform(tileX, tileY, &oldValue) || !after.isTileUniform(tileX, tileY, &newValue)
                || oldValue != newValue) {
                changed.push_back(tileX);
            }
        }
        const int top = tileY * LabelMask::TileSize;
        for (int y = top; y < std::min(top + LabelMask::TileSize, before.height()); ++y) {
            for (const int tileX : changed) {
                const int left = tileX * LabelMask::TileSize;
                const int columns = std::min(LabelMask::TileSize, before.width() - left);
                before.readRow(left, y, columns, oldRow.data());
                after.readRow(left, y, columns, newRow.data());
                appendChanges(spans, left, y, columns, oldRow.data(), newRow.data());
            }
        }
    }
    return {before.width(), before.height(), std::move(spans)};
}

std::size_t MaskDelta::changedPixels() const
{
    std::size_t count = 0;
    for (const Span &span : m_spans) {
        count += static_cast<std::size_t>(span.count);
    }
    return count;
}

void MaskDelta::apply(LabelMask &mask) const
{
    assert(isEmpty() || fits(mask));
    if (!fits(mask)) {
        return;
    }
    fillAll(mask, m_spans, &Span::after);
}

void MaskDelta::revert(LabelMask &mask) const
{
    assert(isEmpty() || fits(mask));
    if (!fits(mask)) {
        return;
    }
    fillAll(mask, m_spans, &Span::before);
}

std::vector<std::byte> MaskDelta::toBytes() const
{
    std::vector<std::byte> out;
    out.reserve(16 + m_spans.size() * 8);
    putVarint(out, FormatMark);
    putVarint(out, static_cast<std::uint64_t>(m_width));
    putVarint(out, static_cast<std::uint64_t>(m_height));
    putVarint(out, m_spans.size());
    for (const Span &span : m_spans) {
        putVarint(out, static_cast<std::uint64_t>(span.x));
        putVarint(out, static_cast<std::uint64_t>(span.y));
        putVarint(out, static_cast<std::uint64_t>(span.count));
        putVarint(out, span.before);
        putVarint(out, span.after);
    }
    return out;
}

Result<MaskDelta> MaskDelta::fromBytes(std::span<const std::byte> bytes)
{
    constexpr std::uint64_t MaxSide = 1U << 20;
    Reader reader(bytes);
    const std::uint64_t mark = reader.varint();
    const std::uint64_t width = reader.varint();
    const std::uint64_t height = reader.varint();
    const std::uint64_t count = reader.varint();
    // A span takes at least five bytes, which bounds the allocation by the input.
    if (reader.hasFailed() || mark != FormatMark || width > MaxSide || height > MaxSide || count > bytes.size() / 5) {
        return corrupt();
    }
    std::vector<Span> spans;
    spans.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::uint64_t x = reader.varint();
        const std::uint64_t y = reader.varint();
        const std::uint64_t length = reader.varint();
        const std::uint64_t before = reader.varint();
        const std::uint64_t after = reader.varint();
        if (reader.hasFailed() || y >= height || x >= width || length == 0 || length > width - x
            || before > NotAnnotated || after > NotAnnotated) {
            return corrupt();
        }
        spans.push_back({static_cast<std::int32_t>(x), static_cast<std::int32_t>(y), static_cast<std::int32_t>(length),
                         static_cast<LabelValue>(before), static_cast<LabelValue>(after)});
    }
    if (!reader.isAtEnd()) {
        return corrupt();
    }
    return MaskDelta(static_cast<int>(width), static_cast<int>(height), std::move(spans));
}

} // namespace semigda::core
