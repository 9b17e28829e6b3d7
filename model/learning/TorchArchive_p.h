// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/PickleReader_p.h"
#include "learning/TensorSource_p.h"
#include "learning/ZipArchive_p.h"

#include <optional>
#include <set>
#include <utility>

namespace semigda::learning
{

/// A checkpoint as torch.save writes it since PyTorch 1.6: a zip archive of a pickle, `data.pkl`, and one stored entry
/// per tensor storage. Tensors in dictionaries are named by their keys; keys of nested dictionaries are joined by
/// points ("state_dict.first_stage_model.encoder.conv_in.weight"). All else that a checkpoint holds (optimisers,
/// callbacks, settings) is passed over.
///
/// LibTorch's reader (caffe2::serialize::PyTorchStreamReader with its unpickler) would not do: it fails at classes it
/// does not know, such as Lightning's, it reads whole storages into memory, and it does not survive hostile files.
class TorchArchive : public TensorSource
{
public:
    static core::Result<std::unique_ptr<TorchArchive>> open(const std::filesystem::path &path);

    const TensorListing &tensors() const override { return m_tensors; }
    const std::map<std::string, std::string> &metadata() const override { return m_metadata; }
    /// Row-major, whatever the strides in the file.
    core::Result<RawTensor> read(const std::string &name) override;

private:
    /// How a tensor lies in its storage; all counted in numbers, not in bytes.
    struct Place
    {
        std::string record; ///< the zip entry of the storage
        std::uint64_t offset = 0;
        std::uint64_t span = 0; ///< from the first to behind the last number
        std::vector<std::uint64_t> strides;
    };
    explicit TorchArchive(ZipArchive archive)
        : m_archive(std::move(archive))
    {}
    core::Result<void> findRoot();
    core::Result<void> checkByteOrder();
    core::Result<std::vector<std::byte>> readRecord(const std::string &name, std::uint64_t most);
    core::Result<void> collect(const PickleTree &tree);
    core::Result<void> collect(const PickleTree &tree, PickleIndex index, const std::string &prefix, int depth);
    core::Result<void> addTensor(const PickleTree &tree, PickleIndex arguments, const std::string &name);
    core::Error malformed(const std::string &name) const;
    core::Error withoutTensors(const PickleTree &tree) const;

    ZipArchive m_archive;
    std::string m_root; ///< the folder in the archive, with a slash at its end
    TensorListing m_tensors;
    std::map<std::string, Place> m_places;
    std::map<std::string, std::string> m_metadata; ///< always empty
    std::size_t m_visited = 0;
};

} // namespace semigda::learning
