// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"
#include "storage/SqliteContext_p.h"

namespace semigda::storage
{

/// Images and where their pixels are. An image that joins a patient (or series) of the project joins its split.
class SqliteImageCatalog : public core::ImageCatalog
{
public:
    SqliteImageCatalog(SqliteConnection &connection, ProjectContext &context)
        : m_connection(connection)
        , m_context(context)
    {}

    core::Result<core::ImageId> add(const core::NewImage &image) override;
    core::Result<std::optional<core::ImageId>> find(const std::string &sha256, int frame) override;
    core::Result<std::vector<core::ImageSummary>> list() override;
    core::Result<core::ImageSummary> summary(core::ImageId id) override;
    core::Result<core::ImageRecord> record(core::ImageId id) override;
    core::Result<std::vector<core::ImageId>> series(const std::string &seriesKey) override;
    core::Result<void> setSplit(std::span<const core::ImageId> ids, core::Split split) override;
    core::Result<std::vector<core::ImageId>> setTag(std::span<const core::ImageId> ids, const std::string &tag,
                                                    bool isSet) override;
    core::Result<std::vector<core::ImageId>> setRemoved(std::span<const core::ImageId> ids, bool isRemoved) override;
    core::Result<std::vector<core::ImageSummary>> removed() override;
    core::Result<std::size_t> erase(std::span<const core::ImageId> ids) override;
    core::Result<core::Thumbnail> thumbnail(core::ImageId id) override;
    core::Result<core::ImageData> pixels(core::ImageId id) override;
    core::Result<std::optional<core::ImageData>> overview(core::ImageId id) override;
    core::Result<bool> keepPixels(core::ImageId id, const core::ImageData &pixels,
                                  const std::stop_token &stop = {}) override;
    core::Result<core::StateCounts> counts() override;

private:
    void insert(const core::NewImage &image);
    /// A removed image that is imported again, from where it is now.
    void bringBack(core::ImageId id, const core::ImageSource &source);
    core::ImageSummary summaryOf(const Query &query) const;
    /// Adds their tags to images in the order of their ids.
    void readTags(std::span<core::ImageSummary> images);
    std::vector<std::string> tagsOf(core::ImageId id);
    struct ErasedFrame
    {
        std::string sha256;
        int frame = 0;
    };
    /// Deletes what shows an image that is gone; its file too unless another image is in it.
    std::optional<PixelCopies::Refused> eraseFiles(const ErasedFrame &erased);

    SqliteConnection &m_connection;
    ProjectContext &m_context;
};

} // namespace semigda::storage
