// SPDX-License-Identifier: Apache-2.0
#include "learning/TensorSource_p.h"

#include "learning/InputFile_p.h"
#include "learning/SafetensorsSource_p.h"
#include "learning/TorchArchive_p.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace semigda::learning
{

namespace
{

/// The base class's pointer or the error.
template <typename Source> core::Result<std::unique_ptr<TensorSource>> asSource(core::Result<Source> opened)
{
    if (!opened) {
        return opened.error();
    }
    return std::unique_ptr<TensorSource>(std::move(*opened));
}

} // namespace

core::Result<std::unique_ptr<TensorSource>> openTensorSource(const std::filesystem::path &path)
{
    auto file = InputFile::open(path, core::phrase("errors", "file of weights"));
    if (!file) {
        return file.error();
    }
    constexpr std::uint64_t Longest = 16;
    const auto bytes = file->read(0, std::min(file->size(), Longest));
    if (!bytes) {
        return bytes.error();
    }
    const std::string_view start(reinterpret_cast<const char *>(bytes->data()), bytes->size());
    // A safetensors file says how long its JSON is, then comes that.
    constexpr std::size_t LengthBytes = 8;
    const bool hasJson = bytes->size() > LengthBytes && (start[LengthBytes] == '{' || start[LengthBytes] == ' ')
                         && littleEndian<LengthBytes>(*bytes) <= file->size() - LengthBytes;
    if (hasJson || path.extension() == ".safetensors") {
        return asSource(SafetensorsSource::open(path));
    }
    if (start.starts_with("PK\x03\x04")) {
        return asSource(TorchArchive::open(path));
    }
    // PyTorch before 1.6 wrote several pickles one after the other, the storages' bytes behind them.
    if (start.starts_with('\x80')) {
        return file->unsupported(core::phrase("errors", "is in PyTorch's old format or a plain pickle"),
                                 core::phrase("errors", "save it again with a newer PyTorch or as safetensors"));
    }
    if (start.starts_with("version https://")) {
        return file->unsupported(core::phrase("errors", "is only a Git LFS pointer to the file"),
                                 core::phrase("errors", "download the file itself"));
    }
    return file->unsupported(core::phrase("errors", "is neither a safetensors file nor a PyTorch checkpoint"),
                             core::phrase("errors", "choose a file of weights (.safetensors, .ckpt, .pt, .pth)"));
}

std::optional<std::uint64_t> elementCount(const std::vector<std::int64_t> &shape)
{
    constexpr std::uint64_t LargestNumber = 16; // bytes
    std::uint64_t count = 1;
    for (const std::int64_t side : shape) {
        if (side < 0) {
            return std::nullopt;
        }
        const auto factor = static_cast<std::uint64_t>(side);
        if (factor != 0 && count > std::numeric_limits<std::uint64_t>::max() / LargestNumber / factor) {
            return std::nullopt;
        }
        count *= factor;
    }
    return count;
}

} // namespace semigda::learning
