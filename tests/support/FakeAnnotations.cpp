// SPDX-License-Identifier: Apache-2.0
#include "support/FakeProject_p.h"

#include <algorithm>
#include <iterator>

namespace semigda::test
{

namespace
{

class FakeAnnotations : public core::AnnotationStore
{
public:
    explicit FakeAnnotations(std::shared_ptr<FakeProject> project)
        : m_project(std::move(project))
    {}

    core::Result<core::Annotation> load(core::ImageId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        const FakeImage *image = m_project->image(id);
        if (!image) {
            return m_project->noImage(id);
        }
        return image->annotation;
    }
    core::Result<std::int64_t> sequence(core::ImageId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        const FakeImage *image = m_project->image(id);
        if (!image) {
            return m_project->noImage(id);
        }
        return image->annotation.sequence;
    }
    core::Result<std::int64_t> append(core::ImageId id, const core::MaskDelta &delta,
                                      const core::EditIntent &intent) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = m_project->beginWrite(); !allowed) {
            return allowed.error();
        }
        FakeImage *image = m_project->image(id);
        if (!image) {
            return m_project->noImage(id);
        }
        if (!delta.isEmpty() && !delta.fits(image->annotation.mask)) {
            return core::Error{core::ErrorCode::GeometryMismatch,
                               core::Sentence::verbatim("The edit has another size than " + image->record.name + ".")};
        }
        image->edits.resize(image->editsInForce);
        core::EditRecord edit;
        edit.sequence = ++image->lastSequence;
        edit.reason = intent.reason;
        edit.author = intent.author;
        edit.createdAt = m_project->now();
        edit.delta = delta;
        edit.completeBefore = image->annotation.isComplete;
        edit.completeAfter = intent.isComplete;
        edit.stateBefore = image->record.state;
        edit.stateAfter = intent.state;
        image->edits.push_back(edit);
        ++image->editsInForce;
        delta.apply(image->annotation.mask);
        enter(*image, intent.isComplete, intent.state);
        return edit.sequence;
    }
    core::Result<std::optional<core::EditRecord>> undo(core::ImageId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = m_project->beginWrite(); !allowed) {
            return allowed.error();
        }
        FakeImage *image = m_project->image(id);
        if (!image) {
            return m_project->noImage(id);
        }
        if (image->editsInForce == 0) {
            return std::optional<core::EditRecord>();
        }
        const core::EditRecord &edit = image->edits[--image->editsInForce];
        edit.delta.revert(image->annotation.mask);
        enter(*image, edit.completeBefore, edit.stateBefore);
        return std::optional(edit);
    }
    core::Result<std::optional<core::EditRecord>> redo(core::ImageId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = m_project->beginWrite(); !allowed) {
            return allowed.error();
        }
        FakeImage *image = m_project->image(id);
        if (!image) {
            return m_project->noImage(id);
        }
        if (image->editsInForce == image->edits.size()) {
            return std::optional<core::EditRecord>();
        }
        const core::EditRecord &edit = image->edits[image->editsInForce++];
        edit.delta.apply(image->annotation.mask);
        enter(*image, edit.completeAfter, edit.stateAfter);
        return std::optional(edit);
    }
    core::Result<void> linkSteps(const core::StepRef &step, std::span<const core::StepRef> others) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = m_project->beginWrite(); !allowed) {
            return allowed;
        }
        std::vector<core::StepRef> all(others.begin(), others.end());
        std::sort(all.begin(), all.end());
        if (!isThere(step)
            || !std::all_of(all.begin(), all.end(), [this](const auto &each) { return isThere(each); })) {
            return core::Error{core::ErrorCode::NotFound, core::Sentence::verbatim("The step is in no history.")};
        }
        m_project->content.links[step] = all;
        return {};
    }
    core::Result<std::vector<core::StepRef>> linkedSteps(const core::StepRef &step) override
    {
        const std::lock_guard lock(m_project->mutex);
        std::vector<core::StepRef> others;
        if (const auto found = m_project->content.links.find(step);
            found != m_project->content.links.end() && isThere(step)) {
            std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(others),
                         [this](const core::StepRef &other) { return isThere(other); });
        }
        return others;
    }
    core::Result<core::EditHistory> history(core::ImageId id, std::size_t limit, std::size_t byteBudget) override
    {
        const std::lock_guard lock(m_project->mutex);
        const FakeImage *image = m_project->image(id);
        if (!image) {
            return m_project->noImage(id);
        }
        core::EditHistory history;
        history.cursor = image->annotation.sequence;
        std::size_t bytes = 0;
        for (auto edit = image->edits.rbegin(); edit != image->edits.rend() && history.edits.size() < limit; ++edit) {
            bytes += edit->delta.memoryUse();
            if (bytes > byteBudget) {
                break;
            }
            history.edits.push_back(*edit);
        }
        std::reverse(history.edits.begin(), history.edits.end());
        return history;
    }

private:
    bool isThere(const core::StepRef &step) const
    {
        const FakeImage *image = m_project->image(step.image);
        return image && std::any_of(image->edits.begin(), image->edits.end(), [&step](const core::EditRecord &edit) {
                   return edit.sequence == step.sequence;
               });
    }
    static void enter(FakeImage &image, bool isComplete, core::ImageState state)
    {
        image.annotation.isComplete = isComplete;
        image.annotation.sequence = image.editsInForce == 0 ? 0 : image.edits[image.editsInForce - 1].sequence;
        image.record.state = state;
    }

    std::shared_ptr<FakeProject> m_project;
};

} // namespace

std::unique_ptr<core::AnnotationStore> makeFakeAnnotations(std::shared_ptr<FakeProject> project)
{
    return std::make_unique<FakeAnnotations>(std::move(project));
}

} // namespace semigda::test
