// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace semigda::learning
{

/// Place of a value in PickleTree::values.
using PickleIndex = std::uint32_t;

/// One value of a pickle. A class or function of Python is its name and nothing else; calling it, which is what makes
/// pickles dangerous, is written down as a Call and never done.
struct PickleValue
{
    enum class Kind : std::uint8_t {
        Integer,    ///< integer; also True and False
        Text,       ///< text
        Tuple,      ///< items
        List,       ///< items
        Dict,       ///< items: key, value, key, value, ...
        Global,     ///< text: module; name
        Call,       ///< callable(arguments), a Tuple as a rule; items that were set on the result, as in a Dict
        Persistent, ///< arguments: what the pickle's writer keeps elsewhere, here storages of tensors
        Other       ///< None, fractions, integers of more than 64 bits
    };
    Kind kind = Kind::Other;
    std::int64_t integer = 0;
    std::string_view text; ///< into PickleTree::bytes
    std::string_view name; ///< into PickleTree::bytes
    std::vector<PickleIndex> items;
    PickleIndex callable = 0;
    PickleIndex arguments = 0;
};

/// Values refer to each other by index: shared values are stored once, and a value may contain itself.
struct PickleTree
{
    std::vector<std::byte> bytes;
    std::vector<PickleValue> values;
    PickleIndex root = 0;

    PickleTree() = default;
    PickleTree(PickleTree &&) = default;
    PickleTree &operator=(PickleTree &&) = default;

    const PickleValue &at(PickleIndex index) const { return values[index]; }
};

/// Reads a pickle of protocol 2, the one torch.save writes, by a stack machine that knows the opcodes of that protocol
/// and runs no code. LibTorch's own unpickler does not serve: it wants to know every class that a checkpoint mentions
/// (Lightning's hold callbacks and settings of any class), and it trusts the file (memo numbers, nesting, sizes).
/// Memory is bounded by a small multiple of the pickle's size. `file` is only named in the errors: UnsupportedFormat
/// for another protocol, CorruptFile for anything that breaks the rules.
core::Result<PickleTree> readPickle(std::vector<std::byte> bytes, const std::filesystem::path &file);

} // namespace semigda::learning
