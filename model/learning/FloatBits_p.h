// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/util/BFloat16.h>

#include <bit>
#include <cstdint>

namespace semigda::learning
{

// The bits of a bfloat16 are the upper half of a float's. Written out, because LibTorch's own conversion has a branch
// for what is no number, which keeps the loops from being vectorised; here such a value stays one that is no number.
inline float toFloat(float value)
{
    return value;
}

inline float toFloat(c10::BFloat16 value)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(value.x) << 16U);
}

template <typename T> T fromFloat(float value);

template <> inline float fromFloat<float>(float value)
{
    return value;
}

template <> inline c10::BFloat16 fromFloat<c10::BFloat16>(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t rounded = bits + 0x7FFFU + (bits >> 16U & 1U);
    // Rounding would carry some of what is no number over into minus zero.
    const bool isNumber = (bits & 0x7FFFFFFFU) <= 0x7F800000U;
    return c10::BFloat16(static_cast<std::uint16_t>((isNumber ? rounded : 0x7FC00000U) >> 16U),
                         c10::BFloat16::from_bits());
}

} // namespace semigda::learning
