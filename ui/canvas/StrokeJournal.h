// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/canvas/ImageDocument.h"
#include "ui/canvas/VolumeSteps.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

namespace semigda::ui
{

class StoreWorker;

enum class SaveState {
    Saved,  ///< all steps are in the store
    Saving, ///< some are on their way
    Failed  ///< some could not be written; they are kept in memory and tried again
};

/// A step that is in the store.
struct SavedStep
{
    DocumentStep::Kind kind = DocumentStep::Kind::Append;
    core::ImageId image;
    std::int64_t sequence = 0;                          ///< of the step appended, undone or redone
    core::ImageState state = core::ImageState::Partial; ///< of the image now
    std::vector<core::ImageId> beside{};                ///< other slices that may have changed with it
    std::size_t unreadable = 0;                         ///< other slices that should have and cannot be read
};

/// Which step may be written next: those before it are in the store. Any thread.
class WriteGate
{
public:
    std::uint64_t next() const;
    /// The step with this ticket is in the store.
    void pass(std::uint64_t ticket);
    /// Until the ticket is the next one; false when that takes longer.
    bool waitFor(std::uint64_t ticket, std::chrono::milliseconds atMost) const;

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_moved;
    std::uint64_t m_next = 1;
};

/// Writes steps to the store in the order they were made. When one fails, it and all after it wait and are tried again
/// until they succeed; none is left out, none overtakes. Other slices that a step changes with its own are written,
/// undone and redone in the same transaction. Gui thread.
class StrokeJournal : public QObject
{
    Q_OBJECT

public:
    StrokeJournal(StoreWorker &store, std::string author, QObject *parent = nullptr);

    /// Of slices beside the one on show; without it they come from the store.
    void setPixelReader(VolumeSteps::PixelReader reader) { m_volumeSteps->setReader(std::move(reader)); }
    /// On a disk that works the step before is in the store when this returns, so that the death of the process takes
    /// the newest step at most. A slow disk is waited for LongestWait.
    void write(const DocumentStep &step);
    static constexpr std::chrono::milliseconds LongestWait{20};
    SaveState state() const;
    /// Why saving fails, one sentence; empty unless Failed.
    QString problem() const { return m_problem; }
    /// Steps of the image that are not in the store yet.
    bool hasUnsaved(core::ImageId id) const;
    /// Steps of other slices that are not in the store yet may change this one.
    bool mayChange(core::ImageId id, const std::string &seriesKey) const;
    /// Number of the step taken in last.
    std::uint64_t lastTicket() const { return m_lastTicket; }
    /// For the worker's thread: who writes behind a ticket must find it passed.
    std::shared_ptr<const WriteGate> gate() const { return m_gate; }
    void retryNow();
    /// Between two attempts; doubles with each, up to 16 times as long.
    void setRetryInterval(std::chrono::milliseconds interval) { m_retryInterval = interval; }

Q_SIGNALS:
    void saved(const semigda::ui::SavedStep &step);
    /// The store's history is not what was expected: something else changed it.
    void diverged(semigda::core::ImageId id);
    void stateChanged();

private:
    struct Entry
    {
        std::uint64_t ticket = 0;
        DocumentStep step;
    };
    struct Outcome;

    void submit(const Entry &entry);
    static core::Result<Outcome> writeStep(core::ProjectStore &store, const DocumentStep &step,
                                           const std::string &author, VolumeSteps &volumeSteps);
    void onOutcome(std::uint64_t ticket, const core::Result<Outcome> &outcome);
    void setProblem(const QString &problem);

    StoreWorker &m_store;
    std::string m_author;
    std::shared_ptr<VolumeSteps> m_volumeSteps; ///< the worker's
    std::deque<Entry> m_entries;
    std::uint64_t m_lastTicket = 0;
    int m_underway = 0; ///< handed to the worker, outcome not here yet
    std::shared_ptr<WriteGate> m_gate;
    bool m_isHeld = false; ///< after a failure, until tried again
    QString m_problem;
    QTimer m_retry;
    std::chrono::milliseconds m_retryInterval{1000};
    int m_attempts = 0;
};

} // namespace semigda::ui
