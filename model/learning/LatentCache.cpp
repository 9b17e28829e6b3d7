// SPDX-License-Identifier: Apache-2.0
#include "learning/LatentCache_p.h"

#include "learning/Random_p.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <fstream>
#include <system_error>

namespace semigda::learning
{

namespace
{

constexpr std::array<char, 8> Magic{'S', 'G', 'L', 'A', 'T', 'N', 'T', '1'};
constexpr std::int64_t FileHeader = 64;
constexpr std::int64_t SlotHeader = 32;
constexpr std::int64_t Alignment = 64;

bool isOurs(const std::filesystem::path &file, std::int64_t floats)
{
    std::ifstream in(file, std::ios::binary);
    std::array<char, 8> magic{};
    std::int64_t written = 0;
    in.read(magic.data(), magic.size());
    in.read(reinterpret_cast<char *>(&written), sizeof written);
    return in && magic == Magic && written == floats;
}

bool append(const std::filesystem::path &file, const std::vector<char> &bytes)
{
    std::ofstream out(file, std::ios::binary | std::ios::app);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return out.flush().good();
}

/// Makes a new file, or lengthens one of ours. Writes what it adds: a mapped file with holes would end the program when
/// the disk is full. False, and as little on the disk as before, when that cannot be.
bool reserve(const std::filesystem::path &file, std::int64_t floats, std::int64_t bytes)
{
    std::error_code failure;
    if (!isOurs(file, floats)) {
        std::filesystem::remove(file, failure);
        std::vector<char> header(FileHeader, 0);
        std::copy(Magic.begin(), Magic.end(), header.begin());
        std::memcpy(header.data() + Magic.size(), &floats, sizeof floats);
        if (!append(file, header)) {
            return false;
        }
    }
    const auto before = static_cast<std::int64_t>(std::filesystem::file_size(file, failure));
    if (failure) {
        return false;
    }
    constexpr std::int64_t Most = 1 << 20;
    for (std::int64_t length = before; length < bytes;) {
        const std::int64_t more = std::min(bytes - length, Most);
        if (!append(file, std::vector<char>(static_cast<std::size_t>(more), 0))) {
            std::filesystem::resize_file(file, static_cast<std::uintmax_t>(before), failure);
            return false;
        }
        length += more;
    }
    return true;
}

} // namespace

LatentKey fingerprint(const void *data, std::size_t bytes, const LatentKey &seed)
{
    std::uint64_t a = seed.first ^ 0x9e3779b97f4a7c15ULL;
    std::uint64_t b = seed.second ^ 0xc2b2ae3d27d4eb4fULL;
    const auto *next = static_cast<const unsigned char *>(data);
    for (std::size_t left = bytes; left > 0;) {
        std::uint64_t word = 0;
        const std::size_t taken = std::min(left, sizeof word);
        std::memcpy(&word, next, taken);
        a = std::rotl((a ^ word) * 0x9fb21c651e98df25ULL, 31);
        b = std::rotl(b + word * 0xd6e8feb86659fd93ULL, 29) * 0xa0761d6478bd642fULL;
        next += taken;
        left -= taken;
    }
    a = StepRandom::mix(a + bytes);
    b = StepRandom::mix(b ^ (bytes * 0x9e3779b97f4a7c15ULL));
    return {StepRandom::mix(a + b), StepRandom::mix(b + std::rotl(a, 17))};
}

LatentKey fingerprint(const std::string &text, const LatentKey &seed)
{
    return fingerprint(text.data(), text.size(), seed);
}

LatentKey fingerprint(const torch::Tensor &tensor, const LatentKey &seed)
{
    const torch::Tensor plain = tensor.detach().to(torch::kCPU).contiguous();
    return fingerprint(plain.data_ptr(), plain.nbytes(), seed);
}

std::filesystem::path LatentCache::fileIn(const std::filesystem::path &folder, std::int64_t floats)
{
    return folder / ("latents-" + std::to_string(floats) + ".cache");
}

LatentCache::LatentCache(const std::filesystem::path &folder, const Size &size)
    : m_floats(size.floats)
    , m_slotBytes((SlotHeader + size.floats * 4 + Alignment - 1) / Alignment * Alignment)
    , m_capacity(std::clamp<std::int64_t>((size.mostBytes - FileHeader) / m_slotBytes, 0, size.latents))
{
    if (m_capacity == 0) {
        return;
    }
    m_isMapped = !folder.empty() && map(fileIn(folder, m_floats));
    if (!m_isMapped) {
        m_bytes = torch::zeros({FileHeader + m_capacity * m_slotBytes}, torch::kUInt8);
    }
    takeStock();
}

bool LatentCache::map(const std::filesystem::path &file)
{
    const std::int64_t bytes = FileHeader + m_capacity * m_slotBytes;
    if (!reserve(file, m_floats, bytes)) {
        return false;
    }
    try {
        const auto name = file.u8string();
        m_bytes = torch::from_file(std::string(name.begin(), name.end()), true, bytes, torch::kUInt8);
        return true;
    } catch (const c10::Error &) {
        return false;
    }
}

void LatentCache::takeStock()
{
    m_keyOf.resize(static_cast<std::size_t>(m_capacity));
    m_isUsed.assign(static_cast<std::size_t>(m_capacity), false);
    std::vector<std::int64_t> empty;
    for (std::int64_t i = m_capacity - 1; i >= 0; --i) {
        LatentKey key;
        if (m_isMapped) {
            std::memcpy(&key, slot(i), sizeof key);
        }
        if (key == LatentKey() || m_slotOf.contains(key)) {
            empty.push_back(i);
            continue;
        }
        m_slotOf[key] = i;
        m_keyOf[static_cast<std::size_t>(i)] = key;
        m_unused.push_back(i);
    }
    m_unused.insert(m_unused.end(), empty.begin(), empty.end());
}

std::uint8_t *LatentCache::slot(std::int64_t index) const
{
    return m_bytes.data_ptr<std::uint8_t>() + FileHeader + index * m_slotBytes;
}

std::uint64_t LatentCache::checksum(const LatentKey &key, const void *values) const
{
    return fingerprint(values, static_cast<std::size_t>(m_floats) * 4, key).first;
}

torch::Tensor LatentCache::find(const LatentKey &key)
{
    const auto found = m_slotOf.find(key);
    if (found == m_slotOf.end()) {
        return {};
    }
    const std::uint8_t *from = slot(found->second);
    LatentKey written;
    std::uint64_t sum = 0;
    std::memcpy(&written, from, sizeof written);
    std::memcpy(&sum, from + sizeof written, sizeof sum);
    torch::Tensor latent = torch::empty({m_floats}, torch::kFloat32);
    std::memcpy(latent.data_ptr(), from + SlotHeader, static_cast<std::size_t>(m_floats) * 4);
    m_isUsed[static_cast<std::size_t>(found->second)] = true;
    // The copy is what is checked: another program may write to the file at any time.
    return written == key && sum == checksum(key, latent.data_ptr()) ? latent : torch::Tensor();
}

std::int64_t LatentCache::freeSlot()
{
    while (!m_unused.empty()) {
        const std::int64_t index = m_unused.back();
        m_unused.pop_back();
        if (!m_isUsed[static_cast<std::size_t>(index)]) {
            return index;
        }
    }
    // Images come in shuffled passes: the one used longest ago would be the next one wanted, any other is as good.
    StepRandom random(0, 110, m_evictions++);
    return static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(m_capacity));
}

void LatentCache::insert(const LatentKey &key, const torch::Tensor &latent)
{
    if (m_capacity == 0 || latent.numel() != m_floats) {
        return;
    }
    const torch::Tensor plain = latent.detach().to(torch::kCPU, torch::kFloat32).contiguous();
    const auto known = m_slotOf.find(key);
    const std::int64_t index = known != m_slotOf.end() ? known->second : freeSlot();
    const auto place = static_cast<std::size_t>(index);
    if (m_keyOf[place] != key) {
        m_slotOf.erase(m_keyOf[place]);
    }
    m_slotOf[key] = index;
    m_keyOf[place] = key;
    m_isUsed[place] = true;
    std::uint8_t *to = slot(index);
    const std::uint64_t sum = checksum(key, plain.data_ptr());
    std::memcpy(to, &key, sizeof key);
    std::memcpy(to + sizeof key, &sum, sizeof sum);
    std::memcpy(to + SlotHeader, plain.data_ptr(), static_cast<std::size_t>(m_floats) * 4);
}

} // namespace semigda::learning
