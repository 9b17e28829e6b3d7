// SPDX-License-Identifier: Apache-2.0
#include "ui/window/ImageActions.h"

#include "core/workflow/Splits.h"
#include "ui/dialogs/RemovedImagesDialog.h"
#include "ui/dialogs/TagsDialog.h"
#include "ui/lists/ImageListPanel.h"
#include "ui/lists/StateWords.h"
#include "ui/window/Actions.h"
#include "ui/window/ProjectController.h"
#include "ui/window/ProjectTasks.h"
#include "ui/work/StoreWorker.h"

#include <QAction>
#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace semigda::ui
{

using Ids = std::vector<core::ImageId>;

ImageActions::ImageActions(const Actions &actions, ProjectController &project, ImageListPanel &images,
                           NoticeArea &notices, QWidget &parent)
    : QObject(&parent)
    , m_project(project)
    , m_images(images)
    , m_notices(notices)
    , m_parent(parent)
{
    for (const QAction *each : actions.useFor)
        connect(each, &QAction::triggered, this,
                [this, split = static_cast<core::Split>(each->data().toInt())] { use(m_images.selected(), split); });
    connect(actions.tagImages, &QAction::triggered, this, &ImageActions::askTags);
    connect(actions.removeImages, &QAction::triggered, this, [this] { remove(m_images.selected()); });
    connect(actions.removedImages, &QAction::triggered, this, &ImageActions::showRemoved);
}

template <typename Change, typename Describe, typename Undo>
void ImageActions::run(Change change, Describe describe, Undo undo)
{
    if (m_project.isReadOnly() || m_project.writer() == nullptr)
        return;
    using Value = typename std::invoke_result_t<Change &, core::ProjectStore &>::value_type;
    const auto takeBack = [this, undo](const Value &value) {
        if (m_project.writer() == nullptr)
            return;
        m_project.writer()->submit(
            this, [value, undo](core::ProjectStore &store) { return undo(store, value); },
            [this](const auto &undone) {
                if (!undone)
                    m_project.report(undone.error());
                m_project.refreshImages();
            });
    };
    m_project.writer()->submit(this, std::move(change), [this, describe, takeBack](const core::Result<Value> &value) {
        if (!value) {
            m_project.report(value.error());
            return;
        }
        m_project.refreshImages();
        const auto [text, isChanged] = describe(*value);
        Notice notice;
        notice.text = text;
        if (isChanged) {
            notice.actionText = tr("Undo");
            notice.action = [takeBack, done = *value] { takeBack(done); };
            m_undoable << text;
        }
        m_notices.show(notice);
    });
}

void ImageActions::use(const Ids &ids, core::Split split)
{
    if (ids.empty())
        return;
    run([ids, split](core::ProjectStore &store) { return core::assignSplit(store, ids, split); },
        [split](const core::SplitReport &moved) {
            const auto count = static_cast<int>(moved.before.size());
            const QString text =
                count == 0
                    ? tr("The chosen images are used so already: %1.").arg(splitWord(split))
                    : tr("%Ln image(s) moved, whole patients together: %1.", nullptr, count).arg(splitWord(split));
            return std::pair(text, count > 0);
        },
        [](core::ProjectStore &store, const core::SplitReport &moved) { return core::restoreSplits(store, moved); });
}

void ImageActions::tag(const Ids &ids, const std::vector<core::TagChange> &changes)
{
    if (ids.empty() || changes.empty())
        return;
    run([ids, changes](core::ProjectStore &store) { return core::changeTags(store, ids, changes); },
        [](const core::TagReport &report) {
            const auto count = static_cast<int>(report.imageCount());
            return std::pair(tr("Tags of %Ln image(s) changed.", nullptr, count), count > 0);
        },
        [](core::ProjectStore &store, const core::TagReport &report) { return core::restoreTags(store, report); });
}

void ImageActions::remove(const Ids &ids)
{
    if (ids.empty())
        return;
    run([ids](core::ProjectStore &store) { return store.images().setRemoved(ids, true); },
        [](const Ids &removed) {
            const auto count = static_cast<int>(removed.size());
            return std::pair(tr("%Ln image(s) removed from the project; masks and history are kept, and “Removed "
                                "images” brings them back.",
                                nullptr, count),
                             count > 0);
        },
        [](core::ProjectStore &store, const Ids &removed) { return store.images().setRemoved(removed, false); });
}

void ImageActions::bringBack(const Ids &ids)
{
    if (ids.empty())
        return;
    run([ids](core::ProjectStore &store) { return store.images().setRemoved(ids, false); },
        [](const Ids &back) {
            const auto count = static_cast<int>(back.size());
            return std::pair(tr("%Ln image(s) brought back.", nullptr, count), count > 0);
        },
        [](core::ProjectStore &store, const Ids &back) { return store.images().setRemoved(back, true); });
}

void ImageActions::askTags()
{
    const Ids ids = m_images.selected();
    std::vector<const core::ImageSummary *> images;
    for (const core::ImageId id : ids) {
        if (const core::ImageSummary *image = m_images.model().find(id))
            images.push_back(image);
    }
    if (images.empty())
        return;
    auto *dialog = new TagsDialog(m_images.model().tags(), images, &m_parent);
    connect(dialog, &QDialog::accepted, this, [this, dialog, ids] { tag(ids, dialog->changes()); });
    dialog->open();
}

void ImageActions::showRemoved()
{
    if (m_project.reader() == nullptr)
        return;
    m_project.reader()->submit(
        this, [](core::ProjectStore &store) { return store.images().removed(); },
        [this](const core::Result<std::vector<core::ImageSummary>> &removed) {
            if (!removed) {
                m_project.report(removed.error());
                return;
            }
            auto *dialog = new RemovedImagesDialog(*removed, &m_parent);
            connect(dialog, &QDialog::accepted, this, [this, dialog] { bringBack(dialog->chosen()); });
            connect(dialog, &RemovedImagesDialog::eraseRequested, this, [this, dialog] { askErase(*dialog); });
            dialog->open();
        });
}

void ImageActions::askErase(RemovedImagesDialog &dialog)
{
    const Ids ids = dialog.chosen();
    // Both may have such an image in hand, by its file.
    if (m_project.isTraining() || m_project.tasks().isBusy()) {
        m_notices.show({NoticeLevel::Warning,
                        tr("Images cannot be deleted while training, an import or an export is under way; wait for its "
                           "end or stop it, then choose again."),
                        {},
                        {},
                        {}});
        dialog.reject();
        return;
    }
    auto *question = new QMessageBox(
        QMessageBox::Warning, tr("Delete for good"),
        tr("Delete %Ln image(s) for good, with masks, history and proposals?", nullptr, static_cast<int>(ids.size())),
        QMessageBox::Cancel, &dialog);
    question->setObjectName(QStringLiteral("eraseQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(
        tr("This cannot be undone. Files that were not copied into the project stay where they "
           "are, backups keep masks and thumbnails until newer ones replace them, and models "
           "keep what they have learned."));
    QPushButton *erase = question->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    erase->setObjectName(QStringLiteral("eraseConfirmButton"));
    question->button(QMessageBox::Cancel)->setText(tr("Cancel"));
    question->setDefaultButton(QMessageBox::Cancel);
    connect(erase, &QPushButton::clicked, this, [this, ids, &dialog] {
        dialog.reject();
        eraseForGood(ids);
    });
    question->open();
}

void ImageActions::eraseForGood(const Ids &ids)
{
    if (m_project.isReadOnly() || m_project.writer() == nullptr)
        return;
    m_project.writer()->submit(
        this, [ids](core::ProjectStore &store) { return store.images().erase(ids); },
        [this](const core::Result<std::size_t> &erased) {
            // They may be about images that are gone.
            for (const QString &text : std::exchange(m_undoable, {}))
                m_notices.withdraw(text);
            if (!erased) {
                m_project.report(erased.error());
                return;
            }
            m_notices.show({NoticeLevel::Info,
                            tr("%Ln image(s) deleted for good.", nullptr, static_cast<int>(*erased)),
                            {},
                            {},
                            {}});
        });
}

} // namespace semigda::ui
