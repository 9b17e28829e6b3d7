// SPDX-License-Identifier: Apache-2.0
#include "learning/StartingWeights_p.h"

#include "learning/InputFile_p.h"
#include "learning/SafetensorsSource_p.h"
#include "learning/ShippedPrior_p.h"
#include "learning/TensorSource_p.h"
#include "learning/TensorState_p.h"
#include "learning/WeightNames_p.h"

#include <set>

namespace semigda::learning
{

namespace
{

using core::Error;
using core::ErrorCode;

/// A tensor of the networks and the name under which the file has its numbers.
struct Wanted
{
    std::string name;
    torch::Tensor target;
};

std::string listed(const std::vector<std::int64_t> &numbers, const char *separator)
{
    std::string text;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        text += (i == 0 ? "" : separator) + std::to_string(numbers[i]);
    }
    return text.empty() ? "a single number" : text;
}

bool isFloat(TensorType type)
{
    return type == TensorType::Float32 || type == TensorType::Float16 || type == TensorType::BFloat16
           || type == TensorType::Float64;
}

/// diffusers keeps the attention's 1x1 convolutions as linear layers, [C, C], and once did as convolutions of lines.
bool fits(const std::vector<std::int64_t> &shape, const std::vector<std::int64_t> &target)
{
    const bool isPointwise = target.size() == 4 && target[2] == 1 && target[3] == 1;
    if (!isPointwise || shape.size() < 2) {
        return shape == target;
    }
    std::vector<std::int64_t> padded = shape;
    padded.resize(std::max<std::size_t>(shape.size(), 4), 1);
    return padded == target;
}

core::Result<void> checkWidths(const SemiGdaNetworks &networks, const WeightNames &names, const TensorListing &tensors,
                               const std::filesystem::path &file)
{
    std::vector<std::int64_t> ours;
    for (int level = 0; level < networks->shape().levels(); ++level) {
        ours.push_back(networks->shape().levelWidth(level));
    }
    const std::vector<std::int64_t> theirs = names.levelWidths(tensors);
    if (theirs == ours || theirs.empty()) {
        return {};
    }
    return Error{
        ErrorCode::UnsupportedFormat,
        core::phrase("errors",
                     "%1 holds an autoencoder whose levels have %2 channels, but those of this training have %3; "
                     "choose the profile that it belongs to (paper for Stable Diffusion's) or another file.")
            .with(file.string(), listed(theirs, ", "), listed(ours, ", "))};
}

core::Result<void> checkOne(const Wanted &wanted, const TensorListing &tensors, const std::filesystem::path &file)
{
    const auto found = tensors.find(wanted.name);
    if (found == tensors.end()) {
        return Error{ErrorCode::CorruptFile,
                     core::phrase("errors", "%1 does not fit these networks: it has no %2; choose another file.")
                         .with(file.string(), printable(wanted.name))};
    }
    const TensorInfo &info = found->second;
    const std::vector<std::int64_t> shape = wanted.target.sizes().vec();
    if (!fits(info.shape, shape)) {
        return Error{
            ErrorCode::UnsupportedFormat,
            core::phrase("errors",
                         "%1 does not fit these networks: %2 has the shape %3 in place of %4; choose another file.")
                .with(file.string(), printable(wanted.name), listed(info.shape, " x "), listed(shape, " x "))};
    }
    if (info.type && !isFloat(*info.type) && wanted.target.is_floating_point()) {
        return Error{
            ErrorCode::UnsupportedFormat,
            core::phrase(
                "errors",
                "%1 does not fit these networks: %2 holds whole numbers (%3); choose a file that is not quantised.")
                .with(file.string(), printable(wanted.name), info.typeName)};
    }
    return {};
}

/// The tensors of the networks that the file has or ought to have. Names in the file of which none is wanted would be
/// layers that these networks lack.
core::Result<std::vector<Wanted>> match(SemiGdaNetworks &networks, const WeightNames &names,
                                        const TensorListing &tensors, const std::filesystem::path &file)
{
    std::vector<Wanted> all;
    std::set<std::string> placed;
    const auto take = [&](const std::string &ours, const torch::Tensor &target) {
        if (!names.hasPartOf(ours)) {
            return;
        }
        const std::string name = names.inFile(ours);
        // Batch norm's step counters are young, and nothing depends on them.
        if (tensors.contains(name) || !name.ends_with("num_batches_tracked")) {
            all.push_back({name, target});
        }
        placed.insert(name);
    };
    for (const auto &item : networks->named_parameters()) {
        take(item.key(), item.value());
    }
    for (const auto &item : networks->named_buffers()) {
        take(item.key(), item.value());
    }
    for (const Wanted &wanted : all) {
        if (const auto done = checkOne(wanted, tensors, file); !done) {
            return done.error();
        }
    }
    for (const auto &[name, info] : tensors) {
        if (names.isPart(name) && !placed.contains(name)) {
            return Error{ErrorCode::UnsupportedFormat,
                         core::phrase("errors", "%1 does not fit these networks: they have no %2; choose another file.")
                             .with(file.string(), printable(name))};
        }
    }
    return all;
}

core::Result<void> copyAll(TensorSource &source, const std::vector<Wanted> &all, const std::filesystem::path &file)
{
    torch::NoGradGuard noGrad;
    for (const Wanted &wanted : all) {
        const auto raw = source.read(wanted.name);
        if (!raw) {
            return raw.error();
        }
        const torch::Tensor values = fromRaw(*raw).to(wanted.target.scalar_type()).reshape(wanted.target.sizes());
        if (!torch::isfinite(values).all().item<bool>()) {
            return Error{ErrorCode::CorruptFile,
                         core::phrase("errors", "%1 holds infinite or undefined numbers in %2; choose another file.")
                             .with(file.string(), printable(wanted.name))};
        }
        torch::Tensor target = wanted.target;
        target.copy_(values);
    }
    return {};
}

core::Result<StartingWeights> load(SemiGdaNetworks &networks, TensorSource &source, const std::filesystem::path &file,
                                   ShippedPart part)
{
    const TensorListing &tensors = source.tensors();
    auto names = WeightNames::find(tensors, file);
    if (!names) {
        return names.error();
    }
    if (part == ShippedPart::Prior) {
        names->forgetNetworks();
    }
    if (const auto done = checkWidths(networks, *names, tensors, file); !done) {
        return done.error();
    }
    const auto wanted = match(networks, *names, tensors, file);
    if (!wanted) {
        return wanted.error();
    }
    if (const auto done = copyAll(source, *wanted, file); !done) {
        return done.error();
    }
    if (const std::optional<double> scale = latentScaleIn(source.metadata())) {
        networks->setLatentScale(*scale);
    }
    return StartingWeights{names->hasMapping(), names->hasCnn(), names->hasAdapters()};
}

} // namespace

core::Result<StartingWeights> loadStartingWeights(SemiGdaNetworks &networks, const std::filesystem::path &file)
{
    const auto source = openTensorSource(file);
    return source ? load(networks, **source, file, ShippedPart::AllNetworks) : source.error();
}

core::Result<void> loadShippedWeights(SemiGdaNetworks &networks, ShippedPart part)
{
    const char *const name = "The weights that are part of this program";
    const auto source = SafetensorsSource::fromMemory(shippedPrior(), name);
    if (!source) {
        return source.error();
    }
    const auto loaded = load(networks, **source, name, part);
    return loaded ? core::Result<void>() : loaded.error();
}

} // namespace semigda::learning
