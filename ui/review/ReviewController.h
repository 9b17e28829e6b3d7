// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/Labelling.h"

#include <QObject>
#include <QString>

#include <unordered_set>
#include <vector>

namespace semigda::ui
{

class StoreWorker;

/// The order of a review and its verdicts. Works on the writing store, behind every stroke painted before, so that a
/// verdict always sees the reviewer's last stroke. Gui thread.
class ReviewController : public QObject
{
    Q_OBJECT

public:
    explicit ReviewController(QObject *parent = nullptr);

    /// nullptr: no project, or read-only.
    void setStore(StoreWorker *writer);
    void setReviewer(const std::string &name) { m_reviewer = name; }

    /// Reads the queue again; keeps the current case and what was put off.
    void refresh();
    /// Goes to the case that needs a look most, by the queue as it is in the project now.
    void start();
    void end();
    bool isActive() const { return m_isActive; }
    core::ImageId current() const { return m_current; }
    std::size_t waiting() const { return m_queue.size(); }

    /// Where goToNext would go now; invalid: nothing waits.
    core::ImageId next() const;
    /// Ends up at the case that needs a look most; deferred ones come last.
    void goToNext();
    /// Reviews one image out of order.
    void goTo(core::ImageId id);
    /// Accepted; corrected when the reviewer painted anything that differs.
    void accept();
    void reject();
    void defer();
    bool isBusy() const { return m_isBusy; }

    bool hasVerdicts() const { return !m_verdicts.empty(); }
    /// Takes back the verdict given last in this session and goes to its case again. A case that was painted on
    /// since is left as it is.
    void undoLastVerdict();
    /// The step was undone on the canvas, so it cannot be taken back a second time.
    void forgetVerdict(core::ImageId id, std::int64_t sequence);

Q_SIGNALS:
    /// Another case, or the same with new scores or another number of waiting ones; invalid id: nothing waits.
    void caseChanged(semigda::core::ImageId id, const semigda::core::PredictionScores &scores, std::size_t waiting);
    void verdictGiven(semigda::core::ImageId id, semigda::core::Verdict verdict);
    void verdictUndone(semigda::core::ImageId id);
    void waitingChanged(std::size_t count);
    void failed(const QString &sentence);

private:
    void decide(bool isAccepted);
    void announce();
    void leave(core::ImageId id);
    std::vector<core::PredictionSummary>::const_iterator nextCase() const;

    StoreWorker *m_store = nullptr;
    std::string m_reviewer;
    std::vector<core::PredictionSummary> m_queue;
    std::unordered_set<core::ImageId> m_deferred;
    struct GivenVerdict
    {
        core::ImageId image;
        std::int64_t sequence = 0; ///< of its step in the image's history
    };
    std::vector<GivenVerdict> m_verdicts;
    core::ImageId m_current;
    core::PredictionScores m_currentScores;
    bool m_isActive = false;
    bool m_isBusy = false;
};

/// Accepts the newest proposal of an image, or corrects it when the human mask differs from it anywhere; painted
/// pixels win. On the store's thread. The step's state tells which it was.
core::Result<core::EditRecord> acceptOrCorrect(core::ProjectStore &store, core::ImageId id,
                                               const std::string &reviewer);

} // namespace semigda::ui
