// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace semigda::bench
{

/// Records every tensor operation of this thread while it lives, forward and backward. One at a time. Costs about a
/// microsecond per operation.
class OperatorTimes
{
public:
    struct Row
    {
        std::string name;
        double seconds = 0.0; ///< without the operations it calls
        std::int64_t calls = 0;
    };

    OperatorTimes();
    ~OperatorTimes();
    OperatorTimes(const OperatorTimes &) = delete;
    OperatorTimes &operator=(const OperatorTimes &) = delete;

    /// The most expensive first.
    std::vector<Row> slowest(std::size_t count) const;

private:
    std::uint64_t m_handle;
};

} // namespace semigda::bench
