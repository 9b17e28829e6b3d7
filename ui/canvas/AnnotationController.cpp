// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/AnnotationController.h"

#include "core/workflow/Labelling.h"
#include "ui/work/StoreWorker.h"

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

core::Result<LoadedImage> loadImage(core::ProjectStore &store, core::ImageId id)
{
    core::Result<LoadedAnnotation> annotation = loadAnnotation(store, id);
    if (!annotation)
        return annotation.error();
    core::Result<core::ImageData> pixels = store.images().pixels(id);
    if (!pixels)
        return pixels.error();
    if (pixels->isEmpty() || annotation->annotation.mask.width() != pixels->width
        || annotation->annotation.mask.height() != pixels->height)
        return core::Error{core::ErrorCode::GeometryMismatch,
                           "The file of image " + annotation->summary.name
                               + " has another size than its mask; put the original file back or import it again."};
    LoadedImage loaded;
    loaded.summary = std::move(annotation->summary);
    loaded.annotation = std::move(annotation->annotation);
    loaded.history = std::move(annotation->history);
    loaded.contrast = core::defaultWindow(*pixels);
    loaded.pixels = std::make_shared<const core::ImageData>(std::move(*pixels));
    core::Result<std::optional<core::Prediction>> prediction = store.predictions().newest(id);
    if (!prediction)
        return prediction.error();
    if (prediction->has_value())
        loaded.prediction = std::make_shared<const core::Prediction>(std::move(**prediction));
    return loaded;
}

} // namespace

AnnotationController::AnnotationController(StoreWorker &store, std::string author, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_author(author)
    , m_journal(store, std::move(author))
{
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
    endStroke();
}

void AnnotationController::open(core::ImageId id)
{
    if (id == m_wanted && (m_isLoading || (m_document && m_document->id() == id)))
        return;
    endStroke();
    m_wanted = id;
    const std::uint64_t request = ++m_request;
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
    updateEditable();
    m_store.submit(
        this, [id](core::ProjectStore &store) { return loadImage(store, id); },
        [this, id, request](core::Result<LoadedImage> loaded) {
            if (request == m_request)
                adoptLoaded(id, std::move(loaded));
        });
}

void AnnotationController::adoptLoaded(core::ImageId id, core::Result<LoadedImage> loaded)
{
    m_isLoading = false;
    if (!loaded) {
        m_wanted = {};
        show(nullptr);
        Q_EMIT openFailed(id, QString::fromStdString(loaded.error().message));
        return;
    }
    show(std::make_shared<ImageDocument>(std::move(*loaded)));
}

void AnnotationController::close()
{
    endStroke();
    ++m_request;
    m_wanted = {};
    m_isLoading = false;
    show(nullptr);
}

void AnnotationController::show(std::shared_ptr<ImageDocument> document)
{
    // The old document lives until everybody has let go of it.
    const std::shared_ptr<ImageDocument> old = std::exchange(m_document, std::move(document));
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
    Q_EMIT documentChanged(m_document.get());
    Q_EMIT undoChanged();
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
    m_document->setEditable(!m_isReadOnly && m_runningSteps == 0 && !m_isReloading && m_document->id() == m_wanted);
    if (wasEditable != m_document->canEdit())
        Q_EMIT undoChanged();
}

void AnnotationController::endStroke()
{
    if (m_document && m_document->isEditing())
        m_document->commitEdit("Brush");
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

void AnnotationController::runStep(Step step)
{
    if (!m_document || m_isReadOnly || m_document->id() != m_wanted)
        return;
    endStroke();
    ++m_runningSteps;
    updateEditable();
    m_store.submit(
        this,
        [run = std::move(step), id = m_document->id(), gate = m_journal.gate(),
         before = m_journal.lastTicket()](core::ProjectStore &store) -> core::Result<core::EditRecord> {
            // A step that overtook a stroke would be undone in the wrong order.
            if (gate->load() <= before)
                return core::Error{core::ErrorCode::Io, "What you painted before is not saved yet; free some space or "
                                                        "check the disk, then try again."};
            return run(store, id);
        },
        [this, id = m_document->id(),
         document = std::weak_ptr(m_document)](const core::Result<core::EditRecord> &record) {
            --m_runningSteps;
            if (record) {
                if (const std::shared_ptr<ImageDocument> target = document.lock())
                    target->adopt(*record);
                Q_EMIT saved({DocumentStep::Kind::Append, id, record->sequence, record->stateAfter});
            } else {
                Q_EMIT stepFailed(QString::fromStdString(record.error().message));
            }
            updateEditable();
            reloadIfAsked();
        });
}

void AnnotationController::markComplete()
{
    runStep([author = m_author](core::ProjectStore &store, core::ImageId id) {
        return core::markComplete(store, id, author);
    });
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
                Q_EMIT stepFailed(QString::fromStdString(loaded.error().message));
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
                Q_EMIT stepFailed(QString::fromStdString(newest.error().message));
            else if (target)
                target->setPrediction(
                    newest->has_value() ? std::make_shared<const core::Prediction>(std::move(**newest)) : nullptr);
        });
}

void AnnotationController::onSaved(const SavedStep &step)
{
    if (const auto kept = m_unsaved.find(step.image); kept != m_unsaved.end() && !m_journal.hasUnsaved(step.image)) {
        kept->second->setState(step.state);
        m_unsaved.erase(kept);
    }
    if (m_document && m_document->id() == step.image)
        m_document->setState(step.state);
    Q_EMIT saved(step);
    if (m_document && m_document->stepBytes() > ImageDocument::MaxStepBytes)
        m_reloadWhenIdle = true;
    reloadIfAsked();
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
