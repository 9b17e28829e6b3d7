// SPDX-License-Identifier: Apache-2.0
#include "learning/Safetensors.h"

#include "core/AtomicFile.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <limits>
#include <optional>

#include <nlohmann/json.hpp>

#include <unistd.h>

namespace semigda::learning
{

namespace
{

using core::Error;
using core::ErrorCode;

struct TypeName
{
    TensorType type;
    const char *name;
    std::size_t size;
};
constexpr std::array<TypeName, 7> TypeNames{{{TensorType::Float32, "F32", 4},
                                             {TensorType::Float16, "F16", 2},
                                             {TensorType::BFloat16, "BF16", 2},
                                             {TensorType::Float64, "F64", 8},
                                             {TensorType::Int64, "I64", 8},
                                             {TensorType::Int32, "I32", 4},
                                             {TensorType::UInt8, "U8", 1}}};
/// What the format's own library accepts at most.
constexpr std::uint64_t MaxHeader = 100U << 20;

const TypeName &nameOf(TensorType type)
{
    return *std::find_if(TypeNames.begin(), TypeNames.end(), [&](const TypeName &t) { return t.type == type; });
}

Error corrupt(const std::filesystem::path &file, const std::string &fault)
{
    return {ErrorCode::CorruptFile,
            file.string() + " is not a whole safetensors file (" + fault + "); copy or download it again."};
}

/// A name out of a file, fit for one line of a message.
std::string printable(const std::string &name)
{
    constexpr std::size_t Longest = 80;
    std::string shown = name.substr(0, Longest);
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, '?');
    return '"' + shown + (name.size() > Longest ? "...\"" : "\"");
}

std::optional<std::uint64_t> elementCount(const std::vector<std::int64_t> &shape)
{
    std::uint64_t count = 1;
    for (const std::int64_t side : shape) {
        if (side < 0) {
            return std::nullopt;
        }
        const auto factor = static_cast<std::uint64_t>(side);
        if (factor != 0 && count > std::numeric_limits<std::uint64_t>::max() / 16 / factor) {
            return std::nullopt;
        }
        count *= factor;
    }
    return count;
}

/// Systems that promise more memory than they have kill the program instead of refusing; so ask first.
std::uint64_t physicalMemory()
{
    const long pages = ::sysconf(_SC_PHYS_PAGES);
    const long pageSize = ::sysconf(_SC_PAGESIZE);
    if (pages <= 0 || pageSize <= 0) {
        return std::numeric_limits<std::uint64_t>::max();
    }
    return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(pageSize);
}

struct Extent
{
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// Fills `tensor` but for its bytes; returns where they lie or what is wrong.
core::Result<Extent> readEntry(const std::filesystem::path &file, const std::string &name, const nlohmann::json &entry,
                               std::uint64_t dataSize, RawTensor &tensor)
{
    if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string() || !entry.contains("shape")
        || !entry["shape"].is_array() || !entry.contains("data_offsets") || !entry["data_offsets"].is_array()
        || entry["data_offsets"].size() != 2) {
        return corrupt(file, "the entry of " + printable(name) + " is malformed");
    }
    const auto typeName = entry["dtype"].get<std::string>();
    const auto type =
        std::find_if(TypeNames.begin(), TypeNames.end(), [&](const TypeName &t) { return typeName == t.name; });
    if (type == TypeNames.end()) {
        return Error{ErrorCode::UnsupportedFormat, file.string() + " holds numbers of type " + printable(typeName)
                                                       + ", which this program does not read; save it as F32 or F16."};
    }
    tensor.type = type->type;
    for (const auto &side : entry["shape"]) {
        if (!side.is_number_unsigned()
            || side.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return corrupt(file, "the shape of " + printable(name) + " is impossible");
        }
        tensor.shape.push_back(side.get<std::int64_t>());
    }
    for (const auto &offset : entry["data_offsets"]) {
        if (!offset.is_number_unsigned()) {
            return corrupt(file, "the place of " + printable(name) + " is impossible");
        }
    }
    const Extent extent{entry["data_offsets"][0].get<std::uint64_t>(), entry["data_offsets"][1].get<std::uint64_t>()};
    const std::optional<std::uint64_t> count = elementCount(tensor.shape);
    if (!count || extent.begin > extent.end || extent.end > dataSize
        || extent.end - extent.begin != *count * type->size) {
        return corrupt(file, "the size of " + printable(name) + " does not fit");
    }
    return extent;
}

} // namespace

std::size_t bytesPerElement(TensorType type)
{
    return nameOf(type).size;
}

core::Result<TensorFile> readSafetensors(const std::filesystem::path &file)
{
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(file, failure);
    if (failure) {
        return core::fileError("read", file, failure.value());
    }
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return core::fileError("read", file, errno);
    }
    std::array<unsigned char, 8> lengthBytes{};
    if (size < lengthBytes.size() || !stream.read(reinterpret_cast<char *>(lengthBytes.data()), 8)) {
        return corrupt(file, "it is shorter than its header");
    }
    std::uint64_t headerLength = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        headerLength |= static_cast<std::uint64_t>(lengthBytes[i]) << (8 * i);
    }
    if (headerLength > MaxHeader || headerLength > size - 8) {
        return corrupt(file, "its header would reach past its end");
    }
    std::string headerText(headerLength, '\0');
    if (!stream.read(headerText.data(), static_cast<std::streamsize>(headerLength))) {
        return corrupt(file, "its header is cut off");
    }
    const auto header = nlohmann::json::parse(headerText, nullptr, false);
    if (!header.is_object()) {
        return corrupt(file, "its header is not JSON");
    }
    const std::uint64_t dataSize = size - 8 - headerLength;
    TensorFile content;
    std::vector<std::pair<Extent, RawTensor *>> extents;
    for (const auto &[name, entry] : header.items()) {
        if (name == "__metadata__") {
            if (!entry.is_object()) {
                return corrupt(file, "its metadata is malformed");
            }
            for (const auto &[key, value] : entry.items()) {
                if (!value.is_string()) {
                    return corrupt(file, "its metadata is malformed");
                }
                content.metadata[key] = value.get<std::string>();
            }
            continue;
        }
        RawTensor &tensor = content.tensors[name];
        const core::Result<Extent> extent = readEntry(file, name, entry, dataSize, tensor);
        if (!extent) {
            return extent.error();
        }
        extents.emplace_back(*extent, &tensor);
    }
    std::sort(extents.begin(), extents.end(),
              [](const auto &a, const auto &b) { return a.first.begin < b.first.begin; });
    std::uint64_t position = 0;
    std::uint64_t total = 0;
    for (const auto &[extent, tensor] : extents) {
        if (extent.begin < position) {
            return corrupt(file, "its tensors overlap");
        }
        position = extent.end;
        total += extent.end - extent.begin;
    }
    if (total > physicalMemory()) {
        return core::fileError("read", file, ENOMEM);
    }
    for (auto &[extent, tensor] : extents) {
        try {
            tensor->bytes.resize(extent.end - extent.begin);
        } catch (const std::exception &) {
            return core::fileError("read", file, ENOMEM);
        }
        stream.seekg(static_cast<std::streamoff>(8 + headerLength + extent.begin));
        if (!stream.read(reinterpret_cast<char *>(tensor->bytes.data()),
                         static_cast<std::streamsize>(tensor->bytes.size()))) {
            return corrupt(file, "its data is cut off");
        }
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
        header[name] = {{"dtype", nameOf(tensor.type).name},
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
            return core::fileError("write", file, errno != 0 ? errno : EIO);
        }
        return {};
    });
}

} // namespace semigda::learning
