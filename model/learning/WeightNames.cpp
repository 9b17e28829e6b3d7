// SPDX-License-Identifier: Apache-2.0
#include "learning/WeightNames_p.h"

#include "learning/InputFile_p.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string_view>
#include <tuple>

namespace semigda::learning
{

namespace
{

constexpr std::string_view PriorMark = "encoder.conv_in.weight";
constexpr std::string_view MappingMark = "mapping_model.input_blocks.weight";
constexpr std::string_view CnnMark = "resnet.conv1.weight";
constexpr std::string_view Ours = "vae_model.";

std::vector<std::string> split(std::string_view name)
{
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find('.', at), name.size());
        parts.emplace_back(name.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

std::string join(const std::vector<std::string> &parts)
{
    std::string name;
    for (const std::string &part : parts) {
        name += (name.empty() ? "" : ".") + part;
    }
    return name;
}

/// Smaller is likelier to be the autoencoder that is meant: known names first, then those in the fewest unknown
/// folders.
std::tuple<int, int> rank(const std::string &prefix)
{
    static const std::array<std::string_view, 3> Known{"vae_model", "first_stage_model", "vae"};
    static const std::set<std::string_view> Wrappers{"state_dict", "model", "module", "weights"};
    std::vector<std::string> parts = split(prefix);
    parts.pop_back(); // behind the last point
    int kind = static_cast<int>(Known.size());
    if (!parts.empty()) {
        const auto known = std::find(Known.begin(), Known.end(), parts.back());
        kind = static_cast<int>(known - Known.begin());
        if (known != Known.end()) {
            parts.pop_back();
        }
    }
    const auto isWrapper = [&](const std::string &part) { return Wrappers.contains(part); };
    return {kind, static_cast<int>(parts.size() - std::count_if(parts.begin(), parts.end(), isWrapper))};
}

bool endsWithParts(std::string_view name, std::string_view end)
{
    return name.ends_with(end) && (name.size() == end.size() || name[name.size() - end.size() - 1] == '.');
}

bool anyStartsWith(const TensorListing &tensors, const std::string &start)
{
    const auto first = tensors.lower_bound(start);
    return first != tensors.end() && first->first.starts_with(start);
}

core::Error withoutPrior(const TensorListing &tensors, const std::filesystem::path &file)
{
    const bool isFirstStage = std::any_of(tensors.begin(), tensors.end(),
                                          [](const auto &entry) { return endsWithParts(entry.first, MappingMark); });
    const core::Phrase what =
        isFirstStage
            ? core::phrase("errors", "%1 holds SemiGDA's mapping model and CNN of stage 1 but no autoencoder; give the "
                                     "checkpoint of stage 2, which has all of them.")
            : core::phrase("errors", "%1 holds no autoencoder (nothing in it is named encoder.conv_in.weight); choose "
                                     "the weights of a Stable Diffusion autoencoder or a SemiGDA checkpoint.");
    return {core::ErrorCode::UnsupportedFormat, what.with(file)};
}

} // namespace

core::Result<WeightNames> WeightNames::find(const TensorListing &tensors, const std::filesystem::path &file)
{
    std::vector<std::string> prefixes;
    for (const auto &[name, info] : tensors) {
        if (endsWithParts(name, PriorMark)) {
            prefixes.push_back(name.substr(0, name.size() - PriorMark.size()));
        }
    }
    if (prefixes.empty()) {
        return withoutPrior(tensors, file);
    }
    std::stable_sort(prefixes.begin(), prefixes.end(),
                     [](const std::string &a, const std::string &b) { return rank(a) < rank(b); });
    if (prefixes.size() > 1 && rank(prefixes[0]) == rank(prefixes[1])) {
        return core::Error{
            core::ErrorCode::UnsupportedFormat,
            core::phrase("errors",
                         "%1 holds more than one autoencoder (%2 and %3); save the one that you mean by itself.")
                .with(file.string(), printable(prefixes[0]), printable(prefixes[1]))};
    }
    WeightNames names;
    names.m_priorPrefix = prefixes[0];
    const std::string &prefix = names.m_priorPrefix;
    names.m_isDiffusers = anyStartsWith(tensors, prefix + "encoder.down_blocks.");
    names.m_hasOldAttention = anyStartsWith(tensors, prefix + "encoder.mid_block.attentions.0.query.");
    while (anyStartsWith(tensors, prefix + "decoder.up_blocks." + std::to_string(names.m_decoderLevels) + '.')) {
        ++names.m_decoderLevels;
    }
    names.m_hasAdapters = anyStartsWith(tensors, prefix + "decoder.Jump_");
    if (prefix.ends_with(Ours)) {
        names.m_networksPrefix = prefix.substr(0, prefix.size() - Ours.size());
        names.m_hasMapping = tensors.contains(names.m_networksPrefix + std::string(MappingMark));
        names.m_hasCnn = tensors.contains(names.m_networksPrefix + std::string(CnnMark));
    }
    return names;
}

bool WeightNames::hasPartOf(const std::string &ours) const
{
    if (ours.starts_with("mapping_model.")) {
        return m_hasMapping;
    }
    if (ours.starts_with("resnet.")) {
        return m_hasCnn;
    }
    return m_hasAdapters || !ours.starts_with("vae_model.decoder.Jump_");
}

std::string WeightNames::inFile(const std::string &ours) const
{
    if (!ours.starts_with(Ours)) {
        return m_networksPrefix + ours;
    }
    const std::string ldmName = ours.substr(Ours.size());
    return m_priorPrefix + (m_isDiffusers ? diffusersName(ldmName) : ldmName);
}

std::string WeightNames::diffusersName(const std::string &ldmName) const
{
    // {encoder|decoder}.{down|up}.LEVEL.{block.N|downsample|upsample}..., .mid.{block_1|attn_1|block_2}...,
    // .norm_out...
    std::vector<std::string> parts = split(ldmName);
    for (std::string &part : parts) {
        part = part == "nin_shortcut" ? "conv_shortcut" : part == "norm_out" ? "conv_norm_out" : part;
    }
    if (parts.size() > 3 && parts[1] == "mid") {
        parts[1] = "mid_block";
        if (parts[2] != "attn_1") {
            parts[2] = parts[2] == "block_1" ? "resnets.0" : "resnets.1";
            return join(parts);
        }
        static constexpr std::array<std::array<std::string_view, 3>, 5> Attention{
            {{"norm", "group_norm", "group_norm"},
             {"q", "to_q", "query"},
             {"k", "to_k", "key"},
             {"v", "to_v", "value"},
             {"proj_out", "to_out.0", "proj_attn"}}};
        parts[2] = "attentions.0";
        for (const auto &[ldm, recent, old] : Attention) {
            if (parts[3] == ldm) {
                parts[3] = m_hasOldAttention ? old : recent;
                break;
            }
        }
        return join(parts);
    }
    const bool isUp = parts.size() > 3 && parts[1] == "up";
    if (isUp || (parts.size() > 3 && parts[1] == "down")) {
        int level = 0;
        std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), level);
        parts[1] += "_blocks";
        parts[2] = std::to_string(isUp ? m_decoderLevels - 1 - level : level);
        parts[3] = parts[3] == "block" ? "resnets" : parts[3] + "rs.0";
    }
    return join(parts);
}

bool WeightNames::isPart(const std::string &name) const
{
    if (!m_hasAdapters && name.starts_with(m_priorPrefix + "decoder.Jump_")) {
        return false;
    }
    for (const char *part : {"encoder.", "decoder.", "quant_conv.", "post_quant_conv."}) {
        if (name.starts_with(m_priorPrefix + part)) {
            return true;
        }
    }
    return (m_hasMapping && name.starts_with(m_networksPrefix + "mapping_model."))
           || (m_hasCnn && name.starts_with(m_networksPrefix + "resnet."));
}

std::vector<std::int64_t> WeightNames::levelWidths(const TensorListing &tensors) const
{
    std::vector<std::int64_t> widths;
    while (true) {
        const std::string level = std::to_string(widths.size());
        const auto found = tensors.find(inFile("vae_model.encoder.down." + level + ".block.0.conv1.weight"));
        if (found == tensors.end() || found->second.shape.empty()) {
            return widths;
        }
        widths.push_back(found->second.shape[0]);
    }
}

} // namespace semigda::learning
