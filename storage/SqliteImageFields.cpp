// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteImageFields_p.h"

#include <QtCore/QBuffer>
#include <QtGui/QImage>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace semigda::storage
{

namespace
{

constexpr int JpegQuality = 85;

} // namespace

std::string directionText(const std::array<double, 9> &direction)
{
    std::string text;
    for (const double value : direction) {
        std::array<char, 32> number{};
        const auto end = std::to_chars(number.data(), number.data() + number.size(), value).ptr;
        text += (text.empty() ? "" : " ") + std::string(number.data(), end);
    }
    return text;
}

std::optional<std::array<double, 9>> directionFrom(const std::string &text)
{
    std::array<double, 9> direction{};
    const char *at = text.data();
    const char *const end = text.data() + text.size();
    for (double &value : direction) {
        at = std::find_if(at, end, [](char c) { return c != ' '; });
        const auto parsed = std::from_chars(at, end, value);
        if (parsed.ec != std::errc()) {
            return std::nullopt;
        }
        at = parsed.ptr;
    }
    return at == end ? std::optional(direction) : std::nullopt;
}

Blob encodeThumbnail(const core::Thumbnail &thumbnail)
{
    const std::size_t rowBytes = static_cast<std::size_t>(std::max(thumbnail.width, 0)) * 3;
    if (rowBytes == 0 || thumbnail.height <= 0
        || thumbnail.rgb.size() != rowBytes * static_cast<std::size_t>(thumbnail.height)) {
        return {};
    }
    const QImage picture(thumbnail.rgb.data(), thumbnail.width, thumbnail.height, static_cast<qsizetype>(rowBytes),
                         QImage::Format_RGB888);
    const QImage stored = picture.isGrayscale() ? picture.convertToFormat(QImage::Format_Grayscale8) : picture;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!stored.save(&buffer, "JPG", JpegQuality) && !stored.save(&buffer, "PNG")) {
        return {};
    }
    const auto *first = reinterpret_cast<const std::byte *>(buffer.data().constData());
    return {first, first + buffer.data().size()};
}

core::Thumbnail decodeThumbnail(std::span<const std::byte> blob)
{
    const QImage picture = QImage::fromData(reinterpret_cast<const uchar *>(blob.data()), static_cast<int>(blob.size()))
                               .convertToFormat(QImage::Format_RGB888);
    core::Thumbnail thumbnail;
    if (picture.isNull()) {
        return thumbnail;
    }
    thumbnail.width = picture.width();
    thumbnail.height = picture.height();
    const std::size_t rowBytes = static_cast<std::size_t>(picture.width()) * 3;
    thumbnail.rgb.resize(rowBytes * static_cast<std::size_t>(picture.height()));
    for (int y = 0; y < picture.height(); ++y) {
        std::memcpy(thumbnail.rgb.data() + rowBytes * static_cast<std::size_t>(y), picture.constScanLine(y), rowBytes);
    }
    return thumbnail;
}

std::optional<FileStamp> stampOf(const std::filesystem::path &file)
{
    std::error_code failure;
    const auto size = std::filesystem::file_size(file, failure);
    if (failure) {
        return std::nullopt;
    }
    const auto modified = std::filesystem::last_write_time(file, failure);
    if (failure) {
        return std::nullopt;
    }
    return FileStamp{static_cast<std::int64_t>(size), static_cast<std::int64_t>(modified.time_since_epoch().count())};
}

std::string groupKeyOf(const std::string &patientKey, const std::string &seriesKey)
{
    if (!patientKey.empty()) {
        return "patient:" + patientKey;
    }
    return seriesKey.empty() ? std::string() : "series:" + seriesKey;
}

} // namespace semigda::storage
