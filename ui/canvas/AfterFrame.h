// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <vector>

namespace semigda::ui
{

/// Puts off work that nobody waits for until an image that somebody does wait for is on the screen: reading ahead,
/// packing and handing back memory would take processors and memory from the one frame that counts. Gui thread.
class AfterFrame : public QObject
{
    Q_OBJECT

public:
    /// A canvas that nobody sees paints nothing.
    static constexpr std::chrono::milliseconds Patience{300};

    explicit AfterFrame(QObject *parent = nullptr);

    /// Another image is to be painted.
    void await();
    /// It is on the screen, or never will be.
    void end();
    bool isAwaited() const { return m_patience.isActive(); }
    /// At once when no frame is awaited; otherwise after it, in the order of these calls. What still waits when this is
    /// destroyed does not run.
    void run(std::function<void()> work);

private:
    QTimer m_patience;
    std::vector<std::function<void()>> m_work;
};

} // namespace semigda::ui
