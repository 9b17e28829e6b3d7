// SPDX-License-Identifier: Apache-2.0
#include "learning/SampleCache_p.h"

#include "core/Resample.h"
#include "learning/Random_p.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

namespace semigda::learning
{

namespace
{

/// Class indices are bytes, of which 255 means "not annotated".
constexpr std::size_t MostClasses = 200;

torch::Tensor toIndexMask(const core::LabelMask &mask, const core::LabelSet &classes, int side)
{
    const std::vector<core::LabelValue> pixels = core::resizeNearest(mask, side, side).toPixels();
    std::map<core::LabelValue, std::uint8_t> indexOf{{core::Background, 0}};
    for (std::size_t i = 0; i < classes.size(); ++i) {
        indexOf[classes.classes()[i].value] = static_cast<std::uint8_t>(i + 1);
    }
    torch::Tensor indices = torch::empty({side, side}, torch::kUInt8);
    auto *to = indices.data_ptr<std::uint8_t>();
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        const auto found = indexOf.find(pixels[i]);
        to[i] = found == indexOf.end() ? IgnoredIndex : found->second;
    }
    return indices;
}

} // namespace

torch::Tensor networkBytes(const core::ImageData &image, int side, double stretch)
{
    std::vector<float> planes = core::toNetworkInput(image, side, side);
    if (stretch > 0.0) {
        core::stretchIntensities(planes, stretch);
    }
    torch::Tensor bytes = torch::empty({3, side, side}, torch::kUInt8);
    auto *to = bytes.data_ptr<std::uint8_t>();
    for (std::size_t i = 0; i < planes.size(); ++i) {
        to[i] = static_cast<std::uint8_t>(std::lround((planes[i] + 1.0F) * 127.5F));
    }
    return bytes;
}

SampleCache::SampleCache(std::shared_ptr<core::SampleSource> source, const TrainingConfig &config)
    : m_source(std::move(source))
    , m_config(config)
{}

core::Result<void> SampleCache::takeClasses(const core::LabelSet &classes)
{
    if (m_keptValues.empty()) {
        if (classes.isEmpty()) {
            return core::Error{
                core::ErrorCode::InvalidArgument,
                core::phrase("errors", "The project has no classes; add one and paint it on a few images.")};
        }
        if (classes.size() > MostClasses) {
            return core::Error{
                core::ErrorCode::InvalidArgument,
                core::phrase("errors", "Training handles at most %1 classes; merge some.").with(MostClasses)};
        }
        for (const core::LabelClass &labelClass : classes.classes()) {
            m_keptValues.push_back(labelClass.value);
        }
    }
    std::vector<core::LabelClass> kept;
    for (const core::LabelValue value : m_keptValues) {
        const core::LabelClass *known = classes.find(value);
        core::LabelClass gone;
        gone.value = value;
        kept.push_back(known ? *known : gone);
    }
    for (const core::LabelClass &labelClass : classes.classes()) {
        const bool isKept = std::find(m_keptValues.begin(), m_keptValues.end(), labelClass.value) != m_keptValues.end();
        if (!isKept && m_waitingClasses.insert(labelClass.value).second) {
            m_notice = core::phrase("errors", "The class \"%1\" was added after training began; it joins the next run.")
                           .with(labelClass.name);
        }
    }
    m_classes = core::LabelSet(std::move(kept));
    return {};
}

std::vector<core::SampleItem> SampleCache::chosenItems(std::vector<core::SampleItem> items)
{
    // A fixed order makes the run depend on the data alone, not on how the database lists it.
    std::sort(items.begin(), items.end(), [](const auto &a, const auto &b) { return a.id < b.id; });
    std::vector<core::SampleItem> unlabelled;
    std::erase_if(items, [&](const core::SampleItem &item) {
        if (item.role == core::SampleRole::Unlabelled) {
            unlabelled.push_back(item);
            return true;
        }
        return false;
    });
    const auto limit = static_cast<std::size_t>(m_config.largestUnlabelled);
    if (unlabelled.size() > limit) {
        // Ranked by their own number, so that the choice stays when images join or leave.
        std::sort(unlabelled.begin(), unlabelled.end(), [&](const auto &a, const auto &b) {
            const auto rank = [&](const core::SampleItem &item) {
                return StepRandom(m_config.seed, 100, static_cast<std::uint64_t>(item.id.value)).next();
            };
            return rank(a) < rank(b);
        });
        if (m_isFirst) {
            m_notice = core::phrase("errors", "Training uses %1 of the %2 unlabelled images, drawn at random.")
                           .with(limit, unlabelled.size());
        }
        unlabelled.resize(limit);
        std::sort(unlabelled.begin(), unlabelled.end(), [](const auto &a, const auto &b) { return a.id < b.id; });
    }
    items.insert(items.end(), unlabelled.begin(), unlabelled.end());
    return items;
}

core::Result<void> SampleCache::refresh()
{
    const auto snapshot = m_source->snapshot();
    if (!snapshot) {
        return snapshot.error();
    }
    if (auto taken = takeClasses((*snapshot)->classes); !taken) {
        return taken;
    }
    m_counts = {};
    for (const core::SampleItem &item : (*snapshot)->items) {
        m_counts.labelled += item.role == core::SampleRole::Labelled;
        m_counts.partial += item.role == core::SampleRole::Partial;
        m_counts.unlabelled += item.role == core::SampleRole::Unlabelled;
        m_counts.validation += item.role == core::SampleRole::Validation;
    }
    const std::vector<core::SampleItem> items = chosenItems((*snapshot)->items);

    std::set<core::ImageId> present;
    std::size_t joined = 0;
    m_pending.clear();
    m_nextPending = 0;
    for (const core::SampleItem &item : items) {
        present.insert(item.id);
        const auto failed = m_unreadable.find(item.id);
        if (failed != m_unreadable.end() && failed->second == item.sequence) {
            continue;
        }
        const auto known = m_indexOf.find(item.id);
        const bool isPainted = item.role == core::SampleRole::Labelled || item.role == core::SampleRole::Partial;
        if (known == m_indexOf.end()) {
            m_pending.push_back(item);
            joined += isPainted;
            continue;
        }
        const core::SampleItem &before = m_samples[known->second].item;
        if (before.sequence != item.sequence || before.role != item.role) {
            m_pending.push_back(item);
            joined += isPainted && before.role == core::SampleRole::Unlabelled;
        }
    }
    bool isAnyGone = false;
    for (PreparedSample &sample : m_samples) {
        if (sample.item.id.isValid() && !present.contains(sample.item.id)) {
            // Rejected or moved to the test split meanwhile: it stays in memory but has no role any more.
            sample.item.id = {};
            isAnyGone = true;
        }
    }
    std::erase_if(m_indexOf, [&](const auto &entry) { return !present.contains(entry.first); });
    if (joined > 0 && !m_isFirst) {
        m_notice = joined == 1 ? core::Sentence(core::phrase("errors", "A newly painted image joined the training."))
                               : core::phrase("errors", "%1 newly painted images joined the training.").with(joined);
    }
    m_isFirst = false;
    if (m_pending.empty() || isAnyGone) {
        sortRoles();
    }
    return {};
}

bool SampleCache::prepareNext()
{
    if (!isPreparing()) {
        return false;
    }
    const core::SampleItem item = m_pending[m_nextPending++];
    const auto fail = [&](const core::Error &error) {
        m_unreadable[item.id] = item.sequence;
        m_notice = m_unreadable.size() == 1
                       ? core::phrase("errors", "Training goes on without an image: %1").with(error.message)
                       : core::phrase("errors", "Training goes on without %1 images, the last because: %2")
                             .with(m_unreadable.size(), error.message);
    };
    const auto known = m_indexOf.find(item.id);
    PreparedSample sample;
    bool isUsable = true;
    if (known != m_indexOf.end()) {
        sample = m_samples[known->second];
    } else {
        const auto image = m_source->image(item.id);
        if (image) {
            sample.image = networkBytes(*image, m_config.imageSize, m_config.stretch);
        } else {
            fail(image.error());
            isUsable = false;
        }
    }
    sample.item = item;
    if (isUsable) {
        if (const auto read = readMask(sample); !read) {
            fail(read.error());
            isUsable = false;
        }
    }
    if (isUsable) {
        m_unreadable.erase(item.id);
        if (known != m_indexOf.end()) {
            m_samples[known->second] = sample;
        } else {
            m_indexOf[item.id] = m_samples.size();
            m_samples.push_back(sample);
        }
    }
    if (!isPreparing()) {
        sortRoles();
        return false;
    }
    return true;
}

core::Result<void> SampleCache::readMask(PreparedSample &sample)
{
    sample.mask = torch::Tensor();
    sample.completed = torch::Tensor();
    if (sample.item.role == core::SampleRole::Unlabelled) {
        return {};
    }
    const auto mask = m_source->mask(sample.item.id);
    if (!mask) {
        return mask.error();
    }
    sample.mask = toIndexMask(*mask, m_classes, m_config.imageSize);
    if (sample.item.role != core::SampleRole::Partial || !m_config.completesPartial) {
        return {};
    }
    const auto proposal = m_source->proposal(sample.item.id);
    if (!proposal) {
        m_notice =
            core::phrase("errors", "Training goes on without an earlier proposal: %1").with(proposal.error().message);
    } else if (*proposal) {
        const torch::Tensor proposed = toIndexMask(**proposal, m_classes, m_config.imageSize);
        sample.completed = torch::where(sample.mask == IgnoredIndex, proposed, sample.mask);
    }
    return {};
}

std::vector<std::size_t> SampleCache::completed() const
{
    std::vector<std::size_t> indices;
    std::copy_if(m_partial.begin(), m_partial.end(), std::back_inserter(indices),
                 [&](std::size_t index) { return !m_fold && m_samples[index].completed.defined(); });
    return indices;
}

std::vector<std::size_t> SampleCache::uncompleted() const
{
    std::vector<std::size_t> indices;
    std::copy_if(m_partial.begin(), m_partial.end(), std::back_inserter(indices),
                 [&](std::size_t index) { return m_fold || !m_samples[index].completed.defined(); });
    return indices;
}

core::Sentence SampleCache::takeNotice()
{
    return std::exchange(m_notice, {});
}

void SampleCache::releaseHeldOut()
{
    m_mayHoldOut = false;
    m_fold.reset();
    sortRoles();
}

bool SampleCache::hasFewPainted() const
{
    return groups().images < static_cast<std::size_t>(m_config.foldsBelow);
}

int SampleCache::mostFolds() const
{
    const PaintedGroups painted = groups();
    return painted.hasSplit ? 0 : static_cast<int>(painted.painted.size());
}

void SampleCache::holdOutFold(int fold, int folds)
{
    m_fold = {fold, folds};
    sortRoles();
}

PaintedGroups SampleCache::groups() const
{
    std::vector<core::SampleItem> items;
    for (const PreparedSample &sample : m_samples) {
        if (sample.item.id.isValid()) {
            items.push_back(sample.item);
        }
    }
    return paintedGroups(items);
}

HeldOut SampleCache::toHoldOut() const
{
    if (m_fold) {
        return heldOutFold(groups(), m_config, m_fold->first, m_fold->second);
    }
    return m_mayHoldOut ? heldOutShare(groups(), m_config) : HeldOut();
}

void SampleCache::sortRoles()
{
    ++m_version;
    m_labelled.clear();
    m_partial.clear();
    m_unlabelled.clear();
    m_validation.clear();
    // Whole patients are held out, with their unlabelled images.
    const HeldOut out = toHoldOut();
    m_holdsOut = !out.groups.empty();
    for (std::size_t i = 0; i < m_samples.size(); ++i) {
        const PreparedSample &sample = m_samples[i];
        if (!sample.item.id.isValid()) {
            continue;
        }
        const bool isOut = out.groups.contains(groupOf(sample.item));
        switch (sample.item.role) {
        case core::SampleRole::Labelled:
            (isOut ? m_validation : m_labelled).push_back(i);
            break;
        case core::SampleRole::Partial:
            if (!isOut) {
                m_partial.push_back(i);
            } else if (out.onStrokes) {
                m_validation.push_back(i);
            }
            break;
        case core::SampleRole::Unlabelled:
            if (!isOut) {
                m_unlabelled.push_back(i);
            }
            break;
        case core::SampleRole::Validation:
            m_validation.push_back(i);
            break;
        }
    }
    m_absent = countAbsentClasses(masksInUse(), m_classes.size());
}

MaskRules SampleCache::maskRules() const
{
    MaskRules rules;
    rules.absentShares = m_absent.shares;
    if (!m_config.mayKeepLargest) {
        return rules;
    }
    for (int index = 1; index <= classCount(); ++index) {
        const core::ComponentRule rule = m_classes.classes()[static_cast<std::size_t>(index - 1)].components;
        const bool isFound = rule == core::ComponentRule::Auto && isMostlySingle(index);
        if (isFound || rule == core::ComponentRule::LargestOnly) {
            rules.largestOnly.push_back(index);
        }
        if (isFound && m_config.keepsLikeliest) {
            rules.likeliestOnly.push_back(index);
        }
    }
    return rules;
}

Symmetries SampleCache::symmetries() const
{
    return m_config.symmetries > 0 ? static_cast<Symmetries>(m_config.symmetries) : AllSymmetries;
}

Symmetries SampleCache::findSymmetries() const
{
    if (classCount() < 2) {
        return AllSymmetries;
    }
    std::vector<torch::Tensor> images;
    std::vector<torch::Tensor> masks;
    for (const PreparedSample &sample : m_samples) {
        if (sample.item.id.isValid()) {
            images.push_back(sample.image);
            if (sample.mask.defined()) {
                masks.push_back(sample.mask);
            }
        }
    }
    return commonSymmetries(images) & symmetriesOfClasses(masks, classCount());
}

std::vector<torch::Tensor> SampleCache::masksInUse() const
{
    std::vector<torch::Tensor> masks;
    for (const auto *list : {&m_labelled, &m_validation}) {
        for (const std::size_t i : *list) {
            // Strokes say nothing of how many parts a structure has.
            if (m_samples[i].item.role != core::SampleRole::Partial) {
                masks.push_back(m_samples[i].mask);
            }
        }
    }
    return masks;
}

bool SampleCache::isMostlySingle(int classIndex) const
{
    const ClassPieces pieces = countPieces(masksInUse(), classIndex);
    return pieces.present >= 3 && static_cast<double>(pieces.single) >= 0.9 * static_cast<double>(pieces.present);
}

bool SampleCache::showsSingleStructures() const
{
    const std::vector<torch::Tensor> masks = masksInUse();
    for (int index = 1; index <= classCount(); ++index) {
        const ClassPieces pieces = countPieces(masks, index);
        // Less strict than the rule by which pieces are thrown away: a second lesion now and then does no harm here.
        if (static_cast<double>(pieces.single) < 0.5 * static_cast<double>(pieces.present)) {
            return false;
        }
    }
    return true;
}

} // namespace semigda::learning
