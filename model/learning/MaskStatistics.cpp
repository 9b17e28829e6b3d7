// SPDX-License-Identifier: Apache-2.0
#include "learning/MaskStatistics_p.h"

#include "core/ConnectedComponents.h"

#include <algorithm>
#include <array>

namespace semigda::learning
{

AbsentClasses countAbsentClasses(const std::vector<torch::Tensor> &masks, std::size_t classes)
{
    std::vector<double> lacking(classes, 0.0);
    double complete = 0.0;
    for (const torch::Tensor &mask : masks) {
        std::array<bool, 256> isPresent{};
        const auto *values = mask.data_ptr<std::uint8_t>();
        for (std::int64_t pixel = 0; pixel < mask.numel(); ++pixel) {
            isPresent[values[pixel]] = true;
        }
        if (isPresent[IgnoredIndex]) {
            continue; // a class may lie where nothing was painted
        }
        complete += 1.0;
        for (std::size_t c = 0; c < classes; ++c) {
            lacking[c] += isPresent[c + 1] ? 0.0 : 1.0;
        }
    }
    AbsentClasses absent;
    for (const double count : lacking) {
        absent.isAnyLacking = absent.isAnyLacking || count > 0.0;
        absent.shares.push_back((count + 1.0) / (complete + 2.0));
    }
    return absent;
}

ClassPieces countPieces(const std::vector<torch::Tensor> &masks, int classIndex)
{
    // A speck beside the structure, from resampling or a slip of the brush, does not make it two.
    constexpr double OnePiece = 0.98;
    std::vector<std::uint8_t> binary;
    ClassPieces pieces;
    for (const torch::Tensor &mask : masks) {
        const auto *values = mask.data_ptr<std::uint8_t>();
        binary.resize(static_cast<std::size_t>(mask.numel()));
        std::transform(values, values + mask.numel(), binary.begin(),
                       [&](std::uint8_t v) { return static_cast<std::uint8_t>(v == classIndex); });
        const auto components =
            core::connectedComponents(binary, static_cast<int>(mask.size(1)), static_cast<int>(mask.size(0)));
        std::size_t total = 0;
        std::size_t largest = 0;
        for (const std::size_t size : components.sizes) {
            total += size;
            largest = std::max(largest, size);
        }
        pieces.present += total > 0;
        pieces.single += total > 0 && static_cast<double>(largest) >= OnePiece * static_cast<double>(total);
    }
    return pieces;
}

} // namespace semigda::learning
