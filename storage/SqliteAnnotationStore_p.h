// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/SqliteJournal_p.h"

#include "core/ports/ProjectStore.h"

namespace semigda::storage
{

/// Appending is one small transaction whose cost follows the edit, not the image. Loading replays the edits since
/// the base mask and writes a new base once there are many.
class SqliteAnnotationStore : public core::AnnotationStore
{
public:
    explicit SqliteAnnotationStore(SqliteConnection &connection)
        : m_connection(connection)
    {}

    core::Result<core::Annotation> load(core::ImageId id) override;
    core::Result<std::int64_t> sequence(core::ImageId id) override;
    core::Result<std::int64_t> append(core::ImageId id, const core::MaskDelta &delta,
                                      const core::EditIntent &intent) override;
    core::Result<std::optional<core::EditRecord>> undo(core::ImageId id) override;
    core::Result<std::optional<core::EditRecord>> redo(core::ImageId id) override;
    core::Result<void> linkSteps(const core::StepRef &step, std::span<const core::StepRef> others) override;
    core::Result<std::vector<core::StepRef>> linkedSteps(const core::StepRef &step) override;
    core::Result<core::EditHistory> history(core::ImageId id, std::size_t limit, std::size_t byteBudget) override;

private:
    void checkEdit(const ImageRow &image, const core::MaskDelta &delta);
    void rebase(core::ImageId id, std::int64_t sequence, const core::LabelMask &mask);

    SqliteConnection &m_connection;
};

} // namespace semigda::storage
