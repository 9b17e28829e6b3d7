// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace semigda::core
{

/// Places by what the cheapest way to them costs, cheapest first (R. B. Dial, "Algorithm 360: Shortest-Path Forest with
/// Topological Ordering", CACM 1969). Every step of a way costs at least 1 and less than there are buckets.
template <std::uint32_t Buckets> class BucketQueue
{
public:
    void push(std::uint32_t cost, std::uint32_t place)
    {
        m_buckets[cost % Buckets].push_back(place);
        ++m_size;
    }
    bool isEmpty() const { return m_size == 0; }
    /// Moves on to the cheapest cost there is, returns it and hands its places over; a place that was reached cheaper
    /// after it was pushed comes twice. Not when empty.
    std::uint32_t takeCheapest(std::vector<std::uint32_t> &places)
    {
        while (m_buckets[m_cost % Buckets].empty()) {
            ++m_cost;
        }
        places.clear();
        places.swap(m_buckets[m_cost % Buckets]);
        m_size -= places.size();
        return m_cost;
    }

private:
    std::array<std::vector<std::uint32_t>, Buckets> m_buckets;
    std::size_t m_size = 0;
    std::uint32_t m_cost = 0;
};

} // namespace semigda::core
