// SPDX-License-Identifier: Apache-2.0
#include "storage/PngReader_p.h"

#include <spng.h>

#include <array>
#include <fstream>
#include <memory>
#include <string_view>

namespace semigda::storage
{

namespace
{

using core::PixelType;

struct FreeDecoder
{
    void operator()(spng_ctx *decoder) const { spng_ctx_free(decoder); }
};
using Decoder = std::unique_ptr<spng_ctx, FreeDecoder>;

int readBytes(spng_ctx *, void *stream, void *into, std::size_t count)
{
    const auto wanted = static_cast<std::streamsize>(count);
    return static_cast<std::ifstream *>(stream)->rdbuf()->sgetn(static_cast<char *>(into), wanted) == wanted
               ? 0
               : SPNG_IO_EOF;
}

/// 0 for what ImageData cannot hold as it is.
int channelsOf(const spng_ihdr &header)
{
    if (header.bit_depth != 8 && header.bit_depth != 16)
        return 0;
    switch (header.color_type) {
    case SPNG_COLOR_TYPE_GRAYSCALE:
        return 1;
    case SPNG_COLOR_TYPE_TRUECOLOR:
        return 3;
    case SPNG_COLOR_TYPE_TRUECOLOR_ALPHA:
        return 4;
    default:
        return 0;
    }
}

/// Either changes what the samples mean.
bool hasTransparentColourOrOrientation(spng_ctx *decoder)
{
    spng_trns transparent{};
    spng_exif orientation{};
    return spng_get_trns(decoder, &transparent) != SPNG_ECHUNKAVAIL
           || spng_get_exif(decoder, &orientation) != SPNG_ECHUNKAVAIL;
}

/// libspng does not ask for the sum of the chunk that it ends at, and may have read it or not.
bool endsWhole(std::ifstream &stream)
{
    constexpr std::string_view End = "IEND\xae\x42\x60\x82";
    constexpr std::streamoff Behind = 8;
    std::array<char, 12> bytes{};
    stream.seekg(-Behind, std::ios::cur);
    const std::streamsize count = stream.rdbuf()->sgetn(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return stream
           && std::string_view(bytes.data(), static_cast<std::size_t>(count)).find(End) != std::string_view::npos;
}

} // namespace

std::optional<core::ImageData> readPlainPng(const std::filesystem::path &file)
{
    // Chunks of texts and profiles beyond this are no part of a picture.
    constexpr std::size_t MaxChunk = 64U << 20;
    // DEFLATE makes at most 1032 bytes of one: more is claimed by a damaged header alone, and would be allocated.
    constexpr std::uintmax_t MaxExpansion = 1032;

    std::error_code failure;
    const std::uintmax_t fileSize = std::filesystem::file_size(file, failure);
    std::ifstream stream(file, std::ios::binary);
    // The sums of the chunks cover all that the sum of the decompressed data covers.
    const Decoder decoder(spng_ctx_new(SPNG_CTX_IGNORE_ADLER32));
    spng_ihdr header{};
    if (failure || !stream || !decoder || spng_set_chunk_limits(decoder.get(), MaxChunk, MaxChunk) != 0
        || spng_set_crc_action(decoder.get(), SPNG_CRC_ERROR, SPNG_CRC_DISCARD) != 0
        || spng_set_png_stream(decoder.get(), readBytes, &stream) != 0 || spng_get_ihdr(decoder.get(), &header) != 0)
        return std::nullopt;

    core::ImageData image;
    image.channels = channelsOf(header);
    image.type = header.bit_depth == 16 ? PixelType::UInt16 : PixelType::UInt8;
    image.width = static_cast<int>(header.width);
    image.height = static_cast<int>(header.height);
    std::size_t bytes = 0;
    if (image.channels == 0 || hasTransparentColourOrOrientation(decoder.get())
        || spng_decoded_image_size(decoder.get(), SPNG_FMT_PNG, &bytes) != 0 || bytes / MaxExpansion > fileSize
        || bytes != image.sampleCount() * core::bytesPerSample(image.type))
        return std::nullopt;
    image.bytes.resize(bytes);
    if (spng_decode_image(decoder.get(), image.bytes.data(), bytes, SPNG_FMT_PNG, 0) != 0
        || spng_decode_chunks(decoder.get()) != 0 || hasTransparentColourOrOrientation(decoder.get())
        || !endsWhole(stream))
        return std::nullopt;
    return image;
}

} // namespace semigda::storage
