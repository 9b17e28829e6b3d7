// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/AnnotationController.h"

#include "core/workflow/Labelling.h"
#include "core/workflow/Revisions.h"
#include "ui/language/Sentences.h"
#include "ui/work/StoreWorker.h"

#include <algorithm>

namespace semigda::ui
{

namespace
{

constexpr std::size_t HistoryBytes = 64U << 20;

struct LoadedAnnotation
{
    core::Annotation annotation;
    core::EditHistory history;
    core::ImageSummary summary;
};

core::Result<LoadedAnnotation> loadAnnotation(core::ProjectStore &store, core::ImageId id)
{
    core::Result<core::ImageSummary> summary = store.images().summary(id);
    if (!summary)
        return summary.error();
    core::Result<core::Annotation> annotation = store.annotations().load(id);
    if (!annotation)
        return annotation.error();
    core::Result<core::EditHistory> history = store.annotations().history(id, ImageDocument::MaxSteps, HistoryBytes);
    if (!history)
        return history.error();
    return LoadedAnnotation{std::move(*annotation), std::move(*history), std::move(*summary)};
}

/// The cache is to be trimmed afterwards. `known`: what core::defaultWindow would find in the pixels.
core::Result<PixelCache::Pixels> readAtOnce(core::ProjectStore &store, core::ImageId id, PixelCache &cache,
                                            const std::optional<core::ValueWindow> &known = {})
{
    return cache.findOrRead(id, [&]() -> core::Result<PixelCache::Pixels> {
        core::Result<core::ImageData> read = store.images().pixels(id);
        if (!read)
            return read.error();
        auto image = std::make_shared<const core::ImageData>(std::move(*read));
        const core::ValueWindow contrast = known ? *known : core::defaultWindow(*image);
        return PixelCache::Pixels{std::move(image), contrast};
    });
}

core::Result<PixelCache::Pixels> readPixels(core::ProjectStore &store, core::ImageId id, PixelCache &cache)
{
    core::Result<PixelCache::Pixels> pixels = readAtOnce(store, id, cache);
    cache.trim();
    return pixels;
}

/// A few of its size must fit, or images that are read ahead drive out each other.
bool isWorthReadingAhead(core::ProjectStore &store, core::ImageId id, const PixelCache &cache)
{
    constexpr double Share = 0.25;
    const core::Result<core::ImageRecord> record = store.images().record(id);
    return record
           && static_cast<double>(record->width) * record->height * record->channels * record->bitsPerSample / 8.0
                  <= Share * static_cast<double>(cache.budget());
}

core::Result<LoadedImage> loadImage(core::ProjectStore &store, core::ImageId id, PixelCache &cache,
                                    const std::optional<core::ValueWindow> &contrast)
{
    core::Result<LoadedAnnotation> annotation = loadAnnotation(store, id);
    if (!annotation)
        return annotation.error();
    const core::Result<PixelCache::Pixels> pixels = readAtOnce(store, id, cache, contrast);
    if (!pixels)
        return pixels.error();
    if (pixels->image->isEmpty() || annotation->annotation.mask.width() != pixels->image->width
        || annotation->annotation.mask.height() != pixels->image->height)
        return core::Error{
            core::ErrorCode::GeometryMismatch,
            core::phrase(
                "errors",
                "The file of image %1 has another size than its mask; put the original file back or import it again.")
                .with(annotation->summary.name)};
    LoadedImage loaded;
    loaded.summary = std::move(annotation->summary);
    loaded.annotation = std::move(annotation->annotation);
    loaded.history = std::move(annotation->history);
    loaded.contrast = pixels->contrast;
    loaded.pixels = pixels->image;
    core::Result<std::optional<core::Prediction>> prediction = store.predictions().newest(id);
    if (!prediction)
        return prediction.error();
    if (prediction->has_value())
        loaded.prediction = std::make_shared<const core::Prediction>(std::move(**prediction));
    return loaded;
}

std::vector<core::ImageId> idsOf(const std::vector<core::ChangedSlice> &slices)
{
    std::vector<core::ImageId> ids;
    for (const core::ChangedSlice &slice : slices)
        ids.push_back(slice.image);
    return ids;
}

} // namespace

AnnotationController::AnnotationController(StoreWorker &store, std::string author, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_pixels(std::make_shared<PixelCache>())
    , m_prefetch(std::make_shared<std::atomic<std::uint64_t>>(0))
    , m_author(author)
    , m_journal(store, std::move(author))
    , m_request(std::make_shared<std::atomic<std::uint64_t>>(0))
{
    m_journal.setPixelReader(
        [cache = m_pixels](core::ProjectStore &from,
                           core::ImageId id) -> core::Result<std::shared_ptr<const core::ImageData>> {
            const core::Result<PixelCache::Pixels> pixels = readPixels(from, id, *cache);
            if (!pixels)
                return pixels.error();
            return pixels->image;
        });
    connect(&m_journal, &StrokeJournal::saved, this, &AnnotationController::onSaved);
    connect(&m_journal, &StrokeJournal::diverged, this, [this](core::ImageId id) {
        m_unsaved.erase(id);
        if (m_document && m_document->id() == id)
            reload();
    });
    connect(&m_journal, &StrokeJournal::stateChanged, this, [this] {
        Q_EMIT saveStateChanged(m_journal.state(), m_journal.problem());
        updateEditable();
    });
}

AnnotationController::~AnnotationController()
{
    m_keeping.request_stop();
    endStroke();
}

void AnnotationController::open(core::ImageId id)
{
    if (id == m_wanted && (m_isLoading || (m_document && m_document->id() == id)))
        return;
    endStroke();
    m_wanted = id;
    const std::uint64_t request = ++*m_request;
    m_reloadWhenIdle = false;
    if (m_document && m_document->id() == id) {
        // Back to what is still on show, before another image has arrived.
        m_isLoading = false;
        updateEditable();
        Q_EMIT documentChanged(m_document.get());
        return;
    }
    if (const auto kept = m_unsaved.find(id); kept != m_unsaved.end()) {
        m_isLoading = false;
        show(kept->second);
        return;
    }
    m_isLoading = true;
    // What waits to be read ahead lies where she was, and would slow down what she waits for, as packing would.
    ++*m_prefetch;
    m_keeping.request_stop();
    m_keeping = {};
    updateEditable();
    const auto contrast = readOverview(id);
    m_store.submit(
        this,
        [id, request, contrast, newest = m_request,
         cache = m_pixels](core::ProjectStore &store) -> core::Result<LoadedImage> {
            // She went on meanwhile, and would wait for each image that she passed.
            if (newest->load() != request)
                return core::Error{core::ErrorCode::Cancelled, core::Sentence()};
            return loadImage(store, id, *cache, *contrast);
        },
        [this, id, request](core::Result<LoadedImage> loaded) {
            if (request == *m_request)
                adoptLoaded(id, std::move(loaded));
            keepForNextTime(id);
            m_afterFrame.run([this] {
                m_store.post([cache = m_pixels](core::ProjectStore &) { cache->trim(); },
                             StoreWorker::Priority::Background);
            });
        });
}

std::shared_ptr<const std::optional<core::ValueWindow>> AnnotationController::readOverview(core::ImageId id)
{
    using Overview = std::optional<core::ImageData>;
    auto contrast = std::make_shared<std::optional<core::ValueWindow>>();
    m_store.submit(
        this,
        [id, contrast, request = m_request->load(), newest = m_request,
         cache = m_pixels](core::ProjectStore &store) -> core::Result<Overview> {
            if (newest->load() != request || cache->contains(id))
                return Overview();
            core::Result<Overview> read = store.images().overview(id);
            if (read && read->has_value())
                *contrast = (*read)->window;
            return read;
        },
        [this, id, request = m_request->load()](const core::Result<Overview> &read) {
            // Why one cannot be read is told when the image itself cannot be.
            if (request == *m_request && m_isLoading && read && read->has_value())
                Q_EMIT overviewRead(id, **read);
        });
    return contrast;
}

void AnnotationController::keepForNextTime(core::ImageId id)
{
    m_afterFrame.run([this, id, stop = m_keeping.get_token()] {
        if (!m_reader || stop.stop_requested())
            return;
        m_reader->post(
            [id, stop, cache = m_pixels](core::ProjectStore &store) {
                // Without it the file is read once more.
                if (const std::optional<PixelCache::Pixels> pixels = cache->find(id))
                    static_cast<void>(store.images().keepPixels(id, *pixels->image, stop).has_value());
            },
            StoreWorker::Priority::Background);
    });
}

void AnnotationController::adoptLoaded(core::ImageId id, core::Result<LoadedImage> loaded)
{
    m_isLoading = false;
    if (!loaded) {
        m_wanted = {};
        show(nullptr);
        Q_EMIT openFailed(id, sentenceText(loaded.error().message));
        return;
    }
    show(std::make_shared<ImageDocument>(std::move(*loaded)));
}

void AnnotationController::setReader(StoreWorker *reader)
{
    m_reader = reader;
}

void AnnotationController::prefetch(const std::vector<core::ImageId> &ids)
{
    if (m_isLoading)
        return;
    m_afterFrame.run([this, ids, request = ++*m_prefetch] {
        if (!m_reader)
            return;
        for (const core::ImageId id : ids) {
            if (!id.isValid() || m_pixels->contains(id))
                continue;
            m_reader->post(
                [id, request, newest = m_prefetch, cache = m_pixels](core::ProjectStore &store) {
                    // What cannot be read is said when it is to be shown.
                    if (newest->load() == request && isWorthReadingAhead(store, id, *cache))
                        static_cast<void>(readPixels(store, id, *cache).has_value());
                },
                StoreWorker::Priority::Background);
        }
    });
}

void AnnotationController::close()
{
    endStroke();
    ++*m_request;
    m_wanted = {};
    m_isLoading = false;
    show(nullptr);
}

void AnnotationController::show(std::shared_ptr<ImageDocument> document)
{
    // The old document lives until everybody has let go of it.
    std::shared_ptr<ImageDocument> old = std::exchange(m_document, std::move(document));
    if (old == m_document) {
        updateEditable();
        return;
    }
    if (old) {
        disconnect(old.get(), nullptr, this, nullptr);
        disconnect(&old->undoStack(), nullptr, this, nullptr);
        if (m_journal.hasUnsaved(old->id()))
            m_unsaved[old->id()] = old;
    }
    if (m_document) {
        ImageDocument *shown = m_document.get();
        connect(shown, &ImageDocument::stepMade, &m_journal, &StrokeJournal::write, Qt::UniqueConnection);
        connect(shown, &ImageDocument::edited, this,
                [this, id = shown->id()](const core::PixelRect &rect) { Q_EMIT edited(id, rect); });
        connect(shown, &ImageDocument::editEnded, this, &AnnotationController::reloadIfAsked);
        connect(&shown->undoStack(), &QUndoStack::indexChanged, this, &AnnotationController::undoChanged);
    }
    updateEditable();
    if (m_document)
        m_afterFrame.await();
    else
        m_afterFrame.end();
    Q_EMIT documentChanged(m_document.get());
    Q_EMIT undoChanged();
    if (old)
        letGo(std::move(old));
}

void AnnotationController::letGo(std::shared_ptr<ImageDocument> document)
{
    // The document goes first, so that the worker is the last to hold its pixels, if nobody else does.
    std::shared_ptr<const core::ImageData> pixels = document->sharedPixels();
    document.reset();
    m_afterFrame.run([this, pixels = std::move(pixels)]() mutable {
        m_store.post([pixels = std::move(pixels)](core::ProjectStore &) {}, StoreWorker::Priority::Background);
    });
}

void AnnotationController::setReadOnly(bool isReadOnly)
{
    m_isReadOnly = isReadOnly;
    updateEditable();
}

void AnnotationController::updateEditable()
{
    if (!m_document)
        return;
    const bool wasEditable = m_document->canEdit();
    m_document->setEditable(!m_isReadOnly && m_runningSteps == 0 && !m_isReloading && m_document->id() == m_wanted
                            && !m_journal.mayChange(m_document->id(), m_document->summary().seriesKey));
    if (wasEditable != m_document->canEdit())
        Q_EMIT undoChanged();
}

void AnnotationController::endStroke()
{
    if (m_document && m_document->isEditing())
        m_document->commitEdit();
}

bool AnnotationController::canUndo() const
{
    return m_document && m_document->canEdit() && m_document->undoStack().canUndo();
}

bool AnnotationController::canRedo() const
{
    return m_document && m_document->canEdit() && m_document->undoStack().canRedo();
}

void AnnotationController::undo()
{
    if (canUndo() && !m_document->isEditing())
        m_document->undoStack().undo();
}

void AnnotationController::redo()
{
    if (canRedo() && !m_document->isEditing())
        m_document->undoStack().redo();
}

template <typename Value, typename Work, typename Done>
void AnnotationController::runBehindStrokes(Work work, Done done, std::function<void()> end)
{
    endStroke();
    ++m_runningSteps;
    updateEditable();
    m_store.submit(
        this,
        [run = std::move(work), gate = m_journal.gate(),
         before = m_journal.lastTicket()](core::ProjectStore &store) -> core::Result<Value> {
            // A step that overtook a stroke would be undone in the wrong order.
            if (gate->next() <= before)
                return core::Error{core::ErrorCode::Io,
                                   core::phrase("errors", "What you painted before is not saved yet; free some space "
                                                          "or check the disk, then try again.")};
            return run(store);
        },
        [this, finish = std::move(done), conclude = std::move(end)](const core::Result<Value> &result) {
            --m_runningSteps;
            if (conclude)
                conclude();
            if (result)
                finish(*result);
            else if (result.error().code == core::ErrorCode::Cancelled)
                Q_EMIT stepCancelled(sentenceText(result.error().message));
            else
                Q_EMIT stepFailed(sentenceText(result.error().message));
            updateEditable();
            reloadIfAsked();
        });
}

template <typename Value, typename Work, typename Done>
void AnnotationController::runLongStep(const QString &what, Work work, Done done)
{
    runBehindStrokes<Value>([run = std::move(work), ticket = m_longSteps.begin(what)](
                                core::ProjectStore &store) { return run(store, ticket); },
                            std::move(done), [this] { m_longSteps.end(); });
}

void AnnotationController::runStep(Step step)
{
    if (!m_document || m_isReadOnly || m_document->id() != m_wanted)
        return;
    const core::ImageId id = m_document->id();
    runBehindStrokes<core::EditRecord>(
        [run = std::move(step), id](core::ProjectStore &store) { return run(store, id); },
        [this, id, document = std::weak_ptr(m_document)](const core::EditRecord &record) {
            if (const std::shared_ptr<ImageDocument> target = document.lock())
                target->adopt(record);
            Q_EMIT saved({DocumentStep::Kind::Append, id, record.sequence, record.stateAfter});
        });
}

void AnnotationController::copyFromSlice(int step)
{
    runStep([step, author = m_author](core::ProjectStore &store, core::ImageId id) {
        return core::copyFromSlice(store, id, step, author);
    });
}

void AnnotationController::fillBetweenSlices(core::LabelValue value, const core::LabelSet &classes)
{
    if (!m_document || m_isReadOnly || m_document->id() != m_wanted || !m_document->isSlice())
        return;
    runLongStep<core::InterpolationReport>(
        tr("Filling between slices"),
        [series = m_document->summary().seriesKey, value, classes, author = m_author](core::ProjectStore &store,
                                                                                      const LongSteps::Ticket &ticket) {
            return core::interpolateSlices(store, series, value, classes, author, ticket.stop, ticket.progress);
        },
        [this](const core::InterpolationReport &report) {
            announceChanged(idsOf(report.changed));
            Q_EMIT slicesFilled(report);
        });
}

void AnnotationController::mergeClasses(core::LabelValue from, core::LabelValue into)
{
    if (m_isReadOnly)
        return;
    runLongStep<core::MergeReport>(
        tr("Merging classes"),
        [from, into, author = m_author](core::ProjectStore &store, const LongSteps::Ticket &ticket) {
            return core::mergeClasses(store, from, into, author, ticket.stop, ticket.progress);
        },
        [this](const core::MergeReport &report) {
            announceChanged(idsOf(report.changed));
            Q_EMIT classesMerged(report);
        });
}

void AnnotationController::undoOnSlices(const std::vector<core::ChangedSlice> &changed)
{
    if (m_isReadOnly)
        return;
    runBehindStrokes<std::size_t>([changed](core::ProjectStore &store) { return core::undoOnSlices(store, changed); },
                                  [this, changed](std::size_t) { announceChanged(idsOf(changed)); });
}

void AnnotationController::announceChanged(const std::vector<core::ImageId> &ids)
{
    if (m_document && std::find(ids.begin(), ids.end(), m_document->id()) != ids.end())
        m_reloadWhenIdle = true;
    Q_EMIT imagesChanged(ids);
}

void AnnotationController::markComplete()
{
    runStep([author = m_author](core::ProjectStore &store, core::ImageId id) {
        return core::markComplete(store, id, author);
    });
}

void AnnotationController::restoreRevision(std::int64_t sequence)
{
    if (!m_document || m_isReadOnly || m_document->id() != m_wanted)
        return;
    const core::ImageId id = m_document->id();
    runBehindStrokes<core::EditRecord>(
        [id, sequence, author = m_author](core::ProjectStore &store) {
            return core::restoreRevision(store, id, sequence, author);
        },
        // Read again, not adopted: there may be more than one new step.
        [this, id](const core::EditRecord &) { announceChanged({id}); });
}

void AnnotationController::reload()
{
    if (!m_document || m_document->id() != m_wanted)
        return;
    // The strokes that are not in the store yet are not in what would be read.
    if (m_document->isEditing() || m_journal.hasUnsaved(m_document->id()) || m_runningSteps > 0 || m_isReloading) {
        m_reloadWhenIdle = true;
        return;
    }
    m_reloadWhenIdle = false;
    m_isReloading = true;
    updateEditable();
    m_store.submit(
        this, [id = m_document->id()](core::ProjectStore &store) { return loadAnnotation(store, id); },
        [this, document = std::weak_ptr(m_document)](const core::Result<LoadedAnnotation> &loaded) {
            m_isReloading = false;
            const std::shared_ptr<ImageDocument> target = document.lock();
            if (!loaded)
                Q_EMIT stepFailed(sentenceText(loaded.error().message));
            else if (target) {
                target->setSummary(loaded->summary);
                target->replaceAnnotation(loaded->annotation, loaded->history);
            }
            updateEditable();
            reloadIfAsked();
        });
}

void AnnotationController::reloadIfAsked()
{
    if (m_reloadWhenIdle)
        reload();
}

void AnnotationController::reloadPrediction()
{
    if (!m_document)
        return;
    m_store.submit(
        this, [id = m_document->id()](core::ProjectStore &store) { return store.predictions().newest(id); },
        [this, document = std::weak_ptr(m_document)](core::Result<std::optional<core::Prediction>> newest) {
            const std::shared_ptr<ImageDocument> target = document.lock();
            if (!newest)
                Q_EMIT stepFailed(sentenceText(newest.error().message));
            else if (target)
                target->setPrediction(
                    newest->has_value() ? std::make_shared<const core::Prediction>(std::move(**newest)) : nullptr);
        });
}

void AnnotationController::onSaved(const SavedStep &step)
{
    if (const auto kept = m_unsaved.find(step.image); kept != m_unsaved.end() && !m_journal.hasUnsaved(step.image)) {
        kept->second->setState(step.state);
        letGo(std::move(kept->second));
        m_unsaved.erase(kept);
    }
    if (m_document && m_document->id() == step.image)
        m_document->setState(step.state);
    Q_EMIT saved(step);
    if (!step.beside.empty())
        announceChanged(step.beside);
    if (step.unreadable > 0)
        Q_EMIT stepFailed(tr("Some slices cannot be read; the sphere left them as they were."));
    if (m_document && m_document->stepBytes() > ImageDocument::MaxStepBytes)
        m_reloadWhenIdle = true;
    reloadIfAsked();
    updateEditable();
}

bool AnnotationController::flush(std::chrono::milliseconds timeout)
{
    const auto end = std::chrono::steady_clock::now() + timeout;
    endStroke();
    bool isSettled = m_store.flush(timeout);
    if (isSettled && m_journal.state() == SaveState::Failed) {
        m_journal.retryNow();
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        isSettled = m_store.flush(std::max(left, std::chrono::milliseconds(0)));
    }
    return isSettled && isSaved();
}

} // namespace semigda::ui
