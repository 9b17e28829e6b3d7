// SPDX-License-Identifier: Apache-2.0
#include "storage/PixelCopyHeader_p.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <type_traits>

namespace semigda::storage
{

namespace
{

using core::ImageData;

/// Writes the fields of a header, one after the other.
class HeaderWriter
{
public:
    template <typename Number> void operator()(const Number &number)
    {
        static_assert(std::is_arithmetic_v<Number> || std::is_enum_v<Number>);
        const auto *bytes = reinterpret_cast<const std::byte *>(&number);
        m_bytes.insert(m_bytes.end(), bytes, bytes + sizeof(Number));
    }
    const Blob &bytes() const { return m_bytes; }

private:
    Blob m_bytes;
};

/// Reads them in the same order.
class HeaderReader
{
public:
    explicit HeaderReader(const Blob &bytes)
        : m_bytes(bytes)
    {}
    template <typename Number> void operator()(Number &number)
    {
        static_assert(std::is_arithmetic_v<Number> && !std::is_same_v<Number, bool>);
        m_isWhole = m_isWhole && m_bytes.size() - m_at >= sizeof(Number);
        if (m_isWhole) {
            std::memcpy(&number, m_bytes.data() + m_at, sizeof(Number));
            m_at += sizeof(Number);
        }
    }
    bool isWhole() const { return m_isWhole; }
    std::size_t left() const { return m_bytes.size() - m_at; }

private:
    const Blob &m_bytes;
    std::size_t m_at = 0;
    bool m_isWhole = true;
};

/// The fields of an image but for its samples; truth values as numbers.
struct Header
{
    std::array<char, 16> version{};
    std::uint8_t isBigEndian = std::endian::native == std::endian::big ? 1 : 0;
    std::uint8_t type = 0;
    std::uint8_t isInverted = 0;
    std::uint8_t hasWindow = 0;
    std::uint8_t hasSpacing = 0;
    std::uint8_t hasPosition = 0;
    std::int32_t width = 0;
    std::int32_t height = 0;
    std::int32_t channels = 0;
    double slope = 1.0;
    double intercept = 0.0;
    core::ValueWindow window;
    core::ImageGeometry geometry;

    template <typename Self, typename Visit> static void visit(Self &header, Visit &field)
    {
        for (auto &letter : header.version)
            field(letter);
        field(header.isBigEndian);
        field(header.type);
        field(header.isInverted);
        field(header.hasWindow);
        field(header.hasSpacing);
        field(header.hasPosition);
        field(header.width);
        field(header.height);
        field(header.channels);
        field(header.slope);
        field(header.intercept);
        field(header.window.centre);
        field(header.window.width);
        for (auto &number : header.geometry.spacing)
            field(number);
        for (auto &number : header.geometry.origin)
            field(number);
        for (auto &number : header.geometry.direction)
            field(number);
    }
};

std::array<char, 16> versionField(std::string_view version)
{
    std::array<char, 16> letters{};
    std::copy_n(version.begin(), std::min(version.size(), letters.size()), letters.begin());
    return letters;
}

Header headerOf(const ImageData &image, std::string_view version)
{
    Header header;
    header.version = versionField(version);
    header.type = static_cast<std::uint8_t>(image.type);
    header.isInverted = image.isInverted ? 1 : 0;
    header.hasWindow = image.window ? 1 : 0;
    header.hasSpacing = image.geometry.hasSpacing ? 1 : 0;
    header.hasPosition = image.geometry.hasPosition ? 1 : 0;
    header.width = image.width;
    header.height = image.height;
    header.channels = image.channels;
    header.slope = image.slope;
    header.intercept = image.intercept;
    header.window = image.window.value_or(core::ValueWindow());
    header.geometry = image.geometry;
    return header;
}

/// An image without samples; nothing if there can be none like that.
std::optional<ImageData> imageOf(const Header &header, std::string_view version)
{
    constexpr auto LastType = static_cast<std::uint8_t>(core::PixelType::Float32);
    constexpr std::int32_t MaxSide = 1 << 17;
    const bool isPossible = header.version == versionField(version) && header.isBigEndian == Header().isBigEndian
                            && header.type <= LastType && header.width > 0 && header.width <= MaxSide
                            && header.height > 0 && header.height <= MaxSide && header.channels > 0
                            && header.channels <= 4;
    if (!isPossible)
        return std::nullopt;
    ImageData image;
    image.type = static_cast<core::PixelType>(header.type);
    image.isInverted = header.isInverted != 0;
    if (header.hasWindow != 0)
        image.window = header.window;
    image.width = header.width;
    image.height = header.height;
    image.channels = header.channels;
    image.slope = header.slope;
    image.intercept = header.intercept;
    image.geometry = header.geometry;
    image.geometry.hasSpacing = header.hasSpacing != 0;
    image.geometry.hasPosition = header.hasPosition != 0;
    return image;
}

} // namespace

Blob pixelCopyHeader(const ImageData &image, std::span<const std::uint32_t> packedBytes, std::string_view version)
{
    HeaderWriter fields;
    const Header header = headerOf(image, version);
    Header::visit(header, fields);
    for (const std::uint32_t size : packedBytes)
        fields(size);
    return fields.bytes();
}

std::optional<PixelCopyHeader> parsePixelCopyHeader(const Blob &bytes, std::string_view version)
{
    HeaderReader fields(bytes);
    Header header;
    Header::visit(header, fields);
    const std::optional<ImageData> image = fields.isWhole() ? imageOf(header, version) : std::nullopt;
    if (!image || fields.left() % sizeof(std::uint32_t) != 0)
        return std::nullopt;
    PixelCopyHeader parsed{*image, std::vector<std::uint32_t>(fields.left() / sizeof(std::uint32_t))};
    for (std::uint32_t &size : parsed.packedBytes)
        fields(size);
    return parsed;
}

} // namespace semigda::storage
