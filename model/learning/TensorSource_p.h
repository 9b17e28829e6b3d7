// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/Safetensors.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace semigda::learning
{

/// What a file says of a tensor before its numbers are read.
struct TensorInfo
{
    std::optional<TensorType> type; ///< none: numbers of a type that this program does not read
    std::string typeName;           ///< as the file calls it
    std::vector<std::int64_t> shape;
};

using TensorListing = std::map<std::string, TensorInfo>;

/// A file of named tensors that has been opened and checked; its numbers stay on disk until they are asked for, so that
/// an autoencoder can be taken out of a checkpoint of many gigabytes. One thread at a time.
class TensorSource
{
public:
    virtual ~TensorSource() = default;
    virtual const TensorListing &tensors() const = 0;
    virtual const std::map<std::string, std::string> &metadata() const = 0;
    /// `name` must be one of tensors(). UnsupportedFormat for numbers of a type that this program does not read.
    virtual core::Result<RawTensor> read(const std::string &name) = 0;
};

/// Opens a safetensors file or a PyTorch checkpoint, told apart by their first bytes, not by their names. Errors
/// (NotFound, UnsupportedFormat, CorruptFile, OutOfMemory, ...) are one sentence that names the file.
core::Result<std::unique_ptr<TensorSource>> openTensorSource(const std::filesystem::path &path);

/// Product of the sides; none when one is negative or the bytes of any type would not fit into 64 bits.
std::optional<std::uint64_t> elementCount(const std::vector<std::int64_t> &shape);

} // namespace semigda::learning
