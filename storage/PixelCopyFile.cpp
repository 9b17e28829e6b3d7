// SPDX-License-Identifier: Apache-2.0
// Layout: mark, bands of rows, header, size of the header (32 bit). The header and every band is a zstd frame with a
// checksum. In a band all first bytes of its samples come first, then all second ones: the high bytes of a radiograph
// hardly change from pixel to pixel, its low ones are noise that packing would only cost time.
#include "storage/PixelCopyFile_p.h"

#include "storage/Descriptor_p.h"
#include "storage/MaskCodec_p.h"
#include "storage/PixelCopyHeader_p.h"

#include <zstd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <memory>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace semigda::storage
{

namespace
{

using core::ImageData;
using core::Result;

constexpr std::array<char, 8> Mark{'S', 'G', 'P', 'I', 'X', 'E', 'L', '1'};
constexpr std::size_t BandBytes = 1U << 20;
constexpr std::size_t MaxHeaderBytes = 1U << 22;
constexpr std::size_t MaxImageBytes = std::size_t{1} << 32;
// Below 0 only repetitions are packed, and bytes are not coded by how frequent they are: on photographs, ultrasound and
// CT that makes files 5 to 20 % larger, and reading them 1.3 to 5 times as quick.
constexpr int QuickestLevel = -1;

template <typename Context, std::size_t (*Free)(Context *)> struct FreeContext
{
    void operator()(Context *context) const { Free(context); }
};
using Packer = std::unique_ptr<ZSTD_CCtx, FreeContext<ZSTD_CCtx, ZSTD_freeCCtx>>;
using Unpacker = std::unique_ptr<ZSTD_DCtx, FreeContext<ZSTD_DCtx, ZSTD_freeDCtx>>;

std::size_t rowBytesOf(const ImageData &image)
{
    return static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.channels)
           * core::bytesPerSample(image.type);
}

/// From samples to planes of their first, second, ... bytes, or back.
template <std::size_t Size> void split(const std::byte *samples, std::size_t count, std::byte *planes)
{
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t k = 0; k < Size; ++k)
            planes[k * count + i] = samples[i * Size + k];
}

template <std::size_t Size> void join(const std::byte *planes, std::size_t count, std::byte *samples)
{
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t k = 0; k < Size; ++k)
            samples[i * Size + k] = planes[k * count + i];
}

/// One band's place in the file and in the image.
struct Band
{
    std::uint64_t at = 0;
    std::uint32_t packedBytes = 0;
    std::size_t first = 0; ///< byte of the image
    std::size_t bytes = 0;
};

/// As many rows in each as make up BandBytes, at least one.
std::vector<Band> bandsOf(const ImageData &image)
{
    const int bandRows = static_cast<int>(std::clamp<std::size_t>(BandBytes / rowBytesOf(image), 1, 1U << 16));
    std::vector<Band> bands;
    for (int top = 0; top < image.height; top += bandRows) {
        const auto rows = static_cast<std::size_t>(std::min(bandRows, image.height - top));
        bands.push_back({0, 0, static_cast<std::size_t>(top) * rowBytesOf(image), rows * rowBytesOf(image)});
    }
    return bands;
}

class File
{
public:
    explicit File(const std::filesystem::path &file)
        : m_descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC))
    {}

    /// 0 if it cannot be opened.
    std::uint64_t size() const
    {
        struct stat status
        {
        };
        const bool isFile =
            m_descriptor.isOpen() && ::fstat(m_descriptor.number(), &status) == 0 && S_ISREG(status.st_mode);
        return isFile ? static_cast<std::uint64_t>(status.st_size) : 0;
    }

    bool read(std::uint64_t at, std::span<std::byte> into) const
    {
        while (!into.empty()) {
            const ssize_t count = ::pread(m_descriptor.number(), into.data(), into.size(), static_cast<off_t>(at));
            if (count == 0 || (count < 0 && errno != EINTR))
                return false;
            if (count > 0) {
                at += static_cast<std::uint64_t>(count);
                into = into.subspan(static_cast<std::size_t>(count));
            }
        }
        return true;
    }

private:
    const Descriptor m_descriptor;
};

/// Unpacks bands that nobody has taken yet until there are none, or one is damaged.
class BandReader
{
public:
    BandReader(const File &file, const std::vector<Band> &bands, ImageData &image)
        : m_file(file)
        , m_bands(bands)
        , m_image(image)
    {}

    bool run()
    {
        constexpr std::size_t MaxThreads = 4;
        const std::size_t count =
            std::min({MaxThreads, m_bands.size(), std::size_t{std::max(1U, std::thread::hardware_concurrency())}});
        {
            std::vector<std::jthread> others;
            try {
                for (std::size_t i = 1; i < count; ++i)
                    others.emplace_back([this] { work(); });
            } catch (const std::system_error &) {
                // As many as the system gives.
            }
            work();
        }
        return m_isWhole;
    }

private:
    void work()
    {
        try {
            const Unpacker unpacker(ZSTD_createDCtx());
            std::unique_ptr<std::byte[]> packed;
            std::size_t room = 0;
            const auto planes = std::make_unique_for_overwrite<std::byte[]>(m_bands.front().bytes);
            for (std::size_t i = m_next++; i < m_bands.size() && m_isWhole; i = m_next++) {
                const Band &band = m_bands[i];
                if (band.packedBytes > room) {
                    packed = std::make_unique_for_overwrite<std::byte[]>(band.packedBytes);
                    room = band.packedBytes;
                }
                if (!unpacker || !m_file.read(band.at, {packed.get(), band.packedBytes})
                    || ZSTD_decompressDCtx(unpacker.get(), planes.get(), band.bytes, packed.get(), band.packedBytes)
                           != band.bytes)
                    m_isWhole = false;
                else
                    put(planes.get(), band);
            }
        } catch (const std::bad_alloc &) {
            m_isWhole = false;
        }
    }

    void put(const std::byte *planes, const Band &band)
    {
        std::byte *samples = m_image.bytes.data() + band.first;
        switch (core::bytesPerSample(m_image.type)) {
        case 1:
            std::memcpy(samples, planes, band.bytes);
            break;
        case 2:
            join<2>(planes, band.bytes / 2, samples);
            break;
        default:
            join<4>(planes, band.bytes / 4, samples);
        }
    }

    const File &m_file;
    const std::vector<Band> &m_bands;
    ImageData &m_image;
    std::atomic<std::size_t> m_next{0};
    std::atomic<bool> m_isWhole{true};
};

/// Hands each packed band to `sink`; false when memory lacks.
template <typename Sink>
bool packBands(const ImageData &image, std::vector<Band> &bands, const std::stop_token &stop, Sink &&sink)
{
    const Packer packer(ZSTD_createCCtx());
    if (!packer)
        return false;
    ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_compressionLevel, QuickestLevel);
    ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_checksumFlag, 1);
    const std::size_t largest = bands.front().bytes;
    const auto planes = std::make_unique_for_overwrite<std::byte[]>(largest);
    Blob packed(ZSTD_compressBound(largest));
    for (Band &band : bands) {
        const std::byte *samples = image.bytes.data() + band.first;
        const std::byte *source = planes.get();
        switch (core::bytesPerSample(image.type)) {
        case 1:
            source = samples;
            break;
        case 2:
            split<2>(samples, band.bytes / 2, planes.get());
            break;
        default:
            split<4>(samples, band.bytes / 4, planes.get());
        }
        const std::size_t size = ZSTD_compress2(packer.get(), packed.data(), packed.size(), source, band.bytes);
        if (ZSTD_isError(size) != 0 || stop.stop_requested())
            return false;
        band.packedBytes = static_cast<std::uint32_t>(size);
        sink(packed.data(), size);
    }
    return true;
}

} // namespace

const std::string_view ReadersVersion = SEMIGDA_VERSION;

bool writePixelCopy(const std::filesystem::path &file, const ImageData &image, const std::stop_token &stop,
                    std::string_view version)
{
    if (image.isEmpty() || image.bytes.size() != image.sampleCount() * core::bytesPerSample(image.type))
        return false;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    const auto put = [&out](const auto *bytes, std::size_t count) {
        out.write(reinterpret_cast<const char *>(bytes), static_cast<std::streamsize>(count));
    };
    put(Mark.data(), Mark.size());
    std::vector<Band> bands = bandsOf(image);
    if (!packBands(image, bands, stop, put))
        return false;
    std::vector<std::uint32_t> packedBytes;
    for (const Band &band : bands)
        packedBytes.push_back(band.packedBytes);
    const Result<Blob> header = compress(pixelCopyHeader(image, packedBytes, version));
    if (!header)
        return false;
    const auto headerBytes = static_cast<std::uint32_t>(header->size());
    put(header->data(), header->size());
    put(&headerBytes, sizeof(headerBytes));
    out.close();
    return out.good();
}

std::optional<ImageData> readPixelCopy(const std::filesystem::path &path, std::string_view version)
{
    const File file(path);
    const std::uint64_t fileBytes = file.size();
    std::array<char, Mark.size()> mark{};
    std::uint32_t headerBytes = 0;
    if (fileBytes < Mark.size() + sizeof(headerBytes) || !file.read(0, std::as_writable_bytes(std::span(mark)))
        || mark != Mark
        || !file.read(fileBytes - sizeof(headerBytes), std::as_writable_bytes(std::span(&headerBytes, 1)))
        || headerBytes > std::min<std::uint64_t>(MaxHeaderBytes, fileBytes - Mark.size() - sizeof(headerBytes)))
        return std::nullopt;
    const std::uint64_t headerAt = fileBytes - sizeof(headerBytes) - headerBytes;
    Blob packedHeader(headerBytes);
    if (!file.read(headerAt, packedHeader))
        return std::nullopt;
    const Result<Blob> headerFields = decompress(packedHeader, MaxHeaderBytes, core::Sentence());
    if (!headerFields)
        return std::nullopt;
    auto header = parsePixelCopyHeader(*headerFields, version);
    if (!header)
        return std::nullopt;
    ImageData &image = header->image;
    std::vector<Band> bands = bandsOf(image);
    if (bands.size() != header->packedBytes.size())
        return std::nullopt;
    std::uint64_t at = Mark.size();
    for (std::size_t i = 0; i < bands.size(); ++i) {
        bands[i].packedBytes = header->packedBytes[i];
        bands[i].at = at;
        at += bands[i].packedBytes;
    }
    const std::size_t imageBytes = image.sampleCount() * core::bytesPerSample(image.type);
    // What is not all there would be allocated in vain.
    if (at != headerAt || imageBytes > MaxImageBytes)
        return std::nullopt;
    image.bytes.resize(imageBytes);
    if (!BandReader(file, bands, image).run())
        return std::nullopt;
    return std::move(image);
}

} // namespace semigda::storage
