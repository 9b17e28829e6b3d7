// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/ClassMerge.h"
#include "core/workflow/VolumeLabelling.h"
#include "ui/canvas/AfterFrame.h"
#include "ui/canvas/ImageDocument.h"
#include "ui/canvas/LongSteps.h"
#include "ui/canvas/PixelCache.h"
#include "ui/canvas/StrokeJournal.h"

#include <QObject>
#include <QPointer>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>

namespace semigda::ui
{

class StoreWorker;

/// Opens images for the canvas and carries every change of their masks into the store, in order and off the gui
/// thread. One per open project, on the gui thread; the worker must outlive it.
class AnnotationController : public QObject
{
    Q_OBJECT

public:
    /// `author` is written to every step's history.
    AnnotationController(StoreWorker &store, std::string author, QObject *parent = nullptr);
    /// Ends a stroke in progress as a stroke. Call flush before to know that all is saved.
    ~AnnotationController() override;

    /// Loads an image; the one before stays on show, not editable, until then. A newer call drops an older one's
    /// result. An image with unsaved steps comes back as it was left.
    void open(core::ImageId id);
    void close();
    /// Reads files ahead, see prefetch; not owned, null: nothing is read ahead. Strokes do not wait for it.
    void setReader(StoreWorker *reader);
    /// These may be shown next: their files are read in the background, in place of those asked for before. Nothing
    /// happens while an image loads, which would wait longer then, and for the same reason it begins after painted().
    void prefetch(const std::vector<core::ImageId> &ids);
    /// The document of the last documentChanged is on the screen.
    void painted() { m_afterFrame.end(); }
    const PixelCache &pixelCache() const { return *m_pixels; }
    /// Asked for last; its document may still be loading.
    core::ImageId wanted() const { return m_wanted; }
    bool isLoading() const { return m_isLoading; }
    /// On show; null: none.
    ImageDocument *document() const { return m_document.get(); }
    void setReadOnly(bool isReadOnly);
    /// How far fillBetweenSlices and mergeClasses are.
    LongSteps &longSteps() { return m_longSteps; }

    bool canUndo() const;
    bool canRedo() const;
    /// Nothing happens during a stroke or while the store is at a step of this image.
    void undo();
    void redo();

    /// A workflow function that makes one step of the image (core::markComplete, core::acceptPrediction, ...).
    using Step = std::function<core::Result<core::EditRecord>(core::ProjectStore &, core::ImageId)>;
    /// Runs it behind all strokes and adopts its result; the image cannot be edited meanwhile. Refused with a
    /// sentence (stepFailed) while earlier strokes are not saved.
    void runStep(Step step);
    /// All that is not annotated becomes background.
    void markComplete();
    /// Takes over what the slice before (-1) or after (+1) shows, see core::copyFromSlice.
    void copyFromSlice(int step);
    /// Fills the slices between painted ones of the volume on show, see core::interpolateSlices; slicesFilled tells.
    void fillBetweenSlices(core::LabelValue value, const core::LabelSet &classes);
    /// In all masks of the project, see core::mergeClasses; classesMerged tells.
    void mergeClasses(core::LabelValue from, core::LabelValue into);
    /// Takes such a step of several images back where nothing else was done since.
    void undoOnSlices(const std::vector<core::ChangedSlice> &changed);
    /// Brings an earlier state back as a new step, see core::restoreRevision.
    void restoreRevision(std::int64_t sequence);
    /// Reads mask and history again after something else than this controller wrote them.
    void reload();
    /// A newer prediction may be there.
    void reloadPrediction();

    const StrokeJournal &journal() const { return m_journal; }
    bool isSaved() const { return m_journal.state() == SaveState::Saved; }
    /// Ends a stroke in progress, retries what failed and waits. False: something is not saved (see journal).
    bool flush(std::chrono::milliseconds timeout);
    void setRetryInterval(std::chrono::milliseconds interval) { m_journal.setRetryInterval(interval); }

Q_SIGNALS:
    /// Another document, or none (null), is on show; the old one is gone after this signal.
    void documentChanged(semigda::ui::ImageDocument *document);
    void openFailed(semigda::core::ImageId id, const QString &sentence);
    /// What the image that loads looks like from afar, see core::makeOverview; its pixels will come later.
    void overviewRead(semigda::core::ImageId id, const semigda::core::ImageData &overview);
    /// Once per operation of the user; in memory, on its way to the store.
    void edited(semigda::core::ImageId id, const semigda::core::PixelRect &rect);
    /// A step of an image is in the store.
    void saved(const semigda::ui::SavedStep &step);
    /// `sentence` says what is wrong when saving fails, else it is empty.
    void saveStateChanged(semigda::ui::SaveState state, const QString &sentence);
    void stepFailed(const QString &sentence);
    /// The user stopped a step, and nothing was changed.
    void stepCancelled(const QString &sentence);
    void slicesFilled(const semigda::core::InterpolationReport &report);
    void classesMerged(const semigda::core::MergeReport &report);
    /// Masks of these images were changed by something else than strokes.
    void imagesChanged(const std::vector<semigda::core::ImageId> &ids);
    void undoChanged();

private:
    /// Runs `work` on the store behind all strokes that were made so far, with the image locked until `done`.
    template <typename Value, typename Work, typename Done>
    void runBehindStrokes(Work work, Done done, std::function<void()> end = {});
    /// As that, for a step on many images that tells how far it is.
    template <typename Value, typename Work, typename Done> void runLongStep(const QString &what, Work work, Done done);
    void announceChanged(const std::vector<core::ImageId> &ids);
    void show(std::shared_ptr<ImageDocument> document);
    /// Giving back a large image's memory takes as long as several frames: the worker does it.
    void letGo(std::shared_ptr<ImageDocument> document);
    /// Gives the contrast that the image starts from as soon as the overview has told it, on the worker's thread:
    /// finding it in the pixels would take several milliseconds more.
    std::shared_ptr<const std::optional<core::ValueWindow>> readOverview(core::ImageId id);
    void adoptLoaded(core::ImageId id, core::Result<LoadedImage> loaded);
    /// The store may keep its pixels in a form that is read sooner.
    void keepForNextTime(core::ImageId id);
    void updateEditable();
    void onSaved(const SavedStep &step);
    void endStroke();
    void reloadIfAsked();

    StoreWorker &m_store;
    QPointer<StoreWorker> m_reader;
    std::shared_ptr<PixelCache> m_pixels;                   ///< jobs that are under way keep it
    std::shared_ptr<std::atomic<std::uint64_t>> m_prefetch; ///< the newest request, for those jobs
    std::stop_source m_keeping;                             ///< of what keepForNextTime() began
    std::string m_author;
    StrokeJournal m_journal;
    LongSteps m_longSteps;
    AfterFrame m_afterFrame;
    core::ImageId m_wanted;
    std::shared_ptr<ImageDocument> m_document;
    std::map<core::ImageId, std::shared_ptr<ImageDocument>> m_unsaved; ///< left before all was saved
    std::shared_ptr<std::atomic<std::uint64_t>> m_request; ///< the newest open(), for jobs that load what was left
    int m_runningSteps = 0;
    bool m_isLoading = false;
    bool m_isReadOnly = false;
    bool m_isReloading = false;
    bool m_reloadWhenIdle = false;
};

} // namespace semigda::ui
