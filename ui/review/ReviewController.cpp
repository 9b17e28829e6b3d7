// SPDX-License-Identifier: Apache-2.0
#include "ui/review/ReviewController.h"

#include "ui/language/Sentences.h"
#include "ui/work/StoreWorker.h"

#include <algorithm>

namespace semigda::ui
{

namespace
{

/// Painted pixels over the proposal, and whether they change it.
struct Merged
{
    core::LabelMask mask;
    bool isChanged = false;
};

Merged merge(const core::LabelMask &painted, const core::LabelMask &proposed)
{
    Merged merged{proposed, false};
    const auto width = static_cast<std::size_t>(proposed.width());
    std::vector<core::LabelValue> human(width);
    std::vector<core::LabelValue> result(width);
    for (int y = 0; y < proposed.height(); ++y) {
        painted.readRow(0, y, painted.width(), human.data());
        proposed.readRow(0, y, proposed.width(), result.data());
        bool isRowChanged = false;
        for (std::size_t x = 0; x < width; ++x) {
            if (human[x] == core::NotAnnotated || human[x] == result[x])
                continue;
            result[x] = human[x];
            isRowChanged = true;
        }
        if (isRowChanged) {
            merged.mask.writeRow(0, y, proposed.width(), result.data());
            merged.isChanged = true;
        }
    }
    return merged;
}

core::Verdict verdictOf(core::ImageState state)
{
    if (state == core::ImageState::Rejected)
        return core::Verdict::Rejected;
    return state == core::ImageState::Corrected ? core::Verdict::Corrected : core::Verdict::Accepted;
}

} // namespace

core::Result<core::EditRecord> acceptOrCorrect(core::ProjectStore &store, core::ImageId id, const std::string &reviewer)
{
    const core::Result<core::Annotation> annotation = store.annotations().load(id);
    if (!annotation)
        return annotation.error();
    const core::Result<std::optional<core::Prediction>> prediction = store.predictions().newest(id);
    if (!prediction)
        return prediction.error();
    if (!prediction->has_value())
        return core::Error{core::ErrorCode::NotFound,
                           core::phrase("errors", "This image has no proposal yet; train first.")};
    const core::LabelMask &proposed = (*prediction)->mask;
    const bool hasSameSize =
        proposed.width() == annotation->mask.width() && proposed.height() == annotation->mask.height();
    if (hasSameSize) {
        const Merged merged = merge(annotation->mask, proposed);
        if (merged.isChanged)
            return core::correctPrediction(store, id, merged.mask, reviewer);
    }
    return core::acceptPrediction(store, id, reviewer);
}

ReviewController::ReviewController(QObject *parent)
    : QObject(parent)
{}

void ReviewController::setStore(StoreWorker *writer)
{
    m_store = writer;
    m_queue.clear();
    m_deferred.clear();
    m_verdicts.clear();
    m_current = {};
    m_isActive = false;
    m_isBusy = false;
    Q_EMIT waitingChanged(0);
}

void ReviewController::refresh()
{
    if (m_store == nullptr)
        return;
    m_store->submit(
        this, [](core::ProjectStore &store) { return core::reviewQueue(store); },
        [this](core::Result<std::vector<core::PredictionSummary>> queue) {
            if (!queue) {
                Q_EMIT failed(sentenceText(queue.error().message));
                return;
            }
            const bool wasIdle = m_isActive && !m_current.isValid();
            m_queue = std::move(*queue);
            // What was put off comes after the rest, in its order.
            std::stable_partition(m_queue.begin(), m_queue.end(), [this](const core::PredictionSummary &entry) {
                return !m_deferred.contains(entry.image);
            });
            Q_EMIT waitingChanged(m_queue.size());
            if (wasIdle && !m_queue.empty())
                goToNext();
            else if (m_isActive)
                announce();
        });
}

void ReviewController::start()
{
    m_isActive = true;
    m_deferred.clear();
    m_current = {};
    // Without a queue at hand the wait for one is filled with what is true so far: nothing waits.
    if (m_queue.empty())
        announce();
    refresh();
}

void ReviewController::end()
{
    m_isActive = false;
    m_current = {};
}

std::vector<core::PredictionSummary>::const_iterator ReviewController::nextCase() const
{
    return std::find_if(m_queue.begin(), m_queue.end(), [this](const core::PredictionSummary &entry) {
        return entry.image != m_current || m_queue.size() == 1;
    });
}

core::ImageId ReviewController::next() const
{
    const auto found = nextCase();
    return found != m_queue.end() ? found->image : core::ImageId();
}

void ReviewController::goToNext()
{
    m_isActive = true;
    const auto found = nextCase();
    m_current = found != m_queue.end() ? found->image : core::ImageId();
    if (found != m_queue.end())
        m_currentScores = found->scores;
    announce();
}

void ReviewController::goTo(core::ImageId id)
{
    const auto entry = std::find_if(m_queue.begin(), m_queue.end(),
                                    [id](const core::PredictionSummary &waiting) { return waiting.image == id; });
    if (entry == m_queue.end())
        return;
    m_current = id;
    m_currentScores = entry->scores;
    announce();
}

void ReviewController::accept()
{
    decide(true);
}

void ReviewController::reject()
{
    decide(false);
}

void ReviewController::decide(bool isAccepted)
{
    if (m_store == nullptr || !m_current.isValid() || m_isBusy)
        return;
    m_isBusy = true;
    const core::ImageId id = m_current;
    m_store->submit(
        this,
        [id, isAccepted, reviewer = m_reviewer](core::ProjectStore &store) {
            return isAccepted ? acceptOrCorrect(store, id, reviewer) : core::rejectPrediction(store, id, reviewer);
        },
        [this, id](core::Result<core::EditRecord> step) {
            m_isBusy = false;
            if (!step) {
                Q_EMIT failed(sentenceText(step.error().message));
                return;
            }
            m_verdicts.push_back({id, step->sequence});
            leave(id);
            Q_EMIT verdictGiven(id, verdictOf(step->stateAfter));
            if (m_isActive)
                goToNext();
        });
}

void ReviewController::defer()
{
    if (!m_current.isValid())
        return;
    const auto place = std::find_if(m_queue.begin(), m_queue.end(),
                                    [this](const core::PredictionSummary &entry) { return entry.image == m_current; });
    m_deferred.insert(m_current);
    if (place != m_queue.end())
        std::rotate(place, place + 1, m_queue.end());
    goToNext();
}

void ReviewController::undoLastVerdict()
{
    if (m_store == nullptr || m_verdicts.empty() || m_isBusy)
        return;
    m_isBusy = true;
    const GivenVerdict given = m_verdicts.back();
    m_verdicts.pop_back();
    m_store->submit(
        this,
        [given](core::ProjectStore &store) -> core::Result<std::optional<core::EditRecord>> {
            const core::Result<std::int64_t> sequence = store.annotations().sequence(given.image);
            if (!sequence)
                return sequence.error();
            if (*sequence != given.sequence)
                return std::optional<core::EditRecord>();
            return store.annotations().undo(given.image);
        },
        [this, id = given.image](core::Result<std::optional<core::EditRecord>> undone) {
            m_isBusy = false;
            if (!undone) {
                Q_EMIT failed(sentenceText(undone.error().message));
                return;
            }
            if (!undone->has_value()) {
                Q_EMIT failed(tr("That image was changed after its review; undo the changes there."));
                return;
            }
            m_current = id;
            Q_EMIT verdictUndone(id);
            refresh();
        });
}

void ReviewController::forgetVerdict(core::ImageId id, std::int64_t sequence)
{
    std::erase_if(m_verdicts, [id, sequence](const GivenVerdict &given) {
        return given.image == id && given.sequence == sequence;
    });
}

void ReviewController::announce()
{
    if (!m_current.isValid()) {
        Q_EMIT caseChanged({}, {}, m_queue.size());
        return;
    }
    const auto place = std::find_if(m_queue.begin(), m_queue.end(),
                                    [this](const core::PredictionSummary &entry) { return entry.image == m_current; });
    if (place != m_queue.end())
        m_currentScores = place->scores;
    Q_EMIT caseChanged(m_current, m_currentScores, std::max<std::size_t>(m_queue.size(), 1));
}

void ReviewController::leave(core::ImageId id)
{
    std::erase_if(m_queue, [id](const core::PredictionSummary &entry) { return entry.image == id; });
    m_deferred.erase(id);
    Q_EMIT waitingChanged(m_queue.size());
}

} // namespace semigda::ui
