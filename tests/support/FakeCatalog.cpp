// SPDX-License-Identifier: Apache-2.0
#include "support/FakeProject_p.h"

#include <algorithm>
#include <set>

namespace semigda::test
{

namespace
{

class FakeCatalog : public core::ImageCatalog
{
public:
    explicit FakeCatalog(std::shared_ptr<FakeProject> project)
        : m_project(std::move(project))
    {}

    core::Result<core::ImageId> add(const core::NewImage &image) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = m_project->beginWrite(); !allowed) {
            return allowed.error();
        }
        if (idOf(image.source.sha256, image.source.frame)) {
            return core::Error{core::ErrorCode::AlreadyExists, image.name + " is in the project already."};
        }
        FakeImage added;
        static_cast<core::NewImage &>(added.record) = image;
        added.record.id = core::ImageId(++m_project->content.lastImage);
        added.record.importedAt = m_project->now();
        added.annotation.mask = core::LabelMask(image.width, image.height);
        return m_project->content.images.emplace(added.record.id, added).first->first;
    }
    core::Result<std::optional<core::ImageId>> find(const std::string &sha256, int frame) override
    {
        const std::lock_guard lock(m_project->mutex);
        return idOf(sha256, frame);
    }
    core::Result<std::vector<core::ImageSummary>> list() override
    {
        const std::lock_guard lock(m_project->mutex);
        std::vector<core::ImageSummary> all;
        for (const auto &[id, image] : m_project->content.images) {
            all.push_back(summaryOf(image));
        }
        return all;
    }
    core::Result<core::ImageSummary> summary(core::ImageId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        const FakeImage *image = m_project->image(id);
        if (!image) {
            return m_project->noImage(id);
        }
        return summaryOf(*image);
    }
    core::Result<core::ImageRecord> record(core::ImageId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        const FakeImage *image = m_project->image(id);
        if (!image) {
            return m_project->noImage(id);
        }
        return image->record;
    }
    core::Result<std::vector<core::ImageId>> series(const std::string &seriesKey) override
    {
        const std::lock_guard lock(m_project->mutex);
        std::vector<std::pair<int, core::ImageId>> slices;
        for (const auto &[id, image] : m_project->content.images) {
            if (!seriesKey.empty() && image.record.seriesKey == seriesKey) {
                slices.emplace_back(image.record.slicePosition, id);
            }
        }
        std::sort(slices.begin(), slices.end());
        std::vector<core::ImageId> ids;
        for (const auto &[position, id] : slices) {
            ids.push_back(id);
        }
        return ids;
    }
    core::Result<void> setSplit(std::span<const core::ImageId> ids, core::Split split) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = m_project->beginWrite(); !allowed) {
            return allowed;
        }
        std::set<std::string> patients;
        for (const core::ImageId id : ids) {
            const FakeImage *image = m_project->image(id);
            if (!image) {
                return m_project->noImage(id);
            }
            patients.insert(image->record.patientKey);
        }
        patients.erase("");
        for (auto &[id, image] : m_project->content.images) {
            if (patients.contains(image.record.patientKey) || std::find(ids.begin(), ids.end(), id) != ids.end()) {
                image.record.split = split;
            }
        }
        return {};
    }
    core::Result<core::Thumbnail> thumbnail(core::ImageId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        const FakeImage *image = m_project->image(id);
        if (!image) {
            return m_project->noImage(id);
        }
        return image->record.thumbnail;
    }
    core::Result<core::ImageData> pixels(core::ImageId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        const FakeImage *image = m_project->image(id);
        if (!image) {
            return m_project->noImage(id);
        }
        if (!image->pixels) {
            return core::Error{core::ErrorCode::NotFound,
                               "The file of " + image->record.name + " is missing; import it again."};
        }
        return *image->pixels;
    }
    core::Result<core::StateCounts> counts() override
    {
        const std::lock_guard lock(m_project->mutex);
        core::StateCounts counts;
        std::set<std::string> series;
        for (const auto &[id, image] : m_project->content.images) {
            ++counts.byState[image.record.state];
            ++counts.bySplit[image.record.split];
            ++counts.total;
            series.insert(image.record.seriesKey);
        }
        series.erase("");
        counts.series = series.size();
        return counts;
    }

private:
    std::optional<core::ImageId> idOf(const std::string &sha256, int frame) const
    {
        for (const auto &[id, image] : m_project->content.images) {
            if (image.record.source.sha256 == sha256 && image.record.source.frame == frame) {
                return id;
            }
        }
        return std::nullopt;
    }
    core::ImageSummary summaryOf(const FakeImage &image) const
    {
        core::ImageSummary summary;
        summary.id = image.record.id;
        summary.name = image.record.name;
        summary.state = image.record.state;
        summary.split = image.record.split;
        summary.width = image.record.width;
        summary.height = image.record.height;
        summary.seriesKey = image.record.seriesKey;
        summary.slicePosition = image.record.slicePosition;
        if (const core::Prediction *newest = m_project->newestPrediction(image.record.id)) {
            summary.disagreement = newest->scores.disagreement;
            summary.estimatedDice = newest->scores.estimatedDice;
        }
        return summary;
    }

    std::shared_ptr<FakeProject> m_project;
};

} // namespace

std::unique_ptr<core::ImageCatalog> makeFakeCatalog(std::shared_ptr<FakeProject> project)
{
    return std::make_unique<FakeCatalog>(std::move(project));
}

} // namespace semigda::test
