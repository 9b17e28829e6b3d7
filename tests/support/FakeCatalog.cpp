// SPDX-License-Identifier: Apache-2.0
#include "support/FakeProject_p.h"

#include <algorithm>
#include <set>

namespace semigda::test
{

namespace
{

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

template <typename Tags> auto findTag(Tags &tags, const std::string &tag)
{
    return std::find_if(tags.begin(), tags.end(),
                        [wanted = lower(tag)](const std::string &each) { return lower(each) == wanted; });
}

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
        if (const auto known = idOf(image.source.sha256, image.source.frame)) {
            if (FakeImage &same = *m_project->image(*known); !same.removedAt.empty()) {
                same.removedAt.clear();
                same.record.source = image.source;
                return *known;
            }
            return core::Error{core::ErrorCode::AlreadyExists,
                               core::Sentence::verbatim(image.name + " is in the project already.")};
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
        const std::optional<core::ImageId> id = idOf(sha256, frame);
        return id && m_project->image(*id)->removedAt.empty() ? id : std::nullopt;
    }
    core::Result<std::vector<core::ImageSummary>> list() override
    {
        const std::lock_guard lock(m_project->mutex);
        std::vector<core::ImageSummary> all;
        for (const auto &[id, image] : m_project->content.images) {
            if (image.removedAt.empty()) {
                all.push_back(summaryOf(image));
            }
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
            if (!seriesKey.empty() && image.record.seriesKey == seriesKey && image.removedAt.empty()) {
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
    core::Result<std::vector<core::ImageId>> setTag(std::span<const core::ImageId> ids, const std::string &tag,
                                                    bool isSet) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = beginChange(ids); !allowed) {
            return allowed.error();
        }
        const core::Result<std::string> checked = core::checkedTag(tag);
        if (!checked) {
            return checked.error();
        }
        std::string spelling = *checked;
        for (const auto &[id, image] : m_project->content.images) {
            if (const auto known = findTag(image.tags, spelling); known != image.tags.end()) {
                spelling = *known;
                break;
            }
        }
        std::vector<core::ImageId> changed;
        for (const core::ImageId id : ids) {
            std::vector<std::string> &tags = m_project->image(id)->tags;
            const auto known = findTag(tags, spelling);
            if (isSet == (known != tags.end())) {
                continue;
            }
            if (isSet) {
                const auto isBefore = [](const std::string &a, const std::string &b) { return lower(a) < lower(b); };
                tags.insert(std::upper_bound(tags.begin(), tags.end(), spelling, isBefore), spelling);
            } else {
                tags.erase(known);
            }
            changed.push_back(id);
        }
        return changed;
    }
    core::Result<std::vector<core::ImageId>> setRemoved(std::span<const core::ImageId> ids, bool isRemoved) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = beginChange(ids); !allowed) {
            return allowed.error();
        }
        const std::string now = m_project->now();
        std::vector<core::ImageId> changed;
        for (const core::ImageId id : ids) {
            std::string &removedAt = m_project->image(id)->removedAt;
            if (removedAt.empty() == isRemoved) {
                removedAt = isRemoved ? now : std::string();
                changed.push_back(id);
            }
        }
        return changed;
    }
    core::Result<std::vector<core::ImageSummary>> removed() override
    {
        const std::lock_guard lock(m_project->mutex);
        std::vector<const FakeImage *> gone;
        for (const auto &[id, image] : m_project->content.images) {
            if (!image.removedAt.empty()) {
                gone.push_back(&image);
            }
        }
        std::stable_sort(gone.begin(), gone.end(),
                         [](const FakeImage *a, const FakeImage *b) { return a->removedAt > b->removedAt; });
        std::vector<core::ImageSummary> all;
        for (const FakeImage *image : gone) {
            all.push_back(summaryOf(*image));
        }
        return all;
    }
    core::Result<std::size_t> erase(std::span<const core::ImageId> ids) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = beginChange(ids); !allowed) {
            return allowed.error();
        }
        FakeContent &content = m_project->content;
        std::size_t count = 0;
        for (const core::ImageId id : ids) {
            if (m_project->image(id)->removedAt.empty()) {
                continue;
            }
            content.images.erase(id);
            std::erase_if(content.predictions, [id](const auto &each) { return each.second.image == id; });
            std::erase_if(content.reviews, [id](const core::Review &each) { return each.image == id; });
            ++count;
        }
        return count;
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
            return core::Error{core::ErrorCode::NotFound, core::Sentence::verbatim("The file of " + image->record.name
                                                                                   + " is missing; import it again.")};
        }
        return *image->pixels;
    }
    core::Result<std::optional<core::ImageData>> overview(core::ImageId id) override
    {
        const core::Result<core::ImageData> whole = pixels(id);
        constexpr std::size_t Large = 1U << 23;
        if (!whole || whole->bytes.size() < Large) {
            return std::optional<core::ImageData>();
        }
        return std::optional(core::makeOverview(*whole));
    }
    core::Result<bool> keepPixels(core::ImageId id, const core::ImageData &pixels, const std::stop_token &stop) override
    {
        if (stop.stop_requested()) {
            return false;
        }
        const std::lock_guard lock(m_project->mutex);
        FakeImage *image = m_project->image(id);
        if (!image) {
            return m_project->noImage(id);
        }
        image->timesKept += image->pixels && image->pixels->bytes == pixels.bytes ? 1 : 0;
        return true;
    }
    core::Result<core::StateCounts> counts() override
    {
        const std::lock_guard lock(m_project->mutex);
        core::StateCounts counts;
        std::set<std::string> series;
        for (const auto &[id, image] : m_project->content.images) {
            if (!image.removedAt.empty()) {
                ++counts.removed;
                continue;
            }
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
    /// A write to images all of which must be there.
    core::Result<void> beginChange(std::span<const core::ImageId> ids)
    {
        if (const auto allowed = m_project->beginWrite(); !allowed) {
            return allowed;
        }
        for (const core::ImageId id : ids) {
            if (!m_project->image(id)) {
                return m_project->noImage(id);
            }
        }
        return {};
    }
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
        summary.tags = image.tags;
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
