// SPDX-License-Identifier: Apache-2.0
// Plain records that cross the storage boundary. Times are UTC text, "2026-01-31T12:00:00.000Z".
#pragma once

#include "core/DisplayMapping.h"
#include "core/Ids.h"
#include "core/ImageGeometry.h"
#include "core/LabelMask.h"
#include "core/MaskDelta.h"
#include "core/Result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace semigda::core
{

enum class ImageState : std::uint8_t { Unlabelled, Partial, Labelled, Predicted, Accepted, Corrected, Rejected };
enum class Split : std::uint8_t { Train, Validation, Test };
enum class Verdict : std::uint8_t { Accepted, Corrected, Rejected };
enum class RunStatus : std::uint8_t { Running, Paused, Finished, Stopped, Failed, Interrupted };

/// Words used in the database, on the command line and in JSON ("unlabelled", "val", "accepted", ...).
const char *toString(ImageState state);
const char *toString(Split split);
const char *toString(Verdict verdict);
const char *toString(RunStatus status);
std::optional<ImageState> imageStateFrom(const std::string &word);
std::optional<Split> splitFrom(const std::string &word);
std::optional<Verdict> verdictFrom(const std::string &word);
std::optional<RunStatus> runStatusFrom(const std::string &word);

/// A tag as it is stored: without space around it. InvalidArgument when nothing is left, or when it has more than 64
/// characters (bytes of UTF-8) or one that cannot be printed.
Result<std::string> checkedTag(const std::string &text);

/// Where the pixels of an image come from.
struct ImageSource
{
    std::string sha256;           ///< of the whole file, 64 hex digits
    int frame = 0;                ///< slice or frame inside the file, 0 for plain images
    std::filesystem::path origin; ///< the path it was imported from
    bool isLinked = false;        ///< pixels are read from `origin`; otherwise from the project's copy
    std::string format;           ///< "png", "dicom", "nifti", ...
};

struct NewImage
{
    ImageSource source;
    std::string name; ///< shown in lists: file stem, with the slice number for volumes
    int width = 0;
    int height = 0;
    int channels = 1;
    int bitsPerSample = 8;
    int exifOrientation = 1; ///< what was applied at import, 1 = none
    ImageGeometry geometry;
    std::string patientKey; ///< images of one patient share it and never cross splits; empty: the image itself
    std::string studyKey;
    std::string seriesKey; ///< slices of one volume share it; empty: not a slice
    int slicePosition = 0; ///< order within the series
    Split split = Split::Train;
    Thumbnail thumbnail;
};

struct PredictionScores;

/// What a list shows; small, so that 100,000 of them fit in memory.
struct ImageSummary
{
    ImageId id;
    std::string name;
    ImageState state = ImageState::Unlabelled;
    Split split = Split::Train;
    int width = 0;
    int height = 0;
    std::string seriesKey;
    int slicePosition = 0;
    std::optional<float> disagreement;  ///< of the newest prediction, 0..1
    std::optional<float> estimatedDice; ///< of the newest prediction, 0..1
    std::vector<std::string> tags;      ///< in alphabetical order

    /// Of the newest prediction; without its entropy and variance, which lists do not show.
    std::optional<PredictionScores> scores() const;
    /// PredictionScores::doubt() of the newest prediction.
    std::optional<float> doubt() const;
};

struct ImageRecord : NewImage
{
    ImageId id;
    ImageState state = ImageState::Unlabelled;
    std::string importedAt;
};

/// The human mask of an image.
struct Annotation
{
    LabelMask mask;            ///< all NotAnnotated when nothing was painted yet
    bool isComplete = false;   ///< every pixel is decided
    std::int64_t sequence = 0; ///< number of the edit shown last; 0 before the first
};

/// One step of an image's editing history.
struct EditRecord
{
    std::int64_t sequence = 0; ///< 1, 2, ... per image
    std::string reason;        ///< "Brush", "Import", "Accept", ...
    std::string author;
    std::string createdAt;
    MaskDelta delta;
    bool completeBefore = false;
    bool completeAfter = false;
    ImageState stateBefore = ImageState::Unlabelled;
    ImageState stateAfter = ImageState::Unlabelled;
};

/// Names a step of an image's history.
struct StepRef
{
    ImageId image;
    std::int64_t sequence = 0;

    auto operator<=>(const StepRef &) const = default;
};

/// The newest steps, oldest first; those past `cursor` are undone and can be redone.
struct EditHistory
{
    std::vector<EditRecord> edits;
    std::int64_t cursor = 0; ///< sequence of the newest step in force
};

/// What an edit does besides painting.
struct EditIntent
{
    std::string reason;
    std::string author;
    bool isComplete = false;                ///< completeness after the edit
    ImageState state = ImageState::Partial; ///< state after the edit
};

/// An 8-bit map over the image at its own resolution, row-major.
struct UncertaintyMap
{
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> values; ///< 0 sure .. 255 as unsure as can be
};

struct PredictionScores
{
    float disagreement = 0.0F; ///< 1 - Dice between the branches, 0..1
    float entropy = 0.0F;      ///< mean over the image, normalised to 0..1
    std::optional<float> estimatedDice;
    std::optional<float> sampleVariance{}; ///< between predictions from samples of the latent, 0..1; not stored

    /// What orders the review, 0 sure .. 1: 1 - estimated Dice, which ranks true errors better than the disagreement;
    /// without an estimate the disagreement.
    float doubt() const { return estimatedDice ? 1.0F - *estimatedDice : disagreement; }
};

inline std::optional<PredictionScores> ImageSummary::scores() const
{
    return disagreement ? std::optional(PredictionScores{*disagreement, 0.0F, estimatedDice}) : std::nullopt;
}

inline std::optional<float> ImageSummary::doubt() const
{
    const std::optional<PredictionScores> known = scores();
    return known ? std::optional(known->doubt()) : std::nullopt;
}

struct Prediction
{
    PredictionId id;
    ImageId image;
    RunId run;
    LabelMask mask;
    PredictionScores scores;
    UncertaintyMap uncertainty;
    std::string createdAt;
};

struct Review
{
    ImageId image;
    PredictionId prediction;
    Verdict verdict = Verdict::Accepted;
    std::string reviewer;
    std::string createdAt;
};

struct RunRecord
{
    RunId id;
    std::string method;     ///< "semigda" or "supervised"
    std::string configJson; ///< all settings of the run
    RunStatus status = RunStatus::Running;
    std::string message; ///< why it failed or stopped
    std::string startedAt;
    std::string endedAt;
    std::filesystem::path folder; ///< absolute; holds checkpoints and log
};

struct MetricRecord
{
    std::int64_t step = 0;
    std::string name;
    double value = 0.0;
};

struct StateCounts
{
    std::map<ImageState, std::size_t> byState;
    std::map<Split, std::size_t> bySplit;
    std::size_t total = 0;
    std::size_t series = 0;
    std::size_t removed = 0; ///< not among the others
};

struct IntegrityProblem
{
    std::string what; ///< one sentence
    bool isRepaired = false;
};

} // namespace semigda::core
