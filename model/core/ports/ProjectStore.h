// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "core/ports/ProjectRecords.h"

#include <functional>
#include <memory>
#include <span>
#include <stop_token>

namespace semigda::core
{

/// Removed images (setRemoved) are in no list(), series() or counts(), and find() does not know them.
class ImageCatalog
{
public:
    virtual ~ImageCatalog() = default;
    /// AlreadyExists when the same file content and frame is there already; one that was removed comes back.
    virtual Result<ImageId> add(const NewImage &image) = 0;
    virtual Result<std::optional<ImageId>> find(const std::string &sha256, int frame) = 0;
    /// In order of import.
    virtual Result<std::vector<ImageSummary>> list() = 0;
    virtual Result<ImageSummary> summary(ImageId id) = 0;
    virtual Result<ImageRecord> record(ImageId id) = 0;
    /// Ids of a series in slice order.
    virtual Result<std::vector<ImageId>> series(const std::string &seriesKey) = 0;
    /// Moves whole patients: all images that share a patient key with one of `ids` go along.
    virtual Result<void> setSplit(std::span<const ImageId> ids, Split split) = 0;
    /// Gives or takes a tag and returns the images that changed. Letters of either case are the same tag, spelled as it
    /// was first. InvalidArgument as checkedTag() has it.
    virtual Result<std::vector<ImageId>> setTag(std::span<const ImageId> ids, const std::string &tag, bool isSet) = 0;
    /// Takes images out of the project or brings them back, with their masks, history and all else, and returns those
    /// that changed.
    virtual Result<std::vector<ImageId>> setRemoved(std::span<const ImageId> ids, bool isRemoved) = 0;
    /// Those that are removed, the last one first.
    virtual Result<std::vector<ImageSummary>> removed() = 0;
    /// Deletes removed images for good: masks, history, proposals, verdicts and the project's copies of their files;
    /// the others among `ids` stay. Returns how many went. Nothing may import meanwhile, and no transaction be open.
    /// Backups keep what they had, models what they have learned. Io when a copy could not be deleted: all else is.
    virtual Result<std::size_t> erase(std::span<const ImageId> ids) = 0;
    virtual Result<Thumbnail> thumbnail(ImageId id) = 0;
    /// Pixels in native depth, orientation applied. Reads a file: never on the interface thread.
    virtual Result<ImageData> pixels(ImageId id) = 0;
    /// A large image as makeOverview() has it, read in a moment whatever its file is like, to be shown until its
    /// pixels are there; nothing if none is kept. For a linked image, of the file as it was.
    virtual Result<std::optional<ImageData>> overview(ImageId id) = 0;
    /// Keeps what pixels() returned in a form that is read sooner, if that is worth its place on the disk; true if it
    /// is kept. May take as long as pixels(), until `stop` asks to leave it: for when nobody waits.
    virtual Result<bool> keepPixels(ImageId id, const ImageData &pixels, const std::stop_token &stop = {}) = 0;
    virtual Result<StateCounts> counts() = 0;
};

/// Human masks with their history. An edit is in the database when append returns.
class AnnotationStore
{
public:
    virtual ~AnnotationStore() = default;
    virtual Result<Annotation> load(ImageId id) = 0;
    /// The sequence of the newest edit in force, 0 before the first; cheap.
    virtual Result<std::int64_t> sequence(ImageId id) = 0;
    /// Appends one step and drops undone ones. `delta` may be empty (completeness or state only).
    /// Sets the image's state as the intent says. GeometryMismatch when sizes differ.
    virtual Result<std::int64_t> append(ImageId id, const MaskDelta &delta, const EditIntent &intent) = 0;
    /// Moves back or forth by one step, restores mask, completeness and state, returns the step;
    /// nullopt when there is none.
    virtual Result<std::optional<EditRecord>> undo(ImageId id) = 0;
    virtual Result<std::optional<EditRecord>> redo(ImageId id) = 0;
    /// Steps of other images that are to be undone and redone with a step. NotFound when one of them is in no history.
    virtual Result<void> linkSteps(const StepRef &step, std::span<const StepRef> others) = 0;
    /// In the order of their images; those that are in a history still.
    virtual Result<std::vector<StepRef>> linkedSteps(const StepRef &step) = 0;
    /// The newest `limit` steps whose deltas fit in `byteBudget`.
    virtual Result<EditHistory> history(ImageId id, std::size_t limit = 500, std::size_t byteBudget = 64U << 20) = 0;
};

struct PredictionSummary
{
    PredictionId id;
    ImageId image;
    RunId run;
    PredictionScores scores;
    std::optional<Verdict> verdict; ///< of the newest review of this prediction
};

class PredictionStore
{
public:
    virtual ~PredictionStore() = default;
    /// Replaces an earlier prediction of the same run for that image unless it was reviewed. The image becomes
    /// Predicted when it was Unlabelled, Predicted or Partial without paint; human states stay.
    virtual Result<PredictionId> save(const Prediction &prediction) = 0;
    /// The newest prediction of an image.
    virtual Result<std::optional<Prediction>> newest(ImageId id) = 0;
    virtual Result<Prediction> load(PredictionId id) = 0;
    /// The newest prediction of each image, most doubtful first.
    virtual Result<std::vector<PredictionSummary>> list() = 0;
    virtual Result<void> recordReview(const Review &review) = 0;
    virtual Result<std::vector<Review>> reviews(ImageId id) = 0;
};

class RunStore
{
public:
    virtual ~RunStore() = default;
    /// Also makes the run's folder.
    virtual Result<RunRecord> create(const std::string &method, const std::string &configJson) = 0;
    virtual Result<void> setStatus(RunId id, RunStatus status, const std::string &message = {}) = 0;
    virtual Result<RunRecord> record(RunId id) = 0;
    /// Newest first.
    virtual Result<std::vector<RunRecord>> list() = 0;
    virtual Result<void> addMetrics(RunId id, std::span<const MetricRecord> metrics) = 0;
    virtual Result<std::vector<MetricRecord>> metrics(RunId id) = 0;
};

enum class PlaceKind : std::uint8_t {
    Local,        ///< a disk of this computer
    NetworkShare, ///< locks do not hold between computers
    SyncedFolder  ///< another program copies what is in it while it is written
};

/// Where a project is, as far as that may damage it.
struct ProjectPlace
{
    PlaceKind kind = PlaceKind::Local;
    std::string name; ///< of the kind of share ("NFS") or of the program ("Dropbox"); empty when local

    bool operator==(const ProjectPlace &) const = default;
};

struct ProjectInfo
{
    std::filesystem::path folder; ///< absolute
    std::string name;             ///< folder name without ".semigda"
    bool isReadOnly = false;
    Sentence readOnlyReason; ///< empty: may be written
    ProjectPlace place;
};

/// One connection to a project. Use from one thread at a time; open another store for another thread.
/// No method throws; every failure is an Error with one sentence.
class ProjectStore
{
public:
    virtual ~ProjectStore() = default;
    virtual ProjectInfo info() const = 0;
    virtual ImageCatalog &images() = 0;
    virtual AnnotationStore &annotations() = 0;
    virtual PredictionStore &predictions() = 0;
    virtual RunStore &runs() = 0;

    virtual Result<LabelSet> classes() = 0;
    virtual Result<void> saveClasses(const LabelSet &classes) = 0;
    virtual Result<std::optional<std::string>> setting(const std::string &key) = 0;
    virtual Result<void> saveSetting(const std::string &key, const std::string &value) = 0;
    virtual Result<void> audit(const std::string &action, const std::string &detail) = 0;

    /// Runs `work` in one transaction: all of it is kept, or nothing when it fails. May be nested.
    virtual Result<void> inTransaction(const std::function<Result<void>()> &work) = 0;
    /// Integrity of database, masks (checksum, size, values) and files (presence, hash). With `repair`:
    /// quarantines what is broken and restores what can be recomputed.
    virtual Result<std::vector<IntegrityProblem>> check(bool repair,
                                                        const std::function<void(double)> &progress = {}) = 0;
    virtual Result<void> backup() = 0;
};

} // namespace semigda::core
