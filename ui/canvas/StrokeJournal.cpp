// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/StrokeJournal.h"

#include "core/workflow/Labelling.h"
#include "ui/language/Sentences.h"
#include "ui/work/StoreWorker.h"

#include <algorithm>

namespace semigda::ui
{

namespace
{

constexpr int MaxDoublings = 4; // 1 s becomes 16 s at most

/// The step the store undid or redid, checked against ours.
core::Result<std::int64_t> sequenceOf(const core::Result<std::optional<core::EditRecord>> &moved,
                                      const core::MaskDelta &expected, bool &hasDiverged)
{
    if (!moved)
        return moved.error();
    hasDiverged = !moved->has_value() || (*moved)->delta.spans() != expected.spans();
    return moved->has_value() ? (*moved)->sequence : 0;
}

} // namespace

struct StrokeJournal::Outcome
{
    std::int64_t sequence = 0;
    core::ImageState state = core::ImageState::Partial;
    bool hasDiverged = false;
    std::vector<core::ImageId> beside;
    std::size_t unreadable = 0;
    bool isSkipped = false; ///< a step before it failed
};

std::uint64_t WriteGate::next() const
{
    const std::lock_guard lock(m_mutex);
    return m_next;
}

void WriteGate::pass(std::uint64_t ticket)
{
    {
        const std::lock_guard lock(m_mutex);
        m_next = ticket + 1;
    }
    m_moved.notify_all();
}

bool WriteGate::waitFor(std::uint64_t ticket, std::chrono::milliseconds atMost) const
{
    std::unique_lock lock(m_mutex);
    return m_moved.wait_for(lock, atMost, [&] { return m_next >= ticket; });
}

StrokeJournal::StrokeJournal(StoreWorker &store, std::string author, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_author(std::move(author))
    , m_volumeSteps(std::make_shared<VolumeSteps>())
    , m_gate(std::make_shared<WriteGate>())
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &StrokeJournal::retryNow);
}

void StrokeJournal::write(const DocumentStep &step)
{
    m_entries.push_back({++m_lastTicket, step});
    if (!m_isHeld) {
        submit(m_entries.back());
        m_gate->waitFor(m_lastTicket, LongestWait);
    }
    if (m_entries.size() == 1)
        Q_EMIT stateChanged();
}

SaveState StrokeJournal::state() const
{
    if (m_entries.empty())
        return SaveState::Saved;
    return m_problem.isEmpty() ? SaveState::Saving : SaveState::Failed;
}

bool StrokeJournal::hasUnsaved(core::ImageId id) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [id](const Entry &entry) { return entry.step.image == id; });
}

void StrokeJournal::submit(const Entry &entry)
{
    ++m_underway;
    m_store.submit(
        this,
        [step = entry.step, ticket = entry.ticket, author = m_author, gate = m_gate,
         volumeSteps = m_volumeSteps](core::ProjectStore &store) -> core::Result<Outcome> {
            core::Result<Outcome> outcome = Outcome{};
            if (gate->next() != ticket) {
                outcome->isSkipped = true;
                return outcome;
            }
            const auto write = [&]() -> core::Result<void> {
                outcome = writeStep(store, step, author, *volumeSteps);
                return outcome ? core::Result<void>() : outcome.error();
            };
            const core::Result<void> written = step.mayGoBeside() ? store.inTransaction(write) : write();
            if (!written)
                return written.error();
            gate->pass(ticket);
            // The step is kept; not knowing the new state is no reason to write it twice.
            if (const core::Result<core::ImageSummary> after = store.images().summary(step.image); after)
                outcome->state = after->state;
            return outcome;
        },
        [this, ticket = entry.ticket](const core::Result<Outcome> &outcome) { onOutcome(ticket, outcome); });
}

core::Result<StrokeJournal::Outcome> StrokeJournal::writeStep(core::ProjectStore &store, const DocumentStep &step,
                                                              const std::string &author, VolumeSteps &volumeSteps)
{
    Outcome outcome;
    core::Result<std::int64_t> sequence = 0;
    core::Result<std::vector<core::ImageId>> beside = std::vector<core::ImageId>();
    switch (step.kind) {
    case DocumentStep::Kind::Append: {
        const core::Result<core::ImageSummary> before = store.images().summary(step.image);
        if (!before)
            return before.error();
        sequence = core::commitStroke(store, step.image, *step.delta, step.painted, step.isComplete, before->state,
                                      step.reason, author);
        if (!sequence || !step.beside)
            break;
        const core::Result<core::BallReport> report =
            volumeSteps.paint(store, {step.image, *sequence}, *step.beside, step.reason, author);
        if (!report)
            return report.error();
        for (const core::ChangedSlice &slice : report->changed)
            beside->push_back(slice.image);
        outcome.unreadable = report->unreadable;
        break;
    }
    case DocumentStep::Kind::Undo:
        sequence = sequenceOf(store.annotations().undo(step.image), *step.delta, outcome.hasDiverged);
        if (sequence)
            beside = VolumeSteps::undo(store, {step.image, *sequence});
        break;
    case DocumentStep::Kind::Redo:
        sequence = sequenceOf(store.annotations().redo(step.image), *step.delta, outcome.hasDiverged);
        if (sequence)
            beside = VolumeSteps::redo(store, {step.image, *sequence});
        break;
    }
    if (!sequence)
        return sequence.error();
    if (!beside)
        return beside.error();
    outcome.sequence = *sequence;
    outcome.beside = std::move(*beside);
    return outcome;
}

bool StrokeJournal::mayChange(core::ImageId id, const std::string &seriesKey) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        return entry.step.image != id && entry.step.seriesKey == seriesKey && entry.step.mayGoBeside();
    });
}

void StrokeJournal::onOutcome(std::uint64_t ticket, const core::Result<Outcome> &outcome)
{
    --m_underway;
    if (!outcome) {
        m_isHeld = true;
        setProblem(sentenceText(outcome.error().message));
    } else if (!outcome->isSkipped) {
        Q_ASSERT(!m_entries.empty() && m_entries.front().ticket == ticket);
        const DocumentStep step = m_entries.front().step;
        m_entries.pop_front();
        m_attempts = 0;
        setProblem({});
        if (m_entries.empty())
            Q_EMIT stateChanged();
        Q_EMIT saved({step.kind, step.image, outcome->sequence, outcome->state, outcome->beside, outcome->unreadable});
        if (outcome->hasDiverged)
            Q_EMIT diverged(step.image);
    }
    if (m_underway == 0 && m_isHeld)
        m_retry.start(m_retryInterval * (1 << std::min(m_attempts, MaxDoublings)));
}

void StrokeJournal::setProblem(const QString &problem)
{
    if (std::exchange(m_problem, problem) != problem)
        Q_EMIT stateChanged();
}

void StrokeJournal::retryNow()
{
    // Not while steps are underway: they would run a second time.
    if (m_underway > 0 || !m_isHeld)
        return;
    m_retry.stop();
    ++m_attempts;
    m_isHeld = false;
    for (const Entry &entry : m_entries)
        submit(entry);
}

} // namespace semigda::ui
