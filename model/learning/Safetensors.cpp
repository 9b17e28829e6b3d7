// SPDX-License-Identifier: Apache-2.0
#include "learning/Safetensors.h"

#include "core/AtomicFile.h"
#include "learning/SafetensorsSource_p.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>

#include <nlohmann/json.hpp>

namespace semigda::learning
{

namespace
{

const SafetensorsType &typeOf(TensorType type)
{
    return *std::find_if(SafetensorsTypes.begin(), SafetensorsTypes.end(),
                         [&](const SafetensorsType &t) { return t.type == type; });
}

} // namespace

std::size_t bytesPerElement(TensorType type)
{
    return typeOf(type).size;
}

core::Result<TensorFile> readSafetensors(const std::filesystem::path &file)
{
    const auto source = SafetensorsSource::open(file);
    if (!source) {
        return source.error();
    }
    if (const auto fits = (*source)->checkMemoryForAll(); !fits) {
        return fits.error();
    }
    TensorFile content;
    content.metadata = (*source)->metadata();
    for (const auto &[name, info] : (*source)->tensors()) {
        auto tensor = (*source)->read(name);
        if (!tensor) {
            return tensor.error();
        }
        content.tensors[name] = std::move(*tensor);
    }
    return content;
}

core::Result<void> writeSafetensors(const std::filesystem::path &file, const TensorFile &content)
{
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!content.metadata.empty()) {
        header["__metadata__"] = content.metadata;
    }
    std::uint64_t position = 0;
    for (const auto &[name, tensor] : content.tensors) {
        header[name] = {{"dtype", typeOf(tensor.type).name},
                        {"shape", tensor.shape},
                        {"data_offsets", {position, position + tensor.bytes.size()}}};
        position += tensor.bytes.size();
    }
    // Text that is not UTF-8 (a file name in the metadata) must not fail a checkpoint.
    std::string text = header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    // The data starts at a multiple of 8, as the format's own library writes it.
    text.resize((text.size() + 7) / 8 * 8, ' ');
    std::array<char, 8> length{};
    for (std::size_t i = 0; i < 8; ++i) {
        length[i] = static_cast<char>((static_cast<std::uint64_t>(text.size()) >> (8 * i)) & 0xFF);
    }
    return core::replaceFileAtomically(file, [&](const std::filesystem::path &temporary) -> core::Result<void> {
        errno = 0;
        std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
        stream.write(length.data(), static_cast<std::streamsize>(length.size()));
        stream.write(text.data(), static_cast<std::streamsize>(text.size()));
        for (const auto &[name, tensor] : content.tensors) {
            stream.write(reinterpret_cast<const char *>(tensor.bytes.data()),
                         static_cast<std::streamsize>(tensor.bytes.size()));
        }
        stream.close();
        if (!stream) {
            return core::fileError(core::phrase("errors", "write"), file, errno != 0 ? errno : EIO);
        }
        return {};
    });
}

} // namespace semigda::learning
