// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

namespace semigda::learning
{

/// What a latent was made from. Two lanes of 64 bits: among a million latents the chance that two share one is 1e-26.
struct LatentKey
{
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    bool operator==(const LatentKey &) const = default;
};

/// Of bytes and, with `seed`, of all that went into it before. Not made to withstand people who look for two alike.
LatentKey fingerprint(const void *data, std::size_t bytes, const LatentKey &seed = {});
LatentKey fingerprint(const std::string &text, const LatentKey &seed = {});
/// Of a tensor's values in their logical order, wherever and however it lies in memory.
LatentKey fingerprint(const torch::Tensor &tensor, const LatentKey &seed = {});

/// Latents of the frozen prior, so that no image is encoded twice: in a file mapped into memory, which the operating
/// system writes out where memory is short and which a resumed or later run finds again, or in memory where there is no
/// folder or the file cannot be had. Never larger than asked for; when full, latents that this run has not used make
/// room first, then any. One thread at a time.
///
/// The file may lie about: killed programs, full disks and a second program that writes to it are survived, because a
/// latent counts only if its key and checksum fit. Little-endian, as all processors that LibTorch runs on:
///   "SGLATNT1", floats per latent (8 bytes), 48 bytes of 0; then slots of a multiple of 64 bytes: key (16), checksum
///   (8), 0 (8), float32 values.
class LatentCache
{
public:
    struct Size
    {
        std::int64_t floats = 0;    ///< of one latent
        std::int64_t latents = 0;   ///< that would all find room if mostBytes allows
        std::int64_t mostBytes = 0; ///< of the whole cache; too little for one latent: nothing is kept
    };
    /// `folder` empty: in memory.
    LatentCache(const std::filesystem::path &folder, const Size &size);

    /// A copy, [floats] float32; undefined when there is none.
    torch::Tensor find(const LatentKey &key);
    /// Any shape with as many float32 values as Size says.
    void insert(const LatentKey &key, const torch::Tensor &latent);
    std::int64_t capacity() const { return m_capacity; }
    bool isMapped() const { return m_isMapped; }

    /// Where the latents of a size are kept.
    static std::filesystem::path fileIn(const std::filesystem::path &folder, std::int64_t floats);

private:
    struct KeyHash
    {
        std::size_t operator()(const LatentKey &key) const { return static_cast<std::size_t>(key.first); }
    };
    bool map(const std::filesystem::path &file);
    void takeStock();
    std::uint8_t *slot(std::int64_t index) const;
    std::uint64_t checksum(const LatentKey &key, const void *values) const;
    std::int64_t freeSlot();

    std::int64_t m_floats;
    std::int64_t m_slotBytes;
    std::int64_t m_capacity = 0;
    bool m_isMapped = false;
    torch::Tensor m_bytes; ///< the file or the memory in its place
    std::unordered_map<LatentKey, std::int64_t, KeyHash> m_slotOf;
    std::vector<LatentKey> m_keyOf;     ///< of each slot in use
    std::vector<bool> m_isUsed;         ///< by this run
    std::vector<std::int64_t> m_unused; ///< slots to fill first: empty ones last, so that they are taken first
    std::uint64_t m_evictions = 0;
};

} // namespace semigda::learning
