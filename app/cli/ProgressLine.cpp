// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ProgressLine.h"

#include "core/Numbers.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

namespace semigda::app::cli
{

namespace
{

constexpr auto TerminalInterval = std::chrono::milliseconds(100);
constexpr auto SparseInterval = std::chrono::seconds(30);
constexpr int BarWidth = 24;

std::string bar(double fraction)
{
    const int filled = static_cast<int>(std::lround(std::clamp(fraction, 0.0, 1.0) * BarWidth));
    return "[" + std::string(static_cast<std::size_t>(filled), '#')
           + std::string(static_cast<std::size_t>(BarWidth - filled), '.') + "]";
}

std::size_t terminalWidth()
{
    winsize size{};
    const bool isKnown = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20;
    return isKnown ? size.ws_col - 1U : 79U;
}

/// Cut so that it does not wrap, at a whole UTF-8 character.
std::string fitted(std::string text, std::size_t width)
{
    if (text.size() <= width)
        return text;
    while (width > 0 && (static_cast<unsigned char>(text[width]) & 0xC0U) == 0x80U)
        --width;
    text.resize(width);
    return text;
}

} // namespace

std::string durationText(double seconds)
{
    const long long whole = std::llround(std::max(0.0, seconds));
    char text[48];
    if (whole >= 3600)
        std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60, whole % 60);
    else
        std::snprintf(text, sizeof text, "%lld:%02lld", whole / 60, whole % 60);
    return text;
}

ProgressLine::ProgressLine(std::string what)
    : m_what(std::move(what))
    , m_isTerminal(::isatty(STDERR_FILENO) == 1)
{}

ProgressLine::~ProgressLine()
{
    if (m_isLineOpen)
        std::fputc('\n', stderr);
}

void ProgressLine::show(const core::TaskProgress &progress)
{
    const std::lock_guard lock(m_mutex);
    std::optional<double> fraction;
    std::string detail = std::to_string(progress.done);
    if (progress.total > 0) {
        fraction = static_cast<double>(progress.done) / static_cast<double>(progress.total);
        detail += " of " + std::to_string(progress.total);
    }
    draw(m_what, fraction, progress.what.empty() ? detail : detail + "  " + progress.what);
}

void ProgressLine::show(const core::TrainingProgress &progress)
{
    if (!progress.notice.isEmpty())
        say(progress.notice.english());
    const std::lock_guard lock(m_mutex);
    std::string detail = "step " + std::to_string(progress.step);
    if (progress.loss)
        detail += "  loss " + core::fixedText(*progress.loss, 3);
    if (progress.validationDice)
        detail += "  Dice " + core::fixedText(*progress.validationDice, 3);
    if (progress.predicted > 0)
        detail += "  predicted " + std::to_string(progress.predicted);
    if (progress.remainingSeconds > 0.0)
        detail += "  " + durationText(progress.remainingSeconds) + " left";
    draw(core::describe(progress.phase), progress.fraction, detail);
}

void ProgressLine::draw(const std::string &phase, std::optional<double> fraction, const std::string &detail)
{
    const Clock::time_point now = Clock::now();
    const bool isNewPhase = phase != m_phase;
    const int tenth = fraction ? static_cast<int>(*fraction * 10.0) : -1;
    const bool isDue = m_isTerminal ? now - m_drawnAt >= TerminalInterval || tenth == 10
                                    : tenth != m_tenth || now - m_drawnAt >= SparseInterval;
    if (!isNewPhase && !isDue)
        return;
    m_phase = phase;
    m_tenth = tenth;
    m_drawnAt = now;
    std::string line = phase;
    if (fraction) {
        line += m_isTerminal ? "  " + bar(*fraction) : std::string();
        const std::string percent = std::to_string(static_cast<int>(std::floor(*fraction * 100.0)));
        line += " " + std::string(3 - std::min<std::size_t>(percent.size(), 3), ' ') + percent + " %";
    }
    line += "  " + detail;
    if (m_isTerminal) {
        std::fprintf(stderr, "\r%s\x1b[K", fitted(line, terminalWidth()).c_str());
        m_isLineOpen = true;
    } else {
        std::fprintf(stderr, "%s\n", line.c_str());
    }
    std::fflush(stderr);
}

void ProgressLine::say(const std::string &sentence)
{
    const std::lock_guard lock(m_mutex);
    std::fprintf(stderr, m_isTerminal ? "\r%s\x1b[K\n" : "%s\n", sentence.c_str());
    m_isLineOpen = false;
    m_drawnAt = {};
}

core::ProgressSink ProgressLine::sink()
{
    return [this](const core::TaskProgress &progress) { show(progress); };
}

} // namespace semigda::app::cli
