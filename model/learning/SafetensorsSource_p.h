// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/InputFile_p.h"
#include "learning/TensorSource_p.h"

#include <array>

namespace semigda::learning
{

struct SafetensorsType
{
    TensorType type;
    const char *name; ///< in the files
    std::size_t size; ///< bytes of one number
};

inline constexpr std::array<SafetensorsType, 7> SafetensorsTypes{{{TensorType::Float32, "F32", 4},
                                                                  {TensorType::Float16, "F16", 2},
                                                                  {TensorType::BFloat16, "BF16", 2},
                                                                  {TensorType::Float64, "F64", 8},
                                                                  {TensorType::Int64, "I64", 8},
                                                                  {TensorType::Int32, "I32", 4},
                                                                  {TensorType::UInt8, "U8", 1}}};

/// Checks everything before it allocates: header length, JSON, shapes (overflow), offsets (inside the file, no
/// overlap).
class SafetensorsSource : public TensorSource
{
public:
    static core::Result<std::unique_ptr<SafetensorsSource>> open(const std::filesystem::path &path);

    static core::Result<std::unique_ptr<SafetensorsSource>> fromMemory(std::span<const std::byte> bytes,
                                                                       const std::string &name);

    const TensorListing &tensors() const override { return m_tensors; }
    const std::map<std::string, std::string> &metadata() const override { return m_metadata; }
    core::Result<RawTensor> read(const std::string &name) override;
    /// OutOfMemory when all tensors together are more than the machine holds.
    core::Result<void> checkMemoryForAll() const;

private:
    /// Where a tensor's bytes lie, from the first byte of the file.
    struct Extent
    {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
    };
    explicit SafetensorsSource(InputFile file)
        : m_file(std::move(file))
    {}
    static core::Result<std::unique_ptr<SafetensorsSource>> checked(InputFile file);
    core::Result<void> readHeader();
    core::Result<void> checkOverlaps() const;

    InputFile m_file;
    TensorListing m_tensors;
    std::map<std::string, Extent> m_extents;
    std::map<std::string, std::string> m_metadata;
};

} // namespace semigda::learning
