// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/ImageDocument.h"

#include "core/workflow/VolumeStroke.h"
#include "ui/canvas/PaintMaskCommand.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace semigda::ui
{

QString reasonWord(const std::string &reason)
{
    static const std::pair<const char *, const char *> Words[] = {
        {"Brush", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "brush stroke")},
        {"Adaptive brush", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "adaptive brush stroke")},
        {"Sphere brush", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "sphere brush stroke")},
        {"Superpixel brush", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "superpixel brush stroke")},
        {"Eraser", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "eraser stroke")},
        {"Polygon", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "polygon")},
        {"Lasso", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "lasso")},
        {"Rectangle", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "rectangle")},
        {"Ellipse", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "ellipse")},
        {"Fill", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "fill")},
        {"Wand", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "magic wand")},
        {"Fill holes", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "fill holes")},
        {"Keep largest", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "keep the largest piece")},
        {"Remove small", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "remove small pieces")},
        {"Smooth", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "smooth")},
        {"Grow", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "grow")},
        {"Shrink", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "shrink")},
        {"Grow from seeds", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "growing from seeds")},
        {"Copy slice", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "copy of another slice")},
        {"Interpolate", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "filling between slices")},
        {"Complete", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "done with this image")},
        {"Accept", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "accept")},
        {"Correct", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "correct")},
        {"Reject", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "reject")},
        {"Import", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "imported mask")},
        {"Merge classes", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "merged classes")},
        {"Restore", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "back to an earlier state")},
        {"Step back", QT_TRANSLATE_NOOP("semigda::ui::ImageDocument", "undone steps, kept")},
    };
    for (const auto &[key, word] : Words) {
        if (reason == key)
            return QCoreApplication::translate("semigda::ui::ImageDocument", word);
    }
    return QString::fromStdString(reason);
}

namespace
{

bool unpaints(const core::MaskDelta &delta)
{
    return std::any_of(delta.spans().begin(), delta.spans().end(),
                       [](const core::MaskDelta::Span &span) { return span.after == core::NotAnnotated; });
}

} // namespace

ImageDocument::ImageDocument(LoadedImage loaded, QObject *parent)
    : QObject(parent)
    , m_summary(std::move(loaded.summary))
    , m_pixels(std::move(loaded.pixels))
    , m_contrast(loaded.contrast)
    , m_mask(std::move(loaded.annotation.mask))
    , m_isComplete(loaded.annotation.isComplete)
    , m_prediction(std::move(loaded.prediction))
    , m_stepBytes(std::make_shared<std::size_t>(0))
{
    m_undo.setUndoLimit(MaxSteps);
    rebuildHistory(loaded.history);
}

ImageDocument::~ImageDocument() = default;

void ImageDocument::rebuildHistory(const core::EditHistory &history)
{
    m_isRebuilding = true;
    m_undo.clear();
    int inForce = 0;
    for (const core::EditRecord &edit : history.edits) {
        pushCommand(std::make_shared<const core::MaskDelta>(edit.delta), edit.reason, edit.completeBefore,
                    edit.completeAfter);
        inForce += edit.sequence <= history.cursor ? 1 : 0;
    }
    m_undo.setIndex(inForce);
    m_isRebuilding = false;
}

void ImageDocument::pushCommand(std::shared_ptr<const core::MaskDelta> delta, const std::string &reason,
                                bool completeBefore, bool completeAfter)
{
    auto command =
        std::make_unique<PaintMaskCommand>(*this, std::move(delta), completeBefore, completeAfter, m_stepBytes);
    command->setText(reasonWord(reason));
    m_undo.push(command.release());
}

bool ImageDocument::beginEdit(core::OverpaintRule rule, std::string reason)
{
    if (!m_isEditable || m_edit)
        return false;
    m_edit = std::make_unique<core::MaskEdit>(m_mask, std::move(rule));
    m_editReason = std::move(reason);
    m_beside.reset();
    ++m_editNumber;
    m_editedArea = {};
    return true;
}

void ImageDocument::extendEdit(std::shared_ptr<const core::BallStroke> beside)
{
    if (m_edit)
        m_beside = std::move(beside);
}

void ImageDocument::setEditable(bool isEditable)
{
    if (m_isEditable == isEditable)
        return;
    m_isEditable = isEditable;
    Q_EMIT editableChanged(isEditable);
}

void ImageDocument::paint(const std::vector<core::MaskEdit::RowSpan> &spans, core::LabelValue value)
{
    if (!m_edit)
        return;
    m_edit->paint(spans, value);
    showEdited();
}

void ImageDocument::replaceEdit(std::shared_ptr<const core::MaskChange> change)
{
    if (!m_edit)
        return;
    m_edit->replace(std::move(change));
    showEdited();
}

void ImageDocument::showEdited()
{
    const core::PixelRect dirty = m_edit->takeDirty();
    if (dirty.isEmpty())
        return;
    m_editedArea = m_editedArea.united(dirty);
    Q_EMIT repainted(dirty);
}

bool ImageDocument::commitEdit()
{
    if (!m_edit)
        return false;
    const auto delta = std::make_shared<const core::MaskDelta>(m_edit->commit());
    m_edit.reset();
    // What the tool goes on with must not reach other threads.
    const std::shared_ptr<const core::BallStroke> beside =
        m_beside ? std::make_shared<const core::BallStroke>(*m_beside) : nullptr;
    m_beside.reset();
    // A ball may change other slices alone.
    if (delta->isEmpty() && !beside) {
        Q_EMIT editEnded();
        return false;
    }
    const bool wasComplete = m_isComplete;
    m_isComplete = wasComplete && !unpaints(*delta);
    // Announced before the command is on the stack: whoever hears of a new undo step finds it on its way to the store.
    announce(DocumentStep::Kind::Append, delta, m_editReason, beside);
    pushCommand(delta, m_editReason, wasComplete, m_isComplete);
    Q_EMIT edited(delta->bounds());
    Q_EMIT editEnded();
    return true;
}

void ImageDocument::revertEdit()
{
    if (!m_edit)
        return;
    m_edit->revert();
    m_edit.reset();
    if (!m_editedArea.isEmpty())
        Q_EMIT repainted(m_editedArea);
    Q_EMIT editEnded();
}

void ImageDocument::announce(DocumentStep::Kind kind, std::shared_ptr<const core::MaskDelta> delta,
                             const std::string &reason, std::shared_ptr<const core::BallStroke> beside)
{
    DocumentStep step;
    step.kind = kind;
    step.image = id();
    step.delta = std::move(delta);
    step.painted = m_mask;
    step.isComplete = m_isComplete;
    step.reason = reason;
    step.seriesKey = m_summary.seriesKey;
    step.beside = std::move(beside);
    Q_EMIT stepMade(step);
}

void ImageDocument::moveBack(const std::shared_ptr<const core::MaskDelta> &delta, bool isComplete)
{
    if (m_isRebuilding)
        return;
    delta->revert(m_mask);
    m_isComplete = isComplete;
    announce(DocumentStep::Kind::Undo, delta, {});
    Q_EMIT repainted(delta->bounds());
    Q_EMIT edited(delta->bounds());
}

void ImageDocument::moveForth(const std::shared_ptr<const core::MaskDelta> &delta, bool isComplete)
{
    if (m_isRebuilding)
        return;
    delta->apply(m_mask);
    m_isComplete = isComplete;
    announce(DocumentStep::Kind::Redo, delta, {});
    Q_EMIT repainted(delta->bounds());
    Q_EMIT edited(delta->bounds());
}

void ImageDocument::adopt(const core::EditRecord &record)
{
    Q_ASSERT(!m_edit);
    const auto delta = std::make_shared<const core::MaskDelta>(record.delta);
    delta->apply(m_mask);
    m_isComplete = record.completeAfter;
    m_summary.state = record.stateAfter;
    pushCommand(delta, record.reason, record.completeBefore, record.completeAfter);
    if (!delta->isEmpty())
        Q_EMIT repainted(delta->bounds());
    Q_EMIT edited(delta->bounds());
    Q_EMIT summaryChanged();
}

void ImageDocument::replaceAnnotation(const core::Annotation &annotation, const core::EditHistory &history)
{
    Q_ASSERT(!m_edit);
    const core::PixelRect changed = core::MaskDelta::between(m_mask, annotation.mask).bounds();
    m_mask = annotation.mask;
    m_isComplete = annotation.isComplete;
    rebuildHistory(history);
    Q_EMIT repainted(changed);
    Q_EMIT edited(changed);
}

void ImageDocument::setState(core::ImageState state)
{
    if (std::exchange(m_summary.state, state) != state)
        Q_EMIT summaryChanged();
}

void ImageDocument::setSummary(const core::ImageSummary &summary)
{
    m_summary = summary;
    Q_EMIT summaryChanged();
}

void ImageDocument::setPrediction(std::shared_ptr<const core::Prediction> prediction)
{
    m_prediction = std::move(prediction);
    Q_EMIT predictionChanged();
}

} // namespace semigda::ui
