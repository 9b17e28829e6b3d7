// SPDX-License-Identifier: Apache-2.0
#include "learning/StepMemory_p.h"

#include "learning/Descent_p.h"
#include "learning/UNet_p.h"

#include <torch/version.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>

#define SEMIGDA_TORCH_AT_LEAST(major, minor)                                                                           \
    (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

#if SEMIGDA_TORCH_AT_LEAST(2, 9)
#include <c10/core/CachingDeviceAllocator.h>
#endif

namespace semigda::learning
{

namespace
{

// Maps of a layer's width that are kept for the way back: what a norm, an activation and two convolutions have seen.
constexpr double BlockMaps = 4.0;
constexpr double ShortcutMaps = 3.0;
constexpr double StemMaps = 2.0;
constexpr double Attentions = 2.0; ///< of each pixel to each, before and after softmax

/// Pixels of a level's maps.
double pixelsOf(const TrainingConfig &config, int level)
{
    const double side = static_cast<double>(config.imageSize) / (config.shape.stemFactor << level);
    return side * side;
}

double attentionFloats(double pixels)
{
    return Attentions * pixels * pixels;
}

double cnnFloats(const TrainingConfig &config)
{
    const NetworkShape &shape = config.shape;
    double floats = 0.0;
    for (int level = 0; level < shape.levels(); ++level) {
        const double maps = level == 0
                                ? StemMaps + BlockMaps * shape.cnnStemBlocks
                                : ShortcutMaps + BlockMaps * shape.cnnBlocks[static_cast<std::size_t>(level - 1)];
        floats += maps * shape.levelWidth(level) * pixelsOf(config, level);
    }
    return floats;
}

double mappingFloats(const TrainingConfig &config)
{
    const NetworkShape &shape = config.shape;
    const double pixels = pixelsOf(config, shape.levels() - 1);
    double floats = 0.0;
    for (const int multiplier : shape.mappingMultipliers) {
        // One block on the way down and one on the way up, which sees both together.
        const double width = shape.mappingWidth * multiplier;
        floats += (2.0 * BlockMaps + 2.0) * width * pixels;
        floats += shape.hasMappingAttention ? 2.0 * (BlockMaps * width * pixels + attentionFloats(pixels)) : 0.0;
    }
    return floats;
}

double middleFloats(const TrainingConfig &config)
{
    const NetworkShape &shape = config.shape;
    const int deepest = shape.levels() - 1;
    const double pixels = pixelsOf(config, deepest);
    return (shape.hasMiddleAttention ? attentionFloats(pixels) : 0.0)
           + 3.0 * BlockMaps * shape.levelWidth(deepest) * pixels;
}

double priorEncoderFloats(const TrainingConfig &config)
{
    const NetworkShape &shape = config.shape;
    double floats = middleFloats(config);
    for (int level = 0; level < shape.levels(); ++level) {
        floats += BlockMaps * shape.encoderBlocks * shape.levelWidth(level) * pixelsOf(config, level);
    }
    return floats;
}

double decoderFloats(const TrainingConfig &config, bool hasAdapters)
{
    const NetworkShape &shape = config.shape;
    double floats = middleFloats(config);
    for (int level = 0; level < shape.levels(); ++level) {
        const double width = shape.levelWidth(level);
        double maps = BlockMaps * shape.decoderBlocks * width;
        if (hasAdapters) {
            maps += 2.0 * (width + shape.featureWidth(level)) + BlockMaps * width;
        }
        if (level + 1 < shape.levels()) {
            maps += shape.hasLightDecoder ? width : shape.levelWidth(level + 1); // enlarged from below
        }
        floats += maps * pixelsOf(config, level);
    }
    return floats;
}

double unetFloats(const TrainingConfig &config)
{
    const std::vector<int> widths = unetWidths(config.profile);
    const double stem = static_cast<double>(config.imageSize) / unetStemFactor(config.profile);
    double floats = 0.0;
    for (std::size_t level = 0; level < widths.size(); ++level) {
        const double side = stem / static_cast<double>(1 << level);
        double maps = ShortcutMaps + 2.0 * BlockMaps; // on the way down
        if (level + 1 < widths.size()) {
            maps += ShortcutMaps + BlockMaps + 3.0; // on the way up, from what is enlarged and its join with the skip
        }
        floats += maps * widths[level] * side * side;
    }
    return floats;
}

std::optional<double> numberIn(const std::filesystem::path &file)
{
    std::ifstream in(file);
    double number = 0.0;
    return in >> number ? std::optional(number) : std::nullopt; // "max": none
}

/// Of the line that begins with `name`.
std::optional<double> namedNumber(const std::filesystem::path &file, const std::string &name)
{
    std::ifstream in(file);
    for (std::string word; in >> word;) {
        if (double number = 0.0; word == name && in >> number) {
            return number;
        }
        in.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    }
    return std::nullopt;
}

#if SEMIGDA_TORCH_AT_LEAST(2, 9)
/// A template, because the releases that have such allocators do not all tell what is free.
template <typename Allocator> std::optional<double> freeBytesOf(Allocator &allocator, c10::DeviceIndex device)
{
    if constexpr (requires { allocator.getMemoryInfo(device); }) {
        const auto stats = allocator.getDeviceStats(device);
        const auto all = static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE);
        // What the allocator keeps from earlier steps, it gives out again.
        const auto kept = static_cast<double>(stats.reserved_bytes[all].current - stats.allocated_bytes[all].current);
        return static_cast<double>(allocator.getMemoryInfo(device).first) + kept;
    } else {
        return std::nullopt;
    }
}
#endif

} // namespace

double stepBytes(const TrainingConfig &config, std::size_t stage)
{
    constexpr double BytesPerFloat = 4.0;
    if (config.method == Method::Supervised) {
        return BytesPerFloat * config.supervisedBatch * unetFloats(config);
    }
    switch (stage) {
    case 0:
        return BytesPerFloat * config.priorBatch * (priorEncoderFloats(config) + decoderFloats(config, false));
    case 1:
        return BytesPerFloat * config.alignmentBatch * (cnnFloats(config) + mappingFloats(config));
    default: {
        const int labelled = config.adapterLabelled;
        const int unlabelled = config.adapterBatch - labelled;
        const int mixed = 2 * std::min(labelled, unlabelled);
        const int shown = labelled + mixed + (config.mixesOnly ? 0 : unlabelled);
        const double floats = cnnFloats(config) + mappingFloats(config) + 2.0 * decoderFloats(config, true);
        return BytesPerFloat * std::max(shown, config.adapterBatch) * floats;
    }
    }
}

int partsWithin(double free, double needed, int most)
{
    constexpr double Share = 0.75;
    const double room = std::max(Share * free, 1.0);
    const double parts = std::clamp(std::ceil(needed / room), 1.0, static_cast<double>(most));
    return evenParts(static_cast<int>(parts), most);
}

std::optional<double> freeBytesOfSystem(const std::filesystem::path &root)
{
    std::optional<double> free = namedNumber(root / "proc/meminfo", "MemAvailable:");
    if (free) {
        *free *= 1024.0;
    }
    const std::filesystem::path group = root / "sys/fs/cgroup";
    const std::optional<double> limit = numberIn(group / "memory.max");
    const std::optional<double> used = numberIn(group / "memory.current");
    if (limit && used) {
        // What is used includes pages of files, which the system gives back when they are in the way.
        const double files = namedNumber(group / "memory.stat", "file").value_or(0.0);
        const double left = std::max(*limit - *used + std::min(files, *used), 0.0);
        free = free ? std::min(*free, left) : left;
    }
    return free;
}

std::optional<double> freeBytes(torch::Device device)
{
    if (device.is_cpu()) {
        return freeBytesOfSystem("/");
    }
#if SEMIGDA_TORCH_AT_LEAST(2, 9)
    try {
        if (auto *allocator = dynamic_cast<c10::DeviceAllocator *>(c10::GetAllocator(device.type()))) {
            return freeBytesOf(*allocator, device.index());
        }
    } catch (const c10::Error &) {
        return std::nullopt; // a kind of card whose allocator cannot tell
    }
#endif
    return std::nullopt;
}

} // namespace semigda::learning
