// SPDX-License-Identifier: Apache-2.0
#include "learning/TorchArchive_p.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace semigda::learning
{

namespace
{

using Kind = PickleValue::Kind;

struct StorageType
{
    const char *name; ///< of the class in the module torch
    TensorType type;
};
constexpr std::array<StorageType, 7> StorageTypes{{{"FloatStorage", TensorType::Float32},
                                                   {"HalfStorage", TensorType::Float16},
                                                   {"BFloat16Storage", TensorType::BFloat16},
                                                   {"DoubleStorage", TensorType::Float64},
                                                   {"LongStorage", TensorType::Int64},
                                                   {"IntStorage", TensorType::Int32},
                                                   {"ByteStorage", TensorType::UInt8}}};

/// Thirty times what the largest checkpoints have.
constexpr std::uint64_t MaxPickle = 32U << 20;
constexpr std::size_t MaxTensors = 100000;
/// Shared dictionaries may be reached on many ways: a small file could have more ways than there are atoms.
constexpr std::size_t MaxVisited = 1000000;
constexpr int MaxDepth = 8;
constexpr std::size_t MaxName = 512;
constexpr std::size_t MaxSides = 16;
constexpr int MaxWrappers = 4;

bool isGlobal(const PickleValue &value, std::string_view module, std::string_view name)
{
    return value.kind == Kind::Global && value.text == module && value.name == name;
}

bool isDictionary(const PickleTree &tree, const PickleValue &value)
{
    return value.kind == Kind::Dict
           || (value.kind == Kind::Call && isGlobal(tree.at(value.callable), "collections", "OrderedDict"));
}

/// The arguments of the call that rebuilds a tensor, if the value is one, out of the wrappers of nn.Parameter.
std::optional<PickleIndex> tensorArguments(const PickleTree &tree, PickleIndex index)
{
    for (int wrapper = 0; wrapper < MaxWrappers; ++wrapper) {
        const PickleValue &value = tree.at(index);
        if (value.kind != Kind::Call) {
            return std::nullopt;
        }
        const PickleValue &callable = tree.at(value.callable);
        if (isGlobal(callable, "torch._utils", "_rebuild_tensor_v2")
            || isGlobal(callable, "torch._utils", "_rebuild_tensor")) {
            return value.arguments;
        }
        const PickleValue &arguments = tree.at(value.arguments);
        const bool isParameter = isGlobal(callable, "torch._utils", "_rebuild_parameter")
                                 || isGlobal(callable, "torch._utils", "_rebuild_parameter_with_state");
        if (!isParameter || arguments.kind != Kind::Tuple || arguments.items.empty()) {
            return std::nullopt;
        }
        index = arguments.items[0];
    }
    return std::nullopt;
}

/// A tuple of numbers that are not negative.
std::optional<std::vector<std::int64_t>> counts(const PickleTree &tree, PickleIndex index)
{
    const PickleValue &tuple = tree.at(index);
    if (tuple.kind != Kind::Tuple || tuple.items.size() > MaxSides) {
        return std::nullopt;
    }
    std::vector<std::int64_t> numbers;
    for (const PickleIndex item : tuple.items) {
        const PickleValue &number = tree.at(item);
        if (number.kind != Kind::Integer || number.integer < 0) {
            return std::nullopt;
        }
        numbers.push_back(number.integer);
    }
    return numbers;
}

/// Numbers from the first to behind the last of a strided tensor; none when that is beyond `available`.
std::optional<std::uint64_t> spanOf(const std::vector<std::int64_t> &shape, const std::vector<std::uint64_t> &strides,
                                    std::uint64_t available)
{
    if (std::find(shape.begin(), shape.end(), 0) != shape.end()) {
        return 0;
    }
    std::uint64_t last = 0;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const auto steps = static_cast<std::uint64_t>(shape[i]) - 1;
        if (steps != 0 && strides[i] > (available - last) / steps) {
            return std::nullopt;
        }
        last += steps * strides[i];
    }
    return last < available ? std::optional(last + 1) : std::nullopt;
}

bool isRowMajor(const std::vector<std::int64_t> &shape, const std::vector<std::uint64_t> &strides)
{
    std::uint64_t expected = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
        if (shape[i] != 1 && strides[i] != expected) {
            return false;
        }
        expected *= static_cast<std::uint64_t>(shape[i]);
    }
    return true;
}

/// Copies a strided tensor out of `from`, its span, into row-major order.
void gather(std::span<const std::byte> from, const std::vector<std::int64_t> &shape,
            const std::vector<std::uint64_t> &strides, std::size_t elementSize, std::vector<std::byte> &into)
{
    std::vector<std::int64_t> place(shape.size(), 0);
    std::uint64_t at = 0;
    for (std::size_t done = 0; done < into.size(); done += elementSize) {
        std::memcpy(into.data() + done, from.data() + at * elementSize, elementSize);
        for (std::size_t i = shape.size(); i-- > 0;) {
            at += strides[i];
            if (++place[i] < shape[i]) {
                break;
            }
            at -= strides[i] * static_cast<std::uint64_t>(shape[i]);
            place[i] = 0;
        }
    }
}

} // namespace

core::Result<std::unique_ptr<TorchArchive>> TorchArchive::open(const std::filesystem::path &path)
{
    auto file = InputFile::open(path, core::phrase("errors", "PyTorch checkpoint"));
    if (!file) {
        return file.error();
    }
    auto zip = ZipArchive::open(std::move(*file));
    if (!zip) {
        return zip.error();
    }
    std::unique_ptr<TorchArchive> archive(new TorchArchive(std::move(*zip)));
    if (const auto done = archive->findRoot(); !done) {
        return done.error();
    }
    if (const auto done = archive->checkByteOrder(); !done) {
        return done.error();
    }
    auto pickle = archive->readRecord("data.pkl", MaxPickle);
    if (!pickle) {
        return pickle.error();
    }
    const auto tree = readPickle(std::move(*pickle), path);
    if (!tree) {
        return tree.error();
    }
    if (const auto done = archive->collect(*tree); !done) {
        return done.error();
    }
    return archive;
}

core::Result<void> TorchArchive::findRoot()
{
    constexpr std::string_view Pickle = "/data.pkl";
    for (const auto &[name, entry] : m_archive.entries()) {
        if (!name.ends_with(Pickle) || name.find('/') != name.size() - Pickle.size()) {
            continue;
        }
        if (!m_root.empty()) {
            return m_archive.file().damaged(core::phrase("errors", "it holds several pickles"));
        }
        m_root = name.substr(0, name.size() - Pickle.size() + 1);
    }
    if (m_root.empty()) {
        return m_archive.file().unsupported(
            core::phrase("errors", "is a zip archive but no PyTorch checkpoint"),
            core::phrase("errors", "choose a file that torch.save wrote, such as a .ckpt, .pt or .pth file"));
    }
    if (m_archive.entries().contains(m_root + "constants.pkl")) {
        return m_archive.file().unsupported(core::phrase("errors", "holds a TorchScript program, not weights by name"),
                                            core::phrase("errors", "save the state_dict() of the model instead"));
    }
    return {};
}

core::Result<void> TorchArchive::checkByteOrder()
{
    if (!m_archive.entries().contains(m_root + "byteorder")) {
        return {}; // PyTorch before 2.1 writes none
    }
    const auto order = readRecord("byteorder", 16);
    if (!order) {
        return order.error();
    }
    constexpr std::string_view Little = "little";
    if (std::string_view(reinterpret_cast<const char *>(order->data()), order->size()) != Little) {
        return m_archive.file().unsupported(
            core::phrase("errors", "was written on a big-endian machine"),
            core::phrase("errors", "save it again on another machine or as safetensors"));
    }
    return {};
}

core::Result<std::vector<std::byte>> TorchArchive::readRecord(const std::string &name, std::uint64_t most)
{
    const auto entry = m_archive.entries().find(m_root + name);
    if (entry->second.size > most) {
        return m_archive.file().damaged(core::phrase("errors", "its %1 is absurdly large").with(name));
    }
    auto bytes = m_archive.file().allocate(entry->second.size);
    if (!bytes) {
        return bytes.error();
    }
    if (const auto done = m_archive.read(*entry, 0, *bytes); !done) {
        return done.error();
    }
    return bytes;
}

core::Result<void> TorchArchive::collect(const PickleTree &tree)
{
    const auto done = collect(tree, tree.root, {}, 0);
    if (done && m_tensors.empty()) {
        return withoutTensors(tree);
    }
    return done;
}

core::Result<void> TorchArchive::collect(const PickleTree &tree, PickleIndex index, const std::string &prefix,
                                         int depth)
{
    const PickleValue &dictionary = tree.at(index);
    if (!isDictionary(tree, dictionary) || depth > MaxDepth) {
        return {};
    }
    for (std::size_t i = 0; i + 1 < dictionary.items.size(); i += 2) {
        if (++m_visited > MaxVisited || m_tensors.size() > MaxTensors) {
            return m_archive.file().damaged(core::phrase("errors", "its dictionaries are absurdly many"));
        }
        const PickleValue &key = tree.at(dictionary.items[i]);
        if (key.kind != Kind::Text || prefix.size() + key.text.size() > MaxName) {
            continue;
        }
        const PickleIndex value = dictionary.items[i + 1];
        const std::string name = prefix + std::string(key.text);
        const std::optional<PickleIndex> arguments = tensorArguments(tree, value);
        const auto done = arguments ? addTensor(tree, *arguments, name) : collect(tree, value, name + '.', depth + 1);
        if (!done) {
            return done;
        }
    }
    return {};
}

core::Result<void> TorchArchive::addTensor(const PickleTree &tree, PickleIndex arguments, const std::string &name)
{
    // (storage, offset, size, strides, ...); the storage is ("storage", its class, entry, device, count).
    const PickleValue &tuple = tree.at(arguments);
    if (tuple.kind != Kind::Tuple || tuple.items.size() < 4) {
        return malformed(name);
    }
    const PickleValue &storage = tree.at(tuple.items[0]);
    const PickleValue &offset = tree.at(tuple.items[1]);
    auto shape = counts(tree, tuple.items[2]);
    const auto strides = counts(tree, tuple.items[3]);
    if (storage.kind != Kind::Persistent || offset.kind != Kind::Integer || offset.integer < 0 || !shape || !strides
        || shape->size() != strides->size() || !elementCount(*shape)) {
        return malformed(name);
    }
    const PickleValue &key = tree.at(storage.arguments);
    if (key.kind != Kind::Tuple || key.items.size() != 5) {
        return malformed(name);
    }
    const PickleValue &tag = tree.at(key.items[0]);
    const PickleValue &type = tree.at(key.items[1]);
    const PickleValue &record = tree.at(key.items[2]);
    const PickleValue &count = tree.at(key.items[4]);
    if (tag.text != "storage" || type.kind != Kind::Global || record.kind != Kind::Text || count.kind != Kind::Integer
        || count.integer < 0 || record.text.size() > MaxName) {
        return malformed(name);
    }
    TensorInfo info;
    info.typeName = type.name.substr(0, MaxName);
    info.shape = std::move(*shape);
    const auto known = std::find_if(StorageTypes.begin(), StorageTypes.end(),
                                    [&](const StorageType &t) { return isGlobal(type, "torch", t.name); });
    if (known != StorageTypes.end()) {
        info.type = known->type;
    }
    Place place;
    place.record = m_root + "data/" + std::string(record.text);
    place.offset = static_cast<std::uint64_t>(offset.integer);
    place.strides.assign(strides->begin(), strides->end());
    const auto stored = static_cast<std::uint64_t>(count.integer);
    const auto span = place.offset <= stored ? spanOf(info.shape, place.strides, stored - place.offset) : std::nullopt;
    const auto entry = m_archive.entries().find(place.record);
    if (!span || entry == m_archive.entries().end()
        || (info.type && stored > entry->second.size / bytesPerElement(*info.type))) {
        return m_archive.file().damaged(core::phrase("errors", "the numbers of %1 are missing").with(printable(name)));
    }
    place.span = *span;
    m_tensors.insert_or_assign(name, std::move(info));
    m_places.insert_or_assign(name, std::move(place));
    return {};
}

core::Error TorchArchive::malformed(const std::string &name) const
{
    return m_archive.file().damaged(core::phrase("errors", "the entry of %1 is malformed").with(printable(name)));
}

core::Error TorchArchive::withoutTensors(const PickleTree &tree) const
{
    const PickleValue &root = tree.at(tree.root);
    if (root.kind == Kind::Call && !isDictionary(tree, root) && !tensorArguments(tree, tree.root)) {
        const PickleValue &callable = tree.at(root.callable);
        return m_archive.file().unsupported(
            core::phrase("errors", "holds an object of Python (%1) in place of a dictionary of tensors")
                .with(printable(callable.name)),
            core::phrase("errors", "save the state_dict() of the model instead"));
    }
    return m_archive.file().unsupported(core::phrase("errors", "holds no tensors by name"),
                                        core::phrase("errors", "save the state_dict() of the model instead"));
}

core::Result<RawTensor> TorchArchive::read(const std::string &name)
{
    const TensorInfo &info = m_tensors.at(name);
    const Place &place = m_places.at(name);
    if (!info.type) {
        return m_archive.file().unsupported(
            core::phrase("errors", "holds numbers of type %1, which this program does not read")
                .with(printable(info.typeName)),
            core::phrase("errors", "save it as 32-bit or 16-bit floats"));
    }
    const std::size_t elementSize = bytesPerElement(*info.type);
    const std::uint64_t bytes = *elementCount(info.shape) * elementSize;
    auto numbers = m_archive.file().allocate(bytes);
    if (!numbers) {
        return numbers.error();
    }
    const auto &entry = *m_archive.entries().find(place.record);
    if (bytes != 0 && isRowMajor(info.shape, place.strides)) {
        if (const auto done = m_archive.read(entry, place.offset * elementSize, *numbers); !done) {
            return done.error();
        }
    } else if (bytes != 0) {
        // A view into something far larger would cost the memory of that; nobody saves weights so.
        constexpr std::uint64_t Slack = 16;
        constexpr std::uint64_t AlwaysFine = 64U << 20;
        const std::uint64_t spanBytes = place.span * elementSize;
        if (spanBytes > AlwaysFine && spanBytes / Slack > bytes) {
            return m_archive.file().unsupported(
                core::phrase("errors", "keeps %1 as scattered parts of a far larger tensor").with(printable(name)),
                core::phrase("errors", "save a contiguous copy of it"));
        }
        auto span = m_archive.file().allocate(spanBytes);
        if (!span) {
            return span.error();
        }
        if (const auto done = m_archive.read(entry, place.offset * elementSize, *span); !done) {
            return done.error();
        }
        gather(*span, info.shape, place.strides, elementSize, *numbers);
    }
    return RawTensor{*info.type, info.shape, std::move(*numbers)};
}

} // namespace semigda::learning
