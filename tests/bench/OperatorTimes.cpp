// SPDX-License-Identifier: Apache-2.0
#include "bench/OperatorTimes.h"

#include "bench/Measuring.h"

#include <ATen/record_function.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace semigda::bench
{

namespace
{

struct Running
{
    double start = 0.0;
    double within = 0.0; ///< seconds of the operations it called
};

// Torch's callbacks are plain functions, so what they fill cannot be a member.
struct Recording
{
    std::vector<Running> running;
    std::unordered_map<std::string, OperatorTimes::Row> rows;
};

Recording &recording()
{
    static thread_local Recording current;
    return current;
}

std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction &)
{
    recording().running.push_back({now(), 0.0});
    return nullptr;
}

void end(const at::RecordFunction &function, at::ObserverContext *)
{
    Recording &current = recording();
    if (current.running.empty()) {
        return;
    }
    const Running ended = current.running.back();
    current.running.pop_back();
    const double whole = now() - ended.start;
    OperatorTimes::Row &row = current.rows[function.name()];
    row.seconds += whole - ended.within;
    ++row.calls;
    if (!current.running.empty()) {
        current.running.back().within += whole;
    }
}

} // namespace

OperatorTimes::OperatorTimes()
{
    recording() = {};
    m_handle = at::addThreadLocalCallback(at::RecordFunctionCallback(begin, end));
}

OperatorTimes::~OperatorTimes()
{
    at::removeCallback(m_handle);
}

std::vector<OperatorTimes::Row> OperatorTimes::slowest(std::size_t count) const
{
    std::vector<Row> rows;
    for (const auto &[name, row] : recording().rows) {
        rows.push_back(row);
        rows.back().name = name;
    }
    std::sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) { return a.seconds > b.seconds; });
    rows.resize(std::min(rows.size(), count));
    return rows;
}

} // namespace semigda::bench
