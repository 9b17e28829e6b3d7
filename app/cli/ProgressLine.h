// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"
#include "core/ports/TrainingService.h"

#include <chrono>
#include <mutex>
#include <string>

namespace semigda::app::cli
{

/// Progress on stderr: on a terminal one line that is drawn over itself, elsewhere a line every ten percent, half
/// minute or phase. Thread-safe; the destructor leaves the cursor on a fresh line.
class ProgressLine
{
public:
    explicit ProgressLine(std::string what);
    ~ProgressLine();
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    void show(const core::TaskProgress &progress);
    void show(const core::TrainingProgress &progress);
    /// A sentence of its own, above the bar.
    void say(const std::string &sentence);
    /// Sink for a task; the line must outlive it.
    core::ProgressSink sink();

private:
    using Clock = std::chrono::steady_clock;

    void draw(const std::string &phase, std::optional<double> fraction, const std::string &detail);

    const std::string m_what;
    const bool m_isTerminal;
    std::mutex m_mutex;
    std::string m_phase;
    int m_tenth = -1;
    Clock::time_point m_drawnAt;
    bool m_isLineOpen = false;
};

/// "3:05", "1:02:09".
std::string durationText(double seconds);

} // namespace semigda::app::cli
