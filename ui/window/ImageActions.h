// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"
#include "core/workflow/Tags.h"
#include "ui/window/NoticeArea.h"

#include <QObject>

#include <vector>

namespace semigda::ui
{

class Actions;
class ImageListPanel;
class ProjectController;
class RemovedImagesDialog;

/// What is done to the images chosen in the list: what they are used for, tags, taking them out of the project. Each
/// change is told by a notice that takes it back, but for deleting, which is asked for twice. Gui thread.
class ImageActions : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this, `parent` the dialogs.
    ImageActions(const Actions &actions, ProjectController &project, ImageListPanel &images, NoticeArea &notices,
                 QWidget &parent);

    /// Moves images, and with them all of their patients.
    void use(const std::vector<core::ImageId> &ids, core::Split split);
    void tag(const std::vector<core::ImageId> &ids, const std::vector<core::TagChange> &changes);
    void remove(const std::vector<core::ImageId> &ids);
    void bringBack(const std::vector<core::ImageId> &ids);
    /// Removed images alone; not while something imports, exports or trains.
    void eraseForGood(const std::vector<core::ImageId> &ids);

private:
    void askTags();
    void showRemoved();
    void askErase(RemovedImagesDialog &dialog);
    /// Runs `change` on the project. `describe` makes of its value what is told and whether there is anything to take
    /// back, which `undo` does when the notice's button asks for it.
    template <typename Change, typename Describe, typename Undo> void run(Change change, Describe describe, Undo undo);

    ProjectController &m_project;
    ImageListPanel &m_images;
    NoticeArea &m_notices;
    QWidget &m_parent;
    QStringList m_undoable; ///< texts of the notices that take something back
};

} // namespace semigda::ui
