// SPDX-License-Identifier: Apache-2.0
#include "app/cli/StopSignals.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

namespace semigda::app::cli
{

namespace
{

constexpr std::array<int, 3> Signals{SIGINT, SIGTERM, SIGHUP};
constexpr char StopByte = 's';
constexpr char EndByte = 'e';

/// A handler may do next to nothing but write to a pipe.
std::array<int, 2> wakePipe{-1, -1};

void wake(char byte)
{
    const int errorBefore = errno;
    static_cast<void>(::write(wakePipe[1], &byte, 1) == 1);
    errno = errorBefore;
}

void onSignal(int)
{
    wake(StopByte);
}

} // namespace

StopSignals::StopSignals()
{
    if (::pipe2(wakePipe.data(), O_CLOEXEC) != 0)
        return; // Ctrl+C then ends the program at once, as it does by default
    m_watcher = std::jthread([this] {
        char byte = 0;
        for (;;) {
            const ssize_t got = ::read(wakePipe[0], &byte, 1);
            if (got < 0 && errno == EINTR)
                continue;
            if (got != 1 || byte == EndByte)
                return;
            m_stop.request_stop();
        }
    });
    struct sigaction action
    {
    };
    action.sa_handler = onSignal;
    // The second one finds the default action again.
    action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
    for (const int signal : Signals)
        ::sigaction(signal, &action, nullptr);
}

StopSignals::~StopSignals()
{
    if (!m_watcher.joinable())
        return;
    for (const int signal : Signals)
        ::signal(signal, SIG_DFL);
    wake(EndByte);
    m_watcher.join();
    ::close(wakePipe[0]);
    ::close(wakePipe[1]);
    wakePipe = {-1, -1};
}

} // namespace semigda::app::cli
