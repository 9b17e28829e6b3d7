// SPDX-License-Identifier: Apache-2.0
#include "learning/SafetensorsSource_p.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

namespace semigda::learning
{

namespace
{

constexpr core::Phrase Kind = core::phrase("errors", "safetensors file");
/// What the format's own library accepts at most.
constexpr std::uint64_t MaxHeader = 100U << 20;
/// A hundred times what the largest checkpoints have; parsed JSON takes many times the memory of its text.
constexpr std::size_t MaxHeaderValues = 4U << 20;
/// Twice what the format has.
constexpr int MaxHeaderDepth = 6;

/// Null when it is not JSON, discarded when it is absurdly large.
nlohmann::json parseHeader(const std::string &text)
{
    std::size_t values = 0;
    // What lies deeper is dropped while parsing: a value nested a million times over would overflow whoever copies it.
    const auto isKept = [&](int depth, nlohmann::json::parse_event_t, nlohmann::json &) {
        return ++values <= MaxHeaderValues && depth <= MaxHeaderDepth;
    };
    nlohmann::json header = nlohmann::json::parse(text, isKept, false);
    if (values > MaxHeaderValues) {
        return nlohmann::json(nlohmann::json::value_t::discarded);
    }
    if (header.is_discarded()) {
        return {};
    }
    return header;
}

struct Entry
{
    TensorInfo info;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

core::Result<Entry> readEntry(const InputFile &file, const std::string &name, const nlohmann::json &json,
                              std::uint64_t dataSize)
{
    if (!json.is_object() || !json.contains("dtype") || !json["dtype"].is_string() || !json.contains("shape")
        || !json["shape"].is_array() || !json.contains("data_offsets") || !json["data_offsets"].is_array()
        || json["data_offsets"].size() != 2) {
        return file.damaged(core::phrase("errors", "the entry of %1 is malformed").with(printable(name)));
    }
    Entry entry;
    entry.info.typeName = json["dtype"].get<std::string>();
    const auto type = std::find_if(SafetensorsTypes.begin(), SafetensorsTypes.end(),
                                   [&](const SafetensorsType &t) { return entry.info.typeName == t.name; });
    if (type != SafetensorsTypes.end()) {
        entry.info.type = type->type;
    }
    for (const auto &side : json["shape"]) {
        if (!side.is_number_unsigned()
            || side.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return file.damaged(core::phrase("errors", "the shape of %1 is impossible").with(printable(name)));
        }
        entry.info.shape.push_back(side.get<std::int64_t>());
    }
    for (const auto &offset : json["data_offsets"]) {
        if (!offset.is_number_unsigned()) {
            return file.damaged(core::phrase("errors", "the place of %1 is impossible").with(printable(name)));
        }
    }
    entry.begin = json["data_offsets"][0].get<std::uint64_t>();
    entry.end = json["data_offsets"][1].get<std::uint64_t>();
    const std::optional<std::uint64_t> count = elementCount(entry.info.shape);
    const bool isInside = count && entry.begin <= entry.end && entry.end <= dataSize;
    if (!isInside || (entry.info.type && entry.end - entry.begin != *count * type->size)) {
        return file.damaged(core::phrase("errors", "the size of %1 does not fit").with(printable(name)));
    }
    return entry;
}

} // namespace

core::Result<std::unique_ptr<SafetensorsSource>> SafetensorsSource::open(const std::filesystem::path &path)
{
    auto file = InputFile::open(path, Kind);
    return file ? checked(std::move(*file)) : file.error();
}

core::Result<std::unique_ptr<SafetensorsSource>> SafetensorsSource::fromMemory(std::span<const std::byte> bytes,
                                                                               const std::string &name)
{
    return checked(InputFile::fromMemory(bytes, name, Kind));
}

core::Result<std::unique_ptr<SafetensorsSource>> SafetensorsSource::checked(InputFile file)
{
    std::unique_ptr<SafetensorsSource> source(new SafetensorsSource(std::move(file)));
    if (const auto done = source->readHeader(); !done) {
        return done.error();
    }
    if (const auto done = source->checkOverlaps(); !done) {
        return done.error();
    }
    return source;
}

core::Result<void> SafetensorsSource::readHeader()
{
    constexpr std::uint64_t Start = 8;
    std::array<std::byte, Start> lengthBytes{};
    if (m_file.size() < Start || !m_file.read(0, lengthBytes)) {
        return m_file.damaged(core::phrase("errors", "it is shorter than its header"));
    }
    const std::uint64_t length = littleEndian<8>(lengthBytes);
    if (length > MaxHeader || length > m_file.size() - Start) {
        return m_file.damaged(core::phrase("errors", "its header would reach past its end"));
    }
    std::string text(length, '\0');
    if (const auto done = m_file.read(Start, std::as_writable_bytes(std::span<char>(text))); !done) {
        return done;
    }
    const nlohmann::json header = parseHeader(text);
    if (header.is_discarded()) {
        return m_file.damaged(core::phrase("errors", "its header is absurdly large"));
    }
    if (!header.is_object()) {
        return m_file.damaged(core::phrase("errors", "its header is not JSON"));
    }
    const std::uint64_t dataStart = Start + length;
    for (const auto &[name, json] : header.items()) {
        if (name == "__metadata__") {
            if (!json.is_object()) {
                return m_file.damaged(core::phrase("errors", "its metadata is malformed"));
            }
            for (const auto &[key, value] : json.items()) {
                if (!value.is_string()) {
                    return m_file.damaged(core::phrase("errors", "its metadata is malformed"));
                }
                m_metadata[key] = value.get<std::string>();
            }
            continue;
        }
        auto entry = readEntry(m_file, name, json, m_file.size() - dataStart);
        if (!entry) {
            return entry.error();
        }
        m_tensors[name] = std::move(entry->info);
        m_extents[name] = {dataStart + entry->begin, dataStart + entry->end};
    }
    return {};
}

core::Result<void> SafetensorsSource::checkOverlaps() const
{
    std::vector<Extent> extents;
    for (const auto &[name, extent] : m_extents) {
        extents.push_back(extent);
    }
    std::sort(extents.begin(), extents.end(),
              [](const Extent &a, const Extent &b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
    for (std::size_t i = 1; i < extents.size(); ++i) {
        if (extents[i].begin < extents[i - 1].end) {
            return m_file.damaged(core::phrase("errors", "its tensors overlap"));
        }
    }
    return {};
}

core::Result<void> SafetensorsSource::checkMemoryForAll() const
{
    // They do not overlap, so that the sum is at most the file's size.
    std::uint64_t total = 0;
    for (const auto &[name, extent] : m_extents) {
        total += extent.end - extent.begin;
    }
    return m_file.checkMemory(total);
}

core::Result<RawTensor> SafetensorsSource::read(const std::string &name)
{
    const TensorInfo &info = m_tensors.at(name);
    if (!info.type) {
        return m_file.unsupported(core::phrase("errors", "holds numbers of type %1, which this program does not read")
                                      .with(printable(info.typeName)),
                                  core::phrase("errors", "save it as F32 or F16"));
    }
    const Extent extent = m_extents.at(name);
    auto bytes = m_file.read(extent.begin, extent.end - extent.begin);
    if (!bytes) {
        return bytes.error();
    }
    return RawTensor{*info.type, info.shape, std::move(*bytes)};
}

} // namespace semigda::learning
