// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/MaskEdit.h"
#include "core/ports/ProjectStore.h"

#include <QObject>
#include <QUndoStack>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace semigda::core
{
struct BallStroke;
}

namespace semigda::ui
{

/// What a store knows about one image, read at one moment.
struct LoadedImage
{
    core::ImageSummary summary;
    std::shared_ptr<const core::ImageData> pixels;
    core::ValueWindow contrast; ///< to start from
    core::Annotation annotation;
    core::EditHistory history;
    std::shared_ptr<const core::Prediction> prediction; ///< the newest; null: none
};

/// One change of an image's human mask, on its way to the store.
struct DocumentStep
{
    enum class Kind { Append, Undo, Redo };

    Kind kind = Kind::Append;
    core::ImageId image;
    std::shared_ptr<const core::MaskDelta> delta;   ///< never null, may be empty for undo and redo
    core::LabelMask painted;                        ///< the mask after the step
    bool isComplete = false;                        ///< completeness after the step
    std::string reason;                             ///< "Brush", "Polygon", ...
    std::string seriesKey;                          ///< of the image; empty: not a slice
    std::shared_ptr<const core::BallStroke> beside; ///< what it does on other slices of the volume; null: nothing

    /// Other slices may change with it.
    bool mayGoBeside() const { return !seriesKey.empty() && (kind != Kind::Append || beside != nullptr); }
};

/// The reason of a step, as it is written to the history, in the user's language.
QString reasonWord(const std::string &reason);

/// The image on the canvas: pixels, the human mask with its undo steps, the newest prediction. The mask is edited here,
/// on the gui thread; steps go to the store through stepMade. Made by AnnotationController.
class ImageDocument : public QObject
{
    Q_OBJECT

public:
    /// How many steps can be undone, and how much memory they may take before old ones are left to the store.
    static constexpr int MaxSteps = 1000;
    static constexpr std::size_t MaxStepBytes = 128U << 20;

    explicit ImageDocument(LoadedImage loaded, QObject *parent = nullptr);
    ~ImageDocument() override;

    core::ImageId id() const { return m_summary.id; }
    const core::ImageSummary &summary() const { return m_summary; }
    bool isSlice() const { return !m_summary.seriesKey.empty(); }
    const core::ImageData &pixels() const { return *m_pixels; }
    /// For other threads, which may outlive the document.
    const std::shared_ptr<const core::ImageData> &sharedPixels() const { return m_pixels; }
    const core::ValueWindow &contrast() const { return m_contrast; }
    const core::LabelMask &mask() const { return m_mask; }
    bool isComplete() const { return m_isComplete; }
    std::shared_ptr<const core::Prediction> prediction() const { return m_prediction; }
    QUndoStack &undoStack() { return m_undo; }
    const QUndoStack &undoStack() const { return m_undo; }
    std::size_t stepBytes() const { return *m_stepBytes; }

    /// Tools write between beginEdit and commitEdit or revertEdit; false: not now (read-only, busy, or one is open).
    /// `reason` is written to the history ("Brush").
    bool beginEdit(core::OverpaintRule rule, std::string reason);
    bool isEditing() const { return m_edit != nullptr; }
    /// Of the edit that was begun last; tells whether one is still the same.
    std::uint64_t editNumber() const { return m_editNumber; }
    bool canEdit() const { return m_isEditable; }
    void setEditable(bool isEditable);
    void paint(const std::vector<core::MaskEdit::RowSpan> &spans, core::LabelValue value);
    /// In place of paint: what was worked out from a copy of the mask as it was when the edit began; can be followed by
    /// another.
    void replaceEdit(std::shared_ptr<const core::MaskChange> change);
    /// What the open edit does on other slices of the volume once it is committed, as it is then.
    void extendEdit(std::shared_ptr<const core::BallStroke> beside);
    /// One undo step and one stepMade, unless nothing changed; tells whether something did. As paint, replaceEdit and
    /// revertEdit, without effect when no edit is open.
    bool commitEdit();
    void revertEdit();

    /// A step that is in the store already (verdict, completion): applies it and makes it undoable.
    void adopt(const core::EditRecord &record);
    /// Takes mask and history anew; not while editing.
    void replaceAnnotation(const core::Annotation &annotation, const core::EditHistory &history);
    void setState(core::ImageState state);
    void setSummary(const core::ImageSummary &summary);
    void setPrediction(std::shared_ptr<const core::Prediction> prediction);

Q_SIGNALS:
    /// Pixels of the mask changed and must be drawn again; also while a stroke goes on.
    void repainted(const semigda::core::PixelRect &rect);
    /// Once per operation of the user: stroke, undo, redo, verdict.
    void edited(const semigda::core::PixelRect &rect);
    void stepMade(const semigda::ui::DocumentStep &step);
    /// After commitEdit and revertEdit, whether anything changed or not.
    void editEnded();
    void predictionChanged();
    void summaryChanged();
    void editableChanged(bool isEditable);

private:
    friend class PaintMaskCommand;

    void pushCommand(std::shared_ptr<const core::MaskDelta> delta, const std::string &reason, bool completeBefore,
                     bool completeAfter);
    /// From the commands: moves the mask by one step and asks for the same in the store.
    void moveBack(const std::shared_ptr<const core::MaskDelta> &delta, bool isComplete);
    void moveForth(const std::shared_ptr<const core::MaskDelta> &delta, bool isComplete);
    void announce(DocumentStep::Kind kind, std::shared_ptr<const core::MaskDelta> delta, const std::string &reason,
                  std::shared_ptr<const core::BallStroke> beside = nullptr);
    void showEdited();
    void rebuildHistory(const core::EditHistory &history);

    core::ImageSummary m_summary;
    std::shared_ptr<const core::ImageData> m_pixels;
    core::ValueWindow m_contrast;
    core::LabelMask m_mask;
    bool m_isComplete = false;
    bool m_isEditable = true;
    bool m_isRebuilding = false;
    std::shared_ptr<const core::Prediction> m_prediction;
    std::shared_ptr<std::size_t> m_stepBytes; ///< the commands keep count
    QUndoStack m_undo;
    std::unique_ptr<core::MaskEdit> m_edit;
    std::string m_editReason;
    std::shared_ptr<const core::BallStroke> m_beside; ///< of the open edit
    std::uint64_t m_editNumber = 0;
    core::PixelRect m_editedArea; ///< of the open edit
};

} // namespace semigda::ui
