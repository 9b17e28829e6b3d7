// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace semigda::core
{

/// A database key that does not convert to another kind of key. Valid keys are positive.
template <typename Tag> struct StrongId
{
    std::int64_t value = 0;

    constexpr StrongId() = default;
    constexpr explicit StrongId(std::int64_t v)
        : value(v)
    {}
    constexpr bool isValid() const { return value > 0; }
    constexpr auto operator<=>(const StrongId &) const = default;
};

using ImageId = StrongId<struct ImageIdTag>;
using RunId = StrongId<struct RunIdTag>;
using PredictionId = StrongId<struct PredictionIdTag>;

} // namespace semigda::core

template <typename Tag> struct std::hash<semigda::core::StrongId<Tag>>
{
    std::size_t operator()(const semigda::core::StrongId<Tag> &id) const noexcept
    {
        return std::hash<std::int64_t>{}(id.value);
    }
};
