// SPDX-License-Identifier: Apache-2.0
// The safetensors file format: an 8-byte little-endian header length, a JSON header, then the tensors' bytes.
#pragma once

#include "core/Result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace semigda::learning
{

enum class TensorType : std::uint8_t { Float32, Float16, BFloat16, Float64, Int64, Int32, UInt8 };

std::size_t bytesPerElement(TensorType type);

/// Row-major bytes, little endian.
struct RawTensor
{
    TensorType type = TensorType::Float32;
    std::vector<std::int64_t> shape;
    std::vector<std::byte> bytes;
};

struct TensorFile
{
    std::map<std::string, RawTensor> tensors;
    std::map<std::string, std::string> metadata;
};

/// Checks everything before it allocates: header length, JSON, types, shapes (overflow), offsets (inside the file, no
/// overlap). CorruptFile and UnsupportedFormat are one sentence that names the file.
core::Result<TensorFile> readSafetensors(const std::filesystem::path &file);
/// Replaces the file as a whole.
core::Result<void> writeSafetensors(const std::filesystem::path &file, const TensorFile &content);

} // namespace semigda::learning
