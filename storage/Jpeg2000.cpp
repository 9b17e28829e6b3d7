// SPDX-License-Identifier: Apache-2.0
#include "storage/Jpeg2000_p.h"

#include "storage/FileKind_p.h"

#include <openjpeg.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;

struct MemoryStream
{
    std::span<const std::uint8_t> bytes;
    std::size_t at = 0;
};

constexpr OPJ_SIZE_T EndOfStream = static_cast<OPJ_SIZE_T>(-1);

OPJ_SIZE_T readBytes(void *buffer, OPJ_SIZE_T wanted, void *user)
{
    auto *stream = static_cast<MemoryStream *>(user);
    const std::size_t count = std::min<std::size_t>(wanted, stream->bytes.size() - stream->at);
    if (count == 0)
        return EndOfStream;
    std::memcpy(buffer, stream->bytes.data() + stream->at, count);
    stream->at += count;
    return count;
}

OPJ_OFF_T skipBytes(OPJ_OFF_T wanted, void *user)
{
    auto *stream = static_cast<MemoryStream *>(user);
    if (wanted < 0)
        return -1;
    const std::size_t left = stream->bytes.size() - stream->at;
    const std::size_t count = std::min(static_cast<std::size_t>(wanted), left);
    stream->at += count;
    return count == 0 && wanted > 0 ? -1 : static_cast<OPJ_OFF_T>(count);
}

OPJ_BOOL seekTo(OPJ_OFF_T position, void *user)
{
    auto *stream = static_cast<MemoryStream *>(user);
    if (position < 0 || static_cast<std::size_t>(position) > stream->bytes.size())
        return OPJ_FALSE;
    stream->at = static_cast<std::size_t>(position);
    return OPJ_TRUE;
}

void ignoreMessage(const char *, void *) {}

// OpenJPEG's handles for streams and codecs are one and the same type, void *.
using StreamHandle = std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)>;
using CodecHandle = std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)>;
using ImageHandle = std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)>;

core::Error damaged(const std::filesystem::path &file)
{
    return badFile(ErrorCode::CorruptFile, file, core::phrase("errors", "has damaged or incomplete JPEG 2000 data"),
                   CopyAgain);
}

bool haveEqualSize(const opj_image_t &image)
{
    const opj_image_comp_t &first = image.comps[0];
    for (OPJ_UINT32 i = 0; i < image.numcomps; ++i) {
        const opj_image_comp_t &each = image.comps[i];
        if (each.data == nullptr || each.w != first.w || each.h != first.h || each.w == 0 || each.h == 0)
            return false;
    }
    return true;
}

} // namespace

core::Result<Jpeg2000Image> decodeJpeg2000(std::span<const std::uint8_t> stream, const std::filesystem::path &file)
{
    constexpr std::array<std::uint8_t, 4> Jp2Signature{0x00, 0x00, 0x00, 0x0c};
    const bool isBoxed = stream.size() > 12 && std::equal(Jp2Signature.begin(), Jp2Signature.end(), stream.begin());
    const CodecHandle codec(opj_create_decompress(isBoxed ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K), &opj_destroy_codec);
    const StreamHandle input(opj_stream_default_create(OPJ_TRUE), &opj_stream_destroy);
    if (!codec || !input)
        throw std::bad_alloc();
    opj_set_info_handler(codec.get(), ignoreMessage, nullptr);
    opj_set_warning_handler(codec.get(), ignoreMessage, nullptr);
    opj_set_error_handler(codec.get(), ignoreMessage, nullptr);

    MemoryStream memory{stream, 0};
    opj_stream_set_user_data(input.get(), &memory, nullptr);
    opj_stream_set_user_data_length(input.get(), stream.size());
    opj_stream_set_read_function(input.get(), readBytes);
    opj_stream_set_skip_function(input.get(), skipBytes);
    opj_stream_set_seek_function(input.get(), seekTo);

    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    if (opj_setup_decoder(codec.get(), &parameters) == OPJ_FALSE)
        return damaged(file);
    opj_image_t *header = nullptr;
    const bool hasHeader = opj_read_header(input.get(), codec.get(), &header) == OPJ_TRUE;
    const ImageHandle image(header, &opj_image_destroy);
    if (!hasHeader || !image || image->numcomps == 0 || opj_decode(codec.get(), input.get(), image.get()) == OPJ_FALSE
        || !haveEqualSize(*image))
        return damaged(file);

    Jpeg2000Image out;
    out.width = static_cast<int>(image->comps[0].w);
    out.height = static_cast<int>(image->comps[0].h);
    out.components = static_cast<int>(image->numcomps);
    const std::size_t pixels = static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height);
    out.samples.resize(pixels * image->numcomps);
    for (std::size_t c = 0; c < image->numcomps; ++c)
        for (std::size_t i = 0; i < pixels; ++i)
            out.samples[i * image->numcomps + c] = image->comps[c].data[i];
    return out;
}

} // namespace semigda::storage
