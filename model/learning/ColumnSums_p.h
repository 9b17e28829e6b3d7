// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/RowLoops_p.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace semigda::learning
{

/// Rows of a table in blocks that do not depend on the number of threads, so that sums do not either.
struct Blocks
{
    static constexpr std::int64_t Values = 1 << 16; ///< in a block, about

    explicit Blocks(rows::Extent table)
        : extent(table)
        , rowsEach(std::max<std::int64_t>(Values / table.columns, 1))
        , count((table.rows + rowsEach - 1) / rowsEach)
    {}

    /// Calls work(block, first row, number of rows), several at once.
    template <typename Work> void run(const Work &work) const
    {
        at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t block = begin; block < end; ++block) {
                const std::int64_t first = block * rowsEach;
                work(block, first, std::min(rowsEach, extent.rows - first));
            }
        });
    }

    rows::Extent extent;
    std::int64_t rowsEach;
    std::int64_t count;
};

/// Two sums for each column. Floats within a short run of rows keep the loops fast, doubles between the runs keep them
/// exact.
class ColumnSums
{
public:
    explicit ColumnSums(std::int64_t columns)
        : m_plain(static_cast<std::size_t>(columns), 0.0)
        , m_product(static_cast<std::size_t>(columns), 0.0)
    {}

    /// Calls addRun(first row, number of rows, sums) for short runs of `count` rows from `first` on.
    template <typename AddRun> void add(std::int64_t first, std::int64_t count, const AddRun &addRun)
    {
        constexpr std::int64_t Run = 128;
        std::vector<float> plain(m_plain.size());
        std::vector<float> product(m_plain.size());
        for (std::int64_t start = 0; start < count; start += Run) {
            std::fill(plain.begin(), plain.end(), 0.0F);
            std::fill(product.begin(), product.end(), 0.0F);
            addRun(first + start, std::min(Run, count - start), rows::Sums{plain.data(), product.data()});
            for (std::size_t c = 0; c < plain.size(); ++c) {
                m_plain[c] += static_cast<double>(plain[c]);
                m_product[c] += static_cast<double>(product[c]);
            }
        }
    }

    void add(const ColumnSums &other)
    {
        for (std::size_t c = 0; c < m_plain.size(); ++c) {
            m_plain[c] += other.m_plain[c];
            m_product[c] += other.m_product[c];
        }
    }

    double plain(std::size_t column) const { return m_plain[column]; }
    double product(std::size_t column) const { return m_product[column]; }

private:
    std::vector<double> m_plain;
    std::vector<double> m_product;
};

/// As ColumnSums::add(), over all blocks, added up in their order. addBlock(first row, number of rows, sums of the
/// block) is called several at once.
template <typename AddBlock> ColumnSums sumBlocks(const Blocks &blocks, const AddBlock &addBlock)
{
    std::vector<ColumnSums> parts(static_cast<std::size_t>(blocks.count), ColumnSums(blocks.extent.columns));
    blocks.run([&](std::int64_t block, std::int64_t first, std::int64_t count) {
        addBlock(first, count, parts[static_cast<std::size_t>(block)]);
    });
    ColumnSums total(blocks.extent.columns);
    for (const ColumnSums &part : parts) {
        total.add(part);
    }
    return total;
}

} // namespace semigda::learning
