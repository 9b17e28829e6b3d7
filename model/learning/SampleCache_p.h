// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/SampleSource.h"
#include "learning/HeldOut_p.h"
#include "learning/MaskRules_p.h"
#include "learning/MaskStatistics_p.h"
#include "learning/Symmetries_p.h"
#include "learning/TrainingConfig.h"

#include <torch/torch.h>

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace semigda::learning
{

/// The image as a network sees it, [3, side, side] uint8, 0..255 for -1..1; `stretch` as TrainingConfig has it.
torch::Tensor networkBytes(const core::ImageData &image, int side, double stretch = 0.0);

struct PreparedSample
{
    core::SampleItem item;
    torch::Tensor image;     ///< [3, S, S] uint8, 0..255 for -1..1
    torch::Tensor mask;      ///< [S, S] uint8 class indices 0..K, 255 = not annotated; undefined without a mask
    torch::Tensor completed; ///< of a partial image: the mask, what is not annotated as an earlier run proposes it;
                             ///< undefined where none does
};

/// The project's images at network size, in memory as bytes, prepared one by one. Classes get consecutive indices in
/// their display order. Follows the project: refresh() takes in labels that were painted meanwhile.
class SampleCache
{
public:
    SampleCache(std::shared_ptr<core::SampleSource> source, const TrainingConfig &config);

    /// The classes of a resumed run, in the order of their indices. Otherwise those of the first snapshot are kept:
    /// the networks' outputs cannot grow, so a class that is added later waits for the next run.
    void keepClasses(const std::vector<core::LabelValue> &values) { m_keptValues = values; }
    /// Takes a new snapshot; afterwards prepareNext() while isPreparing().
    core::Result<void> refresh();
    bool isPreparing() const { return m_nextPending < m_pending.size(); }
    /// Prepares one more image; false when all are ready. Unreadable images are left out and named in takeNotice().
    bool prepareNext();
    core::Sentence takeNotice();

    struct Counts
    {
        std::size_t labelled = 0;
        std::size_t partial = 0;
        std::size_t unlabelled = 0;
        std::size_t validation = 0;
    };
    /// Of the newest snapshot, before anything is held out.
    const Counts &counts() const { return m_counts; }
    /// True while labelled images are held out for want of a validation split.
    bool holdsOut() const { return m_holdsOut; }
    /// Lets the held-out images train.
    void releaseHeldOut();
    /// True where fewer images are painted than the settings want for holding some out.
    bool hasFewPainted() const;
    /// Parts that cross-validation can have at most: patients with painted images; 0 where there is a validation split.
    int mostFolds() const;
    /// Holds out one part of `folds` in place of whatever was held out; ends with releaseHeldOut().
    void holdOutFold(int fold, int folds);

    const core::LabelSet &classes() const { return m_classes; }
    int classCount() const { return static_cast<int>(m_classes.size()); }
    const std::vector<std::size_t> &labelled() const { return m_labelled; }
    const std::vector<std::size_t> &partial() const { return m_partial; }
    /// Partial images whose masks are completed, and those whose are not. While a fold is held out none count as
    /// completed: what completes them may come from networks that have seen the images held out.
    std::vector<std::size_t> completed() const;
    std::vector<std::size_t> uncompleted() const;
    const std::vector<std::size_t> &unlabelled() const { return m_unlabelled; }
    const std::vector<std::size_t> &validation() const { return m_validation; }
    const PreparedSample &sample(std::size_t index) const { return m_samples[index]; }
    std::size_t size() const { return m_samples.size(); }
    /// Another one whenever images, masks or what they are used for have changed.
    std::uint64_t version() const { return m_version; }
    /// Largest components as the class says or, where it leaves that to the program, as the complete masks show;
    /// shares as if one more image lacked the class and one had it.
    MaskRules maskRules() const;
    /// By which images may be turned: as the settings say; all where they leave it to the images.
    Symmetries symmetries() const;
    /// What the images, those without masks too, and the masks show. All with one class: to a few labelled images of
    /// it (breast ultrasound) turns are worth more than knowing which side is up, see README.md.
    Symmetries findSymmetries() const;
    /// Whether every class comes in one piece, as far as complete masks show; true where there are none.
    bool showsSingleStructures() const;
    /// True when a completely masked image lacks a class.
    bool lacksClasses() const { return m_absent.isAnyLacking; }

private:
    core::Result<void> readMask(PreparedSample &sample);
    void sortRoles();
    /// Of training and validation; without those of partial images.
    std::vector<torch::Tensor> masksInUse() const;
    bool isMostlySingle(int classIndex) const;
    core::Result<void> takeClasses(const core::LabelSet &classes);
    std::vector<core::SampleItem> chosenItems(std::vector<core::SampleItem> items);
    PaintedGroups groups() const;
    HeldOut toHoldOut() const;

    std::shared_ptr<core::SampleSource> m_source;
    const TrainingConfig &m_config;
    core::LabelSet m_classes;
    std::vector<core::LabelValue> m_keptValues;
    std::set<core::LabelValue> m_waitingClasses;
    std::vector<PreparedSample> m_samples;
    std::unordered_map<core::ImageId, std::size_t> m_indexOf;
    std::vector<core::SampleItem> m_pending;
    std::size_t m_nextPending = 0;
    std::vector<std::size_t> m_labelled;
    std::vector<std::size_t> m_partial;
    std::vector<std::size_t> m_unlabelled;
    std::vector<std::size_t> m_validation;
    AbsentClasses m_absent;
    std::uint64_t m_version = 0;
    Counts m_counts;
    bool m_isFirst = true;
    bool m_mayHoldOut = true;
    bool m_holdsOut = false;
    std::optional<std::pair<int, int>> m_fold; ///< held out: which part of how many
    core::Sentence m_notice;
    std::unordered_map<core::ImageId, std::int64_t> m_unreadable; ///< with the annotation's number when it failed
};

} // namespace semigda::learning
